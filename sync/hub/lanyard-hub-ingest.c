/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <string.h>

#include "lanyard-batch.h"
#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-hub-ledger.h"
#include "lanyard-hub-private.h"

/*
 * One upload, in this order and no other:
 *
 * 1. limits, signature, the desk's key, the place it says it belongs to, its own hash chain
 * 2. one transaction: judge against what is stored, store, interpret, fold
 * 3. commit
 * 4. only then a receipt, and the receipt says what is on disk
 */

static gboolean
is_of_place (const LanyardBatch *batch, const LanyardHubPlace *place, GError **error)
{
  if (batch->device == place->device && batch->epoch == place->epoch && batch->first == place->first
      && lanyard_batch_get_last (batch) == place->last)
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       "The batch is not the one that the request names.");
  return FALSE;
}

/* The key must be the one that was enrolled for this very epoch. */
static gboolean
is_enrolled (LanyardHub *hub, const LanyardBatch *batch, const LanyardKid *kid, GError **error)
{
  g_autoptr (LanyardHubEnrolment) enrolment = NULL;
  g_autoptr (GError) local_error = NULL;
  LanyardKid enrolled;

  enrolment
      = hub->store->ops->find_enrolment (hub->store, batch->device, batch->epoch, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (enrolment != NULL)
    lanyard_public_key_get_kid (&enrolment->key, &enrolled);
  if (enrolment == NULL || memcmp (enrolled.bytes, kid->bytes, LANYARD_KID_BYTES) != 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                   "Desk %u is not enrolled with this key in epoch %u.", batch->device,
                   batch->epoch);
      return FALSE;
    }
  return TRUE;
}

static gboolean
judge (LanyardHub *hub,
       const LanyardBatch *batch,
       LanyardHubStream *stream,
       LanyardLedgerVerdict *verdict,
       guint64 *at,
       GError **error)
{
  g_autoptr (GArray) known = NULL;
  guint64 from, to;

  if (!hub->store->ops->get_stream (hub->store, batch->device, batch->epoch, stream, error))
    return FALSE;
  if (lanyard_hub_ledger_get_overlap (stream, batch, &from, &to))
    {
      known
          = hub->store->ops->get_hashes (hub->store, batch->device, batch->epoch, from, to, error);
      if (known == NULL)
        return FALSE;
    }
  *verdict = lanyard_hub_ledger_judge (stream, known, batch, at);
  return TRUE;
}

static gboolean
store_and_fold (LanyardHub *hub,
                const LanyardBatch *batch,
                guint64 from,
                LanyardReceipt *receipt,
                GError **error)
{
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_free);
  gint64 now_us = lanyard_hub_get_now_us (hub);

  if (!hub->store->ops->append (hub->store, batch, from, now_us, error)
      || !_lanyard_hub_fold (hub, batch, from, now_us, conflicts, error))
    return FALSE;
  g_ptr_array_set_size (conflicts, (int)MIN (conflicts->len, (guint)LANYARD_RECEIPT_MAX_CONFLICTS));
  g_ptr_array_add (conflicts, NULL);
  g_strfreev (receipt->conflicts);
  receipt->conflicts = (char **)g_ptr_array_steal (conflicts, NULL);
  return TRUE;
}

/* Everything between begin and commit. */
static gboolean
transact (LanyardHub *hub, const LanyardBatch *batch, LanyardReceipt *receipt, GError **error)
{
  LanyardLedgerVerdict verdict;
  LanyardHubStream stream;
  guint64 at;

  if (!judge (hub, batch, &stream, &verdict, &at, error))
    return FALSE;
  switch (verdict)
    {
    case LANYARD_LEDGER_ACCEPT:
      if (!store_and_fold (hub, batch, at, receipt, error))
        return FALSE;
      break;
    case LANYARD_LEDGER_DUPLICATE:
      break;
    case LANYARD_LEDGER_GAP:
      receipt->status = LANYARD_RECEIPT_GAP;
      break;
    case LANYARD_LEDGER_FORK:
      receipt->status = LANYARD_RECEIPT_FORK;
      receipt->fork_seq = at;
      if (!hub->store->ops->add_alarm (hub->store, "fork", batch->device, batch->epoch, at,
                                       lanyard_hub_get_now_us (hub), error))
        return FALSE;
      break;
    default:
      g_assert_not_reached ();
    }
  if (!hub->store->ops->get_stream (hub->store, batch->device, batch->epoch, &stream, error)
      || !hub->store->ops->get_gseq (hub->store, &receipt->gseq, error))
    return FALSE;
  receipt->accepted_through = stream.head_seq;
  receipt->head = stream.head_hash;
  return TRUE;
}

static gboolean
run (LanyardHub *hub, const LanyardBatch *batch, LanyardReceipt *receipt, GError **error)
{
  if (!hub->store->ops->begin (hub->store, error))
    return FALSE;
  if (!transact (hub, batch, receipt, error))
    {
      hub->store->ops->rollback (hub->store);
      return FALSE;
    }
  if (lanyard_fault ("hub-ack-before-commit"))
    {
      hub->store->ops->rollback (hub->store);
      return TRUE;
    }
  return hub->store->ops->commit (hub->store, error);
}

GBytes *
lanyard_hub_ingest (LanyardHub *hub,
                    const LanyardHubPlace *place,
                    const void *data,
                    gsize n_bytes,
                    LanyardReceiptStatus *status,
                    GError **error)
{
  g_autoptr (LanyardBatch) batch = NULL;
  g_autoptr (LanyardReceipt) receipt = lanyard_receipt_new ();
  LanyardKid kid;

  batch = lanyard_batch_open (data, n_bytes, hub->trust, _lanyard_hub_now_s (hub), &kid, error);
  if (batch == NULL || !is_of_place (batch, place, error) || !is_enrolled (hub, batch, &kid, error))
    return NULL;
  receipt->device = batch->device;
  receipt->epoch = batch->epoch;
  if (!run (hub, batch, receipt, error))
    return NULL;
  hub->generation++;
  *status = receipt->status;
  return lanyard_receipt_sign (receipt, hub->key);
}
