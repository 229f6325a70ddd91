/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-wire"

#include "lanyard-batch.h"

#include "lanyard-cbor.h"
#include "lanyard-cose.h"
#include "lanyard-fault.h"
#include "lanyard-squeeze.h"
#include "lanyard-wire-private.h"

#define BATCH_ITEMS 7
#define RECORD_HASH_DOMAIN "lanyard/record/1"

static LanyardBatch *
batch_alloc (void)
{
  LanyardBatch *batch = g_new0 (LanyardBatch, 1);

  batch->records = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  batch->hashes = g_array_new (FALSE, FALSE, sizeof (LanyardHash));
  return batch;
}

void
lanyard_batch_free (LanyardBatch *batch)
{
  if (batch == NULL)
    return;
  g_ptr_array_unref (batch->records);
  g_array_unref (batch->hashes);
  g_free (batch);
}

guint64
lanyard_batch_get_last (const LanyardBatch *batch)
{
  return batch->first + batch->records->len - 1;
}

LanyardBatch *
lanyard_batch_new (GPtrArray *records, guint max_records)
{
  const LanyardRecord *first;
  LanyardBatch *batch;
  gsize n_bytes = 0;

  g_return_val_if_fail (records != NULL && records->len > 0, NULL);

  first = g_ptr_array_index (records, 0);
  batch = batch_alloc ();
  batch->device = first->device;
  batch->epoch = first->epoch;
  batch->first = first->seq;
  batch->previous = first->previous;
  max_records = CLAMP (max_records, 1, LANYARD_BATCH_MAX_RECORDS);
  for (guint i = 0; i < records->len && i < max_records; i++)
    {
      const LanyardRecord *record = g_ptr_array_index (records, i);
      g_autoptr (GBytes) encoded = lanyard_record_encode (record);

      n_bytes += g_bytes_get_size (encoded) + 3;
      if (i > 0 && n_bytes > LANYARD_BATCH_FILL_BYTES)
        break;
      g_ptr_array_add (batch->records, g_steal_pointer (&encoded));
      g_array_append_val (batch->hashes, record->hash);
      batch->head = record->hash;
    }
  return batch;
}

static GBytes *
squeeze_records (const LanyardBatch *batch)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) raw = NULL;

  lanyard_cbor_open_array (writer, batch->records->len);
  for (guint i = 0; i < batch->records->len; i++)
    lanyard_cbor_write_gbytes (writer, g_ptr_array_index (batch->records, i));
  raw = lanyard_cbor_writer_end (writer);
  return lanyard_squeeze (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw));
}

GBytes *
lanyard_batch_sign (const LanyardBatch *batch, const LanyardKey *key)
{
  LanyardCborWriter *writer;
  g_autoptr (GBytes) squeezed = NULL;
  g_autoptr (GBytes) payload = NULL;

  g_return_val_if_fail (batch != NULL && batch->records->len > 0, NULL);

  squeezed = squeeze_records (batch);
  writer = lanyard_cbor_writer_new ();
  lanyard_cbor_open_array (writer, BATCH_ITEMS);
  lanyard_cbor_write_uint (writer, LANYARD_WIRE_VERSION);
  lanyard_cbor_write_uint (writer, batch->device);
  lanyard_cbor_write_uint (writer, batch->epoch);
  lanyard_cbor_write_uint (writer, batch->first);
  lanyard_cbor_write_bytes (writer, batch->previous.bytes, LANYARD_HASH_BYTES);
  lanyard_cbor_write_bytes (writer, batch->head.bytes, LANYARD_HASH_BYTES);
  lanyard_cbor_write_gbytes (writer, squeezed);
  payload = lanyard_cbor_writer_end (writer);
  return _lanyard_wire_sign (key, LANYARD_CONTENT_BATCH, payload);
}

