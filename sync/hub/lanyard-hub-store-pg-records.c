/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-error.h"
#include "lanyard-hub-pg-statement.h"
#include "lanyard-hub-pg-work.h"

static gboolean
get_stream (LanyardHubStore *store,
            guint32 device,
            guint32 epoch,
            LanyardHubStream *stream,
            GError **error)
{
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new (
      store, "SELECT head_seq, head_hash FROM stream WHERE device = $1 AND epoch = $2");
  LanyardPgWork *work = _lanyard_pg_work (store);
  const LanyardPgStream *kept
      = work == NULL ? NULL : _lanyard_pg_work_find_stream (work, device, epoch);
  gboolean row;

  *stream = (LanyardHubStream){ 0 };
  if (kept != NULL)
    {
      *stream = kept->stream;
      return TRUE;
    }
  _lanyard_pg_bind_int (statement, 1, device);
  _lanyard_pg_bind_int (statement, 2, epoch);
  if (!_lanyard_pg_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  stream->head_seq = (guint64)_lanyard_pg_get_int (statement, 0);
  if (!_lanyard_pg_get_hash (statement, 1, &stream->head_hash))
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
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store,
                                   "SELECT hash FROM record WHERE device = $1 AND epoch = $2 "
                                   "AND first > $3 - 500 AND first <= $4 "
                                   "AND seq BETWEEN $3 AND $4 ORDER BY first, seq");
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (LanyardHash));
  LanyardPgWork *work = _lanyard_pg_work (store);
  const LanyardPgStream *kept
      = work == NULL ? NULL : _lanyard_pg_work_find_stream (work, device, epoch);
  gboolean row;

  /* What a desk sends in order asks for its head, and that is known. */
  if (kept != NULL && from == to && to == kept->stream.head_seq)
    {
      g_array_append_val (hashes, kept->stream.head_hash);
      return g_steal_pointer (&hashes);
    }

  _lanyard_pg_bind_int (statement, 1, device);
  _lanyard_pg_bind_int (statement, 2, epoch);
  _lanyard_pg_bind_int (statement, 3, (gint64)from);
  _lanyard_pg_bind_int (statement, 4, (gint64)to);
  while (TRUE)
    {
      LanyardHash hash;

      if (!_lanyard_pg_step (statement, &row, error))
        return NULL;
      if (!row || !_lanyard_pg_get_hash (statement, 0, &hash))
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

/* Of @batch from @seq on, as many as one row takes. */
static LanyardPgStretch *
make_stretch (const LanyardBatch *batch, guint64 seq, gint64 now_us)
{
  LanyardPgStretch *stretch = g_new0 (LanyardPgStretch, 1);
  guint64 n = lanyard_batch_get_last (batch) - seq + 1;

  stretch->device = batch->device;
  stretch->epoch = batch->epoch;
  stretch->first = seq;
  stretch->n = (guint)MIN (n, LANYARD_BATCH_MAX_RECORDS);
  stretch->offset = (guint)(seq - batch->first);
  stretch->hashes = g_array_ref (batch->hashes);
  stretch->records = g_ptr_array_ref (batch->records);
  stretch->received_us = now_us;
  return stretch;
}

static gboolean
append (LanyardHubStore *store,
        const LanyardBatch *batch,
        guint64 from,
        gint64 now_us,
        GError **error)
{
  LanyardPgWork *work = _lanyard_pg_work (store);
  LanyardPgStream *stream
      = work == NULL ? NULL : _lanyard_pg_work_find_stream (work, batch->device, batch->epoch);

  if (stream == NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                           "Records are stored by uploads that name their stream first.");
      return FALSE;
    }
  if (!_lanyard_pg_work_stream (_lanyard_hub_pg (store), error))
    return FALSE;
  for (guint64 seq = from; seq <= lanyard_batch_get_last (batch); seq += LANYARD_BATCH_MAX_RECORDS)
    g_ptr_array_add (work->stretches, make_stretch (batch, seq, now_us));
  stream->stream.head_seq = lanyard_batch_get_last (batch);
  stream->stream.head_hash = batch->head;
  stream->updated_us = now_us;
  stream->dirty = TRUE;
  work->dirty = TRUE;
  return TRUE;
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
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new_apart (
      store, "INSERT INTO alarm (kind, device, epoch, seq, at_us) VALUES ($1, $2, $3, $4, $5) "
             "ON CONFLICT DO NOTHING");

  _lanyard_pg_bind_text (statement, 1, kind);
  _lanyard_pg_bind_int (statement, 2, device);
  _lanyard_pg_bind_int (statement, 3, epoch);
  _lanyard_pg_bind_int (statement, 4, (gint64)seq);
  _lanyard_pg_bind_int (statement, 5, now_us);
  return _lanyard_pg_run (statement, error);
}

void
_lanyard_hub_pg_fill_records (LanyardHubStoreOps *ops)
{
  ops->get_stream = get_stream;
  ops->get_hashes = get_hashes;
  ops->append = append;
  ops->add_alarm = add_alarm;
}
