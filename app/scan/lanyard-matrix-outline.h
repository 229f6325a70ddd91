/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-qr-picture.h"
#include "lanyard-work.h"

G_BEGIN_DECLS

/*
 * Where a Data Matrix symbol may stand: the outlines of dark things are followed, and two long
 * straight sides that meet in a corner are the solid border of a symbol (ISO/IEC 16022 §7.1), an L
 * seen from any side.
 *
 * Assumes that light lies along the outside of both sides, as the quiet zone demands.
 *
 * libzxing 1.4 looks along the middle row and column of a picture alone: of a drawn symbol at 121
 * places in a plane five times its size it reads 27. This finds it at all of them.
 */
typedef struct
{
  double
      corner[2]; /* px x, y: where the two solid sides meet; (0, 0) is the middle of the first px */
  double up[2];  /* the other end of one side: to the left of the one who looks from corner … */
  double right[2]; /* … along the other side, at its end */
} LanyardMatrixCorner;

/* Goes over a picture; keeps its memory. Zero-initialised is empty. */
typedef struct
{
  guint8 *dark;     /* owned: 1 where it is dark, one px more on each side */
  gsize n_dark;     /* room in dark */
  gsize stride;     /* bytes from row to row of dark */
  guint8 *seen;     /* owned: px of start rows from which an outline was followed */
  gsize n_seen;     /* room in seen */
  gint16 (*way)[2]; /* owned: lattice points of the outline at hand */
  guint row;        /* the next to start from */
  guint64 n_open;   /* points of outlines that were too long to be followed to their end */
} LanyardMatrixOutline;

void lanyard_matrix_outline_begin (LanyardMatrixOutline *outline, const LanyardQrPicture *picture);

/**
 * lanyard_matrix_outline_step:
 * @corners: (element-type LanyardMatrixCorner): corners are added, one L perhaps more than once
 *
 * Goes on until @work is spent; one row of starts is the grain.
 *
 * Returns: TRUE when all of the picture was gone over
 */
gboolean lanyard_matrix_outline_step (LanyardMatrixOutline *outline,
                                      const LanyardQrPicture *picture,
                                      GArray *corners,
                                      LanyardWork *work);
/* Returns: (transfer none): what is dark, from the first px; outline->stride bytes a row */
const guint8 *lanyard_matrix_outline_get_dark (const LanyardMatrixOutline *outline);
void lanyard_matrix_outline_clear (LanyardMatrixOutline *outline);

G_END_DECLS
