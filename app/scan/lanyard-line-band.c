/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-line-band.h"

#include <math.h>
#include <string.h>

/*
 * A region as one line of samples: the mean over its rows. Noise goes down with the root of their
 * number, and as no camera stands quite straight, rows begin at different parts of a pixel, so that
 * bars of 0.7 px can be told apart where the angle is right.
 *
 * Assumes that the region's axis is right to 4 degrees and goes through the code, that the code is
 * straight along it and its bars are parallel: what bends or fans out blurs its own bars, by less
 * in bands that are lower. Rows are compared from the axis outwards and the first one that is
 * unlike is the code's end, so glare or a scratch across all bars cuts off what is behind it.
 * Assumes dark bars on light that begin in the first two fifths of the profile and end in the last
 * two, and that light beside them is in the picture: what is farther away than BESIDE and BESIDE_PX
 * is not looked at. Codes of more than 800 px have wider bins.
 *
 * Measured on 77 photographs and 65 drawings by bench-scan --corpus --alone --turns 1, read (of
 * all, first by line-deep):
 *   76 and 62 (20)   as it is
 *   76 and 53 (11)   1 bin a px, the limits of modules in lanyard-line-decoder as many px
 *   76 and 62 (20)   2 bins a px; 8 bins 75 and 62 (19): 4 read no more than 2, only others
 *   76 and 61 (19)   not turned
 *   76 and 62 (20)   rows not compared: for 9,008 work steps a picture instead of 5,277
 */

#define BINS_PER_PX 4
#define BESIDE 0.12           /* of the length, and */
#define BESIDE_PX 14          /* px to both ends belong to the profile, for the quiet zones */
#define PX_PER_STEP 400       /* pixels for a work step */
#define LEAST_MEAN_ALIKE 0.48 /* of those that are: noise of 60 levels gives 0.49 */
#define LEAST_HEIGHT_PX 6     /* of rows that look alike */
#define N_ROWS 25             /* lines that tell how high a region is */
#define LEAST_ALIKE 0.35      /* correlation of a row with the mean of those in the middle */
#define ANGLE_HALF_PX 16      /* rows that tell the angle; all would be no surer */
#define END_SHARE 0.4         /* of the profile in which the begin of a code is looked for */

void
lanyard_line_band_clear (LanyardLineBand *band)
{
  g_free (band->profile);
  g_free (band->weights);
  g_free (band->samples);
  *band = (LanyardLineBand){ 0 };
}

static void
reserve (LanyardLineBand *band)
{
  if (band->profile != NULL)
    return;
  band->profile = g_new (float, LANYARD_LINE_MAX_BINS);
  band->weights = g_new (float, LANYARD_LINE_MAX_BINS);
  band->samples = g_new (guint8, LANYARD_LINE_MAX_BINS);
}

static LanyardSegment
turned (const LanyardSegment *segment, double angle)
{
  LanyardPoint middle = lanyard_segment_point (segment, 0.5, 0);
  double dx = (segment->to.x - segment->from.x) / 2, dy = (segment->to.y - segment->from.y) / 2;
  double x = cos (angle) * dx - sin (angle) * dy, y = sin (angle) * dx + cos (angle) * dy;

  return (LanyardSegment){ { middle.x - x, middle.y - y }, { middle.x + x, middle.y + y } };
}

/* How much a band's profile goes up and down: most where the bars are upright. */
static double
sharpness (LanyardLineBand *band,
           LanyardWork *work,
           const LanyardPlane *plane,
           const LanyardSegment *segment,
           double half_px)
{
  guint n = CLAMP (lanyard_segment_length (segment) * 2, 8, LANYARD_LINE_MAX_BINS);
  double sum = 0;

  lanyard_work_spend (work, 1
                                + lanyard_line_project (plane, segment, half_px, band->profile,
                                                        band->weights, n)
                                      / PX_PER_STEP);
  for (guint i = 0; i + 1 < n; i++)
    sum += (band->profile[i + 1] - band->profile[i]) * (band->profile[i + 1] - band->profile[i]);
  return sum;
}

static void
align_angle (LanyardLineBand *band,
             LanyardWork *work,
             const LanyardPlane *plane,
             LanyardLineRegion *region)
{
  double degree = G_PI / 180, best_angle = 0;

  /* 1 degree, then ½, then ¼. */
  for (double step = 1; step >= 0.25; step /= 2)
    {
      double around = best_angle, best = -1;
      gint reach = step == 1 ? 4 : 1;

      for (gint i = -reach; i <= reach; i++)
        {
          double angle = around + i * step * degree;
          LanyardSegment segment = turned (&region->axis, angle);
          double sharp
              = sharpness (band, work, plane, &segment, MIN (region->half_px, ANGLE_HALF_PX));

          if (sharp > best)
            {
              best = sharp;
              best_angle = angle;
            }
        }
    }
  region->axis = turned (&region->axis, best_angle);
}

