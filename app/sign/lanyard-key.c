/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-sign"

#include "lanyard-key-private.h"

#include <sodium.h>
#include <string.h>

#include "lanyard-hash.h"

G_STATIC_ASSERT (LANYARD_PUBLIC_KEY_BYTES == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (LANYARD_SIGNATURE_BYTES == crypto_sign_BYTES);
G_STATIC_ASSERT (LANYARD_SEED_BYTES == crypto_sign_SEEDBYTES);

struct _LanyardKey
{
  gatomicrefcount references;
  LanyardPublicKey public;
  guint8 *secret; /* owned, locked: crypto_sign_SECRETKEYBYTES */
};

LanyardKey *
lanyard_key_new_from_seed (const guint8 *seed)
{
  LanyardKey *key;

  g_return_val_if_fail (seed != NULL, NULL);

  key = g_new0 (LanyardKey, 1);
  g_atomic_ref_count_init (&key->references);
  key->secret = sodium_malloc (crypto_sign_SECRETKEYBYTES);
  if (key->secret == NULL)
    g_error ("There is no memory left for a key");
  crypto_sign_seed_keypair (key->public.bytes, key->secret, seed);
  sodium_mprotect_readonly (key->secret);
  return key;
}

LanyardKey *
lanyard_key_generate (void)
{
  guint8 seed[LANYARD_SEED_BYTES];
  LanyardKey *key;

  randombytes_buf (seed, sizeof seed);
  key = lanyard_key_new_from_seed (seed);
  sodium_memzero (seed, sizeof seed);
  return key;
}

LanyardKey *
lanyard_key_ref (LanyardKey *key)
{
  g_return_val_if_fail (key != NULL, NULL);

  g_atomic_ref_count_inc (&key->references);
  return key;
}

void
lanyard_key_unref (LanyardKey *key)
{
  if (key == NULL || !g_atomic_ref_count_dec (&key->references))
    return;
  sodium_free (key->secret); /* wipes */
  g_free (key);
}

const LanyardPublicKey *
lanyard_key_get_public (const LanyardKey *key)
{
  g_return_val_if_fail (key != NULL, NULL);

  return &key->public;
}

void
lanyard_key_get_kid (const LanyardKey *key, LanyardKid *kid)
{
  g_return_if_fail (key != NULL);

  lanyard_public_key_get_kid (&key->public, kid);
}

void
lanyard_key_copy_seed (const LanyardKey *key, guint8 *seed)
{
  g_return_if_fail (key != NULL && seed != NULL);

  crypto_sign_ed25519_sk_to_seed (seed, key->secret);
}

void
lanyard_public_key_get_kid (const LanyardPublicKey *key, LanyardKid *kid)
{
  LanyardHash hash;

  g_return_if_fail (key != NULL && kid != NULL);

  lanyard_hash_compute (&hash, "lanyard/kid/1", key->bytes, sizeof key->bytes, NULL, 0);
  memcpy (kid->bytes, hash.bytes, sizeof kid->bytes);
}

void
lanyard_key_sign (const LanyardKey *key, const void *data, gsize n_bytes, guint8 *signature)
{
  g_return_if_fail (key != NULL && signature != NULL);
  g_return_if_fail (data != NULL || n_bytes == 0);

  crypto_sign_detached (signature, NULL, data, n_bytes, key->secret);
}

gboolean
lanyard_public_key_verify (const LanyardPublicKey *key,
                           const void *data,
                           gsize n_bytes,
                           const guint8 *signature)
{
  g_return_val_if_fail (key != NULL && signature != NULL, FALSE);
  g_return_val_if_fail (data != NULL || n_bytes == 0, FALSE);

  return crypto_sign_verify_detached (signature, data, n_bytes, key->bytes) == 0;
}
