/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a badge goes to somebody whose document says that they are somebody else, or one
 * person reads of another. */

#include "flow-fixture.h"

#include <string.h>

#define CAMERA LANYARD_SCAN_SOURCE_CAMERA
#define TYPED LANYARD_SCAN_SOURCE_TYPED

static void
scan_text (FlowFixture *fixture, const char *text)
{
  g_autoptr (LanyardScan) scan
      = lanyard_scan_new (LANYARD_SYMBOLOGY_MRZ, CAMERA, text, strlen (text));

  lanyard_session_scan (fixture->session, scan);
}

static void
scan_passport (FlowFixture *fixture,
               const char *names,
               const char *number,
               const char *birth,
               const char *expiry)
{
  g_autofree char *text = flow_make_passport (names, number, birth, expiry);

  scan_text (fixture, text);
}

static void
assert_kinds (FlowFixture *fixture, const char *expected)
{
  g_autofree char *kinds = flow_kinds_of (fixture, flow_number (PERSON_READY));

  g_assert_cmpstr (kinds, ==, expected);
}

/* Type, issuer and verdict, and nothing else of it. */
static void
assert_record (FlowFixture *fixture, guint16 kind, LanyardDocumentVerdict verdict)
{
  g_autofree char *type = flow_body_text (fixture, kind, LANYARD_BODY_DOCUMENT_TYPE);
  g_autofree char *issuer = flow_body_text (fixture, kind, LANYARD_BODY_DOCUMENT_ISSUER);

  g_assert_cmpuint (flow_body_number (fixture, kind, LANYARD_BODY_DOCUMENT_VERDICT), ==,
                    (guint64)verdict);
  g_assert_cmpstr (type, ==, "P");
  g_assert_cmpstr (issuer, ==, "UTO");
  flow_check_journal (fixture);
}

static void
assert_shows_nobody (FlowFixture *fixture)
{
  const LanyardView *view = fixture->view;

  if (view->entry != NULL)
    {
      g_assert_null (view->entry->given_name);
      g_assert_null (view->entry->family_name);
      g_assert_cmpstr (view->entry->print_name, ==, "");
      g_assert_cmpstr (view->entry->number, ==, "");
      g_assert_null (view->entry->birth_date);
      g_assert_null (view->entry->documents[0]);
    }
  g_assert_null (view->photo);
  g_assert_false (view->compared);
  g_assert_false (lanyard_verdict_has (&view->verdict, LANYARD_REASON_DOCUMENT_DIFFERS));
}

static void
test_not_allowed (FlowFixture *fixture, gconstpointer data)
{
  flow_give_passport (fixture, PERSON_READY);
  flow_scan_passport (fixture, PERSON_READY, CAMERA);
  flow_assert_page (fixture, "welcome");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_CODE_FIRST);
  assert_kinds (fixture, "");
}

static void
test_identify (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_documents (fixture, TRUE, FALSE);
  flow_give_passport (fixture, PERSON_READY);
  flow_scan_passport (fixture, PERSON_READY, CAMERA);
  flow_assert_page (fixture, "confirm");
  g_assert_cmpstr (fixture->view->entry->number, ==, flow_number (PERSON_READY));
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "printing");
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_RESERVED, LANYARD_BODY_SOURCE), ==,
                    LANYARD_CREDENTIAL_DOCUMENT);
  assert_record (fixture, LANYARD_RECORD_RESERVED, LANYARD_DOCUMENT_AGREES);
}

static void
test_unknown (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_documents (fixture, TRUE, FALSE);
  flow_scan_passport (fixture, PERSON_READY, CAMERA);
  flow_assert_page (fixture, "welcome");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_DOCUMENT_UNKNOWN);
}

/* The roster has this number under somebody else: a slip of a finger, or another issuer's number.
 */
static void
test_identify_differs (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_documents (fixture, TRUE, FALSE);
  flow_give_passport (fixture, PERSON_READY);
  scan_passport (fixture, "STRANGER<<PAULA", "00001", "800101", "350101");
  flow_assert_page (fixture, "refused");
  assert_shows_nobody (fixture);
  g_assert_nonnull (fixture->view->ticket);
  assert_kinds (fixture, "referred");
  assert_record (fixture, LANYARD_RECORD_REFERRED, LANYARD_DOCUMENT_DIFFERS);
}

