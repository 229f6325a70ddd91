/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pack-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-error.h"

static LanyardKey *
key_of (guint8 byte)
{
  guint8 seed[LANYARD_SEED_BYTES];

  memset (seed, byte, sizeof seed);

  return lanyard_key_new_from_seed (seed);
}

static void
copy_tree (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) directory = g_dir_open (from, 0, &error);
  const char *name;

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir_with_parents (to, 0700), ==, 0);
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *data = NULL;
      gsize n_bytes;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        {
          copy_tree (source, target);
          continue;
        }
      g_file_get_contents (source, &data, &n_bytes, &error);
      g_assert_no_error (error);
      g_file_set_contents (target, data, n_bytes, &error);
      g_assert_no_error (error);
    }
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) directory = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK) || !g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_unlink (path);
      return;
    }

  directory = g_dir_open (path, 0, NULL);
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_rmdir (path);
}

static void
write_trust (const PackFixture *fixture)
{
  LanyardTrustedKey trusted = {
    .key = *lanyard_key_get_public (fixture->hub),
    .scopes = LANYARD_SCOPE_PACK | LANYARD_SCOPE_BADGE,
    .not_before_s = PACK_FIXTURE_NOW_S - 1000,
    .not_after_s = PACK_FIXTURE_NOW_S + 1000,
  };
  g_autoptr (LanyardTrustList) list = lanyard_trust_list_new (1, PACK_FIXTURE_NOW_S, &trusted, 1);
  g_autoptr (GBytes) bytes = lanyard_trust_list_sign (list, fixture->root);
  g_autofree char *path = pack_fixture_path (fixture, "trust.cbor");
  g_autoptr (GError) error = NULL;
  gsize n_bytes;
  const char *data = g_bytes_get_data (bytes, &n_bytes);

  g_file_set_contents (path, data, n_bytes, &error);
  g_assert_no_error (error);
}

void
pack_fixture_set_up (PackFixture *fixture, gconstpointer data)
{
  g_autofree char *source = pack_fixture_source (data);
  g_autofree char *base = NULL;
  g_autoptr (GError) error = NULL;

  base = g_dir_make_tmp ("lanyard-pack-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->directory = g_steal_pointer (&base);
  fixture->root = key_of (1);
  fixture->hub = key_of (2);
  copy_tree (source, fixture->directory);
  write_trust (fixture);
  lanyard_pack_sign (fixture->directory, fixture->hub, &error);
  g_assert_no_error (error);
}

void
pack_fixture_tear_down (PackFixture *fixture, gconstpointer data)
{
  remove_tree (fixture->directory);
  g_clear_pointer (&fixture->directory, g_free);
  g_clear_pointer (&fixture->root, lanyard_key_unref);
  g_clear_pointer (&fixture->hub, lanyard_key_unref);
}

char *
pack_fixture_source (const char *name)
{
  return g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "resources", "packs", name, NULL);
}

char *
pack_fixture_path (const PackFixture *fixture, const char *file)
{
  return g_build_filename (fixture->directory, file, NULL);
}

void
pack_fixture_write (const PackFixture *fixture, const char *file, const char *text)
{
  g_autofree char *path = pack_fixture_path (fixture, file);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

LanyardPack *
pack_fixture_load (const PackFixture *fixture, GError **error)
{
  return lanyard_pack_load (fixture->directory, lanyard_key_get_public (fixture->root),
                            PACK_FIXTURE_NOW_S, error);
}

void
pack_fixture_assert_refused (const PackFixture *fixture, int code, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardPack) pack = pack_fixture_load (fixture, &error);

  g_assert_null (pack);
  g_assert_error (error, LANYARD_ERROR, code);
  if (strstr (error->message, part) == NULL)
    g_error ("\"%s\" does not name %s", error->message, part);
}
