/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a report that somebody changed passes for the one that a desk signed. */

#include "lanyard-signed-files.h"
#include "sign-fixture.h"

#define DESK 3
#define OTHER 4
#define DEVICE 471

static LanyardTrustList *
make_trust (LanyardKey *key, guint32 scopes, guint32 device)
{
  LanyardTrustedKey trusted = fixture_trusted (key, scopes);

  trusted.device = device;
  return lanyard_trust_list_new (7, NOW_S, &trusted, 1);
}

static GBytes *
sign (LanyardKey *key, gint64 made_s, const char *name, GBytes *content)
{
  g_autoptr (LanyardSignedFiles) files
      = lanyard_signed_files_new (DEVICE, 2, made_s * G_USEC_PER_SEC);

  lanyard_signed_files_add (files, name, content);
  return lanyard_signed_files_sign (files, key);
}

static void
assert_closed (GBytes *signature, LanyardTrustList *trust, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardSignedFiles) files = lanyard_signed_files_open (signature, trust, &error);

  g_assert_null (files);
  g_assert_error (error, LANYARD_ERROR, code);
}

static void
test_round (void)
{
  g_autoptr (LanyardKey) key = fixture_key (DESK);
  g_autoptr (LanyardTrustList) trust = make_trust (key, LANYARD_SCOPE_RECORDS, DEVICE);
  g_autoptr (GBytes) content = g_bytes_new_static ("12 cards", 8);
  g_autoptr (GBytes) signature = sign (key, NOW_S, "shift.pdf", content);
  g_autoptr (LanyardSignedFiles) files = lanyard_signed_files_open (signature, trust, NULL);

  g_assert_nonnull (files);
  g_assert_cmpuint (files->device, ==, DEVICE);
  g_assert_cmpuint (files->epoch, ==, 2);
  g_assert_cmpint (files->made_us, ==, NOW_S * G_USEC_PER_SEC);
  g_assert_cmpuint (files->files->len, ==, 1);
  g_assert_cmpstr (((LanyardSignedFile *)g_ptr_array_index (files->files, 0))->name, ==,
                   "shift.pdf");
  g_assert_true (lanyard_signed_file_check (g_ptr_array_index (files->files, 0), content, NULL));
}

/* Each byte of the file, and one more, and one fewer. */
static void
test_changed_file (void)
{
  g_autoptr (LanyardKey) key = fixture_key (DESK);
  g_autoptr (LanyardTrustList) trust = make_trust (key, LANYARD_SCOPE_RECORDS, DEVICE);
  char text[] = "12 cards";
  g_autoptr (GBytes) content = g_bytes_new (text, 8);
  g_autoptr (GBytes) signature = sign (key, NOW_S, "shift.pdf", content);
  g_autoptr (LanyardSignedFiles) files = lanyard_signed_files_open (signature, trust, NULL);
  g_autoptr (GBytes) longer = g_bytes_new (text, 9), shorter = g_bytes_new (text, 7);
  const LanyardSignedFile *file = g_ptr_array_index (files->files, 0);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (GBytes) changed = NULL;

      text[i] ^= 1;
      changed = g_bytes_new (text, 8);
      g_assert_false (lanyard_signed_file_check (file, changed, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_SIGNATURE);
      g_clear_error (&error);
      text[i] ^= 1;
    }
  g_assert_false (lanyard_signed_file_check (file, longer, NULL));
  g_assert_false (lanyard_signed_file_check (file, shorter, NULL));
}

/* Each byte of the signature. */
static void
test_changed_signature (void)
{
  g_autoptr (LanyardKey) key = fixture_key (DESK);
  g_autoptr (LanyardTrustList) trust = make_trust (key, LANYARD_SCOPE_RECORDS, DEVICE);
  g_autoptr (GBytes) content = g_bytes_new_static ("12 cards", 8);
  g_autoptr (GBytes) signature = sign (key, NOW_S, "shift.pdf", content);
  gsize n_bytes;
  g_autofree guint8 *bytes = NULL;

  bytes = g_memdup2 (g_bytes_get_data (signature, NULL), g_bytes_get_size (signature));
  n_bytes = g_bytes_get_size (signature);
  for (gsize i = 0; i < n_bytes; i++)
    {
      g_autoptr (GBytes) changed = NULL;
      g_autoptr (LanyardSignedFiles) files = NULL;

      bytes[i] ^= 1;
      changed = g_bytes_new (bytes, n_bytes);
      files = lanyard_signed_files_open (changed, trust, NULL);
      g_assert_null (files);
      bytes[i] ^= 1;
    }
}

/* Not with a key that nobody trusts, that is for something else, of another desk, or past its end.
 */
static void
test_keys (void)
{
  g_autoptr (LanyardKey) key = fixture_key (DESK), other = fixture_key (OTHER);
  g_autoptr (LanyardTrustList) trust = make_trust (key, LANYARD_SCOPE_RECORDS, DEVICE);
  g_autoptr (LanyardTrustList) badges = make_trust (key, LANYARD_SCOPE_BADGE, DEVICE);
  g_autoptr (LanyardTrustList) elsewhere = make_trust (key, LANYARD_SCOPE_RECORDS, DEVICE + 1);
  g_autoptr (GBytes) content = g_bytes_new_static ("12 cards", 8);
  g_autoptr (GBytes) good = sign (key, NOW_S, "shift.pdf", content);
  g_autoptr (GBytes) foreign = sign (other, NOW_S, "shift.pdf", content);
  g_autoptr (GBytes) late = sign (key, NOW_S + 31 * DAY_S, "shift.pdf", content);

  assert_closed (foreign, trust, LANYARD_ERROR_UNTRUSTED);
  assert_closed (good, badges, LANYARD_ERROR_UNTRUSTED);
  assert_closed (good, elsewhere, LANYARD_ERROR_SIGNATURE);
  assert_closed (late, trust, LANYARD_ERROR_EXPIRED);
}

/* A name leads nowhere else. */
static void
test_names (void)
{
  static const char *const names[] = { "../shift.pdf", "/etc/passwd", "", ".", ".." };
  g_autoptr (LanyardKey) key = fixture_key (DESK);
  g_autoptr (LanyardTrustList) trust = make_trust (key, LANYARD_SCOPE_RECORDS, DEVICE);
  g_autoptr (GBytes) content = g_bytes_new_static ("12 cards", 8);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) signature = sign (key, NOW_S, names[i], content);

      assert_closed (signature, trust, LANYARD_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/signed-files/round", test_round);
  g_test_add_func ("/signed-files/changed-file", test_changed_file);
  g_test_add_func ("/signed-files/changed-signature", test_changed_signature);
  g_test_add_func ("/signed-files/keys", test_keys);
  g_test_add_func ("/signed-files/names", test_names);
  return g_test_run ();
}
