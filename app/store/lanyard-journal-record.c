/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-journal-private.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-statement.h"

enum
{
  COLUMN_ENCODED,
  COLUMN_HASH,
};

static gboolean
fail_at_position (gint64 position, const char *what, GError **error)
{
  return lanyard_journal_fail (error, LANYARD_ERROR_CORRUPT,
                               "Record %" G_GINT64_FORMAT " of the journal %s: "
                               "it was left as it is; keep it and call support.",
                               position, what);
}

/* The hash of a record as it is stored; zero for position 0. */
static gboolean
get_stored_hash (LanyardJournal *journal, gint64 position, LanyardHash *hash, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT encoded, hash FROM record WHERE position = ?1");
  gboolean row;

  memset (hash, 0, sizeof *hash);
  if (position == 0)
    return TRUE;
  lanyard_statement_bind_int (select, 1, position);
  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  return (row && lanyard_statement_get_hash (select, COLUMN_HASH, hash))
         || fail_at_position (position, "is missing", error);
}

/* Decodes the row under @select. @previous: hash of the record before it in its epoch */
static LanyardRecord *
take_row (LanyardStatement *select, gint64 position, const LanyardHash *previous, GError **error)
{
  g_autoptr (LanyardRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;
  LanyardHash stored;
  gsize n_bytes;
  const void *encoded = lanyard_statement_get_blob (select, COLUMN_ENCODED, &n_bytes);

  record = lanyard_record_decode (encoded, n_bytes, previous, &local_error);
  if (record == NULL)
    {
      fail_at_position (position, "cannot be read", error);
      return NULL;
    }
  if (!lanyard_statement_get_hash (select, COLUMN_HASH, &stored)
      || !lanyard_hash_equal (&stored, &record->hash))
    {
      fail_at_position (position, "was altered", error);
      return NULL;
    }
  return g_steal_pointer (&record);
}

LanyardRecord *
lanyard_journal_read_position (LanyardJournal *journal, gint64 position, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT encoded, hash FROM record WHERE position = ?1");
  LanyardHash previous;
  gboolean row;

  if (!get_stored_hash (journal, position == journal->first_position ? 0 : position - 1, &previous,
                        error))
    return NULL;
  lanyard_statement_bind_int (select, 1, position);
  if (!lanyard_statement_step (select, &row, error))
    return NULL;
  if (!row)
    {
      fail_at_position (position, "is missing", error);
      return NULL;
    }
  return take_row (select, position, &previous, error);
}

static gboolean
get_last_position (LanyardJournal *journal, gint64 *position, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database, "SELECT max(position) FROM record");
  gboolean row;

  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  *position = lanyard_statement_get_int (select, 0);
  return TRUE;
}

/* The last stamp of an earlier epoch still holds back the clock of this one. */
static gboolean
load_last_stamp (LanyardJournal *journal, gint64 position, guint64 *hlc, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT encoded, hash FROM record WHERE position = ?1");
  g_autoptr (LanyardRecord) record = NULL;
  LanyardHash unknown = { 0 };
  gboolean row;
  gsize n_bytes;
  const void *encoded;

  lanyard_statement_bind_int (select, 1, position);
  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  encoded = row ? lanyard_statement_get_blob (select, COLUMN_ENCODED, &n_bytes) : NULL;
  record = encoded != NULL ? lanyard_record_decode (encoded, n_bytes, &unknown, NULL) : NULL;
  if (record == NULL)
    return fail_at_position (position, "cannot be read", error);
  *hlc = record->hlc;
  return TRUE;
}

gboolean
lanyard_journal_load_head (LanyardJournal *journal, GError **error)
{
  LanyardHead head = { 0 };

  if (!get_last_position (journal, &head.position, error))
    return FALSE;
  if (head.position > 0 && !load_last_stamp (journal, head.position, &head.hlc, error))
    return FALSE;
  if (head.position >= journal->first_position)
    {
      g_autoptr (LanyardRecord) record
          = lanyard_journal_read_position (journal, head.position, error);

      if (record == NULL)
        return FALSE;
      head.seq = head.position - journal->first_position + 1;
      head.hash = record->hash;
      if (record->seq != head.seq || record->device != journal->identity.device
          || record->epoch != journal->identity.epoch)
        return fail_at_position (head.position, "is out of its place", error);
    }
  if (journal->acknowledged_seq > head.seq)
    return lanyard_journal_fail (error, LANYARD_ERROR_CORRUPT,
                                 "The hub acknowledged record %" G_GUINT64_FORMAT
                                 " and the journal ends at %" G_GUINT64_FORMAT
                                 ": its disk lost records; call support.",
                                 journal->acknowledged_seq, head.seq);
  journal->head = head;
  return TRUE;
}

