/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-score.h"

#define LEVELS 256
/* One pair of neighbours in so many is steeper. */
#define STEEP_ONE_IN 200
/* Of the pixels, so many in a hundred are left out at each end of the range of grey. */
#define TAIL_PERCENT 2
#define BURNT_LEVEL 250
#define DARK_LIGHT 0.18
#define BRIGHT_LIGHT 0.88
#define BURNT_SHARE 0.35
#define SHARP_SHARE 0.22
/* Less range than this is an even wall, or the lens is covered. */
#define LEAST_RANGE 24

static guint
get_grey (const guint8 *pixel)
{
  return (pixel[0] * 29U + pixel[1] * 150U + pixel[2] * 77U) >> 8;
}

/* Returns: the highest level that has more than @n_above pixels at it and above */
static guint
find_level (const guint32 *counts, guint64 n_above)
{
  guint64 seen = 0;

  for (guint level = LEVELS; level > 0; level--)
    {
      seen += counts[level - 1];
      if (seen > n_above)
        return level - 1;
    }
  return 0;
}

static void
judge (LanyardSetupScore *score)
{
  if (score->light < DARK_LIGHT)
    score->verdict = LANYARD_SETUP_TOO_DARK;
  else if (score->light > BRIGHT_LIGHT || score->burnt > BURNT_SHARE)
    score->verdict = LANYARD_SETUP_TOO_BRIGHT;
  else
    score->verdict = LANYARD_SETUP_LIGHT_GOOD;
  score->sharp = score->sharpness >= SHARP_SHARE;
}

void
lanyard_setup_score (LanyardSetupScore *score,
                     const guint8 *pixels,
                     guint width,
                     guint height,
                     gsize stride)
{
  guint32 greys[LEVELS] = { 0 }, steps[LEVELS] = { 0 };
  guint64 n = (guint64)width * height, sum = 0, burnt = 0, n_pairs;
  guint low, high, steep;

  g_return_if_fail (score != NULL && pixels != NULL && width >= 2 && height >= 1);

  n_pairs = (guint64)(width - 1) * height;
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        const guint8 *pixel = pixels + y * stride + (gsize)x * 4;
        guint grey = get_grey (pixel);

        sum += grey;
        burnt += grey >= BURNT_LEVEL;
        greys[grey]++;
        if (x > 0)
          steps[(guint)ABS ((int)grey - (int)get_grey (pixel - 4))]++;
      }
  low = find_level (greys, n - n * TAIL_PERCENT / 100 - 1);
  high = find_level (greys, n * TAIL_PERCENT / 100);
  steep = find_level (steps, n_pairs / STEEP_ONE_IN);
  score->light = (double)sum / (double)n / (LEVELS - 1);
  score->burnt = (double)burnt / (double)n;
  score->sharpness
      = high >= low + LEAST_RANGE ? MIN (1.0, (double)steep / (double)(high - low)) : 0;
  judge (score);
}
