/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-photo.h"

#include "lanyard-illustration.h"
#include "lanyard-paint.h"

#define CORNER_RADIUS 20
/* A larger picture is no portrait; it is refused before it is unpacked. */
#define MAX_PHOTO_BYTES (4 * 1024 * 1024)
#define MAX_SIDE_PX 1600

struct _LanyardPhoto
{
  GtkWidget parent_instance;

  /* owned */
  GBytes *bytes;       /* (nullable) */
  GdkTexture *texture; /* (nullable) */
  GtkWidget *outline;
};

G_DEFINE_FINAL_TYPE (LanyardPhoto, lanyard_photo, GTK_TYPE_WIDGET)

/* A small file may unpack to a huge picture: it is made small while it is unpacked. */
static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  double scale = MIN ((double)MAX_SIDE_PX / width, (double)MAX_SIDE_PX / height);

  if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int)(width * scale)),
                                MAX (1, (int)(height * scale)));
}

/* Not gdk_texture_new_from_bytes(): that of GTK 4.8 unpacks whatever size it is told, and leaks
 * when the file ends early. */
static GdkTexture *
load (GBytes *photo)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  GdkPixbuf *pixbuf;
  gboolean ok;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), NULL);
  ok = gdk_pixbuf_loader_write_bytes (loader, photo, NULL);
  ok = gdk_pixbuf_loader_close (loader, NULL) && ok;
  pixbuf = ok ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  return pixbuf != NULL ? gdk_texture_new_for_pixbuf (pixbuf) : NULL;
}

static void
lanyard_photo_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LanyardPhoto *self = LANYARD_PHOTO (widget);

  if (self->texture == NULL)
    gtk_widget_snapshot_child (widget, self->outline, snapshot);
  else
    lanyard_paint_cover (snapshot, self->texture,
                         &GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget),
                                              (float)gtk_widget_get_height (widget)),
                         CORNER_RADIUS);
}

static void
lanyard_photo_dispose (GObject *object)
{
  LanyardPhoto *self = LANYARD_PHOTO (object);

  g_clear_object (&self->texture);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->outline, gtk_widget_unparent);
  G_OBJECT_CLASS (lanyard_photo_parent_class)->dispose (object);
}

static void
lanyard_photo_class_init (LanyardPhotoClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_photo_dispose;
  widget_class->snapshot = lanyard_photo_snapshot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "photo");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lanyard_photo_init (LanyardPhoto *self)
{
  self->outline = g_object_new (LANYARD_TYPE_ILLUSTRATION, "name", "person", "size", 180, NULL);
  gtk_widget_set_parent (self->outline, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
lanyard_photo_set_bytes (LanyardPhoto *self, GBytes *photo)
{
  g_return_if_fail (LANYARD_IS_PHOTO (self));

  if (photo == self->bytes)
    return;
  g_clear_object (&self->texture);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  if (photo != NULL)
    {
      self->bytes = g_bytes_ref (photo);
      if (g_bytes_get_size (photo) <= MAX_PHOTO_BYTES)
        self->texture = load (photo);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lanyard_photo_set_texture (LanyardPhoto *self, GdkTexture *texture)
{
  g_return_if_fail (LANYARD_IS_PHOTO (self));

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_set_object (&self->texture, texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
lanyard_photo_get_shown (LanyardPhoto *self)
{
  g_return_val_if_fail (LANYARD_IS_PHOTO (self), FALSE);

  return self->texture != NULL;
}
