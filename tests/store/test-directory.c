/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "lanyard-directory-private.h"
#include "lanyard-error.h"

#include <string.h>

static LanyardEntry *
make_entry (guint n, const char *print_name)
{
  LanyardEntry *entry = lanyard_entry_new ();

  entry->holder_id = g_strdup_printf ("H%u", n);
  entry->print_name = g_strdup (print_name);
  entry->organisation = g_strdup (n % 2 == 0 ? "Northern Rowing Union" : "Île d'Été Archery");
  entry->number = store_number (n);
  entry->category = g_strdup ("A");
  entry->valid_from_s = 0;
  entry->valid_until_s = 1;
  g_strfreev (entry->documents);
  entry->documents = g_new0 (char *, 2);
  entry->documents[0] = g_strdup_printf ("P:XXX:ZQ%06u", n);
  g_strfreev (entry->tokens);
  entry->tokens = g_new0 (char *, 2);
  entry->tokens[0] = g_strdup_printf ("token-%u", n);
  return entry;
}

static char *
find_name (LanyardDirectory *directory, LanyardLookup by, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardEntry) entry = lanyard_directory_lookup (directory, by, text, &error);

  if (entry == NULL)
    {
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
      return NULL;
    }
  return g_strdup (entry->print_name);
}

static void
assert_found (LanyardDirectory *directory, LanyardLookup by, const char *text, const char *name)
{
  g_autofree char *found = find_name (directory, by, text);

  g_assert_cmpstr (found, ==, name);
}

/* A row is found by all three keys, typed in any way, also after reopening. */
static void
test_lookup (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  g_autofree char *number = store_number (7);
  g_autofree char *typed = g_ascii_strdown (number, -1);

  store_apply_one (directory, 1, 7, make_entry (7, "Ana Testa"));
  g_clear_pointer (&directory, lanyard_directory_close);
  directory = store_fixture_open_directory (fixture);
  assert_found (directory, LANYARD_LOOKUP_NUMBER, number, "Ana Testa");
  assert_found (directory, LANYARD_LOOKUP_NUMBER, typed, "Ana Testa");
  assert_found (directory, LANYARD_LOOKUP_DOCUMENT, "p:xxx:zq 000007", "Ana Testa");
  assert_found (directory, LANYARD_LOOKUP_TOKEN, "token-7", "Ana Testa");
  assert_found (directory, LANYARD_LOOKUP_TOKEN, "TOKEN-7", NULL);
  assert_found (directory, LANYARD_LOOKUP_TOKEN, number, NULL);
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, 1);
  g_assert_cmpuint (lanyard_directory_get_cursor (directory), ==, 1);
}

/* Two accreditations of one person are both found by the passport; the active one comes first. */
static void
test_two_of_one_document (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  LanyardEntry *first = make_entry (1, "First"), *second = make_entry (2, "Second");
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  g_free (second->documents[0]);
  second->documents[0] = g_strdup (first->documents[0]);
  first->status = LANYARD_STATUS_CANCELLED;
  store_apply_one (directory, 1, 1, first);
  store_apply_one (directory, 2, 2, second);
  all = lanyard_directory_lookup_all (directory, LANYARD_LOOKUP_DOCUMENT, "P:XXX:ZQ000001", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
  assert_found (directory, LANYARD_LOOKUP_DOCUMENT, "P:XXX:ZQ000001", "Second");
}

/* A change that comes twice, late or out of order changes nothing; a removed row stays removed. */
static void
test_order (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  g_autofree char *number = store_number (1);

  store_apply_one (directory, 5, 1, make_entry (1, "Newer"));
  store_apply_one (directory, 5, 1, make_entry (1, "Same again"));
  assert_found (directory, LANYARD_LOOKUP_NUMBER, number, "Newer");
  store_apply_one (directory, 4, 1, make_entry (1, "Older"));
  assert_found (directory, LANYARD_LOOKUP_NUMBER, number, "Newer");
  store_apply_one (directory, 4, 1, NULL);
  assert_found (directory, LANYARD_LOOKUP_NUMBER, number, "Newer");
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, 1);

  store_apply_one (directory, 6, 1, NULL);
  assert_found (directory, LANYARD_LOOKUP_NUMBER, number, NULL);
  assert_found (directory, LANYARD_LOOKUP_DOCUMENT, "P:XXX:ZQ000001", NULL);
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, 0);
  store_apply_one (directory, 5, 1, make_entry (1, "Back from the dead"));
  assert_found (directory, LANYARD_LOOKUP_NUMBER, number, NULL);
  store_apply_one (directory, 7, 1, make_entry (1, "Again"));
  assert_found (directory, LANYARD_LOOKUP_NUMBER, number, "Again");
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, 1);
}

