/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "lanyard-directory-private.h"
#include "lanyard-directory-load.h"

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
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  g_autofree char *number = store_number (7);
  g_autoptr (GBytes) raw = g_bytes_new_static ("nonsense", 8);
  g_autoptr (GError) error = NULL;

  store_apply_one (directory, 5, 7, store_entry (7));
  g_assert_true (lanyard_directory_set_aside (directory, 4, number, raw, "older", &error));
  g_assert_false (is_overtaken (directory, number));
  g_assert_true (lanyard_directory_set_aside (directory, 9, number, raw, "newer", &error));
  g_assert_true (lanyard_directory_set_aside (directory, 8, number, raw, "again", &error));
  g_assert_true (is_overtaken (directory, number));
  store_apply_one (directory, 8, 7, store_entry (7));
  g_assert_true (is_overtaken (directory, number));
  /* the same after a restart */
  g_clear_pointer (&directory, lanyard_directory_close);
  directory = store_fixture_open_directory (fixture);
  g_assert_true (is_overtaken (directory, number));
  store_apply_one (directory, 10, 7, store_entry (7));
  g_assert_false (is_overtaken (directory, number));
  /* places in the feed begin anew with an era, and what is of the one before is older */
  g_assert_true (lanyard_directory_set_aside (directory, 12, number, raw, "newer", &error));
  g_assert_true (lanyard_directory_begin_again (directory, 7, &error));
  g_assert_true (is_overtaken (directory, number));
  store_apply_one (directory, 2, 7, store_entry (7));
  g_assert_false (is_overtaken (directory, number));
  g_assert_true (lanyard_directory_set_aside (directory, 3, number, raw, "newer", &error));
  g_assert_true (is_overtaken (directory, number));
}

/* What a row of number 7 is that the next program understands. @organisation: to tell them apart */
static GBytes *
make_raw (guint n, const char *organisation)
{
  g_autoptr (LanyardEntry) entry = store_entry (n);

  entry->organisation = g_strdup (organisation);
  return lanyard_entry_encode (entry);
}

/* Sets it aside, as a program does that does not understand it. @number: (nullable) */
static void
set_aside (LanyardDirectory *directory, guint64 gseq, const char *number, GBytes *raw)
{
  g_autoptr (GError) error = NULL;

  lanyard_directory_set_aside (directory, gseq, number, raw, "version 4 is not known", &error);
  g_assert_no_error (error);
}

/* Another program starts. */
static LanyardDirectory *
reopen (StoreFixture *fixture, LanyardDirectory *directory)
{
  lanyard_directory_close (directory);
  store_spoil (fixture->directory_path, "UPDATE state SET tried_by = '0.0.9/3'");
  return store_fixture_open_directory (fixture);
}

/* Returns: how many steps it took */
static guint
retry (LanyardDirectory *directory, guint max_rows)
{
  g_autoptr (GError) error = NULL;
  gboolean over = FALSE;
  guint n = 0;

  for (; !over; n++)
    {
      g_assert_true (lanyard_directory_retry_step (directory, max_rows, &over, &error));
      g_assert_no_error (error);
    }
  return n;
}

static void
assert_organisation (LanyardDirectory *directory, guint n, const char *expected)
{
  g_autofree char *number = store_number (n);
  g_autoptr (LanyardEntry) entry
      = lanyard_directory_lookup (directory, LANYARD_LOOKUP_NUMBER, number, NULL);

  g_assert_cmpstr (entry != NULL ? entry->organisation : NULL, ==, expected);
  g_assert_false (entry != NULL && entry->overtaken);
}

/* The next program understands what this one does not: the person is as the hub says, found by
 * name, too, and what is still not understood stays aside. */
