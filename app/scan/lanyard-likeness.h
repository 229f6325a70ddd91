/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-plane.h"
#include "lanyard-scan.h"

G_BEGIN_DECLS

#define LANYARD_LIKENESS_SAMPLES 1024

/* What a symbol looks like: grey values on a grid between its corners. A plain value; it is a
 * picture of what somebody showed, so wipe it when it is not needed. */
typedef struct
{
  guint columns;                            /* of the grid: 32, of a linear code 128 */
  guint8 samples[LANYARD_LIKENESS_SAMPLES]; /* row by row */
} LanyardLikeness;

/* @corners: (array fixed-size=4): clockwise from the symbol's own top left, px of @plane. Returns:
 * FALSE when they do not lie in @plane */
gboolean lanyard_likeness_take (LanyardLikeness *likeness,
                                const LanyardPlane *plane,
                                const LanyardPoint *corners);

/**
 * lanyard_likeness_find:
 * @corners: (array fixed-size=4): where it was taken
 * @reach: px around @shift
 * @shift: (inout): by how much it is likely to have moved, and by how much it has, px
 *
 * Returns: whether it is there
 */
gboolean lanyard_likeness_find (const LanyardLikeness *likeness,
                                const LanyardPlane *plane,
                                const LanyardPoint *corners,
                                guint reach,
                                LanyardPoint *shift);

G_END_DECLS
