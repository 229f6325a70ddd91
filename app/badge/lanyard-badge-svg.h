/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Most pixels of a picture within an SVG file; a small file may unpack to a huge one. */
#define LANYARD_SVG_MAX_PIXELS (24 * 1000 * 1000)

/**
 * lanyard_svg_check:
 * @svg: a template or a picture of branding/
 * @what: how a message begins: "The badge template"
 * @error: LANYARD_ERROR_INVALID naming what must go, LANYARD_ERROR_LIMIT
 *
 * Whether librsvg may be given @svg: it names no other file and no server, has no entities, scripts
 * or filters, and its pictures are PNG or JPEG of a sensible size.
 */
gboolean lanyard_svg_check (GBytes *svg, const char *what, GError **error);
/* The same of a picture that only screens show, such as a map or a logo: it may have letters. */
gboolean lanyard_svg_check_for_screen (GBytes *svg, const char *what, GError **error);

G_END_DECLS
