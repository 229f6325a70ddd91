/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "camera-model.h"

#include <math.h>

/* A sensor px is the mean of so many points a side. */
#define OVERSAMPLING 4
#define DISTANCE 2.5
#define SIDE_PX 480
#define CONTRAST 200
#define BLUR_MAX_PX 64

/* The sensor, before it counts in whole grey levels. */
typedef struct
{
  float *light; /* owned: 0 black … 1 white */
  guint side;   /* px */
} Sensor;

/* Where a point of the sensor, px from its middle, lies in the picture, px from its middle. */
static void
project (const CameraModel *model, double width, double *x, double *y)
{
  double turn = model->turn_deg * G_PI / 180, tilt = model->tilt_deg * G_PI / 180;
  double scale = model->scale > 0 ? model->scale : 1;
  double distance = DISTANCE * width;
  double across = *x / scale, down = *y / scale;
  /* A ray from (0, 0, -distance) through (across, down, 0) meets the tilted plane. */
  double depth = distance * cos (tilt) - across * sin (tilt);
  double flat = across * distance / depth;
  double sunk = down * (1 + flat * sin (tilt) / distance);

  *x = cos (turn) * flat + sin (turn) * sunk;
  *y = -sin (turn) * flat + cos (turn) * sunk;
}

static float
light_at (const Picture *picture, double x, double y)
{
  double column = floor (x + picture->width / 2.0), row = floor (y + picture->height / 2.0);

  if (column < 0 || row < 0 || column >= picture->width || row >= picture->height)
    return 1;
  return (float)picture->pixels[(gsize)row * picture->width + (gsize)column] / 255;
}

static float
light_of_pixel (const CameraModel *model, const Picture *picture, double x, double y)
{
  float sum = 0;

  for (guint i = 0; i < OVERSAMPLING * OVERSAMPLING; i++)
    {
      double at_x = x + (i % OVERSAMPLING + 0.5) / OVERSAMPLING;
      double at_y = y + (i / OVERSAMPLING + 0.5) / OVERSAMPLING;

      project (model, picture->width, &at_x, &at_y);
      sum += light_at (picture, at_x, at_y);
    }
  return sum / (OVERSAMPLING * OVERSAMPLING);
}

/* Weighs each px with those beside it: step 1 along rows, step side along columns. */
static void
weigh (Sensor *sensor, guint step, const double *weights, int first, int last)
{
  gsize n = (gsize)sensor->side * sensor->side;
  float *out = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    {
      int at = (int)(step == 1 ? i % sensor->side : i / sensor->side);
      double sum = 0;

      for (int k = first; k <= last; k++)
        {
          int beside = CLAMP (at + k, 0, (int)sensor->side - 1);

          sum += weights[k - first] * sensor->light[(gssize)i + (beside - at) * (int)step];
        }
      out[i] = (float)sum;
    }
  g_free (sensor->light);
  sensor->light = out;
}

static void
normalise (double *weights, int n)
{
  double sum = 0;

  for (int i = 0; i < n; i++)
    sum += weights[i];
  for (int i = 0; i < n; i++)
    weights[i] /= sum;
}

static void
blur (Sensor *sensor, double sigma)
{
  int reach = (int)ceil (3 * sigma);
  double weights[2 * BLUR_MAX_PX + 1];

  if (sigma <= 0)
    return;
  g_assert_cmpint (reach, <=, BLUR_MAX_PX);
  for (int k = -reach; k <= reach; k++)
    weights[k + reach] = exp (-k * k / (2 * sigma * sigma));
  normalise (weights, 2 * reach + 1);
  weigh (sensor, 1, weights, -reach, reach);
  weigh (sensor, sensor->side, weights, -reach, reach);
}

static void
move (Sensor *sensor, double length)
{
  int n = (int)ceil (length);
  double weights[BLUR_MAX_PX];

  if (length <= 0)
    return;
  g_assert_cmpint (n, <=, BLUR_MAX_PX);
  for (int k = 0; k < n; k++)
    weights[k] = MIN (1, length - k);
  normalise (weights, n);
  weigh (sensor, 1, weights, -(n / 2), n - 1 - n / 2);
}

/* Normally distributed, by the sum of twelve. */
static double
normal (GRand *random)
{
  double sum = -6;

  for (guint i = 0; i < 12; i++)
    sum += g_rand_double (random);
  return sum;
}

static void
expose (const CameraModel *model, const Sensor *sensor, GRand *random, Picture *taken)
{
  double contrast = model->contrast > 0 ? model->contrast : CONTRAST;

  for (gsize i = 0; i < (gsize)sensor->side * sensor->side; i++)
    {
      double light = model->inverted ? 1 - sensor->light[i] : sensor->light[i];
      double level = 128 + (light - 0.5) * contrast;

      if (model->noise > 0)
        level += model->noise * normal (random);
      taken->pixels[i] = (guint8)CLAMP (lround (level), 0, 255);
    }
}

Picture *
camera_model_take (const CameraModel *model, const Picture *picture, guint32 seed)
{
  guint side = model->side_px > 0 ? model->side_px : SIDE_PX;
  Sensor sensor = { g_new (float, (gsize)side *side), side };
  Picture *taken = picture_new (side, side);
  GRand *random = g_rand_new_with_seed (seed);
  double shift_x = g_rand_double (random), shift_y = g_rand_double (random);

  for (guint y = 0; y < side; y++)
    for (guint x = 0; x < side; x++)
      sensor.light[(gsize)y * side + x]
          = light_of_pixel (model, picture, x - side / 2.0 + shift_x, y - side / 2.0 + shift_y);
  blur (&sensor, model->blur_px);
  move (&sensor, model->motion_px);
  expose (model, &sensor, random, taken);
  g_rand_free (random);
  g_free (sensor.light);
  return taken;
}
