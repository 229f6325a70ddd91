/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-plane.h"
#include "lanyard-work.h"

G_BEGIN_DECLS

/* A long and thin part of a picture that is full of edges: perhaps a line of print, or several. */
typedef struct
{
  double x, y; /* px: its middle */
  double along_x,
      along_y;      /* of length 1: where it is long; right, or down when it stands upright */
  double length;    /* px */
  double thickness; /* px */
  double weight;    /* length × edges: how much like print */
} LanyardMrzRegion;

#define LANYARD_MRZ_MAX_REGIONS 12

/* Keeps its memory from picture to picture. Zero-initialised is empty. */
typedef struct
{
  LanyardPlaneBuffer half; /* the plane, half as large */
  guint16 *energy;         /* owned: edges in each block, two grids */
  guint8 *marks;           /* owned: blocks that have many, not yet visited: LanyardMrzMark */
  guint8 *white;           /* owned: whether a block is blown out, two grids */
  guint32 *queue;          /* owned: blocks of the component at hand */
  gsize n_blocks;          /* room in all of them */
} LanyardMrzLocator;

void lanyard_mrz_locator_clear (LanyardMrzLocator *locator);

/**
 * lanyard_mrz_locate:
 * @plane: where to look; lines whose characters are 9 to 50 px apart
 * @regions: (out) (array length=n): what is most like print first
 * @work: one step for 1,200 px
 *
 * Returns: how many regions, at most LANYARD_MRZ_MAX_REGIONS; 0 when no two could be lines of one
 *   zone: nothing more needs to be done
 */
guint lanyard_mrz_locate (LanyardMrzLocator *locator,
                          const LanyardPlane *plane,
                          LanyardMrzRegion *regions,
                          LanyardWork *work);

/**
 * lanyard_mrz_locate_across_glare:
 * @regions: (out) (array length=n)
 *
 * Looks at the plane of the last lanyard_mrz_locate() once more, for print that is cut in two by
 * what is blown out. Some 15 steps where nothing is, 160 for 1280 × 720 px where something is.
 *
 * Returns: how many regions have such a gap, at most LANYARD_MRZ_MAX_REGIONS
 */
guint lanyard_mrz_locate_across_glare (LanyardMrzLocator *locator,
                                       LanyardMrzRegion *regions,
                                       LanyardWork *work);

/* The same as lanyard_mrz_locate() for characters that are 4 to 9 px apart: too small to be read
 * for certain, and what somebody holds who is too far away. One step for 400 px. */
guint lanyard_mrz_locate_far (LanyardMrzLocator *locator,
                              const LanyardPlane *plane,
                              LanyardMrzRegion *regions,
                              LanyardWork *work);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardMrzLocator, lanyard_mrz_locator_clear)

G_END_DECLS
