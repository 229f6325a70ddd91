/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "lanyard-busy.h"
#include "scene-pictures.h"

static LanyardPlane
plane_of (const Picture *picture)
{
  return (LanyardPlane){ picture->pixels, picture->width, picture->height, picture->width };
}

static void
test_crop_is_cut_to_what_is_there (void)
{
  g_autoptr (Picture) picture = picture_new (20, 10);
  LanyardPlane whole = plane_of (picture);
  LanyardPlane part = lanyard_plane_crop (&whole, 15, -4, 100, 8);
  LanyardPlane none = lanyard_plane_crop (&whole, 50, 50, 5, 5);

  g_assert_true (part.data == picture->pixels + 15);
  g_assert_cmpuint (part.width, ==, 5);
  g_assert_cmpuint (part.height, ==, 4);
  g_assert_cmpuint (part.stride, ==, 20);
  g_assert_true (none.data == picture->pixels + 9 * 20 + 19);
  g_assert_cmpuint (none.width * none.height, ==, 1);
}

static void
test_halve_is_the_mean (void)
{
  static const guint8 px[] = { 0, 4, 8, 99, 8, 9, 12, 99, 77, 77, 77, 77 };
  LanyardPlane plane = { px, 3, 3, 4 };
  g_auto (LanyardPlaneBuffer) buffer = { 0 };

  lanyard_plane_halve (&plane, &buffer);
  g_assert_cmpuint (buffer.at.width, ==, 1);
  g_assert_cmpuint (buffer.at.height, ==, 1);
  g_assert_cmpuint (buffer.at.data[0], ==, 5);
  /* Nothing is left to halve in a single pixel. */
  plane = (LanyardPlane){ px + 2, 1, 1, 4 };
  lanyard_plane_halve (&plane, &buffer);
  g_assert_cmpuint (buffer.at.data[0], ==, 8);
}

/* A slope stays the same slope: pixel centres are where they were. */
static void
test_enlarge_keeps_slopes (gconstpointer data)
{
  guint factor = GPOINTER_TO_UINT (data);
  g_autoptr (Picture) picture = picture_new (24, 12);
  g_auto (LanyardPlaneBuffer) buffer = { 0 };
  LanyardPlane plane = plane_of (picture);

  for (guint y = 0; y < 12; y++)
    for (guint x = 0; x < 24; x++)
      picture->pixels[y * 24 + x] = (guint8)(8 * x + 4 * y);
  if (factor == 0)
    lanyard_plane_double (&plane, &buffer);
  else
    lanyard_plane_enlarge (&plane, factor, &buffer);
  factor = factor == 0 ? 2 : factor;
  g_assert_cmpuint (buffer.at.width, ==, 24 * factor);
  g_assert_cmpuint (buffer.at.height, ==, 12 * factor);
  for (guint y = 2 * factor; y < 10 * factor; y++)
    for (guint x = 2 * factor; x < 22 * factor; x++)
      {
        double expected = 8 * ((x + 0.5) / factor - 0.5) + 4 * ((y + 0.5) / factor - 0.5);

        g_assert_cmpfloat (fabs (buffer.at.data[y * buffer.at.stride + x] - expected), <=, 1.01);
      }
}

/* Even where everything changes from pixel to pixel, nothing leaves the range of a byte. */
static void
test_enlarge_does_not_wrap (void)
{
  g_autoptr (Picture) picture = picture_new (9, 9);
  g_auto (LanyardPlaneBuffer) buffer = { 0 };
  LanyardPlane plane = plane_of (picture);

  for (guint i = 0; i < 81; i++)
    picture->pixels[i] = i % 2 == 0 ? 255 : 0;
  lanyard_plane_enlarge (&plane, 3, &buffer);
  for (guint y = 0; y < 9; y++)
    for (guint x = 0; x < 9; x++)
      g_assert_cmpuint (buffer.at.data[(3 * y + 1) * 27 + 3 * x + 1], ==,
                        picture->pixels[y * 9 + x]);
}

static void
test_busy_finds_the_small_symbol (void)
{
  g_autoptr (Picture) picture = picture_new (640, 480);
  LanyardPlane plane = plane_of (picture);
  LanyardWork work = { 0, LANYARD_WORK_UNLIMITED };
  LanyardBusyBox boxes[LANYARD_BUSY_MAX];
  guint side = picture_draw_qr (picture, 400, 200, 1, "a small one", 11);

  /* A fence and a wall beside it. */
  for (guint i = 0; i < 40; i++)
    picture_fill (picture, 20 + 4 * i, 40, 2, 300, 60);
  scene_add_noise (picture, 3, 7);
  g_assert_cmpuint (lanyard_busy_find (&plane, boxes, &work), ==, 1);
  g_assert_cmpuint (work.spent, >, 0);
  g_assert_cmpuint (boxes[0].x, <=, 400);
  g_assert_cmpuint (boxes[0].y, <=, 200);
  g_assert_cmpuint (boxes[0].x + boxes[0].width, >=, 400 + side);
  g_assert_cmpuint (boxes[0].y + boxes[0].height, >=, 200 + side);
  g_assert_cmpuint (boxes[0].width, <, 3 * side);
}

static void
test_busy_needs_a_block (void)
{
  g_autoptr (Picture) picture = picture_new (7, 300);
  LanyardPlane plane = plane_of (picture);
  LanyardWork work = { 0, LANYARD_WORK_UNLIMITED };
  LanyardBusyBox boxes[LANYARD_BUSY_MAX];

  g_assert_cmpuint (lanyard_busy_find (&plane, boxes, &work), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/plane/crop", test_crop_is_cut_to_what_is_there);
  g_test_add_func ("/scan/plane/halve", test_halve_is_the_mean);
  g_test_add_data_func ("/scan/plane/double", GUINT_TO_POINTER (0), test_enlarge_keeps_slopes);
  g_test_add_data_func ("/scan/plane/enlarge-2", GUINT_TO_POINTER (2), test_enlarge_keeps_slopes);
  g_test_add_data_func ("/scan/plane/enlarge-3", GUINT_TO_POINTER (3), test_enlarge_keeps_slopes);
  g_test_add_data_func ("/scan/plane/enlarge-4", GUINT_TO_POINTER (4), test_enlarge_keeps_slopes);
  g_test_add_func ("/scan/plane/enlarge-range", test_enlarge_does_not_wrap);
  g_test_add_func ("/scan/busy/small-symbol", test_busy_finds_the_small_symbol);
  g_test_add_func ("/scan/busy/no-block", test_busy_needs_a_block);
  return g_test_run ();
}
