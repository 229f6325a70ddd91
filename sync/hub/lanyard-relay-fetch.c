/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-relay"

#include "lanyard-changes.h"
#include "lanyard-relay-private.h"

/*
 * What never changes crosses the line once: desks that ask for it while it comes wait for the same
 * answer, and it goes on when all of them gave up, so that the next one finds it here.
 */

/* As long as a desk waits for a chunk: the line may be thin. */
#define TIMEOUT_S 300

typedef struct
{
  LanyardRelay *relay;       /* borrowed */
  char *path;                /* owned */
  LanyardHubExchange *first; /* borrowed (nullable): whose token went up */
  GPtrArray *waiting;        /* owned (element-type LanyardHubExchange): borrowed, with the first */
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_free (fetch->path);
  g_ptr_array_unref (fetch->waiting);
  g_free (fetch);
}

/* The exchange is over before the answer came. */
static void
on_over (LanyardHubExchange *exchange)
{
  Fetch *fetch = g_steal_pointer (&exchange->errand);

  if (fetch == NULL)
    return;
  g_ptr_array_remove (fetch->waiting, exchange);
  if (fetch->first == exchange)
    fetch->first = NULL;
}

/* @reply: (transfer full) (nullable) */
static void
tell_all (Fetch *fetch, LanyardHubReply *reply)
{
  gboolean kept = reply != NULL && reply->status == 200;

  for (guint i = 0; i < fetch->waiting->len; i++)
    ((LanyardHubExchange *)g_ptr_array_index (fetch->waiting, i))->errand = NULL;
  /* What the hub has against one desk says nothing of the others. */
  if (reply != NULL && !kept && fetch->first != NULL)
    _lanyard_relay_give_reply (fetch->first, g_steal_pointer (&reply));
  for (guint i = 0; i < fetch->waiting->len; i++)
    _lanyard_hub_resume (g_ptr_array_index (fetch->waiting, i));
  g_clear_pointer (&reply, lanyard_hub_reply_free);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fetch *fetch = user_data;
  LanyardRelay *relay = fetch->relay;
  LanyardHubReply *reply = lanyard_hub_client_send_finish (result, NULL);

  g_hash_table_remove (relay->fetches, fetch->path);
  if (reply != NULL && !reply->from_hub)
    g_clear_pointer (&reply, lanyard_hub_reply_free);
  if (!g_cancellable_is_cancelled (relay->cancellable))
    _lanyard_relay_set_line (relay, reply != NULL);
  if (reply != NULL && reply->status == 200)
    _lanyard_relay_put_cached (relay, fetch->path, reply->body);
  tell_all (fetch, reply);
  fetch_free (fetch);
}

static Fetch *
start (LanyardRelay *relay, LanyardHubExchange *exchange)
{
  Fetch *fetch = g_new0 (Fetch, 1);
  LanyardHubRequest request = {
    .method = exchange->method,
    .path = exchange->uri,
    .authorization = MHD_lookup_connection_value (exchange->connection, MHD_HEADER_KIND,
                                                  MHD_HTTP_HEADER_AUTHORIZATION),
    .max_bytes = LANYARD_CHANGES_MAX_BYTES,
    .timeout_s = TIMEOUT_S,
  };

  fetch->relay = relay;
  fetch->path = g_strdup (exchange->uri);
  fetch->first = exchange;
  fetch->waiting = g_ptr_array_new ();
  g_hash_table_insert (relay->fetches, fetch->path, fetch);
  lanyard_hub_client_send_async (relay->client, &request, relay->cancellable, on_fetched, fetch);
  return fetch;
}

enum MHD_Result
_lanyard_relay_fetch (LanyardRelay *relay, LanyardHubExchange *exchange)
{
  Fetch *fetch = g_hash_table_lookup (relay->fetches, exchange->uri);

  if (fetch == NULL)
    fetch = start (relay, exchange);
  g_ptr_array_add (fetch->waiting, exchange);
  exchange->errand = fetch;
  exchange->forget = on_over;
  exchange->deadline_us = G_MAXINT64;
  return _lanyard_hub_wait (exchange);
}