/* A document that an entry no longer has leads nowhere. */
static void
test_old_document (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  LanyardEntry *entry = make_entry (1, "Renewed");

  store_apply_one (directory, 1, 1, make_entry (1, "Old passport"));
  g_free (entry->documents[0]);
  entry->documents[0] = g_strdup ("P:XXX:NEW1");
  store_apply_one (directory, 2, 1, entry);
  assert_found (directory, LANYARD_LOOKUP_DOCUMENT, "P:XXX:ZQ000001", NULL);
  assert_found (directory, LANYARD_LOOKUP_DOCUMENT, "P:XXX:NEW1", "Renewed");
}

static void
test_photos (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  g_autoptr (GBytes) photo = g_bytes_new_static ("made-up photo", 13);
  g_autoptr (GBytes) other = g_bytes_new_static ("another photo", 13);
  g_autoptr (GBytes) hash = lanyard_photo_hash (photo);
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GPtrArray) missing = NULL, none = NULL;
  g_autoptr (GError) error = NULL;
  LanyardEntry *entry = make_entry (1, "With Photo");

  entry->photo_hash = g_bytes_ref (hash);
  store_apply_one (directory, 1, 1, entry);
  missing = lanyard_directory_list_missing_photos (directory, 10);
  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_true (g_bytes_equal (missing->pdata[0], hash));
  g_assert_null (lanyard_directory_dup_photo (directory, hash, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (lanyard_directory_put_photo (directory, hash, other, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_true (lanyard_directory_put_photo (directory, hash, photo, &error));
  g_assert_true (lanyard_directory_has_photo (directory, hash));
  back = lanyard_directory_dup_photo (directory, hash, &error);
  g_assert_true (g_bytes_equal (back, photo));
  none = lanyard_directory_list_missing_photos (directory, 10);
  g_assert_cmpuint (none->len, ==, 0);

  /* Who is removed, is removed with the photo. */
  store_apply_one (directory, 2, 1, NULL);
  g_assert_false (lanyard_directory_has_photo (directory, hash));
}

static void
test_documents (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  g_autoptr (GBytes) first = g_bytes_new_static ("first", 5);
  g_autoptr (GBytes) second = g_bytes_new_static ("second", 6);
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_directory_dup_document (directory, "trust"));
  g_assert_true (lanyard_directory_put_document (directory, "trust", first, &error));
  g_assert_true (lanyard_directory_put_document (directory, "trust", second, &error));
  back = lanyard_directory_dup_document (directory, "trust");
  g_assert_true (g_bytes_equal (back, second));
}

static void
test_set_aside (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  g_autoptr (GBytes) raw = g_bytes_new_static ("nonsense", 8);
  g_autoptr (GError) error = NULL;

  g_assert_true (
      lanyard_directory_set_aside (directory, 9, "9999999999", raw, "it is no entry", &error));
  g_assert_true (
      lanyard_directory_set_aside (directory, 9, "9999999999", raw, "it is no entry", &error));
  g_assert_cmpuint (lanyard_directory_get_set_aside (directory), ==, 1);
}

static void
assert_untold (LanyardDirectory *directory, guint64 expected)
{
  g_autoptr (GError) error = NULL;
  guint64 gseq;

  g_assert_true (lanyard_directory_find_untold (directory, &gseq, &error));
  g_assert_cmpuint (gseq, ==, expected);
}

static void
test_untold (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  g_autoptr (GBytes) raw = g_bytes_new_static ("nonsense", 8);
  g_autoptr (GError) error = NULL;

  assert_untold (directory, 0);
  lanyard_directory_set_aside (directory, 12, "9999999999", raw, "it is no entry", &error);
  lanyard_directory_set_aside (directory, 9, "9999999999", raw, "it is no entry", &error);
  assert_untold (directory, 9);
  g_assert_true (lanyard_directory_mark_told (directory, 9, &error));
  assert_untold (directory, 12);
  /* It comes again and is known. */
  lanyard_directory_set_aside (directory, 9, "9999999999", raw, "it is no entry", &error);
  g_assert_true (lanyard_directory_mark_told (directory, 12, &error));
  assert_untold (directory, 0);
}

/* A feed that is read anew: who did not come again goes, a few at a time, wherever the row stands.
 */
static void
test_stale (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  g_autofree char *gone = store_number (3), *last = store_number (99);
  g_autoptr (GError) error = NULL;
  gboolean more = TRUE;
  guint n_slices;

  for (guint i = 0; i < 100; i++)
    store_apply_one (directory, i + 1, i, make_entry (i, "Some Body"));
  g_assert_true (lanyard_directory_begin_again (directory, 7, &error));
  for (guint i = 0; i < 99; i++)
    if (i != 3)
      store_apply_one (directory, i + 1, i, make_entry (i, "Some Body"));
  for (n_slices = 0; more; n_slices++)
    {
      g_assert_true (lanyard_directory_is_stale (directory));
      g_assert_true (lanyard_directory_drop_stale (directory, 2, &more, &error));
    }
  /* Of 100 rows no call looks at more than a few. */
  g_assert_cmpuint (n_slices, >, 5);
  g_assert_false (lanyard_directory_is_stale (directory));
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, 98);
  assert_found (directory, LANYARD_LOOKUP_NUMBER, gone, NULL);
  assert_found (directory, LANYARD_LOOKUP_NUMBER, last, NULL);
}

/* Somebody with the disk and no key learns no name, number, document or photo. */
static void
test_stolen (StoreFixture *fixture, gconstpointer data)
{
  static const char *const suffixes[] = { "", "-wal" };
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  g_autofree char *number = store_number (77);
  const char *canaries[] = { "Canarina", "ZQ000077",        number, "canary photo", "canary reason",
                             "token-77", "Northern Rowing", "H77" };
  g_autoptr (GBytes) photo = g_bytes_new_static ("canary photo", 12);
  g_autoptr (GBytes) hash = lanyard_photo_hash (photo);
  LanyardEntry *entry = make_entry (77, "Canarina Testa");
  gsize n_read = 0;

  g_free (entry->organisation);
  entry->organisation = g_strdup ("Northern Rowing Union");
  entry->photo_hash = g_bytes_ref (hash);
  store_apply_one (directory, 1, 77, entry);
  lanyard_directory_put_photo (directory, hash, photo, NULL);
  lanyard_directory_set_aside (directory, 2, "9999999999", photo, "canary reason", NULL);
  while (!lanyard_directory_index_step (directory, 100, NULL))
    ;
  /* Closing these descriptors drops the lock, which nobody contests here. */
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (fixture->directory_path, suffixes[i], NULL);
      g_autoptr (GBytes) content = store_read_file (path);
      gsize n_bytes;
      const char *bytes = g_bytes_get_data (content, &n_bytes);

      n_read += n_bytes;
      for (guint j = 0; j < G_N_ELEMENTS (canaries); j++)
        g_assert_null (memmem (bytes, n_bytes, canaries[j], strlen (canaries[j])));
      g_assert_null (
          memmem (bytes, n_bytes, g_bytes_get_data (hash, NULL), g_bytes_get_size (hash)));
    }
  g_assert_cmpuint (n_read, >, 4096);
}

