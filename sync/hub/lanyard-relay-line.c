/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-relay"

#include "lanyard-relay-private.h"

/*
 * Whether there is a line to the hub: the trust lists are asked for again and again, which tells
 * that at once. When it comes back, what was kept goes up, in the order in which it came.
 */

#define DOWN_PERIOD_MS 1000
#define UP_PERIOD_MS 20000
/* Until what the hub did not take goes up again, when it says nothing of that. */
#define REST_S 5
#define MAX_REST_S 60
#define TIMEOUT_S 5
#define REFRESH_PERIOD_US (200 * 1000)

static void push_next (LanyardRelay *relay);
static void look_later (LanyardRelay *relay);

typedef struct
{
  LanyardRelay *relay;      /* borrowed: cancelled before it goes */
  const char *path;         /* static (nullable) */
  LanyardRelayBatch *batch; /* borrowed (nullable): batches stay while there is a push */
} Asked;

void
_lanyard_relay_set_line (LanyardRelay *relay, gboolean line)
{
  if (relay->line == line)
    return;
  relay->line = line;
  g_printerr ("event=line up=%d\n", line);
  if (line)
    {
      _lanyard_relay_forgive (relay);
      push_next (relay);
    }
  look_later (relay);
  if (relay->server != NULL)
    _lanyard_relay_wake_tails (relay, 0);
}

/* A desk has a file of settings where a relay has options. (transfer full) */
static char *
put_for_relay (const char *problem)
{
  const char *const words[][2] = { { "this desk", "this relay" },
                                   { "This desk", "This relay" },
                                   { "[hub] urls", "--upstream" },
                                   { "[hub] ca", "--ca" },
                                   { "[hub] certificate", "--certificate" },
                                   { "[hub] key", "--key" },
                                   { "[hub]", "--ca, --certificate and --key" } };
  GString *text = g_string_new (problem);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_string_replace (text, words[i][0], words[i][1], 0);
  return g_string_free (text, FALSE);
}

/* What is wrong with the line, once, and not again while it stays so. */
static void
tell_problem (LanyardRelay *relay, const GError *error)
{
  g_autofree char *problem = error == NULL ? NULL : put_for_relay (error->message);

  if (g_strcmp0 (problem, relay->problem) == 0)
    return;
  if (problem != NULL)
    g_printerr ("event=line problem=\"%s\"\n", problem);
  g_free (relay->problem);
  relay->problem = g_steal_pointer (&problem);
}

/* @asked: (transfer full). Returns: (transfer full) (nullable): NULL also when nobody wants it */
static LanyardHubReply *
take_reply (Asked *asked, GAsyncResult *result, LanyardRelay **relay)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardHubReply) reply = lanyard_hub_client_send_finish (result, &error);

  *relay = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? NULL : asked->relay;
  if (*relay != NULL)
    tell_problem (*relay, error);
  if (reply != NULL && !reply->from_hub)
    return NULL;
  return g_steal_pointer (&reply);
}

static void
ask (LanyardRelay *relay, const LanyardHubRequest *request, Asked *asked, GAsyncReadyCallback func)
{
  lanyard_hub_client_send_async (relay->client, request, relay->cancellable, func, asked);
}

static void ask_list (LanyardRelay *relay, const char *path);

static void
on_list (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asked *asked = user_data;
  LanyardRelay *relay;
  g_autoptr (LanyardHubReply) reply = take_reply (asked, result, &relay);

  if (relay == NULL)
    return;
  relay->asking = FALSE;
  if (reply != NULL && reply->status == 200)
    {
      _lanyard_relay_put_cached (relay, asked->path, reply->body);
      if (g_str_has_suffix (asked->path, "trust-root"))
        {
          ask_list (relay, "/v1/lists/trust");
          return;
        }
      _lanyard_relay_load_trust (relay);
    }
  _lanyard_relay_set_line (relay, reply != NULL && reply->status < 500);
  _lanyard_relay_drop_old (relay);
  push_next (relay);
  look_later (relay);
}

