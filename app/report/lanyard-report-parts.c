/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-report"

#include "lanyard-report-parts.h"

#include <cairo-pdf.h>

/* Returns: how many pages it takes */
static guint
write_all (const LanyardReport *report,
           cairo_surface_t *surface,
           guint n_pages,
           LanyardPaperFunc func)
{
  cairo_t *cairo = cairo_create (surface);
  LanyardPaper paper = { .n_pages = n_pages };

  lanyard_paper_begin (&paper, report, cairo);
  func (&paper);
  lanyard_paper_end (&paper);
  cairo_destroy (cairo);
  return paper.page;
}

static void
write_printers (LanyardPaper *paper,
                const LanyardReportWord *words,
                guint n_words,
                guint first,
                guint n,
                LanyardPaperCellFunc func)
{
  static const double widths[LANYARD_PAPER_PRINTERS + 1] = { 0.4, 0.15, 0.15, 0.15, 0.15 };

  for (guint i = 0; i < n_words; i++)
    {
      g_auto (GStrv) texts = g_new0 (char *, LANYARD_PAPER_PRINTERS + 2);

      texts[0] = g_strdup (lanyard_paper_say (paper, words[i]));
      for (guint k = 0; k < n; k++)
        texts[k + 1] = func (paper->report, first + k, words[i]);
      lanyard_paper_row (paper, widths, (const char *const *)texts, n + 1,
                         i == 0 ? LANYARD_PAPER_STRONG : LANYARD_PAPER_BODY);
    }
}

static cairo_status_t
on_bytes (void *closure, const unsigned char *data, unsigned int n_bytes)
{
  g_byte_array_append (closure, data, n_bytes);
  return CAIRO_STATUS_SUCCESS;
}

const char *
lanyard_paper_say (LanyardPaper *paper, LanyardReportWord word)
{
  return lanyard_report_say (paper->report, word);
}

void
lanyard_paper_head (LanyardPaper *paper, LanyardReportWord title)
{
  const LanyardReport *report = paper->report;
  g_autofree char *desk
      = g_strdup_printf ("%s \u2066(%u)\u2069", report->desk != NULL ? report->desk : "",
                         report->device);

  paper->y += lanyard_paper_write (paper, 0, LANYARD_PAPER_INNER, LANYARD_PAPER_TITLE, 0,
                                   lanyard_paper_say (paper, title));
  paper->y += lanyard_paper_write (paper, 0, LANYARD_PAPER_INNER, LANYARD_PAPER_SECTION, 0,
                                   report->event);
  paper->y += 10;
  lanyard_paper_pair (paper, LANYARD_REPORT_VENUE, report->venue);
  lanyard_paper_pair (paper, LANYARD_REPORT_DESK, desk);
}

void
lanyard_paper_numbers (LanyardPaper *paper,
                       const LanyardReportWord *words,
                       const guint *numbers,
                       guint n)
{
  static const double widths[] = { 0.6, 0.4 };

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", numbers[i]);
      const char *const row[] = { lanyard_paper_say (paper, words[i]), number };

      lanyard_paper_row (paper, widths, row, 2, LANYARD_PAPER_BODY);
    }
}

void
lanyard_paper_printers (LanyardPaper *paper,
                        const LanyardReportWord *words,
                        guint n_words,
                        guint n_printers,
                        LanyardPaperCellFunc func)
{
  for (guint i = 0; i < n_printers; i += LANYARD_PAPER_PRINTERS)
    write_printers (paper, words, n_words, i, MIN (n_printers - i, LANYARD_PAPER_PRINTERS), func);
}

GBytes *
lanyard_paper_print (const LanyardReport *report, LanyardReportWord title, LanyardPaperFunc func)
{
  GByteArray *bytes = g_byte_array_new ();
  /* Of the same kind, to nowhere: another surface measures letters in another way, and a page more
   * or less. */
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (NULL, NULL, LANYARD_PAPER_WIDTH, LANYARD_PAPER_HEIGHT);
  guint n_pages = write_all (report, surface, 0, func);

  cairo_surface_destroy (surface);
  surface = cairo_pdf_surface_create_for_stream (on_bytes, bytes, LANYARD_PAPER_WIDTH,
                                                 LANYARD_PAPER_HEIGHT);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                  lanyard_report_say (report, title));
  g_warn_if_fail (write_all (report, surface, n_pages, func) == n_pages);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}
