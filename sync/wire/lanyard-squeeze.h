/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Zstandard (RFC 8878) in one frame that tells its content size, and never more than was agreed. */

/* Returns: (transfer full): one frame */
GBytes *lanyard_squeeze (const void *data, gsize n_bytes);

/**
 * lanyard_unsqueeze:
 * @data: one whole Zstandard frame with its content size
 * @n_bytes: its length
 * @max_bytes: most bytes that the content may have; looked at before anything is unpacked
 * @error: LANYARD_ERROR_LIMIT, LANYARD_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the content
 */
GBytes *lanyard_unsqueeze (const void *data, gsize n_bytes, gsize max_bytes, GError **error);

G_END_DECLS
