/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hash.h"
#include "lanyard-trust-list.h"

G_BEGIN_DECLS

/*
 * A signature that lies beside the files of which it speaks: COSE_Sign1 with content type
 * "lanyard/files" over the deterministic CBOR
 *   [1, device, epoch, made_us, [[name, bytes, hash], …]]
 * hash = BLAKE2b-256 ("lanyard/file/1" NUL content).
 */

#define LANYARD_SIGNED_FILES_MAX 16
#define LANYARD_SIGNED_FILES_MAX_BYTES 8192
#define LANYARD_SIGNED_FILES_MAX_NAME_BYTES 255

/* One file. A value. */
typedef struct
{
  char *name; /* without a folder */
  guint64 n_bytes;
  LanyardHash hash;
} LanyardSignedFile;

/* A value. */
typedef struct
{
  guint32 device;
  guint32 epoch;
  gint64 made_us;   /* wall: as the desk believed */
  GPtrArray *files; /* (element-type LanyardSignedFile) */
} LanyardSignedFiles;

LanyardSignedFiles *lanyard_signed_files_new (guint32 device, guint32 epoch, gint64 made_us);
/* @files: (nullable) */
void lanyard_signed_files_free (LanyardSignedFiles *files);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardSignedFiles, lanyard_signed_files_free)

/* @name: without a folder; at most LANYARD_SIGNED_FILES_MAX of them */
void lanyard_signed_files_add (LanyardSignedFiles *files, const char *name, GBytes *content);
/* Returns: (transfer full): the signature */
GBytes *lanyard_signed_files_sign (const LanyardSignedFiles *files, const LanyardKey *key);

/**
 * lanyard_signed_files_open:
 * @data: a signature
 * @trust: whose key it must be: the key of the desk that it names, valid when it says it was made
 * @error: LANYARD_ERROR_LIMIT, _INVALID, _SIGNATURE, _UNTRUSTED, _EXPIRED
 *
 * Returns: (transfer full) (nullable): what was signed; the files themselves are still to be looked
 * at
 */
LanyardSignedFiles *
lanyard_signed_files_open (GBytes *data, const LanyardTrustList *trust, GError **error);
/* Whether @content is what was signed. @error: LANYARD_ERROR_SIGNATURE */
gboolean lanyard_signed_file_check (const LanyardSignedFile *file, GBytes *content, GError **error);

G_END_DECLS
