/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bad-peer-private.h"

static const BadKind *
get_kind (guint kind)
{
  return kind < n_bad_line_kinds ? &bad_line_kinds[kind] : &bad_key_kinds[kind - n_bad_line_kinds];
}

static GPtrArray *
write_records (Paper *desk, guint n)
{
  GPtrArray *records = paper_records ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (records, paper_write (desk, LANYARD_RECORD_SIGN_IN, NULL, NULL, 0));
  return records;
}

static GBytes *
sign_records (Paper *desk, GPtrArray *records)
{
  g_autoptr (LanyardBatch) batch = lanyard_batch_new (records, records->len);

  return lanyard_batch_sign (batch, desk->key);
}

BadPeers *
bad_peers_new (SyncFixture *fixture, LanyardHub *hub)
{
  BadPeers *peers = g_new0 (BadPeers, 1);
  g_auto (LanyardCoseMessage) message = { 0 };

  peers->desk = paper_new (fixture, hub);
  peers->other = paper_new (fixture, hub);
  peers->stranger = lanyard_key_generate ();
  peers->stored = write_records (peers->desk, BAD_PEERS_STORED);
  peers->old = sign_records (peers->desk, peers->stored);
  paper_ingest (hub, peers->desk, peers->stored);
  peers->next = write_records (peers->desk, BAD_PEERS_NEXT);
  peers->good = sign_records (peers->desk, peers->next);
  g_assert_true (lanyard_cose_parse (&message, g_bytes_get_data (peers->good, NULL),
                                     g_bytes_get_size (peers->good), LANYARD_BATCH_MAX_BYTES,
                                     NULL));
  peers->payload = g_bytes_new (message.payload, message.n_payload);
  return peers;
}

void
bad_peers_free (BadPeers *peers)
{
  paper_free (peers->desk);
  paper_free (peers->other);
  lanyard_key_unref (peers->stranger);
  g_ptr_array_unref (peers->stored);
  g_ptr_array_unref (peers->next);
  g_bytes_unref (peers->good);
  g_bytes_unref (peers->payload);
  g_bytes_unref (peers->old);
  g_free (peers);
}

guint
bad_peers_n_kinds (void)
{
  return n_bad_line_kinds + n_bad_key_kinds;
}

const char *
bad_peers_get_name (guint kind)
{
  return get_kind (kind)->name;
}

guint64
bad_peers_get_head (const BadPeers *peers, guint32 device, guint32 epoch)
{
  return device == peers->desk->device && epoch == 1 ? BAD_PEERS_STORED : 0;
}

BadBatch *
bad_peers_make (BadPeers *peers, guint seed)
{
  BadBatch *bad = g_new0 (BadBatch, 1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Making making = { peers, rand, bad };

  bad->seed = seed;
  bad->kind = seed % bad_peers_n_kinds ();
  bad->name = get_kind (bad->kind)->name;
  bad->place = (LanyardHubPlace){ peers->desk->device, 1, BAD_PEERS_STORED + 1,
                                  BAD_PEERS_STORED + BAD_PEERS_NEXT };
  bad->message = get_kind (bad->kind)->make (&making);
  return bad;
}

void
bad_batch_free (BadBatch *bad)
{
  if (bad == NULL)
    return;
  g_bytes_unref (bad->message);
  g_free (bad);
}

void
bad_peers_ingest_good (BadPeers *peers, LanyardHub *hub)
{
  paper_ingest (hub, peers->desk, peers->next);
}
