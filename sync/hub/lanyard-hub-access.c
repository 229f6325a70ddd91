/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <netinet/in.h>
#include <sodium.h>
#include <string.h>

#include "lanyard-hub-server-private.h"

/*
 * Who may look at the fleet page and the metrics:
 *
 * 1. With a page password: whoever knows it (HTTP Basic, any name).
 * 2. Without one: whoever sits at this machine, asking for it by a loopback name and through no
 *    other server; and whoever a server on this machine names in Lanyard-Operator, which it must
 *    set, or clear, itself.
 *
 * The name in Host keeps a page that a browser was led to from asking under another name.
 */

#define OPERATOR_HEADER "Lanyard-Operator"

static const char *
get_header (LanyardHubExchange *exchange, const char *name)
{
  return MHD_lookup_connection_value (exchange->connection, MHD_HEADER_KIND, name);
}

static gboolean
is_from_here (LanyardHubExchange *exchange)
{
  const union MHD_ConnectionInfo *info
      = MHD_get_connection_info (exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  const struct sockaddr *address = info == NULL ? NULL : info->client_addr;

  if (address != NULL && address->sa_family == AF_INET)
    return (ntohl (((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24) == 127;
  return address != NULL && address->sa_family == AF_INET6
         && IN6_IS_ADDR_LOOPBACK (&((const struct sockaddr_in6 *)address)->sin6_addr);
}

static gboolean
is_passed_on (LanyardHubExchange *exchange)
{
  static const char *const headers[] = { "Forwarded", "X-Forwarded-For", "X-Real-IP", "Via" };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    if (get_header (exchange, headers[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_local_name (const char *host)
{
  static const char *const names[] = { "localhost", "127.0.0.1", "[::1]" };

  for (guint i = 0; host != NULL && i < G_N_ELEMENTS (names); i++)
    {
      gsize length = strlen (names[i]);

      if (g_ascii_strncasecmp (host, names[i], length) == 0
          && (host[length] == '\0' || host[length] == ':'))
        return TRUE;
    }
  return FALSE;
}

/* In a time that does not tell how much was right. */
static gboolean
is_same_word (const char *word, const char *other)
{
  guint8 a[crypto_generichash_BYTES], b[crypto_generichash_BYTES];

  crypto_generichash (a, sizeof a, (const guint8 *)word, strlen (word), NULL, 0);
  crypto_generichash (b, sizeof b, (const guint8 *)other, strlen (other), NULL, 0);
  return sodium_memcmp (a, b, sizeof a) == 0;
}

static gboolean
knows_password (LanyardHubExchange *exchange)
{
  char *password = NULL;
  char *user = MHD_basic_auth_get_username_password (exchange->connection, &password);
  gboolean right = password != NULL && is_same_word (password, exchange->server->page_password);

  MHD_free (user);
  MHD_free (password);
  return right;
}

gboolean
_lanyard_hub_may_look (LanyardHubExchange *exchange, enum MHD_Result *result)
{
  const char *operator_name = get_header (exchange, OPERATOR_HEADER);

  if (exchange->server->page_password != NULL)
    {
      if (knows_password (exchange))
        return TRUE;
      *result = _lanyard_hub_answer_challenge (exchange);
      return FALSE;
    }
  if (is_from_here (exchange)
      && ((operator_name != NULL && *operator_name != '\0')
          || (!is_passed_on (exchange) && is_local_name (get_header (exchange, "Host")))))
    return TRUE;
  *result = _lanyard_hub_answer_text (exchange, MHD_HTTP_FORBIDDEN,
                                      "This page is for those who run the hub.");
  return FALSE;
}
