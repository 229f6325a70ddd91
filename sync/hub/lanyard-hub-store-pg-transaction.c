/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-error.h"
#include "lanyard-hub-pg-statement.h"
#include "lanyard-hub-pg-work.h"

static GPtrArray *
new_statements (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)_lanyard_pg_statement_free);
}

static void
add (GPtrArray *statements, LanyardHubStorePg *store, const char *sql)
{
  g_ptr_array_add (statements, _lanyard_pg_statement_new_apart (&store->parent, sql));
}

static gboolean
pg_begin (LanyardHubStore *self, GError **error)
{
  LanyardHubStorePg *store = _lanyard_hub_pg (self);
  g_autoptr (GPtrArray) statements = new_statements ();
  LanyardPgStatement *step;

  lanyard_assert_invariant (store->state == LANYARD_PG_IDLE);
  if (!_lanyard_pg_check_step (store, NULL, error))
    return FALSE;
  add (statements, store, "BEGIN");
  add (statements, store, "SELECT pg_advisory_xact_lock (" LANYARD_PG_LOCK_WRITER ")");
  step = _lanyard_pg_add_step (store, statements);
  if (!_lanyard_pg_run_all (store, statements, error)
      || !_lanyard_pg_check_step (store, step, error))
    {
      self->ops->rollback (self);
      return FALSE;
    }
  store->state = LANYARD_PG_ALONE;
  store->to_tell = 0;
  return TRUE;
}

static gboolean
pg_begin_uploads (LanyardHubStore *self, const LanyardHubNeeds *needs, GError **error)
{
  LanyardHubStorePg *store = _lanyard_hub_pg (self);

  lanyard_assert_invariant (store->state == LANYARD_PG_IDLE);
  _lanyard_pg_work_reset (store->work);
  if (!_lanyard_pg_check_step (store, NULL, error))
    return FALSE;
  /* A line that broke since the last transaction is made again before, not in the middle. */
  if (!_lanyard_pg_connect (store, error) || !_lanyard_pg_work_begin (store, needs, error))
    {
      self->ops->rollback (self);
      return FALSE;
    }
  store->state = LANYARD_PG_UPLOADS;
  store->to_tell = 0;
  return TRUE;
}

static void
pg_rollback (LanyardHubStore *self)
{
  LanyardHubStorePg *store = _lanyard_hub_pg (self);
  PGTransactionStatusType status;

  _lanyard_pg_drop_sent (store);
  status = store->connection == NULL ? PQTRANS_IDLE : PQtransactionStatus (store->connection);

  _lanyard_pg_work_reset (store->work);
  if (status != PQTRANS_IDLE)
    {
      PGresult *result = PQexec (store->connection, "ROLLBACK");

      if (PQresultStatus (result) != PGRES_COMMAND_OK)
        _lanyard_pg_disconnect (store);
      PQclear (result);
    }
  store->state = LANYARD_PG_IDLE;
}

/* A server that gave up waiting for its standby commits all the same and only warns: the records
 * are on one disk and were promised to two, so this must not be answered as done. */
static gboolean
was_replicated (LanyardHubStorePg *store, GError **error)
{
  if (store->n_warnings == 0)
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK,
                       "The hub's database stored records on one server only; it is asked again.");
  return FALSE;
}

static gboolean
pg_commit (LanyardHubStore *self, GError **error)
{
  LanyardHubStorePg *store = _lanyard_hub_pg (self);
  g_autoptr (GPtrArray) statements = new_statements ();

  lanyard_assert_invariant (store->state != LANYARD_PG_IDLE);
  if (store->state == LANYARD_PG_UPLOADS)
    _lanyard_pg_work_collect (store, statements);
  if (store->to_tell != 0)
    {
      LanyardPgStatement *tell
          = _lanyard_pg_statement_new_apart (self, "SELECT pg_notify ('" LANYARD_PG_CHANNEL
                                                   "', ($1::bigint)::text)");

      _lanyard_pg_bind_int (tell, 1, store->to_tell);
      g_ptr_array_add (statements, tell);
    }
  add (statements, store, "COMMIT");
  store->n_warnings = 0;
  if (!_lanyard_pg_run_all (store, statements, error) || !was_replicated (store, error))
    {
      pg_rollback (self);
      return FALSE;
    }
  _lanyard_pg_work_reset (store->work);
  store->state = LANYARD_PG_IDLE;
  return TRUE;
}

static gboolean
pg_is_shared (LanyardHubStore *store)
{
  return TRUE;
}

static int
pg_get_fd (LanyardHubStore *self)
{
  LanyardHubStorePg *store = _lanyard_hub_pg (self);

  return store->connection == NULL ? -1 : PQsocket (store->connection);
}

static LanyardHubNews
pg_read_news (LanyardHubStore *self)
{
  LanyardHubStorePg *store = _lanyard_hub_pg (self);
  LanyardHubNews news;

  if (store->outdated)
    return LANYARD_HUB_NEWS_SCHEMA;
  if (store->state != LANYARD_PG_IDLE || !_lanyard_pg_connect (store, NULL))
    return 0;
  if (!PQconsumeInput (store->connection))
    _lanyard_pg_disconnect (store);
  _lanyard_pg_read_notifications (store);
  /* While there is no line nothing can be read: it is told when there is one again. */
  if (store->connection == NULL)
    return 0;
  news = store->news;
  store->news = 0;
  if ((news & LANYARD_HUB_NEWS_SCHEMA) == 0)
    return news;
  /* Whoever brought it up may know no more than this program does. */
  _lanyard_pg_look_at_step (store);
  return store->outdated ? LANYARD_HUB_NEWS_SCHEMA : (news & ~LANYARD_HUB_NEWS_SCHEMA);
}

static gboolean
pg_tell (LanyardHubStore *self, LanyardHubNews news, GError **error)
{
  _lanyard_hub_pg (self)->to_tell |= news;
  return TRUE;
}

void
_lanyard_hub_pg_fill_transaction (LanyardHubStoreOps *ops)
{
  ops->begin = pg_begin;
  ops->begin_uploads = pg_begin_uploads;
  ops->commit = pg_commit;
  ops->rollback = pg_rollback;
  ops->is_shared = pg_is_shared;
  ops->get_fd = pg_get_fd;
  ops->read_news = pg_read_news;
  ops->tell = pg_tell;
}
