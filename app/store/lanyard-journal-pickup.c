/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-journal-private.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-statement.h"

#define PICKUP_COLUMNS                                                                             \
  "id, state, accreditation, serial, sequence, printer_job, started_us, changed_us"

enum
{
  COLUMN_ID,
  COLUMN_STATE,
  COLUMN_ACCREDITATION,
  COLUMN_SERIAL,
  COLUMN_SEQUENCE,
  COLUMN_PRINTER_JOB,
  COLUMN_STARTED_US,
  COLUMN_CHANGED_US,
};

static LanyardPickup *
take_row (LanyardStatement *select)
{
  LanyardPickup *pickup = g_new0 (LanyardPickup, 1);
  gsize n_bytes;
  const void *id = lanyard_statement_get_blob (select, COLUMN_ID, &n_bytes);

  if (n_bytes == LANYARD_ID_BYTES)
    memcpy (pickup->id.bytes, id, LANYARD_ID_BYTES);
  pickup->state = lanyard_statement_get_int (select, COLUMN_STATE);
  pickup->accreditation = lanyard_statement_dup_text (select, COLUMN_ACCREDITATION);
  pickup->serial = lanyard_statement_dup_text (select, COLUMN_SERIAL);
  pickup->sequence = lanyard_statement_get_int (select, COLUMN_SEQUENCE);
  pickup->printer_job = lanyard_statement_dup_text (select, COLUMN_PRINTER_JOB);
  pickup->started_us = lanyard_statement_get_int (select, COLUMN_STARTED_US);
  pickup->changed_us = lanyard_statement_get_int (select, COLUMN_CHANGED_US);
  return pickup;
}

/* These queries return no error: what failed is in the log, and the database is closed to writing.
 */
static gboolean
step_or_warn (LanyardStatement *select)
{
  g_autoptr (GError) error = NULL;
  gboolean row;

  if (lanyard_statement_step (select, &row, &error))
    return row;
  g_warning ("%s", error->message);
  return FALSE;
}

LanyardPickup *
lanyard_pickup_copy (const LanyardPickup *pickup)
{
  LanyardPickup *copy = g_memdup2 (pickup, sizeof *pickup);

  copy->accreditation = g_strdup (pickup->accreditation);
  copy->serial = g_strdup (pickup->serial);
  copy->printer_job = g_strdup (pickup->printer_job);
  return copy;
}

void
lanyard_pickup_free (LanyardPickup *pickup)
{
  if (pickup == NULL)
    return;
  g_free (pickup->accreditation);
  g_free (pickup->serial);
  g_free (pickup->printer_job);
  g_free (pickup);
}

LanyardPickup *
lanyard_journal_dup_pickup (LanyardJournal *journal, const LanyardId *id)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT " PICKUP_COLUMNS " FROM pickup WHERE id = ?1");

  lanyard_statement_bind_blob (select, 1, id->bytes, LANYARD_ID_BYTES);
  return step_or_warn (select) ? take_row (select) : NULL;
}

LanyardPickup *
lanyard_journal_find_serial (LanyardJournal *journal, const char *serial)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT " PICKUP_COLUMNS " FROM pickup WHERE serial = ?1");

  g_return_val_if_fail (serial != NULL, NULL);
  lanyard_statement_bind_text (select, 1, serial);
  return step_or_warn (select) ? take_row (select) : NULL;
}

LanyardPickup *
lanyard_journal_find_issued (LanyardJournal *journal, const char *number)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT " PICKUP_COLUMNS " FROM pickup WHERE accreditation = ?1"
                               " AND state IN (?2, ?3, ?4) ORDER BY sequence DESC LIMIT 1");

  g_return_val_if_fail (number != NULL, NULL);
  lanyard_statement_bind_text (select, 1, number);
  lanyard_statement_bind_int (select, 2, LANYARD_PICKUP_ISSUED);
  lanyard_statement_bind_int (select, 3, LANYARD_PICKUP_VALIDATED);
  lanyard_statement_bind_int (select, 4, LANYARD_PICKUP_HANDED);
  return step_or_warn (select) ? take_row (select) : NULL;
}

GPtrArray *
lanyard_journal_list_open_pickups (LanyardJournal *journal)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT " PICKUP_COLUMNS
                               " FROM pickup WHERE open_us IS NOT NULL ORDER BY open_us");
  GPtrArray *pickups = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_pickup_free);

  while (step_or_warn (select) && !lanyard_fault ("open-pickups-forgotten"))
    g_ptr_array_add (pickups, take_row (select));
  return pickups;
}

void
lanyard_journal_get_issued (LanyardJournal *journal,
                            const char *number,
                            LanyardIssued *issued,
                            char ***voided)
{
  g_autoptr (LanyardStatement) select = lanyard_statement_new (
      journal->database, "SELECT serial, sequence, state, replaces FROM pickup"
                         " WHERE accreditation = ?1 AND serial IS NOT NULL ORDER BY sequence");
  g_autoptr (GPtrArray) serials = g_ptr_array_new_with_free_func (g_free);

  memset (issued, 0, sizeof *issued);
  lanyard_statement_bind_text (select, 1, number);
  while (step_or_warn (select))
    {
      LanyardPickupState state = lanyard_statement_get_int (select, 2);

      g_free (issued->last_serial);
      issued->last_serial = lanyard_statement_dup_text (select, 0);
      issued->last_sequence = lanyard_statement_get_int (select, 1);
      if (state == LANYARD_PICKUP_VOID || state == LANYARD_PICKUP_RETURNED)
        g_ptr_array_add (serials, lanyard_statement_dup_text (select, 0));
      else
        issued->open_badges++;
      /* The badge that an issued one took the place of, which may be of another desk. */
      if (state == LANYARD_PICKUP_ISSUED && !lanyard_statement_is_null (select, 3))
        g_ptr_array_add (serials, lanyard_statement_dup_text (select, 3));
    }
  lanyard_journal_add_void_others (journal, number, serials);
  g_ptr_array_add (serials, NULL);
  if (voided != NULL)
    *voided = (char **)g_ptr_array_steal (serials, NULL);
}

void
lanyard_journal_count (LanyardJournal *journal, gint64 since_us, LanyardDayCounts *counts)
{
  g_autoptr (LanyardStatement) select = lanyard_statement_new (
      journal->database,
      "SELECT state, count(*) FROM pickup WHERE changed_us >= ?1 GROUP BY state");

  memset (counts, 0, sizeof *counts);
  lanyard_statement_bind_int (select, 1, since_us);
  while (step_or_warn (select))
    {
      guint n = lanyard_statement_get_int (select, 1);

      switch ((LanyardPickupState)lanyard_statement_get_int (select, 0))
        {
        case LANYARD_PICKUP_ISSUED:
          counts->issued = n;
          break;
        case LANYARD_PICKUP_REFUSED:
          counts->refused = n;
          break;
        case LANYARD_PICKUP_REFERRED:
          counts->referred = n;
          break;
        case LANYARD_PICKUP_ATTENTION:
          counts->attention = n;
          break;
        case LANYARD_PICKUP_VOID:
          counts->voided = n;
          break;
        default:
          break;
        }
    }
}
