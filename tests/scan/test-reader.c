/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-reader.h"

#include <math.h>
#include <string.h>

#include "code-pictures.h"
#include "line-pictures.h"
#include "qr-pictures.h"

static GPtrArray *
read_picture (const Picture *picture, guint extra_stride)
{
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (LanyardFrame) frame = picture_to_frame (picture, extra_stride);

  frame->at_us = 4711;
  return lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
}

static const LanyardScan *
only_scan (GPtrArray *scans, LanyardSymbology symbology, const void *data, gsize n_bytes)
{
  const LanyardScan *scan;
  gsize found_bytes;
  const guint8 *found;

  g_assert_cmpuint (scans->len, ==, 1);
  scan = g_ptr_array_index (scans, 0);
  found = g_bytes_get_data (scan->data, &found_bytes);
  g_assert_cmpmem (found, found_bytes, data, n_bytes);
  g_assert_cmpint (scan->symbology, ==, symbology);
  g_assert_cmpint (scan->source, ==, LANYARD_SCAN_SOURCE_IMAGE);
  g_assert_cmpint (scan->at_us, ==, 4711);
  g_assert_cmpint (scan->took_us, >=, 0);
  return scan;
}

static void
assert_near (LanyardPoint point, double x, double y, double tolerance)
{
  g_assert_cmpfloat (fabs (point.x - x), <=, tolerance);
  g_assert_cmpfloat (fabs (point.y - y), <=, tolerance);
}

static void
test_text (void)
{
  static const char text[] = "LY1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2FBBRW1*70HS8WY0";
  g_autoptr (Picture) picture = picture_new (400, 300);
  guint side = picture_draw_qr (picture, 60, 50, 4, text, sizeof text - 1);
  g_autoptr (GPtrArray) scans = read_picture (picture, 0);
  const LanyardScan *scan = only_scan (scans, LANYARD_SYMBOLOGY_QR, text, sizeof text - 1);
  g_autofree char *as_text = lanyard_scan_dup_text (scan);

  g_assert_cmpstr (as_text, ==, text);
  assert_near (scan->corners[0], 60, 50, 4);
  assert_near (scan->corners[1], 60 + side, 50, 4);
  assert_near (scan->corners[2], 60 + side, 50 + side, 4);
  assert_near (scan->corners[3], 60, 50 + side, 4);
}

/* Bytes that are no text, text in another character set, and text whose set ZBar would guess wrong:
 * all come out as they went in. */
static void
test_exact_bytes (void)
{
  static const struct
  {
    const char *data;
    gsize n_bytes;
  } cases[] = {
    { "\x00\x01\x02\xff\xfe\x80\x00", 7 },                  /* binary with NUL at both ends */
    { "\xd2\x84\x43\xa1\x01\x27\xa0\x58\x20\x8f\x9d", 11 }, /* starts as a COSE_Sign1 does */
    { "Zo\xc3\xab \xe6\x97\xa5\xe6\x9c\xac", 11 },          /* UTF-8 */
    { "M\xfcller", 6 },                                     /* Latin-1 */
    { "\x93\xfa\x96\x7b\x8c\xea", 6 },                      /* Shift-JIS */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Picture) picture = picture_new (240, 240);
      g_autoptr (GPtrArray) scans = NULL;

      picture_draw_qr (picture, 40, 40, 5, cases[i].data, cases[i].n_bytes);
      scans = read_picture (picture, 0);
      only_scan (scans, LANYARD_SYMBOLOGY_QR, cases[i].data, cases[i].n_bytes);
    }
}

static void
test_every_byte (void)
{
  guint8 all[256];
  g_autoptr (Picture) picture = picture_new (420, 420);
  g_autoptr (GPtrArray) scans = NULL;

  for (guint i = 0; i < sizeof all; i++)
    all[i] = i;
  picture_draw_qr (picture, 40, 40, 4, all, sizeof all);
  scans = read_picture (picture, 0);
  only_scan (scans, LANYARD_SYMBOLOGY_QR, all, sizeof all);
}

