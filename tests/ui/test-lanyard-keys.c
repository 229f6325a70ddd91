/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Real key events of a real X server, made by the program named in the first argument: a person who
 * touches nothing collects a badge. */

#define G_LOG_DOMAIN "test-ui"

#include <string.h>

#include "lanyard-aids.h"
#include "lanyard-style.h"
#include "lanyard-wedge.h"
#include "screen-fixtures.h"

#define LIMIT_S 20
/* More controls than any page of self-service has. */
#define MAX_STEPS 80

static const char *typist;

typedef struct
{
  TestRecorder *recorder;
  LanyardPack *pack;
  LanyardWindow *window;
  LanyardWedge *wedge;
  guint n_pressed;
} Fixture;

static void
run_program (const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (words, G_SUBPROCESS_FLAGS_NONE, &error);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
}

static void
on_released (GtkEventControllerKey *controller,
             guint keyval,
             guint keycode,
             GdkModifierType state,
             Fixture *fixture)
{
  fixture->n_pressed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  const char *const focus[]
      = { typist, "search", "--sync", "--name", "Accreditation", "windowfocus", "--sync", NULL };

  fixture->n_pressed = 0;
  fixture->recorder = test_recorder_new ();
  fixture->pack = test_pack_load ("summer-games");
  fixture->window = test_window_new (fixture->recorder, fixture->pack, 1280, 800);
  fixture->wedge = lanyard_wedge_new (GTK_WIDGET (fixture->window),
                                      LANYARD_CONTROLS (fixture->recorder), NULL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-released", G_CALLBACK (on_released), fixture);
  gtk_widget_add_controller (GTK_WIDGET (fixture->window), keys);
  run_program (focus);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->wedge);
  test_window_close (fixture->window);
  lanyard_pack_unref (fixture->pack);
  g_assert_finalize_object (fixture->recorder);
}

static gboolean
on_limit (gpointer late)
{
  *(gboolean *)late = TRUE;
  return G_SOURCE_CONTINUE;
}

static gboolean
on_calm (gpointer calm)
{
  *(gboolean *)calm = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Presses @key and waits until the window has seen it let go, and the scanner's decoder, which
 * holds keys back for a moment, has decided on it. */
static void
key (Fixture *fixture, const char *key)
{
  const char *const words[] = { typist, "key", key, NULL };
  guint before = fixture->n_pressed;
  gboolean late = FALSE, calm = FALSE;
  guint limit = g_timeout_add_seconds (LIMIT_S, on_limit, &late);
  guint silence;

  run_program (words);
  while (!late && fixture->n_pressed == before)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  silence = g_timeout_add (120, on_calm, &calm);
  while (!calm)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (silence);
  g_source_remove (limit);
  test_settle (GTK_WIDGET (fixture->window));
}

static GtkWidget *
get_focus (Fixture *fixture)
{
  return gtk_window_get_focus (GTK_WINDOW (fixture->window));
}

static void
show (Fixture *fixture, const char *name)
{
  for (guint i = 0; i < N_TEST_SCREENS; i++)
    {
      g_autoptr (LanyardView) view = NULL;

      if (strcmp (TEST_SCREENS[i].name, name) != 0)
        continue;
      view = TEST_SCREENS[i].make ("en");
      lanyard_window_show_view (fixture->window, view);
      test_settle (GTK_WIDGET (fixture->window));
      return;
    }
  g_assert_not_reached ();
}

/* Presses @step until the control called @name has the focus, and then Enter. */
static void
choose (Fixture *fixture, const char *step, const char *name)
{
  GtkWidget *wanted = test_find_button (GTK_WIDGET (fixture->window), name);

  g_assert_nonnull (wanted);
  for (guint i = 0; i < MAX_STEPS && get_focus (fixture) != wanted; i++)
    key (fixture, step);
  if (get_focus (fixture) != wanted)
    g_error ("%s does not lead to “%s”", step, name);
  key (fixture, "Return");
}

static void
assert_asked (Fixture *fixture, const char *expected)
{
  g_autofree char *lines = test_recorder_take (fixture->recorder);

  g_assert_nonnull (strstr (lines, expected));
}

/* The whole of a pickup, with the number typed on the keys of the screen. */
static void
test_pickup (Fixture *fixture, gconstpointer data)
{
  show (fixture, "welcome");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (fixture->window), "keyed"));
  key (fixture, "Down");
  g_assert_true (get_focus (fixture)
                 == test_find_button (GTK_WIDGET (fixture->window), "Type my number"));
  key (fixture, "F2");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture->window), "keyed"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture->window), "low"));
  choose (fixture, "Tab", "Français");
  assert_asked (fixture, "language fr\n");
  choose (fixture, "Left", "Type my number");
  g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==, "number");
  choose (fixture, "Right", "3");
  choose (fixture, "Right", "ABC");
  choose (fixture, "Right", "B");
  choose (fixture, "Tab", "Continue");
  assert_asked (fixture, "number 3B\n");
  show (fixture, "confirm");
  choose (fixture, "Right", "Yes, print my badge");
  assert_asked (fixture, "input confirm\n");
  show (fixture, "printing-jam");
  choose (fixture, "Down", "Ask our staff for help");
  assert_asked (fixture, "input call-staff\n");
  show (fixture, "scan-back");
  choose (fixture, "Down", "My badge cannot be read");
  assert_asked (fixture, "input unreadable\n");
  show (fixture, "done");
  key (fixture, "Return");
  assert_asked (fixture, "input done\n");
}

