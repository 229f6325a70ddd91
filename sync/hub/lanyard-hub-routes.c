/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-fleet.h"
#include "lanyard-hub-server-private.h"

/* The table of what can be asked, and what each does. sync/PROTOCOL.md tells it in words. */

#define COSE "application/cose"
#define ORIGINAL_URI "X-Original-URI"
#define FOREVER "private, max-age=31536000, immutable"
#define ASK_AGAIN "private, no-cache"

static enum MHD_Result
bad_request (LanyardHubExchange *exchange)
{
  return _lanyard_hub_answer_text (exchange, MHD_HTTP_BAD_REQUEST,
                                   "The request's path or query is not of this protocol.");
}

gboolean
_lanyard_hub_parse_number (const char *text, gsize n_text, guint64 *number)
{
  char digits[24];

  *number = 0;
  /* GLib lets a vertical tab, and a sign behind it, pass. */
  if (n_text == 0 || n_text >= sizeof digits || (n_text > 1 && *text == '0')
      || !g_ascii_isdigit (*text))
    return FALSE;
  memcpy (digits, text, n_text);
  digits[n_text] = '\0';
  return g_ascii_string_to_unsigned (digits, 10, 0, G_MAXINT64, number, NULL);
}

/* A missing parameter is @fallback. */
static gboolean
get_parameter (LanyardHubExchange *exchange, const char *name, guint64 fallback, guint64 *number)
{
  const char *value
      = MHD_lookup_connection_value (exchange->connection, MHD_GET_ARGUMENT_KIND, name);

  *number = fallback;
  return value == NULL || _lanyard_hub_parse_number (value, strlen (value), number);
}

/* @uri: what the token must have been made for */
static gboolean
need_desk_for (LanyardHubExchange *exchange, const char *uri, enum MHD_Result *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardToken) token = NULL;
  const char *header = MHD_lookup_connection_value (exchange->connection, MHD_HEADER_KIND,
                                                    MHD_HTTP_HEADER_AUTHORIZATION);

  token = lanyard_hub_authenticate (exchange->server->hub, header, exchange->method, uri, &error);
  if (token != NULL)
    {
      exchange->device = token->device;
      exchange->epoch = token->epoch;
      lanyard_hub_note_seen (exchange->server->hub, token->device, token->epoch);
      return TRUE;
    }
  if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_INVALID)
      || g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT))
    *result = _lanyard_hub_answer_text (exchange, MHD_HTTP_UNAUTHORIZED, error->message);
  else
    *result = _lanyard_hub_answer_error (exchange, error);
  return FALSE;
}

gboolean
_lanyard_hub_need_desk (LanyardHubExchange *exchange, enum MHD_Result *result)
{
  return need_desk_for (exchange, exchange->uri, result);
}

/* A server in front has the answer in its cache, and asks whether this desk may have it. */
static enum MHD_Result
on_may (LanyardHubExchange *exchange)
{
  const char *uri
      = MHD_lookup_connection_value (exchange->connection, MHD_HEADER_KIND, ORIGINAL_URI);
  enum MHD_Result result;

  if (uri == NULL)
    return bad_request (exchange);
  if (!need_desk_for (exchange, uri, &result))
    return result;
  return _lanyard_hub_answer_text (exchange, MHD_HTTP_OK, "It may.");
}

static enum MHD_Result
answer_page (LanyardHubExchange *exchange, GBytes *page, const GError *error)
{
  if (page == NULL)
    return _lanyard_hub_answer_error (exchange, error);
  return _lanyard_hub_answer (exchange, MHD_HTTP_OK, COSE, page);
}

