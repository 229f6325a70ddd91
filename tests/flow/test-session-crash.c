/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Dies right before and right after every durable step of a pickup, in a child process, and looks
 * at what is left. If this fails, a power cut loses a badge, doubles one, or makes the desk guess.
 */

#include "flow-fixture.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static const char *program;

/* One death. */
typedef struct
{
  const char *scenario; /* what the child does */
  const char *point;    /* where it dies */
  Person person;
  const char *kinds; /* the person's records after the desk was started again */
  guint n_printed;   /* jobs that ever came to the printer */
} Death;

static const Death deaths[] = {
  { "issue", "before-reserved", PERSON_READY, "", 0 },
  { "issue", "after-reserved", PERSON_READY, "reserved unknown", 0 },
  { "issue", "before-submit", PERSON_READY, "reserved unknown", 0 },
  { "issue", "after-submit", PERSON_READY, "reserved unknown", 1 },
  { "issue", "before-printing", PERSON_READY, "reserved unknown", 1 },
  { "issue", "after-printing", PERSON_READY, "reserved printing unknown", 1 },
  { "issue", "before-reported", PERSON_READY, "reserved printing unknown", 1 },
  { "issue", "after-reported", PERSON_READY, "reserved printing reported unknown", 1 },
  { "issue", "before-issued", PERSON_READY, "reserved printing reported unknown", 1 },
  { "issue", "after-issued", PERSON_READY, "reserved printing reported issued", 1 },
  { "fail", "before-voided", PERSON_READY, "reserved unknown", 1 },
  { "fail", "after-voided", PERSON_READY, "reserved voided", 1 },
  { "lose", "before-unknown", PERSON_READY, "reserved printing unknown", 1 },
  { "lose", "after-unknown", PERSON_READY, "reserved printing unknown", 1 },
  { "refuse", "before-refused", PERSON_CANCELLED, "", 0 },
  { "refuse", "after-refused", PERSON_CANCELLED, "refused", 0 },
  { "refer", "before-referred", PERSON_PENDING, "", 0 },
  { "refer", "after-referred", PERSON_PENDING, "referred", 0 },
};

/* In the child. */
static int
act (const char *folder, const char *scenario)
{
  static FlowFixture fixture;
  g_autofree char *serial = NULL;

  flow_make (&fixture, folder);
  flow_open (&fixture);
  if (g_str_equal (scenario, "issue"))
    serial = flow_walk_to_issued (&fixture, PERSON_READY);
  else if (g_str_equal (scenario, "fail") || g_str_equal (scenario, "lose"))
    {
      serial = flow_walk_to_reserved (&fixture, PERSON_READY);
      if (g_str_equal (scenario, "lose"))
        fake_printer_say (fixture.printer, LANYARD_PRINT_SPOOLED);
      fake_printer_say (fixture.printer,
                        g_str_equal (scenario, "lose") ? LANYARD_PRINT_LOST : LANYARD_PRINT_FAILED);
    }
  else if (g_str_equal (scenario, "refuse"))
    flow_scan_invitation (&fixture, PERSON_CANCELLED);
  else if (g_str_equal (scenario, "refer"))
    flow_scan_invitation (&fixture, PERSON_PENDING);
  else
    g_assert_cmpstr (scenario, ==, "start");
  flow_free (&fixture);
  return 0;
}

/* Runs a child, which must die at @point; with no point it must live. */
static void
run_child (const char *folder, const char *scenario, const char *point)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) environment = g_get_environ ();
  const char *argv[] = { program, "--act", folder, scenario, NULL };
  int status;

  environment
      = g_environ_setenv (environment, "LANYARD_CRASH_AT", point != NULL ? point : "", TRUE);
  g_spawn_sync (NULL, (char **)argv, environment,
                G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  if (point == NULL)
    g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  else
    g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGABRT);
}

static guint
count_printed (FlowFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "printer.log", NULL);
  g_autofree char *log = NULL;
  guint n = 0;

  if (!g_file_get_contents (path, &log, NULL, NULL))
    return 0;
  for (const char *c = log; *c != '\0'; c++)
    n += *c == '\n';
  return n;
}

