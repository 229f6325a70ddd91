/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Staff take a photo of somebody who has none: live picture with an oval, a countdown, what is
 * wrong with the picture, and then keep it or take another. Opened over the staff page. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-photo-page.h"

#include "lanyard-camera-view.h"
#include "lanyard-page-layout.h"
#include "lanyard-photo.h"
#include "lanyard-spoken.h"
#include "lanyard-still.h"

#define COUNT_FROM 3

struct _LanyardPhotoPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkGrid *grid;
  GtkWidget *words_box;
  GtkWidget *camera_box;
  GtkWidget *actions_box;
  GtkLabel *name_label;
  GtkLabel *lead_label;
  GtkLabel *count_label;
  LanyardCameraView *camera;
  LanyardPhoto *photo;
  GtkWidget *take_button;
  GtkLabel *take_label;
  GtkWidget *keep_button;

  /* owned */
  GdkTexture *picture; /* (nullable): the camera's newest */
  GBytes *still;       /* (nullable): what was taken */

  /* state */
  LanyardPictureFlaw flaw; /* of still */
  guint left;              /* s until it is taken; 0: none is being taken */
  guint timer;             /* source; 0: none */
};

G_DEFINE_FINAL_TYPE (LanyardPhotoPage, lanyard_photo_page, LANYARD_TYPE_SCREEN)

static const char *
find_words (const LanyardPhotoPage *self)
{
  if (self->still == NULL)
    return self->picture != NULL
               ? N_ ("Look into the camera, with the face in the oval.")
               : N_ ("The camera shows nothing now. Check that it is plugged in. The badge can be "
                     "made without a photo, too.");
  switch (self->flaw)
    {
    case LANYARD_PICTURE_DARK:
      return N_ ("It is too dark: turn to the light, and take another.");
    case LANYARD_PICTURE_BRIGHT:
      return N_ ("There is too much light on the face: turn away from it, and take another.");
    case LANYARD_PICTURE_BLURRED:
      return N_ ("It is blurred: hold still, or wipe the camera, and take another.");
    case LANYARD_PICTURE_GOOD:
    default:
      return N_ ("It is sharp and well lit.");
    }
}

/* The one next action stands out: to keep what is good, to take another of what is not. */
static void
set_main (GtkWidget *button, gboolean is_main)
{
  gtk_widget_remove_css_class (button, is_main ? "secondary" : "primary");
  gtk_widget_add_css_class (button, is_main ? "primary" : "secondary");
}

static void
refresh (LanyardPhotoPage *self)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  gboolean taken = self->still != NULL;
  gboolean good = taken && self->flaw == LANYARD_PICTURE_GOOD;
  const char *take
      = lanyard_screen_say (screen, taken ? N_ ("Take another") : N_ ("Take the picture"));
  g_autofree char *count = self->left > 0 ? g_strdup_printf ("%u", self->left) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->camera), !taken);
  gtk_widget_set_visible (GTK_WIDGET (self->photo), taken);
  gtk_widget_set_visible (self->keep_button, taken);
  gtk_widget_set_sensitive (self->take_button, self->picture != NULL && self->left == 0);
  set_main (self->take_button, !good);
  set_main (self->keep_button, good);
  gtk_label_set_label (self->take_label, take);
  lanyard_spoken_set_name (self->take_button, take);
  gtk_label_set_label (self->lead_label, lanyard_screen_say (screen, find_words (self)));
  gtk_label_set_label (self->count_label, count != NULL ? count : "");
}

static void
stop_counting (LanyardPhotoPage *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->left = 0;
}

static void
drop_still (LanyardPhotoPage *self)
{
  g_clear_pointer (&self->still, g_bytes_unref);
  lanyard_photo_set_bytes (self->photo, NULL);
}

