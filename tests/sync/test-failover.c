/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A cluster as docs/postgresql.md describes it, two programs lanyard-hub over it, and desks at
 * work. The machine of the primary dies. If this fails, records are lost that desks have receipts
 * for, or somebody has to come and help. */

#include "desk-fleet.h"
#include "hub-run.h"
#include "lanyard-hub-store-open.h"
#include "patroni-cluster.h"

#define ROUNDS_BEFORE 4
#define ROUNDS_AFTER 3
/* While there is no primary the desks go on handing out badges. */
#define MAX_ROUNDS_WITHOUT 20
#define GOAL_S 60
#define LIMIT_S 300
#define PAUSE_MS 500

typedef struct
{
  PatroniCluster *cluster;
  gint64 killed_us;
} Kill;

static void
kill_primary (gpointer data)
{
  Kill *death = data;

  patroni_cluster_kill_primary (death->cluster);
  death->killed_us = g_get_monotonic_time ();
}

static gboolean
on_pause (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
pause_a_moment (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_timeout_add (PAUSE_MS, on_pause, loop);
  g_main_loop_run (loop);
}

/* Until every desk has synced. Returns: s since the primary died */
static double
wait_for_service (DeskFleet *fleet, const Kill *death)
{
  guint n_rounds = 0;

  while (desk_fleet_sync (fleet, NULL, NULL) > 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, death->killed_us + LIMIT_S * G_USEC_PER_SEC);
      if (n_rounds++ < MAX_ROUNDS_WITHOUT)
        desk_fleet_work (fleet);
      pause_a_moment ();
    }
  return (double)(g_get_monotonic_time () - death->killed_us) / G_USEC_PER_SEC;
}

static guint64
count_receipts (const DeskFleet *fleet)
{
  guint64 n = 0;

  for (guint i = 0; i < DESK_FLEET_DESKS; i++)
    n += fleet->acknowledged[i];
  return n;
}

static GSubprocess *
serve (SyncFixture *fixture, char **url)
{
  const char *const words[] = { "--quiet", NULL };
  GSubprocess *process = hub_serve (fixture, words, G_SUBPROCESS_FLAGS_NONE);

  *url = g_strdup (fixture->url);
  return process;
}

static void
run_rounds (DeskFleet *fleet, Kill *death, const char *place)
{
  guint64 n_receipts;
  double service_s;

  for (guint round = 0; round < ROUNDS_BEFORE; round++)
    {
      desk_fleet_work (fleet);
      g_assert_cmpuint (desk_fleet_sync (fleet, NULL, NULL), ==, 0);
    }
  desk_fleet_work (fleet);
  desk_fleet_sync (fleet, kill_primary, death);
  n_receipts = count_receipts (fleet);
  service_s = wait_for_service (fleet, death);
  {
    g_autoptr (LanyardHubStore) store = lanyard_hub_store_open (place, FALSE, NULL);

    g_assert_nonnull (store);
    desk_fleet_check_receipts (fleet, store);
  }
  g_test_message ("0 of %" G_GUINT64_FORMAT " records with a receipt were lost; all desks were "
                  "served again %.1f s after the primary was killed, goal < %d s: %s",
                  n_receipts, service_s, GOAL_S, service_s < GOAL_S ? "met" : "NOT MET");
  for (guint round = 0; round < ROUNDS_AFTER; round++)
    {
      desk_fleet_work (fleet);
      desk_fleet_sync (fleet, NULL, NULL);
    }
}

static void
test_primary (void)
{
  g_autofree char *missing = patroni_cluster_find_missing ();
  PatroniCluster *cluster;
  g_autofree char *place = NULL;
  g_autofree char *first_url = NULL;
  g_autofree char *second_url = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GSubprocess) first = NULL;
  g_autoptr (GSubprocess) second = NULL;
  g_autoptr (LanyardHubStore) store = NULL;
  SyncFixture *fixture;
  DeskFleet *fleet;
  Kill death = { 0 };

  if (missing != NULL)
    {
      g_test_skip (missing);
      return;
    }
  death.cluster = cluster = patroni_cluster_new ();
  before = patroni_cluster_get_primary (cluster);
  place = patroni_cluster_create_database (cluster, "lanyard");
  fixture = sync_fixture_new_at (place);
  first = serve (fixture, &first_url);
  second = serve (fixture, &second_url);
  fleet = desk_fleet_new (fixture, first_url, second_url,
                          ROUNDS_BEFORE + 1 + MAX_ROUNDS_WITHOUT + ROUNDS_AFTER);
  run_rounds (fleet, &death, place);
  desk_fleet_drain (fleet, LIMIT_S);
  store = lanyard_hub_store_open (place, FALSE, NULL);
  desk_fleet_check (fleet, store);
  after = patroni_cluster_get_primary (cluster);
  g_assert_cmpstr (after, !=, before);
  hub_stop (first);
  hub_stop (second);
  desk_fleet_free (fleet);
  sync_fixture_free (fixture);
  patroni_cluster_free (cluster);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sync/failover/primary", test_primary);
  return g_test_run ();
}
