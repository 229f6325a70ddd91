/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which badges this desk itself knows to be void: its own by their pickups, those that other desks
 * made by a table of their serials. */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-journal-private.h"

#include "lanyard-error.h"
#include "lanyard-statement.h"

/* Queries that return no error: what failed is in the log, and the database is closed to writing.
 */
static gboolean
has_row (LanyardStatement *select)
{
  g_autoptr (GError) error = NULL;
  gboolean row = FALSE;

  if (!lanyard_statement_step (select, &row, &error))
    g_warning ("%s", error->message);
  return row;
}

gboolean
lanyard_journal_void_another (LanyardJournal *journal, const LanyardStep *step, GError **error)
{
  g_autoptr (LanyardStatement) insert
      = lanyard_statement_new (journal->database,
                               "INSERT INTO void_other (serial, accreditation) VALUES (?1, ?2)");
  g_autoptr (LanyardStatement) own
      = lanyard_statement_new (journal->database, "SELECT 1 FROM pickup WHERE serial = ?1");

  lanyard_statement_bind_text (own, 1, step->serial);
  if (has_row (own))
    return lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                                 "Badge %s was made here: its pickup is what comes to an end.",
                                 step->serial);
  if (lanyard_journal_is_void (journal, step->serial))
    return lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                                 "Badge %s is void already: nothing was changed.", step->serial);
  lanyard_statement_bind_text (insert, 1, step->serial);
  lanyard_statement_bind_text (insert, 2, step->accreditation);
  return lanyard_statement_run (insert, error);
}

void
lanyard_journal_add_void_others (LanyardJournal *journal, const char *number, GPtrArray *serials)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT serial FROM void_other WHERE accreditation = ?1");
  g_autoptr (GError) error = NULL;
  gboolean row;

  lanyard_statement_bind_text (select, 1, number);
  while (lanyard_statement_step (select, &row, &error) && row)
    g_ptr_array_add (serials, lanyard_statement_dup_text (select, 0));
  if (error != NULL)
    g_warning ("%s", error->message);
}

gboolean
lanyard_journal_is_void (LanyardJournal *journal, const char *serial)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT 1 FROM pickup WHERE serial = ?1 AND state = ?2"
                               " UNION ALL SELECT 1 FROM void_other WHERE serial = ?1");

  g_return_val_if_fail (serial != NULL, FALSE);
  lanyard_statement_bind_text (select, 1, serial);
  lanyard_statement_bind_int (select, 2, LANYARD_PICKUP_VOID);
  return has_row (select);
}

gboolean
lanyard_journal_note_decision (LanyardJournal *journal, const LanyardRecord *record, GError **error)
{
  g_autoptr (LanyardStatement) insert = lanyard_statement_new (
      journal->database,
      "INSERT INTO decision (device, epoch, seq, accreditation) VALUES (?1, ?2, ?3, ?4)");

  lanyard_statement_bind_int (insert, 1, record->device);
  lanyard_statement_bind_int (insert, 2, record->epoch);
  lanyard_statement_bind_int (insert, 3, (gint64)record->seq);
  lanyard_statement_bind_text (insert, 4, record->accreditation);
  return lanyard_statement_run (insert, error);
}

static void
read_decision (LanyardJournal *journal, guint64 seq, GPtrArray *decisions)
{
  g_autoptr (GPtrArray) records = lanyard_journal_read (journal, seq - 1, 1, NULL);
  LanyardResolution *resolution = NULL;

  if (records != NULL && records->len == 1)
    resolution = lanyard_resolution_read (g_ptr_array_index (records, 0), NULL);
  if (resolution != NULL)
    g_ptr_array_add (decisions, resolution);
}

GPtrArray *
lanyard_journal_list_decisions (LanyardJournal *journal, const char *number)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT seq FROM decision WHERE accreditation = ?1 AND device = ?2"
                               " AND epoch = ?3 AND seq > ?4 ORDER BY seq");
  GPtrArray *decisions = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_resolution_free);
  g_autoptr (GError) error = NULL;
  gboolean row;

  g_return_val_if_fail (number != NULL, decisions);

  lanyard_statement_bind_text (select, 1, number);
  lanyard_statement_bind_int (select, 2, journal->identity.device);
  lanyard_statement_bind_int (select, 3, journal->identity.epoch);
  lanyard_statement_bind_int (select, 4, (gint64)journal->acknowledged_seq);
  while (lanyard_statement_step (select, &row, &error) && row)
    read_decision (journal, (guint64)lanyard_statement_get_int (select, 0), decisions);
  if (error != NULL)
    g_warning ("%s", error->message);
  return decisions;
}
