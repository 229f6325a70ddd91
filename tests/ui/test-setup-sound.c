/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The step of the set-up at which the desk speaks: with the volume that is written afterwards, and
 * silent again when it is over. */

#define G_LOG_DOMAIN "test-ui"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-pack-files.h"
#include "lanyard-setup-window.h"
#include "lanyard-style.h"
#include "screen-fixtures.h"
#include "ssip-listener.h"

typedef struct
{
  char *folder;
  SsipListener *daemon;
  LanyardSetup *setup;
  LanyardSetupWindow *window;
} Fixture;

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
prepare (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("lanyard-setup-XXXXXX", NULL);
  fixture->daemon = ssip_listener_new ();
  ssip_listener_start (fixture->daemon);
  path = g_build_filename (fixture->folder, "lanyard.conf", NULL);
  g_assert_true (g_file_set_contents (path, data, -1, NULL));
  lanyard_style_install (gdk_display_get_default (), NULL, NULL);
  fixture->setup = lanyard_setup_open (path, NULL, join_nobody, &error);
  g_assert_no_error (error);
  for (int i = 0; i < LANYARD_SETUP_SOUND; i++)
    g_assert_true (lanyard_setup_take (fixture->setup, LANYARD_SETUP_SKIP, NULL, 0, NULL));
  fixture->window = lanyard_setup_window_new (NULL, fixture->setup);
  gtk_window_present (GTK_WINDOW (fixture->window));
  test_settle (GTK_WIDGET (fixture->window));
}

static void
finish (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->setup);
  ssip_listener_free (fixture->daemon);
  lanyard_pack_files_remove (fixture->folder);
  g_free (fixture->folder);
}

static GtkWidget *
find (Fixture *fixture, const char *text)
{
  GtkWidget *button = test_find_button (GTK_WIDGET (fixture->window), text);

  if (button == NULL)
    g_error ("no button “%s”", text);
  return button;
}

static void
press (Fixture *fixture, const char *text)
{
  g_assert_true (gtk_widget_is_sensitive (find (fixture, text)));
  g_signal_emit_by_name (find (fixture, text), "clicked");
}

static void
assert_setting (Fixture *fixture, const char *key, const char *expected)
{
  g_autofree char *value
      = lanyard_setup_file_get (lanyard_setup_get_file (fixture->setup), "speech", key);

  g_assert_cmpstr (value, ==, expected);
}

/* Nothing is said before it is asked for; then as loud as it is written. */
static void
test_louder (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (ssip_listener_get_n_opened (fixture->daemon), ==, 0);
  g_assert_false (gtk_widget_is_sensitive (find (fixture, "Continue")));
  press (fixture, "Let it speak");
  ssip_listener_wait (fixture->daemon, "say Can you hear this voice?");
  g_assert_nonnull (strstr (ssip_listener_get (fixture->daemon), "volume 50"));
  ssip_listener_forget (fixture->daemon);
  press (fixture, "Louder");
  ssip_listener_wait (fixture->daemon, "say Can you hear this voice?");
  g_assert_nonnull (strstr (ssip_listener_get (fixture->daemon), "volume 75"));
  ssip_listener_forget (fixture->daemon);
  press (fixture, "Louder");
  ssip_listener_wait (fixture->daemon, "volume 100");
  g_assert_false (gtk_widget_is_sensitive (find (fixture, "Louder")));
  press (fixture, "Softer");
  press (fixture, "Yes, I hear it");
  press (fixture, "Continue");
  assert_setting (fixture, "use", "true");
  assert_setting (fixture, "volume", "75");
}

/* "No" keeps the volume that is there, for whoever thinks better of it. */
static void
test_none (Fixture *fixture, gconstpointer data)
{
  press (fixture, "No sound at this desk");
  press (fixture, "Continue");
  assert_setting (fixture, "use", "false");
  assert_setting (fixture, "volume", "-25");
  g_assert_cmpuint (ssip_listener_get_n_opened (fixture->daemon), ==, 0);
}

#define CASE(name, text, func)                                                                     \
  g_test_add ("/ui/setup-sound/" name, Fixture, text, prepare, func, finish)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  CASE ("louder", "[desk]\nlanguage=en\n", test_louder);
  CASE ("none", "[desk]\nlanguage=en\n[speech]\nvolume=-25\n", test_none);
  return g_test_run ();
}
