/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A directory that is replaced by a snapshot: what was there before serves until the swap, what is
 * not in the snapshot is gone after it, and whenever the power fails nobody ever sees a part.
 */

#include "store-fixture.h"

#include "crash-vfs.h"
#include "lanyard-directory-load.h"
#include "lanyard-directory-private.h"
#include "lanyard-error.h"

#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define N_ROWS 30
#define N_OLD 5
#define SLICE 7
#define GSEQ 1000

/* The folder's fsync() of the program under test goes to the disk that forgets. */
int
fsync (int fd)
{
  crash_vfs_sync_folder ();
  return (int)syscall (SYS_fsync, fd);
}

static LanyardVault *
make_vault (void)
{
  guint8 secret[32];

  memset (secret, 7, sizeof secret);
  return lanyard_vault_new (secret);
}

static LanyardEntry *
make_entry (guint n, const char *family)
{
  LanyardEntry *entry = lanyard_entry_new ();

  entry->holder_id = g_strdup_printf ("H%u", n);
  entry->family_name = g_strdup (family);
  entry->print_name = g_strdup_printf ("Ada %s", family);
  entry->number = store_number (n);
  entry->category = g_strdup ("A");
  entry->valid_until_s = 4000000000;
  g_strfreev (entry->documents);
  entry->documents = g_new0 (char *, 3);
  /* The same twice is one. */
  entry->documents[0] = g_strdup_printf ("P:UTO:X%07u", n);
  entry->documents[1] = g_strdup_printf ("P:UTO:x%07u", n);
  if (n % 2 == 0)
    {
      guint8 hash[LANYARD_HASH_BYTES];

      memset (hash, (int)(n % 7), sizeof hash);
      entry->photo_hash = g_bytes_new (hash, sizeof hash);
    }
  return entry;
}

/* What was there before: people 0 … N_OLD - 1, of whom the snapshot does not have the first. */
static void
fill_old (LanyardDirectory *directory)
{
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_change_free);
  GError *error = NULL;

  for (guint i = 0; i < N_OLD; i++)
    {
      LanyardEntry *entry = make_entry (i, "Before");

      g_ptr_array_add (changes, lanyard_change_new (i + 1, entry->number, entry));
    }
  lanyard_directory_apply (directory, changes, N_OLD, &error);
  g_assert_no_error (error);
}

static gboolean
load_slice (LanyardDirectory *directory, const LanyardLoad *load)
{
  LanyardLoadRow rows[SLICE];
  guint n = 0;
  gboolean ok;

  for (guint i = (guint)load->row; i < N_ROWS && n < SLICE; i++, n++)
    {
      g_autoptr (LanyardEntry) entry = make_entry (i + 1, "After");

      rows[n] = (LanyardLoadRow){ GSEQ - i, lanyard_entry_encode (entry) };
    }
  if (n == 0)
    return lanyard_directory_load_end_rows (directory, NULL);
  ok = lanyard_directory_load_rows (directory, rows, n, 0, load->row + n, NULL);
  for (guint i = 0; i < n; i++)
    g_bytes_unref (rows[i].entry);
  return ok;
}

/* The next piece, whatever it is. FALSE: the disk failed */
static gboolean
go_on (LanyardDirectory *directory, const LanyardHash *snapshot, gboolean *over)
{
  LanyardLoadStage stage = LANYARD_LOAD_NONE;
  LanyardLoad load;

  lanyard_directory_get_load (directory, &load);
  *over = FALSE;
  if (load.stage == LANYARD_LOAD_ROWS)
    return load_slice (directory, &load);
  if (load.stage == LANYARD_LOAD_NONE && lanyard_directory_get_cursor (directory) == GSEQ)
    {
      *over = TRUE;
      return TRUE;
    }
  if (load.stage == LANYARD_LOAD_NONE)
    return lanyard_directory_load_begin (directory, snapshot, GSEQ, 77, NULL);
  return lanyard_directory_load_step (directory, &stage, NULL);
}

