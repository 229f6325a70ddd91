/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANYARD_TEXT_PERCENT_USUAL 100
#define LANYARD_TEXT_PERCENT_LARGE 200

/**
 * lanyard_text_scale_px:
 * @px: size of letters in the usual look
 * @percent: 100 to 200
 *
 * What people read grows by @percent (WCAG 2.2 §1.4.4). Headlines, which are large to begin with,
 * grow less above 56 px, so that a word of them still fits on a line.
 *
 * Returns: px
 */
guint lanyard_text_scale_px (guint px, guint percent);

/**
 * lanyard_text_scale_css:
 * @css: a style sheet whose sizes of letters are whole px
 * @percent: 100 to 200
 *
 * Returns: (transfer full): @css with each "font-size: Npx" scaled and all else as it was
 */
char *lanyard_text_scale_css (const char *css, guint percent);

G_END_DECLS
