/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-pg-statement.h"

static gboolean
put_opaque (LanyardHubStore *store, const LanyardHubOpaque *opaque, GError **error)
{
  g_autoptr (LanyardPgStatement) insert
      = _lanyard_pg_statement_new_apart (store,
                                         "INSERT INTO opaque (device, epoch, seq, kind, version)"
                                         " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING");

  _lanyard_pg_bind_int (insert, 1, opaque->device);
  _lanyard_pg_bind_int (insert, 2, opaque->epoch);
  _lanyard_pg_bind_int (insert, 3, (gint64)opaque->seq);
  _lanyard_pg_bind_int (insert, 4, opaque->kind);
  _lanyard_pg_bind_int (insert, 5, opaque->version);
  return _lanyard_pg_run (insert, error);
}

static GPtrArray *
list_opaque (LanyardHubStore *store,
             guint32 device,
             guint32 epoch,
             guint64 seq,
             guint max,
             GError **error)
{
  g_autoptr (LanyardPgStatement) select
      = _lanyard_pg_statement_new (store,
                                   "SELECT device, epoch, seq, kind, version, encoded FROM opaque"
                                   " JOIN record USING (device, epoch, seq)"
                                   " WHERE record.first > seq - 500 AND record.first <= seq AND "
                                   "(device, epoch, seq) > ($1, $2, $3)"
                                   " ORDER BY device, epoch, seq LIMIT $4");
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_opaque_free);
  gboolean row;

  _lanyard_pg_bind_int (select, 1, device);
  _lanyard_pg_bind_int (select, 2, epoch);
  _lanyard_pg_bind_int (select, 3, (gint64)seq);
  _lanyard_pg_bind_int (select, 4, max);
  while (_lanyard_pg_step (select, &row, error))
    {
      LanyardHubOpaque *opaque;

      if (!row)
        return g_steal_pointer (&rows);
      opaque = g_new0 (LanyardHubOpaque, 1);
      opaque->device = (guint32)_lanyard_pg_get_int (select, 0);
      opaque->epoch = (guint32)_lanyard_pg_get_int (select, 1);
      opaque->seq = (guint64)_lanyard_pg_get_int (select, 2);
      opaque->kind = (guint16)_lanyard_pg_get_int (select, 3);
      opaque->version = (guint16)_lanyard_pg_get_int (select, 4);
      opaque->encoded = _lanyard_pg_dup_bytes (select, 5);
      g_ptr_array_add (rows, opaque);
    }
  return NULL;
}

static gboolean
drop_opaque (LanyardHubStore *store, guint32 device, guint32 epoch, guint64 seq, GError **error)
{
  g_autoptr (LanyardPgStatement) drop = _lanyard_pg_statement_new (
      store, "DELETE FROM opaque WHERE device = $1 AND epoch = $2 AND seq = $3");

  _lanyard_pg_bind_int (drop, 1, device);
  _lanyard_pg_bind_int (drop, 2, epoch);
  _lanyard_pg_bind_int (drop, 3, (gint64)seq);
  return _lanyard_pg_run (drop, error);
}

void
_lanyard_hub_pg_fill_opaque (LanyardHubStoreOps *ops)
{
  ops->put_opaque = put_opaque;
  ops->list_opaque = list_opaque;
  ops->drop_opaque = drop_opaque;
}
