/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-trust-list.h"

G_BEGIN_DECLS

/* Reads a signed file that the command line names. @content: (out) (transfer full) */
gboolean
lanyard_tool_read_signed (const char *path, char **content, gsize *n_bytes, GError **error);

/**
 * lanyard_tool_load_trust:
 * @paths: signed trust lists, oldest first. The first is signed by @root. Each further one may be
 *   signed by a key that the list before it trusts with that: so a hub adds desks while the root
 *   key lies in a safe
 * @now_s: s since 1970-01-01 UTC
 * @error: any of lanyard_trust_list_load(), or of reading
 *
 * Returns: (transfer full) (nullable): the last of them
 */
LanyardTrustList *lanyard_tool_load_trust (char *const *paths,
                                           const LanyardPublicKey *root,
                                           gint64 now_s,
                                           GError **error);

G_END_DECLS
