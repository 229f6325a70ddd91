/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Positions of edges are in this fraction of a sample. */
#define LANYARD_EDGE_UNITS 32

/* Where between a darkest and a lightest sample the edge is said to be. */
typedef enum
{
  LANYARD_EDGE_HALFWAY,  /* at the mean of the two: good for all but the narrowest bars */
  LANYARD_EDGE_STEEPEST, /* where the grey changes fastest: for uneven light */
  LANYARD_EDGE_LEVEL,    /* at the mean of the lightest and darkest around: for bleeding ink */
} LanyardEdgeRule;

typedef struct
{
  guint at;     /* sample */
  guint8 value; /* grey */
} LanyardExtreme;

/* The turning points of a line of samples, in turn dark and light, and the edges between. */
typedef struct
{
  LanyardExtreme *extremes; /* owned: n_extremes; the first is light */
  guint n_extremes;
  guint32 *edges; /* owned: n_extremes - 1 positions; the first is from light to dark */
  guint n_edges;
  guint allocated; /* of both */
} LanyardEdges;

void lanyard_edges_clear (LanyardEdges *edges);

/**
 * lanyard_edges_find:
 * @sensitivity: percent of the grey range around that a turn must have to count, 1 to 99
 *
 * Finds the turning points of @samples; noise below both 6 levels and @sensitivity is no turn.
 */
void
lanyard_edges_find (LanyardEdges *edges, const guint8 *samples, guint n_samples, guint sensitivity);

/* Says where the edges between the turning points that lanyard_edges_find() left lie. */
void lanyard_edges_place (LanyardEdges *edges,
                          const guint8 *samples,
                          guint n_samples,
                          LanyardEdgeRule rule);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardEdges, lanyard_edges_clear)

G_END_DECLS
