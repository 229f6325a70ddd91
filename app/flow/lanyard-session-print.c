/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the printer says, turned into inputs of the machine, or into words beside a question. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

static LanyardPickupInput
input_for (LanyardPrintState state)
{
  switch (state)
    {
    case LANYARD_PRINT_FAILED:
      return LANYARD_PICKUP_INPUT_PRINT_FAILED;
    case LANYARD_PRINT_SPOOLED:
      return LANYARD_PICKUP_INPUT_PRINT_SPOOLED;
    case LANYARD_PRINT_PROCESSING:
    case LANYARD_PRINT_STOPPED:
      return LANYARD_PICKUP_INPUT_PRINT_MOVED;
    case LANYARD_PRINT_COMPLETED:
      return LANYARD_PICKUP_INPUT_PRINT_COMPLETED;
    case LANYARD_PRINT_ENDED:
    case LANYARD_PRINT_LOST:
    default:
      return LANYARD_PICKUP_INPUT_PRINT_DOUBTFUL;
    }
}

static void
take_report (LanyardSession *session, const LanyardPrintReport *report)
{
  LanyardServed *served = &session->served;

  /* While the journal takes nothing, what the printer says cannot be kept: it is asked again later.
   */
  if (session->broken != NULL || report->serial == NULL)
    return;
  if (lanyard_session_find_question (session, report->serial) != NULL)
    g_hash_table_replace (session->words, g_strdup (report->serial),
                          lanyard_print_report_copy (report));
  if (g_strcmp0 (served->serial, report->serial) != 0)
    return;
  served->print = report->state;
  served->fault = report->fault;
  if (report->job != NULL)
    {
      g_free (served->job);
      served->job = g_strdup (report->job);
    }
  lanyard_session_feed (session, input_for (report->state));
}

void
lanyard_session_drain_reports (LanyardSession *session)
{
  LanyardPrintReport *report;

  while (!session->running && (report = g_queue_pop_head (&session->reports)) != NULL)
    {
      take_report (session, report);
      lanyard_print_report_free (report);
    }
}

void
lanyard_session_on_report (LanyardPrinter *printer,
                           const LanyardPrintReport *report,
                           gpointer user_data)
{
  LanyardSession *session = user_data;

  /* A printer may report from within submit(): the step that submits must end first. */
  g_queue_push_tail (&session->reports, lanyard_print_report_copy (report));
  if (session->running)
    return;
  lanyard_session_drain_reports (session);
  lanyard_session_publish (session);
}