static void
test_next_program (StoreFixture *fixture, gconstpointer data)
{
  LanyardDirectory *directory = store_fixture_open_directory (fixture);
  g_autofree char *number = store_number (7), *new = store_number (8), *bad = store_number (9);
  g_autoptr (GBytes) older = make_raw (7, "Older"), newer = make_raw (7, "Newer");
  g_autoptr (GBytes) first = make_raw (8, "First");
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("nonsense", 8);
  g_autoptr (GPtrArray) hits = NULL;

  g_assert_cmpuint (retry (directory, 10), ==, 1);
  store_apply_one (directory, 5, 7, store_entry (7));
  set_aside (directory, 6, number, older);
  set_aside (directory, 9, number, newer);
  set_aside (directory, 10, new, first);
  set_aside (directory, 11, bad, nonsense);
  set_aside (directory, 12, bad, newer); /* an entry of somebody else */
  /* The same program has no more luck than before. */
  g_assert_cmpuint (retry (directory, 1), ==, 1);
  g_assert_true (is_overtaken (directory, number));
  g_assert_cmpuint (lanyard_directory_get_set_aside (directory), ==, 5);

  directory = reopen (fixture, directory);
  g_assert_true (is_overtaken (directory, number));
  g_assert_cmpuint (retry (directory, 2), ==, 3);
  assert_organisation (directory, 7, "Newer");
  assert_organisation (directory, 8, "First");
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, 2);
  g_assert_cmpuint (lanyard_directory_get_set_aside (directory), ==, 2);
  g_assert_cmpuint (lanyard_directory_get_cursor (directory), ==, 5);
  while (!lanyard_directory_index_step (directory, 100, NULL))
    ;
  hits = lanyard_directory_search (directory, "First", 10);
  g_assert_cmpuint (hits->len, ==, 1);

  /* Once is enough, and the one after that tries again what is left. */
  g_assert_cmpuint (retry (directory, 1), ==, 1);
  directory = reopen (fixture, directory);
  g_assert_cmpuint (retry (directory, 1), ==, 3);
  g_assert_cmpuint (lanyard_directory_get_set_aside (directory), ==, 2);
  lanyard_directory_close (directory);
}

/* What the hub said since counts more, also that somebody is not there any more. */
static void
test_later_counts (StoreFixture *fixture, gconstpointer data)
{
  LanyardDirectory *directory = store_fixture_open_directory (fixture);
  g_autofree char *number = store_number (7), *gone = store_number (8);
  g_autoptr (GBytes) raw = make_raw (7, "Aside"), other = make_raw (8, "Aside");
  g_autoptr (GPtrArray) removal
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_change_free);
  g_autoptr (GError) error = NULL;

  set_aside (directory, 6, number, raw);
  set_aside (directory, 7, gone, other);
  store_apply_one (directory, 8, 7, store_entry (7));
  g_ptr_array_add (removal, lanyard_change_new (9, gone, NULL));
  lanyard_directory_apply (directory, removal, 9, &error);
  g_assert_no_error (error);
  directory = reopen (fixture, directory);
  g_assert_cmpuint (retry (directory, 10), ==, 1);
  assert_organisation (directory, 7, NULL);
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, 1);
  g_assert_cmpuint (lanyard_directory_get_set_aside (directory), ==, 0);

  /* The hub was put back: the feed begins anew, and nobody comes back out of the one before. */
  set_aside (directory, 12, gone, other);
  g_assert_true (lanyard_directory_begin_again (directory, 7, &error));
  directory = reopen (fixture, directory);
  retry (directory, 10);
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, 1);
  lanyard_directory_close (directory);
}

/* A load in which @raw is not understood. @id: of the snapshot; @ends: FALSE: it is broken off */
static void
load_snapshot (LanyardDirectory *directory, guint8 id, guint64 gseq, GBytes *raw, gboolean ends)
{
  LanyardHash snapshot = { { id } };
  LanyardLoadStage stage = LANYARD_LOAD_ROWS;
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_directory_load_begin (directory, &snapshot, 20, 0, &error));
  set_aside (directory, gseq, NULL, raw);
  if (!ends)
    return;
  g_assert_true (lanyard_directory_load_end_rows (directory, &error));
  while (stage != LANYARD_LOAD_NONE)
    g_assert_true (lanyard_directory_load_step (directory, &stage, &error));
}

/* Those that the snapshot in use has and that were not understood are there with the next program;
 * those of one that was broken off, of an earlier one, or of the feed before it are not. */
