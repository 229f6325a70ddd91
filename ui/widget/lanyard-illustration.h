/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANYARD_TYPE_ILLUSTRATION (lanyard_illustration_get_type ())
G_DECLARE_FINAL_TYPE (LanyardIllustration, lanyard_illustration, LANYARD, ILLUSTRATION, GtkWidget)

/*
 * One of our own drawings, sharp at every size and in the colours of the look: an SVG whose shapes
 * have the classes brand, on-brand, accent, ink, soft, line, card, paper, good, warn, bad or
 * current. It says nothing to assistive tools: the words stand beside it.
 *
 * Properties: "name" (of the file in resources/illustrations, without .svg) and "size" (px, height;
 * the width follows).
 */
void lanyard_illustration_set_name (LanyardIllustration *self, const char *name);
void lanyard_illustration_set_size (LanyardIllustration *self, int size_px);
/* Any other SVG, such as a pack's logo, in its own colours. @svg: (nullable): nothing is shown.
 * Returns: whether @svg is shown; one that cannot be drawn, or takes long to draw, is not */
gboolean lanyard_illustration_set_svg (LanyardIllustration *self, GBytes *svg);
/* A drawing that is wider than @aspect times its height is drawn smaller (10 unless told) */
void lanyard_illustration_set_widest (LanyardIllustration *self, double aspect);

G_END_DECLS
