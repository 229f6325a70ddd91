/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a supervisor hands to a director: the day in numbers on a few pages, and never a name but
 * where names were asked for. */

#define G_LOG_DOMAIN "lanyard-report"

#include "lanyard-report-file.h"

#include "lanyard-report-parts.h"

#define BAR_COLOUR 0x0b6b6b
#define BAR_BACK 0xb9d4d4
#define CHART_HEIGHT 90.0
#define MAX_IN_DOUBT 40
#define HOUR_US (60 * 60 * G_GINT64_CONSTANT (1000000))

/* Returns: (transfer full): @word with @value in the place of its "%s", which stays as it is */
static char *
fill (LanyardPaper *paper, LanyardReportWord word, const char *value)
{
  g_auto (GStrv) around = g_strsplit (lanyard_paper_say (paper, word), "%s", 2);

  return g_strconcat (around[0], "\u2068", value, "\u2069", around[1], NULL);
}

static void
write_head (LanyardPaper *paper)
{
  const LanyardReport *report = paper->report;
  g_autofree char *day = lanyard_report_dup_time (report, report->began_us, "\u2066%Y-%m-%d\u2069");
  g_autofree char *made
      = lanyard_report_dup_time (report, report->made_us, "\u2066%Y-%m-%d %H:%M %Z\u2069");

  lanyard_paper_head (paper, LANYARD_REPORT_TITLE);
  lanyard_paper_pair (paper, LANYARD_REPORT_DAY, day);
  lanyard_paper_pair (paper, LANYARD_REPORT_MADE, made);
  lanyard_paper_pair (paper, LANYARD_REPORT_BY_STAFF, report->staff);
}

static void
write_figures (LanyardPaper *paper)
{
  const LanyardReport *report = paper->report;
  g_autofree char *collected = g_strdup_printf ("%u", report->collected);
  g_autofree char *all = g_strdup_printf ("%u", report->all);
  g_autofree char *voided = g_strdup_printf ("%u", report->voided);
  g_autofree char *seconds = g_strdup_printf ("%u", report->median_s);
  g_autofree char *median
      = report->median_s > 0 ? fill (paper, LANYARD_REPORT_SECONDS, seconds) : g_strdup ("–");
  const char *const numbers[] = { collected, all, voided, median };
  static const LanyardReportWord words[] = { LANYARD_REPORT_COLLECTED, LANYARD_REPORT_ALL,
                                             LANYARD_REPORT_VOIDED, LANYARD_REPORT_MEDIAN };
  double width = LANYARD_PAPER_INNER / G_N_ELEMENTS (words), height = 0;

  lanyard_paper_section (paper, lanyard_paper_say (paper, LANYARD_REPORT_SUMMARY));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    height = MAX (height, lanyard_paper_write (paper, i * width, width - 8, LANYARD_PAPER_FIGURE, 0,
                                               numbers[i]));
  paper->y += height;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    height = lanyard_paper_write (paper, i * width, width - 8, LANYARD_PAPER_BODY, 0,
                                  lanyard_paper_say (paper, words[i]));
  paper->y += height;
}

/* Hours before the first one in which there was something are left out. */
static guint
find_first_hour (const LanyardDayTally *tally)
{
  guint first = 0;

  while (first < tally->n_hours && tally->hours[first].begun == 0
         && tally->hours[first].collected == 0)
    first++;
  return first;
}

/* The full bar was handed out, the pale one begun; below it, the hour. */
static void
draw_hour (LanyardPaper *paper, guint hour, double x, double width, double top, guint most)
{
  const LanyardDayCount *count = &paper->report->tally.hours[hour];
  g_autofree char *name
      = lanyard_report_dup_time (paper->report, paper->report->began_us + hour * HOUR_US,
                                 "\u2066%H\u2069");
  double begun = CHART_HEIGHT * MAX (count->begun, count->collected) / most;
  double collected = CHART_HEIGHT * count->collected / most;

  lanyard_paper_fill (paper, x, top + CHART_HEIGHT - begun, width, begun, BAR_BACK);
  lanyard_paper_fill (paper, x, top + CHART_HEIGHT - collected, width, collected, BAR_COLOUR);
  paper->y = top + CHART_HEIGHT + 2;
  lanyard_paper_write (paper, x, width, LANYARD_PAPER_SMALL, 0, name);
}

