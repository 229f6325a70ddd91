/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, what a desk says of its cards is something else than what it recorded. */

#include "store-fixture.h"

#include "lanyard-cbor.h"

static LanyardShift *
get_shift (LanyardJournal *journal)
{
  g_autoptr (GError) error = NULL;
  LanyardShift *shift = lanyard_journal_get_shift (journal, &error);

  g_assert_no_error (error);
  return shift;
}

static void
commit_plain (LanyardJournal *journal, guint16 kind, GBytes *body)
{
  LanyardStep step = { .kind = kind, .body = body };
  g_autoptr (GError) error = NULL;

  lanyard_journal_commit (journal, &step, NULL, &error);
  g_assert_no_error (error);
}

static void
load_cards (LanyardJournal *journal, guint cards)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) body = NULL;

  lanyard_cbor_open_map (writer, 1);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_CARDS);
  lanyard_cbor_write_uint (writer, cards);
  body = lanyard_cbor_writer_end (writer);
  commit_plain (journal, LANYARD_RECORD_CARDS_LOADED, body);
}

static void
close_shift (LanyardJournal *journal)
{
  GPtrArray *counts = lanyard_shift_get_counts (get_shift (journal));
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_shift_row_free);
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (GBytes) body = NULL;

  for (guint i = 0; i < counts->len; i++)
    g_ptr_array_add (rows, lanyard_shift_row_new (g_ptr_array_index (counts, i)));
  encoded = lanyard_shift_rows_encode (rows);
  lanyard_cbor_open_map (writer, 1);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_SHIFT);
  lanyard_cbor_write_encoded (writer, g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded));
  body = lanyard_cbor_writer_end (writer);
  commit_plain (journal, LANYARD_RECORD_SHIFT_CLOSED, body);
}

static void
assert_only (LanyardJournal *journal, guint allocated, guint confirmed, gint left)
{
  const LanyardShiftCount *count
      = lanyard_shift_find (get_shift (journal), LANYARD_PRINTER_NAME_ONLY);

  g_assert_nonnull (count);
  g_assert_cmpuint (count->allocated, ==, allocated);
  g_assert_cmpuint (count->confirmed, ==, confirmed);
  g_assert_cmpint (count->left, ==, left);
}

static LanyardJournal *
reopen (StoreFixture *fixture, LanyardJournal *journal)
{
  lanyard_journal_close (journal);
  return store_fixture_open_journal (fixture);
}

/* What is kept up with each commit is what is read from the disk afterwards, before and after a
 * close. */
static void
test_survives (StoreFixture *fixture, gconstpointer data)
{
  LanyardJournal *journal = store_fixture_open_journal (fixture);
  g_autofree char *number = store_number (1);

  g_assert_cmpuint (lanyard_shift_get_counts (get_shift (journal))->len, ==, 0);
  load_cards (journal, 100);
  g_free (store_issue (journal, number, NULL));
  g_free (store_issue (journal, number, NULL));
  assert_only (journal, 2, 2, 98);
  journal = reopen (fixture, journal);
  assert_only (journal, 2, 2, 98);
  close_shift (journal);
  assert_only (journal, 0, 0, 98);
  g_free (store_issue (journal, number, NULL));
  assert_only (journal, 1, 1, 97);
  journal = reopen (fixture, journal);
  assert_only (journal, 1, 1, 97);
  lanyard_journal_close (journal);
}

/* A step that the journal refuses moves no card. */
static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardJournal) journal = store_fixture_open_journal (fixture);
  g_autofree char *number = store_number (1);
  g_autoptr (GError) error = NULL;
  LanyardStep step = { .kind = LANYARD_RECORD_PRINTING,
                       .from = LANYARD_PICKUP_RESERVED,
                       .to = LANYARD_PICKUP_PRINTING };

  load_cards (journal, 10);
  g_free (store_issue (journal, number, &step.pickup));
  g_assert_false (lanyard_journal_commit (journal, &step, NULL, &error));
  g_assert_nonnull (error);
  assert_only (journal, 1, 1, 9);
}

/* Who enrols a desk anew does not close its shift. */
static void
test_next_epoch (StoreFixture *fixture, gconstpointer data)
{
  LanyardJournal *journal = store_fixture_open_journal (fixture);
  g_autofree char *number = store_number (1);
  g_autoptr (GBytes) receipt = g_bytes_new_static ("receipt", 7);
  g_autoptr (GError) error = NULL;
  LanyardHash head;

  load_cards (journal, 10);
  g_free (store_issue (journal, number, NULL));
  lanyard_journal_get_head_hash (journal, &head);
  lanyard_journal_acknowledge (journal, lanyard_journal_get_head_seq (journal), &head, receipt,
                               &error);
  g_assert_no_error (error);
  store_fixture_enrol (journal, 2, &error);
  g_assert_no_error (error);
  assert_only (journal, 1, 1, 9);
  journal = reopen (fixture, journal);
  assert_only (journal, 1, 1, 9);
  lanyard_journal_close (journal);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add ("/store/journal-shift/" path, StoreFixture, NULL, store_fixture_set_up, func,        \
              store_fixture_tear_down)
  ADD ("survives", test_survives);
  ADD ("refused", test_refused);
  ADD ("next-epoch", test_next_epoch);
  return g_test_run ();
}
