/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "lanyard-cbor.h"
#include "lanyard-error.h"
#include "lanyard-journal-private.h"

static GBytes *
body_with_replaces (const char *serial)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  lanyard_cbor_open_map (writer, 2);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_OUTCOME);
  lanyard_cbor_write_uint (writer, 10);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_REPLACES);
  lanyard_cbor_write_text (writer, serial);
  return lanyard_cbor_writer_end (writer);
}

static guint64
get_body_sequence (const LanyardRecord *record)
{
  LanyardCborReader reader;
  gsize n_bytes;
  const void *data = g_bytes_get_data (record->body, &n_bytes);
  guint64 key, sequence;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_RECORD_MAX_BODY_BYTES);
  lanyard_cbor_enter_map (&reader, 16);
  key = lanyard_cbor_read_uint (&reader, 100);
  sequence = lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  g_assert_no_error (reader.error);
  g_assert_cmpuint (key, ==, LANYARD_BODY_SEQUENCE);
  return sequence;
}

/* A badge is begun, printed and issued; all of it is there after reopening. */
static void
test_pickup (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autofree char *number = store_number (1);
  g_autofree char *serial = NULL;
  g_autoptr (LanyardPickup) pickup = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_auto (LanyardIssued) issued = { 0 };
  g_auto (GStrv) voided = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_records;
  LanyardId id;

  serial = store_issue (journal, number, &id);
  g_assert_true (g_str_has_prefix (serial, "K0471-000001"));
  g_assert_true (lanyard_check_verify (serial));

  g_clear_pointer (&journal, lanyard_journal_close);
  journal = store_fixture_open_journal (fixture);
  pickup = lanyard_journal_dup_pickup (journal, &id);
  g_assert_nonnull (pickup);
  g_assert_cmpint (pickup->state, ==, LANYARD_PICKUP_ISSUED);
  g_assert_cmpstr (pickup->serial, ==, serial);
  g_assert_cmpuint (pickup->sequence, ==, 1);
  open = lanyard_journal_list_open_pickups (journal);
  g_assert_cmpuint (open->len, ==, 0);
  lanyard_journal_get_issued (journal, number, &issued, &voided);
  g_assert_cmpuint (issued.open_badges, ==, 1);
  g_assert_cmpuint (issued.last_sequence, ==, 1);
  g_assert_cmpstr (issued.last_serial, ==, serial);
  g_assert_null (voided[0]);
  lanyard_journal_verify (journal, &n_records, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_records, ==, 4);
}

/* A second badge of the same accreditation has a higher sequence, also above what the hub knows. */
static void
test_sequence (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autofree char *number = store_number (2);
  g_autofree char *first = store_issue (journal, number, NULL);
  g_autofree char *second = store_issue (journal, number, NULL);
  g_autoptr (LanyardRecord) record = NULL;
  g_autoptr (LanyardPickup) pickup = lanyard_journal_find_serial (journal, second);
  g_autoptr (GError) error = NULL;
  LanyardStep step = {
    .kind = LANYARD_RECORD_RESERVED,
    .to = LANYARD_PICKUP_RESERVED,
    .accreditation = number,
    .sequence_at_least = 9,
  };

  g_assert_cmpstr (first, !=, second);
  g_assert_cmpuint (pickup->sequence, ==, 2);
  lanyard_id_init_random (&step.pickup, fixture->now_us);
  lanyard_journal_commit (journal, &step, &record, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_body_sequence (record), ==, 9);
}