static void
draw_hours (LanyardPaper *paper, guint first)
{
  const LanyardDayTally *tally = &paper->report->tally;
  double width = MIN (LANYARD_PAPER_INNER / (tally->n_hours - first), 60), top;
  guint most = 1;

  lanyard_paper_need (paper, CHART_HEIGHT + 30);
  top = paper->y;
  for (guint i = first; i < tally->n_hours; i++)
    most = MAX (most, MAX (tally->hours[i].begun, tally->hours[i].collected));
  for (guint i = first; i < tally->n_hours; i++)
    draw_hour (paper, i, (i - first) * width, width * 0.75, top, most);
  paper->y = top + CHART_HEIGHT + 20;
}

static void
write_hours (LanyardPaper *paper)
{
  static const double widths[] = { 0.4, 0.3, 0.3 };
  const LanyardReport *report = paper->report;
  const char *const head[] = { lanyard_paper_say (paper, LANYARD_REPORT_HOUR),
                               lanyard_paper_say (paper, LANYARD_REPORT_BEGUN),
                               lanyard_paper_say (paper, LANYARD_REPORT_COLLECTED) };
  guint first = find_first_hour (&report->tally);

  if (first >= report->tally.n_hours)
    return;
  lanyard_paper_section (paper, lanyard_paper_say (paper, LANYARD_REPORT_BY_HOUR));
  draw_hours (paper, first);
  lanyard_paper_row (paper, widths, head, 3, LANYARD_PAPER_STRONG);
  for (guint i = first; i < report->tally.n_hours; i++)
    {
      g_autofree char *hour
          = lanyard_report_dup_time (report, report->began_us + i * HOUR_US, "\u2066%H:%M\u2069");
      g_autofree char *begun = g_strdup_printf ("%u", report->tally.hours[i].begun);
      g_autofree char *collected = g_strdup_printf ("%u", report->tally.hours[i].collected);
      const char *const row[] = { hour, begun, collected };

      lanyard_paper_row (paper, widths, row, 3, LANYARD_PAPER_BODY);
    }
}

static void
write_count (LanyardPaper *paper, const char *name, const LanyardDayCount *count)
{
  static const double widths[] = { 0.4, 0.3, 0.3 };
  g_autofree char *begun = g_strdup_printf ("%u", count->begun);
  g_autofree char *collected = g_strdup_printf ("%u", count->collected);
  const char *const row[] = { name, begun, collected };

  if (count->begun > 0)
    lanyard_paper_row (paper, widths, row, 3, LANYARD_PAPER_BODY);
}

static void
write_count_head (LanyardPaper *paper, LanyardReportWord title, LanyardReportWord what)
{
  static const double widths[] = { 0.4, 0.3, 0.3 };
  const char *const head[]
      = { lanyard_paper_say (paper, what), lanyard_paper_say (paper, LANYARD_REPORT_BEGUN),
          lanyard_paper_say (paper, LANYARD_REPORT_COLLECTED) };

  lanyard_paper_section (paper, lanyard_paper_say (paper, title));
  lanyard_paper_row (paper, widths, head, 3, LANYARD_PAPER_STRONG);
}

static void
write_kinds (LanyardPaper *paper)
{
  const LanyardReport *report = paper->report;

  if (report->all == 0)
    return;
  write_count_head (paper, LANYARD_REPORT_BY_KIND, LANYARD_REPORT_KIND);
  for (guint i = 0; i < LANYARD_DAY_N_KINDS; i++)
    write_count (paper, lanyard_paper_say (paper, LANYARD_REPORT_KINDS + i),
                 &report->tally.kinds[i]);
  write_count_head (paper, LANYARD_REPORT_BY_CATEGORY, LANYARD_REPORT_CATEGORY);
  for (guint i = 0; i < report->tally.n_categories; i++)
    {
      const LanyardDayCategory *category = &report->tally.categories[i];

      write_count (paper,
                   category->code != NULL ? lanyard_report_get_category (report, category->code)
                                          : lanyard_paper_say (paper, LANYARD_REPORT_NOT_KNOWN),
                   &category->count);
    }
}

/* Returns: (transfer full): what a printer's row of a close would say of @word */
static char *
dup_stock (const LanyardReport *report, guint index, LanyardReportWord word)
{
  const LanyardShiftCount *count = g_ptr_array_index (report->stock, index);

  switch (word)
    {
    case LANYARD_REPORT_PRINTER:
      return g_strdup (count->printer);
    case LANYARD_REPORT_ALLOCATED:
      return g_strdup_printf ("%u", count->allocated);
    case LANYARD_REPORT_CONFIRMED:
      return g_strdup_printf ("%u", count->confirmed);
    case LANYARD_REPORT_VOIDED:
      return g_strdup_printf ("%u", count->voided);
    case LANYARD_REPORT_OPEN:
      return g_strdup_printf ("%u", count->open);
    case LANYARD_REPORT_LOADED:
      return g_strdup_printf ("%u", count->loaded);
    case LANYARD_REPORT_SPOILED:
      return g_strdup_printf ("%u", count->spoiled);
    case LANYARD_REPORT_JAMMED:
      return g_strdup_printf ("%u", count->jammed);
    default:
      return count->knows_left ? g_strdup_printf ("\u2066%d\u2069", count->left) : g_strdup ("–");
    }
}

