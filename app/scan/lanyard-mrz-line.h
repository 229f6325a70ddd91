/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-mrz-locate.h"
#include "lanyard-scan.h"

G_BEGIN_DECLS

#define LANYARD_MRZ_MAX_CELLS 64

/* A line of characters of one pitch, and where each of them is. */
typedef struct
{
  guint n_cells;
  gboolean is_cut; /* reaches the end of what was looked at: there may be more */
  LanyardPoint centres[LANYARD_MRZ_MAX_CELLS]; /* px of the plane, in the region's direction */
  double height_px;                            /* of its capitals, about, in the middle */
  double pitch_px;                             /* in the middle */
  double comb;                                 /* how regular: 0 to about 0.7 */
  guint n_covered;                             /* of its characters, by glare in between others */
} LanyardMrzLine;

/* Lines that one region may have: three of a zone and what stands above. */
#define LANYARD_MRZ_MAX_LINES_A_REGION 6

/* Keeps its memory. Zero-initialised is empty. */
typedef struct
{
  LanyardPlaneBuffer strip; /* the region, straightened */
  float *profile;           /* owned: ink in each column */
  guint8 *white;            /* owned: whether it is blown out there */
  gsize n_profile;
  gboolean across_glare; /* lines go on beyond what is blown out */
} LanyardMrzLiner;

void lanyard_mrz_liner_clear (LanyardMrzLiner *liner);

/**
 * lanyard_mrz_find_lines:
 * @region: a part of @plane
 * @lines: (out) (array length=n): room for LANYARD_MRZ_MAX_LINES_A_REGION
 * @work: one step for 150 px of the region, and about 300 a line
 *
 * Returns: how many lines of regular pitch the region has
 */
guint lanyard_mrz_find_lines (LanyardMrzLiner *liner,
                              const LanyardPlane *plane,
                              const LanyardMrzRegion *region,
                              LanyardMrzLine *lines,
                              LanyardWork *work);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardMrzLiner, lanyard_mrz_liner_clear)

G_END_DECLS
