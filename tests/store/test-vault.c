/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "lanyard-error.h"
#include "lanyard-vault.h"

#include <string.h>
#include <sys/stat.h>

static const guint8 secret[32] = { 1, 2, 3 };

/* One changed bit, another context, another key or a cut box: none of them opens. */
static void
test_seal (void)
{
  static const guint8 other_secret[32] = { 1, 2, 4 };
  g_autoptr (LanyardVault) vault = lanyard_vault_new (secret);
  g_autoptr (LanyardVault) other = lanyard_vault_new (other_secret);
  g_autoptr (GBytes) plain = g_bytes_new_static ("made-up person", 14);
  g_autoptr (GBytes) box = lanyard_vault_seal (vault, plain, "row 1", 5);
  g_autoptr (GBytes) again = lanyard_vault_seal (vault, plain, "row 1", 5);
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_box;
  const guint8 *bytes = g_bytes_get_data (box, &n_box);

  back = lanyard_vault_open (vault, bytes, n_box, "row 1", 5, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (back, plain));
  g_assert_false (g_bytes_equal (box, again));
  g_assert_null (lanyard_vault_open (vault, bytes, n_box, "row 2", 5, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT);
  g_assert_null (lanyard_vault_open (other, bytes, n_box, "row 1", 5, NULL));
  g_assert_null (lanyard_vault_open (vault, NULL, 0, "row 1", 5, NULL));
  for (gsize i = 0; i < n_box; i++)
    {
      g_autofree guint8 *spoiled = g_memdup2 (bytes, n_box);

      spoiled[i] ^= 1;
      g_assert_null (lanyard_vault_open (vault, spoiled, n_box, "row 1", 5, NULL));
      g_assert_null (lanyard_vault_open (vault, bytes, i, "row 1", 5, NULL));
    }
}

static void
test_empty (void)
{
  g_autoptr (LanyardVault) vault = lanyard_vault_new (secret);
  g_autoptr (GBytes) plain = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) box = lanyard_vault_seal (vault, plain, NULL, 0);
  g_autoptr (GBytes) back = lanyard_vault_open (vault, g_bytes_get_data (box, NULL),
                                                g_bytes_get_size (box), NULL, 0, NULL);

  g_assert_cmpuint (g_bytes_get_size (back), ==, 0);
}

/* Kinds and texts do not run into one another, and the same question has the same answer. */
static void
test_lookup_hash (void)
{
  g_autoptr (LanyardVault) vault = lanyard_vault_new (secret);
  LanyardHash a, b;

  lanyard_vault_lookup_hash (vault, "number", "1", &a);
  lanyard_vault_lookup_hash (vault, "number", "1", &b);
  g_assert_true (lanyard_hash_equal (&a, &b));
  lanyard_vault_lookup_hash (vault, "token", "1", &b);
  g_assert_false (lanyard_hash_equal (&a, &b));
  lanyard_vault_lookup_hash (vault, "numbe", "r1", &b);
  g_assert_false (lanyard_hash_equal (&a, &b));
}

static void
test_key_file (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "vault.key", NULL);
  g_autoptr (LanyardVault) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;
  LanyardHash a, b;
  struct stat info;

  g_assert_null (lanyard_vault_load (path, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (lanyard_vault_create_key_file (path, &error));
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_false (lanyard_vault_create_key_file (path, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_IO);
  g_clear_error (&error);
  first = lanyard_vault_load (path, &error);
  second = lanyard_vault_load (path, &error);
  g_assert_no_error (error);
  lanyard_vault_lookup_hash (first, "number", "1", &a);
  lanyard_vault_lookup_hash (second, "number", "1", &b);
  g_assert_true (lanyard_hash_equal (&a, &b));

  g_assert_cmpint (chmod (path, 0644), ==, 0);
  g_assert_null (lanyard_vault_load (path, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

static void
test_wrong_key_file (StoreFixture *fixture, gconstpointer data)
{
  static const char *const contents[]
      = { "", "0123", "zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
          "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f00" };
  g_autofree char *path = g_build_filename (fixture->folder, "vault.key", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents_full (path, contents[i], -1, 0, 0600, &error));
      g_assert_null (lanyard_vault_load (path, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      if (contents[i][0] != '\0')
        g_assert_null (strstr (error->message, contents[i]));
    }
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/vault/" name, StoreFixture, NULL, store_fixture_set_up, func,                \
              store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/store/vault/seal", test_seal);
  g_test_add_func ("/store/vault/empty", test_empty);
  g_test_add_func ("/store/vault/lookup-hash", test_lookup_hash);
  ADD ("key-file", test_key_file);
  ADD ("wrong-key-file", test_wrong_key_file);
  return g_test_run ();
}
