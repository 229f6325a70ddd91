/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-report"

#include "lanyard-report-page.h"

#include "lanyard-badge-font.h"

#define FOOT 28.0
#define GAP 4.0
#define PAIR_WIDTH 110.0
#define RULE_COLOUR 0xc9d1d9
#define INK_COLOUR 0x1c2733

static const struct
{
  double size;
  PangoWeight weight;
} styles[] = {
  [LANYARD_PAPER_TITLE] = { 22, PANGO_WEIGHT_BOLD },
  [LANYARD_PAPER_SECTION] = { 13, PANGO_WEIGHT_BOLD },
  [LANYARD_PAPER_BODY] = { 9.5, PANGO_WEIGHT_NORMAL },
  [LANYARD_PAPER_STRONG] = { 9.5, PANGO_WEIGHT_BOLD },
  [LANYARD_PAPER_SMALL] = { 8, PANGO_WEIGHT_NORMAL },
  [LANYARD_PAPER_FIGURE] = { 20, PANGO_WEIGHT_BOLD },
};

static void
set_colour (LanyardPaper *paper, guint32 colour)
{
  cairo_set_source_rgb (paper->cairo, (colour >> 16 & 0xff) / 255.0, (colour >> 8 & 0xff) / 255.0,
                        (colour & 0xff) / 255.0);
}

/* Where a box of @width that begins at @x of the reading begins on the paper. */
static double
turn (LanyardPaper *paper, double x, double width)
{
  return paper->report->from_right ? LANYARD_PAPER_WIDTH - LANYARD_PAPER_MARGIN - x - width
                                   : LANYARD_PAPER_MARGIN + x;
}

static PangoLayout *
make_layout (LanyardPaper *paper, LanyardPaperStyle style, double width, const char *text)
{
  PangoLayout *layout = pango_cairo_create_layout (paper->cairo);
  PangoContext *context = pango_layout_get_context (layout);
  PangoFontDescription *font = pango_font_description_new ();

  pango_context_set_language (context, pango_language_from_string (paper->report->language));
  pango_context_set_base_dir (context, paper->report->from_right ? PANGO_DIRECTION_RTL
                                                                 : PANGO_DIRECTION_LTR);
  pango_font_description_set_family (font, paper->families);
  pango_font_description_set_absolute_size (font, styles[style].size * PANGO_SCALE);
  pango_font_description_set_weight (font, styles[style].weight);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_height (layout, -1);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

double
lanyard_paper_write (LanyardPaper *paper,
                     double x,
                     double width,
                     LanyardPaperStyle style,
                     double align,
                     const char *text)
{
  g_autoptr (PangoLayout) layout = make_layout (paper, style, width, text != NULL ? text : "");
  gboolean at_end = align > 0.5;
  int height;

  /* Without a direction of each text's own, Pango's left is the paper's. */
  pango_layout_set_alignment (layout, at_end != paper->report->from_right ? PANGO_ALIGN_RIGHT
                                                                          : PANGO_ALIGN_LEFT);
  pango_layout_get_size (layout, NULL, &height);
  set_colour (paper, INK_COLOUR);
  cairo_move_to (paper->cairo, turn (paper, x, width), paper->y);
  pango_cairo_show_layout (paper->cairo, layout);
  return (double)height / PANGO_SCALE;
}

void
lanyard_paper_fill (LanyardPaper *paper,
                    double x,
                    double y,
                    double width,
                    double height,
                    guint32 colour)
{
  set_colour (paper, colour);
  cairo_rectangle (paper->cairo, turn (paper, x, width), y, width, height);
  cairo_fill (paper->cairo);
}

/* What every page says at its foot. */
static void
write_foot (LanyardPaper *paper)
{
  double y = paper->y;
  g_autofree char *number = paper->n_pages > 0
                                ? g_strdup_printf ("%u / %u", paper->page, paper->n_pages)
                                : g_strdup_printf ("%u", paper->page);
  g_auto (GStrv) around
      = g_strsplit (lanyard_report_say (paper->report, LANYARD_REPORT_PAGE), "%s", 2);
  g_autofree char *text = g_strconcat (around[0], "\u2066", number, "\u2069",
                                       around[0] != NULL ? around[1] : NULL, NULL);

  lanyard_paper_fill (paper, 0, LANYARD_PAPER_HEIGHT - LANYARD_PAPER_MARGIN - FOOT + 10,
                      LANYARD_PAPER_INNER, 0.6, RULE_COLOUR);
  paper->y = LANYARD_PAPER_HEIGHT - LANYARD_PAPER_MARGIN - FOOT + 16;
  if (!paper->report->names)
    lanyard_paper_write (paper, 0, LANYARD_PAPER_INNER * 0.7, LANYARD_PAPER_SMALL, 0,
                         lanyard_report_say (paper->report, LANYARD_REPORT_NO_NAMES));
  lanyard_paper_write (paper, LANYARD_PAPER_INNER * 0.7, LANYARD_PAPER_INNER * 0.3,
                       LANYARD_PAPER_SMALL, 1, text);
  paper->y = y;
}

void
lanyard_paper_begin (LanyardPaper *paper, const LanyardReport *report, cairo_t *cairo)
{
  paper->report = report;
  paper->cairo = cairo;
  paper->families = lanyard_font_dup_families (NULL, report->language);
  paper->y = LANYARD_PAPER_MARGIN;
  paper->page = 1;
}

void
lanyard_paper_end (LanyardPaper *paper)
{
  write_foot (paper);
  cairo_show_page (paper->cairo);
  g_clear_pointer (&paper->families, g_free);
}

void
lanyard_paper_need (LanyardPaper *paper, double height)
{
  if (paper->y + height <= LANYARD_PAPER_HEIGHT - LANYARD_PAPER_MARGIN - FOOT)
    return;
  write_foot (paper);
  cairo_show_page (paper->cairo);
  paper->page++;
  paper->y = LANYARD_PAPER_MARGIN;
}

void
lanyard_paper_section (LanyardPaper *paper, const char *text)
{
  lanyard_paper_need (paper, 90);
  paper->y += 16;
  paper->y += lanyard_paper_write (paper, 0, LANYARD_PAPER_INNER, LANYARD_PAPER_SECTION, 0, text);
  paper->y += GAP;
}

void
lanyard_paper_row (LanyardPaper *paper,
                   const double *widths,
                   const char *const *texts,
                   guint n,
                   LanyardPaperStyle style)
{
  double x = 0, height = 0;

  lanyard_paper_need (paper, 20);
  for (guint i = 0; i < n; i++)
    {
      double width = widths[i] * LANYARD_PAPER_INNER;
      double its = lanyard_paper_write (paper, x, width - 2 * GAP, style, i == 0 ? 0 : 1, texts[i]);

      height = MAX (height, its);
      x += width;
    }
  paper->y += height + GAP / 2;
  lanyard_paper_fill (paper, 0, paper->y, LANYARD_PAPER_INNER, 0.4, RULE_COLOUR);
  paper->y += GAP / 2;
}

void
lanyard_paper_pair (LanyardPaper *paper, LanyardReportWord word, const char *text)
{
  double height;

  if (text == NULL || *text == '\0')
    return;
  lanyard_paper_write (paper, 0, PAIR_WIDTH, LANYARD_PAPER_STRONG, 0,
                       lanyard_report_say (paper->report, word));
  height = lanyard_paper_write (paper, PAIR_WIDTH + GAP, LANYARD_PAPER_INNER - PAIR_WIDTH - GAP,
                                LANYARD_PAPER_BODY, 0, text);
  paper->y += height + 2;
}
