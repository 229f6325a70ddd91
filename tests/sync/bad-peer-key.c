/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bad-peer-private.h"

#include "lanyard-cbor.h"
#include "lanyard-squeeze.h"

#define RECORD_HASH_DOMAIN "lanyard/record/1"

/* A batch of some of the desk's next records, for the caller to spoil before it is signed. */
static LanyardBatch *
plan (Making *making)
{
  return lanyard_batch_new (making->peers->next, 1 + bad_pick (making, BAD_PEERS_NEXT));
}

static GBytes *
sign_plan (Making *making, LanyardBatch *batch)
{
  g_autoptr (LanyardBatch) spoilt = batch;

  making->bad->place = (LanyardHubPlace){ spoilt->device, spoilt->epoch, spoilt->first,
                                          lanyard_batch_get_last (spoilt) };
  return lanyard_batch_sign (spoilt, making->peers->desk->key);
}

static GBytes *
make_cross_device (Making *making)
{
  LanyardBatch *batch = plan (making);

  batch->device = making->peers->other->device;
  return sign_plan (making, batch);
}

static GBytes *
make_other_epoch (Making *making)
{
  LanyardBatch *batch = plan (making);

  batch->epoch = bad_pick (making, 2) == 0 ? 2 + bad_pick (making, 100) : G_MAXUINT32;
  return sign_plan (making, batch);
}

/* A stolen key: the signature holds, and the rest does not */

/* The payload's first item is the version, in one byte. */
static GBytes *
make_other_version (Making *making)
{
  GByteArray *array = bad_copy (making->peers->payload);
  g_autoptr (GBytes) payload = NULL;

  array->data[1] = bad_pick (making, 4) == 0 ? 0 : (guint8)(2 + bad_pick (making, 22));
  payload = g_byte_array_free_to_bytes (array);
  return bad_sign (making->peers->desk->key, LANYARD_CONTENT_BATCH, payload);
}

/* Zstandard has bits that mean nothing: what decodes to the same batch is the same batch. */
static gboolean
is_same_batch (GBytes *payload)
{
  g_autoptr (LanyardBatch) batch
      = lanyard_batch_decode (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload), NULL);

  return batch != NULL && batch->first == BAD_PEERS_STORED + 1;
}

static GBytes *
make_broken_payload (Making *making)
{
  g_autoptr (GBytes) payload = NULL;

  do
    {
      GByteArray *array = bad_copy (making->peers->payload);

      array->data[bad_pick (making, array->len)] ^= (guint8)(1 << bad_pick (making, 8));
      g_clear_pointer (&payload, g_bytes_unref);
      payload = g_byte_array_free_to_bytes (array);
    }
  while (is_same_batch (payload));
  return bad_sign (making->peers->desk->key, LANYARD_CONTENT_BATCH, payload);
}

static GBytes *
make_broken_chain (Making *making)
{
  LanyardBatch *batch = plan (making);
  LanyardHash *hash = bad_pick (making, 2) == 0 ? &batch->head : &batch->previous;

  hash->bytes[bad_pick (making, LANYARD_HASH_BYTES)] ^= (guint8)(1 + bad_pick (making, 255));
  return sign_plan (making, batch);
}

static GBytes *
make_changed_record (Making *making)
{
  LanyardBatch *batch = plan (making);
  GBytes **record
      = (GBytes **)&g_ptr_array_index (batch->records, bad_pick (making, batch->records->len));
  GByteArray *array = bad_copy (*record);

  array->data[bad_pick (making, array->len)] ^= (guint8)(1 << bad_pick (making, 8));
  g_bytes_unref (*record);
  *record = g_byte_array_free_to_bytes (array);
  return sign_plan (making, batch);
}

static GBytes *
make_reordered (Making *making)
{
  LanyardBatch *batch = lanyard_batch_new (making->peers->next, BAD_PEERS_NEXT);
  guint a = bad_pick (making, BAD_PEERS_NEXT - 1);

  if (bad_pick (making, 2) == 0)
    {
      gpointer one = batch->records->pdata[a];

      batch->records->pdata[a] = batch->records->pdata[a + 1];
      batch->records->pdata[a + 1] = one;
    }
  else
    g_ptr_array_remove_index (batch->records, a);
  return sign_plan (making, batch);
}

