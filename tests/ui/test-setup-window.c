/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every page of the set-up, in languages that run to the left, are long, and are 40 % longer, wide
 * and high, with large letters: it fits, nothing is cut, and what is to be touched is large enough
 * and has a name. LANYARD_SETUP_SHOTS=FOLDER keeps the pictures, to be looked at, in the look
 * LANYARD_SETUP_LOOK ("dark"). */

#define G_LOG_DOMAIN "test-ui"

#include <glib/gstdio.h>

#include "lanyard-error.h"
#include "lanyard-letters.h"
#include "lanyard-pack-files.h"
#include "lanyard-setup-targets.h"
#include "lanyard-setup-window.h"
#include "lanyard-style.h"
#include "screen-fixtures.h"

/* px: 15 mm at 115 dpi, as on pages for staff */
#define TARGET_PX 68

typedef struct
{
  const char *language;
  int width, height;
  gboolean large;
} Look;

static const Look LOOKS[] = {
  { "en", 1280, 800, FALSE },  { "en", 1080, 1920, FALSE }, { "ar", 1280, 800, FALSE },
  { "ar", 1080, 1920, FALSE }, { "de", 1280, 800, FALSE },  { "qps", 1280, 800, FALSE },
  { "zh", 1280, 800, FALSE },  { "en", 1280, 800, TRUE },   { "ar", 1080, 1920, TRUE },
};

static gboolean
join_nobody (const LanyardTicket *ticket,
             const char *state_dir,
             const char *pack_dir,
             LanyardLineTls *tls,
             GError **error)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK, "Nobody is there.");
  return FALSE;
}

static void
assert_not_cut (GtkLabel *label)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (width > gtk_widget_get_width (GTK_WIDGET (label)) + 1
      || height > gtk_widget_get_height (GTK_WIDGET (label)) + 1)
    g_error ("cut: “%s” needs %d×%d and has %d×%d", gtk_label_get_text (label), width, height,
             gtk_widget_get_width (GTK_WIDGET (label)), gtk_widget_get_height (GTK_WIDGET (label)));
}

static void
check_widgets (GtkWidget *widget)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    assert_not_cut (GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget))
    g_assert_true (
        gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));
  if (GTK_IS_BUTTON (widget))
    {
      g_assert_true (gtk_widget_compute_bounds (widget, widget, &bounds));
      if (bounds.size.height < TARGET_PX || bounds.size.width < 44)
        g_error ("a button is only %.0f×%.0f", bounds.size.width, bounds.size.height);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_widgets (child);
}

static void
keep_picture (GtkWidget *window, const Look *look, const char *name)
{
  const char *folder = g_getenv ("LANYARD_SETUP_SHOTS");
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  double width = gdk_paintable_get_intrinsic_width (paintable);
  double height = gdk_paintable_get_intrinsic_height (paintable);
  GtkSnapshot *snapshot;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return;
  path = g_strdup_printf ("%s/%s-%s-%d%s.png", folder, name, look->language, look->width,
                          look->large ? "-large" : "");
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  gdk_texture_save_to_png (texture, path);
}

static void
check_page (GtkWidget *window, const Look *look, const char *name)
{
  /* the page, then the button below it, then its words */
  for (int i = 0; i < 3; i++)
    test_settle (window);
  keep_picture (window, look, name);
  g_assert_cmpint (gtk_widget_get_width (window), ==, look->width);
  if (!look->large)
    g_assert_cmpint (gtk_widget_get_height (window), ==, look->height);
  check_widgets (window);
}

/* The part of a ticket that is typed first. */
static void
check_typing (GtkWidget *window, const Look *look)
{
  g_autoptr (LanyardWords) words = lanyard_words_new (look->language);
  GtkWidget *button = test_find_button (window, lanyard_words_get (words, "Type it instead"));

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  check_page (window, look, "typing");
}

