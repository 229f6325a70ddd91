/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-backup-key.h"

#include "lanyard-error.h"
#include "lanyard-hash.h"
#include "lanyard-secret-file.h"

#include <sodium.h>
#include <string.h>

#define KID_DOMAIN "lanyard/recipient/1"
#define KEY_FILE_NAME "backup key"

G_STATIC_ASSERT (LANYARD_RECIPIENT_BYTES == crypto_box_PUBLICKEYBYTES);
G_STATIC_ASSERT (LANYARD_SECRET_FILE_BYTES == crypto_box_SEEDBYTES);

struct _LanyardBackupKey
{
  LanyardRecipient recipient;
  guint8 *secret; /* owned: of libsodium */
};

LanyardBackupKey *
lanyard_backup_key_new_from_seed (const guint8 *seed)
{
  LanyardBackupKey *key = g_new0 (LanyardBackupKey, 1);

  lanyard_hash_init ();
  key->secret = sodium_malloc (crypto_box_SECRETKEYBYTES);
  lanyard_assert_invariant (key->secret != NULL);
  crypto_box_seed_keypair (key->recipient.bytes, key->secret, seed);
  sodium_mprotect_readonly (key->secret);
  return key;
}

LanyardBackupKey *
lanyard_backup_key_load (const char *path, GError **error)
{
  guint8 seed[LANYARD_SECRET_FILE_BYTES];
  LanyardBackupKey *key;

  if (!lanyard_secret_file_read (path, KEY_FILE_NAME, seed, error))
    return NULL;
  key = lanyard_backup_key_new_from_seed (seed);
  sodium_memzero (seed, sizeof seed);
  return key;
}

LanyardBackupKey *
lanyard_backup_key_create (const char *path, GError **error)
{
  if (!lanyard_secret_file_create (path, KEY_FILE_NAME, NULL, error))
    return NULL;
  return lanyard_backup_key_load (path, error);
}

void
lanyard_backup_key_free (LanyardBackupKey *key)
{
  if (key == NULL)
    return;
  sodium_free (key->secret);
  g_free (key);
}

const LanyardRecipient *
lanyard_backup_key_get_recipient (const LanyardBackupKey *key)
{
  return &key->recipient;
}

void
lanyard_recipient_get_kid (const LanyardRecipient *recipient, LanyardKid *kid)
{
  LanyardHash hash;

  lanyard_hash_compute (&hash, KID_DOMAIN, recipient->bytes, sizeof recipient->bytes, NULL, 0);
  memcpy (kid->bytes, hash.bytes, sizeof kid->bytes);
}

gboolean
lanyard_recipient_seal (const LanyardRecipient *recipient,
                        const guint8 *plain,
                        gsize n_plain,
                        guint8 *box)
{
  lanyard_hash_init ();
  return crypto_box_seal (box, plain, n_plain, recipient->bytes) == 0;
}

gboolean
lanyard_backup_key_open (const LanyardBackupKey *key, const guint8 *box, gsize n_box, guint8 *plain)
{
  return crypto_box_seal_open (plain, box, n_box, key->recipient.bytes, key->secret) == 0;
}
