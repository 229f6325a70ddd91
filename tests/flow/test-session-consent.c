/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a badge is made although somebody did not agree to what has to be agreed to, an
 * answer is lost, or people are asked what they have answered. */

#include "flow-fixture.h"

#define REQUIRED TRUE
#define OPTIONAL FALSE

static LanyardRules *
get_rules (FlowFixture *fixture)
{
  return (LanyardRules *)lanyard_pack_get_rules (fixture->pack);
}

static void
assert_asked (FlowFixture *fixture, const char *id)
{
  flow_assert_page (fixture, "consent");
  g_assert_cmpstr (fixture->view->consent, ==, id);
}

/* The last record of a consent says this. */
static void
assert_said (FlowFixture *fixture,
             guint n_records,
             const char *id,
             guint version,
             LanyardConsentDecision decision)
{
  g_autofree char *said = flow_body_text (fixture, LANYARD_RECORD_CONSENT, LANYARD_BODY_CONSENT);

  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_CONSENT), ==, n_records);
  g_assert_cmpstr (said, ==, id);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_CONSENT,
                                      LANYARD_BODY_CONSENT_VERSION),
                    ==, version);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_CONSENT,
                                      LANYARD_BODY_CONSENT_DECISION),
                    ==, (guint64)decision);
  flow_check_journal (fixture);
}

static void
confirm (FlowFixture *fixture, Person person)
{
  flow_scan_invitation (fixture, person);
  flow_assert_page (fixture, "confirm");
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
}

static void
test_agree (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_consent (fixture, "photos", 3, REQUIRED);
  confirm (fixture, PERSON_READY);
  assert_asked (fixture, "photos");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 0);
  flow_press (fixture, LANYARD_INPUT_AGREE);
  flow_assert_page (fixture, "printing");
  assert_said (fixture, 1, "photos", 3, LANYARD_CONSENT_GIVEN);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 1);
}

/* Calmly to the help desk, with a ticket; both records are there, and there is no badge. */
static void
test_refuse_required (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *kinds = NULL;

  flow_rule_consent (fixture, "photos", 1, REQUIRED);
  confirm (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_DECLINE);
  flow_assert_page (fixture, "refused");
  g_assert_nonnull (fixture->view->ticket);
  g_assert_true (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_CONSENT));
  g_assert_cmpint (fixture->view->verdict.outcome, ==, LANYARD_OUTCOME_STAFF);
  assert_said (fixture, 1, "photos", 1, LANYARD_CONSENT_REFUSED);
  kinds = flow_kinds_of (fixture, flow_number (PERSON_READY));
  g_assert_cmpstr (kinds, ==, "referred");
  /* Whoever thinks better of it may. */
  flow_press (fixture, LANYARD_INPUT_DONE);
  confirm (fixture, PERSON_READY);
  assert_asked (fixture, "photos");
  flow_press (fixture, LANYARD_INPUT_AGREE);
  flow_assert_page (fixture, "printing");
  assert_said (fixture, 2, "photos", 1, LANYARD_CONSENT_GIVEN);
}

static void
test_refuse_optional (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_consent (fixture, "news", 1, OPTIONAL);
  confirm (fixture, PERSON_READY);
  assert_asked (fixture, "news");
  flow_press (fixture, LANYARD_INPUT_DECLINE);
  flow_assert_page (fixture, "printing");
  assert_said (fixture, 1, "news", 1, LANYARD_CONSENT_REFUSED);
}

/* Required ones first; each is a question of its own, which a second touch does not answer. */
static void
test_several (FlowFixture *fixture, gconstpointer data)
{
  guint64 question;

  flow_rule_consent (fixture, "news", 1, OPTIONAL);
  flow_rule_consent (fixture, "photos", 1, REQUIRED);
  flow_rule_consent (fixture, "rules", 1, REQUIRED);
  confirm (fixture, PERSON_READY);
  assert_asked (fixture, "photos");
  g_assert_cmpuint (fixture->view->consents->len, ==, 3);
  question = fixture->view->question;
  flow_press (fixture, LANYARD_INPUT_AGREE);
  assert_asked (fixture, "rules");
  lanyard_session_input (fixture->session, LANYARD_INPUT_AGREE, question, NULL);
  assert_asked (fixture, "rules");
  assert_said (fixture, 1, "photos", 1, LANYARD_CONSENT_GIVEN);
  flow_press (fixture, LANYARD_INPUT_AGREE);
  assert_asked (fixture, "news");
  flow_press (fixture, LANYARD_INPUT_DECLINE);
  flow_assert_page (fixture, "printing");
  assert_said (fixture, 3, "news", 1, LANYARD_CONSENT_REFUSED);
}

