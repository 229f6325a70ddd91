/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, somebody who is not staff does what only staff may, or staff hand out what nobody
 * may. */

#include "flow-fixture.h"

static void
assert_kinds (FlowFixture *fixture, Person person, const char *expected)
{
  g_autofree char *kinds = flow_kinds_of (fixture, flow_number (person));

  g_assert_cmpstr (kinds, ==, expected);
}

static void
test_sign_in (FlowFixture *fixture, gconstpointer data)
{
  lanyard_session_sign_in (fixture->session, FLOW_PIN);
  g_assert_false (fixture->view->staff_signed_in);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_WRONG_PIN);

  flow_sign_in (fixture);
  flow_assert_page (fixture, "staff");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_SIGN_IN), ==, 1);
  flow_press (fixture, LANYARD_INPUT_SIGN_OUT);
  flow_assert_page (fixture, "welcome");
  g_assert_false (fixture->view->staff_signed_in);
  lanyard_session_sign_in (fixture->session, "258026");
  g_assert_false (fixture->view->staff_signed_in);
  lanyard_session_sign_in (fixture->session, "");
  g_assert_false (fixture->view->staff_signed_in);
}

/* Guesses until the desk locks. Returns: how many */
static guint
guess (FlowFixture *fixture)
{
  guint n = 0;

  do
    {
      lanyard_session_sign_in (fixture->session, "111111");
      g_assert_cmpuint (n, <, 20);
      n++;
    }
  while (fixture->view->notice != LANYARD_NOTICE_LOCKED_OUT);
  return n;
}

/* Seconds until the right PIN works again. */
static guint
measure_lock (FlowFixture *fixture)
{
  guint waited = 0;

  while (TRUE)
    {
      lanyard_session_sign_in (fixture->session, FLOW_PIN);
      if (fixture->view->staff_signed_in)
        return waited;
      g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_LOCKED_OUT);
      flow_wait (fixture, 5);
      waited += 5;
      g_assert_cmpuint (waited, <, 4000);
    }
}

static void
test_lock_out (FlowFixture *fixture, gconstpointer data)
{
  guint first, second;

  lanyard_staff_set_pin (fixture->folder, FLOW_PIN, NULL);
  g_assert_cmpuint (guess (fixture), >=, 3);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_LOCK_OUT), ==, 1);
  /* Pulling the plug gives no further guess. */
  flow_reopen (fixture);
  lanyard_session_sign_in (fixture->session, FLOW_PIN);
  g_assert_false (fixture->view->staff_signed_in);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_LOCKED_OUT);
  first = measure_lock (fixture);
  g_assert_cmpuint (first, >, 0);
  flow_press (fixture, LANYARD_INPUT_SIGN_OUT);

  /* The right PIN has made good what was wrong; a second series of guesses is locked longer. */
  guess (fixture);
  flow_wait (fixture, first + 5);
  lanyard_session_sign_in (fixture->session, "111111");
  second = measure_lock (fixture);
  g_assert_cmpuint (second, >, first);
  flow_check_journal (fixture);
}

static void
test_lock_out_is_before_the_check (FlowFixture *fixture, gconstpointer data)
{
  lanyard_staff_set_pin (fixture->folder, FLOW_PIN, NULL);
  /* Each time the power goes right after the guess: the guesses count all the same. */
  for (guint i = 0; i < 12; i++)
    {
      lanyard_session_sign_in (fixture->session, "111111");
      flow_reopen (fixture);
    }
  lanyard_session_sign_in (fixture->session, FLOW_PIN);
  g_assert_false (fixture->view->staff_signed_in);
}

typedef struct
{
  Person person;
  gboolean can_issue;
  LanyardReason reason; /* NONE: there is none */
} Case;

static const Case cases[] = {
  { PERSON_READY, TRUE, LANYARD_REASON_NONE },
  { PERSON_GUEST, TRUE, LANYARD_REASON_NONE }, /* not for self-service, but this is none */
  { PERSON_PENDING, FALSE, LANYARD_REASON_CLEARANCE_PENDING },
  { PERSON_CANCELLED, FALSE, LANYARD_REASON_CANCELLED },
  { PERSON_ELSEWHERE, FALSE, LANYARD_REASON_WRONG_VENUE },
  { PERSON_ISSUED, FALSE, LANYARD_REASON_ALREADY_ISSUED },
  { PERSON_DISPUTED, FALSE, LANYARD_REASON_DISPUTED },
  { PERSON_NOBODY, FALSE, LANYARD_REASON_UNKNOWN },
};