static void
test_snapshot (StoreFixture *fixture, gconstpointer data)
{
  LanyardDirectory *directory = store_fixture_open_directory (fixture);
  g_autofree char *fed = store_number (6);
  g_autoptr (GBytes) six = make_raw (6, "Six"), seven = make_raw (7, "Seven");
  g_autoptr (GBytes) eight = make_raw (8, "Eight"), nine = make_raw (9, "Nine");

  set_aside (directory, 5, fed, six);
  load_snapshot (directory, 1, 11, seven, TRUE);
  load_snapshot (directory, 2, 12, eight, FALSE);
  load_snapshot (directory, 3, 13, nine, FALSE);
  directory = reopen (fixture, directory);
  retry (directory, 1);
  assert_organisation (directory, 7, "Seven");
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, 1);
  /* only what is still being loaded */
  g_assert_cmpuint (lanyard_directory_get_set_aside (directory), ==, 1);

  load_snapshot (directory, 4, 14, eight, TRUE);
  load_snapshot (directory, 5, 14, eight, TRUE); /* the same row again */
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, 0);
  directory = reopen (fixture, directory);
  retry (directory, 10);
  assert_organisation (directory, 8, "Eight");
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, 1);
  g_assert_cmpuint (lanyard_directory_get_set_aside (directory), ==, 0);
  lanyard_directory_close (directory);
}

/* The power goes between two steps, and in the middle of one: behind the row, before its end. */
static void
test_broken_off (StoreFixture *fixture, gconstpointer data)
{
  LanyardDirectory *directory = store_fixture_open_directory (fixture);
  g_autofree char *seventh = store_number (7), *eighth = store_number (8);
  g_autoptr (GBytes) seven = make_raw (7, "Seven"), eight = make_raw (8, "Eight");
  g_autoptr (GError) error = NULL;
  gboolean over;

  set_aside (directory, 6, seventh, seven);
  set_aside (directory, 7, eighth, eight);
  directory = reopen (fixture, directory);
  g_assert_true (lanyard_directory_retry_step (directory, 1, &over, &error));
  g_assert_false (over);
  set_aside (directory, 6, seventh, seven);
  assert_organisation (directory, 7, "Seven");
  lanyard_directory_close (directory);
  directory = store_fixture_open_directory (fixture);
  g_assert_cmpuint (retry (directory, 10), ==, 1);
  assert_organisation (directory, 7, "Seven");
  assert_organisation (directory, 8, "Eight");
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, 2);
  g_assert_cmpuint (lanyard_directory_get_set_aside (directory), ==, 0);
  lanyard_directory_close (directory);
}

static gint64
count (LanyardDirectory *directory, const char *sql)
{
  g_autoptr (LanyardStatement) select = lanyard_statement_new (directory->database, sql);
  g_autoptr (GError) error = NULL;
  gboolean row;

  g_assert_true (lanyard_statement_step (select, &row, &error));
  g_assert_no_error (error);
  return lanyard_statement_get_int (select, 0);
}

/* A hub of a later version sends more than there is room for: the disk is not filled, nobody of
 * them gets a badge, people are told of all, and the next program has everything sent again. */
static void
test_bounded (StoreFixture *fixture, gconstpointer data)
{
  LanyardDirectory *directory = store_fixture_open_directory (fixture);
  g_autofree char *number = store_number (7);
  g_autoptr (GBytes) raw = make_raw (7, "Aside");
  gsize n_box;

  g_assert_cmpuint (retry (directory, 10), ==, 1);
  store_apply_one (directory, 5, 7, store_entry (7));
  set_aside (directory, 6, number, raw);
  n_box = (gsize)count (directory, "SELECT aside_bytes FROM state");
  g_assert_cmpuint (n_box, >, g_bytes_get_size (raw));
  directory->max_asides = 4;
  directory->max_aside_bytes = 2 * (gint64)n_box;
  for (guint i = 7; i < 20; i++)
    {
      g_autofree char *other = store_number (i);

      set_aside (directory, i, other, raw);
      set_aside (directory, 7, number, raw); /* once more is no more */
    }
  g_assert_cmpint (count (directory, "SELECT count(*) FROM set_aside"), ==, 4);
  g_assert_cmpint (count (directory, "SELECT sum(length(box)) FROM set_aside"), ==,
                   2 * (gint64)n_box);
  g_assert_cmpint (count (directory, "SELECT aside_bytes FROM state"), ==, 2 * (gint64)n_box);
  g_assert_cmpuint (lanyard_directory_get_set_aside (directory), ==, 14);
  g_assert_true (is_overtaken (directory, number));

  /* Of these nothing is kept but that they are overtaken, also after a restart. */
  set_aside (directory, 30, number, raw);
  g_assert_cmpint (count (directory, "SELECT count(*) FROM set_aside WHERE gseq = 30"), ==, 0);
  store_apply_one (directory, 29, 7, store_entry (7));
  g_assert_true (is_overtaken (directory, number));
  lanyard_directory_close (directory);
  directory = store_fixture_open_directory (fixture);
  g_assert_true (is_overtaken (directory, number));
  g_assert_cmpuint (lanyard_directory_get_set_aside (directory), ==, 15);

  /* The next program cannot read what is not there: it asks the hub for all of it. */
  directory = reopen (fixture, directory);
  g_assert_cmpuint (lanyard_directory_get_cursor (directory), ==, 29);
  retry (directory, 3);
  g_assert_cmpuint (lanyard_directory_get_cursor (directory), ==, 0);
  g_assert_true (lanyard_directory_is_stale (directory));
  g_assert_cmpuint (lanyard_directory_get_set_aside (directory), ==, 0);
  g_assert_true (is_overtaken (directory, number));
  store_apply_one (directory, 30, 7, store_entry (7));
  g_assert_false (is_overtaken (directory, number));
  /* It does so once. */
  retry (directory, 3);
  g_assert_cmpuint (lanyard_directory_get_cursor (directory), ==, 30);
  lanyard_directory_close (directory);
}

