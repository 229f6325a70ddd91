/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-ipp-address.h"

#include <string.h>

#include <cups/cups.h>

#include "lanyard-error.h"

#define CERTIFICATE_PREFIX "sha256="
#define CERTIFICATE_CHARACTERS 64
/* What CUPS itself allows (lpadmin(8)). */
#define MAX_QUEUE_BYTES 127
#define FORBIDDEN_IN_QUEUE " \t/#\\'\"?"

/* Who wrote a password does not want to meet it again on a screen or in a log. */
static char *
dup_without_user (const char *uri)
{
  const char *at = strrchr (uri, '@');
  const char *colon = strchr (uri, ':');

  if (at == NULL)
    return g_strdup (uri);
  if (colon == NULL || !g_str_has_prefix (colon, "://") || colon > at)
    return g_strconcat ("…", at, NULL);
  return g_strdup_printf ("%.*s://…%s", (int)(colon - uri), uri, at);
}

static gboolean
fail (const char *uri, const char *why, GError **error)
{
  g_autofree char *shown = dup_without_user (uri);

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, "\"%s\" is no printer; %s.", shown, why);
  return FALSE;
}

static gboolean
is_queue_name (const char *name)
{
  if (*name == '\0' || strlen (name) > MAX_QUEUE_BYTES || !g_utf8_validate (name, -1, NULL))
    return FALSE;
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return strpbrk (name, FORBIDDEN_IN_QUEUE) == NULL;
}

/* The print server: libcups reads $CUPS_SERVER and client.conf, each thread once. */
static gboolean
read_queue (LanyardIppAddress *address, const char *uri, GError **error)
{
  const char *name = uri + strlen ("cups:");
  const char *server = cupsServer ();
  gboolean is_socket = *server == '/';
  char text[HTTP_MAX_URI];

  if (!is_queue_name (name))
    return fail (uri, "write cups:QUEUE with the name of a queue as lpstat -p shows it", error);
  address->host = g_strdup (server);
  address->port = is_socket ? 0 : ippPort ();
  address->resource = g_strconcat ("/printers/", name, NULL);
  address->encrypted = !is_socket && cupsEncryption () == HTTP_ENCRYPTION_ALWAYS;
  address->is_queue = TRUE;
  if (httpAssembleURI (HTTP_URI_CODING_ALL, text, sizeof text, address->encrypted ? "ipps" : "ipp",
                       NULL, is_socket ? "localhost" : server, address->port, address->resource)
      < HTTP_URI_STATUS_OK)
    return fail (uri, "the name of its print server is too long", error);
  address->uri = g_strdup (text);
  address->where = g_strdup_printf ("queue %s of CUPS at %s", name, server);
  return TRUE;
}

/* @text: (nullable): what stands behind "#" */
static gboolean
read_certificate (LanyardIppAddress *address, const char *uri, const char *text, GError **error)
{
  if (text == NULL)
    return TRUE;
  if (!address->encrypted)
    return fail (uri, "a certificate goes with ipps:// only", error);
  if (!g_str_has_prefix (text, CERTIFICATE_PREFIX)
      || strlen (text) != strlen (CERTIFICATE_PREFIX) + CERTIFICATE_CHARACTERS
      || strspn (text + strlen (CERTIFICATE_PREFIX), "0123456789abcdefABCDEF")
             != CERTIFICATE_CHARACTERS)
    return fail (uri, "behind # stands sha256= and 64 hexadecimal characters", error);
  address->certificate = g_ascii_strdown (text + strlen (CERTIFICATE_PREFIX), -1);
  return TRUE;
}

static gboolean
read_uri (LanyardIppAddress *address, const char *uri, GError **error)
{
  char scheme[32], user[256], host[256], resource[1024];
  const char *hash = strchr (uri, '#');

  address->uri = hash != NULL ? g_strndup (uri, hash - uri) : g_strdup (uri);
  if (httpSeparateURI (HTTP_URI_CODING_ALL, address->uri, scheme, sizeof scheme, user, sizeof user,
                       host, sizeof host, &address->port, resource, sizeof resource)
          < HTTP_URI_STATUS_OK
      || (!g_str_equal (scheme, "ipp") && !g_str_equal (scheme, "ipps")) || *host == '\0'
      || *host == '/' || *user != '\0')
    return fail (
        uri,
        "write ipp://HOST/ipp/print, ipps://…, cups:QUEUE, zpl://… or file:DIRECTORY, without a "
        "password",
        error);
  address->host = g_strdup (host);
  address->resource = g_strdup (resource);
  address->encrypted = g_str_equal (scheme, "ipps");
  address->is_queue
      = g_str_has_prefix (resource, "/printers/") || g_str_has_prefix (resource, "/classes/");
  address->where = g_strdup_printf ("printer at %s port %d", host, address->port);
  return read_certificate (address, uri, hash != NULL ? hash + 1 : NULL, error);
}

LanyardIppAddress *
lanyard_ipp_address_new (const char *uri, GError **error)
{
  g_autoptr (LanyardIppAddress) address = g_new0 (LanyardIppAddress, 1);

  g_return_val_if_fail (uri != NULL, NULL);

  if (g_str_has_prefix (uri, "cups:") ? !read_queue (address, uri, error)
                                      : !read_uri (address, uri, error))
    return NULL;
  return g_steal_pointer (&address);
}

void
lanyard_ipp_address_free (LanyardIppAddress *address)
{
  if (address == NULL)
    return;
  g_free (address->uri);
  g_free (address->host);
  g_free (address->resource);
  g_free (address->certificate);
  g_free (address->where);
  g_free (address);
}
