/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/**
 * lanyard_glyphs_show_line:
 * @cr: the current source is used; the baseline starts at the origin of user space
 * @layout: set by a context of lanyard_text_context_new()
 * @line: of @layout
 * @size: font size of @layout in user units
 *
 * Draws one line so that a PDF has the letters of its fonts once and no more of them, however
 * large the font: a Chinese, Japanese or Korean font has tens of megabytes.
 */
void
lanyard_glyphs_show_line (cairo_t *cr, PangoLayout *layout, PangoLayoutLine *line, double size);

G_END_DECLS
