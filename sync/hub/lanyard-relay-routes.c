/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-relay"

#include <stdio.h>
#include <string.h>

#include "lanyard-changes.h"
#include "lanyard-error.h"
#include "lanyard-relay-private.h"
#include "lanyard-token.h"

/* What a relay does with each request. It is asked twice for one that waits: when it came, and when
 * the hub's answer is there, or it became clear that none will be. */

#define COSE "application/cose"
#define ASK_AGAIN "private, no-cache"
#define FOREVER "private, max-age=31536000, immutable"
#define TIMEOUT_S 10
#define UPLOAD_TIMEOUT_S 5

/* One request that is passed up. */
typedef struct
{
  LanyardRelay *relay;          /* borrowed */
  LanyardHubExchange *exchange; /* borrowed (nullable): NULL: nobody waits any more */
  GCancellable *cancellable;    /* owned */
  LanyardHubReply *reply;       /* owned (nullable) */
} Errand;

static LanyardRelay *
get_relay (LanyardHubExchange *exchange)
{
  return exchange->server->owner;
}

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->cancellable);
  g_clear_pointer (&errand->reply, lanyard_hub_reply_free);
  g_free (errand);
}

/* The exchange is over. Its errand goes with the answer, if that is still to come. */
static void
forget (LanyardHubExchange *exchange)
{
  Errand *errand = g_steal_pointer (&exchange->errand);

  if (errand == NULL)
    return;
  errand->exchange = NULL;
  if (errand->reply != NULL)
    errand_free (errand);
  else
    g_cancellable_cancel (errand->cancellable);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;
  LanyardHubReply *reply = lanyard_hub_client_send_finish (result, &error);

  if (errand->exchange == NULL)
    {
      g_clear_pointer (&reply, lanyard_hub_reply_free);
      errand_free (errand);
      return;
    }
  if (reply != NULL && !reply->from_hub)
    g_clear_pointer (&reply, lanyard_hub_reply_free);
  _lanyard_relay_set_line (errand->relay, reply != NULL);
  errand->reply = reply;
  if (reply == NULL)
    {
      errand->exchange->errand = NULL;
      _lanyard_hub_resume (errand->exchange);
      errand_free (errand);
      return;
    }
  _lanyard_hub_resume (errand->exchange);
}

/* Passes the request up as it is. */
static enum MHD_Result
pass_up (LanyardHubExchange *exchange, gsize max_bytes, guint timeout_s)
{
  LanyardRelay *relay = get_relay (exchange);
  Errand *errand = g_new0 (Errand, 1);
  g_autoptr (GBytes) body
      = exchange->body->len == 0 ? NULL : g_bytes_new (exchange->body->data, exchange->body->len);
  LanyardHubRequest request = {
    .method = exchange->method,
    .path = exchange->uri,
    .body = body,
    .max_bytes = max_bytes,
    .timeout_s = timeout_s,
  };

  request.authorization = MHD_lookup_connection_value (exchange->connection, MHD_HEADER_KIND,
                                                       MHD_HTTP_HEADER_AUTHORIZATION);
  if (request.authorization == NULL)
    request.authorization = "";
  errand->relay = relay;
  errand->exchange = exchange;
  errand->cancellable = g_cancellable_new ();
  exchange->errand = errand;
  exchange->forget = forget;
  lanyard_hub_client_send_async (relay->client, &request, errand->cancellable, on_answered, errand);
  if (exchange->deadline_us == 0)
    exchange->deadline_us = G_MAXINT64;
  return _lanyard_hub_wait (exchange);
}

void
_lanyard_relay_give_reply (LanyardHubExchange *exchange, LanyardHubReply *reply)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->relay = get_relay (exchange);
  errand->exchange = exchange;
  errand->cancellable = g_cancellable_new ();
  errand->reply = reply;
  exchange->errand = errand;
  exchange->forget = forget;
}

/* "No line": not a failure, not a receipt. @page: (nullable): what the venue knows */
static enum MHD_Result
answer_cut (LanyardHubExchange *exchange, GBytes *page)
{
  return _lanyard_hub_answer (exchange, MHD_HTTP_ACCEPTED, "application/cbor", page);
}

