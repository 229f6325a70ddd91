/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim.h"

#include <sodium.h>

/*
 * Signatures are real, but each is computed once: who signed something in this process need not do
 * the curve's arithmetic again to see that it holds. Whatever was not signed here, by this key and
 * in these very bytes, goes the whole way.
 */

int __real_crypto_sign_detached (unsigned char *signature,
                                 unsigned long long *n_signature,
                                 const unsigned char *data,
                                 unsigned long long n_bytes,
                                 const unsigned char *secret);
int __real_crypto_sign_verify_detached (const unsigned char *signature,
                                        const unsigned char *data,
                                        unsigned long long n_bytes,
                                        const unsigned char *key);
int __wrap_crypto_sign_detached (unsigned char *signature,
                                 unsigned long long *n_signature,
                                 const unsigned char *data,
                                 unsigned long long n_bytes,
                                 const unsigned char *secret);
int __wrap_crypto_sign_verify_detached (const unsigned char *signature,
                                        const unsigned char *data,
                                        unsigned long long n_bytes,
                                        const unsigned char *key);

static GHashTable *signed_here; /* (element-type GBytes): hashes of key, signature, data */

static GBytes *
make_name (const guint8 *signature, const guint8 *data, guint64 n_bytes, const guint8 *key)
{
  guint8 hash[crypto_generichash_BYTES];
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, sizeof hash);
  crypto_generichash_update (&state, key, crypto_sign_PUBLICKEYBYTES);
  crypto_generichash_update (&state, signature, crypto_sign_BYTES);
  crypto_generichash_update (&state, data, n_bytes);
  crypto_generichash_final (&state, hash, sizeof hash);
  return g_bytes_new (hash, sizeof hash);
}

int
__wrap_crypto_sign_detached (unsigned char *signature,
                             unsigned long long *n_signature,
                             const unsigned char *data,
                             unsigned long long n_bytes,
                             const unsigned char *secret)
{
  const guint8 *key = secret + crypto_sign_SEEDBYTES; /* libsodium's secret key ends with it */
  int result = __real_crypto_sign_detached (signature, n_signature, data, n_bytes, secret);

  if (signed_here == NULL)
    signed_here
        = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
  g_hash_table_add (signed_here, make_name (signature, data, n_bytes, key));
  return result;
}

int
__wrap_crypto_sign_verify_detached (const unsigned char *signature,
                                    const unsigned char *data,
                                    unsigned long long n_bytes,
                                    const unsigned char *key)
{
  g_autoptr (GBytes) name = make_name (signature, data, n_bytes, key);

  if (signed_here != NULL && g_hash_table_contains (signed_here, name))
    return 0;
  return __real_crypto_sign_verify_detached (signature, data, n_bytes, key);
}

void
sim_sign_forget (void)
{
  g_clear_pointer (&signed_here, g_hash_table_unref);
}