/* What was said stays said over a restart and a print that failed; another version is asked anew.
 */
static void
test_not_again (FlowFixture *fixture, gconstpointer data)
{
  LanyardConsent *consent;

  flow_rule_consent (fixture, "photos", 1, REQUIRED);
  flow_rule_consent (fixture, "news", 1, OPTIONAL);
  confirm (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_AGREE);
  flow_press (fixture, LANYARD_INPUT_DECLINE);
  fake_printer_say (fixture->printer, LANYARD_PRINT_FAILED);
  flow_press (fixture, LANYARD_INPUT_DONE);
  confirm (fixture, PERSON_READY);
  flow_assert_page (fixture, "printing");
  fake_printer_say (fixture->printer, LANYARD_PRINT_FAILED);
  flow_press (fixture, LANYARD_INPUT_DONE);

  /* Somebody else is somebody else. */
  confirm (fixture, PERSON_OTHER);
  assert_asked (fixture, "photos");
  flow_press (fixture, LANYARD_INPUT_CANCEL);

  consent = g_ptr_array_index (get_rules (fixture)->consents, 0);
  consent->version = 2;
  confirm (fixture, PERSON_READY);
  assert_asked (fixture, "photos");
  flow_press (fixture, LANYARD_INPUT_AGREE);
  flow_assert_page (fixture, "printing");
  assert_said (fixture, 3, "photos", 2, LANYARD_CONSENT_GIVEN);
}

static void
test_kept_over_restart (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_consent (fixture, "photos", 1, REQUIRED);
  flow_rule_consent (fixture, "rules", 1, REQUIRED);
  confirm (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_AGREE);
  assert_asked (fixture, "rules");
  flow_reopen (fixture);
  flow_assert_page (fixture, "welcome");
  if (get_rules (fixture)->consents->len == 0)
    {
      flow_rule_consent (fixture, "photos", 1, REQUIRED);
      flow_rule_consent (fixture, "rules", 1, REQUIRED);
    }
  confirm (fixture, PERSON_READY);
  assert_asked (fixture, "rules");
}

static void
test_categories (FlowFixture *fixture, gconstpointer data)
{
  LanyardConsent *consent;

  flow_rule_consent (fixture, "photos", 1, REQUIRED);
  consent = g_ptr_array_index (get_rules (fixture)->consents, 0);
  g_strfreev (consent->categories);
  consent->categories = g_strsplit ("MEDIA,GUEST", ",", -1);
  confirm (fixture, PERSON_READY);
  flow_assert_page (fixture, "printing");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_CONSENT), ==, 0);
}

/* Whoever leaves has said nothing; nor does another's code, or a touch of "yes", answer for them.
 */
static void
test_leave (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_consent (fixture, "photos", 1, REQUIRED);
  confirm (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  assert_asked (fixture, "photos");
  flow_scan_invitation (fixture, PERSON_OTHER);
  assert_asked (fixture, "photos");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_BUSY);
  flow_wait (fixture, 44);
  assert_asked (fixture, "photos");
  flow_wait (fixture, 2);
  flow_assert_page (fixture, "welcome");
  g_assert_null (fixture->view->entry);
  confirm (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CALL_STAFF);
  flow_assert_page (fixture, "refused");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_CONSENT), ==, 0);
  flow_check_journal (fixture);
}

/* What came in while somebody read counts: the answer is kept all the same. */
static void
cancel_person (LanyardEntry *entry)
{
  entry->status = LANYARD_STATUS_CANCELLED;
}

static void
test_cancelled_meanwhile (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_consent (fixture, "photos", 1, REQUIRED);
  confirm (fixture, PERSON_READY);
  flow_change_person (fixture, PERSON_READY, cancel_person);
  flow_press (fixture, LANYARD_INPUT_AGREE);
  flow_assert_page (fixture, "refused");
  g_assert_cmpint (fixture->view->state, ==, LANYARD_PICKUP_REFUSED);
  assert_said (fixture, 1, "photos", 1, LANYARD_CONSENT_GIVEN);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 0);
}

