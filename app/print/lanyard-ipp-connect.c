/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-ipp-connect.h"

#include <sys/socket.h>

#include <cups/cups.h>

#include "lanyard-error.h"

static int
on_silence (http_t *http, void *user_data)
{
  return 0;
}

/* Of the printer's own certificate, the first of the chain. */
static char *
dup_fingerprint (http_t *http)
{
  cups_array_t *chain = NULL;
  http_credential_t *own;
  char *text;

  if (httpCopyCredentials (http, &chain) != 0 || chain == NULL)
    return NULL;
  own = cupsArrayFirst (chain);
  text = own != NULL ? g_compute_checksum_for_data (G_CHECKSUM_SHA256, own->data, own->datalen)
                     : NULL;
  httpFreeCredentials (chain);
  return text;
}

/* @certificate: (nullable): what was shown */
static gboolean
check_certificate (const LanyardIppAddress *address, const char *certificate, GError **error)
{
  if (address->certificate == NULL || g_strcmp0 (address->certificate, certificate) == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
               "The %s shows another certificate (SHA-256 %.16s…) than the configuration says "
               "(%.16s…): nothing is sent. If the printer was replaced or reset, run 'lanyard "
               "printer check' and write its new certificate into the configuration; if not, "
               "find out what answers there.",
               address->where, certificate != NULL ? certificate : "none", address->certificate);
  return FALSE;
}

http_t *
lanyard_ipp_connect (const LanyardIppAddress *address,
                     guint limit_ms,
                     int *cancel,
                     char **certificate,
                     GError **error)
{
  http_t *http;

  *certificate = NULL;
  http = httpConnect2 (address->host, address->port, NULL, AF_UNSPEC,
                       address->encrypted ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED,
                       1, limit_ms, cancel);
  if (http == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK,
                   "The %s cannot be reached; check that it is switched on and connected.",
                   address->where);
      return NULL;
    }
  httpSetTimeout (http, limit_ms / 1000.0, on_silence, NULL);
  if (address->encrypted)
    *certificate = dup_fingerprint (http);
  if (check_certificate (address, *certificate, error))
    return http;
  httpClose (http);
  return NULL;
}
