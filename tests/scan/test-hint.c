/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-hint.h"

#include <string.h>

#include "scene-pictures.h"

#define WIDTH 640
#define HEIGHT 360
#define FRAME_US (G_USEC_PER_SEC / 30)

/* A code that is held well and cannot be read all the same. */
static const LanyardHintSight fine = { .open = TRUE,
                                       .brightest = 200,
                                       .located = TRUE,
                                       .module_px = 5,
                                       .least_px = 2.2,
                                       .symbol_share = 0.4,
                                       .sharpness = 0.8 };

static void
test_judge (void)
{
  LanyardHintSight sight = fine;

  g_assert_cmpint (lanyard_hint_judge (&sight), ==, LANYARD_HINT_NONE);
  sight.module_px = 1.6;
  g_assert_cmpint (lanyard_hint_judge (&sight), ==, LANYARD_HINT_CLOSER);
  sight.glare_share = 0.2;
  g_assert_cmpint (lanyard_hint_judge (&sight), ==, LANYARD_HINT_LESS_GLARE);
  sight.brightest = 30;
  g_assert_cmpint (lanyard_hint_judge (&sight), ==, LANYARD_HINT_MORE_LIGHT);
  sight.read = TRUE;
  g_assert_cmpint (lanyard_hint_judge (&sight), ==, LANYARD_HINT_NONE);
  sight = fine;
  sight.speed_px = 12;
  g_assert_cmpint (lanyard_hint_judge (&sight), ==, LANYARD_HINT_HOLD_STILL);
  sight = fine;
  sight.symbol_share = 1;
  g_assert_cmpint (lanyard_hint_judge (&sight), ==, LANYARD_HINT_FARTHER);
  sight = fine;
  sight.sharpness = 0.2;
  g_assert_cmpint (lanyard_hint_judge (&sight), ==, LANYARD_HINT_HOLD_STILL);
  sight.symbol_share = 0.8;
  g_assert_cmpint (lanyard_hint_judge (&sight), ==, LANYARD_HINT_FARTHER);
  /* a zone fills the picture from side to side, and its characters are not large for that */
  sight.module_px = 14;
  sight.least_px = 12;
  g_assert_cmpint (lanyard_hint_judge (&sight), ==, LANYARD_HINT_HOLD_STILL);
  sight.module_px = 9;
  g_assert_cmpint (lanyard_hint_judge (&sight), ==, LANYARD_HINT_CLOSER);
  /* people who walk by hold nothing up */
  sight = (LanyardHintSight){ .open = TRUE, .brightest = 200, .moving_share = 0.8 };
  g_assert_cmpint (lanyard_hint_judge (&sight), ==, LANYARD_HINT_NONE);
}

static Picture *
blur (const Picture *picture, int radius)
{
  Picture *soft = picture_new (picture->width, picture->height);

  for (int y = radius; y + radius < (int)picture->height; y++)
    for (int x = radius; x + radius < (int)picture->width; x++)
      {
        guint sum = 0;

        for (int dy = -radius; dy <= radius; dy++)
          for (int dx = -radius; dx <= radius; dx++)
            sum += picture->pixels[(y + dy) * (int)picture->width + x + dx];
        soft->pixels[y * (int)picture->width + x]
            = sum / (guint)((2 * radius + 1) * (2 * radius + 1));
      }
  return soft;
}

static LanyardHint
judge_picture (const Picture *picture, double side)
{
  LanyardPlane plane = { picture->pixels, WIDTH, HEIGHT, WIDTH };
  LanyardSuspect suspect
      = { LANYARD_SYMBOLOGY_QR,
          { { 100, 60 }, { 100 + side, 60 }, { 100 + side, 60 + side }, { 100, 60 + side } },
          side / 25,
          2.2 };
  LanyardHintSight sight = { .open = TRUE };

  lanyard_hint_measure_light (&sight, &plane);
  lanyard_hint_measure_suspect (&sight, &plane, &suspect, 0);
  return lanyard_hint_judge (&sight);
}

/* What is measured in pictures is what people would be told of them. */
static void
test_measure (void)
{
  g_autoptr (Picture) sharp = scene_new (SCENE_GRADIENTS, 5, WIDTH, HEIGHT);
  g_autoptr (Picture) soft = NULL;
  g_autoptr (Picture) glare = picture_new (WIDTH, HEIGHT);
  g_autoptr (Picture) dark = picture_new (WIDTH, HEIGHT);
  double side;

  picture_fill (sharp, 80, 40, 170, 170, 230);
  side = picture_draw_qr (sharp, 100, 60, 5, "K0471-000123W QR", 16);
  scene_add_noise (sharp, 3, 1);
  g_assert_cmpint (judge_picture (sharp, side), ==, LANYARD_HINT_NONE);
  soft = blur (sharp, 5);
  g_assert_cmpint (judge_picture (soft, side), ==, LANYARD_HINT_HOLD_STILL);
  memcpy (glare->pixels, sharp->pixels, (gsize)WIDTH * HEIGHT);
  picture_fill (glare, 110, 80, 80, 60, 255);
  g_assert_cmpint (judge_picture (glare, side), ==, LANYARD_HINT_LESS_GLARE);
  memcpy (dark->pixels, sharp->pixels, (gsize)WIDTH * HEIGHT);
  scene_add_gain (dark, 0.15);
  g_assert_cmpint (judge_picture (dark, side), ==, LANYARD_HINT_MORE_LIGHT);
}

