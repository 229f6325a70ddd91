/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, what somebody pressed counts for somebody else. */

#include "flow-fixture.h"

static void
answer (FlowFixture *fixture, LanyardInput input, guint64 question)
{
  lanyard_session_input (fixture->session, input, question, NULL);
}

/* A "yes" that was on its way while the person before the kiosk changed. */
static void
test_late_yes (FlowFixture *fixture, gconstpointer data)
{
  guint64 question;

  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "confirm");
  question = fixture->view->question;
  flow_wait (fixture, fixture->config->idle_s + 1);
  flow_assert_page (fixture, "welcome");
  flow_scan_invitation (fixture, PERSON_OTHER);
  flow_assert_page (fixture, "confirm");

  answer (fixture, LANYARD_INPUT_CONFIRM, question);
  flow_assert_page (fixture, "confirm");
  answer (fixture, LANYARD_INPUT_CONFIRM, 0);
  flow_assert_page (fixture, "confirm");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 0);
  answer (fixture, LANYARD_INPUT_CANCEL, question);
  flow_assert_page (fixture, "confirm");
  answer (fixture, LANYARD_INPUT_CALL_STAFF, question);
  flow_assert_page (fixture, "confirm");

  answer (fixture, LANYARD_INPUT_CONFIRM, fixture->view->question);
  flow_assert_page (fixture, "printing");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 1);
}

/* The word of staff that a badge came out is about that badge, not about the next one. */
static void
test_late_word (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *first = flow_walk_to_reported (fixture, PERSON_READY);
  g_autofree char *second = NULL;
  guint64 question;

  flow_sign_in (fixture);
  flow_assert_page (fixture, "scan-back");
  question = fixture->view->question;
  flow_scan_badge (fixture, first);
  flow_assert_page (fixture, "done");
  flow_press (fixture, LANYARD_INPUT_DONE);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_OTHER));
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  second = g_strdup (fake_printer_get_last (fixture->printer));
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_assert_page (fixture, "scan-back");

  answer (fixture, LANYARD_INPUT_CAME_OUT, question);
  answer (fixture, LANYARD_INPUT_DONE, question);
  answer (fixture, LANYARD_INPUT_UNREADABLE, question);
  answer (fixture, LANYARD_INPUT_NOT_OUT, question);
  flow_assert_page (fixture, "scan-back");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_ISSUED), ==, 1);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_VOIDED), ==, 0);
  /* A serial says which badge is meant. */
  lanyard_session_input (fixture->session, LANYARD_INPUT_CAME_OUT, question, second);
  flow_assert_page (fixture, "done");
  flow_check_journal (fixture);
}

/* What does not change the question does not make an answer late. */
static void
test_same_question (FlowFixture *fixture, gconstpointer data)
{
  guint64 question;

  g_assert_cmpuint (fixture->view->question, !=, 0);
  flow_scan_invitation (fixture, PERSON_READY);
  question = fixture->view->question;
  flow_press (fixture, LANYARD_INPUT_ACTIVITY);
  flow_scan_invitation (fixture, PERSON_OTHER); /* "somebody else is being served" */
  lanyard_session_set_language (fixture->session, "fr");
  lanyard_session_sign_in (fixture->session, "111111"); /* wrong */
  g_assert_cmpuint (fixture->view->question, ==, question);
  answer (fixture, LANYARD_INPUT_CONFIRM, question);
  flow_assert_page (fixture, "printing");
  question = fixture->view->question;
  fake_printer_say (fixture->printer, LANYARD_PRINT_SPOOLED);
  answer (fixture, LANYARD_INPUT_CALL_STAFF, question);
  flow_assert_page (fixture, "attention");
}

/* Help is called once a visit: who keeps pressing does not fill the journal. */
static void
test_call_once (FlowFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 50; i++)
    {
      flow_press (fixture, LANYARD_INPUT_CALL_STAFF);
      flow_press (fixture, LANYARD_INPUT_CALL_STAFF);
      flow_press (fixture, LANYARD_INPUT_DONE);
      flow_assert_page (fixture, "welcome");
    }
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_REFERRED), ==, 1);

  /* The next one who needs help is heard: after a while, */
  flow_wait (fixture, fixture->config->idle_s + 1);
  flow_press (fixture, LANYARD_INPUT_CALL_STAFF);
  flow_assert_page (fixture, "refused");
  g_assert_nonnull (fixture->view->ticket);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_REFERRED), ==, 2);
  /* after nobody finished the page, */
  flow_wait (fixture, fixture->config->idle_s + 1);
  flow_assert_page (fixture, "welcome");
  flow_press (fixture, LANYARD_INPUT_CALL_STAFF);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_REFERRED), ==, 3);
  flow_press (fixture, LANYARD_INPUT_DONE);
  /* and after somebody was served. */
  flow_scan_invitation (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  flow_press (fixture, LANYARD_INPUT_CALL_STAFF);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_REFERRED), ==, 4);
  flow_check_journal (fixture);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/flow/answers/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("late-yes", test_late_yes);
  ADD ("late-word", test_late_word);
  ADD ("same-question", test_same_question);
  ADD ("call-once", test_call_once);
  return g_test_run ();
}
