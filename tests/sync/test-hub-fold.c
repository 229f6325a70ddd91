/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-interpret.h"
#include "lanyard-negative-list.h"
#include "paper-desk.h"
#include "postgres-server.h"

/* What the hub makes of records, whatever the order in which they arrive. */

#define NUMBER_INDEX 3

/* A issues a badge, B issues another for the same person, C voids A's; the uploads come in any of
 * the six orders, each of them twice. */
static char *
play (const guint *order, gboolean one_by_one)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *number = sync_fixture_number (NUMBER_INDEX);
  LanyardHub *hub = NULL;
  Paper *papers[3];
  GPtrArray *records[3];
  char *result;

  sync_fixture_import (fixture, 0, 10);
  hub = paper_open_hub (fixture);
  for (guint i = 0; i < 3; i++)
    {
      papers[i] = paper_new (fixture, hub);
      records[i] = paper_records ();
    }
  g_ptr_array_add (records[0], paper_write (papers[0], LANYARD_RECORD_RESERVED, number, "S-A", 1));
  g_ptr_array_add (records[0], paper_write (papers[0], LANYARD_RECORD_ISSUED, number, "S-A", 0));
  g_ptr_array_add (records[1], paper_write (papers[1], LANYARD_RECORD_RESERVED, number, "S-B", 2));
  g_ptr_array_add (records[1], paper_write (papers[1], LANYARD_RECORD_UNKNOWN, number, "S-B", 0));
  g_ptr_array_add (records[1], paper_write (papers[1], LANYARD_RECORD_ISSUED, number, "S-B", 0));
  g_ptr_array_add (records[2], paper_write (papers[2], LANYARD_RECORD_VOIDED, number, "S-A", 0));
  for (guint i = 0; i < 3; i++)
    {
      GPtrArray *all = records[order[i]];

      for (guint k = 0; one_by_one && k < all->len; k++)
        {
          g_autoptr (GPtrArray) one = g_ptr_array_new ();

          g_ptr_array_add (one, g_ptr_array_index (all, k));
          paper_ingest (hub, papers[order[i]], one);
        }
      paper_ingest (hub, papers[order[i]], all);
      paper_ingest (hub, papers[order[i]], all);
    }
  result = paper_describe (hub, number);
  lanyard_hub_close (hub);
  for (guint i = 0; i < 3; i++)
    {
      paper_free (papers[i]);
      g_ptr_array_unref (records[i]);
    }
  sync_fixture_free (fixture);
  return result;
}

static void
test_any_order (void)
{
  const guint orders[][3]
      = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *result = play (orders[i], i % 2 == 0);

      g_assert_cmpstr (result, ==,
                       "open 1 disputed 0 last 2 S-B below 2; S-A of 1 flags 5 S-B of 2 flags 3");
    }
}

/* A badge of desk A is lost and desk B makes another: A's RESERVED and ISSUED, B's VOIDED of the
 * old and RESERVED and ISSUED of the new, one record at a time in every order that keeps each
 * desk's own.
 * @choices: bit i: who uploads next, as long as both have something. */
static char *
play_reissue (guint choices, gboolean *was_disputed)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *number = sync_fixture_number (NUMBER_INDEX);
  LanyardHub *hub;
  Paper *a, *b;
  g_autoptr (GPtrArray) of_a = paper_records ();
  g_autoptr (GPtrArray) of_b = paper_records ();
  guint at_a = 0, at_b = 0;
  char *result;

  sync_fixture_import (fixture, 0, 10);
  hub = paper_open_hub (fixture);
  a = paper_new (fixture, hub);
  b = paper_new (fixture, hub);
  g_ptr_array_add (of_a, paper_write (a, LANYARD_RECORD_RESERVED, number, "S-A", 1));
  g_ptr_array_add (of_a, paper_write (a, LANYARD_RECORD_ISSUED, number, "S-A", 1));
  g_ptr_array_add (of_b, paper_write (b, LANYARD_RECORD_VOIDED, number, "S-A", 1));
  g_ptr_array_add (of_b, paper_write (b, LANYARD_RECORD_RESERVED, number, "S-B", 2));
  g_ptr_array_add (of_b, paper_write (b, LANYARD_RECORD_ISSUED, number, "S-B", 2));
  for (guint i = 0; at_a < of_a->len || at_b < of_b->len; i++)
    {
      gboolean next_a = at_b == of_b->len || (at_a < of_a->len && (choices & (1u << i)) != 0);
      g_autoptr (GPtrArray) one = g_ptr_array_new ();
      g_autoptr (LanyardHubHolding) holding = NULL;

      g_ptr_array_add (one, next_a ? g_ptr_array_index (of_a, at_a++)
                                   : g_ptr_array_index (of_b, at_b++));
      paper_ingest (hub, next_a ? a : b, one);
      holding = lanyard_hub_get_store (hub)->ops->find_holding (lanyard_hub_get_store (hub), number,
                                                                NULL);
      *was_disputed |= holding->disputed;
    }
  result = paper_describe (hub, number);
  paper_free (a);
  paper_free (b);
  lanyard_hub_close (hub);
  sync_fixture_free (fixture);
  return result;
}

