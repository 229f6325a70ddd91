/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANYARD_TYPE_PHOTO (lanyard_photo_get_type ())
G_DECLARE_FINAL_TYPE (LanyardPhoto, lanyard_photo, LANYARD, PHOTO, GtkWidget)

/* A person's photo, or a calm outline when there is none or it cannot be read. Its size comes from
 * the style sheet. */

/* @photo: (nullable): JPEG or PNG; what was shown before is dropped */
void lanyard_photo_set_bytes (LanyardPhoto *self, GBytes *photo);
/* @texture: (nullable): in place of bytes */
void lanyard_photo_set_texture (LanyardPhoto *self, GdkTexture *texture);
gboolean lanyard_photo_get_shown (LanyardPhoto *self);

G_END_DECLS
