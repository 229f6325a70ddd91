/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-mrz-zone.h"

G_BEGIN_DECLS

/* What a zone says, and how sure that is. Personal data: wipe it. */
typedef struct
{
  char text[LANYARD_MRZ_MAX_LINES * (LANYARD_MRZ_MAX_COLUMNS + 1)]; /* lines separated by \n */
  double cost;   /* how much less likely than what was seen without regard to check digits, nats */
  double margin; /* how much likelier than the second best that is consistent, nats */
  guint n_changed; /* characters that are not the likeliest of those allowed in their place */
  double least;    /* the lowest correlation of a cell with its character */
  double apart;    /* the least of how far a cell without a check digit stands from halfway to
                      another character, by that distance: 1 would be a perfect picture */
} LanyardMrzAnswer;

/**
 * lanyard_mrz_solve:
 * @zone: with its cells read
 * @answer: (out): the likeliest text all of whose check digits agree
 *
 * Returns: FALSE when there is none
 */
gboolean
lanyard_mrz_solve (const LanyardMrzZone *zone, LanyardMrzAnswer *answer, LanyardWork *work);

/* Whether @answer is beyond doubt. */
gboolean lanyard_mrz_answer_counts (const LanyardMrzZone *zone, const LanyardMrzAnswer *answer);

G_END_DECLS
