/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "lanyard-line-tls.h"

G_BEGIN_DECLS

/* TLS of one session with one hub: the files of the settings, and what went wrong in words. */
typedef struct _LanyardHubTls LanyardHubTls;

/* @url: of the hub. @files: (nullable): NULL: the system's certificates, and none of its own */
LanyardHubTls *lanyard_hub_tls_new (const char *url, LanyardLineTls *files);
LanyardHubTls *lanyard_hub_tls_ref (LanyardHubTls *tls);
void lanyard_hub_tls_unref (LanyardHubTls *tls);

/**
 * lanyard_hub_tls_prepare:
 * @session: gets the certificates that the hub's must lead to
 * @message: gets the desk's own
 * @error: as the functions of LanyardLineTls
 *
 * Reads the files unless that is done. After lanyard_hub_tls_explain() found something they are
 * read again: somebody may have put the right ones there.
 */
gboolean lanyard_hub_tls_prepare (LanyardHubTls *tls,
                                  SoupSession *session,
                                  SoupMessage *message,
                                  GError **error);

/**
 * lanyard_hub_tls_explain:
 * @flags: what was found wrong with the hub's certificate
 * @error: of the line
 *
 * Returns: (transfer full) (nullable): LANYARD_ERROR_UNTRUSTED (the hub's certificate), _REFUSED or
 *   _EXPIRED (the desk's); NULL: nothing of TLS
 */
GError *
lanyard_hub_tls_explain (LanyardHubTls *tls, GTlsCertificateFlags flags, const GError *error);

/**
 * lanyard_hub_tls_explain_answer:
 * @status: of an answer that is not a hub's
 * @body: of it
 *
 * nginx tells who shows no certificate, or one that does not hold, in an answer (400).
 *
 * Returns: (transfer full) (nullable): as lanyard_hub_tls_explain()
 */
GError *lanyard_hub_tls_explain_answer (LanyardHubTls *tls, guint status, GByteArray *body);

G_END_DECLS