static void
test_open_person (FlowFixture *fixture, gconstpointer data)
{
  /* Without a PIN nothing opens. */
  lanyard_session_open_person (fixture->session, flow_number (PERSON_READY));
  flow_assert_page (fixture, "welcome");

  flow_sign_in (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      lanyard_session_open_person (fixture->session, flow_number (cases[i].person));
      flow_assert_page (fixture, "staff");
      g_assert_cmpint (fixture->view->can_issue, ==, cases[i].can_issue);
      if (cases[i].reason != 0)
        g_assert_true (lanyard_verdict_has (&fixture->view->verdict, cases[i].reason));
      if (!cases[i].can_issue)
        flow_press (fixture, LANYARD_INPUT_CONFIRM);
      /* Looking somebody up is no pickup. */
      assert_kinds (fixture, cases[i].person, "");
    }
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 0);
}

static void
test_issue (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = NULL;

  flow_sign_in (fixture);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_GUEST));
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "printing");
  serial = g_strdup (fake_printer_get_last (fixture->printer));
  fake_printer_say (fixture->printer, LANYARD_PRINT_SPOOLED);
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_scan_badge (fixture, serial);
  flow_assert_page (fixture, "done");
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_assert_page (fixture, "staff");
  g_assert_null (fixture->view->entry);
  assert_kinds (fixture, PERSON_GUEST, "reserved printing reported issued");
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_RESERVED, LANYARD_BODY_MODE), ==,
                    LANYARD_MODE_STAFF);
  flow_check_journal (fixture);
}

static void
void_first_badges (LanyardEntry *entry)
{
  entry->lowest_valid_sequence = 9;
}

/* A void badge is shown: at self-service nobody says why, staff see it and may make a new one. */
static void
test_void_badge (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *text
      = flow_make_credential (fixture, fixture->desk_key, LANYARD_CREDENTIAL_BADGE,
                              flow_number (PERSON_READY), "K0099-0000017", 2);

  flow_change_person (fixture, PERSON_READY, void_first_badges);
  flow_scan_text (fixture, text);
  flow_assert_page (fixture, "refused");
  g_assert_cmpuint (fixture->view->verdict.n_reasons, ==, 0);
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_sign_in (fixture);
  flow_scan_text (fixture, text);
  flow_assert_page (fixture, "staff");
  g_assert_true (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_NEGATIVE_LIST));
  g_assert_true (fixture->view->can_issue);
  flow_press (fixture, LANYARD_INPUT_SIGN_OUT);

  /* On the signed list it does not even verify. */
  flow_put_negative_list (fixture, 2, PERSON_READY);
  lanyard_session_take_lists (fixture->session);
  flow_scan_text (fixture, text);
  flow_assert_page (fixture, "welcome");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_VOID_BADGE);
}

static void
test_take_over (FlowFixture *fixture, gconstpointer data)
{
  flow_scan_invitation (fixture, PERSON_DISPUTED);
  flow_assert_page (fixture, "refused");
  g_assert_cmpstr (fixture->view->entry->print_name, ==, "");
  flow_sign_in (fixture);
  flow_assert_page (fixture, "staff");
  g_assert_cmpstr (fixture->view->entry->family_name, ==, FLOW_NAME_MARK);
  g_assert_true (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_DISPUTED));
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  g_assert_null (fixture->view->entry);
}

static void
test_answers (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *first = flow_walk_to_printing (fixture, PERSON_READY);
  g_autofree char *second = NULL;

  fake_printer_say (fixture->printer, LANYARD_PRINT_LOST);
  second = flow_walk_to_printing (fixture, PERSON_OTHER);
  fake_printer_say (fixture->printer, LANYARD_PRINT_ENDED);
  flow_assert_page (fixture, "attention");
  g_assert_cmpuint (fixture->view->questions->len, ==, 2);
  g_assert_cmpstr (fixture->view->serial, ==, second);

  flow_sign_in (fixture);
  flow_assert_page (fixture, "attention");
  /* The one that is not in front, by its serial. */
  lanyard_session_input (fixture->session, LANYARD_INPUT_NOT_OUT, 0, first);
  assert_kinds (fixture, PERSON_READY, "reserved printing unknown voided");
  flow_assert_page (fixture, "attention");
  lanyard_session_input (fixture->session, LANYARD_INPUT_CAME_OUT, 0, "K0471-999999X");
  g_assert_cmpuint (lanyard_session_count_questions (fixture->session), ==, 1);
  lanyard_session_input (fixture->session, LANYARD_INPUT_CAME_OUT, 0, second);
  assert_kinds (fixture, PERSON_OTHER, "reserved printing unknown issued");
  flow_assert_page (fixture, "staff");
  g_assert_cmpuint (lanyard_session_count_questions (fixture->session), ==, 0);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_ISSUED, LANYARD_BODY_CONFIRMED_BY),
                    ==, LANYARD_CONFIRMED_BY_STAFF);
  flow_check_journal (fixture);
}

