/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LANYARD_PUBLIC_KEY_BYTES 32
#define LANYARD_SIGNATURE_BYTES 64
#define LANYARD_KID_BYTES 8
#define LANYARD_SEED_BYTES 32

/* First 8 bytes of BLAKE2b-256 "lanyard/kid/1" of the public key. */
typedef struct
{
  guint8 bytes[LANYARD_KID_BYTES];
} LanyardKid;

typedef struct
{
  guint8 bytes[LANYARD_PUBLIC_KEY_BYTES];
} LanyardPublicKey;

/* An Ed25519 key pair; the secret half lies in locked memory and is wiped when freed. */
typedef struct _LanyardKey LanyardKey;

LanyardKey *lanyard_key_generate (void);
/* @seed: LANYARD_SEED_BYTES (RFC 8032 §5.1.5) */
LanyardKey *lanyard_key_new_from_seed (const guint8 *seed);

/**
 * lanyard_key_load:
 * @path: a file of 64 hexadecimal characters and a line end, mode 0600
 * @error: LANYARD_ERROR_NOT_FOUND, LANYARD_ERROR_INVALID, LANYARD_ERROR_IO; a file that others may
 *   read is LANYARD_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the key
 */
LanyardKey *lanyard_key_load (const char *path, GError **error);
/* Writes a new file of mode 0600, synced; never over an existing one. */
gboolean lanyard_key_save (const LanyardKey *key, const char *path, GError **error);
LanyardKey *lanyard_key_ref (LanyardKey *key);
void lanyard_key_unref (LanyardKey *key);
const LanyardPublicKey *lanyard_key_get_public (const LanyardKey *key);
void lanyard_key_get_kid (const LanyardKey *key, LanyardKid *kid);
void lanyard_public_key_get_kid (const LanyardPublicKey *key, LanyardKid *kid);
/* @signature: (out caller-allocates): LANYARD_SIGNATURE_BYTES */
void lanyard_key_sign (const LanyardKey *key, const void *data, gsize n_bytes, guint8 *signature);
gboolean lanyard_public_key_verify (const LanyardPublicKey *key,
                                    const void *data,
                                    gsize n_bytes,
                                    const guint8 *signature);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardKey, lanyard_key_unref)

G_END_DECLS
