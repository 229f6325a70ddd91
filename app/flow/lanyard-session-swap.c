/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Changing over to another printer in the middle of a queue.
 *
 * Nothing moves by itself. What the old printer has not begun is cancelled as well as it can be,
 * which proves nothing: a badge that was on its way becomes a question, and whoever looked into the
 * tray answers it. Only then may that person have another badge, from the new printer.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

/* A badge that waits in the old printer must not come out when that is mended. */
static void
cancel_jobs (LanyardSession *session, const char *old)
{
  g_autoptr (GPtrArray) open = lanyard_journal_list_open_pickups (session->parts.journal);

  for (guint i = 0; i < open->len; i++)
    {
      const LanyardPickup *pickup = g_ptr_array_index (open, i);

      if (pickup->serial == NULL || pickup->state == LANYARD_PICKUP_REPORTED
          || g_strcmp0 (lanyard_session_find_printer (session, pickup->serial), old) != 0)
        continue;
      lanyard_printer_cancel (session->parts.printer, pickup->serial, pickup->printer_job);
    }
}

/* Whose badge was on its way stands before the desk. */
static void
ask_about_served (LanyardSession *session)
{
  if (session->state != LANYARD_PICKUP_RESERVED && session->state != LANYARD_PICKUP_PRINTING)
    return;
  g_free (session->again);
  session->again = g_strdup (session->served.number);
  lanyard_session_feed (session, LANYARD_PICKUP_INPUT_PRINT_DOUBTFUL);
}

void
lanyard_session_choose_printer (LanyardSession *session, const LanyardStaffAction *action)
{
  g_autofree char *old = g_strdup (lanyard_printer_switch_get_chosen (session->printers));
  LanyardSupplyFacts facts = { .printer = action->text, .cards = -1, .lifetime = -1 };
  gboolean known = FALSE;

  for (guint i = 0; i < lanyard_printer_switch_get_n (session->printers); i++)
    known |= g_strcmp0 (lanyard_printer_switch_get_name (session->printers, i), action->text) == 0;
  if (!known)
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  if (g_str_equal (old, action->text))
    return;
  /* First what happened, then what follows: after a power cut the desk prints where staff said. */
  if (!lanyard_session_commit_supply (session, LANYARD_RECORD_PRINTER_CHOSEN, &facts))
    return;
  cancel_jobs (session, old);
  lanyard_printer_switch_choose (session->printers, action->text);
  ask_about_served (session);
  if (session->broken == NULL)
    lanyard_session_notify (session, LANYARD_NOTICE_PRINTER_CHOSEN);
}

void
lanyard_session_serve_again (LanyardSession *session)
{
  g_autofree char *number = g_steal_pointer (&session->again);

  if (number != NULL && session->staff && session->state == LANYARD_PICKUP_IDLE
      && session->broken == NULL)
    lanyard_session_present (session, number, LANYARD_CREDENTIAL_SEARCH, 0, NULL);
}

const char *
lanyard_session_find_other_printer (LanyardSession *session, const char *name)
{
  for (guint i = 0; i < lanyard_printer_switch_get_n (session->printers); i++)
    {
      const char *other = lanyard_printer_switch_get_name (session->printers, i);
      g_autoptr (LanyardPrinterCondition) condition = lanyard_printer_dup_condition (
          lanyard_printer_switch_get_printer (session->printers, i));

      if (condition->answers && !lanyard_stock_keeps_from_printing (condition->fault)
          && g_strcmp0 (other, name) != 0)
        return other;
    }
  return NULL;
}
