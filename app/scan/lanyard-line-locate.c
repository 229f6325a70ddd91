/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-line-locate.h"

#include <math.h>
#include <string.h>

/*
 * Where linear codes may be: cells of 8 × 8 px whose grey changes in one direction only, and what
 * is connected of them with about the same direction (structure tensor, Bigün & Granlund 1987).
 *
 * Assumed: a code is at least 40 px long and 8 px high; seen from the side its bars fan out, but
 * from cell to cell they turn by little.
 * Differences are between neighbours, not two apart: bars of one pixel would have none otherwise.
 * They are taken over 2 × 2 px, so that noise says nothing of a direction.
 */

#define CELL LANYARD_LINE_CELL_PX
#define ROW_STEP 2 /* every second row is enough */
#define CELL_SAMPLES (CELL * CELL / ROW_STEP)
#define LEAST_ENERGY 40     /* mean squared difference of a cell, levels² */
#define LEAST_COHERENCE 0.5 /* 0 all directions alike, 1 one direction */
#define NEXT_DIRECTION 0.9  /* cosine of twice the angle between neighbours, 13 degrees */
#define SAME_DIRECTION 0.45 /* and to where a region was begun: bars fan out, 31 degrees */
#define LEAST_CELLS 6
#define LEAST_LENGTH_PX 36

/* Sums over a cell of products of the differences to the right (x) and down (y). */
typedef struct _LanyardLineCell
{
  float xx, yy, xy;
  float cosine, sine; /* of twice the angle of the smoothed cell; 0, 0: not coherent */
  gboolean taken;
} Cell;

/* Sums over the cells of a region. */
typedef struct
{
  double xx, yy, xy;
  guint n;
  double coherence;
} RegionSums;

static Cell *
cell_at (LanyardLineLocator *locator, guint column, guint row)
{
  return &locator->cells[row * locator->n_columns + column];
}

/* Differences of a row of a cell; over 2 × 2 px, so twice what they are. */
static inline void
difference_row (const guint8 *restrict here,
                const guint8 *restrict below,
                gint16 *restrict x,
                gint16 *restrict y)
{
  for (guint i = 0; i < CELL; i++)
    {
      gint16 falling = below[i + 1] - here[i], rising = here[i + 1] - below[i];

      x[i] = falling + rising;
      y[i] = falling - rising;
    }
}

/* 16 bits by 16 into 32: compilers know an instruction for just that. */
static inline gint32
product (const gint16 *restrict a, const gint16 *restrict b)
{
  gint32 sum = 0;

  for (guint i = 0; i < CELL_SAMPLES; i++)
    sum += a[i] * b[i];
  return sum;
}

static void
measure_row (LanyardLineLocator *locator, const LanyardPlane *plane, guint row)
{
  for (guint column = 0; column < locator->n_columns; column++)
    {
      const guint8 *at = plane->data + (gsize)row * CELL * plane->stride + (gsize)column * CELL;
      gint16 x[CELL_SAMPLES], y[CELL_SAMPLES];

      for (guint i = 0; i < CELL / ROW_STEP; i++)
        difference_row (at + i * ROW_STEP * plane->stride, at + (i * ROW_STEP + 1) * plane->stride,
                        x + i * CELL, y + i * CELL);
      *cell_at (locator, column, row) = (Cell){ product (x, x), product (y, y), product (x, y) };
    }
}

void
lanyard_line_locator_clear (LanyardLineLocator *locator)
{
  g_free (locator->cells);
  g_free (locator->queue);
  *locator = (LanyardLineLocator){ 0 };
}

gboolean
lanyard_line_locator_measure (LanyardLineLocator *locator,
                              const LanyardPlane *plane,
                              guint row,
                              guint n_rows)
{
  /* A difference to the right of the last column needs one more pixel. */
  guint n_columns = (plane->width - 1) / CELL, n = (plane->height - 1) / CELL;

  if (row == 0)
    {
      locator->n_columns = n_columns;
      locator->n_rows = n;
      if (locator->allocated < n_columns * n)
        {
          locator->allocated = n_columns * n;
          locator->cells = g_renew (Cell, locator->cells, locator->allocated);
          locator->queue = g_renew (guint32, locator->queue, locator->allocated);
        }
    }
  g_return_val_if_fail (locator->n_columns == n_columns && locator->n_rows == n, TRUE);
  n = MIN (row + n_rows, n);
  for (; row < n; row++)
    measure_row (locator, plane, row);
  return row >= locator->n_rows;
}

/* Tensor of a cell and its neighbours; noise goes down and gaps between wide bars are closed. */
static void
direct_cell (LanyardLineLocator *locator, guint column, guint row)
{
  Cell *cell = cell_at (locator, column, row);
  float xx = 0, yy = 0, xy = 0, energy, spread;
  guint n = 0;

  for (guint y = row > 0 ? row - 1 : 0; y < MIN (row + 2, locator->n_rows); y++)
    for (guint x = column > 0 ? column - 1 : 0; x < MIN (column + 2, locator->n_columns); x++, n++)
      {
        const Cell *other = cell_at (locator, x, y);

        xx += other->xx;
        yy += other->yy;
        xy += other->xy;
      }
  energy = xx + yy;
  spread = hypotf (xx - yy, 2 * xy);
  if (energy < LEAST_ENERGY * CELL_SAMPLES * n || spread < LEAST_COHERENCE * energy)
    return;
  cell->cosine = (xx - yy) / spread;
  cell->sine = 2 * xy / spread;
}

