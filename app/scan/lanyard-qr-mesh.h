/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-qr-grid.h"

G_BEGIN_DECLS

/*
 * Bends a grid through all alignment patterns of a version with many of them.
 *
 * Assumes that the paper bends slowly: what a pattern is off by is nearly what its neighbours are.
 * So they are looked for one by one, from the corner outwards, each near where its neighbours say.
 * A pattern that is not seen lies where they say. In a version 40 symbol of 700 px one module is 4
 * px: a lens alone bends it by more than that, and without the mesh 3 of 16 such photographs are
 * read.
 */
void lanyard_qr_mesh_bend (const LanyardQrPicture *picture,
                           const LanyardQrTriple *triple,
                           const LanyardQrLayout *layout,
                           LanyardQrGrid *grid);

G_END_DECLS
