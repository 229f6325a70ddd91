/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-zxing.h"

#include <math.h>
#include <string.h>

#include "lanyard-reader.h"
#include "zxing-pictures.h"

#define BOTH                                                                                       \
  (LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_PDF417)                                                \
   | LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_DATA_MATRIX))

/* What a call handed on, kept beyond it. */
typedef struct
{
  guint n;
  LanyardSymbology symbology;
  GByteArray *data; /* owned */
  LanyardPoint corners[4];
} Seen;

static void
seen_clear (Seen *seen)
{
  g_clear_pointer (&seen->data, g_byte_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seen, seen_clear)

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  Seen *seen = user_data;

  seen->n++;
  seen->symbology = found->symbology;
  g_clear_pointer (&seen->data, g_byte_array_unref);
  seen->data = g_byte_array_new ();
  g_byte_array_append (seen->data, found->data, found->n_bytes);
  memcpy (seen->corners, found->corners, sizeof seen->corners);
}

static void
read_picture (const Picture *picture,
              LanyardSymbologies formats,
              LanyardZxingEffort effort,
              guint max_symbols,
              Seen *seen)
{
  g_autoptr (LanyardFrame) frame = picture_to_frame (picture, 7);
  LanyardPlane plane = lanyard_plane_of_frame (frame);

  lanyard_zxing_read (&plane, formats, effort, max_symbols, on_found, seen);
}

static void
assert_read (const Seen *seen, LanyardSymbology symbology, const char *latin1)
{
  g_assert_cmpuint (seen->n, ==, 1);
  g_assert_cmpint (seen->symbology, ==, symbology);
  g_assert_cmpmem (seen->data->data, seen->data->len, latin1, strlen (latin1));
}

static void
assert_near (LanyardPoint point, double x, double y, double tolerance)
{
  g_assert_cmpfloat (fabs (point.x - x), <=, tolerance);
  g_assert_cmpfloat (fabs (point.y - y), <=, tolerance);
}

/* libzxing sees a Data Matrix only where it lies on a line through the middle of the plane, so here
 * it does. The bytes of another character set must come out as they went in: the document's parser
 * decides what they mean. */
static void
test_bytes (void)
{
  static const LanyardSymbology symbologies[]
      = { LANYARD_SYMBOLOGY_PDF417, LANYARD_SYMBOLOGY_DATA_MATRIX };
  static const char *const texts[] = { "A made-up text 0123456789", "M\xfcller \xe9\xe8 made up",
                                       "@\n\x1e\rANSI 636000", "A-1234" };

  for (guint i = 0; i < G_N_ELEMENTS (symbologies); i++)
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
      {
        g_autoptr (Picture) picture = picture_new (480, 200);
        g_auto (Seen) seen = { 0 };

        picture_draw_symbol (picture, symbologies[i] == LANYARD_SYMBOLOGY_PDF417 ? 60 : 225, 85, 3,
                             symbologies[i], texts[j]);
        read_picture (picture, BOTH, LANYARD_ZXING_EFFORT_THOROUGH, 1, &seen);
        assert_read (&seen, symbologies[i], texts[j]);
      }
}

/* What shelves pass for; a Data Matrix symbol of that size is no chance. */
static void
test_short (void)
{
  g_autoptr (Picture) picture = picture_new (480, 200);
  g_autoptr (Picture) other = picture_new (480, 200);
  g_auto (Seen) stack = { 0 };
  g_auto (Seen) matrix = { 0 };

  picture_draw_symbol (picture, 60, 85, 3, LANYARD_SYMBOLOGY_PDF417, "A-123");
  read_picture (picture, BOTH, LANYARD_ZXING_EFFORT_THOROUGH, 1, &stack);
  g_assert_cmpuint (stack.n, ==, 0);
  picture_draw_symbol (other, 225, 85, 3, LANYARD_SYMBOLOGY_DATA_MATRIX, "1");
  read_picture (other, BOTH, LANYARD_ZXING_EFFORT_THOROUGH, 1, &matrix);
  assert_read (&matrix, LANYARD_SYMBOLOGY_DATA_MATRIX, "1");
}

/* Corners turn with the symbol: the first stays its own top left. */
static void
test_corners (void)
{
  static const LanyardSymbology symbologies[]
      = { LANYARD_SYMBOLOGY_PDF417, LANYARD_SYMBOLOGY_DATA_MATRIX };

  for (guint i = 0; i < G_N_ELEMENTS (symbologies); i++)
    for (guint quarter = 0; quarter < 4; quarter++)
      {
        g_autoptr (Picture) picture = picture_new (601, 601);
        g_autoptr (Picture) turned = NULL;
        g_auto (Seen) seen = { 0 };
        LanyardPoint end
            = picture_draw_symbol (picture, 100, 270, 4, symbologies[i], "Which way up?");
        const LanyardPoint upright[4] = { { 100, 270 }, { end.x, 270 }, end, { 100, end.y } };

        turned = picture_turn (picture, 90.0 * quarter);
        read_picture (turned, BOTH, LANYARD_ZXING_EFFORT_THOROUGH, 1, &seen);
        assert_read (&seen, symbologies[i], "Which way up?");
        for (guint c = 0; c < 4; c++)
          {
            double angle = quarter * G_PI_2, x = upright[c].x - 300.5, y = upright[c].y - 300.5;

            assert_near (seen.corners[c], 300.5 + x * cos (angle) - y * sin (angle),
                         300.5 + x * sin (angle) + y * cos (angle), 8);
          }
      }
}

