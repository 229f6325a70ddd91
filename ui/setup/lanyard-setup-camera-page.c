/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The step at which a camera is chosen: what it sees, how well, and whether a code is read in it.
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-bar.h"
#include "lanyard-camera-view.h"
#include "lanyard-setup-pages.h"
#include "lanyard-setup-score.h"
#include "lanyard-spoken.h"

/* The scores follow the picture slowly enough to be read. */
#define SCORE_EVERY_US (G_USEC_PER_SEC / 2)
#define SPACING 12

struct _LanyardSetupCameraPage
{
  LanyardSetupPage parent_instance;

  /* borrowed */
  LanyardCameraView *camera;
  GtkBox *choices;
  GtkLabel *verdict;
  GtkBox *focus_bar;
  GtkLabel *focus_label;
  GtkBox *light_bar;
  GtkLabel *light_label;

  /* owned */
  GPtrArray *cameras; /* (nullable) (element-type LanyardSetupCamera) */

  /* state */
  gboolean seen; /* there is a picture */
  gboolean read; /* a code was read in it */
  gint64 scored_us;
};

G_DEFINE_FINAL_TYPE (LanyardSetupCameraPage, lanyard_setup_camera_page, LANYARD_TYPE_SETUP_PAGE)

static const char *const LIGHTS[] = {
  [LANYARD_SETUP_TOO_DARK] = N_ ("Too dark: give it more light"),
  [LANYARD_SETUP_TOO_BRIGHT] = N_ ("Too bright: turn it away from the lamp or window"),
  [LANYARD_SETUP_LIGHT_GOOD] = N_ ("Good"),
};

static void
set_bar (GtkBox *box, double share)
{
  GtkWidget *before = gtk_widget_get_first_child (GTK_WIDGET (box));
  GtkWidget *bar = lanyard_bar_new (CLAMP (share, 0, 1), 1);

  if (before != NULL)
    gtk_box_remove (box, before);
  gtk_widget_set_hexpand (bar, TRUE);
  gtk_box_append (box, bar);
}

static void
show_score (LanyardSetupCameraPage *self, const LanyardSetupScore *score)
{
  LanyardSetupPage *page = LANYARD_SETUP_PAGE (self);

  set_bar (self->focus_bar, score->sharpness * 2);
  set_bar (self->light_bar, score->light);
  gtk_label_set_label (
      self->focus_label,
      lanyard_setup_page_say (page, score->sharp ? N_ ("Sharp")
                                                 : N_ ("Not sharp yet: hold something with print "
                                                       "before it, and turn its lens")));
  gtk_label_set_label (self->light_label, lanyard_setup_page_say (page, LIGHTS[score->verdict]));
}

static void
score (LanyardSetupCameraPage *self, GdkTexture *picture)
{
  guint width = (guint)gdk_texture_get_width (picture);
  guint height = (guint)gdk_texture_get_height (picture);
  gsize stride = (gsize)width * 4;
  g_autofree guint8 *pixels = NULL;
  LanyardSetupScore result;

  if (g_get_monotonic_time () - self->scored_us < SCORE_EVERY_US || width < 2)
    return;
  self->scored_us = g_get_monotonic_time ();
  pixels = g_malloc (stride * height);
  gdk_texture_download (picture, pixels, stride);
  lanyard_setup_score (&result, pixels, width, height, stride);
  show_score (self, &result);
}

static void
show_choices (LanyardSetupCameraPage *self)
{
  const char *present
      = lanyard_setup_get_camera (lanyard_setup_page_get_setup (LANYARD_SETUP_PAGE (self)));

  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->choices)); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (button), "words"), present) == 0)
      gtk_widget_add_css_class (button, "selected");
    else
      gtk_widget_remove_css_class (button, "selected");
}

static void
lanyard_setup_camera_page_update (LanyardSetupPage *page)
{
  LanyardSetupCameraPage *self = LANYARD_SETUP_CAMERA_PAGE (page);

  show_choices (self);
  gtk_widget_set_visible (GTK_WIDGET (self->choices), self->cameras->len > 1);
  if (self->cameras->len == 0)
    lanyard_setup_tell (self->verdict,
                        lanyard_setup_page_say (page, N_ ("No camera was found. Plug one in and "
                                                          "come back to this step, or skip it.")),
                        "bad");
  else if (!self->seen)
    lanyard_setup_tell (self->verdict,
                        lanyard_setup_page_say (page, N_ ("There is no picture yet.")), "");
  else if (!self->read)
    lanyard_setup_tell (self->verdict,
                        lanyard_setup_page_say (page, N_ ("Now hold any QR code before it.")), "");
  else
    lanyard_setup_tell (self->verdict,
                        lanyard_setup_page_say (page, N_ ("It reads codes. This camera is fine.")),
                        "good");
  if (lanyard_setup_page_is_ready (page) != self->seen)
    lanyard_setup_page_set_ready (page, self->seen);
}

