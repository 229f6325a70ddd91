/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-page-layout.h"

#include "lanyard-phrases.h"

static void
place_wide (GtkGrid *grid, GtkWidget *child, int column, int row, int width, int height)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (grid));

  g_object_set (gtk_layout_manager_get_layout_child (layout, child), "column", column, "row", row,
                "column-span", width, "row-span", height, NULL);
}

static void
place (GtkGrid *grid, GtkWidget *child, int column, int row, int height)
{
  place_wide (grid, child, column, row, 1, height);
}

void
lanyard_page_layout_camera (GtkGrid *grid,
                            GtkWidget *words,
                            GtkWidget *camera,
                            GtkWidget *actions,
                            gboolean portrait)
{
  g_return_if_fail (GTK_IS_GRID (grid));

  gtk_grid_set_column_homogeneous (grid, !portrait);
  place (grid, words, 0, 0, 1);
  if (portrait)
    {
      place (grid, camera, 0, 1, 1);
      place (grid, actions, 0, 2, 1);
    }
  else
    {
      place (grid, actions, 0, 1, 1);
      place (grid, camera, 1, 0, 2);
    }
  /* the words take what the camera leaves in landscape, the camera what they leave in portrait */
  gtk_widget_set_vexpand (words, !portrait);
  gtk_widget_set_vexpand (camera, TRUE);
}

void
lanyard_page_layout_reach (LanyardScreen *screen,
                           GtkGrid *grid,
                           GtkWidget *words,
                           GtkWidget *camera,
                           GtkWidget *actions,
                           gboolean portrait)
{
  gboolean low;

  g_return_if_fail (LANYARD_IS_SCREEN (screen));

  low = lanyard_screen_get_low (screen) && !portrait;
  lanyard_page_layout_camera (grid, words, camera, actions, portrait);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (actions),
                                  low ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  if (!low)
    return;
  place (grid, camera, 1, 0, 1);
  place_wide (grid, actions, 0, 1, 2, 1);
}

void
lanyard_page_layout_hint (GtkLabel *label, LanyardScreen *screen, LanyardHint hint)
{
  g_return_if_fail (GTK_IS_LABEL (label));
  g_return_if_fail (LANYARD_IS_SCREEN (screen));

  gtk_label_set_label (label, lanyard_screen_say (screen, lanyard_phrase_for_hint (hint)));
  if (hint != LANYARD_HINT_NONE)
    gtk_widget_add_css_class (GTK_WIDGET (label), "hint");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "hint");
}
