/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, people are told that they wait for another time than they do. */

#include "lanyard-wait-estimate.h"

static void
check (guint waiting, guint under_way, guint n_taken, guint median_s, guint people, guint minutes)
{
  LanyardWaitEstimate estimate = lanyard_wait_estimate_make (waiting, under_way, n_taken, median_s);

  g_assert_cmpuint (estimate.people, ==, people);
  g_assert_cmpuint (estimate.minutes, ==, minutes);
}

static void
test_product (void)
{
  check (3, 1, 100, 90, 4, 6);
  check (0, 1, 100, 90, 1, 2);
  check (1, 0, 100, 60, 1, 1);
  check (1, 0, 100, 61, 1, 2);
}

/* Few pickups are no measure, and nobody who waits needs none. */
static void
test_silence (void)
{
  check (3, 1, LANYARD_WAIT_MIN_PICKUPS - 1, 90, 4, 0);
  check (3, 1, LANYARD_WAIT_MIN_PICKUPS, 90, 4, 6);
  check (0, 0, 100, 90, 0, 0);
}

static void
test_long (void)
{
  check (200, 100000, 100, 3600, 100200, 6012000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wait-estimate/product", test_product);
  g_test_add_func ("/wait-estimate/silence", test_silence);
  g_test_add_func ("/wait-estimate/long", test_long);
  return g_test_run ();
}
