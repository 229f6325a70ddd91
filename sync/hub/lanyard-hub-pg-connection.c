/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-hub-store-pg-private.h"

/* The line to the server: how it is made, when it is given up, and what its errors mean. */

#define RETRY_AFTER_US G_USEC_PER_SEC
#define OLDEST_SERVER 130000

/* Everything that a hub asks is found through an index; the planner must not think otherwise while
 * a table is still small and then keep to it. */
#define SETTINGS                                                                                   \
  "SET client_min_messages = warning; SET jit = off; SET enable_seqscan = off;"                    \
  "SET enable_hashjoin = off; SET enable_mergejoin = off;"                                         \
  "SET plan_cache_mode = force_generic_plan; SET idle_in_transaction_session_timeout = '60s';"     \
  "SET lock_timeout = '30s'; LISTEN " LANYARD_PG_CHANNEL

/* What the server must do before it says that something is stored. */
#define PROMISES                                                                                   \
  "SELECT current_setting ('fsync'), current_setting ('synchronous_commit'),"                      \
  " current_setting ('full_page_writes'), current_setting ('server_encoding')"

static char *
first_line (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\n"));

  return g_utf8_make_valid (g_strstrip (line), -1);
}

static LanyardError
get_code (const char *state)
{
  const struct
  {
    const char *prefix;
    LanyardError code;
  } codes[] = {
    { "40001", LANYARD_ERROR_BUSY }, /* deadlock, serialisation */
    { "40P01", LANYARD_ERROR_BUSY },
    { "55P03", LANYARD_ERROR_BUSY },    /* a lock was not had in time */
    { "57P", LANYARD_ERROR_NETWORK },   /* the server is going down, or coming up */
    { "08", LANYARD_ERROR_NETWORK },    /* the line */
    { "25006", LANYARD_ERROR_NETWORK }, /* this is a standby by now */
    { "25P03", LANYARD_ERROR_NETWORK }, /* the session was ended */
    { "53300", LANYARD_ERROR_NETWORK }, /* too many connections */
    { "53100", LANYARD_ERROR_FULL },    /* disk */
    { "42501", LANYARD_ERROR_REFUSED }, /* privilege */
    { "28", LANYARD_ERROR_REFUSED },    /* password */
    { "XX001", LANYARD_ERROR_CORRUPT },
    { "XX002", LANYARD_ERROR_CORRUPT },
  };

  for (guint i = 0; state != NULL && i < G_N_ELEMENTS (codes); i++)
    if (g_str_has_prefix (state, codes[i].prefix))
      return codes[i].code;
  return LANYARD_ERROR_IO;
}

void
_lanyard_pg_fail (LanyardHubStorePg *store, const PGresult *result, GError **error)
{
  /* Details and hints repeat values of rows; the first message does not. */
  const char *said = result == NULL ? NULL : PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);
  g_autofree char *words = first_line (said != NULL ? said : PQerrorMessage (store->connection));
  LanyardError code = said == NULL ? LANYARD_ERROR_NETWORK
                                   : get_code (PQresultErrorField (result, PG_DIAG_SQLSTATE));

  /* What another hub stored after this one looked: it looks again. */
  if (store->state == LANYARD_PG_UPLOADS && said != NULL
      && g_strcmp0 (PQresultErrorField (result, PG_DIAG_SQLSTATE), "23505") == 0
      && !lanyard_fault ("hub-serial-not-looked-for-again"))
    code = LANYARD_ERROR_BUSY;
  if (code == LANYARD_ERROR_NETWORK)
    g_set_error (error, LANYARD_ERROR, code,
                 "The hub's database does not answer; see whether PostgreSQL runs (%s).", words);
  else
    g_set_error (error, LANYARD_ERROR, code, "The hub's database did not do it: %s.", words);
  if (code == LANYARD_ERROR_NETWORK || PQstatus (store->connection) != CONNECTION_OK)
    _lanyard_pg_disconnect (store);
}

void
_lanyard_pg_disconnect (LanyardHubStorePg *store)
{
  g_clear_pointer (&store->connection, PQfinish);
  g_hash_table_remove_all (store->prepared);
  store->n_prepared = 0;
  store->news |= LANYARD_HUB_NEWS_CHANGES | LANYARD_HUB_NEWS_VOID | LANYARD_HUB_NEWS_DOCUMENT
                 | LANYARD_HUB_NEWS_SCHEMA;
}

