/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-printers.h"
#include "lanyard-zpl-target.h"

static void
test_host (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardZplTarget) target
      = lanyard_zpl_target_parse ("zpl://labels.example?dpi=203", &error);
  g_autoptr (LanyardZplTarget) full = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (target->host, ==, "labels.example");
  g_assert_cmpuint (target->port, ==, 9100);
  g_assert_null (target->device);
  g_assert_cmpuint (target->dpi, ==, 203);
  g_assert_cmpuint (lanyard_zpl_target_get_dots_per_mm (target), ==, 8);
  g_assert_cmpint (target->coding, ==, LANYARD_ZPL_CODING_ASCII);
  full = lanyard_zpl_target_parse (
      "zpl://[2001:db8::7]:6101/?dpi=300&width=101.6&height=152.4&coding=z64", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (full->host, ==, "2001:db8::7");
  g_assert_cmpstr (full->name, ==, "zpl://[2001:db8::7]:6101");
  g_assert_cmpuint (full->port, ==, 6101);
  g_assert_cmpuint (lanyard_zpl_target_get_dots_per_mm (full), ==, 12);
  g_assert_cmpfloat (full->width_mm, ==, 101.6);
  g_assert_cmpfloat (full->height_mm, ==, 152.4);
  g_assert_cmpint (full->coding, ==, LANYARD_ZPL_CODING_Z64);
}

static void
test_device (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardZplTarget) target
      = lanyard_zpl_target_parse ("zpl:///dev/usb/lp0?dpi=600", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (target->device, ==, "/dev/usb/lp0");
  g_assert_null (target->host);
  g_assert_cmpuint (lanyard_zpl_target_get_dots_per_mm (target), ==, 24);
}

static void
test_bad (void)
{
  static const char *const uris[] = {
    "zpl:",
    "zpl://",
    "zpl:///",
    "zpl://host",
    "zpl://host?dpi=204",
    "zpl://host?dpi=203x",
    "zpl://host?dpi=",
    "zpl://host?dpi=-203",
    "zpl://host:0?dpi=203",
    "zpl://host:99999?dpi=203",
    "zpl://user:Zk7q@host?dpi=203",
    "zpl://host/queue?dpi=203",
    "zpl://host?dpi=203&width=86",
    "zpl://host?dpi=203&width=86&height=nan",
    "zpl://host?dpi=203&width=86&height=0",
    "zpl://host?dpi=203&width=86&height=1e9",
    "zpl://host?dpi=203&width=86&height=54mm",
    "zpl://host?dpi=203&coding=rot13",
    "zpl://host?dpi=203&speed=9",
    "zpl://host?dpi=203#part",
    "zpl://host?dpi",
  };

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (GError) error = NULL, opened = NULL;
      g_autoptr (LanyardZplTarget) target = lanyard_zpl_target_parse (uris[i], &error);

      if (target != NULL)
        g_error ("%s was taken", uris[i]);
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE);
      g_assert_null (strstr (error->message, "Zk7q"));
      g_assert_null (lanyard_printer_open (uris[i], &opened));
      g_assert_error (opened, LANYARD_ERROR, LANYARD_ERROR_USAGE);
    }
}

static void
test_fit (void)
{
  g_autoptr (LanyardZplTarget) any = lanyard_zpl_target_parse ("zpl://host?dpi=203", NULL);
  g_autoptr (LanyardZplTarget) label
      = lanyard_zpl_target_parse ("zpl://host?dpi=300&width=54&height=86", NULL);
  g_autoptr (GError) size = NULL, sides = NULL;
  LanyardMonoSheet sheet;

  g_assert_true (lanyard_zpl_target_fit (any, 105, 135, 1, &sheet, NULL));
  g_assert_false (sheet.turned);
  g_assert_cmpfloat (sheet.width_mm, ==, 105);
  g_assert_cmpfloat (sheet.dpi, ==, 203.2);
  g_assert_true (lanyard_zpl_target_fit (label, 53.98, 85.6, 1, &sheet, NULL));
  g_assert_false (sheet.turned);
  g_assert_cmpfloat (sheet.height_mm, ==, 86);
  g_assert_true (lanyard_zpl_target_fit (label, 85.6, 53.98, 1, &sheet, NULL));
  g_assert_true (sheet.turned);
  g_assert_false (lanyard_zpl_target_fit (label, 105, 135, 1, &sheet, &size));
  g_assert_error (size, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
  g_assert_nonnull (strstr (size->message, "54.00 × 86.00 mm"));
  g_assert_false (lanyard_zpl_target_fit (any, 105, 135, 2, &sheet, &sides));
  g_assert_error (sides, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zpl-target/host", test_host);
  g_test_add_func ("/zpl-target/device", test_device);
  g_test_add_func ("/zpl-target/bad", test_bad);
  g_test_add_func ("/zpl-target/fit", test_fit);
  return g_test_run ();
}
