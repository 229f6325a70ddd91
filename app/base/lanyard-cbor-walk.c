/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-base"

#include "lanyard-cbor-private.h"

#include <cbor.h>
#include <string.h>

/* What libcbor's callbacks leave behind; kind END means that the item is of no kind we allow. */
typedef struct
{
  LanyardCborKind kind;
  guint64 value;
  const guint8 *content;
} Seen;

static void
see (void *context, LanyardCborKind kind, guint64 value, const guint8 *content)
{
  Seen *seen = context;

  seen->kind = kind;
  seen->value = value;
  seen->content = content;
}

#define DEFINE_SEE(name, type, kind)                                                               \
  static void see_##name (void *context, type value) { see (context, kind, value, NULL); }

DEFINE_SEE (uint8, uint8_t, LANYARD_CBOR_UINT)
DEFINE_SEE (uint16, uint16_t, LANYARD_CBOR_UINT)
DEFINE_SEE (uint32, uint32_t, LANYARD_CBOR_UINT)
DEFINE_SEE (uint64, uint64_t, LANYARD_CBOR_UINT)
DEFINE_SEE (negint8, uint8_t, LANYARD_CBOR_NINT)
DEFINE_SEE (negint16, uint16_t, LANYARD_CBOR_NINT)
DEFINE_SEE (negint32, uint32_t, LANYARD_CBOR_NINT)
DEFINE_SEE (negint64, uint64_t, LANYARD_CBOR_NINT)
DEFINE_SEE (array, size_t, LANYARD_CBOR_ARRAY)
DEFINE_SEE (map, size_t, LANYARD_CBOR_MAP)
DEFINE_SEE (tag, uint64_t, LANYARD_CBOR_TAG)
DEFINE_SEE (boolean, bool, LANYARD_CBOR_BOOL)

static void
see_bytes (void *context, cbor_data content, size_t n_bytes)
{
  see (context, LANYARD_CBOR_BYTES, n_bytes, content);
}

static void
see_text (void *context, cbor_data content, size_t n_bytes)
{
  see (context, LANYARD_CBOR_TEXT, n_bytes, content);
}

static void
see_null (void *context)
{
  see (context, LANYARD_CBOR_NULL, 0, NULL);
}

static void
refuse (void *context)
{
  see (context, LANYARD_CBOR_END, 0, NULL);
}

static void
refuse_float (void *context, float value)
{
  refuse (context);
}

static void
refuse_double (void *context, double value)
{
  refuse (context);
}

static const struct cbor_callbacks callbacks = {
  .uint8 = see_uint8,
  .uint16 = see_uint16,
  .uint32 = see_uint32,
  .uint64 = see_uint64,
  .negint64 = see_negint64,
  .negint32 = see_negint32,
  .negint16 = see_negint16,
  .negint8 = see_negint8,
  .byte_string_start = refuse,
  .byte_string = see_bytes,
  .string = see_text,
  .string_start = refuse,
  .indef_array_start = refuse,
  .array_start = see_array,
  .indef_map_start = refuse,
  .map_start = see_map,
  .tag = see_tag,
  .float2 = refuse_float,
  .float4 = refuse_float,
  .float8 = refuse_double,
  .undefined = refuse,
  .null = see_null,
  .boolean = see_boolean,
  .indef_break = refuse,
};

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, message);
  return FALSE;
}

/* Writes the head that @seen must have had. Returns: its length in bytes */
static gsize
shortest_head (const Seen *seen, guint8 *head, gsize n_bytes)
{
  switch (seen->kind)
    {
    case LANYARD_CBOR_UINT:
      return cbor_encode_uint (seen->value, head, n_bytes);
    case LANYARD_CBOR_NINT:
      return cbor_encode_negint (seen->value, head, n_bytes);
    case LANYARD_CBOR_BYTES:
      return cbor_encode_bytestring_start (seen->value, head, n_bytes);
    case LANYARD_CBOR_TEXT:
      return cbor_encode_string_start (seen->value, head, n_bytes);
    case LANYARD_CBOR_ARRAY:
      return cbor_encode_array_start (seen->value, head, n_bytes);
    case LANYARD_CBOR_MAP:
      return cbor_encode_map_start (seen->value, head, n_bytes);
    case LANYARD_CBOR_TAG:
      return cbor_encode_tag (seen->value, head, n_bytes);
    case LANYARD_CBOR_BOOL:
      return cbor_encode_bool (seen->value != 0, head, n_bytes);
    case LANYARD_CBOR_NULL:
      return cbor_encode_null (head, n_bytes);
    case LANYARD_CBOR_END:
    default:
      return 0;
    }
}

