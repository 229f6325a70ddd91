/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-base"

#include "lanyard-cbor.h"

#include <string.h>

#include "lanyard-cbor-private.h"

/* Reads the next item, which must be of @kind. After an error nothing is read any more. */
static gboolean
take (LanyardCborReader *reader, LanyardCborKind kind, LanyardCborItem *item)
{
  memset (item, 0, sizeof *item);
  if (reader->error != NULL)
    return FALSE;
  if (!_lanyard_cbor_read_item (item, reader->data + reader->offset,
                                reader->n_bytes - reader->offset, &reader->error))
    return FALSE;
  if (item->kind != kind)
    {
      lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID,
                         "CBOR holds another kind of item than expected");
      memset (item, 0, sizeof *item);
      return FALSE;
    }
  reader->offset += item->n_bytes;
  return TRUE;
}

/* Returns: whether the item's length or count is within @max */
static gboolean
within (LanyardCborReader *reader, LanyardCborItem *item, guint64 max)
{
  if (item->value <= max)
    return TRUE;
  lanyard_cbor_fail (reader, LANYARD_ERROR_LIMIT, "CBOR holds an item longer than its limit");
  return FALSE;
}

void
lanyard_cbor_reader_init (LanyardCborReader *reader,
                          const void *data,
                          gsize n_bytes,
                          gsize max_bytes)
{
  gsize n_walked;

  g_return_if_fail (reader != NULL);

  *reader = (LanyardCborReader){ .data = data, .n_bytes = n_bytes };
  if (n_bytes > max_bytes)
    {
      lanyard_cbor_fail (reader, LANYARD_ERROR_LIMIT, "CBOR is longer than its limit");
      return;
    }
  n_walked = _lanyard_cbor_walk (reader->data, n_bytes, 0, &reader->error);
  if (reader->error == NULL && n_walked != n_bytes)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "CBOR is followed by more bytes");
}

void
lanyard_cbor_reader_init_unwalked (LanyardCborReader *reader,
                                   const void *data,
                                   gsize n_bytes,
                                   gsize max_bytes,
                                   guint depth)
{
  g_return_if_fail (reader != NULL);

  *reader = (LanyardCborReader){ .data = data, .n_bytes = n_bytes, .depth = depth };
  if (n_bytes > max_bytes)
    lanyard_cbor_fail (reader, LANYARD_ERROR_LIMIT, "CBOR is longer than its limit");
}

LanyardCborKind
lanyard_cbor_peek (LanyardCborReader *reader)
{
  LanyardCborItem item;

  if (reader->error != NULL || reader->offset >= reader->n_bytes
      || !_lanyard_cbor_read_item (&item, reader->data + reader->offset,
                                   reader->n_bytes - reader->offset, NULL))
    return LANYARD_CBOR_END;
  return item.kind;
}

guint64
lanyard_cbor_read_uint (LanyardCborReader *reader, guint64 max)
{
  LanyardCborItem item;

  if (!take (reader, LANYARD_CBOR_UINT, &item) || !within (reader, &item, max))
    return 0;
  return item.value;
}

gint64
lanyard_cbor_read_int (LanyardCborReader *reader, gint64 min, gint64 max)
{
  LanyardCborItem item;
  gint64 value;

  if (lanyard_cbor_peek (reader) == LANYARD_CBOR_NINT)
    {
      if (!take (reader, LANYARD_CBOR_NINT, &item) || !within (reader, &item, G_MAXINT64))
        return 0;
      value = -1 - (gint64)item.value;
    }
  else
    {
      if (!take (reader, LANYARD_CBOR_UINT, &item) || !within (reader, &item, G_MAXINT64))
        return 0;
      value = (gint64)item.value;
    }

  if (value >= min && value <= max)
    return value;
  lanyard_cbor_fail (reader, LANYARD_ERROR_LIMIT, "CBOR holds a number outside its range");
  return 0;
}

gboolean
lanyard_cbor_read_bool (LanyardCborReader *reader)
{
  LanyardCborItem item;

  return take (reader, LANYARD_CBOR_BOOL, &item) && item.value != 0;
}

char *
lanyard_cbor_read_text (LanyardCborReader *reader, gsize max_bytes)
{
  LanyardCborItem item;

  if (!take (reader, LANYARD_CBOR_TEXT, &item) || !within (reader, &item, max_bytes))
    return NULL;
  if (item.value > 0 && memchr (item.content, 0, item.value) != NULL)
    {
      lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "CBOR text holds a NUL character");
      return NULL;
    }
  return g_strndup ((const char *)item.content, item.value);
}

