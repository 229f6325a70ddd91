/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub.h"
#include "sync-fixture.h"

G_BEGIN_DECLS

/*
 * Makes uploads that a hub must not take, each from one number. Two desks are enrolled; the first
 * has sent BAD_PEERS_STORED records and has BAD_PEERS_NEXT more, which are what is mutated.
 */

#define BAD_PEERS_STORED 20
#define BAD_PEERS_NEXT 30

typedef struct _BadPeers BadPeers;

typedef struct
{
  guint kind;
  const char *name; /* of the kind */
  guint seed;
  gboolean is_replay; /* it was stored before: that it is acknowledged again is right */
  LanyardHubPlace place;
  GBytes *message; /* owned */
} BadBatch;

BadPeers *bad_peers_new (SyncFixture *fixture, LanyardHub *hub);
void bad_peers_free (BadPeers *peers);
guint bad_peers_n_kinds (void);
const char *bad_peers_get_name (guint kind);
/* Head of a stream as it has to stay */
guint64 bad_peers_get_head (const BadPeers *peers, guint32 device, guint32 epoch);
BadBatch *bad_peers_make (BadPeers *peers, guint seed);
void bad_batch_free (BadBatch *bad);
/* Sends what the mutations were made of. */
void bad_peers_ingest_good (BadPeers *peers, LanyardHub *hub);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BadBatch, bad_batch_free)

G_END_DECLS
