/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pack-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lanyard-error.h"
#include "lanyard-hash.h"

/* Loading: what is signed, what was changed, and what may not be in a pack at all. */

static void
test_loads_signed (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardPack) pack = pack_fixture_load (fixture, &error);

  g_assert_no_error (error);
  g_assert_true (lanyard_pack_is_signed (pack));
  g_assert_cmpuint (lanyard_trust_list_get_n_keys (lanyard_pack_get_trust (pack)), ==, 1);
  g_assert_cmpstr (lanyard_pack_get_directory (pack), ==, fixture->directory);
}

static void
test_root_signs_too (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardPack) pack = NULL;

  g_assert_true (lanyard_pack_sign (fixture->directory, fixture->root, &error));
  pack = pack_fixture_load (fixture, &error);
  g_assert_no_error (error);
  g_assert_true (lanyard_pack_is_signed (pack));
}

/* The map of the venue, or else that of all, or none. */
static void
test_map (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardPack) without = pack_fixture_load (fixture, NULL);
  g_autoptr (LanyardPack) with = NULL;
  g_autoptr (GBytes) here = NULL, there = NULL;

  g_assert_nonnull (without);
  g_assert_null (lanyard_pack_dup_map (without, "V1"));
  pack_fixture_write (fixture, "branding/map.svg", "<svg>all</svg>");
  pack_fixture_write (fixture, "branding/map-V1.svg", "<svg>here</svg>");
  g_assert_true (lanyard_pack_sign (fixture->directory, fixture->root, NULL));
  with = pack_fixture_load (fixture, NULL);
  g_assert_nonnull (with);
  here = lanyard_pack_dup_map (with, "V1");
  there = lanyard_pack_dup_map (with, "V2");
  g_assert_cmpmem (g_bytes_get_data (here, NULL), g_bytes_get_size (here), "<svg>here</svg>", 15);
  g_assert_cmpmem (g_bytes_get_data (there, NULL), g_bytes_get_size (there), "<svg>all</svg>", 14);
}

/* One byte of each kind of file; the message must name the file. */
static void
test_altered (PackFixture *fixture, gconstpointer data)
{
  static const char *const files[] = { "pack.json", "texts/en.json", "templates/games.svg",
                                       "branding/logo.svg", "branding/style.css" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = pack_fixture_path (fixture, files[i]);
      g_autofree char *text = NULL;
      gsize n_bytes;

      g_assert_true (g_file_get_contents (path, &text, &n_bytes, NULL));
      text[n_bytes / 2] ^= 1;
      g_assert_true (g_file_set_contents (path, text, n_bytes, NULL));
      pack_fixture_assert_refused (fixture, LANYARD_ERROR_SIGNATURE, files[i]);
      text[n_bytes / 2] ^= 1;
      g_assert_true (g_file_set_contents (path, text, n_bytes, NULL));
    }
}

static void
flip_each_byte (PackFixture *fixture, const char *file, guint step)
{
  g_autofree char *path = pack_fixture_path (fixture, file);
  g_autofree char *text = NULL;
  gsize n_bytes;

  g_assert_true (g_file_get_contents (path, &text, &n_bytes, NULL));
  for (gsize i = 0; i < n_bytes; i += step)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LanyardPack) pack = NULL;

      text[i] ^= 1;
      g_assert_true (g_file_set_contents (path, text, n_bytes, NULL));
      pack = pack_fixture_load (fixture, &error);
      if (pack != NULL)
        g_error ("byte %" G_GSIZE_FORMAT " of %s may be altered", i, file);
      text[i] ^= 1;
    }
  g_assert_true (g_file_set_contents (path, text, n_bytes, NULL));
}

static void
test_altered_manifest (PackFixture *fixture, gconstpointer data)
{
  flip_each_byte (fixture, "manifest.cbor", 7);
}

static void
test_altered_trust (PackFixture *fixture, gconstpointer data)
{
  flip_each_byte (fixture, "trust.cbor", 3);
}

static void
test_missing (PackFixture *fixture, gconstpointer data)
{
  static const char *const files[]
      = { "pack.json",         "texts/ar.json", "templates/day-pass.svg",
          "branding/logo.svg", "manifest.cbor", "trust.cbor" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = pack_fixture_path (fixture, files[i]);
      g_autofree char *text = NULL;
      gsize n_bytes;
      g_autoptr (GError) error = NULL;
      g_autoptr (LanyardPack) pack = NULL;

      g_assert_true (g_file_get_contents (path, &text, &n_bytes, NULL));
      g_assert_cmpint (g_unlink (path), ==, 0);
      pack = pack_fixture_load (fixture, &error);
      g_assert_null (pack);
      /* Without the list nobody knows the key that signed; with it, the file is named. */
      if (g_str_equal (files[i], "trust.cbor"))
        g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED);
      else
        {
          g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_SIGNATURE);
          g_assert_nonnull (strstr (error->message, files[i]));
        }
      g_assert_true (g_file_set_contents (path, text, n_bytes, NULL));
    }
}

static void
test_extra (PackFixture *fixture, gconstpointer data)
{
  pack_fixture_write (fixture, "templates/another.svg", "<svg/>");
  pack_fixture_assert_refused (fixture, LANYARD_ERROR_SIGNATURE, "templates/another.svg");
}

