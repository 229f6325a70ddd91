/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-pack.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>

#include "lanyard-error.h"
#include "lanyard-hub-pack-private.h"
#include "lanyard-pack-files.h"
#include "lanyard-pack-manifest.h"

/* The edition in force: put into the store, given from there, and copied from there. */

static char *
name_of_file (const LanyardPackRow *row)
{
  g_autofree char *hex = lanyard_hex_encode (row->hash.bytes, sizeof row->hash.bytes);

  return g_strconcat (LANYARD_HUB_DOCUMENT_PACK_FILE, hex, NULL);
}

/* Rows of a manifest that this hub checked when it came. */
static GPtrArray *
read_rows (LanyardHub *hub, GBytes *message, GError **error)
{
  g_autoptr (LanyardEdition) edition
      = lanyard_edition_open (message, hub->trust, hub->event, _lanyard_hub_now_s (hub), error);

  return edition == NULL ? NULL
                         : lanyard_pack_manifest_read (edition->manifest, NULL, NULL, 0, error);
}

/* (transfer full) (nullable): NULL without an error: there is none */
static GBytes *
find_edition (LanyardHub *hub, const char *name, GError **error)
{
  g_autoptr (GError) local = NULL;
  GBytes *message = hub->store->ops->find_document (hub->store, name, &local);

  if (local != NULL && !g_error_matches (local, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local));
  return message;
}

static void
add_names (GHashTable *names, GPtrArray *rows)
{
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    g_hash_table_add (names, name_of_file (g_ptr_array_index (rows, i)));
}