static void
take_cell (LanyardLineLocator *locator, guint32 index, guint *n_queued, RegionSums *sums)
{
  Cell *cell = &locator->cells[index];
  double energy = cell->xx + cell->yy;

  cell->taken = TRUE;
  locator->queue[(*n_queued)++] = index;
  sums->xx += cell->xx;
  sums->yy += cell->yy;
  sums->xy += cell->xy;
  sums->n++;
  sums->coherence += energy > 0 ? hypot (cell->xx - cell->yy, 2 * cell->xy) / energy : 0;
}

/* Cosine of twice the angle between two cells. */
static float
alike (const Cell *one, const Cell *other)
{
  return one->cosine * other->cosine + one->sine * other->sine;
}

/* Takes all that is connected with @seed and has its direction; they are in the queue. */
static RegionSums
grow (LanyardLineLocator *locator, guint32 seed)
{
  const Cell *first = &locator->cells[seed];
  RegionSums sums = { 0 };
  guint n_queued = 0;

  take_cell (locator, seed, &n_queued, &sums);
  for (guint i = 0; i < n_queued; i++)
    {
      guint column = locator->queue[i] % locator->n_columns;
      guint row = locator->queue[i] / locator->n_columns;

      for (guint y = row > 0 ? row - 1 : 0; y < MIN (row + 2, locator->n_rows); y++)
        for (guint x = column > 0 ? column - 1 : 0; x < MIN (column + 2, locator->n_columns); x++)
          {
            const Cell *cell = cell_at (locator, x, y);

            if (!cell->taken && alike (cell, first) > SAME_DIRECTION
                && alike (cell, &locator->cells[locator->queue[i]]) > NEXT_DIRECTION)
              take_cell (locator, y * locator->n_columns + x, &n_queued, &sums);
          }
    }
  return sums;
}

/* The rectangle around the cells in the queue, in their direction. */
static LanyardLineRegion
bound (LanyardLineLocator *locator, const RegionSums *sums)
{
  double angle = atan2 (2 * sums->xy, sums->xx - sums->yy) / 2;
  double dx = cos (angle), dy = sin (angle), reach = CELL / 2.0 * (fabs (dx) + fabs (dy));
  double low_u = G_MAXDOUBLE, high_u = -G_MAXDOUBLE, low_v = G_MAXDOUBLE, high_v = -G_MAXDOUBLE;
  double middle_v;

  for (guint i = 0; i < sums->n; i++)
    {
      double x = (locator->queue[i] % locator->n_columns + 0.5) * CELL;
      double y = (locator->queue[i] / locator->n_columns + 0.5) * CELL;
      double u = x * dx + y * dy, v = y * dx - x * dy;

      low_u = MIN (low_u, u - reach);
      high_u = MAX (high_u, u + reach);
      low_v = MIN (low_v, v - reach);
      high_v = MAX (high_v, v + reach);
    }
  middle_v = (low_v + high_v) / 2;
  return (LanyardLineRegion){
    { { low_u * dx - middle_v * dy, low_u * dy + middle_v * dx },
      { high_u * dx - middle_v * dy, high_u * dy + middle_v * dx } },
    (high_v - low_v) / 2,
    sums->coherence * MIN (1, sums->n * CELL * CELL / ((high_u - low_u) * (high_v - low_v))),
  };
}

static void
keep (LanyardLineRegion *regions, guint *n, LanyardLineRegion region)
{
  guint at = *n;

  while (at > 0 && regions[at - 1].weight < region.weight)
    at--;
  if (at == LANYARD_LINE_MAX_REGIONS)
    return;
  *n = MIN (*n + 1, LANYARD_LINE_MAX_REGIONS);
  memmove (&regions[at + 1], &regions[at], (*n - 1 - at) * sizeof *regions);
  regions[at] = region;
}

guint
lanyard_line_locator_find (LanyardLineLocator *locator,
                           LanyardLineRegion regions[LANYARD_LINE_MAX_REGIONS])
{
  guint n_cells = locator->n_columns * locator->n_rows, n = 0;

  for (guint row = 0; row < locator->n_rows; row++)
    for (guint column = 0; column < locator->n_columns; column++)
      direct_cell (locator, column, row);
  for (guint32 i = 0; i < n_cells; i++)
    {
      RegionSums sums;
      LanyardLineRegion region;

      if (locator->cells[i].taken || (locator->cells[i].cosine == 0 && locator->cells[i].sine == 0))
        continue;
      sums = grow (locator, i);
      if (sums.n < LEAST_CELLS)
        continue;
      region = bound (locator, &sums);
      if (lanyard_segment_length (&region.axis) >= LEAST_LENGTH_PX)
        keep (regions, &n, region);
    }
  return n;
}
