/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pangocairo.h>

#include "lanyard-report.h"

G_BEGIN_DECLS

/* A4, in points. */
#define LANYARD_PAPER_WIDTH 595.0
#define LANYARD_PAPER_HEIGHT 842.0
#define LANYARD_PAPER_MARGIN 48.0
#define LANYARD_PAPER_INNER (LANYARD_PAPER_WIDTH - 2 * LANYARD_PAPER_MARGIN)

typedef enum
{
  LANYARD_PAPER_TITLE,
  LANYARD_PAPER_SECTION,
  LANYARD_PAPER_BODY,
  LANYARD_PAPER_STRONG,
  LANYARD_PAPER_SMALL,
  LANYARD_PAPER_FIGURE,
} LanyardPaperStyle;

/* Pages that are filled from the top; the next one begins by itself. Positions are counted from the
 * side from which the language is read. A value. */
typedef struct
{
  const LanyardReport *report; /* borrowed */
  cairo_t *cairo;              /* borrowed */
  char *families;              /* owned */
  double y;                    /* where the next thing goes */
  guint page;                  /* from 1 */
  guint n_pages;               /* 0: not known yet */
} LanyardPaper;

void lanyard_paper_begin (LanyardPaper *paper, const LanyardReport *report, cairo_t *cairo);
/* Ends the last page. */
void lanyard_paper_end (LanyardPaper *paper);
/* Begins another page unless @height is left on this one. */
void lanyard_paper_need (LanyardPaper *paper, double height);
/* Writes into a column, cut with dots where it is too long. @align: 0 at its beginning, 1 at its
 * end. Returns: height */
double lanyard_paper_write (LanyardPaper *paper,
                            double x,
                            double width,
                            LanyardPaperStyle style,
                            double align,
                            const char *text);
/* A filled box from the place of reading; @colour: 0xrrggbb */
void lanyard_paper_fill (LanyardPaper *paper,
                         double x,
                         double y,
                         double width,
                         double height,
                         guint32 colour);
/* A heading, with room for something below it. */
void lanyard_paper_section (LanyardPaper *paper, const char *text);
/* One row: the first column at its beginning, the others at their end.
 * @widths: (array length=n): shares of the whole width */
void lanyard_paper_row (LanyardPaper *paper,
                        const double *widths,
                        const char *const *texts,
                        guint n,
                        LanyardPaperStyle style);
/* What something is, and what is said of it, in two columns; nothing without a @text.
 * @text: (nullable) */
void lanyard_paper_pair (LanyardPaper *paper, LanyardReportWord word, const char *text);

G_END_DECLS
