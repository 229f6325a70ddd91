/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

#define DEMO_PORTRAIT_WIDTH_PX 300
#define DEMO_PORTRAIT_HEIGHT_PX 400

/**
 * demo_portrait_draw:
 * @cr: user space of DEMO_PORTRAIT_WIDTH_PX × DEMO_PORTRAIT_HEIGHT_PX
 * @random: decides skin, hair, clothing, background and what the person wears
 *
 * Draws an illustrated head and shoulders: plainly a drawing, nobody's picture.
 */
void demo_portrait_draw (cairo_t *cr, GRand *random);

/* Returns: (transfer full) (nullable): the portrait number @which of @seed as JPEG */
GBytes *demo_portrait_to_jpeg (guint32 seed, guint32 which, GError **error);

G_END_DECLS
