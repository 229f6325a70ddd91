/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lanyard-key.h"

G_BEGIN_DECLS

/* Whom backups are sealed to: an X25519 public key (RFC 7748), which every desk has. */
#define LANYARD_RECIPIENT_BYTES 32

typedef struct
{
  guint8 bytes[LANYARD_RECIPIENT_BYTES];
} LanyardRecipient;

/* The pair of it, which opens them and which only the organiser has. Locked memory, wiped when
 * freed. */
typedef struct _LanyardBackupKey LanyardBackupKey;

/**
 * lanyard_backup_key_create:
 * @path: a new file of 64 hexadecimal characters, mode 0600; never over an existing one
 * @error: LANYARD_ERROR_IO
 *
 * Returns: (transfer full) (nullable): the key that is in it now
 */
LanyardBackupKey *lanyard_backup_key_create (const char *path, GError **error);
/* @error: as lanyard_secret_file_read() */
LanyardBackupKey *lanyard_backup_key_load (const char *path, GError **error);
/* @seed: LANYARD_SEED_BYTES (crypto_box_seed_keypair) */
LanyardBackupKey *lanyard_backup_key_new_from_seed (const guint8 *seed);
void lanyard_backup_key_free (LanyardBackupKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardBackupKey, lanyard_backup_key_free)

const LanyardRecipient *lanyard_backup_key_get_recipient (const LanyardBackupKey *key);
/* First 8 bytes of BLAKE2b-256 "lanyard/recipient/1" of the public key. */
void lanyard_recipient_get_kid (const LanyardRecipient *recipient, LanyardKid *kid);
/* crypto_box_seal() to @recipient. @box: (out caller-allocates): @n_plain +
 * crypto_box_SEALBYTES. Returns: whether the public key is one */
gboolean lanyard_recipient_seal (const LanyardRecipient *recipient,
                                 const guint8 *plain,
                                 gsize n_plain,
                                 guint8 *box);
/* Returns: whether @box was sealed to this key and is whole */
gboolean lanyard_backup_key_open (const LanyardBackupKey *key,
                                  const guint8 *box,
                                  gsize n_box,
                                  guint8 *plain);

G_END_DECLS
