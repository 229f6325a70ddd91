/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-line-dark.h"

#include <math.h>
#include <string.h>

/*
 * A profile at any scale: running sums give the mean over a piece of any width in no time, so that
 * wide modules have their noise averaged and narrow ones are read between bins.
 *
 * Assumes that paper is white beyond the profile: on grey paper a piece that reaches over its end
 * has an edge there that nobody printed, which is why a profile goes on beside its code. Assumes
 * that light and contrast are the same over the piece that is compared, a character and no more,
 * and that only its two neighbours bleed into it, by LANYARD_TEMPLATE_PAD samples (3 modules) at
 * most.
 *
 * Measured on 77 photographs and 65 drawings by bench-scan --corpus --alone --turns 1, read (of
 * all, first by line-deep):
 *   76 and 62 (20)   as it is
 *   76 and 57 (15)   neighbours do not bleed
 *   76 and 62 (20)   one bin for each sample instead of the mean over it: the same in all four
 *                    turns of the pictures, too: none of them shows what the means are good for
 */

#define PAD LANYARD_TEMPLATE_PAD

void
lanyard_line_dark_clear (LanyardLineDark *dark)
{
  g_free (dark->sums);
  *dark = (LanyardLineDark){ 0 };
}

void
lanyard_line_dark_load (LanyardLineDark *dark, const float *grey, guint n_bins, gboolean mirrored)
{
  dark->n_bins = n_bins;
  if (dark->allocated < n_bins + 1)
    {
      dark->allocated = n_bins + 1;
      dark->sums = g_renew (double, dark->sums, dark->allocated);
    }
  dark->sums[0] = 0;
  for (guint i = 0; i < n_bins; i++)
    dark->sums[i + 1] = dark->sums[i] + 255 - grey[mirrored ? n_bins - 1 - i : i];
}

static inline double
sum_to (const LanyardLineDark *dark, double x)
{
  guint bin;

  if (x <= 0)
    return 0;
  if (x >= dark->n_bins)
    return dark->sums[dark->n_bins];
  bin = (guint)x;
  return dark->sums[bin] + (x - bin) * (dark->sums[bin + 1] - dark->sums[bin]);
}

void
lanyard_line_dark_fetch (const LanyardLineDark *dark,
                         double from,
                         double step,
                         guint n,
                         float *samples)
{
  double before = sum_to (dark, from);

  for (guint i = 0; i < n; i++)
    {
      double next = sum_to (dark, from + (i + 1) * step);

      samples[i] = (float)((next - before) / step);
      before = next;
    }
}

double
lanyard_line_dark_center (float *samples, guint n)
{
  float mean = 0, squares = 0;

  for (guint i = 0; i < n; i++)
    mean += samples[i];
  mean /= n;
  for (guint i = 0; i < n; i++)
    {
      samples[i] -= mean;
      squares += samples[i] * samples[i];
    }
  return squares;
}

double
lanyard_line_dark_correlate (const float *restrict samples,
                             double norm,
                             const float *restrict pattern,
                             const float *restrict base,
                             guint n)
{
  float sums[8] = { 0 }, squares[8] = { 0 }, products[8] = { 0 };
  double sum = 0, square = 0, product = 0, spread;
  guint i = 0;

  /* Eight at a time: without -ffast-math one sum cannot be cut into vectors. */
  for (; i + 8 <= n; i += 8)
    for (guint k = 0; k < 8; k++)
      {
        float model = pattern[i + k] + base[i + k];

        sums[k] += model;
        squares[k] += model * model;
        products[k] += model * samples[i + k];
      }
  for (; i < n; i++)
    {
      float model = pattern[i] + base[i];

      sum += model;
      square += model * model;
      product += model * samples[i];
    }
  for (guint k = 0; k < 8; k++)
    {
      sum += sums[k];
      square += squares[k];
      product += products[k];
    }
  spread = (square - sum * sum / n) * norm;
  return spread > 1e-12 ? product / sqrt (spread) : 0;
}

void
lanyard_line_dark_bleed (const float *left, const float *right, guint n, float *base)
{
  memset (base, 0, n * sizeof *base);
  for (guint i = 0; i < PAD && i < n; i++)
    {
      if (left != NULL)
        base[i] += left[i];
      if (right != NULL)
        base[n - 1 - i] += right[PAD - 1 - i];
    }
}
