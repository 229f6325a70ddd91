/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cups/ipp.h>

#include "lanyard-ipp-address.h"

G_BEGIN_DECLS

/*
 * One printer's IPP over HTTP (RFC 8010), request by request, with a limit on all that a printer
 * may do to us: time, size, nonsense. Blocks; belongs to one thread, except for
 * lanyard_ipp_client_abort().
 */
typedef struct _LanyardIppClient LanyardIppClient;

/* Longest answer: a printer with a large media-col-database needs about 100 KB. */
#define LANYARD_IPP_MAX_ANSWER_BYTES (2 * 1024 * 1024)

/**
 * lanyard_ipp_client_new:
 * @uri: as for lanyard_ipp_address_new()
 * @error: LANYARD_ERROR_USAGE
 *
 * Does not contact the printer.
 *
 * Returns: (transfer full) (nullable)
 */
LanyardIppClient *lanyard_ipp_client_new (const char *uri, GError **error);
void lanyard_ipp_client_free (LanyardIppClient *client);
/* Returns: (transfer none): for printer-uri */
const char *lanyard_ipp_client_get_uri (const LanyardIppClient *client);
const LanyardIppAddress *lanyard_ipp_client_get_address (const LanyardIppClient *client);
/* Returns: (transfer none) (nullable): SHA-256 of the certificate that was shown last; %NULL
 * without TLS, and before the first connection */
const char *lanyard_ipp_client_get_certificate (const LanyardIppClient *client);

/**
 * lanyard_ipp_client_do:
 * @request: (transfer full): ippNewRequest()
 * @document: (nullable): what follows the request
 * @limit_ms: for all of it, from connecting to the last byte of the answer
 * @sent: (out) (optional): whether the printer may have got any of it: when %FALSE with an error,
 *   it is certain that it has not
 * @error: LANYARD_ERROR_NETWORK (no answer in time, connection refused or broken), _PROTOCOL (the
 *   answer is no IPP, or HTTP 5xx), _REFUSED (HTTP 4xx: the request was not taken; or another
 *   certificate than it should be), _LIMIT (endless
 * answer), _STATE (aborted)
 *
 * Sends a request once. Only one without a document, sent over a connection that the printer had
 * closed meanwhile, is sent again over a new one.
 *
 * Returns: (transfer full) (nullable): the answer, whatever its status code; to be freed with
 *   ippDelete()
 */
ipp_t *lanyard_ipp_client_do (LanyardIppClient *client,
                              ipp_t *request,
                              GBytes *document,
                              guint limit_ms,
                              gboolean *sent,
                              GError **error);

/* On any thread: ends the request under way and all that come. */
void lanyard_ipp_client_abort (LanyardIppClient *client);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardIppClient, lanyard_ipp_client_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ipp_t, ippDelete)

G_END_DECLS
