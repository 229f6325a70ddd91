/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-found.h"
#include "lanyard-plane.h"
#include "lanyard-work.h"

G_BEGIN_DECLS

/*
 * The searcher for machine readable zones of documents (ICAO Doc 9303): TD1, TD2, TD3, MRV-A and
 * MRV-B, in OCR-B, any way up: locate → lines → zone → characters → check digits.
 *
 * Assumes that nothing covers a part of the zone from top to bottom: such a zone is not read, and
 * is known again as one under glare when what covers it is blown out, 2 to 13 characters wide and
 * stands between characters of its lines; at their end it looks like paper. Measured on 216 drawn
 * passports and cards, 13 to 20 px from character to character, with a strip 3 to 9 characters
 * wide, sharp, soft or slanted: 213 are, and none is when lines do not go on beyond what is blown
 * out.
 */
typedef struct _LanyardMrzReader LanyardMrzReader;

/* How far planes of the last begin() came; for the explanation and for measuring. */
typedef struct
{
  guint n_regions; /* long and thin parts with many edges */
  guint n_lines;   /* lines of print of one pitch */
  guint n_zones;   /* two or three of them that lie as a zone's do */
  guint n_read;    /* zones whose print is OCR-B */
  guint n_texts;   /* of those, with a text all of whose check digits agree */
  guint n_answers; /* of those, beyond doubt */
  gdouble quality; /* mean correlation of the best zone, 0 to 1 */
} LanyardMrzStats;

/* The reader keeps its memory from picture to picture, and wipes what it read. */
LanyardMrzReader *lanyard_mrz_reader_new (void);
void lanyard_mrz_reader_free (LanyardMrzReader *reader);

/**
 * lanyard_mrz_reader_begin:
 * @plane: borrowed until lanyard_mrz_reader_step() says TRUE or another plane is begun
 *
 * Forgets everything about the plane before. Costs nothing yet.
 */
void lanyard_mrz_reader_begin (LanyardMrzReader *reader, const LanyardPlane *plane);

/**
 * lanyard_mrz_reader_deepen:
 *
 * Once lanyard_mrz_reader_step() has said TRUE: goes on, on the same plane, with print that is
 * mostly too small to be read, so that somebody can be told to come closer. No effect when a zone
 * was seen, or on a plane that was halved.
 */
void lanyard_mrz_reader_deepen (LanyardMrzReader *reader);

/**
 * lanyard_mrz_reader_step:
 * @func: called once when a zone is read beyond doubt: its lines separated by \n, its corners
 *   clockwise from the upper left of its first character, px of the plane
 *
 * Goes on until @work is spent. Without lines of print 1280 × 720 px cost some 800 steps; the
 * largest piece that is not interrupted, one zone, about 12,000.
 *
 * Returns: TRUE when nothing is left of the plane
 */
gboolean lanyard_mrz_reader_step (LanyardMrzReader *reader,
                                  LanyardWork *work,
                                  LanyardFoundFunc func,
                                  gpointer user_data);

/* @suspect: (out): the zone whose print was seen best and could not be read, px of the plane.
 * Returns: FALSE when there is none, or one was read */
gboolean lanyard_mrz_reader_get_suspect (const LanyardMrzReader *reader, LanyardSuspect *suspect);

/* Returns: (transfer none): counts since begin() */
const LanyardMrzStats *lanyard_mrz_reader_get_stats (const LanyardMrzReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardMrzReader, lanyard_mrz_reader_free)

G_END_DECLS
