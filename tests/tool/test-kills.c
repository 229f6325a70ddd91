/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Kills the real program at every step of a print and of a reissue, then the one that settles what
 * it left, and looks at the disk: no serial was sent twice, everything that came out is in the
 * journal, and when the questions are answered every serial is at an end. Every other desk has a
 * real IPP printer, which is killed too, with all that it knows of its jobs; what its machine was
 * given is counted there, and no badge may have been given twice.
 *
 * LANYARD_KILLS=1000 for a long run; LANYARD_KILL_SEED for another one of them.
 */

#include "tool-desk.h"

#include "lanyard-desk.h"
#include "lanyard-hash.h"
#include "lanyard-staff.h"
#include "loopback.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define DEFAULT_KILLS 24
#define KILLS_A_DESK 12
/* One round in so many takes the printer's process too. */
#define PRINTER_KILLS_IN 6
/* Where the machine of a printer is told what it prints. */
#define CAME "came"
#define PIN "246810"
#define LONGEST_MS 3000
#define SETTLE_S 60

static const char *const points[] = {
  "before-reserved", "after-reserved",  "before-submit",  "after-submit",   "before-printing",
  "after-printing",  "before-reported", "after-reported", "before-unknown", "after-unknown",
};
static const char *const settle_points[] = { "before-unknown", "after-unknown", "before-issued",
                                             "after-issued",   "before-voided", "after-voided" };

static char *program;
static char *self;

/* What became of all of them. */
typedef struct
{
  guint n_kills; /* children that died of it */
  guint n_printer_kills;
  guint n_ended; /* … that had ended before */
  guint n_reissues;
  guint n_serials; /* of the desk at hand */
  guint n_printed; /* of them by the machine of a real printer */
} Tally;

/* In the child that settles: staff sign in and answer by what lies in the tray. */
typedef struct
{
  LanyardDesk *desk;
  GMainLoop *loop;
  char *tray;
  gboolean signing_in;
  char *answered_serial;
} Settler;

static void
on_settle_view (LanyardView *view, gpointer data)
{
  Settler *settler = data;
  const LanyardPickup *oldest = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (!view->staff_signed_in)
    {
      if (!settler->signing_in)
        lanyard_desk_sign_in (settler->desk, PIN);
      settler->signing_in = TRUE;
      return;
    }
  if (view->page != LANYARD_PAGE_ATTENTION && view->page != LANYARD_PAGE_STAFF)
    {
      lanyard_desk_input (settler->desk, LANYARD_INPUT_DONE, view->question, NULL);
      return;
    }
  if (view->questions == NULL || view->questions->len == 0)
    {
      g_main_loop_quit (settler->loop);
      return;
    }
  oldest = g_ptr_array_index (view->questions, 0);
  if (g_strcmp0 (settler->answered_serial, oldest->serial) == 0)
    return;
  g_free (settler->answered_serial);
  settler->answered_serial = g_strdup (oldest->serial);
  name = g_strconcat (oldest->serial, ".pdf", NULL);
  path = g_build_filename (settler->tray, name, NULL);
  lanyard_desk_input (settler->desk,
                      g_file_test (path, G_FILE_TEST_EXISTS) ? LANYARD_INPUT_CAME_OUT
                                                             : LANYARD_INPUT_NOT_OUT,
                      0, oldest->serial);
}

static void
on_settle_status (const LanyardDeskStatus *status, gpointer data)
{
}

static gboolean
on_settle_limit (gpointer data)
{
  g_error ("the questions were not answered in time");
  return G_SOURCE_REMOVE;
}

static int
settle (const char *config_path, const char *tray)
{
  g_autoptr (GError) error = NULL;
  LanyardConfig *config = lanyard_config_load (config_path, &error);
  g_autoptr (LanyardDesk) desk = NULL;
  Settler settler = { .tray = (char *)tray };

  g_assert_no_error (error);
  desk = lanyard_desk_open (config, NULL, &error);
  g_assert_no_error (error);
  settler.desk = desk;
  settler.loop = g_main_loop_new (NULL, FALSE);
  g_timeout_add_seconds (SETTLE_S, on_settle_limit, NULL);
  lanyard_desk_listen (desk, on_settle_view, on_settle_status, &settler);
  g_main_loop_run (settler.loop);
  g_main_loop_unref (settler.loop);
  g_free (settler.answered_serial);
  return 0;
}

static gboolean
on_kill (gpointer data)
{
  g_subprocess_send_signal (data, SIGKILL);
  return G_SOURCE_REMOVE;
}

static gboolean
on_kill_printer (gpointer data)
{
  loopback_kill (data);
  return G_SOURCE_REMOVE;
}

