/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lanyard-hash.h"
#include "lanyard-trust-list.h"

G_BEGIN_DECLS

#define LANYARD_PACK_MANIFEST_MAX_BYTES (128 * 1024)

/* One file of a pack as its manifest tells it. */
typedef struct
{
  char *path;       /* within the pack; nothing that leads out of it */
  guint32 n_bytes;  /* at most LANYARD_PACK_MAX_FILE_BYTES */
  LanyardHash hash; /* of path and content: see lanyard_pack_manifest_hash() */
} LanyardPackRow;

void lanyard_pack_row_free (LanyardPackRow *row);

/* BLAKE2b-256 ("lanyard/file/1" NUL path NUL content) */
void lanyard_pack_manifest_hash (LanyardHash *hash, const char *path, GBytes *content);

/* @files: (element-type utf8 GBytes). Returns: (transfer full): their manifest, signed with @key */
GBytes *lanyard_pack_manifest_sign (GHashTable *files, const LanyardKey *key);

/**
 * lanyard_pack_manifest_read:
 * @manifest: content of manifest.cbor
 * @root: (nullable): root key; NULL: the signature is not looked at
 * @trust: (nullable): with @root, never NULL then: whose keys with LANYARD_SCOPE_PACK may have
 *   signed it
 * @now_s: s since 1970-01-01 UTC
 * @error: LANYARD_ERROR_SIGNATURE, _UNTRUSTED, _EXPIRED; _LIMIT for more or larger files than a
 *   pack may have; _INVALID, also for paths that no pack has
 *
 * Returns: (transfer full) (nullable) (element-type LanyardPackRow): in bytewise order of paths
 */
GPtrArray *lanyard_pack_manifest_read (GBytes *manifest,
                                       const LanyardPublicKey *root,
                                       const LanyardTrustList *trust,
                                       gint64 now_s,
                                       GError **error);

G_END_DECLS
