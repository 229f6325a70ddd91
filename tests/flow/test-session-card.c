/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a pre-valid card becomes a badge without a document or a seal, twice, or for
 * somebody who must not have one; or one person gets card and badge. */

#include "flow-fixture.h"

#define CARD "PV-000007K"
#define OTHER_CARD "PV-000008Q"
#define SEAL "VS-000123"

static void
assert_kinds (FlowFixture *fixture, Person person, const char *expected)
{
  g_autofree char *kinds = flow_kinds_of (fixture, flow_number (person));

  g_assert_cmpstr (kinds, ==, expected);
}

static void
assert_notice (FlowFixture *fixture, LanyardNotice notice)
{
  g_assert_cmpint (fixture->view->notice, ==, notice);
}

/* Card, document, seal. */
static void
test_validate (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *seal = NULL;
  g_autofree char *type = NULL;
  g_autoptr (LanyardPickup) pickup = NULL;
  guint64 n_before;

  flow_rule_validation (fixture, LANYARD_SEAL_REQUIRED, TRUE);
  flow_give_passport (fixture, PERSON_READY);
  flow_sign_in (fixture);
  n_before = lanyard_journal_get_head_seq (fixture->journal);
  flow_scan_card (fixture, PERSON_READY, CARD, 3);
  flow_assert_page (fixture, "validate");
  g_assert_false (fixture->view->can_issue || fixture->view->can_validate);
  g_assert_cmpstr (fixture->view->card, ==, CARD);
  flow_press (fixture, LANYARD_INPUT_CONFIRM); /* a card is not printed as well */
  flow_assert_page (fixture, "validate");
  flow_act (fixture, LANYARD_ACT_VALIDATE, SEAL, NULL);
  assert_notice (fixture, LANYARD_NOTICE_DOCUMENT_FIRST);
  flow_scan_passport (fixture, PERSON_READY, LANYARD_SCAN_SOURCE_CAMERA);
  g_assert_true (fixture->view->can_validate);
  g_assert_cmpint (fixture->view->document, ==, LANYARD_DOCUMENT_AGREES);
  flow_act (fixture, LANYARD_ACT_VALIDATE, NULL, NULL);
  assert_notice (fixture, LANYARD_NOTICE_SEAL_MISSING);
  flow_act (fixture, LANYARD_ACT_VALIDATE, "XX-1", NULL);
  assert_notice (fixture, LANYARD_NOTICE_SEAL_WRONG);
  flow_scan_text (fixture, "VS000123");
  g_assert_cmpstr (fixture->view->seal, ==, SEAL);
  g_assert_cmpuint (lanyard_journal_get_head_seq (fixture->journal), ==, n_before);
  flow_act (fixture, LANYARD_ACT_VALIDATE, NULL, NULL);
  flow_assert_page (fixture, "done");
  g_assert_cmpstr (fixture->view->seal, ==, SEAL);

  /* One record, and nothing for the printer. */
  g_assert_cmpuint (lanyard_journal_get_head_seq (fixture->journal), ==, n_before + 1);
  assert_kinds (fixture, PERSON_READY, "validated");
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 0);
  pickup = lanyard_journal_find_serial (fixture->journal, CARD);
  g_assert_cmpuint (pickup->sequence, ==, 3);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_VALIDATED, LANYARD_BODY_SEQUENCE), ==,
                    3);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_VALIDATED,
                                      LANYARD_BODY_DOCUMENT_VERDICT),
                    ==, LANYARD_DOCUMENT_AGREES);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_VALIDATED, LANYARD_BODY_DOCUMENT_BY),
                    ==, LANYARD_DOCUMENT_BY_SCANNER);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_VALIDATED, LANYARD_BODY_SOURCE), ==,
                    LANYARD_CREDENTIAL_PRE_VALID);
  seal = flow_body_text (fixture, LANYARD_RECORD_VALIDATED, LANYARD_BODY_SEAL);
  type = flow_body_text (fixture, LANYARD_RECORD_VALIDATED, LANYARD_BODY_DOCUMENT_TYPE);
  g_assert_cmpstr (seal, ==, SEAL);
  g_assert_cmpstr (type, ==, "P");
  flow_check_journal (fixture);
}

