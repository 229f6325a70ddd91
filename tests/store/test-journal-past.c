/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, what a desk did with a person is forgotten, or told of somebody else; or what
 * staff wrote about a person can be read by others. */

#include "store-fixture.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hand-over.h"

#define WRITTEN "Brought the passport of the sister."

static gboolean
read_past (LanyardJournal *journal, guint max)
{
  g_autoptr (GError) error = NULL;
  gboolean complete = FALSE;

  lanyard_journal_read_past (journal, max, &complete, &error);
  g_assert_no_error (error);
  return complete;
}

static GPtrArray *
list_past (LanyardJournal *journal, const char *number, guint max, gboolean expect_complete)
{
  g_autoptr (GError) error = NULL;
  gboolean complete = !expect_complete;
  GPtrArray *lines = lanyard_journal_list_past (journal, number, max, &complete, &error);

  g_assert_no_error (error);
  g_assert_cmpint (complete, ==, expect_complete);
  return lines;
}

static void
assert_n_lines (LanyardJournal *journal, const char *number, guint n)
{
  g_autoptr (GPtrArray) lines = list_past (journal, number, 100, TRUE);

  g_assert_cmpuint (lines->len, ==, n);
}

/* Read in slices, with badges issued in between, over a restart, is what happened. */
static void
test_slices (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *first = store_number (1), *second = store_number (2), *nobody = store_number (3);
  LanyardJournal *journal = store_fixture_open_journal (fixture);
  LanyardId id;

  for (guint i = 0; i < 5; i++)
    {
      g_free (store_issue (journal, first, &id));
      lanyard_record_free (store_commit (journal, &id, LANYARD_RECORD_VOIDED, LANYARD_PICKUP_ISSUED,
                                         LANYARD_PICKUP_VOID, first));
    }
  /* nobody has asked yet */
  g_ptr_array_unref (list_past (journal, first, 100, FALSE));
  g_assert_false (read_past (journal, 6));
  g_free (store_issue (journal, second, NULL));
  while (!read_past (journal, 6))
    ;
  assert_n_lines (journal, first, 10);
  assert_n_lines (journal, second, 1);
  assert_n_lines (journal, nobody, 0);
  /* from now on each commit is there at once */
  g_free (store_issue (journal, second, NULL));
  assert_n_lines (journal, second, 2);
  lanyard_journal_close (journal);

  journal = store_fixture_open_journal (fixture);
  g_assert_true (read_past (journal, 1000));
  assert_n_lines (journal, first, 10);
  assert_n_lines (journal, second, 2);
  lanyard_journal_close (journal);
}

/* The newest come first, and of a long past no more than was asked for is read. */
static void
test_newest (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *number = store_number (1);
  g_autofree char *last = NULL;

  for (guint i = 0; i < 20; i++)
    {
      fixture->now_us += G_TIME_SPAN_MINUTE;
      g_free (last);
      last = store_issue (journal, number, NULL);
    }
  g_assert_true (read_past (journal, 1000));
  lines = list_past (journal, number, 6, TRUE);
  g_assert_cmpuint (lines->len, ==, 3);
  g_assert_cmpstr (((LanyardPastLine *)lines->pdata[0])->serial, ==, last);
  g_assert_cmpint (((LanyardPastLine *)lines->pdata[0])->kind, ==, LANYARD_PAST_ISSUED);
  g_assert_cmpint (((LanyardPastLine *)lines->pdata[0])->at_us, >,
                   ((LanyardPastLine *)lines->pdata[1])->at_us);
  g_assert_true (((LanyardPastLine *)lines->pdata[0])->waits);
}

static LanyardVault *
make_vault (guint8 seed)
{
  guint8 secret[32];

  memset (secret, seed, sizeof secret);
  return lanyard_vault_new (secret);
}

static LanyardDirectory *
open_directory (StoreFixture *fixture, const char *name, guint8 seed)
{
  g_autoptr (LanyardVault) vault = make_vault (seed);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  LanyardDirectory *directory = lanyard_directory_open (path, vault, TRUE, &error);

  g_assert_no_error (error);
  return directory;
}

/* A note opens at its own desk, about its own person, and nowhere else. */
static void
test_note (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) here = open_directory (fixture, "here.db", 1);
  g_autoptr (LanyardDirectory) elsewhere = open_directory (fixture, "elsewhere.db", 2);
  g_autoptr (GBytes) sealed = lanyard_directory_seal_note (here, "2600000001", WRITTEN);
  g_autoptr (GBytes) again = lanyard_directory_seal_note (here, "2600000001", WRITTEN);
  g_autoptr (GBytes) shorter = lanyard_directory_seal_note (here, "2600000001", "Waits.");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = lanyard_directory_open_note (here, "2600000001", sealed, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, WRITTEN);
  g_assert_false (g_bytes_equal (sealed, again));
  g_assert_cmpuint (g_bytes_get_size (sealed), ==, g_bytes_get_size (shorter));
  g_assert_null (memmem (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed), "sister", 6));

  g_assert_null (lanyard_directory_open_note (here, "2600000002", sealed, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_null (lanyard_directory_open_note (elsewhere, "2600000001", sealed, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT);
}

/* The longest that staff may write fits into a record; what is longer is none. */
static void
test_longest (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardDirectory) here = open_directory (fixture, "here.db", 1);
  GString *longest = g_string_new (NULL);
  g_autoptr (GBytes) sealed = NULL;

  for (guint i = 0; i < LANYARD_NOTE_MAX_CHARS; i++)
    g_string_append_unichar (longest, 0x1f600);
  g_assert_true (lanyard_note_is_sound (longest->str));
  sealed = lanyard_directory_seal_note (here, "2600000001", longest->str);
  g_assert_cmpuint (g_bytes_get_size (sealed), <=, LANYARD_NOTE_MAX_SEALED_BYTES);
  g_string_append_c (longest, 'x');
  g_assert_false (lanyard_note_is_sound (longest->str));
  g_assert_false (lanyard_note_is_sound (""));
  g_assert_false (lanyard_note_is_sound (NULL));
  g_assert_false (lanyard_note_is_sound (" \u3000"));
  g_assert_false (lanyard_note_is_sound ("two\nlines"));
  g_assert_false (lanyard_note_is_sound ("turned \u202earound"));
  g_assert_false (lanyard_note_is_sound ("\xff"));
  g_string_free (longest, TRUE);
}

static void
add (const char *path, void (*test) (StoreFixture *fixture, gconstpointer data))
{
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, test, store_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/past/slices", test_slices);
  add ("/store/past/newest", test_newest);
  add ("/store/past/note", test_note);
  add ("/store/past/longest-note", test_longest);
  return g_test_run ();
}
