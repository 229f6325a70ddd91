/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, what a point-of-sale scanner reads is cut, mixed up, or taken from the wrong
 * place. No device was asked: the bytes are written from the standards, and from a maker's manual.
 */

#include "lanyard-hid-pos.h"

#include <string.h>

#include "hid-samples.h"
#include "lanyard-error.h"

typedef struct
{
  guint8 bytes[HID_COUNTED_REPORT_BYTES];
} Report;

static LanyardHidPos *
open_counted (void)
{
  g_autoptr (GError) error = NULL;
  LanyardHidPos *pos = lanyard_hid_pos_new (hid_counted, sizeof hid_counted, FALSE, &error);

  g_assert_no_error (error);
  return pos;
}

static Report
make_report (const char *identifier, const char *data, gsize n_bytes, gboolean continued)
{
  Report report = { { 0x02, (guint8)n_bytes } };

  g_assert_cmpuint (n_bytes, <=, HID_COUNTED_DATA_BYTES);
  memcpy (report.bytes + 2, identifier, strlen (identifier));
  memcpy (report.bytes + 5, data, n_bytes);
  report.bytes[61] = 's';
  report.bytes[63] = continued;
  return report;
}

static void
assert_scan (LanyardScan *scan, LanyardSymbology symbology, const char *text)
{
  g_autoptr (LanyardScan) owned = scan;
  g_autofree char *found = NULL;

  g_assert_nonnull (scan);
  g_assert_cmpint (scan->source, ==, LANYARD_SCAN_SOURCE_HID);
  g_assert_cmpint (scan->symbology, ==, symbology);
  found = lanyard_scan_dup_text (scan);
  g_assert_cmpstr (found, ==, text);
}

/* After the example of the LSR118 product manual (Access-IS, 2020), §B.1.1: a boarding pass of 60
 * characters in two reports, of 56 and of 4. */
static void
test_published_example (void)
{
  g_autoptr (LanyardHidPos) pos = open_counted ();
  const char *text = "M1GATHERGOOD/MICHAEL  YABCDEF LHRDURAK 3542 052Y003D23  1000";
  Report first = make_report ("]Q0", text, 56, TRUE);
  Report second = make_report ("]Q0", text + 56, strlen (text) - 56, FALSE);

  g_assert_null (lanyard_hid_pos_take (pos, first.bytes, sizeof first, 1));
  assert_scan (lanyard_hid_pos_take (pos, second.bytes, sizeof second, 2), LANYARD_SYMBOLOGY_QR,
               text);
}

static void
test_one_report (void)
{
  g_autoptr (LanyardHidPos) pos = open_counted ();
  Report report = make_report ("]C0", "31A0004711K", 11, FALSE);
  Report unnamed = make_report ("", "31A0004711K", 11, FALSE);

  assert_scan (lanyard_hid_pos_take (pos, report.bytes, sizeof report, 1),
               LANYARD_SYMBOLOGY_CODE128, "31A0004711K");
  assert_scan (lanyard_hid_pos_take (pos, unnamed.bytes, sizeof unnamed, 2),
               LANYARD_SYMBOLOGY_WEDGE, "31A0004711K");
  g_assert_cmpint (lanyard_hid_pos_get_deadline (pos), ==, -1);
}

static void
test_plain (void)
{
  g_autoptr (LanyardHidPos) pos = lanyard_hid_pos_new (hid_plain, sizeof hid_plain, FALSE, NULL);
  guint8 report[HID_PLAIN_REPORT_BYTES] = "0123456789abcdef]Q1\x80";

  g_assert_null (lanyard_hid_pos_take (pos, report, sizeof report, 1));
  memcpy (report, "ghi\0\0\0\0\0\0\0\0\0\0\0\0\0]Q1\x7f", sizeof report);
  assert_scan (lanyard_hid_pos_take (pos, report, sizeof report, 2), LANYARD_SYMBOLOGY_QR,
               "0123456789abcdefghi");
}

/* Some firmware says "more follows" after a full report even when nothing does. */
static void
test_more_that_never_comes (void)
{
  g_autoptr (LanyardHidPos) pos = open_counted ();
  g_autofree char *text = g_strnfill (56, '7');
  Report report = make_report ("]C0", text, 56, TRUE);

  g_assert_null (lanyard_hid_pos_take (pos, report.bytes, sizeof report, 1000));
  g_assert_cmpint (lanyard_hid_pos_get_deadline (pos), ==, 1000 + LANYARD_HID_POS_QUIET_US);
  g_assert_null (lanyard_hid_pos_idle (pos, 1000 + LANYARD_HID_POS_QUIET_US - 1));
  assert_scan (lanyard_hid_pos_idle (pos, 1000 + LANYARD_HID_POS_QUIET_US),
               LANYARD_SYMBOLOGY_CODE128, text);
  g_assert_null (lanyard_hid_pos_idle (pos, G_MAXINT64));
}

static void
test_limit (void)
{
  g_autoptr (LanyardHidPos) pos = open_counted ();
  g_autofree char *text = g_strnfill (56, '7');
  Report more = make_report ("]C0", text, 56, TRUE);
  Report last = make_report ("]C0", text, 56, FALSE);
  Report next = make_report ("]C0", "31A0004711K", 11, FALSE);

  for (guint i = 0; i < 1000; i++)
    g_assert_null (lanyard_hid_pos_take (pos, more.bytes, sizeof more, i));
  g_assert_null (lanyard_hid_pos_take (pos, last.bytes, sizeof last, 1000));
  assert_scan (lanyard_hid_pos_take (pos, next.bytes, sizeof next, 1001), LANYARD_SYMBOLOGY_CODE128,
               "31A0004711K");
}

