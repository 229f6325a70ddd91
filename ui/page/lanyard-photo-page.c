/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Staff take a photo of somebody who has none: live picture with an oval, a countdown, what is
 * wrong with the picture, and then keep it or take another. Opened over the staff page. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-photo-page.h"

#include "lanyard-page-layout.h"
#include "lanyard-photo-booth.h"
#include "lanyard-phrases.h"
#include "lanyard-spoken.h"

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
  LanyardPhotoBooth *booth;
  GtkWidget *take_button;
  GtkLabel *take_label;
  GtkWidget *keep_button;
};

G_DEFINE_FINAL_TYPE (LanyardPhotoPage, lanyard_photo_page, LANYARD_TYPE_SCREEN)

static const char *
find_words (LanyardPhotoPage *self, LanyardBoothState state)
{
  if (state == LANYARD_BOOTH_DARK)
    return N_ ("The camera shows nothing now. Check that it is plugged in. The badge can be "
               "made without a photo, too.");
  if (state == LANYARD_BOOTH_COUNTING)
    return lanyard_phrase_for_flaw (LANYARD_PICTURE_GOOD, FALSE);
  return lanyard_phrase_for_flaw (lanyard_photo_booth_get_flaw (self->booth),
                                  state == LANYARD_BOOTH_TAKEN);
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
  LanyardBoothState state = lanyard_photo_booth_get_state (self->booth);
  gboolean taken = state == LANYARD_BOOTH_TAKEN;
  gboolean good = taken && lanyard_photo_booth_get_flaw (self->booth) == LANYARD_PICTURE_GOOD;
  const char *take
      = lanyard_screen_say (screen, taken ? N_ ("Take another") : N_ ("Take the picture"));

  gtk_widget_set_visible (self->keep_button, taken);
  gtk_widget_set_sensitive (self->take_button, taken || state == LANYARD_BOOTH_LIVE);
  set_main (self->take_button, !good);
  set_main (self->keep_button, good);
  gtk_label_set_label (self->take_label, take);
  lanyard_spoken_set_name (self->take_button, take);
  gtk_label_set_label (self->lead_label, lanyard_screen_say (screen, find_words (self, state)));
}

static void
on_changed (LanyardPhotoBooth *booth, LanyardPhotoPage *self)
{
  refresh (self);
}

static void
on_take_clicked (GtkButton *button, LanyardPhotoPage *self)
{
  lanyard_photo_booth_take (self->booth);
}

static void
on_keep_clicked (GtkButton *button, LanyardPhotoPage *self)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  LanyardView *view = lanyard_screen_get_view (screen);
  GBytes *photo = lanyard_photo_booth_get_photo (self->booth);
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_PHOTO);

  if (view == NULL || view->entry == NULL || photo == NULL)
    return;
  action->number = g_strdup (view->entry->number);
  action->photo = g_bytes_ref (photo);
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

  lanyard_photo_booth_clear (self->booth);
  lanyard_photo_booth_set_picture (self->booth, NULL);
  gtk_label_set_label (self->name_label, "");
}

static void
lanyard_photo_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  LanyardPhotoPage *self = LANYARD_PHOTO_PAGE (screen);

  lanyard_page_layout_camera (self->grid, self->words_box, self->camera_box, self->actions_box,
                              portrait);
}

static void
lanyard_photo_page_picture (LanyardScreen *screen, GdkTexture *picture)
{
  lanyard_photo_booth_set_picture (LANYARD_PHOTO_PAGE (screen)->booth, picture);
}

static void
lanyard_photo_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_PHOTO_PAGE);
  G_OBJECT_CLASS (lanyard_photo_page_parent_class)->dispose (object);
}

static void
lanyard_photo_page_class_init (LanyardPhotoPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_PHOTO_BOOTH);
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
  gtk_widget_class_bind_template_child (widget_class, LanyardPhotoPage, booth);
  gtk_widget_class_bind_template_child (widget_class, LanyardPhotoPage, take_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardPhotoPage, take_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardPhotoPage, keep_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_take_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static void
lanyard_photo_page_init (LanyardPhotoPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
