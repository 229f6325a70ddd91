/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-sync-world.h"

#include "lanyard-changes.h"

/* The world as it is: libsoup, timers of a GMainContext, the system's clock. */
typedef struct
{
  LanyardSyncWorld parent;
  GMainContext *context;    /* owned */
  LanyardHubClient *client; /* owned (nullable): to the hub that was asked last */
  char *url;                /* owned (nullable): of client, as it was given */
  LanyardLineTls *tls;      /* owned (nullable) */
} RealWorld;

/* One request and who wants its outcome. Owned by its own callback. */
typedef struct
{
  GCancellable *cancellable;   /* owned */
  LanyardSyncOutcomeFunc func; /* (nullable): NULL: nobody wants it any more */
  gpointer user_data;
} Sending;

typedef struct
{
  GSource *source; /* owned */
  LanyardSyncTimerFunc func;
  gpointer user_data;
} Timer;

static void
on_outcome (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Sending *sending = user_data;
  g_autoptr (LanyardHubReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  reply = lanyard_hub_client_send_finish (result, &error);
  g_object_unref (sending->cancellable);
  if (sending->func != NULL)
    sending->func (g_steal_pointer (&reply), g_steal_pointer (&error), sending->user_data);
}

static gpointer
real_send (LanyardSyncWorld *world,
           const char *url,
           const LanyardHubRequest *request,
           LanyardSyncOutcomeFunc func,
           gpointer user_data)
{
  RealWorld *self = (RealWorld *)world;
  Sending *sending = g_new0 (Sending, 1);

  if (g_strcmp0 (self->url, url) != 0)
    {
      g_clear_pointer (&self->client, lanyard_hub_client_free);
      g_free (self->url);
      self->client = lanyard_hub_client_new (url);
      lanyard_hub_client_set_tls (self->client, self->tls);
      self->url = g_strdup (url);
    }
  sending->cancellable = g_cancellable_new ();
  sending->func = func;
  sending->user_data = user_data;
  lanyard_hub_client_send_async (self->client, request, sending->cancellable, on_outcome, sending);
  return sending;
}

static void
real_cancel (LanyardSyncWorld *world, gpointer data)
{
  Sending *sending = data;

  sending->func = NULL;
  g_cancellable_cancel (sending->cancellable);
}

static gboolean
on_timer (gpointer data)
{
  Timer *timer = data;
  LanyardSyncTimerFunc func = timer->func;
  gpointer user_data = timer->user_data;

  func (user_data);
  return G_SOURCE_REMOVE;
}

static gpointer
real_arm (LanyardSyncWorld *world, guint delay_ms, LanyardSyncTimerFunc func, gpointer user_data)
{
  RealWorld *self = (RealWorld *)world;
  Timer *timer = g_new0 (Timer, 1);

  timer->source = g_timeout_source_new (delay_ms);
  timer->func = func;
  timer->user_data = user_data;
  g_source_set_callback (timer->source, on_timer, timer, g_free);
  g_source_attach (timer->source, self->context);
  g_source_unref (timer->source);
  return timer;
}

static void
real_disarm (LanyardSyncWorld *world, gpointer data)
{
  Timer *timer = data;

  g_source_destroy (timer->source);
}

static guint32
real_random (LanyardSyncWorld *world)
{
  return g_random_int ();
}

static void
real_free (LanyardSyncWorld *world)
{
  RealWorld *self = (RealWorld *)world;

  g_clear_pointer (&self->client, lanyard_hub_client_free);
  g_clear_pointer (&self->tls, lanyard_line_tls_unref);
  g_free (self->url);
  g_main_context_unref (self->context);
  g_free (self);
}

static const LanyardSyncWorldOps real_ops = {
  .free = real_free,
  .send = real_send,
  .cancel = real_cancel,
  .arm = real_arm,
  .disarm = real_disarm,
  .random = real_random,
};

LanyardSyncWorld *
lanyard_sync_world_new (void)
{
  RealWorld *self = g_new0 (RealWorld, 1);

  self->parent.ops = &real_ops;
  self->parent.clock = lanyard_clock_system ();
  self->parent.poll_s = LANYARD_POLL_MAX_S;
  self->context = g_main_context_ref_thread_default ();
  return &self->parent;
}

void
lanyard_sync_world_set_tls (LanyardSyncWorld *world, LanyardLineTls *tls)
{
  RealWorld *self = (RealWorld *)world;

  g_return_if_fail (world->ops == &real_ops);

  g_clear_pointer (&self->tls, lanyard_line_tls_unref);
  self->tls = tls == NULL ? NULL : lanyard_line_tls_ref (tls);
  g_clear_pointer (&self->client, lanyard_hub_client_free);
  g_clear_pointer (&self->url, g_free);
}

void
lanyard_sync_world_free (LanyardSyncWorld *world)
{
  if (world != NULL)
    world->ops->free (world);
}
