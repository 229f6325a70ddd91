/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The share of the way that is scrolled is taken of the list and of the page alike: half way down,
 * the middle of the list stands in the middle of the page. So both ends fit whatever the heights
 * are, and one row only, the one at that place, has to be known to begin with.
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-row-span.h"

#include <math.h>

typedef struct
{
  LanyardRowSpan *span;
  guint n_rows;
  int page_px;
  LanyardRowHeight height;
  gpointer data;
} Search;

static void
fill_up (Search *search)
{
  LanyardRowSpan *span = search->span;

  while (span->top_px > 0 && span->first > 0)
    span->top_px -= search->height (--span->first, search->data);
}

static void
fill_down (Search *search)
{
  LanyardRowSpan *span = search->span;

  while (span->bottom_px < search->page_px && span->last + 1 < search->n_rows)
    span->bottom_px += search->height (++span->last, search->data);
}

static void
move (LanyardRowSpan *span, int by_px)
{
  span->top_px += by_px;
  span->bottom_px += by_px;
}

double
lanyard_row_span_get_range (guint n_rows, double row_px, int page_px)
{
  return MAX (n_rows * row_px - page_px, 0);
}

void
lanyard_row_span_find (LanyardRowSpan *span,
                       guint n_rows,
                       double row_px,
                       int page_px,
                       double value_px,
                       LanyardRowHeight height,
                       gpointer data)
{
  Search search = { span, n_rows, page_px, height, data };
  double range = lanyard_row_span_get_range (n_rows, row_px, page_px);
  double share = range > 0 ? CLAMP (value_px / range, 0, 1) : 0;
  double place = (share * range + share * page_px) / row_px;
  guint anchor = MIN ((guint)place, n_rows - 1);
  int anchor_px;

  g_return_if_fail (n_rows > 0 && row_px > 0);

  anchor_px = height (anchor, data);
  span->first = span->last = anchor;
  span->top_px = (int)floor (share * page_px - MIN (place - anchor, 1) * anchor_px);
  span->bottom_px = span->top_px + anchor_px;
  fill_up (&search);
  fill_down (&search);
  /* Nothing stands above the first row, nor below the last one. */
  if (span->top_px > 0)
    {
      move (span, -span->top_px);
      fill_down (&search);
    }
  if (span->bottom_px < page_px)
    {
      move (span, page_px - span->bottom_px);
      fill_up (&search);
    }
  if (span->top_px > 0)
    move (span, -span->top_px);
}

gboolean
lanyard_row_span_is_all (const LanyardRowSpan *span, guint n_rows, int page_px)
{
  return span->first == 0 && span->last + 1 == n_rows && span->bottom_px - span->top_px <= page_px;
}

double
lanyard_row_span_get_mean (const LanyardRowSpan *span)
{
  return (double)(span->bottom_px - span->top_px) / (span->last - span->first + 1);
}