/* At no moment there are two badges out, so at no moment there is a dispute. */
static void
test_reissue_in_any_order (void)
{
  for (guint choices = 0; choices < 32; choices++)
    {
      gboolean was_disputed = FALSE;
      g_autofree char *result = play_reissue (choices, &was_disputed);

      g_assert_cmpstr (result, ==,
                       "open 1 disputed 0 last 2 S-B below 2; S-A of 1 flags 5 S-B of 2 flags 1");
      g_assert_false (was_disputed);
    }
}

/* A roster that comes after the badges knows of them at once. */
static void
test_roster_after_badges (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *number = sync_fixture_number (NUMBER_INDEX);
  LanyardHub *hub = paper_open_hub (fixture);
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  Paper *paper = paper_new (fixture, hub);
  g_autoptr (GPtrArray) records = paper_records ();
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_entry_free);
  g_autoptr (GPtrArray) photos = g_ptr_array_new ();
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (LanyardEntry) entry = NULL;
  LanyardHubImported imported = { 0 };
  LanyardHubCounts counts = { 0 };
  GError *error = NULL;

  g_ptr_array_add (records, paper_write (paper, LANYARD_RECORD_RESERVED, number, "S-A", 1));
  g_ptr_array_add (records, paper_write (paper, LANYARD_RECORD_ISSUED, number, "S-A", 0));
  paper_ingest (hub, paper, records);
  g_assert_true (store->ops->count (store, &counts, NULL));
  g_assert_cmpuint (counts.quarantined, ==, 1); /* somebody should know */
  g_assert_cmpuint (counts.gseq, ==, 0);

  g_ptr_array_add (entries, sync_fixture_entry (NUMBER_INDEX));
  lanyard_hub_import (hub, entries, photos, &imported, &error);
  g_assert_no_error (error);
  encoded = store->ops->find_entry (store, number, &error);
  entry
      = lanyard_entry_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entry->issued.open_badges, ==, 1);
  g_assert_cmpstr (entry->issued.last_serial, ==, "S-A");
  lanyard_hub_import (hub, entries, photos, &imported, &error); /* again: nothing is new */
  g_assert_cmpuint (imported.added, ==, 1);
  g_assert_cmpuint (imported.same, ==, 1);
  paper_free (paper);
  lanyard_hub_close (hub);
  sync_fixture_free (fixture);
}

/* A serial that belongs to somebody else, or was made by another desk: kept, and not believed. */
static void
test_contradictions (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *number = sync_fixture_number (1);
  g_autofree char *other = sync_fixture_number (2);
  LanyardHub *hub;
  LanyardHubStore *store;
  Paper *a, *b;
  g_autoptr (GPtrArray) of_a = paper_records ();
  g_autoptr (GPtrArray) of_b = paper_records ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  LanyardHubCounts counts = { 0 };

  sync_fixture_import (fixture, 0, 5);
  hub = paper_open_hub (fixture);
  store = lanyard_hub_get_store (hub);
  a = paper_new (fixture, hub);
  b = paper_new (fixture, hub);
  g_ptr_array_add (of_a, paper_write (a, LANYARD_RECORD_ISSUED, number, "S-A", 1));
  g_ptr_array_add (of_b, paper_write (b, LANYARD_RECORD_ISSUED, other, "S-A", 1));
  g_ptr_array_add (of_b, paper_write (b, LANYARD_RECORD_ISSUED, number, "S-A", 1));
  g_ptr_array_add (of_b, paper_write (b, LANYARD_RECORD_ISSUED, NULL, "S-C", 1));
  g_ptr_array_add (of_b, paper_write (b, LANYARD_RECORD_ISSUED, number, NULL, 1));
  paper_ingest (hub, a, of_a);
  paper_ingest (hub, b, of_b);
  first = paper_describe (hub, number);
  second = paper_describe (hub, other);
  g_assert_cmpstr (first, ==, "open 1 disputed 0 last 1 S-A below 0; S-A of 1 flags 1");
  g_assert_cmpstr (second, ==, "open 0 disputed 0 last 0 (null) below 0;");
  g_assert_true (store->ops->count (store, &counts, NULL));
  g_assert_cmpuint (counts.quarantined, ==, 4);
  g_assert_cmpuint (counts.records, ==, 5);
  paper_free (a);
  paper_free (b);
  lanyard_hub_close (hub);
  sync_fixture_free (fixture);
}