/* A code on a screen that is white as white can be glares nowhere. */
static void
test_white_is_no_glare (void)
{
  g_autoptr (Picture) screen = picture_new (WIDTH, HEIGHT);
  double side = picture_draw_qr (screen, 100, 60, 5, "K0471-000123W QR", 16);

  g_assert_cmpint (judge_picture (screen, side), ==, LANYARD_HINT_NONE);
}

/* Between two lines of a zone there is nothing but paper; a lamp over some of its print is glare.
 */
static void
test_lines_are_no_glare (void)
{
  g_autoptr (Picture) page = picture_new (WIDTH, HEIGHT);
  LanyardPlane plane = { page->pixels, WIDTH, HEIGHT, WIDTH };
  LanyardSuspect suspect = {
    LANYARD_SYMBOLOGY_MRZ, { { 100, 60 }, { 540, 60 }, { 540, 96 }, { 100, 96 } }, 10, 12, 1
  };
  LanyardHintSight sight = { 0 };

  for (guint i = 0; i < 44; i++)
    {
      picture_fill (page, 102 + 10 * i, 61, 6, 10, 20);
      picture_fill (page, 102 + 10 * i, 85, 6, 10, 20);
    }
  lanyard_hint_measure_suspect (&sight, &plane, &suspect, 0);
  g_assert_cmpfloat (sight.glare_share, ==, 0);
  picture_fill (page, 180, 58, 140, 20, 255);
  lanyard_hint_measure_suspect (&sight, &plane, &suspect, 0);
  g_assert_cmpfloat (sight.glare_share, >=, 0.08);
}

/* Returns: how many times another hint was shown */
static guint
see (LanyardHinter *hinter, gint64 *at_us, const LanyardHintSight *sight, guint n_frames)
{
  guint n = 0;

  for (guint i = 0; i < n_frames; i++)
    {
      LanyardHintSight now = *sight;

      now.at_us = *at_us += FRAME_US;
      n += lanyard_hinter_add (hinter, &now);
    }
  return n;
}

static void
test_slow_enough (void)
{
  LanyardHinter hinter = { 0 };
  LanyardHintSight far = fine, fast = fine, nothing = { .open = TRUE, .brightest = 200 };
  LanyardHintSight read = fine;
  gint64 at_us = 5 * G_USEC_PER_SEC;

  far.module_px = 1.5;
  fast.speed_px = 20;
  read.read = TRUE;
  /* not for a moment */
  g_assert_cmpuint (see (&hinter, &at_us, &far, 10), ==, 0);
  g_assert_cmpuint (see (&hinter, &at_us, &far, 12), ==, 1);
  g_assert_cmpint (hinter.shown, ==, LANYARD_HINT_CLOSER);
  /* does not change from frame to frame */
  for (guint i = 0; i < 30; i++)
    g_assert_cmpuint (see (&hinter, &at_us, i % 2 ? &far : &fast, 1), ==, 0);
  /* stays when the symbol is not located in some frames */
  for (guint i = 0; i < 60; i++)
    g_assert_cmpuint (see (&hinter, &at_us, i % 8 == 0 ? &far : &nothing, 1), ==, 0);
  /* another one, after a while */
  g_assert_cmpuint (see (&hinter, &at_us, &fast, 60), ==, 1);
  g_assert_cmpint (hinter.shown, ==, LANYARD_HINT_HOLD_STILL);
  /* gone at once when it is read */
  g_assert_cmpuint (see (&hinter, &at_us, &read, 1), ==, 1);
  g_assert_cmpint (hinter.shown, ==, LANYARD_HINT_NONE);
  /* gone after a while when nobody is there any more */
  see (&hinter, &at_us, &fast, 30);
  g_assert_cmpint (hinter.shown, ==, LANYARD_HINT_HOLD_STILL);
  g_assert_cmpuint (see (&hinter, &at_us, &nothing, 90), ==, 1);
  g_assert_cmpint (hinter.shown, ==, LANYARD_HINT_NONE);
}

static void
test_names (void)
{
  g_assert_cmpstr (lanyard_hint_to_string (LANYARD_HINT_NONE), ==, "none");
  g_assert_cmpstr (lanyard_hint_to_string (LANYARD_HINT_MORE_LIGHT), ==, "more-light");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hint/judge", test_judge);
  g_test_add_func ("/hint/measure", test_measure);
  g_test_add_func ("/hint/white-is-no-glare", test_white_is_no_glare);
  g_test_add_func ("/hint/lines-are-no-glare", test_lines_are_no_glare);
  g_test_add_func ("/hint/slow-enough", test_slow_enough);
  g_test_add_func ("/hint/names", test_names);
  return g_test_run ();
}
