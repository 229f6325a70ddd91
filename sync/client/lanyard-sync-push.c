/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-batch.h"
#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-receipt.h"
#include "lanyard-sync-engine-private.h"

/*
 * The way up. What is sent is what the journal says is not acknowledged; what the hub says it has
 * goes to the journal, which alone moves the mark. No answer, of whatever kind, takes a record
 * away.
 */

static gboolean
has_records (LanyardSyncEngine *self)
{
  LanyardOutbox outbox;

  lanyard_journal_get_outbox (self->journal, &outbox);
  return outbox.pending > 0;
}

static void
tell_done (LanyardSyncEngine *self, gboolean moved)
{
  LanyardSyncInput input
      = { .event = LANYARD_SYNC_DONE, .more = has_records (self), .moved = moved };

  _lanyard_sync_feed (self, &input);
}

static void
tell (LanyardSyncEngine *self, LanyardSyncEvent event)
{
  LanyardSyncInput input = { .event = event, .from_hub = TRUE };

  _lanyard_sync_feed (self, &input);
}

static guint64
get_acknowledged (LanyardSyncEngine *self)
{
  LanyardOutbox outbox;

  lanyard_journal_get_outbox (self->journal, &outbox);
  return outbox.acknowledged_seq;
}

/* The journal did not like the receipt. @error: (transfer full) */
static void
handle_refusal (LanyardSyncEngine *self, GError *error)
{
  if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_ROLLBACK))
    {
      _lanyard_sync_set_alarm (self, error->message);
      tell (self, LANYARD_SYNC_BEHIND);
    }
  else if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_FORK))
    {
      _lanyard_sync_set_alarm (self, error->message);
      tell (self, LANYARD_SYNC_STUCK);
    }
  else if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL))
    {
      _lanyard_sync_nonsense (self, "receipt", error);
      return;
    }
  else
    {
      _lanyard_sync_broken (self, error);
      return;
    }
  g_error_free (error);
}

static void
handle_receipt (LanyardSyncEngine *self, const LanyardReceipt *receipt, GBytes *message)
{
  guint64 before = get_acknowledged (self);
  gboolean probing = self->probe;
  GError *error = NULL;

  self->probe = FALSE;

  if (receipt->status == LANYARD_RECEIPT_FORK)
    {
      g_autofree char *sentence
          = g_strdup_printf ("The hub has another record %" G_GUINT64_FORMAT
                             " of this desk: its disk was copied or set back; call support.",
                             receipt->fork_seq);

      _lanyard_sync_set_alarm (self, sentence);
      tell (self, LANYARD_SYNC_STUCK);
      return;
    }
  if (!lanyard_journal_acknowledge (self->journal, receipt->accepted_through, &receipt->head,
                                    message, &error))
    {
      handle_refusal (self, error);
      return;
    }
  /* A receipt that takes nothing would have the same records sent for ever. */
  if (!probing && get_acknowledged (self) <= before)
    {
      _lanyard_sync_nonsense (self, "receipt",
                              g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                                                   "it takes none of the records sent"));
      return;
    }
  tell_done (self, get_acknowledged (self) > before);
}

#ifdef LANYARD_SEEDED_FAULTS
/* The deliberate fault: what the hub does not like is taken for sent. */
static void
drop (LanyardSyncEngine *self)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  LanyardHash head;

  lanyard_journal_get_head_hash (self->journal, &head);
  lanyard_journal_acknowledge (self->journal, lanyard_journal_get_head_seq (self->journal), &head,
                               nothing, NULL);
}
#endif

static void
on_receipt (LanyardSyncEngine *self, LanyardHubReply *reply)
{
  g_autoptr (LanyardReceipt) receipt = NULL;
  GError *error = NULL;

#ifdef LANYARD_SEEDED_FAULTS
  if (reply->status >= 400 && lanyard_fault ("sync-drop-on-4xx"))
    drop (self);
#endif
  if (reply->status != 200 && reply->status != 409)
    {
      _lanyard_sync_unexpected (self, reply);
      return;
    }
  receipt = lanyard_receipt_open (reply->body, self->trust, self->identity.device,
                                  self->identity.epoch, _lanyard_sync_now_s (self), &error);
  if (receipt == NULL)
    _lanyard_sync_nonsense (self, "receipt", error);
  else
    handle_receipt (self, receipt, reply->body);
}

static void
send_batch (LanyardSyncEngine *self, const LanyardBatch *batch)
{
  g_autoptr (GBytes) message = lanyard_batch_sign (batch, self->key);
  g_autofree char *path
      = g_strdup_printf ("/v1/d/%u/%u/rec/%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, batch->device,
                         batch->epoch, batch->first, lanyard_batch_get_last (batch));
  LanyardHubRequest request = {
    .method = "PUT",
    .path = path,
    .body = message,
    .max_bytes = LANYARD_RECEIPT_MAX_BYTES,
    .timeout_s = LANYARD_SYNC_TIMEOUT_S,
  };

  self->sent_through = lanyard_batch_get_last (batch);
  _lanyard_sync_send (self, &request, on_receipt);
}

void
_lanyard_sync_push (LanyardSyncEngine *self)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (LanyardBatch) batch = NULL;
  GError *error = NULL;

  guint64 after = _lanyard_sync_get_sent (self);
  guint max = self->machine.batch_size;

  if (self->probe && !self->cut && after > 0)
    {
      after--;
      max = 1;
    }
  records = lanyard_journal_read (self->journal, after, max, &error);
  if (records == NULL)
    {
      _lanyard_sync_broken (self, error);
      return;
    }
  if (records->len == 0)
    {
      tell_done (self, FALSE);
      return;
    }
  batch = lanyard_batch_new (records, self->machine.batch_size);
  send_batch (self, batch);
}
