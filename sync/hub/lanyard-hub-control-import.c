/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-error.h"
#include "lanyard-hub-control-private.h"
#include "lanyard-hub-control.h"

/* Requests that take a roster in. */

static GPtrArray *
read_entries (LanyardCborReader *reader)
{
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_entry_free);
  gsize n = lanyard_cbor_enter_array (reader, LANYARD_HUB_CONTROL_MAX_ENTRIES);

  for (gsize i = 0; i < n; i++)
    {
      gsize n_bytes;
      const guint8 *bytes = lanyard_cbor_read_bytes (reader, LANYARD_ENTRY_MAX_BYTES, &n_bytes);
      LanyardEntry *entry = bytes == NULL ? NULL : lanyard_entry_decode (bytes, n_bytes, NULL);

      if (entry == NULL)
        {
          lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "an entry cannot be read");
          break;
        }
      g_ptr_array_add (entries, entry);
    }
  return g_steal_pointer (&entries);
}

static GPtrArray *
read_photos (LanyardCborReader *reader)
{
  GPtrArray *photos = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  gsize n = lanyard_cbor_enter_array (reader, LANYARD_HUB_CONTROL_MAX_ENTRIES);

  for (gsize i = 0; i < n; i++)
    {
      GBytes *photo = lanyard_cbor_read_gbytes (reader, LANYARD_PHOTO_MAX_BYTES);

      if (photo == NULL)
        break;
      g_ptr_array_add (photos, photo);
    }
  return photos;
}

gboolean
_lanyard_hub_control_import (LanyardHub *hub,
                             LanyardCborReader *reader,
                             LanyardCborWriter *writer,
                             GError **error)
{
  g_autoptr (GPtrArray) entries = read_entries (reader);
  g_autoptr (GPtrArray) photos = read_photos (reader);
  LanyardHubImported imported = { 0 };

  if (!lanyard_cbor_reader_end (reader, "request", error)
      || !lanyard_hub_import (hub, entries, photos, &imported, error))
    return FALSE;
  lanyard_cbor_open_array (writer, 4);
  lanyard_cbor_write_text (writer, "ok");
  lanyard_cbor_write_uint (writer, imported.added);
  lanyard_cbor_write_uint (writer, imported.changed);
  lanyard_cbor_write_uint (writer, imported.same);
  return TRUE;
}

static void
write_members (LanyardCborWriter *writer, GHashTable *members)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (members), (GCompareFunc)g_strcmp0);

  lanyard_cbor_open_array (writer, g_list_length (names));
  for (GList *l = names; l != NULL; l = l->next)
    {
      lanyard_cbor_open_array (writer, 2);
      lanyard_cbor_write_text (writer, l->data);
      lanyard_cbor_write_uint (writer, GPOINTER_TO_SIZE (g_hash_table_lookup (members, l->data)));
    }
}

gboolean
_lanyard_hub_control_preview (LanyardHub *hub,
                              LanyardCborReader *reader,
                              LanyardCborWriter *writer,
                              GError **error)
{
  g_autoptr (GPtrArray) entries = read_entries (reader);
  g_autoptr (GHashTable) members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  LanyardHubImported imported = { 0 };

  if (!lanyard_cbor_reader_end (reader, "request", error)
      || !lanyard_hub_preview_import (hub, entries, members, &imported, error))
    return FALSE;
  lanyard_cbor_open_array (writer, 5);
  lanyard_cbor_write_text (writer, "ok");
  lanyard_cbor_write_uint (writer, imported.added);
  lanyard_cbor_write_uint (writer, imported.changed);
  lanyard_cbor_write_uint (writer, imported.same);
  write_members (writer, members);
  return TRUE;
}
