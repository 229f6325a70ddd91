/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-qr-refine.h"

#include <math.h>
#include <stdlib.h>

#define N_NODES LANYARD_QR_MAX_PATTERNS /* of the bent grid: enough to look round */
#define MAX_SAMPLES 700                 /* modules that are asked of each placing */
#define MAX_DATA 300                    /* of them, modules that are not always the same */
#define FIXED_WEIGHT 2
#define FINE_STEP 0.3      /* modules; longer ones ask half of the samples */
#define SAMPLES_A_STEP 100 /* work */
#define SAMPLES_A_LOOK 50  /* after so many, is there hope left? */
#define PARTS LANYARD_QR_PARTS

/* What the nine places are moved by, in modules along the symbol's own axes. */
typedef struct
{
  double right[3][3]; /* [row][column] */
  double down[3][3];
} Moves;

/* The middle of one module. */
typedef struct
{
  double column, row;
  double x, y;                /* px, without any move */
  double right[2], down[2];   /* px a module there */
  double across[3], along[3]; /* parabolas in column and in row */
  int light;                  /* 1 or -1: always light or dark; 0: either */
} Sample;

/* All samples while one place is moved: what is asked hundreds of times, each kind of number close
 * together in memory. */
typedef struct
{
  float x[MAX_SAMPLES], y[MAX_SAMPLES]; /* 1/256 px, with all moves but that of the place at hand */
  float right_x[MAX_SAMPLES], right_y[MAX_SAMPLES]; /* 1/256 px for each module the place moves */
  float down_x[MAX_SAMPLES], down_y[MAX_SAMPLES];
  int weight[MAX_SAMPLES]; /* FIXED_WEIGHT, or less than 0; 0: either light or dark */
  int at_x[MAX_SAMPLES], at_y[MAX_SAMPLES]; /* 1/256 px: where they are being looked at */
} Held;

typedef struct
{
  const LanyardQrPicture *picture;
  const LanyardQrLayout *layout;
  LanyardWork *work;
  LanyardQrGrid *grid;
  Moves moves;
  guint n_samples, n_coarse;   /* all, and the first of them, for long steps */
  guint n_asked;               /* how many of them are asked now */
  guint most[MAX_SAMPLES + 1]; /* what those before each can give at most */
  Sample samples[MAX_SAMPLES];
  Held held;
} Refining;

/* Lagrange's parabolas for places at 0, ½ and 1: the middles of the finders, and what is halfway.
 */
static void
set_shape (double modules, guint side, double shape[3])
{
  double t = (modules - 3.5) / (side - 7);

  shape[0] = (2 * t - 1) * (t - 1);
  shape[1] = 4 * t * (1 - t);
  shape[2] = t * (2 * t - 1);
}

static void
add_moves (const Refining *refining, const Sample *sample, double *x, double *y)
{
  double right = 0, down = 0;

  for (guint i = 0; i < 3; i++)
    for (guint k = 0; k < 3; k++)
      {
        double part = sample->along[i] * sample->across[k];

        right += part * refining->moves.right[i][k];
        down += part * refining->moves.down[i][k];
      }
  *x = sample->x + right * sample->right[0] + down * sample->down[0];
  *y = sample->y + right * sample->right[1] + down * sample->down[1];
}

static void
place_sample (const Refining *refining, double column, double row, Sample *sample)
{
  const LanyardQrHomography *map = &refining->grid->map;
  guint side = refining->layout->side;

  sample->column = column;
  sample->row = row;
  lanyard_qr_homography_map (map, column, row, &sample->x, &sample->y);
  lanyard_qr_homography_axes (map, column, row, sample->right, sample->down);
  set_shape (column, side, sample->across);
  set_shape (row, side, sample->along);
}

static gboolean
is_fixed (guint8 kind)
{
  return kind == LANYARD_QR_LIGHT || kind == LANYARD_QR_DARK;
}

/* Every @stride-th from the @first-th on of the modules that are always the same (@fixed), or of
 * the others. */
static void
choose_every (Refining *refining, gboolean fixed, guint first, guint stride)
{
  const LanyardQrLayout *layout = refining->layout;
  guint n_seen = 0;

  for (guint i = 0; i < layout->side * layout->side && refining->n_samples < MAX_SAMPLES; i++)
    {
      guint8 kind = layout->kind[i];
      Sample *sample = &refining->samples[refining->n_samples];

      if (is_fixed (kind) != fixed || n_seen++ % stride != first)
        continue;
      place_sample (refining, i % layout->side + 0.5, i / layout->side + 0.5, sample);
      sample->light = !fixed ? 0 : kind == LANYARD_QR_LIGHT ? 1 : -1;
      refining->n_samples++;
    }
}

/* All modules that are always the same, and some of the others evenly spread; first every second
 * of them, which will do for long steps. */
static void
choose_samples (Refining *refining)
{
  const LanyardQrLayout *layout = refining->layout;
  guint n_data = layout->side * layout->side - layout->n_fixed;
  guint fixed_stride = 2 * (layout->n_fixed / (MAX_SAMPLES - MAX_DATA) + 1);
  guint data_stride = 2 * (n_data / MAX_DATA + 1);
  guint most = 0;

  refining->n_samples = 0;
  choose_every (refining, TRUE, 0, fixed_stride);
  choose_every (refining, FALSE, 0, data_stride);
  refining->n_coarse = refining->n_samples;
  choose_every (refining, TRUE, fixed_stride / 2, fixed_stride);
  choose_every (refining, FALSE, data_stride / 2, data_stride);
  for (guint i = 0; i < refining->n_samples; i++)
    {
      refining->most[i] = most;
      most += refining->samples[i].light != 0 ? FIXED_WEIGHT : 1;
    }
  refining->most[refining->n_samples] = most;
}

