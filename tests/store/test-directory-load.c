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
/* One row comes twice, and only the later one counts. */
#define N_DOUBLES 1
/* Rows of a step of the load: so few that each kind of step comes several times. */
#define STEP_ROWS 4
#define GSEQ 1000

/* The folder's fsync() of the program under test goes to the disk that forgets. */
int
fsync (int fd)
{
  crash_vfs_sync_folder ();
  return (int)syscall (SYS_fsync, fd);
}

static gint64
count (LanyardDirectory *directory, const char *sql)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (lanyard_directory_get_database (directory), sql);
  gboolean row;

  g_assert_true (lanyard_statement_step (select, &row, NULL));
  return row ? lanyard_statement_get_int (select, 0) : 0;
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

  for (guint i = (guint)load->row; i < N_ROWS + N_DOUBLES && n < SLICE; i++, n++)
    {
      g_autoptr (LanyardEntry) entry
          = i < N_ROWS ? make_entry (i + 1, "After") : make_entry (1, "Never");

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

/* Everybody is found by everything, and of the load nothing is left. */
static void
assert_complete (LanyardDirectory *directory)
{
  g_autoptr (GPtrArray) missing = lanyard_directory_list_missing_photos (directory, 100);

  assert_whole (directory);
  for (guint i = 1; i <= N_ROWS; i++)
    assert_family (directory, i, "After");
  /* Every photo that somebody has now is wanted, and no other. */
  g_assert_cmpuint (missing->len, ==, 7);
  g_assert_cmpint (count (directory, "SELECT count(*) FROM entry"), ==, N_ROWS);
  g_assert_cmpint (count (directory, "SELECT count(*) FROM entry_key"), ==, N_ROWS);
  g_assert_cmpint (count (directory, "SELECT count(*) FROM lookup"), ==, N_ROWS);
  g_assert_cmpint (count (directory, "SELECT count(*) FROM entry_photo"), ==, N_ROWS / 2);
  g_assert_cmpint (count (directory, "SELECT count(*) FROM sqlite_schema WHERE name GLOB 'load_*'"
                                     " OR name GLOB 'old_*'"),
                   ==, 0);
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

  _lanyard_directory_set_slice (directory, STEP_ROWS);
  for (guint i = 0; i < 500 && !over; i++)
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
  LanyardHash name = make_name (1);

  fill_old (directory);
  g_assert_cmpuint (count_hits (directory, "before"), ==, N_OLD);
  load_whole (directory, &name);
  g_assert_cmpuint (lanyard_directory_get_era (directory), ==, 77);
  /* Names were taken from the rows as these came: they are found from the swap on. */
  g_assert_true (lanyard_directory_is_indexed (directory));
  g_assert_cmpuint (count_hits (directory, "before"), ==, 0);
  g_assert_cmpuint (count_hits (directory, "after"), ==, N_ROWS);
  g_assert_cmpuint (count_hits (directory, "never"), ==, 0);
  assert_complete (directory);
}

/* The program ends after every single step: each goes on where the one before was, by number,
 * document, photo and name. */
static void
test_restarts (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardVault) vault = make_vault ();
  g_autoptr (LanyardDirectory) directory
      = lanyard_directory_open (fixture->directory_path, vault, TRUE, NULL);
  LanyardHash name = make_name (1);
  gboolean over = FALSE, was_new = FALSE;
  guint n_steps = 0;

  fill_old (directory);
  for (; !over; n_steps++)
    {
      gboolean is_new;

      g_clear_pointer (&directory, lanyard_directory_close);
      directory = lanyard_directory_open (fixture->directory_path, vault, FALSE, NULL);
      _lanyard_directory_set_slice (directory, STEP_ROWS);
      /* Collecting the keys writes nothing, so that it is done once more after each start. */
      for (gint64 before = count (directory, "SELECT total_changes()"); !over;)
        {
          g_assert_true (go_on (directory, &name, &over));
          if (count (directory, "SELECT total_changes()") != before)
            break;
        }
      assert_whole (directory);
      is_new = lanyard_directory_get_cursor (directory) == GSEQ;
      if (is_new && !was_new)
        g_assert_cmpuint (count_hits (directory, "after"), ==, N_ROWS);
      was_new = is_new;
      g_assert_cmpuint (n_steps, <, 200);
    }
  g_test_message ("%u steps", n_steps);
  g_assert_cmpuint (n_steps, >, 30);
  assert_complete (directory);
  g_assert_cmpuint (count_hits (directory, "never"), ==, 0);
}

/* A load that never came to its end leaves nothing for ever, and is taken away little by little. */
static void
test_given_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardVault) vault = make_vault ();
  g_autoptr (LanyardDirectory) directory
      = lanyard_directory_open (fixture->directory_path, vault, TRUE, NULL);
  LanyardHash first = make_name (1), second = make_name (2);
  GError *error = NULL;
  gboolean over;

  fill_old (directory);
  _lanyard_directory_set_slice (directory, STEP_ROWS);
  for (guint i = 0; i < 4; i++)
    g_assert_true (go_on (directory, &first, &over));
  g_assert_true (lanyard_directory_load_begin (directory, &second, GSEQ, 77, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (directory,
                          "SELECT count(*) FROM sqlite_schema WHERE name GLOB 'old_*_load_entry'"),
                   ==, 1);
  load_whole (directory, &second);
  assert_complete (directory);
}

static gboolean
on_walked (const LanyardEntry *entry, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (entry->family_name));
  return TRUE;
}

/* Who reads everybody a few at a time begins again when a snapshot comes in between: what is a row
 * of the one directory is another person in the next. */
