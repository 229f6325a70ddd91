/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim.h"

#include <sodium.h>

/*
 * Signatures of a simulated fleet are a keyed hash: whoever knows the public key could make them,
 * but nobody here tries, and bytes that changed on the way, or a signature of another key, fail as
 * they do with the curve, at a hundredth of its price. The curve has tests of its own.
 */

int __wrap_crypto_sign_detached (unsigned char *signature,
                                 unsigned long long *n_signature,
                                 const unsigned char *data,
                                 unsigned long long n_bytes,
                                 const unsigned char *secret);
int __wrap_crypto_sign_verify_detached (const unsigned char *signature,
                                        const unsigned char *data,
                                        unsigned long long n_bytes,
                                        const unsigned char *key);

G_STATIC_ASSERT (crypto_sign_BYTES == crypto_generichash_BYTES_MAX);
G_STATIC_ASSERT (crypto_sign_PUBLICKEYBYTES <= crypto_generichash_KEYBYTES_MAX);

int
__wrap_crypto_sign_detached (unsigned char *signature,
                             unsigned long long *n_signature,
                             const unsigned char *data,
                             unsigned long long n_bytes,
                             const unsigned char *secret)
{
  const guint8 *key = secret + crypto_sign_SEEDBYTES; /* libsodium's secret key ends with it */

  if (n_signature != NULL)
    *n_signature = crypto_sign_BYTES;
  return crypto_generichash (signature, crypto_sign_BYTES, data, n_bytes, key,
                             crypto_sign_PUBLICKEYBYTES);
}

int
__wrap_crypto_sign_verify_detached (const unsigned char *signature,
                                    const unsigned char *data,
                                    unsigned long long n_bytes,
                                    const unsigned char *key)
{
  guint8 expected[crypto_sign_BYTES];

  crypto_generichash (expected, sizeof expected, data, n_bytes, key, crypto_sign_PUBLICKEYBYTES);
  return sodium_memcmp (expected, signature, sizeof expected);
}
