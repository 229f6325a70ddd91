/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Base45 (RFC 9285): bytes as text of the QR alphanumeric mode. */

/* Returns: (transfer full): the text */
char *lanyard_base45_encode (const void *data, gsize n_bytes);

/**
 * lanyard_base45_decode:
 * @text: text of the alphabet of RFC 9285 §4.2
 * @max_bytes: most bytes that the result may have
 * @error: LANYARD_ERROR_INVALID for a character outside the alphabet, a group that is too large
 *   (RFC 9285 §6) or a length of 3n+1; LANYARD_ERROR_LIMIT before anything is decoded
 *
 * Returns: (transfer full) (nullable): the bytes
 */
GBytes *lanyard_base45_decode (const char *text, gsize max_bytes, GError **error);

G_END_DECLS