/* All of the screen, and what is below it cannot be worked. Escape ends it. */
static void
check_targets (GtkWidget *window, const Look *look)
{
  g_autoptr (LanyardWords) words = lanyard_words_new (look->language);
  GtkWidget *button = test_find_button (window, lanyard_words_get (words, "Begin to touch"));
  GtkWidget *targets;

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  check_page (window, look, "targets");
  targets = test_find_type (window, LANYARD_TYPE_SETUP_TARGETS);
  g_assert_nonnull (targets);
  g_assert_cmpint (gtk_widget_get_width (targets), ==, gtk_widget_get_width (window));
  g_assert_cmpint (gtk_widget_get_height (targets), ==, gtk_widget_get_height (window));
  g_assert_false (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (targets, "left");
  g_assert_true (gtk_widget_is_sensitive (button));
  g_assert_null (test_find_type (window, LANYARD_TYPE_SETUP_TARGETS));
}

static LanyardSetupWindow *
show (LanyardSetup *setup, const Look *look)
{
  LanyardSetupWindow *window;

  lanyard_style_install (gdk_display_get_default (), g_getenv ("LANYARD_SETUP_LOOK"), NULL);
  window = lanyard_setup_window_new (NULL, setup);
  lanyard_setup_window_set_portrait (window, look->height > look->width);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), look->width, look->height);
  gtk_window_present (GTK_WINDOW (window));
  if (look->large)
    gtk_toggle_button_set_active (
        GTK_TOGGLE_BUTTON (test_find_type (GTK_WIDGET (window), LANYARD_TYPE_LETTERS)), TRUE);
  return window;
}

static void
test_look (gconstpointer data)
{
  const Look *look = data;
  g_autofree char *folder = g_dir_make_tmp ("lanyard-setup-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "lanyard.conf", NULL);
  g_autofree char *text = g_strdup_printf ("[desk]\nlanguage=%s\n", look->language);
  g_autoptr (LanyardSetup) setup = NULL;
  g_autoptr (GError) error = NULL;
  LanyardSetupWindow *window;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  setup = lanyard_setup_open (path, NULL, join_nobody, &error);
  g_assert_no_error (error);
  window = show (setup, look);
  for (LanyardSetupStep step = 0; step < LANYARD_SETUP_N_STEPS; step++)
    {
      g_assert_cmpint (lanyard_setup_get_steps (setup)->at, ==, step);
      check_page (GTK_WIDGET (window), look, lanyard_setup_step_to_string (step));
      if (step == LANYARD_SETUP_TOUCH_SCREEN)
        check_targets (GTK_WIDGET (window), look);
      if (step == LANYARD_SETUP_ENROL)
        check_typing (GTK_WIDGET (window), look);
      g_assert_true (lanyard_setup_take (setup, LANYARD_SETUP_SKIP, NULL, 0, &error)
                     || step == LANYARD_SETUP_LAST);
    }
  /* without hub and printer there is nothing to start */
  g_assert_false (lanyard_setup_end (setup, NULL));
  lanyard_style_set_text_percent (gdk_display_get_default (), 100);
  gtk_window_destroy (GTK_WINDOW (window));
  g_clear_object (&setup);
  lanyard_pack_files_remove (folder);
}

/* The page of a desk that is set up, and a step that it leads to. */
static void
test_change (gconstpointer data)
{
  const Look *look = data;
  g_autofree char *folder = g_dir_make_tmp ("lanyard-setup-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "lanyard.conf", NULL);
  g_autofree char *key = g_build_filename (folder, "desk.key", NULL);
  g_autofree char *text
      = g_strdup_printf ("[desk]\nlanguage=%s\nstate-dir=.\nvenue=MAC\n", look->language);
  g_autoptr (LanyardSetup) setup = NULL;
  g_autoptr (GError) error = NULL;
  LanyardSetupWindow *window;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_true (g_file_set_contents (key, "", 0, NULL));
  setup = lanyard_setup_open_again (path, NULL, &error);
  g_assert_no_error (error);
  window = show (setup, look);
  check_page (GTK_WIDGET (window), look, "change");
  g_assert_true (lanyard_setup_go (setup, LANYARD_SETUP_ENROL));
  check_page (GTK_WIDGET (window), look, "change-enrol");
  lanyard_style_set_text_percent (gdk_display_get_default (), 100);
  gtk_window_destroy (GTK_WINDOW (window));
  g_clear_object (&setup);
  lanyard_pack_files_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (LOOKS); i++)
    {
      g_autofree char *name = g_strdup_printf ("/ui/setup-window/%s-%d%s", LOOKS[i].language,
                                               LOOKS[i].width, LOOKS[i].large ? "-large" : "");

      g_autofree char *change = g_strconcat (name, "-change", NULL);

      g_test_add_data_func (name, &LOOKS[i], test_look);
      g_test_add_data_func (change, &LOOKS[i], test_change);
    }
  return g_test_run ();
}
