/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where a supervisor begins who opens the set-up of a desk that has one: to one step, and back to
 * here. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-pages.h"
#include "lanyard-spoken.h"

#define COLUMNS 2
#define SPACING 14

struct _LanyardSetupChangePage
{
  LanyardSetupPage parent_instance;

  GtkGrid *grid; /* borrowed */
};

G_DEFINE_FINAL_TYPE (LanyardSetupChangePage, lanyard_setup_change_page, LANYARD_TYPE_SETUP_PAGE)

static void
on_clicked (GtkButton *button, LanyardSetupChangePage *self)
{
  int step = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "step"));

  lanyard_setup_go (lanyard_setup_page_get_setup (LANYARD_SETUP_PAGE (self)),
                    (LanyardSetupStep)step);
}

static void
lanyard_setup_change_page_update (LanyardSetupPage *page)
{
  LanyardSetupChangePage *self = LANYARD_SETUP_CHANGE_PAGE (page);

  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->grid)); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    {
      int step = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "step"));
      g_autoptr (GTypeClass) klass = g_type_class_ref (lanyard_setup_pages[step]());
      const char *name = lanyard_setup_page_say (page, ((LanyardSetupPageClass *)klass)->name);

      gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), name);
      lanyard_spoken_set_name (button, name);
    }
  if (!lanyard_setup_page_is_ready (page))
    lanyard_setup_page_set_ready (page, TRUE);
}

static void
lanyard_setup_change_page_class_init (LanyardSetupChangePageClass *klass)
{
  LanyardSetupPageClass *page_class = LANYARD_SETUP_PAGE_CLASS (klass);

  page_class->name = N_ ("Overview");
  page_class->title = N_ ("What is to be changed?");
  page_class->intro = N_ ("Everything else stays as it is. The desk goes on afterwards.");
  page_class->update = lanyard_setup_change_page_update;
}

static void
lanyard_setup_change_page_init (LanyardSetupChangePage *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_row_spacing (self->grid, SPACING);
  gtk_grid_set_column_spacing (self->grid, SPACING);
  gtk_grid_set_column_homogeneous (self->grid, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->grid), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->grid), GTK_ALIGN_START);
  for (int i = 0; i < LANYARD_SETUP_LAST; i++)
    {
      GtkWidget *button = lanyard_setup_button (NULL, "language", G_CALLBACK (on_clicked), self);

      g_object_set_data (G_OBJECT (button), "step", GINT_TO_POINTER (i));
      gtk_widget_set_hexpand (button, TRUE);
      gtk_grid_attach (self->grid, button, i % COLUMNS, i / COLUMNS, 1, 1);
    }
  gtk_box_append (lanyard_setup_page_get_columns (LANYARD_SETUP_PAGE (self)),
                  GTK_WIDGET (self->grid));
}
