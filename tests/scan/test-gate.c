/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-gate.h"

#include <string.h>

#include "scene-pictures.h"

#define WIDTH 640
#define HEIGHT 360
#define FRAME_US (G_USEC_PER_SEC / 30)
#define NOISE 4.0

/* A camera before a shelf. */
typedef struct
{
  LanyardGate *gate; /* owned */
  Picture *scene;    /* owned: without noise */
  guint n_frames;
  LanyardGateLook look;
} Stage;

/* What the camera sees: @code_x: px; below 0 without a code; @gain and @flicker as in scenes. */
typedef struct
{
  int code_x;
  double gain;
  double flicker; /* depth */
  double noise;   /* grey levels */
} Sight;

static const Sight empty = { .code_x = -1, .gain = 1, .noise = NOISE };

static void
set_up (Stage *stage, gconstpointer data)
{
  stage->gate = lanyard_gate_new ();
  stage->scene = scene_new (SCENE_SHELVES, 3, WIDTH, HEIGHT);
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  lanyard_gate_free (stage->gate);
  picture_free (stage->scene);
}

static gboolean
see (Stage *stage, Sight sight)
{
  g_autoptr (Picture) picture = picture_new (WIDTH, HEIGHT);
  LanyardPlane plane = { picture->pixels, WIDTH, HEIGHT, WIDTH };

  memcpy (picture->pixels, stage->scene->pixels, (gsize)WIDTH * HEIGHT);
  if (sight.code_x >= 0)
    {
      picture_fill (picture, (guint)sight.code_x, 100, 75, 75, 235);
      picture_draw_qr (picture, (guint)sight.code_x + 8, 108, 2, "K0471-000123W", 13);
    }
  scene_add_gain (picture, sight.gain);
  scene_add_flicker (picture, sight.flicker, stage->n_frames * 1.7);
  scene_add_noise (picture, sight.noise, stage->n_frames);
  lanyard_gate_look (stage->gate, &plane, stage->n_frames * FRAME_US, &stage->look);
  stage->n_frames++;
  return stage->look.open;
}

static void
settle (Stage *stage, Sight sight)
{
  for (guint i = 0; i < 150; i++)
    {
      see (stage, sight);
      if (lanyard_gate_settle (stage->gate))
        return;
    }
  g_assert_not_reached ();
}

static void
test_lingers (Stage *stage, gconstpointer data)
{
  guint n = 0;

  g_assert_true (see (stage, empty));
  g_assert_false (lanyard_gate_settle (stage->gate));
  while (!lanyard_gate_settle (stage->gate))
    {
      g_assert_true (see (stage, empty));
      g_assert_cmpuint (++n, <, 60);
    }
  g_assert_cmpuint (n, ==, LANYARD_GATE_LINGER_US / FRAME_US + 1);
  g_assert_false (see (stage, empty));
  g_assert_cmpuint (stage->look.small.width, ==, 160);
  g_assert_cmpuint (stage->look.small.height, ==, 90);
  g_assert_cmpuint (stage->look.scale, ==, 4);
}

/* Five seconds of nothing must cost nothing. */
static void
stay_shut (Stage *stage, Sight from, Sight to)
{
  settle (stage, from);
  for (guint i = 0; i < 150; i++)
    {
      double share = i / 149.0;
      Sight sight = { from.code_x, from.gain + share * (to.gain - from.gain),
                      from.flicker + share * (to.flicker - from.flicker), from.noise };

      g_assert_false (see (stage, sight));
      g_assert_cmpfloat (stage->look.moving_share, <, 0.01);
    }
}

static void
test_noise (Stage *stage, gconstpointer data)
{
  stay_shut (stage, empty, empty);
}

static void
test_strong_noise (Stage *stage, gconstpointer data)
{
  Sight dark = { .code_x = -1, .gain = 0.25, .noise = 14 };

  stay_shut (stage, dark, dark);
}