static void
test_turned (void)
{
  static const double turns[] = { 30, 45, 90, 135, 180, 200, 270, 340 };
  static const char text[] = "K0471-000123W";

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      g_autoptr (Picture) straight = picture_new (400, 400);
      guint side = picture_draw_qr (straight, 137, 137, 6, text, sizeof text - 1);
      g_autoptr (Picture) turned = picture_turn (straight, turns[i]);
      g_autoptr (GPtrArray) scans = read_picture (turned, 0);
      const LanyardScan *scan = only_scan (scans, LANYARD_SYMBOLOGY_QR, text, sizeof text - 1);
      double corner = 137 - 199.5, end = 137 + side - 199.5;
      double sine = sin (turns[i] * G_PI / 180), cosine = cos (turns[i] * G_PI / 180);

      /* The symbol's own top left comes first wherever it is in the picture, then clockwise. */
      assert_near (scan->corners[0], cosine * corner - sine * corner + 199.5,
                   sine * corner + cosine * corner + 199.5, 8);
      assert_near (scan->corners[1], cosine * end - sine * corner + 199.5,
                   sine * end + cosine * corner + 199.5, 8);
    }
}

static void
test_two_codes (void)
{
  g_autoptr (Picture) picture = picture_new (600, 300);
  g_autoptr (GPtrArray) scans = NULL;
  gboolean first = FALSE, second = FALSE;

  picture_draw_qr (picture, 40, 40, 5, "first code", 10);
  picture_draw_qr (picture, 320, 80, 5, "second code", 11);
  scans = read_picture (picture, 3);
  g_assert_cmpuint (scans->len, ==, 2);
  for (guint i = 0; i < scans->len; i++)
    {
      g_autofree char *text = lanyard_scan_dup_text (g_ptr_array_index (scans, i));

      first = first || g_str_equal (text, "first code");
      second = second || g_str_equal (text, "second code");
    }
  g_assert_true (first && second);
}

static void
test_same_content_once (void)
{
  g_autoptr (Picture) picture = picture_new (600, 300);
  g_autoptr (GPtrArray) scans = NULL;

  picture_draw_qr (picture, 40, 40, 5, "the same", 8);
  picture_draw_qr (picture, 320, 80, 5, "the same", 8);
  scans = read_picture (picture, 0);
  only_scan (scans, LANYARD_SYMBOLOGY_QR, "the same", 8);
}

static void
test_code128 (void)
{
  g_autoptr (Picture) picture = picture_new (500, 160);
  g_autoptr (GPtrArray) scans = NULL;
  const LanyardScan *scan;

  picture_draw_code128 (picture, 40, 60, 2, "31A0004711K");
  scans = read_picture (picture, 12);
  scan = only_scan (scans, LANYARD_SYMBOLOGY_CODE128, "31A0004711K", 11);
  g_assert_cmpfloat (scan->corners[0].x, <, scan->corners[1].x);
  g_assert_cmpfloat (scan->corners[0].y, <, scan->corners[3].y);
  assert_near (scan->corners[0], 40, 60, 12);
  assert_near (scan->corners[2], 40 + 2 * (11 * 13 + 13), 100, 12);
}

/* Two letters are what a fence says as well. */
static void
test_short_linear (void)
{
  g_autoptr (Picture) picture = picture_new (500, 160);
  g_autoptr (GPtrArray) scans = NULL;

  picture_draw_code128 (picture, 40, 60, 2, "AB");
  scans = read_picture (picture, 0);
  g_assert_cmpuint (scans->len, ==, 0);
}

static void
test_nothing (void)
{
  static const guint sides[][2] = { { 1, 1 }, { 1, 400 }, { 400, 1 }, { 3, 2 }, { 640, 480 } };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    for (guint stride = 0; stride < 10; stride += 9)
      {
        g_autoptr (Picture) picture = picture_new (sides[i][0], sides[i][1]);
        g_autoptr (GPtrArray) scans = read_picture (picture, stride);

        g_assert_cmpuint (scans->len, ==, 0);
      }
}

