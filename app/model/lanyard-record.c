/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-record.h"

#include "lanyard-cbor.h"

#define RECORD_ITEMS 11
#define HASH_DOMAIN "lanyard/record/1"

static const guint8 empty_map[] = { 0xa0 };

LanyardRecord *
lanyard_record_new (void)
{
  LanyardRecord *record = g_new0 (LanyardRecord, 1);

  record->version = 1;
  record->body = g_bytes_new_static (empty_map, sizeof empty_map);
  return record;
}

LanyardRecord *
lanyard_record_copy (const LanyardRecord *record)
{
  LanyardRecord *copy;

  g_return_val_if_fail (record != NULL, NULL);

  copy = g_memdup2 (record, sizeof *record);
  copy->accreditation = g_strdup (record->accreditation);
  copy->serial = g_strdup (record->serial);
  copy->body = g_bytes_ref (record->body);
  return copy;
}

void
lanyard_record_free (LanyardRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->accreditation);
  g_free (record->serial);
  g_clear_pointer (&record->body, g_bytes_unref);
  g_free (record);
}

GBytes *
lanyard_record_encode (const LanyardRecord *record)
{
  LanyardCborWriter *writer;

  g_return_val_if_fail (record != NULL, NULL);

  writer = lanyard_cbor_writer_new ();
  lanyard_cbor_open_array (writer, RECORD_ITEMS);
  lanyard_cbor_write_uint (writer, record->device);
  lanyard_cbor_write_uint (writer, record->epoch);
  lanyard_cbor_write_uint (writer, record->seq);
  lanyard_cbor_write_uint (writer, record->kind);
  lanyard_cbor_write_uint (writer, record->version);
  lanyard_cbor_write_uint (writer, record->hlc);
  lanyard_cbor_write_int (writer, record->wall_us);
  if (lanyard_id_is_zero (&record->pickup))
    lanyard_cbor_write_null (writer);
  else
    lanyard_cbor_write_bytes (writer, record->pickup.bytes, LANYARD_ID_BYTES);
  lanyard_cbor_write_text (writer, record->accreditation);
  lanyard_cbor_write_text (writer, record->serial);
  lanyard_cbor_write_encoded (writer, g_bytes_get_data (record->body, NULL),
                              g_bytes_get_size (record->body));
  return lanyard_cbor_writer_end (writer);
}

void
lanyard_record_seal (LanyardRecord *record)
{
  g_autoptr (GBytes) encoded = lanyard_record_encode (record);

  lanyard_hash_compute (&record->hash, HASH_DOMAIN, record->previous.bytes, LANYARD_HASH_BYTES,
                        g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded));
}

static void
read_body (LanyardCborReader *reader, LanyardRecord *record)
{
  const guint8 *encoded = NULL;
  gsize n_bytes;

  if (lanyard_cbor_peek (reader) != LANYARD_CBOR_MAP)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "the body is not a map");
  n_bytes = lanyard_cbor_skip (reader, &encoded);
  if (n_bytes > LANYARD_RECORD_MAX_BODY_BYTES)
    lanyard_cbor_fail (reader, LANYARD_ERROR_LIMIT, "the body is too long");
  if (reader->error != NULL)
    return;
  g_bytes_unref (record->body);
  record->body = g_bytes_new (encoded, n_bytes);
}

LanyardRecord *
lanyard_record_decode (const void *data, gsize n_bytes, const LanyardHash *previous, GError **error)
{
  g_autoptr (LanyardRecord) record = lanyard_record_new ();
  LanyardCborReader reader;

  g_return_val_if_fail (previous != NULL, NULL);

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_RECORD_MAX_BYTES);
  if (lanyard_cbor_enter_array (&reader, RECORD_ITEMS) != RECORD_ITEMS)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "it does not have eleven items");
  record->device = (guint32)lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  record->epoch = (guint32)lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  record->seq = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  record->kind = (guint16)lanyard_cbor_read_uint (&reader, G_MAXUINT16);
  record->version = (guint16)lanyard_cbor_read_uint (&reader, G_MAXUINT16);
  record->hlc = lanyard_cbor_read_uint (&reader, G_MAXUINT64);
  record->wall_us = lanyard_cbor_read_int (&reader, G_MININT64, G_MAXINT64);
  if (!lanyard_cbor_read_null (&reader))
    {
      lanyard_cbor_read_fixed (&reader, record->pickup.bytes, LANYARD_ID_BYTES);
      /* Otherwise two encodings would mean the same record. */
      if (lanyard_id_is_zero (&record->pickup))
        lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "no pickup is null, not zeroes");
    }
  record->accreditation = lanyard_cbor_read_text_or_null (&reader, LANYARD_RECORD_MAX_TEXT_BYTES);
  record->serial = lanyard_cbor_read_text_or_null (&reader, LANYARD_RECORD_MAX_TEXT_BYTES);
  read_body (&reader, record);
  if (reader.error == NULL && record->seq == 0)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "seq starts at 1");
  if (!lanyard_cbor_reader_end (&reader, "record", error))
    return NULL;

  record->previous = *previous;
  lanyard_hash_compute (&record->hash, HASH_DOMAIN, previous->bytes, LANYARD_HASH_BYTES, data,
                        n_bytes);
  return g_steal_pointer (&record);
}

