/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Touches at real places of a real X server, made by the program named in the first argument. */

#define G_LOG_DOMAIN "test-ui"

#include <string.h>

#include "screen-typist.h"

/* A second touch of a hand that trembles; and long enough for anybody to have seen the page. */
#define DELAY_MS "90"
#define SEEN_MS 1000

static void
let_pass (TestTypist *typist, guint ms)
{
  gint64 until_us = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, FALSE);
  test_settle (GTK_WIDGET (typist->window));
}

/* @place: (out): within @button, a quarter from its left, on the screen at whose corner the window
 * is */
static void
find_place (TestTypist *typist, GtkWidget *button, graphene_point_t *place)
{
  graphene_point_t within = GRAPHENE_POINT_INIT ((float)gtk_widget_get_width (button) / 4,
                                                 (float)gtk_widget_get_height (button) / 2);
  double x, y;

  g_assert_true (gtk_widget_compute_point (button, GTK_WIDGET (typist->window), &within, place));
  gtk_native_get_surface_transform (GTK_NATIVE (typist->window), &x, &y);
  place->x += (float)x;
  place->y += (float)y;
}

static char *
touch (TestTypist *typist, const graphene_point_t *place, const char *times)
{
  g_autofree char *x = g_strdup_printf ("%.0f", place->x);
  g_autofree char *y = g_strdup_printf ("%.0f", place->y);

  g_free (test_recorder_take (typist->recorder));
  test_typist_run (typist, "mousemove", "--sync", x, y, "click", "--repeat", times, "--delay",
                   DELAY_MS, "1", NULL);
  let_pass (typist, SEEN_MS);
  return test_recorder_take (typist->recorder);
}

/* A hand that trembles: where Back was is a language now, and that was not asked for. */
static void
test_twice (TestTypist *typist, gconstpointer program)
{
  graphene_point_t place;
  g_autofree char *trembling = NULL, *calm = NULL;

  test_typist_show (typist, "welcome", "en");
  test_typist_press (typist, "Down");
  test_typist_press (typist, "Return");
  let_pass (typist, SEEN_MS);
  g_assert_cmpstr (lanyard_window_get_page_name (typist->window), ==, "number");
  find_place (typist, test_find_button (GTK_WIDGET (typist->window), "Back"), &place);
  trembling = touch (typist, &place, "2");
  g_assert_cmpstr (lanyard_window_get_page_name (typist->window), ==, "welcome");
  g_assert_null (strstr (trembling, "language"));
  calm = touch (typist, &place, "1");
  g_assert_nonnull (strstr (calm, "language de\n"));
}

/* Keys of the screen stay where they are: whoever is quick is quick. */
static void
test_quick (TestTypist *typist, gconstpointer program)
{
  graphene_point_t place;
  g_autofree char *lines = NULL;

  test_typist_show (typist, "welcome", "en");
  test_typist_press (typist, "Down");
  test_typist_press (typist, "Return");
  let_pass (typist, SEEN_MS);
  find_place (typist, test_find_button (GTK_WIDGET (typist->window), "3"), &place);
  lines = touch (typist, &place, "4");
  g_assert_true (test_shows_text (GTK_WIDGET (typist->window), "3333"));
}

int
main (int argc, char **argv)
{
  const char *program = test_typist_begin (argc, argv);

  g_test_add ("/ui/fresh-page/twice", TestTypist, program, test_typist_set_up, test_twice,
              test_typist_tear_down);
  g_test_add ("/ui/fresh-page/quick", TestTypist, program, test_typist_set_up, test_quick,
              test_typist_tear_down);
  return g_test_run ();
}
