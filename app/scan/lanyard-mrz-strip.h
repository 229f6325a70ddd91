/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-mrz-line.h"

G_BEGIN_DECLS

/*
 * Part of the search for lines, not for others: a region drawn straight, and bands of print in it.
 */

/* Grey of what is blown out. */
#define LANYARD_MRZ_WHITE 250

/* A region drawn straight: pixel x, y of it is that much along and across in the plane. */
typedef struct
{
  LanyardPlane at;
  double left_x, left_y; /* px of the plane: the strip's pixel 0, 0 */
  double along_x, along_y;
} LanyardMrzStrip;

/* A band of print, its middle and height over x: c0 + c1 t + c2 t², t from -1 to 1 over the
 * strip. */
typedef struct
{
  double middle[3];
  double height[2];
  double from, to; /* px of the strip: where it was seen */
} LanyardMrzBand;

/* @margin: how much longer than the region, as part of its length, on each side */
LanyardMrzStrip lanyard_mrz_strip_draw (LanyardPlaneBuffer *buffer,
                                        const LanyardPlane *plane,
                                        const LanyardMrzRegion *region,
                                        double margin);
/* @across_glare: whether a band may go on beyond what is blown out
 * Returns: bands that cross at least half of the region, at most LANYARD_MRZ_MAX_LINES_A_REGION */
guint lanyard_mrz_strip_find_bands (const LanyardMrzStrip *strip,
                                    const LanyardMrzRegion *region,
                                    gboolean across_glare,
                                    LanyardMrzBand *bands);

static inline double
lanyard_mrz_band_middle (const LanyardMrzBand *band, double t)
{
  return band->middle[0] + t * (band->middle[1] + t * band->middle[2]);
}

static inline double
lanyard_mrz_band_height (const LanyardMrzBand *band, double t)
{
  return MAX (band->height[0] + t * band->height[1], 4);
}

G_END_DECLS