/* Staff see what is missing, cannot go past it, and record what the person says to them. */
static void
test_staff (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_consent (fixture, "photos", 2, REQUIRED);
  flow_rule_consent (fixture, "news", 1, OPTIONAL);
  flow_sign_in (fixture);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_READY));
  g_assert_cmpuint (fixture->view->consents->len, ==, 2);
  g_assert_true (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_CONSENT));
  g_assert_false (fixture->view->can_issue);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "staff");

  flow_act_consent (fixture, PERSON_READY, "photos", 1, LANYARD_CONSENT_GIVEN);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  flow_act_consent (fixture, PERSON_OTHER, "photos", 2, LANYARD_CONSENT_GIVEN);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  flow_act_consent (fixture, PERSON_READY, "photos", 2, LANYARD_CONSENT_UNDECIDED);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_CONSENT), ==, 0);

  flow_act_consent (fixture, PERSON_READY, "photos", 2, LANYARD_CONSENT_GIVEN);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_CONSENT_NOTED);
  g_assert_true (fixture->view->can_issue);
  assert_said (fixture, 1, "photos", 2, LANYARD_CONSENT_GIVEN);
  /* Withdrawn again: nothing can be issued any more. */
  flow_act_consent (fixture, PERSON_READY, "photos", 2, LANYARD_CONSENT_REFUSED);
  g_assert_false (fixture->view->can_issue);
  g_assert_cmpstr (fixture->view->entry->number, ==, flow_number (PERSON_READY));
  flow_act_consent (fixture, PERSON_READY, "photos", 2, LANYARD_CONSENT_GIVEN);
  /* Optional ones do not keep staff. */
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "printing");
  flow_check_journal (fixture);
}

/* Staff who are called see why, and go on with the same person. */
static void
test_take_over (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_consent (fixture, "photos", 1, REQUIRED);
  confirm (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_DECLINE);
  flow_sign_in (fixture);
  flow_assert_page (fixture, "staff");
  g_assert_cmpstr (fixture->view->entry->number, ==, flow_number (PERSON_READY));
  g_assert_true (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_CONSENT));
  flow_press (fixture, LANYARD_INPUT_SIGN_OUT);
  /* Also from the page that asks. */
  confirm (fixture, PERSON_OTHER);
  flow_sign_in (fixture);
  flow_assert_page (fixture, "staff");
  g_assert_cmpstr (fixture->view->entry->number, ==, flow_number (PERSON_OTHER));
}

/* A card does not become a badge without it, nor is a badge made anew. */
static void
test_card_and_reissue (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = flow_walk_to_issued (fixture, PERSON_OTHER);
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_REISSUE);

  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_rule_validation (fixture, LANYARD_SEAL_NONE, FALSE);
  flow_rule_consent (fixture, "photos", 1, REQUIRED);
  flow_sign_in (fixture);
  flow_scan_card (fixture, PERSON_READY, "C0001-000001", 1);
  flow_act (fixture, LANYARD_ACT_VALIDATE, NULL, NULL);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_VALIDATED), ==, 0);
  flow_act_consent (fixture, PERSON_READY, "photos", 1, LANYARD_CONSENT_GIVEN);
  flow_assert_page (fixture, "validate");
  flow_act (fixture, LANYARD_ACT_VALIDATE, NULL, NULL);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_VALIDATED), ==, 1);
  flow_press (fixture, LANYARD_INPUT_DONE);

  action->number = g_strdup (flow_number (PERSON_OTHER));
  action->serial = g_strdup (serial);
  action->reason = LANYARD_VOID_DAMAGED;
  lanyard_session_open_person (fixture->session, flow_number (PERSON_OTHER));
  lanyard_session_act (fixture->session, action);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_VOIDED), ==, 0);
  flow_act_consent (fixture, PERSON_OTHER, "photos", 1, LANYARD_CONSENT_GIVEN);
  lanyard_session_act (fixture->session, action);
  flow_assert_page (fixture, "printing");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_VOIDED), ==, 1);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/flow/session-consent/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("agree", test_agree);
  ADD ("refuse-required", test_refuse_required);
  ADD ("refuse-optional", test_refuse_optional);
  ADD ("several", test_several);
  ADD ("not-again", test_not_again);
  ADD ("kept-over-restart", test_kept_over_restart);
  ADD ("categories", test_categories);
  ADD ("leave", test_leave);
  ADD ("cancelled-meanwhile", test_cancelled_meanwhile);
  ADD ("staff", test_staff);
  ADD ("take-over", test_take_over);
  ADD ("card-and-reissue", test_card_and_reissue);
  return g_test_run ();
}
