/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-gate.h"

#include <math.h>
#include <string.h>

/*
 * The picture is reduced to cells of 8 × 8 px (at 720p), each the mean of its pixels on a
 * logarithmic scale, so that light which is a tenth brighter moves every cell by the same number.
 * Cells are compared with two earlier pictures: the one on which everything was tried (that opens
 * the gate, however slowly a code came in: it never follows what it sees) and the frame before
 * (that is movement and noise). 4 × 4 cells are a block.
 *
 * What must not open it, and why it does not:
 *   noise             a block counts from three times its own median difference from frame to frame
 *   mains flicker     a rolling shutter makes bands: the median shift of each row is taken off
 *   exposure drift    the same; and a shift between none and the row's, as of white that was
 * clipped before and after, is no change one bad pixel     at least two blocks must have changed
 * What does not show in cells is focus; the sum of steps between neighbouring pixels in one row of
 * each cell does, and opens it when it rises or falls by a third for some frames.
 *
 * Measured by bench-live: 0.16 ms for a frame of 720p.
 *
 * Assumes a camera that stands still. Before one that is carried, or a crowd, it stays open, which
 * costs time and loses nothing.
 */

/* Halved until it has no more cells than this: 160 × 90 of 720p, 240 × 135 of 1080p. */
#define MAX_CELLS 36000
/* Logarithmic scale: steps an octave above a dark level that keeps noise in the dark small. One
 * step is 1.5 % of light; 255 becomes 196. */
#define OCTAVE_STEPS 48
#define DARK_LEVEL 16
/* Farthest shift of a row that counts as light, steps: 1.6 times as bright. */
#define SHIFT_REACH 32
#define BLOCK_CELLS 4
/* A cell of a block must differ by this on average whatever its noise, steps. */
#define FLOOR_STEPS 2.5
#define NOISE_TIMES 3
/* Noise of a block is kept in sixteenths of a step, summed over its cells. */
#define NOISE_UNIT 16
#define MIN_CHANGED_BLOCKS 2
/* Focus: by what share, in how many frames running, and from which mean step on. */
#define FOCUS_SHARE 0.33
#define FOCUS_FRAMES 4
#define MIN_SHARPNESS 1.0

struct _LanyardGate
{
  /* owned: pictures of cells */
  LanyardPlaneBuffer small;   /* grey, for whoever asks */
  LanyardPlaneBuffer now;     /* logarithmic */
  LanyardPlaneBuffer before;  /* of the frame before */
  LanyardPlaneBuffer settled; /* on which everything was tried */
  guint16 *column_sums;       /* of one row of cells */
  guint32 *noise;             /* of each block */
  guint8 *changes;            /* of one row of cells */
  guint16 *sums;              /* of a row of blocks, against settled and before */

  /* state */
  guint8 logarithm[256];
  guint width, height, scale; /* px of the frames; px a cell */
  gboolean has_before;
  gboolean has_settled;
  gboolean open;
  gboolean reopened; /* since the last look */
  gint64 now_us;
  gint64 still_us;
  double sharpness, settled_sharpness;
  guint n_unfocused; /* frames running with another sharpness */
};

/* How much of a picture differs. */
typedef struct
{
  guint n_blocks;
  guint n_changed; /* from the settled picture */
  guint n_moving;  /* from the frame before */
} Difference;

static void
start_size (LanyardGate *gate, const LanyardPlane *plane)
{
  guint scale = 1;
  guint columns, rows, n_blocks;

  while ((plane->width / scale) * (plane->height / scale) > MAX_CELLS)
    scale *= 2;
  columns = MAX (plane->width / scale, 1);
  rows = MAX (plane->height / scale, 1);
  gate->width = plane->width;
  gate->height = plane->height;
  gate->scale = scale;
  lanyard_plane_buffer_reserve (&gate->small, columns, rows);
  lanyard_plane_buffer_reserve (&gate->now, columns, rows);
  lanyard_plane_buffer_reserve (&gate->before, columns, rows);
  lanyard_plane_buffer_reserve (&gate->settled, columns, rows);
  n_blocks = (columns / BLOCK_CELLS + 1) * (rows / BLOCK_CELLS + 1);
  gate->column_sums = g_renew (guint16, gate->column_sums, plane->width);
  g_free (gate->changes);
  gate->changes = g_new0 (guint8, columns + BLOCK_CELLS);
  gate->sums = g_renew (guint16, gate->sums, 2 * (columns / BLOCK_CELLS + 1));
  gate->noise = g_renew (guint32, gate->noise, n_blocks);
  for (guint i = 0; i < n_blocks; i++)
    gate->noise[i] = 2 * BLOCK_CELLS * BLOCK_CELLS * NOISE_UNIT;
  gate->has_before = gate->has_settled = FALSE;
  gate->open = TRUE;
  gate->n_unfocused = 0;
}

