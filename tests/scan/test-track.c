/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-track.h"

#include <math.h>
#include <string.h>

#include "scene-pictures.h"

#define WIDTH 640
#define HEIGHT 360
#define FRAME_US (G_USEC_PER_SEC / 30)
#define MODULE_PX 4

/* A picture with one code in it, and what the track says of it. */
typedef struct
{
  LanyardTrack *track; /* owned */
  guint n_frames;
  guint n_confirmed;
  LanyardPoint corner; /* the confirmed one's first */
} Stage;

static void
set_up (Stage *stage, gconstpointer data)
{
  stage->track = lanyard_track_new ();
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  lanyard_track_free (stage->track);
}

static guint
draw (Picture *picture, const char *text, guint x, guint y, double noise, guint32 seed)
{
  guint side;

  picture_fill (picture, 0, 0, WIDTH, HEIGHT, 90);
  picture_fill (picture, x - 16, y - 16, 132, 132, 220);
  side = picture_draw_qr (picture, x, y, MODULE_PX, text, strlen (text));
  scene_add_noise (picture, noise, seed);
  return side;
}

static LanyardPlane
plane_of (const Picture *picture)
{
  return (LanyardPlane){ picture->pixels, picture->width, picture->height, picture->width };
}

static void
see (Stage *stage, const char *text, guint x, guint y, gboolean read)
{
  g_autoptr (Picture) picture = picture_new (WIDTH, HEIGHT);
  double side = draw (picture, text, x, y, 3, stage->n_frames);
  LanyardPlane plane = plane_of (picture);
  LanyardPoint corners[4] = { { x, y }, { x + side, y }, { x + side, y + side }, { x, y + side } };
  g_autoptr (LanyardScan) scan
      = lanyard_scan_new (LANYARD_SYMBOLOGY_QR, LANYARD_SCAN_SOURCE_CAMERA, text, strlen (text));

  lanyard_track_see (stage->track, &plane, corners, read ? scan : NULL,
                     stage->n_frames++ * FRAME_US);
}

static void
on_confirmed (const LanyardScan *scan, gpointer user_data)
{
  Stage *stage = user_data;

  stage->n_confirmed++;
  stage->corner = scan->corners[0];
  g_assert_cmpint (scan->at_us, >=, stage->n_frames * FRAME_US);
}

/* Returns: whether the code is confirmed in a frame that shows @text there */
static gboolean
follow (Stage *stage, const char *text, guint x, guint y, double noise, double gain)
{
  g_autoptr (Picture) picture = picture_new (WIDTH, HEIGHT);
  LanyardPlane plane;
  guint n_lost;

  draw (picture, text, x, y, noise, stage->n_frames);
  scene_add_gain (picture, gain);
  plane = plane_of (picture);
  stage->n_confirmed = 0;
  n_lost = lanyard_track_follow (stage->track, &plane, stage->n_frames * FRAME_US, on_confirmed,
                                 stage);
  stage->n_frames++;
  g_assert_cmpuint (n_lost + stage->n_confirmed, ==, lanyard_track_get_count (stage->track));
  return stage->n_confirmed == 1;
}

static void
test_still_there (Stage *stage, gconstpointer data)
{
  see (stage, "here", 200, 100, TRUE);
  for (guint i = 0; i < 60; i++)
    g_assert_true (follow (stage, "here", 200, 100, 4 + i % 8, 1 - i / 100.0));
  g_assert_cmpfloat (fabs (stage->corner.x - 200), <, 2);
  g_assert_cmpfloat (lanyard_track_get_speed (stage->track), <, 0.5);
}

/* Faster in the end than it could be found without a guess from its speed. */
static void
test_moves (Stage *stage, gconstpointer data)
{
  guint x = 60, y = 60;

  see (stage, "moving", x, y, TRUE);
  for (guint i = 0; i < 24; i++)
    {
      x += i;
      y += i / 6;
      g_assert_true (follow (stage, "moving", x, y, 4, 1));
      g_assert_cmpfloat (fabs (stage->corner.x - x), <=, 1.5);
      g_assert_cmpfloat (fabs (stage->corner.y - y), <=, 1.5);
    }
  g_assert_cmpfloat (lanyard_track_get_speed (stage->track), >, 18);
}

static void
test_another_code (Stage *stage, gconstpointer data)
{
  see (stage, "K0471-000123W", 200, 100, TRUE);
  g_assert_true (follow (stage, "K0471-000123W", 200, 100, 3, 1));
  g_assert_false (follow (stage, "K0471-000124U", 200, 100, 3, 1));
  see (stage, "K0471-000124U", 200, 100, TRUE);
  g_assert_cmpuint (lanyard_track_get_count (stage->track), ==, 1);
  g_assert_true (follow (stage, "K0471-000124U", 201, 100, 3, 1));
  g_assert_false (follow (stage, "K0471-000123W", 201, 100, 3, 1));
}