static void
test_flicker (Stage *stage, gconstpointer data)
{
  Sight lamps = { .code_x = -1, .gain = 0.8, .flicker = 0.12, .noise = NOISE };

  stay_shut (stage, lamps, lamps);
}

static void
test_drift (Stage *stage, gconstpointer data)
{
  Sight darker = { .code_x = -1, .gain = 0.8, .noise = NOISE };

  stay_shut (stage, empty, darker);
}

/* From shut: moves a code in at @px a frame. */
static void
assert_opens (Stage *stage, Sight sight, double px)
{
  guint n = 0;

  sight.code_x = -1;
  settle (stage, sight);
  do
    {
      g_assert_cmpuint (++n, <, 20 + 40 / px);
      sight.code_x = (int)(200 + n * px);
    }
  while (!see (stage, sight));
}

static void
test_code_appears (Stage *stage, gconstpointer data)
{
  Sight code = { .code_x = 300, .gain = 1, .noise = NOISE };

  settle (stage, empty);
  g_assert_true (see (stage, code));
  g_assert_cmpfloat (stage->look.moving_share, >, 0.001);
  g_assert_cmpint (stage->look.still_us, ==, (stage->n_frames - 1) * FRAME_US);
  settle (stage, code);
  g_assert_false (see (stage, code));
  /* and goes */
  g_assert_true (see (stage, empty));
}

/* What crept in at a pixel in ten frames moved in no frame, yet differs from what was tried. */
static void
test_slow (Stage *stage, gconstpointer data)
{
  Sight code = { .code_x = 200, .gain = 1, .noise = NOISE };

  settle (stage, code);
  for (guint n = 1; !see (stage, code); n++)
    {
      g_assert_cmpuint (n, <, 150);
      code.code_x = 200 + (int)n / 10;
    }
}

static void
test_under_bad_light (Stage *stage, gconstpointer data)
{
  Sight bad = { .gain = 0.4, .flicker = 0.12, .noise = 9 };

  assert_opens (stage, bad, 4);
}

/* The lens finds its focus after the hand has come to rest. */
static void
test_focus (Stage *stage, gconstpointer data)
{
  Sight code = { .code_x = 300, .gain = 1, .noise = 1 };
  g_autoptr (Picture) sharp = stage->scene;
  Picture *soft = picture_new (WIDTH, HEIGHT);

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 3; x + 3 < WIDTH; x++)
      {
        guint sum = 0;

        for (int i = -3; i <= 3; i++)
          sum += sharp->pixels[y * WIDTH + x + i];
        soft->pixels[y * WIDTH + x] = sum / 7;
      }
  stage->scene = soft;
  code.code_x = -1;
  settle (stage, code);
  memcpy (soft->pixels, sharp->pixels, (gsize)WIDTH * HEIGHT);
  for (guint n = 0; !see (stage, code); n++)
    g_assert_cmpuint (n, <, 6);
}

static void
test_another_size (Stage *stage, gconstpointer data)
{
  g_autoptr (Picture) tiny = picture_new (3, 2);
  LanyardPlane plane = { tiny->pixels, 3, 2, 3 };

  settle (stage, empty);
  g_assert_false (see (stage, empty));
  lanyard_gate_look (stage->gate, &plane, 0, &stage->look);
  g_assert_true (stage->look.open);
  g_assert_true (see (stage, empty));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Stage *, gconstpointer);
  } tests[] = {
    { "/gate/lingers", test_lingers },
    { "/gate/noise", test_noise },
    { "/gate/strong-noise", test_strong_noise },
    { "/gate/flicker", test_flicker },
    { "/gate/drift", test_drift },
    { "/gate/code-appears", test_code_appears },
    { "/gate/slow", test_slow },
    { "/gate/under-bad-light", test_under_bad_light },
    { "/gate/focus", test_focus },
    { "/gate/another-size", test_another_size },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Stage, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