/* Sums of the columns of every @step-th of @n_rows rows. 16 bits hold 257 of them; a cell has at
 * most 128. */
static void
sum_columns (const LanyardPlane *plane,
             guint top,
             guint n_rows,
             guint step,
             guint width,
             guint16 *restrict sums)
{
  memset (sums, 0, width * sizeof *sums);
  for (guint y = top; y < top + n_rows; y += step)
    {
      const guint8 *restrict row = plane->data + (gsize)y * plane->stride;

      for (guint x = 0; x < width; x++)
        sums[x] += row[x];
    }
}

/* Returns: sum of the steps between neighbours that stand two apart, which noise moves less */
static guint
sum_steps (const guint8 *row, guint width)
{
  guint sum = 0;

  for (guint x = 2; x < width; x++)
    sum += (guint)ABS (row[x] - row[x - 2]);
  return sum;
}

static void
reduce (LanyardGate *gate, const LanyardPlane *plane)
{
  guint columns = gate->small.at.width, rows = gate->small.at.height, scale = gate->scale;
  guint used = columns * scale <= plane->width ? columns * scale : plane->width;
  /* Half the rows of a large cell say the same for half the price. */
  guint step = scale >= 8 ? 2 : 1;
  guint area_bits = (guint)g_bit_nth_lsf (scale * scale / step, -1);
  guint8 *grey = gate->small.data, *light = gate->now.data;
  guint64 steps = 0;

  for (guint row = 0; row < rows; row++)
    {
      guint top = row * scale;

      sum_columns (plane, top, MIN (scale, plane->height - top), step, used, gate->column_sums);
      steps += sum_steps (plane->data + (gsize)top * plane->stride, used);
      for (guint column = 0; column < columns; column++, grey++, light++)
        {
          const guint16 *from = gate->column_sums + column * scale;
          guint sum = (1U << area_bits) / 2;

          for (guint i = 0; i < scale; i++)
            sum += from[i];
          *grey = (guint8)(sum >> area_bits);
          *light = gate->logarithm[*grey];
        }
    }
  gate->sharpness = (double)steps / ((double)rows * used);
}

/* Returns: by how much the middle one of the cells has changed; every other one is asked */
static int
row_shift (const guint8 *now, const guint8 *then, guint n)
{
  guint16 counts[2 * SHIFT_REACH + 1] = { 0 };
  guint below = 0;
  int shift = -SHIFT_REACH;

  for (guint x = 0; x < n; x += 2)
    counts[CLAMP (now[x] - then[x], -SHIFT_REACH, SHIFT_REACH) + SHIFT_REACH]++;
  while ((below += counts[shift + SHIFT_REACH]) <= n / 4)
    shift++;
  return shift;
}

/* Adds what is not explained by light to the sums of the blocks that the row goes through.
 * @changes: room for @n rounded up to whole blocks, the rest of it 0 */
static void
add_row (const guint8 *restrict now,
         const guint8 *restrict then,
         guint n,
         guint8 *restrict changes,
         guint16 *restrict sums)
{
  int shift = row_shift (now, then, n);
  gint16 least = (gint16)MIN (shift, 0), most = (gint16)MAX (shift, 0);

  for (guint x = 0; x < n; x++)
    {
      gint16 change = (gint16)(now[x] - then[x]);
      gint16 over = (gint16)(change - most), under = (gint16)(least - change);
      gint16 beyond = MAX (over, under);

      changes[x] = (guint8)MAX (beyond, 0);
    }
  for (guint x = 0; x < n; x += BLOCK_CELLS)
    sums[x / BLOCK_CELLS]
        += (guint16)(changes[x] + changes[x + 1] + changes[x + 2] + changes[x + 3]);
}

/* Follows the median: movement that lasts for less than half the time does not make noise. */
static void
learn_noise (guint32 *noise, guint sum)
{
  guint32 step = *noise / 64 + 1;

  if (sum * NOISE_UNIT > *noise)
    *noise += step;
  else
    *noise -= MIN (step, *noise);
}

static void
judge_blocks (LanyardGate *gate, guint block_row, guint n_rows, Difference *difference)
{
  guint columns = gate->now.at.width;
  guint across = (columns + BLOCK_CELLS - 1) / BLOCK_CELLS;
  guint32 *noise = gate->noise + (gsize)block_row * across;
  const guint16 *changes = gate->sums, *moves = gate->sums + across;

  for (guint i = 0; i < across; i++)
    {
      guint cells = n_rows * MIN (BLOCK_CELLS, columns - i * BLOCK_CELLS);
      double limit = FLOOR_STEPS * cells + (double)NOISE_TIMES * noise[i] / NOISE_UNIT;

      difference->n_changed += changes[i] > limit;
      difference->n_moving += moves[i] > limit;
      if (gate->has_before)
        learn_noise (&noise[i], moves[i]);
    }
  difference->n_blocks += across;
}