static void
test_wrong_key (StoreFixture *fixture, gconstpointer data)
{
  static const guint8 other_secret[32] = { 9 };
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  g_autoptr (LanyardVault) vault = lanyard_vault_new (other_secret);
  g_autoptr (GBytes) before = NULL, after = NULL;
  g_autoptr (GError) error = NULL;

  store_apply_one (directory, 1, 1, make_entry (1, "Ana Testa"));
  g_clear_pointer (&directory, lanyard_directory_close);
  before = store_read_file (fixture->directory_path);
  g_assert_null (lanyard_directory_open (fixture->directory_path, vault, TRUE, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "vault key"));
  after = store_read_file (fixture->directory_path);
  g_assert_true (g_bytes_equal (before, after));
}

/* A damaged directory says what helps: it can be fetched again. */
static void
test_damaged (StoreFixture *fixture, gconstpointer data)
{
  static const char garbage[8192] = "not a database";
  g_autoptr (LanyardVault) vault = lanyard_vault_new (STORE_SECRET);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->directory_path, garbage, sizeof garbage, NULL));
  g_assert_null (lanyard_directory_open (fixture->directory_path, vault, TRUE, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "move it away"));
}

/* A box that is put into another person's row does not open. */
static void
test_swapped_rows (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  g_autofree char *number = store_number (1);
  g_autoptr (LanyardEntry) entry = NULL;
  g_autoptr (GError) error = NULL;

  store_apply_one (directory, 1, 1, make_entry (1, "Ana Testa"));
  store_apply_one (directory, 1, 2, make_entry (2, "Bo Testa"));
  g_clear_pointer (&directory, lanyard_directory_close);
  store_spoil (fixture->directory_path,
               "UPDATE entry SET box = (SELECT box FROM entry WHERE id = 2) WHERE id = 1");
  directory = store_fixture_open_directory (fixture);
  entry = lanyard_directory_lookup (directory, LANYARD_LOOKUP_NUMBER, number, &error);
  g_assert_null (entry);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT);
}

