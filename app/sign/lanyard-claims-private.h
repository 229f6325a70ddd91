/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-credential.h"

G_BEGIN_DECLS

/* Whether @claims are within their limits and have what their kind needs. */
gboolean lanyard_claims_check (const LanyardClaims *claims, GError **error);

/* @claims: checked. Returns: (transfer full): the CWT claims set */
GBytes *lanyard_claims_encode (const LanyardClaims *claims);

/**
 * lanyard_claims_decode:
 * @data: payload of a message whose signature was checked
 * @n_bytes: its length
 * @not_before_s: (out): the nbf claim; 0 when there is none
 * @error: LANYARD_ERROR_LIMIT, LANYARD_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the claims, checked
 */
LanyardClaims *
lanyard_claims_decode (const guint8 *data, gsize n_bytes, gint64 *not_before_s, GError **error);

G_END_DECLS