gboolean
lanyard_journal_append (LanyardJournal *journal,
                        LanyardRecord *record,
                        LanyardHead *head,
                        GError **error)
{
  g_autoptr (LanyardStatement) insert
      = lanyard_statement_new (journal->database,
                               "INSERT INTO record (position, encoded, hash) VALUES (?1, ?2, ?3)");
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (LanyardRecord) readable = NULL;

  record->device = journal->identity.device;
  record->epoch = journal->identity.epoch;
  record->seq = head->seq + 1;
  record->hlc = lanyard_hlc_next (lanyard_fault ("hlc-reset") ? 0 : head->hlc, record->wall_us);
  record->previous = head->hash;
  if (lanyard_fault ("hash-without-previous"))
    memset (&record->previous, 0, sizeof record->previous);
  encoded = lanyard_record_encode (record);
  /* What could not be read again is never written: it would close the journal for good. Reading it
   * also makes its hash. */
  readable = lanyard_record_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded),
                                    &record->previous, error);
  if (readable == NULL)
    return FALSE;
  record->hash = readable->hash;

  head->position++;
  head->seq = record->seq;
  head->hlc = record->hlc;
  head->hash = record->hash;
  lanyard_statement_bind_int (insert, 1, head->position);
  lanyard_statement_bind_bytes (insert, 2, encoded);
  lanyard_statement_bind_blob (insert, 3, record->hash.bytes, LANYARD_HASH_BYTES);
  return lanyard_statement_run (insert, error);
}

GPtrArray *
lanyard_journal_read (LanyardJournal *journal, guint64 after, guint max, GError **error)
{
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_record_free);
  g_autoptr (LanyardStatement) select = lanyard_statement_new (
      journal->database,
      "SELECT encoded, hash FROM record WHERE position >= ?1 ORDER BY position LIMIT ?2");
  LanyardHash previous;
  gboolean row;
  gint64 position;

  if (after >= journal->head.seq)
    return g_steal_pointer (&records);
  position = journal->first_position + (gint64)after;
  if (!get_stored_hash (journal, after == 0 ? 0 : position - 1, &previous, error))
    return NULL;

  lanyard_statement_bind_int (select, 1, position);
  lanyard_statement_bind_int (select, 2, max);
  while (lanyard_statement_step (select, &row, error))
    {
      LanyardRecord *record;

      if (!row)
        return g_steal_pointer (&records);
      record = take_row (select, position++, &previous, error);
      if (record == NULL)
        return NULL;
      previous = record->hash;
      g_ptr_array_add (records, record);
    }
  return NULL;
}

/* Where the next epoch after @position begins; G_MAXINT64 when none does. */
static gboolean
get_next_epoch (LanyardJournal *journal, gint64 position, gint64 *first, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT min(first_position) FROM epoch WHERE first_position > ?1");
  gboolean row;

  lanyard_statement_bind_int (select, 1, position);
  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  *first
      = lanyard_statement_is_null (select, 0) ? G_MAXINT64 : lanyard_statement_get_int (select, 0);
  return TRUE;
}

gboolean
lanyard_journal_foreach (LanyardJournal *journal,
                         LanyardRecordFunc func,
                         gpointer user_data,
                         GError **error)
{
  g_autoptr (LanyardStatement) select = lanyard_statement_new (
      journal->database, "SELECT encoded, hash FROM record WHERE position >= ?1 ORDER BY position");
  LanyardHash previous = { 0 };
  gint64 position = 1, next_epoch;
  gboolean row;

  if (!get_next_epoch (journal, 1, &next_epoch, error))
    return FALSE;
  lanyard_statement_bind_int (select, 1, position);
  while (lanyard_statement_step (select, &row, error))
    {
      g_autoptr (LanyardRecord) record = NULL;

      if (!row)
        return TRUE;
      if (position == next_epoch)
        {
          memset (&previous, 0, sizeof previous);
          if (!get_next_epoch (journal, position, &next_epoch, error))
            return FALSE;
        }
      record = take_row (select, position++, &previous, error);
      if (record == NULL)
        return FALSE;
      previous = record->hash;
      if (!func (record, user_data))
        return TRUE;
    }
  return FALSE;
}
