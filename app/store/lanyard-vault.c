/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-vault.h"

#include "lanyard-error.h"
#include "lanyard-secret-file.h"

#include <sodium.h>
#include <string.h>

#define SECRET_BYTES LANYARD_SECRET_FILE_BYTES
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define KEY_FILE_NAME "vault key"

/* In memory of libsodium: locked, kept out of core dumps, wiped when freed. */
typedef struct
{
  guint8 seal[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
  guint8 lookup[SECRET_BYTES];
} Keys;

struct _LanyardVault
{
  gint ref_count; /* atomic */
  Keys *keys;     /* owned */
};

typedef struct
{
  gsize n_bytes;
  guint8 bytes[];
} Plain;

static void
free_plain (gpointer data)
{
  Plain *plain = data;

  sodium_memzero (plain->bytes, plain->n_bytes);
  g_free (plain);
}

static void
derive (guint8 *key, const guint8 *secret, const char *purpose)
{
  crypto_generichash (key, SECRET_BYTES, (const guint8 *)purpose, strlen (purpose), secret,
                      SECRET_BYTES);
}

LanyardVault *
lanyard_vault_new (const guint8 *secret)
{
  LanyardVault *vault;

  g_return_val_if_fail (secret != NULL, NULL);

  lanyard_hash_init ();
  vault = g_new0 (LanyardVault, 1);
  vault->ref_count = 1;
  vault->keys = sodium_malloc (sizeof (Keys));
  lanyard_assert_invariant (vault->keys != NULL);
  derive (vault->keys->seal, secret, "lanyard/vault/seal/1");
  derive (vault->keys->lookup, secret, "lanyard/vault/lookup/1");
  sodium_mprotect_readonly (vault->keys);
  return vault;
}

LanyardVault *
lanyard_vault_load (const char *path, GError **error)
{
  guint8 secret[LANYARD_SECRET_FILE_BYTES];
  LanyardVault *vault;

  g_return_val_if_fail (path != NULL, NULL);

  if (!lanyard_secret_file_read (path, KEY_FILE_NAME, secret, error))
    return NULL;
  vault = lanyard_vault_new (secret);
  sodium_memzero (secret, sizeof secret);
  return vault;
}

gboolean
lanyard_vault_create_key_file (const char *path, GError **error)
{
  return lanyard_secret_file_create (path, KEY_FILE_NAME, NULL, error);
}

LanyardVault *
lanyard_vault_ref (LanyardVault *vault)
{
  g_atomic_int_inc (&vault->ref_count);
  return vault;
}

void
lanyard_vault_unref (LanyardVault *vault)
{
  if (vault == NULL || !g_atomic_int_dec_and_test (&vault->ref_count))
    return;
  sodium_free (vault->keys);
  g_free (vault);
}

GBytes *
lanyard_vault_seal (LanyardVault *vault, GBytes *plain, const void *context, gsize n_context)
{
  gsize n_plain;
  const void *data = g_bytes_get_data (plain, &n_plain);
  guint8 *box = g_malloc (NONCE_BYTES + n_plain + TAG_BYTES);
  unsigned long long n_box;

  randombytes_buf (box, NONCE_BYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (box + NONCE_BYTES, &n_box, data, n_plain, context,
                                              n_context, NULL, box, vault->keys->seal);
  return g_bytes_new_take (box, NONCE_BYTES + n_box);
}

GBytes *
lanyard_vault_open (LanyardVault *vault,
                    const void *box,
                    gsize n_box,
                    const void *context,
                    gsize n_context,
                    GError **error)
{
  const guint8 *bytes = box;
  gboolean sound = bytes != NULL && n_box >= NONCE_BYTES + TAG_BYTES;
  Plain *plain;

  plain = g_malloc (sizeof *plain + (sound ? n_box - NONCE_BYTES - TAG_BYTES : 0));
  plain->n_bytes = sound ? n_box - NONCE_BYTES - TAG_BYTES : 0;
  sound
      = sound
        && crypto_aead_xchacha20poly1305_ietf_decrypt (plain->bytes, NULL, NULL,
                                                       bytes + NONCE_BYTES, n_box - NONCE_BYTES,
                                                       context, n_context, bytes, vault->keys->seal)
               == 0;
  if (sound)
    return g_bytes_new_with_free_func (plain->bytes, plain->n_bytes, free_plain, plain);

  free_plain (plain);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT,
               "A sealed row cannot be opened with this desk's vault key: "
               "it was damaged or sealed with another key.");
  return NULL;
}

void
lanyard_vault_lookup_hash (LanyardVault *vault,
                           const char *what,
                           const char *text,
                           LanyardHash *hash)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, vault->keys->lookup, SECRET_BYTES, LANYARD_HASH_BYTES);
  /* The NUL goes in as well, so that no kind's name runs into the text. */
  crypto_generichash_update (&state, (const guint8 *)what, strlen (what) + 1);
  crypto_generichash_update (&state, (const guint8 *)text, strlen (text));
  crypto_generichash_final (&state, hash->bytes, LANYARD_HASH_BYTES);
}