static Difference
compare (LanyardGate *gate)
{
  guint columns = gate->now.at.width, rows = gate->now.at.height;
  guint across = (columns + BLOCK_CELLS - 1) / BLOCK_CELLS;
  Difference difference = { 0 };

  for (guint top = 0; top < rows; top += BLOCK_CELLS)
    {
      guint n_rows = MIN (BLOCK_CELLS, rows - top);

      memset (gate->sums, 0, 2 * across * sizeof *gate->sums);
      for (guint row = top; row < top + n_rows; row++)
        {
          gsize start = (gsize)row * columns;
          const guint8 *now = gate->now.data + start;

          if (gate->has_settled)
            add_row (now, gate->settled.data + start, columns, gate->changes, gate->sums);
          if (gate->has_before)
            add_row (now, gate->before.data + start, columns, gate->changes, gate->sums + across);
        }
      judge_blocks (gate, top / BLOCK_CELLS, n_rows, &difference);
    }
  return difference;
}

static gboolean
has_other_focus (LanyardGate *gate)
{
  double larger = MAX (gate->sharpness, gate->settled_sharpness);
  double smaller = MIN (gate->sharpness, gate->settled_sharpness);

  if (larger < MIN_SHARPNESS || larger <= smaller * (1 + FOCUS_SHARE))
    gate->n_unfocused = 0;
  else
    gate->n_unfocused++;
  return gate->n_unfocused >= FOCUS_FRAMES;
}

static void
swap_buffers (LanyardPlaneBuffer *a, LanyardPlaneBuffer *b)
{
  LanyardPlaneBuffer kept = *a;

  *a = *b;
  *b = kept;
}

LanyardGate *
lanyard_gate_new (void)
{
  LanyardGate *gate = g_new0 (LanyardGate, 1);

  for (guint value = 0; value < 256; value++)
    gate->logarithm[value]
        = (guint8)lround (OCTAVE_STEPS * log2 ((value + DARK_LEVEL) / (double)DARK_LEVEL));
  gate->open = TRUE;
  return gate;
}

void
lanyard_gate_free (LanyardGate *gate)
{
  if (gate == NULL)
    return;
  lanyard_plane_buffer_clear (&gate->small);
  lanyard_plane_buffer_clear (&gate->now);
  lanyard_plane_buffer_clear (&gate->before);
  lanyard_plane_buffer_clear (&gate->settled);
  g_free (gate->column_sums);
  g_free (gate->changes);
  g_free (gate->sums);
  g_free (gate->noise);
  g_free (gate);
}

void
lanyard_gate_look (LanyardGate *gate,
                   const LanyardPlane *plane,
                   gint64 at_us,
                   LanyardGateLook *look)
{
  Difference difference;

  g_return_if_fail (gate != NULL && plane != NULL && look != NULL);

  if (gate->width != plane->width || gate->height != plane->height)
    start_size (gate, plane);
  reduce (gate, plane);
  difference = compare (gate);
  if (difference.n_moving >= MIN_CHANGED_BLOCKS || !gate->has_before || gate->reopened)
    gate->still_us = at_us;
  gate->open = gate->open || gate->reopened;
  gate->reopened = FALSE;
  if (difference.n_changed >= MIN_CHANGED_BLOCKS
      || (gate->has_settled && !gate->open && has_other_focus (gate)))
    {
      /* what came slowly is as new as what came fast */
      gate->still_us = gate->open ? gate->still_us : at_us;
      gate->open = TRUE;
    }
  look->open = gate->open;
  look->moving_share = (double)difference.n_moving / MAX (difference.n_blocks, 1);
  look->still_us = gate->still_us;
  look->small = gate->small.at;
  look->scale = gate->scale;
  gate->now_us = at_us;
  gate->has_before = TRUE;
  swap_buffers (&gate->now, &gate->before);
}

void
lanyard_gate_reopen (LanyardGate *gate)
{
  g_return_if_fail (gate != NULL);

  gate->reopened = TRUE;
}

gboolean
lanyard_gate_settle (LanyardGate *gate)
{
  g_return_val_if_fail (gate != NULL, FALSE);

  if (!gate->has_before || gate->now_us - gate->still_us < LANYARD_GATE_LINGER_US)
    return FALSE;
  /* after a look the last picture stands in before */
  memcpy (gate->settled.data, gate->before.data,
          (gsize)gate->before.at.width * gate->before.at.height);
  gate->settled_sharpness = gate->sharpness;
  gate->n_unfocused = 0;
  gate->has_settled = TRUE;
  gate->open = FALSE;
  return TRUE;
}
