/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Renders every screen × language × size × look to PNG files: screenshots FOLDER [SCREEN…]
 * LANYARD_SHOTS=en,fr,ar,qps chooses languages, LANYARD_SIZES=1280x800 sizes, LANYARD_LOOKS looks,
 * LANYARD_LETTERS=large the letters, LANYARD_REACH=low low controls.
 */

#define G_LOG_DOMAIN "screenshots"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "lanyard-aids.h"
#include "lanyard-badge-preview.h"
#include "lanyard-letters.h"
#include "lanyard-style.h"
#include "screen-fixtures.h"

static char **
dup_list (const char *variable, const char *fallback)
{
  const char *value = g_getenv (variable);

  return g_strsplit (value != NULL ? value : fallback, ",", -1);
}

/* A badge is drawn on a thread of its own: a picture of the screen is taken when it is there. */
static void
wait_for_previews (GtkWidget *widget)
{
  if (LANYARD_IS_BADGE_PREVIEW (widget) && gtk_widget_get_mapped (widget))
    {
      LanyardBadgePreview *preview = LANYARD_BADGE_PREVIEW (widget);

      while (lanyard_badge_preview_get_n_sides (preview) == 0
             && !lanyard_badge_preview_has_problem (preview))
        g_main_context_iteration (NULL, TRUE);
      test_settle (widget);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    wait_for_previews (child);
}

/* Returns: (transfer full) (nullable): NULL while it waits for its next layout */
static GskRenderNode *
draw (GdkPaintable *paintable, double width, double height)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
save (GtkWidget *window, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  double width = gdk_paintable_get_intrinsic_width (paintable);
  double height = gdk_paintable_get_intrinsic_height (paintable);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  while ((node = draw (paintable, width, height)) == NULL)
    test_settle (window);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static void
enlarge (LanyardWindow *window)
{
  GtkWidget *letters = test_find_type (GTK_WIDGET (window), LANYARD_TYPE_LETTERS);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (letters), TRUE);
}

/* Who asks for more than there is: the innermost widget is the one to look at. */
static void
blame (GtkWidget *widget, int width)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  if (!gtk_widget_get_mapped (widget) || least <= width)
    return;
  g_printerr ("  %s %s wants %d\n", G_OBJECT_TYPE_NAME (widget),
              gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), least);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    blame (child, MAX (width / 3, 380));
}

static gboolean
is_wanted (const TestScreen *screen, char **names)
{
  return names[0] == NULL || g_strv_contains ((const char *const *)names, screen->name);
}

static void
render_size (const char *folder,
             char **names,
             const char *look,
             const char *size,
             LanyardPack *pack)
{
  g_auto (GStrv) languages = dup_list ("LANYARD_SHOTS", "en,fr,ar");
  g_autoptr (TestRecorder) recorder = test_recorder_new ();
  LanyardWindow *window;
  int width = 1280, height = 800;

  sscanf (size, "%dx%d", &width, &height);
  test_recorder_set_n_hits (recorder, 8);
  window = test_window_new (recorder, pack, width, height);
  for (guint l = 0; languages[l] != NULL; l++)
    for (guint i = 0; i < N_TEST_SCREENS; i++)
      {
        g_autofree char *path = NULL;

        if (!is_wanted (&TEST_SCREENS[i], names))
          continue;
        path = g_strdup_printf ("%s/%s-%s-%s-%s.png", folder, TEST_SCREENS[i].name, languages[l],
                                size, look);
        test_screen_show (window, &TEST_SCREENS[i], languages[l]);
        if (g_strcmp0 (g_getenv ("LANYARD_LETTERS"), "large") == 0)
          enlarge (window);
        lanyard_aids_set_low (LANYARD_AIDS (
                                  test_find_type (GTK_WIDGET (window), LANYARD_TYPE_AIDS)),
                              g_strcmp0 (g_getenv ("LANYARD_REACH"), "low") == 0);
        /* the page, then the button below it */
        test_settle (GTK_WIDGET (window));
        test_settle (GTK_WIDGET (window));
        wait_for_previews (GTK_WIDGET (window));
        save (GTK_WIDGET (window), path);
        if (gtk_widget_get_width (GTK_WIDGET (window)) == width
            && gtk_widget_get_height (GTK_WIDGET (window)) == height)
          continue;
        /* a screen that does not fit has made the window larger, which would show on the next */
        g_printerr ("%s does not fit: %d×%d\n", path, gtk_widget_get_width (GTK_WIDGET (window)),
                    gtk_widget_get_height (GTK_WIDGET (window)));
        blame (GTK_WIDGET (window), width);
        test_window_close (window);
        window = test_window_new (recorder, pack, width, height);
      }
  test_window_close (window);
}

int
main (int argc, char **argv)
{
  const char *pack_name = g_getenv ("LANYARD_SHOT_PACK");
  g_auto (GStrv) sizes = dup_list ("LANYARD_SIZES", "1280x800,1080x1920");
  g_auto (GStrv) looks = dup_list ("LANYARD_LOOKS", "light,dark,high-contrast");
  g_autoptr (LanyardPack) pack = NULL;

  if (argc < 2)
    {
      g_printerr ("screenshots FOLDER [SCREEN…]\n");
      return 2;
    }
  gtk_init ();
  g_mkdir_with_parents (argv[1], 0755);
  pack = test_pack_load (pack_name != NULL ? pack_name : "summer-games");
  for (guint k = 0; looks[k] != NULL; k++)
    {
      lanyard_style_install (gdk_display_get_default (), looks[k], pack);
      for (guint s = 0; sizes[s] != NULL; s++)
        render_size (argv[1], argv + 2, looks[k], sizes[s], pack);
    }
  return 0;
}