/* Every statement that looks something up uses an index; none walks a table. */
static void
test_query_plans (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  g_autoptr (GBytes) hash = g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32);
  g_auto (GStrv) statements = NULL;
  sqlite3 *handle = lanyard_database_get_handle (lanyard_directory_get_database (directory));
  guint n_plans = 0;

  store_apply_one (directory, 1, 1, make_entry (1, "Ana Testa"));
  store_apply_one (directory, 2, 1, make_entry (1, "Ana Testa"));
  assert_found (directory, LANYARD_LOOKUP_NUMBER, "NOBODY", NULL);
  assert_found (directory, LANYARD_LOOKUP_DOCUMENT, "NOBODY", NULL);
  assert_found (directory, LANYARD_LOOKUP_TOKEN, "NOBODY", NULL);
  lanyard_directory_has_photo (directory, hash);
  lanyard_directory_dup_photo (directory, hash, NULL);
  lanyard_directory_index_step (directory, 10, NULL);
  g_ptr_array_unref (lanyard_directory_search (directory, "ana", 5));
  g_assert_null (lanyard_directory_dup_document (directory, "trust"));

  statements = lanyard_database_list_sql (lanyard_directory_get_database (directory));
  for (guint i = 0; statements[i] != NULL; i++)
    {
      g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", statements[i], NULL);
      sqlite3_stmt *plan;

      if (strstr (statements[i], "WHERE") == NULL)
        continue;
      g_assert_cmpint (sqlite3_prepare_v2 (handle, explain, -1, &plan, NULL), ==, SQLITE_OK);
      while (sqlite3_step (plan) == SQLITE_ROW)
        {
          const char *line = (const char *)sqlite3_column_text (plan, 3);

          g_test_message ("%s: %s", statements[i], line);
          g_assert_null (strstr (line, "SCAN"));
          g_assert_null (strstr (line, "TEMP B-TREE"));
          n_plans++;
        }
      sqlite3_finalize (plan);
    }
  g_assert_cmpuint (n_plans, >=, 8);
}

/* A thousand people each half a second would be too slow for a demo; it takes far less. */
static void
test_import (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_change_free);
  g_autoptr (GError) error = NULL;
  gint64 start_us;
  guint n_seen = 0;

  for (guint i = 0; i < 2000; i++)
    {
      LanyardEntry *entry = make_entry (i, "Some Body");

      g_ptr_array_add (changes, lanyard_change_new (i + 1, entry->number, entry));
    }
  start_us = g_get_monotonic_time ();
  lanyard_directory_apply (directory, changes, 2000, &error);
  g_assert_no_error (error);
  g_test_message ("2,000 entries in %" G_GINT64_FORMAT " ms",
                  (g_get_monotonic_time () - start_us) / 1000);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, G_USEC_PER_SEC);
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, 2000);
  for (guint i = 0; i < 2000; i += 97)
    {
      g_autofree char *number = store_number (i);

      assert_found (directory, LANYARD_LOOKUP_NUMBER, number, "Some Body");
      n_seen++;
    }
  g_assert_cmpuint (n_seen, >, 20);
}

/* Somebody who has a day pass: found by its number, sealed, never in the feed, gone after the day.
 */
