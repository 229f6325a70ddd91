/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, staff who check a badge are told that a void or forged one is good, or checking
 * one leaves something behind. */

#include "flow-fixture.h"

#include <string.h>

#define CARD "PV-000007K"

static void
open_page (FlowFixture *fixture)
{
  flow_sign_in (fixture);
  flow_act (fixture, LANYARD_ACT_OPEN_VERIFY, NULL, NULL);
  flow_assert_page (fixture, "verify");
  g_assert_null (fixture->view->checked);
}

/* @answer: machine name */
static void
assert_answer (FlowFixture *fixture, const char *answer)
{
  flow_assert_page (fixture, "verify");
  g_assert_nonnull (fixture->view->checked);
  g_assert_cmpstr (lanyard_verification_answer_to_string (fixture->view->checked->answer), ==,
                   answer);
}

static void
test_badge (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = flow_walk_to_issued (fixture, PERSON_READY);
  guint64 head;

  flow_press (fixture, LANYARD_INPUT_DONE);
  open_page (fixture);
  head = lanyard_journal_get_head_seq (fixture->journal);
  flow_scan_badge (fixture, serial);
  assert_answer (fixture, "genuine");
  g_assert_nonnull (fixture->view->checked->entry);
  g_assert_cmpstr (fixture->view->checked->verification->claims->serial, ==, serial);
  g_assert_cmpint (fixture->view->checked->list_age_s, ==, 0);
  g_assert_false (fixture->view->checked->list_is_old);
  /* What is scanned begins nothing, and only a look at the list tells that it is void. */
  flow_scan_invitation (fixture, PERSON_OTHER);
  assert_answer (fixture, "genuine");
  g_assert_cmpint (fixture->view->state, ==, LANYARD_PICKUP_IDLE);
  flow_put_negative_list (fixture, 2, PERSON_READY);
  lanyard_session_take_lists (fixture->session);
  flow_scan_badge (fixture, serial);
  assert_answer (fixture, "void");
  g_assert_cmpuint (lanyard_journal_get_head_seq (fixture->journal), ==, head);
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  flow_assert_page (fixture, "staff");
  g_assert_null (fixture->view->checked);
  flow_check_journal (fixture);
}

static void
cancel_person (LanyardEntry *entry)
{
  entry->status = LANYARD_STATUS_CANCELLED;
}

static void
void_sequence (LanyardEntry *entry)
{
  entry->lowest_valid_sequence = 2;
}

/* What journal and directory know before any list does. */
static void
test_void (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = flow_walk_to_reported (fixture, PERSON_READY);
  g_autofree char *badge = NULL;

  badge = flow_make_credential (fixture, fixture->desk_key, LANYARD_CREDENTIAL_BADGE,
                                flow_number (PERSON_READY), serial, 1);
  flow_press (fixture, LANYARD_INPUT_UNREADABLE);
  open_page (fixture);
  flow_scan_text (fixture, badge);
  assert_answer (fixture, "void");
  g_assert_true (fixture->view->checked->void_here);

  g_free (badge);
  badge = flow_make_credential (fixture, fixture->desk_key, LANYARD_CREDENTIAL_BADGE,
                                flow_number (PERSON_OTHER), "K0099-000009X", 1);
  flow_scan_text (fixture, badge);
  assert_answer (fixture, "genuine");
  flow_change_person (fixture, PERSON_OTHER, void_sequence);
  flow_scan_text (fixture, badge);
  assert_answer (fixture, "void");
  flow_change_person (fixture, PERSON_OTHER, cancel_person);
  flow_scan_text (fixture, badge);
  assert_answer (fixture, "void");
}

static void
test_others (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *forged = flow_make_credential (fixture, fixture->root, LANYARD_CREDENTIAL_BADGE,
                                                  flow_number (PERSON_READY), "X-1", 1);
  g_autofree char *altered
      = flow_make_credential (fixture, fixture->desk_key, LANYARD_CREDENTIAL_BADGE,
                              flow_number (PERSON_READY), "X-1", 1);
  char *last = altered + strlen (altered) - 2;

  open_page (fixture);
  flow_scan_text (fixture, altered);
  assert_answer (fixture, "genuine");
  flow_scan_text (fixture, forged);
  assert_answer (fixture, "unknown-key");
  g_assert_null (fixture->view->checked->entry); /* nobody's face beside a forged badge */
  fixture->wall_us += 11 * G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;
  flow_scan_text (fixture, altered);
  assert_answer (fixture, "expired");
  g_assert_nonnull (fixture->view->checked->entry);
  g_assert_true (fixture->view->checked->list_is_old);
  *last = *last == '0' ? '1' : '0';
  flow_scan_text (fixture, altered);
  assert_answer (fixture, "altered");
  flow_scan_text (fixture, "4006381333931");
  assert_answer (fixture, "foreign");
  flow_scan_text (fixture, flow_number (PERSON_READY));
  assert_answer (fixture, "foreign");
  g_assert_true (fixture->view->checked->is_number);
  g_assert_null (fixture->view->checked->entry);
}

static void
test_card (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_validation (fixture, LANYARD_SEAL_REQUIRED, FALSE);
  open_page (fixture);
  flow_scan_card (fixture, PERSON_READY, CARD, 1);
  assert_answer (fixture, "genuine");
  g_assert_true (fixture->view->checked->not_validated);
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  flow_scan_card (fixture, PERSON_READY, CARD, 1);
  flow_act (fixture, LANYARD_ACT_VALIDATE, "VS-000001", NULL);
  flow_act (fixture, LANYARD_ACT_OPEN_VERIFY, NULL, NULL);
  flow_scan_card (fixture, PERSON_READY, CARD, 1);
  assert_answer (fixture, "genuine");
  g_assert_false (fixture->view->checked->not_validated);
  g_assert_cmpstr (fixture->view->checked->seal, ==, "VS-000001");
  flow_act (fixture, LANYARD_ACT_UNDO_VALIDATION, CARD, NULL);
  flow_scan_card (fixture, PERSON_READY, CARD, 1);
  assert_answer (fixture, "void");
}

/* Nobody but staff checks, nobody is forgotten over it, and it ends with the sign-out. */
static void
test_access (FlowFixture *fixture, gconstpointer data)
{
  flow_act (fixture, LANYARD_ACT_OPEN_VERIFY, NULL, NULL);
  flow_assert_page (fixture, "welcome");
  g_free (flow_walk_to_printing (fixture, PERSON_READY));
  flow_sign_in (fixture);
  flow_act (fixture, LANYARD_ACT_OPEN_VERIFY, NULL, NULL);
  flow_assert_page (fixture, "printing");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_BUSY);
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_press (fixture, LANYARD_INPUT_CAME_OUT);
  flow_act (fixture, LANYARD_ACT_OPEN_VERIFY, NULL, NULL);
  flow_scan_invitation (fixture, PERSON_OTHER);
  g_assert_nonnull (fixture->view->checked);
  flow_press (fixture, LANYARD_INPUT_SIGN_OUT);
  flow_assert_page (fixture, "welcome");
  g_assert_null (fixture->view->checked);
  flow_scan_invitation (fixture, PERSON_OTHER);
  flow_assert_page (fixture, "confirm");
}

#define ADD(path, func)                                                                            \
  g_test_add ("/flow/session-verify/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("badge", test_badge);
  ADD ("void", test_void);
  ADD ("others", test_others);
  ADD ("card", test_card);
  ADD ("access", test_access);
  return g_test_run ();
}