static void
test_wrong_root (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardPack) pack
      = lanyard_pack_load (fixture->directory, lanyard_key_get_public (fixture->hub),
                           PACK_FIXTURE_NOW_S, &error);

  g_assert_null (pack);
  g_assert_true (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_SIGNATURE)
                 || g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED));
}

static void
test_signing_key_expired (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardPack) pack
      = lanyard_pack_load (fixture->directory, lanyard_key_get_public (fixture->root),
                           PACK_FIXTURE_NOW_S + 2000, &error);

  g_assert_null (pack);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_EXPIRED);
}

static void
test_signed_by_stranger (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardKey) stranger = lanyard_key_generate ();
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_pack_sign (fixture->directory, stranger, &error));
  pack_fixture_assert_refused (fixture, LANYARD_ERROR_UNTRUSTED, "manifest.cbor");
}

static void
test_without_root_key (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardPack) pack = lanyard_pack_load (fixture->directory, NULL, 0, &error);

  g_assert_no_error (error);
  g_assert_false (lanyard_pack_is_signed (pack));
  g_assert_cmpuint (lanyard_trust_list_get_n_keys (lanyard_pack_get_trust (pack)), ==, 0);
  g_clear_pointer (&pack, lanyard_pack_unref);

  /* The manifest is looked at all the same. */
  pack_fixture_write (fixture, "texts/more.json", "{}");
  pack = lanyard_pack_load (fixture->directory, NULL, 0, &error);
  g_assert_null (pack);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_SIGNATURE);
}

static void
test_no_links_no_devices (PackFixture *fixture, gconstpointer data)
{
  g_autofree char *link = pack_fixture_path (fixture, "branding/passwd");
  g_autofree char *pipe = pack_fixture_path (fixture, "branding/pipe");
  g_autofree char *hidden = pack_fixture_path (fixture, "branding/.hidden");

  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  pack_fixture_assert_refused (fixture, LANYARD_ERROR_INVALID, "branding/passwd");
  g_assert_cmpint (g_unlink (link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  pack_fixture_assert_refused (fixture, LANYARD_ERROR_INVALID, "branding/pipe");
  g_assert_cmpint (g_unlink (pipe), ==, 0);
  g_assert_true (g_file_set_contents (hidden, "", 0, NULL));
  pack_fixture_assert_refused (fixture, LANYARD_ERROR_INVALID, "branding/.hidden");
}

static void
test_limits (PackFixture *fixture, gconstpointer data)
{
  g_autofree char *deep = pack_fixture_path (fixture, "a/b/c/d");
  g_autofree char *big = pack_fixture_path (fixture, "branding/big.svg");

  g_assert_true (g_file_set_contents (big, "", 0, NULL));
  g_assert_cmpint (truncate (big, 5 * 1024 * 1024), ==, 0);
  pack_fixture_assert_refused (fixture, LANYARD_ERROR_LIMIT, "branding/big.svg");
  g_assert_cmpint (g_unlink (big), ==, 0);

  g_assert_cmpint (g_mkdir_with_parents (deep, 0700), ==, 0);
  pack_fixture_assert_refused (fixture, LANYARD_ERROR_LIMIT, "a/b/c/d");
  g_assert_cmpint (g_rmdir (deep), ==, 0);

  for (guint i = 0; i < 512; i++)
    {
      g_autofree char *name = g_strdup_printf ("branding/f%u", i);

      pack_fixture_write (fixture, name, "");
    }
  pack_fixture_assert_refused (fixture, LANYARD_ERROR_LIMIT, "512");
}

static void
test_no_pack (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_pack_load ("/nonexistent/pack", NULL, 0, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (lanyard_pack_load (g_get_tmp_dir (), NULL, 0, &error));
  g_assert_nonnull (error);
}

/* A pack that does not load is not signed either. */
static void
test_broken_is_not_signed (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  pack_fixture_write (fixture, "pack.json", "{}");
  g_assert_false (lanyard_pack_sign (fixture->directory, fixture->hub, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/pack/load/" name, PackFixture, "summer-games", pack_fixture_set_up, function,      \
              pack_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/pack/load/no-pack", test_no_pack);
  g_test_add ("/pack/load/map", PackFixture, "small-cup", pack_fixture_set_up, test_map,
              pack_fixture_tear_down);
  ADD ("signed", test_loads_signed);
  ADD ("root-signs-too", test_root_signs_too);
  ADD ("altered", test_altered);
  ADD ("altered-manifest", test_altered_manifest);
  ADD ("altered-trust", test_altered_trust);
  ADD ("missing", test_missing);
  ADD ("extra", test_extra);
  ADD ("wrong-root", test_wrong_root);
  ADD ("signing-key-expired", test_signing_key_expired);
  ADD ("signed-by-stranger", test_signed_by_stranger);
  ADD ("without-root-key", test_without_root_key);
  ADD ("no-links-no-devices", test_no_links_no_devices);
  ADD ("limits", test_limits);
  ADD ("broken-is-not-signed", test_broken_is_not_signed);
  return g_test_run ();
}
