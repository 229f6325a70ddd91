/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-pg-statement.h"
#include "lanyard-hub-pg-work.h"

/* When what uploads changed goes to the server: in the middle, or at the commit. */

/* So many make a statement of each kind worth its while. */
#define STREAM_CHANGES 100

LanyardPgStatement *
_lanyard_pg_add (GPtrArray *statements, LanyardHubStorePg *store, const char *sql)
{
  LanyardPgStatement *statement = _lanyard_pg_statement_new_apart (&store->parent, sql);

  g_ptr_array_add (statements, statement);
  return statement;
}

void
_lanyard_pg_bind_columns (LanyardPgStatement *statement, const char *columns, guint n)
{
  for (int i = 0; columns[i] != '\0'; i++)
    if (columns[i] == 'i')
      _lanyard_pg_bind_ints (statement, i + 1, n);
    else if (columns[i] == 't')
      _lanyard_pg_bind_texts (statement, i + 1, n);
    else
      _lanyard_pg_bind_blobs (statement, i + 1, n);
}

void
_lanyard_pg_work_collect (LanyardHubStorePg *store, GPtrArray *statements)
{
  if (!store->work->dirty)
    return;
  store->work->dirty = FALSE;
  _lanyard_pg_collect_stretches (store, statements);
  _lanyard_pg_collect_streams (store, statements);
  _lanyard_pg_collect_badges (store, statements);
  _lanyard_pg_collect_holdings (store, statements);
  _lanyard_pg_collect_asides (store, statements);
  _lanyard_pg_collect_stocks (store, statements);
  _lanyard_pg_collect_pickups (store, statements);
  _lanyard_pg_collect_changes (store, statements);
  _lanyard_pg_collect_alerts (store, statements);
}

static GPtrArray *
new_statements (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)_lanyard_pg_statement_free);
}

gboolean
_lanyard_pg_work_flush (LanyardHubStorePg *store, GError **error)
{
  g_autoptr (GPtrArray) statements = NULL;

  if (store->state != LANYARD_PG_UPLOADS || !store->work->dirty)
    return TRUE;
  statements = new_statements ();
  _lanyard_pg_work_collect (store, statements);
  return statements->len == 0 || _lanyard_pg_run_all (store, statements, error);
}

gboolean
_lanyard_pg_work_stream (LanyardHubStorePg *store, GError **error)
{
  LanyardPgWork *work = store->work;
  GPtrArray *statements;

  /* Not before the lock: who waits for it must not keep others waiting for rows. */
  if (!work->sequenced || work->changes->len < STREAM_CHANGES)
    return TRUE;
  statements = new_statements ();
  _lanyard_pg_work_collect (store, statements);
  return _lanyard_pg_send (store, statements, error);
}

gboolean
_lanyard_pg_work_sequence (LanyardHubStorePg *store, GError **error)
{
  LanyardPgWork *work = store->work;
  g_autoptr (GPtrArray) statements = NULL;
  LanyardPgStatement *read;
  gboolean row;

  if (work->sequenced)
    return TRUE;
  statements = new_statements ();
  /* The bulk is sent before the lock, so that others need not wait for it. */
  _lanyard_pg_collect_stretches (store, statements);
  _lanyard_pg_add (statements, store,
                   "SELECT pg_advisory_xact_lock (" LANYARD_PG_LOCK_SEQUENCER ")");
  read = _lanyard_pg_add (statements, store,
                          "SELECT coalesce ((SELECT max (gseq) FROM change), 0),"
                          " coalesce ((SELECT max (id) FROM alert), 0)");
  if (!_lanyard_pg_run_all (store, statements, error) || !_lanyard_pg_step (read, &row, error))
    return FALSE;
  work->gseq = (guint64)_lanyard_pg_get_int (read, 0);
  work->alert = (guint64)_lanyard_pg_get_int (read, 1);
  work->sequenced = TRUE;
  return TRUE;
}
