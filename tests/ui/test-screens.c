/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every screen in one language (--language=TAG) at both sizes: it fits, nothing is cut, everything
 * that is to be touched is large enough and has a name, and nothing of the person stays behind.
 * With large letters (--language=large-TAG) a page may be higher than the screen, but never wider,
 * and whoever stands there is told that it goes on. With low controls (--language=low-TAG,
 * low-large-TAG) all that is to be touched on a page of self-service is in the lower half. */

#define G_LOG_DOMAIN "test-ui"

#include <string.h>

#include "lanyard-aids.h"
#include "lanyard-letters.h"
#include "lanyard-scroller.h"
#include "lanyard-style.h"
#include "lanyard-words.h"
#include "screen-fixtures.h"

/* px: 15 mm at 142 dpi, and for staff, who have a mouse or know where to touch, 15 mm at 115 dpi.
 */
#define TARGET_PX 84
#define STAFF_TARGET_PX 68

typedef struct
{
  int width;
  int height;
} Size;

#define LARGE "large-"
#define LOW "low-"

static const Size SIZES[] = { { 1280, 800 }, { 1080, 1920 } };
static const char *language = "en";
static gboolean large;
static gboolean low;

static void
assert_not_cut (GtkLabel *label)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (width > gtk_widget_get_width (GTK_WIDGET (label)) + 1
      || height > gtk_widget_get_height (GTK_WIDGET (label)) + 1
      || pango_layout_is_ellipsized (layout))
    g_error ("cut: “%s” needs %d×%d and has %d×%d", gtk_label_get_text (label), width, height,
             gtk_widget_get_width (GTK_WIDGET (label)), gtk_widget_get_height (GTK_WIDGET (label)));
}

static void
assert_can_be_touched (GtkWidget *button, gboolean staff)
{
  int least
      = staff || gtk_widget_has_css_class (button, "header-button") ? STAFF_TARGET_PX : TARGET_PX;
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (button, button, &bounds));
  g_assert_cmpfloat (bounds.size.width, >=, least);
  g_assert_cmpfloat (bounds.size.height, >=, least);
  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL))
    g_error ("a %s has no name for assistive tools", G_OBJECT_TYPE_NAME (button));
}

/* Of a page that scrolls this is its top, and what lies further down can be scrolled into the lower
 * half, because more than half of the screen shows the page. */
static void
assert_low (GtkWidget *button)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (button));
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (button, root, &bounds));
  if (bounds.origin.y < (float)gtk_widget_get_height (root) / 2)
    g_error ("a %s “%s” is too high up: %.0f px", G_OBJECT_TYPE_NAME (button),
             gtk_widget_get_css_name (button), bounds.origin.y);
}

static void
check_widgets (GtkWidget *widget, const TestScreen *screen)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    assert_not_cut (GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget))
    assert_can_be_touched (widget, screen->staff_only);
  if (GTK_IS_BUTTON (widget) && low && !screen->staff_only)
    assert_low (widget);
  if (GTK_IS_ENTRY (widget))
    g_assert_true (
        gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_widgets (child, screen);
}

static LanyardAids *
find_aids (LanyardWindow *window)
{
  return LANYARD_AIDS (test_find_type (GTK_WIDGET (window), LANYARD_TYPE_AIDS));
}

static void
assert_wiped (LanyardWindow *window, const TestScreen *screen)
{
  g_autoptr (LanyardView) idle = lanyard_view_new (LANYARD_PAGE_WELCOME);
  g_autoptr (LanyardWords) words = lanyard_words_new (language);

  /* that the desk's clock closes a local page is tested with the window */
  if (screen->press != NULL)
    g_signal_emit_by_name (
        test_find_button (GTK_WIDGET (window), lanyard_words_get (words, "Back")), "clicked");
  idle->language = g_strdup (language);
  lanyard_window_show_view (window, idle);
  test_settle (GTK_WIDGET (window));
  g_assert_false (test_holds_text (GTK_WIDGET (window), CANARY));
  g_assert_false (test_holds_text (GTK_WIDGET (window), "33000417B"));
  g_assert_false (test_holds_text (GTK_WIDGET (window), "2468"));
  g_assert_false (screen->press == NULL && screen->page != LANYARD_PAGE_WELCOME
                  && lanyard_aids_is_low (find_aids (window)));
}

