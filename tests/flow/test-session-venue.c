/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a person collects a badge here while another desk of the venue prints one, or is
 * left without any because that desk died in the middle. */

#include "flow-fixture.h"

#define OTHER_DESKS_SERIAL "K0099-0000217"

/* What sync makes of a record that the relay passed on. */
static void
note (FlowFixture *fixture, gboolean being_made, gboolean open, gboolean is_void)
{
  LanyardVenueBadge badge = {
    .number = flow_number (PERSON_READY),
    .serial = OTHER_DESKS_SERIAL,
    .sequence = 1,
    .being_made = being_made,
    .open = open,
    .is_void = is_void,
  };

  lanyard_directory_note_badge (fixture->directory, &badge);
}

static void
open_at_staff (FlowFixture *fixture)
{
  flow_sign_in (fixture);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_READY));
  flow_assert_page (fixture, "staff");
}

static void
act (FlowFixture *fixture, LanyardStaffActionKind kind, LanyardVoidReason reason)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (kind);

  action->number = g_strdup (flow_number (PERSON_READY));
  action->serial = g_strdup (OTHER_DESKS_SERIAL);
  action->reason = reason;
  lanyard_session_act (fixture->session, action);
}

static void
test_self_service (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *kinds = NULL;

  note (fixture, TRUE, FALSE, FALSE);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "refused");
  g_assert_cmpuint (fixture->view->verdict.n_reasons, ==, 1);
  g_assert_cmpint (fixture->view->verdict.reasons[0], ==, LANYARD_REASON_BEING_MADE);
  kinds = flow_kinds_of (fixture, flow_number (PERSON_READY));
  g_assert_cmpstr (kinds, ==, "referred");
  flow_press (fixture, LANYARD_INPUT_DONE);

  /* It came to nothing there. */
  note (fixture, FALSE, FALSE, TRUE);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "confirm");
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "printing");
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_RESERVED, LANYARD_BODY_SEQUENCE), ==,
                    2);
  flow_check_journal (fixture);
}

/* The other desk begins while the person reads the page: the verdict is made anew at "yes". */
static void
test_before_yes (FlowFixture *fixture, gconstpointer data)
{
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "confirm");
  note (fixture, TRUE, FALSE, FALSE);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "refused");
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 0);
}

/* The other desk died. Staff replace its badge with one of their own, which makes that one void. */
static void
test_replaced (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *replaces = NULL;

  note (fixture, TRUE, FALSE, FALSE);
  open_at_staff (fixture);
  g_assert_true (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_BEING_MADE));
  g_assert_false (fixture->view->can_issue);
  g_assert_true (fixture->view->can_reissue);
  g_assert_cmpstr (fixture->view->badge_serial, ==, OTHER_DESKS_SERIAL);
  act (fixture, LANYARD_ACT_REISSUE, LANYARD_VOID_MISPRINT);
  flow_assert_page (fixture, "printing");
  replaces = flow_body_text (fixture, LANYARD_RECORD_RESERVED, LANYARD_BODY_REPLACES);
  g_assert_cmpstr (replaces, ==, OTHER_DESKS_SERIAL);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_RESERVED, LANYARD_BODY_SEQUENCE), ==,
                    2);
  g_assert_true (lanyard_journal_is_void (fixture->journal, OTHER_DESKS_SERIAL));
  flow_check_journal (fixture);
}

/* … or make it void alone, and begin as with everybody else. What that desk says later opens
 * nothing again. */
static void
test_voided (FlowFixture *fixture, gconstpointer data)
{
  note (fixture, TRUE, FALSE, FALSE);
  open_at_staff (fixture);
  act (fixture, LANYARD_ACT_VOID, LANYARD_VOID_WITHDRAWN);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_BADGE_VOIDED);
  g_assert_true (fixture->view->can_issue);
  note (fixture, FALSE, TRUE, FALSE);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_READY));
  g_assert_true (fixture->view->can_issue);
  flow_check_journal (fixture);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/flow/session-venue/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("self-service", test_self_service);
  ADD ("before-yes", test_before_yes);
  ADD ("replaced", test_replaced);
  ADD ("voided", test_voided);
  return g_test_run ();
}
