/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-qr-mesh.h"

#include <math.h>

#define REACH 1.5        /* modules: farther off than its neighbours say is another thing */
#define MIN_PATTERN 0.35 /* fit of a pattern that counts */

typedef gboolean Known[LANYARD_QR_MAX_PATTERNS][LANYARD_QR_MAX_PATTERNS];

/* The alignment row and column next to a finder cross in it, 3 modules from its middle. */
static void
set_finder (LanyardQrGrid *grid,
            guint row,
            guint column,
            const LanyardQrFinder *finder,
            int u,
            int v)
{
  double x, y;

  lanyard_qr_homography_map (&grid->map, grid->nodes[column], grid->nodes[row], &x, &y);
  grid->dx[row][column] = finder->x + u * finder->ux + v * finder->vx - x;
  grid->dy[row][column] = finder->y + u * finder->uy + v * finder->vy - y;
}

/* From those already known: as if the sheet were a parallelogram there, else as the nearest. */
static void
predict (LanyardQrGrid *grid, Known known, guint row, guint column)
{
  gboolean up = row > 0 && known[row - 1][column];
  gboolean left = column > 0 && known[row][column - 1];
  gboolean both = row > 0 && column > 0 && known[row - 1][column - 1];

  if (up && left)
    {
      double *dx[] = { grid->dx[row], grid->dx[MAX (row, 1) - 1] };
      double *dy[] = { grid->dy[row], grid->dy[MAX (row, 1) - 1] };

      grid->dx[row][column] = both ? dx[0][column - 1] + dx[1][column] - dx[1][column - 1]
                                   : (dx[0][column - 1] + dx[1][column]) / 2;
      grid->dy[row][column] = both ? dy[0][column - 1] + dy[1][column] - dy[1][column - 1]
                                   : (dy[0][column - 1] + dy[1][column]) / 2;
    }
  else if (up || left)
    {
      grid->dx[row][column] = up ? grid->dx[row - 1][column] : grid->dx[row][column - 1];
      grid->dy[row][column] = up ? grid->dy[row - 1][column] : grid->dy[row][column - 1];
    }
}

static void
look (const LanyardQrPicture *picture, LanyardQrGrid *grid, guint row, guint column)
{
  double x, y, flat_x, flat_y;

  if (lanyard_qr_grid_find_pattern (picture, grid, grid->nodes[column], grid->nodes[row], REACH, &x,
                                    &y)
      < MIN_PATTERN)
    return;
  lanyard_qr_homography_map (&grid->map, grid->nodes[column], grid->nodes[row], &flat_x, &flat_y);
  grid->dx[row][column] = x - flat_x;
  grid->dy[row][column] = y - flat_y;
}

void
lanyard_qr_mesh_bend (const LanyardQrPicture *picture,
                      const LanyardQrTriple *triple,
                      const LanyardQrLayout *layout,
                      LanyardQrGrid *grid)
{
  LanyardQrGrid bent = *grid;
  guint n = layout->n_patterns;
  Known known = { { FALSE } };

  if (n < 3)
    return;
  bent.is_bent = TRUE;
  bent.n_nodes = n;
  for (guint i = 0; i < n; i++)
    bent.nodes[i] = layout->patterns[i] + 0.5;
  set_finder (&bent, 0, 0, &triple->corner, 3, 3);
  set_finder (&bent, 0, n - 1, &triple->right, -3, 3);
  set_finder (&bent, n - 1, 0, &triple->below, 3, -3);
  known[0][0] = known[0][n - 1] = known[n - 1][0] = TRUE;
  /* By distance from the corner, so that what is above and to the left is known. */
  for (guint sum = 1; sum <= 2 * (n - 1); sum++)
    for (guint row = 0; row < n; row++)
      {
        guint column = sum - row;

        if (row > sum || column >= n || known[row][column])
          continue;
        predict (&bent, known, row, column);
        look (picture, &bent, row, column);
        known[row][column] = TRUE;
      }
  bent.fit = lanyard_qr_grid_fit (picture, layout, &bent);
  if (bent.fit > grid->fit)
    *grid = bent;
}
