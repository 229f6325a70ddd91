/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a seal makes two cards valid, or a desk gives more day passes than it has. */

#include "store-fixture.h"

#include "lanyard-error.h"
#include "lanyard-id.h"

#define CARD "PV-000007K"
#define DAY 20310718
#define POOL "guest-day"
#define WORKS "works"

static gboolean
validate (LanyardJournal *journal,
          const char *number,
          const char *serial,
          const char *seal,
          LanyardId *id,
          GError **error)
{
  LanyardStep step = {
    .kind = LANYARD_RECORD_VALIDATED,
    .to = LANYARD_PICKUP_VALIDATED,
    .accreditation = number,
    .serial = serial,
    .sequence = 3,
    .seal = seal,
  };

  lanyard_id_init_random (&step.pickup, 1);
  if (id != NULL)
    *id = step.pickup;
  return lanyard_journal_commit (journal, &step, NULL, error);
}

static void
assert_verifies (LanyardJournal *journal)
{
  g_autoptr (GError) error = NULL;

  lanyard_journal_verify (journal, NULL, &error);
  g_assert_no_error (error);
}

static void
test_validated (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autofree char *number = store_number (1);
  g_autofree char *other = store_number (2);
  g_autofree char *sealed = NULL;
  g_autofree char *seal = NULL;
  g_autofree char *serial = NULL;
  g_autoptr (LanyardRecord) voided = NULL;
  g_autoptr (LanyardPickup) pickup = NULL;
  g_autoptr (LanyardPickup) next = NULL;
  g_auto (LanyardIssued) issued = { 0 };
  g_autoptr (GError) error = NULL;
  guint64 head;
  LanyardId id;

  g_assert_true (validate (journal, number, CARD, "VS-000001", &id, &error));
  head = lanyard_journal_get_head_seq (journal);
  g_assert_false (validate (journal, other, "PV-000008Q", "VS-000001", NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  g_clear_error (&error);
  g_assert_false (validate (journal, number, CARD, "VS-000002", NULL, &error));
  g_assert_nonnull (error); /* the card has been validated */
  g_assert_cmpuint (lanyard_journal_get_head_seq (journal), ==, head);

  g_clear_pointer (&journal, lanyard_journal_close);
  journal = store_fixture_open_journal (fixture);
  sealed = lanyard_journal_dup_sealed (journal, "VS-000001");
  seal = lanyard_journal_dup_seal (journal, CARD);
  g_assert_cmpstr (sealed, ==, CARD);
  g_assert_cmpstr (seal, ==, "VS-000001");
  g_assert_null (lanyard_journal_dup_sealed (journal, "VS-000002"));
  lanyard_journal_get_issued (journal, number, &issued, NULL);
  g_assert_cmpuint (issued.open_badges, ==, 1);
  g_assert_cmpuint (issued.last_sequence, ==, 3);
  g_assert_cmpstr (issued.last_serial, ==, CARD);
  pickup = lanyard_journal_find_issued (journal, number);
  g_assert_true (lanyard_id_equal (&pickup->id, &id));

  /* Undone: the card is void, its seal stays used, and the next badge is a later one. */
  voided = store_commit (journal, &id, LANYARD_RECORD_VOIDED, LANYARD_PICKUP_VALIDATED,
                         LANYARD_PICKUP_VOID, NULL);
  g_assert_cmpstr (voided->serial, ==, CARD);
  g_assert_null (lanyard_journal_find_issued (journal, number));
  lanyard_issued_clear (&issued);
  lanyard_journal_get_issued (journal, number, &issued, NULL);
  g_assert_cmpuint (issued.open_badges, ==, 0);
  serial = store_issue (journal, number, NULL);
  next = lanyard_journal_find_serial (journal, serial);
  g_assert_cmpuint (next->sequence, ==, 4);
  assert_verifies (journal);
}

/* A card without what makes it one is none. */
static void
test_half_a_card (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autofree char *number = store_number (1);
  g_autoptr (GError) error = NULL;

  g_assert_false (validate (journal, number, NULL, NULL, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  g_clear_error (&error);
  g_assert_false (validate (journal, NULL, CARD, NULL, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  g_clear_error (&error);
  g_assert_true (validate (journal, number, CARD, NULL, NULL, &error)); /* no seal is asked for */
}

static gboolean
change_pool (LanyardJournal *journal,
             guint16 kind,
             const char *pool,
             guint count,
             const char *first,
             GError **error)
{
  LanyardPassStep pass = { .pool = pool, .count = count, .first = first };
  LanyardStep step = { .kind = kind, .pass = &pass };

  pass.reuse = g_str_equal (pool, WORKS);
  return lanyard_journal_commit (journal, &step, NULL, error);
}

static void
load (LanyardJournal *journal, const char *pool, guint count, const char *first)
{
  g_autoptr (GError) error = NULL;

  change_pool (journal, LANYARD_RECORD_PASSES_LOADED, pool, count, first, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer full) (nullable): number of the pass that is on its way out */
static char *
reserve (LanyardJournal *journal, const char *host, guint max, LanyardId *id, GError **error)
{
  LanyardPassStep pass
      = { .pool = POOL, .organisation = host, .day = DAY, .max_per_organisation = max };
  LanyardStep step
      = { .kind = LANYARD_RECORD_RESERVED, .to = LANYARD_PICKUP_RESERVED, .pass = &pass };
  g_autoptr (LanyardRecord) record = NULL;

  lanyard_id_init_random (id, 1);
  step.pickup = *id;
  if (!lanyard_journal_commit (journal, &step, &record, error))
    return NULL;
  return g_strdup (record->accreditation);
}

static gboolean
hand_out (LanyardJournal *journal, const char *number, LanyardId *id, GError **error)
{
  LanyardPassStep pass = { .pool = WORKS, .day = DAY };
  LanyardStep step = {
    .kind = LANYARD_RECORD_PASS_HANDED,
    .to = LANYARD_PICKUP_HANDED,
    .accreditation = number,
    .pass = &pass,
  };

  lanyard_id_init_random (id, 1);
  step.pickup = *id;
  return lanyard_journal_commit (journal, &step, NULL, error);
}

static void
assert_pool (LanyardJournal *journal, const char *code, const char *expected)
{
  g_autoptr (LanyardPool) pool = lanyard_journal_get_pool (journal, code);
  g_autofree char *words = g_strdup_printf ("%u of %u, %u out, %u back", pool->available,
                                            pool->loaded, pool->out, pool->returned);

  g_assert_cmpstr (words, ==, expected);
  assert_verifies (journal);
}

static void
assert_refused (GError **error, int code)
{
  g_assert_error (*error, LANYARD_ERROR, code);
  g_clear_error (error);
}

static void
test_printed (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *pool = NULL;
  LanyardId ids[3];

  g_assert_null (reserve (journal, NULL, 0, &ids[0], &error));
  assert_refused (&error, LANYARD_ERROR_LIMIT); /* nothing was loaded */
  load (journal, POOL, 2, NULL);
  first = reserve (journal, "HOST", 0, &ids[0], &error);
  g_assert_no_error (error);
  g_assert_true (lanyard_check_verify (first));
  second = reserve (journal, NULL, 0, &ids[1], &error);
  g_assert_cmpstr (first, !=, second);
  assert_pool (journal, POOL, "0 of 2, 2 out, 0 back");
  g_assert_null (reserve (journal, NULL, 0, &ids[2], &error));
  assert_refused (&error, LANYARD_ERROR_LIMIT);

  g_clear_pointer (&journal, lanyard_journal_close);
  journal = store_fixture_open_journal (fixture);
  assert_pool (journal, POOL, "0 of 2, 2 out, 0 back");
  pool = lanyard_journal_dup_pool_of (journal, first);
  g_assert_cmpstr (pool, ==, POOL);

  /* Nothing came out of the printer: its place is free again. One that was in a hand is gone. */
  lanyard_record_free (store_commit (journal, &ids[0], LANYARD_RECORD_VOIDED,
                                     LANYARD_PICKUP_RESERVED, LANYARD_PICKUP_VOID, NULL));
  assert_pool (journal, POOL, "1 of 2, 1 out, 0 back");
  lanyard_record_free (store_commit (journal, &ids[1], LANYARD_RECORD_ISSUED,
                                     LANYARD_PICKUP_RESERVED, LANYARD_PICKUP_ISSUED, NULL));
  lanyard_record_free (store_commit (journal, &ids[1], LANYARD_RECORD_PASS_RETURNED,
                                     LANYARD_PICKUP_ISSUED, LANYARD_PICKUP_RETURNED, NULL));
  assert_pool (journal, POOL, "1 of 2, 0 out, 1 back");
  g_assert_false (change_pool (journal, LANYARD_RECORD_PASSES_TAKEN, POOL, 2, NULL, &error));
  assert_refused (&error, LANYARD_ERROR_LIMIT);
  g_assert_true (change_pool (journal, LANYARD_RECORD_PASSES_TAKEN, POOL, 1, NULL, &error));
  assert_pool (journal, POOL, "0 of 1, 0 out, 1 back");
}

static void
test_host_limit (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autoptr (GError) error = NULL;
  LanyardId ids[3];

  load (journal, POOL, 10, NULL);
  for (guint i = 0; i < 2; i++)
    g_free (reserve (journal, "HOST", 2, &ids[i], &error));
  g_assert_null (reserve (journal, "HOST", 2, &ids[2], &error));
  assert_refused (&error, LANYARD_ERROR_REFUSED);
  g_assert_null (reserve (journal, NULL, 2, &ids[2], &error));
  assert_refused (&error, LANYARD_ERROR_REFUSED); /* who is to be counted? */
  g_free (reserve (journal, "OTHER", 2, &ids[2], &error));
  g_assert_no_error (error);
  /* One that did not come out was none. */
  lanyard_record_free (store_commit (journal, &ids[0], LANYARD_RECORD_VOIDED,
                                     LANYARD_PICKUP_RESERVED, LANYARD_PICKUP_VOID, NULL));
  g_free (reserve (journal, "HOST", 2, &ids[0], &error));
  g_assert_no_error (error);
}

static void
test_numbered (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autoptr (LanyardPickup) pickup = NULL;
  g_autoptr (GError) error = NULL;
  LanyardId id, again;

  load (journal, WORKS, 3, "TW0098");
  g_assert_false (change_pool (journal, LANYARD_RECORD_PASSES_LOADED, WORKS, 5, "TW0100", &error));
  assert_refused (&error, LANYARD_ERROR_STATE); /* loaded already */
  g_assert_false (change_pool (journal, LANYARD_RECORD_PASSES_LOADED, WORKS, 5, "TW9998", &error));
  assert_refused (&error, LANYARD_ERROR_INVALID);
  g_assert_false (change_pool (journal, LANYARD_RECORD_PASSES_LOADED, WORKS, 5, "TW", &error));
  assert_refused (&error, LANYARD_ERROR_INVALID);
  g_assert_false (change_pool (journal, LANYARD_RECORD_PASSES_TAKEN, WORKS, 1, NULL, &error));
  assert_refused (&error, LANYARD_ERROR_STATE);

  g_assert_false (hand_out (journal, "TW0101", &id, &error));
  assert_refused (&error, LANYARD_ERROR_NOT_FOUND);
  g_assert_true (hand_out (journal, "TW0100", &id, &error));
  g_assert_false (hand_out (journal, "TW0100", &again, &error));
  assert_refused (&error, LANYARD_ERROR_STATE);
  assert_pool (journal, WORKS, "2 of 3, 1 out, 0 back");
  lanyard_record_free (store_commit (journal, &id, LANYARD_RECORD_PASS_RETURNED,
                                     LANYARD_PICKUP_HANDED, LANYARD_PICKUP_RETURNED, NULL));
  assert_pool (journal, WORKS, "3 of 3, 0 out, 1 back");
  g_assert_true (hand_out (journal, "TW0100", &again, &error));
  pickup = lanyard_journal_find_issued (journal, "TW0100");
  g_assert_cmpstr (pickup->serial, ==, "TW0100.2");
  assert_pool (journal, WORKS, "2 of 3, 1 out, 0 back");
  /* Taken away: that plastic does not come back. */
  lanyard_record_free (store_commit (journal, &again, LANYARD_RECORD_VOIDED, LANYARD_PICKUP_HANDED,
                                     LANYARD_PICKUP_VOID, NULL));
  assert_pool (journal, WORKS, "2 of 3, 0 out, 0 back");
  g_assert_false (hand_out (journal, "TW0100", &again, &error));
  assert_refused (&error, LANYARD_ERROR_STATE);
}

/* A pass that another desk gave comes back here: a record, and no change of a pool. */
static void
test_of_another_desk (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autoptr (LanyardPickup) pickup = NULL;
  g_autoptr (GError) error = NULL;
  LanyardStep step = {
    .kind = LANYARD_RECORD_PASS_RETURNED,
    .to = LANYARD_PICKUP_RETURNED,
    .accreditation = "DK0002000001AB",
    .serial = "K0002-000001A",
    .sequence = 1,
  };

  lanyard_id_init_random (&step.pickup, 1);
  g_assert_true (lanyard_journal_commit (journal, &step, NULL, &error));
  pickup = lanyard_journal_find_serial (journal, step.serial);
  g_assert_cmpint (pickup->state, ==, LANYARD_PICKUP_RETURNED);
  assert_verifies (journal);
}

/* A pool that was changed behind the journal's back does not pass. */
static void
test_spoiled (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autoptr (GError) error = NULL;

  load (journal, POOL, 10, NULL);
  g_clear_pointer (&journal, lanyard_journal_close);
  store_spoil (fixture->journal_path, "UPDATE pool SET available = 11");
  journal = store_fixture_open_journal (fixture);
  g_assert_false (lanyard_journal_verify (journal, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT);
}

static void
test_limits (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (change_pool (journal, LANYARD_RECORD_PASSES_LOADED, POOL, 0, NULL, &error));
  assert_refused (&error, LANYARD_ERROR_INVALID);
  g_assert_false (change_pool (journal, LANYARD_RECORD_PASSES_LOADED, POOL,
                               LANYARD_POOL_MAX_PASSES + 1, NULL, &error));
  assert_refused (&error, LANYARD_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add ("/store/passes/" path, StoreFixture, NULL, store_fixture_set_up, func,               \
              store_fixture_tear_down)
  ADD ("validated", test_validated);
  ADD ("half-a-card", test_half_a_card);
  ADD ("printed", test_printed);
  ADD ("host-limit", test_host_limit);
  ADD ("numbered", test_numbered);
  ADD ("of-another-desk", test_of_another_desk);
  ADD ("spoiled", test_spoiled);
  ADD ("limits", test_limits);
  return g_test_run ();
}
