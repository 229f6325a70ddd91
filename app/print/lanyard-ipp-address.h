/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where a printer or a queue of CUPS is. A value. */
typedef struct
{
  char *uri;          /* for printer-uri: "ipp://…" or "ipps://…", without certificate */
  char *host;         /* a name, an address, or the path of a socket */
  int port;           /* 0 for a socket */
  char *resource;     /* "/ipp/print", not encoded */
  gboolean encrypted; /* TLS from the first byte */
  gboolean is_queue;  /* of CUPS: a print server stands between us and the printer */
  char *certificate;  /* (nullable): SHA-256 of the certificate that must be shown: 64 characters
                       * 0-9a-f */
  char *where;        /* for messages: "printer at HOST port PORT", "queue NAME of CUPS" */
} LanyardIppAddress;

/**
 * lanyard_ipp_address_new:
 * @uri: "ipp://host[:port]/path"; "ipps://host[:port]/path", with "#sha256=" and 64 hexadecimal
 *   characters behind it when the printer's certificate is known; or "cups:QUEUE" of the print
 *   server that libcups finds: $CUPS_SERVER, client.conf, or this machine's own
 * @error: LANYARD_ERROR_USAGE
 *
 * Contacts nobody.
 *
 * Returns: (transfer full) (nullable)
 */
LanyardIppAddress *lanyard_ipp_address_new (const char *uri, GError **error);
void lanyard_ipp_address_free (LanyardIppAddress *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardIppAddress, lanyard_ipp_address_free)

G_END_DECLS
