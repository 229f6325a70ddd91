/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A plane seen from anywhere: modules (X, Y) to px (x, y), x = (h0 X + h1 Y + h2) / (h6 X + h7 Y +
 * 1).
 *
 * Assumes flat paper and a lens without distortion: what bends is left to lanyard-qr-mesh and
 * lanyard-qr-refine. Assumes that every tie is right: one that is wrong turns all of the map, for
 * nothing is left out, and nothing is said of how far ties are off; whoever asks looks how well the
 * symbol's own patterns fit (lanyard_qr_grid_fit()). What is made least is the distance in px times
 * the denominator, so ties on the side that is farther away count for a little more. Corner (0, 0)
 * must be in front of whoever looks; of the others nobody asks, and what is beyond the horizon
 * comes out anywhere.
 *
 * Measured on 398 photographs and 121 drawings by bench-scan --corpus --alone --turns 1, read:
 *   389 and 98   as it is
 *   372 and 94   without perspective (h6 = h7 = 0); of those of high version 5 instead of 15 of 16
 *   388 and 98   ties neither moved nor scaled to about 1
 *   389 and 98   without asking for (0, 0): none of these pictures has such ties
 */
typedef struct
{
  double h[8];
} LanyardQrHomography;

/* Where a place in the symbol is in the picture. */
typedef struct
{
  double column, row; /* modules; (0, 0) is the corner of the symbol */
  double x, y;        /* px; (0, 0) is the middle of the first px */
  double weight;
} LanyardQrTie;

/* Least squares over at least 4 ties of which no 3 of the only 4 lie on a line. Returns: FALSE when
 * there is no such map */
gboolean lanyard_qr_homography_fit (LanyardQrHomography *map, const LanyardQrTie *ties, guint n);

static inline void
lanyard_qr_homography_map (const LanyardQrHomography *map,
                           double column,
                           double row,
                           double *x,
                           double *y)
{
  const double *h = map->h;
  double w = 1 / (h[6] * column + h[7] * row + 1);

  *x = (h[0] * column + h[1] * row + h[2]) * w;
  *y = (h[3] * column + h[4] * row + h[5]) * w;
}

/* Px that one module to the right and one down are at @column, @row. */
void lanyard_qr_homography_axes (const LanyardQrHomography *map,
                                 double column,
                                 double row,
                                 double right[2],
                                 double down[2]);

G_END_DECLS
