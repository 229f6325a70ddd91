/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-matrix-reader.h"

#include <math.h>
#include <string.h>

#include "zxing-pictures.h"

#define BOTH                                                                                       \
  (LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_PDF417)                                                \
   | LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_DATA_MATRIX))

static const char text[] = "A made-up text";

/* What a reading handed on, kept beyond it. */
typedef struct
{
  guint n;
  guint n_right; /* says text */
  LanyardSymbology symbology;
  LanyardPoint corners[4];
  GString *log; /* (nullable): everything, one after the other */
} Seen;

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  Seen *seen = user_data;

  seen->n++;
  seen->n_right
      += found->n_bytes == strlen (text) && memcmp (found->data, text, found->n_bytes) == 0;
  seen->symbology = found->symbology;
  memcpy (seen->corners, found->corners, sizeof seen->corners);
  if (seen->log != NULL)
    {
      g_string_append_len (seen->log, (const char *)found->data, found->n_bytes);
      g_string_append_len (seen->log, (const char *)found->corners, sizeof found->corners);
    }
}

/* @slice: work of one step. Returns: how many steps it took */
static guint
read_picture (const Picture *picture, LanyardMatrixEffort effort, guint64 slice, Seen *seen)
{
  g_autoptr (LanyardMatrixReader) reader = lanyard_matrix_reader_new ();
  g_autoptr (LanyardFrame) frame = picture_to_frame (picture, 5);
  LanyardPlane plane = lanyard_plane_of_frame (frame);
  gboolean done = FALSE;
  guint n = 0;

  lanyard_matrix_reader_begin (reader, &plane, BOTH, effort);
  for (; !done; n++)
    {
      LanyardWork work = { 0, slice };

      done = lanyard_matrix_reader_step (reader, &work, on_found, seen);
      g_assert_true (done || work.spent > 0);
    }
  return n;
}

static void
assert_near (LanyardPoint point, double x, double y, double tolerance)
{
  g_assert_cmpfloat (fabs (point.x - x), <=, tolerance);
  g_assert_cmpfloat (fabs (point.y - y), <=, tolerance);
}

/* libzxing by itself sees a Data Matrix only on the middle row or column. */
static void
test_anywhere (void)
{
  for (guint y = 10; y <= 400; y += 130)
    for (guint x = 10; x <= 560; x += 110)
      {
        g_autoptr (Picture) picture = picture_new (640, 480);
        Seen seen = { 0 };
        LanyardPoint end
            = picture_draw_symbol (picture, x, y, 3, LANYARD_SYMBOLOGY_DATA_MATRIX, text);

        read_picture (picture, LANYARD_MATRIX_QUICK, LANYARD_WORK_UNLIMITED, &seen);
        g_assert_cmpuint (seen.n, ==, 1);
        g_assert_cmpuint (seen.n_right, ==, 1);
        assert_near (seen.corners[0], x - 0.5, y - 0.5, 1.5);
        assert_near (seen.corners[2], end.x - 0.5, end.y - 0.5, 1.5);
      }
}

static void
test_turned (void)
{
  for (guint degrees = 0; degrees < 360; degrees += 15)
    {
      g_autoptr (Picture) picture = picture_new (501, 501);
      g_autoptr (Picture) turned = NULL;
      double angle = degrees * G_PI / 180;
      Seen seen = { 0 };

      picture_draw_symbol (picture, 150, 300, 4, LANYARD_SYMBOLOGY_DATA_MATRIX, text);
      turned = picture_turn (picture, degrees);
      read_picture (turned, LANYARD_MATRIX_QUICK, LANYARD_WORK_UNLIMITED, &seen);

      g_assert_cmpuint (seen.n_right, ==, 1);
      /* The symbol's own top left, wherever it has come to be. */
      assert_near (seen.corners[0], 250 - 100 * cos (angle) - 50 * sin (angle),
                   250 - 100 * sin (angle) + 50 * cos (angle), 3);
    }
}

/* Sizes with one, four, sixteen and thirty-six data regions. */
static void
test_sizes (void)
{
  static const guint lengths[] = { 1, 3, 30, 60, 150, 250, 500, 900, 1200 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (Picture) picture = picture_new (700, 700);
      g_autofree char *long_text = g_strnfill (lengths[i], 'A');
      Seen seen = { 0 };

      for (guint k = 0; k < lengths[i]; k++)
        long_text[k] = (char)('A' + k * 7 % 26);
      picture_draw_symbol (picture, 50, 60, 4, LANYARD_SYMBOLOGY_DATA_MATRIX, long_text);
      seen.log = g_string_new (NULL);
      read_picture (picture, LANYARD_MATRIX_QUICK, LANYARD_WORK_UNLIMITED, &seen);

      g_assert_cmpuint (seen.n, ==, 1);
      g_assert_cmpint (strncmp (seen.log->str, long_text, lengths[i]), ==, 0);
      g_string_free (seen.log, TRUE);
    }
}

static void
test_light_on_dark (void)
{
  g_autoptr (Picture) picture = picture_new (400, 300);
  Seen quick = { 0 }, deep = { 0 };

  picture_draw_symbol (picture, 250, 40, 4, LANYARD_SYMBOLOGY_DATA_MATRIX, text);
  for (guint i = 0; i < picture->width * picture->height; i++)
    picture->pixels[i] = 255 - picture->pixels[i];
  read_picture (picture, LANYARD_MATRIX_QUICK, LANYARD_WORK_UNLIMITED, &quick);
  g_assert_cmpuint (quick.n, ==, 0);
  read_picture (picture, LANYARD_MATRIX_ALL, LANYARD_WORK_UNLIMITED, &deep);
  g_assert_cmpuint (deep.n_right, >=, 1);
}

