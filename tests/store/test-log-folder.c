/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, SQLite's own file system is another one than the disk that forgets (crash-vfs.c)
 * takes it for, and a power cut could take a log whose maker was killed before its first sync. */

#include <glib/gstdio.h>
#include <sqlite3.h>

static sqlite3_syscall_ptr open_folder;
static guint n_opened;

/* It opens a folder to sync it, and for nothing else. */
static int
count_opened (const char *path, int *fd)
{
  n_opened++;
  return ((int (*) (const char *, int *))open_folder) (path, fd);
}

static void
run (sqlite3 *database, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static sqlite3 *
open_database (const char *path)
{
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                    "unix"),
                   ==, SQLITE_OK);
  run (database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  return database;
}

static void
test_log_that_was_there (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lanyard-log-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *index = g_strconcat (path, "-shm", NULL);
  sqlite3 *first = open_database (path), *second;

  run (first, "CREATE TABLE t (x)");
  g_assert_cmpuint (n_opened, >, 0);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  second = open_database (path);
  n_opened = 0;
  run (second, "INSERT INTO t VALUES (1)");
  g_assert_cmpuint (n_opened, ==, 1);
  run (second, "INSERT INTO t VALUES (2)");
  g_assert_cmpuint (n_opened, ==, 1);
  sqlite3_close (second);
  sqlite3_close (first);
  g_remove (log);
  g_remove (index);
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  sqlite3_vfs *vfs;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sqlite3_initialize (), ==, SQLITE_OK);
  vfs = sqlite3_vfs_find ("unix");
  open_folder = vfs->xGetSystemCall (vfs, "openDirectory");
  g_assert_nonnull (open_folder);
  g_assert_cmpint (vfs->xSetSystemCall (vfs, "openDirectory", (sqlite3_syscall_ptr)count_opened),
                   ==, SQLITE_OK);
  g_test_add_func ("/store/log-folder/there-before", test_log_that_was_there);
  return g_test_run ();
}
