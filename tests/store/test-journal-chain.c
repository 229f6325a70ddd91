/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "lanyard-error.h"
#include "lanyard-journal-private.h"

#include <string.h>

#define N_RECORDS 12

/* A journal of three issued badges, closed. */
static void
make_journal (StoreFixture *fixture)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);

  for (guint i = 0; i < N_RECORDS / 4; i++)
    {
      g_autofree char *number = store_number (i);

      g_free (store_issue (journal, number, NULL));
    }
}

static gboolean
try_sql (LanyardJournal *journal, const char *sql)
{
  g_autoptr (GError) error = NULL;

  if (lanyard_database_exec (lanyard_journal_get_database (journal), sql, &error))
    return TRUE;
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  return FALSE;
}

/* Opens or verifies what was spoiled: CORRUPT, in words that name @what. */
static void
assert_found (StoreFixture *fixture, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardJournal) journal
      = lanyard_journal_open (fixture->journal_path, 0, &fixture->clock, &error);

  if (journal != NULL)
    lanyard_journal_verify (journal, NULL, &error);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT);
  if (strstr (error->message, what) == NULL)
    g_error ("“%s” does not name “%s”", error->message, what);
}

/* No statement changes or removes a record, puts another in its place, or leaves a gap. */
static void
test_immutable (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = NULL;
  g_autoptr (GError) error = NULL;

  make_journal (fixture);
  journal = store_fixture_open_journal (fixture);
  g_assert_false (try_sql (journal, "UPDATE record SET encoded = x'80' WHERE position = 3"));
  g_assert_false (try_sql (journal, "UPDATE record SET hash = hash WHERE position = 3"));
  g_assert_false (try_sql (journal, "DELETE FROM record WHERE position = 12"));
  g_assert_false (try_sql (journal, "DELETE FROM record"));
  g_assert_false (try_sql (journal, "INSERT OR REPLACE INTO record SELECT 3, encoded, hash"
                                    " FROM record WHERE position = 4"));
  g_assert_false (try_sql (journal, "INSERT INTO record SELECT 14, encoded, hash"
                                    " FROM record WHERE position = 4"));
  g_assert_true (lanyard_journal_verify (journal, NULL, &error));
  g_assert_no_error (error);
}

/* One bit anywhere in any record is found, and the record is named. */
static void
test_altered (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) sound = NULL;

  make_journal (fixture);
  sound = store_read_file (fixture->journal_path);
  for (guint i = 1; i <= N_RECORDS; i++)
    for (guint column = 0; column < 2; column++)
      {
        /* Opening looks at the last link only, and tells of its second end. */
        guint named = column == 1 && i == N_RECORDS - 1 ? N_RECORDS : i;
        g_autofree char *name = g_strdup_printf ("ecord %u of the journal", named);
        g_autofree char *sql = NULL;

        g_file_set_contents (fixture->journal_path, g_bytes_get_data (sound, NULL),
                             (gssize)g_bytes_get_size (sound), NULL);
        /* Byte 11 is one of the time stamp, and never 0xff. */
        sql = g_strdup_printf (
            column == 0 ? "DROP TRIGGER record_no_update; UPDATE record SET encoded = CAST("
                          "substr(encoded, 1, 10) || x'ff' || substr(encoded, 12) AS BLOB)"
                          " WHERE position = %u"
                        : "DROP TRIGGER record_no_update;"
                          " UPDATE record SET hash = randomblob(32) WHERE position = %u",
            i);
        store_spoil (fixture->journal_path, sql);
        assert_found (fixture, name);
      }
}

static void
test_swapped (StoreFixture *fixture, gconstpointer data)
{
  make_journal (fixture);
  store_spoil (fixture->journal_path, "DROP TRIGGER record_no_update;"
                                      "UPDATE record SET position = -5 WHERE position = 5;"
                                      "UPDATE record SET position = 5 WHERE position = 6;"
                                      "UPDATE record SET position = 6 WHERE position = -5");
  assert_found (fixture, "ecord 5 of the journal");
}

