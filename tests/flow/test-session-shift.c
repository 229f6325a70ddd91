/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a shift is closed though a badge is missing, or cannot be closed at all. */

#include "flow-fixture.h"

static void
act (FlowFixture *fixture, LanyardStaffActionKind kind, const char *text, guint number)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (kind);

  action->text = g_strdup (text);
  action->reason = number;
  action->count = number;
  lanyard_session_act (fixture->session, action);
}

static void
assert_notice (FlowFixture *fixture, LanyardNotice notice)
{
  g_assert_cmpint (fixture->view->notice, ==, notice);
}

static gboolean
take_last_close (const LanyardRecord *record, gpointer user_data)
{
  GPtrArray **rows = user_data;

  if (record->kind != LANYARD_RECORD_SHIFT_CLOSED)
    return TRUE;
  g_clear_pointer (rows, g_ptr_array_unref);
  *rows = lanyard_shift_rows_of (record);
  return TRUE;
}

/* Returns: (transfer full): of the last close */
static GPtrArray *
get_rows (FlowFixture *fixture)
{
  GPtrArray *rows = NULL;

  g_assert_true (lanyard_journal_foreach (fixture->journal, take_last_close, &rows, NULL));
  g_assert_nonnull (rows);
  return rows;
}

static void
test_agrees (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  const LanyardShiftRow *row;

  fixture->printer->sheets = 100;
  lanyard_session_read_counters (fixture->session);
  g_free (flow_walk_to_issued (fixture, PERSON_READY));
  fixture->printer->sheets = 101;
  flow_press (fixture, LANYARD_INPUT_DONE);
  act (fixture, LANYARD_ACT_CLOSE_SHIFT, NULL, 0);
  assert_notice (fixture, LANYARD_NOTICE_STAFF_ONLY);
  flow_sign_in (fixture);
  act (fixture, LANYARD_ACT_LOAD_CARDS, LANYARD_PRINTER_NAME_ONLY, 100);
  act (fixture, LANYARD_ACT_CLOSE_SHIFT, NULL, 0);
  assert_notice (fixture, LANYARD_NOTICE_SHIFT_CLOSED);
  rows = get_rows (fixture);
  g_assert_cmpuint (rows->len, ==, 1);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->count.printer, ==, LANYARD_PRINTER_NAME_ONLY);
  g_assert_cmpuint (row->count.allocated, ==, 1);
  g_assert_cmpuint (row->count.confirmed, ==, 1);
  g_assert_cmpuint (row->count.loaded, ==, 100);
  g_assert_cmpint (row->count.left, ==, 100);
  g_assert_true (row->knows_lifetime);
  g_assert_cmpuint (row->lifetime, ==, 101);
  g_assert_cmpint (row->note, ==, LANYARD_SHIFT_NOTE_NONE);

  /* The next shift begins with what is there, and its own counter agrees. */
  lanyard_session_read_counters (fixture->session);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_COUNTER_READ), ==, 1);
  act (fixture, LANYARD_ACT_CLOSE_SHIFT, NULL, 0);
  assert_notice (fixture, LANYARD_NOTICE_SHIFT_CLOSED);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_SHIFT_CLOSED), ==, 2);
  flow_check_journal (fixture);
}

/* Staff count cards; only a supervisor closes. */
static void
test_supervisor (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  lanyard_staff_put (fixture->folder, "1", LANYARD_STAFF_ROLE_SUPERVISOR, FLOW_PIN, &error);
  lanyard_staff_put (fixture->folder, "2", LANYARD_STAFF_ROLE_STAFF, FLOW_PIN, &error);
  g_assert_no_error (error);
  lanyard_session_sign_in_as (fixture->session, "2", FLOW_PIN);
  g_assert_true (fixture->view->staff_signed_in);
  act (fixture, LANYARD_ACT_LOAD_CARDS, LANYARD_PRINTER_NAME_ONLY, 100);
  assert_notice (fixture, LANYARD_NOTICE_CARDS_NOTED);
  act (fixture, LANYARD_ACT_CLOSE_SHIFT, NULL, 0);
  assert_notice (fixture, LANYARD_NOTICE_SUPERVISOR_ONLY);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_SHIFT_CLOSED), ==, 0);
}

static void
test_open_badge (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;

  g_free (flow_walk_to_printing (fixture, PERSON_READY));
  flow_sign_in (fixture);
  act (fixture, LANYARD_ACT_CLOSE_SHIFT, NULL, 0);
  assert_notice (fixture, LANYARD_NOTICE_SHIFT_OPEN);
  flow_press (fixture, LANYARD_INPUT_CALL_STAFF);
  flow_assert_page (fixture, "attention");
  act (fixture, LANYARD_ACT_CLOSE_SHIFT, NULL, 0);
  assert_notice (fixture, LANYARD_NOTICE_SHIFT_OPEN);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_SHIFT_CLOSED), ==, 0);
  flow_press (fixture, LANYARD_INPUT_NOT_OUT);
  act (fixture, LANYARD_ACT_CLOSE_SHIFT, NULL, 0);
  assert_notice (fixture, LANYARD_NOTICE_SHIFT_CLOSED);
  rows = get_rows (fixture);
  g_assert_cmpuint (((LanyardShiftRow *)g_ptr_array_index (rows, 0))->count.voided, ==, 1);
}

