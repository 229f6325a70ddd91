/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-hub-pg-statement.h"

/* Numbered steps, each in a transaction with the mark that it was done; forward only. */

#define STEPS "/lanyard/schema/hub-pg"
#define READ_STEP "SELECT coalesce (max (step), 0)::bigint FROM lanyard_schema"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static char **
list_steps (void)
{
  char **names = g_resources_enumerate_children (STEPS, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  guint n = names != NULL ? g_strv_length (names) : 0;

  lanyard_assert_invariant (n > 0);
  qsort (names, n, sizeof (char *), compare_names);
  for (guint i = 0; i < n; i++)
    lanyard_assert_invariant (g_ascii_strtoull (names[i], NULL, 10) == i + 1);
  return names;
}

/* Several statements in one go, which only the simple protocol does; before any other is sent. */
static gboolean
exec (LanyardHubStorePg *store, const char *sql, GError **error)
{
  PGresult *result = PQexec (store->connection, sql);
  ExecStatusType status = PQresultStatus (result);
  gboolean good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

  if (!good)
    _lanyard_pg_fail (store, result, error);
  PQclear (result);
  return good;
}

/* @version: (out): -1: there are no tables of a hub */
static gboolean
read_version (LanyardHubStorePg *store, gint64 *version, GError **error)
{
  g_autoptr (LanyardPgStatement) exists = _lanyard_pg_statement_new (
      &store->parent, "SELECT (to_regclass ('lanyard_schema') IS NOT NULL)::int::bigint");
  g_autoptr (LanyardPgStatement) select = NULL;
  gboolean row;

  *version = -1;
  if (!_lanyard_pg_step (exists, &row, error))
    return FALSE;
  if (!row || _lanyard_pg_get_int (exists, 0) == 0)
    return TRUE;
  select = _lanyard_pg_statement_new (&store->parent, READ_STEP);
  if (!_lanyard_pg_step (select, &row, error))
    return FALSE;
  *version = row ? _lanyard_pg_get_int (select, 0) : 0;
  return TRUE;
}

static gboolean
run_step (LanyardHubStorePg *store, const char *name, gint64 number, GError **error)
{
  g_autofree char *path = g_build_path ("/", STEPS, name, NULL);
  g_autoptr (GBytes) sql = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autofree char *mark
      = g_strdup_printf ("INSERT INTO lanyard_schema (step) VALUES (%" G_GINT64_FORMAT ")", number);

  if (sql == NULL)
    return FALSE;
  /* Resources end with a NUL that their size does not count. */
  return exec (store, g_bytes_get_data (sql, NULL), error) && exec (store, mark, error);
}

static gboolean
run_steps (LanyardHubStorePg *store, char **names, gint64 last, GError **error)
{
  gint64 version;

  /* Another hub may have run them meanwhile. */
  if (!read_version (store, &version, error))
    return FALSE;
  if (version < 0 && !exec (store, "CREATE TABLE lanyard_schema (step bigint PRIMARY KEY)", error))
    return FALSE;
  for (gint64 number = MAX (version, 0) + 1; number <= last; number++)
    if (!run_step (store, names[number - 1], number, error))
      return FALSE;
  return TRUE;
}

static gboolean
tell_others (LanyardHubStorePg *store, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT pg_notify ('" LANYARD_PG_CHANNEL "', '%d')",
                                          LANYARD_HUB_NEWS_SCHEMA);

  return exec (store, sql, error);
}

static gboolean
bring_up_to_date (LanyardHubStorePg *store, char **names, gint64 last, GError **error)
{
  /* A large database takes as long as it takes, and a hub that starts meanwhile waits for it. Those
   * that run have ended what they were at, and begin nothing: a row stored between the reading of a
   * table and its end would be acknowledged and lost. */
  if (!exec (store,
             "BEGIN; SET LOCAL lock_timeout = 0;"
             "SELECT pg_advisory_xact_lock (" LANYARD_PG_LOCK_SCHEMA ")",
             error)
      || (!lanyard_fault ("hub-migrates-beside-writers")
          && !exec (store, "SELECT pg_advisory_xact_lock (" LANYARD_PG_LOCK_WRITER ")", error)))
    {
      if (store->connection != NULL)
        exec (store, "ROLLBACK", NULL);
      return FALSE;
    }
  if (run_steps (store, names, last, error) && tell_others (store, error))
    return exec (store, "COMMIT", error);
  if (store->connection != NULL)
    exec (store, "ROLLBACK", NULL);
  return FALSE;
}

gboolean
_lanyard_pg_migrate (LanyardHubStorePg *store, gboolean create, GError **error)
{
  g_auto (GStrv) names = list_steps ();
  gint64 last = g_strv_length (names);
  gint64 version;

  if (!read_version (store, &version, error))
    return FALSE;
  if (version < 0 && !create)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                           "The database holds no hub; make one with lanyard-hub init --store.");
      return FALSE;
    }
  if (version > last)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NEWER,
                   "The hub's database is of a later version of Lanyard (step %" G_GINT64_FORMAT
                   ", known here: %" G_GINT64_FORMAT "); install that.",
                   version, last);
      return FALSE;
    }
  if (version < last && !bring_up_to_date (store, names, last, error))
    return FALSE;
  store->step = last;
  return TRUE;
}

LanyardPgStatement *
_lanyard_pg_add_step (LanyardHubStorePg *store, GPtrArray *statements)
{
  LanyardPgStatement *read = _lanyard_pg_statement_new_apart (&store->parent, READ_STEP);

  g_ptr_array_add (statements, read);
  return read;
}

gboolean
_lanyard_pg_check_step (LanyardHubStorePg *store, LanyardPgStatement *read, GError **error)
{
  gboolean row;

  /* While a hub is opened, and is no hub yet, nothing is known. */
  if (read != NULL && store->step != 0)
    store->outdated |= _lanyard_pg_step (read, &row, NULL) && row
                       && _lanyard_pg_get_int (read, 0) != store->step;
  if (!store->outdated)
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                       "The hub's database was brought to a later version of Lanyard while this "
                       "hub ran; start the hub of that version.");
  return FALSE;
}

void
_lanyard_pg_look_at_step (LanyardHubStorePg *store)
{
  g_autoptr (GPtrArray) statements
      = g_ptr_array_new_with_free_func ((GDestroyNotify)_lanyard_pg_statement_free);
  LanyardPgStatement *read = _lanyard_pg_add_step (store, statements);

  if (_lanyard_pg_run_all (store, statements, NULL))
    _lanyard_pg_check_step (store, read, NULL);
}
