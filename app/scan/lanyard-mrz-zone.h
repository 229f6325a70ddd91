/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-mrz-line.h"
#include "lanyard-mrz.h"
#include "lanyard-ocrb.h"

G_BEGIN_DECLS

/* Two or three lines that may be one zone, and each of their cells. */
typedef struct
{
  LanyardMrzFormat shape; /* TD1, TD2 or TD3: visas have the shapes of the last two */
  guint n_lines;
  guint n_columns;
  double covered_share; /* of the cells: glare is between those of their line */
  LanyardPoint centres[LANYARD_MRZ_MAX_LINES][LANYARD_MRZ_MAX_COLUMNS]; /* px, in reading order */
  double tall;    /* height of the print by its pitch, 1: as the font has it */
  guint look;     /* of lanyard_ocrb_match() */
  double quality; /* mean correlation of the cells with their best class */
  LanyardOcrbMatch cells[LANYARD_MRZ_MAX_LINES][LANYARD_MRZ_MAX_COLUMNS];
} LanyardMrzZone;

/**
 * lanyard_mrz_zone_join:
 * @lines: (array length=n): two or three lines in any order
 * @zone: (out): their cells, from the left of the lines' direction and from above
 *
 * Returns: FALSE when they cannot be lines of one zone: their pitch or direction differs, they are
 *   too near or too far, or they do not begin and end beneath each other
 */
gboolean lanyard_mrz_zone_join (const LanyardMrzLine *const *lines, guint n, LanyardMrzZone *zone);

/* The other way up: the last line from its end becomes the first. */
void lanyard_mrz_zone_turn (LanyardMrzZone *zone);

/**
 * lanyard_mrz_zone_judge:
 * @plane: what @zone was found in
 *
 * Finds how tall the print is and which look it has, on some of its cells; sets tall, look and
 * quality. Returns: the quality
 */
double lanyard_mrz_zone_judge (LanyardMrzZone *zone, const LanyardPlane *plane, LanyardWork *work);

/**
 * lanyard_mrz_zone_read:
 *
 * Matches all cells, moves them to where their characters are, and matches again: sets cells,
 * centres and quality.
 */
void lanyard_mrz_zone_read (LanyardMrzZone *zone, const LanyardPlane *plane, LanyardWork *work);

/**
 * lanyard_mrz_zone_is_whole:
 *
 * Whether blank paper stands at both ends of all lines. Two lines of 44 that are taken for 36 would
 * be another document, and of a visa all check digits would agree.
 */
gboolean lanyard_mrz_zone_is_whole (const LanyardMrzZone *zone, const LanyardPlane *plane);

/* @along: (out): from one character to the next; @down: (out): as far down on the paper */
void lanyard_mrz_zone_axes (const LanyardMrzZone *zone,
                            guint line,
                            guint column,
                            LanyardPoint *along,
                            LanyardPoint *down);

/* @corners: (out) (array fixed-size=4): clockwise from the first character's upper left */
void lanyard_mrz_zone_get_corners (const LanyardMrzZone *zone, LanyardPoint *corners);

G_END_DECLS
