/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, changing over to another printer prints somebody's badge twice, loses a person, or
 * is forgotten at the next start. */

#include "flow-fixture.h"

static void
set_up (FlowFixture *fixture, gconstpointer data)
{
  flow_make (fixture, NULL);
  fixture->two_printers = TRUE;
  flow_open (fixture);
}

static void
choose (FlowFixture *fixture, const char *name)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_CHOOSE_PRINTER);

  action->text = g_strdup (name);
  lanyard_session_act (fixture->session, action);
}

static void
assert_kinds (FlowFixture *fixture, Person person, const char *expected)
{
  g_autofree char *kinds = flow_kinds_of (fixture, flow_number (person));

  g_assert_cmpstr (kinds, ==, expected);
}

static void
assert_printer_of_last (FlowFixture *fixture, const char *name)
{
  g_autofree char *printer
      = flow_body_text (fixture, LANYARD_RECORD_RESERVED, LANYARD_BODY_PRINTER);

  g_assert_cmpstr (printer, ==, name);
}

/* A card is stuck in the left one. Staff change over: nothing prints by itself, the badge is a
 * question, and after "no" the same person stands there again and gets one from the right. */
static void
test_in_the_middle (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = flow_walk_to_printing (fixture, PERSON_READY);

  assert_printer_of_last (fixture, "left");
  fixture->printer->fault = LANYARD_PRINT_FAULT_MEDIA_JAM;
  fake_printer_report (fixture->printer, serial, LANYARD_PRINT_STOPPED,
                       LANYARD_PRINT_FAULT_MEDIA_JAM);
  g_assert_cmpstr (fixture->view->printer, ==, "left");
  g_assert_cmpstr (fixture->view->other_printer, ==, "right");
  flow_sign_in (fixture);
  flow_assert_page (fixture, "printing");
  choose (fixture, "right");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_PRINTER_CHOSEN);
  flow_assert_page (fixture, "attention");
  assert_kinds (fixture, PERSON_READY, "reserved printing unknown");
  g_assert_cmpuint (fixture->printer->cancelled->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (fixture->printer->cancelled, 0), ==, serial);
  g_assert_cmpuint (fixture->right->submitted->len, ==, 0);
  g_assert_cmpuint (fixture->right->cancelled->len, ==, 0);

  flow_press (fixture, LANYARD_INPUT_NOT_OUT);
  flow_assert_page (fixture, "staff");
  assert_kinds (fixture, PERSON_READY, "reserved printing unknown voided");
  g_assert_nonnull (fixture->view->entry);
  g_assert_cmpstr (fixture->view->entry->number, ==, flow_number (PERSON_READY));
  g_assert_cmpuint (fixture->right->submitted->len, ==, 0);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  g_assert_cmpuint (fixture->right->submitted->len, ==, 1);
  g_assert_cmpstr (fake_printer_get_last (fixture->right), !=, serial);
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 1);
  assert_printer_of_last (fixture, "right");
  flow_check_journal (fixture);
}

/* The badge had come out after all: nobody is served twice. */
static void
test_came_out (FlowFixture *fixture, gconstpointer data)
{
  g_free (flow_walk_to_printing (fixture, PERSON_READY));
  flow_sign_in (fixture);
  choose (fixture, "right");
  flow_press (fixture, LANYARD_INPUT_CAME_OUT);
  flow_assert_page (fixture, "staff");
  g_assert_null (fixture->view->entry);
  assert_kinds (fixture, PERSON_READY, "reserved printing unknown issued");
}

static void
test_before_it_was_taken (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = flow_walk_to_reserved (fixture, PERSON_READY);

  flow_sign_in (fixture);
  choose (fixture, "right");
  flow_assert_page (fixture, "attention");
  assert_kinds (fixture, PERSON_READY, "reserved unknown");
  g_assert_cmpstr (g_ptr_array_index (fixture->printer->cancelled, 0), ==, serial);
  g_assert_cmpuint (fixture->right->submitted->len, ==, 0);
}

/* It lies in the tray: whatever is chosen now, it is scanned back. */
static void
test_after_it_came (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = flow_walk_to_reported (fixture, PERSON_READY);

  flow_sign_in (fixture);
  choose (fixture, "right");
  flow_assert_page (fixture, "scan-back");
  g_assert_cmpuint (fixture->printer->cancelled->len, ==, 0);
  flow_scan_badge (fixture, serial);
  assert_kinds (fixture, PERSON_READY, "reserved printing reported issued");
  g_assert_cmpstr (g_ptr_array_index (fixture->printer->forgotten, 0), ==, serial);
}

