/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-chunk.h"
#include "lanyard-directory-load.h"
#include "lanyard-error.h"
#include "lanyard-sync-engine-private.h"

/*
 * A desk that is new, or so far behind that the feed would take longer, begins with a snapshot:
 * header, then one chunk after the other, each checked before it is used, its rows loaded in slices
 * so that whoever scans does not wait. How far that has come is in the directory: after a restart
 * it goes on where it was. A chunk that is wrong is asked for again, from the next hub.
 */

/* Changes behind from which on a snapshot is worth a question. */
#define FAR_BEHIND 4096
/* A row of a snapshot is so many times shorter than a change of the feed. */
#define ROWS_A_CHANGE 4
#define ROWS_A_SLICE 250
/* Of one chunk: 14 KiB/s are enough. */
#define CHUNK_TIMEOUT_S 300

gboolean
_lanyard_sync_wants_snapshot (LanyardSyncEngine *self)
{
  guint64 cursor = lanyard_directory_get_cursor (self->directory);
  LanyardLoad load;

  lanyard_directory_get_load (self->directory, &load);
  if (self->snapshot_due || load.stage > LANYARD_LOAD_ROWS)
    return TRUE;
  if (self->snapshot_declined)
    return FALSE;
  return load.stage == LANYARD_LOAD_ROWS || self->known_head >= cursor + FAR_BEHIND;
}

static void
tell_more (LanyardSyncEngine *self, gboolean moved)
{
  LanyardSyncInput input
      = { .event = LANYARD_SYNC_DONE, .more = TRUE, .changed = TRUE, .moved = moved };

  _lanyard_sync_feed (self, &input);
}

static void
stop_load (LanyardSyncEngine *self)
{
  gpointer loader = g_steal_pointer (&self->loader);

  if (loader != NULL)
    self->world->ops->disarm (self->world, loader);
  g_clear_pointer (&self->chunk, lanyard_chunk_reader_free);
}

void
_lanyard_sync_stop_pieces (LanyardSyncEngine *self)
{
  stop_load (self);
  _lanyard_sync_stop_sweep (self);
}

static void on_turn (gpointer user_data);

/* Goes on when everything else that waits had its turn. */
static void
go_on (LanyardSyncEngine *self)
{
  self->loader = self->world->ops->arm (self->world, 0, on_turn, self);
}

/* One piece of what comes after the rows. */
static void
finish_piece (LanyardSyncEngine *self)
{
  GError *error = NULL;
  LanyardLoadStage stage;

  if (!lanyard_directory_load_step (self->directory, &stage, &error))
    {
      _lanyard_sync_broken (self, error);
      return;
    }
  if (stage != LANYARD_LOAD_NONE)
    {
      go_on (self);
      return;
    }
  self->snapshot_due = FALSE;
  g_clear_pointer (&self->snapshot, lanyard_snapshot_free);
  tell_more (self, TRUE);
}

/* Passes over rows that are here already, since the program was started again. */
static void
skip_slice (LanyardSyncEngine *self)
{
  for (guint i = 0; i < ROWS_A_SLICE && self->chunk_skip > 0; i++, self->chunk_skip--)
    {
      guint64 gseq;
      g_autoptr (GBytes) known = lanyard_chunk_reader_next (self->chunk, &gseq);

      if (known == NULL)
        self->chunk_skip = 1;
    }
}

/* Unpacks and checks a part of the chunk at hand. */
static void
prepare_slice (LanyardSyncEngine *self)
{
  GError *error = NULL;

  if (lanyard_chunk_reader_prepare (self->chunk, &self->chunk_ready, &error))
    {
      go_on (self);
      return;
    }
  stop_load (self);
  _lanyard_sync_nonsense (self, "part of the roster", error);
}

/* The next rows of the chunk at hand. */
static void
load_slice (LanyardSyncEngine *self)
{
  g_autoptr (GArray) rows = g_array_sized_new (FALSE, FALSE, sizeof (LanyardLoadRow), ROWS_A_SLICE);
  GError *error = NULL;
  LanyardLoadRow row;
  LanyardLoad load;
  gboolean over, ok;

  lanyard_directory_get_load (self->directory, &load);
  while (rows->len < ROWS_A_SLICE
         && (row.entry = lanyard_chunk_reader_next (self->chunk, &row.gseq)) != NULL)
    g_array_append_val (rows, row);
  over = rows->len < ROWS_A_SLICE;
  ok = lanyard_directory_load_rows (self->directory, (const LanyardLoadRow *)(void *)rows->data,
                                    rows->len, over ? load.chunk + 1 : load.chunk,
                                    over ? 0 : load.row + rows->len, &error);
  for (guint i = 0; i < rows->len; i++)
    g_bytes_unref (g_array_index (rows, LanyardLoadRow, i).entry);
  if (!ok)
    {
      stop_load (self);
      _lanyard_sync_broken (self, error);
      return;
    }
  if (!over)
    {
      go_on (self);
      return;
    }
  stop_load (self);
  tell_more (self, TRUE);
}

