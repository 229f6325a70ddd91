/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "lanyard-database.h"
#include "lanyard-error.h"
#include "lanyard-journal-private.h"
#include "lanyard-statement.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define TEST_SCHEMA(folder)                                                                        \
  {                                                                                                \
    .what = "test file", .application_id = 0x4c595431, .steps = "/lanyard/test/" folder,           \
    .precious = TRUE, .cache_kib = 1024                                                            \
  }

static const LanyardSchema one = TEST_SCHEMA ("one"), two = TEST_SCHEMA ("two"),
                           three = TEST_SCHEMA ("three"), broken = TEST_SCHEMA ("broken");
static const LanyardSchema *const steps[] = { &one, &two, &three };

static LanyardDatabase *
open_as (StoreFixture *fixture, const LanyardSchema *schema)
{
  g_autoptr (GError) error = NULL;
  LanyardDatabase *database = lanyard_database_open (fixture->journal_path, LANYARD_DATABASE_CREATE,
                                                     schema, NULL, &error);

  g_assert_no_error (error);
  return database;
}

static gint64
get_number (LanyardDatabase *database, const char *sql)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (database, sql);
  g_autoptr (GError) error = NULL;
  gboolean row;

  lanyard_statement_step (statement, &row, &error);
  g_assert_no_error (error);
  return row ? lanyard_statement_get_int (statement, 0) : -1;
}

static char *
get_text (LanyardDatabase *database, const char *sql)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (database, sql);
  gboolean row;

  g_assert_true (lanyard_statement_step (statement, &row, NULL) && row);
  return lanyard_statement_dup_text (statement, 0);
}

