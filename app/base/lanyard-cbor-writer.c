/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-base"

#include "lanyard-cbor.h"

#include <cbor.h>
#include <string.h>

#include "lanyard-cbor-private.h"

struct _LanyardCborWriter
{
  GByteArray *bytes; /* owned */
};

#define WRITE_HEAD(writer, call)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint8 head[9];                                                                                \
    gsize room = sizeof head;                                                                      \
    gsize n_head = call;                                                                           \
                                                                                                   \
    lanyard_assert_invariant (n_head > 0);                                                         \
    g_byte_array_append ((writer)->bytes, head, n_head);                                           \
  }                                                                                                \
  G_STMT_END

LanyardCborWriter *
lanyard_cbor_writer_new (void)
{
  LanyardCborWriter *writer = g_new0 (LanyardCborWriter, 1);

  writer->bytes = g_byte_array_sized_new (128);
  return writer;
}

void
lanyard_cbor_writer_free (LanyardCborWriter *writer)
{
  if (writer == NULL)
    return;
  g_byte_array_unref (writer->bytes);
  g_free (writer);
}

void
lanyard_cbor_write_uint (LanyardCborWriter *writer, guint64 value)
{
  WRITE_HEAD (writer, cbor_encode_uint (value, head, room));
}

void
lanyard_cbor_write_int (LanyardCborWriter *writer, gint64 value)
{
  if (value >= 0)
    lanyard_cbor_write_uint (writer, value);
  else
    WRITE_HEAD (writer, cbor_encode_negint ((guint64)(-1 - value), head, room));
}

void
lanyard_cbor_write_bool (LanyardCborWriter *writer, gboolean value)
{
  WRITE_HEAD (writer, cbor_encode_bool (value, head, room));
}

void
lanyard_cbor_write_null (LanyardCborWriter *writer)
{
  WRITE_HEAD (writer, cbor_encode_null (head, room));
}

void
lanyard_cbor_write_text (LanyardCborWriter *writer, const char *text)
{
  if (text == NULL)
    {
      lanyard_cbor_write_null (writer);
      return;
    }
  WRITE_HEAD (writer, cbor_encode_string_start (strlen (text), head, room));
  g_byte_array_append (writer->bytes, (const guint8 *)text, strlen (text));
}

void
lanyard_cbor_write_bytes (LanyardCborWriter *writer, const void *data, gsize n_bytes)
{
  WRITE_HEAD (writer, cbor_encode_bytestring_start (n_bytes, head, room));
  if (n_bytes > 0)
    g_byte_array_append (writer->bytes, data, n_bytes);
}

void
lanyard_cbor_write_gbytes (LanyardCborWriter *writer, GBytes *bytes)
{
  gsize n_bytes;
  const void *data;

  if (bytes == NULL)
    {
      lanyard_cbor_write_null (writer);
      return;
    }
  data = g_bytes_get_data (bytes, &n_bytes);
  lanyard_cbor_write_bytes (writer, data, n_bytes);
}

void
lanyard_cbor_write_strv (LanyardCborWriter *writer, const char *const *strv)
{
  gsize n = strv == NULL ? 0 : g_strv_length ((char **)strv);

  lanyard_cbor_open_array (writer, n);
  for (gsize i = 0; i < n; i++)
    lanyard_cbor_write_text (writer, strv[i]);
}

void
lanyard_cbor_write_tag (LanyardCborWriter *writer, guint64 tag)
{
  WRITE_HEAD (writer, cbor_encode_tag (tag, head, room));
}

void
lanyard_cbor_open_array (LanyardCborWriter *writer, gsize n_items)
{
  WRITE_HEAD (writer, cbor_encode_array_start (n_items, head, room));
}

void
lanyard_cbor_open_map (LanyardCborWriter *writer, gsize n_pairs)
{
  WRITE_HEAD (writer, cbor_encode_map_start (n_pairs, head, room));
}

void
lanyard_cbor_write_encoded (LanyardCborWriter *writer, const void *encoded, gsize n_bytes)
{
  g_byte_array_append (writer->bytes, encoded, n_bytes);
}

GBytes *
lanyard_cbor_writer_end (LanyardCborWriter *writer)
{
  GBytes *bytes;

  lanyard_assert_invariant (_lanyard_cbor_walk (writer->bytes->data, writer->bytes->len, 0, NULL)
                            == writer->bytes->len);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&writer->bytes));
  g_free (writer);
  return bytes;
}