static void
test_check (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_documents (fixture, FALSE, TRUE);
  flow_give_passport (fixture, PERSON_READY);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "document");
  assert_shows_nobody (fixture);
  g_assert_null (fixture->view->entry);
  assert_kinds (fixture, "");
  /* Saying yes does not help. */
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "document");
  /* Nor does the invitation once more. */
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "document");

  flow_scan_passport (fixture, PERSON_READY, CAMERA);
  flow_assert_page (fixture, "confirm");
  g_assert_cmpstr (fixture->view->entry->number, ==, flow_number (PERSON_READY));
  /* It goes on lying there. */
  flow_scan_passport (fixture, PERSON_READY, CAMERA);
  flow_assert_page (fixture, "confirm");
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "printing");
  flow_scan_passport (fixture, PERSON_READY, CAMERA);
  flow_assert_page (fixture, "printing");
  assert_kinds (fixture, "reserved");
  assert_record (fixture, LANYARD_RECORD_RESERVED, LANYARD_DOCUMENT_AGREES);
}

/* Each way in which a document is not the one that opens the pickup. */
static void
test_check_fails (FlowFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *names;
    const char *number;
    const char *birth;
    const char *expiry;
    LanyardDocumentVerdict want;
  } cases[] = {
    { "STRANGER<<PAULA", "00001", "930417", "350101", LANYARD_DOCUMENT_DIFFERS },
    { "QUILLFEATHER<<AENNE", "00002", "930417", "350101", LANYARD_DOCUMENT_DIFFERS },
    { "QUILLFEATHER<<AENNE", "00001", "930418", "350101", LANYARD_DOCUMENT_DIFFERS },
    { "QUILLFETHER<<AENNE", "00001", "930417", "350101", LANYARD_DOCUMENT_CLOSE },
    { "QUILLFEATHER<<AENNE", "00001", "930417", "310717", LANYARD_DOCUMENT_EXPIRED },
  };

  flow_rule_documents (fixture, FALSE, TRUE);
  flow_give_passport (fixture, PERSON_READY);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      flow_scan_invitation (fixture, PERSON_READY);
      flow_assert_page (fixture, "document");
      scan_passport (fixture, cases[i].names, cases[i].number, cases[i].birth, cases[i].expiry);
      flow_assert_page (fixture, "refused");
      assert_shows_nobody (fixture);
      assert_record (fixture, LANYARD_RECORD_REFERRED, cases[i].want);
      flow_press (fixture, LANYARD_INPUT_DONE);
      flow_assert_page (fixture, "welcome");
    }
}

static void
test_accept_expired (FlowFixture *fixture, gconstpointer data)
{
  LanyardRules *rules = (LanyardRules *)lanyard_pack_get_rules (fixture->pack);

  flow_rule_documents (fixture, FALSE, TRUE);
  rules->documents.accept_expired = TRUE;
  flow_give_passport (fixture, PERSON_READY);
  flow_scan_invitation (fixture, PERSON_READY);
  scan_passport (fixture, "QUILLFEATHER<<AENNE", "00001", "930417", "310717");
  flow_assert_page (fixture, "confirm");
}

/* A zone with a check digit that differs was read badly: nothing is decided by it. */
static void
test_unclear (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *text = flow_make_passport ("QUILLFEATHER<<AENNE", "00001", "930417", "350101");

  flow_rule_documents (fixture, FALSE, TRUE);
  flow_give_passport (fixture, PERSON_READY);
  flow_scan_invitation (fixture, PERSON_READY);
  text[strlen (text) - 1] = text[strlen (text) - 1] == '9' ? '0' : '9';
  scan_text (fixture, text);
  flow_assert_page (fixture, "document");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_DOCUMENT_UNCLEAR);
  assert_kinds (fixture, "");
}

/* A card's own code, or a number that passes for one of ours, is no answer; said once, and the zone
 * beside it counts as ever. */
static void
test_code_beside (FlowFixture *fixture, gconstpointer data)
{
  guint64 said;

  flow_rule_documents (fixture, FALSE, TRUE);
  flow_give_passport (fixture, PERSON_READY);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_scan_text (fixture, "https://id.utopia.example/v/8f3a55d0c1");
  flow_assert_page (fixture, "document");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NO_DOCUMENT);
  said = fixture->view->notice_generation;
  flow_scan_text (fixture, "https://id.utopia.example/v/8f3a55d0c1");
  flow_scan_text (fixture, flow_number (PERSON_OTHER));
  flow_assert_page (fixture, "document");
  g_assert_cmpuint (fixture->view->notice_generation, ==, said);
  flow_scan_passport (fixture, PERSON_READY, CAMERA);
  flow_assert_page (fixture, "confirm");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NONE);
  /* The next person is told again. */
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_scan_text (fixture, flow_number (PERSON_OTHER));
  flow_assert_page (fixture, "document");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NO_DOCUMENT);
}

