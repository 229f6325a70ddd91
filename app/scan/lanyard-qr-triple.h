/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-qr-finder.h"

G_BEGIN_DECLS

/*
 * Which three finder patterns may be one symbol.
 *
 * Assumes nothing about angles as seen: a straight line stays straight under any tilt, so the
 * pattern right of the corner lies on the corner's own first axis, and the corner on that
 * pattern's. Along that line distances change with tilt, but the geometric mean of the distance in
 * the one pattern's modules and in the other's does not: it is the true number of modules.
 */
#define LANYARD_QR_MAX_TRIPLES 96

typedef struct
{
  LanyardQrFinder corner; /* axes of all three: right and down in the symbol */
  LanyardQrFinder right;
  LanyardQrFinder below;
  guint index[3]; /* of corner, right, below in the finders given */
  double n_right; /* modules from corner to right, as estimated */
  double n_below; /* modules from corner to below */
  double doubt;   /* the smaller, the likelier */
} LanyardQrTriple;

/* A pattern that has not been seen: in index. */
#define LANYARD_QR_UNSEEN G_MAXUINT

/* The likeliest, sorted; a symbol seen in a mirror is no other than one seen plainly until its
 * modules are read. Returns: how many */
guint lanyard_qr_triples_find (const LanyardQrFinder *finders,
                               guint n_finders,
                               LanyardQrTriple triples[LANYARD_QR_MAX_TRIPLES]);

/* The same of two patterns and a guess of where the third is, if a finger or a glare hides it: as
 * if the paper were flat and not tilted. */
guint lanyard_qr_triples_guess (const LanyardQrFinder *finders,
                                guint n_finders,
                                LanyardQrTriple triples[LANYARD_QR_MAX_TRIPLES]);

G_END_DECLS
