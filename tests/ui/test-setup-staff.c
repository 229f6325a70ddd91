/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The step of the set-up that gives the first supervisor a PIN: by the keys of the screen, in the
 * same file as the command does, and never over one that is there. */

#define G_LOG_DOMAIN "test-ui"

#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-pack-files.h"
#include "lanyard-setup-window.h"
#include "lanyard-staff.h"
#include "lanyard-style.h"
#include "screen-fixtures.h"

typedef struct
{
  char *folder;
  char *state;
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
  fixture->folder = g_dir_make_tmp ("lanyard-setup-XXXXXX", NULL);
  fixture->state = g_build_filename (fixture->folder, "state", NULL);
  g_assert_cmpint (g_mkdir (fixture->state, 0700), ==, 0);
}

/* At the step, on the screen. */
static void
open_step (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "lanyard.conf", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "[desk]\nlanguage=en\n", -1, NULL));
  lanyard_style_install (gdk_display_get_default (), NULL, NULL);
  fixture->setup = lanyard_setup_open (path, NULL, join_nobody, &error);
  g_assert_no_error (error);
  for (int i = 0; i < LANYARD_SETUP_STAFF; i++)
    g_assert_true (lanyard_setup_take (fixture->setup, LANYARD_SETUP_SKIP, NULL, 0, NULL));
  fixture->window = lanyard_setup_window_new (NULL, fixture->setup);
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
  test_settle (GTK_WIDGET (fixture->window));
}

static void
finish (Fixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->setup);
  lanyard_pack_files_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->state);
}

static void
press (Fixture *fixture, const char *text)
{
  GtkWidget *button = test_find_button (GTK_WIDGET (fixture->window), text);

  if (button == NULL || !gtk_widget_is_sensitive (button))
    g_error ("no button “%s”", text);
  g_signal_emit_by_name (button, "clicked");
}

/* By the keys of the screen, and on to the next part. */
static void
type (Fixture *fixture, const char *digits)
{
  for (const char *at = digits; *at != '\0'; at++)
    {
      const char key[] = { *at, '\0' };

      press (fixture, key);
    }
  press (fixture, "Next");
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return test_shows_text (GTK_WIDGET (fixture->window), text);
}

static void
wait_for (Fixture *fixture, const char *text)
{
  while (!shows (fixture, text))
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
may_continue (Fixture *fixture)
{
  return gtk_widget_is_sensitive (test_find_button (GTK_WIDGET (fixture->window), "Continue"));
}

static void
assert_member (Fixture *fixture, const char *number, LanyardStaffRole role, const char *pin)
{
  g_autofree char *path = g_build_filename (fixture->state, "journal.db", NULL);
  g_autoptr (LanyardJournal) journal
      = lanyard_journal_open (path, LANYARD_JOURNAL_CREATE, NULL, NULL);
  g_autoptr (LanyardStaffMember) member = NULL;
  g_autoptr (GError) error = NULL;
  gint64 locked_us;

  g_assert_cmpint (lanyard_staff_check (fixture->state, journal, number, pin, &member, &locked_us,
                                        &error),
                   ==, LANYARD_STAFF_WELCOME);
  g_assert_no_error (error);
  g_assert_cmpint (member->role, ==, role);
}

/* What differs, is too short or is taken is said; what is kept is what signs in. */
static void
test_first (Fixture *fixture, gconstpointer data)
{
  open_step (fixture);
  g_assert_false (may_continue (fixture));
  type (fixture, "");
  g_assert_true (shows (fixture, "A staff number has one to eight digits."));
  type (fixture, "27");
  type (fixture, "246");
  g_assert_true (shows (fixture, "A PIN has four to twelve digits."));
  type (fixture, "24680");
  type (fixture, "24681");
  g_assert_true (shows (fixture, "The two PINs differ. Type the PIN again."));
  g_assert_false (may_continue (fixture));
  type (fixture, "13579");
  type (fixture, "13579");
  wait_for (fixture, "Staff can sign in at this desk.");
  g_assert_true (may_continue (fixture));
  assert_member (fixture, "27", LANYARD_STAFF_ROLE_SUPERVISOR, "13579");

  press (fixture, "Add a member of staff");
  type (fixture, "27");
  type (fixture, "1111");
  type (fixture, "1111");
  g_assert_true (shows (fixture, "Somebody has this number. Choose another one."));
  type (fixture, "5");
  type (fixture, "1111");
  type (fixture, "1111");
  wait_for (fixture, "Supervisor: number 27\nStaff: number 5");
  assert_member (fixture, "5", LANYARD_STAFF_ROLE_STAFF, "1111");
  assert_member (fixture, "27", LANYARD_STAFF_ROLE_SUPERVISOR, "13579");
}

/* The desk lost everything but its staff: nobody joins them. */
static void
test_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (
      lanyard_staff_put (fixture->state, "3", LANYARD_STAFF_ROLE_SUPERVISOR, "2468", &error));
  open_step (fixture);
  g_assert_true (shows (fixture, "This desk knows its staff already. They stay as they are."));
  g_assert_true (may_continue (fixture));
  g_assert_null (test_find_button (GTK_WIDGET (fixture->window), "Next"));
  g_assert_null (test_find_button (GTK_WIDGET (fixture->window), "Add a supervisor"));
  press (fixture, "Continue");
  g_assert_cmpint (lanyard_setup_get_steps (fixture->setup)->states[LANYARD_SETUP_STAFF], ==,
                   LANYARD_SETUP_DONE);
}

/* A file that is none: it stays, byte for byte, and the page says so. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->state, "staff.pin", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (path, "not a verifier", -1, NULL));
  open_step (fixture);
  g_assert_true (shows (fixture, "That did not work."));
  g_assert_false (may_continue (fixture));
  g_assert_null (test_find_button (GTK_WIDGET (fixture->window), "Next"));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "not a verifier");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add ("/ui/setup-staff/first", Fixture, NULL, prepare, test_first, finish);
  g_test_add ("/ui/setup-staff/there", Fixture, NULL, prepare, test_there, finish);
  g_test_add ("/ui/setup-staff/damaged", Fixture, NULL, prepare, test_damaged, finish);
  return g_test_run ();
}
