/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "crash-vfs.h"

#include <sqlite3.h>
#include <string.h>

#define SECTOR_BYTES 512

/* A change that is not on the platter yet. */
typedef struct
{
  gint64 offset;    /* of a write; the new size of a truncation */
  GByteArray *data; /* (nullable): NULL: a truncation */
} Pending;

/* A file, whatever its name is now. */
typedef struct
{
  GByteArray *seen;    /* by programs */
  GByteArray *platter; /* what survives */
  GPtrArray *pending;  /* (element-type Pending) */
} Inode;

typedef struct
{
  GPtrArray *inodes;         /* (element-type Inode): never fewer, so numbers stay */
  GHashTable *seen_names;    /* (element-type utf8 guint): name to inode number + 1 */
  GHashTable *platter_names; /* the same, as it survives */
} Disk;

typedef struct
{
  sqlite3_file base;
  guint inode;
  gboolean new_log; /* its first sync syncs the folder too, as SQLite's own file system does */
} CrashFile;

static struct
{
  Disk disk;
  Disk saved;
  guint64 n_operations;
  guint64 cut_at;
  guint lying_percent;
  gboolean full;
  guint64 n_calls; /* reads too, for errors */
  guint64 fail_at;
  int fail_code;
  gboolean fails_on;
  GRand *rand;
} the;

static void
pending_free (gpointer data)
{
  Pending *pending = data;

  if (pending->data != NULL)
    g_byte_array_unref (pending->data);
  g_free (pending);
}

static void
inode_free (gpointer data)
{
  Inode *inode = data;

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

static Inode *
inode_copy (const Inode *inode)
{
  Inode *copy = g_new0 (Inode, 1);

  copy->seen = copy_bytes (inode->seen);
  copy->platter = copy_bytes (inode->platter);
  copy->pending = g_ptr_array_new_with_free_func (pending_free);
  for (guint i = 0; i < inode->pending->len; i++)
    {
      Pending *pending = g_memdup2 (inode->pending->pdata[i], sizeof (Pending));

      if (pending->data != NULL)
        pending->data = copy_bytes (pending->data);
      g_ptr_array_add (copy->pending, pending);
    }
  return copy;
}

static GHashTable *
names_copy (GHashTable *names)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name, number;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, &number))
    g_hash_table_insert (copy, g_strdup (name), number);
  return copy;
}

static void
disk_clear (Disk *disk)
{
  g_clear_pointer (&disk->inodes, g_ptr_array_unref);
  g_clear_pointer (&disk->seen_names, g_hash_table_unref);
  g_clear_pointer (&disk->platter_names, g_hash_table_unref);
}

