/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-qr-sample.h"

G_BEGIN_DECLS

/*
 * A clean drawing of a symbol for lanyard_zbar_read_drawing(): 2 px a module, quiet zone of 2
 * modules, all modules that are always the same as they should be, format and version information
 * corrected, what was seen in a mirror turned over.
 *
 * ZBar looks for the middles of finder patterns along lines, and takes neighbouring lines for the
 * same pattern when they are no farther apart than a quarter of its middle, rounded: 1.75 px here,
 * so that every row and every column would have to be looked at. A grey ring of one px around the
 * middle makes it 7 px wide to ZBar instead of 6, and every second line is enough. The grid stays
 * as it is. All versions are read as before, in 0.15 (version 1) to 6.5 ms (version 40) instead of
 * 0.3 to 10.6; modules of 2.25 px, which have the same effect, take a fifth longer, those of 1 px
 * are read in one of four drawings.
 *
 * Assumes that all blocks of @dark can be mended, and ZBar 0.23: how far apart lines may be that it
 * takes for one pattern is its own, and another release may want other rings. test-qr-drawing holds
 * for each of the 40 versions that what is drawn is read.
 */
/* @format_bits: 15 bits as they are drawn */
void lanyard_qr_render (const LanyardQrLayout *layout,
                        const guint8 *dark,
                        guint format_bits,
                        LanyardPlaneBuffer *buffer);

G_END_DECLS
