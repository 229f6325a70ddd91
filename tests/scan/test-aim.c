/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a shop's code passes for an accreditation number, or a code begins with "]Q1". */

#include "lanyard-aim.h"

#include <string.h>

static const struct
{
  const char *sent;
  LanyardSymbology symbology;
  const char *text; /* (nullable): no scan */
} cases[] = {
  { "]Q1LY1:ABC", LANYARD_SYMBOLOGY_QR, "LY1:ABC" },
  { "]C0"
    "31A0004711K",
    LANYARD_SYMBOLOGY_CODE128, "31A0004711K" },
  { "]A0X", LANYARD_SYMBOLOGY_CODE39, "X" },
  { "]I0123456", LANYARD_SYMBOLOGY_ITF, "123456" },
  { "]F0A1234B", LANYARD_SYMBOLOGY_CODABAR, "A1234B" },
  { "]E04006381333931", LANYARD_SYMBOLOGY_EAN13, "4006381333931" },
  { "]E496385074", LANYARD_SYMBOLOGY_EAN8, "96385074" },
  { "]L2@\n\x1e\rANSI ", LANYARD_SYMBOLOGY_PDF417, "@\n\x1e\rANSI " },
  { "]d1x", LANYARD_SYMBOLOGY_DATA_MATRIX, "x" },
  { "]X0x", LANYARD_SYMBOLOGY_WEDGE, "x" },
  { "]Q2\\000026A\\\\B", LANYARD_SYMBOLOGY_QR, "A\\B" },
  { "]Q1\\000026A\\\\B", LANYARD_SYMBOLOGY_QR, "\\000026A\\\\B" },
  { "]L1\\00002", LANYARD_SYMBOLOGY_PDF417, "\\00002" },
  { "]Q2\\000026", LANYARD_SYMBOLOGY_QR, NULL },
  { "]Q1", LANYARD_SYMBOLOGY_QR, NULL },
  { "]Q", LANYARD_SYMBOLOGY_WEDGE, "]Q" },
  { "]Q]abc", LANYARD_SYMBOLOGY_WEDGE, "]Q]abc" },
  { "]1Qabc", LANYARD_SYMBOLOGY_WEDGE, "]1Qabc" },
  { "31A0004711K", LANYARD_SYMBOLOGY_WEDGE, "31A0004711K" },
  { "", LANYARD_SYMBOLOGY_WEDGE, NULL },
};

static void
test_identifiers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardScan) scan
          = lanyard_aim_make_scan (LANYARD_SCAN_SOURCE_SERIAL, cases[i].sent,
                                   strlen (cases[i].sent), TRUE);
      g_autofree char *text = scan != NULL ? lanyard_scan_dup_text (scan) : NULL;

      g_assert_cmpstr (text, ==, cases[i].text);
      if (scan == NULL)
        continue;
      g_assert_cmpint (scan->symbology, ==, cases[i].symbology);
      g_assert_cmpint (scan->source, ==, LANYARD_SCAN_SOURCE_SERIAL);
    }
}

/* A scanner that is not said to send one may scan a code that looks like it. */
static void
test_not_asked_for (void)
{
  g_autoptr (LanyardScan) scan
      = lanyard_aim_make_scan (LANYARD_SCAN_SOURCE_HID, "]Q1abc", 6, FALSE);
  g_autofree char *text = lanyard_scan_dup_text (scan);

  g_assert_cmpstr (text, ==, "]Q1abc");
  g_assert_cmpint (scan->symbology, ==, LANYARD_SYMBOLOGY_WEDGE);
}

static void
test_limit (void)
{
  g_autofree char *sent = g_strnfill (LANYARD_SCAN_MAX_BYTES + LANYARD_AIM_BYTES + 1, 'x');
  g_autoptr (LanyardScan) longest = NULL;

  memcpy (sent, "]Q1", 3);
  longest = lanyard_aim_make_scan (LANYARD_SCAN_SOURCE_SERIAL, sent,
                                   LANYARD_SCAN_MAX_BYTES + LANYARD_AIM_BYTES, TRUE);
  g_assert_cmpuint (g_bytes_get_size (longest->data), ==, LANYARD_SCAN_MAX_BYTES);
  g_assert_null (lanyard_aim_make_scan (LANYARD_SCAN_SOURCE_SERIAL, sent,
                                        LANYARD_SCAN_MAX_BYTES + LANYARD_AIM_BYTES + 1, TRUE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/aim/identifiers", test_identifiers);
  g_test_add_func ("/aim/not-asked-for", test_not_asked_for);
  g_test_add_func ("/aim/limit", test_limit);
  return g_test_run ();
}