/* A number typed on a keyboard, with nothing of it lost, and the way back. */
static void
test_typed (Fixture *fixture, gconstpointer data)
{
  show (fixture, "welcome");
  key (fixture, "Down");
  key (fixture, "Return");
  for (const char *at = "3x"; *at != '\0'; at++)
    {
      const char text[] = { *at, '\0' };

      key (fixture, text);
    }
  g_assert_true (test_shows_text (GTK_WIDGET (fixture->window), "3X"));
  key (fixture, "BackSpace");
  g_assert_false (test_shows_text (GTK_WIDGET (fixture->window), "3X"));
  key (fixture, "Escape");
  g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==, "welcome");
  show (fixture, "document");
  key (fixture, "Escape");
  assert_asked (fixture, "input cancel\n");
  show (fixture, "referred");
  key (fixture, "Escape");
  assert_asked (fixture, "input done\n");
}

/* Each control of each page of self-service has its turn, and after the last comes the first. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "welcome",   "document", "confirm",   "printing-jam",
                                       "scan-back", "done",     "attention", "out-of-order" };

  /* from the first key on each page has a control that has the focus */
  key (fixture, "Page_Down");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *first;
      guint n = 0;

      show (fixture, names[i]);
      first = get_focus (fixture);
      g_assert_nonnull (first);
      do
        {
          GtkWidget *before = get_focus (fixture);

          key (fixture, "Page_Down");
          g_assert_true (get_focus (fixture) != before);
          n++;
        }
      while (get_focus (fixture) != first && n < MAX_STEPS);
      g_assert_cmpuint (n, <, MAX_STEPS);
      g_test_message ("%s has %u controls", names[i], n);
      g_assert_cmpuint (n, >=, 4);
    }
}

/* A keypad that sends other keys. */
static void
test_map (Fixture *fixture, gconstpointer data)
{
  LanyardKeys *keys = lanyard_window_get_keys (fixture->window);

  g_assert_true (lanyard_keys_map (keys, "next", "F10; F9"));
  g_assert_true (lanyard_keys_map (keys, "select", "F11"));
  g_assert_false (lanyard_keys_map (keys, "next", "NoSuchKey"));
  g_assert_false (lanyard_keys_map (keys, "sideways", "F9"));
  show (fixture, "confirm");
  key (fixture, "F10");
  key (fixture, "F9");
  key (fixture, "F11");
  assert_asked (fixture, "input confirm\n");
}

int
main (int argc, char **argv)
{
  g_autoptr (LanyardPack) pack = NULL;

  g_assert_cmpint (argc, >=, 2);
  typist = argv[--argc];
  gtk_test_init (&argc, &argv, NULL);
  pack = test_pack_load ("summer-games");
  lanyard_style_install (gdk_display_get_default (), "light", pack);
  g_test_add ("/ui/keys/pickup", Fixture, NULL, set_up, test_pickup, tear_down);
  g_test_add ("/ui/keys/typed", Fixture, NULL, set_up, test_typed, tear_down);
  g_test_add ("/ui/keys/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/ui/keys/map", Fixture, NULL, set_up, test_map, tear_down);
  return g_test_run ();
}
