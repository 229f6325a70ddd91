/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-error.h"
#include "lanyard-hub-store-sqlite-private.h"

#define DB(store) _lanyard_hub_sqlite_database (store)

static gboolean
get_stream (LanyardHubStore *store,
            guint32 device,
            guint32 epoch,
            LanyardHubStream *stream,
            GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "SELECT head_seq, head_hash FROM stream WHERE device = ? AND epoch = ?");
  gboolean row;

  *stream = (LanyardHubStream){ 0 };
  lanyard_statement_bind_int (statement, 1, device);
  lanyard_statement_bind_int (statement, 2, epoch);
  if (!lanyard_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  stream->head_seq = (guint64)lanyard_statement_get_int (statement, 0);
  if (!lanyard_statement_get_hash (statement, 1, &stream->head_hash))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT,
                   "The hub's head of desk %u epoch %u is damaged; restore the hub's database.",
                   device, epoch);
      return FALSE;
    }
  return TRUE;
}

static GArray *
get_hashes (LanyardHubStore *store,
            guint32 device,
            guint32 epoch,
            guint64 from,
            guint64 to,
            GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT hash FROM record WHERE device = ? AND epoch = ? "
                                           "AND seq BETWEEN ? AND ? ORDER BY seq");
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (LanyardHash));
  gboolean row;

  lanyard_statement_bind_int (statement, 1, device);
  lanyard_statement_bind_int (statement, 2, epoch);
  lanyard_statement_bind_int (statement, 3, (gint64)from);
  lanyard_statement_bind_int (statement, 4, (gint64)to);
  while (TRUE)
    {
      LanyardHash hash;

      if (!lanyard_statement_step (statement, &row, error))
        return NULL;
      if (!row || !lanyard_statement_get_hash (statement, 0, &hash))
        break;
      g_array_append_val (hashes, hash);
    }
  if (hashes->len != to - from + 1)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT,
                   "Records of desk %u epoch %u are missing from the hub's database; restore it.",
                   device, epoch);
      return NULL;
    }
  return g_steal_pointer (&hashes);
}

static gboolean
move_head (LanyardHubStore *store, const LanyardBatch *batch, gint64 now_us, GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "INSERT INTO stream (device, epoch, head_seq, head_hash, updated_us) "
                  "VALUES (?, ?, ?, ?, ?) ON CONFLICT (device, epoch) DO UPDATE SET "
                  "head_seq = excluded.head_seq, head_hash = excluded.head_hash, "
                  "updated_us = excluded.updated_us");

  lanyard_statement_bind_int (statement, 1, batch->device);
  lanyard_statement_bind_int (statement, 2, batch->epoch);
  lanyard_statement_bind_int (statement, 3, (gint64)lanyard_batch_get_last (batch));
  lanyard_statement_bind_blob (statement, 4, batch->head.bytes, LANYARD_HASH_BYTES);
  lanyard_statement_bind_int (statement, 5, now_us);
  return lanyard_statement_run (statement, error);
}

static gboolean
append (LanyardHubStore *store,
        const LanyardBatch *batch,
        guint64 from,
        gint64 now_us,
        GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "INSERT INTO record (device, epoch, seq, hash, encoded, received_us) "
                  "VALUES (?, ?, ?, ?, ?, ?)");

  for (guint64 seq = from; seq <= lanyard_batch_get_last (batch); seq++)
    {
      guint i = (guint)(seq - batch->first);

      lanyard_statement_bind_int (statement, 1, batch->device);
      lanyard_statement_bind_int (statement, 2, batch->epoch);
      lanyard_statement_bind_int (statement, 3, (gint64)seq);
      lanyard_statement_bind_blob (statement, 4,
                                   g_array_index (batch->hashes, LanyardHash, i).bytes,
                                   LANYARD_HASH_BYTES);
      lanyard_statement_bind_bytes (statement, 5, g_ptr_array_index (batch->records, i));
      lanyard_statement_bind_int (statement, 6, now_us);
      if (!lanyard_statement_run (statement, error))
        return FALSE;
    }
  return move_head (store, batch, now_us, error);
}

static gboolean
add_alarm (LanyardHubStore *store,
           const char *kind,
           guint32 device,
           guint32 epoch,
           guint64 seq,
           gint64 now_us,
           GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "INSERT INTO alarm (kind, device, epoch, seq, at_us) VALUES (?, ?, ?, ?, ?) "
                  "ON CONFLICT DO NOTHING");

  lanyard_statement_bind_text (statement, 1, kind);
  lanyard_statement_bind_int (statement, 2, device);
  lanyard_statement_bind_int (statement, 3, epoch);
  lanyard_statement_bind_int (statement, 4, (gint64)seq);
  lanyard_statement_bind_int (statement, 5, now_us);
  return lanyard_statement_run (statement, error);
}

void
_lanyard_hub_sqlite_fill_records (LanyardHubStoreOps *ops)
{
  ops->get_stream = get_stream;
  ops->get_hashes = get_hashes;
  ops->append = append;
  ops->add_alarm = add_alarm;
}
