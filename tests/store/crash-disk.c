/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "crash-disk.h"

#include <string.h>

#define SECTOR_BYTES 512

static void
pending_free (gpointer data)
{
  CrashPending *pending = data;

  if (pending->data != NULL)
    g_byte_array_unref (pending->data);
  g_free (pending);
}

static void
inode_free (gpointer data)
{
  CrashInode *inode = data;

  g_byte_array_unref (inode->seen);
  g_byte_array_unref (inode->platter);
  g_ptr_array_unref (inode->pending);
  g_free (inode);
}

static GByteArray *
copy_bytes (const GByteArray *bytes)
{
  GByteArray *copy = g_byte_array_sized_new (bytes->len);

  return g_byte_array_append (copy, bytes->data, bytes->len);
}

static CrashInode *
inode_copy (const CrashInode *inode)
{
  CrashInode *copy = g_new0 (CrashInode, 1);

  copy->seen = copy_bytes (inode->seen);
  copy->platter = copy_bytes (inode->platter);
  copy->pending = g_ptr_array_new_with_free_func (pending_free);
  for (guint i = 0; i < inode->pending->len; i++)
    {
      CrashPending *pending = g_memdup2 (inode->pending->pdata[i], sizeof (CrashPending));

      if (pending->data != NULL)
        pending->data = copy_bytes (pending->data);
      g_ptr_array_add (copy->pending, pending);
    }
  return copy;
}

static GHashTable *
copy_names (GHashTable *names)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name, number;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, &number))
    g_hash_table_insert (copy, g_strdup (name), number);
  return copy;
}

void
crash_disk_clear (CrashDisk *disk)
{
  g_clear_pointer (&disk->inodes, g_ptr_array_unref);
  g_clear_pointer (&disk->seen_names, g_hash_table_unref);
  g_clear_pointer (&disk->platter_names, g_hash_table_unref);
}

