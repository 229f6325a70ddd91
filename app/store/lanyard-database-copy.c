/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-database-copy.h"

#include "lanyard-directory-private.h"
#include "lanyard-envelope.h"
#include "lanyard-error.h"
#include "lanyard-journal-private.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

struct _LanyardDatabaseCopy
{
  LanyardDatabase *source; /* borrowed */
  sqlite3 *target;         /* owned (nullable) */
  sqlite3_backup *backup;  /* owned (nullable) */
  char *path;              /* owned (nullable): NULL once it was taken */
};

static void
end_copying (LanyardDatabaseCopy *copy)
{
  if (copy->backup != NULL)
    sqlite3_backup_finish (copy->backup);
  copy->backup = NULL;
  if (copy->target != NULL)
    sqlite3_close (copy->target);
  copy->target = NULL;
}

static gboolean
fail (LanyardDatabaseCopy *copy, int code, GError **error)
{
  gboolean full = (code & 0xff) == SQLITE_FULL;

  g_set_error (error, LANYARD_ERROR, full ? LANYARD_ERROR_FULL : LANYARD_ERROR_IO,
               "The backup could not copy %s (%s, code %d): %s.",
               lanyard_database_get_path (copy->source), sqlite3_errstr (code), code,
               full ? "make room on this desk's own disk" : "check this desk's own disk");
  return FALSE;
}

static gint64
get_number (LanyardDatabase *database, const char *sql)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (database, sql);
  gboolean row = FALSE;

  return lanyard_statement_step (statement, &row, NULL) && row
             ? lanyard_statement_get_int (statement, 0)
             : 0;
}

/* The copy must never take the room that badges under way need. */
static gboolean
check_room (LanyardDatabase *source, GError **error)
{
  guint64 size = (guint64)get_number (source, "PRAGMA page_count")
                 * (guint64)get_number (source, "PRAGMA page_size");

  if (lanyard_database_get_free_bytes (source) / 2 > size + LANYARD_JOURNAL_RESERVE_BYTES)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_FULL,
               "The disk of this desk has no room for a copy of %s to back it up: make room on it.",
               lanyard_database_get_path (source));
  return FALSE;
}

static gboolean
open_target (LanyardDatabaseCopy *copy, GError **error)
{
  int fd, code;

  unlink (copy->path);
  fd = open (copy->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0)
    close (fd);
  code = sqlite3_open_v2 (copy->path, &copy->target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                          NULL);
  /* It is read once and gone: nothing of it has to survive anything. */
  if (code == SQLITE_OK)
    code = sqlite3_exec (copy->target,
                         "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF;"
                         "PRAGMA synchronous = OFF",
                         NULL, NULL, NULL);
  return code == SQLITE_OK || fail (copy, code, error);
}

static LanyardDatabaseCopy *
begin_copy (LanyardDatabase *source, const char *path, GError **error)
{
  g_autoptr (LanyardDatabaseCopy) copy = g_new0 (LanyardDatabaseCopy, 1);

  lanyard_database_assert_thread (source);
  if (!check_room (source, error))
    return NULL;
  copy->source = source;
  copy->path = g_strdup (path);
  if (!open_target (copy, error))
    return NULL;
  copy->backup
      = sqlite3_backup_init (copy->target, "main", lanyard_database_get_handle (source), "main");
  if (copy->backup == NULL)
    {
      fail (copy, sqlite3_errcode (copy->target), error);
      return NULL;
    }
  return g_steal_pointer (&copy);
}

LanyardDatabaseCopy *
lanyard_journal_begin_copy (LanyardJournal *journal, const char *path, GError **error)
{
  g_return_val_if_fail (journal != NULL && path != NULL, NULL);

  return begin_copy (journal->database, path, error);
}

LanyardDatabaseCopy *
lanyard_directory_begin_copy (LanyardDirectory *directory, const char *path, GError **error)
{
  g_return_val_if_fail (directory != NULL && path != NULL, NULL);

  return begin_copy (directory->database, path, error);
}

gboolean
lanyard_database_copy_step (LanyardDatabaseCopy *copy, int pages, gboolean *done, GError **error)
{
  int code;

  g_return_val_if_fail (copy != NULL && copy->backup != NULL, FALSE);

  lanyard_database_assert_thread (copy->source);
  *done = FALSE;
  code = sqlite3_backup_step (copy->backup, pages);
  if (code == SQLITE_OK)
    return TRUE;
  if (code == SQLITE_DONE)
    {
      code = sqlite3_backup_finish (g_steal_pointer (&copy->backup));
      *done = code == SQLITE_OK;
    }
  return *done || fail (copy, code, error);
}

int
lanyard_database_copy_take (LanyardDatabaseCopy *copy, GError **error)
{
  int fd;

  g_return_val_if_fail (copy != NULL && copy->backup == NULL && copy->path != NULL, -1);

  end_copying (copy);
  fd = open (copy->path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    {
      lanyard_backup_fail (error, errno, "read its own copy");
      return -1;
    }
  unlink (copy->path);
  g_clear_pointer (&copy->path, g_free);
  return fd;
}

void
lanyard_database_copy_free (LanyardDatabaseCopy *copy)
{
  if (copy == NULL)
    return;
  end_copying (copy);
  if (copy->path != NULL)
    unlink (copy->path);
  g_free (copy->path);
  g_free (copy);
}

guint64
lanyard_directory_get_changes (LanyardDirectory *directory)
{
  g_return_val_if_fail (directory != NULL, 0);

  return (guint64)sqlite3_total_changes64 (lanyard_database_get_handle (directory->database));
}
