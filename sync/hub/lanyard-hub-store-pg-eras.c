/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-pg-statement.h"

/* There is one writer, so nothing has to be held off. */
static gboolean
begin_era (LanyardHubStore *store, guint64 era, GError **error)
{
  g_autoptr (LanyardPgStatement) insert
      = _lanyard_pg_statement_new (store, "INSERT INTO era (era, since_gseq)"
                                          " SELECT $1, coalesce (max (gseq), 0) FROM change");

  _lanyard_pg_bind_int (insert, 1, (gint64)era);
  return _lanyard_pg_run (insert, error);
}

static gboolean
get_era (LanyardHubStore *store, guint64 *era, GError **error)
{
  g_autoptr (LanyardPgStatement) select
      = _lanyard_pg_statement_new (store, "SELECT era FROM era ORDER BY id DESC LIMIT 1");
  gboolean row;

  *era = 0;
  if (!_lanyard_pg_step (select, &row, error))
    return FALSE;
  if (row)
    *era = (guint64)_lanyard_pg_get_int (select, 0);
  return TRUE;
}

static gboolean
get_era_end (LanyardHubStore *store, guint64 era, gboolean *known, guint64 *end, GError **error)
{
  g_autoptr (LanyardPgStatement) select
      = _lanyard_pg_statement_new (store,
                                   "SELECT coalesce ((SELECT next.since_gseq FROM era AS next"
                                   " WHERE next.id > era.id ORDER BY next.id LIMIT 1),"
                                   " (SELECT max (gseq) FROM change), 0) FROM era WHERE era = $1");

  *end = 0;
  _lanyard_pg_bind_int (select, 1, (gint64)era);
  if (!_lanyard_pg_step (select, known, error))
    return FALSE;
  if (*known)
    *end = (guint64)_lanyard_pg_get_int (select, 0);
  return TRUE;
}

void
_lanyard_hub_pg_fill_eras (LanyardHubStoreOps *ops)
{
  ops->begin_era = begin_era;
  ops->get_era = get_era;
  ops->get_era_end = get_era_end;
}
