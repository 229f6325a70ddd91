/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a power cut leaves a person with two good badges or with none, or a desk takes a
 * badge that it voided itself. */

#include "store-fixture.h"

#include "lanyard-error.h"

#define OTHER_SERIAL "K0099-0000017"

static LanyardStep
void_own (const LanyardPickup *pickup)
{
  return (LanyardStep){
    .pickup = pickup->id,
    .kind = LANYARD_RECORD_VOIDED,
    .from = LANYARD_PICKUP_ISSUED,
    .to = LANYARD_PICKUP_VOID,
    .accreditation = pickup->accreditation,
  };
}

static LanyardStep
void_other (const char *number)
{
  return (LanyardStep){
    .kind = LANYARD_RECORD_VOIDED,
    .accreditation = number,
    .serial = OTHER_SERIAL,
  };
}

static LanyardStep
reserve (const StoreFixture *fixture, const char *number)
{
  LanyardStep step = {
    .kind = LANYARD_RECORD_RESERVED,
    .to = LANYARD_PICKUP_RESERVED,
    .accreditation = number,
  };

  lanyard_id_init_random (&step.pickup, fixture->now_us);
  return step;
}

static void
assert_verifies (LanyardJournal *journal)
{
  g_autoptr (GError) error = NULL;

  lanyard_journal_verify (journal, NULL, &error);
  g_assert_no_error (error);
}

static void
test_reissue (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autofree char *number = store_number (1);
  g_autofree char *old = store_issue (journal, number, NULL);
  g_autoptr (LanyardPickup) pickup = lanyard_journal_find_issued (journal, number);
  g_autoptr (LanyardPickup) none = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  guint64 head = lanyard_journal_get_head_seq (journal);
  LanyardStep steps[2];

  g_assert_cmpstr (pickup->serial, ==, old);
  steps[0] = void_own (pickup);
  steps[1] = reserve (fixture, number);
  g_assert_false (lanyard_journal_is_void (journal, old));
  lanyard_journal_commit_all (journal, steps, 2, &records, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpuint (((LanyardRecord *)records->pdata[0])->seq, ==, head + 1);
  g_assert_cmpuint (((LanyardRecord *)records->pdata[1])->seq, ==, head + 2);
  g_assert_cmpuint (lanyard_journal_get_head_seq (journal), ==, head + 2);
  g_assert_true (lanyard_journal_is_void (journal, old));
  none = lanyard_journal_find_issued (journal, number);
  g_assert_null (none);
  assert_verifies (journal);
  g_clear_pointer (&journal, lanyard_journal_close);
  journal = store_fixture_open_journal (fixture);
  g_assert_true (lanyard_journal_is_void (journal, old));
  assert_verifies (journal);
}

/* The second step is refused: the first one was not done either. */
static void
test_all_or_none (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autofree char *number = store_number (1);
  g_autofree char *old = store_issue (journal, number, NULL);
  g_autoptr (LanyardPickup) pickup = lanyard_journal_find_issued (journal, number);
  g_autoptr (GError) error = NULL;
  guint64 head = lanyard_journal_get_head_seq (journal);
  LanyardStep steps[2] = { void_own (pickup), reserve (fixture, number) };

  steps[1].from = LANYARD_PICKUP_PRINTING;
  g_assert_false (lanyard_journal_commit_all (journal, steps, 2, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  g_assert_cmpuint (lanyard_journal_get_head_seq (journal), ==, head);
  g_assert_false (lanyard_journal_is_void (journal, old));
  g_clear_pointer (&journal, lanyard_journal_close);
  journal = store_fixture_open_journal (fixture);
  g_assert_cmpuint (lanyard_journal_get_head_seq (journal), ==, head);
  g_assert_false (lanyard_journal_is_void (journal, old));
  assert_verifies (journal);
}

static void
test_badge_of_another (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autofree char *number = store_number (1);
  g_autofree char *own = store_issue (journal, number, NULL);
  g_autoptr (LanyardRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (LanyardIssued) issued = { 0 };
  g_auto (GStrv) voided = NULL;
  LanyardStep step = void_other (number);

  lanyard_journal_commit (journal, &step, &record, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (record->serial, ==, OTHER_SERIAL);
  g_assert_true (lanyard_id_is_zero (&record->pickup));
  g_assert_true (lanyard_journal_is_void (journal, OTHER_SERIAL));
  lanyard_journal_get_issued (journal, number, &issued, &voided);
  g_assert_true (g_strv_contains ((const char *const *)voided, OTHER_SERIAL));
  g_assert_cmpuint (issued.open_badges, ==, 1); /* this desk's own */

  /* Once; and its own badges by their pickups alone. */
  g_assert_false (lanyard_journal_commit (journal, &step, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  g_clear_error (&error);
  step.serial = own;
  g_assert_false (lanyard_journal_commit (journal, &step, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  assert_verifies (journal);
}

/* The table of void badges is nothing but what the records say. */
static void
test_table_altered (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autofree char *number = store_number (1);
  g_autoptr (GError) error = NULL;
  LanyardStep step = void_other (number);

  lanyard_journal_commit (journal, &step, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&journal, lanyard_journal_close);
  store_spoil (fixture->journal_path, "DELETE FROM void_other");
  journal = store_fixture_open_journal (fixture);
  g_assert_false (lanyard_journal_verify (journal, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/store/void/" name, StoreFixture, NULL, store_fixture_set_up, func,                 \
              store_fixture_tear_down)
  ADD ("reissue", test_reissue);
  ADD ("all-or-none", test_all_or_none);
  ADD ("badge-of-another", test_badge_of_another);
  ADD ("table-altered", test_table_altered);
  return g_test_run ();
}
