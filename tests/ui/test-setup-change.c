/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A desk that is set up, opened for changes. If this fails, a change loses what somebody wrote into
 * lanyard.conf, keeps the desk from opening, or makes it another event's. */

#define G_LOG_DOMAIN "test-ui"

#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-pack-files.h"
#include "lanyard-setup-window.h"
#include "lanyard-style.h"
#include "screen-fixtures.h"

static const char CONFIG[] = "# Counter at the window\n"
                             "\n"
                             "[desk]\n"
                             "state-dir=state\n"
                             "venue=MAC\n"
                             "# as the sign says\n"
                             "name=Counter 1\n"
                             "language=en\n"
                             "\n"
                             "[pack]\n"
                             "directory=/nonexistent/pack\n"
                             "root-key="
                             "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n"
                             "\n"
                             "[hub]\n"
                             "urls=https://hub.example.org\n"
                             "\n"
                             "[printer]\n"
                             "# the new one\n"
                             "uri=file:/tmp\n"
                             "scan-back=false\n"
                             "\n"
                             "[vault]\n"
                             "key-file=state/vault.key\n"
                             "\n"
                             "[screen]\n"
                             "idle=45\n";

typedef struct
{
  char *folder;
  char *path;
  LanyardSetup *setup;
  LanyardSetupWindow *window;
  guint n_done;
} Fixture;

static void
on_done (LanyardSetupWindow *window, Fixture *fixture)
{
  fixture->n_done++;
}

static void
write_state (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, "state", name, NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

static void
prepare (Fixture *fixture, gconstpointer data)
{
  g_autofree char *state = NULL;
  g_autofree char *devices = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("lanyard-setup-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "lanyard.conf", NULL);
  state = g_build_filename (fixture->folder, "state", NULL);
  devices = g_build_filename (fixture->folder, "dev", NULL);
  g_assert_cmpint (g_mkdir (state, 0700), ==, 0);
  write_state (fixture, "desk.key");
  g_assert_true (g_file_set_contents (fixture->path, CONFIG, -1, NULL));
  lanyard_style_install (gdk_display_get_default (), NULL, NULL);
  fixture->setup = lanyard_setup_open_again (fixture->path, NULL, &error);
  g_assert_no_error (error);
  lanyard_setup_set_device_folder (fixture->setup, devices);
  fixture->window = lanyard_setup_window_new (NULL, fixture->setup);
  g_signal_connect (fixture->window, "done", G_CALLBACK (on_done), fixture);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 800);
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_present (GTK_WINDOW (fixture->window));
  test_settle (GTK_WIDGET (fixture->window));
}

static void
finish (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->setup);
  lanyard_pack_files_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
press (Fixture *fixture, const char *text)
{
  GtkWidget *button = test_find_button (GTK_WIDGET (fixture->window), text);

  if (button == NULL || !gtk_widget_is_sensitive (button))
    g_error ("no button “%s”", text);
  g_signal_emit_by_name (button, "clicked");
  test_settle (GTK_WIDGET (fixture->window));
}

static void
assert_shows (Fixture *fixture, const char *text)
{
  if (!test_shows_text (GTK_WIDGET (fixture->window), text))
    g_error ("“%s” is not there", text);
}

/* lanyard.conf is @expected, and nothing new lies in the state folder. */
static void
assert_config (Fixture *fixture, const char *expected)
{
  g_autofree char *state = g_build_filename (fixture->folder, "state", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GDir) dir = g_dir_open (state, 0, NULL);

  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "desk.key");
  g_assert_null (g_dir_read_name (dir));
}

/* To each step and back: nothing has changed. */
static void
test_back (Fixture *fixture, gconstpointer data)
{
  static const char *const names[]
      = { "Language", "Hub", "Staff", "Camera", "Scanner", "Printer", "Sound", "Touch" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      assert_shows (fixture, "What is to be changed?");
      press (fixture, names[i]);
      g_assert_cmpint (lanyard_setup_get_steps (fixture->setup)->at, ==, i);
      g_assert_false (test_shows_text (GTK_WIDGET (fixture->window), "What is to be changed?"));
      press (fixture, "Back");
    }
  assert_shows (fixture, "What is to be changed?");
  assert_config (fixture, CONFIG);
  press (fixture, "Back to work");
  g_assert_cmpuint (fixture->n_done, ==, 1);
}

