/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A directory that an earlier version wrote: with the next start of the desk everybody in it is
 * found as before, and a snapshot that was being loaded harms nobody.
 */

#include "store-fixture.h"

#include "kill-vfs.h"
#include "lanyard-directory-load.h"
#include "lanyard-directory-private.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_PEOPLE 40

/* What step 6 found: the tables of steps 1 to 5, with the rows that are here. */
static const char step_5[]
    = "CREATE TABLE was (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, gseq INTEGER NOT NULL,"
      " photo BLOB, box BLOB, round INTEGER NOT NULL DEFAULT 0) STRICT;"
      "INSERT INTO was SELECT id, key, gseq, photo, box, round FROM entry;"
      "CREATE TABLE was_lookup (key BLOB NOT NULL, entry INTEGER NOT NULL REFERENCES was (id),"
      " PRIMARY KEY (key, entry)) STRICT, WITHOUT ROWID;"
      "INSERT INTO was_lookup SELECT key, entry FROM lookup;"
      "DROP TABLE lookup; DROP TABLE entry_key; DROP TABLE entry_photo; DROP TABLE entry;"
      "ALTER TABLE was RENAME TO entry; ALTER TABLE was_lookup RENAME TO lookup;"
      "CREATE INDEX entry_photo ON entry (photo) WHERE photo IS NOT NULL;"
      "CREATE INDEX lookup_entry ON lookup (entry);"
      "DROP TABLE taken_photo; DROP TABLE overtaken;"
      "ALTER TABLE set_aside DROP COLUMN snapshot; ALTER TABLE state DROP COLUMN tried_by;"
      "DROP TRIGGER set_aside_more; DROP TRIGGER set_aside_less;"
      "ALTER TABLE state DROP COLUMN aside_rows; ALTER TABLE state DROP COLUMN aside_bytes;"
      "ALTER TABLE state DROP COLUMN aside_lost;"
      "PRAGMA user_version = 5;";

/* In the middle of the rows, and after the swap but before the sweep. */
static const char mid_rows[]
    = "CREATE TABLE load_entry (id INTEGER PRIMARY KEY, key BLOB NOT NULL, gseq INTEGER NOT NULL,"
      " photo BLOB, box BLOB, round INTEGER NOT NULL DEFAULT 0) STRICT;"
      "INSERT INTO load_entry SELECT * FROM entry WHERE id < 9;"
      "CREATE TABLE load_lookup (key BLOB NOT NULL, entry INTEGER NOT NULL) STRICT;"
      "CREATE TABLE load_photo (key BLOB NOT NULL, name BLOB NOT NULL) STRICT;"
      "INSERT INTO load VALUES (1, zeroblob (32), 1000, 77, 0, 8, 8, 10);";
static const char mid_sweep[]
    = "CREATE TABLE old_entry (id INTEGER PRIMARY KEY, key BLOB NOT NULL, gseq INTEGER NOT NULL,"
      " photo BLOB, box BLOB, round INTEGER NOT NULL DEFAULT 0) STRICT;"
      "INSERT INTO old_entry SELECT * FROM entry WHERE id < 9;"
      "CREATE INDEX entry_key_ab_1 ON old_entry (key);"
      "CREATE TABLE old_lookup (key BLOB NOT NULL, entry INTEGER NOT NULL REFERENCES old_entry "
      "(id))"
      " STRICT;"
      "INSERT INTO old_lookup SELECT * FROM lookup WHERE entry < 9;"
      "INSERT INTO photo VALUES (randomblob (16), x'00', NULL);"
      "INSERT INTO load VALUES (1, zeroblob (32), 1000, 77, 32, 0, 40, 50);";

static LanyardVault *
make_vault (void)
{
  guint8 secret[32];

  memset (secret, 7, sizeof secret);
  return lanyard_vault_new (secret);
}

static LanyardEntry *
make_entry (guint n)
{
  LanyardEntry *entry = lanyard_entry_new ();
  guint8 hash[LANYARD_HASH_BYTES];

  entry->holder_id = g_strdup_printf ("H%u", n);
  entry->family_name = g_strdup ("Testa");
  entry->print_name = g_strdup ("Ana Testa");
  entry->number = store_number (n);
  entry->category = g_strdup ("A");
  entry->valid_until_s = 4000000000;
  g_strfreev (entry->documents);
  entry->documents = g_new0 (char *, 2 + n % 2);
  entry->documents[0] = g_strdup_printf ("P:UTO:X%07u", n);
  if (n % 2 == 1)
    entry->documents[1] = g_strdup_printf ("I:UTO:Y%07u", n);
  memset (hash, (int)n, sizeof hash);
  entry->photo_hash = n % 3 == 0 ? g_bytes_new (hash, sizeof hash) : NULL;
  return entry;
}

