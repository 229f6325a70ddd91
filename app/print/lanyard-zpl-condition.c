/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-zpl-condition.h"

LanyardPrinterCondition *
lanyard_zpl_condition_new (const LanyardZplStatus *status,
                           const LanyardZplIdentity *identity,
                           gint64 counter,
                           LanyardPrintFault fault)
{
  LanyardPrinterCondition *condition = lanyard_printer_condition_new ();
  LanyardPrintFault faults[LANYARD_ZPL_MAX_FAULTS];
  guint n_faults;

  if (identity != NULL)
    condition->make_and_model = g_strdup_printf ("%s %s", identity->model, identity->firmware);
  condition->sheets_completed = counter;
  condition->impressions_completed = counter;
  if (status == NULL)
    {
      lanyard_printer_condition_add_fault (condition, fault);
      return condition;
    }
  condition->answers = TRUE;
  condition->accepting = !status->buffer_full;
  condition->paused = status->paused;
  condition->reasons = lanyard_zpl_status_to_string (status);
  n_faults = lanyard_zpl_status_get_faults (status, faults);
  condition->stopped = n_faults > 0;
  for (guint i = 0; i < n_faults; i++)
    lanyard_printer_condition_add_fault (condition, faults[i]);
  return condition;
}
