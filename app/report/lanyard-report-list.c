/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The list with which a centre goes on by hand when no machine works: a row to tick and to sign for
 * everybody who may collect. Every row is as high as any other, so that the pages can be counted
 * without being drawn, and one page at a time goes out. */

#define G_LOG_DOMAIN "lanyard-report"

#include "lanyard-report-file.h"

#include <cairo-pdf.h>
#include <string.h>

#include "lanyard-report-page.h"
#include "lanyard-secret.h"

#define HEAD_HEIGHT 58.0
#define SECTION_HEIGHT 26.0
#define ROW_HEIGHT 30.0
#define BOTTOM (LANYARD_PAPER_HEIGHT - LANYARD_PAPER_MARGIN - 30.0)
#define BOX 11.0
#define LINE_COLOUR 0x8a949e
#define INK 0x1c2733

/* Where columns begin, in points from the side of reading, and how wide they are. */
#define NAME_X 20.0
#define NAME_WIDTH 178.0
#define NUMBER_X 202.0
#define NUMBER_WIDTH 78.0
#define CATEGORY_X 284.0
#define CATEGORY_WIDTH 66.0
#define STATE_X 354.0
#define STATE_WIDTH 62.0
#define SIGN_X 420.0
#define SIGN_WIDTH (LANYARD_PAPER_INNER - SIGN_X)

typedef struct
{
  LanyardPaper *paper; /* (nullable): only counted */
  const LanyardReport *report;
  double y;
  guint page; /* from 1 */
} Pages;

static const char *
say (const Pages *pages, LanyardReportWord word)
{
  return lanyard_report_say (pages->report, word);
}

static void
write_at (Pages *pages, double y, double x, double width, LanyardPaperStyle style, const char *text)
{
  pages->paper->y = y;
  lanyard_paper_write (pages->paper, x, width, style, 0, text);
}

static void
draw_head (Pages *pages)
{
  const LanyardReport *report = pages->report;
  g_autofree char *made
      = lanyard_report_dup_time (report, report->made_us, "\u2066%Y-%m-%d %H:%M\u2069");
  g_autofree char *place = g_strdup_printf ("%s · %s \u2066(%u)\u2069 · %s", report->venue,
                                            report->desk, report->device, made);
  double y = pages->y;

  write_at (pages, y, 0, LANYARD_PAPER_INNER / 2 - 4, LANYARD_PAPER_SECTION,
            say (pages, LANYARD_REPORT_PEOPLE));
  write_at (pages, y + 2, LANYARD_PAPER_INNER / 2, LANYARD_PAPER_INNER / 2, LANYARD_PAPER_STRONG,
            report->event);
  write_at (pages, y + 19, 0, LANYARD_PAPER_INNER, LANYARD_PAPER_SMALL, place);
  y += 38;
  write_at (pages, y, NAME_X, NAME_WIDTH, LANYARD_PAPER_STRONG, say (pages, LANYARD_REPORT_NAME));
  write_at (pages, y, NUMBER_X, NUMBER_WIDTH, LANYARD_PAPER_STRONG,
            say (pages, LANYARD_REPORT_NUMBER));
  write_at (pages, y, CATEGORY_X, CATEGORY_WIDTH, LANYARD_PAPER_STRONG,
            say (pages, LANYARD_REPORT_CATEGORY));
  write_at (pages, y, STATE_X, STATE_WIDTH, LANYARD_PAPER_STRONG,
            say (pages, LANYARD_REPORT_COLLECTED));
  write_at (pages, y, SIGN_X, SIGN_WIDTH, LANYARD_PAPER_STRONG,
            say (pages, LANYARD_REPORT_SIGNATURE));
  lanyard_paper_fill (pages->paper, 0, y + 17, LANYARD_PAPER_INNER, 0.9, INK);
}

/* Makes room for @height, on the next page if need be, which begins with its head. */
static void
need (Pages *pages, double height)
{
  gboolean first = pages->page == 0;

  if (!first && pages->y + height <= BOTTOM)
    return;
  if (!first && pages->paper != NULL)
    lanyard_paper_need (pages->paper, LANYARD_PAPER_HEIGHT);
  pages->page++;
  pages->y = LANYARD_PAPER_MARGIN;
  if (pages->paper != NULL)
    draw_head (pages);
  pages->y += HEAD_HEIGHT;
}

/* An empty box to tick; one with a cross for who has collected. */
static void
draw_box (Pages *pages, gboolean collected)
{
  LanyardPaper *paper = pages->paper;
  double y = pages->y + 5, line = 0.8;

  lanyard_paper_fill (paper, 0, y, BOX, line, INK);
  lanyard_paper_fill (paper, 0, y + BOX - line, BOX, line, INK);
  lanyard_paper_fill (paper, 0, y, line, BOX, INK);
  lanyard_paper_fill (paper, BOX - line, y, line, BOX, INK);
  for (guint i = 0; collected && i < 8; i++)
    {
      lanyard_paper_fill (paper, 1.5 + i, y + 1.5 + i, 1.4, 1.4, INK);
      lanyard_paper_fill (paper, 1.5 + i, y + 8.5 - i, 1.4, 1.4, INK);
    }
}

