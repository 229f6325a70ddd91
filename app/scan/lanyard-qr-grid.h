/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-qr-homography.h"
#include "lanyard-qr-picture.h"
#include "lanyard-qr-tables.h"
#include "lanyard-qr-triple.h"

G_BEGIN_DECLS

/*
 * Where each module of a symbol is in the picture.
 *
 * Assumes three finder patterns with their axes. A map through the corners of all three gives the
 * fourth corner of a tilted symbol; one that also trusts a parallelogram gives it better when the
 * patterns are small and their axes rough: both are tried, and the fit of the modules that are the
 * same in each symbol says which is right.
 */

typedef struct
{
  guint version;
  guint side; /* modules */
  LanyardQrHomography map;
  /* What the map is off by at the middles of alignment patterns, px; bent symbols. */
  gboolean is_bent;
  guint n_nodes;                                               /* a side */
  double nodes[LANYARD_QR_MAX_PATTERNS];                       /* modules: where they are */
  double dx[LANYARD_QR_MAX_PATTERNS][LANYARD_QR_MAX_PATTERNS]; /* [row][column] */
  double dy[LANYARD_QR_MAX_PATTERNS][LANYARD_QR_MAX_PATTERNS];
  double fit; /* -1 to 1: how well modules that are always the same agree */
} LanyardQrGrid;

/* Px of the module position @column, @row; the middle of a module is at a half. */
void
lanyard_qr_grid_map (const LanyardQrGrid *grid, double column, double row, double *x, double *y);

/* Grey values from the mean to light or dark in the finders of @triple. */
double lanyard_qr_grid_contrast (const LanyardQrPicture *picture, const LanyardQrTriple *triple);

/* Places a grid of @layout's version on @triple. Returns: FALSE when that cannot be */
gboolean lanyard_qr_grid_place (const LanyardQrPicture *picture,
                                const LanyardQrTriple *triple,
                                const LanyardQrLayout *layout,
                                LanyardQrGrid *grid);

/* A map without perspective through the three finders. */
gboolean
lanyard_qr_grid_flatten (const LanyardQrTriple *triple, guint side, LanyardQrHomography *map);

/* -1 to 1: how well the modules that are always the same agree. */
double lanyard_qr_grid_fit (const LanyardQrPicture *picture,
                            const LanyardQrLayout *layout,
                            const LanyardQrGrid *grid);

/* Looks for the alignment pattern that should be at module @column, @row, up to @reach modules
 * around it. Returns: -1 to 1: how well it fits at *@x, *@y (px) */
double lanyard_qr_grid_find_pattern (const LanyardQrPicture *picture,
                                     const LanyardQrGrid *grid,
                                     double column,
                                     double row,
                                     double reach,
                                     double *x,
                                     double *y);

G_END_DECLS
