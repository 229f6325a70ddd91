/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-qr-grid.h"

#include <math.h>

#define MAX_REACH 4.5     /* modules around where the last pattern should be */
#define CENTRE_STEP 0.125 /* modules */
#define CENTRE_LOSS 0.15
#define MAX_CENTRE_STEPS 8
#define MIN_PATTERN 0.35 /* an alignment pattern that is worth following */

/* Where what is not the same in all is between nodes: linear; outside as at the rim. */
static void
bend (const LanyardQrGrid *grid, double column, double row, double *x, double *y)
{
  guint n = grid->n_nodes, c = 0, r = 0;
  double fc, fr;

  while (c + 2 < n && column > grid->nodes[c + 1])
    c++;
  while (r + 2 < n && row > grid->nodes[r + 1])
    r++;
  fc = (column - grid->nodes[c]) / (grid->nodes[c + 1] - grid->nodes[c]);
  fr = (row - grid->nodes[r]) / (grid->nodes[r + 1] - grid->nodes[r]);
  *x += (1 - fr) * ((1 - fc) * grid->dx[r][c] + fc * grid->dx[r][c + 1])
        + fr * ((1 - fc) * grid->dx[r + 1][c] + fc * grid->dx[r + 1][c + 1]);
  *y += (1 - fr) * ((1 - fc) * grid->dy[r][c] + fc * grid->dy[r][c + 1])
        + fr * ((1 - fc) * grid->dy[r + 1][c] + fc * grid->dy[r + 1][c + 1]);
}

void
lanyard_qr_grid_map (const LanyardQrGrid *grid, double column, double row, double *x, double *y)
{
  lanyard_qr_homography_map (&grid->map, column, row, x, y);
  if (grid->is_bent)
    bend (grid, column, row, x, y);
}

double
lanyard_qr_grid_contrast (const LanyardQrPicture *picture, const LanyardQrTriple *triple)
{
  const LanyardQrFinder *finders[] = { &triple->corner, &triple->right, &triple->below };
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    for (int k = -1; k <= 1; k++)
      {
        sum += lanyard_qr_finder_lightness (picture, finders[i], k, 2)
               + lanyard_qr_finder_lightness (picture, finders[i], k, -2)
               + lanyard_qr_finder_lightness (picture, finders[i], 2, k)
               + lanyard_qr_finder_lightness (picture, finders[i], -2, k);
        sum -= lanyard_qr_finder_lightness (picture, finders[i], k, 3)
               + lanyard_qr_finder_lightness (picture, finders[i], k, -3)
               + lanyard_qr_finder_lightness (picture, finders[i], 3, k)
               + lanyard_qr_finder_lightness (picture, finders[i], -3, k);
      }
  return MAX (sum / 72, 1);
}

/* Ties at the middle and the corners of @finder, whose middle is at module @column, @row. */
static guint
tie_finder (const LanyardQrFinder *finder,
            double column,
            double row,
            double weight,
            LanyardQrTie *ties)
{
  static const double corners[4][2] = { { -3, -3 }, { 3, -3 }, { 3, 3 }, { -3, 3 } };

  ties[0] = (LanyardQrTie){ column, row, finder->x, finder->y, 1 };
  for (guint i = 0; i < 4; i++)
    {
      double u = corners[i][0], v = corners[i][1];

      ties[1 + i]
          = (LanyardQrTie){ column + u, row + v, finder->x + u * finder->ux + v * finder->vx,
                            finder->y + u * finder->uy + v * finder->vy, weight };
    }
  return 5;
}

static guint
tie_triple (const LanyardQrTriple *triple, guint side, double weight, LanyardQrTie ties[16])
{
  double end = side - 3.5;
  guint n = tie_finder (&triple->corner, 3.5, 3.5, weight, ties);

  n += tie_finder (&triple->right, end, 3.5, weight, ties + n);
  n += tie_finder (&triple->below, 3.5, end, weight, ties + n);
  return n;
}

/* Where the middle of a fourth finder would be if there were no perspective. */
static LanyardQrTie
fourth_of (const LanyardQrTriple *triple, guint side, double weight)
{
  return (LanyardQrTie){ side - 3.5, side - 3.5,
                         triple->right.x + triple->below.x - triple->corner.x,
                         triple->right.y + triple->below.y - triple->corner.y, weight };
}

