/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where the records about each person stand. Kept in memory alone and read behind everything else,
 * as the name index is: a commit costs what it did, and nothing on disk could say something else
 * than the records. */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-journal-private.h"

#include "lanyard-statement.h"

static void
free_positions (gpointer positions)
{
  g_array_unref (positions);
}

/* Notes that the record at @position is about somebody. */
static void
note_position (LanyardJournal *journal, const LanyardRecord *record, gint64 position)
{
  GArray *positions;

  if (record->accreditation == NULL || !lanyard_past_is_of_it (record->kind))
    return;
  positions = g_hash_table_lookup (journal->about, record->accreditation);
  if (positions == NULL)
    {
      positions = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (journal->about, g_strdup (record->accreditation), positions);
    }
  g_array_append_val (positions, position);
}

/* Returns: (transfer full) (nullable): its chain was verified when the journal was opened */
static LanyardRecord *
read_record (LanyardJournal *journal, gint64 position, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database, "SELECT encoded FROM record WHERE position = ?1");
  const LanyardHash unknown = { 0 };
  const void *encoded;
  gsize n_bytes;
  gboolean row;

  lanyard_statement_bind_int (select, 1, position);
  if (!lanyard_statement_step (select, &row, error))
    return NULL;
  if (!row)
    {
      lanyard_journal_fail (error, LANYARD_ERROR_CORRUPT,
                            "Record %" G_GINT64_FORMAT " of the journal is missing: "
                            "it was left as it is; keep it and call support.",
                            position);
      return NULL;
    }
  encoded = lanyard_statement_get_blob (select, 0, &n_bytes);
  return lanyard_record_decode (encoded, n_bytes, &unknown, error);
}

static gboolean
is_waiting (LanyardJournal *journal, gint64 position)
{
  return position > lanyard_journal_get_acknowledged_position (journal);
}

gboolean
lanyard_journal_read_past (LanyardJournal *journal,
                           guint max_records,
                           gboolean *complete,
                           GError **error)
{
  g_autoptr (LanyardStatement) select = NULL;
  const LanyardHash unknown = { 0 };
  gboolean row;

  g_return_val_if_fail (journal != NULL && complete != NULL, FALSE);

  lanyard_database_assert_thread (journal->database);
  if (journal->about == NULL)
    {
      journal->about = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_positions);
      journal->about_position = 1;
    }
  select = lanyard_statement_new (
      journal->database,
      "SELECT encoded FROM record WHERE position >= ?1 ORDER BY position LIMIT ?2");
  lanyard_statement_bind_int (select, 1, journal->about_position);
  lanyard_statement_bind_int (select, 2, max_records);
  while (lanyard_statement_step (select, &row, error))
    {
      g_autoptr (LanyardRecord) record = NULL;
      const void *encoded;
      gsize n_bytes;

      *complete = journal->about_position > journal->head.position;
      if (!row)
        return TRUE;
      encoded = lanyard_statement_get_blob (select, 0, &n_bytes);
      record = lanyard_record_decode (encoded, n_bytes, &unknown, error);
      if (record == NULL)
        return FALSE;
      note_position (journal, record, journal->about_position++);
    }
  return FALSE;
}

void
lanyard_journal_keep_past (LanyardJournal *journal, const LanyardRecord *record, gint64 position)
{
  /* What is not read yet comes in its turn. */
  if (journal->about == NULL || position != journal->about_position)
    return;
  note_position (journal, record, position);
  journal->about_position++;
}

GPtrArray *
lanyard_journal_list_past (LanyardJournal *journal,
                           const char *number,
                           guint max_records,
                           gboolean *complete,
                           GError **error)
{
  g_autoptr (LanyardPast) past = lanyard_past_new ();
  g_autoptr (GPtrArray) lines
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_past_line_free);
  const GArray *positions = NULL;
  GPtrArray *found;

  g_return_val_if_fail (journal != NULL && number != NULL && complete != NULL, NULL);

  lanyard_database_assert_thread (journal->database);
  *complete = journal->about != NULL && journal->about_position > journal->head.position;
  if (journal->about != NULL)
    positions = g_hash_table_lookup (journal->about, number);
  for (guint i
       = positions != NULL && positions->len > max_records ? positions->len - max_records : 0;
       positions != NULL && i < positions->len; i++)
    {
      gint64 position = g_array_index (positions, gint64, i);
      g_autoptr (LanyardRecord) record = read_record (journal, position, error);

      if (record == NULL)
        return NULL;
      lanyard_past_take (past, record, position);
    }
  found = lanyard_past_get_lines (past);
  for (guint i = found->len; i-- > 0;)
    {
      LanyardPastLine *line = lanyard_past_line_copy (g_ptr_array_index (found, i));

      line->waits = is_waiting (journal, line->position);
      g_ptr_array_add (lines, line);
    }
  return g_steal_pointer (&lines);
}