static void
test_visitor (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  g_autoptr (LanyardEntry) visitor = make_entry (7, "Ximena Quetzalcoatl");
  g_autoptr (GBytes) content = NULL;
  g_autoptr (LanyardEntry) gone = NULL;
  g_autoptr (GError) error = NULL;

  visitor->valid_until_s = 5000;
  g_assert_true (lanyard_directory_put_visitor (directory, visitor, &error));
  g_clear_pointer (&directory, lanyard_directory_close);
  content = store_read_file (fixture->directory_path);
  g_assert_null (memmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content),
                         "Quetzalcoatl", strlen ("Quetzalcoatl")));
  directory = store_fixture_open_directory (fixture);
  assert_found (directory, LANYARD_LOOKUP_NUMBER, visitor->number, "Ximena Quetzalcoatl");
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, 0);
  g_assert_cmpuint (lanyard_directory_get_cursor (directory), ==, 0);
  g_assert_true (lanyard_directory_drop_visitors (directory, 4999, &error));
  assert_found (directory, LANYARD_LOOKUP_NUMBER, visitor->number, "Ximena Quetzalcoatl");
  g_assert_true (lanyard_directory_drop_visitors (directory, 5000, &error));
  gone = lanyard_directory_lookup (directory, LANYARD_LOOKUP_NUMBER, visitor->number, &error);
  g_assert_null (gone);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  /* Somebody of the roster is never hidden by a visitor. */
  store_apply_one (directory, 1, 7, make_entry (7, "Some Body"));
  g_assert_true (lanyard_directory_put_visitor (directory, visitor, NULL));
  assert_found (directory, LANYARD_LOOKUP_NUMBER, visitor->number, "Some Body");
}

/* A photo that was taken here: sealed, bound to whose it is, replaced by a later one, kept as long
 * as the person is there. */
static void
test_taken_photo (StoreFixture *fixture, gconstpointer data)
{
  static const char words[] = "\x89PNG a face that nobody may read out of the file";
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  g_autoptr (GBytes) first = g_bytes_new_static ("first", 5);
  g_autoptr (GBytes) photo = g_bytes_new_static (words, sizeof words);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (LanyardEntry) somebody = make_entry (7, "Some Body");
  g_autofree char *number = g_strdup (somebody->number);
  g_autoptr (GBytes) content = NULL, found = NULL, none = NULL, gone = NULL;
  g_autoptr (GError) error = NULL;

  store_apply_one (directory, 1, 7, g_steal_pointer (&somebody));
  g_assert_false (lanyard_directory_put_taken (directory, number, empty, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_true (lanyard_directory_put_taken (directory, number, first, &error));
  g_assert_true (lanyard_directory_put_taken (directory, number, photo, &error));
  g_clear_pointer (&directory, lanyard_directory_close);
  content = store_read_file (fixture->directory_path);
  g_assert_null (memmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content),
                         "nobody may read", strlen ("nobody may read")));
  directory = store_fixture_open_directory (fixture);
  g_assert_true (lanyard_directory_drop_taken (directory, &error));
  found = lanyard_directory_dup_taken (directory, number);
  g_assert_true (found != NULL && g_bytes_equal (found, photo));
  none = lanyard_directory_dup_taken (directory, "nobody");
  g_assert_null (none);
  g_assert_true (lanyard_directory_put_taken (directory, "nobody", first, &error));
  g_assert_true (lanyard_directory_drop_taken (directory, &error));
  gone = lanyard_directory_dup_taken (directory, "nobody");
  g_assert_null (gone);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/directory/" name, StoreFixture, NULL, store_fixture_set_up, func,            \
              store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("lookup", test_lookup);
  ADD ("two-of-one-document", test_two_of_one_document);
  ADD ("order", test_order);
  ADD ("old-document", test_old_document);
  ADD ("photos", test_photos);
  ADD ("documents", test_documents);
  ADD ("set-aside", test_set_aside);
  ADD ("untold", test_untold);
  ADD ("visitor", test_visitor);
  ADD ("taken-photo", test_taken_photo);
  ADD ("stolen", test_stolen);
  ADD ("wrong-key", test_wrong_key);
  ADD ("damaged", test_damaged);
  ADD ("swapped-rows", test_swapped_rows);
  ADD ("stale", test_stale);
  ADD ("query-plans", test_query_plans);
  ADD ("import", test_import);
  return g_test_run ();
}
