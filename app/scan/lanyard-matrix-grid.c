/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-matrix-grid.h"

#include <math.h>
#include <string.h>

#include "lanyard-matrix-edge.h"

/* Grids that agree less are not looked at: what is no symbol stays below. */
#define MIN_GUESS_FIT 0.2
#define MIN_FIT 0.35
/* From here on the ends of the solid sides are not in doubt. */
#define SURE_FIT 0.55
/* Half modules either way. */
#define CORNER_REACH 3
/* Modules from the middle of one at which it is looked at. */
#define PLACE 0.27
/* Samples of the picture that one work step takes. */
#define SAMPLES_PER_STEP 27

/* ISO/IEC 16022 table 7. */
static const LanyardMatrixSize sizes[] = {
  { 10, 10, 1, 1 },   { 12, 12, 1, 1 },   { 14, 14, 1, 1 },   { 16, 16, 1, 1 },   { 18, 18, 1, 1 },
  { 20, 20, 1, 1 },   { 22, 22, 1, 1 },   { 24, 24, 1, 1 },   { 26, 26, 1, 1 },   { 32, 32, 2, 2 },
  { 36, 36, 2, 2 },   { 40, 40, 2, 2 },   { 44, 44, 2, 2 },   { 48, 48, 2, 2 },   { 52, 52, 2, 2 },
  { 64, 64, 4, 4 },   { 72, 72, 4, 4 },   { 80, 80, 4, 4 },   { 88, 88, 4, 4 },   { 96, 96, 4, 4 },
  { 104, 104, 4, 4 }, { 120, 120, 6, 6 }, { 132, 132, 6, 6 }, { 144, 144, 6, 6 }, { 8, 18, 1, 1 },
  { 8, 32, 1, 2 },    { 12, 26, 1, 1 },   { 12, 36, 1, 2 },   { 16, 36, 1, 2 },   { 16, 48, 1, 2 }
};

gboolean
lanyard_matrix_size_border (const LanyardMatrixSize *size, guint column, guint row, gboolean *dark)
{
  guint width = size->columns / size->n_regions_across;
  guint height = size->rows / size->n_regions_down;
  guint x = column % width, y = row % height;

  if (x == 0 || y == height - 1)
    *dark = TRUE;
  else if (y == 0)
    *dark = x % 2 == 0;
  else if (x == width - 1)
    *dark = y % 2 == 1;
  else
    return FALSE;
  return TRUE;
}

/* Through three nodes: 1 at @i, 0 at the other two of 0, 0.5 and 1. */
static double
share (guint i, double t)
{
  switch (i)
    {
    case 0:
      return 2 * (t - 0.5) * (t - 1);
    case 1:
      return 4 * t * (1 - t);
    default:
      return 2 * t * (t - 0.5);
    }
}

void
lanyard_matrix_grid_map (const LanyardMatrixGrid *grid,
                         double column,
                         double row,
                         double *x,
                         double *y)
{
  lanyard_qr_homography_map (&grid->map, column, row, x, y);
  if (!grid->is_bent)
    return;
  for (guint j = 0; j < 3; j++)
    for (guint i = 0; i < 3; i++)
      {
        double weight = share (j, row / grid->size.rows) * share (i, column / grid->size.columns);

        *x += weight * grid->bend[j][i][0];
        *y += weight * grid->bend[j][i][1];
      }
}

static gboolean
map_corners (LanyardMatrixGrid *grid)
{
  double width = grid->size.columns, height = grid->size.rows;
  const double modules[4][2] = { { 0, 0 }, { width, 0 }, { width, height }, { 0, height } };
  LanyardQrTie ties[4];

  for (guint i = 0; i < 4; i++)
    ties[i] = (LanyardQrTie){ modules[i][0], modules[i][1], grid->corners[i][0],
                              grid->corners[i][1], 1 };
  return lanyard_qr_homography_fit (&grid->map, ties, 4);
}

/* How dark or light module @column, @row is where it should be, -1 to 1. Two opposite places in it,
 * so that a grid that is off by less than half a module is seen to be off; what is far from the
 * mean counts no more than what is clear. */
static double
agreement (const LanyardQrPicture *picture,
           const LanyardMatrixGrid *grid,
           int column,
           int row,
           gboolean dark)
{
  double tilt = (column + row) & 1 ? PLACE : -PLACE, sum = 0;

  for (int i = -1; i <= 1; i += 2)
    {
      double x, y, lightness;

      lanyard_matrix_grid_map (grid, column + 0.5 + i * PLACE, row + 0.5 + i * tilt, &x, &y);
      lightness = lanyard_qr_picture_lightness (picture, x, y) / picture->contrast;
      sum += CLAMP (lightness, -1, 1);
    }
  return dark ? -sum / 2 : sum / 2;
}