/* Files of the edition before the one before, which nobody fetches any more. */
static gboolean
drop_files (LanyardHub *hub, GBytes *before, GHashTable *keep, GError **error)
{
  g_autoptr (GPtrArray) rows = read_rows (hub, before, NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autofree char *name = name_of_file (g_ptr_array_index (rows, i));

      if (!g_hash_table_contains (keep, name)
          && !hub->store->ops->remove_document (hub->store, name, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_files (LanyardHub *hub, GPtrArray *rows, GHashTable *files, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const LanyardPackRow *row = g_ptr_array_index (rows, i);
      g_autofree char *name = name_of_file (row);

      if (!hub->store->ops->put_document (hub->store, name, g_hash_table_lookup (files, row->path),
                                          error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_all (LanyardHub *hub, GBytes *message, GPtrArray *rows, GHashTable *files, GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (GHashTable) keep = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GBytes) present = find_edition (hub, LANYARD_HUB_DOCUMENT_EDITION, NULL);
  g_autoptr (GBytes) before = find_edition (hub, LANYARD_HUB_DOCUMENT_EDITION_BEFORE, NULL);
  g_autoptr (GPtrArray) present_rows = present == NULL ? NULL : read_rows (hub, present, NULL);

  add_names (keep, rows);
  add_names (keep, present_rows);
  if (before != NULL && !drop_files (hub, before, keep, error))
    return FALSE;
  if (present != NULL
      && !store->ops->put_document (store, LANYARD_HUB_DOCUMENT_EDITION_BEFORE, present, error))
    return FALSE;
  return put_files (hub, rows, files, error)
         && store->ops->put_document (store, LANYARD_HUB_DOCUMENT_EDITION, message, error);
}

gboolean
_lanyard_hub_put_edition (LanyardHub *hub, guint version, GHashTable *files, GError **error)
{
  GBytes *manifest = g_hash_table_lookup (files, LANYARD_PACK_MANIFEST);
  g_autoptr (LanyardEdition) edition = lanyard_edition_new (hub->event, version, manifest);
  g_autoptr (GPtrArray) rows = lanyard_pack_manifest_read (manifest, NULL, NULL, 0, error);
  g_autoptr (GBytes) message = NULL;

  if (rows == NULL)
    return FALSE;
  edition->made_s = _lanyard_hub_now_s (hub);
  message = lanyard_edition_sign (edition, hub->key);
  if (!hub->store->ops->begin (hub->store, error))
    return FALSE;
  if (put_all (hub, message, rows, files, error))
    return hub->store->ops->commit (hub->store, error);
  hub->store->ops->rollback (hub->store);
  return FALSE;
}

static char *
get_folder (LanyardHub *hub)
{
  return g_build_filename (hub->directory, LANYARD_HUB_PACK_DIRECTORY, NULL);
}

/* A hub that was made by an earlier version, or made anew from desks' journals. */
static GBytes *
take_folder (LanyardHub *hub, GError **error)
{
  g_autofree char *folder = get_folder (hub);
  g_autoptr (LanyardPack) pack
      = lanyard_pack_load (folder, &hub->root, _lanyard_hub_now_s (hub), error);
  g_autoptr (GHashTable) files = pack == NULL ? NULL : lanyard_pack_files_read (folder, error);

  if (files == NULL
      || !_lanyard_hub_put_edition (hub, lanyard_pack_get_version (pack), files, error))
    return NULL;
  return hub->store->ops->find_document (hub->store, LANYARD_HUB_DOCUMENT_EDITION, error);
}

GBytes *
lanyard_hub_get_edition (LanyardHub *hub, GError **error)
{
  g_autoptr (GError) local = NULL;
  GBytes *message = find_edition (hub, LANYARD_HUB_DOCUMENT_EDITION, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return message != NULL ? message : take_folder (hub, error);
}

LanyardEdition *
lanyard_hub_read_edition (LanyardHub *hub, GError **error)
{
  g_autoptr (GBytes) message = lanyard_hub_get_edition (hub, error);

  return message == NULL ? NULL
                         : lanyard_edition_open (message, hub->trust, hub->event,
                                                 _lanyard_hub_now_s (hub), error);
}

GBytes *
lanyard_hub_get_pack_file (LanyardHub *hub, const char *hex, GError **error)
{
  g_autofree char *name = g_strconcat (LANYARD_HUB_DOCUMENT_PACK_FILE, hex, NULL);

  return hub->store->ops->find_document (hub->store, name, error);
}

/* @edition's files out of the store. (transfer full) (nullable) (element-type utf8 GBytes) */
static GHashTable *
collect_files (LanyardHub *hub, const LanyardEdition *edition, GError **error)
{
  g_autoptr (GHashTable) files
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  g_autoptr (GPtrArray) rows = lanyard_pack_manifest_read (edition->manifest, NULL, NULL, 0, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const LanyardPackRow *row = g_ptr_array_index (rows, i);
      g_autofree char *name = name_of_file (row);
      GBytes *content = hub->store->ops->find_document (hub->store, name, error);

      if (content == NULL)
        return NULL;
      g_hash_table_insert (files, g_strdup (row->path), content);
    }
  if (rows == NULL)
    return NULL;
  g_hash_table_insert (files, g_strdup (LANYARD_PACK_MANIFEST), g_bytes_ref (edition->manifest));
  return g_steal_pointer (&files);
}

/* Both folders are whole; afterwards they have each other's name, at no time none. */
static gboolean
swap_folders (const char *fresh, const char *folder, GError **error)
{
  if (renameat2 (AT_FDCWD, fresh, AT_FDCWD, folder, RENAME_EXCHANGE) == 0
      || (errno == ENOENT && g_rename (fresh, folder) == 0))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
               "%s cannot take the place of %s: %s. The hub's folder belongs on a file system of "
               "this machine.",
               fresh, folder, g_strerror (errno));
  return FALSE;
}

static gboolean
follow_store (LanyardHub *hub, const LanyardEdition *edition, const char *folder, GError **error)
{
  g_autofree char *parent = g_build_filename (hub->directory, "pack.XXXXXX", NULL);
  g_autofree char *fresh = NULL;
  g_autoptr (GHashTable) files = collect_files (hub, edition, error);
  gboolean good;

  if (files == NULL)
    return FALSE;
  if (g_mkdtemp (parent) == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "%s cannot be written to: %s.",
                   hub->directory, g_strerror (errno));
      return FALSE;
    }
  fresh = g_build_filename (parent, LANYARD_HUB_PACK_DIRECTORY, NULL);
  good = lanyard_pack_files_write_all (fresh, files, error) && swap_folders (fresh, folder, error);
  lanyard_pack_files_remove (parent);
  return good;
}

LanyardPack *
lanyard_hub_load_pack (LanyardHub *hub, GError **error)
{
  g_autofree char *folder = get_folder (hub);
  gint64 now_s = _lanyard_hub_now_s (hub);
  g_autoptr (LanyardEdition) edition = lanyard_hub_read_edition (hub, error);
  g_autoptr (LanyardPack) pack = NULL;

  if (edition == NULL)
    return NULL;
  pack = lanyard_pack_load (folder, &hub->root, now_s, NULL);
  if (pack != NULL && lanyard_pack_get_version (pack) == edition->version)
    return g_steal_pointer (&pack);
  if (!follow_store (hub, edition, folder, error))
    return NULL;
  return lanyard_pack_load (folder, &hub->root, now_s, error);
}