static LanyardNegativeList *
read_negative (LanyardHub *hub)
{
  GError *error = NULL;
  g_autoptr (GBytes) message = lanyard_hub_get_list (hub, "negative", &error);
  LanyardNegativeList *list;

  g_assert_no_error (error);
  list = lanyard_negative_list_load (g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                                     lanyard_hub_get_trust (hub), NULL,
                                     g_get_real_time () / G_USEC_PER_SEC, &error);
  g_assert_no_error (error);
  return list;
}

static void
test_negative_list (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *number = sync_fixture_number (NUMBER_INDEX);
  LanyardHub *hub;
  Paper *paper;
  g_autoptr (GPtrArray) records = paper_records ();
  g_autoptr (LanyardNegativeList) first = NULL;
  g_autoptr (LanyardNegativeList) again = NULL;
  g_autoptr (LanyardNegativeList) second = NULL;
  g_autoptr (LanyardNegativeList) third = NULL;
  g_autoptr (LanyardNegativeList) restored = NULL;
  gint64 started_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GBytes) long_ago = g_bytes_new_static ("2", 1);
  LanyardHubStore *store;

  sync_fixture_import (fixture, 0, 5);
  hub = paper_open_hub (fixture);
  paper = paper_new (fixture, hub);
  first = read_negative (hub);
  again = read_negative (hub);
  g_assert_cmpuint (lanyard_negative_list_get_counter (again), ==,
                    lanyard_negative_list_get_counter (first)); /* nothing changed */
  g_ptr_array_add (records, paper_write (paper, LANYARD_RECORD_ISSUED, number, "S-A", 1));
  g_ptr_array_add (records, paper_write (paper, LANYARD_RECORD_VOIDED, number, "S-A", 0));
  paper_ingest (hub, paper, records);
  second = read_negative (hub);
  g_assert_cmpuint (lanyard_negative_list_get_counter (second), >,
                    lanyard_negative_list_get_counter (first));
  g_assert_cmpuint (lanyard_negative_list_lookup (second, number), ==, 2);
  lanyard_hub_close (hub);
  hub = paper_open_hub (fixture); /* the counter outlives the program */
  third = read_negative (hub);
  g_assert_cmpuint (lanyard_negative_list_get_counter (third), >,
                    lanyard_negative_list_get_counter (second));
  lanyard_hub_close (hub);
  hub = paper_open_hub (fixture); /* restored from a copy of long ago */
  store = lanyard_hub_get_store (hub);
  g_assert_true (store->ops->begin (store, NULL));
  g_assert_true (store->ops->put_document (store, "negative-counter", long_ago, NULL));
  g_assert_true (store->ops->commit (store, NULL));
  restored = read_negative (hub);
  g_assert_cmpint (lanyard_negative_list_get_counter (restored), >=, started_s);
  paper_free (paper);
  lanyard_hub_close (hub);
  sync_fixture_free (fixture);
}

/* Two desks that could not see each other both gave sequence 1; one of the badges is voided. No
 * sequence tells the two apart, so the list names the void one. */
static void
test_same_sequence (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *number = sync_fixture_number (NUMBER_INDEX);
  LanyardHub *hub;
  Paper *a, *b;
  g_autoptr (GPtrArray) of_a = paper_records ();
  g_autoptr (GPtrArray) of_b = paper_records ();
  g_autoptr (GPtrArray) more = paper_records ();
  g_autoptr (LanyardNegativeList) list = NULL;
  g_autoptr (LanyardNegativeList) later = NULL;
  g_autofree char *state = NULL;

  sync_fixture_import (fixture, 0, 5);
  hub = paper_open_hub (fixture);
  a = paper_new (fixture, hub);
  b = paper_new (fixture, hub);
  g_ptr_array_add (of_a, paper_write (a, LANYARD_RECORD_ISSUED, number, "S-A", 1));
  g_ptr_array_add (of_b, paper_write (b, LANYARD_RECORD_ISSUED, number, "S-B", 1));
  paper_ingest (hub, a, of_a);
  paper_ingest (hub, b, of_b);
  g_ptr_array_add (more, paper_write (b, LANYARD_RECORD_VOIDED, number, "S-B", 1));
  paper_ingest (hub, b, more);
  state = paper_describe (hub, number);
  /* The badge that is told of is the one that is out. */
  g_assert_cmpstr (state, ==,
                   "open 1 disputed 0 last 1 S-A below 1; S-A of 1 flags 1 S-B of 1 flags 5");
  list = read_negative (hub);
  g_assert_cmpuint (lanyard_negative_list_lookup (list, number), ==, 1);
  g_assert_true (lanyard_negative_list_has_serial (list, "S-B"));
  g_assert_false (lanyard_negative_list_has_serial (list, "S-A"));

  /* When the other one is void as well, the sequence says it all again. */
  g_ptr_array_set_size (more, 0);
  g_ptr_array_add (more, paper_write (a, LANYARD_RECORD_VOIDED, number, "S-A", 1));
  paper_ingest (hub, a, more);
  later = read_negative (hub);
  g_assert_cmpuint (lanyard_negative_list_get_counter (later), >,
                    lanyard_negative_list_get_counter (list));
  g_assert_cmpuint (lanyard_negative_list_lookup (later, number), ==, 2);
  g_assert_false (lanyard_negative_list_has_serial (later, "S-B"));
  paper_free (a);
  paper_free (b);
  lanyard_hub_close (hub);
  sync_fixture_free (fixture);
}