static enum MHD_Result
on_segment (LanyardHubExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) page = NULL;
  enum MHD_Result result;
  guint64 index, era;

  if (!_lanyard_hub_parse_number (exchange->rest, strlen (exchange->rest), &index)
      || index > G_MAXINT64 / LANYARD_SEGMENT_GSEQ - 1 || !get_parameter (exchange, "era", 0, &era))
    return bad_request (exchange);
  if (!_lanyard_hub_need_desk (exchange, &result))
    return result;
  page = lanyard_hub_get_segment (exchange->server->hub, index, era, &error);
  if (page == NULL)
    return _lanyard_hub_answer_error (exchange, error);
  return _lanyard_hub_answer_cached (exchange, COSE, page, FOREVER);
}

static enum MHD_Result
answer_tail (LanyardHubExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) page
      = lanyard_hub_get_tail (exchange->server->hub, exchange->device, &exchange->point, &error);

  return answer_page (exchange, page, error);
}

/* Without "v" it is a desk that reads version 1. */
static gboolean
get_point (LanyardHubExchange *exchange, LanyardHubPoint *point)
{
  guint64 version;

  if (!get_parameter (exchange, "after", 0, &point->after)
      || !get_parameter (exchange, "era", 0, &point->era)
      || !get_parameter (exchange, "v", 1, &version) || version == 0)
    return FALSE;
  point->version = (guint)MIN (version, LANYARD_CHANGES_VERSION);
  return TRUE;
}

static enum MHD_Result
on_tail (LanyardHubExchange *exchange)
{
  enum MHD_Result result;
  guint64 wait_s;

  if (exchange->deadline_us != 0) /* back from waiting */
    return answer_tail (exchange);
  if (!get_point (exchange, &exchange->point)
      || !get_parameter (exchange, "alert", 0, &exchange->after_alert)
      || !get_parameter (exchange, "wait", 0, &wait_s) || wait_s > LANYARD_POLL_MAX_S)
    return bad_request (exchange);
  if (!_lanyard_hub_need_desk (exchange, &result))
    return result;
  _lanyard_hub_take_status (exchange);
  if (wait_s == 0 || exchange->server->closing
      || lanyard_hub_has_news (exchange->server->hub, exchange->device, &exchange->point,
                               exchange->after_alert))
    return answer_tail (exchange);
  exchange->deadline_us = g_get_monotonic_time () + (gint64)wait_s * G_USEC_PER_SEC;
  return _lanyard_hub_wait (exchange);
}

static enum MHD_Result
on_alerts (LanyardHubExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) page = NULL;
  enum MHD_Result result;
  guint64 after;

  if (!get_parameter (exchange, "after", 0, &after))
    return bad_request (exchange);
  if (!_lanyard_hub_need_desk (exchange, &result))
    return result;
  page = lanyard_hub_get_alerts (exchange->server->hub, exchange->device, after, &error);
  return answer_page (exchange, page, error);
}

static enum MHD_Result
answer_list (LanyardHubExchange *exchange, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) list = lanyard_hub_get_list (exchange->server->hub, name, &error);

  if (list == NULL)
    return _lanyard_hub_answer_error (exchange, error);
  return _lanyard_hub_answer_cached (exchange, COSE, list, ASK_AGAIN);
}

/* Public keys are public, and a desk needs them before it is one. */
static enum MHD_Result
on_trust_root (LanyardHubExchange *exchange)
{
  return answer_list (exchange, "trust-root");
}

static enum MHD_Result
on_trust (LanyardHubExchange *exchange)
{
  return answer_list (exchange, "trust");
}

static enum MHD_Result
on_negative (LanyardHubExchange *exchange)
{
  enum MHD_Result result;

  if (!_lanyard_hub_need_desk (exchange, &result))
    return result;
  return answer_list (exchange, "negative");
}

static enum MHD_Result
on_photo (LanyardHubExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) hash = NULL;
  g_autoptr (GBytes) photo = NULL;
  guint8 bytes[LANYARD_HASH_BYTES];
  enum MHD_Result result;

  if (!lanyard_hex_decode (exchange->rest, bytes, sizeof bytes))
    return bad_request (exchange);
  if (!_lanyard_hub_need_desk (exchange, &result))
    return result;
  hash = g_bytes_new (bytes, sizeof bytes);
  photo = lanyard_hub_get_photo (exchange->server->hub, hash, &error);
  if (photo == NULL)
    return _lanyard_hub_answer_error (exchange, error);
  return _lanyard_hub_answer_cached (exchange, "application/octet-stream", photo, FOREVER);
}