/* The quiet zone keeps the sides from sliding. */
static double
sum_outside (const LanyardQrPicture *picture, const LanyardMatrixGrid *grid)
{
  int columns = grid->size.columns, rows = grid->size.rows;
  double sum = 0;

  for (int row = 0; row < rows; row++)
    sum += agreement (picture, grid, -1, row, FALSE)
           + agreement (picture, grid, columns, row, FALSE);
  for (int column = 0; column < columns; column++)
    sum += agreement (picture, grid, column, -1, FALSE)
           + agreement (picture, grid, column, rows, FALSE);
  return sum;
}

static double
sum_borders (const LanyardQrPicture *picture, const LanyardMatrixGrid *grid, guint *n)
{
  const LanyardMatrixSize *size = &grid->size;
  guint width = size->columns / size->n_regions_across, height = size->rows / size->n_regions_down;
  double sum = 0;
  gboolean dark;

  *n = 0;
  for (guint row = 0; row < size->rows; row++)
    {
      gboolean whole = row % height == 0 || row % height == height - 1;

      for (guint column = 0; column < size->columns; column++)
        if ((whole || column % width == 0 || column % width == width - 1)
            && lanyard_matrix_size_border (size, column, row, &dark))
          {
            sum += agreement (picture, grid, (int)column, (int)row, dark);
            (*n)++;
          }
    }
  return sum;
}

static double
fit_of (const LanyardQrPicture *picture, const LanyardMatrixGrid *grid, LanyardWork *work)
{
  guint n;
  double sum = sum_borders (picture, grid, &n) + sum_outside (picture, grid);

  n += 2 * (grid->size.rows + grid->size.columns);
  lanyard_work_spend (work, 2 * n / SAMPLES_PER_STEP + 1);
  return sum / n;
}

/* Moves one value by @step either way as long as the fit grows. */
static void
climb (const LanyardQrPicture *picture,
       LanyardMatrixGrid *grid,
       double *value,
       double step,
       gboolean is_corner,
       LanyardWork *work)
{
  for (int sign = -1; sign <= 1; sign += 2)
    for (guint i = 0; i < 3; i++)
      {
        double before = *value, fit;

        *value += sign * step;
        fit = !is_corner || map_corners (grid) ? fit_of (picture, grid, work) : -1;
        if (fit > grid->fit + 1e-6)
          {
            grid->fit = fit;
            continue;
          }
        *value = before;
        break;
      }
  if (is_corner)
    map_corners (grid);
}

static double
module_px (const LanyardMatrixGrid *grid)
{
  double right[2], down[2];

  lanyard_qr_homography_axes (&grid->map, grid->size.columns / 2.0, grid->size.rows / 2.0, right,
                              down);
  return (hypot (right[0], right[1]) + hypot (down[0], down[1])) / 2;
}

static void
refine (const LanyardQrPicture *picture, LanyardMatrixGrid *grid, LanyardWork *work)
{
  /* The upper right corner is the one that was only guessed. */
  static const guint order[] = { 1, 0, 2, 3 };
  double module = module_px (grid);

  for (double step = 0.6; step > 0.1; step /= 2)
    for (guint i = 0; i < 4; i++)
      for (guint k = 0; k < 2; k++)
        climb (picture, grid, &grid->corners[order[i]][k], step * module, TRUE, work);
}

void
lanyard_matrix_grid_bend (const LanyardQrPicture *picture,
                          LanyardMatrixGrid *grid,
                          LanyardWork *work)
{
  double module = module_px (grid);

  if (!grid->is_bent)
    memset (grid->bend, 0, sizeof grid->bend);
  grid->is_bent = TRUE;
  for (double step = 1; step > 0.1; step /= 2)
    for (guint j = 0; j < 3; j++)
      for (guint i = 0; i < 3; i++)
        for (guint k = 0; k < 2; k++)
          climb (picture, grid, &grid->bend[j][i][k], step * module, FALSE, work);
}

/* The two sides that are not solid, alone: they say where the corner between them is. */
static double
timing_of (const LanyardQrPicture *picture, const LanyardMatrixGrid *grid, LanyardWork *work)
{
  guint columns = grid->size.columns, rows = grid->size.rows;
  double sum = 0;

  for (guint column = 1; column < columns; column++)
    sum += agreement (picture, grid, (int)column, 0, column % 2 == 0);
  for (guint row = 1; row + 1 < rows; row++)
    sum += agreement (picture, grid, (int)columns - 1, (int)row, row % 2 == 1);
  lanyard_work_spend (work, 2 * (columns + rows) / SAMPLES_PER_STEP + 1);
  return sum / (columns + rows);
}

