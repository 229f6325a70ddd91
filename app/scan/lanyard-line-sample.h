/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-plane.h"
#include "lanyard-scan.h"

G_BEGIN_DECLS

/* A segment in a plane that lines run along: px, middles of pixels at whole numbers. */
typedef struct
{
  LanyardPoint from;
  LanyardPoint to;
} LanyardSegment;

double lanyard_segment_length (const LanyardSegment *segment);
/* The point at @t of the way (0 from, 1 to), and @side px to the right of somebody who walks. */
LanyardPoint lanyard_segment_point (const LanyardSegment *segment, double t, double side);
/* @segment moved @side px to the right of somebody who walks along it. */
LanyardSegment lanyard_segment_shift (const LanyardSegment *segment, double side);

/**
 * lanyard_line_sample:
 * @samples: @n_samples grey values, linear between pixels; outside the plane the nearest pixel's
 *
 * Along @segment, both ends with it.
 */
void lanyard_line_sample (const LanyardPlane *plane,
                          const LanyardSegment *segment,
                          guint8 *samples,
                          guint n_samples);

/* What of @n places along @segment lies inside a plane: indices from @first to before @end, none
 * when they are the same. */
void lanyard_line_inside (const LanyardPlane *plane,
                          const LanyardSegment *segment,
                          guint n,
                          guint *first,
                          guint *end);

/**
 * lanyard_line_project:
 * @half_px: how far the band goes to both sides of @segment
 * @profile: @n_bins grey values
 * @weights: scratch, @n_bins
 *
 * The mean of all pixels of a band, by where they lie along @segment: noise goes down with the
 * root of the rows, and as slanted rows fall between each other, there can be more bins than
 * pixels. Bins without a pixel are filled from their neighbours.
 *
 * Returns: how many pixels were added up; 0 when the band lies outside
 */
guint lanyard_line_project (const LanyardPlane *plane,
                            const LanyardSegment *segment,
                            double half_px,
                            float *profile,
                            float *weights,
                            guint n_bins);

G_END_DECLS
