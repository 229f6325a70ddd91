/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a badge shows a face that nobody can know, or somebody with dark or light skin is
 * told that their picture is bad. The people are drawn here, and are nobody. */

#include "lanyard-picture-check.h"

#include <math.h>
#include <string.h>

#define WIDTH 360
#define HEIGHT 480

typedef struct
{
  double skin;   /* grey, 0 to 255, in good light */
  double hair;   /* the same */
  double light;  /* times */
  guint blur;    /* px of radius, box, twice */
  guint noise;   /* grey, at most */
  double size;   /* of the person; 0: 1, which fills the oval */
  gboolean busy; /* there are stripes behind them */
} Portrait;

static gboolean
is_within (double x, double y, double cx, double cy, double rx, double ry)
{
  return (x - cx) * (x - cx) / (rx * rx) + (y - cy) * (y - cy) / (ry * ry) <= 1;
}

/* A head with hair, eyes, brows, nose, mouth and shoulders, shaded from one side. */
static double
get_grey (const Portrait *portrait, double x, double y)
{
  double shade = 1 - 0.25 * (x / WIDTH - 0.5);
  double size = portrait->size > 0 ? portrait->size : 1;
  double behind = portrait->busy && fmod (x, 24) < 12 ? 130 : 190;

  x = (x - WIDTH / 2.0) / size + WIDTH / 2.0;
  y = (y - HEIGHT / 2.0) / size + HEIGHT / 2.0;

  for (int side = -1; side <= 1; side += 2)
    {
      double eye = WIDTH / 2.0 + side * 42;

      if (is_within (x, y, eye, 222, 7, 7))
        return portrait->skin * 0.15;
      if (is_within (x, y, eye, 222, 18, 9))
        return MIN (portrait->skin + 70, 235);
      if (is_within (x, y, eye, 200, 24, 4))
        return portrait->hair;
    }
  if (is_within (x, y, WIDTH / 2.0, 306, 34, 8))
    return portrait->skin * 0.62;
  if (fabs (x - WIDTH / 2.0) < 3 && y > 226 && y < 268)
    return portrait->skin * 0.8;
  if (is_within (x, y, WIDTH / 2.0, 240, 92, 124) && y > 158)
    return portrait->skin * shade;
  if (is_within (x, y, WIDTH / 2.0, 216, 112, 136))
    return portrait->hair;
  if (is_within (x, y, WIDTH / 2.0, 480, 160, 104))
    return 70;
  return behind;
}

static void
blur_rows (guint8 *pixels, guint radius, guint step, guint n, guint n_lines, guint line_step)
{
  g_autofree guint8 *line = g_malloc (n);

  for (guint l = 0; l < n_lines; l++)
    {
      guint8 *at = pixels + (gsize)l * line_step;

      for (guint i = 0; i < n; i++)
        line[i] = at[(gsize)i * step];
      for (guint i = 0; i < n; i++)
        {
          guint from = i > radius ? i - radius : 0, to = MIN (i + radius, n - 1), sum = 0;

          for (guint k = from; k <= to; k++)
            sum += line[k];
          at[(gsize)i * step] = (guint8)(sum / (to - from + 1));
        }
    }
}

static guint8 *
draw (const Portrait *portrait)
{
  guint8 *pixels = g_malloc (WIDTH * HEIGHT);
  guint32 seed = 2033;

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      {
        double grey = 0;

        for (guint s = 0; s < 4; s++)
          grey += get_grey (portrait, x + 0.25 + 0.5 * (s % 2), y + 0.25 + 0.5 * (s / 2)) / 4;
        pixels[y * WIDTH + x] = (guint8)CLAMP (grey * portrait->light, 0, 255);
      }
  for (guint i = 0; i < 2 && portrait->blur > 0; i++)
    {
      blur_rows (pixels, portrait->blur, 1, WIDTH, HEIGHT, WIDTH);
      blur_rows (pixels, portrait->blur, WIDTH, HEIGHT, WIDTH, 1);
    }
  for (guint i = 0; i < WIDTH * HEIGHT && portrait->noise > 0; i++)
    {
      seed = seed * 1664525 + 1013904223;
      pixels[i] = (guint8)CLAMP ((int)pixels[i] + (int)(seed >> 16) % (int)(2 * portrait->noise + 1)
                                     - (int)portrait->noise,
                                 0, 255);
    }
  return pixels;
}

