/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a desk says that there are cards where there are none, or stops for a number that
 * somebody forgot to type. */

#include "flow-fixture.h"

#include "lanyard-cbor.h"

static void
note_cards (FlowFixture *fixture, LanyardStaffActionKind kind, guint count)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (kind);

  action->text = g_strdup (LANYARD_PRINTER_NAME_ONLY);
  action->count = count;
  lanyard_session_act (fixture->session, action);
}

/* Returns: (transfer full): of one printer */
static LanyardStock *
get_stock (FlowFixture *fixture)
{
  LanyardStock *stock = lanyard_session_make_stock (fixture->session);

  g_assert_nonnull (stock);
  g_assert_cmpuint (stock->printers->len, ==, 1);
  return stock;
}

static void
assert_left (FlowFixture *fixture, gint left, gboolean low)
{
  g_autoptr (LanyardStock) stock = get_stock (fixture);
  const LanyardStockPrinter *printer = lanyard_stock_get_chosen (stock);

  g_assert_nonnull (printer);
  g_assert_true (printer->count->knows_left);
  g_assert_cmpint (printer->count->left, ==, left);
  g_assert_cmpint (printer->low, ==, low);
}

/* What a record says is left, for the hub, and what the records together say, at each of them. */
typedef struct
{
  LanyardShift *shift;
  guint n_told;
} Told;

static gboolean
check_told (const LanyardRecord *record, gpointer user_data)
{
  Told *told = user_data;
  LanyardCborReader reader;
  gsize n_pairs;

  lanyard_shift_take (told->shift, record);
  lanyard_cbor_reader_init (&reader, g_bytes_get_data (record->body, NULL),
                            g_bytes_get_size (record->body), LANYARD_RECORD_MAX_BODY_BYTES);
  n_pairs = lanyard_cbor_enter_map (&reader, 32);
  for (gsize i = 0; i < n_pairs; i++)
    {
      if (lanyard_cbor_read_uint (&reader, G_MAXUINT64) != LANYARD_BODY_CARDS_LEFT)
        {
          lanyard_cbor_skip (&reader, NULL);
          continue;
        }
      told->n_told++;
      g_assert_cmpint (lanyard_cbor_read_int (&reader, -G_MAXINT32, G_MAXINT32), ==,
                       lanyard_shift_find (told->shift, LANYARD_PRINTER_NAME_ONLY)->left);
    }
  g_assert_true (lanyard_cbor_reader_end (&reader, "body", NULL));
  return TRUE;
}

static void
assert_told (FlowFixture *fixture, guint n)
{
  g_autoptr (LanyardShift) shift = lanyard_shift_new ();
  Told told = { .shift = shift };
  g_autoptr (GError) error = NULL;

  lanyard_journal_foreach (fixture->journal, check_told, &told, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (told.n_told, ==, n);
}

static void
test_cards (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = NULL;

  flow_sign_in (fixture);
  note_cards (fixture, LANYARD_ACT_LOAD_CARDS, 22);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_CARDS_NOTED);
  assert_left (fixture, 22, FALSE);
  lanyard_session_input (fixture->session, LANYARD_INPUT_SIGN_OUT, 0, NULL);
  g_free (flow_walk_to_issued (fixture, PERSON_READY));
  assert_left (fixture, 21, FALSE);
  flow_press (fixture, LANYARD_INPUT_DONE);
  serial = flow_walk_to_printing (fixture, PERSON_OTHER);
  assert_left (fixture, 20, TRUE);
  /* The card is still in the tray: staff looked. */
  flow_press (fixture, LANYARD_INPUT_CALL_STAFF);
  flow_sign_in (fixture);
  flow_press (fixture, LANYARD_INPUT_NOT_OUT);
  assert_left (fixture, 21, FALSE);
  note_cards (fixture, LANYARD_ACT_SPOIL_CARDS, 3);
  assert_left (fixture, 18, TRUE);
  note_cards (fixture, LANYARD_ACT_COUNT_CARDS, 16);
  assert_left (fixture, 16, TRUE);
  assert_told (fixture, 6);
  flow_reopen (fixture);
  assert_left (fixture, 16, TRUE);
  flow_check_journal (fixture);
}

/* A jam eats the card, though nothing came out. */
static void
test_jam (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = NULL;

  flow_sign_in (fixture);
  note_cards (fixture, LANYARD_ACT_COUNT_CARDS, 50);
  lanyard_session_input (fixture->session, LANYARD_INPUT_SIGN_OUT, 0, NULL);
  serial = flow_walk_to_printing (fixture, PERSON_READY);
  fake_printer_report (fixture->printer, serial, LANYARD_PRINT_STOPPED,
                       LANYARD_PRINT_FAULT_MEDIA_JAM);
  flow_press (fixture, LANYARD_INPUT_CALL_STAFF);
  flow_sign_in (fixture);
  flow_press (fixture, LANYARD_INPUT_NOT_OUT);
  assert_left (fixture, 49, FALSE);
  assert_told (fixture, 2);
}

/* Nobody told the desk of cards, or not of all: it prints on, and says what it knows. */
static void
test_never_blocks (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardStock) stock = NULL;

  g_free (flow_walk_to_issued (fixture, PERSON_READY));
  stock = get_stock (fixture);
  g_assert_false (lanyard_stock_get_chosen (stock)->count->knows_left);
  g_assert_false (lanyard_stock_get_chosen (stock)->low);
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_sign_in (fixture);
  note_cards (fixture, LANYARD_ACT_COUNT_CARDS, 0);
  lanyard_session_input (fixture->session, LANYARD_INPUT_SIGN_OUT, 0, NULL);
  g_free (flow_walk_to_issued (fixture, PERSON_OTHER));
  assert_left (fixture, -1, TRUE);
}

static void
test_refused (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_LOAD_CARDS);
  guint64 head;

  flow_sign_in (fixture);
  head = lanyard_journal_get_head_seq (fixture->journal);
  note_cards (fixture, LANYARD_ACT_LOAD_CARDS, 0);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  note_cards (fixture, LANYARD_ACT_LOAD_CARDS, LANYARD_CARDS_MAX + 1);
  note_cards (fixture, LANYARD_ACT_COUNT_CARDS, G_MAXUINT);
  action->text = g_strdup ("another");
  action->count = 100;
  lanyard_session_act (fixture->session, action);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  g_assert_cmpuint (lanyard_journal_get_head_seq (fixture->journal), ==, head);
}

/* While a badge is on its way nobody knows whether the printer has counted it. */
static void
test_counter_is_read_once (FlowFixture *fixture, gconstpointer data)
{
  lanyard_session_read_counters (fixture->session);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_COUNTER_READ), ==, 0);
  fixture->printer->sheets = 8000;
  g_free (flow_walk_to_printing (fixture, PERSON_READY));
  lanyard_session_read_counters (fixture->session);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_COUNTER_READ), ==, 0);
  fixture->printer->sheets = 8001;
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_scan_badge (fixture, fake_printer_get_last (fixture->printer));
  for (guint i = 0; i < 3; i++)
    lanyard_session_read_counters (fixture->session);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_COUNTER_READ), ==, 1);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_COUNTER_READ, LANYARD_BODY_LIFETIME),
                    ==, 8001);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add ("/flow/session-supplies/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)
  ADD ("cards", test_cards);
  ADD ("jam", test_jam);
  ADD ("never-blocks", test_never_blocks);
  ADD ("refused", test_refused);
  ADD ("counter-is-read-once", test_counter_is_read_once);
  return g_test_run ();
}