/* Fills records and hashes; the chain must lead from previous to head. */
static gboolean
read_records (LanyardBatch *batch, GBytes *raw, GError **error)
{
  LanyardCborReader reader;
  LanyardHash hash = batch->previous;
  gsize n_records;

  lanyard_cbor_reader_init (&reader, g_bytes_get_data (raw, NULL), g_bytes_get_size (raw),
                            LANYARD_BATCH_MAX_RAW_BYTES);
  n_records = lanyard_cbor_enter_array (&reader, LANYARD_BATCH_MAX_RECORDS);
  for (gsize i = 0; i < n_records && reader.error == NULL; i++)
    {
      GBytes *encoded = lanyard_cbor_read_gbytes (&reader, LANYARD_RECORD_MAX_BYTES);
      LanyardHash previous = hash;

      if (encoded == NULL)
        break;
      lanyard_hash_compute (&hash, RECORD_HASH_DOMAIN, previous.bytes, LANYARD_HASH_BYTES,
                            g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded));
      g_ptr_array_add (batch->records, encoded);
      g_array_append_val (batch->hashes, hash);
    }
  if (n_records == 0)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "it has no records");
  if (!lanyard_hash_equal (&hash, &batch->head))
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "its chain does not lead to its head");
  return lanyard_cbor_reader_end (&reader, "batch", error);
}

LanyardBatch *
lanyard_batch_decode (const void *data, gsize n_bytes, GError **error)
{
  g_autoptr (LanyardBatch) batch = batch_alloc ();
  g_autoptr (GBytes) raw = NULL;
  LanyardCborReader reader;
  const guint8 *squeezed;
  gsize n_squeezed;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_BATCH_MAX_BYTES);
  _lanyard_wire_enter (&reader, BATCH_ITEMS);
  batch->device = (guint32)lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  batch->epoch = (guint32)lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  batch->first = lanyard_cbor_read_uint (&reader, G_MAXINT64 - LANYARD_BATCH_MAX_RECORDS);
  lanyard_cbor_read_fixed (&reader, batch->previous.bytes, LANYARD_HASH_BYTES);
  lanyard_cbor_read_fixed (&reader, batch->head.bytes, LANYARD_HASH_BYTES);
  squeezed = lanyard_cbor_read_bytes (&reader, LANYARD_BATCH_MAX_BYTES, &n_squeezed);
  if (batch->device == 0 || batch->epoch == 0 || batch->first == 0)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "device, epoch and seq start at 1");
  if (batch->first == 1 && !lanyard_hash_is_zero (&batch->previous))
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "nothing stands before the first record");
  if (!lanyard_cbor_reader_end (&reader, "batch", error))
    return NULL;

  raw = lanyard_unsqueeze (squeezed, n_squeezed, LANYARD_BATCH_MAX_RAW_BYTES, error);
  if (raw == NULL || !read_records (batch, raw, error))
    return NULL;
  return g_steal_pointer (&batch);
}

#ifdef LANYARD_SEEDED_FAULTS
/* The deliberate fault: whoever names a trusted key is believed. */
static const LanyardTrustedKey *
open_unverified (const LanyardTrustList *trust,
                 const void *data,
                 gsize n_bytes,
                 gint64 at_s,
                 const guint8 **payload,
                 gsize *n_payload)
{
  g_auto (LanyardCoseMessage) message = { 0 };

  if (!lanyard_cose_parse (&message, data, n_bytes, LANYARD_BATCH_MAX_BYTES, NULL))
    return NULL;
  *payload = message.payload;
  *n_payload = message.n_payload;
  return lanyard_trust_list_find (trust, &message.kid, LANYARD_SCOPE_RECORDS, at_s, NULL);
}
#endif

LanyardBatch *
lanyard_batch_open (const void *data,
                    gsize n_bytes,
                    const LanyardTrustList *trust,
                    gint64 at_s,
                    LanyardKid *kid,
                    GError **error)
{
  g_autoptr (LanyardBatch) batch = NULL;
  const LanyardTrustedKey *signer;
  const guint8 *payload;
  gsize n_payload;

  signer = lanyard_trust_list_open (trust, LANYARD_SCOPE_RECORDS, LANYARD_CONTENT_BATCH, NULL, data,
                                    n_bytes, LANYARD_BATCH_MAX_BYTES, at_s, &payload, &n_payload,
                                    error);
#ifdef LANYARD_SEEDED_FAULTS
  if (signer == NULL && lanyard_fault ("wire-signature-not-checked"))
    {
      g_clear_error (error);
      signer = open_unverified (trust, data, n_bytes, at_s, &payload, &n_payload);
    }
#endif
  if (signer == NULL)
    return NULL;
  batch = lanyard_batch_decode (payload, n_payload, error);
  if (batch == NULL)
    return NULL;
  if (signer->device != batch->device)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                   "A batch of desk %u is signed by the key of desk %u.", batch->device,
                   signer->device);
      return NULL;
    }
  if (kid != NULL)
    lanyard_public_key_get_kid (&signer->key, kid);
  return g_steal_pointer (&batch);
}
