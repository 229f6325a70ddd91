/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-cbor.h"
#include "lanyard-key.h"
#include "lanyard-trust-list.h"
#include "lanyard-wire.h"

G_BEGIN_DECLS

/* What every message of this folder begins and ends with. */

/* Signs @payload as @content. Returns: (transfer full) */
GBytes *_lanyard_wire_sign (const LanyardKey *key, const char *content, GBytes *payload);

/* Enters the payload's array, which has exactly @n_items, and reads the version. */
void _lanyard_wire_enter (LanyardCborReader *reader, gsize n_items);
/* The same for a message of several versions: @n_items[v - 1] for version v, which is at most
 * @n_versions. Returns: the version; 0 on error */
guint
_lanyard_wire_enter_version (LanyardCborReader *reader, const gsize *n_items, guint n_versions);

/* Reads text that may not be empty, of at most LANYARD_WIRE_MAX_TEXT_BYTES. (transfer full) */
char *_lanyard_wire_read_word (LanyardCborReader *reader);

/* lanyard_trust_list_open() without external data: the payload, or NULL. (transfer none) */
const guint8 *_lanyard_wire_open (const LanyardTrustList *trust,
                                  LanyardScope scope,
                                  const char *content,
                                  GBytes *message,
                                  gsize max_bytes,
                                  gint64 at_s,
                                  gsize *n_payload,
                                  GError **error);

G_END_DECLS
