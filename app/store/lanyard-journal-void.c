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
