/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Closing a shift: every badge has come to an end, and where a printer counts something else than
 * the records, somebody has said why. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

static const LanyardStockPrinter *
find_printer (const LanyardStock *stock, const char *name)
{
  for (guint i = 0; i < stock->printers->len; i++)
    {
      const LanyardStockPrinter *printer = g_ptr_array_index (stock->printers, i);

      if (g_strcmp0 (printer->name, name) == 0)
        return printer;
    }
  return NULL;
}

/* A printer that is in the configuration no more has its row as long as it has something to tell.
 */
static gboolean
is_worth_a_row (const LanyardShiftCount *count)
{
  return count->allocated > 0 || count->spoiled > 0 || count->loaded > 0;
}

static void
add_rows_of_others (LanyardSession *session, const LanyardStock *stock, GPtrArray *rows)
{
  LanyardShift *shift = lanyard_journal_get_shift (session->parts.journal, NULL);
  GPtrArray *counts = shift != NULL ? lanyard_shift_get_counts (shift) : NULL;

  for (guint i = 0; counts != NULL && i < counts->len; i++)
    {
      const LanyardShiftCount *count = g_ptr_array_index (counts, i);

      if (rows->len < LANYARD_SHIFT_MAX_PRINTERS && find_printer (stock, count->printer) == NULL
          && is_worth_a_row (count))
        g_ptr_array_add (rows, lanyard_shift_row_new (count));
    }
}

static GBytes *
make_rows (LanyardSession *session, const LanyardStock *stock)
{
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)(void (*) (void))lanyard_shift_row_free);

  for (guint i = 0; i < stock->printers->len; i++)
    {
      const LanyardStockPrinter *printer = g_ptr_array_index (stock->printers, i);
      LanyardShiftRow *row = lanyard_shift_row_new (printer->count);

      row->knows_lifetime = printer->knows_lifetime;
      row->lifetime = printer->lifetime;
      if (printer->reconciliation.verdict == LANYARD_SHIFT_NEEDS_NOTE)
        row->note = printer->note;
      g_ptr_array_add (rows, row);
    }
  add_rows_of_others (session, stock, rows);
  return lanyard_shift_rows_encode (rows);
}

/* Badges of printers that nobody configured any more are open as well. */
static gboolean
has_open_badges (LanyardSession *session)
{
  g_autoptr (GPtrArray) open = lanyard_journal_list_open_pickups (session->parts.journal);

  for (guint i = 0; i < open->len; i++)
    if (((const LanyardPickup *)g_ptr_array_index (open, i))->serial != NULL)
      return TRUE;
  return FALSE;
}

void
lanyard_session_explain_counter (LanyardSession *session, const LanyardStaffAction *action)
{
  g_autoptr (LanyardStock) stock = lanyard_session_make_stock (session);
  LanyardShiftNote note = (LanyardShiftNote)action->reason;

  if (stock == NULL || find_printer (stock, action->text) == NULL
      || (note != LANYARD_SHIFT_NOTE_NONE && lanyard_shift_note_to_string (note) == NULL))
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  g_hash_table_replace (session->counter_notes, g_strdup (action->text),
                        GINT_TO_POINTER ((gint)note));
}

void
lanyard_session_close_shift (LanyardSession *session, const LanyardStaffAction *action)
{
  g_autoptr (LanyardStock) stock = lanyard_session_make_stock (session);
  g_autoptr (GBytes) rows = NULL;
  LanyardSupplyFacts facts = { .cards = -1, .lifetime = -1 };
  LanyardShiftVerdict verdict;

  if (stock == NULL || session->member->role != LANYARD_STAFF_ROLE_SUPERVISOR)
    {
      lanyard_session_notify (session, stock != NULL ? LANYARD_NOTICE_SUPERVISOR_ONLY
                                                     : LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  verdict
      = has_open_badges (session) ? LANYARD_SHIFT_HAS_QUESTIONS : lanyard_stock_get_verdict (stock);
  if (verdict != LANYARD_SHIFT_AGREES)
    {
      lanyard_session_notify (session, verdict == LANYARD_SHIFT_NEEDS_NOTE
                                           ? LANYARD_NOTICE_SHIFT_DIFFERS
                                           : LANYARD_NOTICE_SHIFT_OPEN);
      return;
    }
  rows = make_rows (session, stock);
  facts.printer = lanyard_printer_switch_get_chosen (session->printers);
  facts.rows = rows;
  if (!lanyard_session_commit_supply (session, LANYARD_RECORD_SHIFT_CLOSED, &facts))
    return;
  g_hash_table_remove_all (session->counter_notes);
  lanyard_session_notify (session, LANYARD_NOTICE_SHIFT_CLOSED);
}
