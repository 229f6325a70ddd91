/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-line-edges.h"

#include <string.h>

/*
 * From grey values to the edges of bars.
 *
 * A turning point counts when the grey goes back from it by a share of the range around: bars are
 * found under a shadow as well as beside it. Where the edge lies between a dark and a light one is
 * told by one of several rules; who reads tries them in turn, as none is right for every fault.
 *
 * Assumes that in each bar and space the grey turns back by LEAST_TURN levels, and by the share
 * that is asked for of what is between the darkest and the lightest of 48 samples to both sides:
 * what is too narrow or too blurred for that has no edges here and is left to lanyard-line-fit.
 *
 * Measured on 77 photographs and 65 drawings by bench-scan --corpus --alone --turns 1, read (of
 * all, first by rows and columns):
 *   76 and 62 (97)   as it is
 *   76 and 62 (96)   the first rule alone: line-deep reads what it misses
 *   76 and 62 (96)   the range of the whole line, from its darkest to its lightest
 */

#define BLOCK 16     /* samples whose darkest and lightest are taken together */
#define AROUND 3     /* blocks to either side whose range counts */
#define LEAST_TURN 6 /* levels */

void
lanyard_edges_clear (LanyardEdges *edges)
{
  g_free (edges->extremes);
  g_free (edges->edges);
  *edges = (LanyardEdges){ 0 };
}

static void
reserve (LanyardEdges *edges, guint n)
{
  if (n <= edges->allocated)
    return;
  edges->extremes = g_renew (LanyardExtreme, edges->extremes, n);
  edges->edges = g_renew (guint32, edges->edges, n);
  edges->allocated = n;
}

/* Range of grey of a block of samples. */
static inline void
block_range (const guint8 *samples, guint n, guint8 *low, guint8 *high)
{
  guint8 least = 255, most = 0;

  for (guint i = 0; i < n; i++)
    {
      least = MIN (least, samples[i]);
      most = MAX (most, samples[i]);
    }
  *low = least;
  *high = most;
}

static guint
turn_around (const guint8 *lows, const guint8 *highs, guint n_blocks, guint block, guint percent)
{
  guint from = block > AROUND ? block - AROUND : 0, to = MIN (block + AROUND + 1, n_blocks);
  guint low = 255, high = 0;

  for (guint i = from; i < to; i++)
    {
      low = MIN (low, lows[i]);
      high = MAX (high, highs[i]);
    }
  return MAX (LEAST_TURN, (high - low) * percent / 100);
}

static void
add_extreme (LanyardEdges *edges, LanyardExtreme extreme)
{
  edges->extremes[edges->n_extremes++] = extreme;
}

void
lanyard_edges_find (LanyardEdges *edges, const guint8 *samples, guint n_samples, guint sensitivity)
{
  guint n_blocks = (n_samples + BLOCK - 1) / BLOCK;
  g_autofree guint8 *ranges = g_malloc (2 * (gsize)n_blocks + 1);
  guint8 *lows = ranges, *highs = ranges + n_blocks;
  LanyardExtreme best = { 0, n_samples > 0 ? samples[0] : 0 };
  gboolean rising = TRUE; /* the first extreme is a light one */

  reserve (edges, n_samples + 2);
  edges->n_extremes = edges->n_edges = 0;
  for (guint i = 0; i < n_blocks; i++)
    {
      guint n = n_samples - i * BLOCK;

      /* A count that is known beforehand makes vectors of the loop. */
      if (n >= BLOCK)
        block_range (samples + i * BLOCK, BLOCK, &lows[i], &highs[i]);
      else
        block_range (samples + i * BLOCK, n, &lows[i], &highs[i]);
    }
  for (guint block = 0; block < n_blocks; block++)
    {
      gint turn = turn_around (lows, highs, n_blocks, block, sensitivity);
      guint end = MIN ((block + 1) * BLOCK, n_samples);

      /* Nothing here goes far enough from the last extreme to be one. */
      if (rising ? best.value - lows[block] < turn && highs[block] <= best.value
                 : highs[block] - best.value < turn && lows[block] >= best.value)
        continue;
      for (guint i = block * BLOCK; i < end; i++)
        {
          gint value = samples[i];

          if (rising ? value > best.value : value < best.value)
            best = (LanyardExtreme){ i, value };
          else if ((rising ? best.value - value : value - best.value) >= turn)
            {
              add_extreme (edges, best);
              best = (LanyardExtreme){ i, value };
              rising = !rising;
            }
        }
    }
  if (n_samples > 0)
    add_extreme (edges, best);
}

/* Where between two extremes the grey passes @level (in 1/2 levels), from the darker side. */
static guint32
crossing (const guint8 *samples, LanyardExtreme from, LanyardExtreme to, gint level)
{
  gboolean falling = from.value > to.value;

  for (guint i = from.at; i < to.at; i++)
    {
      gint here = 2 * samples[i] - level, next = 2 * samples[i + 1] - level;

      if (falling ? here >= 0 && next < 0 : here <= 0 && next > 0)
        return i * LANYARD_EDGE_UNITS + ABS (here) * LANYARD_EDGE_UNITS / ABS (here - next);
    }
  return (from.at + to.at) * LANYARD_EDGE_UNITS / 2;
}

/* The top of the parabola through the three steepest differences. */
static guint32
steepest (const guint8 *samples, LanyardExtreme from, LanyardExtreme to)
{
  guint best = from.at;
  gint most = -1, before, after, bend;

  for (guint i = from.at; i < to.at; i++)
    if (ABS (samples[i + 1] - samples[i]) > most)
      {
        most = ABS (samples[i + 1] - samples[i]);
        best = i;
      }
  before = best > from.at ? ABS (samples[best] - samples[best - 1]) : 0;
  after = best + 1 < to.at ? ABS (samples[best + 2] - samples[best + 1]) : 0;
  bend = 2 * most - before - after;
  return best * LANYARD_EDGE_UNITS + LANYARD_EDGE_UNITS / 2
         + (bend > 0 ? (after - before) * LANYARD_EDGE_UNITS / (2 * bend) : 0);
}

/* Half-way between the lightest and the darkest of seven turning points around; in 1/2 levels. */
static gint
level_around (const LanyardEdges *edges, guint index)
{
  guint from = index > 3 ? index - 3 : 0, to = MIN (index + 5, edges->n_extremes);
  gint low = 255, high = 0;

  for (guint i = from; i < to; i++)
    {
      low = MIN (low, edges->extremes[i].value);
      high = MAX (high, edges->extremes[i].value);
    }
  return low + high;
}

void
lanyard_edges_place (LanyardEdges *edges,
                     const guint8 *samples,
                     guint n_samples,
                     LanyardEdgeRule rule)
{
  guint32 last = 0;

  edges->n_edges = 0;
  for (guint i = 0; i + 1 < edges->n_extremes; i++)
    {
      LanyardExtreme from = edges->extremes[i], to = edges->extremes[i + 1];
      gint level = from.value + to.value;
      guint32 at;

      if (rule == LANYARD_EDGE_STEEPEST)
        at = steepest (samples, from, to);
      else
        {
          if (rule == LANYARD_EDGE_LEVEL)
            {
              gint around = level_around (edges, i);

              if (around > 2 * MIN (from.value, to.value)
                  && around < 2 * MAX (from.value, to.value))
                level = around;
            }
          at = crossing (samples, from, to, level);
        }
      last = edges->edges[edges->n_edges++] = MAX (at, last + 1);
    }
}
