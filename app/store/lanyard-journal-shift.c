/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads the records since the last close, and those of the shift that it ended. */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-journal-private.h"

#include "lanyard-cbor.h"
#include "lanyard-error.h"
#include "lanyard-statement.h"

#define ITEMS_BEFORE_KIND 3

/* The kind alone, without the hash that reading the whole record would cost. */
static guint16
read_kind (const void *encoded, gsize n_bytes)
{
  LanyardCborReader reader;
  guint16 kind;

  lanyard_cbor_reader_init (&reader, encoded, n_bytes, LANYARD_RECORD_MAX_BYTES);
  lanyard_cbor_enter_array (&reader, G_MAXINT16);
  for (guint i = 0; i < ITEMS_BEFORE_KIND; i++)
    lanyard_cbor_skip (&reader, NULL);
  kind = (guint16)lanyard_cbor_read_uint (&reader, G_MAXUINT16);
  g_clear_error (&reader.error);
  return kind;
}

/* Position of the newest close before another one; 0 when there is none. */
static gboolean
find_close (LanyardJournal *journal, gint64 before, gint64 *position, GError **error)
{
  g_autoptr (LanyardStatement) select = lanyard_statement_new (
      journal->database,
      "SELECT encoded, position FROM record WHERE position < ?1 ORDER BY position DESC");
  gboolean row;

  *position = 0;
  lanyard_statement_bind_int (select, 1, before);
  while (lanyard_statement_step (select, &row, error))
    {
      gsize n_bytes;
      const void *encoded;

      if (!row)
        return TRUE;
      encoded = lanyard_statement_get_blob (select, 0, &n_bytes);
      if (read_kind (encoded, n_bytes) != LANYARD_RECORD_SHIFT_CLOSED)
        continue;
      *position = lanyard_statement_get_int (select, 1);
      return TRUE;
    }
  return FALSE;
}

static gboolean
take_all (LanyardJournal *journal, LanyardShift *shift, gint64 position, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT encoded FROM record WHERE position >= ?1 ORDER BY position");
  const LanyardHash unknown = { 0 };
  gboolean row;

  lanyard_statement_bind_int (select, 1, position);
  while (lanyard_statement_step (select, &row, error))
    {
      g_autoptr (LanyardRecord) record = NULL;
      gsize n_bytes;
      const void *encoded;

      if (!row)
        return TRUE;
      encoded = lanyard_statement_get_blob (select, 0, &n_bytes);
      record = lanyard_record_decode (encoded, n_bytes, &unknown, error);
      if (record == NULL)
        return FALSE;
      lanyard_shift_take (shift, record);
    }
  return FALSE;
}

LanyardShift *
lanyard_journal_get_shift (LanyardJournal *journal, GError **error)
{
  g_autoptr (LanyardShift) shift = NULL;
  gint64 position;

  g_return_val_if_fail (journal != NULL, NULL);

  lanyard_database_assert_thread (journal->database);
  if (journal->shift != NULL)
    return journal->shift;
  shift = lanyard_shift_new ();
  if (!find_close (journal, G_MAXINT64, &position, error)
      || !take_all (journal, shift, position, error))
    return NULL;
  journal->shift = g_steal_pointer (&shift);
  return journal->shift;
}

/* The record in the row, with the hash that stands beside it. */
static LanyardRecord *
read_row (LanyardStatement *select, GError **error)
{
  const LanyardHash unknown = { 0 };
  gsize n_bytes;
  const void *encoded = lanyard_statement_get_blob (select, 0, &n_bytes);
  LanyardRecord *record = lanyard_record_decode (encoded, n_bytes, &unknown, error);

  if (record != NULL)
    lanyard_statement_get_hash (select, 1, &record->hash);
  return record;
}

/* @first: position of the close before, or 0; @last: of the close */
static LanyardShiftSummary *
summarise (LanyardJournal *journal, gint64 first, gint64 last, GError **error)
{
  g_autoptr (LanyardShiftSummary) summary = NULL;
  g_autoptr (LanyardStatement) select = lanyard_statement_new (
      journal->database,
      "SELECT encoded, hash FROM record WHERE position BETWEEN ?1 AND ?2 ORDER BY position");
  gboolean row;

  lanyard_statement_bind_int (select, 1, first);
  lanyard_statement_bind_int (select, 2, last);
  while (lanyard_statement_step (select, &row, error))
    {
      g_autoptr (LanyardRecord) record = row ? read_row (select, error) : NULL;

      if (!row)
        return g_steal_pointer (&summary);
      if (record == NULL)
        return NULL;
      if (summary == NULL && first > 0)
        {
          summary = lanyard_shift_summary_new (record);
          continue;
        }
      if (summary == NULL)
        summary = lanyard_shift_summary_new (NULL);
      lanyard_shift_summary_take (summary, record);
    }
  return NULL;
}

LanyardShiftSummary *
lanyard_journal_summarise_shift (LanyardJournal *journal, GError **error)
{
  gint64 first, last;

  g_return_val_if_fail (journal != NULL, NULL);

  lanyard_database_assert_thread (journal->database);
  if (!find_close (journal, G_MAXINT64, &last, error))
    return NULL;
  if (last == 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "No shift was closed at this desk yet; close it first.");
      return NULL;
    }
  return find_close (journal, last, &first, error) ? summarise (journal, first, last, error) : NULL;
}