static void
write_stock (LanyardPaper *paper)
{
  static const LanyardReportWord words[]
      = { LANYARD_REPORT_PRINTER, LANYARD_REPORT_ALLOCATED, LANYARD_REPORT_CONFIRMED,
          LANYARD_REPORT_VOIDED,  LANYARD_REPORT_OPEN,      LANYARD_REPORT_LOADED,
          LANYARD_REPORT_SPOILED, LANYARD_REPORT_JAMMED,    LANYARD_REPORT_LEFT };
  const LanyardReport *report = paper->report;
  g_autofree char *closed = lanyard_report_dup_time (report, report->closed_us, "%Y-%m-%d %H:%M");
  g_autofree char *since
      = fill (paper, LANYARD_REPORT_STOCK_SINCE, report->closed_us != 0 ? closed : "–");

  if (report->stock->len == 0)
    return;
  lanyard_paper_section (paper, lanyard_paper_say (paper, LANYARD_REPORT_STOCK));
  paper->y += lanyard_paper_write (paper, 0, LANYARD_PAPER_INNER, LANYARD_PAPER_BODY, 0, since) + 4;
  lanyard_paper_printers (paper, words, G_N_ELEMENTS (words), report->stock->len, dup_stock);
}

static void
write_doubt (LanyardPaper *paper, const LanyardReportRow *row)
{
  static const double widths[] = { 0.14, 0.26, 0.2, 0.4 };
  const LanyardReport *report = paper->report;
  g_autofree char *at = lanyard_report_dup_time (report, row->row->began_us, "\u2066%H:%M\u2069");
  g_autofree char *serial
      = g_strdup_printf ("\u2066%s\u2069", row->row->serial != NULL ? row->row->serial : "–");
  const char *const texts[] = { at, serial, row->row->number, report->names ? row->name : "" };

  lanyard_paper_row (paper, widths, texts, G_N_ELEMENTS (texts), LANYARD_PAPER_BODY);
}

static void
write_doubts (LanyardPaper *paper)
{
  const LanyardReport *report = paper->report;
  guint n = 0;
  g_autofree char *rest = NULL, *more = NULL;

  for (guint i = 0; i < report->rows->len; i++)
    {
      const LanyardReportRow *row = g_ptr_array_index (report->rows, i);

      if ((row->disputed || lanyard_day_is_unprinted (row->row->state)) && n++ < MAX_IN_DOUBT)
        write_doubt (paper, row);
    }
  if (n <= MAX_IN_DOUBT)
    return;
  rest = g_strdup_printf ("%u", n - MAX_IN_DOUBT);
  more = fill (paper, LANYARD_REPORT_AND_MORE, rest);
  lanyard_paper_need (paper, 20);
  paper->y += lanyard_paper_write (paper, 0, LANYARD_PAPER_INNER, LANYARD_PAPER_BODY, 0, more);
}

static void
write_unknown (LanyardPaper *paper)
{
  const LanyardReport *report = paper->report;
  const guint numbers[] = { report->unprinted, report->disputed, report->waiting };
  static const LanyardReportWord words[]
      = { LANYARD_REPORT_UNPRINTED, LANYARD_REPORT_DISPUTED, LANYARD_REPORT_WAITING };

  lanyard_paper_section (paper, lanyard_paper_say (paper, LANYARD_REPORT_UNKNOWN));
  if (report->unprinted + report->disputed + report->waiting == 0)
    {
      paper->y += lanyard_paper_write (paper, 0, LANYARD_PAPER_INNER, LANYARD_PAPER_BODY, 0,
                                       lanyard_paper_say (paper, LANYARD_REPORT_NOTHING_UNKNOWN));
      return;
    }
  lanyard_paper_numbers (paper, words, numbers, G_N_ELEMENTS (words));
  write_doubts (paper);
}

static void
write_all (LanyardPaper *paper)
{
  write_head (paper);
  write_figures (paper);
  write_hours (paper);
  write_kinds (paper);
  write_stock (paper);
  write_unknown (paper);
}

gboolean
lanyard_report_write_pdf (const LanyardReport *report, GOutputStream *out, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (report != NULL && out != NULL, FALSE);

  bytes = lanyard_paper_print (report, LANYARD_REPORT_TITLE, write_all);
  return g_output_stream_write_all (out, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                    NULL, NULL, error);
}