/* The hub's answer as it came. */
static enum MHD_Result
pass_down (LanyardHubExchange *exchange, const LanyardHubReply *reply, const char *cache_control)
{
  if (reply->status == 200 && cache_control != NULL)
    return _lanyard_hub_answer_cached (exchange, COSE, reply->body, cache_control);
  return _lanyard_hub_answer (exchange, reply->status,
                              reply->status < 400 || reply->status == 409
                                  ? COSE
                                  : "text/plain; charset=utf-8",
                              reply->body);
}

/* Who asks, where the relay answers by itself. */
static gboolean
authenticate (LanyardHubExchange *exchange)
{
  LanyardRelay *relay = get_relay (exchange);
  const char *header = MHD_lookup_connection_value (exchange->connection, MHD_HEADER_KIND,
                                                    MHD_HTTP_HEADER_AUTHORIZATION);
  g_autoptr (LanyardToken) token = NULL;

  if (relay->trust == NULL)
    return FALSE;
  token = lanyard_token_open (header, relay->trust, exchange->method, exchange->uri,
                              g_get_real_time () / G_USEC_PER_SEC, NULL);
  if (token != NULL)
    exchange->device = token->device;
  else
    _lanyard_relay_refresh_trust (relay);
  return token != NULL;
}

static gboolean
is_back (LanyardHubExchange *exchange)
{
  return exchange->deadline_us != 0;
}

static const LanyardHubReply *
get_reply (LanyardHubExchange *exchange)
{
  Errand *errand = exchange->forget == forget ? exchange->errand : NULL;

  return errand == NULL ? NULL : errand->reply;
}

static enum MHD_Result
answer_nobody (LanyardHubExchange *exchange)
{
  return _lanyard_hub_answer_text (exchange, MHD_HTTP_SERVICE_UNAVAILABLE,
                                   "The venue has no line to the hub; try again later.");
}

/* Segments, chunks, photos, files of the pack: once here, always here. */
static enum MHD_Result
on_immutable (LanyardHubExchange *exchange)
{
  LanyardRelay *relay = get_relay (exchange);
  const LanyardHubReply *reply = get_reply (exchange);
  g_autoptr (GBytes) kept = NULL;

  if (is_back (exchange) && reply != NULL && reply->status == 200)
    _lanyard_relay_put_cached (relay, exchange->uri, reply->body);
  if (is_back (exchange) && reply != NULL)
    return pass_down (exchange, reply, FOREVER);
  if (!authenticate (exchange))
    return relay->line && !is_back (exchange)
               ? pass_up (exchange, LANYARD_CHANGES_MAX_BYTES, TIMEOUT_S)
               : answer_nobody (exchange);
  kept = _lanyard_relay_get_cached (relay, exchange->uri);
  if (kept != NULL)
    return _lanyard_hub_answer_cached (exchange, COSE, kept, FOREVER);
  if (relay->line && !is_back (exchange))
    return _lanyard_relay_fetch (relay, exchange);
  /* It waited for another desk's answer, which was not for it. */
  if (relay->line && exchange->forget != forget)
    return pass_up (exchange, LANYARD_CHANGES_MAX_BYTES, TIMEOUT_S);
  return answer_cut (exchange, NULL);
}

/* Lists and the snapshot's header: the hub's newest, or the last one that was heard. */
static enum MHD_Result
answer_latest (LanyardHubExchange *exchange, gboolean open)
{
  LanyardRelay *relay = get_relay (exchange);
  const LanyardHubReply *reply = get_reply (exchange);
  g_autoptr (GBytes) kept = NULL;

  if (!is_back (exchange) && relay->line)
    return pass_up (exchange, LANYARD_LIST_MAX_BYTES, TIMEOUT_S);
  if (reply != NULL && reply->status == 200)
    _lanyard_relay_put_cached (relay, exchange->uri, reply->body);
  if (reply != NULL && reply->status < 500)
    return pass_down (exchange, reply, ASK_AGAIN);
  if (!open && !authenticate (exchange))
    return answer_nobody (exchange);
  kept = _lanyard_relay_get_cached (relay, exchange->uri);
  if (kept != NULL)
    return _lanyard_hub_answer_cached (exchange, COSE, kept, ASK_AGAIN);
  return open ? answer_nobody (exchange) : answer_cut (exchange, NULL);
}