/* The person has a badge now: neither card nor print gives them another. */
static void
test_only_once (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_validation (fixture, LANYARD_SEAL_REQUIRED, FALSE);
  flow_sign_in (fixture);
  flow_scan_card (fixture, PERSON_READY, CARD, 1);
  flow_act (fixture, LANYARD_ACT_VALIDATE, SEAL, NULL);
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_assert_page (fixture, "staff");
  flow_scan_card (fixture, PERSON_READY, CARD, 1);
  flow_assert_page (fixture, "staff");
  g_assert_true (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_ALREADY_ISSUED));
  flow_act (fixture, LANYARD_ACT_VALIDATE, "VS-000124", NULL);
  assert_notice (fixture, LANYARD_NOTICE_NOT_POSSIBLE);
  flow_scan_invitation (fixture, PERSON_READY);
  g_assert_false (fixture->view->can_issue);

  /* The same seal for another card. */
  flow_scan_card (fixture, PERSON_OTHER, OTHER_CARD, 1);
  flow_act (fixture, LANYARD_ACT_VALIDATE, SEAL, NULL);
  assert_notice (fixture, LANYARD_NOTICE_SEAL_USED);
  assert_kinds (fixture, PERSON_OTHER, "");
  flow_act (fixture, LANYARD_ACT_VALIDATE, "VS-000124", NULL);
  assert_kinds (fixture, PERSON_OTHER, "validated");
  assert_kinds (fixture, PERSON_READY, "validated");
  flow_check_journal (fixture);
}

/* Staff's word, where there is no scanner for documents. */
static void
test_staff_word (FlowFixture *fixture, gconstpointer data)
{
  static const char *const bad[]
      = { "", "PASSPORT", "P:", "P:UTOPIA", "P:UTO:L898902C3", "p", "P 1" };
  g_autofree char *issuer = NULL;

  flow_rule_validation (fixture, LANYARD_SEAL_OPTIONAL, TRUE);
  flow_sign_in (fixture);
  flow_scan_card (fixture, PERSON_READY, CARD, 1);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      flow_act (fixture, LANYARD_ACT_DOCUMENT_SEEN, NULL, bad[i]);
      g_assert_false (fixture->view->can_validate);
    }
  flow_act (fixture, LANYARD_ACT_DOCUMENT_SEEN, NULL, "P:UTO");
  g_assert_true (fixture->view->can_validate);
  flow_act (fixture, LANYARD_ACT_VALIDATE, NULL, NULL); /* a seal is as staff like */
  assert_kinds (fixture, PERSON_READY, "validated");
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_VALIDATED, LANYARD_BODY_DOCUMENT_BY),
                    ==, LANYARD_DOCUMENT_BY_STAFF);
  issuer = flow_body_text (fixture, LANYARD_RECORD_VALIDATED, LANYARD_BODY_DOCUMENT_ISSUER);
  g_assert_cmpstr (issuer, ==, "UTO");
  flow_check_journal (fixture);
}

/* Another's passport keeps the card as it is, until staff have looked themselves. */
static void
test_other_document (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_validation (fixture, LANYARD_SEAL_NONE, TRUE);
  flow_give_passport (fixture, PERSON_READY);
  flow_sign_in (fixture);
  flow_scan_card (fixture, PERSON_READY, CARD, 1);
  flow_scan_passport (fixture, PERSON_OTHER, LANYARD_SCAN_SOURCE_CAMERA);
  g_assert_cmpint (fixture->view->document, ==, LANYARD_DOCUMENT_DIFFERS);
  g_assert_false (fixture->view->can_validate);
  flow_act (fixture, LANYARD_ACT_VALIDATE, NULL, NULL);
  assert_kinds (fixture, PERSON_READY, "");
  flow_act (fixture, LANYARD_ACT_DOCUMENT_SEEN, NULL, "I");
  flow_act (fixture, LANYARD_ACT_VALIDATE, SEAL, NULL);
  assert_kinds (fixture, PERSON_READY, "validated");
  g_assert_null (flow_body_text (fixture, LANYARD_RECORD_VALIDATED, LANYARD_BODY_SEAL));
}

