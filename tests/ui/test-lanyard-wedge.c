/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Real key events of a real X server, made by the program named in the first argument: a scanner's
 * burst becomes a scan and leaves the entry alone, a person's keys arrive in the entry. */

#define G_LOG_DOMAIN "test-ui"

#include "lanyard-style.h"
#include "lanyard-wedge.h"
#include "screen-fixtures.h"

#define LIMIT_S 20

static const char *typist;

static gboolean
on_limit (gpointer late)
{
  *(gboolean *)late = TRUE;
  return G_SOURCE_CONTINUE;
}

/* A window with a field that has the focus, and a wedge over it. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *entry;
  TestRecorder *recorder;
  LanyardWedge *wedge;
  GString *asked;
  guint n_activated;
} Screen;

/* Long enough that a machine which is busy with other things still types like a scanner. */
static const LanyardWedgeOptions patient = { .max_gap_us = 700 * 1000 };

static void
on_activate (GtkEntry *entry, Screen *screen)
{
  screen->n_activated++;
}

static void
run_program (const char *const *words, gboolean wait)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (words, G_SUBPROCESS_FLAGS_NONE, &error);

  g_assert_no_error (error);
  if (wait)
    g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  else /* its keys arrive while the main loop runs */
    g_subprocess_wait_async (process, NULL, NULL, NULL);
}

static void
type_text (const char *delay_ms, const char *text)
{
  const char *const words[] = { typist, "type", "--delay", delay_ms, text, NULL };

  run_program (words, FALSE);
}

/* @keys: names or numbers of keys, with blanks between */
static void
type_keys (const char *keys)
{
  g_autofree char *line = g_strdup_printf ("%s key --delay 2 %s", typist, keys);
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  run_program ((const char *const *)words, FALSE);
}

static void
wait_for (Screen *screen, const char *text)
{
  GtkEditable *field = GTK_EDITABLE (screen->entry);
  gboolean late = FALSE;
  guint timer = g_timeout_add_seconds (LIMIT_S, on_limit, &late);

  while (!late && g_strstr_len (screen->asked->str, -1, text) == NULL
         && !g_str_equal (gtk_editable_get_text (field), text))
    {
      g_autofree char *lines = NULL;

      g_main_context_iteration (NULL, TRUE);
      lines = test_recorder_take (screen->recorder);
      g_string_append (screen->asked, lines);
    }
  g_source_remove (timer);
  if (late)
    g_error ("Instead of “%s” came “%s”, asked “%s”", text, gtk_editable_get_text (field),
             screen->asked->str);
}

static void
give_focus (Screen *screen)
{
  const char *const words[]
      = { typist, "search", "--sync", "--name", "wedge test", "windowfocus", "--sync", NULL };

  run_program (words, TRUE);
  gtk_widget_grab_focus (screen->entry);
  test_settle (screen->window);
}

static void
open_screen (Screen *screen, const LanyardWedgeOptions *options)
{
  *screen = (Screen){ .recorder = test_recorder_new (), .asked = g_string_new (NULL) };
  screen->window = gtk_window_new ();
  screen->entry = gtk_entry_new ();
  screen->wedge = lanyard_wedge_new (screen->window, LANYARD_CONTROLS (screen->recorder), options);
  g_signal_connect (screen->entry, "activate", G_CALLBACK (on_activate), screen);
  gtk_window_set_title (GTK_WINDOW (screen->window), "wedge test");
  gtk_window_set_child (GTK_WINDOW (screen->window), screen->entry);
  gtk_window_present (GTK_WINDOW (screen->window));
  test_settle (screen->window);
  give_focus (screen);
}

static void
close_screen (Screen *screen)
{
  g_assert_finalize_object (screen->wedge);
  gtk_window_destroy (GTK_WINDOW (screen->window));
  g_object_unref (screen->recorder);
  g_string_free (screen->asked, TRUE);
}

static void
assert_field (Screen *screen, const char *text)
{
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (screen->entry)), ==, text);
}

static void
test_scan (void)
{
  Screen screen;

  open_screen (&screen, &patient);
  type_text ("2", "33000417B\n");
  wait_for (&screen, "33000417B");
  g_assert_cmpstr (screen.asked->str, ==, "scan 33000417B\n");
  assert_field (&screen, "");
  g_assert_cmpuint (screen.n_activated, ==, 0);
  close_screen (&screen);
}

static void
test_typing (void)
{
  Screen screen;

  open_screen (&screen, NULL);
  type_text ("150", "hello");
  wait_for (&screen, "hello");
  g_assert_cmpstr (screen.asked->str, ==, "");
  close_screen (&screen);
}

/* Keys that came too fast for a person and too few for a scanner: all of them, in their order, with
 * what they do. */
static void
test_fast_typing (void)
{
  Screen screen;

  open_screen (&screen, &patient);
  type_keys ("a b BackSpace c");
  wait_for (&screen, "ac");
  type_keys ("Home d e");
  wait_for (&screen, "deac");
  type_keys ("ctrl+a f g");
  wait_for (&screen, "fg");
  type_keys ("h Return");
  wait_for (&screen, "fgh");
  while (screen.n_activated == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (screen.asked->str, ==, "");
  close_screen (&screen);
}

static gboolean
is_credential (const char *text, gpointer user_data)
{
  return g_str_has_prefix (text, "LY1:");
}

/* Nothing that anybody would scan, and a field has the focus. */
static void
test_text_for_the_field (void)
{
  LanyardWedgeOptions options = patient;
  Screen screen;

  options.makes_sense = is_credential;
  open_screen (&screen, &options);
  type_text ("2", "Anna Lind\n");
  wait_for (&screen, "Anna Lind");
  g_assert_cmpstr (screen.asked->str, ==, "");
  g_assert_cmpuint (screen.n_activated, ==, 0);
  close_screen (&screen);
}

static void
set_layout (const char *layout)
{
  const char *const words[] = { "setxkbmap", layout, NULL };

  run_program (words, TRUE);
}

/* "LY1:AZM" on the keys of a US keyboard, at a desk with another one. */
static void
test_layout (gconstpointer layout)
{
  LanyardWedgeOptions options = patient;
  Screen screen;

  options.makes_sense = is_credential;
  set_layout (layout);
  open_screen (&screen, &options);
  type_keys ("shift+46 shift+29 10 shift+47 shift+38 shift+52 shift+58 36");
  wait_for (&screen, "scan LY1:AZM\n");
  assert_field (&screen, "");
  close_screen (&screen);
  set_layout ("us");
}

/* An accent, its letter and another one, too fast for a person. */
static void
test_dead_key (void)
{
  Screen screen;

  set_layout ("fr");
  open_screen (&screen, &patient);
  type_keys ("34 26 28");
  wait_for (&screen, "êt");
  type_keys ("57 34 26");
  wait_for (&screen, "êtnê");
  close_screen (&screen);
  set_layout ("us");
}

int
main (int argc, char **argv)
{
  g_assert_cmpint (argc, >=, 2);
  typist = argv[--argc];
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/wedge/scan", test_scan);
  g_test_add_func ("/ui/wedge/typing", test_typing);
  g_test_add_func ("/ui/wedge/fast-typing", test_fast_typing);
  g_test_add_func ("/ui/wedge/text-for-the-field", test_text_for_the_field);
  g_test_add_data_func ("/ui/wedge/layout/us", "us", test_layout);
  g_test_add_data_func ("/ui/wedge/layout/fr", "fr", test_layout);
  g_test_add_data_func ("/ui/wedge/layout/de", "de", test_layout);
  g_test_add_func ("/ui/wedge/dead-key", test_dead_key);
  return g_test_run ();
}
