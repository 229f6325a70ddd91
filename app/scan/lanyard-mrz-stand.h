/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-mrz-zone.h"

G_BEGIN_DECLS

/* How zeros and letters O of one print stand between the font's: taken from those that can be
 * nothing else. */
typedef struct
{
  double zero;   /* above 0 with a print as the font's */
  double letter; /* below 0 */
} LanyardMrzRoundness;

LanyardMrzRoundness lanyard_mrz_learn_roundness (const LanyardMrzZone *zone,
                                                 LanyardMrzFormat format);

/**
 * lanyard_mrz_stand:
 * @class: what @cell is taken for
 * @alphabet: what may stand there
 * @is_checked: whether check digits watch it: then only characters count that they cannot tell
 *   apart, whose values differ by a multiple of 10; and 0 and O, of which two pairs cancel out
 *   (weights 7 and 3 make 24 × 10)
 *
 * Returns: how far the cell is from halfway to the next other character, 1 at most
 */
double lanyard_mrz_stand (const LanyardMrzZone *zone,
                          const LanyardOcrbMatch *cell,
                          guint class,
                          const char *alphabet,
                          gboolean is_checked,
                          const LanyardMrzRoundness *learnt);

G_END_DECLS
