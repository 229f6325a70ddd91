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

static void
run_typist (const char *delay_ms, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, typist,
                                                      "type", "--delay", delay_ms, text, NULL);

  g_assert_no_error (error);
  /* not waited for: its keys arrive while the main loop runs */
  g_subprocess_wait_async (process, NULL, NULL, NULL);
}

static void
wait_for (GtkWidget *entry, TestRecorder *recorder, const char *text, GString *asked)
{
  gboolean late = FALSE;
  guint timer = g_timeout_add_seconds (LIMIT_S, on_limit, &late);

  while (!late && g_strstr_len (asked->str, -1, text) == NULL
         && g_strstr_len (gtk_editable_get_text (GTK_EDITABLE (entry)), -1, text) == NULL)
    {
      g_autofree char *lines = NULL;

      g_main_context_iteration (NULL, TRUE);
      lines = test_recorder_take (recorder);
      g_string_append (asked, lines);
    }
  g_source_remove (timer);
  g_assert_false (late);
}

static void
give_focus (GtkWidget *window, GtkWidget *entry)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, typist, "search", "--sync", "--name",
                          "wedge test", "windowfocus", "--sync", NULL);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  gtk_widget_grab_focus (entry);
  test_settle (window);
}

static void
test_typing (void)
{
  g_autoptr (TestRecorder) recorder = test_recorder_new ();
  g_autoptr (GString) asked = g_string_new (NULL);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *entry = gtk_entry_new ();
  LanyardWedge *wedge = lanyard_wedge_new (window, LANYARD_CONTROLS (recorder), NULL);

  gtk_window_set_title (GTK_WINDOW (window), "wedge test");
  gtk_window_set_child (GTK_WINDOW (window), entry);
  gtk_window_present (GTK_WINDOW (window));
  test_settle (window);
  give_focus (window, entry);

  run_typist ("2", "33000417X\n");
  wait_for (entry, recorder, "33000417X", asked);
  g_assert_cmpstr (asked->str, ==, "scan 33000417X\n");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");

  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  g_string_truncate (asked, 0);
  run_typist ("150", "hello");
  wait_for (entry, recorder, "hello", asked);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "hello");
  g_assert_cmpstr (asked->str, ==, "");

  g_assert_finalize_object (wedge);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_assert_cmpint (argc, >=, 2);
  typist = argv[--argc];
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/wedge/typing", test_typing);
  return g_test_run ();
}
