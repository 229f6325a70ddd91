/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads the records of a day, some at a time, so that a desk with a long day behind it is ready at
 * once. */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-journal-private.h"

#include "lanyard-statement.h"

/* Returns: (transfer full) (nullable): the record in the first column. Its chain was verified when
 * the journal was opened, and is not again. */
static LanyardRecord *
take_record (LanyardStatement *select, GError **error)
{
  const LanyardHash unknown = { 0 };
  gsize n_bytes;
  const void *encoded = lanyard_statement_get_blob (select, 0, &n_bytes);

  return lanyard_record_decode (encoded, n_bytes, &unknown, error);
}

static gboolean
read_stamp (LanyardJournal *journal, gint64 position, guint64 *ms, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database, "SELECT encoded FROM record WHERE position = ?1");
  g_autoptr (LanyardRecord) record = NULL;
  gboolean row;

  lanyard_statement_bind_int (select, 1, position);
  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  if (!row)
    return lanyard_journal_fail (error, LANYARD_ERROR_CORRUPT,
                                 "Record %" G_GINT64_FORMAT " of the journal is missing: "
                                 "it was left as it is; keep it and call support.",
                                 position);
  record = take_record (select, error);
  if (record == NULL)
    return FALSE;
  *ms = lanyard_hlc_get_ms (record->hlc);
  return TRUE;
}

/* The first record that may be of the day. Stamps never go back, as the wall's clock may, and are
 * never behind it. */
static gboolean
find_begin (LanyardJournal *journal, gint64 since_us, gint64 *position, GError **error)
{
  gint64 low = 1, high = journal->head.position + 1;
  guint64 since_ms = (guint64)MAX (since_us, 0) / 1000;

  while (low < high)
    {
      gint64 middle = low + (high - low) / 2;
      guint64 ms = 0;

      if (!read_stamp (journal, middle, &ms, error))
        return FALSE;
      if (ms < since_ms)
        low = middle + 1;
      else
        high = middle;
    }
  *position = low;
  return TRUE;
}

gboolean
lanyard_journal_begin_day (LanyardJournal *journal, gint64 since_us, GError **error)
{
  gint64 position;

  g_return_val_if_fail (journal != NULL, FALSE);

  lanyard_database_assert_thread (journal->database);
  g_clear_pointer (&journal->day, lanyard_day_free);
  g_clear_pointer (&journal->waiting, lanyard_waiting_free);
  if (!find_begin (journal, since_us, &position, error))
    return FALSE;
  journal->day = lanyard_day_new (since_us);
  journal->waiting = lanyard_waiting_new (since_us);
  journal->day_position = position;
  return TRUE;
}

gboolean
lanyard_journal_read_day (LanyardJournal *journal,
                          guint max_records,
                          gboolean *complete,
                          GError **error)
{
  g_autoptr (LanyardStatement) select = NULL;
  gboolean row;

  g_return_val_if_fail (journal != NULL && journal->day != NULL && complete != NULL, FALSE);

  lanyard_database_assert_thread (journal->database);
  select = lanyard_statement_new (
      journal->database,
      "SELECT encoded FROM record WHERE position >= ?1 ORDER BY position LIMIT ?2");
  lanyard_statement_bind_int (select, 1, journal->day_position);
  lanyard_statement_bind_int (select, 2, max_records);
  while (lanyard_statement_step (select, &row, error))
    {
      g_autoptr (LanyardRecord) record = NULL;

      *complete = journal->day_position > journal->head.position;
      if (!row)
        return TRUE;
      record = take_record (select, error);
      if (record == NULL)
        return FALSE;
      lanyard_waiting_take (journal->waiting, record);
      lanyard_day_take (journal->day, record, journal->day_position++);
    }
  return FALSE;
}

void
lanyard_journal_keep_day (LanyardJournal *journal, const LanyardRecord *record, gint64 position)
{
  /* What is not read yet comes in its turn. */
  if (journal->day == NULL || position != journal->day_position)
    return;
  lanyard_waiting_take (journal->waiting, record);
  lanyard_day_take (journal->day, record, position);
  journal->day_position++;
}

void
lanyard_journal_note_venue (LanyardJournal *journal, const LanyardRecord *record)
{
  g_return_if_fail (journal != NULL && record != NULL);

  lanyard_database_assert_thread (journal->database);
  if (journal->day == NULL)
    return;
  lanyard_day_take_other (journal->day, record);
  lanyard_waiting_take_other (journal->waiting, record);
}

LanyardDay *
lanyard_journal_get_day (LanyardJournal *journal)
{
  g_return_val_if_fail (journal != NULL, NULL);

  lanyard_database_assert_thread (journal->database);
  return journal->day;
}

LanyardWaiting *
lanyard_journal_get_waiting (LanyardJournal *journal)
{
  g_return_val_if_fail (journal != NULL, NULL);

  lanyard_database_assert_thread (journal->database);
  return journal->waiting;
}

gint64
lanyard_journal_get_acknowledged_position (LanyardJournal *journal)
{
  g_return_val_if_fail (journal != NULL, 0);

  lanyard_database_assert_thread (journal->database);
  return journal->first_position - 1 + (gint64)journal->acknowledged_seq;
}
