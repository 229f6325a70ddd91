/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-store-sqlite.h"

#include "lanyard-hub-store-sqlite-private.h"

#define APPLICATION_ID 0x4c594842 /* "LYHB" */
#define CACHE_KIB 65536

static const LanyardSchema hub_schema = {
  .what = "hub database",
  .application_id = APPLICATION_ID,
  .steps = "/lanyard/schema/hub",
  .precious = TRUE,
  .cache_kib = CACHE_KIB,
};

static void
sqlite_close (LanyardHubStore *store)
{
  lanyard_database_close (_lanyard_hub_sqlite_database (store));
  g_free (store);
}

static gboolean
sqlite_begin (LanyardHubStore *store, GError **error)
{
  return lanyard_database_begin (_lanyard_hub_sqlite_database (store), error);
}

static gboolean
sqlite_commit (LanyardHubStore *store, GError **error)
{
  return lanyard_database_commit (_lanyard_hub_sqlite_database (store), error);
}

static void
sqlite_rollback (LanyardHubStore *store)
{
  lanyard_database_rollback (_lanyard_hub_sqlite_database (store));
}

/* The one connection is the only one that there is. */
static gboolean
sqlite_begin_uploads (LanyardHubStore *store, const LanyardHubNeeds *needs, GError **error)
{
  return sqlite_begin (store, error);
}

static gboolean
sqlite_is_shared (LanyardHubStore *store)
{
  return FALSE;
}

static int
sqlite_get_fd (LanyardHubStore *store)
{
  return -1;
}

static LanyardHubNews
sqlite_read_news (LanyardHubStore *store)
{
  return 0;
}

static gboolean
sqlite_tell (LanyardHubStore *store, LanyardHubNews news, GError **error)
{
  return TRUE;
}

static const LanyardHubStoreOps *
get_ops (void)
{
  static LanyardHubStoreOps ops;
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      ops.close = sqlite_close;
      ops.is_shared = sqlite_is_shared;
      ops.get_fd = sqlite_get_fd;
      ops.read_news = sqlite_read_news;
      ops.tell = sqlite_tell;
      ops.begin = sqlite_begin;
      ops.begin_uploads = sqlite_begin_uploads;
      ops.commit = sqlite_commit;
      ops.rollback = sqlite_rollback;
      _lanyard_hub_sqlite_fill_records (&ops);
      _lanyard_hub_sqlite_fill_badges (&ops);
      _lanyard_hub_sqlite_fill_directory (&ops);
      _lanyard_hub_sqlite_fill_desks (&ops);
      _lanyard_hub_sqlite_fill_stock (&ops);
      _lanyard_hub_sqlite_fill_eras (&ops);
      _lanyard_hub_sqlite_fill_opaque (&ops);
      _lanyard_hub_sqlite_fill_fleet (&ops);
      _lanyard_hub_sqlite_fill_quarantine (&ops);
      _lanyard_hub_sqlite_fill_resolutions (&ops);
      g_once_init_leave (&ready, 1);
    }
  return &ops;
}

LanyardHubStore *
lanyard_hub_store_sqlite_open (const char *path, gboolean create, GError **error)
{
  LanyardHubStoreSqlite *store;
  LanyardDatabase *database;

  database = lanyard_database_open (path, create ? LANYARD_DATABASE_CREATE : 0, &hub_schema, NULL,
                                    error);
  if (database == NULL)
    return NULL;
  store = g_new0 (LanyardHubStoreSqlite, 1);
  store->parent.ops = get_ops ();
  store->database = database;
  return &store->parent;
}
