/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The step of the set-up that tries a hand scanner: what is in lanyard.conf afterwards is what the
 * scanner needs, whatever it is, and no key of a code does anything. */

#define G_LOG_DOMAIN "test-ui"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "lanyard-config.h"
#include "lanyard-error.h"
#include "lanyard-pack-files.h"
#include "lanyard-setup-trial.h"
#include "lanyard-setup-window.h"
#include "lanyard-style.h"
#include "screen-fixtures.h"

#define TEXT LANYARD_SETUP_TRIAL_TEXT
#define QUICK_US 2000
#define DEVICE "usb-Maker_Scanner_1-if00"

typedef struct
{
  char *folder;
  LanyardSetup *setup;
  LanyardSetupWindow *window;
  int line; /* our end of the scanner's; -1: none */
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

/* A line of a pseudo-terminal where those of USB scanners are. */
static void
plug_in (Fixture *fixture)
{
  g_autofree char *by_id = g_build_filename (fixture->folder, "dev", "serial", "by-id", NULL);
  g_autofree char *path = g_build_filename (by_id, DEVICE, NULL);

  fixture->line = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (fixture->line, >=, 0);
  g_assert_cmpint (grantpt (fixture->line), ==, 0);
  g_assert_cmpint (unlockpt (fixture->line), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (by_id, 0700), ==, 0);
  g_assert_cmpint (symlink (ptsname (fixture->line), path), ==, 0);
}

static void
prepare (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *devices = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("lanyard-setup-XXXXXX", NULL);
  fixture->line = -1;
  if (data != NULL)
    plug_in (fixture);
  path = g_build_filename (fixture->folder, "lanyard.conf", NULL);
  devices = g_build_filename (fixture->folder, "dev", NULL);
  g_assert_true (g_file_set_contents (path, "[desk]\nlanguage=en\n", -1, NULL));
  lanyard_style_install (gdk_display_get_default (), NULL, NULL);
  fixture->setup = lanyard_setup_open (path, NULL, join_nobody, &error);
  g_assert_no_error (error);
  lanyard_setup_set_device_folder (fixture->setup, devices);
  for (int i = 0; i < LANYARD_SETUP_SCANNER; i++)
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
  if (fixture->line >= 0)
    close (fixture->line);
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
wait_for (Fixture *fixture, const char *text)
{
  while (!test_shows_text (GTK_WIDGET (fixture->window), text))
    g_main_context_iteration (NULL, TRUE);
}

/* As a scanner types it. Returns: how many keys went on to somewhere else */
static guint
type (Fixture *fixture, const char *text)
{
  gint64 at_us = g_get_monotonic_time ();
  guint n_on = 0;

  for (const char *at = text; *at != '\0'; at++, at_us += QUICK_US)
    {
      LanyardWedgeKey key = { .character = (gunichar)*at };

      n_on += lanyard_setup_press (fixture->setup, &key, at_us) ? 0 : 1;
    }
  return n_on;
}

static void
assert_setting (Fixture *fixture, const char *group, const char *key, const char *expected)
{
  g_autofree char *value
      = lanyard_setup_file_get (lanyard_setup_get_file (fixture->setup), group, key);

  g_assert_cmpstr (value, ==, expected);
}

static void
test_wedge (Fixture *fixture, gconstpointer data)
{
  g_assert_false (gtk_widget_is_sensitive (find (fixture, "Continue")));
  g_assert_cmpuint (type (fixture, "~" TEXT "#\r~" TEXT "#\r"), ==, 0);
  wait_for (fixture, "It reads codes. This scanner is fine.");
  g_assert_true (test_shows_text (GTK_WIDGET (fixture->window), "It sends each code twice"));
  press (fixture, "Continue");
  assert_setting (fixture, "scanner", "wedge", "true");
  assert_setting (fixture, "scanner", "wedge-prefix", "~");
  assert_setting (fixture, "scanner", "wedge-suffix", "#");
  assert_setting (fixture, "scanner", "wedge-layout", NULL);
  g_assert_cmpint (lanyard_setup_get_steps (fixture->setup)->at, ==, LANYARD_SETUP_PRINTER);
}

/* An AZERTY scanner at a US desk; before it, a code that is none of this page. */
static void
test_layout (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (type (fixture, "https://example.org\r"), ==, 0);
  wait_for (fixture, "That was not a code of this page");
  g_assert_false (gtk_widget_is_sensitive (find (fixture, "Continue")));
  g_assert_cmpuint (type (fixture, "Ly.Qw6Az+;Y>)!*("), ==, 0);
  wait_for (fixture, "another keyboard than this computer (AZERTY)");
  press (fixture, "Continue");
  assert_setting (fixture, "scanner", "wedge-layout", "fr");
}

/* A code must not press what has the focus; a person may. */
static void
test_no_action (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (type (fixture, "\r"), ==, 1);
  g_assert_cmpuint (type (fixture, " "), ==, 1);
  g_assert_cmpuint (type (fixture, "x\r\t \x1b"), ==, 0);
}

static void
test_none (Fixture *fixture, gconstpointer data)
{
  press (fixture, "There is no hand scanner");
  press (fixture, "Continue");
  assert_setting (fixture, "scanner", "wedge", "false");
}

static void
test_serial (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = g_build_filename (fixture->folder, "dev", "serial", "by-id", DEVICE, NULL);
  const char sent[] = "]Q1" TEXT "\r";

  press (fixture, "Maker Scanner 1");
  wait_for (fixture, "Now scan one of these codes with “Maker Scanner 1”.");
  while (!test_shows_text (GTK_WIDGET (fixture->window), "This scanner is fine."))
    {
      /* what comes before the line is open is lost, as with a real one */
      g_assert_cmpint (write (fixture->line, sent, sizeof sent - 1), ==, sizeof sent - 1);
      for (gint64 until = g_get_monotonic_time () + G_USEC_PER_SEC / 5;
           g_get_monotonic_time () < until;)
        g_main_context_iteration (NULL, FALSE);
    }
  press (fixture, "Continue");
  assert_setting (fixture, "scanner hand", "type", "serial");
  assert_setting (fixture, "scanner hand", "device", path);
  assert_setting (fixture, "scanner hand", "aim", "true");
  assert_setting (fixture, "scanner", "wedge", NULL);
  /* somebody thinks better of it: nothing is left of the device */
  g_assert_true (lanyard_setup_go (fixture->setup, LANYARD_SETUP_SCANNER));
  press (fixture, "There is no hand scanner");
  press (fixture, "Continue");
  assert_setting (fixture, "scanner hand", "device", NULL);
}

#define CASE(name, data, func)                                                                     \
  g_test_add ("/ui/setup-scanner/" name, Fixture, data, prepare, func, finish)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  CASE ("wedge", NULL, test_wedge);
  CASE ("layout", NULL, test_layout);
  CASE ("no-action", NULL, test_no_action);
  CASE ("none", NULL, test_none);
  CASE ("serial", "device", test_serial);
  return g_test_run ();
}