/* What a badge replaced counts as voided here, even when another desk printed it. */
static void
test_replaces (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autofree char *number = store_number (3);
  g_autoptr (GBytes) body = body_with_replaces ("K0002-000007A");
  g_autoptr (LanyardRecord) issued_record = NULL;
  g_auto (LanyardIssued) issued = { 0 };
  g_auto (GStrv) voided = NULL;
  g_autoptr (GError) error = NULL;
  LanyardStep step = {
    .kind = LANYARD_RECORD_RESERVED,
    .to = LANYARD_PICKUP_RESERVED,
    .accreditation = number,
    .body = body,
  };

  lanyard_id_init_random (&step.pickup, fixture->now_us);
  lanyard_journal_commit (journal, &step, NULL, &error);
  g_assert_no_error (error);
  lanyard_journal_get_issued (journal, number, &issued, &voided);
  g_assert_cmpuint (issued.open_badges, ==, 1);
  g_assert_null (voided[0]);

  issued_record = store_commit (journal, &step.pickup, LANYARD_RECORD_ISSUED,
                                LANYARD_PICKUP_RESERVED, LANYARD_PICKUP_ISSUED, NULL);
  g_assert_cmpstr (issued_record->accreditation, ==, number);
  g_clear_pointer (&voided, g_strfreev);
  lanyard_issued_clear (&issued);
  lanyard_journal_get_issued (journal, number, &issued, &voided);
  g_assert_cmpuint (issued.open_badges, ==, 1);
  g_assert_cmpstr (voided[0], ==, "K0002-000007A");
}

/* A step from a state in which the pickup is not changes nothing, nor does one that leads
 * elsewhere. */
