/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-control-private.h"
#include "lanyard-hub-control.h"
#include "lanyard-hub-fleet.h"

/* Requests about desks, and about records that were set aside. */

#define MAX_REASON_BYTES 512

static const LanyardHubDeskState *
find_state (GPtrArray *states, const LanyardHubEnrolment *enrolment)
{
  for (guint i = 0; i < states->len; i++)
    {
      const LanyardHubDeskState *state = g_ptr_array_index (states, i);

      if (state->device == enrolment->device && state->epoch == enrolment->epoch)
        return state;
    }
  return NULL;
}

static const LanyardHubRevocation *
find_revocation (GPtrArray *revocations, const LanyardHubEnrolment *enrolment)
{
  for (guint i = 0; i < revocations->len; i++)
    {
      const LanyardHubRevocation *revocation = g_ptr_array_index (revocations, i);

      if (revocation->device == enrolment->device && revocation->epoch == enrolment->epoch)
        return revocation;
    }
  return NULL;
}

static void
write_desk (LanyardCborWriter *writer,
            const LanyardHubEnrolment *enrolment,
            guint64 head_seq,
            const LanyardHubRevocation *revocation,
            const LanyardHubDeskState *state)
{
  static const LanyardHubDeskState nothing = { .software = (char *)"", .pack = (char *)"" };

  if (state == NULL)
    state = &nothing;
  lanyard_cbor_open_array (writer, 18);
  lanyard_cbor_write_uint (writer, enrolment->device);
  lanyard_cbor_write_uint (writer, enrolment->epoch);
  lanyard_cbor_write_text (writer, enrolment->venue);
  lanyard_cbor_write_text (writer, enrolment->name);
  lanyard_cbor_write_text (writer, enrolment->prefix);
  lanyard_cbor_write_uint (writer, head_seq);
  lanyard_cbor_write_int (writer, enrolment->enrolled_us);
  lanyard_cbor_write_int (writer, revocation == NULL ? 0 : revocation->at_us);
  lanyard_cbor_write_text (writer, revocation == NULL ? "" : revocation->reason);
  lanyard_cbor_write_int (writer, state->seen_us);
  lanyard_cbor_write_int (writer, state->told_us);
  lanyard_cbor_write_uint (writer, state->backlog);
  lanyard_cbor_write_int (writer, state->oldest_us);
  lanyard_cbor_write_uint (writer, state->gseq);
  lanyard_cbor_write_int (writer, state->fresh_us);
  lanyard_cbor_write_int (writer, state->negative_us);
  lanyard_cbor_write_text (writer, state->software);
  lanyard_cbor_write_text (writer, state->pack);
}

/* Only the newest enrolment of each desk. */
static GPtrArray *
list_newest (LanyardHubStore *store, GError **error)
{
  g_autoptr (GPtrArray) all = store->ops->list_enrolments (store, error);

  if (all == NULL)
    return NULL;
  for (guint i = all->len; i > 1; i--)
    {
      const LanyardHubEnrolment *older = g_ptr_array_index (all, i - 2);
      const LanyardHubEnrolment *newer = g_ptr_array_index (all, i - 1);

      if (older->device == newer->device)
        g_ptr_array_remove_index (all, i - 2);
    }
  return g_steal_pointer (&all);
}

gboolean
_lanyard_hub_control_desks (LanyardHub *hub,
                            LanyardCborReader *reader,
                            LanyardCborWriter *writer,
                            GError **error)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  g_autoptr (GPtrArray) enrolments = NULL;
  g_autoptr (GPtrArray) revocations = NULL;
  g_autoptr (GPtrArray) states = NULL;
  guint64 gseq;

  if (!lanyard_cbor_reader_end (reader, "request", error) || !lanyard_hub_flush_states (hub, error)
      || !store->ops->get_gseq (store, &gseq, error)
      || (enrolments = list_newest (store, error)) == NULL
      || (revocations = store->ops->list_revocations (store, error)) == NULL
      || (states = store->ops->list_desk_states (store, error)) == NULL)
    return FALSE;
  _lanyard_hub_control_write_ok (writer, 3);
  lanyard_cbor_write_int (writer, lanyard_hub_get_now_us (hub));
  lanyard_cbor_write_uint (writer, gseq);
  lanyard_cbor_open_array (writer, enrolments->len);
  for (guint i = 0; i < enrolments->len; i++)
    {
      const LanyardHubEnrolment *enrolment = g_ptr_array_index (enrolments, i);
      LanyardHubStream stream;

      if (!store->ops->get_stream (store, enrolment->device, enrolment->epoch, &stream, error))
        return FALSE;
      write_desk (writer, enrolment, stream.head_seq, find_revocation (revocations, enrolment),
                  find_state (states, enrolment));
    }
  return TRUE;
}

