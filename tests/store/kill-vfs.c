/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kill-vfs.h"

#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real; /* in the same block, behind this */
} KillFile;

static struct
{
  sqlite3_vfs vfs;
  sqlite3_vfs *real;
  guint left;
} the;

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return ((KillFile *)file)->real;
}

static void
change (void)
{
  if (the.left-- == 0)
    kill (getpid (), SIGKILL);
}

static int
file_close (sqlite3_file *file)
{
  return get_real (file)->pMethods->xClose (get_real (file));
}

static int
file_read (sqlite3_file *file, void *buffer, int n_bytes, sqlite3_int64 offset)
{
  return get_real (file)->pMethods->xRead (get_real (file), buffer, n_bytes, offset);
}

static int
file_write (sqlite3_file *file, const void *buffer, int n_bytes, sqlite3_int64 offset)
{
  change ();
  return get_real (file)->pMethods->xWrite (get_real (file), buffer, n_bytes, offset);
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  change ();
  return get_real (file)->pMethods->xTruncate (get_real (file), size);
}

static int
file_sync (sqlite3_file *file, int flags)
{
  change ();
  return get_real (file)->pMethods->xSync (get_real (file), flags);
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return get_real (file)->pMethods->xFileSize (get_real (file), size);
}

static int
file_lock (sqlite3_file *file, int level)
{
  return get_real (file)->pMethods->xLock (get_real (file), level);
}

static int
file_unlock (sqlite3_file *file, int level)
{
  return get_real (file)->pMethods->xUnlock (get_real (file), level);
}

static int
file_check_reserved (sqlite3_file *file, int *reserved)
{
  return get_real (file)->pMethods->xCheckReservedLock (get_real (file), reserved);
}

static int
file_control (sqlite3_file *file, int op, void *arg)
{
  return get_real (file)->pMethods->xFileControl (get_real (file), op, arg);
}

static int
file_sector_size (sqlite3_file *file)
{
  return get_real (file)->pMethods->xSectorSize (get_real (file));
}

static int
file_characteristics (sqlite3_file *file)
{
  return get_real (file)->pMethods->xDeviceCharacteristics (get_real (file));
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
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_reserved,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_characteristics,
};

static int
vfs_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  KillFile *kill_file = (KillFile *)file;
  int code;

  kill_file->real = (sqlite3_file *)(kill_file + 1);
  code = the.real->xOpen (the.real, name, kill_file->real, flags, out_flags);
  file->pMethods = kill_file->real->pMethods != NULL ? &methods : NULL;
  return code;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  change ();
  return the.real->xDelete (the.real, name, sync_folder);
}

void
kill_vfs_register (guint n_changes)
{
  the.real = sqlite3_vfs_find (NULL);
  the.left = n_changes;
  the.vfs = *the.real;
  the.vfs.zName = "kill";
  the.vfs.szOsFile = (int)sizeof (KillFile) + the.real->szOsFile;
  the.vfs.xOpen = vfs_open;
  the.vfs.xDelete = vfs_delete;
  g_assert_cmpint (sqlite3_vfs_register (&the.vfs, 1), ==, SQLITE_OK);
}
