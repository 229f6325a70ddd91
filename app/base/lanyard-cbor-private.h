/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-cbor.h"

G_BEGIN_DECLS

/* One item: for arrays, maps and tags only the head. */
typedef struct
{
  LanyardCborKind kind;
  guint64 value;         /* integer, n of -1-n, length, count, tag number, or the boolean */
  const guint8 *content; /* of BYTES and TEXT; borrowed */
  gsize n_bytes;         /* of the head and the content */
} LanyardCborItem;

/* Reads the item at the start of @data; LANYARD_ERROR_INVALID unless its head is the shortest one,
 * its length definite, its text UTF-8 and its kind one that deterministic CBOR of ours has. */
gboolean
_lanyard_cbor_read_item (LanyardCborItem *item, const guint8 *data, gsize n_bytes, GError **error);

/* Walks one whole item. Returns: its length in bytes; 0 on error */
gsize _lanyard_cbor_walk (const guint8 *data, gsize n_bytes, guint depth, GError **error);

G_END_DECLS
