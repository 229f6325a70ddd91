/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-photo-booth.h"

#include "lanyard-camera-view.h"
#include "lanyard-photo.h"

#define COUNT_FROM 3
/* How often a live picture is looked at: often enough to follow somebody who moves. */
#define LOOK_US (400 * 1000)
/* What is said of a live picture was so this many times in a row: words that flicker help nobody.
 */
#define LOOKS 2

struct _LanyardPhotoBooth
{
  GtkWidget parent_instance;

  /* owned */
  GtkWidget *overlay;
  GdkTexture *picture; /* (nullable): the camera's newest */
  LanyardStill *still; /* (nullable): what was taken */

  /* borrowed from overlay */
  LanyardCameraView *camera;
  GtkWidget *frame; /* around photo */
  LanyardPhoto *photo;
  GtkLabel *count_label;

  /* state */
  guint left;              /* s until it is taken */
  guint timer;             /* source; 0: none */
  gboolean due;            /* the next picture is the photo */
  LanyardPictureFlaw live; /* of what the camera shows */
  LanyardPictureFlaw seen; /* in the last look */
  guint n_seen;            /* looks in a row */
  gint64 looked_us;        /* monotonic */
};

G_DEFINE_FINAL_TYPE (LanyardPhotoBooth, lanyard_photo_booth, GTK_TYPE_WIDGET)

static guint changed_signal;

static void
refresh (LanyardPhotoBooth *self)
{
  LanyardBoothState state = lanyard_photo_booth_get_state (self);
  g_autofree char *count = self->left > 0 ? g_strdup_printf ("%u", self->left) : NULL;

  gtk_widget_set_visible (self->frame, state == LANYARD_BOOTH_TAKEN);
  lanyard_photo_set_texture (self->photo, self->still != NULL ? self->still->texture : NULL);
  lanyard_camera_view_set_picture (self->camera,
                                   state == LANYARD_BOOTH_TAKEN ? NULL : self->picture);
  gtk_widget_set_opacity (GTK_WIDGET (self->camera), state == LANYARD_BOOTH_TAKEN ? 0 : 1);
  gtk_label_set_label (self->count_label, count != NULL ? count : "");
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), count != NULL);
}

static void
tell (LanyardPhotoBooth *self)
{
  refresh (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
stop_counting (LanyardPhotoBooth *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->left = 0;
  self->due = FALSE;
}

static gboolean
on_second (gpointer data)
{
  LanyardPhotoBooth *self = data;

  if (--self->left > 0)
    {
      tell (self);
      return G_SOURCE_CONTINUE;
    }
  self->timer = 0;
  self->due = TRUE;
  tell (self);
  return G_SOURCE_REMOVE;
}

/* Returns: whether another word is to be said of the live picture */
static gboolean
look (LanyardPhotoBooth *self)
{
  gint64 now_us = g_get_monotonic_time ();
  LanyardPictureFlaw flaw;

  if (now_us - self->looked_us < LOOK_US)
    return FALSE;
  self->looked_us = now_us;
  flaw = lanyard_still_look (self->picture);
  self->n_seen = flaw == self->seen ? self->n_seen + 1 : 1;
  self->seen = flaw;
  if (self->n_seen < LOOKS || flaw == self->live)
    return FALSE;
  self->live = flaw;
  return TRUE;
}

static void
lanyard_photo_booth_dispose (GObject *object)
{
  LanyardPhotoBooth *self = LANYARD_PHOTO_BOOTH (object);

  stop_counting (self);
  g_clear_object (&self->picture);
  g_clear_pointer (&self->still, lanyard_still_free);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (lanyard_photo_booth_parent_class)->dispose (object);
}

static void
lanyard_photo_booth_class_init (LanyardPhotoBoothClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_photo_booth_dispose;
  changed_signal = g_signal_new ("changed", LANYARD_TYPE_PHOTO_BOOTH, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "booth");
}

static GtkWidget *
make_count_label (void)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                   "visible", FALSE, NULL);

  gtk_widget_add_css_class (label, "count");
  gtk_widget_add_css_class (label, "told");
  gtk_widget_add_css_class (label, "verbatim");
  gtk_widget_set_halign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_can_target (label, FALSE);
  return label;
}

