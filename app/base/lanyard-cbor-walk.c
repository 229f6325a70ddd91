/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-base"

#include "lanyard-cbor-private.h"

#include <string.h>

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, message);
  return FALSE;
}

/* The first byte of an item, RFC 8949 §3: three bits of major type, five of what follows. */
typedef enum
{
  MAJOR_UINT,
  MAJOR_NINT,
  MAJOR_BYTES,
  MAJOR_TEXT,
  MAJOR_ARRAY,
  MAJOR_MAP,
  MAJOR_TAG,
  MAJOR_SIMPLE,
} Major;

#define INFO_1_BYTE 24
#define INFO_8_BYTES 27
#define SIMPLE_FALSE 20
#define SIMPLE_TRUE 21
#define SIMPLE_NULL 22

static const LanyardCborKind kinds[]
    = { LANYARD_CBOR_UINT,  LANYARD_CBOR_NINT, LANYARD_CBOR_BYTES, LANYARD_CBOR_TEXT,
        LANYARD_CBOR_ARRAY, LANYARD_CBOR_MAP,  LANYARD_CBOR_TAG };

/* Of @data behind its first byte, whose low bits are @info. Returns: bytes of the head; 0 on error
 */
static gsize
read_value (const guint8 *data, gsize n_bytes, guint8 info, guint64 *value, GError **error)
{
  gsize n;

  *value = info;
  if (info < INFO_1_BYTE)
    return 1;
  if (info > INFO_8_BYTES)
    return fail (error, "CBOR holds an item of a kind that is not allowed");
  n = (gsize)1 << (info - INFO_1_BYTE);
  if (n_bytes <= n)
    return fail (error, "CBOR ends in the middle of an item");
  *value = 0;
  for (gsize i = 1; i <= n; i++)
    *value = *value << 8 | data[i];
  /* What half as many bytes hold, or the first byte itself, must not take so many. */
  if (n == 1 ? *value < INFO_1_BYTE : *value >> (n * 4) == 0)
    return fail (error, "CBOR is not deterministic: a head is longer than it need be");
  return 1 + n;
}

static gboolean
read_simple (LanyardCborItem *item, guint8 info, GError **error)
{
  if (info != SIMPLE_FALSE && info != SIMPLE_TRUE && info != SIMPLE_NULL)
    return fail (error, "CBOR holds an item of a kind that is not allowed");
  item->kind = info == SIMPLE_NULL ? LANYARD_CBOR_NULL : LANYARD_CBOR_BOOL;
  item->value = info == SIMPLE_TRUE;
  item->content = NULL;
  item->n_bytes = 1;
  return TRUE;
}

/* Every record that a hub takes in comes through here some hundred times; libcbor, with a call back
 * for each item and every head written once more to compare, took half of that time. The tests hold
 * this to what libcbor says. */
gboolean
_lanyard_cbor_read_item (LanyardCborItem *item, const guint8 *data, gsize n_bytes, GError **error)
{
  guint64 value;
  gsize n_head;
  Major major;

  if (n_bytes == 0)
    return fail (error, "CBOR ends where an item should begin");
  major = data[0] >> 5;
  if (major == MAJOR_SIMPLE)
    return read_simple (item, data[0] & 0x1f, error);
  n_head = read_value (data, n_bytes, data[0] & 0x1f, &value, error);
  if (n_head == 0)
    return FALSE;
  *item = (LanyardCborItem){ kinds[major], value, NULL, n_head };
  if (major != MAJOR_BYTES && major != MAJOR_TEXT)
    return TRUE;
  if (value > n_bytes - n_head)
    return fail (error, "CBOR ends in the middle of an item");
  if (major == MAJOR_TEXT && !g_utf8_validate_len ((const char *)data + n_head, value, NULL))
    return fail (error, "CBOR text is not UTF-8");
  item->content = data + n_head;
  item->n_bytes += value;
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
