/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-database-private.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-migration.h"
#include "lanyard-statement.h"

#include <fcntl.h>
#include <unistd.h>

/* Before the first page is read or written. The lock comes first: the other pragmas read the
 * schema, which would open the log with shared memory, as if there could be others. EXTRA, because
 * the rollback journal of provisioning must also be gone from the folder when a commit returns:
 * without it a power cut just after the change to WAL was seen to bring the empty file back. */
static const char first_pragmas[] = "PRAGMA locking_mode = EXCLUSIVE;"
                                    "PRAGMA synchronous = EXTRA;"
                                    "PRAGMA mmap_size = 0;"
                                    "PRAGMA temp_store = MEMORY;"
                                    "PRAGMA foreign_keys = ON;"
                                    "PRAGMA cell_size_check = ON;";

/* Asks SQLite's file system, which tests replace, and not the real one. */
static gboolean
file_exists (const char *path)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (NULL);
  int exists = 0;

  return vfs->xAccess (vfs, path, SQLITE_ACCESS_EXISTS, &exists) == SQLITE_OK && exists;
}

static gboolean
sync_directory (const char *path, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (path);
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;
  int saved_errno = errno;

  if (fd >= 0)
    close (fd);
  if (!ok)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
                 "The folder %s could not be written to its disk (%s): check the disk.", directory,
                 g_strerror (saved_errno));
  return ok;
}

/* SQLite would make it readable by everybody. Its log takes the mode of the file. */
static void
create_private_file (const char *path)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd >= 0)
    close (fd);
}

static gboolean
get_number (LanyardDatabase *database, const char *sql, gint64 *number, GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (database, sql);
  gboolean row;

  if (!lanyard_statement_step (statement, &row, error))
    return FALSE;
  *number = row ? lanyard_statement_get_int (statement, 0) : 0;
  return TRUE;
}

static gboolean
fail_as (LanyardDatabase *database, LanyardError code, const char *what, GError **error)
{
  g_set_error (error, LANYARD_ERROR, code, "The %s %s %s.", database->schema->what, database->path,
               what);
  return FALSE;
}

/* Reads who made the file, and at which step it is. @version: 0: there is nothing in it */
static gboolean
identify (LanyardDatabase *database, gboolean create, gint64 *version, GError **error)
{
  gint64 application_id = 0, n_objects = 0;

  if (!get_number (database, "PRAGMA application_id", &application_id, error)
      || !get_number (database, "PRAGMA user_version", version, error)
      || !get_number (database, "SELECT count(*) FROM sqlite_schema", &n_objects, error))
    return FALSE;

  if (application_id == 0 && *version == 0 && n_objects == 0)
    return create
           || fail_as (database, LANYARD_ERROR_CORRUPT,
                       "is empty where there should be data: keep it and call support", error);
  if ((guint32)application_id != database->schema->application_id || *version <= 0)
    return fail_as (database, LANYARD_ERROR_CORRUPT,
                    "was not made by Lanyard for this: it was left as it is; name another file",
                    error);
  if (*version > lanyard_migration_get_newest (database->schema)
      && !lanyard_fault ("newer-accepted"))
    return fail_as (database, LANYARD_ERROR_NEWER,
                    "was written by a later version of Lanyard: it was left as it is; "
                    "install that version",
                    error);
  return TRUE;
}

static gboolean
is_wal (LanyardDatabase *database, gboolean *wal, GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (database, "PRAGMA journal_mode");
  g_autofree char *mode = NULL;
  gboolean row;

  if (!lanyard_statement_step (statement, &row, error))
    return FALSE;
  mode = row ? lanyard_statement_dup_text (statement, 0) : NULL;
  *wal = g_strcmp0 (mode, "wal") == 0;
  return TRUE;
}

/* Makes the tables and turns the log to WAL; done once in the life of a file. */
static gboolean
provision (LanyardDatabase *database, guint version, GError **error)
{
  gboolean wal;
  guint newest = lanyard_migration_get_newest (database->schema);
  /* Only heard while the file is empty. */
  g_autofree char *page_size
      = g_strdup_printf ("PRAGMA page_size = %u", database->schema->page_bytes);

  if (database->schema->page_bytes > 0 && !lanyard_database_exec (database, page_size, error))
    return FALSE;
  if (!lanyard_migration_run (database, database->schema, version, newest, error)
      || !lanyard_database_exec (database, "PRAGMA journal_mode = WAL", error)
      || !is_wal (database, &wal, error))
    return FALSE;
  return wal
         || fail_as (database, LANYARD_ERROR_IO,
                     "cannot keep a write-ahead log: its file system is not fit for it", error);
}

/* What a program that was killed had written and not synced is read again, and everybody believes
 * it from now on: so it has to be as sure as what is committed. The checkpoint syncs the log before
 * it touches the file; on a full disk it gets no further than that. */