static void
apply (LanyardDirectory *directory, guint64 gseq, guint n, LanyardEntry *entry)
{
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_change_free);
  g_autofree char *number = store_number (n);
  GError *error = NULL;

  g_ptr_array_add (changes, lanyard_change_new (gseq, number, entry));
  lanyard_directory_apply (directory, changes, gseq, &error);
  g_assert_no_error (error);
}

static void
assert_document (LanyardDirectory *directory, const char *kind, guint n, gboolean there)
{
  g_autofree char *document = g_strdup_printf ("%s%07u", kind, n);
  g_autoptr (LanyardEntry) entry
      = lanyard_directory_lookup (directory, LANYARD_LOOKUP_DOCUMENT, document, NULL);

  g_assert_true ((entry != NULL) == there);
}

static gint64
count (LanyardDirectory *directory, const char *sql)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (lanyard_directory_get_database (directory), sql);
  gboolean row;

  g_assert_true (lanyard_statement_step (select, &row, NULL));
  return lanyard_statement_get_int (select, 0);
}

/* @more: what an earlier version left besides. Afterwards the file is of that version. */
static void
make_earlier (StoreFixture *fixture, LanyardVault *vault, const char *more)
{
  LanyardDirectory *directory = lanyard_directory_open (fixture->directory_path, vault, TRUE, NULL);
  g_autofree char *sql = g_strconcat (step_5, more, NULL);
  GError *error = NULL;

  for (guint i = 0; i < N_PEOPLE; i++)
    apply (directory, i + 1, i, make_entry (i));
  /* One who was removed keeps a row. */
  apply (directory, N_PEOPLE + 1, 5, NULL);
  lanyard_database_exec (lanyard_directory_get_database (directory), "PRAGMA foreign_keys = OFF",
                         &error);
  lanyard_database_exec (lanyard_directory_get_database (directory), sql, &error);
  g_assert_no_error (error);
  lanyard_directory_close (directory);
}

static LanyardDirectory *
open_now (StoreFixture *fixture, LanyardVault *vault)
{
  GError *error = NULL;
  LanyardDirectory *directory
      = lanyard_directory_open (fixture->directory_path, vault, FALSE, &error);

  g_assert_no_error (error);
  return directory;
}

/* Returns: (transfer full): it, brought up to date */
static LanyardDirectory *
upgrade (StoreFixture *fixture, LanyardVault *vault, const char *more)
{
  make_earlier (fixture, vault, more);
  return open_now (fixture, vault);
}

static void
assert_everybody (LanyardDirectory *directory)
{
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, N_PEOPLE - 1);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *number = store_number (i);
      g_autoptr (LanyardEntry) entry
          = lanyard_directory_lookup (directory, LANYARD_LOOKUP_NUMBER, number, NULL);

      g_assert_true ((entry != NULL) == (i != 5));
      assert_document (directory, "P:UTO:X", i, i != 5);
      assert_document (directory, "I:UTO:Y", i, i != 5 && i % 2 == 1);
    }
  g_assert_true (lanyard_database_check (lanyard_directory_get_database (directory), NULL));
}

static void
on_upgrade (gpointer user_data)
{
  (*(guint *)user_data)++;
}

/* Who waits is told so, once, and only where there is something to wait for. */
static void
test_told (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardVault) vault = make_vault ();
  LanyardDirectory *directory;
  guint n_told = 0;

  directory = lanyard_directory_open_watched (fixture->directory_path, vault, TRUE, on_upgrade,
                                              &n_told, NULL);
  lanyard_directory_close (directory);
  g_assert_cmpuint (n_told, ==, 0);
  make_earlier (fixture, vault, "");
  for (guint i = 0; i < 2; i++)
    {
      directory = lanyard_directory_open_watched (fixture->directory_path, vault, FALSE, on_upgrade,
                                                  &n_told, NULL);
      assert_everybody (directory);
      lanyard_directory_close (directory);
      g_assert_cmpuint (n_told, ==, 1);
    }
}

/* What led to a person goes with the person, also where an earlier version wrote it. */
static void
test_rows (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardVault) vault = make_vault ();
  g_autoptr (LanyardDirectory) directory = upgrade (fixture, vault, "");
  gint64 n_photos = count (directory, "SELECT count(*) FROM photo");
  LanyardEntry *entry = make_entry (9);

  assert_everybody (directory);
  g_free (entry->documents[1]);
  entry->documents[1] = NULL;
  g_clear_pointer (&entry->photo_hash, g_bytes_unref);
  apply (directory, 100, 9, entry);
  apply (directory, 101, 11, NULL);
  assert_document (directory, "P:UTO:X", 9, TRUE);
  assert_document (directory, "I:UTO:Y", 9, FALSE);
  assert_document (directory, "P:UTO:X", 11, FALSE);
  g_assert_cmpint (count (directory, "SELECT count(*) FROM photo"), ==, n_photos - 1);
  g_assert_cmpint (count (directory, "SELECT count(*) FROM lookup WHERE entry = 12"), ==, 0);
}

