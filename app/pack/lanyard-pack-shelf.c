/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-pack"

#include "lanyard-pack-shelf-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-pack-files.h"
#include "lanyard-pack-private.h"

#define INCOMING "incoming"
#define ASSEMBLY "assembly"
#define FOLDER_MODE 0700

struct _LanyardPackShelf
{
  /* owned */
  char *folder;
  LanyardPack *present; /* (nullable) */
  LanyardPublicKey root;
  char *venue;         /* (nullable) */
  GBytes *manifest;    /* (nullable): of the edition that is coming */
  GPtrArray *rows;     /* (nullable) (element-type LanyardPackRow): of it */
  GHashTable *content; /* (nullable) (element-type utf8 GBytes): what is here of it */

  /* state */
  guint version; /* of it; 0: none is coming */
  guint waiting; /* 0: none */
  guint next;    /* index of the first row that may be missing */
};

static char *
path_of (const char *folder, const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* Returns: the edition in use; 0: none */
static guint
get_present (const LanyardPackShelf *shelf)
{
  return shelf->present != NULL ? lanyard_pack_get_version (shelf->present) : 0;
}

LanyardPackShelf *
lanyard_pack_shelf_new (const char *folder,
                        LanyardPack *present,
                        const LanyardPublicKey *root,
                        const char *venue)
{
  LanyardPackShelf *shelf;
  g_autoptr (GArray) versions = NULL;

  g_return_val_if_fail (folder != NULL && root != NULL, NULL);

  shelf = g_new0 (LanyardPackShelf, 1);
  shelf->folder = g_strdup (folder);
  shelf->present = present != NULL ? lanyard_pack_ref (present) : NULL;
  shelf->root = *root;
  shelf->venue = g_strdup (venue);
  versions = lanyard_pack_shelf_list (folder);
  for (guint i = 0; i < versions->len; i++)
    {
      guint version = g_array_index (versions, guint, i);
      g_autofree char *path = lanyard_pack_shelf_path (folder, version);

      if (version < get_present (shelf))
        lanyard_pack_files_remove (path);
    }

  return shelf;
}

static void
forget (LanyardPackShelf *shelf)
{
  g_clear_pointer (&shelf->manifest, g_bytes_unref);
  g_clear_pointer (&shelf->rows, g_ptr_array_unref);
  g_clear_pointer (&shelf->content, g_hash_table_unref);
  shelf->version = 0;
  shelf->next = 0;
}

void
lanyard_pack_shelf_free (LanyardPackShelf *shelf)
{
  if (shelf == NULL)
    return;
  forget (shelf);
  g_clear_pointer (&shelf->present, lanyard_pack_unref);
  g_free (shelf->folder);
  g_free (shelf->venue);
  g_free (shelf);
}

guint
lanyard_pack_shelf_get_waiting (const LanyardPackShelf *shelf)
{
  return shelf->waiting;
}

gboolean
lanyard_pack_shelf_wants (const LanyardPackShelf *shelf, guint version)
{
  return version > MAX (get_present (shelf), shelf->waiting) || lanyard_fault ("pack-takes-older");
}

gboolean
lanyard_pack_shelf_is_open (const LanyardPackShelf *shelf)
{
  return shelf->version != 0;
}

static char *
path_of_incoming (LanyardPackShelf *shelf, const LanyardPackRow *row)
{
  g_autofree char *hex = lanyard_hex_encode (row->hash.bytes, sizeof row->hash.bytes);

  return g_build_filename (shelf->folder, INCOMING, hex, NULL);
}

static gboolean
is_row (const LanyardPackRow *row, GBytes *content)
{
  LanyardHash hash;

  if (content == NULL || g_bytes_get_size (content) != row->n_bytes)
    return FALSE;
  lanyard_pack_manifest_hash (&hash, row->path, content);

  return lanyard_hash_equal (&hash, &row->hash) || lanyard_fault ("pack-file-unchecked");
}

/* What is left of a try that was cut off. (transfer full) (nullable) */
static GBytes *
read_incoming (LanyardPackShelf *shelf, const LanyardPackRow *row)
{
  g_autofree char *path = path_of_incoming (shelf, row);
  GStatBuf info;
  char *content;
  gsize n_bytes;

  if (g_lstat (path, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size != row->n_bytes
      || !g_file_get_contents (path, &content, &n_bytes, NULL))
    return NULL;

  return g_bytes_new_take (content, n_bytes);
}

/* What is here already, by its hash; the rest of what is in the folder goes. */
static void
find_known (LanyardPackShelf *shelf)
{
  g_autofree char *incoming = path_of (shelf->folder, INCOMING);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDir) items = NULL;
  const char *name;

  for (guint i = 0; i < shelf->rows->len; i++)
    {
      const LanyardPackRow *row = g_ptr_array_index (shelf->rows, i);
      GBytes *present
          = shelf->present != NULL ? g_hash_table_lookup (shelf->present->files, row->path) : NULL;
      g_autoptr (GBytes) content
          = is_row (row, present) ? g_bytes_ref (present) : read_incoming (shelf, row);

      g_hash_table_add (names, lanyard_hex_encode (row->hash.bytes, sizeof row->hash.bytes));
      if (is_row (row, content))
        g_hash_table_insert (shelf->content, g_strdup (row->path), g_steal_pointer (&content));
    }
  items = g_dir_open (incoming, 0, NULL);
  while (items != NULL && (name = g_dir_read_name (items)) != NULL)
    {
      g_autofree char *path = path_of (incoming, name);

      if (!g_hash_table_contains (names, name))
        g_unlink (path);
    }
}

static gboolean
make_incoming (LanyardPackShelf *shelf, GError **error)
{
  g_autofree char *incoming = path_of (shelf->folder, INCOMING);

  if (g_mkdir_with_parents (incoming, FOLDER_MODE) == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, errno == ENOSPC ? LANYARD_ERROR_FULL : LANYARD_ERROR_IO,
               "The folder %s cannot be made: %s.", incoming, g_strerror (errno));
  return FALSE;
}

gboolean
lanyard_pack_shelf_begin (LanyardPackShelf *shelf,
                          guint version,
                          GBytes *manifest,
                          const LanyardTrustList *trust,
                          gint64 now_s,
                          GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  g_return_val_if_fail (shelf != NULL && manifest != NULL && trust != NULL, FALSE);

  if (!lanyard_pack_shelf_wants (shelf, version))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_ROLLBACK,
                   "Edition %u of the pack is not newer than what is here.", version);
      return FALSE;
    }
  if (shelf->version == version && g_bytes_equal (shelf->manifest, manifest))
    return TRUE;
  rows = lanyard_pack_manifest_read (manifest, &shelf->root, trust, now_s, error);
  if (rows == NULL || !make_incoming (shelf, error))
    return FALSE;
  forget (shelf);
  shelf->version = version;
  shelf->manifest = g_bytes_ref (manifest);
  shelf->rows = g_steal_pointer (&rows);
  shelf->content
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  find_known (shelf);

  return TRUE;
}

