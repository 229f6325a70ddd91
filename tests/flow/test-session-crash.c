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

#define ISSUED "reserved printing reported issued"

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
  { "reissue", "before-reserved", PERSON_READY, ISSUED, 1 },
  { "reissue", "after-reserved", PERSON_READY, ISSUED " voided reserved unknown", 1 },
  { "reissue", "before-submit", PERSON_READY, ISSUED " voided reserved unknown", 1 },
  { "reissue", "after-submit", PERSON_READY, ISSUED " voided reserved unknown", 2 },
  { "portrait", "after-photo-kept", PERSON_READY, "", 0 },
  { "portrait", "before-photo-taken", PERSON_READY, "", 0 },
  { "portrait", "after-photo-taken", PERSON_READY, "", 0 },
  { "portrait", "before-reserved", PERSON_READY, "", 0 },
  { "portrait", "after-reserved", PERSON_READY, "reserved unknown", 0 },
  { "portrait", "after-submit", PERSON_READY, "reserved unknown", 1 },
  { "validate", "before-validated", PERSON_READY, "", 0 },
  { "validate", "after-validated", PERSON_READY, "validated", 0 },
};

/* One death over a day pass. */
typedef struct
{
  const char *scenario;
  const char *point;
  const char *pool;    /* what it has when the desk was started again */
  gboolean question;   /* whether staff are asked for a pass */
  const char *settled; /* and when they said that none came out */
} PassDeath;

static const PassDeath pass_deaths[] = {
  { "pass", "before-passes-loaded", "0 of 0, 0 out, 0 back", FALSE, NULL },
  { "pass", "after-passes-loaded", "2 of 2, 0 out, 0 back", FALSE, NULL },
  { "pass", "before-reserved", "2 of 2, 0 out, 0 back", FALSE, NULL },
  { "pass", "after-reserved", "1 of 2, 1 out, 0 back", TRUE, "2 of 2, 0 out, 0 back" },
  { "pass", "after-submit", "1 of 2, 1 out, 0 back", TRUE, "2 of 2, 0 out, 0 back" },
  { "pass", "after-printing", "1 of 2, 1 out, 0 back", TRUE, "2 of 2, 0 out, 0 back" },
  { "pass", "before-issued", "1 of 2, 1 out, 0 back", TRUE, "2 of 2, 0 out, 0 back" },
  { "pass", "after-issued", "1 of 2, 1 out, 0 back", FALSE, NULL },
  { "pass", "before-pass-returned", "1 of 2, 1 out, 0 back", FALSE, NULL },
  { "pass", "after-pass-returned", "1 of 2, 0 out, 1 back", FALSE, NULL },
  { "hand-out", "before-pass-handed", "2 of 2, 0 out, 0 back", FALSE, NULL },
  { "hand-out", "after-pass-handed", "1 of 2, 1 out, 0 back", FALSE, NULL },
};

/* Loads, prints, hands over, takes back. */
static void
act_pass (FlowFixture *fixture)
{
  g_autofree char *serial = NULL;
  g_autoptr (LanyardPickup) pickup = NULL;

  flow_sign_in (fixture);
  flow_act (fixture, LANYARD_ACT_OPEN_PASSES, NULL, NULL);
  flow_change_pool (fixture, LANYARD_ACT_LOAD_PASSES, "guest-day", 2, NULL);
  flow_give_pass (fixture, "guest-day", "A Visitor", "HBRW");
  serial = g_strdup (fake_printer_get_last (fixture->printer));
  fake_printer_say (fixture->printer, LANYARD_PRINT_SPOOLED);
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_scan_badge (fixture, serial);
  flow_press (fixture, LANYARD_INPUT_DONE);
  pickup = lanyard_journal_find_serial (fixture->journal, serial);
  flow_act (fixture, LANYARD_ACT_RETURN_PASS, pickup->accreditation, NULL);
}

static void
act_hand_out (FlowFixture *fixture)
{
  flow_sign_in (fixture);
  flow_act (fixture, LANYARD_ACT_OPEN_PASSES, NULL, NULL);
  flow_change_pool (fixture, LANYARD_ACT_LOAD_PASSES, "works", 2, "TW0001");
  flow_give_pass (fixture, "works", "TW0002", NULL);
}