static void
on_notice (void *user_data, const PGresult *result)
{
  LanyardHubStorePg *store = user_data;

  store->n_warnings++;
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_STATE, sentence);
  return FALSE;
}

/* Whether what the server says is stored survives a power cut. */
static gboolean
keeps_promises (const PGresult *result, GError **error)
{
  const char *commit = PQgetvalue (result, 0, 1);

  if (!g_str_equal (PQgetvalue (result, 0, 0), "on"))
    return refuse (error, "PostgreSQL runs with fsync off and would lose records in a power cut; "
                          "turn it on in postgresql.conf.");
  if (!g_str_equal (commit, "on") && !g_str_equal (commit, "remote_apply"))
    return refuse (error, "PostgreSQL runs with synchronous_commit below on and would lose records "
                          "that were acknowledged; set it to on.");
  if (!g_str_equal (PQgetvalue (result, 0, 2), "on"))
    return refuse (error, "PostgreSQL runs with full_page_writes off and may damage its tables in "
                          "a power cut; turn it on in postgresql.conf.");
  if (!g_str_equal (PQgetvalue (result, 0, 3), "UTF8"))
    return refuse (error, "The database is not in UTF8; make one with createdb --encoding UTF8.");
  return TRUE;
}

static gboolean
set_up (LanyardHubStorePg *store, GError **error)
{
  PGresult *result = PQexec (store->connection, PROMISES);
  gboolean good = PQresultStatus (result) == PGRES_TUPLES_OK;

  if (!good)
    _lanyard_pg_fail (store, result, error);
  else if (PQserverVersion (store->connection) < OLDEST_SERVER)
    good = refuse (error, "The PostgreSQL server is older than version 13; bring it up to date.");
  else
    good = keeps_promises (result, error);
  PQclear (result);
  if (!good)
    return FALSE;
  result = PQexec (store->connection, SETTINGS);
  good = PQresultStatus (result) == PGRES_COMMAND_OK;
  if (!good)
    _lanyard_pg_fail (store, result, error);
  PQclear (result);
  return good && PQsetnonblocking (store->connection, 1) == 0;
}

/* What stands in the URI wins over all but the last. */
static PGconn *
connect_to (const char *uri)
{
  const char *const keys[] = { "connect_timeout",  "tcp_user_timeout",
                               "keepalives_idle",  "keepalives_interval",
                               "keepalives_count", "application_name",
                               "dbname",           "target_session_attrs",
                               "client_encoding",  NULL };
  const char *const values[]
      = { "3", "10000", "15", "5", "2", "lanyard-hub", uri, "read-write", "UTF8", NULL };

  return PQconnectdbParams (keys, values, 1);
}

gboolean
_lanyard_pg_connect (LanyardHubStorePg *store, GError **error)
{
  gint64 now_us = g_get_monotonic_time ();

  if (store->connection != NULL && PQstatus (store->connection) == CONNECTION_OK)
    return TRUE;
  if (store->connection != NULL)
    _lanyard_pg_disconnect (store);
  /* Whatever was under way is gone with its line. */
  if (store->state != LANYARD_PG_IDLE || now_us < store->retry_at_us)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK,
                           "The hub's database does not answer; it is tried again in a moment.");
      return FALSE;
    }
  store->connection = connect_to (store->uri);
  store->retry_at_us = 0;
  if (PQstatus (store->connection) != CONNECTION_OK)
    _lanyard_pg_fail (store, NULL, error);
  else
    {
      PQsetNoticeReceiver (store->connection, on_notice, store);
      if (set_up (store, error))
        return TRUE;
      if (store->connection != NULL)
        _lanyard_pg_disconnect (store);
    }
  store->retry_at_us = g_get_monotonic_time () + RETRY_AFTER_US;
  return FALSE;
}

void
_lanyard_pg_read_notifications (LanyardHubStorePg *store)
{
  PGnotify *notify;

  while (store->connection != NULL && (notify = PQnotifies (store->connection)) != NULL)
    {
      if (notify->be_pid != PQbackendPID (store->connection))
        store->news |= (LanyardHubNews)g_ascii_strtoull (notify->extra, NULL, 10);
      PQfreemem (notify);
    }
}