static void
test_formats (void)
{
  g_autoptr (Picture) picture = picture_new (640, 400);
  g_auto (Seen) other = { 0 };
  g_auto (Seen) none = { 0 };
  g_auto (Seen) unknown = { 0 };

  picture_draw_symbol (picture, 60, 50, 3, LANYARD_SYMBOLOGY_PDF417, "not asked for");
  read_picture (picture, LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_DATA_MATRIX),
                LANYARD_ZXING_EFFORT_THOROUGH, 1, &other);
  g_assert_cmpuint (other.n, ==, 0);
  read_picture (picture, 0, LANYARD_ZXING_EFFORT_THOROUGH, 1, &none);
  g_assert_cmpuint (none.n, ==, 0);
  read_picture (picture, LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_MRZ),
                LANYARD_ZXING_EFFORT_THOROUGH, 1, &unknown);
  g_assert_cmpuint (unknown.n, ==, 0);
}

static void
test_many (void)
{
  g_autoptr (Picture) picture = picture_new (700, 500);
  g_auto (Seen) one = { 0 };
  g_auto (Seen) all = { 0 };

  picture_draw_symbol (picture, 30, 30, 2, LANYARD_SYMBOLOGY_PDF417, "the first");
  picture_draw_symbol (picture, 300, 200, 2, LANYARD_SYMBOLOGY_PDF417, "second");
  read_picture (picture, BOTH, LANYARD_ZXING_EFFORT_THOROUGH, 1, &one);
  g_assert_cmpuint (one.n, ==, 1);
  read_picture (picture, BOTH, LANYARD_ZXING_EFFORT_THOROUGH, 10, &all);
  g_assert_cmpuint (all.n, ==, 2);
}

/* Every size from one pixel on, black, white and noise: nothing found and no byte read outside. */
static void
test_small_planes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);

  for (guint side = 0; side < 400; side++)
    {
      guint width = 1 + side % 20, height = 1 + side / 20;
      g_autofree guint8 *pixels = g_malloc (width * height);
      LanyardPlane plane = { pixels, width, height, width };
      g_auto (Seen) seen = { 0 };

      for (guint i = 0; i < width * height; i++)
        pixels[i] = side % 3 == 0 ? 0 : side % 3 == 1 ? 255 : g_rand_int_range (rand, 0, 256);
      lanyard_zxing_read (&plane, LANYARD_SYMBOLOGIES_ALL, LANYARD_ZXING_EFFORT_THOROUGH, 1,
                          on_found, &seen);
      g_assert_cmpuint (seen.n, ==, 0);
    }
}

/* Licences have their control number as a linear code beside the symbol, and that is read first. */
static void
test_beside_linear (void)
{
  static const char licence[] = "@\n\x1e\rANSI 636000100101DL00310278DLDAQT64235789\nDCSSAMPLE\n";
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (Picture) picture = picture_new (900, 500);
  g_autoptr (LanyardFrame) frame = NULL;
  g_autoptr (GPtrArray) scans = NULL;
  const LanyardScan *scan;

  picture_draw_code128 (picture, 60, 40, 2, "CN26A0000017");
  picture_draw_symbol (picture, 80, 200, 2, LANYARD_SYMBOLOGY_PDF417, licence);
  frame = picture_to_frame (picture, 0);
  scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  g_assert_cmpuint (scans->len, ==, 2);
  scan = g_ptr_array_index (scans, 0);
  g_assert_cmpint (scan->symbology, ==, LANYARD_SYMBOLOGY_CODE128);
  scan = g_ptr_array_index (scans, 1);
  g_assert_cmpint (scan->symbology, ==, LANYARD_SYMBOLOGY_PDF417);
  g_assert_cmpmem (g_bytes_get_data (scan->data, NULL), g_bytes_get_size (scan->data), licence,
                   strlen (licence));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/zxing/short", test_short);
  g_test_add_func ("/scan/zxing/bytes", test_bytes);
  g_test_add_func ("/scan/zxing/corners", test_corners);
  g_test_add_func ("/scan/zxing/formats", test_formats);
  g_test_add_func ("/scan/zxing/many", test_many);
  g_test_add_func ("/scan/zxing/small-planes", test_small_planes);
  g_test_add_func ("/scan/zxing/beside-linear", test_beside_linear);
  return g_test_run ();
}