static void
disk_init (Disk *disk)
{
  disk->inodes = g_ptr_array_new_with_free_func (inode_free);
  disk->seen_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  disk->platter_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
disk_copy (Disk *to, const Disk *from)
{
  disk_clear (to);
  to->inodes = g_ptr_array_new_with_free_func (inode_free);
  for (guint i = 0; i < from->inodes->len; i++)
    g_ptr_array_add (to->inodes, inode_copy (from->inodes->pdata[i]));
  to->seen_names = names_copy (from->seen_names);
  to->platter_names = names_copy (from->platter_names);
}

static Inode *
get_inode (guint number)
{
  return the.disk.inodes->pdata[number];
}

/* Counts one change. FALSE: the power failed at it or before. */
static gboolean
operate (void)
{
  if (crash_vfs_is_cut ())
    return FALSE;
  the.n_operations++;
  return !crash_vfs_is_cut ();
}

/* Counts one call. Returns: the error that it has to end with, or SQLITE_OK */
static int
call (void)
{
  guint64 n = the.n_calls++;

  return n == the.fail_at || (the.fails_on && n > the.fail_at) ? the.fail_code : SQLITE_OK;
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

static void
put_pending (GByteArray *image, const Pending *pending)
{
  if (pending->data == NULL)
    put_size (image, pending->offset);
  else
    put_bytes (image, pending->offset, pending->data->data, pending->data->len);
}

/* A write of which some sectors came out, and maybe one of them as nonsense. */
static void
put_torn (GByteArray *image, const Pending *pending, GRand *rand)
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
decide_inode (Inode *inode, GRand *rand)
{
  guint mode = (guint)g_rand_int_range (rand, 0, 4);
  guint n = inode->pending->len;
  guint prefix = mode == 0 ? 0 : mode == 1 ? n : (guint)g_rand_int_range (rand, 0, (gint32)n + 1);

  for (guint i = 0; i < n; i++)
    {
      const Pending *pending = inode->pending->pdata[i];

      if (mode == 3 ? g_rand_boolean (rand) : i < prefix)
        put_pending (inode->platter, pending);
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
decide_names (const char *folder, GRand *rand)
{
  g_autoptr (GHashTable) all = names_copy (the.disk.platter_names);
  g_autoptr (GList) names = NULL;
  GHashTableIter iter;
  gpointer seen;

  g_hash_table_iter_init (&iter, the.disk.seen_names);
  while (g_hash_table_iter_next (&iter, &seen, NULL))
    g_hash_table_insert (all, g_strdup (seen), NULL);
  names = list_names (all, folder);
  for (GList *link = names; link != NULL; link = link->next)
    {
      const char *name = link->data;
      gpointer before = g_hash_table_lookup (the.disk.platter_names, name);
      gpointer after = g_hash_table_lookup (the.disk.seen_names, name);

      if (after != before && !g_rand_boolean (rand))
        before = after;
      if (before == NULL)
        {
          g_hash_table_remove (the.disk.platter_names, name);
          g_hash_table_remove (the.disk.seen_names, name);
          continue;
        }
      g_hash_table_insert (the.disk.platter_names, g_strdup (name), before);
      g_hash_table_insert (the.disk.seen_names, g_strdup (name), before);
    }
}

/* What becomes of all that is pending below @folder. */
static void
decide (const char *folder, GRand *rand)
{
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);
  GHashTable *maps[] = { the.disk.seen_names, the.disk.platter_names };

  for (guint i = 0; i < G_N_ELEMENTS (maps); i++)
    {
      g_autoptr (GList) names = list_names (maps[i], folder);

      for (GList *link = names; link != NULL; link = link->next)
        {
          gpointer number = g_hash_table_lookup (maps[i], link->data);

          if (number != NULL && g_hash_table_add (done, number))
            decide_inode (get_inode (GPOINTER_TO_UINT (number) - 1), rand);
        }
    }
  decide_names (folder, rand);
}

static int
file_close (sqlite3_file *file)
{
  return SQLITE_OK;
}

static int
file_read (sqlite3_file *file, void *buffer, int n_bytes, sqlite3_int64 offset)
{
  const GByteArray *seen = get_inode (((CrashFile *)file)->inode)->seen;
  gint64 n = CLAMP ((gint64)seen->len - offset, 0, n_bytes);

  if (crash_vfs_is_cut ())
    return SQLITE_IOERR_READ;
  if (call () != SQLITE_OK)
    return SQLITE_IOERR_READ;
  if (n > 0)
    memcpy (buffer, seen->data + offset, (gsize)n);
  if (n == n_bytes)
    return SQLITE_OK;
  memset ((char *)buffer + n, 0, (gsize)(n_bytes - n));
  return SQLITE_IOERR_SHORT_READ;
}

static int
file_write (sqlite3_file *file, const void *buffer, int n_bytes, sqlite3_int64 offset)
{
  Inode *inode = get_inode (((CrashFile *)file)->inode);
  Pending *pending;

  if (crash_vfs_is_cut ())
    return SQLITE_IOERR_WRITE;
  if (call () != SQLITE_OK)
    return the.fail_code == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  if (the.full && offset + n_bytes > inode->seen->len)
    return SQLITE_FULL;
  pending = g_new0 (Pending, 1);
  pending->offset = offset;
  pending->data = g_byte_array_sized_new ((guint)n_bytes);
  g_byte_array_append (pending->data, buffer, (guint)n_bytes);
  g_ptr_array_add (inode->pending, pending);
  put_pending (inode->seen, pending);
  return operate () ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  Inode *inode = get_inode (((CrashFile *)file)->inode);
  Pending *pending;

  if (crash_vfs_is_cut () || call () != SQLITE_OK)
    return SQLITE_IOERR_TRUNCATE;
  pending = g_new0 (Pending, 1);
  pending->offset = size;
  g_ptr_array_add (inode->pending, pending);
  put_pending (inode->seen, pending);
  return operate () ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

static int
file_sync (sqlite3_file *file, int flags)
{
  CrashFile *crash = (CrashFile *)file;
  Inode *inode = get_inode (crash->inode);

  if (!operate () || call () != SQLITE_OK)
    return SQLITE_IOERR_FSYNC;
  if (the.lying_percent > 0 && (guint)g_rand_int_range (the.rand, 0, 100) < the.lying_percent)
    return SQLITE_OK;
  for (guint i = 0; i < inode->pending->len; i++)
    put_pending (inode->platter, inode->pending->pdata[i]);
  g_ptr_array_set_size (inode->pending, 0);
  if (crash->new_log)
    crash_vfs_sync_folder ();
  crash->new_log = FALSE;
  return SQLITE_OK;
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  *size = get_inode (((CrashFile *)file)->inode)->seen->len;
  return crash_vfs_is_cut () ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

static int
file_lock (sqlite3_file *file, int level)
{
  return SQLITE_OK;
}

static int
file_check_reserved (sqlite3_file *file, int *reserved)
{
  *reserved = 0;
  return SQLITE_OK;
}

static int
file_control (sqlite3_file *file, int op, void *arg)
{
  return SQLITE_NOTFOUND;
}

static int
file_sector_size (sqlite3_file *file)
{
  return 4096;
}

/* As SQLite's own file system says on Linux. */
static int
file_characteristics (sqlite3_file *file)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/* Version 1: no shared memory, so WAL works only under the exclusive lock that Lanyard takes. */
static const sqlite3_io_methods methods = {
  .iVersion = 1,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_lock,
  .xCheckReservedLock = file_check_reserved,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_characteristics,
};

static int
vfs_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  CrashFile *crash = (CrashFile *)file;
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (the.disk.seen_names, name));

  file->pMethods = NULL;
  if (crash_vfs_is_cut () || (number == 0 && (flags & SQLITE_OPEN_CREATE) == 0))
    return SQLITE_CANTOPEN;
  crash->new_log = FALSE;
  if (number == 0)
    {
      Inode *inode = g_new0 (Inode, 1);

      inode->seen = g_byte_array_new ();
      inode->platter = g_byte_array_new ();
      inode->pending = g_ptr_array_new_with_free_func (pending_free);
      g_ptr_array_add (the.disk.inodes, inode);
      number = the.disk.inodes->len;
      g_hash_table_insert (the.disk.seen_names, g_strdup (name), GUINT_TO_POINTER (number));
      crash->new_log = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
      if (!operate ())
        return SQLITE_CANTOPEN;
    }
  crash->inode = number - 1;
  file->pMethods = &methods;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  if (crash_vfs_is_cut () || call () != SQLITE_OK)
    return SQLITE_IOERR_DELETE;
  if (!g_hash_table_remove (the.disk.seen_names, name))
    return SQLITE_IOERR_DELETE_NOENT;
  if (!operate ())
    return SQLITE_IOERR_DELETE;
  if (sync_folder)
    crash_vfs_sync_folder ();
  return SQLITE_OK;
}

static int
vfs_access (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  *result = g_hash_table_contains (the.disk.seen_names, name);
  return SQLITE_OK;
}

static int
vfs_full_pathname (sqlite3_vfs *vfs, const char *name, int n_out, char *out)
{
  g_strlcpy (out, name, (gsize)n_out);
  return SQLITE_OK;
}

static int
vfs_randomness (sqlite3_vfs *vfs, int n_bytes, char *out)
{
  for (int i = 0; i < n_bytes; i++)
    out[i] = (char)g_rand_int (the.rand);
  return n_bytes;
}

static int
vfs_sleep (sqlite3_vfs *vfs, int microseconds)
{
  return microseconds;
}

static int
vfs_current_time (sqlite3_vfs *vfs, double *now)
{
  *now = 2460000.5;
  return SQLITE_OK;
}

static sqlite3_vfs crash_vfs = {
  .iVersion = 1,
  .szOsFile = sizeof (CrashFile),
  .mxPathname = 512,
  .zName = "crash",
  .xOpen = vfs_open,
  .xDelete = vfs_delete,
  .xAccess = vfs_access,
  .xFullPathname = vfs_full_pathname,
  .xRandomness = vfs_randomness,
  .xSleep = vfs_sleep,
  .xCurrentTime = vfs_current_time,
};

void
crash_vfs_register (void)
{
  the.rand = g_rand_new_with_seed (1);
  disk_init (&the.disk);
  the.cut_at = G_MAXUINT64;
  the.fail_at = G_MAXUINT64;
  g_assert_cmpint (sqlite3_vfs_register (&crash_vfs, 1), ==, SQLITE_OK);
}

void
crash_vfs_clear (void)
{
  disk_clear (&the.disk);
  disk_init (&the.disk);
  the.n_operations = 0;
  the.cut_at = G_MAXUINT64;
  the.lying_percent = 0;
  the.full = FALSE;
  crash_vfs_fail_after (G_MAXUINT64, SQLITE_OK, FALSE);
}

void
crash_vfs_save (void)
{
  disk_copy (&the.saved, &the.disk);
}

void
crash_vfs_restore (void)
{
  disk_copy (&the.disk, &the.saved);
  the.n_operations = 0;
  the.cut_at = G_MAXUINT64;
}

void
crash_vfs_cut_after (guint64 n_operations)
{
  the.cut_at = the.n_operations + n_operations + 1;
}

gboolean
crash_vfs_is_cut (void)
{
  return the.n_operations >= the.cut_at;
}

guint64
crash_vfs_get_operations (void)
{
  return the.n_operations;
}

void
crash_vfs_recover (GRand *rand)
{
  decide ("", rand);
  the.n_operations = 0;
  the.cut_at = G_MAXUINT64;
}

void
crash_vfs_recover_under (const char *folder, GRand *rand)
{
  the.cut_at = G_MAXUINT64;
  decide (folder, rand);
}

void
crash_vfs_cut_never (void)
{
  the.cut_at = G_MAXUINT64;
}

static void
put_copy (const char *name, const Inode *from)
{
  Inode *copy = g_new0 (Inode, 1);
  guint number;

  copy->seen = copy_bytes (from->seen);
  copy->platter = copy_bytes (from->seen);
  copy->pending = g_ptr_array_new_with_free_func (pending_free);
  g_ptr_array_add (the.disk.inodes, copy);
  number = the.disk.inodes->len;
  g_hash_table_insert (the.disk.seen_names, g_strdup (name), GUINT_TO_POINTER (number));
  g_hash_table_insert (the.disk.platter_names, g_strdup (name), GUINT_TO_POINTER (number));
}

void
crash_vfs_copy_folder (const char *from, const char *to)
{
  g_autoptr (GHashTable) before = names_copy (the.disk.seen_names);
  g_autoptr (GList) names = list_names (before, from);

  crash_vfs_remove_folder (to);
  for (GList *link = names; link != NULL; link = link->next)
    {
      g_autofree char *name = g_strconcat (to, (const char *)link->data + strlen (from), NULL);
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (before, link->data));

      put_copy (name, get_inode (number - 1));
    }
}

static gboolean
is_name_under (gpointer name, gpointer number, gpointer folder)
{
  return is_under (name, folder);
}

void
crash_vfs_remove_folder (const char *folder)
{
  g_hash_table_foreach_remove (the.disk.seen_names, is_name_under, (gpointer)folder);
  g_hash_table_foreach_remove (the.disk.platter_names, is_name_under, (gpointer)folder);
}

void
crash_vfs_set_full (gboolean full)
{
  the.full = full;
}

gboolean
crash_vfs_is_full (void)
{
  return the.full;
}

void
crash_vfs_fail_after (guint64 n_operations, int code, gboolean from_then_on)
{
  the.n_calls = 0;
  the.fail_at = n_operations;
  the.fail_code = code;
  the.fails_on = from_then_on;
}

gboolean
crash_vfs_has_failed (void)
{
  return the.n_calls > the.fail_at;
}

void
crash_vfs_sync_folder (void)
{
  if (the.disk.seen_names == NULL || !operate ())
    return;
  g_hash_table_unref (the.disk.platter_names);
  the.disk.platter_names = names_copy (the.disk.seen_names);
}

void
crash_vfs_set_lying (guint percent)
{
  the.lying_percent = percent;
}
