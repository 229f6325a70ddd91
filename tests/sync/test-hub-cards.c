/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a card that was validated does not count as a badge, one seal passes for two
 * cards, or a day pass that came back goes on opening doors. */

#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-error.h"
#include "lanyard-negative-list.h"
#include "paper-desk.h"
#include "postgres-server.h"

#define CARD "PV-0000001A"

typedef struct
{
  SyncFixture *fixture;
  LanyardHub *hub;
  Paper *a;
  Paper *b;
  char *number;
  char *other;
} World;

static void
set_up (World *world, gconstpointer data)
{
  world->fixture = sync_fixture_new ();
  sync_fixture_import (world->fixture, 0, 5);
  world->hub = paper_open_hub (world->fixture);
  world->a = paper_new (world->fixture, world->hub);
  world->b = paper_new (world->fixture, world->hub);
  world->number = sync_fixture_number (1);
  world->other = sync_fixture_number (2);
}

static void
tear_down (World *world, gconstpointer data)
{
  paper_free (world->a);
  paper_free (world->b);
  lanyard_hub_close (world->hub);
  sync_fixture_free (world->fixture);
  g_free (world->number);
  g_free (world->other);
}

/* @record: (transfer full) */
static void
upload (World *world, Paper *paper, LanyardRecord *record)
{
  g_autoptr (GPtrArray) records = paper_records ();

  g_ptr_array_add (records, record);
  paper_ingest (world->hub, paper, records);
}

static void
assert_known (World *world, const char *number, const char *expected)
{
  g_autofree char *words = paper_describe (world->hub, number);

  g_assert_cmpstr (words, ==, expected);
}

static guint64
count_quarantined (World *world)
{
  LanyardHubStore *store = lanyard_hub_get_store (world->hub);
  LanyardHubCounts counts = { 0 };

  g_assert_true (store->ops->count (store, &counts, NULL));
  return counts.quarantined;
}

static guint32
ask_lowest (World *world, const char *number)
{
  g_autoptr (GBytes) message = lanyard_hub_get_list (world->hub, "negative", NULL);
  g_autoptr (LanyardNegativeList) list
      = lanyard_negative_list_load (g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                                    lanyard_hub_get_trust (world->hub), NULL,
                                    g_get_real_time () / G_USEC_PER_SEC, NULL);

  g_assert_nonnull (list);
  return lanyard_negative_list_lookup (list, number);
}

/* A card is a badge once it has its seal: an issue elsewhere is a double one, and a reissue voids
 * the card. */
static void
test_validated (World *world, gconstpointer data)
{
  upload (world, world->a,
          paper_write_text (world->a, LANYARD_RECORD_VALIDATED, world->number, CARD, 1,
                            LANYARD_BODY_SEAL, "VS-000001"));
  assert_known (world, world->number,
                "open 1 disputed 0 last 1 " CARD " below 0; " CARD " of 1 flags 1");
  upload (world, world->b,
          paper_write (world->b, LANYARD_RECORD_RESERVED, world->number, "S-B", 2));
  upload (world, world->b, paper_write (world->b, LANYARD_RECORD_ISSUED, world->number, "S-B", 0));
  assert_known (world, world->number,
                "open 2 disputed 1 last 2 S-B below 0; " CARD " of 1 flags 1 S-B of 2 flags 1");
  upload (world, world->b, paper_write (world->b, LANYARD_RECORD_VOIDED, world->number, CARD, 0));
  assert_known (world, world->number,
                "open 1 disputed 0 last 2 S-B below 2; " CARD " of 1 flags 5 S-B of 2 flags 1");
  g_assert_cmpuint (ask_lowest (world, world->number), ==, 2);
  g_assert_cmpuint (count_quarantined (world), ==, 0);
}

static void
test_seal_twice (World *world, gconstpointer data)
{
  upload (world, world->a,
          paper_write_text (world->a, LANYARD_RECORD_VALIDATED, world->number, CARD, 1,
                            LANYARD_BODY_SEAL, "VS-000001"));
  upload (world, world->b,
          paper_write_text (world->b, LANYARD_RECORD_VALIDATED, world->other, "PV-0000002B", 1,
                            LANYARD_BODY_SEAL, "VS-000001"));
  g_assert_cmpuint (count_quarantined (world), ==, 1);
  /* Both cards may be in hands: both count. */
  assert_known (world, world->other,
                "open 1 disputed 0 last 1 PV-0000002B below 0; PV-0000002B of 1 flags 1");
  /* One card at two desks is one badge, and somebody should look. */
  upload (world, world->b,
          paper_write_text (world->b, LANYARD_RECORD_VALIDATED, world->number, CARD, 1,
                            LANYARD_BODY_SEAL, "VS-000009"));
  g_assert_cmpuint (count_quarantined (world), ==, 2);
  assert_known (world, world->number,
                "open 1 disputed 0 last 1 " CARD " below 0; " CARD " of 1 flags 1");
}

