/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-printer.h"

#include <stdio.h>
#include <string.h>

static void fake_printer_iface_init (LanyardPrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakePrinter,
                               fake_printer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_PRINTER,
                                                      fake_printer_iface_init))

/* Survives the death of the process, as paper does. */
static void
write_log (FakePrinter *self, const char *serial)
{
  FILE *log;

  if (self->log_path == NULL)
    return;
  log = fopen (self->log_path, "a");
  g_assert_nonnull (log);
  fprintf (log, "%s\n", serial);
  fclose (log);
}

static void
fake_printer_submit (LanyardPrinter *printer, LanyardPrintJob *job)
{
  FakePrinter *self = FAKE_PRINTER (printer);

  write_log (self, job->serial);
  g_assert_false (
      g_ptr_array_find_with_equal_func (self->submitted, job->serial, g_str_equal, NULL));
  if (self->journal != NULL)
    {
      g_autoptr (LanyardPickup) pickup = lanyard_journal_find_serial (self->journal, job->serial);

      g_assert_nonnull (pickup);
      g_assert_cmpint (pickup->state, ==, LANYARD_PICKUP_RESERVED);
    }
  self->n_pdf_bytes = g_bytes_get_size (job->pdf);
  g_assert_cmpuint (self->n_pdf_bytes, >, 1000);
  g_assert_cmpmem (g_bytes_get_data (job->pdf, NULL), 5, "%PDF-", 5);
  g_assert_cmpfloat (job->width_mm, >, 30);
  g_ptr_array_add (self->submitted, g_strdup (job->serial));
  lanyard_print_job_free (job);
  for (guint i = 0; i < G_N_ELEMENTS (self->at_once) && self->at_once[i] != 0; i++)
    fake_printer_say (self, self->at_once[i]);
}

static void
fake_printer_ask (LanyardPrinter *printer, const char *serial, const char *job)
{
  g_ptr_array_add (FAKE_PRINTER (printer)->asked, g_strdup (serial));
}

static void
fake_printer_forget (LanyardPrinter *printer, const char *serial)
{
  g_ptr_array_add (FAKE_PRINTER (printer)->forgotten, g_strdup (serial));
}

static void
fake_printer_cancel (LanyardPrinter *printer, const char *serial, const char *job)
{
  g_ptr_array_add (FAKE_PRINTER (printer)->cancelled, g_strdup (serial));
}

static void
fake_printer_watch (LanyardPrinter *printer)
{
}

static LanyardPrintFault
fake_printer_get_fault (LanyardPrinter *printer)
{
  return FAKE_PRINTER (printer)->fault;
}

static char *
fake_printer_dup_description (LanyardPrinter *printer)
{
  return g_strdup ("a printer for tests");
}

static LanyardPrinterCondition *
fake_printer_dup_condition (LanyardPrinter *printer)
{
  FakePrinter *self = FAKE_PRINTER (printer);
  LanyardPrinterCondition *condition = lanyard_printer_condition_new ();

  condition->answers = self->fault != LANYARD_PRINT_FAULT_OFFLINE;
  if (self->fault != LANYARD_PRINT_FAULT_NONE)
    lanyard_printer_condition_add_fault (condition, self->fault);
  condition->sheets_completed = self->sheets;
  condition->dpi = self->dpi;
  return condition;
}

static void
fake_printer_finalize (GObject *object)
{
  FakePrinter *self = FAKE_PRINTER (object);

  g_free (self->log_path);
  g_ptr_array_unref (self->submitted);
  g_ptr_array_unref (self->asked);
  g_ptr_array_unref (self->forgotten);
  g_ptr_array_unref (self->cancelled);
  G_OBJECT_CLASS (fake_printer_parent_class)->finalize (object);
}

static void
fake_printer_iface_init (LanyardPrinterInterface *iface)
{
  iface->submit = fake_printer_submit;
  iface->ask = fake_printer_ask;
  iface->forget = fake_printer_forget;
  iface->cancel = fake_printer_cancel;
  iface->watch = fake_printer_watch;
  iface->get_fault = fake_printer_get_fault;
  iface->dup_description = fake_printer_dup_description;
  iface->dup_condition = fake_printer_dup_condition;
}

static void
fake_printer_class_init (FakePrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_printer_finalize;
}

static void
fake_printer_init (FakePrinter *self)
{
  self->sheets = -1;
  self->submitted = g_ptr_array_new_with_free_func (g_free);
  self->asked = g_ptr_array_new_with_free_func (g_free);
  self->forgotten = g_ptr_array_new_with_free_func (g_free);
  self->cancelled = g_ptr_array_new_with_free_func (g_free);
}

FakePrinter *
fake_printer_new (void)
{
  return g_object_new (TYPE_FAKE_PRINTER, NULL);
}

void
fake_printer_report (FakePrinter *printer,
                     const char *serial,
                     LanyardPrintState state,
                     LanyardPrintFault fault)
{
  LanyardPrintReport report = {
    .serial = (char *)serial,
    .state = state,
    .fault = fault,
    .job = (char *)(state == LANYARD_PRINT_FAILED ? NULL : "17"),
  };

  g_signal_emit_by_name (printer, "report", &report);
}

void
fake_printer_say (FakePrinter *printer, LanyardPrintState state)
{
  fake_printer_report (printer, fake_printer_get_last (printer), state, LANYARD_PRINT_FAULT_NONE);
}

void
fake_printer_set_fault (FakePrinter *printer, LanyardPrintFault fault)
{
  printer->fault = fault;
  g_signal_emit_by_name (printer, "changed");
}

const char *
fake_printer_get_last (FakePrinter *printer)
{
  g_assert_cmpuint (printer->submitted->len, >, 0);
  return g_ptr_array_index (printer->submitted, printer->submitted->len - 1);
}
