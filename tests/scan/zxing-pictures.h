/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "code-pictures.h"
#include "lanyard-scan.h"

G_BEGIN_DECLS

/* Draws a PDF417 or Data Matrix symbol by libzxing's own writer with its top left at @x, @y,
 * without a quiet zone. @latin1: what to encode, NUL at its end. PDF417 rows are three px_module
 * high. Returns: px to the right and down that it takes, its corner opposite @x, @y */
LanyardPoint picture_draw_symbol (Picture *picture,
                                  guint x,
                                  guint y,
                                  guint module_px,
                                  LanyardSymbology symbology,
                                  const char *latin1);

G_END_DECLS