/* The desk has started again: what must be so. */
static void
check_after (FlowFixture *fixture, Person person, const char *expected, guint n_printed)
{
  g_autofree char *kinds = flow_kinds_of (fixture, flow_number (person));
  gboolean question = g_str_has_suffix (expected, "unknown");

  g_assert_cmpstr (kinds, ==, expected);
  g_assert_cmpuint (count_printed (fixture), ==, n_printed);
  g_assert_cmpuint (lanyard_session_count_questions (fixture->session), ==, question ? 1 : 0);
  flow_assert_page (fixture, question ? "attention" : "welcome");
  g_assert_null (fixture->view->entry);
  /* The printer is asked, and is not given anything. */
  g_assert_cmpuint (fixture->printer->asked->len, ==, question ? 1 : 0);
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 0);
  flow_check_journal (fixture);
}

/* Whatever the printer says now, the question stays; then somebody answers and all goes on. */
static void
settle (FlowFixture *fixture, const char *expected)
{
  g_autofree char *serial = g_strdup (fixture->view->serial);
  g_autofree char *kinds = NULL;
  g_autofree char *wanted = NULL;

  if (serial != NULL)
    {
      fake_printer_report (fixture->printer, serial, LANYARD_PRINT_COMPLETED, 0);
      flow_assert_page (fixture, "attention");
      g_assert_cmpint (fixture->view->print, ==, LANYARD_PRINT_COMPLETED);
      fake_printer_report (fixture->printer, serial, LANYARD_PRINT_FAILED, 0);
      flow_wait (fixture, 7200);
      flow_assert_page (fixture, "attention");
      flow_scan_badge (fixture, serial);
      flow_assert_page (fixture, "done");
      kinds = flow_kinds_of (fixture, flow_number (PERSON_READY));
      wanted = g_strconcat (expected, " issued", NULL);
      g_assert_cmpstr (kinds, ==, wanted);
    }
  g_free (flow_walk_to_issued (fixture, PERSON_OTHER));
  flow_check_journal (fixture);
}

static void
test_death (gconstpointer data)
{
  const Death *death = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("lanyard-crash-XXXXXX", &error);
  FlowFixture fixture = { 0 };

  run_child (folder, death->scenario, death->point);
  flow_make (&fixture, folder);
  flow_open (&fixture);
  check_after (&fixture, death->person, death->kinds, death->n_printed);
  settle (&fixture, death->kinds);
  flow_remove_folder (folder);
  flow_free (&fixture);
}

/* It dies while it makes the question, and again: there is one question and one record of it. */
static void
test_death_at_start (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lanyard-crash-XXXXXX", NULL);
  FlowFixture fixture = { 0 };

  run_child (folder, "issue", "after-printing");
  run_child (folder, "start", "before-unknown");
  run_child (folder, "start", "after-unknown");
  run_child (folder, "start", NULL);
  flow_make (&fixture, folder);
  flow_open (&fixture);
  check_after (&fixture, PERSON_READY, "reserved printing unknown", 1);
  settle (&fixture, "reserved printing unknown");
  flow_remove_folder (folder);
  flow_free (&fixture);
}

/* Without a place to die in, the child lives: the places are what killed it above. */
static void
test_no_death (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lanyard-crash-XXXXXX", NULL);

  run_child (folder, "issue", NULL);
  flow_remove_folder (folder);
}

static guint
count_objects_with (const char *folder, const char *word)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("LANYARD_BUILD_ROOT"), "app/flow", folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *object = g_build_filename (path, name, NULL);
      g_autofree char *content = NULL;
      gsize n_bytes;

      if (g_str_has_suffix (name, ".o") && g_file_get_contents (object, &content, &n_bytes, NULL))
        n += memmem (content, n_bytes, word, strlen (word)) != NULL;
    }
  return n;
}

/* Nobody can make a kiosk in a venue die by its environment. */
static void
test_not_in_programs (void)
{
  g_assert_cmpuint (count_objects_with ("liblanyard-flow.a.p", "LANYARD_CRASH_AT"), ==, 0);
  g_assert_cmpuint (count_objects_with ("liblanyard-flow-crash.a.p", "LANYARD_CRASH_AT"), >, 0);
}

int
main (int argc, char **argv)
{
  struct rlimit none = { 0, 0 };

  if (argc == 4 && g_str_equal (argv[1], "--act"))
    return act (argv[2], argv[3]);

  setrlimit (RLIMIT_CORE, &none);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (deaths); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/flow/session-crash/%s/%s", deaths[i].scenario, deaths[i].point);

      g_test_add_data_func (path, &deaths[i], test_death);
    }
  g_test_add_func ("/flow/session-crash/start/twice", test_death_at_start);
  g_test_add_func ("/flow/session-crash/no-death", test_no_death);
  g_test_add_func ("/flow/session-crash/not-in-programs", test_not_in_programs);
  return g_test_run ();
}