static void
assert_family (LanyardDirectory *directory, guint n, const char *family)
{
  g_autofree char *number = store_number (n);
  g_autofree char *document = g_strdup_printf ("P:UTO:X%07u", n);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardEntry) entry
      = lanyard_directory_lookup (directory, LANYARD_LOOKUP_NUMBER, number, &error);
  g_autoptr (LanyardEntry) same
      = lanyard_directory_lookup (directory, LANYARD_LOOKUP_DOCUMENT, document, NULL);

  if (family == NULL)
    {
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
      g_assert_null (same);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (entry->family_name, ==, family);
  g_assert_nonnull (same);
  g_assert_cmpstr (same->number, ==, number);
}

/* Wholly the old one or wholly the new one. */
static void
assert_whole (LanyardDirectory *directory)
{
  gboolean is_new = lanyard_directory_get_cursor (directory) == GSEQ;

  g_assert_cmpuint (lanyard_directory_get_cursor (directory), ==, is_new ? GSEQ : N_OLD);
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, is_new ? N_ROWS : N_OLD);
  assert_family (directory, 0, is_new ? NULL : "Before");
  assert_family (directory, 1, is_new ? "After" : "Before");
  assert_family (directory, N_ROWS, is_new ? "After" : NULL);
}

static LanyardHash
make_name (guint8 n)
{
  LanyardHash name;

  memset (name.bytes, n, sizeof name.bytes);
  return name;
}

static void
load_whole (LanyardDirectory *directory, const LanyardHash *snapshot)
{
  gboolean over = FALSE;

  for (guint i = 0; i < 200 && !over; i++)
    {
      g_assert_true (go_on (directory, snapshot, &over));
      assert_whole (directory);
    }
  g_assert_true (over);
}

static guint
count_hits (LanyardDirectory *directory, const char *query)
{
  g_autoptr (GPtrArray) hits = NULL;

  while (!lanyard_directory_index_step (directory, 100, NULL))
    continue;
  hits = lanyard_directory_search (directory, query, 100);
  return hits->len;
}

static void
test_swap (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardVault) vault = make_vault ();
  g_autoptr (LanyardDirectory) directory
      = lanyard_directory_open (fixture->directory_path, vault, TRUE, NULL);
  g_autoptr (GPtrArray) missing = NULL;
  LanyardHash name = make_name (1);

  fill_old (directory);
  g_assert_cmpuint (count_hits (directory, "before"), ==, N_OLD);
  load_whole (directory, &name);
  g_assert_cmpuint (lanyard_directory_get_era (directory), ==, 77);
  g_assert_false (lanyard_directory_is_indexed (directory));
  g_assert_cmpuint (count_hits (directory, "before"), ==, 0);
  g_assert_cmpuint (count_hits (directory, "after"), ==, N_ROWS);
  /* Every photo that somebody has now is wanted, and no other: number 0 is gone. */
  missing = lanyard_directory_list_missing_photos (directory, 100);
  g_assert_cmpuint (missing->len, ==, 7);
  assert_whole (directory);
}

/* The feed goes on in a directory that was swapped, and so does the next snapshot. */
static void
test_again (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardVault) vault = make_vault ();
  g_autoptr (LanyardDirectory) directory
      = lanyard_directory_open (fixture->directory_path, vault, TRUE, NULL);
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_change_free);
  LanyardHash name = make_name (1), other = make_name (2);
  LanyardLoadStage stage = LANYARD_LOAD_INDEX;
  GError *error = NULL;
  LanyardEntry *entry = make_entry (3, "Later");

  fill_old (directory);
  load_whole (directory, &name);
  g_ptr_array_add (changes, lanyard_change_new (GSEQ + 1, entry->number, entry));
  g_assert_true (lanyard_directory_apply (directory, changes, GSEQ + 1, &error));
  assert_family (directory, 3, "Later");

  /* A snapshot of nobody at all. */
  g_assert_true (lanyard_directory_load_begin (directory, &other, GSEQ + 2, 0, &error));
  g_assert_true (lanyard_directory_load_end_rows (directory, &error));
  while (stage != LANYARD_LOAD_NONE)
    g_assert_true (lanyard_directory_load_step (directory, &stage, &error));
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, 0);
  assert_family (directory, 3, NULL);
  g_assert_true (lanyard_database_check (lanyard_directory_get_database (directory), &error));
}