char *
lanyard_cbor_read_text_or_null (LanyardCborReader *reader, gsize max_bytes)
{
  return lanyard_cbor_read_null (reader) ? NULL : lanyard_cbor_read_text (reader, max_bytes);
}

const guint8 *
lanyard_cbor_read_bytes (LanyardCborReader *reader, gsize max_bytes, gsize *n_bytes)
{
  LanyardCborItem item;

  *n_bytes = 0;
  if (!take (reader, LANYARD_CBOR_BYTES, &item) || !within (reader, &item, max_bytes))
    return NULL;
  *n_bytes = item.value;
  return item.content;
}

void
lanyard_cbor_read_fixed (LanyardCborReader *reader, void *out, gsize n_bytes)
{
  gsize n_read;
  const guint8 *data = lanyard_cbor_read_bytes (reader, n_bytes, &n_read);

  memset (out, 0, n_bytes);
  if (data != NULL && n_read == n_bytes)
    memcpy (out, data, n_bytes);
  else
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID,
                       "CBOR holds a byte string of the wrong length");
}

GBytes *
lanyard_cbor_read_gbytes (LanyardCborReader *reader, gsize max_bytes)
{
  gsize n_bytes;
  const guint8 *data = lanyard_cbor_read_bytes (reader, max_bytes, &n_bytes);

  return data == NULL ? NULL : g_bytes_new (data, n_bytes);
}

GBytes *
lanyard_cbor_read_gbytes_or_null (LanyardCborReader *reader, gsize max_bytes)
{
  return lanyard_cbor_read_null (reader) ? NULL : lanyard_cbor_read_gbytes (reader, max_bytes);
}

char **
lanyard_cbor_read_strv (LanyardCborReader *reader, gsize max_items, gsize max_bytes_each)
{
  gsize n_items = lanyard_cbor_enter_array (reader, max_items);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < n_items && reader->error == NULL; i++)
    {
      char *text = lanyard_cbor_read_text (reader, max_bytes_each);

      if (text != NULL)
        g_ptr_array_add (items, text);
    }
  if (reader->error != NULL)
    return NULL;

  g_ptr_array_add (items, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&items), FALSE);
}

gboolean
lanyard_cbor_read_null (LanyardCborReader *reader)
{
  LanyardCborItem item;

  return lanyard_cbor_peek (reader) == LANYARD_CBOR_NULL && take (reader, LANYARD_CBOR_NULL, &item);
}

void
lanyard_cbor_read_tag (LanyardCborReader *reader, guint64 tag)
{
  LanyardCborItem item;

  if (take (reader, LANYARD_CBOR_TAG, &item) && item.value != tag)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "CBOR holds another tag than expected");
}

gsize
lanyard_cbor_enter_array (LanyardCborReader *reader, gsize max_items)
{
  LanyardCborItem item;

  if (!take (reader, LANYARD_CBOR_ARRAY, &item) || !within (reader, &item, max_items))
    return 0;
  return item.value;
}

gsize
lanyard_cbor_enter_map (LanyardCborReader *reader, gsize max_pairs)
{
  LanyardCborItem item;

  if (!take (reader, LANYARD_CBOR_MAP, &item) || !within (reader, &item, max_pairs))
    return 0;
  return item.value;
}

gsize
lanyard_cbor_skip (LanyardCborReader *reader, const guint8 **encoded)
{
  gsize n_bytes;

  if (reader->error != NULL)
    return 0;
  n_bytes = _lanyard_cbor_walk (reader->data + reader->offset, reader->n_bytes - reader->offset,
                                reader->depth, &reader->error);
  if (encoded != NULL)
    *encoded = reader->data + reader->offset;
  reader->offset += n_bytes;
  return n_bytes;
}

void
lanyard_cbor_fail (LanyardCborReader *reader, LanyardError code, const char *message)
{
  if (reader->error == NULL)
    reader->error = g_error_new_literal (LANYARD_ERROR, code, message);
}

gboolean
lanyard_cbor_reader_end (LanyardCborReader *reader, const char *what, GError **error)
{
  if (reader->error == NULL && reader->offset != reader->n_bytes)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "CBOR holds more items than expected");
  if (reader->error == NULL)
    return TRUE;

  g_propagate_prefixed_error (error, g_steal_pointer (&reader->error), "%s: ", what);
  return FALSE;
}
