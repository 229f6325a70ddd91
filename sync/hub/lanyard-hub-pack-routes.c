/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hash.h"
#include "lanyard-hub-pack.h"
#include "lanyard-hub-server-private.h"

/* The edition of the pack that is in force, and its files by their hash. */

#define FOREVER "private, max-age=31536000, immutable"
#define ASK_AGAIN "private, no-cache"

enum MHD_Result
_lanyard_hub_on_edition (LanyardHubExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) message = NULL;
  enum MHD_Result result;

  if (!_lanyard_hub_need_desk (exchange, &result))
    return result;
  message = lanyard_hub_get_edition (exchange->server->hub, &error);
  if (message == NULL)
    return _lanyard_hub_answer_error (exchange, error);
  return _lanyard_hub_answer_cached (exchange, "application/cose", message, ASK_AGAIN);
}

enum MHD_Result
_lanyard_hub_on_pack_file (LanyardHubExchange *exchange)
{
  guint8 bytes[LANYARD_HASH_BYTES];
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autofree char *hex = NULL;
  enum MHD_Result result;

  if (!lanyard_hex_decode (exchange->rest, bytes, sizeof bytes))
    return _lanyard_hub_answer_text (exchange, MHD_HTTP_BAD_REQUEST,
                                     "That is no name of a file of the pack.");
  if (!_lanyard_hub_need_desk (exchange, &result))
    return result;
  hex = lanyard_hex_encode (bytes, sizeof bytes);
  content = lanyard_hub_get_pack_file (exchange->server->hub, hex, &error);
  if (content == NULL)
    return _lanyard_hub_answer_error (exchange, error);
  return _lanyard_hub_answer_cached (exchange, "application/octet-stream", content, FOREVER);
}