static gboolean
on_second (gpointer data)
{
  LanyardPhotoPage *self = data;

  if (--self->left > 0)
    {
      refresh (self);
      return G_SOURCE_CONTINUE;
    }
  self->timer = 0;
  if (self->picture != NULL)
    self->still = lanyard_still_new (self->picture, &self->flaw);
  lanyard_photo_set_bytes (self->photo, self->still);
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
on_take_clicked (GtkButton *button, LanyardPhotoPage *self)
{
  stop_counting (self);
  drop_still (self);
  self->left = COUNT_FROM;
  self->timer = g_timeout_add_seconds (1, on_second, self);
  refresh (self);
}

static void
on_keep_clicked (GtkButton *button, LanyardPhotoPage *self)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  LanyardView *view = lanyard_screen_get_view (screen);
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_PHOTO);

  if (view == NULL || view->entry == NULL || self->still == NULL)
    return;
  action->number = g_strdup (view->entry->number);
  action->photo = g_bytes_ref (self->still);
  lanyard_controls_act (lanyard_screen_get_controls (screen), action);
  lanyard_screen_go (screen, NULL);
}

static void
on_back_clicked (GtkButton *button, LanyardPhotoPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), NULL);
}

static void
lanyard_photo_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardPhotoPage *self = LANYARD_PHOTO_PAGE (screen);

  gtk_label_set_label (self->name_label, view->entry != NULL ? view->entry->print_name : "");
  refresh (self);
}

static void
lanyard_photo_page_clear (LanyardScreen *screen)
{
  LanyardPhotoPage *self = LANYARD_PHOTO_PAGE (screen);

  stop_counting (self);
  drop_still (self);
  gtk_label_set_label (self->name_label, "");
}

static void
lanyard_photo_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  LanyardPhotoPage *self = LANYARD_PHOTO_PAGE (screen);

  lanyard_page_layout_camera (self->grid, self->words_box, self->camera_box, self->actions_box,
                              portrait);
}

/* Gone in the middle: nothing is taken, and what was taken stays. */
static void
lanyard_photo_page_picture (LanyardScreen *screen, GdkTexture *picture)
{
  LanyardPhotoPage *self = LANYARD_PHOTO_PAGE (screen);
  gboolean there = picture != NULL;
  gboolean changed = there != (self->picture != NULL);

  g_set_object (&self->picture, picture);
  lanyard_camera_view_set_picture (self->camera, picture);
  if (!there)
    stop_counting (self);
  if (changed)
    refresh (self);
}

static void
lanyard_photo_page_dispose (GObject *object)
{
  LanyardPhotoPage *self = LANYARD_PHOTO_PAGE (object);

  stop_counting (self);
  g_clear_object (&self->picture);
  g_clear_pointer (&self->still, g_bytes_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_PHOTO_PAGE);
  G_OBJECT_CLASS (lanyard_photo_page_parent_class)->dispose (object);
}

static void
lanyard_photo_page_class_init (LanyardPhotoPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_CAMERA_VIEW);
  g_type_ensure (LANYARD_TYPE_PHOTO);
  G_OBJECT_CLASS (klass)->dispose = lanyard_photo_page_dispose;
  screen_class->update = lanyard_photo_page_update;
  screen_class->clear = lanyard_photo_page_clear;
  screen_class->arrange = lanyard_photo_page_arrange;
  screen_class->picture = lanyard_photo_page_picture;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-photo-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardPhotoPage, grid);
  gtk_widget_class_bind_template_child (widget_class, LanyardPhotoPage, words_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardPhotoPage, camera_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardPhotoPage, actions_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardPhotoPage, name_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardPhotoPage, lead_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardPhotoPage, count_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardPhotoPage, camera);
  gtk_widget_class_bind_template_child (widget_class, LanyardPhotoPage, photo);
  gtk_widget_class_bind_template_child (widget_class, LanyardPhotoPage, take_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardPhotoPage, take_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardPhotoPage, keep_button);
  gtk_widget_class_bind_template_callback (widget_class, on_take_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static void
lanyard_photo_page_init (LanyardPhotoPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
