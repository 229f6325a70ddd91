/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-line-sample.h"

#include <math.h>

/*
 * Grey values along any segment.
 *
 * Assumed: bars are straight and parallel over the height of a band; who calls knows their
 * direction to 1 px over that height (see lanyard_line_straighten()).
 * Measured: a sample between pixels 5 ns, a pixel of a band 2 ns.
 */

#define FRACTION_BITS 12
#define FRACTION_ONE (1 << FRACTION_BITS)

double
lanyard_segment_length (const LanyardSegment *segment)
{
  return hypot (segment->to.x - segment->from.x, segment->to.y - segment->from.y);
}

LanyardPoint
lanyard_segment_point (const LanyardSegment *segment, double t, double side)
{
  double dx = segment->to.x - segment->from.x, dy = segment->to.y - segment->from.y;
  double length = MAX (hypot (dx, dy), 1e-9);

  return (LanyardPoint){ segment->from.x + t * dx - side * dy / length,
                         segment->from.y + t * dy + side * dx / length };
}

LanyardSegment
lanyard_segment_shift (const LanyardSegment *segment, double side)
{
  return (LanyardSegment){ lanyard_segment_point (segment, 0, side),
                           lanyard_segment_point (segment, 1, side) };
}

/* Linear between the four pixels around a point in fixed point. */
static guint8
between_pixels (const LanyardPlane *plane, gint64 x, gint64 y)
{
  gint64 last_x = (gint64)(plane->width - 1) << FRACTION_BITS;
  gint64 last_y = (gint64)(plane->height - 1) << FRACTION_BITS;
  const guint8 *at;
  gsize right, below;
  gint fx, fy, upper, lower;

  x = CLAMP (x, 0, last_x);
  y = CLAMP (y, 0, last_y);
  at = plane->data + (gsize)(y >> FRACTION_BITS) * plane->stride + (gsize)(x >> FRACTION_BITS);
  right = x < last_x;
  below = y < last_y ? plane->stride : 0;
  fx = x & (FRACTION_ONE - 1);
  fy = y & (FRACTION_ONE - 1);
  upper = at[0] * (FRACTION_ONE - fx) + at[right] * fx;
  lower = at[below] * (FRACTION_ONE - fx) + at[below + right] * fx;
  return (guint8)(((gint64)upper * (FRACTION_ONE - fy) + (gint64)lower * fy
                   + (1 << (2 * FRACTION_BITS - 1)))
                  >> (2 * FRACTION_BITS));
}

/* Rows and columns go from pixel to pixel: nothing is between them. */
static void
whole_pixels (const LanyardPlane *plane,
              gint64 x,
              gint64 y,
              gint step_x,
              gint step_y,
              guint8 *samples,
              guint n)
{
  gint64 last_x = (gint64)plane->width - 1, last_y = (gint64)plane->height - 1;

  for (guint i = 0; i < n; i++, x += step_x, y += step_y)
    samples[i]
        = plane->data[(gsize)CLAMP (y, 0, last_y) * plane->stride + (gsize)CLAMP (x, 0, last_x)];
}

void
lanyard_line_sample (const LanyardPlane *plane,
                     const LanyardSegment *segment,
                     guint8 *samples,
                     guint n_samples)
{
  double n = MAX (n_samples, 2) - 1;
  gint64 x = llround (segment->from.x * FRACTION_ONE), y = llround (segment->from.y * FRACTION_ONE);
  gint64 step_x = llround ((segment->to.x - segment->from.x) / n * FRACTION_ONE);
  gint64 step_y = llround ((segment->to.y - segment->from.y) / n * FRACTION_ONE);

  if ((x | y | step_x | step_y) % FRACTION_ONE == 0)
    {
      whole_pixels (plane, x >> FRACTION_BITS, y >> FRACTION_BITS, (gint)(step_x >> FRACTION_BITS),
                    (gint)(step_y >> FRACTION_BITS), samples, n_samples);
      return;
    }
  for (guint i = 0; i < n_samples; i++, x += step_x, y += step_y)
    samples[i] = between_pixels (plane, x, y);
}

/* Narrows [@low, @high] of the way to where @from + t × @step is within 0 and @last, half a pixel
 * over. */
static void
narrow (double from, double step, double last, double *low, double *high)
{
  double a, b;

  if (fabs (step) < 1e-9)
    {
      if (from < -0.5 || from > last + 0.5)
        *high = *low;
      return;
    }
  a = (-0.5 - from) / step;
  b = (last + 0.5 - from) / step;
  *low = MAX (*low, MIN (a, b));
  *high = MIN (*high, MAX (a, b));
}