static void
assert_open_fails (StoreFixture *fixture, const LanyardSchema *schema, gint code)
{
  g_autoptr (GBytes) before = store_read_file (fixture->journal_path);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (
      lanyard_database_open (fixture->journal_path, LANYARD_DATABASE_CREATE, schema, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, LANYARD_ERROR, code);
  after = store_read_file (fixture->journal_path);
  g_assert_true (g_bytes_equal (before, after));
}

/* The settings that durability rests on are those in force. */
static void
test_settings (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDatabase) database = open_as (fixture, &one);
  g_autofree char *mode = get_text (database, "PRAGMA journal_mode");
  g_autofree char *locking = get_text (database, "PRAGMA locking_mode");
  g_autofree char *shared = g_strconcat (fixture->journal_path, "-shm", NULL);
  struct stat info;

  g_assert_cmpstr (mode, ==, "wal");
  g_assert_cmpstr (locking, ==, "exclusive");
  g_assert_cmpint (get_number (database, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (get_number (database, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (get_number (database, "PRAGMA trusted_schema"), ==, 0);
  g_assert_cmpint (get_number (database, "PRAGMA cell_size_check"), ==, 1);
  g_assert_cmpint (get_number (database, "PRAGMA application_id"), ==, one.application_id);
  g_assert_cmpint (stat (fixture->journal_path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  /* Shared memory would mean that SQLite reckons with a second connection. */
  g_assert_false (g_file_test (shared, G_FILE_TEST_EXISTS));
}

/* From no file, from an empty one, and from each step to the newest: what was there stays. */
static void
test_migration (StoreFixture *fixture, gconstpointer data)
{
  for (guint from = 0; from <= 3; from++)
    {
      g_autoptr (LanyardDatabase) database = NULL;
      g_autofree char *copy = g_strconcat (fixture->journal_path, ".before-003", NULL);

      unlink (fixture->journal_path);
      unlink (copy);
      if (from == 0)
        g_assert_true (g_file_set_contents (fixture->journal_path, "", 0, NULL));
      else
        {
          database = open_as (fixture, steps[from - 1]);
          g_assert_true (
              lanyard_database_exec (database, "INSERT INTO thing (name) VALUES ('old')", NULL));
          g_clear_pointer (&database, lanyard_database_close);
        }
      database = open_as (fixture, &three);
      g_assert_cmpint (get_number (database, "PRAGMA user_version"), ==, 3);
      g_assert_cmpint (get_number (database, "SELECT size FROM thing WHERE name = 'third'"), ==, 3);
      g_assert_cmpint (get_number (database, "SELECT size FROM thing WHERE name = 'old'"), ==,
                       from == 0 ? -1 : 7);
      g_assert_cmpint (g_file_test (copy, G_FILE_TEST_EXISTS), ==, from == 1 || from == 2);
    }
}

/* The copy made before a migration is whole, of the earlier step, and is itself not overwritten. */
static void
test_copy (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDatabase) database = open_as (fixture, &one);
  g_autofree char *copy = g_strconcat (fixture->journal_path, ".before-002", NULL);
  g_autofree char *second = g_strconcat (copy, "-1", NULL);

  lanyard_database_exec (database, "INSERT INTO thing (name) VALUES ('old')", NULL);
  g_clear_pointer (&database, lanyard_database_close);
  g_assert_true (g_file_set_contents (copy, "here before", -1, NULL));
  database = open_as (fixture, &two);
  g_clear_pointer (&database, lanyard_database_close);
  g_assert_cmpint (rename (second, fixture->journal_path), ==, 0);
  database = open_as (fixture, &one);
  g_assert_cmpint (get_number (database, "SELECT count(*) FROM thing WHERE name = 'old'"), ==, 1);
}

static void
test_broken_step (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDatabase) database = open_as (fixture, &one);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&database, lanyard_database_close);
  g_assert_null (lanyard_database_open (fixture->journal_path, 0, &broken, NULL, &error));
  g_assert_nonnull (strstr (error->message, "002-broken.sql"));
  database = open_as (fixture, &one);
  g_assert_cmpint (get_number (database, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (get_number (database, "SELECT count(*) FROM pragma_table_info('thing')"), ==, 2);
}

static void
test_newer (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDatabase) database = open_as (fixture, &three);

  g_clear_pointer (&database, lanyard_database_close);
  assert_open_fails (fixture, &one, LANYARD_ERROR_NEWER);
}

/* Also when the later version ended without closing, and what it wrote is still in the log. */
static void
test_newer_log (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->journal_path, "-wal", NULL);
  g_autoptr (LanyardDatabase) database = open_as (fixture, &three);
  g_autoptr (GBytes) before = NULL, after = NULL;

  lanyard_database_exec (database, "INSERT INTO thing (name) VALUES ('new')", NULL);
  lanyard_database_close_untouched (g_steal_pointer (&database));
  before = store_read_file (log);
  g_assert_cmpuint (g_bytes_get_size (before), >, 0);
  assert_open_fails (fixture, &one, LANYARD_ERROR_NEWER);
  after = store_read_file (log);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_foreign (StoreFixture *fixture, gconstpointer data)
{
  store_spoil (fixture->journal_path, "CREATE TABLE recipe (name TEXT); PRAGMA user_version = 1");
  assert_open_fails (fixture, &one, LANYARD_ERROR_CORRUPT);
}

static void
test_garbage (StoreFixture *fixture, gconstpointer data)
{
  static const char garbage[8192] = "This was a shopping list once.";

  g_assert_true (g_file_set_contents (fixture->journal_path, garbage, sizeof garbage, NULL));
  assert_open_fails (fixture, &one, LANYARD_ERROR_CORRUPT);
}

/* Without being told to make one, nothing is made: not over no file and not over an empty one. */
static void
test_absent (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *log = g_strconcat (fixture->journal_path, "-wal", NULL);

  g_assert_null (lanyard_journal_open (fixture->journal_path, 0, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (g_file_test (fixture->journal_path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_set_contents (fixture->journal_path, "", 0, NULL));
  g_assert_null (lanyard_journal_open (fixture->journal_path, 0, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* A log without its file is what is left of a journal, and no fresh start. */
  g_assert_true (g_file_set_contents (log, "left over", -1, NULL));
  g_assert_null (
      lanyard_journal_open (fixture->journal_path, LANYARD_JOURNAL_CREATE, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
}

/* A child holds the file; this process hears that, and neither waits nor harms it. */
static void
test_busy (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int ready[2], done[2], status;
  char byte = 0;
  pid_t child;

  g_assert_cmpint (pipe (ready), ==, 0);
  g_assert_cmpint (pipe (done), ==, 0);
  child = fork ();
  if (child == 0)
    {
      LanyardDatabase *database = open_as (fixture, &one);

      if (write (ready[1], &byte, 1) != 1 || read (done[0], &byte, 1) != 1)
        _exit (1);
      lanyard_database_close (database);
      _exit (0);
    }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_null (lanyard_database_open (fixture->journal_path, LANYARD_DATABASE_READ_ONLY, &one,
                                        NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_null (
      lanyard_database_open (fixture->journal_path, LANYARD_DATABASE_CREATE, &one, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_BUSY);
  g_assert_cmpint (write (done[1], &byte, 1), ==, 1);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  lanyard_database_close (open_as (fixture, &one));
}

/* Reading changes no byte, not even when the last user left a log. */
static void
test_read_only (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->journal_path, "-wal", NULL);
  g_autoptr (LanyardDatabase) database = open_as (fixture, &one);
  g_autoptr (GBytes) before = NULL, after = NULL, log_before = NULL, log_after = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_database_exec (database, "INSERT INTO thing (name) VALUES ('new')", NULL);
  lanyard_database_close_untouched (g_steal_pointer (&database));
  before = store_read_file (fixture->journal_path);
  log_before = store_read_file (log);

  database = lanyard_database_open (fixture->journal_path, LANYARD_DATABASE_READ_ONLY, &one, NULL,
                                    &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_number (database, "SELECT count(*) FROM thing"), ==, 1);
  g_assert_false (lanyard_database_begin (database, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  g_assert_false (lanyard_database_exec (database, "DELETE FROM thing", NULL));
  lanyard_database_close_untouched (g_steal_pointer (&database));
  after = store_read_file (fixture->journal_path);
  log_after = store_read_file (log);
  g_assert_true (g_bytes_equal (before, after));
  g_assert_true (g_bytes_equal (log_before, log_after));
}

/* A disk that fills up: nothing that was acknowledged goes, and with room the work goes on. */
static void
test_full_disk (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = NULL;
  g_autofree char *ballast = g_build_filename (fixture->folder, "ballast", NULL);
  g_autoptr (GError) error = NULL;
  guint64 n_records;
  LanyardStep step = { .kind = LANYARD_RECORD_STARTED };
  int fd;

  if (unshare (CLONE_NEWNS) != 0 || mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0
      || mount ("tmpfs", fixture->folder, "tmpfs", 0, "size=1m") != 0)
    {
      g_test_skip ("only root can mount a small disk");
      return;
    }
  fd = open (ballast, O_CREAT | O_WRONLY, 0600);
  g_assert_cmpint (posix_fallocate (fd, 0, 256 << 10), ==, 0);
  close (fd);
  journal = store_fixture_open_journal (fixture);
  while (lanyard_journal_commit (journal, &step, NULL, &error))
    ;
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_FULL);
  g_clear_error (&error);
  n_records = lanyard_journal_get_head_seq (journal);
  g_assert_cmpuint (n_records, >, 10);

  unlink (ballast);
  g_assert_true (lanyard_journal_commit (journal, &step, NULL, &error));
  g_assert_no_error (error);
  g_clear_pointer (&journal, lanyard_journal_close);
  journal = store_fixture_open_journal (fixture);
  g_assert_cmpuint (lanyard_journal_get_head_seq (journal), ==, n_records + 1);
  g_assert_true (lanyard_journal_verify (journal, NULL, &error));
  g_clear_pointer (&journal, lanyard_journal_close);
  umount (fixture->folder);
}

static gpointer
use_elsewhere (gpointer data)
{
  lanyard_database_exec (data, "SELECT 1", NULL);
  return NULL;
}

/* Another thread's use ends the program at once: invariant 1 is not left to luck. */
static void
test_thread (StoreFixture *fixture, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      LanyardDatabase *database = open_as (fixture, &one);

      g_thread_join (g_thread_new ("elsewhere", use_elsewhere, database));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*invariant*");
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/database/" name, StoreFixture, NULL, store_fixture_set_up, func,             \
              store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("settings", test_settings);
  ADD ("migration", test_migration);
  ADD ("copy", test_copy);
  ADD ("broken-step", test_broken_step);
  ADD ("newer", test_newer);
  ADD ("newer-log", test_newer_log);
  ADD ("foreign", test_foreign);
  ADD ("garbage", test_garbage);
  ADD ("absent", test_absent);
  ADD ("busy", test_busy);
  ADD ("read-only", test_read_only);
  ADD ("thread", test_thread);
  ADD ("full-disk", test_full_disk);
  return g_test_run ();
}
