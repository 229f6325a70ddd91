/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-pg-statement.h"
#include "lanyard-hub-pg-work.h"

/* Statements on their way to the server and back, several at a time. */

#define NAME_BYTES 32

static gboolean
send_statement (LanyardPgStatement *statement)
{
  LanyardHubStorePg *store = statement->store;
  int formats[LANYARD_PG_MAX_PARAMETERS];
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (store->prepared, statement->sql));
  char name[NAME_BYTES];

  g_snprintf (name, sizeof name, "s%u", number != 0 ? number : ++store->n_prepared);
  _lanyard_pg_settle (statement);
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

/* A server that stands still, and its line with it, is one that does not answer: whatever it waits
 * for itself ends sooner. Returns: FALSE: it is given up */
static gboolean
wait_for_server (LanyardHubStorePg *store, short events)
{
  struct pollfd line = { .fd = PQsocket (store->connection), .events = events };
  int n = poll (&line, 1, store->patience_ms);

  if (n == 0 || (n < 0 && errno != EINTR))
    return FALSE;
  return n < 0 || (line.revents & ~POLLOUT) == 0 || PQconsumeInput (store->connection);
}

/* Writes what was sent, and reads meanwhile: both sides' buffers are finite. */
static gboolean
flush (LanyardHubStorePg *store)
{
  while (TRUE)
    {
      int left = PQflush (store->connection);

      if (left <= 0)
        return left == 0;
      if (!wait_for_server (store, POLLIN | POLLOUT))
        return FALSE;
    }
}

/* The next result; behind each stands a NULL. Returns: (nullable): NULL: there is none to come */
static PGresult *
take_result (LanyardHubStorePg *store)
{
  PGresult *result = NULL;

  for (guint i = 0; i < 2 && result == NULL; i++)
    {
      while (PQisBusy (store->connection))
        if (!wait_for_server (store, POLLIN))
          return NULL;
      result = PQgetResult (store->connection);
    }
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
      PGresult *result = take_result (store);
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

/* Sends @statements from the place @first on. */
static gboolean
send_from (LanyardHubStorePg *store, GPtrArray *statements, guint first)
{
  gboolean sent = PQenterPipelineMode (store->connection) == 1;

  for (guint i = first; sent && i < statements->len; i++)
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
  sent = send_from (store, statements, 0) && PQpipelineSync (store->connection) == 1
         && flush (store);
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
  guint first = store->sent->len;
  gboolean sent;

  g_ptr_array_extend_and_steal (store->sent, statements);
  if (!_lanyard_pg_connect (store, error))
    return FALSE;
  sent = send_from (store, store->sent, first) && PQflush (store->connection) >= 0;
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