static void
test_noise (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20310718);
  g_autoptr (Picture) picture = picture_new (320, 240);
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);

  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (LanyardFrame) frame = NULL;
      g_autoptr (GPtrArray) scans = NULL;

      for (guint i = 0; i < picture->width * picture->height; i++)
        picture->pixels[i] = g_rand_int (random) >> (round % 24);
      frame = picture_to_frame (picture, round);
      scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
      g_assert_cmpuint (scans->len, ==, 0);
    }
}

/* What a pack does not ask for is not reported, and steps that look for nothing else cost nothing.
 */
static void
test_left_out (void)
{
  g_autofree char *widths = line_ean13 ("4006381333931");
  const LineLook look = { .module_px = 3, .height_px = 120, .dark = 30 };
  g_autoptr (Picture) picture = line_picture (widths, &look, 480, 320);
  g_autoptr (LanyardFrame) frame = picture_to_frame (picture, 0);
  static const LanyardSymbologies sets[]
      = { LANYARD_SYMBOLOGIES_ALL,
          LANYARD_SYMBOLOGIES_ALL & ~LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_EAN13),
          LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_QR) };
  guint n_begun = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autoptr (LanyardReader) reader = lanyard_reader_new (sets[i]);
      g_autoptr (GPtrArray) scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_CAMERA);
      guint n_steps;
      const LanyardCascadeTrace *trace = lanyard_reader_get_trace (reader, &n_steps);

      g_assert_cmpuint (scans->len, ==, i == 0 ? 1 : 0);
      for (guint k = 0; k < n_steps; k++)
        if (g_str_has_prefix (trace[k].name, "line") || g_str_has_prefix (trace[k].name, "mrz")
            || g_str_has_prefix (trace[k].name, "matrix"))
          {
            g_assert_true (i < 2 || (!trace[k].begun && trace[k].work == 0));
            n_begun += trace[k].begun;
          }
    }
  g_assert_cmpuint (n_begun, >, 0);
}

/* Printed on black, nothing of paper left around it: what a camera's frames are given to do is
 * enough. */
static void
test_edge_to_edge (void)
{
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  guint n_read = 0, n_open = 0;

  for (guint i = 0; i < 8; i++)
    {
      const QrScene scene
          = { .level = 1, .module_px = 2 + i % 3, .turn = 17.0 * i, .no_quiet_zone = TRUE };
      g_autoptr (Picture) picture = qr_scene_draw (&scene, "LY1:EDGE TO EDGE", NULL, NULL, NULL);
      g_autoptr (LanyardFrame) frame = picture_to_frame (picture, 0);
      g_autoptr (GPtrArray) scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_CAMERA);
      guint n_steps;
      const LanyardCascadeTrace *trace = lanyard_reader_get_trace (reader, &n_steps);

      n_read += scans->len;
      for (guint k = 0; k < n_steps; k++)
        n_open += g_str_equal (trace[k].name, "qr-open") && trace[k].n_found > 0;
    }
  g_assert_cmpuint (n_read, ==, 8);
  g_assert_cmpuint (n_open, ==, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader/text", test_text);
  g_test_add_func ("/reader/exact-bytes", test_exact_bytes);
  g_test_add_func ("/reader/every-byte", test_every_byte);
  g_test_add_func ("/reader/turned", test_turned);
  g_test_add_func ("/reader/two-codes", test_two_codes);
  g_test_add_func ("/reader/same-content-once", test_same_content_once);
  g_test_add_func ("/reader/code128", test_code128);
  g_test_add_func ("/reader/short-linear", test_short_linear);
  g_test_add_func ("/reader/nothing", test_nothing);
  g_test_add_func ("/reader/noise", test_noise);
  g_test_add_func ("/reader/edge-to-edge", test_edge_to_edge);
  g_test_add_func ("/reader/left-out", test_left_out);
  return g_test_run ();
}
