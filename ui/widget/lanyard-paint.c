/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-paint.h"

void
lanyard_paint_cover (GtkSnapshot *snapshot,
                     GdkTexture *texture,
                     const graphene_rect_t *area,
                     float radius)
{
  GskRoundedRect outline;
  float width, height, scale;
  graphene_rect_t picture;

  g_return_if_fail (GDK_IS_TEXTURE (texture) && area != NULL);

  width = (float)gdk_texture_get_width (texture);
  height = (float)gdk_texture_get_height (texture);
  scale = MAX (area->size.width / width, area->size.height / height);
  graphene_rect_init (&picture, area->origin.x + (area->size.width - width * scale) / 2,
                      area->origin.y + (area->size.height - height * scale) / 2, width * scale,
                      height * scale);
  gsk_rounded_rect_init_from_rect (&outline, area, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_texture (snapshot, texture, &picture);
  gtk_snapshot_pop (snapshot);
}

void
lanyard_paint_get_colour (GtkWidget *widget, const char *name, GdkRGBA *colour)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && colour != NULL);

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, colour))
    *colour = (GdkRGBA){ 1, 0, 1, 1 };
}
