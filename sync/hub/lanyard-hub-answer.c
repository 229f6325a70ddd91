/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hash.h"
#include "lanyard-hub-server-private.h"

/* How answers are put together. */

#define RETRY_AFTER_S "5"

static void
unref_bytes (void *bytes)
{
  g_bytes_unref (bytes);
}

static struct MHD_Response *
make_response (const char *content_type, GBytes *body)
{
  struct MHD_Response *response;
  gsize n_bytes = 0;
  gconstpointer data = body == NULL ? NULL : g_bytes_get_data (body, &n_bytes);

  if (n_bytes == 0)
    response = MHD_create_response_from_buffer (0, (void *)"", MHD_RESPMEM_PERSISTENT);
  else
    response
        = MHD_create_response_from_buffer_with_free_callback_cls (n_bytes, (void *)data,
                                                                  unref_bytes, g_bytes_ref (body));
  MHD_add_response_header (response, LANYARD_HUB_HEADER, "1");
  if (n_bytes > 0)
    MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, content_type);
  return response;
}

static enum MHD_Result
queue (LanyardHubExchange *exchange, guint status, struct MHD_Response *response, gsize n_bytes)
{
  enum MHD_Result result;

  exchange->status = status;
  exchange->n_answer = n_bytes;
  result = MHD_queue_response (exchange->connection, status, response);
  MHD_destroy_response (response);
  return result;
}

enum MHD_Result
_lanyard_hub_answer (LanyardHubExchange *exchange,
                     guint status,
                     const char *content_type,
                     GBytes *body)
{
  struct MHD_Response *response = make_response (content_type, body);

  MHD_add_response_header (response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
    MHD_add_response_header (response, MHD_HTTP_HEADER_RETRY_AFTER, RETRY_AFTER_S);
  if (status == MHD_HTTP_CONTENT_TOO_LARGE)
    MHD_add_response_header (response, MHD_HTTP_HEADER_CONNECTION, "close");
  return queue (exchange, status, response, body == NULL ? 0 : g_bytes_get_size (body));
}

enum MHD_Result
_lanyard_hub_answer_cached (LanyardHubExchange *exchange,
                            const char *content_type,
                            GBytes *body,
                            const char *cache_control)
{
  struct MHD_Response *response;
  g_autofree char *hex = NULL;
  g_autofree char *etag = NULL;
  const char *have;
  LanyardHash hash;
  gboolean same;

  lanyard_hash_compute (&hash, "lanyard/etag/1", g_bytes_get_data (body, NULL),
                        g_bytes_get_size (body), NULL, 0);
  hex = lanyard_hex_encode (hash.bytes, 16);
  etag = g_strdup_printf ("\"%s\"", hex);
  have = MHD_lookup_connection_value (exchange->connection, MHD_HEADER_KIND,
                                      MHD_HTTP_HEADER_IF_NONE_MATCH);
  same = g_strcmp0 (have, etag) == 0;
  response = make_response (content_type, same ? NULL : body);
  MHD_add_response_header (response, MHD_HTTP_HEADER_ETAG, etag);
  MHD_add_response_header (response, MHD_HTTP_HEADER_CACHE_CONTROL, cache_control);
  if (same)
    return queue (exchange, MHD_HTTP_NOT_MODIFIED, response, 0);
  return queue (exchange, MHD_HTTP_OK, response, g_bytes_get_size (body));
}

enum MHD_Result
_lanyard_hub_answer_text (LanyardHubExchange *exchange, guint status, const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  g_autoptr (GBytes) body = g_bytes_new (line, strlen (line));

  return _lanyard_hub_answer (exchange, status, "text/plain; charset=utf-8", body);
}

enum MHD_Result
_lanyard_hub_answer_later (LanyardHubExchange *exchange, guint wait_s, const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  g_autofree char *seconds = g_strdup_printf ("%u", wait_s);
  g_autoptr (GBytes) body = g_bytes_new (line, strlen (line));
  struct MHD_Response *response = make_response ("text/plain; charset=utf-8", body);

  MHD_add_response_header (response, MHD_HTTP_HEADER_RETRY_AFTER, seconds);
  MHD_add_response_header (response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  return queue (exchange, MHD_HTTP_TOO_MANY_REQUESTS, response, g_bytes_get_size (body));
}

enum MHD_Result
_lanyard_hub_answer_challenge (LanyardHubExchange *exchange)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("The password, please.\n", 22);
  struct MHD_Response *response = make_response ("text/plain; charset=utf-8", body);

  MHD_add_response_header (response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  MHD_add_response_header (response, MHD_HTTP_HEADER_WWW_AUTHENTICATE,
                           "Basic realm=\"Lanyard\", charset=\"UTF-8\"");
  return queue (exchange, MHD_HTTP_UNAUTHORIZED, response, g_bytes_get_size (body));
}

enum MHD_Result
_lanyard_hub_answer_page (LanyardHubExchange *exchange, guint status, const GString *html)
{
  g_autoptr (GBytes) body = g_bytes_new (html->str, html->len);
  struct MHD_Response *response = make_response ("text/html; charset=utf-8", body);

  MHD_add_response_header (response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  MHD_add_response_header (response, "Content-Security-Policy",
                           "default-src 'none'; style-src 'self'; base-uri 'none'; "
                           "form-action 'none'; frame-ancestors 'none'");
  MHD_add_response_header (response, "X-Content-Type-Options", "nosniff");
  MHD_add_response_header (response, "Referrer-Policy", "no-referrer");
  MHD_add_response_header (response, "Cross-Origin-Resource-Policy", "same-origin");
  return queue (exchange, status, response, html->len);
}

guint
_lanyard_hub_status_of (const GError *error)
{
  if (error->domain != LANYARD_ERROR)
    return MHD_HTTP_SERVICE_UNAVAILABLE;
  switch ((LanyardError)error->code)
    {
    case LANYARD_ERROR_INVALID:
    case LANYARD_ERROR_PROTOCOL:
    case LANYARD_ERROR_USAGE:
      return MHD_HTTP_BAD_REQUEST;
    case LANYARD_ERROR_LIMIT:
      return MHD_HTTP_CONTENT_TOO_LARGE;
    case LANYARD_ERROR_SIGNATURE:
    case LANYARD_ERROR_EXPIRED:
      return MHD_HTTP_UNAUTHORIZED;
    case LANYARD_ERROR_UNTRUSTED:
    case LANYARD_ERROR_REFUSED:
    case LANYARD_ERROR_REVOKED:
      return MHD_HTTP_FORBIDDEN;
    case LANYARD_ERROR_NOT_FOUND:
      return MHD_HTTP_NOT_FOUND;
    case LANYARD_ERROR_GAP:
      return MHD_HTTP_GONE;
    case LANYARD_ERROR_NEWER:
      return MHD_HTTP_UPGRADE_REQUIRED;
    default:
      return MHD_HTTP_SERVICE_UNAVAILABLE;
    }
}

enum MHD_Result
_lanyard_hub_answer_error (LanyardHubExchange *exchange, const GError *error)
{
  guint status = _lanyard_hub_status_of (error);

  if (status != MHD_HTTP_SERVICE_UNAVAILABLE)
    return _lanyard_hub_answer_text (exchange, status, error->message);
  /* What is wrong on this machine is for those who run it. */
  _lanyard_hub_log_error (exchange, error);
  return _lanyard_hub_answer_text (exchange, status,
                                   "The hub cannot do this now; try again later.");
}
