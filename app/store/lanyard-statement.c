/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-statement.h"

#include "lanyard-database-private.h"
#include "lanyard-error.h"

struct _LanyardStatement
{
  LanyardDatabase *database; /* borrowed */
  const char *sql;           /* borrowed: the literal that it was asked for by */
  sqlite3_stmt *handle;      /* (nullable): owned; NULL when it could not be prepared */
  int code;                  /* first thing that went wrong, told by the next step */
  LanyardStatement *next;    /* (nullable): another idle one of the same text */
};

static void
keep_code (LanyardStatement *statement, int code)
{
  if (statement->code == SQLITE_OK)
    statement->code = code;
}

static void
statement_free_all (gpointer data)
{
  LanyardStatement *statement = data;

  while (statement != NULL)
    {
      LanyardStatement *next = statement->next;

      sqlite3_finalize (statement->handle);
      g_free (statement);
      statement = next;
    }
}

LanyardStatement *
lanyard_statement_new (LanyardDatabase *database, const char *sql)
{
  LanyardStatement *statement;

  lanyard_database_assert_thread (database);
  database->n_lent++;
  /* By address, not by text: this stands in the way of every commit. */
  if (database->statements == NULL)
    database->statements = g_hash_table_new (NULL, NULL);
  statement = g_hash_table_lookup (database->statements, sql);
  if (statement != NULL)
    {
      g_hash_table_insert (database->statements, (gpointer)sql, statement->next);
      return statement;
    }

  statement = g_new0 (LanyardStatement, 1);
  statement->database = database;
  statement->sql = sql;
  keep_code (statement, sqlite3_prepare_v3 (database->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                            &statement->handle, NULL));
  return statement;
}

void
lanyard_statement_release (LanyardStatement *statement)
{
  LanyardDatabase *database = statement->database;

  lanyard_database_assert_thread (database);
  database->n_lent--;
  statement->next = NULL;
  if (statement->handle == NULL)
    {
      g_free (statement);
      return;
    }
  sqlite3_reset (statement->handle);
  sqlite3_clear_bindings (statement->handle);
  statement->code = SQLITE_OK;
  statement->next = g_hash_table_lookup (database->statements, statement->sql);
  g_hash_table_insert (database->statements, (gpointer)statement->sql, statement);
}

void
lanyard_statement_bind_int (LanyardStatement *statement, int index, gint64 value)
{
  if (statement->handle != NULL)
    keep_code (statement, sqlite3_bind_int64 (statement->handle, index, value));
}

void
lanyard_statement_bind_text (LanyardStatement *statement, int index, const char *text)
{
  if (statement->handle != NULL)
    keep_code (statement, sqlite3_bind_text (statement->handle, index, text, -1, SQLITE_TRANSIENT));
}

void
lanyard_statement_bind_blob (LanyardStatement *statement,
                             int index,
                             const void *data,
                             gsize n_bytes)
{
  if (statement->handle == NULL)
    return;
  /* A NULL pointer binds NULL; an empty blob needs one that is not. */
  keep_code (statement,
             sqlite3_bind_blob64 (statement->handle, index, data, n_bytes, SQLITE_STATIC));
}

void
lanyard_statement_bind_bytes (LanyardStatement *statement, int index, GBytes *bytes)
{
  gsize n_bytes = 0;
  const void *data = bytes != NULL ? g_bytes_get_data (bytes, &n_bytes) : NULL;

  if (bytes != NULL && data == NULL)
    data = "";
  lanyard_statement_bind_blob (statement, index, data, n_bytes);
}

gboolean
lanyard_statement_step (LanyardStatement *statement, gboolean *row, GError **error)
{
  int code = statement->code;

  lanyard_database_assert_thread (statement->database);
  if (code == SQLITE_OK)
    code = sqlite3_step (statement->handle);
  *row = code == SQLITE_ROW;
  if (code == SQLITE_ROW || code == SQLITE_DONE)
    return TRUE;
  keep_code (statement, code);
  return lanyard_database_fail (statement->database, code, error);
}

gboolean
lanyard_statement_run (LanyardStatement *statement, GError **error)
{
  gboolean row;

  if (!lanyard_statement_step (statement, &row, error))
    return FALSE;
  lanyard_assert_invariant (!row);
  sqlite3_reset (statement->handle);
  return TRUE;
}

gint64
lanyard_statement_get_int (LanyardStatement *statement, int column)
{
  return sqlite3_column_int64 (statement->handle, column);
}

char *
lanyard_statement_dup_text (LanyardStatement *statement, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (statement->handle, column));
}

const void *
lanyard_statement_get_blob (LanyardStatement *statement, int column, gsize *n_bytes)
{
  const void *data = sqlite3_column_blob (statement->handle, column);

  *n_bytes = sqlite3_column_bytes (statement->handle, column);
  return data;
}

GBytes *
lanyard_statement_dup_bytes (LanyardStatement *statement, int column)
{
  gsize n_bytes;
  const void *data;

  if (lanyard_statement_is_null (statement, column))
    return NULL;
  data = lanyard_statement_get_blob (statement, column, &n_bytes);
  return g_bytes_new (data, n_bytes);
}

gboolean
lanyard_statement_is_null (LanyardStatement *statement, int column)
{
  return sqlite3_column_type (statement->handle, column) == SQLITE_NULL;
}

gboolean
lanyard_statement_get_hash (LanyardStatement *statement, int column, LanyardHash *hash)
{
  gsize n_bytes;
  const void *data = lanyard_statement_get_blob (statement, column, &n_bytes);

  if (data == NULL || n_bytes != LANYARD_HASH_BYTES)
    return FALSE;
  memcpy (hash->bytes, data, LANYARD_HASH_BYTES);
  return TRUE;
}

char **
lanyard_database_list_sql (LanyardDatabase *database)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer sql;

  lanyard_database_assert_thread (database);
  if (database->statements != NULL)
    {
      g_hash_table_iter_init (&iter, database->statements);
      while (g_hash_table_iter_next (&iter, &sql, NULL))
        g_ptr_array_add (list, g_strdup (sql));
    }
  g_ptr_array_add (list, NULL);
  return (char **)g_ptr_array_steal (list, NULL);
}

void
lanyard_statement_cache_free (gpointer cache)
{
  GHashTableIter iter;
  gpointer statement;

  g_hash_table_iter_init (&iter, cache);
  while (g_hash_table_iter_next (&iter, NULL, &statement))
    statement_free_all (statement);
  g_hash_table_unref (cache);
}