/* The printer counted two more than the records: somebody must say why, and that is kept. */
static void
test_differs (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;

  fixture->printer->sheets = 100;
  lanyard_session_read_counters (fixture->session);
  fixture->printer->sheets = 102;
  flow_sign_in (fixture);
  act (fixture, LANYARD_ACT_CLOSE_SHIFT, NULL, 0);
  assert_notice (fixture, LANYARD_NOTICE_SHIFT_DIFFERS);
  act (fixture, LANYARD_ACT_EXPLAIN_COUNTER, LANYARD_PRINTER_NAME_ONLY, 12345);
  assert_notice (fixture, LANYARD_NOTICE_NOT_POSSIBLE);
  act (fixture, LANYARD_ACT_EXPLAIN_COUNTER, "another", LANYARD_SHIFT_NOTE_SHARED);
  assert_notice (fixture, LANYARD_NOTICE_NOT_POSSIBLE);
  act (fixture, LANYARD_ACT_CLOSE_SHIFT, NULL, 0);
  assert_notice (fixture, LANYARD_NOTICE_SHIFT_DIFFERS);
  act (fixture, LANYARD_ACT_EXPLAIN_COUNTER, LANYARD_PRINTER_NAME_ONLY,
       LANYARD_SHIFT_NOTE_TEST_PRINTS);
  act (fixture, LANYARD_ACT_CLOSE_SHIFT, NULL, 0);
  assert_notice (fixture, LANYARD_NOTICE_SHIFT_CLOSED);
  rows = get_rows (fixture);
  g_assert_cmpint (((LanyardShiftRow *)g_ptr_array_index (rows, 0))->note, ==,
                   LANYARD_SHIFT_NOTE_TEST_PRINTS);
  /* It was why that shift differed, not the next. */
  fixture->printer->sheets = 103;
  act (fixture, LANYARD_ACT_CLOSE_SHIFT, NULL, 0);
  assert_notice (fixture, LANYARD_NOTICE_SHIFT_DIFFERS);
  /* The two test cards are recorded as used up: then it agrees by itself. */
  act (fixture, LANYARD_ACT_SPOIL_CARDS, LANYARD_PRINTER_NAME_ONLY, 1);
  act (fixture, LANYARD_ACT_CLOSE_SHIFT, NULL, 0);
  assert_notice (fixture, LANYARD_NOTICE_SHIFT_CLOSED);
}

/* A printer that is off keeps nobody in the office. */
static void
test_printer_off (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;

  fixture->printer->sheets = 100;
  lanyard_session_read_counters (fixture->session);
  fixture->printer->sheets = 107;
  fixture->printer->fault = LANYARD_PRINT_FAULT_OFFLINE;
  flow_sign_in (fixture);
  act (fixture, LANYARD_ACT_CLOSE_SHIFT, NULL, 0);
  assert_notice (fixture, LANYARD_NOTICE_SHIFT_CLOSED);
  rows = get_rows (fixture);
  g_assert_false (((LanyardShiftRow *)g_ptr_array_index (rows, 0))->knows_lifetime);
}

static void
set_up_two (FlowFixture *fixture, gconstpointer data)
{
  flow_make (fixture, NULL);
  fixture->two_printers = TRUE;
  flow_open (fixture);
}

/* Each printer has its row; the one that was chosen is chosen after the close too. */
static void
test_two_printers (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;

  g_free (flow_walk_to_issued (fixture, PERSON_READY));
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_sign_in (fixture);
  act (fixture, LANYARD_ACT_CHOOSE_PRINTER, "right", 0);
  act (fixture, LANYARD_ACT_LOAD_CARDS, "right", 50);
  act (fixture, LANYARD_ACT_CLOSE_SHIFT, NULL, 0);
  assert_notice (fixture, LANYARD_NOTICE_SHIFT_CLOSED);
  rows = get_rows (fixture);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpuint (((LanyardShiftRow *)g_ptr_array_index (rows, 0))->count.confirmed, ==, 1);
  g_assert_cmpuint (((LanyardShiftRow *)g_ptr_array_index (rows, 1))->count.loaded, ==, 50);
  flow_reopen (fixture);
  flow_scan_invitation (fixture, PERSON_OTHER);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  g_assert_cmpuint (fixture->right->submitted->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add ("/flow/session-shift/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)
  ADD ("agrees", test_agrees);
  ADD ("supervisor", test_supervisor);
  ADD ("open-badge", test_open_badge);
  ADD ("differs", test_differs);
  ADD ("printer-off", test_printer_off);
  g_test_add ("/flow/session-shift/two-printers", FlowFixture, NULL, set_up_two, test_two_printers,
              flow_tear_down);
  return g_test_run ();
}