void
crash_disk_init (CrashDisk *disk)
{
  disk->inodes = g_ptr_array_new_with_free_func (inode_free);
  disk->seen_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  disk->platter_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
crash_disk_copy (CrashDisk *to, const CrashDisk *from)
{
  crash_disk_clear (to);
  to->inodes = g_ptr_array_new_with_free_func (inode_free);
  for (guint i = 0; i < from->inodes->len; i++)
    g_ptr_array_add (to->inodes, inode_copy (from->inodes->pdata[i]));
  to->seen_names = copy_names (from->seen_names);
  to->platter_names = copy_names (from->platter_names);
}

CrashInode *
crash_disk_get_inode (const CrashDisk *disk, guint number)
{
  return disk->inodes->pdata[number];
}

guint
crash_disk_add_file (CrashDisk *disk, const char *name)
{
  CrashInode *inode = g_new0 (CrashInode, 1);

  inode->seen = g_byte_array_new ();
  inode->platter = g_byte_array_new ();
  inode->pending = g_ptr_array_new_with_free_func (pending_free);
  g_ptr_array_add (disk->inodes, inode);
  g_hash_table_insert (disk->seen_names, g_strdup (name), GUINT_TO_POINTER (disk->inodes->len));
  return disk->inodes->len;
}

void
crash_disk_sync_names (CrashDisk *disk)
{
  g_hash_table_unref (disk->platter_names);
  disk->platter_names = copy_names (disk->seen_names);
}

static void
put_bytes (GByteArray *image, gint64 offset, const void *data, gsize n_bytes)
{
  gsize end = (gsize)offset + n_bytes;
  guint before = image->len;

  if (end > before)
    {
      g_byte_array_set_size (image, (guint)end);
      memset (image->data + before, 0, end - before);
    }
  memcpy (image->data + offset, data, n_bytes);
}

static void
put_size (GByteArray *image, gint64 size)
{
  if (size < image->len)
    g_byte_array_set_size (image, (guint)size);
}

void
crash_disk_put (GByteArray *image, const CrashPending *pending)
{
  if (pending->data == NULL)
    put_size (image, pending->offset);
  else
    put_bytes (image, pending->offset, pending->data->data, pending->data->len);
}

/* A write of which some sectors came out, and maybe one of them as nonsense. */
static void
put_torn (GByteArray *image, const CrashPending *pending, GRand *rand)
{
  gsize n = pending->data->len;

  for (gsize from = 0; from < n;)
    {
      gsize at = (gsize)pending->offset + from;
      gsize part = MIN (n - from, SECTOR_BYTES - at % SECTOR_BYTES);

      if (g_rand_boolean (rand))
        {
          put_bytes (image, (gint64)at, pending->data->data + from, part);
          if (g_rand_int_range (rand, 0, 16) == 0)
            memset (image->data + at, (int)g_rand_int (rand), part);
        }
      from += part;
    }
}

/* What becomes of the pending changes of one file. */
static void
decide_inode (CrashInode *inode, GRand *rand)
{
  guint mode = (guint)g_rand_int_range (rand, 0, 4);
  guint n = inode->pending->len;
  guint prefix = mode == 0 ? 0 : mode == 1 ? n : (guint)g_rand_int_range (rand, 0, (gint32)n + 1);

  for (guint i = 0; i < n; i++)
    {
      const CrashPending *pending = inode->pending->pdata[i];

      if (mode == 3 ? g_rand_boolean (rand) : i < prefix)
        crash_disk_put (inode->platter, pending);
      else if (pending->data != NULL && (mode == 3 || i == prefix) && mode != 0)
        put_torn (inode->platter, pending, rand);
    }
  g_ptr_array_set_size (inode->pending, 0);
  g_byte_array_unref (inode->seen);
  inode->seen = copy_bytes (inode->platter);
}

static gboolean
is_under (const char *name, const char *folder)
{
  gsize n = strlen (folder);

  return strncmp (name, folder, n) == 0 && (n == 0 || name[n] == '/');
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* All names below @folder, before and after, in one order for ever. (transfer container) */
static GList *
list_names (GHashTable *all, const char *folder)
{
  GList *names = NULL;
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (is_under (name, folder))
      names = g_list_prepend (names, name);
  return g_list_sort (names, compare_names);
}

/* Each name that changed since the folder was synced is as before or as after. */
static void
decide_names (CrashDisk *disk, const char *folder, GRand *rand)
{
  g_autoptr (GHashTable) all = copy_names (disk->platter_names);
  g_autoptr (GList) names = NULL;
  GHashTableIter iter;
  gpointer seen;

  g_hash_table_iter_init (&iter, disk->seen_names);
  while (g_hash_table_iter_next (&iter, &seen, NULL))
    g_hash_table_insert (all, g_strdup (seen), NULL);
  names = list_names (all, folder);
  for (GList *link = names; link != NULL; link = link->next)
    {
      const char *name = link->data;
      gpointer before = g_hash_table_lookup (disk->platter_names, name);
      gpointer after = g_hash_table_lookup (disk->seen_names, name);

      if (after != before && !g_rand_boolean (rand))
        before = after;
      if (before == NULL)
        {
          g_hash_table_remove (disk->platter_names, name);
          g_hash_table_remove (disk->seen_names, name);
          continue;
        }
      g_hash_table_insert (disk->platter_names, g_strdup (name), before);
      g_hash_table_insert (disk->seen_names, g_strdup (name), before);
    }
}

void
crash_disk_decide (CrashDisk *disk, const char *folder, GRand *rand)
{
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);
  GHashTable *maps[] = { disk->seen_names, disk->platter_names };

  for (guint i = 0; i < G_N_ELEMENTS (maps); i++)
    {
      g_autoptr (GList) names = list_names (maps[i], folder);

      for (GList *link = names; link != NULL; link = link->next)
        {
          gpointer number = g_hash_table_lookup (maps[i], link->data);

          if (number != NULL && g_hash_table_add (done, number))
            decide_inode (crash_disk_get_inode (disk, GPOINTER_TO_UINT (number) - 1), rand);
        }
    }
  decide_names (disk, folder, rand);
}

static guint64
hash_word (guint64 hash, guint64 word)
{
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return hash ^ (hash >> 29);
}

/* Eight bytes at a time: there are a hundred thousand disks to tell apart. */
static guint64
hash_bytes (guint64 hash, const guint8 *bytes, gsize n_bytes)
{
  guint64 word;

  for (; n_bytes >= sizeof word; bytes += sizeof word, n_bytes -= sizeof word)
    {
      memcpy (&word, bytes, sizeof word);
      hash = hash_word (hash, word);
    }
  for (; n_bytes > 0; bytes++, n_bytes--)
    hash = hash_word (hash, *bytes);
  return hash;
}

guint64
crash_disk_hash (const CrashDisk *disk)
{
  g_autoptr (GList) names = list_names (disk->platter_names, "");
  guint64 hash = 1;

  for (GList *link = names; link != NULL; link = link->next)
    {
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (disk->platter_names, link->data));
      const GByteArray *platter = crash_disk_get_inode (disk, number - 1)->platter;

      hash = hash_bytes (hash, link->data, strlen (link->data) + 1);
      hash = hash_bytes (hash ^ platter->len, platter->data, platter->len);
    }
  return hash;
}

static void
put_copy (CrashDisk *disk, const char *name, const CrashInode *from)
{
  CrashInode *copy = g_new0 (CrashInode, 1);
  guint number;

  copy->seen = copy_bytes (from->seen);
  copy->platter = copy_bytes (from->seen);
  copy->pending = g_ptr_array_new_with_free_func (pending_free);
  g_ptr_array_add (disk->inodes, copy);
  number = disk->inodes->len;
  g_hash_table_insert (disk->seen_names, g_strdup (name), GUINT_TO_POINTER (number));
  g_hash_table_insert (disk->platter_names, g_strdup (name), GUINT_TO_POINTER (number));
}

void
crash_disk_copy_folder (CrashDisk *disk, const char *from, const char *to)
{
  g_autoptr (GHashTable) before = copy_names (disk->seen_names);
  g_autoptr (GList) names = list_names (before, from);

  crash_disk_remove_folder (disk, to);
  for (GList *link = names; link != NULL; link = link->next)
    {
      g_autofree char *name = g_strconcat (to, (const char *)link->data + strlen (from), NULL);
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (before, link->data));

      put_copy (disk, name, crash_disk_get_inode (disk, number - 1));
    }
}

static gboolean
is_name_under (gpointer name, gpointer number, gpointer folder)
{
  return is_under (name, folder);
}

void
crash_disk_remove_folder (CrashDisk *disk, const char *folder)
{
  g_hash_table_foreach_remove (disk->seen_names, is_name_under, (gpointer)folder);
  g_hash_table_foreach_remove (disk->platter_names, is_name_under, (gpointer)folder);
}