static void
on_turn (gpointer user_data)
{
  LanyardSyncEngine *self = user_data;

  self->loader = NULL;
  if (self->chunk == NULL)
    finish_piece (self);
  else if (!self->chunk_ready)
    prepare_slice (self);
  else if (self->chunk_skip > 0)
    {
      skip_slice (self);
      go_on (self);
    }
  else
    load_slice (self);
}

static void
on_chunk (LanyardSyncEngine *self, LanyardHubReply *reply)
{
  GError *error = NULL;
  LanyardLoad load;

  lanyard_directory_get_load (self->directory, &load);
  if (reply->status == 404 && reply->from_hub)
    {
      /* A newer snapshot took its place, or this hub has another. */
      g_clear_pointer (&self->snapshot, lanyard_snapshot_free);
      _lanyard_sync_nonsense (self, "snapshot of the roster",
                              g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                                                   "a part of it is not there."));
      return;
    }
  if (reply->status != 200)
    {
      _lanyard_sync_unexpected (self, reply);
      return;
    }
  self->chunk = lanyard_chunk_reader_begin (
      reply->body, lanyard_snapshot_get_part (self->snapshot, (guint)load.chunk), &error);
  if (self->chunk == NULL)
    {
      _lanyard_sync_nonsense (self, "part of the roster", error);
      return;
    }
  self->chunk_ready = FALSE;
  self->chunk_skip = load.row;
  go_on (self);
}

static void
ask_chunk (LanyardSyncEngine *self, guint index)
{
  const LanyardSnapshotPart *part = lanyard_snapshot_get_part (self->snapshot, index);
  g_autofree char *hex = lanyard_hex_encode (part->hash.bytes, sizeof part->hash.bytes);
  g_autofree char *path = g_strconcat ("/v1/chunks/", hex, NULL);
  LanyardHubRequest request = {
    .method = "GET",
    .path = path,
    .max_bytes = part->n_bytes,
    .timeout_s = CHUNK_TIMEOUT_S,
  };

  _lanyard_sync_send (self, &request, on_chunk);
}

/* Begins with @self->snapshot, or goes on with it. */
static gboolean
ensure_load (LanyardSyncEngine *self, GError **error)
{
  LanyardLoad load;
  LanyardHash id;

  lanyard_snapshot_get_id (self->snapshot, &id);
  lanyard_directory_get_load (self->directory, &load);
  if (load.stage == LANYARD_LOAD_ROWS && lanyard_hash_equal (&load.snapshot, &id))
    return TRUE;
  return lanyard_directory_load_begin (self->directory, &id, self->snapshot->gseq,
                                       self->snapshot->era, error);
}

/* Whether this desk gains by it. */
static gboolean
is_worth_it (LanyardSyncEngine *self)
{
  guint64 cursor = lanyard_directory_get_cursor (self->directory);

  if (self->snapshot->gseq <= cursor)
    return FALSE;
  return self->snapshot_due
         || self->snapshot->gseq - cursor >= self->snapshot->n_rows / ROWS_A_CHANGE;
}

static void
decline (LanyardSyncEngine *self, LanyardHubReply *reply)
{
  g_clear_pointer (&self->snapshot, lanyard_snapshot_free);
  if (self->snapshot_due)
    {
      _lanyard_sync_unexpected (self, reply);
      return;
    }
  self->snapshot_declined = TRUE;
  tell_more (self, FALSE);
}

static void
on_header (LanyardSyncEngine *self, LanyardHubReply *reply)
{
  GError *error = NULL;

  if (reply->status != 200)
    {
      if (reply->from_hub && reply->status == 404)
        decline (self, reply);
      else
        _lanyard_sync_unexpected (self, reply);
      return;
    }
  self->snapshot = lanyard_snapshot_open (reply->body, self->trust, self->identity.event,
                                          _lanyard_sync_now_s (self), &error);
  if (self->snapshot == NULL)
    _lanyard_sync_nonsense (self, "snapshot of the roster", error);
  else if (!is_worth_it (self))
    decline (self, reply);
  else if (!ensure_load (self, &error))
    _lanyard_sync_broken (self, error);
  else
    tell_more (self, FALSE);
}

void
_lanyard_sync_get_snapshot (LanyardSyncEngine *self)
{
  LanyardHubRequest request = {
    .method = "GET",
    .path = "/v1/snapshot",
    .max_bytes = LANYARD_SNAPSHOT_MAX_BYTES,
    .timeout_s = LANYARD_SYNC_TIMEOUT_S,
  };
  GError *error = NULL;
  LanyardLoad load;

  lanyard_directory_get_load (self->directory, &load);
  if (load.stage > LANYARD_LOAD_ROWS)
    go_on (self);
  else if (self->snapshot == NULL)
    _lanyard_sync_send (self, &request, on_header);
  else if (load.chunk < self->snapshot->parts->len)
    ask_chunk (self, (guint)load.chunk);
  else if (lanyard_directory_load_end_rows (self->directory, &error))
    go_on (self);
  else
    _lanyard_sync_broken (self, error);
}
