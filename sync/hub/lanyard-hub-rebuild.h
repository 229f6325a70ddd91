/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-batch.h"
#include "lanyard-hub.h"

G_BEGIN_DECLS

/**
 * lanyard_hub_restore:
 * @directory: has hub.key and pack/, and a store that is not there or holds no hub
 * @root: the event's root key
 * @enrolments: (element-type LanyardHubEnrolment): of all desks, in the order of their ids
 * @error: LANYARD_ERROR_STATE when there is a hub in it, _UNTRUSTED when the root did not sign the
 *   pack's trust list; anything of keys and store
 *
 * Makes an empty store that desks accept: the same keys, every desk enrolled as it was, and a trust
 * list that is newer than any of before.
 */
gboolean lanyard_hub_restore (const char *directory,
                              const LanyardPublicKey *root,
                              GPtrArray *enrolments,
                              GError **error);

/**
 * lanyard_hub_ingest_batch:
 * @batch: (transfer full): records that no desk signed as a batch: of a journal, or of an export
 * @status: (out): what became of it
 * @error: as lanyard_hub_ingest(); _UNTRUSTED for a desk that was never enrolled
 *
 * As lanyard_hub_ingest(), with the caller's word in place of the signature. The chain of hashes is
 * still checked against what is stored.
 */
gboolean lanyard_hub_ingest_batch (LanyardHub *hub,
                                   LanyardBatch *batch,
                                   LanyardReceiptStatus *status,
                                   GError **error);

/**
 * lanyard_hub_batch_open:
 * @device: whose it is said to be
 * @epoch: and of which enrolment, which may have ended or been revoked
 * @error: as lanyard_batch_open(); LANYARD_ERROR_UNTRUSTED for a desk that was never enrolled so
 *
 * Opens a batch that a relay kept, with the key that was enrolled for it.
 *
 * Returns: (transfer full) (nullable)
 */
LanyardBatch *lanyard_hub_batch_open (LanyardHub *hub,
                                      guint32 device,
                                      guint32 epoch,
                                      const void *data,
                                      gsize n_bytes,
                                      GError **error);

/* A batch with no record yet; @previous: hash of record @first - 1. (transfer full) */
LanyardBatch *
lanyard_hub_batch_begin (guint32 device, guint32 epoch, guint64 first, const LanyardHash *previous);
/* Adds the next record of the chain. */
void lanyard_hub_batch_add (LanyardBatch *batch, GBytes *encoded);

G_END_DECLS
