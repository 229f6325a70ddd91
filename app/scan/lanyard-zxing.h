/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-found.h"
#include "lanyard-plane.h"

G_BEGIN_DECLS

/*
 * libzxing, and nothing of it outside lanyard-zxing.cc, the only C++ file. It reads what ZBar
 * cannot: PDF417 (ISO/IEC 15438) and Data Matrix (ISO/IEC 16022). Built without it
 * (-Dzxing=disabled) the same functions find nothing. Keeps nothing from call to call: any thread
 * may call.
 */

typedef enum
{
  LANYARD_ZXING_EFFORT_FAST,     /* upright as it lies in the plane, at its own size */
  LANYARD_ZXING_EFFORT_THOROUGH, /* all four directions, more lines, and the plane at a third */
} LanyardZxingEffort;

/* Returns: whether this build can read anything */
gboolean lanyard_zxing_is_built_in (void);

/**
 * lanyard_zxing_read:
 * @plane: no side longer than LANYARD_FRAME_MAX_SIDE_PX, or nothing is found
 * @formats: what to look for: PDF417 and Data Matrix in use; QR and linear codes only to compare.
 *   What libzxing does not know is left out
 * @max_symbols: stop after so many, 1 to 255
 * @func: called for each symbol. Its bytes are those of the symbol, without any conversion of
 *   character sets; its corners go clockwise from the symbol's own top left. Symbols of one
 *   macro PDF417 file (ISO/IEC 15438 §5.13) are joined into one when all of them are in the plane;
 *   parts of what is not complete are not handed on
 *
 * Of libzxing 1.4: a Data Matrix symbol is found only where it lies on the row or the column
 * through the middle of @plane.
 *
 * One call cannot be interrupted; about 5 ms for 1280 × 720 without a code.
 */
void lanyard_zxing_read (const LanyardPlane *plane,
                         LanyardSymbologies formats,
                         LanyardZxingEffort effort,
                         guint max_symbols,
                         LanyardFoundFunc func,
                         gpointer user_data);

/**
 * lanyard_zxing_read_symbol:
 * @plane: one Data Matrix symbol drawn clean and upright, with its quiet zone, at 3 px a module
 * @func: called when its error correction agrees; corners are those of the drawing
 *
 * Error correction and content of a symbol whose modules are known: 0.02 to 0.3 ms.
 */
void
lanyard_zxing_read_symbol (const LanyardPlane *plane, LanyardFoundFunc func, gpointer user_data);

G_END_DECLS
