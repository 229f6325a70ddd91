/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Paints @texture over all of @area with round corners of @radius px: scaled, never distorted, what
 * is too much is cut evenly. */
void lanyard_paint_cover (GtkSnapshot *snapshot,
                          GdkTexture *texture,
                          const graphene_rect_t *area,
                          float radius);
/* @colour: (out): a colour of the style sheet by its name; magenta when there is none */
void lanyard_paint_get_colour (GtkWidget *widget, const char *name, GdkRGBA *colour);

G_END_DECLS
