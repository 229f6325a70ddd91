/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-pg-statement.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-pg-work.h"

/* Of pg_type.h, which is not part of libpq; they never change. */
#define OID_BYTEA 17
#define OID_INT8 20
#define OID_TEXT 25
#define OID_BYTEA_ARRAY 1001
#define OID_TEXT_ARRAY 1009
#define OID_INT8_ARRAY 1016

#define NAME_BYTES 32

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

static void
settle_arrays (LanyardPgStatement *statement)
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

static gboolean
send_statement (LanyardPgStatement *statement)
{
  LanyardHubStorePg *store = statement->store;
  int formats[LANYARD_PG_MAX_PARAMETERS];
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (store->prepared, statement->sql));
  char name[NAME_BYTES];

  g_snprintf (name, sizeof name, "s%u", number != 0 ? number : ++store->n_prepared);
  settle_arrays (statement);
  for (int i = 0; i < LANYARD_PG_MAX_PARAMETERS; i++)
    formats[i] = 1;
  if (number == 0)
    {
      if (!PQsendPrepare (store->connection, name, statement->sql, statement->n_parameters,
                          statement->types))
        return FALSE;
      g_hash_table_insert (store->prepared, (gpointer)statement->sql,
                           GUINT_TO_POINTER (store->n_prepared));
    }
  return PQsendQueryPrepared (store->connection, name, statement->n_parameters, statement->values,
                              statement->lengths, formats, 1)
         == 1;
}

/* Writes what was sent, and reads meanwhile: both sides' buffers are finite. */
static gboolean
flush (PGconn *connection)
{
  while (TRUE)
    {
      struct pollfd line = { .fd = PQsocket (connection), .events = POLLIN | POLLOUT };
      int left = PQflush (connection);

      if (left <= 0)
        return left == 0;
      if (poll (&line, 1, -1) < 0 && errno != EINTR)
        return FALSE;
      if ((line.revents & POLLIN) != 0 && !PQconsumeInput (connection))
        return FALSE;
    }
}

/* The next result; behind each stands a NULL. */
static PGresult *
take_result (PGconn *connection)
{
  PGresult *result = PQgetResult (connection);

  if (result == NULL)
    result = PQgetResult (connection);
  return result;
}

/* The statement whose result is the next one. */
static LanyardPgStatement *
get_statement (LanyardHubStorePg *store, GPtrArray *statements, guint i)
{
  return i < store->sent->len ? g_ptr_array_index (store->sent, i)
                              : g_ptr_array_index (statements, i - store->sent->len);
}

/* Reads up to the end of the pipeline: first of what was sent before, then of @statements. Returns:
 * (transfer full) (nullable): what failed first */
static PGresult *
collect (LanyardHubStorePg *store, GPtrArray *statements, gboolean *complete)
{
  PGresult *failed = NULL;
  guint next = 0;

  *complete = FALSE;
  for (guint i = 0; PQstatus (store->connection) == CONNECTION_OK; i++)
    {
      PGresult *result = take_result (store->connection);
      ExecStatusType status = PQresultStatus (result);
      gboolean good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

      if (result == NULL || status == PGRES_PIPELINE_SYNC)
        {
          *complete = result != NULL;
          PQclear (result);
          break;
        }
      if (good && i < store->is_prepare->len && !g_array_index (store->is_prepare, gboolean, i))
        {
          LanyardPgStatement *statement = get_statement (store, statements, next++);

          PQclear (statement->result);
          statement->result = result;
          statement->row = -1;
          continue;
        }
      if (!good && failed == NULL && status != PGRES_PIPELINE_ABORTED)
        failed = result;
      else
        PQclear (result);
    }
  return failed;
}

static gboolean
send_all (LanyardHubStorePg *store, GPtrArray *statements)
{
  gboolean sent = PQenterPipelineMode (store->connection) == 1;

  for (guint i = 0; sent && i < statements->len; i++)
    {
      LanyardPgStatement *statement = g_ptr_array_index (statements, i);
      const gboolean yes = TRUE, no = FALSE;

      if (!g_hash_table_contains (store->prepared, statement->sql))
        g_array_append_val (store->is_prepare, yes);
      g_array_append_val (store->is_prepare, no);
      sent = send_statement (statement);
    }
  return sent;
}

/* What the server was to prepare behind what failed it has not: all are prepared again. */
static void
forget_prepared (LanyardHubStorePg *store, GPtrArray *statements)
{
  for (guint i = 0; i < statements->len; i++)
    g_hash_table_remove (store->prepared, ((LanyardPgStatement *)statements->pdata[i])->sql);
}

static void
forget_sent (LanyardHubStorePg *store)
{
  g_ptr_array_set_size (store->sent, 0);
  g_array_set_size (store->is_prepare, 0);
}

static gboolean
try_all (LanyardHubStorePg *store, GPtrArray *statements, GError **error)
{
  gboolean sent, complete = FALSE;
  PGresult *failed = NULL;

  if (!_lanyard_pg_connect (store, error))
    return FALSE;
  sent = send_all (store, statements) && PQpipelineSync (store->connection) == 1
         && flush (store->connection);
  if (sent)
    failed = collect (store, statements, &complete);
  if (complete && failed == NULL && PQexitPipelineMode (store->connection) == 1)
    {
      forget_sent (store);
      return TRUE;
    }
  if (complete)
    PQexitPipelineMode (store->connection);
  forget_prepared (store, statements);
  forget_prepared (store, store->sent);
  forget_sent (store);
  _lanyard_pg_fail (store, complete ? failed : NULL, error);
  PQclear (failed);
  return FALSE;
}

static gboolean
only_reads (GPtrArray *statements)
{
  for (guint i = 0; i < statements->len; i++)
    {
      const LanyardPgStatement *statement = g_ptr_array_index (statements, i);

      if (!g_str_has_prefix (statement->sql, "SELECT") && !g_str_equal (statement->sql, "BEGIN"))
        return FALSE;
    }
  return TRUE;
}

gboolean
_lanyard_pg_run_all (LanyardHubStorePg *store, GPtrArray *statements, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (try_all (store, statements, &local_error))
    return TRUE;
  if (store->state == LANYARD_PG_IDLE && only_reads (statements)
      && g_error_matches (local_error, LANYARD_ERROR, LANYARD_ERROR_NETWORK)
      && store->connection == NULL && g_get_monotonic_time () >= store->retry_at_us)
    return try_all (store, statements, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
_lanyard_pg_send (LanyardHubStorePg *store, GPtrArray *statements, GError **error)
{
  gboolean sent;

  if (!_lanyard_pg_connect (store, error))
    return FALSE;
  sent = send_all (store, statements) && PQflush (store->connection) >= 0;
  g_ptr_array_extend_and_steal (store->sent, statements);
  if (!sent)
    _lanyard_pg_fail (store, NULL, error);
  return sent;
}

void
_lanyard_pg_drop_sent (LanyardHubStorePg *store)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  if (store->connection != NULL && PQpipelineStatus (store->connection) != PQ_PIPELINE_OFF)
    try_all (store, none, NULL);
  forget_sent (store);
}

gboolean
_lanyard_pg_run (LanyardPgStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  if (!statement->apart && !_lanyard_pg_work_flush (statement->store, error))
    return FALSE;
  g_ptr_array_add (one, statement);
  return _lanyard_pg_run_all (statement->store, one, error);
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
