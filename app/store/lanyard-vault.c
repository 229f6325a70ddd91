/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-vault.h"

#include "lanyard-error.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECRET_BYTES 32
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
/* 64 characters and a newline; one more tells that there is too much. */
#define KEY_FILE_MAX_BYTES 66
/* Nobody but the owner, and the group that systemd gives a credential to, may read it. */
#define FORBIDDEN_MODE 0037

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

static void
fail_with_errno (const char *path, const char *what, GError **error)
{
  int saved_errno = errno;

  g_set_error (error, LANYARD_ERROR,
               saved_errno == ENOENT ? LANYARD_ERROR_NOT_FOUND : LANYARD_ERROR_IO,
               "The vault key %s could not be %s (%s): check the path and who runs this program.",
               path, what, g_strerror (saved_errno));
}

/* @text: KEY_FILE_MAX_BYTES. Returns: number of bytes read, -1 on error */
static gssize
read_key_file (const char *path, char *text, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  struct stat info;
  gssize n = -1;

  if (fd < 0 || fstat (fd, &info) != 0)
    fail_with_errno (path, "opened", error);
  else if ((info.st_mode & FORBIDDEN_MODE) != 0)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                 "Others may read the vault key %s: give it mode 0600.", path);
  else
    {
      n = read (fd, text, KEY_FILE_MAX_BYTES);
      if (n < 0)
        fail_with_errno (path, "read", error);
    }
  if (fd >= 0)
    close (fd);
  return n;
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
  char text[KEY_FILE_MAX_BYTES + 1] = { 0 };
  guint8 secret[SECRET_BYTES];
  LanyardVault *vault = NULL;
  gssize n;

  g_return_val_if_fail (path != NULL, NULL);

  n = read_key_file (path, text, error);
  if (n < 0)
    return NULL;
  if (n > 0 && text[n - 1] == '\n')
    text[n - 1] = '\0';
  if (lanyard_hex_decode (text, secret, sizeof secret))
    vault = lanyard_vault_new (secret);
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                 "The vault key %s is not 64 hexadecimal characters: put back the right file.",
                 path);
  sodium_memzero (secret, sizeof secret);
  sodium_memzero (text, sizeof text);
  return vault;
}

gboolean
lanyard_vault_create_key_file (const char *path, GError **error)
{
  char text[2 * SECRET_BYTES + 2];
  guint8 secret[SECRET_BYTES];
  gboolean ok;
  int fd;

  g_return_val_if_fail (path != NULL, FALSE);

  lanyard_hash_init ();
  fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      fail_with_errno (path, "made", error);
      return FALSE;
    }
  randombytes_buf (secret, sizeof secret);
  sodium_bin2hex (text, sizeof text, secret, sizeof secret);
  text[2 * SECRET_BYTES] = '\n';
  ok = write (fd, text, 2 * SECRET_BYTES + 1) == 2 * SECRET_BYTES + 1 && fsync (fd) == 0;
  if (!ok)
    {
      fail_with_errno (path, "written", error);
      unlink (path);
    }
  close (fd);
  sodium_memzero (secret, sizeof secret);
  sodium_memzero (text, sizeof text);
  return ok;
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