/* Nobody has a day pass in the roster, and that is no reason to look. */
static void
test_passes (World *world, gconstpointer data)
{
  const char *serial = "K0001-000001A";
  const char *plain = "DK0001000001A";
  g_autofree char *pass = g_strdup_printf ("%s%c", plain, lanyard_check_character (plain));

  upload (world, world->a,
          paper_write_text (world->a, LANYARD_RECORD_RESERVED, pass, serial, 1, LANYARD_BODY_POOL,
                            "guest-day"));
  upload (world, world->a, paper_write (world->a, LANYARD_RECORD_ISSUED, pass, serial, 0));
  assert_known (world, pass,
                "open 1 disputed 0 last 1 K0001-000001A below 0; K0001-000001A of 1 flags 1");
  upload (world, world->b, paper_write (world->b, LANYARD_RECORD_PASS_RETURNED, pass, serial, 1));
  assert_known (world, pass,
                "open 0 disputed 0 last 1 K0001-000001A below 2; K0001-000001A of 1 flags 9");
  g_assert_cmpuint (ask_lowest (world, pass), ==, 2);

  upload (world, world->a,
          paper_write_text (world->a, LANYARD_RECORD_PASS_HANDED, "TW0001", "TW0001", 1,
                            LANYARD_BODY_POOL, "works"));
  g_assert_cmpuint (count_quarantined (world), ==, 0);
  upload (world, world->a,
          paper_write (world->a, LANYARD_RECORD_PASS_RETURNED, "TW0001", "TW0001", 1));
  upload (world, world->a,
          paper_write_text (world->a, LANYARD_RECORD_PASS_HANDED, "TW0001", "TW0001.2", 2,
                            LANYARD_BODY_POOL, "works"));
  g_assert_cmpuint (count_quarantined (world), ==, 0);
  /* The same plastic from two desks cannot be. */
  upload (world, world->b,
          paper_write_text (world->b, LANYARD_RECORD_PASS_HANDED, "TW0001", "TW0001", 1,
                            LANYARD_BODY_POOL, "works"));
  g_assert_cmpuint (count_quarantined (world), ==, 1);
  /* Loading a pool says nothing of badges. */
  upload (world, world->a, paper_write (world->a, LANYARD_RECORD_PASSES_LOADED, NULL, NULL, 0));
  g_assert_cmpuint (count_quarantined (world), ==, 1);
}

static guint32
ask_last_sequence (World *world, const char *number)
{
  LanyardHubStore *store = lanyard_hub_get_store (world->hub);
  g_autoptr (GBytes) encoded = store->ops->find_entry (store, number, NULL);
  g_autoptr (LanyardEntry) entry
      = lanyard_entry_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded), NULL);

  return entry->issued.last_sequence;
}

/* Cards that the hub makes: desks hear of the sequence; a second card voids the first. */
static void
test_made (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardHubBadge) first = lanyard_hub_make_card (world->hub, world->number, &error);
  g_autoptr (LanyardHubBadge) second = NULL;
  g_autoptr (LanyardHubBadge) of_other = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (first->sequence, ==, 1);
  g_assert_cmpuint (ask_last_sequence (world, world->number), ==, 1);
  g_assert_cmpuint (ask_lowest (world, world->number), ==, 0);
  of_other = lanyard_hub_make_card (world->hub, world->other, &error);
  g_assert_cmpstr (of_other->serial, !=, first->serial);
  second = lanyard_hub_make_card (world->hub, world->number, &error);
  g_assert_cmpuint (second->sequence, ==, 2);
  g_assert_cmpuint (ask_lowest (world, world->number), ==, 2);
  upload (world, world->a,
          paper_write (world->a, LANYARD_RECORD_VALIDATED, world->number, second->serial, 2));
  /* A third one does not take away what is valid. */
  lanyard_hub_badge_free (lanyard_hub_make_card (world->hub, world->number, &error));
  g_assert_cmpuint (ask_lowest (world, world->number), ==, 2);
  g_assert_cmpuint (count_quarantined (world), ==, 0);
  g_assert_null (lanyard_hub_make_card (world->hub, "NOBODY", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
}

/* A pass that ends by itself at @ends_s, and came back. */
static void
return_pass (World *world, const char *number, gint64 ends_s)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) body = NULL;

  lanyard_cbor_open_map (writer, 3);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_SEQUENCE);
  lanyard_cbor_write_uint (writer, 1);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_POOL);
  lanyard_cbor_write_text (writer, "works");
  lanyard_cbor_write_uint (writer, LANYARD_BODY_EXPIRES);
  lanyard_cbor_write_uint (writer, (guint64)ends_s);
  body = lanyard_cbor_writer_end (writer);
  upload (world, world->a,
          paper_write_body (world->a, LANYARD_RECORD_PASS_HANDED, number, number, body));
  upload (world, world->b, paper_write (world->b, LANYARD_RECORD_PASS_RETURNED, number, number, 1));
}

/* What has ended by itself need not be told of for ever; what may still open doors is. */
static void
test_ended (World *world, gconstpointer data)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  return_pass (world, "TW0101", now_s - 30 * 86400);
  return_pass (world, "TW0102", now_s - 86400);
  return_pass (world, "TW0103", now_s + 86400);
  g_assert_cmpuint (ask_lowest (world, "TW0101"), ==, 0);
  g_assert_cmpuint (ask_lowest (world, "TW0102"), ==, 2);
  g_assert_cmpuint (ask_lowest (world, "TW0103"), ==, 2);
}

int
main (int argc, char **argv)
{
#define ADD(name, func) g_test_add ("/sync/hub-cards/" name, World, NULL, set_up, func, tear_down)
  if (postgres_server_skip ())
    return 0;
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  ADD ("validated", test_validated);
  ADD ("seal-twice", test_seal_twice);
  ADD ("passes", test_passes);
  ADD ("ended", test_ended);
  ADD ("made", test_made);
  return g_test_run ();
}
