/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-edition.h"
#include "lanyard-error.h"
#include "lanyard-sync-engine-private.h"

/*
 * Editions of the event's pack. Which one the hub has is asked for behind the lists; its files come
 * one by one before the photos, so that records go in between. Nothing that is wrong with a pack
 * keeps the desk from anything else: it is told, and tried again with the next lists.
 */

#define FILE_TIMEOUT_S 300
/* A refusal in words may be longer than a small file. */
#define MIN_FILE_BYTES 1024u
#define AGAIN_US (5 * 60 * G_USEC_PER_SEC)

static void
set_problem (LanyardSyncEngine *self, char *sentence)
{
  g_free (self->pack_problem);
  self->pack_problem = sentence;
}

/* No more of it for a while. @error: (transfer full) */
static void
decline (LanyardSyncEngine *self, GError *error)
{
  self->pack_again_us = _lanyard_sync_monotonic_us (self) + AGAIN_US;
  set_problem (self, g_strdup_printf ("The new edition of the event's pack is not taken: %s",
                                      error->message));
  g_error_free (error);
}

/* What is the same with every try: it is asked for again when the hub has another. */
static gboolean
is_final (const GError *error)
{
  return !g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_IO)
         && !g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_FULL);
}

static void
finish (LanyardSyncEngine *self)
{
  GError *error = NULL;

  if (lanyard_pack_shelf_finish (self->shelf, _lanyard_sync_now_s (self), &error))
    {
      set_problem (self, NULL);
      g_signal_emit_by_name (self, "changed");
      return;
    }
  if (!is_final (error))
    g_clear_pointer (&self->etags[LANYARD_SYNC_LIST_PACK], g_free);
  decline (self, error);
}

static void
take_edition (LanyardSyncEngine *self, LanyardHubReply *reply)
{
  GError *error = NULL;
  g_autoptr (LanyardEdition) edition
      = lanyard_edition_open (reply->body, self->trust, self->identity.event,
                              _lanyard_sync_now_s (self), &error);

  if (edition == NULL)
    {
      decline (self, error);
      return;
    }
  if (edition->version != self->pack_version_offered)
    {
      self->pack_version_offered = edition->version;
      self->pack_again_us = 0;
      set_problem (self, NULL);
    }
  self->etags[LANYARD_SYNC_LIST_PACK] = g_strdup (reply->etag);
  /* The hub may have been put back from a backup: what this desk has is newer, and stays. */
  if (!lanyard_pack_shelf_wants (self->shelf, edition->version))
    return;
  if (!lanyard_pack_shelf_begin (self->shelf, edition->version, edition->manifest, self->trust,
                                 _lanyard_sync_now_s (self), &error))
    {
      g_clear_pointer (&self->etags[LANYARD_SYNC_LIST_PACK], g_free);
      decline (self, error);
      return;
    }
  if (lanyard_pack_shelf_next (self->shelf) == NULL)
    finish (self); /* all of it was here already */
}

void
_lanyard_sync_take_edition (LanyardSyncEngine *self, LanyardHubReply *reply)
{
  if (reply->status == 304)
    return;
  g_clear_pointer (&self->etags[LANYARD_SYNC_LIST_PACK], g_free);
  /* 404: a hub of before there was such a thing. */
  if (reply->status == 200)
    take_edition (self, reply);
}

static void
tell_more (LanyardSyncEngine *self)
{
  LanyardSyncInput input = { .event = LANYARD_SYNC_DONE, .more = TRUE, .moved = TRUE };

  _lanyard_sync_feed (self, &input);
}

static void
on_file (LanyardSyncEngine *self, LanyardHubReply *reply)
{
  GError *error = NULL;

  if (!reply->from_hub)
    {
      _lanyard_sync_unexpected (self, reply);
      return;
    }
  if (reply->status != 200)
    {
      /* Another edition took its place meanwhile. */
      g_clear_pointer (&self->etags[LANYARD_SYNC_LIST_PACK], g_free);
      decline (self, g_error_new (LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                                  "the hub does not have all of its files (%u).", reply->status));
    }
  else if (!lanyard_pack_shelf_put (self->shelf, reply->body, &error))
    {
      if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_SIGNATURE))
        _lanyard_sync_turn_to_next_hub (self);
      decline (self, error);
    }
  else if (lanyard_pack_shelf_next (self->shelf) == NULL)
    finish (self);
  tell_more (self);
}

gboolean
_lanyard_sync_refuse_pack_file (LanyardSyncEngine *self, GError *error)
{
  if (self->reply_func != on_file || !g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT))
    return FALSE;
  _lanyard_sync_turn_to_next_hub (self);
  decline (self, error);
  tell_more (self);
  return TRUE;
}

gboolean
_lanyard_sync_get_pack_file (LanyardSyncEngine *self)
{
  const LanyardPackRow *row = self->shelf == NULL || !lanyard_pack_shelf_is_open (self->shelf)
                                      || _lanyard_sync_monotonic_us (self) < self->pack_again_us
                                  ? NULL
                                  : lanyard_pack_shelf_next (self->shelf);
  g_autofree char *hex = NULL;
  g_autofree char *path = NULL;
  LanyardHubRequest request = {
    .method = "GET",
    .timeout_s = FILE_TIMEOUT_S,
  };

  if (row == NULL)
    return FALSE;
  hex = lanyard_hex_encode (row->hash.bytes, sizeof row->hash.bytes);
  path = g_strconcat ("/v1/pack/files/", hex, NULL);
  request.path = path;
  request.max_bytes = MAX (row->n_bytes, MIN_FILE_BYTES);
  _lanyard_sync_send (self, &request, on_file);
  return TRUE;
}

guint
_lanyard_sync_get_waiting_pack (LanyardSyncEngine *self)
{
  return self->shelf == NULL ? 0 : lanyard_pack_shelf_get_waiting (self->shelf);
}

void
lanyard_sync_engine_take_shelf (LanyardSyncEngine *self, LanyardPackShelf *shelf)
{
  g_return_if_fail (LANYARD_IS_SYNC_ENGINE (self) && self->shelf == NULL);

  self->shelf = shelf;
}
