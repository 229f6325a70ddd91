/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-error.h"
#include "lanyard-hub-pg-statement.h"
#include "lanyard-hub-pg-work.h"

/* Records that were stored, read back; those that were set aside, and what became of them. */

#define RECORD_COLUMNS "id, device, epoch, seq, hash, encoded, received_us"
#define ASIDE_COLUMNS "device, epoch, seq, why, decision, decided_us, decided_by, reason"

static gboolean
quarantine (LanyardHubStore *store,
            guint32 device,
            guint32 epoch,
            guint64 seq,
            const char *why,
            GError **error)
{
  LanyardPgWork *work = _lanyard_pg_work (store);
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new (
      store, "INSERT INTO quarantine (device, epoch, seq, why) VALUES ($1, $2, $3, $4) "
             "ON CONFLICT (device, epoch, seq) DO UPDATE SET why = excluded.why, "
             "decision = '', decided_us = 0, decided_by = '', reason = ''");

  if (work != NULL)
    {
      LanyardPgAside *aside = g_new0 (LanyardPgAside, 1);

      *aside = (LanyardPgAside){ device, epoch, seq, g_strdup (why) };
      g_ptr_array_add (work->asides, aside);
      work->dirty = TRUE;
      return TRUE;
    }
  _lanyard_pg_bind_int (statement, 1, device);
  _lanyard_pg_bind_int (statement, 2, epoch);
  _lanyard_pg_bind_int (statement, 3, (gint64)seq);
  _lanyard_pg_bind_text (statement, 4, why);
  return _lanyard_pg_run (statement, error);
}

static LanyardHubRecord *
read_record (LanyardPgStatement *statement, GError **error)
{
  g_autoptr (LanyardHubRecord) record = g_new0 (LanyardHubRecord, 1);

  record->id = (guint64)_lanyard_pg_get_int (statement, 0);
  record->device = (guint32)_lanyard_pg_get_int (statement, 1);
  record->epoch = (guint32)_lanyard_pg_get_int (statement, 2);
  record->seq = (guint64)_lanyard_pg_get_int (statement, 3);
  record->encoded = _lanyard_pg_dup_bytes (statement, 5);
  record->received_us = _lanyard_pg_get_int (statement, 6);
  if (_lanyard_pg_get_hash (statement, 4, &record->hash) && record->encoded != NULL)
    return g_steal_pointer (&record);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT,
               "Record %u/%u/%" G_GUINT64_FORMAT " in the hub's database is damaged; restore it.",
               record->device, record->epoch, record->seq);
  return NULL;
}

static GPtrArray *
read_records (LanyardHubStore *store, guint64 after, guint max, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT " RECORD_COLUMNS " FROM record WHERE "
                                          "stretch >= $1 / 512 AND id > $1 "
                                          "ORDER BY stretch, id LIMIT $2");
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_record_free);
  gboolean row;

  _lanyard_pg_bind_int (statement, 1, (gint64)after);
  _lanyard_pg_bind_int (statement, 2, max);
  while (_lanyard_pg_step (statement, &row, error))
    {
      LanyardHubRecord *record;

      if (!row)
        return g_steal_pointer (&records);
      record = read_record (statement, error);
      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }
  return NULL;
}

static LanyardHubRecord *
find_record (LanyardHubStore *store, guint32 device, guint32 epoch, guint64 seq, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT " RECORD_COLUMNS " FROM record "
                                          "WHERE device = $1 AND epoch = $2 AND first > $3 - 500 "
                                          "AND first <= $3 AND seq = $3");
  gboolean row;

  _lanyard_pg_bind_int (statement, 1, device);
  _lanyard_pg_bind_int (statement, 2, epoch);
  _lanyard_pg_bind_int (statement, 3, (gint64)seq);
  if (!_lanyard_pg_step (statement, &row, error) || !row)
    return NULL;
  return read_record (statement, error);
}

static LanyardHubAside *
read_aside (LanyardPgStatement *statement)
{
  LanyardHubAside *aside = g_new0 (LanyardHubAside, 1);

  aside->device = (guint32)_lanyard_pg_get_int (statement, 0);
  aside->epoch = (guint32)_lanyard_pg_get_int (statement, 1);
  aside->seq = (guint64)_lanyard_pg_get_int (statement, 2);
  aside->why = _lanyard_pg_dup_text (statement, 3);
  aside->decision = _lanyard_pg_dup_text (statement, 4);
  aside->decided_us = _lanyard_pg_get_int (statement, 5);
  aside->decided_by = _lanyard_pg_dup_text (statement, 6);
  aside->reason = _lanyard_pg_dup_text (statement, 7);
  return aside;
}

static GPtrArray *
list_quarantine (LanyardHubStore *store,
                 gboolean all,
                 guint32 device,
                 guint32 epoch,
                 guint64 seq,
                 guint max,
                 GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT " ASIDE_COLUMNS " FROM quarantine "
                                          "WHERE (device, epoch, seq) > ($1, $2, $3) "
                                          "AND ($4 <> 0 OR decision = '') "
                                          "ORDER BY device, epoch, seq LIMIT $5");
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_aside_free);
  gboolean row;

  _lanyard_pg_bind_int (statement, 1, device);
  _lanyard_pg_bind_int (statement, 2, epoch);
  _lanyard_pg_bind_int (statement, 3, (gint64)seq);
  _lanyard_pg_bind_int (statement, 4, all);
  _lanyard_pg_bind_int (statement, 5, max);
  while (_lanyard_pg_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, read_aside (statement));
    }
  return NULL;
}

static gboolean
decide_quarantine (LanyardHubStore *store, const LanyardHubAside *aside, GError **error)
{
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new (
      store, "UPDATE quarantine SET decision = $4, decided_us = $5, decided_by = $6, "
             "reason = $7 WHERE device = $1 AND epoch = $2 AND seq = $3 RETURNING seq");
  gboolean row;

  _lanyard_pg_bind_int (statement, 1, aside->device);
  _lanyard_pg_bind_int (statement, 2, aside->epoch);
  _lanyard_pg_bind_int (statement, 3, (gint64)aside->seq);
  _lanyard_pg_bind_text (statement, 4, aside->decision);
  _lanyard_pg_bind_int (statement, 5, aside->decided_us);
  _lanyard_pg_bind_text (statement, 6, aside->decided_by);
  _lanyard_pg_bind_text (statement, 7, aside->reason);
  if (!_lanyard_pg_step (statement, &row, error))
    return FALSE;
  if (row)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
               "Record %u/%u/%" G_GUINT64_FORMAT " was not set aside.", aside->device, aside->epoch,
               aside->seq);
  return FALSE;
}

void
_lanyard_hub_pg_fill_quarantine (LanyardHubStoreOps *ops)
{
  ops->quarantine = quarantine;
  ops->read_records = read_records;
  ops->find_record = find_record;
  ops->list_quarantine = list_quarantine;
  ops->decide_quarantine = decide_quarantine;
}
