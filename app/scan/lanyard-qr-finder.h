/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-sign-image.h"

G_BEGIN_DECLS

/*
 * One finder pattern: three squares within each other, and the grid that they span.
 *
 * Assumes that over seven modules perspective is nothing, so that one affine map tells where the
 * pattern's own modules are. From the middle rays go out in LANYARD_QR_RAYS directions; along each
 * the three borders must lie at 1.5 : 2.5 : 3.5 modules, whatever the tilt. Halfway between two
 * neighbouring borders (2 and 3 modules out) nothing depends on whether ink or light has spread;
 * lines through those points give the directions of both axes to about a degree, and from three
 * patterns the fourth corner of the symbol.
 *
 * An open pattern is one whose outermost square runs on into ground of its colour: a symbol without
 * a quiet zone, on black. Two of its sides look at the symbol and are as always; where the others
 * end nobody can see, and the two inner borders have to do.
 *
 * Positions: (0, 0) is the middle of the first px.
 */
#define LANYARD_QR_RAYS 32

typedef struct
{
  double x, y;       /* px: middle */
  double u[3];       /* modules along the first axis from the middle: u[0] x + u[1] y + u[2] */
  double v[3];       /* the same along the second; clockwise from the first as seen */
  double ux, uy;     /* px of one module along the first axis */
  double vx, vy;     /* px of one module along the second */
  double size;       /* px a module: root of its area */
  double error;      /* modules: how far borders lie from where they should, on average */
  gboolean inverted; /* light on dark */
} LanyardQrFinder;

/**
 * lanyard_qr_finder_fit:
 * @x, @y: px: near the middle of what may be a pattern
 * @module_x, @module_y: px a module as the row and the column through it have it
 * @open: whether the outermost square need not end everywhere
 *
 * Returns: FALSE when there is no such pattern
 */
gboolean lanyard_qr_finder_fit (const LanyardSignImage *sign,
                                const LanyardPlane *plane,
                                double x,
                                double y,
                                double module_x,
                                double module_y,
                                gboolean inverted,
                                gboolean open,
                                LanyardQrFinder *finder);

/* Where px @x, @y is in the modules of @finder. */
static inline void
lanyard_qr_finder_locate (const LanyardQrFinder *finder, double x, double y, double *u, double *v)
{
  *u = finder->u[0] * x + finder->u[1] * y + finder->u[2];
  *v = finder->v[0] * x + finder->v[1] * y + finder->v[2];
}

/* Turns the axes by quarters until the first points along @x, @y (px). */
void lanyard_qr_finder_turn (LanyardQrFinder *finder, double x, double y);

G_END_DECLS
