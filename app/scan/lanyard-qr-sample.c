/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-qr-sample.h"

#include <math.h>
#include <string.h>

#define NEAR 3 /* modules */
#define FAR 8
#define BLUR 0.35f         /* of the difference to the neighbours that is added again */
#define MAX_FORMAT_WRONG 3 /* of 15: two format informations differ in 7 */

/* The grey of one module: more places the larger it is. */
static gboolean
take_one (const LanyardQrPicture *picture,
          const LanyardQrGrid *grid,
          guint column,
          guint row,
          double size,
          double *grey,
          double *mean)
{
  double x, y, value, sum = 0;
  guint n = 0;
  int reach = size < 3 ? 0 : 1;
  double apart = size < 6 ? 0.2 : 0.25;

  lanyard_qr_grid_map (grid, column + 0.5, row + 0.5, &x, &y);
  if (!lanyard_qr_picture_grey (picture, x, y, &value))
    return FALSE;
  *mean = lanyard_sign_image_mean (picture->sign, (guint)(x + 0.5), (guint)(y + 0.5));
  if (reach == 0)
    {
      *grey = value;
      return TRUE;
    }
  for (int v = -1; v <= 1; v++)
    for (int u = -1; u <= 1; u++)
      {
        double right[2], down[2];

        if (size < 6 && u != 0 && v != 0)
          continue;
        right[0] = apart * size * u, right[1] = 0;
        down[0] = 0, down[1] = apart * size * v;
        if (!lanyard_qr_picture_grey (picture, x + right[0] + down[0], y + right[1] + down[1],
                                      &value))
          continue;
        sum += value;
        n++;
      }
  *grey = sum / n;
  return TRUE;
}

void
lanyard_qr_samples_take (LanyardQrSamples *samples,
                         const LanyardQrPicture *picture,
                         const LanyardQrGrid *grid)
{
  guint side = grid->side;
  double right[2], down[2], size;

  samples->side = side;
  lanyard_qr_homography_axes (&grid->map, side / 2.0, side / 2.0, right, down);
  size = MIN (hypot (right[0], right[1]), hypot (down[0], down[1]));
  for (guint row = 0; row < side; row++)
    for (guint column = 0; column < side; column++)
      {
        guint i = row * side + column;
        double grey, mean;

        /* What is outside the picture is unsure: as grey as can be. */
        if (!take_one (picture, grid, column, row, size, &grey, &mean))
          grey = mean = 128;
        samples->grey[i] = (float)(picture->light > 0 ? grey : 255 - grey);
        samples->mean[i] = (float)(picture->light > 0 ? mean : 255 - mean);
      }
}

/* Lowest and highest of 2 @reach + 1 in a row of @n that are @step apart. */
static void
extremes_of_line (const float *low,
                  const float *high,
                  guint n,
                  guint step,
                  guint reach,
                  float *low_out,
                  float *high_out)
{
  for (guint i = 0; i < n; i++)
    {
      guint from = i > reach ? i - reach : 0, to = MIN (i + reach, n - 1);
      float least = low[from * step], most = high[from * step];

      for (guint k = from + 1; k <= to; k++)
        {
          least = MIN (least, low[k * step]);
          most = MAX (most, high[k * step]);
        }
      low_out[i * step] = least;
      high_out[i * step] = most;
    }
}

/* samples->low and ->high: extremes of @grey within @reach modules. */
static void
find_extremes (LanyardQrSamples *samples, const float *grey, guint reach)
{
  guint side = samples->side;
  float low[LANYARD_QR_MAX_SIDE], high[LANYARD_QR_MAX_SIDE];

  for (guint row = 0; row < side; row++)
    extremes_of_line (grey + row * side, grey + row * side, side, 1, reach,
                      samples->low + row * side, samples->high + row * side);
  for (guint column = 0; column < side; column++)
    {
      float copy[2][LANYARD_QR_MAX_SIDE];

      for (guint row = 0; row < side; row++)
        {
          copy[0][row] = samples->low[row * side + column];
          copy[1][row] = samples->high[row * side + column];
        }
      extremes_of_line (copy[0], copy[1], side, 1, reach, low, high);
      for (guint row = 0; row < side; row++)
        {
          samples->low[row * side + column] = low[row];
          samples->high[row * side + column] = high[row];
        }
    }
}