static const LanyardAside *
get_aside (GPtrArray *asides, guint i)
{
  g_assert_nonnull (asides);
  g_assert_cmpuint (i, <, asides->len);
  return g_ptr_array_index (asides, i);
}

/* Supervisors see whom it is about, as far as that is known here, and what was not understood. */
static void
test_listed (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) directory = store_fixture_open_directory (fixture);
  g_autoptr (LanyardEntry) seven = store_entry (7);
  g_autofree char *number = store_number (7), *stranger = store_number (8);
  g_autoptr (GBytes) raw = make_raw (7, "Later");
  g_autoptr (GPtrArray) asides = NULL, fewer = NULL;
  g_autoptr (GError) error = NULL;

  store_apply_one (directory, 5, 7, store_entry (7));
  set_aside (directory, 9, number, raw);
  set_aside (directory, 11, stranger, raw);
  asides = lanyard_directory_list_asides (directory, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (asides->len, ==, 2);
  g_assert_cmpuint (get_aside (asides, 0)->gseq, ==, 11);
  g_assert_null (get_aside (asides, 0)->number);
  g_assert_null (get_aside (asides, 0)->name);
  g_assert_cmpuint (get_aside (asides, 1)->gseq, ==, 9);
  g_assert_cmpstr (get_aside (asides, 1)->number, ==, number);
  g_assert_cmpstr (get_aside (asides, 1)->name, ==, seven->print_name);
  g_assert_cmpstr (get_aside (asides, 1)->why, ==, "version 4 is not known");
  g_assert_false (get_aside (asides, 1)->over);
  g_clear_pointer (&asides, g_ptr_array_unref);

  /* a later row of theirs is understood; one whose words were changed on the disk has none */
  store_apply_one (directory, 12, 7, store_entry (7));
  g_clear_pointer (&directory, lanyard_directory_close);
  store_spoil (fixture->directory_path, "UPDATE set_aside SET why = x'00' WHERE gseq = 9");
  directory = store_fixture_open_directory (fixture);
  asides = lanyard_directory_list_asides (directory, 10, &error);
  g_assert_no_error (error);
  g_assert_null (get_aside (asides, 1)->why);
  fewer = lanyard_directory_list_asides (directory, 1, &error);
  g_assert_cmpuint (fewer->len, ==, 1);
  g_assert_cmpuint (get_aside (fewer, 0)->gseq, ==, 11);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/store/directory-aside/" name, StoreFixture, NULL, store_fixture_set_up, func,      \
              store_fixture_tear_down)
  ADD ("overtaken", test_overtaken);
  ADD ("next-program", test_next_program);
  ADD ("later-counts", test_later_counts);
  ADD ("snapshot", test_snapshot);
  ADD ("broken-off", test_broken_off);
  ADD ("bounded", test_bounded);
  ADD ("listed", test_listed);
#undef ADD
  return g_test_run ();
}
