/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-wire"

#include "lanyard-changes.h"

#include "lanyard-squeeze.h"
#include "lanyard-wire-private.h"

static const gsize changes_items[LANYARD_CHANGES_VERSION] = { 7, 11 };
#define ROW_ITEMS 3

LanyardChangesRow *
lanyard_changes_row_new (guint64 gseq, const char *number, GBytes *entry)
{
  LanyardChangesRow *row = g_new0 (LanyardChangesRow, 1);

  row->gseq = gseq;
  row->number = g_strdup (number);
  row->entry = entry == NULL ? NULL : g_bytes_ref (entry);
  return row;
}

void
lanyard_changes_row_free (LanyardChangesRow *row)
{
  if (row == NULL)
    return;
  g_free (row->number);
  g_clear_pointer (&row->entry, g_bytes_unref);
  g_free (row);
}

LanyardChanges *
lanyard_changes_new (const char *event)
{
  LanyardChanges *changes = g_new0 (LanyardChanges, 1);

  changes->event = g_strdup (event);
  changes->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_changes_row_free);
  return changes;
}

void
lanyard_changes_free (LanyardChanges *changes)
{
  if (changes == NULL)
    return;
  g_free (changes->event);
  g_ptr_array_unref (changes->rows);
  g_free (changes);
}

gboolean
lanyard_changes_is_up_to_date (const LanyardChanges *changes)
{
  return changes->next >= changes->head;
}

static GBytes *
squeeze_rows (const LanyardChanges *changes)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) raw = NULL;

  lanyard_cbor_open_array (writer, changes->rows->len);
  for (guint i = 0; i < changes->rows->len; i++)
    {
      const LanyardChangesRow *row = g_ptr_array_index (changes->rows, i);

      lanyard_cbor_open_array (writer, ROW_ITEMS);
      lanyard_cbor_write_uint (writer, row->gseq);
      lanyard_cbor_write_text (writer, row->number);
      lanyard_cbor_write_gbytes (writer, row->entry);
    }
  raw = lanyard_cbor_writer_end (writer);
  return lanyard_squeeze (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw));
}

gboolean
lanyard_changes_begins_again (const LanyardChanges *changes)
{
  return changes->after == 0 && changes->asked_after > 0;
}

GBytes *
lanyard_changes_sign (const LanyardChanges *changes, const LanyardKey *key)
{
  guint version = changes->era != 0 ? 2 : 1;
  LanyardCborWriter *writer;
  g_autoptr (GBytes) squeezed = squeeze_rows (changes);
  g_autoptr (GBytes) payload = NULL;

  writer = lanyard_cbor_writer_new ();
  lanyard_cbor_open_array (writer, changes_items[version - 1]);
  lanyard_cbor_write_uint (writer, version);
  lanyard_cbor_write_text (writer, changes->event);
  lanyard_cbor_write_uint (writer, changes->after);
  lanyard_cbor_write_uint (writer, changes->next);
  lanyard_cbor_write_uint (writer, changes->head);
  lanyard_cbor_write_uint (writer, changes->alert);
  lanyard_cbor_write_gbytes (writer, squeezed);
  if (version >= 2)
    {
      lanyard_cbor_write_uint (writer, changes->era);
      lanyard_cbor_write_uint (writer, changes->asked_era);
      lanyard_cbor_write_uint (writer, changes->asked_after);
      lanyard_cbor_write_uint (writer, changes->spread_s);
    }
  payload = lanyard_cbor_writer_end (writer);
  return _lanyard_wire_sign (key, LANYARD_CONTENT_CHANGES, payload);
}

