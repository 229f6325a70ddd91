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
 * follows a parabola in both directions.
 */
void lanyard_qr_refine (const LanyardQrPicture *picture,
                        const LanyardQrLayout *layout,
                        LanyardQrGrid *grid,
                        LanyardWork *work);

G_END_DECLS
