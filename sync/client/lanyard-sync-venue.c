/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-batch.h"
#include "lanyard-cbor.h"
#include "lanyard-error.h"
#include "lanyard-record-body.h"
#include "lanyard-sync-engine-private.h"
#include "lanyard-venue.h"

/*
 * A relay that has no line to the hub answers 202: it keeps what was uploaded, and tells what the
 * other desks of the venue did. Nothing of that is a receipt. Records stay in the outbox until the
 * hub itself has signed for them; they are only not sent again to the relay until the line is back.
 */

/* A relay that answers so often in so short a time tells nothing new. */
#define BURST_US (10 * G_USEC_PER_SEC)
#define MAX_BURST 100

static void
read_sequence (LanyardCborReader *reader, gint64 key, gpointer user_data)
{
  guint32 *sequence = user_data;

  if (key == LANYARD_BODY_SEQUENCE)
    *sequence = (guint32)lanyard_cbor_read_uint (reader, G_MAXINT32);
  else
    lanyard_cbor_skip (reader, NULL);
}

/* Returns: 0 where a body cannot be read, or says none */
static guint32
get_sequence (const LanyardRecord *record)
{
  guint32 sequence = 0;

  return lanyard_record_body_read (record, read_sequence, &sequence, NULL) ? sequence : 0;
}

static void
note_record (LanyardSyncEngine *self, const LanyardRecord *record)
{
  LanyardVenueBadge badge = { .number = record->accreditation, .serial = record->serial };

  if (badge.number == NULL || badge.serial == NULL)
    return;
  switch ((LanyardRecordKind)record->kind)
    {
    case LANYARD_RECORD_RESERVED:
    case LANYARD_RECORD_PRINTING:
    case LANYARD_RECORD_REPORTED:
      badge.being_made = TRUE;
      break;
    case LANYARD_RECORD_ISSUED:
    case LANYARD_RECORD_UNKNOWN:
    case LANYARD_RECORD_VALIDATED:
      badge.open = TRUE;
      break;
    case LANYARD_RECORD_VOIDED:
      badge.is_void = TRUE;
      break;
    default:
      return;
    }
  /* The other desk may not have heard that staff here made an end of it. */
  badge.is_void |= lanyard_journal_is_void (self->journal, badge.serial);
  badge.sequence = get_sequence (record);
  lanyard_directory_note_badge (self->directory, &badge);
}

static void
note_batch (LanyardSyncEngine *self, const LanyardBatch *batch)
{
  LanyardHash previous = batch->previous;

  for (guint i = 0; i < batch->records->len; i++)
    {
      GBytes *encoded = g_ptr_array_index (batch->records, i);
      g_autoptr (LanyardRecord) record
          = lanyard_record_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded),
                                   &previous, NULL);

      if (record != NULL && record->device == batch->device && record->epoch == batch->epoch)
        {
          note_record (self, record);
          lanyard_journal_note_venue (self->journal, record);
        }
      previous = g_array_index (batch->hashes, LanyardHash, i);
    }
}

/* One batch of another desk, which alone can have signed it. */
static void
take_batch (LanyardSyncEngine *self, GBytes *message)
{
  g_autoptr (LanyardBatch) batch = NULL;
  g_autoptr (GError) error = NULL;

  batch = lanyard_batch_open (g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                              self->trust, _lanyard_sync_now_s (self), NULL, &error);
  if (batch == NULL && g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED))
    self->trust_stale = TRUE; /* maybe a desk that is newer than the list */
  else if (batch == NULL)
    {
      g_autofree char *sentence
          = g_strdup_printf ("The relay of this venue passed on what no desk has signed; "
                             "have it looked at: %s",
                             error->message);

      _lanyard_sync_set_alarm (self, sentence);
    }
  else if (batch->device != self->identity.device)
    note_batch (self, batch);
}

guint64
_lanyard_sync_get_sent (LanyardSyncEngine *self)
{
  LanyardOutbox outbox;
  guint64 acknowledged;

  lanyard_journal_get_outbox (self->journal, &outbox);
  acknowledged = lanyard_journal_get_head_seq (self->journal) - outbox.pending;
  return self->cut ? MAX (acknowledged, self->venue_through) : acknowledged;
}

/* Answers that come at once and for ever would keep the desk busy with nothing, and from its hub.
 */
static gboolean
is_too_often (LanyardSyncEngine *self)
{
  gint64 now_us = _lanyard_sync_monotonic_us (self);

  if (now_us - self->burst_from_us > BURST_US)
    {
      self->burst_from_us = now_us;
      self->burst = 0;
    }
  if (++self->burst <= MAX_BURST)
    return FALSE;
  self->burst_from_us = now_us;
  self->burst = 0;
  return TRUE;
}

void
_lanyard_sync_take_venue (LanyardSyncEngine *self, LanyardHubReply *reply)
{
  LanyardSyncInput input = { .event = LANYARD_SYNC_DONE };
  g_autoptr (LanyardVenue) venue = NULL;
  guint64 before = self->venue_cursor;
  guint64 sent = _lanyard_sync_get_sent (self);
  GError *error = NULL;

  if (is_too_often (self))
    {
      error = g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                                   "the relay answers at once, over and over");
      _lanyard_sync_nonsense (self, "page of the venue", error);
      return;
    }
  if (!self->cut)
    self->venue_through = 0;
  if (self->machine.state == LANYARD_SYNC_PUSHING)
    self->venue_through = MAX (self->venue_through, self->sent_through);
  self->cut = TRUE;
  if (g_bytes_get_size (reply->body) > 0)
    {
      venue = lanyard_venue_decode (g_bytes_get_data (reply->body, NULL),
                                    g_bytes_get_size (reply->body), &error);
      if (venue == NULL)
        {
          _lanyard_sync_nonsense (self, "page of the venue", error);
          return;
        }
      for (guint i = 0; i < venue->batches->len && self->trust != NULL; i++)
        take_batch (self, g_ptr_array_index (venue->batches, i));
      self->venue_cursor = venue->next;
      self->cut = !venue->line;
    }
  input.more = self->machine.state == LANYARD_SYNC_PUSHING
               && _lanyard_sync_get_sent (self) < lanyard_journal_get_head_seq (self->journal);
  input.moved = self->venue_cursor > before || _lanyard_sync_get_sent (self) > sent;
  _lanyard_sync_feed (self, &input);
}
