/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bench-desk.h"

#include <sys/resource.h>

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "bench-report.h"
#include "lanyard-printers.h"

#define PATIENCE_S 60

/* A portrait of the size that rosters bring, of colours that no compressor makes light of. */
static GBytes *
make_photo (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 600, 800);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  gsize stride = (gsize)gdk_pixbuf_get_rowstride (pixbuf), n_bytes;
  char *bytes = NULL;

  for (guint y = 0; y < 800; y++)
    for (guint x = 0; x < 600; x++)
      {
        guint8 *p = pixels + y * stride + (gsize)x * 3;

        p[0] = (guint8)(x * 255 / 600 ^ (x * y % 7));
        p[1] = (guint8)(y * 255 / 800 ^ ((x + y) % 5));
        p[2] = (guint8)((x + y) * 255 / 1400);
      }
  g_assert_true (
      gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &n_bytes, "jpeg", NULL, "quality", "85", NULL));
  return g_bytes_new_take (bytes, n_bytes);
}

static void
on_report (LanyardPrinter *printer, const LanyardPrintReport *report, gpointer user_data)
{
  BenchDesk *desk = user_data;

  if (report->state == LANYARD_PRINT_FAILED || report->state >= LANYARD_PRINT_ENDED)
    g_error ("A badge did not print: %s, %s.", lanyard_print_state_to_string (report->state),
             report->detail != NULL ? report->detail : "");
  if (desk->spooled_us == 0)
    {
      desk->spooled_us = bench_now_us ();
      desk->cpu_us = bench_desk_cpu_s () * 1e6 - desk->cpu_us;
    }
  desk->ended = report->state == LANYARD_PRINT_COMPLETED;
  g_free (desk->serial);
  desk->serial = g_strdup (report->serial);
}

void
bench_desk_open (BenchDesk *desk, const char *uri, guint n_people)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) photo = make_photo ();

  flow_make (&desk->flow, NULL);
  desk->flow.real = lanyard_printer_open (uri, &error);
  g_assert_no_error (error);
  g_signal_connect (desk->flow.real, "report", G_CALLBACK (on_report), desk);
  flow_open (&desk->flow);
  flow_add_people (&desk->flow, n_people, photo);
  lanyard_printer_watch (desk->flow.real);
}

void
bench_desk_close (BenchDesk *desk)
{
  LanyardPrinter *printer = desk->flow.real;

  flow_close (&desk->flow);
  g_object_unref (printer);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  flow_free (&desk->flow);
  g_clear_pointer (&desk->serial, g_free);
}

static gboolean
on_late (gpointer user_data)
{
  g_error ("The printer takes longer than %d s for a badge.", PATIENCE_S);
  return G_SOURCE_REMOVE;
}

void
bench_desk_issue (BenchDesk *desk, void (*spooled) (gpointer user_data), gpointer user_data)
{
  FlowFixture *flow = &desk->flow;
  g_autofree char *number = flow_dup_more_number (desk->n_issued);
  g_autofree char *invitation
      = flow_make_credential (flow, flow->hub, LANYARD_CREDENTIAL_INVITATION, number, NULL, 0);
  guint late = g_timeout_add_seconds (PATIENCE_S, on_late, NULL);

  flow_scan_text (flow, invitation);
  flow_assert_page (flow, "confirm");
  /* What the desk's clock does four times a second, while the person looks at their screen. */
  lanyard_session_tick (flow->session);
  desk->spooled_us = 0;
  desk->ended = FALSE;
  desk->confirmed_us = bench_now_us ();
  desk->cpu_us = bench_desk_cpu_s () * 1e6;
  flow_press (flow, LANYARD_INPUT_CONFIRM);
  while (desk->spooled_us == 0)
    g_main_context_iteration (NULL, TRUE);
  if (spooled != NULL)
    spooled (user_data);
  while (!desk->ended)
    g_main_context_iteration (NULL, TRUE);
  flow_assert_page (flow, "scan-back");
  flow_scan_badge (flow, desk->serial);
  flow_assert_page (flow, "done");
  flow_press (flow, LANYARD_INPUT_DONE);
  g_source_remove (late);
  desk->n_issued++;
}

double
bench_desk_cpu_s (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double)usage.ru_utime.tv_sec + (double)usage.ru_stime.tv_sec
         + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}
