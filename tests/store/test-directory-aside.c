/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

static LanyardDirectory *
open_directory (StoreFixture *fixture)
{
  static const guint8 secret[32] = { 1, 2, 3 };
  g_autoptr (LanyardVault) vault = lanyard_vault_new (secret);
  g_autoptr (GError) error = NULL;
  LanyardDirectory *directory
      = lanyard_directory_open (fixture->directory_path, vault, TRUE, &error);

  g_assert_no_error (error);
  return directory;
}

/* The hub says the same of number 7 at another place of the feed. */
static void
apply_one (LanyardDirectory *directory, guint64 gseq)
{
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_change_free);
  LanyardEntry *entry = lanyard_entry_new ();
  g_autoptr (GError) error = NULL;

  entry->number = store_number (7);
  entry->holder_id = g_strdup ("H7");
  entry->print_name = g_strdup ("Ana Testa");
  entry->category = g_strdup ("A");
  entry->valid_until_s = 1;
  g_ptr_array_add (changes, lanyard_change_new (gseq, entry->number, entry));
  lanyard_directory_apply (directory, changes, gseq, &error);
  g_assert_no_error (error);
}

static gboolean
is_overtaken (LanyardDirectory *directory, const char *number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardEntry) entry
      = lanyard_directory_lookup (directory, LANYARD_LOOKUP_NUMBER, number, &error);

  g_assert_no_error (error);
  return entry->overtaken;
}

/* A row that is not understood may cancel: until a later one comes, the one before it is no ground
 * for a badge. */
static void
test_overtaken (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = open_directory (fixture);
  g_autofree char *number = store_number (7);
  g_autoptr (GBytes) raw = g_bytes_new_static ("nonsense", 8);
  g_autoptr (GError) error = NULL;

  apply_one (directory, 5);
  g_assert_true (lanyard_directory_set_aside (directory, 4, number, raw, "older", &error));
  g_assert_false (is_overtaken (directory, number));
  g_assert_true (lanyard_directory_set_aside (directory, 9, number, raw, "newer", &error));
  g_assert_true (lanyard_directory_set_aside (directory, 8, number, raw, "again", &error));
  g_assert_true (is_overtaken (directory, number));
  apply_one (directory, 8);
  g_assert_true (is_overtaken (directory, number));
  /* the same after a restart */
  g_clear_pointer (&directory, lanyard_directory_close);
  directory = open_directory (fixture);
  g_assert_true (is_overtaken (directory, number));
  apply_one (directory, 10);
  g_assert_false (is_overtaken (directory, number));
  /* places in the feed begin anew with an era, and what is of the one before is older */
  g_assert_true (lanyard_directory_set_aside (directory, 12, number, raw, "newer", &error));
  g_assert_true (lanyard_directory_begin_again (directory, 7, &error));
  g_assert_true (is_overtaken (directory, number));
  apply_one (directory, 2);
  g_assert_false (is_overtaken (directory, number));
  g_assert_true (lanyard_directory_set_aside (directory, 3, number, raw, "newer", &error));
  g_assert_true (is_overtaken (directory, number));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/directory-aside/overtaken", StoreFixture, NULL, store_fixture_set_up,
              test_overtaken, store_fixture_tear_down);
  return g_test_run ();
}
