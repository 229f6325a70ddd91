/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-ledger.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"

gboolean
lanyard_hub_ledger_get_overlap (const LanyardHubStream *stream,
                                const LanyardBatch *batch,
                                guint64 *from,
                                guint64 *to)
{
  *from = MAX (batch->first - 1, 1);
  *to = MIN (lanyard_batch_get_last (batch), stream->head_seq);
  return *from <= *to;
}

/* The hash that the batch claims for @seq, which is first - 1 or one of its records. */
static const LanyardHash *
claimed (const LanyardBatch *batch, guint64 seq)
{
  if (seq < batch->first)
    return &batch->previous;
  return &g_array_index (batch->hashes, LanyardHash, seq - batch->first);
}

static guint64
find_fork (GArray *known, const LanyardBatch *batch, guint64 from)
{
  for (guint i = 0; i < known->len; i++)
    if (!lanyard_hash_equal (&g_array_index (known, LanyardHash, i), claimed (batch, from + i)))
      return from + i;
  return 0;
}

LanyardLedgerVerdict
lanyard_hub_ledger_judge (const LanyardHubStream *stream,
                          GArray *known,
                          const LanyardBatch *batch,
                          guint64 *at)
{
  guint64 from, to, fork = 0;

  *at = 0;
  if (batch->first > stream->head_seq + 1 && !lanyard_fault ("hub-gap-accepted"))
    return LANYARD_LEDGER_GAP;
  if (lanyard_hub_ledger_get_overlap (stream, batch, &from, &to))
    {
      lanyard_assert_invariant (known != NULL && known->len == to - from + 1);
      fork = find_fork (known, batch, from);
    }
  if (fork != 0 && !lanyard_fault ("hub-fork-overwrites"))
    {
      *at = fork;
      return LANYARD_LEDGER_FORK;
    }
  if (lanyard_batch_get_last (batch) <= stream->head_seq)
    return LANYARD_LEDGER_DUPLICATE;
  *at = lanyard_fault ("hub-overlap-stored-again") ? batch->first
                                                   : MAX (stream->head_seq + 1, batch->first);
  return LANYARD_LEDGER_ACCEPT;
}
