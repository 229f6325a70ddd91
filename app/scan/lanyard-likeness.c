/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-likeness.h"

#include <math.h>

/*
 * Codes differ from each other almost everywhere (error correction sees to it), so the likenesses
 * of two of them agree as little as noise does. But of two linear codes that differ in the last
 * digit nine tenths are the same: so the grid is cut into 16 tiles, and each of them must agree.
 * Agreement is the correlation of grey values, which does not ask how bright it is.
 *
 * Assumes that the symbol has been moved and hardly turned; at 3 px a module half a px of rest is
 * the most that a module's middle stands.
 */

#define N_SAMPLES LANYARD_LIKENESS_SAMPLES
#define TILE 8
#define N_TILES (N_SAMPLES / (TILE * TILE))
/* In what steps the place is searched at first, px. */
#define COARSE_STEP 2
/* Agreement, −1…1: on average, and of each tile. */
#define GOOD_MEAN 0.9 /* no better place is looked for */
#define MIN_MEAN 0.7
#define MIN_TILE 0.4
/* A tile with less spread (grey levels) shows nothing that could agree. */
#define MIN_SPREAD 6.0
/* Takes the grid's values. Returns: FALSE when it does not lie in the plane */
static gboolean
sample (const LanyardPlane *plane,
        const LanyardPoint *corners,
        double dx,
        double dy,
        guint columns,
        guint8 *samples)
{
  guint rows = N_SAMPLES / columns;

  for (guint row = 0; row < rows; row++)
    {
      double down = (row + 0.5) / rows;
      double x = corners[0].x + down * (corners[3].x - corners[0].x) + dx;
      double y = corners[0].y + down * (corners[3].y - corners[0].y) + dy;
      double end_x = corners[1].x + down * (corners[2].x - corners[1].x) + dx;
      double end_y = corners[1].y + down * (corners[2].y - corners[1].y) + dy;
      double step_x = (end_x - x) / columns, step_y = (end_y - y) / columns;

      if (!(MIN (x, end_x) >= 0 && MAX (x, end_x) < plane->width && MIN (y, end_y) >= 0
            && MAX (y, end_y) < plane->height))
        return FALSE;
      x += step_x / 2;
      y += step_y / 2;
      for (guint column = 0; column < columns; column++, x += step_x, y += step_y)
        *samples++ = plane->data[(gsize)y * plane->stride + (gsize)x];
    }
  return TRUE;
}

/* Returns: −1…1; a tile that shows nothing in both agrees */
static double
agree_tile (const guint8 *a, const guint8 *b, guint stride)
{
  gint64 sum_a = 0, sum_b = 0, sum_aa = 0, sum_bb = 0, sum_ab = 0;
  double n = TILE * TILE, spread_a, spread_b;

  for (guint y = 0; y < TILE; y++)
    for (guint x = 0; x < TILE; x++)
      {
        int va = a[y * stride + x], vb = b[y * stride + x];

        sum_a += va;
        sum_b += vb;
        sum_aa += va * va;
        sum_bb += vb * vb;
        sum_ab += va * vb;
      }
  spread_a = sqrt (MAX ((double)sum_aa / n - (double)(sum_a * sum_a) / (n * n), 0));
  spread_b = sqrt (MAX ((double)sum_bb / n - (double)(sum_b * sum_b) / (n * n), 0));
  if (spread_a < MIN_SPREAD || spread_b < MIN_SPREAD)
    return spread_a < 2 * MIN_SPREAD && spread_b < 2 * MIN_SPREAD ? 1 : 0;
  return ((double)sum_ab / n - (double)(sum_a * sum_b) / (n * n)) / (spread_a * spread_b);
}

/* Returns: the mean agreement; below 0 when a tile disagrees and @each */
static double
agree (const guint8 *a, const guint8 *b, guint columns, gboolean each)
{
  double sum = 0;

  for (guint top = 0; top < N_SAMPLES; top += TILE * columns)
    for (guint left = 0; left < columns; left += TILE)
      {
        double tile = agree_tile (a + top + left, b + top + left, columns);

        if (each && tile < MIN_TILE)
          return -1;
        sum += tile;
      }
  return sum / N_TILES;
}

/* Moves @best where the grid agrees more, within @reach px of it. */
static double
improve (const LanyardLikeness *likeness,
         const LanyardPlane *plane,
         const LanyardPoint *corners,
         int reach,
         int step,
         double score,
         LanyardPoint *best)
{
  guint8 samples[N_SAMPLES];
  LanyardPoint start = *best;

  for (int dy = -reach; dy <= reach; dy += step)
    for (int dx = -reach; dx <= reach; dx += step)
      {
        double here;

        if (!sample (plane, corners, start.x + dx, start.y + dy, likeness->columns, samples))
          continue;
        here = agree (likeness->samples, samples, likeness->columns, FALSE);
        if (here > score)
          {
            score = here;
            *best = (LanyardPoint){ start.x + dx, start.y + dy };
          }
      }
  return score;
}

gboolean
lanyard_likeness_take (LanyardLikeness *likeness,
                       const LanyardPlane *plane,
                       const LanyardPoint *corners)
{
  double across, down;

  g_return_val_if_fail (likeness != NULL && plane != NULL && corners != NULL, FALSE);

  across = hypot (corners[1].x - corners[0].x, corners[1].y - corners[0].y);
  down = hypot (corners[3].x - corners[0].x, corners[3].y - corners[0].y);
  likeness->columns = across > 2 * down ? 128 : 32;
  return sample (plane, corners, 0, 0, likeness->columns, likeness->samples);
}

gboolean
lanyard_likeness_find (const LanyardLikeness *likeness,
                       const LanyardPlane *plane,
                       const LanyardPoint *corners,
                       guint reach,
                       LanyardPoint *shift)
{
  guint8 samples[N_SAMPLES];
  double score;

  g_return_val_if_fail (likeness != NULL && plane != NULL, FALSE);
  g_return_val_if_fail (corners != NULL && shift != NULL, FALSE);

  score = improve (likeness, plane, corners, 0, 1, -1, shift);
  if (score < GOOD_MEAN)
    {
      score = improve (likeness, plane, corners, (int)reach, COARSE_STEP, score, shift);
      score = improve (likeness, plane, corners, 1, 1, score, shift);
    }
  return score >= MIN_MEAN
         && sample (plane, corners, shift->x, shift->y, likeness->columns, samples)
         && agree (likeness->samples, samples, likeness->columns, TRUE) >= MIN_MEAN;
}
