/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * From cells to characters. How tall the print is and how it looks are the same all over the zone:
 * found on some of its cells, then kept. Cells are moved to where their best characters are,
 * smoothly along each line: 44 small errors make one small curve. Measured: the comb leaves middles
 * right to 0.1 pitch, two passes of this to 0.02.
 *
 * Assumes that a zone was printed at one go and seen by one lens: one height, one boldness and one
 * blur for all of its cells. Assumes that its lines bend no more than a curve of the third degree
 * does, and that middles are known to LANYARD_OCRB_REACH samples of 16 a pitch. Beside a line there
 * is paper for one character, before and behind it: a line that goes on is no zone's.
 *
 * Measured by bench-mrz 5 0, read of 70 readable pictures and of 50 beyond, none wrong:
 *   70 and 37   as it is
 *   49 and 20   cells stay where the comb has them
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-mrz-zone.h"

#include <math.h>
#include <string.h>

/* A match costs this for each shift, and a patch this much before. */
#define STEPS_A_MATCH 2
#define STEPS_A_PATCH 2
/* Every how many cells the zone is judged by. */
#define SOME 6
/* Paper beside a line, with whatever guilloche, has less contrast than this part of the print. */
#define BLANK_SHARE 0.5
#define DEGREE 4 /* of the curve, plus one */

/* Of a coordinate, these bits are behind the point. */
#define FIXED_BITS 16
#define TO_FIXED(x) ((int)((x) * (1 << FIXED_BITS)))

/* Grey between four pixels, the coordinates as TO_FIXED() makes them. */
static guint
sample (const LanyardPlane *plane, int x, int y)
{
  int left = x >> FIXED_BITS, top = y >> FIXED_BITS;
  guint fx = (guint)(x >> (FIXED_BITS - 8)) & 255, fy = (guint)(y >> (FIXED_BITS - 8)) & 255;
  const guint8 *at;

  if (left < 0 || top < 0 || left + 1 >= (int)plane->width || top + 1 >= (int)plane->height)
    return 128;
  at = plane->data + (gsize)top * plane->stride + (gsize)left;
  return ((at[0] * (256 - fx) + at[1] * fx) * (256 - fy)
          + (at[plane->stride] * (256 - fx) + at[plane->stride + 1] * fx) * fy)
         >> 16;
}

/* Above 22 px a pitch four samples make one, so that no pixel is left out. */
static void
take_patch (const LanyardPlane *plane,
            LanyardPoint centre,
            LanyardPoint along,
            LanyardPoint down,
            LanyardOcrbPatch patch)
{
  const double left = 0.5 - LANYARD_OCRB_PATCH_WIDTH / 2.0;
  const double top = 0.5 - LANYARD_OCRB_PATCH_HEIGHT / 2.0;
  double ax = along.x / LANYARD_OCRB_SCALE, ay = along.y / LANYARD_OCRB_SCALE;
  double dx = down.x / LANYARD_OCRB_SCALE, dy = down.y / LANYARD_OCRB_SCALE;
  int step_x = TO_FIXED (ax), step_y = TO_FIXED (ay);
  int near_x = TO_FIXED ((ax + dx) / 4), near_y = TO_FIXED ((ay + dy) / 4);
  int far_x = TO_FIXED ((ax - dx) / 4), far_y = TO_FIXED ((ay - dy) / 4);
  gboolean fine = hypot (along.x, along.y) > 22;

  for (guint row = 0; row < LANYARD_OCRB_PATCH_HEIGHT; row++)
    {
      int x = TO_FIXED (centre.x + left * ax + (top + row) * dx);
      int y = TO_FIXED (centre.y + left * ay + (top + row) * dy);

      for (guint i = 0; i < LANYARD_OCRB_PATCH_WIDTH; i++, x += step_x, y += step_y)
        *patch++ = (guint8)(fine ? (sample (plane, x - near_x, y - near_y)
                                    + sample (plane, x + near_x, y + near_y)
                                    + sample (plane, x - far_x, y - far_y)
                                    + sample (plane, x + far_x, y + far_y) + 2)
                                       / 4
                                 : sample (plane, x, y));
    }
}