static void
test_reports_that_lie (void)
{
  g_autoptr (LanyardHidPos) pos = open_counted ();
  Report report = make_report ("]C0", "31A0004711K", 11, FALSE);
  g_autoptr (LanyardScan) long_count = NULL;

  /* of another number, cut off, empty */
  report.bytes[0] = 4;
  g_assert_null (lanyard_hid_pos_take (pos, report.bytes, sizeof report, 1));
  report.bytes[0] = 2;
  for (gsize n = 0; n <= 5; n++)
    g_assert_null (lanyard_hid_pos_take (pos, report.bytes, n, 1));
  assert_scan (lanyard_hid_pos_take (pos, report.bytes, 9, 1), LANYARD_SYMBOLOGY_CODE128, "31A0");
  /* a count that is larger than the field */
  report.bytes[1] = 0xff;
  long_count = lanyard_hid_pos_take (pos, report.bytes, sizeof report, 1);
  g_assert_cmpuint (g_bytes_get_size (long_count->data), ==, HID_COUNTED_DATA_BYTES);
  /* no content */
  report.bytes[1] = 0;
  g_assert_null (lanyard_hid_pos_take (pos, report.bytes, sizeof report, 1));
}

static void
assert_refused (const guint8 *descriptor, gsize n_bytes, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_hid_pos_new (descriptor, n_bytes, FALSE, &error));
  g_assert_error (error, LANYARD_ERROR, code);
}

#define REFUSED(code, ...)                                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const guint8 bytes[] = { __VA_ARGS__ };                                                        \
    assert_refused (bytes, sizeof bytes, code);                                                    \
  }                                                                                                \
  G_STMT_END

static void
test_descriptors_that_lie (void)
{
  g_autofree guint8 *nested = g_malloc (200);
  g_autofree guint8 *endless = g_malloc0 (LANYARD_HID_POS_MAX_DESCRIPTOR_BYTES + 1);

  assert_refused (NULL, 0, LANYARD_ERROR_NOT_FOUND);
  assert_refused (endless, LANYARD_HID_POS_MAX_DESCRIPTOR_BYTES + 1, LANYARD_ERROR_INVALID);
  assert_refused (endless, LANYARD_HID_POS_MAX_DESCRIPTOR_BYTES, LANYARD_ERROR_NOT_FOUND);
  /* an item that is cut off; §6.2.2.2 */
  REFUSED (LANYARD_ERROR_INVALID, 0x05);
  REFUSED (LANYARD_ERROR_INVALID, 0x07, 1, 2, 3);
  /* a long item that is cut off; §6.2.2.3 */
  REFUSED (LANYARD_ERROR_INVALID, 0xfe, 0xff, 0x00);
  REFUSED (LANYARD_ERROR_INVALID, 0xfe);
  /* collections and state that do not match; §6.2.2.6, §6.2.2.7 */
  REFUSED (LANYARD_ERROR_INVALID, 0xc0);
  REFUSED (LANYARD_ERROR_INVALID, 0xa1, 0x01);
  REFUSED (LANYARD_ERROR_INVALID, 0xb4);
  REFUSED (LANYARD_ERROR_INVALID, 0x85, 0x00);
  memset (nested, 0xa4, 200);
  assert_refused (nested, 200, LANYARD_ERROR_INVALID);
  memset (nested, 0xa0, 200);
  assert_refused (nested, 200, LANYARD_ERROR_INVALID);
  /* a report of four thousand million values */
  REFUSED (LANYARD_ERROR_INVALID, 0x05, 0x8c, 0x09, 0xfe, 0x75, 0x08, 0x97, 0xff, 0xff, 0xff, 0xff,
           0x81, 0x02);
  REFUSED (LANYARD_ERROR_INVALID, 0x75, 0x08, 0x96, 0xff, 0x7f, 0x81, 0x02);
  /* a keyboard: HID 1.11 appendix E.6, shortened */
  REFUSED (LANYARD_ERROR_NOT_FOUND, 0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0,
           0x29, 0xe7, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0xc0);
  /* data that does not begin at a byte */
  REFUSED (LANYARD_ERROR_NOT_FOUND, 0x75, 0x04, 0x95, 0x01, 0x81, 0x03, 0x05, 0x8c, 0x09, 0xfe,
           0x75, 0x08, 0x95, 0x08, 0x81, 0x02);
}

/* Cut off anywhere it is either refused or understood, never read past. */
static void
test_every_prefix (void)
{
  Report report = make_report ("]C0", "31A0004711K", 11, FALSE);

  for (gsize n = 0; n < sizeof hid_counted; n++)
    {
      g_autofree guint8 *cut = g_memdup2 (hid_counted, n);
      g_autoptr (LanyardHidPos) pos = lanyard_hid_pos_new (cut, n, FALSE, NULL);

      g_assert_null (pos);
    }
  for (gsize n = 0; n <= sizeof report; n++)
    {
      g_autoptr (LanyardHidPos) pos = open_counted ();
      g_autofree guint8 *cut = g_memdup2 (report.bytes, n);
      g_autoptr (LanyardScan) scan = lanyard_hid_pos_take (pos, cut, n, 1);

      g_assert_true ((scan != NULL) == (n > 5));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hid-pos/published-example", test_published_example);
  g_test_add_func ("/hid-pos/one-report", test_one_report);
  g_test_add_func ("/hid-pos/plain", test_plain);
  g_test_add_func ("/hid-pos/more-that-never-comes", test_more_that_never_comes);
  g_test_add_func ("/hid-pos/limit", test_limit);
  g_test_add_func ("/hid-pos/reports-that-lie", test_reports_that_lie);
  g_test_add_func ("/hid-pos/descriptors-that-lie", test_descriptors_that_lie);
  g_test_add_func ("/hid-pos/every-prefix", test_every_prefix);
  return g_test_run ();
}
