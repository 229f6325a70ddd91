/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_json_text_is_plain:
 * @text: what somebody gave as JSON, of @n_bytes bytes; need not be any
 * @max_depth: of arrays and objects within each other
 *
 * To be asked before json-glib, which goes one call deeper with each bracket until the stack ends.
 * json-glib also takes comments and texts between ' and ', in which a quote could stand and make
 * brackets behind it look like text: JSON (RFC 8259 §2) has neither, so these are refused.
 *
 * Returns: whether json-glib may have it; it may still be no JSON
 */
gboolean lanyard_json_text_is_plain (const char *text, gsize n_bytes, guint max_depth);

G_END_DECLS
