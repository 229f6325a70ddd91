/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Real key events of a real X server, made by the program named in the first argument: a person who
 * touches nothing collects a badge. */

#define G_LOG_DOMAIN "test-ui"

#include <string.h>

#include "lanyard-aids.h"
#include "screen-typist.h"

/* More controls than any page of self-service has. */
#define MAX_STEPS 80

/* The whole of a pickup, with the number typed on the keys of the screen. */
static void
test_pickup (TestTypist *typist, gconstpointer program)
{
  test_typist_show (typist, "welcome", "en");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (typist->window), "keyed"));
  test_typist_press (typist, "Down");
  g_assert_true (test_typist_get_focus (typist)
                 == test_find_button (GTK_WIDGET (typist->window), "Type my number"));
  test_typist_press (typist, "F2");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (typist->window), "keyed"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (typist->window), "low"));
  test_typist_choose (typist, "Tab", "Français");
  test_typist_assert_asked (typist, "language fr\n");
  test_typist_choose (typist, "Left", "Type my number");
  g_assert_cmpstr (lanyard_window_get_page_name (typist->window), ==, "number");
  test_typist_choose (typist, "Right", "3");
  test_typist_choose (typist, "Right", "ABC");
  test_typist_choose (typist, "Right", "B");
  test_typist_choose (typist, "Tab", "Continue");
  test_typist_assert_asked (typist, "number 3B\n");
  test_typist_show (typist, "confirm", "en");
  test_typist_choose (typist, "Right", "Yes, print my badge");
  test_typist_assert_asked (typist, "input confirm\n");
  test_typist_show (typist, "printing-jam", "en");
  test_typist_choose (typist, "Down", "Ask our staff for help");
  test_typist_assert_asked (typist, "input call-staff\n");
  test_typist_show (typist, "scan-back", "en");
  test_typist_choose (typist, "Down", "My badge cannot be read");
  test_typist_assert_asked (typist, "input unreadable\n");
  test_typist_show (typist, "done", "en");
  test_typist_press (typist, "Return");
  test_typist_assert_asked (typist, "input done\n");
}

/* A number typed on a keyboard, with nothing of it lost, and the way back. */
static void
test_typed (TestTypist *typist, gconstpointer program)
{
  test_typist_show (typist, "welcome", "en");
  test_typist_press (typist, "Down");
  test_typist_press (typist, "Return");
  for (const char *at = "3x"; *at != '\0'; at++)
    {
      const char text[] = { *at, '\0' };

      test_typist_press (typist, text);
    }
  g_assert_true (test_shows_text (GTK_WIDGET (typist->window), "3X"));
  test_typist_press (typist, "BackSpace");
  g_assert_false (test_shows_text (GTK_WIDGET (typist->window), "3X"));
  test_typist_press (typist, "Escape");
  g_assert_cmpstr (lanyard_window_get_page_name (typist->window), ==, "welcome");
  test_typist_show (typist, "document", "en");
  test_typist_press (typist, "Escape");
  test_typist_assert_asked (typist, "input cancel\n");
  test_typist_show (typist, "referred", "en");
  test_typist_press (typist, "Escape");
  test_typist_assert_asked (typist, "input done\n");
}

/* Each control of each page of self-service has its turn, and after the last comes the first. */
static void
test_order (TestTypist *typist, gconstpointer program)
{
  static const char *const names[] = { "welcome",   "document", "confirm",   "printing-jam",
                                       "scan-back", "done",     "attention", "out-of-order" };

  /* from the first key on each page has a control that has the focus */
  test_typist_press (typist, "Page_Down");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *first;
      guint n = 0;

      test_typist_show (typist, names[i], "en");
      first = test_typist_get_focus (typist);
      g_assert_nonnull (first);
      do
        {
          GtkWidget *before = test_typist_get_focus (typist);

          test_typist_press (typist, "Page_Down");
          g_assert_true (test_typist_get_focus (typist) != before);
          n++;
        }
      while (test_typist_get_focus (typist) != first && n < MAX_STEPS);
      g_assert_cmpuint (n, <, MAX_STEPS);
      g_test_message ("%s has %u controls", names[i], n);
      g_assert_cmpuint (n, >=, 4);
    }
}

/* A keypad that sends other keys. */
static void
test_map (TestTypist *typist, gconstpointer program)
{
  LanyardKeys *keys = lanyard_window_get_keys (typist->window);

  g_assert_true (lanyard_keys_map (keys, "next", "F10; F9"));
  g_assert_true (lanyard_keys_map (keys, "select", "F11"));
  g_assert_false (lanyard_keys_map (keys, "next", "NoSuchKey"));
  g_assert_false (lanyard_keys_map (keys, "sideways", "F9"));
  test_typist_show (typist, "confirm", "en");
  test_typist_press (typist, "F10");
  test_typist_press (typist, "F9");
  test_typist_press (typist, "F11");
  test_typist_assert_asked (typist, "input confirm\n");
}