static void
ask_list (LanyardRelay *relay, const char *path)
{
  LanyardHubRequest request = {
    .method = "GET", .path = path, .max_bytes = LANYARD_LIST_MAX_BYTES, .timeout_s = TIMEOUT_S
  };
  Asked *asked = g_new0 (Asked, 1);

  asked->relay = relay;
  asked->path = path;
  relay->asking = TRUE;
  relay->asked_us = g_get_monotonic_time ();
  ask (relay, &request, asked, on_list);
}

void
_lanyard_relay_refresh_trust (LanyardRelay *relay)
{
  if (!relay->asking && g_get_monotonic_time () - relay->asked_us > REFRESH_PERIOD_US)
    ask_list (relay, "/v1/lists/trust-root");
}

static gboolean
on_time (gpointer user_data)
{
  LanyardRelay *relay = user_data;

  g_clear_pointer (&relay->timer, g_source_unref);
  if (relay->asking)
    look_later (relay);
  else
    ask_list (relay, "/v1/lists/trust-root");
  return G_SOURCE_REMOVE;
}

static guint
get_period_ms (LanyardRelay *relay)
{
  if (!relay->line)
    return DOWN_PERIOD_MS;
  return relay->rest_s > 0 ? relay->rest_s * 1000 : UP_PERIOD_MS;
}

static void
look_later (LanyardRelay *relay)
{
  if (relay->timer != NULL)
    g_source_destroy (relay->timer);
  g_clear_pointer (&relay->timer, g_source_unref);
  relay->timer = g_timeout_source_new (get_period_ms (relay));
  g_source_set_callback (relay->timer, on_time, relay, NULL);
  g_source_attach (relay->timer, g_main_context_get_thread_default ());
}

void
_lanyard_relay_watch_line (LanyardRelay *relay)
{
  ask_list (relay, "/v1/lists/trust-root");
}

gboolean
_lanyard_relay_rest (LanyardRelay *relay, const LanyardHubReply *reply)
{
  if (reply->status != 429 && reply->status < 500)
    return FALSE;
  relay->rest_s = reply->retry_after_s > 0 ? MIN (reply->retry_after_s, (guint)MAX_REST_S) : REST_S;
  look_later (relay);
  return TRUE;
}

gboolean
_lanyard_relay_is_taken (const LanyardHubReply *reply)
{
  return reply->status == 200 || reply->status == 202;
}

static void
on_pushed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asked *asked = user_data;
  LanyardRelay *relay;
  g_autoptr (LanyardHubReply) reply = take_reply (asked, result, &relay);

  if (relay == NULL)
    return;
  relay->pushing = FALSE;
  if (reply == NULL)
    _lanyard_relay_set_line (relay, FALSE);
  if (reply != NULL && _lanyard_relay_rest (relay, reply))
    return;
  if (reply == NULL)
    return;
  /* A desk that is gone never sends it itself. */
  if (_lanyard_relay_is_taken (reply))
    _lanyard_relay_mark_sent (relay, asked->batch);
  else
    _lanyard_relay_mark_refused (relay, asked->batch, reply->status);
  push_next (relay);
}

static void
push_batch (LanyardRelay *relay, LanyardRelayBatch *batch)
{
  g_autoptr (GBytes) body = _lanyard_relay_read_batch (relay, batch);
  g_autofree char *path
      = g_strdup_printf ("/v1/d/%u/%u/rec/%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, batch->device,
                         batch->epoch, batch->first, batch->last);
  LanyardHubRequest request = { .method = "PUT",
                                .path = path,
                                .body = body,
                                .max_bytes = LANYARD_RECEIPT_MAX_BYTES,
                                .timeout_s = TIMEOUT_S };
  Asked *asked;

  if (body == NULL)
    {
      batch->sent = TRUE; /* somebody took the file away: the desk still has it */
      return;
    }
  asked = g_new0 (Asked, 1);
  asked->relay = relay;
  asked->batch = batch;
  relay->pushing = TRUE;
  ask (relay, &request, asked, on_pushed);
}

static void
push_next (LanyardRelay *relay)
{
  relay->rest_s = 0;
  for (guint i = 0; i < relay->batches->len && relay->line && !relay->pushing; i++)
    {
      LanyardRelayBatch *batch = g_ptr_array_index (relay->batches, i);

      if (!batch->sent && !batch->refused)
        push_batch (relay, batch);
    }
}
