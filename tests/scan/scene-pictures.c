/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scene-pictures.h"

#include <math.h>
#include <string.h>

#define N_NORMAL 8192

static const char *const names[N_SCENES]
    = { "noise", "gradients", "text", "stripes", "shelves", "faces" };

/* A small generator of its own, so that pictures do not depend on GLib's. */
static guint32
draw (guint32 *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

static guint32
seeded (guint32 seed)
{
  guint32 state = seed * 2654435761U + 0x9e3779b9U;

  state = state != 0 ? state : 1;
  for (guint i = 0; i < 8; i++)
    draw (&state);
  return state;
}

static double
between (guint32 *state, double least, double most)
{
  return least + (most - least) * (draw (state) / 4294967296.0);
}

static guint8
to_grey (double value)
{
  return (guint8)CLAMP (value, 0, 255);
}

static void
fill_noise (Picture *picture, guint32 *state)
{
  guint grain = 1U << (draw (state) % 4);
  double middle = between (state, 40, 210), spread = between (state, 5, 120);
  guint across = picture->width / grain + 1;
  g_autofree guint8 *cells = g_malloc ((gsize)across * (picture->height / grain + 1));

  for (gsize i = 0; i < (gsize)across * (picture->height / grain + 1); i++)
    cells[i] = to_grey (middle + between (state, -spread, spread));
  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      picture->pixels[(gsize)y * picture->width + x] = cells[y / grain * across + x / grain];
}

static void
fill_gradients (Picture *picture, guint32 *state)
{
  double from = between (state, 0, 255), across = between (state, -0.2, 0.2),
         down = between (state, -0.3, 0.3);
  double light_x = between (state, 0, picture->width),
         light_y = between (state, 0, picture->height), light = between (state, -90, 90),
         reach = between (state, 60, 500);

  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      {
        double dx = (x - light_x) / reach, dy = (y - light_y) / reach;

        picture->pixels[(gsize)y * picture->width + x]
            = to_grey (from + across * x + down * y + light / (1 + dx * dx + dy * dy));
      }
}

/* A box whose corners may lie outside, turned about the picture's middle by a shear. */
static void
paint_box (Picture *picture, int x, int y, int width, int height, double shear, guint8 grey)
{
  for (int row = MAX (y, 0); row < MIN (y + height, (int)picture->height); row++)
    {
      int shift = (int)lround (shear * (row - (int)picture->height / 2));
      int left = MAX (x + shift, 0), right = MIN (x + shift + width, (int)picture->width);

      if (right > left)
        memset (picture->pixels + (gsize)row * picture->width + left, grey, (gsize)(right - left));
    }
}

static void
paint_oval (Picture *picture, double x, double y, double width, double height, guint8 grey)
{
  int top = MAX ((int)(y - height), 0), bottom = MIN ((int)(y + height), (int)picture->height - 1);

  for (int row = top; row <= bottom; row++)
    {
      double away = (row - y) / height;
      double half = away * away < 1 ? width * sqrt (1 - away * away) : 0;

      paint_box (picture, (int)(x - half), row, (int)(2 * half), 1, 0, grey);
    }
}

/* Letters of one or two upright strokes and some level ones. */
static void
paint_letter (Picture *picture, guint32 *state, int x, int y, int size, double shear, guint8 ink)
{
  int stroke = MAX (size / 7, 1);

  if (draw (state) % 4 != 0)
    paint_box (picture, x, y, stroke, size, shear, ink);
  if (draw (state) % 2 == 0)
    paint_box (picture, x + size / 2 - stroke, y, stroke, size, shear, ink);
  for (int level = 0; level < 3; level++)
    if (draw (state) % 2 == 0)
      paint_box (picture, x, y + level * (size - stroke) / 2, size / 2, stroke, shear, ink);
}

static void
fill_text (Picture *picture, guint32 *state)
{
  int size = (int)between (state, 6, 40);
  double shear = between (state, -0.3, 0.3);
  guint8 paper = to_grey (between (state, 120, 255)), ink = to_grey (between (state, 0, 110));

  memset (picture->pixels, paper, (gsize)picture->width * picture->height);
  for (int y = size; y + size < (int)picture->height; y += size * 8 / 5)
    for (int x = 0; x < (int)picture->width; x += size * 7 / 10)
      if (draw (state) % 6 != 0)
        paint_letter (picture, state, x, y, size, shear, ink);
}

static void
fill_stripes (Picture *picture, guint32 *state)
{
  double angle = between (state, 0, G_PI), sine = sin (angle), cosine = cos (angle);
  gboolean equal = draw (state) % 2 == 0;
  guint8 dark = to_grey (between (state, 0, 120)), light = to_grey (between (state, 130, 255));
  g_autofree guint8 *along = g_malloc (8192);
  double finest = between (state, 2, 12);

  for (guint at = 0, colour = 0; at < 8192; colour++)
    for (guint n = (guint)(equal ? finest : finest * (1 + draw (state) % 4)); n > 0 && at < 8192;
         n--)
      along[at++] = colour % 2 == 0 ? dark : light;
  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      picture->pixels[(gsize)y * picture->width + x]
          = along[(guint)(x * cosine + y * sine + 3000) % 8192];
}

static void
fill_shelves (Picture *picture, guint32 *state)
{
  double shear = between (state, -0.1, 0.1);

  fill_gradients (picture, state);
  for (int y = 0; y < (int)picture->height;)
    {
      int height = (int)between (state, 60, 260);

      for (int x = -80; x < (int)picture->width + 80;)
        {
          int width = (int)between (state, 4, 90);
          int part = (int)between (state, height * 0.6, height);

          paint_box (picture, x, y + height - part, width, part, shear,
                     to_grey (between (state, 0, 255)));
          if (draw (state) % 3 == 0)
            paint_box (picture, x + width / 4, y + height - part / 2, width / 2, part / 5, shear,
                       to_grey (between (state, 150, 255)));
          x += width + (int)between (state, 0, 6);
        }
      y += height + (int)between (state, 4, 20);
    }
}

static void
fill_faces (Picture *picture, guint32 *state)
{
  fill_gradients (picture, state);
  for (guint n = 1 + draw (state) % 6; n > 0; n--)
    {
      double x = between (state, 0, picture->width), y = between (state, 0, picture->height);
      double size = between (state, 30, 260), skin = between (state, 90, 220);

      paint_oval (picture, x, y - size * 0.2, size * 0.85, size * 1.1, to_grey (skin - 70));
      paint_oval (picture, x, y, size * 0.7, size, to_grey (skin));
      for (int side = -1; side <= 1; side += 2)
        {
          paint_oval (picture, x + side * size * 0.28, y - size * 0.2, size * 0.14, size * 0.09,
                      to_grey (skin + 35));
          paint_oval (picture, x + side * size * 0.28, y - size * 0.2, size * 0.06, size * 0.06,
                      20);
        }
      paint_oval (picture, x, y + size * 0.45, size * 0.25, size * 0.06, to_grey (skin - 60));
      paint_box (picture, (int)(x - size), (int)(y + size), (int)(2 * size), (int)size, 0,
                 to_grey (between (state, 0, 255)));
    }
}

const char *
scene_name (Scene scene)
{
  g_assert (scene < N_SCENES);
  return names[scene];
}

Picture *
scene_new (Scene scene, guint32 seed, guint width, guint height)
{
  static void (*const fills[N_SCENES]) (Picture *, guint32 *)
      = { fill_noise, fill_gradients, fill_text, fill_stripes, fill_shelves, fill_faces };
  Picture *picture = picture_new (width, height);
  guint32 state = seeded (seed * N_SCENES + scene);

  fills[scene](picture, &state);
  scene_add_noise (picture, between (&state, 0, 6), seed);
  return picture;
}

void
scene_add_noise (Picture *picture, double sigma, guint32 seed)
{
  static double normal[N_NORMAL];
  gint8 scaled[N_NORMAL];
  guint32 state = seeded (17);

  if (normal[0] == 0)
    for (guint i = 0; i < N_NORMAL; i++)
      for (guint n = 0; n < 12; n++)
        normal[i] += between (&state, -0.5, 0.5);
  for (guint i = 0; i < N_NORMAL; i++)
    scaled[i] = (gint8)CLAMP (lround (sigma * normal[i]), -127, 127);
  state = seeded (seed);
  for (gsize i = 0; i < (gsize)picture->width * picture->height; i++)
    {
      int value = picture->pixels[i] + scaled[(draw (&state) >> 7) % N_NORMAL];

      picture->pixels[i] = (guint8)CLAMP (value, 0, 255);
    }
}

void
scene_add_flicker (Picture *picture, double depth, double phase)
{
  for (guint y = 0; y < picture->height; y++)
    {
      double gain = 1 + depth * sin (phase + y * 4 * G_PI / picture->height);
      guint8 *row = picture->pixels + (gsize)y * picture->width;

      for (guint x = 0; x < picture->width; x++)
        row[x] = to_grey (row[x] * gain + 0.5);
    }
}

void
scene_add_gain (Picture *picture, double gain)
{
  for (gsize i = 0; i < (gsize)picture->width * picture->height; i++)
    picture->pixels[i] = to_grey (picture->pixels[i] * gain + 0.5);
}
