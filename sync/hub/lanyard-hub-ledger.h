/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-batch.h"
#include "lanyard-hub-store.h"
#include "lanyard-receipt.h"

G_BEGIN_DECLS

/*
 * What a hub does with a batch, decided without touching anything.
 *
 *   head = last stored seq of the (device, epoch)
 *
 *   batch                                        verdict
 *   first > head + 1                             GAP: nothing is taken
 *   a stored hash differs from the batch's,      FORK at that seq: nothing is taken
 *     also that of first - 1
 *   last ≤ head, all equal                       DUPLICATE: success, nothing to store
 *   otherwise                                    ACCEPT from head + 1
 */
typedef enum
{
  LANYARD_LEDGER_ACCEPT,
  LANYARD_LEDGER_DUPLICATE,
  LANYARD_LEDGER_GAP,
  LANYARD_LEDGER_FORK,
} LanyardLedgerVerdict;

/**
 * lanyard_hub_ledger_get_overlap:
 * @stream: what is stored
 * @batch: what came
 * @from: (out): first seq whose stored hash is needed to judge
 * @to: (out): last one
 *
 * Returns: whether any is needed
 */
gboolean lanyard_hub_ledger_get_overlap (const LanyardHubStream *stream,
                                         const LanyardBatch *batch,
                                         guint64 *from,
                                         guint64 *to);

/**
 * lanyard_hub_ledger_judge:
 * @stream: what is stored
 * @known: (nullable) (element-type LanyardHash): stored hashes of the overlap, in order
 * @batch: what came; its chain holds
 * @at: (out): ACCEPT: first seq to store; FORK: first seq that differs; otherwise 0
 */
LanyardLedgerVerdict lanyard_hub_ledger_judge (const LanyardHubStream *stream,
                                               GArray *known,
                                               const LanyardBatch *batch,
                                               guint64 *at);

G_END_DECLS