static void
draw_person (Pages *pages, const LanyardReportPerson *person)
{
  g_autofree char *below = g_strdup (person->local_name);
  LanyardReportWord state = person->collected ? LANYARD_REPORT_YES : LANYARD_REPORT_ASK;
  double y = pages->y + 3;

  if (!pages->report->by_organisation && person->organisation != NULL)
    {
      g_free (below);
      below = person->local_name != NULL
                  ? g_strdup_printf ("\u2068%s\u2069 · \u2068%s\u2069", person->local_name,
                                     person->organisation)
                  : g_strdup (person->organisation);
    }
  draw_box (pages, person->collected);
  write_at (pages, y, NAME_X, NAME_WIDTH, LANYARD_PAPER_STRONG, person->name);
  write_at (pages, y + 12, NAME_X, NAME_WIDTH, LANYARD_PAPER_SMALL, below);
  write_at (pages, y, NUMBER_X, NUMBER_WIDTH, LANYARD_PAPER_BODY, person->number);
  write_at (pages, y, CATEGORY_X, CATEGORY_WIDTH, LANYARD_PAPER_BODY, person->category);
  if (person->collected || person->ask)
    write_at (pages, y, STATE_X, STATE_WIDTH,
              person->collected ? LANYARD_PAPER_BODY : LANYARD_PAPER_SMALL, say (pages, state));
  lanyard_paper_fill (pages->paper, SIGN_X, pages->y + 20, SIGN_WIDTH, 0.5, LINE_COLOUR);
  lanyard_paper_fill (pages->paper, 0, pages->y + ROW_HEIGHT - 3, LANYARD_PAPER_INNER, 0.3,
                      LINE_COLOUR);
}

static void
put_section (Pages *pages, const char *organisation)
{
  need (pages, SECTION_HEIGHT + ROW_HEIGHT);
  if (pages->paper != NULL)
    write_at (pages, pages->y + 6, 0, LANYARD_PAPER_INNER, LANYARD_PAPER_SECTION,
              organisation != NULL ? organisation : "—");
  pages->y += SECTION_HEIGHT;
}

/* Returns: how many pages there are */
static guint
put_all (const LanyardReport *report, LanyardPaper *paper)
{
  Pages pages = { .paper = paper, .report = report };
  const char *organisation = NULL;

  need (&pages, ROW_HEIGHT);
  for (guint i = 0; i < report->people->len; i++)
    {
      const LanyardReportPerson *person = g_ptr_array_index (report->people, i);

      if (report->by_organisation
          && (i == 0 || g_strcmp0 (person->organisation, organisation) != 0))
        put_section (&pages, person->organisation);
      organisation = person->organisation;
      need (&pages, ROW_HEIGHT);
      if (paper != NULL)
        draw_person (&pages, person);
      pages.y += ROW_HEIGHT;
    }
  return pages.page;
}

typedef struct
{
  GOutputStream *out;
  GError *error;
} Sink;

static cairo_status_t
on_bytes (void *closure, const unsigned char *data, unsigned int n_bytes)
{
  Sink *sink = closure;

  return sink->error == NULL
                 && g_output_stream_write_all (sink->out, data, n_bytes, NULL, NULL, &sink->error)
             ? CAIRO_STATUS_SUCCESS
             : CAIRO_STATUS_WRITE_ERROR;
}

gboolean
lanyard_report_write_list (const LanyardReport *report, GOutputStream *out, GError **error)
{
  Sink sink = { .out = out };
  LanyardPaper paper = { 0 };
  cairo_surface_t *surface;
  cairo_t *cairo;

  g_return_val_if_fail (report != NULL && report->people != NULL && out != NULL, FALSE);

  surface = cairo_pdf_surface_create_for_stream (on_bytes, &sink, LANYARD_PAPER_WIDTH,
                                                 LANYARD_PAPER_HEIGHT);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                  lanyard_report_say (report, LANYARD_REPORT_PEOPLE));
  cairo = cairo_create (surface);
  paper.n_pages = put_all (report, NULL);
  lanyard_paper_begin (&paper, report, cairo);
  put_all (report, &paper);
  lanyard_paper_end (&paper);
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  if (sink.error == NULL)
    return TRUE;
  g_propagate_error (error, sink.error);
  return FALSE;
}

void
lanyard_report_person_free (LanyardReportPerson *person)
{
  if (person == NULL)
    return;
  lanyard_secret_free (person->name);
  lanyard_secret_free (person->local_name);
  g_free (person->number);
  g_free (person->category);
  g_free (person->organisation);
  g_free (person->key);
  g_free (person);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer by_organisation)
{
  const LanyardReportPerson *one = *(LanyardReportPerson *const *)a;
  const LanyardReportPerson *two = *(LanyardReportPerson *const *)b;
  int order
      = GPOINTER_TO_INT (by_organisation) ? g_strcmp0 (one->organisation, two->organisation) : 0;

  if (order == 0)
    order = strcmp (one->key, two->key);
  return order != 0 ? order : g_strcmp0 (one->number, two->number);
}

void
lanyard_report_sort_people (LanyardReport *report)
{
  for (guint i = 0; i < report->people->len; i++)
    {
      LanyardReportPerson *person = g_ptr_array_index (report->people, i);

      g_free (person->key);
      person->key = g_utf8_collate_key (person->name != NULL ? person->name : person->number, -1);
    }
  g_ptr_array_sort_with_data (report->people, compare, GINT_TO_POINTER (report->by_organisation));
}