/* One line is another one, and all that people wrote is there. */
static void
test_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) expected = g_string_new (CONFIG);

  press (fixture, "Language");
  press (fixture, "Deutsch");
  press (fixture, "Behalten");
  g_string_replace (expected, "language=en", "language=de", 1);
  assert_config (fixture, expected->str);
  assert_shows (fixture, "Was soll geändert werden?");
}

static void
test_hub_stays (Fixture *fixture, gconstpointer data)
{
  press (fixture, "Hub");
  assert_shows (fixture, "Where this desk belongs");
  g_assert_null (test_find_button (GTK_WIDGET (fixture->window), "Type it instead"));
  press (fixture, "Keep it");
  assert_config (fixture, CONFIG);
}

static void
on_joined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_setup_join_finish (LANYARD_SETUP (source), result, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  *(gboolean *)user_data = TRUE;
}

/* Even by whoever holds a ticket of the same event. */
static void
test_no_join (Fixture *fixture, gconstpointer data)
{
  LanyardTicket ticket = { .hub = (char *)"https://other.example.org",
                           .code = (char *)"7K2QM-0AB1C-9XYZ2-34567",
                           .venue = (char *)"MAC",
                           .name = (char *)"" };
  gboolean over = FALSE;

  lanyard_setup_join_async (fixture->setup, &ticket, NULL, on_joined, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
  assert_config (fixture, CONFIG);
}

/* A setting with which the desk would not open is taken back at once, and told. */
static void
test_taken_back (Fixture *fixture, gconstpointer data)
{
  const LanyardSetupSetting bad[]
      = { { "desk", "name", "Other" }, { "screen", "idle", "5" }, { "hub", NULL, NULL } };
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_setup_go (fixture->setup, LANYARD_SETUP_SOUND));
  g_assert_false (
      lanyard_setup_take (fixture->setup, LANYARD_SETUP_FINISH, bad, G_N_ELEMENTS (bad), &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE);
  g_assert_cmpint (lanyard_setup_get_steps (fixture->setup)->at, ==, LANYARD_SETUP_SOUND);
  assert_config (fixture, CONFIG);
}

/* The file that everybody begins with is mostly comments. */
static void
test_comments (void)
{
  const LanyardSetupSetting settings[]
      = { { "scanner", "wedge-layout", "fr" },  { "scanner", "camera", NULL },
          { "scanner hand", "type", "serial" }, { "speech", "use", "false" },
          { "scanner hand", NULL, NULL },       { "printer", "uri", "file:/tmp" } };
  g_autofree char *sample
      = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "packaging", "lanyard.conf", NULL);
  g_autofree char *folder = g_dir_make_tmp ("lanyard-setup-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "lanyard.conf", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (LanyardSetupFile) file = NULL;
  const char *at;

  g_assert_true (g_file_get_contents (sample, &before, NULL, NULL));
  g_assert_true (g_file_set_contents (path, before, -1, NULL));
  file = lanyard_setup_file_open (path, NULL);
  g_assert_true (lanyard_setup_file_put (file, settings, G_N_ELEMENTS (settings), NULL));
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  lines = g_strsplit (before, "\n", -1);
  at = after;
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] == '#')
      {
        at = strstr (at, lines[i]);
        if (at == NULL)
          g_error ("“%s” is gone, or elsewhere", lines[i]);
      }
  g_assert_null (strstr (after, "[scanner hand]"));
  lanyard_pack_files_remove (folder);
}

/* Neither one whose set-up has not ended, nor one that has no key. */
static void
test_not_before (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lanyard-setup-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "lanyard.conf", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, CONFIG, -1, NULL));
  g_assert_null (lanyard_setup_open_again (path, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  lanyard_pack_files_remove (folder);
}

#define CASE(name, func) g_test_add ("/ui/setup-change/" name, Fixture, NULL, prepare, func, finish)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  CASE ("back", test_back);
  CASE ("one", test_one);
  CASE ("hub-stays", test_hub_stays);
  CASE ("no-join", test_no_join);
  CASE ("taken-back", test_taken_back);
  g_test_add_func ("/ui/setup-change/comments", test_comments);
  g_test_add_func ("/ui/setup-change/not-before", test_not_before);
  return g_test_run ();
}