/* @flat: how much a parallelogram is trusted */
static gboolean
start (const LanyardQrTriple *triple, guint side, double flat, LanyardQrHomography *map)
{
  LanyardQrTie ties[16];
  guint n = tie_triple (triple, side, flat > 0.5 ? 0.05 : 1, ties);

  if (flat > 0)
    ties[n++] = fourth_of (triple, side, flat);
  return lanyard_qr_homography_fit (map, ties, n);
}

/* Parts of grey values that px @x, @y (parts) are @light, at most @limit. */
static inline int
clear (const LanyardQrPicture *picture, int x, int y, int limit)
{
  return CLAMP (lanyard_qr_picture_lightness_in_parts (picture, x, y), -limit, limit);
}

double
lanyard_qr_grid_fit (const LanyardQrPicture *picture,
                     const LanyardQrLayout *layout,
                     const LanyardQrGrid *grid)
{
  int limit = lanyard_qr_picture_limit (picture);
  gint64 sum = 0;

  for (guint row = 0; row < layout->side; row++)
    for (guint column = 0; column < layout->side; column++)
      {
        guint8 kind = layout->kind[row * layout->side + column];
        double x, y;
        int lightness;

        if (kind != LANYARD_QR_LIGHT && kind != LANYARD_QR_DARK)
          continue;
        lanyard_qr_grid_map (grid, column + 0.5, row + 0.5, &x, &y);
        /* Far outside as just outside, and what is no number as well. */
        lightness
            = fabs (x) < LANYARD_FRAME_MAX_SIDE_PX && fabs (y) < LANYARD_FRAME_MAX_SIDE_PX
                  ? clear (picture, (int)(LANYARD_QR_PARTS * x), (int)(LANYARD_QR_PARTS * y), limit)
                  : 0;
        sum += kind == LANYARD_QR_LIGHT ? lightness : -lightness;
      }
  return (double)sum / ((double)limit * layout->n_fixed);
}

/* How well an alignment pattern with its middle at px @x, @y fits, -1 to 1; from the middle
 * outwards, and no farther when it cannot be better than @least. */
static double
pattern_fit (const LanyardQrPicture *picture,
             double x,
             double y,
             const double right[2],
             const double down[2],
             double least)
{
  int limit = lanyard_qr_picture_limit (picture), left = 24 * limit, sum;
  int px = (int)(LANYARD_QR_PARTS * x), py = (int)(LANYARD_QR_PARTS * y);
  int rx = (int)(LANYARD_QR_PARTS * right[0]), ry = (int)(LANYARD_QR_PARTS * right[1]);
  int dx = (int)(LANYARD_QR_PARTS * down[0]), dy = (int)(LANYARD_QR_PARTS * down[1]);

  sum = -clear (picture, px, py, limit);
  for (int ring = 1; ring <= 2; ring++)
    {
      int ring_sum = 0;

      if (sum + left <= 25 * least * limit)
        return -1;
      for (int i = -ring; i < ring; i++)
        ring_sum += clear (picture, px + i * rx - ring * dx, py + i * ry - ring * dy, limit)
                    + clear (picture, px + ring * rx + i * dx, py + ring * ry + i * dy, limit)
                    + clear (picture, px - i * rx + ring * dx, py - i * ry + ring * dy, limit)
                    + clear (picture, px - ring * rx - i * dx, py - ring * ry - i * dy, limit);
      sum += ring == 1 ? ring_sum : -ring_sum;
      left -= 8 * limit;
    }
  return sum / (25.0 * limit);
}

/* The best of places @step modules apart, up to @n steps around *@x, *@y; goes there. */
static double
best_around (const LanyardQrPicture *picture,
             const double right[2],
             const double down[2],
             double step,
             int n,
             double away,
             double *x,
             double *y)
{
  double best = -1, best_x = *x, best_y = *y;

  for (int v = -n; v <= n; v++)
    for (int u = -n; u <= n; u++)
      {
        double at_x = *x + step * (u * right[0] + v * down[0]);
        double at_y = *y + step * (u * right[1] + v * down[1]);
        double far = away * step * sqrt ((double)(u * u + v * v));
        double fit = pattern_fit (picture, at_x, at_y, right, down, best + far) - far;

        if (fit <= best)
          continue;
        best = fit;
        best_x = at_x;
        best_y = at_y;
      }
  *x = best_x;
  *y = best_y;
  return best;
}