static enum MHD_Result
on_latest (LanyardHubExchange *exchange)
{
  return answer_latest (exchange, FALSE);
}

static enum MHD_Result
on_open_list (LanyardHubExchange *exchange)
{
  return answer_latest (exchange, TRUE);
}

static enum MHD_Result
on_alerts (LanyardHubExchange *exchange)
{
  const LanyardHubReply *reply = get_reply (exchange);

  if (!is_back (exchange) && get_relay (exchange)->line)
    return pass_up (exchange, LANYARD_ALERTS_MAX_BYTES, TIMEOUT_S);
  if (reply != NULL)
    return pass_down (exchange, reply, NULL);
  return authenticate (exchange) ? answer_cut (exchange, NULL) : answer_nobody (exchange);
}

static gboolean
get_number (LanyardHubExchange *exchange, const char *name, guint64 max, guint64 *number)
{
  const char *value
      = MHD_lookup_connection_value (exchange->connection, MHD_GET_ARGUMENT_KIND, name);

  *number = 0;
  return value != NULL && g_ascii_string_to_unsigned (value, 10, 0, max, number, NULL);
}

/* Waits for the hub, the venue, or the line, whichever is first. */
static enum MHD_Result
on_tail (LanyardHubExchange *exchange)
{
  LanyardRelay *relay = get_relay (exchange);
  const LanyardHubReply *reply = get_reply (exchange);
  g_autoptr (GBytes) page = NULL;
  guint64 after, wait_s;
  gboolean any;

  if (reply != NULL)
    return pass_down (exchange, reply, NULL);
  get_number (exchange, "wait", LANYARD_POLL_MAX_S, &wait_s);
  if (!authenticate (exchange))
    return relay->line && !is_back (exchange)
               ? pass_up (exchange, LANYARD_CHANGES_MAX_BYTES, TIMEOUT_S + (guint)wait_s)
               : answer_nobody (exchange);
  if (!get_number (exchange, "venue", G_MAXINT64, &after))
    after = relay->last_id;
  page = _lanyard_relay_make_page (relay, exchange->device, after, &any);
  if (any || is_back (exchange))
    return answer_cut (exchange, page);
  if (relay->line)
    return pass_up (exchange, LANYARD_CHANGES_MAX_BYTES, TIMEOUT_S + (guint)wait_s);
  if (wait_s == 0)
    return answer_cut (exchange, page);
  exchange->deadline_us = g_get_monotonic_time () + (gint64)wait_s * G_USEC_PER_SEC;
  return _lanyard_hub_wait (exchange);
}

/* Those that wait for the tail have something to hear. */
void
_lanyard_relay_wake_tails (LanyardRelay *relay, guint32 but_device)
{
  LanyardHubServer *server = relay->server;
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, server->waiting);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      LanyardHubExchange *exchange = key;

      if (exchange->route->handler == on_tail && exchange->device != but_device)
        g_ptr_array_add (waiting, exchange);
    }
  for (guint i = 0; i < waiting->len; i++)
    _lanyard_hub_resume (g_ptr_array_index (waiting, i));
}

/* "7/1/rec/501-1000" */
static gboolean
parse_place (const char *rest, LanyardHubPlace *place)
{
  int n_read = 0;

  return sscanf (rest, "%u/%u/rec/%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "%n", &place->device,
                 &place->epoch, &place->first, &place->last, &n_read)
             == 4
         && rest[n_read] == '\0';
}

