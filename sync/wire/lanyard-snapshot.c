/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-wire"

#include "lanyard-snapshot.h"

#include "lanyard-error.h"
#include "lanyard-wire-private.h"

#define SNAPSHOT_ITEMS 7
#define PART_ITEMS 4

LanyardSnapshot *
lanyard_snapshot_new (const char *event)
{
  LanyardSnapshot *snapshot = g_new0 (LanyardSnapshot, 1);

  snapshot->event = g_strdup (event);
  snapshot->parts = g_array_new (FALSE, FALSE, sizeof (LanyardSnapshotPart));
  return snapshot;
}

void
lanyard_snapshot_free (LanyardSnapshot *snapshot)
{
  if (snapshot == NULL)
    return;
  g_free (snapshot->event);
  g_array_unref (snapshot->parts);
  g_free (snapshot);
}

const LanyardSnapshotPart *
lanyard_snapshot_get_part (const LanyardSnapshot *snapshot, guint index)
{
  g_return_val_if_fail (index < snapshot->parts->len, NULL);

  return &g_array_index (snapshot->parts, LanyardSnapshotPart, index);
}

static void
write_parts (LanyardCborWriter *writer, const LanyardSnapshot *snapshot)
{
  lanyard_cbor_open_array (writer, snapshot->parts->len);
  for (guint i = 0; i < snapshot->parts->len; i++)
    {
      const LanyardSnapshotPart *part = lanyard_snapshot_get_part (snapshot, i);

      lanyard_cbor_open_array (writer, PART_ITEMS);
      lanyard_cbor_write_bytes (writer, part->hash.bytes, sizeof part->hash.bytes);
      lanyard_cbor_write_uint (writer, part->n_bytes);
      lanyard_cbor_write_uint (writer, part->raw_bytes);
      lanyard_cbor_write_uint (writer, part->n_rows);
    }
}

GBytes *
lanyard_snapshot_sign (const LanyardSnapshot *snapshot, const LanyardKey *key)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) payload = NULL;

  lanyard_cbor_open_array (writer, SNAPSHOT_ITEMS);
  lanyard_cbor_write_uint (writer, LANYARD_WIRE_VERSION);
  lanyard_cbor_write_text (writer, snapshot->event);
  lanyard_cbor_write_uint (writer, snapshot->era);
  lanyard_cbor_write_uint (writer, snapshot->gseq);
  lanyard_cbor_write_int (writer, snapshot->made_s);
  lanyard_cbor_write_uint (writer, snapshot->n_rows);
  write_parts (writer, snapshot);
  payload = lanyard_cbor_writer_end (writer);
  return _lanyard_wire_sign (key, LANYARD_CONTENT_SNAPSHOT, payload);
}

static void
read_part (LanyardCborReader *reader, LanyardSnapshotPart *part)
{
  if (lanyard_cbor_enter_array (reader, PART_ITEMS) != PART_ITEMS)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a chunk is not told by four items");
  lanyard_cbor_read_fixed (reader, part->hash.bytes, sizeof part->hash.bytes);
  part->n_bytes = (guint32)lanyard_cbor_read_uint (reader, LANYARD_CHUNK_MAX_BYTES);
  part->raw_bytes = (guint32)lanyard_cbor_read_uint (reader, LANYARD_CHUNK_MAX_RAW_BYTES);
  part->n_rows = (guint32)lanyard_cbor_read_uint (reader, LANYARD_CHUNK_MAX_ROWS);
  if (reader->error == NULL && (part->n_bytes == 0 || part->n_rows == 0))
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a chunk is empty");
}

LanyardSnapshot *
lanyard_snapshot_decode (const void *data, gsize n_bytes, GError **error)
{
  g_autoptr (LanyardSnapshot) snapshot = lanyard_snapshot_new (NULL);
  LanyardCborReader reader;
  guint64 n_rows = 0;
  gsize n_parts;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_SNAPSHOT_MAX_BYTES);
  _lanyard_wire_enter (&reader, SNAPSHOT_ITEMS);
  snapshot->event = _lanyard_wire_read_word (&reader);
  snapshot->era = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  snapshot->gseq = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  snapshot->made_s = lanyard_cbor_read_int (&reader, 0, G_MAXINT64);
  snapshot->n_rows = lanyard_cbor_read_uint (&reader, LANYARD_SNAPSHOT_MAX_ROWS);
  n_parts = lanyard_cbor_enter_array (&reader, LANYARD_SNAPSHOT_MAX_CHUNKS);
  for (gsize i = 0; i < n_parts && reader.error == NULL; i++)
    {
      LanyardSnapshotPart part = { 0 };

      read_part (&reader, &part);
      n_rows += part.n_rows;
      g_array_append_val (snapshot->parts, part);
    }
  if (n_rows != snapshot->n_rows)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "its chunks do not have all of its rows");
  if (!lanyard_cbor_reader_end (&reader, "snapshot", error))
    return NULL;
  return g_steal_pointer (&snapshot);
}

LanyardSnapshot *
lanyard_snapshot_open (GBytes *message,
                       const LanyardTrustList *trust,
                       const char *event,
                       gint64 at_s,
                       GError **error)
{
  g_autoptr (LanyardSnapshot) snapshot = NULL;
  const guint8 *payload;
  gsize n_payload;

  payload = _lanyard_wire_open (trust, LANYARD_SCOPE_DIRECTORY, LANYARD_CONTENT_SNAPSHOT, message,
                                LANYARD_SNAPSHOT_MAX_BYTES, at_s, &n_payload, error);
  if (payload == NULL)
    return NULL;
  snapshot = lanyard_snapshot_decode (payload, n_payload, error);
  if (snapshot == NULL)
    return NULL;
  if (event != NULL && !g_str_equal (snapshot->event, event))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                   "The hub sent a snapshot of event %s to a desk of event %s.", snapshot->event,
                   event);
      return NULL;
    }
  return g_steal_pointer (&snapshot);
}

void
lanyard_snapshot_get_id (const LanyardSnapshot *snapshot, LanyardHash *id)
{
  guint64 place[2] = { GUINT64_TO_BE (snapshot->era), GUINT64_TO_BE (snapshot->gseq) };
  g_autoptr (GByteArray) hashes = g_byte_array_new ();

  for (guint i = 0; i < snapshot->parts->len; i++)
    g_byte_array_append (hashes, lanyard_snapshot_get_part (snapshot, i)->hash.bytes,
                         LANYARD_HASH_BYTES);
  lanyard_hash_compute (id, "lanyard/snapshot/1", place, sizeof place, hashes->data, hashes->len);
}
