/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * lanyard_picture_try:
 * @svg: a picture of branding/ that screens show: a logo, a map
 * @what: how a message begins: "The map"
 * @error: LANYARD_ERROR_INVALID in one sentence: what must go, or that it cannot be drawn, or that
 *   drawing it takes longer than a screen may stand still
 *
 * Looks at @svg as lanyard_svg_check_for_screen() does, and then draws it, small, for nobody.
 *
 * Returns: whether a screen may show it
 */
gboolean lanyard_picture_try (GBytes *svg, const char *what, GError **error);

G_END_DECLS
