/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-control-private.h"
#include "lanyard-hub-control.h"
#include "lanyard-hub-fleet.h"

/* Requests that read what the hub keeps, a page at a time, so that it serves desks in between. */

#define MAX_REASON_BYTES 512
#define PAGE LANYARD_HUB_CONTROL_MAX_ENTRIES

static void
write_badge (LanyardCborWriter *writer, const LanyardHubBadge *badge)
{
  lanyard_cbor_open_array (writer, 5);
  lanyard_cbor_write_text (writer, badge->serial);
  lanyard_cbor_write_text (writer, badge->number);
  lanyard_cbor_write_uint (writer, badge->device);
  lanyard_cbor_write_uint (writer, badge->sequence);
  lanyard_cbor_write_uint (writer, badge->flags);
}

gboolean
_lanyard_hub_control_badges (LanyardHub *hub,
                             LanyardCborReader *reader,
                             LanyardCborWriter *writer,
                             GError **error)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  g_autofree char *after = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  g_autoptr (GPtrArray) badges = NULL;

  if (!lanyard_cbor_reader_end (reader, "request", error)
      || (badges = store->ops->read_badges (store, after, PAGE, error)) == NULL)
    return FALSE;
  _lanyard_hub_control_write_rows (writer, badges);
  for (guint i = 0; i < badges->len; i++)
    write_badge (writer, g_ptr_array_index (badges, i));
  return TRUE;
}

gboolean
_lanyard_hub_control_disputed (LanyardHub *hub,
                               LanyardCborReader *reader,
                               LanyardCborWriter *writer,
                               GError **error)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  g_autofree char *after = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  g_autoptr (GPtrArray) holdings = NULL;

  if (!lanyard_cbor_reader_end (reader, "request", error)
      || (holdings = store->ops->list_disputed (store, after, PAGE, error)) == NULL)
    return FALSE;
  _lanyard_hub_control_write_rows (writer, holdings);
  for (guint i = 0; i < holdings->len; i++)
    {
      const LanyardHubHolding *holding = g_ptr_array_index (holdings, i);
      g_autoptr (GPtrArray) badges = store->ops->list_badges (store, holding->number, error);

      if (badges == NULL)
        return FALSE;
      lanyard_cbor_open_array (writer, 3);
      lanyard_cbor_write_text (writer, holding->number);
      lanyard_cbor_write_uint (writer, holding->open_badges);
      lanyard_cbor_open_array (writer, badges->len);
      for (guint k = 0; k < badges->len; k++)
        write_badge (writer, g_ptr_array_index (badges, k));
    }
  return TRUE;
}

gboolean
_lanyard_hub_control_records (LanyardHub *hub,
                              LanyardCborReader *reader,
                              LanyardCborWriter *writer,
                              GError **error)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  guint64 after = lanyard_cbor_read_uint (reader, G_MAXINT64);
  g_autoptr (GPtrArray) records = NULL;

  if (!lanyard_cbor_reader_end (reader, "request", error)
      || (records = store->ops->read_records (store, after, PAGE, error)) == NULL)
    return FALSE;
  _lanyard_hub_control_write_rows (writer, records);
  for (guint i = 0; i < records->len; i++)
    {
      const LanyardHubRecord *record = g_ptr_array_index (records, i);

      lanyard_cbor_open_array (writer, 7);
      lanyard_cbor_write_uint (writer, record->id);
      lanyard_cbor_write_uint (writer, record->device);
      lanyard_cbor_write_uint (writer, record->epoch);
      lanyard_cbor_write_uint (writer, record->seq);
      lanyard_cbor_write_bytes (writer, record->hash.bytes, LANYARD_HASH_BYTES);
      lanyard_cbor_write_gbytes (writer, record->encoded);
      lanyard_cbor_write_int (writer, record->received_us);
    }
  return TRUE;
}

gboolean
_lanyard_hub_control_deed (LanyardHub *hub,
                           LanyardCborReader *reader,
                           LanyardCborWriter *writer,
                           GError **error)
{
  g_autofree char *person = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_NAME_BYTES);
  g_autofree char *what = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  g_autofree char *subject = lanyard_cbor_read_text (reader, MAX_REASON_BYTES);
  g_autofree char *reason = lanyard_cbor_read_text (reader, MAX_REASON_BYTES);

  if (!lanyard_cbor_reader_end (reader, "request", error)
      || !lanyard_hub_note_deed (hub, person, what, subject, reason, error))
    return FALSE;
  _lanyard_hub_control_write_ok (writer, 0);
  return TRUE;
}

gboolean
_lanyard_hub_control_deeds (LanyardHub *hub,
                            LanyardCborReader *reader,
                            LanyardCborWriter *writer,
                            GError **error)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  guint64 after = lanyard_cbor_read_uint (reader, G_MAXINT64);
  g_autoptr (GPtrArray) deeds = NULL;

  if (!lanyard_cbor_reader_end (reader, "request", error)
      || (deeds = store->ops->list_deeds (store, after, PAGE, error)) == NULL)
    return FALSE;
  _lanyard_hub_control_write_rows (writer, deeds);
  for (guint i = 0; i < deeds->len; i++)
    {
      const LanyardHubDeed *deed = g_ptr_array_index (deeds, i);

      lanyard_cbor_open_array (writer, 6);
      lanyard_cbor_write_uint (writer, deed->id);
      lanyard_cbor_write_int (writer, deed->at_us);
      lanyard_cbor_write_text (writer, deed->person);
      lanyard_cbor_write_text (writer, deed->what);
      lanyard_cbor_write_text (writer, deed->subject);
      lanyard_cbor_write_text (writer, deed->reason);
    }
  return TRUE;
}

/* The public half of each desk's key, with which a lost store is made anew. */
gboolean
_lanyard_hub_control_enrolments (LanyardHub *hub,
                                 LanyardCborReader *reader,
                                 LanyardCborWriter *writer,
                                 GError **error)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  guint64 after = lanyard_cbor_read_uint (reader, G_MAXINT64);
  g_autoptr (GPtrArray) page = g_ptr_array_new ();
  guint64 last;
  guint32 device;

  if (!lanyard_cbor_reader_end (reader, "request", error)
      || !store->ops->get_last_enrolment (store, &device, &last, error))
    return FALSE;
  g_ptr_array_set_free_func (page, (GDestroyNotify)lanyard_hub_enrolment_free);
  for (guint64 id = after + 1; id <= last && page->len < PAGE; id++)
    {
      LanyardHubEnrolment *enrolment = store->ops->find_enrolment_by_id (store, id, NULL);

      if (enrolment != NULL)
        g_ptr_array_add (page, enrolment);
    }
  _lanyard_hub_control_write_rows (writer, page);
  for (guint i = 0; i < page->len; i++)
    {
      const LanyardHubEnrolment *enrolment = g_ptr_array_index (page, i);

      lanyard_cbor_open_array (writer, 8);
      lanyard_cbor_write_uint (writer, enrolment->id);
      lanyard_cbor_write_uint (writer, enrolment->device);
      lanyard_cbor_write_uint (writer, enrolment->epoch);
      lanyard_cbor_write_text (writer, enrolment->venue);
      lanyard_cbor_write_text (writer, enrolment->name);
      lanyard_cbor_write_text (writer, enrolment->prefix);
      lanyard_cbor_write_bytes (writer, enrolment->key.bytes, LANYARD_PUBLIC_KEY_BYTES);
      lanyard_cbor_write_int (writer, enrolment->enrolled_us);
    }
  return TRUE;
}
