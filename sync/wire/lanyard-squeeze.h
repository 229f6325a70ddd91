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

/* Unpacks a little at a time, for who has others to serve meanwhile. */
typedef struct _LanyardUnsqueezer LanyardUnsqueezer;

/* @packed: one frame with its size, as for lanyard_unsqueeze()
 * @error: LANYARD_ERROR_INVALID, or _LIMIT when it would be larger than @max_bytes */
LanyardUnsqueezer *lanyard_unsqueezer_new (GBytes *packed, gsize max_bytes, GError **error);
void lanyard_unsqueezer_free (LanyardUnsqueezer *unsqueezer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardUnsqueezer, lanyard_unsqueezer_free)

/* Unpacks about @n_bytes more. Not to be called again once it is over, or failed.
 * @whole: (out) (transfer full) (nullable): all of it; NULL while there is more
 * @error: LANYARD_ERROR_INVALID */
gboolean lanyard_unsqueezer_step (LanyardUnsqueezer *unsqueezer,
                                  gsize n_bytes,
                                  GBytes **whole,
                                  GError **error);

G_END_DECLS
