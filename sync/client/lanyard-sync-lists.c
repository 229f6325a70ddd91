/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-cose.h"
#include "lanyard-error.h"
#include "lanyard-sync-engine-private.h"

/*
 * Trust and negative lists. They are asked for one after the other, the root's own first, since
 * each is checked with the one before it. A lower counter than the present one is refused.
 */

enum
{
  TRUST_ROOT,
  TRUST,
  NEGATIVE,
  PACK = LANYARD_SYNC_LIST_PACK,
};

static const LanyardSyncList lists[LANYARD_SYNC_N_LISTS] = {
  [TRUST_ROOT] = { "/v1/lists/trust-root", LANYARD_LIST_MAX_BYTES },
  [TRUST] = { "/v1/lists/trust", LANYARD_LIST_MAX_BYTES },
  [NEGATIVE] = { "/v1/lists/negative", LANYARD_LIST_MAX_BYTES },
  [PACK] = { "/v1/pack", LANYARD_EDITION_MAX_BYTES },
};

static LanyardTrustList *
load_trust (LanyardSyncEngine *self, GBytes *content, LanyardTrustList *previous, GError **error)
{
  return lanyard_trust_list_load (g_bytes_get_data (content, NULL), g_bytes_get_size (content),
                                  &self->root, previous, _lanyard_sync_now_s (self), error);
}

/* Of what a signed list says, whoever signed it. */
static void
hash_payload (GBytes *content, LanyardHash *hash)
{
  g_auto (LanyardCoseMessage) message = { 0 };

  *hash = (LanyardHash){ 0 };
  if (lanyard_cose_parse (&message, g_bytes_get_data (content, NULL), g_bytes_get_size (content),
                          LANYARD_LIST_MAX_BYTES, NULL))
    lanyard_hash_compute (hash, "lanyard/list/1", message.payload, message.n_payload, NULL, 0);
}

/* Two lists of one counter that say different things: somebody else has the hub's key, or a hub
 * that was put back counts anew. */
static gboolean
is_same (GBytes *content, const LanyardHash *known, const char *what, GError **error)
{
  LanyardHash hash;

  hash_payload (content, &hash);
  if (lanyard_hash_equal (&hash, known))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_FORK,
               "The hub has another %s with the counter of the one in force here; have the hub "
               "looked at.",
               what);
  return FALSE;
}

static void
adopt_trust (LanyardSyncEngine *self, LanyardTrustList *list, GBytes *content)
{
  g_clear_pointer (&self->trust, lanyard_trust_list_unref);
  self->trust = list;
  hash_payload (content, &self->trust_hash);
}

static void
adopt_negative (LanyardSyncEngine *self, LanyardNegativeList *list, GBytes *content)
{
  g_clear_pointer (&self->negative, lanyard_negative_list_unref);
  self->negative = list;
  hash_payload (content, &self->negative_hash);
}

/* The root's list that is kept is where the next start begins, so an older one must not replace it.
 */
static gboolean
is_older_root (LanyardSyncEngine *self,
               const LanyardTrustList *list,
               GBytes *new_content,
               GError **error)
{
  g_autoptr (GBytes) content
      = lanyard_directory_dup_document (self->directory, LANYARD_SYNC_DOCUMENT_TRUST_ROOT);
  g_autoptr (LanyardTrustList) kept
      = content == NULL ? NULL : load_trust (self, content, NULL, NULL);
  LanyardHash hash;

  if (kept == NULL || lanyard_trust_list_get_counter (list) > lanyard_trust_list_get_counter (kept))
    return FALSE;
  if (lanyard_trust_list_get_counter (list) == lanyard_trust_list_get_counter (kept))
    {
      hash_payload (content, &hash);
      return !is_same (new_content, &hash, "trust list of the root", error);
    }
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_ROLLBACK,
               "The root's trust list has the counter %" G_GUINT64_FORMAT
               ", which is older than %" G_GUINT64_FORMAT " kept here",
               lanyard_trust_list_get_counter (list), lanyard_trust_list_get_counter (kept));
  return TRUE;
}

/* What the root itself signed. It only takes over where it is newer than the list in force. */
static gboolean
take_trust_root (LanyardSyncEngine *self, GBytes *content, GError **error)
{
  g_autoptr (LanyardTrustList) list = load_trust (self, content, NULL, error);

  if (list == NULL || is_older_root (self, list, content, error)
      || !lanyard_directory_put_document (self->directory, LANYARD_SYNC_DOCUMENT_TRUST_ROOT,
                                          content, error))
    return FALSE;
  if (self->trust == NULL
      || lanyard_trust_list_get_counter (list) > lanyard_trust_list_get_counter (self->trust))
    adopt_trust (self, g_steal_pointer (&list), content);
  return TRUE;
}