/* The chain is whole, and leads from a record that the hub does not have. */
static GBytes *
make_gap (Making *making)
{
  g_autoptr (GPtrArray) later = g_ptr_array_new ();

  for (guint i = 1 + bad_pick (making, BAD_PEERS_NEXT - 1); i < BAD_PEERS_NEXT; i++)
    g_ptr_array_add (later, making->peers->next->pdata[i]);
  return sign_plan (making, lanyard_batch_new (later, BAD_PEERS_NEXT));
}

/* Another history of the same desk: a copied disk. */
static GBytes *
make_fork (Making *making)
{
  LanyardBatch *batch = lanyard_batch_new (making->peers->stored, BAD_PEERS_STORED);
  LanyardHash hash = batch->previous;
  guint changed = bad_pick (making, batch->records->len);

  for (guint i = 0; i < batch->records->len; i++)
    {
      GBytes **record = (GBytes **)&g_ptr_array_index (batch->records, i);
      GByteArray *array = bad_copy (*record);
      LanyardHash previous = hash;

      array->data[array->len - 1] ^= i == changed ? 1 : 0;
      lanyard_hash_compute (&hash, RECORD_HASH_DOMAIN, previous.bytes, LANYARD_HASH_BYTES,
                            array->data, array->len);
      g_bytes_unref (*record);
      *record = g_byte_array_free_to_bytes (array);
    }
  batch->head = hash;
  return sign_plan (making, batch);
}

static GBytes *
sign_squeezed (Making *making, GBytes *squeezed)
{
  const LanyardRecord *first = making->peers->next->pdata[0];
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) payload = NULL;

  lanyard_cbor_open_array (writer, 7);
  lanyard_cbor_write_uint (writer, LANYARD_WIRE_VERSION);
  lanyard_cbor_write_uint (writer, first->device);
  lanyard_cbor_write_uint (writer, first->epoch);
  lanyard_cbor_write_uint (writer, first->seq);
  lanyard_cbor_write_bytes (writer, first->previous.bytes, LANYARD_HASH_BYTES);
  lanyard_cbor_write_bytes (writer, first->hash.bytes, LANYARD_HASH_BYTES);
  lanyard_cbor_write_gbytes (writer, squeezed);
  payload = lanyard_cbor_writer_end (writer);
  making->bad->place.last = making->bad->place.first;
  return bad_sign (making->peers->desk->key, LANYARD_CONTENT_BATCH, payload);
}

/* Little that unpacks into much. */
static GBytes *
make_bomb (Making *making)
{
  static GBytes *bombs[3];
  guint i = bad_pick (making, G_N_ELEMENTS (bombs));

  if (bombs[i] == NULL)
    {
      gsize n = LANYARD_BATCH_MAX_RAW_BYTES * (gsize)(i == 0 ? 1 : 16 * i) + 1;
      g_autofree guint8 *zeros = g_malloc0 (n);

      bombs[i] = lanyard_squeeze (zeros, n);
    }
  return sign_squeezed (making, bombs[i]);
}

static GBytes *
make_too_many (Making *making)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  guint n = LANYARD_BATCH_MAX_RECORDS + 1 + bad_pick (making, 500);
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (GBytes) squeezed = NULL;

  lanyard_cbor_open_array (writer, n);
  for (guint i = 0; i < n; i++)
    lanyard_cbor_write_bytes (writer, "x", 1);
  raw = lanyard_cbor_writer_end (writer);
  squeezed = lanyard_squeeze (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw));
  return sign_squeezed (making, squeezed);
}

const BadKind bad_key_kinds[] = {
  { "of another device", make_cross_device },
  { "of another epoch", make_other_epoch },
  { "of another version", make_other_version },
  { "payload changed", make_broken_payload },
  { "chain broken", make_broken_chain },
  { "record changed", make_changed_record },
  { "records reordered", make_reordered },
  { "gap", make_gap },
  { "fork", make_fork },
  { "bomb", make_bomb },
  { "too many records", make_too_many },
};
const guint n_bad_key_kinds = G_N_ELEMENTS (bad_key_kinds);
