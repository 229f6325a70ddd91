/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cups/http.h>

#include "lanyard-ipp-address.h"

G_BEGIN_DECLS

/**
 * lanyard_ipp_connect:
 * @address: where to
 * @limit_ms: until it is connected, and for each silence afterwards
 * @cancel: another thread sets it to 1 to give up
 * @certificate: (out) (nullable) (transfer full): SHA-256 of the certificate that was shown;
 *   %NULL without TLS. Also set when it is the wrong one.
 * @error: LANYARD_ERROR_NETWORK, or LANYARD_ERROR_REFUSED when the certificate is another one than
 *   @address names
 *
 * Nothing has been sent when this fails.
 *
 * Returns: (transfer full) (nullable): to be closed with httpClose()
 */
http_t *lanyard_ipp_connect (const LanyardIppAddress *address,
                             guint limit_ms,
                             int *cancel,
                             char **certificate,
                             GError **error);

G_END_DECLS