gboolean
_lanyard_cbor_read_item (LanyardCborItem *item, const guint8 *data, gsize n_bytes, GError **error)
{
  Seen seen = { LANYARD_CBOR_END, 0, NULL };
  struct cbor_decoder_result result;
  guint8 head[9];
  gsize n_head;

  if (n_bytes == 0)
    return fail (error, "CBOR ends where an item should begin");
  /* libcbor 0.8 takes the tags 6 to 20 in one byte for malformed; COSE_Sign1 is tag 18. */
  if (data[0] >= 0xc0 && data[0] <= 0xd7)
    {
      *item = (LanyardCborItem){ LANYARD_CBOR_TAG, data[0] & 0x1f, NULL, 1 };
      return TRUE;
    }
  result = cbor_stream_decode (data, n_bytes, &callbacks, &seen);
  if (result.status == CBOR_DECODER_NEDATA)
    return fail (error, "CBOR ends in the middle of an item");
  if (result.status != CBOR_DECODER_FINISHED || seen.kind == LANYARD_CBOR_END)
    return fail (error, "CBOR holds an item of a kind that is not allowed");

  n_head = shortest_head (&seen, head, sizeof head);
  if (n_head == 0 || n_head > n_bytes || memcmp (head, data, n_head) != 0)
    return fail (error, "CBOR is not deterministic: a head is longer than it need be");
  if (seen.kind == LANYARD_CBOR_TEXT
      && !g_utf8_validate_len ((const char *)seen.content, seen.value, NULL))
    return fail (error, "CBOR text is not UTF-8");

  item->kind = seen.kind;
  item->value = seen.value;
  item->content = seen.content;
  item->n_bytes = result.read;
  return TRUE;
}

/* Bytewise order of encoded keys (RFC 8949 §4.2.1). */
static gboolean
is_before (const guint8 *a, gsize n_a, const guint8 *b, gsize n_b)
{
  int order = memcmp (a, b, MIN (n_a, n_b));

  return order < 0 || (order == 0 && n_a < n_b);
}

static gsize
walk_map (const guint8 *data,
          gsize n_bytes,
          gsize offset,
          guint64 n_pairs,
          guint depth,
          GError **error)
{
  const guint8 *last_key = NULL;
  gsize n_last_key = 0;

  for (guint64 i = 0; i < n_pairs; i++)
    {
      gsize n_key = _lanyard_cbor_walk (data + offset, n_bytes - offset, depth, error);
      gsize n_value;

      if (n_key == 0)
        return 0;
      if (last_key != NULL && !is_before (last_key, n_last_key, data + offset, n_key))
        return fail (error, "CBOR map keys are doubled or not in order");
      last_key = data + offset;
      n_last_key = n_key;
      offset += n_key;

      n_value = _lanyard_cbor_walk (data + offset, n_bytes - offset, depth, error);
      if (n_value == 0)
        return 0;
      offset += n_value;
    }

  return offset;
}

gsize
_lanyard_cbor_walk (const guint8 *data, gsize n_bytes, guint depth, GError **error)
{
  LanyardCborItem item;
  gsize offset;
  guint64 n_items;

  if (depth > LANYARD_CBOR_MAX_DEPTH)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT, "CBOR is nested too deeply");
      return 0;
    }
  if (!_lanyard_cbor_read_item (&item, data, n_bytes, error))
    return 0;

  offset = item.n_bytes;
  if (item.kind == LANYARD_CBOR_MAP)
    return walk_map (data, n_bytes, offset, item.value, depth + 1, error);

  n_items = item.kind == LANYARD_CBOR_ARRAY ? item.value : item.kind == LANYARD_CBOR_TAG ? 1 : 0;
  for (guint64 i = 0; i < n_items; i++)
    {
      gsize n = _lanyard_cbor_walk (data + offset, n_bytes - offset, depth + 1, error);

      if (n == 0)
        return 0;
      offset += n;
    }

  return offset;
}
