/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-store-pg.h"

#include "lanyard-hub-pg-statement.h"
#include "lanyard-hub-pg-work.h"

/* Longer than the server waits for a lock. */
#define PATIENCE_MS 60000

static void
pg_close (LanyardHubStore *self)
{
  LanyardHubStorePg *store = _lanyard_hub_pg (self);

  g_clear_pointer (&store->work, _lanyard_pg_work_free);
  g_clear_pointer (&store->sent, g_ptr_array_unref);
  g_clear_pointer (&store->is_prepare, g_array_unref);
  g_clear_pointer (&store->connection, PQfinish);
  g_clear_pointer (&store->prepared, g_hash_table_unref);
  g_free (store->uri);
  g_free (store);
}

static const LanyardHubStoreOps *
get_ops (void)
{
  static LanyardHubStoreOps ops;
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      ops.close = pg_close;
      _lanyard_hub_pg_fill_transaction (&ops);
      _lanyard_hub_pg_fill_records (&ops);
      _lanyard_hub_pg_fill_badges (&ops);
      _lanyard_hub_pg_fill_directory (&ops);
      _lanyard_hub_pg_fill_desks (&ops);
      _lanyard_hub_pg_fill_stock (&ops);
      _lanyard_hub_pg_fill_quarantine (&ops);
      _lanyard_hub_pg_fill_fleet (&ops);
      _lanyard_hub_pg_fill_resolutions (&ops);
      _lanyard_hub_pg_fill_eras (&ops);
      _lanyard_hub_pg_fill_opaque (&ops);
      g_once_init_leave (&ready, 1);
    }
  return &ops;
}

gboolean
lanyard_hub_store_pg_is_uri (const char *where)
{
  return g_str_has_prefix (where, "postgresql://") || g_str_has_prefix (where, "postgres://");
}

LanyardHubStore *
lanyard_hub_store_pg_open (const char *uri, gboolean create, GError **error)
{
  g_autoptr (LanyardHubStore) parent = NULL;
  LanyardHubStorePg *store = g_new0 (LanyardHubStorePg, 1);

  parent = &store->parent;
  parent->ops = get_ops ();
  store->uri = g_strdup (uri);
  store->prepared = g_hash_table_new (NULL, NULL);
  store->work = _lanyard_pg_work_new ();
  store->sent = g_ptr_array_new_with_free_func ((GDestroyNotify)_lanyard_pg_statement_free);
  store->is_prepare = g_array_new (FALSE, FALSE, sizeof (gboolean));
  store->patience_ms = PATIENCE_MS;
  store->thread = g_thread_self ();
  if (!_lanyard_pg_connect (store, error) || !_lanyard_pg_migrate (store, create, error))
    return NULL;
  store->news = 0;
  return g_steal_pointer (&parent);
}
