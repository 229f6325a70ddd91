/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-welcome-page.h"

#include "lanyard-camera-view.h"
#include "lanyard-han.h"
#include "lanyard-page-layout.h"

/* Beside the camera, two in a row. */
#define MAX_LARGE_LANGUAGES 4

struct _LanyardWelcomePage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkGrid *grid;
  GtkWidget *words_box;
  GtkWidget *camera_box;
  GtkWidget *actions_box;
  GtkLabel *title_label;
  GtkGrid *languages_grid;
  GtkWidget *number_button;
  LanyardCameraView *camera;
  GtkLabel *hint_label;

  /* state */
  guint n_languages; /* buttons in languages_grid */
};

G_DEFINE_FINAL_TYPE (LanyardWelcomePage, lanyard_welcome_page, LANYARD_TYPE_SCREEN)

static void
on_language_clicked (GtkButton *button, LanyardWelcomePage *self)
{
  const char *language = g_object_get_data (G_OBJECT (button), "language");

  lanyard_controls_set_language (lanyard_screen_get_controls (LANYARD_SCREEN (self)), language);
}

static void
on_number_clicked (GtkButton *button, LanyardWelcomePage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), "number");
}

static GtkWidget *
make_language_button (LanyardWelcomePage *self, const char *language)
{
  g_autofree char *name = lanyard_words_dup_language_name (language);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (name);

  /* a name has room on one line; but while letters change their size, the window must not grow */
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "verbatim");
  lanyard_han_mark (label, language);
  gtk_widget_add_css_class (button, "language");
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "language", g_strdup (language), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_language_clicked), self);
  return button;
}

/* Two rows of four have room beside the camera only with smaller letters, and large letters only in
 * rows of two. */
static void
place_languages (LanyardWelcomePage *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self->languages_grid));
  gboolean portrait = lanyard_screen_get_portrait (LANYARD_SCREEN (self));
  gboolean large = lanyard_screen_get_whole (LANYARD_SCREEN (self));
  gboolean tight = !portrait && !large && self->n_languages > MAX_LARGE_LANGUAGES;
  gboolean wide = portrait || tight || lanyard_screen_get_low (LANYARD_SCREEN (self));
  int columns = wide && !large ? 4 : 2;
  int index = 0;

  if (tight)
    gtk_widget_add_css_class (GTK_WIDGET (self->languages_grid), "tight");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->languages_grid), "tight");

  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->languages_grid));
       button != NULL; button = gtk_widget_get_next_sibling (button), index++)
    g_object_set (gtk_layout_manager_get_layout_child (layout, button), "column", index % columns,
                  "row", index / columns, NULL);
}

/* One language needs no choice. */
static void
make_languages (LanyardWelcomePage *self)
{
  LanyardPack *pack = lanyard_screen_get_pack (LANYARD_SCREEN (self));
  const char *const *languages;

  if (self->n_languages > 0 || pack == NULL)
    return;
  languages = lanyard_pack_get_languages (pack);
  for (; languages[self->n_languages] != NULL; self->n_languages++)
    gtk_grid_attach (self->languages_grid,
                     make_language_button (self, languages[self->n_languages]),
                     (int)self->n_languages, 0, 1, 1);
  gtk_widget_set_visible (GTK_WIDGET (self->languages_grid), self->n_languages > 1);
  place_languages (self);
}

static void
mark_language (LanyardWelcomePage *self, const char *present)
{
  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->languages_grid));
       button != NULL; button = gtk_widget_get_next_sibling (button))
    {
      gboolean on = g_strcmp0 (g_object_get_data (G_OBJECT (button), "language"), present) == 0;

      gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_SELECTED, on, -1);
      if (on)
        gtk_widget_add_css_class (button, "selected");
      else
        gtk_widget_remove_css_class (button, "selected");
    }
}

static void
lanyard_welcome_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardWelcomePage *self = LANYARD_WELCOME_PAGE (screen);
  LanyardPack *pack = lanyard_screen_get_pack (screen);
  const char *language = lanyard_words_get_language (lanyard_screen_get_words (screen));
  const char *title = pack != NULL ? lanyard_pack_get_text (pack, "welcome", language) : NULL;

  gtk_widget_set_visible (self->number_button, pack == NULL
                                                   || lanyard_pack_get_rules (pack)->typed_number
                                                          == LANYARD_TYPED_NUMBER_ALLOWED);
  make_languages (self);
  mark_language (self, language);
  gtk_label_set_label (self->title_label,
                       title != NULL ? title : lanyard_screen_say (screen, N_ ("Welcome")));
}

static void
lanyard_welcome_page_clear (LanyardScreen *screen)
{
}

static void
lanyard_welcome_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  LanyardWelcomePage *self = LANYARD_WELCOME_PAGE (screen);

  lanyard_page_layout_reach (screen, self->grid, self->words_box, self->camera_box,
                             self->actions_box, portrait);
  place_languages (self);
  /* whoever asked for larger or lower things is there already, and reads */
  lanyard_camera_view_set_beckons (self->camera, !lanyard_screen_get_low (screen)
                                                     && !lanyard_screen_get_whole (screen));
}

static void
lanyard_welcome_page_picture (LanyardScreen *screen, GdkTexture *picture)
{
  lanyard_camera_view_set_picture (LANYARD_WELCOME_PAGE (screen)->camera, picture);
}

static void
lanyard_welcome_page_hint (LanyardScreen *screen, LanyardHint hint)
{
  lanyard_page_layout_hint (LANYARD_WELCOME_PAGE (screen)->hint_label, screen, hint);
}

static void
lanyard_welcome_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_WELCOME_PAGE);
  G_OBJECT_CLASS (lanyard_welcome_page_parent_class)->dispose (object);
}

static void
lanyard_welcome_page_class_init (LanyardWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_CAMERA_VIEW);
  G_OBJECT_CLASS (klass)->dispose = lanyard_welcome_page_dispose;
  screen_class->update = lanyard_welcome_page_update;
  screen_class->clear = lanyard_welcome_page_clear;
  screen_class->arrange = lanyard_welcome_page_arrange;
  screen_class->picture = lanyard_welcome_page_picture;
  screen_class->hint = lanyard_welcome_page_hint;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardWelcomePage, grid);
  gtk_widget_class_bind_template_child (widget_class, LanyardWelcomePage, words_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardWelcomePage, camera_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardWelcomePage, actions_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardWelcomePage, title_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardWelcomePage, languages_grid);
  gtk_widget_class_bind_template_child (widget_class, LanyardWelcomePage, number_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardWelcomePage, camera);
  gtk_widget_class_bind_template_child (widget_class, LanyardWelcomePage, hint_label);
  gtk_widget_class_bind_template_callback (widget_class, on_number_clicked);
}

static void
lanyard_welcome_page_init (LanyardWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