/* How many steps along @axis (px) the pattern still fits as it does at @x, @y. */
static int
steps_until_worse (const LanyardQrPicture *picture,
                   const double right[2],
                   const double down[2],
                   const double axis[2],
                   double step,
                   double least,
                   double x,
                   double y)
{
  int n = 1;

  while (n < MAX_CENTRE_STEPS
         && pattern_fit (picture, x + n * step * axis[0], y + n * step * axis[1], right, down, -1)
                >= least)
    n++;
  return n;
}

/* All places where modules are met fit alike: the middle of them is the pattern's. */
static void
centre (const LanyardQrPicture *picture,
        const double right[2],
        const double down[2],
        double best,
        double *x,
        double *y)
{
  const double *const axes[] = { right, down };

  for (guint i = 0; i < 2; i++)
    {
      int after = steps_until_worse (picture, right, down, axes[i], CENTRE_STEP, best - CENTRE_LOSS,
                                     *x, *y);
      int before = steps_until_worse (picture, right, down, axes[i], -CENTRE_STEP,
                                      best - CENTRE_LOSS, *x, *y);

      *x += (after - before) / 2.0 * CENTRE_STEP * axes[i][0];
      *y += (after - before) / 2.0 * CENTRE_STEP * axes[i][1];
    }
}

double
lanyard_qr_grid_find_pattern (const LanyardQrPicture *picture,
                              const LanyardQrGrid *grid,
                              double column,
                              double row,
                              double reach,
                              double *x,
                              double *y)
{
  double right[2], down[2], best;

  lanyard_qr_homography_axes (&grid->map, column, row, right, down);
  lanyard_qr_grid_map (grid, column, row, x, y);
  best_around (picture, right, down, 0.5, (int)ceil (2 * reach), 0.03, x, y);
  best = best_around (picture, right, down, 0.25, 1, 0, x, y);
  if (best > MIN_PATTERN)
    centre (picture, right, down, best, x, y);
  return best;
}

/* From a first map to one that goes through the alignment pattern below right. */
static void
settle (const LanyardQrPicture *picture,
        const LanyardQrTriple *triple,
        const LanyardQrLayout *layout,
        LanyardQrGrid *grid)
{
  LanyardQrTie ties[16];
  LanyardQrHomography with;
  double at = layout->side - 6.5;
  /* With many patterns each is looked for from its neighbours, later (lanyard-qr-mesh). */
  double reach = MIN (2 + layout->side / 20.0, MAX_REACH);
  double fit;
  guint n;

  grid->fit = lanyard_qr_grid_fit (picture, layout, grid);
  if (layout->n_patterns == 0)
    return;
  n = tie_triple (triple, layout->side, 0.05, ties);
  ties[n] = (LanyardQrTie){ at, at, 0, 0, 1 };
  if (lanyard_qr_grid_find_pattern (picture, grid, at, at, reach, &ties[n].x, &ties[n].y)
          < MIN_PATTERN
      || !lanyard_qr_homography_fit (&with, ties, n + 1))
    return;
  LanyardQrGrid tied = *grid;

  tied.map = with;
  fit = lanyard_qr_grid_fit (picture, layout, &tied);
  if (fit < grid->fit)
    return;
  grid->map = with;
  grid->fit = fit;
}

gboolean
lanyard_qr_grid_flatten (const LanyardQrTriple *triple, guint side, LanyardQrHomography *map)
{
  const LanyardQrTie ties[] = {
    { 3.5, 3.5, triple->corner.x, triple->corner.y, 1 },
    { side - 3.5, 3.5, triple->right.x, triple->right.y, 1 },
    { 3.5, side - 3.5, triple->below.x, triple->below.y, 1 },
    fourth_of (triple, side, 1),
  };

  return lanyard_qr_homography_fit (map, ties, G_N_ELEMENTS (ties));
}

gboolean
lanyard_qr_grid_place (const LanyardQrPicture *picture,
                       const LanyardQrTriple *triple,
                       const LanyardQrLayout *layout,
                       LanyardQrGrid *grid)
{
  static const double flats[] = { 0, 1, 0.05 };
  gboolean placed = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (flats); i++)
    {
      LanyardQrGrid other = { .version = layout->version, .side = layout->side };

      if (!start (triple, layout->side, flats[i], &other.map))
        continue;
      settle (picture, triple, layout, &other);
      if (placed && other.fit <= grid->fit)
        continue;
      *grid = other;
      placed = TRUE;
      if (grid->fit > 0.8)
        break;
    }
  return placed;
}