static void
test_loading (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardVault) vault = make_vault ();
  g_autoptr (LanyardDirectory) directory = upgrade (fixture, vault, mid_rows);
  LanyardLoad load;

  lanyard_directory_get_load (directory, &load);
  g_assert_cmpint (load.stage, ==, LANYARD_LOAD_NONE);
  g_assert_cmpuint (lanyard_directory_get_cursor (directory), ==, N_PEOPLE + 1);
  assert_everybody (directory);
}

static void
test_sweeping (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardVault) vault = make_vault ();
  g_autoptr (LanyardDirectory) directory = upgrade (fixture, vault, mid_sweep);
  gint64 n_photos = count (directory, "SELECT count(*) FROM photo");
  LanyardLoadStage stage = LANYARD_LOAD_INDEX;

  assert_everybody (directory);
  while (stage != LANYARD_LOAD_NONE)
    g_assert_true (lanyard_directory_load_step (directory, &stage, NULL));
  /* The one that nobody names. */
  g_assert_cmpint (count (directory, "SELECT count(*) FROM photo"), ==, n_photos - 1);
  assert_everybody (directory);
}

/* Returns: whether the child that brings it up to date was killed at that change, and not done
 * before */
static gboolean
kill_at (StoreFixture *fixture, LanyardVault *vault, guint n_changes)
{
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      kill_vfs_register (n_changes);
      _exit (lanyard_directory_open (fixture->directory_path, vault, FALSE, NULL) != NULL ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) || (WIFEXITED (status) && WEXITSTATUS (status) == 0));
  return WIFSIGNALED (status);
}

static guint
count_files (StoreFixture *fixture, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, prefix);
  return n;
}

/* Only the file of the earlier version, as it was. */
static void
put_back (StoreFixture *fixture, const char *bytes, gsize n_bytes)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "directory.db"))
      {
        g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

        g_assert_cmpint (g_unlink (path), ==, 0);
      }
  g_assert_true (g_file_set_contents (fixture->directory_path, bytes, (gssize)n_bytes, NULL));
}

/* There is at most one copy, and it is the whole of the earlier version. Returns: whether there is
 */
static gboolean
look_for_copy (StoreFixture *fixture)
{
  g_autofree char *path = g_strconcat (fixture->directory_path, ".before-010", NULL);
  sqlite3_stmt *select;
  sqlite3 *handle;

  g_assert_cmpuint (count_files (fixture, "directory.db.before-"), <=, 1);
  g_assert_cmpuint (count_files (fixture, "directory.db.copying"), ==, 0);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return FALSE;
  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle,
                                       "SELECT user_version, (SELECT count(*) FROM entry)"
                                       " FROM pragma_user_version, pragma_quick_check"
                                       " WHERE quick_check = 'ok'",
                                       -1, &select, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (select), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (select, 0), ==, 5);
  g_assert_cmpint (sqlite3_column_int (select, 1), ==, N_PEOPLE);
  sqlite3_finalize (select);
  sqlite3_close (handle);
  return TRUE;
}

/* Killed at every change that it makes, twice, and then let through: everybody is there, and one
 * copy of what was, which goes with the start after that. */
static void
test_killed (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardVault) vault = make_vault ();
  g_autofree char *bytes = NULL;
  gboolean killed = TRUE;
  guint n, n_copies = 0;
  gsize n_bytes;

  make_earlier (fixture, vault, "");
  g_assert_true (g_file_get_contents (fixture->directory_path, &bytes, &n_bytes, NULL));
  for (n = 0; killed; n++)
    {
      LanyardDirectory *directory;

      put_back (fixture, bytes, n_bytes);
      killed = kill_at (fixture, vault, n);
      kill_at (fixture, vault, n);
      directory = open_now (fixture, vault);
      assert_everybody (directory);
      lanyard_directory_close (directory);
      n_copies += look_for_copy (fixture);
      directory = open_now (fixture, vault);
      g_assert_cmpuint (count_files (fixture, "directory.db.before-"), ==, 0);
      lanyard_directory_close (directory);
    }
  g_test_message ("killed at each of %u changes, %u copies", n - 1, n_copies);
  g_assert_cmpuint (n, >, 40);
  g_assert_cmpuint (n_copies, >, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
#define ADD(path, func)                                                                            \
  g_test_add ("/store/directory-upgrade/" path, StoreFixture, NULL, store_fixture_set_up, func,    \
              store_fixture_tear_down)
  ADD ("told", test_told);
  ADD ("rows", test_rows);
  ADD ("loading", test_loading);
  ADD ("sweeping", test_sweeping);
  ADD ("killed", test_killed);
#undef ADD
  return g_test_run ();
}