/* What staff do without a touch, and what nobody does before somebody is signed in. */
static void
test_staff (TestTypist *typist, gconstpointer program)
{
  GtkWidget *window = GTK_WIDGET (typist->window);

  test_typist_show (typist, "staff-person", "en");
  g_free (test_recorder_take (typist->recorder));
  test_typist_press (typist, "alt+Return");
  test_typist_assert_asked (typist, "input confirm\n");
  test_typist_press (typist, "alt+n");
  g_assert_cmpstr (lanyard_window_get_page_name (typist->window), ==, "note");
  /* a half written note is not lost */
  test_typist_press (typist, "F10");
  g_assert_cmpstr (lanyard_window_get_page_name (typist->window), ==, "note");
  test_typist_press (typist, "Escape");
  g_assert_cmpstr (lanyard_window_get_page_name (typist->window), ==, "staff");
  /* there is no badge to void, and nothing to decide */
  test_typist_press (typist, "alt+v");
  test_typist_press (typist, "alt+c");
  g_assert_cmpstr (lanyard_window_get_page_name (typist->window), ==, "staff");
  test_typist_show (typist, "staff-issued", "en");
  test_typist_press (typist, "alt+v");
  g_assert_cmpstr (lanyard_window_get_page_name (typist->window), ==, "reissue");
  test_typist_press (typist, "Escape");
  test_typist_show (typist, "staff", "en");
  test_typist_press (typist, "alt+t");
  g_assert_cmpstr (lanyard_window_get_page_name (typist->window), ==, "day");
  test_typist_press (typist, "Escape");
  test_typist_press (typist, "F10");
  g_assert_cmpstr (lanyard_window_get_page_name (typist->window), ==, "shortcuts");
  g_assert_true (test_shows_text (window, "Alt+Q"));
  test_typist_press (typist, "F10");
  g_assert_cmpstr (lanyard_window_get_page_name (typist->window), ==, "staff");
  g_assert_true (test_shows_text (window, "F10 shows what keys do."));
  test_typist_press (typist, "alt+f");
  test_typist_press (typist, "x");
  test_typist_assert_asked (typist, "search x\n");
  test_typist_press (typist, "alt+q");
  test_typist_assert_asked (typist, "input sign-out\n");
}

/* A key that stays down presses once: what comes on next may ask something else. It moves on. */
static void
test_held (TestTypist *typist, gconstpointer program)
{
  GtkWidget *three;

  test_typist_show (typist, "welcome", "en");
  test_typist_press (typist, "Down");
  test_typist_press (typist, "Return");
  three = test_find_button (GTK_WIDGET (typist->window), "3");
  test_typist_hold (typist, "Right");
  for (guint i = 0; i < MAX_STEPS && test_typist_get_focus (typist) != three; i++)
    test_typist_press (typist, "Right");
  test_typist_hold (typist, "Return");
  /* let go, and pressed again */
  test_typist_press (typist, "Return");
  test_typist_choose (typist, "Tab", "Continue");
  test_typist_assert_asked (typist, "number 33\n");
}

static void
test_not_staff (TestTypist *typist, gconstpointer program)
{
  static const char *const KEYS[] = { "F10", "alt+q", "alt+Return", "alt+f", "alt+t" };

  test_typist_show (typist, "confirm", "en");
  g_free (test_recorder_take (typist->recorder));
  for (gsize i = 0; i < G_N_ELEMENTS (KEYS); i++)
    {
      g_autofree char *lines = NULL;

      test_typist_press (typist, KEYS[i]);
      lines = test_recorder_take (typist->recorder);
      g_assert_null (strstr (lines, "confirm"));
      g_assert_null (strstr (lines, "sign-out"));
      g_assert_cmpstr (lanyard_window_get_page_name (typist->window), ==, "confirm");
    }
}

int
main (int argc, char **argv)
{
  const char *program = test_typist_begin (argc, argv);

  g_test_add ("/ui/keys/pickup", TestTypist, program, test_typist_set_up, test_pickup,
              test_typist_tear_down);
  g_test_add ("/ui/keys/typed", TestTypist, program, test_typist_set_up, test_typed,
              test_typist_tear_down);
  g_test_add ("/ui/keys/order", TestTypist, program, test_typist_set_up, test_order,
              test_typist_tear_down);
  g_test_add ("/ui/keys/map", TestTypist, program, test_typist_set_up, test_map,
              test_typist_tear_down);
  g_test_add ("/ui/keys/staff", TestTypist, program, test_typist_set_up, test_staff,
              test_typist_tear_down);
  g_test_add ("/ui/keys/held", TestTypist, program, test_typist_set_up, test_held,
              test_typist_tear_down);
  g_test_add ("/ui/keys/not-staff", TestTypist, program, test_typist_set_up, test_not_staff,
              test_typist_tear_down);
  return g_test_run ();
}