/* When a camera looks for documents beside other codes, which takes longer. */
static void
test_asks (FlowFixture *fixture, gconstpointer data)
{
  g_assert_false (lanyard_session_asks_document (fixture->session));
  flow_rule_documents (fixture, TRUE, TRUE);
  g_assert_true (lanyard_session_asks_document (fixture->session));
  flow_rule_documents (fixture, FALSE, TRUE);
  flow_give_passport (fixture, PERSON_READY);
  flow_scan_invitation (fixture, PERSON_READY);
  g_assert_true (lanyard_session_asks_document (fixture->session));
  flow_scan_passport (fixture, PERSON_READY, CAMERA);
  flow_assert_page (fixture, "confirm");
  g_assert_false (lanyard_session_asks_document (fixture->session));
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  g_assert_false (lanyard_session_asks_document (fixture->session));
}

static void
test_asks_staff (FlowFixture *fixture, gconstpointer data)
{
  flow_sign_in (fixture);
  g_assert_true (lanyard_session_asks_document (fixture->session));
  flow_act (fixture, LANYARD_ACT_OPEN_VERIFY, NULL, NULL);
  flow_assert_page (fixture, "verify");
  g_assert_false (lanyard_session_asks_document (fixture->session));
}

/* To know a zone is not to hold the document. Staff see who types. */
static void
test_typed (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_documents (fixture, FALSE, TRUE);
  flow_give_passport (fixture, PERSON_READY);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_scan_passport (fixture, PERSON_READY, TYPED);
  flow_assert_page (fixture, "refused");
  assert_record (fixture, LANYARD_RECORD_REFERRED, LANYARD_DOCUMENT_CLOSE);

  flow_sign_in (fixture);
  flow_scan_passport (fixture, PERSON_READY, TYPED);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  assert_record (fixture, LANYARD_RECORD_RESERVED, LANYARD_DOCUMENT_AGREES);
}

/* Nor is it a way to leaf through the documents of a roster. */
static void
test_typed_guesses (FlowFixture *fixture, gconstpointer data)
{
  guint n_answered = 0;

  flow_rule_documents (fixture, TRUE, FALSE);
  while (n_answered < 20)
    {
      flow_scan_passport (fixture, PERSON_OTHER, TYPED);
      if (fixture->view->notice != LANYARD_NOTICE_DOCUMENT_UNKNOWN)
        break;
      n_answered++;
    }
  g_assert_cmpuint (n_answered, ==, 5);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_TYPING_LOCKED);
  flow_assert_page (fixture, "welcome");
}

static void
test_leave (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_documents (fixture, FALSE, TRUE);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  flow_assert_page (fixture, "welcome");
  flow_scan_invitation (fixture, PERSON_READY);
  flow_wait (fixture, 44);
  flow_assert_page (fixture, "document");
  flow_wait (fixture, 2);
  flow_assert_page (fixture, "welcome");
  flow_scan_invitation (fixture, PERSON_READY);
  /* Somebody else's code must not push the person away. */
  flow_scan_invitation (fixture, PERSON_OTHER);
  flow_assert_page (fixture, "document");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_BUSY);
  flow_press (fixture, LANYARD_INPUT_CALL_STAFF);
  flow_assert_page (fixture, "refused");
  assert_kinds (fixture, "referred");
  /* Nothing of it is on disk before. */
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "document");
  flow_reopen (fixture);
  flow_assert_page (fixture, "welcome");
  assert_kinds (fixture, "referred");
  flow_check_journal (fixture);
}

/* Whoever must not have a badge is not asked for documents first. */
static void
test_refused_first (FlowFixture *fixture, gconstpointer data)
{
  static const Person people[] = { PERSON_CANCELLED, PERSON_PENDING, PERSON_ISSUED };

  flow_rule_documents (fixture, FALSE, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      flow_scan_invitation (fixture, people[i]);
      flow_assert_page (fixture, "refused");
      flow_press (fixture, LANYARD_INPUT_DONE);
    }
}