static void
use (LanyardSetupCameraPage *self, const char *words)
{
  self->seen = self->read = FALSE;
  lanyard_setup_use_camera (lanyard_setup_page_get_setup (LANYARD_SETUP_PAGE (self)), words);
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

static void
on_choice_clicked (GtkButton *button, LanyardSetupCameraPage *self)
{
  use (self, g_object_get_data (G_OBJECT (button), "words"));
}

static void
fill_choices (LanyardSetupCameraPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->choices))) != NULL)
    gtk_box_remove (self->choices, child);
  for (guint i = 0; i < self->cameras->len; i++)
    {
      const LanyardSetupCamera *camera = g_ptr_array_index (self->cameras, i);
      GtkWidget *button
          = lanyard_setup_button (NULL, "language", G_CALLBACK (on_choice_clicked), self);

      gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), camera->name);
      lanyard_spoken_set_name (button, camera->name);
      g_object_set_data_full (G_OBJECT (button), "words", g_strdup (camera->words), g_free);
      gtk_box_append (self->choices, button);
    }
}

static void
lanyard_setup_camera_page_enter (LanyardSetupPage *page)
{
  LanyardSetupCameraPage *self = LANYARD_SETUP_CAMERA_PAGE (page);
  LanyardSetup *setup = lanyard_setup_page_get_setup (page);
  g_autofree char *chosen
      = lanyard_setup_file_get (lanyard_setup_get_file (setup), "scanner", "camera");

  g_clear_pointer (&self->cameras, g_ptr_array_unref);
  self->cameras = lanyard_setup_list_cameras (setup);
  fill_choices (self);
  if (chosen == NULL && self->cameras->len > 0)
    chosen = g_strdup (((LanyardSetupCamera *)g_ptr_array_index (self->cameras, 0))->words);
  use (self, chosen);
}

static void
lanyard_setup_camera_page_leave (LanyardSetupPage *page)
{
  lanyard_setup_use_camera (lanyard_setup_page_get_setup (page), NULL);
}

static void
lanyard_setup_camera_page_picture (LanyardSetupPage *page, GdkTexture *picture)
{
  LanyardSetupCameraPage *self = LANYARD_SETUP_CAMERA_PAGE (page);
  gboolean seen = picture != NULL;

  lanyard_camera_view_set_picture (self->camera, picture);
  if (seen)
    score (self, picture);
  if (seen == self->seen)
    return;
  self->seen = seen;
  if (self->cameras != NULL)
    lanyard_setup_page_update (page);
}

static void
lanyard_setup_camera_page_scanned (LanyardSetupPage *page,
                                   const LanyardScan *scan,
                                   const char *text)
{
  LanyardSetupCameraPage *self = LANYARD_SETUP_CAMERA_PAGE (page);

  if (scan->source != LANYARD_SCAN_SOURCE_CAMERA)
    return;
  self->read = TRUE;
  lanyard_setup_page_update (page);
}

static gboolean
lanyard_setup_camera_page_finish (LanyardSetupPage *page, GError **error)
{
  LanyardSetup *setup = lanyard_setup_page_get_setup (page);
  const LanyardSetupSetting setting = { "scanner", "camera", lanyard_setup_get_camera (setup) };

  return lanyard_setup_take (setup, LANYARD_SETUP_FINISH, &setting, 1, error);
}

static void
lanyard_setup_camera_page_dispose (GObject *object)
{
  G_OBJECT_CLASS (lanyard_setup_camera_page_parent_class)->dispose (object);
  g_clear_pointer (&LANYARD_SETUP_CAMERA_PAGE (object)->cameras, g_ptr_array_unref);
}

static void
lanyard_setup_camera_page_class_init (LanyardSetupCameraPageClass *klass)
{
  LanyardSetupPageClass *page_class = LANYARD_SETUP_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_setup_camera_page_dispose;
  page_class->name = N_ ("Camera");
  page_class->title = N_ ("What does the camera see?");
  page_class->intro = N_ ("People hold their codes before it. Turn it to where they will stand.");
  page_class->enter = lanyard_setup_camera_page_enter;
  page_class->leave = lanyard_setup_camera_page_leave;
  page_class->update = lanyard_setup_camera_page_update;
  page_class->scanned = lanyard_setup_camera_page_scanned;
  page_class->picture = lanyard_setup_camera_page_picture;
  page_class->finish = lanyard_setup_camera_page_finish;
}

static GtkWidget *
make_score (const char *name, GtkBox **bar, GtkLabel **words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING / 2);

  *bar = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  *words = GTK_LABEL (lanyard_setup_label (NULL, "setup-detail"));
  gtk_box_append (GTK_BOX (box), lanyard_setup_label (name, "body-strong"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (*bar));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (*words));
  set_bar (*bar, 0);
  return box;
}

static void
lanyard_setup_camera_page_init (LanyardSetupCameraPage *self)
{
  GtkBox *columns = lanyard_setup_page_get_columns (LANYARD_SETUP_PAGE (self));
  GtkWidget *column = lanyard_setup_column (columns);

  self->camera = g_object_new (LANYARD_TYPE_CAMERA_VIEW, "vexpand", TRUE, NULL);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->camera));
  column = lanyard_setup_column (columns);
  self->choices = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->choices));
  gtk_box_append (GTK_BOX (column), lanyard_setup_verdict (&self->verdict));
  gtk_box_append (GTK_BOX (column),
                  make_score (N_ ("Focus"), &self->focus_bar, &self->focus_label));
  gtk_box_append (GTK_BOX (column),
                  make_score (N_ ("Light"), &self->light_bar, &self->light_label));
  self->cameras = g_ptr_array_new ();
}
