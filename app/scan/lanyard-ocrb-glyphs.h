/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-ocrb.h"

/* A cell one pitch wide, the middle of the capitals in its middle: rows of hexadecimal digits from
 * 0 (paper) to f (ink). */
#define LANYARD_OCRB_GLYPH_WIDTH 24
#define LANYARD_OCRB_GLYPH_HEIGHT 32

extern const char *const lanyard_ocrb_glyphs[LANYARD_OCRB_N_CLASSES];
