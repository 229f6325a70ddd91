/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-work.h"
#include "lanyard-zbar.h"

G_BEGIN_DECLS

/*
 * Finds QR symbols in a plane by itself: locate → grid → sample → render; ZBar only corrects errors
 * and reads the text of the clean drawing.
 *
 * Assumes what each of those stages does, and that no finder pattern belongs to two symbols: those
 * of one that was read are not tried again. Measured on 398 photographs and 121 drawings by
 * bench-scan --corpus --alone --turns 1: 389 and 98 are read; of the photographs ZBar by itself
 * reads 267.
 *
 * Keeps its memory from plane to plane. Belongs to one thread at a time.
 */
typedef struct _LanyardQrReader LanyardQrReader;

typedef enum
{
  LANYARD_QR_FLAT = 5,   /* as quick, and no grid is bent to fit */
  LANYARD_QR_QUICK = 10, /* the likely only: every third row, few candidates, few hypotheses */
  LANYARD_QR_DEEP = 20,  /* every row and all hypotheses: several times as dear */
  LANYARD_QR_OPEN
  = 30, /* every third row and all hypotheses, on ground of the modules' colour too */
} LanyardQrEffort;

/* How far planes of the last begin() came; for the explanation and for measuring. */
typedef struct
{
  guint n_finders;  /* finder patterns */
  guint n_triples;  /* three of them that may be a symbol */
  guint n_grids;    /* triples on which a grid fits */
  guint n_formats;  /* hypotheses whose format information holds */
  guint n_drawings; /* clean drawings that ZBar was given */
  guint n_read;     /* of those, how many it read */
} LanyardQrStats;

/* @zbar: (transfer none): must outlive the reader */
LanyardQrReader *lanyard_qr_reader_new (LanyardZbar *zbar);
void lanyard_qr_reader_free (LanyardQrReader *reader);

/**
 * lanyard_qr_reader_begin:
 * @plane: (transfer none): its pixels must stay until the last step
 * @radius: px, half a side of the box whose mean is the threshold: about 40 for a whole frame,
 *   smaller for uneven light; at most LANYARD_SIGN_MAX_RADIUS
 *
 * Starts on another plane; what was left of the last one is dropped. Costs nothing yet.
 */
void lanyard_qr_reader_begin (LanyardQrReader *reader,
                              const LanyardPlane *plane,
                              guint radius,
                              LanyardQrEffort effort);

/**
 * lanyard_qr_reader_step:
 * @func: called for each symbol that is read; its corners are in px of the plane, clockwise from
 *   the symbol's own top left
 *
 * Goes on until @work is spent or nothing is left. What is begun is ended: one candidate is the
 * grain.
 *
 * Returns: TRUE when nothing is left of the plane
 */
gboolean lanyard_qr_reader_step (LanyardQrReader *reader,
                                 LanyardWork *work,
                                 LanyardFoundFunc func,
                                 gpointer user_data);

/* @suspect: (out): the likeliest symbol since begin() that could not be read. Returns: FALSE when
 * there is none, or something was read */
gboolean lanyard_qr_reader_get_suspect (const LanyardQrReader *reader, LanyardSuspect *suspect);
/* Returns: (transfer none): counts since begin() */
const LanyardQrStats *lanyard_qr_reader_get_stats (const LanyardQrReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardQrReader, lanyard_qr_reader_free)

G_END_DECLS