static gboolean
make_sure (LanyardDatabase *database, GError **error)
{
  int code;

  if (!database->schema->precious || lanyard_fault ("believes-unsynced-log"))
    return TRUE;
  code = sqlite3_wal_checkpoint_v2 (database->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  switch (code & 0xff)
    {
    case SQLITE_OK:
    case SQLITE_FULL:
    case SQLITE_BUSY: /* another process of the hub is at it */
    case SQLITE_LOCKED:
      return TRUE;
    default:
      lanyard_database_fail (database, code, error);
      return FALSE;
    }
}

static gboolean
set_working_pragmas (LanyardDatabase *database, GError **error)
{
  g_autofree char *cache = g_strdup_printf ("PRAGMA cache_size = -%u", database->schema->cache_kib);
  const char *synchronous
      = database->schema->precious ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL";

  if (database->schema->precious && lanyard_fault ("synchronous-normal"))
    synchronous = "PRAGMA synchronous = NORMAL";
  if (database->schema->precious && lanyard_fault ("synchronous-off"))
    synchronous = "PRAGMA synchronous = OFF";

  if (!lanyard_database_exec (database, synchronous, error)
      || !lanyard_database_exec (database, cache, error)
      || !lanyard_database_exec (database, "PRAGMA wal_autocheckpoint = 1000", error))
    return FALSE;
  if (database->read_only)
    return lanyard_database_exec (database, "PRAGMA query_only = ON", error);
  /* From here on closing may write: the file is ours and sound as far as its header tells. */
  sqlite3_db_config (database->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  return make_sure (database, error);
}

static LanyardDatabase *
connect_to (const char *path, gboolean create, const LanyardSchema *schema, GError **error)
{
  g_autoptr (LanyardDatabase) database = g_new0 (LanyardDatabase, 1);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
  int code;

  database->path = g_strdup (path);
  database->schema = schema;
  database->thread = g_thread_self ();
  code = sqlite3_open_v2 (path, &database->handle, flags, NULL);
  if (code == SQLITE_OK)
    {
      sqlite3_extended_result_codes (database->handle, 1);
      sqlite3_busy_timeout (database->handle, 0);
      sqlite3_db_config (database->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
      sqlite3_db_config (database->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
      sqlite3_db_config (database->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      code = sqlite3_exec (database->handle, first_pragmas, NULL, NULL, NULL);
    }
  if (code != SQLITE_OK)
    {
      lanyard_database_fail (database, code, error);
      return NULL;
    }
  return g_steal_pointer (&database);
}

/* The start after the one that took the steps finds that they were right. */
static gboolean
bring_up_to_date (LanyardDatabase *database, guint version, GError **error)
{
  guint newest = lanyard_migration_get_newest (database->schema);

  if (version == newest && !database->schema->precious)
    lanyard_migration_drop_copies (database->path);
  return lanyard_migration_run (database, database->schema, version, newest, error);
}

/* @provisioned: (out): whether the file was only now made ready and has to be opened again */
static LanyardDatabase *
open_once (const char *path,
           LanyardDatabaseFlags flags,
           const LanyardSchema *schema,
           gboolean *provisioned,
           GError **error)
{
  gboolean read_only = (flags & LANYARD_DATABASE_READ_ONLY) != 0;
  gboolean create = (flags & LANYARD_DATABASE_CREATE) != 0 && !read_only;
  g_autoptr (LanyardDatabase) database = connect_to (path, create, schema, error);
  gint64 version = 0;
  gboolean wal = FALSE;

  *provisioned = FALSE;
  if (database == NULL || !identify (database, create, &version, error)
      || !is_wal (database, &wal, error))
    return NULL;

  database->read_only = read_only;
  if (read_only && version < lanyard_migration_get_newest (schema))
    {
      fail_as (database, LANYARD_ERROR_STATE,
               "is of an earlier version: start the kiosk once, which brings it up to date", error);
      return NULL;
    }
  if (!wal && !read_only)
    {
      if (!provision (database, version, error))
        return NULL;
      *provisioned = TRUE;
      return g_steal_pointer (&database);
    }
  if (!read_only && !bring_up_to_date (database, (guint)version, error))
    return NULL;
  if (!set_working_pragmas (database, error))
    return NULL;
  return g_steal_pointer (&database);
}

/* Makes the file where it may be made. SQLite counts an empty file as none. */
static gboolean
ensure_file (const char *path,
             const char *log,
             LanyardDatabaseFlags flags,
             const LanyardSchema *schema,
             GError **error)
{
  if (file_exists (path))
    return TRUE;
  if (file_exists (log))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT,
                   "The %s %s is gone and its log is still there: "
                   "both were left as they are; call support.",
                   schema->what, path);
      return FALSE;
    }
  if ((flags & LANYARD_DATABASE_CREATE) == 0 || (flags & LANYARD_DATABASE_READ_ONLY) != 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "There is no %s %s: check the path, or set this desk up first.", schema->what,
                   path);
      return FALSE;
    }
  create_private_file (path);
  return TRUE;
}

LanyardDatabase *
lanyard_database_open (const char *path,
                       LanyardDatabaseFlags flags,
                       const LanyardSchema *schema,
                       gboolean *unclean,
                       GError **error)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autoptr (LanyardDatabase) database = NULL;
  gboolean provisioned;

  g_return_val_if_fail (path != NULL && schema != NULL, NULL);

  sqlite3_initialize ();
  lanyard_migration_init ();
  if (!ensure_file (path, log, flags, schema, error))
    return NULL;
  if (unclean != NULL)
    *unclean = file_exists (log);

  database = open_once (path, flags, schema, &provisioned, error);
  if (database != NULL && provisioned)
    {
      g_clear_pointer (&database, lanyard_database_close);
      if (!sync_directory (path, error))
        return NULL;
      database = open_once (path, flags & ~LANYARD_DATABASE_CREATE, schema, &provisioned, error);
    }
  return g_steal_pointer (&database);
}