gboolean
_lanyard_hub_control_revoke (LanyardHub *hub,
                             LanyardCborReader *reader,
                             LanyardCborWriter *writer,
                             GError **error)
{
  guint32 device = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  gboolean keep_badges = lanyard_cbor_read_uint (reader, 1) == 1;
  g_autofree char *person = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_NAME_BYTES);
  g_autofree char *reason = lanyard_cbor_read_text (reader, MAX_REASON_BYTES);

  if (!lanyard_cbor_reader_end (reader, "request", error)
      || !lanyard_hub_revoke (hub, device, keep_badges, person, reason, error))
    return FALSE;
  _lanyard_hub_control_write_ok (writer, 0);
  return TRUE;
}

static gboolean
write_aside (LanyardHubStore *store,
             LanyardCborWriter *writer,
             const LanyardHubAside *aside,
             GError **error)
{
  g_autoptr (LanyardHubRecord) record
      = store->ops->find_record (store, aside->device, aside->epoch, aside->seq, error);

  if (record == NULL)
    return FALSE;
  lanyard_cbor_open_array (writer, 10);
  lanyard_cbor_write_uint (writer, aside->device);
  lanyard_cbor_write_uint (writer, aside->epoch);
  lanyard_cbor_write_uint (writer, aside->seq);
  lanyard_cbor_write_text (writer, aside->why);
  lanyard_cbor_write_text (writer, aside->decision);
  lanyard_cbor_write_int (writer, aside->decided_us);
  lanyard_cbor_write_text (writer, aside->decided_by);
  lanyard_cbor_write_text (writer, aside->reason);
  lanyard_cbor_write_int (writer, record->received_us);
  lanyard_cbor_write_gbytes (writer, record->encoded);
  return TRUE;
}

gboolean
_lanyard_hub_control_asides (LanyardHub *hub,
                             LanyardCborReader *reader,
                             LanyardCborWriter *writer,
                             GError **error)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  gboolean all = lanyard_cbor_read_uint (reader, 1) == 1;
  guint32 device = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  guint32 epoch = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  guint64 seq = lanyard_cbor_read_uint (reader, G_MAXINT64);
  g_autoptr (GPtrArray) rows = NULL;

  if (!lanyard_cbor_reader_end (reader, "request", error))
    return FALSE;
  rows = store->ops->list_quarantine (store, all, device, epoch, seq,
                                      LANYARD_HUB_CONTROL_MAX_ENTRIES, error);
  if (rows == NULL)
    return FALSE;
  _lanyard_hub_control_write_rows (writer, rows);
  for (guint i = 0; i < rows->len; i++)
    if (!write_aside (store, writer, g_ptr_array_index (rows, i), error))
      return FALSE;
  return TRUE;
}

gboolean
_lanyard_hub_control_retry (LanyardHub *hub,
                            LanyardCborReader *reader,
                            LanyardCborWriter *writer,
                            GError **error)
{
  guint32 device = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  guint32 epoch = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  guint64 seq = lanyard_cbor_read_uint (reader, G_MAXINT64);
  g_autofree char *person = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_NAME_BYTES);
  g_autofree char *why = NULL;

  if (!lanyard_cbor_reader_end (reader, "request", error)
      || !lanyard_hub_retry_aside (hub, device, epoch, seq, person, &why, error))
    return FALSE;
  _lanyard_hub_control_write_ok (writer, 1);
  if (why == NULL)
    lanyard_cbor_write_null (writer);
  else
    lanyard_cbor_write_text (writer, why);
  return TRUE;
}

gboolean
_lanyard_hub_control_dismiss (LanyardHub *hub,
                              LanyardCborReader *reader,
                              LanyardCborWriter *writer,
                              GError **error)
{
  guint32 device = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  guint32 epoch = (guint32)lanyard_cbor_read_uint (reader, G_MAXUINT32);
  guint64 seq = lanyard_cbor_read_uint (reader, G_MAXINT64);
  g_autofree char *person = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_NAME_BYTES);
  g_autofree char *reason = lanyard_cbor_read_text (reader, MAX_REASON_BYTES);

  if (!lanyard_cbor_reader_end (reader, "request", error)
      || !lanyard_hub_dismiss_aside (hub, device, epoch, seq, person, reason, error))
    return FALSE;
  _lanyard_hub_control_write_ok (writer, 0);
  return TRUE;
}

gboolean
_lanyard_hub_control_resolve (LanyardHub *hub,
                              LanyardCborReader *reader,
                              LanyardCborWriter *writer,
                              GError **error)
{
  g_autofree char *number = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  g_autofree char *serial = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  g_autofree char *reason = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  g_autofree char *person = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_NAME_BYTES);
  g_autofree char *subject = NULL;

  if (!lanyard_cbor_reader_end (reader, "request", error)
      || !lanyard_hub_resolve (hub, number, serial, reason, person, error))
    return FALSE;
  subject = g_strdup_printf ("%s keeps %s", number, serial);
  if (!lanyard_hub_note_deed (hub, person, "resolve", subject, reason, error))
    return FALSE;
  _lanyard_hub_control_write_ok (writer, 0);
  return TRUE;
}