/* The fourth corner as it was guessed is off by up to a module and a half. */
static void
search_corner (const LanyardQrPicture *picture, LanyardMatrixGrid *grid, LanyardWork *work)
{
  double *corner = grid->corners[1], guess[2] = { corner[0], corner[1] }, best[2], most = -2;
  double step[2][2];

  for (guint k = 0; k < 2; k++)
    {
      step[0][k] = 0.5 * (grid->corners[1][k] - grid->corners[0][k]) / grid->size.columns;
      step[1][k] = 0.5 * (grid->corners[1][k] - grid->corners[2][k]) / grid->size.rows;
      best[k] = guess[k];
    }
  for (int j = -CORNER_REACH; j <= CORNER_REACH; j++)
    for (int i = -CORNER_REACH; i <= CORNER_REACH; i++)
      {
        double fit;

        for (guint k = 0; k < 2; k++)
          corner[k] = guess[k] + i * step[0][k] + j * step[1][k];
        fit = map_corners (grid) ? timing_of (picture, grid, work) : -2;
        if (fit > most)
          most = fit, memcpy (best, corner, sizeof best);
      }
  memcpy (corner, best, sizeof best);
  grid->fit = map_corners (grid) ? fit_of (picture, grid, work) : -1;
}

/* Keeps the best, in order. */
static guint
keep (LanyardMatrixGrid grids[LANYARD_MATRIX_MAX_GRIDS], guint n, const LanyardMatrixGrid *grid)
{
  guint at = n;

  while (at > 0 && grids[at - 1].fit < grid->fit)
    at--;
  if (at == LANYARD_MATRIX_MAX_GRIDS)
    return n;
  n = MIN (n + 1, LANYARD_MATRIX_MAX_GRIDS);
  memmove (&grids[at + 1], &grids[at], (n - at - 1) * sizeof *grids);
  grids[at] = *grid;
  return n;
}

static gboolean
may_be (double modules, guint side)
{
  return modules > 0.55 * side && modules < 1.35 * side;
}

/* All sizes that the thickness of the solid sides allows, on the corners as they are guessed; the
 * best of them in @grids. */
static guint
guess_sizes (const LanyardQrPicture *picture,
             const LanyardMatrixCorner *corner,
             const LanyardMatrixEdges *edges,
             LanyardMatrixGrid grids[LANYARD_MATRIX_MAX_GRIDS],
             LanyardWork *work)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      LanyardMatrixGrid grid = { sizes[i] };

      if (!may_be (edges->columns, sizes[i].columns) || !may_be (edges->rows, sizes[i].rows))
        continue;
      memcpy (grid.corners[0], corner->up, sizeof grid.corners[0]);
      memcpy (grid.corners[1], edges->opposite, sizeof grid.corners[1]);
      memcpy (grid.corners[2], corner->right, sizeof grid.corners[2]);
      memcpy (grid.corners[3], corner->corner, sizeof grid.corners[3]);
      if (!map_corners (&grid))
        continue;
      search_corner (picture, &grid, work);
      if (grid.fit >= MIN_GUESS_FIT)
        n = keep (grids, n, &grid);
    }
  return n;
}

/* Returns: how many of @grids are set, best first */
static guint
place (const LanyardQrPicture *picture,
       const LanyardMatrixCorner *seen,
       gboolean lengthen,
       LanyardMatrixGrid grids[LANYARD_MATRIX_MAX_GRIDS],
       LanyardWork *work)
{
  LanyardQrPicture around = *picture;
  LanyardMatrixCorner corner = *seen;
  LanyardMatrixGrid guesses[LANYARD_MATRIX_MAX_GRIDS];
  LanyardMatrixEdges edges;
  guint n, n_fit = 0;

  if (!lanyard_matrix_edges_find (&around, &corner, lengthen, &edges, work))
    return 0;
  around.contrast = edges.contrast;
  n = guess_sizes (&around, &corner, &edges, guesses, work);
  for (guint i = 0; i < n; i++)
    {
      refine (&around, &guesses[i], work);
      if (guesses[i].fit >= MIN_FIT)
        n_fit = keep (grids, n_fit, &guesses[i]);
    }
  return n_fit;
}

guint
lanyard_matrix_grid_find (const LanyardQrPicture *picture,
                          const LanyardMatrixCorner *corner,
                          LanyardMatrixGrid grids[LANYARD_MATRIX_MAX_GRIDS],
                          LanyardWork *work)
{
  guint n = place (picture, corner, FALSE, grids, work);

  if (n == 0 || grids[0].fit < SURE_FIT)
    {
      LanyardMatrixGrid others[LANYARD_MATRIX_MAX_GRIDS];
      guint n_others = place (picture, corner, TRUE, others, work);

      for (guint i = 0; i < n_others; i++)
        n = keep (grids, n, &others[i]);
    }
  return n;
}