/* Gets ready to move only the place at @row and @column. */
static void
take_hold (Refining *refining, guint row, guint column)
{
  double right = refining->moves.right[row][column], down = refining->moves.down[row][column];
  Held *held = &refining->held;

  refining->moves.right[row][column] = refining->moves.down[row][column] = 0;
  for (guint i = 0; i < refining->n_asked; i++)
    {
      const Sample *sample = &refining->samples[i];
      double part = PARTS * sample->along[row] * sample->across[column], x, y;

      add_moves (refining, sample, &x, &y);
      held->x[i] = (float)(PARTS * x), held->y[i] = (float)(PARTS * y);
      held->right_x[i] = (float)(part * sample->right[0]);
      held->right_y[i] = (float)(part * sample->right[1]);
      held->down_x[i] = (float)(part * sample->down[0]);
      held->down_y[i] = (float)(part * sample->down[1]);
      held->weight[i] = FIXED_WEIGHT * sample->light;
    }
  refining->moves.right[row][column] = right;
  refining->moves.down[row][column] = down;
}

static void
move_samples (Held *held, guint from, guint to, float right, float down)
{
  for (guint i = from; i < to; i++)
    {
      held->at_x[i] = (int)(held->x[i] + right * held->right_x[i] + down * held->down_x[i]);
      held->at_y[i] = (int)(held->y[i] + right * held->right_y[i] + down * held->down_y[i]);
    }
}

/* With the place at hand moved by @right and @down. The larger, the better the grid lies; no
 * farther when it cannot be better than @least, and then what is not better. */
static gint64
quality (Refining *refining, double right, double down, gint64 least)
{
  const Held *held = &refining->held;
  int limit = lanyard_qr_picture_limit (refining->picture);
  guint n = refining->n_asked, i = 0;
  gint64 sum = 0;

  while (i < n && sum + (gint64)limit * (refining->most[n] - refining->most[i]) > least)
    {
      guint to = MIN (i + SAMPLES_A_LOOK, n);

      move_samples (&refining->held, i, to, (float)right, (float)down);
      for (; i < to; i++)
        {
          int lightness = lanyard_qr_picture_lightness_in_parts (refining->picture, held->at_x[i],
                                                                 held->at_y[i]);

          lightness = CLAMP (lightness, -limit, limit);
          sum += held->weight[i] == 0 ? abs (lightness) : held->weight[i] * lightness;
        }
    }
  lanyard_work_spend (refining->work, 1 + i / SAMPLES_A_STEP);
  return i < n ? least : sum;
}

/* Moves one place by one step in any of four directions as long as that is better. */
static void
climb (Refining *refining, guint row, guint column, double step)
{
  double *right = &refining->moves.right[row][column], *down = &refining->moves.down[row][column];
  gint64 best;

  take_hold (refining, row, column);
  best = quality (refining, *right, *down, G_MININT64);
  for (guint n = 0; n < 4; n++)
    {
      double from_right = *right, from_down = *down;

      for (guint i = 0; i < 4; i++)
        {
          double to_right = from_right + (i == 0 ? step : i == 1 ? -step : 0);
          double to_down = from_down + (i == 2 ? step : i == 3 ? -step : 0);
          gint64 now = quality (refining, to_right, to_down, best);

          if (now <= best)
            continue;
          best = now;
          *right = to_right, *down = to_down;
        }
      if (*right == from_right && *down == from_down)
        break;
    }
}

/* The fourth corner is known least: all places around it are asked. */
static void
search_fourth (Refining *refining, double reach, double step)
{
  double *right = &refining->moves.right[2][2], *down = &refining->moves.down[2][2];
  double best_right = *right, best_down = *down;
  gint64 best;

  take_hold (refining, 2, 2);
  best = quality (refining, *right, *down, G_MININT64);
  for (double r = -reach; r <= reach; r += step)
    for (double d = -reach; d <= reach; d += step)
      {
        gint64 now = quality (refining, r, d, best);

        if (now <= best)
          continue;
        best = now;
        best_right = r, best_down = d;
      }
  *right = best_right;
  *down = best_down;
}

/* The moves as nodes of the grid. */
static void
bend (const Refining *refining)
{
  LanyardQrGrid *grid = refining->grid;
  double side = refining->layout->side;

  grid->is_bent = TRUE;
  grid->n_nodes = N_NODES;
  for (guint i = 0; i < N_NODES; i++)
    grid->nodes[i] = side * i / (N_NODES - 1);
  for (guint row = 0; row < N_NODES; row++)
    for (guint column = 0; column < N_NODES; column++)
      {
        Sample node;
        double x, y;

        place_sample (refining, grid->nodes[column], grid->nodes[row], &node);
        add_moves (refining, &node, &x, &y);
        grid->dx[row][column] = x - node.x;
        grid->dy[row][column] = y - node.y;
      }
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
  Refining refining = { .picture = picture, .layout = layout, .work = work, .grid = grid };

  if (flat && !lanyard_qr_grid_flatten (triple, layout->side, &grid->map))
    return;
  choose_samples (&refining);
  if (flat)
    follow_finders (&refining, triple);
  refining.n_asked = refining.n_coarse;
  search_fourth (&refining, 2, 0.5);
  for (double step = 0.4; step > 0.08; step /= 2)
    for (guint i = 0; i < G_N_ELEMENTS (order); i++)
      {
        refining.n_asked = step > FINE_STEP ? refining.n_coarse : refining.n_samples;
        climb (&refining, order[i][0], order[i][1], step);
      }
  bend (&refining);
  grid->fit = lanyard_qr_grid_fit (picture, layout, grid);
}