/* All linear codes of one event look alike but for a few bars. */
static void
test_another_linear_code (Stage *stage, gconstpointer data)
{
  static const char *const texts[] = { "K0471-000123W", "K0471-000153P" };
  LanyardPoint corners[4] = { { 40, 100 }, { 436, 100 }, { 436, 140 }, { 40, 140 } };
  g_autoptr (LanyardScan) scan
      = lanyard_scan_new (LANYARD_SYMBOLOGY_CODE128, LANYARD_SCAN_SOURCE_CAMERA, texts[0],
                          strlen (texts[0]));

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (Picture) picture = picture_new (WIDTH, HEIGHT);
      LanyardPlane plane = plane_of (picture);

      picture_draw_code128 (picture, 40, 100, 2, texts[i == 2]);
      scene_add_noise (picture, 4, i);
      stage->n_confirmed = 0;
      if (i == 0)
        lanyard_track_see (stage->track, &plane, corners, scan, stage->n_frames * FRAME_US);
      else
        lanyard_track_follow (stage->track, &plane, stage->n_frames * FRAME_US, on_confirmed,
                              stage);
      stage->n_frames++;
      g_assert_cmpuint (stage->n_confirmed, ==, i == 1);
    }
}

static void
test_region (Stage *stage, gconstpointer data)
{
  g_autoptr (Picture) picture = picture_new (WIDTH, HEIGHT);
  LanyardPlane plane = plane_of (picture);
  LanyardTrackRegion region;

  g_assert_false (lanyard_track_get_region (stage->track, &plane, 0, &region));
  /* located only, at the edge */
  see (stage, "edge", 16, 200, FALSE);
  g_assert_true (lanyard_track_get_region (stage->track, &plane, FRAME_US, &region));
  g_assert_false (region.known);
  g_assert_cmpint (region.x, ==, 0);
  g_assert_cmpint (region.y, <, 190);
  g_assert_cmpuint (region.x + region.width, >, 120);
  g_assert_cmpuint (region.x + region.width, <, 220);
  g_assert_cmpuint (region.y + region.height, <=, HEIGHT);
  /* what is confirmed needs no search as long as another does */
  see (stage, "read", 400, 120, TRUE);
  g_assert_cmpuint (lanyard_track_get_count (stage->track), ==, 2);
  g_assert_true (lanyard_track_get_region (stage->track, &plane, 2 * FRAME_US, &region));
  g_assert_false (region.known);
}

static void
test_forgets (Stage *stage, gconstpointer data)
{
  see (stage, "gone", 200, 100, TRUE);
  for (guint i = 0; i <= LANYARD_TRACK_FORGET_US / FRAME_US; i++)
    g_assert_false (follow (stage, "other", 420, 200, 3, 1));
  g_assert_cmpuint (lanyard_track_get_count (stage->track), ==, 0);
}

/* Corners come from what pictures say: they may lie anywhere. */
static void
test_wild_corners (Stage *stage, gconstpointer data)
{
  static const double wild[] = { 0, -5, 1e9, -1e300, NAN, INFINITY, 639.999, 640, 300, 17 };
  g_autoptr (Picture) picture = picture_new (WIDTH, HEIGHT);
  LanyardPlane plane = plane_of (picture);
  g_autoptr (LanyardScan) scan
      = lanyard_scan_new (LANYARD_SYMBOLOGY_QR, LANYARD_SCAN_SOURCE_CAMERA, "x", 1);
  LanyardTrackRegion region;

  for (guint i = 0; i < 10000; i++)
    {
      LanyardPoint corners[4];

      for (guint n = 0; n < 4; n++)
        corners[n] = (LanyardPoint){ wild[(i * 7 + n * (i / 10)) % 10],
                                     wild[(i * 3 + n * n * (i / 100)) % 10] };
      lanyard_track_see (stage->track, &plane, corners, i % 3 ? scan : NULL, i * 1000);
      lanyard_track_follow (stage->track, &plane, i * 1000 + 500, on_confirmed,
                            &(Stage){ .n_frames = 0 });
      if (lanyard_track_get_region (stage->track, &plane, i * 1000 + 500, &region))
        {
          g_assert_cmpint (region.x, >=, 0);
          g_assert_cmpint (region.y, >=, 0);
          g_assert_cmpuint (region.width, >, 0);
          g_assert_cmpuint (region.height, >, 0);
          g_assert_cmpuint (region.x + region.width, <=, WIDTH);
          g_assert_cmpuint (region.y + region.height, <=, HEIGHT);
        }
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Stage *, gconstpointer);
  } tests[] = {
    { "/track/still-there", test_still_there },
    { "/track/moves", test_moves },
    { "/track/another-code", test_another_code },
    { "/track/another-linear-code", test_another_linear_code },
    { "/track/region", test_region },
    { "/track/forgets", test_forgets },
    { "/track/wild-corners", test_wild_corners },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Stage, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
