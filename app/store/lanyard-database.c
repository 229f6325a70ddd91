/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-database-private.h"

#include "lanyard-error.h"
#include "lanyard-statement.h"

#include <sys/statvfs.h>

static gboolean
fail_closed (LanyardDatabase *database, GError **error)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
               "The %s %s takes nothing more since its disk failed (%s): "
               "check the disk and start the program again.",
               database->schema->what, database->path, database->write_failure);
  return FALSE;
}

static LanyardError
error_of_code (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return LANYARD_ERROR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return LANYARD_ERROR_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      return LANYARD_ERROR_CORRUPT;
    case SQLITE_CONSTRAINT:
      return LANYARD_ERROR_STATE;
    default:
      return LANYARD_ERROR_IO;
    }
}

/* What is precious is kept for support; what can be fetched again need not stop the desk. */
static const char *
advice_when_damaged (const LanyardSchema *schema)
{
  return schema->precious ? "it was left as it is; keep it and call support"
                          : "it was left as it is; move it away and this desk fetches it again";
}

static const char *
advice_of_error (const LanyardSchema *schema, LanyardError code)
{
  switch (code)
    {
    case LANYARD_ERROR_FULL:
      return "make room on its disk and try again";
    case LANYARD_ERROR_BUSY:
      return "another program holds it; end that one first";
    case LANYARD_ERROR_CORRUPT:
      return advice_when_damaged (schema);
    case LANYARD_ERROR_STATE:
      return "its rules do not allow that";
    default:
      return "check the disk and its permissions";
    }
}

void
lanyard_database_assert_thread (LanyardDatabase *database)
{
  lanyard_assert_invariant (database->thread == g_thread_self ());
}

gboolean
lanyard_database_fail (LanyardDatabase *database, int code, GError **error)
{
  LanyardError kind = error_of_code (code);
  const char *message = sqlite3_errmsg (database->handle);

  if (kind == LANYARD_ERROR_IO || kind == LANYARD_ERROR_CORRUPT)
    if (database->write_failure == NULL)
      database->write_failure = g_strdup_printf ("%s, code %d", sqlite3_errstr (code), code);

  g_set_error (error, LANYARD_ERROR, kind, "The %s %s answered “%s” (%d): %s.",
               database->schema->what, database->path,
               (code & 0xff) == SQLITE_CONSTRAINT ? message : sqlite3_errstr (code), code,
               advice_of_error (database->schema, kind));
  return FALSE;
}

gboolean
lanyard_database_exec (LanyardDatabase *database, const char *sql, GError **error)
{
  int code;

  lanyard_database_assert_thread (database);
  code = sqlite3_exec (database->handle, sql, NULL, NULL, NULL);
  if (code != SQLITE_OK)
    return lanyard_database_fail (database, code, error);
  return TRUE;
}

gboolean
lanyard_database_begin (LanyardDatabase *database, GError **error)
{
  g_autoptr (LanyardStatement) statement = NULL;

  lanyard_database_assert_thread (database);
  lanyard_assert_invariant (sqlite3_get_autocommit (database->handle));
  if (database->write_failure != NULL)
    return fail_closed (database, error);
  if (database->read_only)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE, "The %s %s is open for reading only.",
                   database->schema->what, database->path);
      return FALSE;
    }

  statement = lanyard_statement_new (database, "BEGIN IMMEDIATE");
  return lanyard_statement_run (statement, error);
}

gboolean
lanyard_database_commit (LanyardDatabase *database, GError **error)
{
  gboolean ok;

  lanyard_database_assert_thread (database);
  {
    g_autoptr (LanyardStatement) statement = lanyard_statement_new (database, "COMMIT");

    ok = lanyard_statement_run (statement, error);
  }
  if (!ok)
    lanyard_database_rollback (database);
  return ok;
}

void
lanyard_database_rollback (LanyardDatabase *database)
{
  lanyard_database_assert_thread (database);
  if (sqlite3_get_autocommit (database->handle))
    return;
  if (sqlite3_exec (database->handle, "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK
      && !sqlite3_get_autocommit (database->handle) && database->write_failure == NULL)
    database->write_failure = g_strdup ("a transaction could not be undone");
}

gboolean
lanyard_database_check (LanyardDatabase *database, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (database, "PRAGMA quick_check(1)");
  g_autofree char *finding = NULL;
  gboolean row;

  if (!lanyard_statement_step (statement, &row, error))
    return FALSE;
  finding = row ? lanyard_statement_dup_text (statement, 0) : NULL;
  if (g_strcmp0 (finding, "ok") == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT,
               "The %s %s is damaged: it was left as it is; keep it and call support.",
               database->schema->what, database->path);
  return FALSE;
}

const char *
lanyard_database_get_path (LanyardDatabase *database)
{
  return database->path;
}

gboolean
lanyard_database_is_read_only (LanyardDatabase *database)
{
  return database->read_only;
}

sqlite3 *
lanyard_database_get_handle (LanyardDatabase *database)
{
  lanyard_database_assert_thread (database);
  return database->handle;
}

guint64
lanyard_database_get_free_bytes (LanyardDatabase *database)
{
  g_autofree char *directory = g_path_get_dirname (database->path);
  struct statvfs room;

  if (statvfs (directory, &room) != 0)
    return G_MAXUINT64;
  return (guint64)room.f_bavail * room.f_frsize;
}

void
lanyard_database_close (LanyardDatabase *database)
{
  if (database == NULL)
    return;
  lanyard_database_assert_thread (database);
  lanyard_assert_invariant (database->n_lent == 0);
  g_clear_pointer (&database->statements, lanyard_statement_cache_free);
  /* After a failed write a checkpoint would only write more. */
  if (database->write_failure != NULL && database->handle != NULL)
    sqlite3_db_config (database->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  lanyard_assert_invariant (sqlite3_close (database->handle) == SQLITE_OK);
  g_free (database->path);
  g_free (database->write_failure);
  g_free (database);
}

void
lanyard_database_close_untouched (LanyardDatabase *database)
{
  lanyard_database_assert_thread (database);
  sqlite3_db_config (database->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  lanyard_database_close (database);
}
