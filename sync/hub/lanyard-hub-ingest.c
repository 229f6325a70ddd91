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
#include "lanyard-hub-upload.h"

/* A store that asks for it is asked so often. */
#define TRIES 3

/*
 * One upload, in this order and no other:
 *
 * 1. limits, signature, the desk's key, the place it says it belongs to, its own hash chain; what
 *    each record says
 * 2. one transaction, maybe with other uploads: judge against what is stored, store, fold
 * 3. commit
 * 4. only then a receipt, and the receipt says what is on disk
 */

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
                const LanyardHubUpload *upload,
                guint64 from,
                LanyardReceipt *receipt,
                GError **error)
{
  const LanyardBatch *batch = upload->batch;
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_free);
  gint64 now_us = lanyard_hub_get_now_us (hub);

  if (!hub->store->ops->append (hub->store, batch, from, now_us, error)
      || !_lanyard_hub_fold (hub, batch, upload->facts, from, now_us, conflicts, error)
      || !_lanyard_hub_count_pickups (hub, batch, upload->facts, from, error))
    return FALSE;
  g_ptr_array_set_size (conflicts, (int)MIN (conflicts->len, (guint)LANYARD_RECEIPT_MAX_CONFLICTS));
  g_ptr_array_add (conflicts, NULL);
  g_strfreev (receipt->conflicts);
  receipt->conflicts = (char **)g_ptr_array_steal (conflicts, NULL);
  return TRUE;
}

/* What one upload does in the transaction under way. */
static gboolean
transact (LanyardHub *hub, LanyardHubUpload *upload, LanyardReceipt *receipt, GError **error)
{
  const LanyardBatch *batch = upload->batch;
  LanyardLedgerVerdict verdict;
  LanyardHubStream stream;
  guint64 at;

  if (!judge (hub, batch, &stream, &verdict, &at, error))
    return FALSE;
  switch (verdict)
    {
    case LANYARD_LEDGER_ACCEPT:
      if (!store_and_fold (hub, upload, at, receipt, error))
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
  if (lanyard_fault ("hub-receipt-of-the-request"))
    {
      receipt->accepted_through = lanyard_batch_get_last (batch);
      receipt->head
          = g_array_index (batch->hashes, LanyardHash, receipt->accepted_through - batch->first);
      receipt->status = LANYARD_RECEIPT_ACCEPTED;
    }
  return TRUE;
}

static gboolean
transact_all (LanyardHub *hub, GPtrArray *uploads, GError **error)
{
  for (guint i = 0; i < uploads->len; i++)
    {
      LanyardHubUpload *upload = g_ptr_array_index (uploads, i);

      lanyard_receipt_free (upload->receipt);
      upload->receipt = lanyard_receipt_new ();
      upload->receipt->device = upload->batch->device;
      upload->receipt->epoch = upload->batch->epoch;
      if (!transact (hub, upload, upload->receipt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_group (LanyardHub *hub, GPtrArray *uploads, GError **error)
{
  g_auto (LanyardHubNeeds) needs = { 0 };

  _lanyard_hub_needs_collect (&needs, uploads);
  if (!hub->store->ops->begin_uploads (hub->store, &needs, error))
    return FALSE;
  if (!transact_all (hub, uploads, error))
    {
      hub->store->ops->rollback (hub->store);
      return FALSE;
    }
  if (lanyard_fault ("hub-ack-before-commit"))
    {
      hub->store->ops->rollback (hub->store);
      return TRUE;
    }
  return _lanyard_hub_commit (hub, error);
}

/* The same batch twice is one batch, so trying again is right even where a commit was not heard. */
static gboolean
run_again (LanyardHub *hub, GPtrArray *uploads, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  for (guint i = 0; i < TRIES; i++)
    {
      g_clear_error (&local_error);
      if (run_group (hub, uploads, &local_error))
        return TRUE;
      if (!lanyard_error_is_retryable (local_error))
        break;
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
run_alone (LanyardHub *hub, LanyardHubUpload *upload)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, upload);
  g_clear_error (&upload->error);
  run_again (hub, one, &upload->error);
}

/* A store that cannot be reached cannot be reached for each of them either. */
static gboolean
is_of_one (const GError *error)
{
  return !g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK)
         && !g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_FULL);
}

void
lanyard_hub_ingest_uploads (LanyardHub *hub, GPtrArray *uploads)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (hub != NULL && uploads != NULL);

  if (uploads->len == 0)
    return;
  run_again (hub, uploads, &error);
  for (guint i = 0; i < uploads->len; i++)
    {
      LanyardHubUpload *upload = g_ptr_array_index (uploads, i);

      if (error != NULL && uploads->len > 1 && is_of_one (error))
        run_alone (hub, upload);
      else if (error != NULL)
        upload->error = g_error_copy (error);
      if (upload->error == NULL)
        upload->message = lanyard_receipt_sign (upload->receipt, hub->key);
      _lanyard_hub_upload_end (upload);
    }
  hub->generation++;
}

GBytes *
lanyard_hub_ingest (LanyardHub *hub,
                    const LanyardHubPlace *place,
                    const void *data,
                    gsize n_bytes,
                    LanyardReceiptStatus *status,
                    GError **error)
{
  g_autoptr (LanyardHubUpload) upload = lanyard_hub_upload_new (hub, place, data, n_bytes, error);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  if (upload == NULL)
    return NULL;
  g_ptr_array_add (one, upload);
  lanyard_hub_ingest_uploads (hub, one);
  return lanyard_hub_upload_finish (upload, status, error);
}
