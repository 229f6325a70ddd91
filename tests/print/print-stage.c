/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "print-stage.h"

#include <cairo-pdf.h>

#include "lanyard-ipp-printer.h"
#include "lanyard-printers.h"
#include "lanyard-zpl-printer.h"

#define PATIENCE_MS 20000

const LanyardIppLimits print_stage_limits = {
  .request_ms = 1000,
  .document_ms = 3000,
  .poll_ms = 100,
  .watch_ms = 200,
  .lost_ms = 1500,
};

const LanyardZplLimits print_stage_zpl_limits = {
  .connect_ms = 1000,
  .request_ms = 500,
  .document_ms = 1500,
  .poll_ms = 30,
  .watch_ms = 100,
  .settle_ms = 300,
  .lost_ms = 1000,
};

static void
on_report (LanyardPrinter *printer, const LanyardPrintReport *report, gpointer user_data)
{
  PrintStage *stage = user_data;

  g_assert_true (g_thread_self () == stage->home);
  g_ptr_array_add (stage->reports, lanyard_print_report_copy (report));
}

static void
on_changed (LanyardPrinter *printer, gpointer user_data)
{
  PrintStage *stage = user_data;

  g_assert_true (g_thread_self () == stage->home);
  stage->n_changes++;
}

/* What is made from here on lives on the stage. */
static PrintStage *
set_up (void)
{
  PrintStage *stage = g_new0 (PrintStage, 1);

  stage->context = g_main_context_new ();
  g_main_context_push_thread_default (stage->context);
  stage->home = g_thread_self ();
  stage->reports = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_print_report_free);
  return stage;
}

static void
take_printer (PrintStage *stage, LanyardPrinter *printer, const GError *error)
{
  g_assert_no_error (error);
  stage->printer = printer;
  g_signal_connect (stage->printer, "report", G_CALLBACK (on_report), stage);
  g_signal_connect (stage->printer, "changed", G_CALLBACK (on_changed), stage);
}

PrintStage *
print_stage_new (const char *uri, const LanyardIppLimits *limits)
{
  PrintStage *stage = set_up ();
  g_autoptr (GError) error = NULL;

  take_printer (stage,
                limits == NULL ? lanyard_printer_open (uri, &error)
                               : lanyard_ipp_printer_new (uri, limits, &error),
                error);
  return stage;
}

PrintStage *
print_stage_new_zpl (const char *uri, const LanyardZplLimits *limits)
{
  PrintStage *stage = set_up ();
  g_autoptr (GError) error = NULL;

  take_printer (stage, lanyard_zpl_printer_new (uri, limits, &error), error);
  return stage;
}

void
print_stage_free (PrintStage *stage)
{
  g_object_unref (stage->printer);
  /* What was still under way must come to nobody. */
  while (g_main_context_iteration (stage->context, FALSE))
    ;
  g_main_context_pop_thread_default (stage->context);
  g_main_context_unref (stage->context);
  g_ptr_array_unref (stage->reports);
  g_free (stage);
}

static void
draw (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_rectangle (cr, 0, 0, 20, 20);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 0, 0);
  cairo_rectangle (cr, 20, 0, 10, 10);
  cairo_fill (cr);
}

