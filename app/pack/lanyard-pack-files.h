/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Limits of a pack, checked before anything is read. */
#define LANYARD_PACK_MAX_FILES 512
#define LANYARD_PACK_MAX_DEPTH 3
#define LANYARD_PACK_MAX_FILE_BYTES (4 * 1024 * 1024)
#define LANYARD_PACK_MAX_BYTES (32 * 1024 * 1024)

#define LANYARD_PACK_MANIFEST "manifest.cbor"
#define LANYARD_PACK_TRUST "trust.cbor"
#define LANYARD_PACK_JSON "pack.json"

/**
 * lanyard_pack_files_read:
 * @directory: path of a pack
 * @error: LANYARD_ERROR_NOT_FOUND, _LIMIT, _IO; _INVALID for a link, a device, or a name that has
 *   other characters than letters, digits, "-", "_" and "."
 *
 * Reads every file once. What is checked against the manifest is then what is used: nobody can
 * change a file in between.
 *
 * Returns: (transfer full) (nullable) (element-type utf8 GBytes): path within the pack → content
 */
GHashTable *lanyard_pack_files_read (const char *directory, GError **error);

/* Returns: (transfer container) (element-type utf8): paths in bytewise order, borrowed */
GPtrArray *lanyard_pack_files_sorted (GHashTable *files);

/* Whether a pack may have a file there: plain names, not too deep, nothing that leads out of it. */
gboolean lanyard_pack_files_is_path (const char *path);

/**
 * lanyard_pack_files_write_all:
 * @directory: made; nothing may be there
 * @files: (element-type utf8 GBytes): path within the pack → content
 * @error: LANYARD_ERROR_INVALID for a path that no pack has, _FULL, _IO
 *
 * All of it is on disk when this returns TRUE. Otherwise a part of it may be.
 */
gboolean lanyard_pack_files_write_all (const char *directory, GHashTable *files, GError **error);

/* Removes a folder with all that is in it, as far as that can be done. Links are not followed. */
void lanyard_pack_files_remove (const char *directory);

/**
 * lanyard_pack_files_write:
 * @directory: path of a pack
 * @name: file at its top
 * @content: what to put there
 *
 * Replaces the file in one step.
 */
gboolean
lanyard_pack_files_write (const char *directory, const char *name, GBytes *content, GError **error);

G_END_DECLS
