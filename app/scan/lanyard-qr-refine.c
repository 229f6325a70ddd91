/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-qr-refine.h"

#include <math.h>

#define N_NODES LANYARD_QR_MAX_PATTERNS /* of the bent grid: enough to look round */
#define MAX_SAMPLES 500                 /* modules that are asked of each placing */
#define FIXED_WEIGHT 2.0
#define SAMPLES_A_STEP 40 /* work */

/* What the nine places are moved by, in modules along the symbol's own axes. */
typedef struct
{
  double right[3][3]; /* [row][column] */
  double down[3][3];
} Moves;

typedef struct
{
  const LanyardQrPicture *picture;
  const LanyardQrLayout *layout;
  LanyardWork *work;
  LanyardQrGrid *grid; /* bent as moves say */
  double axes[N_NODES][N_NODES][4];
  double shape[N_NODES][3]; /* parabolas at the nodes */
  Moves moves;
  guint stride; /* of data modules that are asked */
} Refining;

/* Lagrange's parabolas for places at 0, ½ and 1. */
static void
set_shape (double t, double shape[3])
{
  shape[0] = (2 * t - 1) * (t - 1);
  shape[1] = 4 * t * (1 - t);
  shape[2] = t * (2 * t - 1);
}

static void
bend (Refining *refining)
{
  LanyardQrGrid *grid = refining->grid;

  for (guint row = 0; row < N_NODES; row++)
    for (guint column = 0; column < N_NODES; column++)
      {
        const double *axes = refining->axes[row][column];
        double right = 0, down = 0;

        for (guint i = 0; i < 3; i++)
          for (guint k = 0; k < 3; k++)
            {
              double part = refining->shape[row][i] * refining->shape[column][k];

              right += part * refining->moves.right[i][k];
              down += part * refining->moves.down[i][k];
            }
        grid->dx[row][column] = right * axes[0] + down * axes[2];
        grid->dy[row][column] = right * axes[1] + down * axes[3];
      }
}

/* The larger, the better the grid lies. */
static double
quality (Refining *refining)
{
  const LanyardQrLayout *layout = refining->layout;
  guint n = layout->side * layout->side, next = 0, asked = 0;
  double sum = 0;

  bend (refining);
  for (guint i = 0; i < n; i++)
    {
      guint8 kind = layout->kind[i];
      gboolean fixed = kind == LANYARD_QR_LIGHT || kind == LANYARD_QR_DARK;
      double x, y, lightness;

      if (i < next && !(fixed && refining->stride < 3))
        continue;
      if (i >= next)
        next += refining->stride;
      lanyard_qr_grid_map (refining->grid, i % layout->side + 0.5, i / layout->side + 0.5, &x, &y);
      lightness
          = lanyard_qr_picture_lightness (refining->picture, x, y) / refining->picture->contrast;
      lightness = CLAMP (lightness, -1, 1);
      asked++;
      if (fixed)
        sum += FIXED_WEIGHT * (kind == LANYARD_QR_LIGHT ? lightness : -lightness);
      else
        sum += fabs (lightness);
    }
  lanyard_work_spend (refining->work, 1 + asked / SAMPLES_A_STEP);
  return sum;
}

/* Moves one place by one step in any of eight directions as long as that is better. */
static double
climb (Refining *refining, guint row, guint column, double step, double best)
{
  double *right = &refining->moves.right[row][column], *down = &refining->moves.down[row][column];

  for (guint n = 0; n < 4; n++)
    {
      double from_right = *right, from_down = *down, best_right = *right, best_down = *down;

      for (guint i = 0; i < 4; i++)
        {
          double now;

          *right = from_right + (i == 0 ? step : i == 1 ? -step : 0);
          *down = from_down + (i == 2 ? step : i == 3 ? -step : 0);
          now = quality (refining);
          if (now <= best)
            continue;
          best = now;
          best_right = *right;
          best_down = *down;
        }
      *right = best_right;
      *down = best_down;
      if (best_right == from_right && best_down == from_down)
        break;
    }
  return best;
}

/* The fourth corner is known least: all places around it are asked. */
static double
search_fourth (Refining *refining, double reach, double step)
{
  double *right = &refining->moves.right[2][2], *down = &refining->moves.down[2][2];
  double best = quality (refining), best_right = *right, best_down = *down;

  for (double r = -reach; r <= reach; r += step)
    for (double d = -reach; d <= reach; d += step)
      {
        double now;

        *right = r, *down = d;
        now = quality (refining);
        if (now <= best)
          continue;
        best = now;
        best_right = r, best_down = d;
      }
  *right = best_right;
  *down = best_down;
  return best;
}

