/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The first step: in which language, which is also the desk's own. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-han.h"
#include "lanyard-setup-pages.h"
#include "lanyard-spoken.h"

#define COLUMNS 2
#define SPACING 14

struct _LanyardSetupLanguagePage
{
  LanyardSetupPage parent_instance;

  GtkGrid *grid;      /* borrowed */
  const char *chosen; /* static */
};

G_DEFINE_FINAL_TYPE (LanyardSetupLanguagePage, lanyard_setup_language_page, LANYARD_TYPE_SETUP_PAGE)

/* Those in which the screens speak. */
static const char *const TAGS[] = { "en", "fr", "es", "pt", "de", "ar", "ja", "zh" };

static void
show_chosen (LanyardSetupLanguagePage *self)
{
  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->grid)); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    if (g_object_get_data (G_OBJECT (button), "tag") == self->chosen)
      gtk_widget_add_css_class (button, "selected");
    else
      gtk_widget_remove_css_class (button, "selected");
}

static void
on_clicked (GtkButton *button, LanyardSetupLanguagePage *self)
{
  self->chosen = g_object_get_data (G_OBJECT (button), "tag");
  show_chosen (self);
  lanyard_setup_page_choose_language (LANYARD_SETUP_PAGE (self), self->chosen);
}

static void
add_button (LanyardSetupLanguagePage *self, guint i)
{
  g_autofree char *name = lanyard_words_dup_language_name (TAGS[i]);
  GtkWidget *button = lanyard_setup_button (NULL, "language", G_CALLBACK (on_clicked), self);

  gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), name);
  lanyard_han_mark (button, TAGS[i]);
  lanyard_spoken_set_name (button, name);
  g_object_set_data (G_OBJECT (button), "tag", (gpointer)TAGS[i]);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_grid_attach (self->grid, button, (int)i % COLUMNS, (int)i / COLUMNS, 1, 1);
}

static void
lanyard_setup_language_page_enter (LanyardSetupPage *page)
{
  LanyardSetupLanguagePage *self = LANYARD_SETUP_LANGUAGE_PAGE (page);
  const char *present = lanyard_words_get_language (lanyard_setup_page_get_words (page));

  self->chosen = TAGS[0];
  for (guint i = 0; i < G_N_ELEMENTS (TAGS); i++)
    if (g_str_equal (TAGS[i], present))
      self->chosen = TAGS[i];
  show_chosen (self);
  lanyard_setup_page_set_ready (page, TRUE);
}

static gboolean
lanyard_setup_language_page_finish (LanyardSetupPage *page, GError **error)
{
  const LanyardSetupSetting setting
      = { "desk", "language", LANYARD_SETUP_LANGUAGE_PAGE (page)->chosen };

  return lanyard_setup_take (lanyard_setup_page_get_setup (page), LANYARD_SETUP_FINISH, &setting, 1,
                             error);
}

static void
lanyard_setup_language_page_class_init (LanyardSetupLanguagePageClass *klass)
{
  LanyardSetupPageClass *page_class = LANYARD_SETUP_PAGE_CLASS (klass);

  page_class->name = N_ ("Language");
  page_class->title = N_ ("Which language is spoken here?");
  page_class->intro = N_ ("This desk greets people in it. Everybody can still choose their own.");
  page_class->enter = lanyard_setup_language_page_enter;
  page_class->finish = lanyard_setup_language_page_finish;
}

static void
lanyard_setup_language_page_init (LanyardSetupLanguagePage *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_row_spacing (self->grid, SPACING);
  gtk_grid_set_column_spacing (self->grid, SPACING);
  gtk_grid_set_column_homogeneous (self->grid, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->grid), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->grid), GTK_ALIGN_START);
  for (guint i = 0; i < G_N_ELEMENTS (TAGS); i++)
    add_button (self, i);
  gtk_box_append (lanyard_setup_page_get_columns (LANYARD_SETUP_PAGE (self)),
                  GTK_WIDGET (self->grid));
}