/* FALSE: it was answered. */
static gboolean
keep (LanyardHubExchange *exchange, const LanyardHubPlace *place, enum MHD_Result *result)
{
  LanyardRelay *relay = get_relay (exchange);
  g_autoptr (LanyardBatch) batch = NULL;
  g_autoptr (GError) error = NULL;
  guint64 before = relay->last_id;

  if (relay->trust != NULL)
    batch = lanyard_batch_open (exchange->body->data, exchange->body->len, relay->trust,
                                g_get_real_time () / G_USEC_PER_SEC, NULL, &error);
  if (batch == NULL)
    {
      /* A desk may be newer than the lists that are here: the hub knows. */
      _lanyard_relay_refresh_trust (relay);
      if (relay->line)
        return TRUE;
      *result = error == NULL || g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED)
                    ? answer_nobody (exchange)
                    : _lanyard_hub_answer_error (exchange, error);
      return FALSE;
    }
  exchange->device = batch->device;
  if (batch->device != place->device || batch->epoch != place->epoch || batch->first != place->first
      || lanyard_batch_get_last (batch) != place->last)
    {
      *result = _lanyard_hub_answer_text (exchange, MHD_HTTP_BAD_REQUEST,
                                          "The batch is not the one that the request names.");
      return FALSE;
    }
  if (!_lanyard_relay_keep_batch (relay, batch, exchange->body->data, exchange->body->len, &error))
    {
      *result = _lanyard_hub_answer_error (exchange, error);
      return FALSE;
    }
  if (relay->last_id != before)
    _lanyard_relay_wake_tails (relay, batch->device);
  return TRUE;
}

static enum MHD_Result
on_upload (LanyardHubExchange *exchange)
{
  LanyardRelay *relay = get_relay (exchange);
  const LanyardHubReply *reply = get_reply (exchange);
  LanyardHubPlace place;
  enum MHD_Result result;

  if (!parse_place (exchange->rest, &place))
    return _lanyard_hub_answer_text (exchange, MHD_HTTP_BAD_REQUEST,
                                     "The request's path is not of this protocol.");
  if (!is_back (exchange))
    {
      if (!keep (exchange, &place, &result))
        return result;
      return relay->line ? pass_up (exchange, LANYARD_RECEIPT_MAX_BYTES, UPLOAD_TIMEOUT_S)
                         : answer_cut (exchange, NULL);
    }
  if (reply != NULL && !_lanyard_relay_rest (get_relay (exchange), reply))
    {
      if (_lanyard_relay_is_taken (reply))
        _lanyard_relay_mark_place_sent (relay, &place);
      return pass_down (exchange, reply, NULL);
    }
  /* Kept, unless nobody here could tell who signed it. */
  return exchange->device != 0 ? answer_cut (exchange, NULL) : answer_nobody (exchange);
}

static enum MHD_Result
on_enrol (LanyardHubExchange *exchange)
{
  const LanyardHubReply *reply = get_reply (exchange);

  if (!is_back (exchange) && get_relay (exchange)->line)
    return pass_up (exchange, LANYARD_ENROLMENT_MAX_BYTES, TIMEOUT_S);
  if (reply == NULL)
    return answer_nobody (exchange);
  /* There is a new desk: it is to be known here before the line is cut. */
  get_relay (exchange)->asked_us = 0;
  _lanyard_relay_refresh_trust (get_relay (exchange));
  return pass_down (exchange, reply, NULL);
}

static enum MHD_Result
on_health (LanyardHubExchange *exchange)
{
  return _lanyard_hub_answer_text (exchange, MHD_HTTP_OK,
                                   get_relay (exchange)->line ? "ok" : "ok, without a line");
}

static const LanyardHubRoute routes[] = {
  { "PUT", "/v1/d/", "upload", LANYARD_BATCH_MAX_BYTES, on_upload },
  { "GET", "/v1/changes/tail", "tail", 0, on_tail },
  { "GET", "/v1/changes/", "segment", 0, on_immutable },
  { "GET", "/v1/snapshot", "snapshot", 0, on_latest },
  { "GET", "/v1/chunks/", "chunk", 0, on_immutable },
  { "GET", "/v1/pack", "pack", 0, on_latest },
  { "GET", "/v1/pack/files/", "pack-file", 0, on_immutable },
  { "GET", "/v1/alerts", "alerts", 0, on_alerts },
  { "GET", "/v1/lists/trust-root", "trust-root", 0, on_open_list },
  { "GET", "/v1/lists/trust", "trust", 0, on_open_list },
  { "GET", "/v1/lists/negative", "negative", 0, on_latest },
  { "GET", "/v1/photos/", "photo", 0, on_immutable },
  { "POST", "/v1/enrol", "enrol", LANYARD_ENROLMENT_MAX_BYTES, on_enrol },
  { "GET", "/healthz", "health", 0, on_health },
};

const LanyardHubRoute *
_lanyard_relay_get_routes (guint *n_routes)
{
  *n_routes = G_N_ELEMENTS (routes);
  return routes;
}