static LanyardChangesRow *
read_row (LanyardCborReader *reader, guint64 after, guint64 next)
{
  g_autoptr (LanyardChangesRow) row = g_new0 (LanyardChangesRow, 1);

  if (lanyard_cbor_enter_array (reader, ROW_ITEMS) != ROW_ITEMS)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a row does not have three items");
  row->gseq = lanyard_cbor_read_uint (reader, G_MAXINT64);
  row->number = _lanyard_wire_read_word (reader);
  row->entry = lanyard_cbor_read_gbytes_or_null (reader, LANYARD_CHANGES_MAX_ENTRY_BYTES);
  if (row->gseq <= after || row->gseq > next)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a row is out of order or of another page");
  return reader->error == NULL ? g_steal_pointer (&row) : NULL;
}

static gboolean
read_rows (LanyardChanges *changes, GBytes *raw, GError **error)
{
  LanyardCborReader reader;
  guint64 after = changes->after;
  gsize n_rows;

  lanyard_cbor_reader_init (&reader, g_bytes_get_data (raw, NULL), g_bytes_get_size (raw),
                            LANYARD_CHANGES_MAX_RAW_BYTES);
  n_rows = lanyard_cbor_enter_array (&reader, LANYARD_CHANGES_MAX_ROWS);
  for (gsize i = 0; i < n_rows; i++)
    {
      LanyardChangesRow *row = read_row (&reader, after, changes->next);

      if (row == NULL)
        break;
      after = row->gseq;
      g_ptr_array_add (changes->rows, row);
    }
  return lanyard_cbor_reader_end (&reader, "page of changes", error);
}

static void
read_era (LanyardCborReader *reader, LanyardChanges *changes)
{
  changes->era = lanyard_cbor_read_uint (reader, G_MAXINT64);
  changes->asked_era = lanyard_cbor_read_uint (reader, G_MAXINT64);
  changes->asked_after = lanyard_cbor_read_uint (reader, G_MAXINT64);
  changes->spread_s = (guint)lanyard_cbor_read_uint (reader, LANYARD_SPREAD_MAX_S);
  if (changes->era == 0)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "it is of no era");
}

LanyardChanges *
lanyard_changes_decode (const void *data, gsize n_bytes, GError **error)
{
  g_autoptr (LanyardChanges) changes = lanyard_changes_new (NULL);
  g_autoptr (GBytes) raw = NULL;
  LanyardCborReader reader;
  const guint8 *squeezed;
  gsize n_squeezed;
  guint version;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_CHANGES_MAX_BYTES);
  version = _lanyard_wire_enter_version (&reader, changes_items, LANYARD_CHANGES_VERSION);
  changes->event = _lanyard_wire_read_word (&reader);
  changes->after = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  changes->next = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  changes->head = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  changes->alert = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  squeezed = lanyard_cbor_read_bytes (&reader, LANYARD_CHANGES_MAX_BYTES, &n_squeezed);
  if (version >= 2)
    read_era (&reader, changes);
  if (changes->next < changes->after)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "it goes backwards");
  if (!lanyard_cbor_reader_end (&reader, "page of changes", error))
    return NULL;

  raw = lanyard_unsqueeze (squeezed, n_squeezed, LANYARD_CHANGES_MAX_RAW_BYTES, error);
  if (raw == NULL || !read_rows (changes, raw, error))
    return NULL;
  return g_steal_pointer (&changes);
}

LanyardChanges *
lanyard_changes_open (GBytes *message,
                      const LanyardTrustList *trust,
                      const char *event,
                      gint64 at_s,
                      GError **error)
{
  g_autoptr (LanyardChanges) changes = NULL;
  const guint8 *payload;
  gsize n_payload;

  payload = _lanyard_wire_open (trust, LANYARD_SCOPE_DIRECTORY, LANYARD_CONTENT_CHANGES, message,
                                LANYARD_CHANGES_MAX_BYTES, at_s, &n_payload, error);
  if (payload == NULL)
    return NULL;
  changes = lanyard_changes_decode (payload, n_payload, error);
  if (changes == NULL)
    return NULL;
  if (event != NULL && !g_str_equal (changes->event, event))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                   "The hub sent changes of event %s to a desk of event %s.", changes->event,
                   event);
      return NULL;
    }
  return g_steal_pointer (&changes);
}