/* A record replaced together with its own hash breaks the chain at the next one. */
static void
test_replaced (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GBytes) encoded = NULL;
  g_autofree char *hex = NULL, *hash = NULL, *sql = NULL;
  LanyardRecord *record;

  make_journal (fixture);
  journal = store_fixture_open_journal (fixture);
  records = lanyard_journal_read (journal, 4, 1, NULL);
  record = records->pdata[0];
  record->wall_us++;
  lanyard_record_seal (record);
  encoded = lanyard_record_encode (record);
  hex = lanyard_hex_encode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded));
  hash = lanyard_hex_encode (record->hash.bytes, sizeof record->hash.bytes);
  g_clear_pointer (&journal, lanyard_journal_close);

  sql = g_strdup_printf ("DROP TRIGGER record_no_update;"
                         "UPDATE record SET encoded = x'%s', hash = x'%s' WHERE position = 5",
                         hex, hash);
  store_spoil (fixture->journal_path, sql);
  assert_found (fixture, "ecord 6 of the journal");
}

/* Each record's hash covers the one before it. */
static void
test_links (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = NULL;
  g_autoptr (GPtrArray) records = NULL;
  LanyardHash previous = { 0 };

  make_journal (fixture);
  journal = store_fixture_open_journal (fixture);
  records = lanyard_journal_read (journal, 0, 100, NULL);
  g_assert_cmpuint (records->len, ==, N_RECORDS);
  for (guint i = 0; i < records->len; i++)
    {
      LanyardRecord *record = records->pdata[i];
      g_autoptr (GBytes) encoded = lanyard_record_encode (record);
      LanyardHash hash;

      g_assert_cmpuint (record->seq, ==, i + 1);
      lanyard_hash_compute (&hash, "lanyard/record/1", previous.bytes, sizeof previous.bytes,
                            g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded));
      g_assert_true (lanyard_hash_equal (&hash, &record->hash));
      previous = hash;
    }
}

/* A pickup that says other than its records is found. */
static void
test_pickup_altered (StoreFixture *fixture, gconstpointer data)
{
  make_journal (fixture);
  store_spoil (fixture->journal_path,
               "UPDATE pickup SET state = 90 WHERE id = (SELECT min(id) FROM pickup)");
  assert_found (fixture, "pickups");
}

static void
test_pickup_removed (StoreFixture *fixture, gconstpointer data)
{
  make_journal (fixture);
  store_spoil (fixture->journal_path, "DELETE FROM pickup WHERE id = (SELECT max(id) FROM pickup)");
  assert_found (fixture, "pickups");
}

/* A disk that lost the end of the chain is found by the hub's receipt. */
static void
test_lost_end (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = NULL;
  g_autoptr (GBytes) receipt = g_bytes_new_static ("receipt", 7);
  LanyardHash head;

  make_journal (fixture);
  journal = store_fixture_open_journal (fixture);
  lanyard_journal_get_head_hash (journal, &head);
  g_assert_true (lanyard_journal_acknowledge (journal, N_RECORDS, &head, receipt, NULL));
  g_clear_pointer (&journal, lanyard_journal_close);
  store_spoil (fixture->journal_path, "DROP TRIGGER record_no_delete;"
                                      "DELETE FROM record WHERE position = 12");
  assert_found (fixture, "lost records");
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/chain/" name, StoreFixture, NULL, store_fixture_set_up, func,                \
              store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("immutable", test_immutable);
  ADD ("altered", test_altered);
  ADD ("swapped", test_swapped);
  ADD ("replaced", test_replaced);
  ADD ("links", test_links);
  ADD ("pickup-altered", test_pickup_altered);
  ADD ("pickup-removed", test_pickup_removed);
  ADD ("lost-end", test_lost_end);
  return g_test_run ();
}