static enum MHD_Result
on_enrol (LanyardHubExchange *exchange)
{
  LanyardHubPeers *peers = exchange->server->peers;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = NULL;
  guint wait_s;

  if (!lanyard_hub_peers_may_enrol (peers, exchange->connection, &wait_s))
    return _lanyard_hub_answer_later (exchange, wait_s,
                                      "Too many codes that are not good came from here.");
  answer = lanyard_hub_enrol (exchange->server->hub, exchange->body->data, exchange->body->len,
                              &error);
  if (answer == NULL)
    lanyard_hub_peers_note_failed (peers, exchange->connection);
  return answer_page (exchange, answer, error);
}

static const LanyardHubRoute routes[] = {
  { "PUT", "/v1/d/", "upload", LANYARD_BATCH_MAX_BYTES, _lanyard_hub_on_upload },
  { "GET", "/v1/changes/tail", "tail", 0, on_tail },
  { "GET", "/v1/changes/", "segment", 0, on_segment },
  { "GET", "/v1/snapshot", "snapshot", 0, _lanyard_hub_on_snapshot },
  { "GET", "/v1/chunks/", "chunk", 0, _lanyard_hub_on_chunk },
  { "GET", "/v1/pack", "pack", 0, _lanyard_hub_on_edition },
  { "GET", "/v1/pack/files/", "pack-file", 0, _lanyard_hub_on_pack_file },
  { "GET", "/v1/alerts", "alerts", 0, on_alerts },
  { "GET", "/v1/lists/trust-root", "trust-root", 0, on_trust_root },
  { "GET", "/v1/lists/trust", "trust", 0, on_trust },
  { "GET", "/v1/lists/negative", "negative", 0, on_negative },
  { "GET", "/v1/photos/", "photo", 0, on_photo },
  { "GET", "/v1/may", "may", 0, on_may },
  { "POST", "/v1/enrol", "enrol", LANYARD_ENROLMENT_MAX_BYTES, on_enrol },
  { "GET", "/healthz", "health", 0, _lanyard_hub_on_health },
  { "GET", "/metrics", "metrics", 0, _lanyard_hub_on_metrics },
  { "GET", "/", "fleet", 0, _lanyard_hub_on_fleet },
  { "GET", "/venues/", "fleet", 0, _lanyard_hub_on_venue },
  { "GET", "/desks/", "fleet", 0, _lanyard_hub_on_desk },
  { "GET", "/fleet.css", "style", 0, _lanyard_hub_on_style },
};

const LanyardHubRoute *
_lanyard_hub_get_routes (guint *n_routes)
{
  *n_routes = G_N_ELEMENTS (routes);
  return routes;
}

static gboolean
matches (const LanyardHubRoute *route, const char *path, const char **rest)
{
  gsize n_path = strlen (route->path);

  if (route->path[n_path - 1] != '/' || n_path == 1)
    return g_str_equal (route->path, path);
  if (!g_str_has_prefix (path, route->path))
    return FALSE;
  *rest = path + n_path;
  return TRUE;
}

const LanyardHubRoute *
_lanyard_hub_route_find (LanyardHubServer *server,
                         const char *method,
                         const char *path,
                         const char **rest,
                         gboolean *known_path)
{
  *known_path = FALSE;
  *rest = "";
  for (guint i = 0; i < server->n_routes; i++)
    {
      if (!matches (&server->routes[i], path, rest))
        continue;
      *known_path = TRUE;
      if (g_str_equal (server->routes[i].method, method))
        return &server->routes[i];
    }
  return NULL;
}