/* The rules for badges are those for cards. */
static void
test_same_rules (FlowFixture *fixture, gconstpointer data)
{
  static const Person people[] = { PERSON_PENDING, PERSON_CANCELLED, PERSON_ELSEWHERE,
                                   PERSON_ISSUED,  PERSON_DISPUTED,  PERSON_NOBODY };

  flow_rule_validation (fixture, LANYARD_SEAL_NONE, FALSE);
  flow_sign_in (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      flow_scan_card (fixture, people[i], CARD, 9);
      flow_assert_page (fixture, "staff");
      flow_act (fixture, LANYARD_ACT_VALIDATE, NULL, NULL);
      assert_notice (fixture, LANYARD_NOTICE_NOT_POSSIBLE);
      assert_kinds (fixture, people[i], "");
    }
  /* A category that is not for self-service is for staff. */
  flow_scan_card (fixture, PERSON_GUEST, CARD, 1);
  flow_act (fixture, LANYARD_ACT_VALIDATE, NULL, NULL);
  assert_kinds (fixture, PERSON_GUEST, "validated");
}

/* Self-service has no seals; with those who have, the card is still the one that was shown. */
static void
test_hand_over (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_validation (fixture, LANYARD_SEAL_NONE, FALSE);
  flow_scan_card (fixture, PERSON_READY, CARD, 1);
  flow_assert_page (fixture, "refused");
  g_assert_cmpint (fixture->view->verdict.reasons[0], ==, LANYARD_REASON_PRE_VALID);
  assert_kinds (fixture, PERSON_READY, "referred");
  flow_act (fixture, LANYARD_ACT_VALIDATE, NULL, NULL);
  assert_notice (fixture, LANYARD_NOTICE_STAFF_ONLY);
  flow_sign_in (fixture);
  flow_assert_page (fixture, "validate");
  flow_act (fixture, LANYARD_ACT_VALIDATE, NULL, NULL);
  assert_kinds (fixture, PERSON_READY, "referred validated");
  flow_check_journal (fixture);
}

/* Without rules such a card is good for a badge, and so is one without a serial. */
static void
test_without_rules (FlowFixture *fixture, gconstpointer data)
{
  flow_scan_card (fixture, PERSON_READY, CARD, 1);
  flow_assert_page (fixture, "confirm");
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  flow_rule_validation (fixture, LANYARD_SEAL_REQUIRED, TRUE);
  flow_scan_card (fixture, PERSON_READY, NULL, 0);
  flow_assert_page (fixture, "confirm");
}

static void
make_later (LanyardEntry *entry)
{
  entry->issued.last_sequence = 2;
}

/* A later card was made: the earlier one, which was lost, is found and shown. */
static void
test_old_card (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_validation (fixture, LANYARD_SEAL_NONE, FALSE);
  flow_change_person (fixture, PERSON_READY, make_later);
  flow_sign_in (fixture);
  flow_scan_card (fixture, PERSON_READY, CARD, 1);
  g_assert_false (fixture->view->can_validate);
  flow_act (fixture, LANYARD_ACT_VALIDATE, NULL, NULL);
  assert_kinds (fixture, PERSON_READY, "");
  flow_scan_card (fixture, PERSON_READY, OTHER_CARD, 2);
  flow_act (fixture, LANYARD_ACT_VALIDATE, NULL, NULL);
  assert_kinds (fixture, PERSON_READY, "validated");
}