/* A row that nobody understands and two that mean the same harm nobody else. */
static void
test_bad_rows (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardVault) vault = make_vault ();
  g_autoptr (LanyardDirectory) directory
      = lanyard_directory_open (fixture->directory_path, vault, TRUE, NULL);
  g_autoptr (LanyardEntry) first = make_entry (1, "First"), second = make_entry (1, "Second");
  LanyardLoadRow rows[3];
  LanyardLoadStage stage = LANYARD_LOAD_INDEX;
  LanyardHash name = make_name (3);
  GError *error = NULL;

  rows[0] = (LanyardLoadRow){ 5, lanyard_entry_encode (second) };
  rows[1] = (LanyardLoadRow){ 4, lanyard_entry_encode (first) };
  rows[2] = (LanyardLoadRow){ 6, g_bytes_new_static ("\x81\x01", 2) };
  g_assert_true (lanyard_directory_load_begin (directory, &name, 6, 0, &error));
  g_assert_true (lanyard_directory_load_rows (directory, rows, 3, 1, 0, &error));
  g_assert_true (lanyard_directory_load_end_rows (directory, &error));
  while (stage != LANYARD_LOAD_NONE)
    g_assert_true (lanyard_directory_load_step (directory, &stage, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, 1);
  g_assert_cmpuint (lanyard_directory_get_set_aside (directory), ==, 1);
  assert_family (directory, 1, "Second");
  for (guint i = 0; i < 3; i++)
    g_bytes_unref (rows[i].entry);
}

/* The power fails at every operation of a load in turn; each time it goes on to the end. */
static void
test_power (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardVault) vault = make_vault ();
  g_autoptr (LanyardDirectory) directory = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (31);
  LanyardHash name = make_name (1);
  guint n_cuts = 0;
  gboolean was_cut = TRUE;

  crash_vfs_register ();
  directory = lanyard_directory_open (fixture->directory_path, vault, TRUE, NULL);
  fill_old (directory);
  g_clear_pointer (&directory, lanyard_directory_close);
  crash_vfs_save ();
  for (guint64 at = 0; was_cut; at += 1 + at / 60)
    {
      gboolean over = FALSE;

      crash_vfs_restore ();
      directory = lanyard_directory_open (fixture->directory_path, vault, FALSE, NULL);
      /* So that checkpoints are cut as well. */
      lanyard_database_exec (lanyard_directory_get_database (directory),
                             "PRAGMA wal_autocheckpoint = 20", NULL);
      crash_vfs_cut_after (at);
      while (!over && go_on (directory, &name, &over))
        continue;
      was_cut = crash_vfs_is_cut ();
      g_clear_pointer (&directory, lanyard_directory_close);
      crash_vfs_recover (rand);
      directory = lanyard_directory_open (fixture->directory_path, vault, FALSE, NULL);
      g_assert_nonnull (directory);
      assert_whole (directory);
      load_whole (directory, &name);
      g_assert_true (lanyard_database_check (lanyard_directory_get_database (directory), NULL));
      g_clear_pointer (&directory, lanyard_directory_close);
      n_cuts += was_cut;
    }
  g_test_message ("%u cuts", n_cuts);
  g_assert_cmpuint (n_cuts, >, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
#define ADD(path, func)                                                                            \
  g_test_add ("/store/directory-load/" path, StoreFixture, NULL, store_fixture_set_up, func,       \
              store_fixture_tear_down)
  ADD ("swap", test_swap);
  ADD ("again", test_again);
  ADD ("bad-rows", test_bad_rows);
  ADD ("power", test_power); /* last: from then on all files are in memory */
#undef ADD
  return g_test_run ();
}
