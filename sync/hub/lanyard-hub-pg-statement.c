/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-pg-statement.h"

#include <string.h>

/* One statement: what it is given, and what it gives. */

/* Of pg_type.h, which is not part of libpq; they never change. */
#define OID_BYTEA 17
#define OID_INT8 20
#define OID_TEXT 25
#define OID_BYTEA_ARRAY 1001
#define OID_TEXT_ARRAY 1009
#define OID_INT8_ARRAY 1016

LanyardPgStatement *
_lanyard_pg_statement_new (LanyardHubStore *store, const char *sql)
{
  LanyardPgStatement *statement = g_new0 (LanyardPgStatement, 1);

  statement->store = _lanyard_hub_pg (store);
  statement->sql = sql;
  statement->row = -1;
  g_assert (statement->store->thread == g_thread_self ());
  return statement;
}

LanyardPgStatement *
_lanyard_pg_statement_new_apart (LanyardHubStore *store, const char *sql)
{
  LanyardPgStatement *statement = _lanyard_pg_statement_new (store, sql);

  statement->apart = TRUE;
  return statement;
}

void
_lanyard_pg_statement_free (LanyardPgStatement *statement)
{
  if (statement == NULL)
    return;
  PQclear (statement->result);
  for (int i = 0; i < LANYARD_PG_MAX_PARAMETERS; i++)
    g_clear_pointer (&statement->arrays[i], g_byte_array_unref);
  g_free (statement);
}

static int
take_place (LanyardPgStatement *statement, int index, Oid type)
{
  g_assert (index >= 1 && index <= LANYARD_PG_MAX_PARAMETERS);
  statement->n_parameters = MAX (statement->n_parameters, index);
  statement->types[index - 1] = type;
  return index - 1;
}

void
_lanyard_pg_bind_int (LanyardPgStatement *statement, int index, gint64 value)
{
  int i = take_place (statement, index, OID_INT8);

  statement->numbers[i] = GINT64_TO_BE (value);
  statement->values[i] = (const char *)&statement->numbers[i];
  statement->lengths[i] = sizeof (gint64);
}

void
_lanyard_pg_bind_text (LanyardPgStatement *statement, int index, const char *text)
{
  int i = take_place (statement, index, OID_TEXT);

  statement->values[i] = text;
  statement->lengths[i] = text == NULL ? 0 : (int)strlen (text);
}

void
_lanyard_pg_bind_blob (LanyardPgStatement *statement, int index, const void *data, gsize n_bytes)
{
  int i = take_place (statement, index, OID_BYTEA);

  statement->values[i] = data;
  statement->lengths[i] = (int)n_bytes;
}

void
_lanyard_pg_bind_bytes (LanyardPgStatement *statement, int index, GBytes *bytes)
{
  gsize n_bytes = 0;
  const void *data = bytes == NULL ? NULL : g_bytes_get_data (bytes, &n_bytes);

  _lanyard_pg_bind_blob (statement, index, n_bytes == 0 && bytes != NULL ? "" : data, n_bytes);
}

static void
push_word (GByteArray *array, guint32 value)
{
  guint32 word = GUINT32_TO_BE (value);

  g_byte_array_append (array, (const guint8 *)&word, sizeof word);
}

/* The head of an array of one dimension as the server sends and takes it (array_recv). */
static void
bind_array (LanyardPgStatement *statement, int index, Oid type, Oid element, guint n)
{
  int i = take_place (statement, index, type);
  GByteArray *array = g_byte_array_sized_new (20 + n * 16);

  g_clear_pointer (&statement->arrays[i], g_byte_array_unref);
  statement->arrays[i] = array;
  push_word (array, n > 0); /* dimensions */
  push_word (array, 1);     /* some may be NULL */
  push_word (array, element);
  if (n == 0)
    return;
  push_word (array, n);
  push_word (array, 1); /* the first one's index */
}

void
_lanyard_pg_bind_ints (LanyardPgStatement *statement, int index, guint n)
{
  bind_array (statement, index, OID_INT8_ARRAY, OID_INT8, n);
}

