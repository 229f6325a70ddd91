/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sign-fixture.h"

typedef struct
{
  char *directory;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = g_dir_make_tmp ("lanyard-key-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->directory, "desk.key", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->directory), ==, 0);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static void
assert_load_fails (Fixture *fixture, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardKey) key = lanyard_key_load (fixture->path, &error);

  g_assert_null (key);
  g_assert_error (error, LANYARD_ERROR, code);
}

static void
write_file (Fixture *fixture, const char *text, guint mode)
{
  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, mode), ==, 0);
}

/* RFC 8032 §7.1, tests 1 and 3. */
static void
test_published (void)
{
  static const struct
  {
    const char *seed, *public, *message, *signature;
  } vectors[] = {
    { "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
      "b46bd25bf5f0595bbe24655141438e7a100b" },
    { "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984d"
      "c6594a7c15e9716ed28dc027beceea1ec40a" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GBytes) seed = fixture_unhex (vectors[i].seed);
      g_autoptr (GBytes) public = fixture_unhex (vectors[i].public);
      g_autoptr (GBytes) message = fixture_unhex (vectors[i].message);
      g_autoptr (GBytes) expected = fixture_unhex (vectors[i].signature);
      g_autoptr (LanyardKey) key = lanyard_key_new_from_seed (g_bytes_get_data (seed, NULL));
      guint8 signature[LANYARD_SIGNATURE_BYTES];

      lanyard_key_sign (key, g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                        signature);
      g_assert_cmpmem (lanyard_key_get_public (key)->bytes, 32, g_bytes_get_data (public, NULL),
                       g_bytes_get_size (public));
      g_assert_cmpmem (signature, 64, g_bytes_get_data (expected, NULL),
                       g_bytes_get_size (expected));
    }
}

/* A point of small order as key "verifies" one signature for every message where that is let in. */
static void
test_weak_key (void)
{
  LanyardPublicKey weak = { { 1 } };
  guint8 signature[LANYARD_SIGNATURE_BYTES] = { 1 };

  g_assert_false (lanyard_public_key_verify (&weak, "a", 1, signature));
  g_assert_false (lanyard_public_key_verify (&weak, "b", 1, signature));
}

static void
test_kid (void)
{
  g_autoptr (LanyardKey) key = fixture_key (1);
  g_autoptr (LanyardKey) again = lanyard_key_ref (key);
  LanyardKid kid, of_public;
  LanyardHash hash;

  lanyard_key_get_kid (again, &kid);
  lanyard_public_key_get_kid (lanyard_key_get_public (key), &of_public);
  lanyard_hash_compute (&hash, "lanyard/kid/1", lanyard_key_get_public (key)->bytes, 32, NULL, 0);
  g_assert_cmpmem (kid.bytes, 8, of_public.bytes, 8);
  g_assert_cmpmem (kid.bytes, 8, hash.bytes, 8);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardKey) key = lanyard_key_generate ();
  g_autoptr (LanyardKey) loaded = NULL;
  g_autoptr (LanyardKey) other = lanyard_key_generate ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  struct stat info;
  gsize length;

  assert_load_fails (fixture, LANYARD_ERROR_NOT_FOUND);
  g_assert_true (lanyard_key_save (key, fixture->path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (fixture->path, &text, &length, NULL));
  g_assert_cmpuint (length, ==, 65);

  loaded = lanyard_key_load (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (lanyard_key_get_public (loaded)->bytes, 32, lanyard_key_get_public (key)->bytes,
                   32);

  /* A key that is there is never replaced. */
  g_assert_false (lanyard_key_save (other, fixture->path, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  g_clear_pointer (&loaded, lanyard_key_unref);
  loaded = lanyard_key_load (fixture->path, NULL);
  g_assert_cmpmem (lanyard_key_get_public (loaded)->bytes, 32, lanyard_key_get_public (key)->bytes,
                   32);
}

static void
test_bad_files (Fixture *fixture, gconstpointer data)
{
  const char *good = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
  g_autofree char *line = g_strconcat (good, "\n", NULL);
  g_autofree char *twice = g_strconcat (line, line, NULL);
  g_autofree char *wrong = g_strdup (line);
  g_autofree char *target = g_build_filename (fixture->directory, "elsewhere", NULL);
  g_autoptr (LanyardKey) key = NULL;

  write_file (fixture, line, 0640);
  assert_load_fails (fixture, LANYARD_ERROR_INVALID); /* others may read it */
  write_file (fixture, line, 0604);
  assert_load_fails (fixture, LANYARD_ERROR_INVALID);
  write_file (fixture, good, 0600);
  assert_load_fails (fixture, LANYARD_ERROR_INVALID);
  write_file (fixture, twice, 0600);
  assert_load_fails (fixture, LANYARD_ERROR_INVALID);
  write_file (fixture, "", 0600);
  assert_load_fails (fixture, LANYARD_ERROR_INVALID);
  wrong[7] = 'g';
  write_file (fixture, wrong, 0600);
  assert_load_fails (fixture, LANYARD_ERROR_INVALID);
  write_file (fixture, line, 0400);
  key = lanyard_key_load (fixture->path, NULL);
  g_assert_nonnull (key);

  g_assert_cmpint (g_rename (fixture->path, target), ==, 0);
  g_assert_cmpint (symlink (target, fixture->path), ==, 0);
  assert_load_fails (fixture, LANYARD_ERROR_INVALID); /* a link may point anywhere tomorrow */
  g_unlink (target);
  g_unlink (fixture->path);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_load_fails (fixture, LANYARD_ERROR_INVALID);
  g_rmdir (fixture->path);
}

/* What cannot be written says so, and an existing thing of any kind is left alone. */
static void
test_no_place (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardKey) key = fixture_key (1);
  g_autofree char *path = g_build_filename (fixture->directory, "none", "desk.key", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_key_save (key, path, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (lanyard_key_save (key, "/dev/full", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sign/key/published", test_published);
  g_test_add_func ("/sign/key/weak", test_weak_key);
  g_test_add_func ("/sign/key/kid", test_kid);
  g_test_add ("/sign/key/file", Fixture, NULL, set_up, test_file, tear_down);
  g_test_add ("/sign/key/bad-files", Fixture, NULL, set_up, test_bad_files, tear_down);
  g_test_add ("/sign/key/no-place", Fixture, NULL, set_up, test_no_place, tear_down);
  return g_test_run ();
}