static void
test_walk (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardVault) vault = make_vault ();
  g_autoptr (LanyardDirectory) directory
      = lanyard_directory_open (fixture->directory_path, vault, TRUE, NULL);
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (g_free);
  LanyardDirectoryWalk walk = { 0 };
  LanyardHash name = make_name (1);
  GError *error = NULL;
  gboolean again;

  fill_old (directory);
  g_assert_true (lanyard_directory_walk (directory, &walk, 2, &again, on_walked, read, &error));
  g_assert_false (again || walk.over);
  g_assert_cmpuint (read->len, ==, 2);
  load_whole (directory, &name);
  g_assert_true (lanyard_directory_walk (directory, &walk, 2, &again, on_walked, read, &error));
  g_assert_true (again);
  g_assert_cmpuint (read->len, ==, 2);
  g_ptr_array_set_size (read, 0);
  while (!walk.over)
    {
      g_assert_true (lanyard_directory_walk (directory, &walk, 4, &again, on_walked, read, &error));
      g_assert_false (again);
    }
  g_assert_cmpuint (read->len, ==, N_ROWS);
  for (guint i = 0; i < read->len; i++)
    g_assert_cmpstr (read->pdata[i], ==, "After");
}

/* What one step may cost, counted: instructions of SQLite's machine, and pages it looked at. */
typedef struct
{
  guint64 n_instructions;
  guint64 n_pages;
} Cost;

static int
on_instruction (void *user_data)
{
  ((Cost *)user_data)->n_instructions++;
  return 0;
}

static void
take_cost (sqlite3 *handle, Cost *cost, Cost *longest)
{
  int hit, miss, high;

  sqlite3_db_status (handle, SQLITE_DBSTATUS_CACHE_HIT, &hit, &high, 1);
  sqlite3_db_status (handle, SQLITE_DBSTATUS_CACHE_MISS, &miss, &high, 1);
  cost->n_pages = (guint64)hit + (guint64)miss;
  longest->n_instructions = MAX (longest->n_instructions, cost->n_instructions);
  longest->n_pages = MAX (longest->n_pages, cost->n_pages);
  *cost = (Cost){ 0 };
}

static GBytes *
make_hash (guint n)
{
  LanyardHash hash;

  lanyard_hash_compute (&hash, "test", &n, sizeof n, NULL, 0);
  return g_bytes_new (hash.bytes, sizeof hash.bytes);
}

static void
load_many (LanyardDirectory *directory, guint n_rows)
{
  LanyardLoadRow rows[SLICE];

  for (guint at = 0; at < n_rows; at += SLICE)
    {
      for (guint i = 0; i < SLICE; i++)
        {
          g_autoptr (LanyardEntry) entry = make_entry (at + i, "Many");

          g_clear_pointer (&entry->photo_hash, g_bytes_unref);
          entry->photo_hash = make_hash (at + i);
          rows[i] = (LanyardLoadRow){ at + i + 1, lanyard_entry_encode (entry) };
        }
      g_assert_true (lanyard_directory_load_rows (directory, rows, SLICE, 0, at + SLICE, NULL));
      for (guint i = 0; i < SLICE; i++)
        g_bytes_unref (rows[i].entry);
    }
  g_assert_true (lanyard_directory_load_end_rows (directory, NULL));
}

/* Returns: the dearest step of loading so many over as many others */
static Cost
measure_steps (StoreFixture *fixture, guint n_rows)
{
  g_autofree char *path = g_strdup_printf ("%s-%u", fixture->directory_path, n_rows);
  g_autoptr (LanyardVault) vault = make_vault ();
  g_autoptr (LanyardDirectory) directory = lanyard_directory_open (path, vault, TRUE, NULL);
  sqlite3 *handle = lanyard_database_get_handle (lanyard_directory_get_database (directory));
  Cost cost = { 0 }, longest = { 0 };

  _lanyard_directory_set_slice (directory, 20);
  for (guint8 round = 1; round <= 2; round++)
    {
      LanyardLoadStage stage = LANYARD_LOAD_INDEX;
      LanyardHash name = make_name (round);

      g_assert_true (lanyard_directory_load_begin (directory, &name, n_rows + round, 0, NULL));
      load_many (directory, n_rows);
      sqlite3_progress_handler (handle, 1, on_instruction, &cost);
      take_cost (handle, &cost, &(Cost){ 0 });
      while (stage != LANYARD_LOAD_NONE)
        {
          g_assert_true (lanyard_directory_load_step (directory, &stage, NULL));
          take_cost (handle, &cost, &longest);
        }
      sqlite3_progress_handler (handle, 0, NULL, NULL);
    }
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, n_rows);
  return longest;
}

/* No step takes longer because more people are loaded: nobody at the counter waits for it. */
static void
test_steps (StoreFixture *fixture, gconstpointer data)
{
  Cost few = measure_steps (fixture, 60 * SLICE), many = measure_steps (fixture, 480 * SLICE);

  g_test_message ("dearest step: %" G_GUINT64_FORMAT " instructions and %" G_GUINT64_FORMAT
                  " pages, of eight times as many people %" G_GUINT64_FORMAT
                  " and %" G_GUINT64_FORMAT,
                  few.n_instructions, few.n_pages, many.n_instructions, many.n_pages);
  g_assert_cmpuint (few.n_pages, >, 10);
  g_assert_cmpuint (many.n_instructions, <, few.n_instructions * 3 / 2);
  g_assert_cmpuint (many.n_pages, <, few.n_pages * 3 / 2);
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
      _lanyard_directory_set_slice (directory, STEP_ROWS);
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
      assert_complete (directory);
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
  ADD ("restarts", test_restarts);
  ADD ("given-up", test_given_up);
  ADD ("walk", test_walk);
  ADD ("steps", test_steps);
  ADD ("power", test_power); /* last: from then on all files are in memory */
#undef ADD
  return g_test_run ();
}