static LanyardPictureCheck
check (const Portrait *portrait)
{
  g_autofree guint8 *pixels = draw (portrait);
  LanyardPlane plane = { pixels, WIDTH, HEIGHT, WIDTH };
  LanyardPictureCheck found = lanyard_picture_check (&plane);

  g_test_message (
      "skin %.0f hair %.0f light %.2f blur %u noise %u: mean %.1f dark %.3f bright %.3f "
      "sharpness %.4f head %.3f size %.2f",
      portrait->skin, portrait->hair, portrait->light, portrait->blur, portrait->noise, found.mean,
      found.dark_share, found.bright_share, found.sharpness, found.head_share, portrait->size);
  return found;
}

static void
assert_flaw (Portrait portrait, LanyardPictureFlaw flaw)
{
  LanyardPictureCheck found = check (&portrait);

  g_assert_cmpint (lanyard_picture_check_judge (&found), ==, flaw);
}

static const double skins[] = { 60, 95, 130, 170, 205 };
static const double hairs[] = { 25, 60, 150, 205 };

/* Every skin and hair, with the noise of a camera and without. */
static void
test_good (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (skins); s++)
    for (guint h = 0; h < G_N_ELEMENTS (hairs); h++)
      for (guint noise = 0; noise <= 6; noise += 3)
        for (guint blur = 0; blur <= 1; blur++)
          assert_flaw ((Portrait){ skins[s], hairs[h], 1, blur, noise }, LANYARD_PICTURE_GOOD);
}

static void
test_dark (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (skins); s++)
    assert_flaw ((Portrait){ skins[s], 25, 35.0 / skins[s], 0, 3 }, LANYARD_PICTURE_DARK);
}

static void
test_bright (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (skins); s++)
    assert_flaw ((Portrait){ skins[s], 60, 300.0 / skins[s], 0, 3 }, LANYARD_PICTURE_BRIGHT);
}

static void
test_blurred (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (skins); s++)
    for (guint blur = 5; blur <= 9; blur += 2)
      for (guint noise = 0; noise <= 3; noise += 3)
        assert_flaw ((Portrait){ skins[s], 60, 1, blur, noise }, LANYARD_PICTURE_BLURRED);
}

/* Of every skin and hair, and before something that has lines of its own nobody is told to come
 * closer. */
static void
test_far (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (skins); s++)
    for (guint h = 0; h < G_N_ELEMENTS (hairs); h++)
      for (guint noise = 0; noise <= 3; noise += 3)
        {
          Portrait portrait = { skins[s], hairs[h], 1, 0, noise, 0.4 };
          LanyardPictureCheck found;

          assert_flaw (portrait, LANYARD_PICTURE_FAR);
          portrait.busy = TRUE;
          found = check (&portrait);
          g_assert_cmpint (lanyard_picture_check_judge (&found), !=, LANYARD_PICTURE_FAR);
          portrait = (Portrait){ skins[s], hairs[h], 1, 0, noise, 0.85 };
          found = check (&portrait);
          g_assert_cmpint (lanyard_picture_check_judge (&found), !=, LANYARD_PICTURE_FAR);
        }
}

/* Nothing is asked of what is behind the person, and no size is too small to be looked at. */
static void
test_edges (void)
{
  Portrait portrait = { 130, 60, 1, 0, 3 };
  g_autofree guint8 *pixels = draw (&portrait);
  LanyardPlane plane = { pixels, WIDTH, HEIGHT, WIDTH };
  LanyardPictureCheck before = lanyard_picture_check (&plane), after;
  LanyardPlane tiny = { pixels, 1, 1, WIDTH };
  LanyardPictureCheck found = lanyard_picture_check (&tiny);

  memset (pixels, 255, WIDTH * 40);
  after = lanyard_picture_check (&plane);
  g_assert_cmpfloat (before.mean, ==, after.mean);
  g_assert_cmpfloat (before.bright_share, ==, after.bright_share);
  g_assert_cmpint (lanyard_picture_check_judge (&found), ==, LANYARD_PICTURE_DARK);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/picture-check/good", test_good);
  g_test_add_func ("/scan/picture-check/dark", test_dark);
  g_test_add_func ("/scan/picture-check/bright", test_bright);
  g_test_add_func ("/scan/picture-check/blurred", test_blurred);
  g_test_add_func ("/scan/picture-check/far", test_far);
  g_test_add_func ("/scan/picture-check/edges", test_edges);
  return g_test_run ();
}
