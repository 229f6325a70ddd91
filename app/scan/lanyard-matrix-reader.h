/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-found.h"
#include "lanyard-plane.h"
#include "lanyard-work.h"

G_BEGIN_DECLS

/*
 * Finds Data Matrix and PDF417 symbols in a plane.
 *
 * Data Matrix: outline → edge → grid → sample, and libzxing only corrects errors and reads the
 * clean drawing. PDF417: a few lines of the plane are searched for start and stop patterns;
 * libzxing is only given the part around them, turned upright. A frame without either costs a fifth
 * of what libzxing alone takes to say so.
 *
 * Assumes that a symbol's L is among the 40 largest of the plane (160 in deep passes), and that
 * symbols do not lie within each other: what is inside one that was read is left out. Measured on
 * the 58 labelled pictures of Data Matrix (bench-scan --corpus --alone --turns 1): 50 are read by
 * the quick pass and 3 by the deep ones; 52 in all when a grid that nearly fits is not bent.
 *
 * Keeps its memory from plane to plane. Belongs to one thread at a time.
 */
typedef struct _LanyardMatrixReader LanyardMatrixReader;

typedef enum
{
  LANYARD_MATRIX_QUICK = 1, /* dark on light, at the plane's own size */
  LANYARD_MATRIX_DEEP = 2,  /* light on dark, other sizes, and libzxing over the whole plane */
  LANYARD_MATRIX_ALL = 3,   /* one after the other */
} LanyardMatrixEffort;

/* How far the last begin() came; for the explanation and for measuring. */
typedef struct
{
  guint n_corners;  /* L shapes */
  guint n_grids;    /* that fitted one */
  guint n_drawings; /* clean drawings that libzxing was given */
  guint n_stacks;   /* places with start or stop patterns of PDF417 */
  guint n_read;
} LanyardMatrixStats;

LanyardMatrixReader *lanyard_matrix_reader_new (void);
void lanyard_matrix_reader_free (LanyardMatrixReader *reader);

/**
 * lanyard_matrix_reader_begin:
 * @plane: (transfer none): its pixels must stay until the last step
 * @wanted: what of PDF417 and Data Matrix to look for
 *
 * Starts on another plane; what was left of the last one is dropped. Costs nothing yet.
 */
void lanyard_matrix_reader_begin (LanyardMatrixReader *reader,
                                  const LanyardPlane *plane,
                                  LanyardSymbologies wanted,
                                  LanyardMatrixEffort effort);

/**
 * lanyard_matrix_reader_step:
 * @func: called for each symbol that is read; its corners are in px of the plane, clockwise from
 *   the symbol's own top left
 *
 * Goes on until @work is spent or nothing is left. What is begun is ended: one corner, one part
 * given to libzxing is the grain. Whatever the work, something is done in each call.
 *
 * Returns: TRUE when nothing is left of the plane
 */
gboolean lanyard_matrix_reader_step (LanyardMatrixReader *reader,
                                     LanyardWork *work,
                                     LanyardFoundFunc func,
                                     gpointer user_data);

/* @suspect: (out): a PDF417 symbol both of whose ends were seen and that could not be read, px of
 * the plane. Returns: FALSE when there is none, or something was read */
gboolean lanyard_matrix_reader_get_suspect (const LanyardMatrixReader *reader,
                                            LanyardSuspect *suspect);

/* Returns: (transfer none): counts since begin() */
const LanyardMatrixStats *lanyard_matrix_reader_get_stats (const LanyardMatrixReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardMatrixReader, lanyard_matrix_reader_free)

G_END_DECLS