/* A full segment is the same bytes for ever, whatever happens to its people later. */
static void
test_segments (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *number = sync_fixture_number (NUMBER_INDEX);
  LanyardHub *hub;
  Paper *paper;
  g_autoptr (GPtrArray) records = paper_records ();
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GBytes) none = NULL;
  GError *error = NULL;

  sync_fixture_import (fixture, 0, LANYARD_SEGMENT_GSEQ);
  hub = paper_open_hub (fixture);
  paper = paper_new (fixture, hub);
  before = lanyard_hub_get_segment (hub, 0, 0, &error);
  g_assert_no_error (error);
  g_ptr_array_add (records, paper_write (paper, LANYARD_RECORD_ISSUED, number, "S-A", 1));
  paper_ingest (hub, paper, records);
  after = lanyard_hub_get_segment (hub, 0, 0, &error);
  g_assert_true (g_bytes_equal (before, after));
  none = lanyard_hub_get_segment (hub, 1, 0, &error);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  paper_free (paper);
  lanyard_hub_close (hub);
  sync_fixture_free (fixture);
}

static guint64
count_unread (LanyardHub *hub)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  LanyardHubCounts counts;
  GError *error = NULL;

  store->ops->count (store, &counts, &error);
  g_assert_no_error (error);
  return counts.unread;
}

/* Records of a later version are kept as they are, told of, and read by the program that knows
 * them, with the same end as if it had always known. */
static void
test_later_version (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  LanyardHub *hub = paper_open_hub (fixture);
  Paper *paper = paper_new (fixture, hub);
  g_autofree char *number = sync_fixture_number (1);
  g_autoptr (GPtrArray) records = paper_records ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_ptr_array_add (records, paper_write (paper, LANYARD_RECORD_RESERVED, number, "S-A", 1));
  g_ptr_array_add (records, paper_write (paper, LANYARD_RECORD_VALIDATED, number, "S-A", 1));
  g_ptr_array_add (records, paper_write (paper, 65000, number, "S-A", 1));
  lanyard_hub_interpret_as_earlier (LANYARD_RECORD_UNKNOWN);
  paper_ingest (hub, paper, records);
  before = paper_describe (hub, number);
  g_assert_nonnull (strstr (before, "open 0"));
  g_assert_cmpuint (count_unread (hub), ==, 2);
  lanyard_hub_close (hub);

  lanyard_hub_interpret_as_earlier (G_MAXUINT16);
  hub = paper_open_hub (fixture);
  after = paper_describe (hub, number);
  g_assert_nonnull (strstr (after, "open 1"));
  g_assert_cmpuint (count_unread (hub), ==, 1); /* nobody knows that one yet */
  paper_free (paper);
  lanyard_hub_close (hub);
  sync_fixture_free (fixture);
}

int
main (int argc, char **argv)
{
  if (postgres_server_skip ())
    return 0;
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sync/hub/any-order", test_any_order);
  g_test_add_func ("/sync/hub/roster-after-badges", test_roster_after_badges);
  g_test_add_func ("/sync/hub/contradictions", test_contradictions);
  g_test_add_func ("/sync/hub/negative-list", test_negative_list);
  g_test_add_func ("/sync/hub/segments", test_segments);
  g_test_add_func ("/sync/hub/reissue-in-any-order", test_reissue_in_any_order);
  g_test_add_func ("/sync/hub/same-sequence", test_same_sequence);
  g_test_add_func ("/sync/hub/later-version", test_later_version);
  return g_test_run ();
}