static void
test_idle_signs_out (FlowFixture *fixture, gconstpointer data)
{
  flow_sign_in (fixture);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_PENDING));
  flow_wait (fixture, 100);
  flow_press (fixture, LANYARD_INPUT_ACTIVITY);
  flow_wait (fixture, 100);
  g_assert_true (fixture->view->staff_signed_in);
  flow_wait (fixture, 30);
  flow_assert_page (fixture, "welcome");
  g_assert_false (fixture->view->staff_signed_in);
  g_assert_null (fixture->view->entry);
}

static void
test_staff_desk (FlowFixture *fixture, gconstpointer data)
{
  fixture->config->mode = LANYARD_MODE_STAFF;
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "welcome");
  flow_sign_in (fixture);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "staff");
  g_assert_true (fixture->view->can_issue);
}

static void
show_staff_badge (FlowFixture *fixture, Person person, const char *serial, guint32 sequence)
{
  g_autofree char *text
      = flow_make_credential (fixture, fixture->desk_key, LANYARD_CREDENTIAL_BADGE,
                              flow_number (person), serial, sequence);

  flow_scan_text (fixture, text);
}

/* The badge says who it is and opens nothing; at the sign-in page it begins no pickup. */
static void
test_badge (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  lanyard_staff_put (fixture->folder, "27", LANYARD_STAFF_ROLE_STAFF, FLOW_PIN, &error);
  g_assert_no_error (error);
  lanyard_staff_set_badge (fixture->folder, "27", flow_number (PERSON_READY), &error);
  g_assert_no_error (error);
  lanyard_session_ask_badge (fixture->session, TRUE);
  show_staff_badge (fixture, PERSON_READY, "S27", 1);
  flow_assert_page (fixture, "welcome");
  g_assert_cmpstr (fixture->view->badge_staff, ==, "27");
  g_assert_true (fixture->view->takes_staff_badge);
  g_assert_false (fixture->view->staff_signed_in);
  g_assert_null (fixture->view->entry);

  show_staff_badge (fixture, PERSON_OTHER, "S28", 1);
  g_assert_null (fixture->view->badge_staff);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_STAFF);
  flow_scan_invitation (fixture, PERSON_READY); /* nor is a code that can be sent on */
  g_assert_null (fixture->view->badge_staff);
  flow_scan_text (fixture, flow_number (PERSON_READY)); /* nor a number that anybody can print */
  g_assert_null (fixture->view->badge_staff);
  flow_assert_page (fixture, "welcome");
  assert_kinds (fixture, PERSON_READY, "");

  show_staff_badge (fixture, PERSON_READY, "S27", 1);
  lanyard_session_sign_in_as (fixture->session, fixture->view->badge_staff, "111111");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_WRONG_PIN);
  lanyard_session_sign_in_as (fixture->session, "27", FLOW_PIN);
  g_assert_cmpstr (fixture->view->staff_number, ==, "27");
  g_assert_null (fixture->view->badge_staff);
  flow_press (fixture, LANYARD_INPUT_SIGN_OUT);

  flow_put_negative_list (fixture, 2, PERSON_READY);
  lanyard_session_take_lists (fixture->session);
  lanyard_session_ask_badge (fixture->session, TRUE);
  show_staff_badge (fixture, PERSON_READY, "S27", 1);
  g_assert_null (fixture->view->badge_staff);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_VOID_BADGE);
  lanyard_session_ask_badge (fixture->session, FALSE);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/flow/session-staff/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("sign-in", test_sign_in);
  ADD ("lock-out", test_lock_out);
  ADD ("lock-out-is-before-the-check", test_lock_out_is_before_the_check);
  ADD ("open-person", test_open_person);
  ADD ("issue", test_issue);
  ADD ("void-badge", test_void_badge);
  ADD ("take-over", test_take_over);
  ADD ("answers", test_answers);
  ADD ("idle-signs-out", test_idle_signs_out);
  ADD ("staff-desk", test_staff_desk);
  ADD ("badge", test_badge);
  return g_test_run ();
}
