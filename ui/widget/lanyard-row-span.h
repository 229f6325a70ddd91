/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Which rows of a long list can be seen, when only those have a height: the others count as if each
 * were as high as rows are on average. Calculation only, without widgets.
 */
typedef struct
{
  guint first;   /* place of the uppermost row in sight */
  guint last;    /* of the lowest; at least @first */
  int top_px;    /* of @first, within the page; 0 or less */
  int bottom_px; /* behind @last */
} LanyardRowSpan;

/* Returns: how high the row at @place is, in px, at least 1 */
typedef int (*LanyardRowHeight) (guint place, gpointer data);

/* Returns: how far one can scroll, in px: the largest value */
double lanyard_row_span_get_range (guint n_rows, double row_px, int page_px);
/**
 * lanyard_row_span_find:
 * @span: (out): what is seen
 * @n_rows: how many rows there are; at least one
 * @row_px: how high a row is on average, > 0
 * @page_px: what can be seen at a time
 * @value_px: how far it is scrolled, 0 to the range
 * @height: asked for each row in sight only
 *
 * At value 0 the first row stands at the top, at the largest value the last one at the bottom,
 * however far the real heights are from the average; between them the page moves steadily.
 */
void lanyard_row_span_find (LanyardRowSpan *span,
                            guint n_rows,
                            double row_px,
                            int page_px,
                            double value_px,
                            LanyardRowHeight height,
                            gpointer data);
/* Whether @span is the whole list, with nothing cut. */
gboolean lanyard_row_span_is_all (const LanyardRowSpan *span, guint n_rows, int page_px);
/* Returns: how high the rows of @span are on average, in px */
double lanyard_row_span_get_mean (const LanyardRowSpan *span);

G_END_DECLS
