/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "bad-peer.h"
#include "lanyard-error.h"
#include "paper-desk.h"

/*
 * Batches as nobody should send them, one after the other, to a real hub with a real database. None
 * may leave anything behind, and afterwards the hub takes what it would have taken before.
 *
 * LANYARD_BAD_PEERS is how many (the long run takes a million), LANYARD_BAD_PEERS_SEED which.
 */

#define N_DEFAULT 20000
#define SEED_DEFAULT 20260722

typedef struct
{
  guint tried;
  guint refused;  /* with an error: nothing was looked at in the store */
  guint answered; /* by a receipt: stored before, a gap, a fork */
} Tally;

static guint
get_number (const char *name, guint fallback)
{
  const char *text = g_getenv (name);

  return text == NULL ? fallback : (guint)g_ascii_strtoull (text, NULL, 10);
}

static guint64
count_records (LanyardHub *hub)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  LanyardHubCounts counts;
  GError *error = NULL;

  store->ops->count (store, &counts, &error);
  g_assert_no_error (error);
  return counts.records;
}

/* Whether the hub has records of @batch that it had not before. */
static gboolean
is_stored (LanyardHub *hub, const BadPeers *peers, const BadBatch *bad)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  LanyardHubStream stream;
  GError *error = NULL;

  store->ops->get_stream (store, bad->place.device, bad->place.epoch, &stream, &error);
  g_assert_no_error (error);
  return stream.head_seq != bad_peers_get_head (peers, bad->place.device, bad->place.epoch);
}

static void
try_one (LanyardHub *hub, const BadPeers *peers, const BadBatch *bad, Tally *tally)
{
  LanyardReceiptStatus status;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) receipt
      = lanyard_hub_ingest (hub, &bad->place, g_bytes_get_data (bad->message, NULL),
                            g_bytes_get_size (bad->message), &status, &error);

  tally->tried++;
  g_assert_true ((receipt != NULL) != (error != NULL));
  if (receipt == NULL)
    {
      tally->refused++;
      return;
    }
  tally->answered++;
  if (status == LANYARD_RECEIPT_ACCEPTED && !bad->is_replay)
    g_error ("a %s batch was accepted: seed %u", bad->name, bad->seed);
  if (is_stored (hub, peers, bad))
    g_error ("a %s batch left records behind: seed %u", bad->name, bad->seed);
}

static void
tell (const Tally *tallies, guint n, gint64 began_us)
{
  gdouble seconds = (gdouble)(g_get_monotonic_time () - began_us) / G_USEC_PER_SEC;

  for (guint i = 0; i < bad_peers_n_kinds (); i++)
    g_test_message ("%-22s tried %7u refused %7u answered %7u", bad_peers_get_name (i),
                    tallies[i].tried, tallies[i].refused, tallies[i].answered);
  g_test_message ("%u mutated batches, 0 accepted; %.0f a second", n, n / MAX (seconds, 0.001));
}

static void
test_batches (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  LanyardHub *hub = paper_open_hub (fixture);
  BadPeers *peers = bad_peers_new (fixture, hub);
  guint n = get_number ("LANYARD_BAD_PEERS", N_DEFAULT);
  guint seed = get_number ("LANYARD_BAD_PEERS_SEED", SEED_DEFAULT);
  g_autofree Tally *tallies = g_new0 (Tally, bad_peers_n_kinds ());
  guint64 before = count_records (hub);
  gint64 began_us = g_get_monotonic_time ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BadBatch) bad = bad_peers_make (peers, seed + i);

      try_one (hub, peers, bad, &tallies[bad->kind]);
    }
  g_assert_cmpuint (count_records (hub), ==, before);
  tell (tallies, n, began_us);
  for (guint i = 0; i < bad_peers_n_kinds (); i++)
    g_assert_cmpuint (tallies[i].tried, >, 0); /* each kind had its turn */
  /* What they were made of is taken at last: it was the mutation that was refused. */
  bad_peers_ingest_good (peers, hub);
  g_assert_cmpuint (count_records (hub), ==, before + BAD_PEERS_NEXT);
  bad_peers_free (peers);
  lanyard_hub_close (hub);
  sync_fixture_free (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sync/bad-peers/batches", test_batches);
  return g_test_run ();
}