/* The card is void then; a badge follows it with a higher sequence. */
static void
test_undo (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = NULL;
  g_autoptr (LanyardPickup) badge = NULL;

  flow_rule_validation (fixture, LANYARD_SEAL_REQUIRED, FALSE);
  flow_sign_in (fixture);
  flow_scan_card (fixture, PERSON_READY, CARD, 4);
  flow_act (fixture, LANYARD_ACT_VALIDATE, SEAL, NULL);
  flow_act (fixture, LANYARD_ACT_UNDO_VALIDATION, OTHER_CARD, NULL);
  assert_notice (fixture, LANYARD_NOTICE_NOT_POSSIBLE);
  flow_act (fixture, LANYARD_ACT_UNDO_VALIDATION, CARD, NULL);
  assert_kinds (fixture, PERSON_READY, "validated voided");
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_VOIDED, LANYARD_BODY_VOID_REASON), ==,
                    LANYARD_VOID_VALIDATION_UNDONE);
  flow_assert_page (fixture, "staff");
  flow_act (fixture, LANYARD_ACT_UNDO_VALIDATION, CARD, NULL);
  assert_notice (fixture, LANYARD_NOTICE_NOT_POSSIBLE);
  flow_scan_card (fixture, PERSON_READY, CARD, 4);
  g_assert_cmpint (fixture->view->verdict.outcome, ==, LANYARD_OUTCOME_REFUSED);
  flow_act (fixture, LANYARD_ACT_VALIDATE, "VS-000999", NULL);
  assert_kinds (fixture, PERSON_READY, "validated voided");

  flow_scan_invitation (fixture, PERSON_READY);
  g_assert_true (fixture->view->can_issue);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  serial = g_strdup (fake_printer_get_last (fixture->printer));
  badge = lanyard_journal_find_serial (fixture->journal, serial);
  g_assert_cmpuint (badge->sequence, ==, 5);
}

/* The same through "Void or replace badge", as of any badge. */
static void
test_undo_as_void (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_VOID);

  flow_rule_validation (fixture, LANYARD_SEAL_REQUIRED, FALSE);
  flow_sign_in (fixture);
  flow_scan_card (fixture, PERSON_READY, CARD, 4);
  flow_act (fixture, LANYARD_ACT_VALIDATE, SEAL, NULL);
  flow_press (fixture, LANYARD_INPUT_DONE);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_READY));
  g_assert_true (fixture->view->can_void);
  g_assert_cmpstr (fixture->view->badge_serial, ==, CARD);
  action->number = g_strdup (flow_number (PERSON_READY));
  action->serial = g_strdup (CARD);
  action->reason = LANYARD_VOID_DAMAGED;
  lanyard_session_act (fixture->session, action);
  assert_notice (fixture, LANYARD_NOTICE_BADGE_VOIDED);
  assert_kinds (fixture, PERSON_READY, "validated voided");
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_VOIDED, LANYARD_BODY_VOID_REASON), ==,
                    LANYARD_VOID_DAMAGED);
  /* The card is no good any more, and its seal on no other card. */
  flow_scan_card (fixture, PERSON_READY, CARD, 4);
  g_assert_false (fixture->view->can_validate);
  flow_scan_card (fixture, PERSON_OTHER, OTHER_CARD, 1);
  flow_act (fixture, LANYARD_ACT_VALIDATE, SEAL, NULL);
  assert_notice (fixture, LANYARD_NOTICE_SEAL_USED);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/flow/session-card/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("validate", test_validate);
  ADD ("only-once", test_only_once);
  ADD ("staff-word", test_staff_word);
  ADD ("other-document", test_other_document);
  ADD ("same-rules", test_same_rules);
  ADD ("hand-over", test_hand_over);
  ADD ("without-rules", test_without_rules);
  ADD ("old-card", test_old_card);
  ADD ("undo", test_undo);
  ADD ("undo-as-void", test_undo_as_void);
  return g_test_run ();
}
