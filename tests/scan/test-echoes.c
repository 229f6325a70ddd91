/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, one badge counts twice, or somebody who comes back is not seen. */

#include "lanyard-echoes.h"

#include <string.h>

#define MS 1000

static gboolean
take (LanyardEchoes *echoes, LanyardScanSource source, const char *text, gint64 at_us)
{
  g_autoptr (LanyardScan) scan
      = lanyard_scan_new (LANYARD_SYMBOLOGY_WEDGE, source, text, strlen (text));

  scan->at_us = at_us;
  return lanyard_echoes_take (echoes, scan);
}

static void
test_doubles (void)
{
  g_autoptr (LanyardEchoes) echoes = lanyard_echoes_new (700 * MS);

  g_assert_true (take (echoes, LANYARD_SCAN_SOURCE_SERIAL, "a", 1000 * MS));
  g_assert_false (take (echoes, LANYARD_SCAN_SOURCE_SERIAL, "a", 1100 * MS));
  /* over the other cable; the clocks differ a little */
  g_assert_false (take (echoes, LANYARD_SCAN_SOURCE_WEDGE, "a", 1090 * MS));
  g_assert_true (take (echoes, LANYARD_SCAN_SOURCE_SERIAL, "b", 1100 * MS));
  g_assert_false (take (echoes, LANYARD_SCAN_SOURCE_SERIAL, "a", 1799 * MS));
  g_assert_true (take (echoes, LANYARD_SCAN_SOURCE_SERIAL, "a", 2499 * MS));
}

/* It lies under the scanner, which repeats it: it has not left. */
static void
test_stays (void)
{
  g_autoptr (LanyardEchoes) echoes = lanyard_echoes_new (700 * MS);
  gint64 at_us = 0;

  g_assert_true (take (echoes, LANYARD_SCAN_SOURCE_HID, "a", at_us));
  for (guint i = 0; i < 20; i++)
    g_assert_false (take (echoes, LANYARD_SCAN_SOURCE_HID, "a", at_us += 300 * MS));
  g_assert_true (take (echoes, LANYARD_SCAN_SOURCE_HID, "a", at_us += 700 * MS));
}

static void
test_many (void)
{
  g_autoptr (LanyardEchoes) echoes = lanyard_echoes_new (700 * MS);

  for (guint i = 0; i < 100; i++)
    {
      char text[] = { (char)(' ' + i % 90), (char)('0' + i / 90), '\0' };

      g_assert_true (take (echoes, LANYARD_SCAN_SOURCE_SERIAL, text, i * MS));
      g_assert_false (take (echoes, LANYARD_SCAN_SOURCE_SERIAL, text, i * MS));
    }
}

static void
test_off (void)
{
  g_autoptr (LanyardEchoes) echoes = lanyard_echoes_new (0);

  g_assert_true (take (echoes, LANYARD_SCAN_SOURCE_SERIAL, "a", 5));
  g_assert_true (take (echoes, LANYARD_SCAN_SOURCE_SERIAL, "a", 5));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/echoes/doubles", test_doubles);
  g_test_add_func ("/echoes/stays", test_stays);
  g_test_add_func ("/echoes/many", test_many);
  g_test_add_func ("/echoes/off", test_off);
  return g_test_run ();
}