static cairo_status_t
on_write (void *closure, const unsigned char *bytes, unsigned int n_bytes)
{
  g_byte_array_append (closure, bytes, n_bytes);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
draw_pdf (double width_mm, double height_mm)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (on_write, bytes, width_mm * 72 / 25.4,
                                             height_mm * 72 / 25.4);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, 72 / 25.4, 72 / 25.4);
  draw (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static cairo_surface_t *
record (double width_mm, double height_mm)
{
  cairo_rectangle_t extents = { 0, 0, width_mm, height_mm };
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  cairo_t *cr = cairo_create (surface);

  draw (cr);
  cairo_destroy (cr);
  return surface;
}

LanyardPrintJob *
print_stage_job (const char *serial, double width_mm, double height_mm)
{
  LanyardPrintJob *job = g_new0 (LanyardPrintJob, 1);

  job->serial = g_strdup (serial);
  job->pdf = draw_pdf (width_mm, height_mm);
  job->width_mm = width_mm;
  job->height_mm = height_mm;
  job->n_pages = 1;
  job->pages = g_ptr_array_new_with_free_func ((GDestroyNotify)cairo_surface_destroy);
  g_ptr_array_add (job->pages, record (width_mm, height_mm));
  return job;
}

GBytes *
print_stage_submit (PrintStage *stage, const char *serial)
{
  LanyardPrintJob *job = print_stage_job (serial, 105, 135);
  GBytes *pdf = g_bytes_ref (job->pdf);

  g_clear_pointer (&job->pages, g_ptr_array_unref);
  lanyard_printer_submit (stage->printer, job);
  return pdf;
}

static gboolean
on_timeout (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static const LanyardPrintReport *
find (PrintStage *stage, const char *serial, LanyardPrintState state)
{
  for (guint i = 0; i < stage->reports->len; i++)
    {
      const LanyardPrintReport *report = g_ptr_array_index (stage->reports, i);

      if (report->state == state && g_str_equal (report->serial, serial))
        return report;
    }
  return NULL;
}

static GSource *
start_clock (PrintStage *stage, guint ms, gboolean *late)
{
  GSource *timeout = g_timeout_source_new (ms);

  *late = FALSE;
  g_source_set_callback (timeout, on_timeout, late, NULL);
  g_source_attach (timeout, stage->context);
  return timeout;
}

const LanyardPrintReport *
print_stage_wait (PrintStage *stage, const char *serial, LanyardPrintState state)
{
  gboolean late;
  g_autoptr (GSource) timeout = start_clock (stage, PATIENCE_MS, &late);
  const LanyardPrintReport *report;

  while ((report = find (stage, serial, state)) == NULL && !late)
    g_main_context_iteration (stage->context, TRUE);
  g_source_destroy (timeout);
  if (report == NULL)
    {
      g_autofree char *states = print_stage_states (stage, serial);

      g_error ("no \"%s\" in time, only: %s", lanyard_print_state_to_string (state), states);
    }
  return report;
}

void
print_stage_wait_fault (PrintStage *stage, LanyardPrintFault fault)
{
  gboolean late;
  g_autoptr (GSource) timeout = start_clock (stage, PATIENCE_MS, &late);

  while (lanyard_printer_get_fault (stage->printer) != fault && !late)
    g_main_context_iteration (stage->context, TRUE);
  g_source_destroy (timeout);
  g_assert_cmpint (lanyard_printer_get_fault (stage->printer), ==, fault);
}

void
print_stage_wait_counter (PrintStage *stage, gint64 counter)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_MS * 1000;
  gint64 heard;

  do
    {
      g_autoptr (LanyardPrinterCondition) condition = NULL;

      print_stage_run (stage, 10);
      condition = lanyard_printer_dup_condition (stage->printer);
      heard = lanyard_printer_condition_get_counter (condition, 1);
    }
  while (heard != counter && g_get_monotonic_time () < until_us);
  g_assert_cmpint (heard, ==, counter);
}

void
print_stage_run (PrintStage *stage, guint ms)
{
  gboolean late;
  g_autoptr (GSource) timeout = start_clock (stage, ms, &late);

  while (!late)
    g_main_context_iteration (stage->context, TRUE);
  g_source_destroy (timeout);
}

char *
print_stage_states (PrintStage *stage, const char *serial)
{
  g_autoptr (GString) states = g_string_new (NULL);

  for (guint i = 0; i < stage->reports->len; i++)
    {
      const LanyardPrintReport *report = g_ptr_array_index (stage->reports, i);

      if (!g_str_equal (report->serial, serial))
        continue;
      if (states->len > 0)
        g_string_append_c (states, ' ');
      g_string_append (states, lanyard_print_state_to_string (report->state));
      if (report->state == LANYARD_PRINT_STOPPED)
        g_string_append_printf (states, "(%s)", lanyard_print_fault_to_string (report->fault));
    }
  return g_string_free (g_steal_pointer (&states), FALSE);
}
