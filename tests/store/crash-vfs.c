/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "crash-vfs.h"

#include <sqlite3.h>
#include <string.h>

typedef struct
{
  sqlite3_file base;
  guint inode;
  gboolean log; /* its first sync syncs the folder too, as SQLite's own file system does, whether
                   the log was there before or not: test-log-folder */
} CrashFile;

static struct
{
  CrashDisk disk;
  CrashDisk saved;
  guint64 n_operations;
  guint64 cut_at;
  guint lying_percent;
  gboolean full;
  gboolean no_room;
  guint64 n_calls; /* reads too, for errors */
  guint64 fail_at;
  int fail_code;
  gboolean fails_on;
  GRand *rand;
  void (*watch) (gpointer data);
  gpointer watch_data;
} the;

/* Counts one change. FALSE: the power failed at it or before. */
static gboolean
operate (void)
{
  if (crash_vfs_is_cut ())
    return FALSE;
  if (the.watch != NULL)
    the.watch (the.watch_data);
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

static int
file_close (sqlite3_file *file)
{
  return SQLITE_OK;
}

static int
file_read (sqlite3_file *file, void *buffer, int n_bytes, sqlite3_int64 offset)
{
  const GByteArray *seen = crash_disk_get_inode (&the.disk, ((CrashFile *)file)->inode)->seen;
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
  CrashInode *inode = crash_disk_get_inode (&the.disk, ((CrashFile *)file)->inode);
  CrashPending *pending;

  if (crash_vfs_is_cut ())
    return SQLITE_IOERR_WRITE;
  if (call () != SQLITE_OK)
    return the.fail_code == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  if (the.full && offset + n_bytes > inode->seen->len)
    {
      the.no_room = TRUE;
      return SQLITE_FULL;
    }
  pending = g_new0 (CrashPending, 1);
  pending->offset = offset;
  pending->data = g_byte_array_sized_new ((guint)n_bytes);
  g_byte_array_append (pending->data, buffer, (guint)n_bytes);
  g_ptr_array_add (inode->pending, pending);
  crash_disk_put (inode->seen, pending);
  return operate () ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  CrashInode *inode = crash_disk_get_inode (&the.disk, ((CrashFile *)file)->inode);
  CrashPending *pending;

  if (crash_vfs_is_cut () || call () != SQLITE_OK)
    return SQLITE_IOERR_TRUNCATE;
  pending = g_new0 (CrashPending, 1);
  pending->offset = size;
  g_ptr_array_add (inode->pending, pending);
  crash_disk_put (inode->seen, pending);
  return operate () ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

static int
file_sync (sqlite3_file *file, int flags)
{
  CrashFile *crash = (CrashFile *)file;
  CrashInode *inode = crash_disk_get_inode (&the.disk, crash->inode);

  if (!operate () || call () != SQLITE_OK)
    return SQLITE_IOERR_FSYNC;
  if (the.lying_percent > 0 && (guint)g_rand_int_range (the.rand, 0, 100) < the.lying_percent)
    return SQLITE_OK;
  for (guint i = 0; i < inode->pending->len; i++)
    crash_disk_put (inode->platter, inode->pending->pdata[i]);
  g_ptr_array_set_size (inode->pending, 0);
  if (crash->log)
    crash_vfs_sync_folder ();
  crash->log = FALSE;
  return SQLITE_OK;
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  *size = crash_disk_get_inode (&the.disk, ((CrashFile *)file)->inode)->seen->len;
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
  crash->log = (flags & SQLITE_OPEN_CREATE) != 0
               && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
  if (number == 0)
    {
      number = crash_disk_add_file (&the.disk, name);
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
  crash_disk_init (&the.disk);
  the.cut_at = G_MAXUINT64;
  the.fail_at = G_MAXUINT64;
  g_assert_cmpint (sqlite3_vfs_register (&crash_vfs, 1), ==, SQLITE_OK);
}

void
crash_vfs_clear (void)
{
  crash_disk_clear (&the.disk);
  crash_disk_init (&the.disk);
  the.n_operations = 0;
  the.cut_at = G_MAXUINT64;
  the.lying_percent = 0;
  the.full = FALSE;
  crash_vfs_fail_after (G_MAXUINT64, SQLITE_OK, FALSE);
}

void
crash_vfs_save (void)
{
  crash_disk_copy (&the.saved, &the.disk);
}

void
crash_vfs_restore (void)
{
  crash_disk_copy (&the.disk, &the.saved);
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
  crash_disk_decide (&the.disk, "", rand);
  the.n_operations = 0;
  the.cut_at = G_MAXUINT64;
}

void
crash_vfs_recover_under (const char *folder, GRand *rand)
{
  the.cut_at = G_MAXUINT64;
  crash_disk_decide (&the.disk, folder, rand);
}

void
crash_vfs_cut_never (void)
{
  the.cut_at = G_MAXUINT64;
}

void
crash_vfs_copy_folder (const char *from, const char *to)
{
  crash_disk_copy_folder (&the.disk, from, to);
}

void
crash_vfs_remove_folder (const char *folder)
{
  crash_disk_remove_folder (&the.disk, folder);
}

void
crash_vfs_set_full (gboolean full)
{
  the.full = full;
  the.no_room = FALSE;
}

gboolean
crash_vfs_found_no_room (void)
{
  return the.no_room;
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
  crash_disk_sync_names (&the.disk);
}

void
crash_vfs_watch (void (*func) (gpointer data), gpointer data)
{
  the.watch = func;
  the.watch_data = data;
}

CrashDisk *
crash_vfs_dup_disk (void)
{
  CrashDisk *disk = g_new0 (CrashDisk, 1);

  crash_disk_copy (disk, &the.disk);
  return disk;
}

void
crash_vfs_set_disk (const CrashDisk *disk)
{
  crash_disk_copy (&the.disk, disk);
  the.n_operations = 0;
  the.cut_at = G_MAXUINT64;
}

guint64
crash_vfs_hash (void)
{
  return crash_disk_hash (&the.disk);
}

void
crash_vfs_set_lying (guint percent)
{
  the.lying_percent = percent;
}
