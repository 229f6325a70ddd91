/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "lanyard-error.h"
#include "lanyard-journal-private.h"

static void
get_hash (LanyardJournal *journal, guint64 seq, LanyardHash *hash)
{
  g_autoptr (GPtrArray) records = lanyard_journal_read (journal, seq - 1, 1, NULL);

  *hash = ((LanyardRecord *)records->pdata[0])->hash;
}

static gboolean
acknowledge (LanyardJournal *journal, guint64 through, GError **error)
{
  g_autoptr (GBytes) receipt = g_bytes_new_static ("receipt", 7);
  LanyardHash hash = { 0 };

  if (through > 0)
    get_hash (journal, through, &hash);
  return lanyard_journal_acknowledge (journal, through, &hash, receipt, error);
}

static void
assert_outbox (LanyardJournal *journal, guint64 acknowledged, guint64 pending)
{
  LanyardOutbox outbox;

  lanyard_journal_get_outbox (journal, &outbox);
  g_assert_cmpuint (outbox.acknowledged_seq, ==, acknowledged);
  g_assert_cmpuint (outbox.pending, ==, pending);
  g_assert_cmpint (outbox.oldest_pending_us > 0, ==, pending > 0);
}

/* Records leave the outbox with the receipt, and stay out of it over a restart. */
static void
test_receipt (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *serial = store_issue (journal, "26000001X", NULL);

  assert_outbox (journal, 0, 4);
  g_assert_true (acknowledge (journal, 3, &error));
  assert_outbox (journal, 3, 1);
  g_assert_true (acknowledge (journal, 3, &error));
  g_clear_pointer (&journal, lanyard_journal_close);
  journal = store_fixture_open_journal (fixture);
  assert_outbox (journal, 3, 1);
  g_assert_true (acknowledge (journal, 4, &error));
  assert_outbox (journal, 4, 0);
}

/* Another hash under the same number is a fork: nothing is taken for delivered. */
static void
test_fork (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autofree char *serial = store_issue (journal, "26000001X", NULL);
  g_autoptr (GBytes) receipt = g_bytes_new_static ("receipt", 7);
  g_autoptr (GError) error = NULL;
  LanyardHash hash;

  get_hash (journal, 3, &hash);
  g_assert_false (lanyard_journal_acknowledge (journal, 4, &hash, receipt, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_FORK);
  assert_outbox (journal, 0, 4);
}

/* A hub that went back gets everything again, and the higher receipt is kept as proof. */
static void
test_rollback (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autofree char *serial = store_issue (journal, "26000001X", NULL);
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (acknowledge (journal, 4, &error));
  g_assert_false (acknowledge (journal, 1, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_ROLLBACK);
  assert_outbox (journal, 1, 3);
  again = lanyard_journal_read (journal, 1, 100, NULL);
  g_assert_cmpuint (again->len, ==, 3);
  g_clear_pointer (&journal, lanyard_journal_close);
  store_spoil (fixture->journal_path,
               "CREATE TEMP TABLE one AS SELECT 1 / count(*) FROM receipt WHERE through = 4");
  journal = store_fixture_open_journal (fixture);
  g_clear_error (&error);
  g_assert_false (acknowledge (journal, 0, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_ROLLBACK);
  assert_outbox (journal, 0, 4);
}

static void
test_beyond (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autoptr (GBytes) receipt = g_bytes_new_static ("receipt", 7);
  g_autoptr (GError) error = NULL;
  LanyardHash hash = { 0 };

  g_assert_false (lanyard_journal_acknowledge (journal, 1, &hash, receipt, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL);
  assert_outbox (journal, 0, 0);
}

/* Five tries, then a lock that doubles, on disk before each try. */
static void
test_lockout (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  static const gint64 waits_s[] = { 30, 60, 120, 240, 480, 960, 1920, 3600, 3600 };
  g_autoptr (GError) error = NULL;
  gint64 until_us;

  for (guint i = 0; i < 5; i++)
    {
      g_assert_true (lanyard_journal_lockout_begin_try (journal, "staff", &until_us, &error));
      g_clear_pointer (&journal, lanyard_journal_close);
      journal = store_fixture_open_journal (fixture);
    }
  for (guint i = 0; i < G_N_ELEMENTS (waits_s); i++)
    {
      fixture->now_us += waits_s[i] * G_USEC_PER_SEC - 1;
      g_assert_false (lanyard_journal_lockout_begin_try (journal, "staff", &until_us, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
      g_assert_cmpint (until_us, ==, fixture->now_us + 1);
      g_clear_error (&error);
      g_assert_true (lanyard_journal_lockout_begin_try (journal, "other", NULL, &error));
      g_assert_true (lanyard_journal_lockout_reset (journal, "other", &error));
      fixture->now_us += 1;
      g_assert_true (lanyard_journal_lockout_begin_try (journal, "staff", &until_us, &error));
    }
  /* The clock set back a year does not lock anybody out for a year. */
  fixture->now_us -= G_TIME_SPAN_DAY * 365;
  g_assert_false (lanyard_journal_lockout_begin_try (journal, "staff", &until_us, NULL));
  g_assert_cmpint (until_us - fixture->now_us, <=, G_TIME_SPAN_HOUR);

  g_assert_true (lanyard_journal_lockout_reset (journal, "staff", &error));
  g_assert_true (lanyard_journal_lockout_begin_try (journal, "staff", &until_us, &error));
  g_assert_cmpint (until_us, ==, 0);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/outbox/" name, StoreFixture, NULL, store_fixture_set_up, func,               \
              store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("receipt", test_receipt);
  ADD ("fork", test_fork);
  ADD ("rollback", test_rollback);
  ADD ("beyond", test_beyond);
  ADD ("lockout", test_lockout);
  return g_test_run ();
}