static void
on_ended (GObject *process, GAsyncResult *result, gpointer data)
{
  g_subprocess_wait_finish (G_SUBPROCESS (process), result, NULL);
  g_main_loop_quit (data);
}

/* Runs a child that dies at @point, or after @ms, or not at all. Returns: whether it died */
static gboolean
run_child (const char *const *argv, const char *log, const char *point, guint ms)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                   | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  guint kill_id = 0;

  g_subprocess_launcher_setenv (launcher, "LANYARD_CRASH_AT", point != NULL ? point : "", TRUE);
  g_subprocess_launcher_setenv (launcher, "LANYARD_CRASH_LOG", log, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (process), PIN "\n", strlen (PIN) + 1,
                             NULL, NULL, NULL);
  g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
  if (ms > 0)
    kill_id = g_timeout_add (ms, on_kill, process);
  g_subprocess_wait_async (process, NULL, on_ended, loop);
  g_main_loop_run (loop);
  if (kill_id != 0 && g_main_context_find_source_by_id (NULL, kill_id) != NULL)
    g_source_remove (kill_id);
  return g_subprocess_get_if_signaled (process);
}

static gboolean
on_record (const LanyardRecord *record, gpointer data)
{
  GHashTable *reserved = data;

  if (record->kind == LANYARD_RECORD_RESERVED)
    g_assert_true (g_hash_table_add (reserved, g_strdup (record->serial)));
  return TRUE;
}

/* No serial was sent twice, and none that was not on the disk before. Returns: how many were sent
 */
static guint
check_sent (const char *log, GHashTable *reserved)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GHashTable) sent = g_hash_table_new (g_str_hash, g_str_equal);

  if (!g_file_get_contents (log, &text, NULL, NULL))
    return 0;
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_assert_true (g_hash_table_contains (reserved, lines[i]));
      g_assert_true (g_hash_table_add (sent, lines[i]));
    }
  return g_hash_table_size (sent);
}

/* The printer's machine was given nothing twice, and nothing that was not on the disk before.
 * Returns: how many badges it was given */
static guint
check_printed (const Loopback *loopback, GHashTable *reserved)
{
  g_autofree char *path = g_build_filename (loopback->dir, CAME, NULL);

  return check_sent (path, reserved);
}

/* What came out is known, and is good or void. Returns: how many badges are good */
static guint
check_tray (LanyardJournal *journal, const char *tray)
{
  g_autoptr (GDir) dir = g_dir_open (tray, 0, NULL);
  const char *name;
  guint n_good = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *serial = NULL;
      g_autoptr (LanyardPickup) pickup = NULL;

      if (!g_str_has_suffix (name, ".pdf"))
        continue;
      serial = g_strndup (name, strlen (name) - strlen (".pdf"));
      pickup = lanyard_journal_find_serial (journal, serial);
      g_assert_nonnull (pickup);
      g_assert_true (lanyard_pickup_state_is_terminal (pickup->state));
      n_good += pickup->state == LANYARD_PICKUP_ISSUED;
    }
  return n_good;
}

/* Returns: whether the person has a badge now */
static gboolean
check_desk (const ToolDesk *desk, const Loopback *loopback, const char *log, Tally *tally)
{
  g_autofree char *path = g_build_filename (desk->state_dir, "journal.db", NULL);
  g_autoptr (GHashTable) reserved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardJournal) journal = lanyard_journal_open (path, 0, NULL, &error);
  g_autoptr (GPtrArray) open = NULL;
  guint n_good;

  g_assert_no_error (error);
  lanyard_journal_verify (journal, NULL, &error);
  g_assert_no_error (error);
  lanyard_journal_foreach (journal, on_record, reserved, &error);
  g_assert_no_error (error);
  open = lanyard_journal_list_open_pickups (journal);
  g_assert_cmpuint (open->len, ==, 0);
  check_sent (log, reserved);
  if (loopback != NULL)
    tally->n_printed = check_printed (loopback, reserved);
  n_good = check_tray (journal, desk->tray);
  g_assert_cmpuint (n_good, <=, 1);
  tally->n_serials = g_hash_table_size (reserved);
  return n_good == 1;
}

