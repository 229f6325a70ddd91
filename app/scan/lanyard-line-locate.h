/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-line-sample.h"

G_BEGIN_DECLS

/* A part of a plane whose edges all run in one direction. */
typedef struct
{
  LanyardSegment axis; /* through its middle, across the edges, from end to end */
  double half_px;      /* how far it goes to both sides of the axis */
  double weight;       /* cells in it, each by how well it agrees: larger is likelier a code */
} LanyardLineRegion;

#define LANYARD_LINE_MAX_REGIONS 12

/* Memory that is kept from plane to plane; zero-initialised is empty. */
typedef struct
{
  struct _LanyardLineCell *cells; /* owned (nullable) */
  guint32 *queue;                 /* owned (nullable) */
  guint allocated;                /* of both */
  guint n_columns, n_rows;
} LanyardLineLocator;

void lanyard_line_locator_clear (LanyardLineLocator *locator);

/* Looks at rows of cells of the plane from @row on, as many as @n_rows; returns TRUE when that was
 * the last. Begin with row 0. */
gboolean lanyard_line_locator_measure (LanyardLineLocator *locator,
                                       const LanyardPlane *plane,
                                       guint row,
                                       guint n_rows);

/* Returns: how many regions, the likeliest first; after all rows have been measured */
guint lanyard_line_locator_find (LanyardLineLocator *locator,
                                 LanyardLineRegion regions[LANYARD_LINE_MAX_REGIONS]);

/* One cell is so many px a side. */
#define LANYARD_LINE_CELL_PX 8

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardLineLocator, lanyard_line_locator_clear)

G_END_DECLS
