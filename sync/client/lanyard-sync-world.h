/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-clock.h"
#include "lanyard-hub-client.h"

G_BEGIN_DECLS

/*
 * All that the engine needs of what is outside of it: answers of hubs, time, chance. The desk's is
 * made of libsoup and a GMainContext; the simulator of tests/sim gives its own, in which years pass
 * in a second and lines break where it wants. Everything in the engine but this is the same there.
 */
typedef struct _LanyardSyncWorld LanyardSyncWorld;

/* The one outcome of one request. Exactly one of the two is not NULL.
 * @reply: (transfer full) (nullable): what the hub answered, whatever its status
 * @error: (transfer full) (nullable): as lanyard_hub_client_send_finish() */
typedef void (*LanyardSyncOutcomeFunc) (LanyardHubReply *reply, GError *error, gpointer user_data);
typedef void (*LanyardSyncTimerFunc) (gpointer user_data);

typedef struct
{
  void (*free) (LanyardSyncWorld *world);
  /* Sends @request to the hub at @url, never calling back before it returned. What it points to is
   * not kept. Returns: (transfer none): what is under way, until it is cancelled or called back */
  gpointer (*send) (LanyardSyncWorld *world,
                    const char *url,
                    const LanyardHubRequest *request,
                    LanyardSyncOutcomeFunc func,
                    gpointer user_data);
  /* Its outcome is not told any more. Whether the hub got it nobody knows. */
  void (*cancel) (LanyardSyncWorld *world, gpointer sending);
  /* Once, in @delay_ms. Returns: (transfer none): the timer, until it is disarmed or fired */
  gpointer (*arm) (LanyardSyncWorld *world,
                   guint delay_ms,
                   LanyardSyncTimerFunc func,
                   gpointer user_data);
  void (*disarm) (LanyardSyncWorld *world, gpointer timer);
  /* 32 bits for the jitter */
  guint32 (*random) (LanyardSyncWorld *world);
} LanyardSyncWorldOps;

struct _LanyardSyncWorld
{
  const LanyardSyncWorldOps *ops;
  const LanyardClock *clock; /* borrowed */
  guint poll_s;              /* how long the hub may keep a poll waiting: ≤ LANYARD_POLL_MAX_S */
};

/* The real one, in the GMainContext that is thread-default now. */
LanyardSyncWorld *lanyard_sync_world_new (void);
/* Of the real one, for every hub, while nothing is under way. @tls: (nullable) */
void lanyard_sync_world_set_tls (LanyardSyncWorld *world, LanyardLineTls *tls);
/* @world: (nullable) */
void lanyard_sync_world_free (LanyardSyncWorld *world);

G_END_DECLS
