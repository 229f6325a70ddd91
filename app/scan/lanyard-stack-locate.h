/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-found.h"
#include "lanyard-plane.h"
#include "lanyard-work.h"

G_BEGIN_DECLS

/*
 * Where PDF417 symbols may stand (ISO/IEC 15438 §5.2): every row of one begins with the same start
 * pattern and ends with the same stop pattern, so a line across shows them wherever and at whatever
 * angle it meets the symbol, as long as it meets it.
 *
 * Assumes that a symbol is at least three lines of six px high where it is crossed, and that three
 * such lines in a row see a pattern whose runs are off by less than 0.75 modules each.
 *
 * A few rows and columns are looked at. Measured on the labelled pictures (bench-scan --corpus
 * --alone --turns 1): 37 of the 39 that have a symbol show one of its two patterns, 32 both; the
 * other two are read by what looks at all of the picture. Of the other 291 pictures in which this
 * step is reached, none shows any.
 */
typedef struct
{
  double middle[2]; /* px: in the middle of the start or stop bars; (0, 0) is the middle of a px */
  double right[2];  /* direction of reading, length 1 */
  double height;    /* px over which the pattern was seen, at right angles to right */
  double module;    /* px */
  gboolean is_stop; /* the symbol is to the left of it */
} LanyardStackPlace;

#define LANYARD_STACK_MAX_PLACES 4

/**
 * lanyard_stack_locate:
 * @dark: a byte for each px, 1 is dark
 * @stride: bytes from row to row
 * @places: (out): those seen in most lines first
 *
 * Returns: how many of @places are set
 */
guint lanyard_stack_locate (const guint8 *dark,
                            gsize stride,
                            guint width,
                            guint height,
                            LanyardStackPlace places[LANYARD_STACK_MAX_PLACES],
                            LanyardWork *work);

/**
 * lanyard_stack_get_suspect:
 * @places: (array length=n)
 * @suspect: (out): the symbol between a start and a stop pattern that belong together
 *
 * One pattern alone may be a fence. Returns: FALSE when no two belong together
 */
gboolean
lanyard_stack_get_suspect (const LanyardStackPlace *places, guint n, LanyardSuspect *suspect);

/* A part of a plane turned upright, with its way back. */
typedef struct
{
  LanyardPlaneBuffer pixels; /* owned */
  double origin[2];          /* px of the plane where its first px lies */
  double right[2];           /* px of the plane from one px to the next */
  double down[2];
} LanyardStackPart;

/* Draws what the symbol at @place may cover. Returns: FALSE when too little of it is inside */
gboolean lanyard_stack_part_take (LanyardStackPart *part,
                                  const LanyardPlane *plane,
                                  const LanyardStackPlace *place,
                                  LanyardWork *work);
/* From px of the part to px of the plane. */
LanyardPoint lanyard_stack_part_map (const LanyardStackPart *part, LanyardPoint point);

G_END_DECLS
