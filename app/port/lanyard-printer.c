/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-port"

#include "lanyard-printer.h"

G_DEFINE_INTERFACE (LanyardPrinter, lanyard_printer, G_TYPE_OBJECT)

static void
lanyard_printer_default_init (LanyardPrinterInterface *iface)
{
  g_signal_new ("report", G_TYPE_FROM_INTERFACE (iface), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_signal_new ("changed", G_TYPE_FROM_INTERFACE (iface), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

const char *
lanyard_print_state_to_string (LanyardPrintState state)
{
  switch (state)
    {
    case LANYARD_PRINT_FAILED:
      return "failed";
    case LANYARD_PRINT_SPOOLED:
      return "spooled";
    case LANYARD_PRINT_PROCESSING:
      return "processing";
    case LANYARD_PRINT_STOPPED:
      return "stopped";
    case LANYARD_PRINT_COMPLETED:
      return "completed";
    case LANYARD_PRINT_ENDED:
      return "ended";
    case LANYARD_PRINT_LOST:
      return "lost";
    default:
      return "(no such state)";
    }
}

LanyardPrintReport *
lanyard_print_report_copy (const LanyardPrintReport *report)
{
  LanyardPrintReport *copy;

  g_return_val_if_fail (report != NULL, NULL);

  copy = g_memdup2 (report, sizeof *report);
  copy->serial = g_strdup (report->serial);
  copy->job = g_strdup (report->job);
  copy->detail = g_strdup (report->detail);
  return copy;
}

void
lanyard_print_report_free (LanyardPrintReport *report)
{
  if (report == NULL)
    return;
  g_free (report->serial);
  g_free (report->job);
  g_free (report->detail);
  g_free (report);
}

void
lanyard_print_job_free (LanyardPrintJob *job)
{
  if (job == NULL)
    return;
  g_free (job->serial);
  g_clear_pointer (&job->pdf, g_bytes_unref);
  g_clear_pointer (&job->pages, g_ptr_array_unref);
  g_free (job);
}

void
lanyard_printer_submit (LanyardPrinter *self, LanyardPrintJob *job)
{
  g_return_if_fail (LANYARD_IS_PRINTER (self));
  g_return_if_fail (job != NULL);

  LANYARD_PRINTER_GET_IFACE (self)->submit (self, job);
}

void
lanyard_printer_ask (LanyardPrinter *self, const char *serial, const char *job)
{
  g_return_if_fail (LANYARD_IS_PRINTER (self));
  g_return_if_fail (serial != NULL);

  LANYARD_PRINTER_GET_IFACE (self)->ask (self, serial, job);
}

void
lanyard_printer_forget (LanyardPrinter *self, const char *serial)
{
  g_return_if_fail (LANYARD_IS_PRINTER (self));
  g_return_if_fail (serial != NULL);

  LANYARD_PRINTER_GET_IFACE (self)->forget (self, serial);
}

void
lanyard_printer_cancel (LanyardPrinter *self, const char *serial, const char *job)
{
  LanyardPrinterInterface *iface;

  g_return_if_fail (LANYARD_IS_PRINTER (self));
  g_return_if_fail (serial != NULL);

  iface = LANYARD_PRINTER_GET_IFACE (self);
  if (iface->cancel != NULL)
    iface->cancel (self, serial, job);
  else
    iface->forget (self, serial);
}

void
lanyard_printer_watch (LanyardPrinter *self)
{
  g_return_if_fail (LANYARD_IS_PRINTER (self));

  LANYARD_PRINTER_GET_IFACE (self)->watch (self);
}

LanyardPrintFault
lanyard_printer_get_fault (LanyardPrinter *self)
{
  g_return_val_if_fail (LANYARD_IS_PRINTER (self), LANYARD_PRINT_FAULT_OTHER);

  return LANYARD_PRINTER_GET_IFACE (self)->get_fault (self);
}

char *
lanyard_printer_dup_description (LanyardPrinter *self)
{
  g_return_val_if_fail (LANYARD_IS_PRINTER (self), NULL);

  return LANYARD_PRINTER_GET_IFACE (self)->dup_description (self);
}

LanyardPrinterCondition *
lanyard_printer_dup_condition (LanyardPrinter *self)
{
  LanyardPrinterInterface *iface;
  LanyardPrinterCondition *condition;
  LanyardPrintFault fault;

  g_return_val_if_fail (LANYARD_IS_PRINTER (self), NULL);

  iface = LANYARD_PRINTER_GET_IFACE (self);
  if (iface->dup_condition != NULL)
    return iface->dup_condition (self);
  condition = lanyard_printer_condition_new ();
  fault = iface->get_fault (self);
  condition->answers = fault != LANYARD_PRINT_FAULT_OFFLINE;
  condition->paused = fault == LANYARD_PRINT_FAULT_PAUSED;
  if (fault != LANYARD_PRINT_FAULT_NONE)
    lanyard_printer_condition_add_fault (condition, fault);
  condition->make_and_model = iface->dup_description (self);
  return condition;
}
