/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The real engine of a desk and the real program of the hub with a line between them that breaks:
 * 200 records through each fault, and in the end both have the same. */

#include "fault-proxy.h"

#include "hub-run.h"
#include "lanyard-link.h"

#include <string.h>

#define N_RECORDS 200
#define LIMIT_S 300
#define HASTE 40 /* times as fast as a desk waits */

/* The real world, but for the patience. */
static LanyardSyncWorldOps hasty_ops;
static const LanyardSyncWorldOps *real_ops;

static gpointer
arm_hastily (LanyardSyncWorld *world, guint delay_ms, LanyardSyncTimerFunc func, gpointer user_data)
{
  return real_ops->arm (world, delay_ms / HASTE, func, user_data);
}

static LanyardSyncWorld *
hasty_world_new (void)
{
  LanyardSyncWorld *world = lanyard_sync_world_new ();

  real_ops = world->ops;
  hasty_ops = *world->ops;
  hasty_ops.arm = arm_hastily;
  world->ops = &hasty_ops;
  world->poll_s = 1;
  return world;
}

typedef struct
{
  SyncDesk *desk;
  FaultProxy *proxy;
} Wanted;

static gboolean
is_done (gpointer data)
{
  Wanted *wanted = data;

  return sync_desk_pending (wanted->desk) == 0 && fault_proxy_get_faults (wanted->proxy) > 0;
}

static void
make_engine (SyncDesk *desk, FaultProxy *proxy, LanyardSyncWorld *world)
{
  const char *urls[] = { fault_proxy_get_url (proxy), NULL };

  g_clear_object (&desk->engine);
  desk->engine
      = lanyard_sync_engine_new (desk->journal, desk->store, desk->key, &desk->root, urls, world);
}

/* What the journal takes as acknowledged has the hash that the hub has. */
static void
check_equal (SyncFixture *fixture, SyncDesk *desk, const char *fault)
{
  guint64 head = lanyard_journal_get_head_seq (desk->journal);
  guint64 records = sync_fixture_count (fixture, "records");

  g_test_message ("%s: %" G_GUINT64_FORMAT " records here, %" G_GUINT64_FORMAT " at the hub", fault,
                  head, records);
  g_assert_cmpuint (records, ==, head);
}

static void
test_faults (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  SyncDesk *desk;
  FaultProxy *proxy;
  g_autoptr (GSubprocess) hub = hub_serve (fixture, NULL, G_SUBPROCESS_FLAGS_STDERR_SILENCE);

  sync_fixture_import (fixture, 0, 20);
  desk = sync_desk_new (fixture, "desk");
  proxy = fault_proxy_new ((guint16)g_ascii_strtoull (strrchr (fixture->url, ':') + 1, NULL, 10));
  for (guint fault = FAULT_PROXY_DELAY; fault < FAULT_PROXY_N; fault++)
    {
      Wanted wanted = { desk, proxy };
      LanyardSyncWorld *world = hasty_world_new (); /* and no connection of before */

      make_engine (desk, proxy, world);
      fault_proxy_set (proxy, fault);
      sync_desk_chatter (desk, N_RECORDS);
      lanyard_link_start (LANYARD_LINK (desk->engine));
      sync_wait_for (is_done, &wanted, LIMIT_S);
      lanyard_link_stop (LANYARD_LINK (desk->engine));
      g_clear_object (&desk->engine);
      lanyard_sync_world_free (world);
      check_equal (fixture, desk, fault_proxy_name (fault));
    }
  sync_desk_free (desk);
  fault_proxy_free (proxy);
  hub_stop (hub);
  sync_fixture_free (fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/proxy/faults", test_faults);
  return g_test_run ();
}