static void
assert_fields (FlowFixture *fixture,
               LanyardAgreement names,
               LanyardAgreement birth_date,
               LanyardAgreement number)
{
  const LanyardDocumentComparison *comparison = &fixture->view->comparison;

  g_assert_true (fixture->view->compared);
  g_assert_cmpint (comparison->names, ==, names);
  g_assert_cmpint (comparison->birth_date, ==, birth_date);
  g_assert_cmpint (comparison->number, ==, number);
  g_assert_cmpint (comparison->expiry, ==, LANYARD_AGREEMENT_AGREES);
}

static void
test_staff (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_documents (fixture, FALSE, TRUE);
  flow_give_passport (fixture, PERSON_READY);
  flow_sign_in (fixture);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_READY));
  g_assert_true (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_DOCUMENT_MISSING));
  g_assert_true (fixture->view->can_issue);
  g_assert_false (fixture->view->compared);
  scan_passport (fixture, "STRANGER<<PAULA", "00001", "800101", "350101");
  g_assert_true (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_DOCUMENT_DIFFERS));
  g_assert_cmpstr (fixture->view->entry->number, ==, flow_number (PERSON_READY));
  assert_fields (fixture, LANYARD_AGREEMENT_DIFFERS, LANYARD_AGREEMENT_DIFFERS,
                 LANYARD_AGREEMENT_AGREES);
  /* Each field for itself. */
  scan_passport (fixture, "QUILLFETHER<<AENNE", "00002", "930417", "350101");
  assert_fields (fixture, LANYARD_AGREEMENT_CLOSE, LANYARD_AGREEMENT_AGREES,
                 LANYARD_AGREEMENT_DIFFERS);
  flow_scan_passport (fixture, PERSON_READY, CAMERA);
  g_assert_cmpint (fixture->view->verdict.outcome, ==, LANYARD_OUTCOME_READY);
  scan_passport (fixture, "STRANGER<<PAULA", "00001", "800101", "350101");
  /* They have seen both, and decide; the record says so. */
  g_assert_true (fixture->view->can_issue);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "printing");
  assert_record (fixture, LANYARD_RECORD_RESERVED, LANYARD_DOCUMENT_DIFFERS);
}

/* Staff find people by their documents whatever the pack says of self-service. */
static void
test_staff_find (FlowFixture *fixture, gconstpointer data)
{
  flow_give_passport (fixture, PERSON_READY);
  flow_sign_in (fixture);
  flow_scan_passport (fixture, PERSON_READY, CAMERA);
  flow_assert_page (fixture, "staff");
  g_assert_cmpstr (fixture->view->entry->number, ==, flow_number (PERSON_READY));
  g_assert_true (fixture->view->can_issue);
}

/* Staff who are called see why. */
static void
test_take_over (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_documents (fixture, FALSE, TRUE);
  flow_give_passport (fixture, PERSON_READY);
  flow_scan_invitation (fixture, PERSON_READY);
  scan_passport (fixture, "STRANGER<<PAULA", "00001", "800101", "350101");
  flow_assert_page (fixture, "refused");
  flow_sign_in (fixture);
  flow_assert_page (fixture, "staff");
  g_assert_cmpstr (fixture->view->entry->number, ==, flow_number (PERSON_READY));
  g_assert_true (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_DOCUMENT_DIFFERS));
  g_assert_true (fixture->view->compared);
  flow_press (fixture, LANYARD_INPUT_SIGN_OUT);
  flow_assert_page (fixture, "welcome");
  g_assert_false (fixture->view->compared);
  assert_shows_nobody (fixture);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/flow/session-document/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("not-allowed", test_not_allowed);
  ADD ("identify", test_identify);
  ADD ("unknown", test_unknown);
  ADD ("identify-differs", test_identify_differs);
  ADD ("check", test_check);
  ADD ("check-fails", test_check_fails);
  ADD ("accept-expired", test_accept_expired);
  ADD ("unclear", test_unclear);
  ADD ("code-beside", test_code_beside);
  ADD ("asks", test_asks);
  ADD ("asks-staff", test_asks_staff);
  ADD ("typed", test_typed);
  ADD ("typed-guesses", test_typed_guesses);
  ADD ("leave", test_leave);
  ADD ("refused-first", test_refused_first);
  ADD ("staff", test_staff);
  ADD ("staff-find", test_staff_find);
  ADD ("take-over", test_take_over);
  return g_test_run ();
}
