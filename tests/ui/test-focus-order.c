/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Tab goes through every screen as people read it: along a line from its start, then down; a column
 * to its end, then on to the next one. From left to right, from right to left, with low controls
 * and at both sizes. Whoever works with keys, or hears the screen, would jump about otherwise. */

#define G_LOG_DOMAIN "test-ui"

#include <string.h>

#include "lanyard-aids.h"
#include "lanyard-style.h"
#include "screen-fixtures.h"

/* More controls than any screen has. */
#define MAX_STOPS 200
/* px: bounds may touch, and text of another height moves a line a little */
#define SLACK 6.0F

/* What scrolls below the window counts as if nobody had scrolled. */
static void
rewind_lists (GtkWidget *widget)
{
  if (GTK_IS_SCROLLED_WINDOW (widget))
    {
      GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget));

      gtk_adjustment_set_value (down, gtk_adjustment_get_lower (down));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    rewind_lists (child);
}

/* Returns: (transfer container) (element-type GtkWidget): from the first to the last */
static GPtrArray *
collect_stops (LanyardWindow *window)
{
  GPtrArray *stops = g_ptr_array_new ();

  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  while (gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD))
    {
      GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

      if (focus == NULL || g_ptr_array_find (stops, focus, NULL))
        break;
      g_ptr_array_add (stops, focus);
      g_assert_cmpuint (stops->len, <, MAX_STOPS);
    }
  rewind_lists (GTK_WIDGET (window));
  test_settle (GTK_WIDGET (window));
  return stops;
}

/* Returns: what holds @widget, directly below @ancestor */
static GtkWidget *
get_branch (GtkWidget *widget, GtkWidget *ancestor)
{
  while (gtk_widget_get_parent (widget) != ancestor)
    widget = gtk_widget_get_parent (widget);
  return widget;
}

static graphene_rect_t
get_bounds (GtkWidget *widget)
{
  graphene_rect_t bounds;

  g_assert_true (
      gtk_widget_compute_bounds (widget, GTK_WIDGET (gtk_widget_get_root (widget)), &bounds));
  return bounds;
}

/* Whether @b stands before @a on a line, which goes @rtl or from left to right. */
static gboolean
is_along (const graphene_rect_t *a, const graphene_rect_t *b, gboolean rtl)
{
  const graphene_rect_t *first = rtl ? a : b, *second = rtl ? b : a;

  return first->origin.x + first->size.width <= second->origin.x + SLACK;
}

/* How much of two lengths lies beside each other; below 0: the gap between them. */
static float
get_overlap (const graphene_rect_t *a, const graphene_rect_t *b)
{
  return MIN (a->origin.y + a->size.height, b->origin.y + b->size.height)
         - MAX (a->origin.y, b->origin.y);
}

/* Whether @b is read before @a. They are compared where their ways part: a column with another
 * column, the head of the screen with the page. On one line stands what has half of its height
 * beside the other; but what is beside only the lower half of something tall, as the buttons below
 * the words are beside a keypad, comes after it as well.
 * Keys with digits and fields of numbers go from left to right in every language. */
static gboolean
is_read_before (GtkWidget *a, GtkWidget *b)
{
  GtkWidget *common = gtk_widget_get_parent (a);
  graphene_rect_t first, second;
  gboolean lower_half;

  if (gtk_widget_is_ancestor (a, b) || gtk_widget_is_ancestor (b, a))
    return FALSE;
  while (!gtk_widget_is_ancestor (b, common))
    common = gtk_widget_get_parent (common);
  first = get_bounds (get_branch (a, common));
  second = get_bounds (get_branch (b, common));
  if (get_overlap (&first, &second) < MIN (first.size.height, second.size.height) / 2)
    return second.origin.y + SLACK < first.origin.y;
  lower_half = second.origin.y >= first.origin.y + first.size.height / 2;
  return !lower_half
         && is_along (&first, &second, gtk_widget_get_direction (common) == GTK_TEXT_DIR_RTL);
}

/* Returns: (transfer full): the words of a control, or what it is, and where */
static char *
describe (GtkWidget *stop)
{
  GtkWidget *label = test_find_type (stop, GTK_TYPE_LABEL);
  graphene_rect_t bounds = get_bounds (stop);

  return g_strdup_printf ("%s “%s” at %.0f,%.0f", G_OBJECT_TYPE_NAME (stop),
                          label != NULL ? gtk_label_get_text (GTK_LABEL (label)) : "",
                          bounds.origin.x, bounds.origin.y);
}