static void
match_cell (LanyardMrzZone *zone,
            const LanyardPlane *plane,
            guint line,
            guint column,
            guint reach,
            LanyardWork *work)
{
  LanyardPoint along, down;
  LanyardOcrbPatch patch;

  lanyard_work_spend (work, STEPS_A_PATCH + STEPS_A_MATCH * (2 * reach + 1) * (2 * reach + 1));
  lanyard_mrz_zone_axes (zone, line, column, &along, &down);
  take_patch (plane, zone->centres[line][column], along, down, patch);
  lanyard_ocrb_match (zone->look, patch, reach, &zone->cells[line][column]);
}

/* Mean of every @every-th cell of all lines; another one in each line. */
static double
rate (LanyardMrzZone *zone, const LanyardPlane *plane, guint every, guint reach, LanyardWork *work)
{
  double sum = 0;
  guint n = 0;

  for (guint line = 0; line < zone->n_lines; line++)
    for (guint column = line % every; column < zone->n_columns; column += every, n++)
      {
        match_cell (zone, plane, line, column, reach, work);
        sum += zone->cells[line][column].scores[zone->cells[line][column].best];
      }
  return sum / n;
}

static void
choose_look (LanyardMrzZone *zone, const LanyardPlane *plane, LanyardWork *work)
{
  guint best = zone->look;

  zone->quality = -1;
  for (guint look = 0; look < LANYARD_OCRB_N_LOOKS; look++)
    {
      double quality;

      zone->look = look;
      quality = rate (zone, plane, SOME, 0, work);
      if (quality > zone->quality)
        {
          zone->quality = quality;
          best = look;
        }
    }
  zone->look = best;
}

static void
choose_height (LanyardMrzZone *zone,
               const LanyardPlane *plane,
               int n_steps,
               double step,
               guint reach,
               LanyardWork *work)
{
  double middle = zone->tall, best = zone->tall;

  zone->quality = -1;
  for (int i = -n_steps; i <= n_steps; i++)
    {
      double quality;

      zone->tall = middle + i * step;
      quality = rate (zone, plane, SOME, reach, work);
      if (quality > zone->quality)
        {
          zone->quality = quality;
          best = zone->tall;
        }
    }
  zone->tall = best;
}

double
lanyard_mrz_zone_judge (LanyardMrzZone *zone, const LanyardPlane *plane, LanyardWork *work)
{
  zone->tall = 0.93;
  zone->look = LANYARD_OCRB_USUAL_LOOK;
  choose_height (zone, plane, 1, 0.14, LANYARD_OCRB_REACH, work);
  return zone->quality;
}

/* Least squares over columns from -1 to 1, DEGREE unknowns; weights of 0 leave a cell out. */
static void
fit_curve (const double *values, const double *weights, guint n, double *curve)
{
  double matrix[DEGREE][DEGREE + 1] = { { 0 } };

  for (guint i = 0; i < n; i++)
    {
      double t = 2.0 * i / (n - 1) - 1, power = 1, powers[DEGREE];

      for (guint k = 0; k < DEGREE; k++, power *= t)
        powers[k] = power;
      for (guint row = 0; row < DEGREE; row++)
        {
          for (guint k = 0; k < DEGREE; k++)
            matrix[row][k] += weights[i] * powers[row] * powers[k];
          matrix[row][DEGREE] += weights[i] * powers[row] * values[i];
        }
    }
  for (guint i = 0; i < DEGREE; i++)
    matrix[i][i] += 0.05;
  for (guint i = 0; i < DEGREE; i++)
    for (guint row = 0; row < DEGREE; row++)
      if (row != i)
        {
          double factor = matrix[row][i] / matrix[i][i];

          for (guint k = i; k <= DEGREE; k++)
            matrix[row][k] -= factor * matrix[i][k];
        }
  for (guint i = 0; i < DEGREE; i++)
    curve[i] = matrix[i][DEGREE] / matrix[i][i];
}

static double
curve_at (const double *curve, guint i, guint n)
{
  double t = 2.0 * i / (n - 1) - 1;

  return curve[0] + t * (curve[1] + t * (curve[2] + t * curve[3]));
}

