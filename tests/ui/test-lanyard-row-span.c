/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a row of a long list cannot be scrolled to, or is cut at an end of it. */

#define G_LOG_DOMAIN "test-ui"

#include "lanyard-row-span.h"

#define PAGE_PX 400

/* Where all rows have one height, it is that of the list's average. */
static int
get_even (guint place, gpointer asked)
{
  ++*(guint *)asked;
  return 50;
}

/* Some rows need several lines; @place decides which. */
static int
get_uneven (guint place, gpointer asked)
{
  ++*(guint *)asked;
  return 50 + (place * 37 % 5) * 25;
}

/* The page is filled, without a hole at either end. */
static void
assert_filled (const LanyardRowSpan *span, guint n_rows)
{
  g_assert_cmpuint (span->first, <=, span->last);
  g_assert_cmpuint (span->last, <, n_rows);
  g_assert_cmpint (span->top_px, <=, 0);
  g_assert_true (span->bottom_px >= PAGE_PX || lanyard_row_span_is_all (span, n_rows, PAGE_PX));
}

static void
test_even (void)
{
  LanyardRowSpan span;
  guint asked = 0;

  g_assert_cmpfloat (lanyard_row_span_get_range (100000, 50, PAGE_PX), ==, 100000 * 50 - PAGE_PX);
  lanyard_row_span_find (&span, 100000, 50, PAGE_PX, 0, get_even, &asked);
  g_assert_cmpuint (span.first, ==, 0);
  g_assert_cmpuint (span.last, ==, 7);
  g_assert_cmpint (span.top_px, ==, 0);
  g_assert_cmpfloat (lanyard_row_span_get_mean (&span), ==, 50);
  lanyard_row_span_find (&span, 100000, 50, PAGE_PX, 2000020, get_even, &asked);
  g_assert_cmpuint (span.first, ==, 40000);
  g_assert_cmpint (ABS (span.top_px + 20), <=, 1);
  assert_filled (&span, 100000);
  g_assert_cmpuint (asked, <=, 20);
}

static void
test_ends (void)
{
  LanyardRowSpan span;
  guint asked = 0, n_rows = 1000;
  double row_px = 60; /* a bad guess */

  lanyard_row_span_find (&span, n_rows, row_px, PAGE_PX, 0, get_uneven, &asked);
  g_assert_cmpuint (span.first, ==, 0);
  g_assert_cmpint (span.top_px, ==, 0);
  lanyard_row_span_find (&span, n_rows, row_px, PAGE_PX,
                         lanyard_row_span_get_range (n_rows, row_px, PAGE_PX), get_uneven, &asked);
  g_assert_cmpuint (span.last, ==, n_rows - 1);
  g_assert_cmpint (ABS (span.bottom_px - PAGE_PX), <=, 1);
  assert_filled (&span, n_rows);
}

/* Pixel by pixel: no row is left out, and the page never goes back. */
static void
test_steady (void)
{
  guint asked = 0, n_rows = 60, seen = 0;
  double range = lanyard_row_span_get_range (n_rows, 60, PAGE_PX);
  LanyardRowSpan before = { 0 };

  for (double value = 0; value <= range; value += 1)
    {
      LanyardRowSpan span;

      lanyard_row_span_find (&span, n_rows, 60, PAGE_PX, value, get_uneven, &asked);
      assert_filled (&span, n_rows);
      g_assert_cmpuint (span.first, >=, before.first);
      g_assert_true (span.first > before.first || span.top_px <= before.top_px);
      g_assert_cmpuint (span.first, <=, before.first + 1);
      seen = MAX (seen, span.last);
      before = span;
    }
  g_assert_cmpuint (seen, ==, n_rows - 1);
}

static void
test_few (void)
{
  LanyardRowSpan span;
  guint asked = 0;

  lanyard_row_span_find (&span, 3, 50, PAGE_PX, 0, get_even, &asked);
  g_assert_true (lanyard_row_span_is_all (&span, 3, PAGE_PX));
  g_assert_cmpint (span.top_px, ==, 0);
  g_assert_cmpfloat (lanyard_row_span_get_range (3, 50, PAGE_PX), ==, 0);
  /* as many as would fit, were they no higher than thought */
  lanyard_row_span_find (&span, 8, 50, PAGE_PX, 0, get_uneven, &asked);
  g_assert_false (lanyard_row_span_is_all (&span, 8, PAGE_PX));
  /* a row that is higher than the page */
  lanyard_row_span_find (&span, 1, 50, 20, 0, get_even, &asked);
  g_assert_cmpuint (span.last, ==, 0);
  g_assert_cmpint (span.top_px, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/row-span/even", test_even);
  g_test_add_func ("/ui/row-span/ends", test_ends);
  g_test_add_func ("/ui/row-span/steady", test_steady);
  g_test_add_func ("/ui/row-span/few", test_few);
  return g_test_run ();
}
