/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, the day that a desk shows is not the one that it recorded. */

#include "store-fixture.h"

#define DAY_US (24 * G_TIME_SPAN_HOUR)

static void
begin_day (LanyardJournal *journal, gint64 since_us)
{
  g_autoptr (GError) error = NULL;

  lanyard_journal_begin_day (journal, since_us, &error);
  g_assert_no_error (error);
}

static gboolean
read_day (LanyardJournal *journal, guint max)
{
  g_autoptr (GError) error = NULL;
  gboolean complete = FALSE;

  lanyard_journal_read_day (journal, max, &complete, &error);
  g_assert_no_error (error);
  return complete;
}

static guint
find (LanyardJournal *journal, LanyardDayFilter filter, GPtrArray *rows)
{
  LanyardDayQuery query = { .filter = filter, .max = 100 };

  query.acknowledged = lanyard_journal_get_acknowledged_position (journal);
  g_ptr_array_set_size (rows, 0);
  return lanyard_day_find (lanyard_journal_get_day (journal), &query, rows, NULL);
}

/* Read in slices, with a badge issued in between, is the same as read after the fact. */
static void
test_slices (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  guint n_slices = 0;

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *number = store_number (i);

      g_free (store_issue (journal, number, NULL));
    }
  begin_day (journal, fixture->now_us);
  g_assert_false (read_day (journal, 6));
  g_assert_cmpuint (find (journal, LANYARD_DAY_ALL, rows), ==, 2);
  g_assert_cmpuint (lanyard_day_count_collected (lanyard_journal_get_day (journal)), ==, 1);
  g_assert_cmpuint (lanyard_day_count_unprinted (lanyard_journal_get_day (journal)), ==, 1);
  {
    g_autofree char *number = store_number (10);

    g_free (store_issue (journal, number, NULL));
  }
  g_assert_cmpuint (find (journal, LANYARD_DAY_ALL, rows), ==, 2);
  while (!read_day (journal, 6))
    g_assert_cmpuint (++n_slices, <, 10);
  g_assert_cmpuint (find (journal, LANYARD_DAY_ALL, rows), ==, 11);
  {
    g_autofree char *number = store_number (11);

    g_free (store_issue (journal, number, NULL));
    g_assert_cmpuint (find (journal, LANYARD_DAY_ALL, rows), ==, 12);
    g_assert_cmpstr (((LanyardDayRow *)rows->pdata[0])->number, ==, number);
  }
  g_assert_true (read_day (journal, 6));
  g_assert_cmpuint (lanyard_day_count_collected (lanyard_journal_get_day (journal)), ==, 12);
}

/* What was done yesterday is not of today; a badge of yesterday that is voided today is. */
static void
test_yesterday (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autofree char *first = store_number (1), *second = store_number (2);
  LanyardId id;

  g_free (store_issue (journal, first, &id));
  fixture->now_us += DAY_US;
  begin_day (journal, fixture->now_us - DAY_US / 2);
  g_assert_true (read_day (journal, 100));
  g_assert_cmpuint (find (journal, LANYARD_DAY_ALL, rows), ==, 0);
  g_free (store_issue (journal, second, NULL));
  lanyard_record_free (store_commit (journal, &id, LANYARD_RECORD_VOIDED, LANYARD_PICKUP_ISSUED,
                                     LANYARD_PICKUP_VOID, first));
  g_assert_cmpuint (find (journal, LANYARD_DAY_ALL, rows), ==, 2);
  g_assert_cmpuint (find (journal, LANYARD_DAY_VOID, rows), ==, 1);
  g_assert_cmpstr (((LanyardDayRow *)rows->pdata[0])->number, ==, first);
  begin_day (journal, fixture->now_us + DAY_US);
  g_assert_true (read_day (journal, 100));
  g_assert_cmpuint (find (journal, LANYARD_DAY_ALL, rows), ==, 0);
}

/* A row waits until the receipt reaches its last record. */
static void
test_waiting (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GBytes) receipt = g_bytes_new_static ("r", 1);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = store_number (1), *second = store_number (2);

  begin_day (journal, fixture->now_us);
  g_assert_true (read_day (journal, 100));
  g_free (store_issue (journal, first, NULL));
  g_free (store_issue (journal, second, NULL));
  g_assert_cmpuint (find (journal, LANYARD_DAY_WAITING, rows), ==, 2);
  records = lanyard_journal_read (journal, 0, 100, &error);
  g_assert_no_error (error);
  lanyard_journal_acknowledge (journal, 7, &((LanyardRecord *)records->pdata[6])->hash, receipt,
                               &error);
  g_assert_no_error (error);
  g_assert_cmpuint (find (journal, LANYARD_DAY_WAITING, rows), ==, 1);
  g_assert_cmpstr (((LanyardDayRow *)rows->pdata[0])->number, ==, second);
  lanyard_journal_acknowledge (journal, 8, &((LanyardRecord *)records->pdata[7])->hash, receipt,
                               &error);
  g_assert_no_error (error);
  g_assert_cmpuint (find (journal, LANYARD_DAY_WAITING, rows), ==, 0);
}

/* A step that the journal refuses is no row. */
static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  LanyardStep step = { .kind = LANYARD_RECORD_PRINTING,
                       .from = LANYARD_PICKUP_RESERVED,
                       .to = LANYARD_PICKUP_PRINTING };

  begin_day (journal, fixture->now_us);
  g_assert_true (read_day (journal, 100));
  lanyard_id_init_random (&step.pickup, fixture->now_us);
  g_assert_false (lanyard_journal_commit (journal, &step, NULL, &error));
  g_assert_cmpuint (find (journal, LANYARD_DAY_ALL, rows), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add ("/store/day/" path, StoreFixture, NULL, store_fixture_set_up, func,                  \
              store_fixture_tear_down)
  ADD ("slices", test_slices);
  ADD ("yesterday", test_yesterday);
  ADD ("waiting", test_waiting);
  ADD ("refused", test_refused);
  return g_test_run ();
}