static void
test_several (void)
{
  g_autoptr (Picture) picture = picture_new (640, 480);
  Seen seen = { 0 };

  for (guint i = 0; i < 4; i++)
    picture_draw_symbol (picture, 40 + 140 * i, 60 + 90 * i, 3, LANYARD_SYMBOLOGY_DATA_MATRIX,
                         text);
  read_picture (picture, LANYARD_MATRIX_QUICK, LANYARD_WORK_UNLIMITED, &seen);
  g_assert_cmpuint (seen.n_right, ==, 4);
}

/* What is read must not depend on how the work is cut. */
static void
test_slices (void)
{
  g_autoptr (Picture) picture = picture_new (640, 480);
  g_autoptr (Picture) turned = NULL;
  g_autofree char *whole = NULL, *cut = NULL;
  Seen at_once = { .log = g_string_new (NULL) }, in_slices = { .log = g_string_new (NULL) };

  picture_draw_symbol (picture, 100, 300, 3, LANYARD_SYMBOLOGY_DATA_MATRIX, text);
  picture_draw_symbol (picture, 300, 100, 4, LANYARD_SYMBOLOGY_DATA_MATRIX, "another");
  picture_draw_symbol (picture, 50, 30, 2, LANYARD_SYMBOLOGY_PDF417, "a third");
  turned = picture_turn (picture, 10);
  read_picture (turned, LANYARD_MATRIX_ALL, LANYARD_WORK_UNLIMITED, &at_once);
  g_assert_cmpuint (read_picture (turned, LANYARD_MATRIX_ALL, 50, &in_slices), >, 5);
  g_assert_cmpuint (at_once.n, >=, 2);
  g_assert_cmpmem (at_once.log->str, at_once.log->len, in_slices.log->str, in_slices.log->len);
  whole = g_string_free (at_once.log, FALSE);
  cut = g_string_free (in_slices.log, FALSE);
}

/* Frames without a symbol: noise, bars, boxes, other codes. */
static void
test_nothing (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4711);
  g_autoptr (Picture) picture = picture_new (320, 240);
  Seen seen = { 0 };

  for (guint i = 0; i < picture->width * picture->height; i++)
    picture->pixels[i] = (guint8)g_rand_int_range (rand, 0, 256);
  read_picture (picture, LANYARD_MATRIX_ALL, LANYARD_WORK_UNLIMITED, &seen);
  for (guint i = 0; i < picture->width * picture->height; i++)
    picture->pixels[i] = (i / 7) % 2 == 0 || (i / 320 / 9) % 2 == 0 ? 30 : 220;
  read_picture (picture, LANYARD_MATRIX_ALL, LANYARD_WORK_UNLIMITED, &seen);
  memset (picture->pixels, 255, picture->width * picture->height);
  picture_draw_qr (picture, 20, 20, 4, "not a matrix of ours", 20);
  read_picture (picture, LANYARD_MATRIX_ALL, LANYARD_WORK_UNLIMITED, &seen);
  g_assert_cmpuint (seen.n, ==, 0);
}

/* One px and few px a side, and rows that are one px high. */
static void
test_small (void)
{
  for (guint side = 1; side < 64; side += 3)
    {
      g_autoptr (Picture) square = picture_new (side, side);
      g_autoptr (Picture) row = picture_new (side * 7, 1);
      g_autoptr (Picture) column = picture_new (1, side * 7);
      Seen seen = { 0 };

      memset (square->pixels, 0, side * side / 2);
      memset (row->pixels, 0, side * 3);
      read_picture (square, LANYARD_MATRIX_ALL, LANYARD_WORK_UNLIMITED, &seen);
      read_picture (row, LANYARD_MATRIX_ALL, LANYARD_WORK_UNLIMITED, &seen);
      read_picture (column, LANYARD_MATRIX_ALL, LANYARD_WORK_UNLIMITED, &seen);
      g_assert_cmpuint (seen.n, ==, 0);
    }
}

/* A scanned page of bars from top to bottom: their outlines are too long to be followed at once. */
static void
test_long_bars (void)
{
  g_autoptr (LanyardMatrixReader) reader = lanyard_matrix_reader_new ();
  g_autoptr (Picture) picture = picture_new (240, 9000);
  LanyardPlane plane = { picture->pixels, picture->width, picture->height, picture->width };
  LanyardWork work = { 0, LANYARD_WORK_UNLIMITED };
  Seen seen = { 0 };

  for (guint x = 4; x < picture->width; x += 8)
    picture_fill (picture, x, 0, 4, picture->height, 20);
  lanyard_matrix_reader_begin (reader, &plane, BOTH, LANYARD_MATRIX_QUICK);
  while (!lanyard_matrix_reader_step (reader, &work, on_found, &seen))
    ;
  g_assert_cmpuint (seen.n, ==, 0);
  g_assert_cmpuint (work.spent, <, 200000);
  g_test_message ("%" G_GUINT64_FORMAT " steps", work.spent);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/matrix-reader/anywhere", test_anywhere);
  g_test_add_func ("/scan/matrix-reader/turned", test_turned);
  g_test_add_func ("/scan/matrix-reader/sizes", test_sizes);
  g_test_add_func ("/scan/matrix-reader/light-on-dark", test_light_on_dark);
  g_test_add_func ("/scan/matrix-reader/several", test_several);
  g_test_add_func ("/scan/matrix-reader/slices", test_slices);
  g_test_add_func ("/scan/matrix-reader/nothing", test_nothing);
  g_test_add_func ("/scan/matrix-reader/small", test_small);
  g_test_add_func ("/scan/matrix-reader/long-bars", test_long_bars);
  return g_test_run ();
}