/* What is an unanswered question from before is cancelled too, and stays a question. */
static void
test_old_questions (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = flow_walk_to_printing (fixture, PERSON_READY);

  flow_reopen (fixture);
  flow_assert_page (fixture, "attention");
  /* The left one had it, in the earlier life, and is asked. */
  g_assert_cmpstr (g_ptr_array_index (fixture->printer->asked, 0), ==, serial);
  g_assert_cmpuint (fixture->right->asked->len, ==, 0);
  flow_sign_in (fixture);
  choose (fixture, "right");
  g_assert_cmpstr (g_ptr_array_index (fixture->printer->cancelled, 0), ==, serial);
  flow_assert_page (fixture, "attention");
  assert_kinds (fixture, PERSON_READY, "reserved printing unknown");
}

static void
test_survives_restart (FlowFixture *fixture, gconstpointer data)
{
  flow_sign_in (fixture);
  choose (fixture, "right");
  flow_reopen (fixture);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  g_assert_cmpuint (fixture->right->submitted->len, ==, 1);
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 0);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_PRINTER_CHOSEN), ==, 1);
}

/* The screen goes back to work with the new printer, and does not suggest one that stands too. */
static void
test_out_of_order (FlowFixture *fixture, gconstpointer data)
{
  fake_printer_set_fault (fixture->right, LANYARD_PRINT_FAULT_MEDIA_EMPTY);
  fake_printer_set_fault (fixture->printer, LANYARD_PRINT_FAULT_COVER_OPEN);
  lanyard_session_check_health (fixture->session);
  flow_assert_page (fixture, "out-of-order");
  g_assert_cmpstr (fixture->view->code, ==, "P40");
  g_assert_null (fixture->view->other_printer);
  fake_printer_set_fault (fixture->right, LANYARD_PRINT_FAULT_NONE);
  lanyard_session_check_health (fixture->session);
  g_assert_cmpstr (fixture->view->other_printer, ==, "right");
  g_assert_cmpstr (fixture->view->printer, ==, "left");
  flow_sign_in (fixture);
  flow_assert_page (fixture, "staff");
  g_assert_cmpint (fixture->view->fault, ==, LANYARD_PRINT_FAULT_COVER_OPEN);
  choose (fixture, "right");
  g_assert_cmpint (fixture->view->fault, ==, LANYARD_PRINT_FAULT_NONE);
  lanyard_session_input (fixture->session, LANYARD_INPUT_SIGN_OUT, 0, NULL);
  flow_assert_page (fixture, "welcome");
}

/* What staff see of printers changes when the printers do. */
static void
test_staff_page (FlowFixture *fixture, gconstpointer data)
{
  flow_sign_in (fixture);
  g_assert_cmpint (fixture->view->fault, ==, LANYARD_PRINT_FAULT_NONE);
  fake_printer_set_fault (fixture->right, LANYARD_PRINT_FAULT_RIBBON);
  fake_printer_set_fault (fixture->printer, LANYARD_PRINT_FAULT_MEDIA_JAM);
  lanyard_session_check_health (fixture->session);
  g_assert_cmpint (fixture->view->fault, ==, LANYARD_PRINT_FAULT_MEDIA_JAM);
  g_assert_null (fixture->view->other_printer);
  fake_printer_set_fault (fixture->right, LANYARD_PRINT_FAULT_NONE);
  lanyard_session_check_health (fixture->session);
  g_assert_cmpstr (fixture->view->other_printer, ==, "right");
  fake_printer_set_fault (fixture->printer, LANYARD_PRINT_FAULT_NONE);
  lanyard_session_check_health (fixture->session);
  g_assert_cmpint (fixture->view->fault, ==, LANYARD_PRINT_FAULT_NONE);
}

static void
test_refused (FlowFixture *fixture, gconstpointer data)
{
  choose (fixture, "right");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_STAFF_ONLY);
  flow_sign_in (fixture);
  choose (fixture, "middle");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  choose (fixture, NULL);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  choose (fixture, "left");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_PRINTER_CHOSEN), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add ("/flow/session-swap/" path, FlowFixture, NULL, set_up, func, flow_tear_down)
  ADD ("in-the-middle", test_in_the_middle);
  ADD ("came-out", test_came_out);
  ADD ("before-it-was-taken", test_before_it_was_taken);
  ADD ("after-it-came", test_after_it_came);
  ADD ("old-questions", test_old_questions);
  ADD ("survives-restart", test_survives_restart);
  ADD ("out-of-order", test_out_of_order);
  ADD ("staff-page", test_staff_page);
  ADD ("refused", test_refused);
  return g_test_run ();
}
