/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "lanyard-badge.h"
#include "lanyard-code128.h"
#include "lanyard-error.h"
#include "lanyard-guilloche.h"
#include "lanyard-hash.h"
#include "lanyard-reader.h"

/* Returns: (transfer full): the symbol as a camera sees it, @module_px pixels a module */
static LanyardFrame *
draw (const LanyardCode128 *code, guint module_px)
{
  guint width = (code->size + 20) * module_px;
  guint height = 60;
  guint8 *luma = g_malloc (width * height);
  g_autoptr (GBytes) pixels = NULL;
  g_autoptr (GError) error = NULL;
  LanyardFrame *frame;

  memset (luma, 255, width * height);
  for (guint y = 10; y < height - 10; y++)
    for (guint x = 0; x < code->size * module_px; x++)
      if (code->modules[x / module_px])
        luma[y * width + 10 * module_px + x] = 0;

  pixels = g_bytes_new_take (luma, width * height);
  frame = lanyard_frame_new (pixels, width, height, width, 0, &error);
  g_assert_no_error (error);

  return frame;
}

static void
assert_reads (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardCode128) code = lanyard_code128_new (text, &error);
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (LanyardFrame) frame = NULL;
  g_autoptr (GPtrArray) scans = NULL;
  const LanyardScan *scan;

  g_assert_no_error (error);
  frame = draw (code, 3);
  scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  if (scans->len != 1)
    g_error ("%u codes were read where \"%s\" stands", scans->len, text);
  scan = g_ptr_array_index (scans, 0);
  g_assert_cmpint (scan->symbology, ==, LANYARD_SYMBOLOGY_CODE128);
  g_assert_cmpmem (g_bytes_get_data (scan->data, NULL), g_bytes_get_size (scan->data), text,
                   strlen (text));
}

static void
test_read_back (void)
{
  static const char *const texts[] = {
    "330000471Q", "K0471-000123Q", "26SAMPLE0X", "0123456789",  "A1234",      "AB123456CD",
    "12345A",     "~ {|}",         "1234567",    "00000000000", "x12345678y", "9 9 99 999 9999",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_reads (texts[i]);
}

/* Start, check and stop have 35 modules; every further symbol character 11. The annex of the
 * standard (ISO/IEC 15417 annex E) prefers code set C for even runs of four digits and more. */
static void
test_shortest (void)
{
  static const struct
  {
    const char *text;
    guint n_characters;
  } cases[] = {
    { "1234567890", 5 }, { "ABCDEF", 6 }, { "AB1234", 5 }, { "A12B", 4 }, { "1234567", 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardCode128) code = lanyard_code128_new (cases[i].text, NULL);

      g_assert_cmpuint (code->size, ==, 35 + 11 * cases[i].n_characters);
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    "naïve",
    "tab\t",
    "0123456789012345678901234567890123456789012345678",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lanyard_code128_new (texts[i], &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

/* The numbers behind a pattern are as documented for everybody who holds a badge against them:
 * computed once by other means (b2sum -l 256 over the bytes that the header names). */
static void
test_guilloche_numbers (void)
{
  LanyardGuilloche curves;
  LanyardGuilloche other;
  double slope;

  lanyard_guilloche_init (&curves, "K0471-000123Q");
  lanyard_guilloche_init (&other, "K0471-000124R");
  g_assert_cmpuint (curves.f1, ==, 4);
  g_assert_cmpuint (curves.f2, ==, 8);
  g_assert_cmpfloat_with_epsilon (curves.p1, 20 / 256.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (curves.p2, 223 / 256.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (curves.a, 0.45 + 0.3 * 18 / 255.0, 1e-12);
  g_assert_cmpfloat (curves.c, ==, 3.0);
  g_assert_cmpfloat (fabs (curves.p1 - other.p1) + fabs (curves.p2 - other.p2), >, 0.0);
  for (guint k = 0; k < 8; k++)
    for (double u = 0.0; u <= 1.0; u += 0.01)
      {
        double v = lanyard_guilloche_wave (&curves, k, 8, u, &slope);
        double nearby = lanyard_guilloche_wave (&curves, k, 8, u + 1e-6, &(double){ 0.0 });

        g_assert_cmpfloat (fabs (v), <=, 1.0);
        g_assert_cmpfloat_with_epsilon ((nearby - v) / 1e-6, slope, 0.01);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/badge/code128/read-back", test_read_back);
  g_test_add_func ("/badge/code128/shortest", test_shortest);
  g_test_add_func ("/badge/code128/refused", test_refused);
  g_test_add_func ("/badge/guilloche/numbers", test_guilloche_numbers);
  return g_test_run ();
}