static void
test_wrong_state (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autofree char *number = store_number (4);
  g_autofree char *serial = NULL;
  g_autoptr (GError) error = NULL;
  LanyardStep step = {
    .kind = LANYARD_RECORD_ISSUED,
    .from = LANYARD_PICKUP_REPORTED,
    .to = LANYARD_PICKUP_ISSUED,
  };

  serial = store_issue (journal, number, &step.pickup);
  g_assert_false (lanyard_journal_commit (journal, &step, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  g_clear_error (&error);
  step.from = LANYARD_PICKUP_ISSUED;
  step.to = LANYARD_PICKUP_VOID;
  g_assert_false (lanyard_journal_commit (journal, &step, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  g_clear_error (&error);
  g_assert_cmpuint (lanyard_journal_get_head_seq (journal), ==, 4);
  g_assert_true (lanyard_journal_verify (journal, NULL, &error));
}

/* Malformed bodies are refused before they are in the chain for good. */
static void
test_wrong_body (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  static const guint8 not_a_map[] = { 0x80 }, cut[] = { 0xa1, 0x02 }, sequence[] = { 0xa1, 1, 1 };
  const struct
  {
    const guint8 *bytes;
    gsize n_bytes;
  } bodies[] = { { not_a_map, 1 }, { cut, 2 }, { sequence, 3 }, { cut, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) body = g_bytes_new (bodies[i].bytes, bodies[i].n_bytes);
      LanyardStep step = {
        .kind = LANYARD_RECORD_RESERVED,
        .to = LANYARD_PICKUP_RESERVED,
        .accreditation = "26000001X",
        .body = body,
      };

      lanyard_id_init_random (&step.pickup, fixture->now_us);
      g_assert_false (lanyard_journal_commit (journal, &step, NULL, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
  g_assert_cmpuint (lanyard_journal_get_head_seq (journal), ==, 0);
}

/* Pickups without an end are listed, oldest first, and nothing else is. */
static void
test_open_pickups (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autoptr (GPtrArray) open = NULL;
  LanyardId ids[3];

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *number = store_number (10 + i);
      g_autofree char *serial = store_issue (journal, number, NULL);
      g_autoptr (LanyardRecord) record = NULL;

      fixture->now_us += G_USEC_PER_SEC;
      lanyard_id_init_random (&ids[i], fixture->now_us);
      record = store_commit (journal, &ids[i], LANYARD_RECORD_RESERVED, LANYARD_PICKUP_IDLE,
                             LANYARD_PICKUP_RESERVED, number);
    }
  lanyard_record_free (store_commit (journal, &ids[0], LANYARD_RECORD_UNKNOWN,
                                     LANYARD_PICKUP_RESERVED, LANYARD_PICKUP_ATTENTION, NULL));
  lanyard_record_free (store_commit (journal, &ids[1], LANYARD_RECORD_VOIDED,
                                     LANYARD_PICKUP_RESERVED, LANYARD_PICKUP_VOID, NULL));
  open = lanyard_journal_list_open_pickups (journal);
  g_assert_cmpuint (open->len, ==, 2);
  g_assert_true (lanyard_id_equal (&((LanyardPickup *)open->pdata[0])->id, &ids[0]));
  g_assert_true (lanyard_id_equal (&((LanyardPickup *)open->pdata[1])->id, &ids[2]));
}

/* Every state that the model calls an end is one for the partial index, and no other. */
static void
test_ends_agree (StoreFixture *fixture, gconstpointer data)
{
  static const LanyardPickupState all[]
      = { LANYARD_PICKUP_RESERVED,  LANYARD_PICKUP_PRINTING, LANYARD_PICKUP_REPORTED,
          LANYARD_PICKUP_ISSUED,    LANYARD_PICKUP_REFUSED,  LANYARD_PICKUP_REFERRED,
          LANYARD_PICKUP_ATTENTION, LANYARD_PICKUP_VOID };
  guint16 kinds[] = { LANYARD_RECORD_RESERVED, LANYARD_RECORD_PRINTING, LANYARD_RECORD_REPORTED,
                      LANYARD_RECORD_ISSUED,   LANYARD_RECORD_REFUSED,  LANYARD_RECORD_REFERRED,
                      LANYARD_RECORD_UNKNOWN,  LANYARD_RECORD_VOIDED };
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (LanyardRecord) record = NULL;
      g_autoptr (GPtrArray) before = lanyard_journal_list_open_pickups (journal);
      g_autoptr (GPtrArray) after = NULL;
      LanyardId id;

      lanyard_id_init_random (&id, fixture->now_us);
      record = store_commit (journal, &id, kinds[i], LANYARD_PICKUP_IDLE, all[i], "26000001X");
      after = lanyard_journal_list_open_pickups (journal);
      g_assert_cmpuint (after->len - before->len, ==,
                        lanyard_pickup_state_is_terminal (all[i]) ? 0 : 1);
    }
}

static void
test_counts (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autofree char *before = store_issue (journal, "26000001X", NULL);
  g_autofree char *after = NULL;
  LanyardDayCounts counts;
  gint64 noon_us = fixture->now_us + 10;
  LanyardId id;

  fixture->now_us += 20;
  after = store_issue (journal, "26000001X", NULL);
  lanyard_id_init_random (&id, fixture->now_us);
  lanyard_record_free (store_commit (journal, &id, LANYARD_RECORD_REFUSED, LANYARD_PICKUP_IDLE,
                                     LANYARD_PICKUP_REFUSED, NULL));
  lanyard_journal_count (journal, noon_us, &counts);
  g_assert_cmpuint (counts.issued, ==, 1);
  g_assert_cmpuint (counts.refused, ==, 1);
  g_assert_cmpuint (counts.voided, ==, 0);
}

/* Nobody begins a badge that the disk may have no room to finish; what has begun goes on. */
static void
test_reserve (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autofree char *number = store_number (5);
  g_autoptr (GError) error = NULL;
  LanyardId id;
  LanyardStep step = {
    .kind = LANYARD_RECORD_RESERVED,
    .to = LANYARD_PICKUP_RESERVED,
    .accreditation = number,
  };

  lanyard_id_init_random (&id, fixture->now_us);
  lanyard_record_free (store_commit (journal, &id, LANYARD_RECORD_RESERVED, LANYARD_PICKUP_IDLE,
                                     LANYARD_PICKUP_RESERVED, number));
  lanyard_journal_set_reserve_bytes (journal, G_MAXUINT64);
  lanyard_id_init_random (&step.pickup, fixture->now_us);
  g_assert_false (lanyard_journal_commit (journal, &step, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_FULL);
  g_assert_null (lanyard_journal_dup_pickup (journal, &step.pickup));
  lanyard_record_free (store_commit (journal, &id, LANYARD_RECORD_PRINTING, LANYARD_PICKUP_RESERVED,
                                     LANYARD_PICKUP_PRINTING, NULL));
}

/* A desk without a number gives no serials; re-enrolling starts a chain and keeps the counter. */
static void
test_epochs (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = store_issue (journal, "26000001X", NULL);
  g_autofree char *second = NULL;
  g_autoptr (GBytes) receipt = g_bytes_new_static ("r", 1);
  g_autoptr (GPtrArray) records = NULL;
  LanyardHash head;
  guint64 n_records;

  g_assert_false (store_fixture_enrol (journal, 2, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  g_clear_error (&error);
  lanyard_journal_get_head_hash (journal, &head);
  g_assert_true (lanyard_journal_acknowledge (journal, 4, &head, receipt, &error));
  g_assert_true (store_fixture_enrol (journal, 2, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (lanyard_journal_get_head_seq (journal), ==, 0);
  second = store_issue (journal, "26000001X", NULL);
  g_assert_true (g_str_has_prefix (second, "K0471-000002"));

  g_clear_pointer (&journal, lanyard_journal_close);
  journal = store_fixture_open_journal (fixture);
  g_assert_true (lanyard_journal_verify (journal, &n_records, &error));
  g_assert_cmpuint (n_records, ==, 8);
  records = lanyard_journal_read (journal, 1, 2, &error);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpuint (((LanyardRecord *)records->pdata[0])->seq, ==, 2);
  g_assert_cmpuint (((LanyardRecord *)records->pdata[0])->epoch, ==, 2);

  g_assert_false (store_fixture_enrol (journal, 1, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
}

static void
test_not_enrolled (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardJournal) journal
      = lanyard_journal_open (fixture->journal_path, LANYARD_JOURNAL_CREATE, &fixture->clock,
                              &error);
  LanyardStep step = {
    .kind = LANYARD_RECORD_RESERVED,
    .to = LANYARD_PICKUP_RESERVED,
    .accreditation = "26000001X",
  };

  g_assert_no_error (error);
  lanyard_record_free (store_commit (journal, NULL, LANYARD_RECORD_STARTED, 0, 0, NULL));
  lanyard_id_init_random (&step.pickup, fixture->now_us);
  g_assert_false (lanyard_journal_commit (journal, &step, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  g_clear_error (&error);
  g_assert_true (store_fixture_enrol (journal, 1, &error));
  g_assert_true (lanyard_journal_verify (journal, NULL, &error));
  g_assert_no_error (error);
}

/* A clock that goes back moves no stamp back, not even over a restart. */
static void
test_clock_back (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autoptr (LanyardRecord) first
      = store_commit (journal, NULL, LANYARD_RECORD_STARTED, 0, 0, NULL);
  g_autoptr (LanyardRecord) second = NULL;

  g_clear_pointer (&journal, lanyard_journal_close);
  fixture->now_us = 0;
  journal = store_fixture_open_journal (fixture);
  second = store_commit (journal, NULL, LANYARD_RECORD_STARTED, 0, 0, NULL);
  g_assert_cmpuint (second->hlc, >, first->hlc);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/journal/" name, StoreFixture, NULL, store_fixture_set_up, func,              \
              store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("pickup", test_pickup);
  ADD ("sequence", test_sequence);
  ADD ("replaces", test_replaces);
  ADD ("wrong-state", test_wrong_state);
  ADD ("wrong-body", test_wrong_body);
  ADD ("open-pickups", test_open_pickups);
  ADD ("ends-agree", test_ends_agree);
  ADD ("counts", test_counts);
  ADD ("reserve", test_reserve);
  ADD ("epochs", test_epochs);
  ADD ("not-enrolled", test_not_enrolled);
  ADD ("clock-back", test_clock_back);
  return g_test_run ();
}
