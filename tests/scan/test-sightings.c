/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-sightings.h"

static gboolean
see (LanyardSightings *sightings, const char *text, gint64 at_ms)
{
  g_autoptr (LanyardScan) scan
      = lanyard_scan_new (LANYARD_SYMBOLOGY_QR, LANYARD_SCAN_SOURCE_CAMERA, text, strlen (text));

  scan->at_us = at_ms * 1000;
  return lanyard_sightings_add (sightings, scan, FALSE);
}

static void
test_once_until_gone (void)
{
  g_autoptr (LanyardSightings) sightings = lanyard_sightings_new ();

  g_assert_true (see (sightings, "a", 0));
  g_assert_false (see (sightings, "a", 33));
  /* Missed in single frames, but there all the time. */
  for (gint64 at_ms = 900; at_ms < 10000; at_ms += 900)
    g_assert_false (see (sightings, "a", at_ms));
  g_assert_true (see (sightings, "a", 11000));
  g_assert_false (see (sightings, "a", 11999));
  g_assert_true (see (sightings, "a", 12999));
}

/* Deep searches succeed now and then only. */
static void
test_deep (void)
{
  g_autoptr (LanyardSightings) sightings = lanyard_sightings_new ();
  g_autoptr (LanyardScan) scan
      = lanyard_scan_new (LANYARD_SYMBOLOGY_QR, LANYARD_SCAN_SOURCE_CAMERA, "a", 1);

  g_assert_true (lanyard_sightings_add (sightings, scan, TRUE));
  scan->at_us = LANYARD_SIGHTINGS_DEEP_GONE_US - 1;
  g_assert_false (lanyard_sightings_add (sightings, scan, TRUE));
  scan->at_us += LANYARD_SIGHTINGS_DEEP_GONE_US;
  g_assert_true (lanyard_sightings_add (sightings, scan, TRUE));
  /* From now on it is large enough to be read in each frame. */
  scan->at_us += LANYARD_SIGHTINGS_DEEP_GONE_US - 1;
  g_assert_false (lanyard_sightings_add (sightings, scan, FALSE));
  scan->at_us += LANYARD_SIGHTINGS_GONE_US;
  g_assert_true (lanyard_sightings_add (sightings, scan, FALSE));
  /* Followed, not read. */
  scan->at_us += LANYARD_SIGHTINGS_GONE_US - 1;
  lanyard_sightings_see (sightings, scan);
  scan->at_us += LANYARD_SIGHTINGS_GONE_US - 1;
  g_assert_false (lanyard_sightings_add (sightings, scan, FALSE));
}

static void
test_each_for_itself (void)
{
  g_autoptr (LanyardSightings) sightings = lanyard_sightings_new ();

  g_assert_true (see (sightings, "a", 0));
  g_assert_true (see (sightings, "b", 0));
  g_assert_false (see (sightings, "b", 800));
  g_assert_true (see (sightings, "a", 1500));
  g_assert_false (see (sightings, "b", 1700));
}

/* While nothing changes in the picture nothing is read, and all stays where it is. */
static void
test_kept (void)
{
  g_autoptr (LanyardSightings) sightings = lanyard_sightings_new ();

  g_assert_true (see (sightings, "left before", 0));
  g_assert_true (see (sightings, "a", 500));
  for (gint64 at_ms = 600; at_ms < 5000; at_ms += 33)
    lanyard_sightings_keep (sightings, 400 * 1000, at_ms * 1000);
  g_assert_true (see (sightings, "left before", 5000));
  g_assert_false (see (sightings, "a", 5900));
  /* what is read late does not make it older */
  g_assert_false (see (sightings, "a", 5200));
  g_assert_false (see (sightings, "a", 6800));
}

/* A wall of codes must not make the list grow for ever. */
static void
test_bounded (void)
{
  g_autoptr (LanyardSightings) sightings = lanyard_sightings_new ();

  for (guint i = 0; i < LANYARD_SIGHTINGS_MAX + 1; i++)
    {
      g_autofree char *text = g_strdup_printf ("code %u", i);

      g_assert_true (see (sightings, text, i));
    }
  g_assert_false (see (sightings, "code 1", 100));
  g_assert_true (see (sightings, "code 0", 100));
}

/* What left long ago is not kept until somebody else comes. Only that nothing is known of it can be
 * seen from here: a time at which it would still have been there. */
static void
test_forgotten (void)
{
  g_autoptr (LanyardSightings) sightings = lanyard_sightings_new ();

  g_assert_true (see (sightings, "a", 0));
  g_assert_true (see (sightings, "b", 500));
  lanyard_sightings_forget (sightings, LANYARD_SIGHTINGS_FORGET_US - 1);
  g_assert_false (see (sightings, "a", 0));
  lanyard_sightings_forget (sightings, LANYARD_SIGHTINGS_FORGET_US);
  g_assert_true (see (sightings, "a", 0));
  g_assert_false (see (sightings, "b", 500));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sightings/once-until-gone", test_once_until_gone);
  g_test_add_func ("/sightings/deep", test_deep);
  g_test_add_func ("/sightings/each-for-itself", test_each_for_itself);
  g_test_add_func ("/sightings/kept", test_kept);
  g_test_add_func ("/sightings/bounded", test_bounded);
  g_test_add_func ("/sightings/forgotten", test_forgotten);
  return g_test_run ();
}