/* Where the edge from finder @from to @to is halfway if it leaves and arrives along their axes:
 * what bends paper bends the finders. @along: 0 for the first axis */
static void
move_halfway (Refining *refining,
              const LanyardQrFinder *from,
              const LanyardQrFinder *to,
              guint along,
              double *right,
              double *down)
{
  guint side = refining->layout->side;
  double n = side - 7.0, axis_right[2], axis_down[2], x, y, det, dx, dy;
  double column = along ? 3.5 : side / 2.0, row = along ? side / 2.0 : 3.5;

  dx = (from->x + to->x) / 2 + n / 8 * (along ? from->vx - to->vx : from->ux - to->ux);
  dy = (from->y + to->y) / 2 + n / 8 * (along ? from->vy - to->vy : from->uy - to->uy);
  lanyard_qr_homography_map (&refining->grid->map, column, row, &x, &y);
  lanyard_qr_homography_axes (&refining->grid->map, column, row, axis_right, axis_down);
  dx -= x, dy -= y;
  det = axis_right[0] * axis_down[1] - axis_right[1] * axis_down[0];
  *right = (dx * axis_down[1] - dy * axis_down[0]) / det;
  *down = (dy * axis_right[0] - dx * axis_right[1]) / det;
}

/* The opposite edges like these. */
static void
follow_finders (Refining *refining, const LanyardQrTriple *triple)
{
  double right[2], down[2];

  move_halfway (refining, &triple->corner, &triple->right, 0, &right[0], &down[0]);
  move_halfway (refining, &triple->corner, &triple->below, 1, &right[1], &down[1]);
  for (guint i = 0; i < 3; i++)
    for (guint k = 0; k < 3; k++)
      {
        refining->moves.right[i][k] = (k == 1 ? right[0] : 0) + (i == 1 ? right[1] : 0);
        refining->moves.down[i][k] = (k == 1 ? down[0] : 0) + (i == 1 ? down[1] : 0);
      }
}

static void
begin (Refining *refining)
{
  LanyardQrGrid *grid = refining->grid;
  guint side = refining->layout->side;

  refining->moves = (Moves){ 0 };
  grid->is_bent = TRUE;
  grid->n_nodes = N_NODES;
  for (guint i = 0; i < N_NODES; i++)
    {
      grid->nodes[i] = (double)side * i / (N_NODES - 1);
      /* The places are the middles of the finders, and what is halfway. */
      set_shape ((grid->nodes[i] - 3.5) / (side - 7), refining->shape[i]);
    }
  for (guint row = 0; row < N_NODES; row++)
    for (guint column = 0; column < N_NODES; column++)
      lanyard_qr_homography_axes (&grid->map, grid->nodes[column], grid->nodes[row],
                                  refining->axes[row][column], refining->axes[row][column] + 2);
  refining->stride = MAX (side * side / MAX_SAMPLES, 1);
}

void
lanyard_qr_refine (const LanyardQrPicture *picture,
                   const LanyardQrTriple *triple,
                   const LanyardQrLayout *layout,
                   gboolean flat,
                   LanyardQrGrid *grid,
                   LanyardWork *work)
{
  static const guint order[][2]
      = { { 2, 2 }, { 0, 1 }, { 1, 0 }, { 1, 2 }, { 2, 1 }, { 1, 1 }, { 2, 2 } };
  LanyardQrGrid bent = *grid;
  Refining refining = { .picture = picture, .layout = layout, .work = work, .grid = &bent };
  double best;

  if (flat && !lanyard_qr_grid_flatten (triple, layout->side, &bent.map))
    return;
  begin (&refining);
  if (flat)
    follow_finders (&refining, triple);
  best = search_fourth (&refining, 2, 0.5);
  for (double step = 0.4; step > 0.08; step /= 2)
    for (guint i = 0; i < G_N_ELEMENTS (order); i++)
      best = climb (&refining, order[i][0], order[i][1], step, best);
  bend (&refining);
  bent.fit = lanyard_qr_grid_fit (picture, layout, &bent);
  *grid = bent;
}
