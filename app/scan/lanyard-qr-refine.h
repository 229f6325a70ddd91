/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-qr-grid.h"
#include "lanyard-work.h"

G_BEGIN_DECLS

/*
 * Bends a grid without alignment patterns to go by: paper around a bottle, a wavy sheet.
 *
 * Assumes that a grid is right where modules that are always the same agree and where all others
 * are clearly light or clearly dark: between modules they are grey. Nine places of the symbol are
 * moved, the fourth corner first and farthest, as long as that gets better; what is between them
 * follows a parabola in both directions. It starts from the grid as it is, and from a flat one
 * whose edges leave and arrive along the axes of the finders, whichever is better.
 */
void lanyard_qr_refine (const LanyardQrPicture *picture,
                        const LanyardQrTriple *triple,
                        const LanyardQrLayout *layout,
                        gboolean flat,
                        LanyardQrGrid *grid,
                        LanyardWork *work);

G_END_DECLS