static gboolean
take_trust (LanyardSyncEngine *self, GBytes *content, GError **error)
{
  g_autoptr (LanyardTrustList) list = load_trust (self, content, self->trust, error);

  if (list == NULL
      || (self->trust != NULL
          && lanyard_trust_list_get_counter (list) == lanyard_trust_list_get_counter (self->trust)
          && !is_same (content, &self->trust_hash, "trust list", error)))
    return FALSE;
  adopt_trust (self, g_steal_pointer (&list), content);
  return lanyard_directory_put_document (self->directory, LANYARD_SYNC_DOCUMENT_TRUST, content,
                                         error);
}

static gboolean
take_negative (LanyardSyncEngine *self, GBytes *content, GError **error)
{
  g_autoptr (LanyardNegativeList) list
      = lanyard_negative_list_load (g_bytes_get_data (content, NULL), g_bytes_get_size (content),
                                    self->trust, self->negative, _lanyard_sync_now_s (self), error);
  if (list == NULL
      || (self->negative != NULL
          && lanyard_negative_list_get_counter (list)
                 == lanyard_negative_list_get_counter (self->negative)
          && !is_same (content, &self->negative_hash, "negative list", error)))
    return FALSE;
  adopt_negative (self, g_steal_pointer (&list), content);
  return lanyard_directory_put_document (self->directory, LANYARD_SYNC_DOCUMENT_NEGATIVE, content,
                                         error);
}

static gboolean
take (LanyardSyncEngine *self, guint which, GBytes *content, GError **error)
{
  /* What is kept may not have held at the start, as with a clock that was wrong then; it still
   * tells what is older. */
  _lanyard_sync_load_lists (self);
  switch (which)
    {
    case TRUST_ROOT:
      return take_trust_root (self, content, error);
    case TRUST:
      return take_trust (self, content, error);
    case NEGATIVE:
      return take_negative (self, content, error);
    default:
      g_assert_not_reached ();
    }
}

static void
go_on (LanyardSyncEngine *self)
{
  LanyardSyncInput input = { .event = LANYARD_SYNC_DONE };

  if (self->list_step == TRUST)
    self->trust_stale = FALSE;
  self->list_step = (self->list_step + 1) % LANYARD_SYNC_N_LISTS;
  if (self->list_step == PACK && self->shelf == NULL)
    self->list_step = 0;
  input.more = self->list_step != 0;
  if (!input.more)
    self->lists_asked_us = _lanyard_sync_monotonic_us (self);
  _lanyard_sync_feed (self, &input);
}

static void
on_list (LanyardSyncEngine *self, LanyardHubReply *reply)
{
  guint step = self->list_step;
  GError *error = NULL;

  if (step == PACK && reply->from_hub)
    _lanyard_sync_take_edition (self, reply);
  if (reply->status == 304 || (step == PACK && reply->from_hub))
    {
      go_on (self);
      return;
    }
  g_clear_pointer (&self->etags[step], g_free);
  if (reply->status != 200)
    {
      self->list_step = 0;
      _lanyard_sync_unexpected (self, reply);
      return;
    }
  if (!take (self, step, reply->body, &error))
    {
      /* The list here is the newer one, or as good, and stays; nothing has to wait for another. */
      if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_ROLLBACK)
          || g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_FORK))
        {
          _lanyard_sync_set_alarm (self, error->message);
          g_clear_error (&error);
          go_on (self);
          return;
        }
      self->list_step = 0;
      _lanyard_sync_nonsense (self, step == NEGATIVE ? "negative list" : "trust list", error);
      return;
    }
  self->etags[step] = g_strdup (reply->etag);
  if (step == NEGATIVE || step == TRUST)
    g_signal_emit_by_name (self, "changed");
  go_on (self);
}

void
_lanyard_sync_get_lists (LanyardSyncEngine *self)
{
  LanyardHubRequest request = {
    .method = "GET",
    .path = lists[self->list_step].path,
    .etag = self->etags[self->list_step],
    .max_bytes = lists[self->list_step].max_bytes,
    .timeout_s = LANYARD_SYNC_TIMEOUT_S,
  };

  _lanyard_sync_send (self, &request, on_list);
}

/* What is kept was checked when it came. What does not hold any more (a key that ran out, a file
 * that somebody changed) is asked for again. */
void
_lanyard_sync_load_lists (LanyardSyncEngine *self)
{
  const char *const names[] = { LANYARD_SYNC_DOCUMENT_TRUST_ROOT, LANYARD_SYNC_DOCUMENT_TRUST };
  g_autoptr (GBytes) kept = NULL;
  LanyardNegativeList *negative = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) content = lanyard_directory_dup_document (self->directory, names[i]);
      LanyardTrustList *list
          = content == NULL ? NULL : load_trust (self, content, self->trust, NULL);

      if (list != NULL)
        adopt_trust (self, list, content);
    }
  kept = lanyard_directory_dup_document (self->directory, LANYARD_SYNC_DOCUMENT_NEGATIVE);
  if (kept != NULL && self->trust != NULL)
    negative = lanyard_negative_list_load (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept),
                                           self->trust, self->negative, _lanyard_sync_now_s (self),
                                           NULL);
  if (negative != NULL)
    adopt_negative (self, negative, kept);
}
