/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-base"

#include "lanyard-hash.h"

#include <sodium.h>
#include <string.h>

void
lanyard_hash_init (void)
{
  if (sodium_init () < 0)
    g_error ("libsodium does not start: without it nothing can be signed or sealed");
}

void
lanyard_hash_compute (LanyardHash *hash,
                      const char *domain,
                      const void *first,
                      gsize n_first,
                      const void *second,
                      gsize n_second)
{
  crypto_generichash_state state;

  g_return_if_fail (hash != NULL);
  g_return_if_fail (domain != NULL);

  crypto_generichash_init (&state, NULL, 0, LANYARD_HASH_BYTES);
  crypto_generichash_update (&state, (const guint8 *)domain, strlen (domain) + 1);
  if (n_first > 0)
    crypto_generichash_update (&state, first, n_first);
  if (n_second > 0)
    crypto_generichash_update (&state, second, n_second);
  crypto_generichash_final (&state, hash->bytes, LANYARD_HASH_BYTES);
}

gboolean
lanyard_hash_equal (const LanyardHash *a, const LanyardHash *b)
{
  return sodium_memcmp (a->bytes, b->bytes, LANYARD_HASH_BYTES) == 0;
}

gboolean
lanyard_hash_is_zero (const LanyardHash *hash)
{
  return sodium_is_zero (hash->bytes, LANYARD_HASH_BYTES) == 1;
}

char *
lanyard_hex_encode (const guint8 *bytes, gsize n_bytes)
{
  char *text = g_malloc (n_bytes * 2 + 1);

  return sodium_bin2hex (text, n_bytes * 2 + 1, bytes, n_bytes);
}

gboolean
lanyard_hex_decode (const char *text, guint8 *bytes, gsize n_bytes)
{
  gsize n_read = 0;

  if (text == NULL || strlen (text) != n_bytes * 2)
    return FALSE;
  return sodium_hex2bin (bytes, n_bytes, text, n_bytes * 2, NULL, &n_read, NULL) == 0
         && n_read == n_bytes;
}
