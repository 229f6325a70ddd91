/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lanyard-error.h"
#include "lanyard-hash.h"
#include "lanyard-hub-server-private.h"
#include "lanyard-hub-snapshot.h"

/* The snapshot's header, and its chunks as files: whole or a range (RFC 9110 §14), never read into
 * memory. */

#define FOREVER "private, max-age=31536000, immutable"
#define ASK_AGAIN "private, no-cache"

enum MHD_Result
_lanyard_hub_on_snapshot (LanyardHubExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) header = NULL;
  enum MHD_Result result;

  if (!_lanyard_hub_need_desk (exchange, &result))
    return result;
  header = lanyard_hub_get_snapshot (exchange->server->hub, &error);
  if (header == NULL)
    return _lanyard_hub_answer_error (exchange, error);
  return _lanyard_hub_answer_cached (exchange, "application/cose", header, ASK_AGAIN);
}

static gboolean
read_number (const char *text, gsize n_text, guint64 *number)
{
  g_autofree char *digits = g_strndup (text, n_text);

  return g_ascii_isdigit (*digits)
         && g_ascii_string_to_unsigned (digits, 10, 0, G_MAXINT64, number, NULL);
}

LanyardHubRange
_lanyard_hub_parse_range (const char *value, guint64 n_bytes, guint64 *first, guint64 *last)
{
  const char *dash;
  guint64 from = 0, to = G_MAXINT64;

  *first = 0;
  *last = n_bytes - 1;
  if (value == NULL || !g_str_has_prefix (value, "bytes=") || strchr (value, ',') != NULL
      || (dash = strchr (value, '-')) == NULL)
    return LANYARD_HUB_RANGE_WHOLE;
  value += strlen ("bytes=");
  if (dash > value && !read_number (value, (gsize)(dash - value), &from))
    return LANYARD_HUB_RANGE_WHOLE;
  if (dash[1] != '\0' && !read_number (dash + 1, strlen (dash + 1), &to))
    return LANYARD_HUB_RANGE_WHOLE;
  if (dash == value && (dash[1] == '\0' || to == 0))
    return dash[1] == '\0' ? LANYARD_HUB_RANGE_WHOLE : LANYARD_HUB_RANGE_OUTSIDE;
  if (dash == value)
    {
      *first = n_bytes - MIN (to, n_bytes);
      return LANYARD_HUB_RANGE_PART;
    }
  if (from >= n_bytes)
    return LANYARD_HUB_RANGE_OUTSIDE;
  if (to < from)
    return LANYARD_HUB_RANGE_WHOLE;
  *first = from;
  *last = MIN (to, n_bytes - 1);
  return LANYARD_HUB_RANGE_PART;
}

/* @fd: (transfer full) */
static enum MHD_Result
answer_file (LanyardHubExchange *exchange, int fd, guint64 n_bytes, const char *etag)
{
  const char *value
      = MHD_lookup_connection_value (exchange->connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_RANGE);
  g_autofree char *content_range = NULL;
  struct MHD_Response *response;
  enum MHD_Result result;
  guint64 first, last;
  LanyardHubRange range = _lanyard_hub_parse_range (value, n_bytes, &first, &last);

  if (range == LANYARD_HUB_RANGE_OUTSIDE)
    {
      close (fd);
      return _lanyard_hub_answer_text (exchange, MHD_HTTP_RANGE_NOT_SATISFIABLE,
                                       "The chunk ends before that.");
    }
  exchange->status = range == LANYARD_HUB_RANGE_PART ? MHD_HTTP_PARTIAL_CONTENT : MHD_HTTP_OK;
  exchange->n_answer = last - first + 1;
  response = MHD_create_response_from_fd_at_offset64 (exchange->n_answer, fd, first);
  MHD_add_response_header (response, LANYARD_HUB_HEADER, "1");
  MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/octet-stream");
  MHD_add_response_header (response, MHD_HTTP_HEADER_CACHE_CONTROL, FOREVER);
  MHD_add_response_header (response, MHD_HTTP_HEADER_ACCEPT_RANGES, "bytes");
  MHD_add_response_header (response, MHD_HTTP_HEADER_ETAG, etag);
  content_range
      = g_strdup_printf ("bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT,
                         first, last, n_bytes);
  if (range == LANYARD_HUB_RANGE_PART)
    MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_RANGE, content_range);
  result = MHD_queue_response (exchange->connection, exchange->status, response);
  MHD_destroy_response (response);
  return result;
}

enum MHD_Result
_lanyard_hub_on_chunk (LanyardHubExchange *exchange)
{
  guint8 bytes[LANYARD_HASH_BYTES];
  g_autofree char *hex = NULL;
  g_autofree char *path = NULL;
  g_autofree char *etag = NULL;
  enum MHD_Result result;
  struct stat info;
  int fd;

  if (!lanyard_hex_decode (exchange->rest, bytes, sizeof bytes))
    return _lanyard_hub_answer_text (exchange, MHD_HTTP_BAD_REQUEST, "That is no name of a chunk.");
  if (!_lanyard_hub_need_desk (exchange, &result))
    return result;
  hex = lanyard_hex_encode (bytes, sizeof bytes);
  path = lanyard_hub_get_chunk_path (exchange->server->hub, hex);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0 || fstat (fd, &info) != 0 || info.st_size == 0)
    {
      if (fd >= 0)
        close (fd);
      return _lanyard_hub_answer_text (exchange, MHD_HTTP_NOT_FOUND,
                                       "There is no such chunk; ask for the snapshot again.");
    }
  etag = g_strdup_printf ("\"%s\"", hex);
  return answer_file (exchange, fd, (guint64)info.st_size, etag);
}