void
lanyard_line_inside (const LanyardPlane *plane,
                     const LanyardSegment *segment,
                     guint n,
                     guint *first,
                     guint *end)
{
  double low = 0, high = 1, scale = MAX (n, 2) - 1;

  narrow (segment->from.x, segment->to.x - segment->from.x, (double)plane->width - 1, &low, &high);
  narrow (segment->from.y, segment->to.y - segment->from.y, (double)plane->height - 1, &low, &high);
  *first = *end = 0;
  if (low >= high)
    return;
  *first = (guint)ceil (low * scale - 1e-9);
  *end = MAX (MIN ((guint)floor (high * scale + 1e-9) + 1, n), *first);
}

/* Sums of neighbours, 1 : 2 : 1. */
static void
smooth (float *values, guint n)
{
  float before = values[0];

  for (guint i = 0; i < n; i++)
    {
      float here = values[i], after = i + 1 < n ? values[i + 1] : here;

      values[i] = before + 2 * here + after;
      before = here;
    }
}

/* Fills bins that got no pixel by the line between those that did. Returns FALSE when none did. */
static gboolean
fill_gaps (float *profile, const float *weights, guint n_bins)
{
  gint last = -1;

  for (guint i = 0; i < n_bins; i++)
    {
      if (weights[i] <= 0)
        continue;
      profile[i] /= weights[i];
      if (last < 0)
        for (guint k = 0; k < i; k++)
          profile[k] = profile[i];
      else
        for (guint k = last + 1; k < i; k++)
          profile[k] = profile[last] + (profile[i] - profile[last]) * (k - last) / (i - last);
      last = i;
    }
  for (guint k = last + 1; last >= 0 && k < n_bins; k++)
    profile[k] = profile[last];
  return last >= 0;
}

/* Columns of a row that may lie in the band: where both |side| ≤ half and 0 ≤ along ≤ 1 hold is
 * checked for each pixel, this only keeps the loop short. */
static void
columns_of_row (const LanyardSegment *segment, double half, double y, double *low, double *high)
{
  double dx = segment->to.x - segment->from.x, dy = segment->to.y - segment->from.y;
  double length = MAX (hypot (dx, dy), 1e-9);
  double bounds[2] = { *low, *high };

  /* side = ((y - from.y) dx - (x - from.x) dy) / length */
  if (fabs (dy) > 1e-6 * length)
    {
      double a = segment->from.x + ((y - segment->from.y) * dx - half * length) / dy;
      double b = segment->from.x + ((y - segment->from.y) * dx + half * length) / dy;

      bounds[0] = MAX (bounds[0], MIN (a, b));
      bounds[1] = MIN (bounds[1], MAX (a, b));
    }
  /* along = ((x - from.x) dx + (y - from.y) dy) / length² */
  if (fabs (dx) > 1e-6 * length)
    {
      double a = segment->from.x - (y - segment->from.y) * dy / dx;
      double b = a + length * length / dx;

      bounds[0] = MAX (bounds[0], MIN (a, b));
      bounds[1] = MIN (bounds[1], MAX (a, b));
    }
  *low = bounds[0];
  *high = bounds[1];
}

guint
lanyard_line_project (const LanyardPlane *plane,
                      const LanyardSegment *segment,
                      double half_px,
                      float *profile,
                      float *weights,
                      guint n_bins)
{
  double dx = segment->to.x - segment->from.x, dy = segment->to.y - segment->from.y;
  double length = MAX (hypot (dx, dy), 1e-9), scale = n_bins / (length * length);
  double reach = half_px * fabs (dx) / length;
  double top = MAX (ceil (MIN (segment->from.y, segment->to.y) - reach), 0);
  double bottom
      = MIN (floor (MAX (segment->from.y, segment->to.y) + reach), (double)plane->height - 1);
  guint n_px = 0;

  for (guint i = 0; i < n_bins; i++)
    profile[i] = weights[i] = 0;
  for (double y = top; y <= bottom; y++)
    {
      const guint8 *row = plane->data + (gsize)y * plane->stride;
      double low = 0, high = (double)plane->width - 1;

      columns_of_row (segment, half_px, y, &low, &high);
      for (gint x = (gint)ceil (low); x <= high; x++)
        {
          double bin = ((x - segment->from.x) * dx + (y - segment->from.y) * dy) * scale;

          if (bin < 0 || bin >= n_bins)
            continue;
          profile[(guint)bin] += row[x];
          weights[(guint)bin] += 1;
          n_px++;
        }
    }
  /* Sums and weights alike: a bin that few pixels fell into takes more from its neighbours. */
  for (guint i = 0; i < 2; i++)
    {
      smooth (profile, n_bins);
      smooth (weights, n_bins);
    }
  return fill_gaps (profile, weights, n_bins) ? n_px : 0;
}
