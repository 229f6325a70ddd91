/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-line-edges.h"
#include "lanyard-line-locate.h"
#include "lanyard-work.h"

G_BEGIN_DECLS

#define LANYARD_LINE_MAX_BINS 4096

/* The mean of a band of a region, along its axis. Memory is kept; zero-initialised is empty. */
typedef struct
{
  LanyardSegment segment; /* middle of the band, with what is beside the region */
  double half_px;
  float *profile;  /* owned (nullable): n_bins grey values */
  float *weights;  /* owned (nullable): scratch */
  guint8 *samples; /* owned (nullable): the profile, rounded */
  guint n_bins;
} LanyardLineBand;

void lanyard_line_band_clear (LanyardLineBand *band);

/* Turns a region until its bars stand upright on its axis, to a quarter of a degree, and cuts off
 * rows that do not look like the others. Returns: FALSE when hardly two rows look alike: no code */
gboolean lanyard_line_band_align (LanyardLineBand *band,
                                  LanyardWork *work,
                                  const LanyardPlane *plane,
                                  LanyardLineRegion *region);

/**
 * lanyard_line_band_project:
 * @side_px: from the region's axis to the middle of the band
 *
 * Returns: TRUE when there is something to read
 */
gboolean lanyard_line_band_project (LanyardLineBand *band,
                                    LanyardWork *work,
                                    const LanyardPlane *plane,
                                    const LanyardLineRegion *region,
                                    double side_px,
                                    double half_px);

/* Where a code may begin or end. */
typedef struct
{
  double at;    /* outer edge of a bar, bins */
  double quiet; /* light outside of it, bins */
} LanyardLineEnd;

/* Ends that @edges of a band allow, those with more light outside first. Returns: how many, at most
 * @max */
guint lanyard_line_band_ends (const LanyardLineBand *band,
                              const LanyardEdges *edges,
                              gboolean is_begin,
                              LanyardLineEnd *ends,
                              guint max);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardLineBand, lanyard_line_band_clear)

G_END_DECLS