/* The words that people agree to scroll by themselves, so that both answers stay in sight. */
static gboolean
is_any_cut (GtkWidget *root)
{
  if (!gtk_widget_get_mapped (root))
    return FALSE;
  if (LANYARD_IS_SCROLLER (root) && lanyard_scroller_is_cut (LANYARD_SCROLLER (root)))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_any_cut (child))
      return TRUE;
  return FALSE;
}

/* A page is high enough for what is on it, or can be scrolled; where it goes on, it says so. */
static void
check_scrolling (LanyardWindow *window)
{
  LanyardScroller *scroller
      = LANYARD_SCROLLER (test_find_type (GTK_WIDGET (window), LANYARD_TYPE_SCROLLER));
  gboolean cut = is_any_cut (GTK_WIDGET (scroller));

  g_assert_true (large || !cut);
  g_assert_cmpint (test_find_id (GTK_WIDGET (scroller), "more") != NULL, ==, cut);
}

static void
enlarge (LanyardWindow *window)
{
  GtkWidget *letters = test_find_type (GTK_WIDGET (window), LANYARD_TYPE_LETTERS);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (letters), TRUE);
  for (guint i = 0; i < 3; i++)
    test_settle (GTK_WIDGET (window));
}

static void
check_size (const Size *size)
{
  g_autoptr (TestRecorder) recorder = test_recorder_new ();
  g_autoptr (LanyardPack) pack = test_pack_load ("summer-games");
  LanyardWindow *window = test_window_new (recorder, pack, size->width, size->height);
  gboolean right_to_left = g_str_equal (language, "ar");
  int least;

  test_recorder_set_n_hits (recorder, 8);
  for (guint i = 0; i < N_TEST_SCREENS; i++)
    {
      g_test_message ("%s %d×%d", TEST_SCREENS[i].name, size->width, size->height);
      test_screen_show (window, &TEST_SCREENS[i], language);
      lanyard_aids_set_low (find_aids (window), low);
      if (large)
        enlarge (window);
      test_settle (GTK_WIDGET (window));
      gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL,
                          NULL);
      g_assert_cmpint (least, <=, size->width);
      if (!large)
        g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), ==, size->width);
      g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (window)), ==, size->height);
      check_scrolling (window);
      g_assert_cmpint (gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL, ==, right_to_left);
      check_widgets (GTK_WIDGET (window), &TEST_SCREENS[i]);
      assert_wiped (window, &TEST_SCREENS[i]);
    }
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  test_window_close (window);
  g_assert_null (window);
}

static void
test_landscape (void)
{
  check_size (&SIZES[0]);
}

static void
test_portrait (void)
{
  check_size (&SIZES[1]);
}

int
main (int argc, char **argv)
{
  g_autoptr (LanyardPack) pack = NULL;
  g_autofree char *landscape = NULL, *portrait = NULL;

  if (argc > 1 && g_str_has_prefix (argv[argc - 1], "--language="))
    language = argv[--argc] + strlen ("--language=");
  low = g_str_has_prefix (language, LOW);
  if (low)
    language += strlen (LOW);
  large = g_str_has_prefix (language, LARGE);
  if (large)
    language += strlen (LARGE);
  gtk_test_init (&argc, &argv, NULL);
  pack = test_pack_load ("summer-games");
  lanyard_style_install (gdk_display_get_default (), "light", pack);
  landscape = g_strconcat ("/ui/screens/", language, "/landscape", NULL);
  portrait = g_strconcat ("/ui/screens/", language, "/portrait", NULL);
  g_test_add_func (landscape, test_landscape);
  g_test_add_func (portrait, test_portrait);
  return g_test_run ();
}
