/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lanyard-hash.h"

G_BEGIN_DECLS

/* Seals rows of the directory (XChaCha20-Poly1305) and makes the keyed hashes by which they are
 * found (keyed BLAKE2b-256). The keys lie in locked memory. Shared between threads. */
typedef struct _LanyardVault LanyardVault;

/* @secret: 32 bytes; two keys are derived from it with domain separation */
LanyardVault *lanyard_vault_new (const guint8 *secret);

/**
 * lanyard_vault_load:
 * @path: a file of 64 hexadecimal characters, mode 0600 (a systemd credential, or the demo's key)
 * @error: LANYARD_ERROR_NOT_FOUND, _INVALID, _IO
 */
LanyardVault *lanyard_vault_load (const char *path, GError **error);
/* Makes such a file; never over an existing one. */
gboolean lanyard_vault_create_key_file (const char *path, GError **error);
LanyardVault *lanyard_vault_ref (LanyardVault *vault);
void lanyard_vault_unref (LanyardVault *vault);

/* @context: (nullable): bound to the box, such as the row's key, so that rows cannot be swapped.
 * Returns: (transfer full): nonce and ciphertext */
GBytes *lanyard_vault_seal (LanyardVault *vault, GBytes *plain, const void *context, gsize n_context);
/* @error: LANYARD_ERROR_CORRUPT. Returns: (transfer full) (nullable): wiped when last unreffed */
GBytes *lanyard_vault_open (LanyardVault *vault,
                            const void *box,
                            gsize n_box,
                            const void *context,
                            gsize n_context,
                            GError **error);
/* @what: "number", "document", "token", "photo": equal texts of two kinds hash differently */
void lanyard_vault_lookup_hash (LanyardVault *vault,
                                const char *what,
                                const char *text,
                                LanyardHash *hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardVault, lanyard_vault_unref)

G_END_DECLS