/* Returns: (transfer full) (nullable): what comes too late; NULL: all is in order */
static char *
find_disorder (GPtrArray *stops)
{
  for (guint i = 0; i < stops->len; i++)
    for (guint j = i + 1; j < stops->len; j++)
      {
        g_autofree char *earlier = NULL, *later = NULL;

        if (!is_read_before (stops->pdata[i], stops->pdata[j]))
          continue;
        earlier = describe (stops->pdata[i]);
        later = describe (stops->pdata[j]);
        return g_strdup_printf ("%s comes before %s", earlier, later);
      }
  return NULL;
}

typedef struct
{
  const char *path;
  const char *language;
  int width;
  int height;
  gboolean low;
} Case;

static const Case CASES[] = {
  { "/ui/focus-order/en/landscape", "en", 1280, 800, FALSE },
  { "/ui/focus-order/en/portrait", "en", 1080, 1920, FALSE },
  { "/ui/focus-order/en/low", "en", 1280, 800, TRUE },
  { "/ui/focus-order/ar/landscape", "ar", 1280, 800, FALSE },
  { "/ui/focus-order/ar/portrait", "ar", 1080, 1920, FALSE },
  { "/ui/focus-order/ar/low", "ar", 1080, 1920, TRUE },
};

static void
test_case (gconstpointer data)
{
  const Case *each = data;
  g_autoptr (TestRecorder) recorder = test_recorder_new ();
  g_autoptr (LanyardPack) pack = test_pack_load ("summer-games");
  LanyardWindow *window = test_window_new (recorder, pack, each->width, each->height);

  test_recorder_set_n_hits (recorder, 8);
  for (guint i = 0; i < N_TEST_SCREENS; i++)
    {
      g_autoptr (GPtrArray) stops = NULL;
      g_autofree char *problem = NULL;

      test_screen_show (window, &TEST_SCREENS[i], each->language);
      lanyard_aids_set_low (LANYARD_AIDS (test_find_type (GTK_WIDGET (window), LANYARD_TYPE_AIDS)),
                            each->low);
      test_settle (GTK_WIDGET (window));
      test_settle (GTK_WIDGET (window));
      stops = collect_stops (window);
      g_assert_cmpuint (stops->len, >, 0);
      problem = find_disorder (stops);
      if (problem != NULL)
        {
          g_test_message ("%s: %s", TEST_SCREENS[i].name, problem);
          g_test_fail ();
        }
    }
  test_window_close (window);
}

static void
swap (GPtrArray *stops, guint i)
{
  gpointer stop = stops->pdata[i];

  stops->pdata[i] = stops->pdata[i + 1];
  stops->pdata[i + 1] = stop;
}

/* The check itself: two controls that changed places are found, whichever they are. */
static void
test_swapped (gconstpointer language)
{
  g_autoptr (TestRecorder) recorder = test_recorder_new ();
  g_autoptr (LanyardPack) pack = test_pack_load ("summer-games");
  LanyardWindow *window = test_window_new (recorder, pack, 1280, 800);
  g_autoptr (GPtrArray) stops = NULL;

  test_screen_show (window, &TEST_SCREENS[0], language);
  stops = collect_stops (window);
  g_assert_cmpuint (stops->len, >=, 4);
  g_assert_null (find_disorder (stops));
  for (guint i = 0; i + 1 < stops->len; i++)
    {
      g_autofree char *problem = NULL;

      swap (stops, i);
      problem = find_disorder (stops);
      if (problem == NULL)
        {
          g_autofree char *moved = describe (stops->pdata[i]);

          g_error ("nobody finds that %s is too early", moved);
        }
      swap (stops, i);
    }
  test_window_close (window);
}

int
main (int argc, char **argv)
{
  g_autoptr (LanyardPack) pack = NULL;

  gtk_test_init (&argc, &argv, NULL);
  pack = test_pack_load ("summer-games");
  lanyard_style_install (gdk_display_get_default (), "light", pack);
  g_test_add_data_func ("/ui/focus-order/swapped/en", "en", test_swapped);
  g_test_add_data_func ("/ui/focus-order/swapped/ar", "ar", test_swapped);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    g_test_add_data_func (CASES[i].path, &CASES[i], test_case);
  return g_test_run ();
}
