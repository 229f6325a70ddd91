/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-clock.h"

#define MS G_GINT64_CONSTANT (1000)
#define NOW_US (G_GINT64_CONSTANT (1942219800) * G_USEC_PER_SEC)

static void
test_format (void)
{
  g_autofree char *text = lanyard_clock_format_us (NOW_US);

  g_assert_cmpstr (text, ==, "2031-07-19T09:30:00Z");
}

static void
test_hlc_always_rises (void)
{
  guint64 last = 0;
  gint64 wall_us = NOW_US;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 100000; i++)
    {
      guint64 next = lanyard_hlc_next (last, wall_us);

      g_assert_cmpuint (next, >, last);
      last = next;
      wall_us += g_rand_int_range (rand, -5000, 5000) * MS; /* the clock jumps both ways */
    }
}

static void
test_hlc_follows_wall (void)
{
  guint64 stamp = lanyard_hlc_next (0, NOW_US);

  g_assert_cmpuint (lanyard_hlc_get_ms (stamp), ==, NOW_US / 1000);
}

static void
test_hlc_merge (void)
{
  guint64 mine = lanyard_hlc_next (0, NOW_US);
  guint64 near = lanyard_hlc_next (0, NOW_US + 60 * G_USEC_PER_SEC);
  guint64 far = lanyard_hlc_next (0, NOW_US + 11 * 60 * G_USEC_PER_SEC);

  g_assert_cmpuint (lanyard_hlc_merge (mine, near, NOW_US), ==, near);
  g_assert_cmpuint (lanyard_hlc_merge (near, mine, NOW_US), ==, near);
  /* One desk with a wrong clock must not drag the whole fleet into the future. */
  g_assert_cmpuint (lanyard_hlc_merge (mine, far, NOW_US), ==, mine);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/format", test_format);
  g_test_add_func ("/clock/hlc-always-rises", test_hlc_always_rises);
  g_test_add_func ("/clock/hlc-follows-wall", test_hlc_follows_wall);
  g_test_add_func ("/clock/hlc-merge", test_hlc_merge);
  return g_test_run ();
}