/* Moves the cells of one line along two smooth curves to where their characters were found. */
static void
move_line (LanyardMrzZone *zone, guint line)
{
  double dx[LANYARD_MRZ_MAX_COLUMNS] = { 0 }, dy[LANYARD_MRZ_MAX_COLUMNS] = { 0 };
  double weights[LANYARD_MRZ_MAX_COLUMNS] = { 0 }, curve_x[DEGREE], curve_y[DEGREE];
  LanyardPoint moved[LANYARD_MRZ_MAX_COLUMNS];
  guint n = zone->n_columns;

  for (guint i = 0; i < n; i++)
    {
      const LanyardOcrbMatch *cell = &zone->cells[line][i];
      double surplus = cell->scores[cell->best] - zone->quality + 0.15;

      dx[i] = cell->dx / LANYARD_OCRB_SCALE;
      dy[i] = cell->dy / LANYARD_OCRB_SCALE;
      weights[i] = CLAMP (surplus * 5, 0, 1);
    }
  fit_curve (dx, weights, n, curve_x);
  fit_curve (dy, weights, n, curve_y);
  for (guint i = 0; i < n; i++)
    {
      double x = curve_at (curve_x, i, n), y = curve_at (curve_y, i, n);
      LanyardPoint along, down;

      lanyard_mrz_zone_axes (zone, line, i, &along, &down);
      moved[i].x = zone->centres[line][i].x + x * along.x + y * down.x;
      moved[i].y = zone->centres[line][i].y + x * along.y + y * down.y;
    }
  memcpy (zone->centres[line], moved, n * sizeof *moved);
}

void
lanyard_mrz_zone_read (LanyardMrzZone *zone, const LanyardPlane *plane, LanyardWork *work)
{
  for (guint pass = 0; pass < 2; pass++)
    {
      zone->quality = rate (zone, plane, 1, pass == 0 ? LANYARD_OCRB_REACH : 1, work);
      for (guint line = 0; line < zone->n_lines; line++)
        move_line (zone, line);
      choose_height (zone, plane, 3, pass == 0 ? 0.04 : 0.02, 0, work);
      choose_look (zone, plane, work);
    }
  zone->quality = rate (zone, plane, 1, 1, work);
}

/* How much the samples of the middle part of a patch differ. */
static double
contrast_of (const LanyardOcrbPatch patch)
{
  enum
  {
    margin = 4
  };
  double sum = 0, squares = 0;
  guint n = 0;

  for (guint y = margin; y < LANYARD_OCRB_PATCH_HEIGHT - margin; y++)
    for (guint x = margin; x < LANYARD_OCRB_PATCH_WIDTH - margin; x++, n++)
      {
        double value = patch[y * LANYARD_OCRB_PATCH_WIDTH + x];

        sum += value;
        squares += value * value;
      }
  return sqrt (MAX (squares / n - sum * sum / n / n, 0));
}

static gboolean
is_inside (const LanyardPlane *plane, LanyardPoint point)
{
  return point.x >= 1 && point.y >= 1 && point.x < plane->width - 1 && point.y < plane->height - 1;
}

/* Whether there is blank paper one character before or behind a line. */
static gboolean
is_blank_beside (const LanyardMrzZone *zone, const LanyardPlane *plane, guint line, gboolean behind)
{
  guint column = behind ? zone->n_columns - 1 : 0;
  LanyardPoint along, down, beside = zone->centres[line][column], edge;
  LanyardOcrbPatch inner, outer;
  double print = 0;

  lanyard_mrz_zone_axes (zone, line, column, &along, &down);
  beside.x += behind ? along.x : -along.x;
  beside.y += behind ? along.y : -along.y;
  edge.x = beside.x + (behind ? 0.3 : -0.3) * along.x;
  edge.y = beside.y + (behind ? 0.3 : -0.3) * along.y;
  if (!is_inside (plane, edge))
    return FALSE;
  take_patch (plane, beside, along, down, outer);
  for (guint i = 0; i < 4; i++)
    {
      lanyard_mrz_zone_axes (zone, line, behind ? column - i : i, &along, &down);
      take_patch (plane, zone->centres[line][behind ? column - i : i], along, down, inner);
      print += contrast_of (inner) / 4;
    }
  return contrast_of (outer) < BLANK_SHARE * print;
}

gboolean
lanyard_mrz_zone_is_whole (const LanyardMrzZone *zone, const LanyardPlane *plane)
{
  for (guint line = 0; line < zone->n_lines; line++)
    if (!is_blank_beside (zone, plane, line, FALSE) || !is_blank_beside (zone, plane, line, TRUE))
      return FALSE;
  return TRUE;
}