static const LanyardPackRow *
find_missing (const LanyardPackShelf *shelf)
{
  for (guint i = shelf->next; shelf->rows != NULL && i < shelf->rows->len; i++)
    {
      const LanyardPackRow *row = g_ptr_array_index (shelf->rows, i);

      if (!g_hash_table_contains (shelf->content, row->path))
        return row;
    }

  return NULL;
}

const LanyardPackRow *
lanyard_pack_shelf_next (const LanyardPackShelf *shelf)
{
  g_return_val_if_fail (shelf != NULL, NULL);

  return find_missing (shelf);
}

gboolean
lanyard_pack_shelf_put (LanyardPackShelf *shelf, GBytes *content, GError **error)
{
  const LanyardPackRow *row = find_missing (shelf);
  g_autofree char *path = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (row != NULL && content != NULL, FALSE);

  if (!is_row (row, content))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_SIGNATURE,
                   "What came as the pack's file %s is another one.", row->path);
      return FALSE;
    }
  path = path_of_incoming (shelf, row);
  if (!g_file_set_contents_full (path, g_bytes_get_data (content, NULL),
                                 (gssize)g_bytes_get_size (content), G_FILE_SET_CONTENTS_CONSISTENT,
                                 0600, &local))
    {
      g_set_error (error, LANYARD_ERROR,
                   g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? LANYARD_ERROR_FULL
                                                                             : LANYARD_ERROR_IO,
                   "The pack's file %s was not kept: %s", row->path, local->message);
      return FALSE;
    }
  g_hash_table_insert (shelf->content, g_strdup (row->path), g_bytes_ref (content));
  while (shelf->next < shelf->rows->len
         && g_hash_table_contains (
             shelf->content,
             ((const LanyardPackRow *)g_ptr_array_index (shelf->rows, shelf->next))->path))
    shelf->next++;

  return TRUE;
}

/* The one step after which the edition is there. */
static gboolean
give_name (LanyardPackShelf *shelf, const char *assembly, GError **error)
{
  g_autofree char *path = lanyard_pack_shelf_path (shelf->folder, shelf->version);
  int fd;

  lanyard_pack_files_remove (path); /* one that was passed over */
  if (g_rename (assembly, path) != 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "%s cannot be made: %s.", path,
                   g_strerror (errno));
      return FALSE;
    }
  fd = open (shelf->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
  return TRUE;
}

static gboolean
assemble (LanyardPackShelf *shelf, const char *assembly, gint64 now_s, GError **error)
{
  g_autoptr (LanyardPack) pack = NULL;

  lanyard_pack_files_remove (assembly);
  g_hash_table_insert (shelf->content, g_strdup (LANYARD_PACK_MANIFEST),
                       g_bytes_ref (shelf->manifest));
  if (!lanyard_pack_files_write_all (assembly, shelf->content, error))
    return FALSE;
  pack = lanyard_pack_shelf_open (assembly, shelf->version, &shelf->root,
                                  shelf->present != NULL ? lanyard_pack_get_event (shelf->present)
                                                         : NULL,
                                  shelf->venue, now_s, error);
  return pack != NULL && give_name (shelf, assembly, error);
}

gboolean
lanyard_pack_shelf_finish (LanyardPackShelf *shelf, gint64 now_s, GError **error)
{
  g_autofree char *assembly = path_of (shelf->folder, ASSEMBLY);
  g_autofree char *incoming = path_of (shelf->folder, INCOMING);
  g_autofree char *older = NULL;
  gboolean good;

  g_return_val_if_fail (shelf->version != 0 && find_missing (shelf) == NULL, FALSE);

  good = assemble (shelf, assembly, now_s, error);
  lanyard_pack_files_remove (assembly);
  lanyard_pack_files_remove (incoming);
  if (good && shelf->waiting != 0)
    {
      older = lanyard_pack_shelf_path (shelf->folder, shelf->waiting);
      lanyard_pack_files_remove (older);
    }
  if (good)
    shelf->waiting = shelf->version;
  forget (shelf);

  return good;
}