/* Correlation of the differences of @row and @mean. */
static double
likeness (const guint8 *row, const float *mean, guint n)
{
  double sum_xx = 0, sum_yy = 0, sum_xy = 0, spread;

  for (guint i = 0; i + 1 < n; i++)
    {
      double x = row[i + 1] - row[i], y = mean[i + 1] - mean[i];

      sum_xx += x * x;
      sum_yy += y * y;
      sum_xy += x * y;
    }
  spread = sum_xx * sum_yy;
  return spread > 0 ? sum_xy / sqrt (spread) : 0;
}

static gboolean
align_height (LanyardLineBand *band,
              LanyardWork *work,
              const LanyardPlane *plane,
              LanyardLineRegion *region)
{
  guint n = CLAMP (lanyard_segment_length (&region->axis), 8, LANYARD_LINE_MAX_BINS);
  double reach = region->half_px + 4, low = 0, high = 0, side, sum = 0;
  guint n_alike = 0;

  if (lanyard_line_project (plane, &region->axis, region->half_px / 3, band->profile, band->weights,
                            n)
      == 0)
    return FALSE;
  lanyard_work_spend (work, 1 + n * N_ROWS / PX_PER_STEP);
  for (gint way = -1; way <= 1; way += 2)
    for (guint i = 0; i <= N_ROWS / 2; i++)
      {
        LanyardSegment row;
        double alike;

        side = way * reach * i / (N_ROWS / 2);
        row = lanyard_segment_shift (&region->axis, side);
        lanyard_line_sample (plane, &row, band->samples, n);
        alike = likeness (band->samples, band->profile, n);
        if (alike < LEAST_ALIKE)
          break;
        sum += alike;
        n_alike++;
        low = MIN (low, side);
        high = MAX (high, side);
      }
  if (high - low < LEAST_HEIGHT_PX || sum < LEAST_MEAN_ALIKE * n_alike)
    return FALSE;
  region->axis = lanyard_segment_shift (&region->axis, (low + high) / 2);
  region->half_px = (high - low) / 2;
  return TRUE;
}

gboolean
lanyard_line_band_align (LanyardLineBand *band,
                         LanyardWork *work,
                         const LanyardPlane *plane,
                         LanyardLineRegion *region)
{
  reserve (band);
  align_angle (band, work, plane, region);
  return align_height (band, work, plane, region);
}

gboolean
lanyard_line_band_project (LanyardLineBand *band,
                           LanyardWork *work,
                           const LanyardPlane *plane,
                           const LanyardLineRegion *region,
                           double side_px,
                           double half_px)
{
  double more = BESIDE + BESIDE_PX / MAX (lanyard_segment_length (&region->axis), 1);
  guint n_px;

  reserve (band);
  band->segment = (LanyardSegment){ lanyard_segment_point (&region->axis, -more, side_px),
                                    lanyard_segment_point (&region->axis, 1 + more, side_px) };
  band->half_px = half_px;
  band->n_bins
      = CLAMP (lanyard_segment_length (&band->segment) * BINS_PER_PX, 8, LANYARD_LINE_MAX_BINS);
  n_px = lanyard_line_project (plane, &band->segment, half_px, band->profile, band->weights,
                               band->n_bins);
  lanyard_work_spend (work, 1 + n_px / PX_PER_STEP);
  for (guint i = 0; i < band->n_bins && n_px > 0; i++)
    band->samples[i] = (guint8)CLAMP (lrintf (band->profile[i]), 0, 255);
  return n_px > 0;
}

guint
lanyard_line_band_ends (const LanyardLineBand *band,
                        const LanyardEdges *edges,
                        gboolean is_begin,
                        LanyardLineEnd *ends,
                        guint max)
{
  guint n = 0;

  /* Edges go in turn to dark and to light; a code begins with the former, behind light. */
  for (guint i = is_begin ? 0 : 1; i < edges->n_edges; i += 2)
    {
      LanyardLineEnd end = { (double)edges->edges[i] / LANYARD_EDGE_UNITS + 0.5, 0 };
      double other = is_begin ? 0 : band->n_bins;
      guint to = n;

      if (is_begin ? end.at > END_SHARE * band->n_bins : end.at < (1 - END_SHARE) * band->n_bins)
        continue;
      if (is_begin && i > 0)
        other = (double)edges->edges[i - 1] / LANYARD_EDGE_UNITS;
      if (!is_begin && i + 1 < edges->n_edges)
        other = (double)edges->edges[i + 1] / LANYARD_EDGE_UNITS;
      end.quiet = fabs (end.at - other);
      while (to > 0 && ends[to - 1].quiet < end.quiet)
        to--;
      if (to == max)
        continue;
      n = MIN (n + 1, max);
      memmove (&ends[to + 1], &ends[to], (n - 1 - to) * sizeof *ends);
      ends[to] = end;
    }
  return n;
}
