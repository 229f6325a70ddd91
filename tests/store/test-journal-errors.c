/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The journal on a disk that fails, or is full, at every single call, and with every single
 * allocation of SQLite failing: what was acknowledged is there afterwards, and what was not is
 * there whole or not at all.
 */

#include "store-fixture.h"

#include "crash-vfs.h"
#include "lanyard-error.h"
#include "lanyard-journal-private.h"

#include <sqlite3.h>

#define N_STEPS 6
#define MAX_CALLS 5000

/* The n-th allocation from now on fails; and all after it when it goes on. */
static struct
{
  sqlite3_mem_methods real;
  guint64 n;
  guint64 fail_at;
  gboolean fails_on;
} the_memory;

static gboolean
is_to_fail (void)
{
  guint64 n = the_memory.n++;

  return n == the_memory.fail_at || (the_memory.fails_on && n > the_memory.fail_at);
}

static void *
memory_malloc (int n_bytes)
{
  return is_to_fail () ? NULL : the_memory.real.xMalloc (n_bytes);
}

static void *
memory_realloc (void *before, int n_bytes)
{
  return is_to_fail () ? NULL : the_memory.real.xRealloc (before, n_bytes);
}

static void
fail_memory_at (guint64 at, gboolean fails_on)
{
  the_memory.n = 0;
  the_memory.fail_at = at;
  the_memory.fails_on = fails_on;
}

static void
replace_memory (void)
{
  sqlite3_mem_methods ours;

  fail_memory_at (G_MAXUINT64, FALSE);
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &the_memory.real), ==, SQLITE_OK);
  ours = the_memory.real;
  ours.xMalloc = memory_malloc;
  ours.xRealloc = memory_realloc;
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &ours), ==, SQLITE_OK);
}

/* A desk whose disk or memory fails says so in its log, which is no fault of the test. */
static void
on_log (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  if ((level & (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR)) != 0)
    g_error ("%s: %s", domain, message);
}

/* Opens, writes, closes. Returns: how many records were acknowledged */
static guint64
work (StoreFixture *fixture, guint64 before, LanyardHash *hash)
{
  g_autoptr (LanyardJournal) journal
      = lanyard_journal_open (fixture->journal_path, 0, &fixture->clock, NULL);
  guint64 acknowledged = before;

  if (journal == NULL)
    return acknowledged;
  lanyard_journal_set_reserve_bytes (journal, 1);
  for (guint i = 0; i < N_STEPS; i++)
    {
      LanyardStep step = { .kind = LANYARD_RECORD_SIGN_IN };
      g_autoptr (LanyardRecord) record = NULL;

      if (i == 3)
        lanyard_database_exec (lanyard_journal_get_database (journal), "PRAGMA wal_checkpoint",
                               NULL);
      if (!lanyard_journal_commit (journal, &step, &record, NULL))
        continue;
      g_assert_cmpuint (record->seq, >, acknowledged);
      acknowledged = record->seq;
      *hash = record->hash;
    }
  return acknowledged;
}

static void
look (StoreFixture *fixture, guint64 acknowledged, const LanyardHash *hash, guint64 at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardJournal) journal
      = lanyard_journal_open (fixture->journal_path, 0, &fixture->clock, &error);
  g_autoptr (GPtrArray) records = NULL;

  g_assert_no_error (error);
  g_assert_true (lanyard_journal_verify (journal, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (lanyard_database_check (lanyard_journal_get_database (journal), &error));
  if (acknowledged == 0)
    return;
  records = lanyard_journal_read (journal, acknowledged - 1, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_true (lanyard_hash_equal (&((LanyardRecord *)records->pdata[0])->hash, hash));
}

static void
provision (StoreFixture *fixture)
{
  g_autoptr (LanyardJournal) journal = NULL;

  crash_vfs_clear ();
  journal = store_fixture_open_journal (fixture);
  g_clear_pointer (&journal, lanyard_journal_close);
  crash_vfs_save ();
}

/* Every call of the disk in turn ends with @code. @power: and then the power fails too */
static void
fail_each (StoreFixture *fixture, int code, gboolean from_then_on, gboolean power)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  guint64 at;

  provision (fixture);
  for (at = 0; at < MAX_CALLS; at++)
    {
      LanyardHash hash = { 0 };
      guint64 acknowledged;
      gboolean failed;

      crash_vfs_restore ();
      crash_vfs_fail_after (at, code, from_then_on);
      acknowledged = work (fixture, 0, &hash);
      failed = crash_vfs_has_failed ();
      crash_vfs_fail_after (G_MAXUINT64, SQLITE_OK, FALSE);
      if (power)
        crash_vfs_recover (rand);
      look (fixture, acknowledged, &hash, at);
      if (!failed)
        break;
    }
  g_test_message ("code %d, %s%s: %" G_GUINT64_FORMAT " calls", code,
                  from_then_on ? "from then on" : "once", power ? ", then a power cut" : "", at);
  g_assert_cmpuint (at, >, 20);
  g_assert_cmpuint (at, <, MAX_CALLS);
}

static void
test_io (StoreFixture *fixture, gconstpointer data)
{
  fail_each (fixture, SQLITE_IOERR, FALSE, FALSE);
  fail_each (fixture, SQLITE_IOERR, TRUE, FALSE);
  fail_each (fixture, SQLITE_IOERR, FALSE, TRUE);
}

static void
test_full (StoreFixture *fixture, gconstpointer data)
{
  fail_each (fixture, SQLITE_FULL, FALSE, FALSE);
  fail_each (fixture, SQLITE_FULL, TRUE, TRUE);
}

static void
test_memory (StoreFixture *fixture, gconstpointer data)
{
  guint64 at;

  provision (fixture);
  for (at = 0; at < MAX_CALLS; at++)
    {
      LanyardHash hash = { 0 };
      guint64 acknowledged;
      gboolean failed;

      crash_vfs_restore ();
      fail_memory_at (at, FALSE);
      acknowledged = work (fixture, 0, &hash);
      failed = the_memory.n > the_memory.fail_at;
      fail_memory_at (G_MAXUINT64, FALSE);
      look (fixture, acknowledged, &hash, at);
      if (!failed)
        break;
    }
  g_test_message ("%" G_GUINT64_FORMAT " allocations", at);
  g_assert_cmpuint (at, >, 100);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/errors/" name, StoreFixture, NULL, store_fixture_set_up, func,               \
              store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_log_set_default_handler (on_log, NULL);
  replace_memory ();
  crash_vfs_register ();
  ADD ("io", test_io);
  ADD ("full", test_full);
  ADD ("memory", test_memory);
  return g_test_run ();
}