const char *
lanyard_record_kind_to_string (guint16 kind)
{
  switch ((LanyardRecordKind)kind)
    {
    case LANYARD_RECORD_RESERVED:
      return "reserved";
    case LANYARD_RECORD_PRINTING:
      return "printing";
    case LANYARD_RECORD_REPORTED:
      return "reported";
    case LANYARD_RECORD_ISSUED:
      return "issued";
    case LANYARD_RECORD_VOIDED:
      return "voided";
    case LANYARD_RECORD_REFUSED:
      return "refused";
    case LANYARD_RECORD_REFERRED:
      return "referred";
    case LANYARD_RECORD_UNKNOWN:
      return "unknown";
    case LANYARD_RECORD_VALIDATED:
      return "validated";
    case LANYARD_RECORD_PASSES_LOADED:
      return "passes-loaded";
    case LANYARD_RECORD_PASSES_TAKEN:
      return "passes-taken";
    case LANYARD_RECORD_PASS_HANDED:
      return "pass-handed";
    case LANYARD_RECORD_PASS_RETURNED:
      return "pass-returned";
    case LANYARD_RECORD_STARTED:
      return "started";
    case LANYARD_RECORD_SIGN_IN:
      return "sign-in";
    case LANYARD_RECORD_LOCK_OUT:
      return "lock-out";
    case LANYARD_RECORD_TYPING_LOCKED:
      return "typing-locked";
    case LANYARD_RECORD_ALERT:
      return "alert";
    case LANYARD_RECORD_CARDS_LOADED:
      return "cards-loaded";
    case LANYARD_RECORD_CARDS_COUNTED:
      return "cards-counted";
    case LANYARD_RECORD_CARDS_SPOILED:
      return "cards-spoiled";
    case LANYARD_RECORD_PRINTER_CHOSEN:
      return "printer-chosen";
    case LANYARD_RECORD_COUNTER_READ:
      return "counter-read";
    case LANYARD_RECORD_SHIFT_CLOSED:
      return "shift-closed";
    case LANYARD_RECORD_ROW_SET_ASIDE:
      return "row-set-aside";
    case LANYARD_RECORD_DAY_EXPORTED:
      return "day-exported";
    case LANYARD_RECORD_NOTE:
      return "note";
    case LANYARD_RECORD_HANDED_OVER:
      return "handed-over";
    case LANYARD_RECORD_WAIT_ENDED:
      return "wait-ended";
    case LANYARD_RECORD_PHOTO_TAKEN:
      return "photo-taken";
    case LANYARD_RECORD_CONSENT:
      return "consent";
    case LANYARD_RECORD_RESOLVED:
      return "resolved";
    default:
      return NULL;
    }
}

const char *
lanyard_pickup_state_to_string (LanyardPickupState state)
{
  switch (state)
    {
    case LANYARD_PICKUP_IDLE:
      return "idle";
    case LANYARD_PICKUP_DOCUMENT:
      return "document";
    case LANYARD_PICKUP_CONFIRM:
      return "confirm";
    case LANYARD_PICKUP_CONSENT:
      return "consent";
    case LANYARD_PICKUP_PORTRAIT:
      return "portrait";
    case LANYARD_PICKUP_RESERVED:
      return "reserved";
    case LANYARD_PICKUP_PRINTING:
      return "printing";
    case LANYARD_PICKUP_REPORTED:
      return "reported";
    case LANYARD_PICKUP_VALIDATED:
      return "validated";
    case LANYARD_PICKUP_HANDED:
      return "handed";
    case LANYARD_PICKUP_RETURNED:
      return "returned";
    case LANYARD_PICKUP_ISSUED:
      return "issued";
    case LANYARD_PICKUP_REFUSED:
      return "refused";
    case LANYARD_PICKUP_REFERRED:
      return "referred";
    case LANYARD_PICKUP_ATTENTION:
      return "attention";
    case LANYARD_PICKUP_VOID:
      return "void";
    default:
      return "(no such state)";
    }
}

gboolean
lanyard_pickup_state_is_terminal (LanyardPickupState state)
{
  return lanyard_pickup_state_is_out (state) || state == LANYARD_PICKUP_RETURNED
         || state == LANYARD_PICKUP_REFUSED || state == LANYARD_PICKUP_REFERRED
         || state == LANYARD_PICKUP_VOID;
}

gboolean
lanyard_pickup_state_is_out (LanyardPickupState state)
{
  return state == LANYARD_PICKUP_ISSUED || state == LANYARD_PICKUP_VALIDATED
         || state == LANYARD_PICKUP_HANDED;
}

const char *
lanyard_export_format_to_string (LanyardExportFormat format)
{
  switch (format)
    {
    case LANYARD_EXPORT_CSV:
      return "csv";
    case LANYARD_EXPORT_JSON_LINES:
      return "jsonl";
    case LANYARD_EXPORT_XLSX:
      return "xlsx";
    case LANYARD_EXPORT_PDF:
      return "pdf";
    case LANYARD_EXPORT_PEOPLE:
      return "people";
    case LANYARD_EXPORT_SHIFT:
      return "shift";
    default:
      return NULL;
    }
}

LanyardExportFormat
lanyard_export_format_from_string (const char *name)
{
  static const LanyardExportFormat formats[]
      = { LANYARD_EXPORT_CSV, LANYARD_EXPORT_JSON_LINES, LANYARD_EXPORT_XLSX, LANYARD_EXPORT_PDF };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_strcmp0 (lanyard_export_format_to_string (formats[i]), name) == 0)
      return formats[i];
  return (LanyardExportFormat)0;
}