static void
lanyard_photo_booth_init (LanyardPhotoBooth *self)
{
  GtkWidget *camera = g_object_new (LANYARD_TYPE_CAMERA_VIEW, "guide", "face", NULL);
  GtkWidget *photo = g_object_new (LANYARD_TYPE_PHOTO, NULL);
  GtkWidget *count = make_count_label ();

  self->overlay = gtk_overlay_new ();
  self->camera = LANYARD_CAMERA_VIEW (camera);
  self->photo = LANYARD_PHOTO (photo);
  self->count_label = GTK_LABEL (count);
  self->frame = gtk_aspect_frame_new (0.5, 0.5, (float)LANYARD_STILL_ASPECT, FALSE);
  gtk_aspect_frame_set_child (GTK_ASPECT_FRAME (self->frame), photo);
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), camera);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->frame);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), count);
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
  refresh (self);
}

void
lanyard_photo_booth_set_picture (LanyardPhotoBooth *self, GdkTexture *picture)
{
  LanyardBoothState before;

  g_return_if_fail (LANYARD_IS_PHOTO_BOOTH (self));

  before = lanyard_photo_booth_get_state (self);
  g_set_object (&self->picture, picture);
  if (picture == NULL)
    stop_counting (self);
  else if (self->due)
    {
      self->due = FALSE;
      self->still = lanyard_still_new (picture);
    }
  if (before == LANYARD_BOOTH_TAKEN)
    return;
  if (before != lanyard_photo_booth_get_state (self)
      || (before == LANYARD_BOOTH_LIVE && picture != NULL && look (self)))
    tell (self);
  else
    lanyard_camera_view_set_picture (self->camera, picture);
}

void
lanyard_photo_booth_take (LanyardPhotoBooth *self)
{
  g_return_if_fail (LANYARD_IS_PHOTO_BOOTH (self));

  if (self->picture == NULL || lanyard_photo_booth_get_state (self) == LANYARD_BOOTH_COUNTING)
    return;
  lanyard_photo_booth_clear (self);
  self->left = COUNT_FROM;
  self->timer = g_timeout_add_seconds (1, on_second, self);
  tell (self);
}

void
lanyard_photo_booth_clear (LanyardPhotoBooth *self)
{
  g_return_if_fail (LANYARD_IS_PHOTO_BOOTH (self));

  stop_counting (self);
  g_clear_pointer (&self->still, lanyard_still_free);
  self->live = self->seen = LANYARD_PICTURE_GOOD;
  refresh (self);
}

LanyardBoothState
lanyard_photo_booth_get_state (LanyardPhotoBooth *self)
{
  g_return_val_if_fail (LANYARD_IS_PHOTO_BOOTH (self), LANYARD_BOOTH_DARK);

  if (self->still != NULL)
    return LANYARD_BOOTH_TAKEN;
  if (self->picture == NULL)
    return LANYARD_BOOTH_DARK;
  return self->left > 0 || self->due ? LANYARD_BOOTH_COUNTING : LANYARD_BOOTH_LIVE;
}

guint
lanyard_photo_booth_get_left (LanyardPhotoBooth *self)
{
  g_return_val_if_fail (LANYARD_IS_PHOTO_BOOTH (self), 0);

  return self->left;
}

LanyardPictureFlaw
lanyard_photo_booth_get_flaw (LanyardPhotoBooth *self)
{
  g_return_val_if_fail (LANYARD_IS_PHOTO_BOOTH (self), LANYARD_PICTURE_GOOD);

  return self->still != NULL ? self->still->flaw : self->live;
}

GBytes *
lanyard_photo_booth_get_photo (LanyardPhotoBooth *self)
{
  g_return_val_if_fail (LANYARD_IS_PHOTO_BOOTH (self), NULL);

  return self->still != NULL ? self->still->png : NULL;
}
