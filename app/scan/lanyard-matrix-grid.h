/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-matrix-outline.h"
#include "lanyard-qr-homography.h"

G_BEGIN_DECLS

#define LANYARD_MATRIX_MAX_SIDE 144 /* modules, ISO/IEC 16022 table 7 */
#define LANYARD_MATRIX_MAX_GRIDS 3  /* worth trying for one corner */

/* One of the 30 sizes of ECC 200. */
typedef struct
{
  guint8 rows, columns;  /* modules, borders with them */
  guint8 n_regions_down; /* data regions, each with a border of its own */
  guint8 n_regions_across;
} LanyardMatrixSize;

/*
 * Where each module of a symbol is in the picture.
 *
 * Assumes the two solid sides. How thick they are says how many modules there may be; where the
 * dark ends on the two other sides says where the fourth corner is; the borders of all data
 * regions, which are the same in each symbol of a size, decide.
 */
typedef struct
{
  LanyardMatrixSize size;
  double corners[4][2];    /* px, clockwise from upper left: outer corners of the symbol */
  LanyardQrHomography map; /* modules to px */
  gboolean is_bent;
  double bend[3][3][2]; /* px: what the map is off by at first, middle and last [row][column] */
  double fit;           /* -1 to 1: how well the modules that are always the same agree */
} LanyardMatrixGrid;

/* What module @column, @row is in each symbol of @size. Returns: FALSE when it carries data */
gboolean
lanyard_matrix_size_border (const LanyardMatrixSize *size, guint column, guint row, gboolean *dark);

/* Px of the module position @column, @row; the middle of a module is at a half. */
void lanyard_matrix_grid_map (const LanyardMatrixGrid *grid,
                              double column,
                              double row,
                              double *x,
                              double *y);

/* The likeliest first; each costs some 10,000 samples. Returns: how many */
guint lanyard_matrix_grid_find (const LanyardQrPicture *picture,
                                const LanyardMatrixCorner *corner,
                                LanyardMatrixGrid grids[LANYARD_MATRIX_MAX_GRIDS],
                                LanyardWork *work);

/* Bends @grid along its borders; for what is printed on something that is not flat. */
void lanyard_matrix_grid_bend (const LanyardQrPicture *picture,
                               LanyardMatrixGrid *grid,
                               LanyardWork *work);

G_END_DECLS
