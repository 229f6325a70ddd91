/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-matrix-outline.h"

G_BEGIN_DECLS

/*
 * What the surroundings of an L say of the symbol that it would belong to.
 *
 * Assumes that half of the modules beside the solid sides are light, so that these are as thick as
 * one module there; that every other module of the two other sides is dark; and that beyond them it
 * is light for two modules.
 */
typedef struct
{
  double columns;     /* roughly how many */
  double rows;        /* roughly how many */
  double opposite[2]; /* px: the fourth corner */
  double contrast;    /* grey values from the mean to dark or light */
} LanyardMatrixEdges;

/**
 * lanyard_matrix_edges_find:
 * @corner: (inout): its ends are set anew when @lengthen
 * @lengthen: the outline may have bent before the solid sides ended: look how far they are dark
 *
 * Returns: FALSE when it does not belong to a symbol, or when there is nothing to lengthen
 */
gboolean lanyard_matrix_edges_find (const LanyardQrPicture *picture,
                                    LanyardMatrixCorner *corner,
                                    gboolean lengthen,
                                    LanyardMatrixEdges *edges,
                                    LanyardWork *work);

G_END_DECLS