void
_lanyard_pg_bind_texts (LanyardPgStatement *statement, int index, guint n)
{
  bind_array (statement, index, OID_TEXT_ARRAY, OID_TEXT, n);
}

void
_lanyard_pg_bind_blobs (LanyardPgStatement *statement, int index, guint n)
{
  bind_array (statement, index, OID_BYTEA_ARRAY, OID_BYTEA, n);
}

void
_lanyard_pg_push_int (LanyardPgStatement *statement, int index, gint64 value)
{
  gint64 number = GINT64_TO_BE (value);

  _lanyard_pg_push_blob (statement, index, &number, sizeof number);
}

void
_lanyard_pg_push_text (LanyardPgStatement *statement, int index, const char *text)
{
  _lanyard_pg_push_blob (statement, index, text, text == NULL ? 0 : strlen (text));
}

void
_lanyard_pg_push_blob (LanyardPgStatement *statement, int index, const void *data, gsize n_bytes)
{
  GByteArray *array = statement->arrays[index - 1];

  push_word (array, data == NULL ? G_MAXUINT32 : (guint32)n_bytes);
  if (data != NULL)
    g_byte_array_append (array, data, (guint)n_bytes);
}

void
_lanyard_pg_settle (LanyardPgStatement *statement)
{
  for (int i = 0; i < statement->n_parameters; i++)
    if (statement->arrays[i] != NULL)
      {
        statement->values[i] = (const char *)statement->arrays[i]->data;
        statement->lengths[i] = (int)statement->arrays[i]->len;
      }
    else if (statement->types[i] == 0)
      statement->types[i] = OID_INT8; /* nothing was bound: NULL */
}

gboolean
_lanyard_pg_step (LanyardPgStatement *statement, gboolean *row, GError **error)
{
  *row = FALSE;
  if (statement->result == NULL && !_lanyard_pg_run (statement, error))
    return FALSE;
  *row = ++statement->row < PQntuples (statement->result);
  return TRUE;
}

gboolean
_lanyard_pg_is_null (LanyardPgStatement *statement, int column)
{
  return PQgetisnull (statement->result, statement->row, column);
}

gint64
_lanyard_pg_get_int (LanyardPgStatement *statement, int column)
{
  gsize n_bytes;
  const void *data = _lanyard_pg_get_blob (statement, column, &n_bytes);
  gint64 number;

  if (data == NULL)
    return 0;
  g_assert (n_bytes == sizeof number);
  memcpy (&number, data, sizeof number);
  return GINT64_FROM_BE (number);
}

const void *
_lanyard_pg_get_blob (LanyardPgStatement *statement, int column, gsize *n_bytes)
{
  *n_bytes = 0;
  if (_lanyard_pg_is_null (statement, column))
    return NULL;
  *n_bytes = (gsize)PQgetlength (statement->result, statement->row, column);
  return PQgetvalue (statement->result, statement->row, column);
}

char *
_lanyard_pg_dup_text (LanyardPgStatement *statement, int column)
{
  gsize n_bytes;
  const char *text = _lanyard_pg_get_blob (statement, column, &n_bytes);

  return text == NULL ? NULL : g_strndup (text, n_bytes);
}

GBytes *
_lanyard_pg_dup_bytes (LanyardPgStatement *statement, int column)
{
  gsize n_bytes;
  const void *data = _lanyard_pg_get_blob (statement, column, &n_bytes);

  return data == NULL ? NULL : g_bytes_new (data, n_bytes);
}

gboolean
_lanyard_pg_get_hash (LanyardPgStatement *statement, int column, LanyardHash *hash)
{
  gsize n_bytes;
  const void *data = _lanyard_pg_get_blob (statement, column, &n_bytes);

  if (data == NULL || n_bytes != LANYARD_HASH_BYTES)
    return FALSE;
  memcpy (hash->bytes, data, n_bytes);
  return TRUE;
}