/* One print or reissue that is killed, and settling, which is killed too and then left alone. */
static gboolean
play_round (const ToolDesk *desk,
            Loopback *loopback,
            const char *log,
            gboolean has_badge,
            GRand *rand,
            Tally *tally)
{
  const char *const issue[]
      = { program, "pickup", "--config", desk->config, "--image", desk->invited, NULL };
  const char *const reissue[] = { program,       "pickup",    "--config", desk->config, "--image",
                                  desk->invited, "--reissue", "damaged",  NULL };
  const char *const settling[] = { self, "--settle", desk->config, desk->tray, NULL };
  gboolean printer_too = loopback != NULL && g_rand_int_range (rand, 0, PRINTER_KILLS_IN) == 0;
  gboolean by_point = !printer_too && g_rand_boolean (rand);
  const char *point = points[g_rand_int_range (rand, 0, G_N_ELEMENTS (points))];
  const char *later = settle_points[g_rand_int_range (rand, 0, G_N_ELEMENTS (settle_points))];
  guint ms = (guint)g_rand_int_range (rand, 1, LONGEST_MS);
  guint printer_id = printer_too ? g_timeout_add ((guint)g_rand_int_range (rand, 0, (gint)ms),
                                                  on_kill_printer, loopback)
                                 : 0;
  gboolean died
      = run_child (has_badge ? reissue : issue, log, by_point ? point : NULL, by_point ? 0 : ms);

  if (printer_too)
    {
      if (g_main_context_find_source_by_id (NULL, printer_id) != NULL)
        {
          g_source_remove (printer_id);
          loopback_kill (loopback);
        }
      g_assert_true (loopback_start_again (loopback));
      tally->n_printer_kills++;
    }
  tally->n_kills += died;
  tally->n_ended += !died;
  tally->n_reissues += has_badge;
  if (g_rand_boolean (rand))
    tally->n_kills += run_child (settling, log, later, 0);
  g_assert_false (run_child (settling, log, NULL, 0));
  return check_desk (desk, loopback, log, tally);
}

/* Returns: (transfer full) (nullable): a printer that notes what its machine is given; NULL when
 * this machine cannot run one */
static Loopback *
make_printer (ToolDesk *desk)
{
  Loopback *loopback = loopback_new ("application/pdf", NULL);
  g_autofree char *words = NULL;

  if (loopback == NULL)
    return NULL;
  words = g_strdup_printf ("echo \"$IPP_JOB_NAME\" >> '%s/" CAME "'; sleep 0.1", loopback->dir);
  loopback_behave (loopback, words);
  tool_desk_set_printer (desk, loopback->uri, loopback->tray);
  return loopback;
}

static guint
count_rounds (void)
{
  const char *words = g_getenv ("LANYARD_KILLS");

  return words != NULL ? (guint)g_ascii_strtoull (words, NULL, 10) : DEFAULT_KILLS;
}

static void
test_kills (void)
{
  const char *seed = g_getenv ("LANYARD_KILL_SEED");
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed != NULL ? (guint32)atoi (seed) : 4);
  guint n = count_rounds ();
  guint n_serials = 0, n_printed = 0;
  gboolean has_printer = FALSE;
  Tally tally = { 0 };
  gint64 began_us = g_get_monotonic_time ();

  for (guint done = 0; done < n;)
    {
      g_auto (ToolDesk) desk = { 0 };
      g_autofree char *name = g_strdup_printf ("kills-%u", done);
      g_autofree char *log = NULL;
      g_autoptr (Loopback) loopback = NULL;
      gboolean has_badge = FALSE;
      g_autoptr (GError) error = NULL;

      tool_desk_init (&desk, name);
      log = g_build_filename (desk.state_dir, "sent.log", NULL);
      lanyard_staff_set_pin (desk.state_dir, PIN, &error);
      g_assert_no_error (error);
      if (done / KILLS_A_DESK % 2 == 1)
        loopback = make_printer (&desk);
      for (guint i = 0; i < KILLS_A_DESK && done < n; i++, done++)
        has_badge = play_round (&desk, loopback, log, has_badge, rand, &tally);
      n_serials += tally.n_serials;
      n_printed += loopback != NULL ? tally.n_printed : 0;
      has_printer = has_printer || loopback != NULL;
    }
  g_test_message ("%u rounds, %u kills, %u of printers, %u ended first, %u reissues, %u serials, "
                  "%.1f s",
                  n, tally.n_kills, tally.n_printer_kills, tally.n_ended, tally.n_reissues,
                  n_serials, (double)(g_get_monotonic_time () - began_us) / G_USEC_PER_SEC);
  g_assert_cmpuint (tally.n_kills, >, n / 4);
  g_assert_cmpuint (tally.n_reissues, >, 0);
  g_test_message ("%u badges were given to the machine of a real printer", n_printed);
  g_assert_true (!has_printer || n_printed > 0);
}

int
main (int argc, char **argv)
{
  struct rlimit none = { 0, 0 };

  lanyard_hash_init ();
  if (argc == 4 && g_str_equal (argv[1], "--settle"))
    return settle (argv[2], argv[3]);
  setrlimit (RLIMIT_CORE, &none);
  self = argv[0];
  program = argc > 1 ? argv[1] : NULL;
  tool_run_init (&argc, &argv);
  g_test_add_func ("/tool/kills", test_kills);
  return tool_run_tests ();
}