static void
act_validate (FlowFixture *fixture)
{
  flow_rule_validation (fixture, LANYARD_SEAL_REQUIRED, FALSE);
  flow_sign_in (fixture);
  flow_scan_card (fixture, PERSON_READY, "PV-000007K", 1);
  flow_act (fixture, LANYARD_ACT_VALIDATE, "VS-000001", NULL);
}

/* Somebody who has no photo takes one. */
static void
act_portrait (FlowFixture *fixture)
{
  g_autoptr (GBytes) photo = flow_make_portrait (0);

  flow_rule_photo (fixture);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  lanyard_session_give_photo (fixture->session, fixture->view->question, photo);
}

/* The badge is issued unharmed; the death is that of the reissue. */
static void
reissue (FlowFixture *fixture)
{
  g_autofree char *point = g_strdup (g_getenv ("LANYARD_CRASH_AT"));
  g_autofree char *serial = NULL;
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_REISSUE);

  g_unsetenv ("LANYARD_CRASH_AT");
  serial = flow_walk_to_issued (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_sign_in (fixture);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_READY));
  action->number = g_strdup (flow_number (PERSON_READY));
  action->serial = g_strdup (serial);
  action->reason = LANYARD_VOID_DAMAGED;
  g_setenv ("LANYARD_CRASH_AT", point, TRUE);
  lanyard_session_act (fixture->session, action);
}

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
  else if (g_str_equal (scenario, "pass"))
    act_pass (&fixture);
  else if (g_str_equal (scenario, "hand-out"))
    act_hand_out (&fixture);
  else if (g_str_equal (scenario, "portrait"))
    act_portrait (&fixture);
  else if (g_str_equal (scenario, "validate"))
    act_validate (&fixture);
  else if (g_str_equal (scenario, "refuse"))
    flow_scan_invitation (&fixture, PERSON_CANCELLED);
  else if (g_str_equal (scenario, "refer"))
    flow_scan_invitation (&fixture, PERSON_PENDING);
  else if (g_str_equal (scenario, "reissue"))
    reissue (&fixture);
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

/* What was taken is not taken again: it is there, whole. */
static void
check_portrait (FlowFixture *fixture)
{
  g_autoptr (GBytes) taken = flow_make_portrait (0);
  g_autoptr (GBytes) photo
      = lanyard_directory_dup_taken (fixture->directory, flow_number (PERSON_READY));

  g_assert_nonnull (photo);
  g_assert_true (g_bytes_equal (photo, taken));
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
  if (g_str_equal (death->scenario, "portrait"))
    check_portrait (&fixture);
  settle (&fixture, death->kinds);
  flow_remove_folder (folder);
  flow_free (&fixture);
}

static void
test_pass_death (gconstpointer data)
{
  const PassDeath *death = data;
  const char *code = g_str_equal (death->scenario, "pass") ? "guest-day" : "works";
  g_autofree char *folder = g_dir_make_tmp ("lanyard-crash-XXXXXX", NULL);
  g_autofree char *pool = NULL;
  g_autofree char *settled = NULL;
  FlowFixture fixture = { 0 };

  run_child (folder, death->scenario, death->point);
  flow_make (&fixture, folder);
  flow_open (&fixture);
  pool = flow_describe_pool (&fixture, code);
  g_assert_cmpstr (pool, ==, death->pool);
  g_assert_cmpuint (lanyard_session_count_questions (fixture.session), ==, death->question);
  if (death->question)
    {
      g_autofree char *serial = g_strdup (fixture.view->serial);

      flow_sign_in (&fixture);
      lanyard_session_input (fixture.session, LANYARD_INPUT_NOT_OUT, 0, serial);
      settled = flow_describe_pool (&fixture, code);
      g_assert_cmpstr (settled, ==, death->settled);
    }
  g_assert_true (lanyard_journal_verify (fixture.journal, NULL, NULL));
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
  for (guint i = 0; i < G_N_ELEMENTS (pass_deaths); i++)
    {
      g_autofree char *path = g_strdup_printf ("/flow/session-crash/%s/%s", pass_deaths[i].scenario,
                                               pass_deaths[i].point);

      g_test_add_data_func (path, &pass_deaths[i], test_pass_death);
    }
  g_test_add_func ("/flow/session-crash/start/twice", test_death_at_start);
  g_test_add_func ("/flow/session-crash/no-death", test_no_death);
  g_test_add_func ("/flow/session-crash/not-in-programs", test_not_in_programs);
  return g_test_run ();
}