static void
sharpen (LanyardQrSamples *samples)
{
  guint side = samples->side;

  for (guint row = 0; row < side; row++)
    for (guint column = 0; column < side; column++)
      {
        guint i = row * side + column;
        float here = samples->grey[i], sum = 0;

        sum += row > 0 ? samples->grey[i - side] : here;
        sum += row + 1 < side ? samples->grey[i + side] : here;
        sum += column > 0 ? samples->grey[i - 1] : here;
        sum += column + 1 < side ? samples->grey[i + 1] : here;
        samples->sharp[i] = here + BLUR * (4 * here - sum);
      }
}

/* Otsu's threshold: where both parts are most alike within. */
static float
one_threshold (const LanyardQrSamples *samples)
{
  guint counts[256] = { 0 }, n = samples->side * samples->side, below = 0, best_at = 128;
  double sum = 0, sum_below = 0, best = -1;

  for (guint i = 0; i < n; i++)
    {
      guint grey = (guint)CLAMP (samples->grey[i], 0, 255);

      counts[grey]++;
      sum += grey;
    }
  for (guint t = 0; t < 255; t++)
    {
      double apart;

      below += counts[t];
      sum_below += (double)t * counts[t];
      if (below == 0 || below == n)
        continue;
      apart = sum_below / below - (sum - sum_below) / (n - below);
      if (apart * apart * below * (n - below) <= best)
        continue;
      best = apart * apart * below * (n - below);
      best_at = t + 1;
    }
  return (float)best_at;
}

static void
judge_by_extremes (LanyardQrSamples *samples, const float *grey, guint reach, guint8 *dark)
{
  guint n = samples->side * samples->side;

  find_extremes (samples, grey, reach);
  for (guint i = 0; i < n; i++)
    dark[i] = 2 * grey[i] < samples->low[i] + samples->high[i];
}

void
lanyard_qr_samples_judge (LanyardQrSamples *samples, LanyardQrWay way, guint8 *dark)
{
  guint n = samples->side * samples->side;
  float threshold;

  switch (way)
    {
    case LANYARD_QR_BY_BOX:
      for (guint i = 0; i < n; i++)
        dark[i] = samples->grey[i] < samples->mean[i];
      break;
    case LANYARD_QR_BY_NEAR:
      judge_by_extremes (samples, samples->grey, NEAR, dark);
      break;
    case LANYARD_QR_BY_FAR:
      judge_by_extremes (samples, samples->grey, FAR, dark);
      break;
    case LANYARD_QR_BY_DEBLUR:
      sharpen (samples);
      judge_by_extremes (samples, samples->sharp, NEAR, dark);
      break;
    default:
      threshold = one_threshold (samples);
      for (guint i = 0; i < n; i++)
        dark[i] = samples->grey[i] < threshold;
      break;
    }
}

static guint
copy_of_format (const guint8 *dark, guint side, guint copy, gboolean mirrored)
{
  guint bits = 0;

  for (guint i = 0; i < 15; i++)
    {
      guint column, row;

      lanyard_qr_format_module (side, copy, i, &column, &row);
      bits |= (guint)dark[mirrored ? column * side + row : row * side + column] << i;
    }
  return bits;
}

gboolean
lanyard_qr_format_read (const guint8 *dark, guint side, LanyardQrFormat *format)
{
  format->n_wrong = G_MAXUINT;
  for (guint mirrored = 0; mirrored < 2; mirrored++)
    {
      guint copies[2]
          = { copy_of_format (dark, side, 0, mirrored), copy_of_format (dark, side, 1, mirrored) };

      for (guint i = 0; i < 2; i++)
        {
          guint n_wrong, bits = lanyard_qr_format_nearest (copies[i], &n_wrong);
          guint n = n_wrong + (guint)__builtin_popcount (bits ^ copies[1 - i]);

          if (n_wrong > MAX_FORMAT_WRONG || n >= format->n_wrong)
            continue;
          *format = (LanyardQrFormat){ mirrored, bits, n };
        }
    }
  return format->n_wrong != G_MAXUINT;
}
