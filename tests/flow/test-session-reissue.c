/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, somebody walks about with a badge that was reported stolen, two badges of one
 * person are good at once, or one person alone does what two should. */

#include "flow-fixture.h"

#define SECOND_PIN "975310"
#define OTHER_DESKS_SERIAL "K0099-0000017"

/* Signs in "1", a supervisor, and gives the desk a second member of staff. */
static void
sign_in (FlowFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  flow_sign_in (fixture);
  lanyard_staff_put (fixture->folder, "27", LANYARD_STAFF_ROLE_STAFF, SECOND_PIN, &error);
  g_assert_no_error (error);
}

static void
act (FlowFixture *fixture,
     LanyardStaffActionKind kind,
     Person person,
     const char *serial,
     LanyardVoidReason reason,
     const char *second,
     const char *pin)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (kind);

  action->number = g_strdup (flow_number (person));
  action->serial = g_strdup (serial);
  action->reason = reason;
  action->second_number = g_strdup (second);
  action->second_pin = g_strdup (pin);
  lanyard_session_act (fixture->session, action);
}

static void
assert_kinds (FlowFixture *fixture, Person person, const char *expected)
{
  g_autofree char *kinds = flow_kinds_of (fixture, flow_number (person));

  g_assert_cmpstr (kinds, ==, expected);
}

/* A person with a badge of this desk, open on the staff page. Returns: (transfer full): its serial
 */
static char *
open_issued (FlowFixture *fixture)
{
  char *serial = flow_walk_to_issued (fixture, PERSON_READY);

  flow_press (fixture, LANYARD_INPUT_DONE);
  sign_in (fixture);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_READY));
  flow_assert_page (fixture, "staff");
  g_assert_true (fixture->view->can_reissue);
  g_assert_true (fixture->view->can_void);
  g_assert_cmpstr (fixture->view->badge_serial, ==, serial);
  return serial;
}

static void
assert_text (FlowFixture *fixture, guint16 kind, LanyardBodyKey key, const char *expected)
{
  g_autofree char *text = flow_body_text (fixture, kind, key);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_own_badge (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *old = open_issued (fixture);
  g_autofree char *new = NULL;
  guint64 head = lanyard_journal_get_head_seq (fixture->journal);
  guint64 sequence;

  act (fixture, LANYARD_ACT_REISSUE, PERSON_READY, old, LANYARD_VOID_DAMAGED, NULL, NULL);
  flow_assert_page (fixture, "printing");
  new = g_strdup (fake_printer_get_last (fixture->printer));
  g_assert_cmpstr (new, !=, old);
  g_assert_cmpuint (lanyard_journal_get_head_seq (fixture->journal), ==, head + 2);
  assert_kinds (fixture, PERSON_READY, "reserved printing reported issued voided reserved");
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_VOIDED, LANYARD_BODY_VOID_REASON), ==,
                    LANYARD_VOID_DAMAGED);
  assert_text (fixture, LANYARD_RECORD_RESERVED, LANYARD_BODY_REPLACES, old);
  assert_text (fixture, LANYARD_RECORD_VOIDED, LANYARD_BODY_STAFF, "1");
  assert_text (fixture, LANYARD_RECORD_VOIDED, LANYARD_BODY_SECOND_STAFF, NULL);
  sequence = flow_body_number (fixture, LANYARD_RECORD_VOIDED, LANYARD_BODY_SEQUENCE);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_RESERVED, LANYARD_BODY_SEQUENCE), ==,
                    sequence + 1);

  fake_printer_say (fixture->printer, LANYARD_PRINT_SPOOLED);
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_assert_page (fixture, "scan-back");
  /* The old one is held up by mistake: it is not the new one, and the screen says why. */
  flow_scan_badge (fixture, old);
  flow_assert_page (fixture, "scan-back");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_VOID_BADGE);
  flow_scan_badge (fixture, new);
  flow_assert_page (fixture, "done");
  flow_check_journal (fixture);

  /* The old one at self-service, also after a restart. */
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_press (fixture, LANYARD_INPUT_SIGN_OUT);
  flow_reopen (fixture);
  flow_scan_badge (fixture, old);
  flow_assert_page (fixture, "welcome");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_VOID_BADGE);
  flow_scan_badge (fixture, new);
  flow_assert_page (fixture, "refused"); /* it is out, and good */
}

/* Of a badge that another desk made there is no pickup here: only the directory told of it. */
static void
test_badge_of_another_desk (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *text
      = flow_make_credential (fixture, fixture->desk_key, LANYARD_CREDENTIAL_BADGE,
                              flow_number (PERSON_ISSUED), OTHER_DESKS_SERIAL, 4);
  g_autofree char *serial = NULL;

  sign_in (fixture);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_ISSUED));
  g_assert_cmpstr (fixture->view->badge_serial, ==, OTHER_DESKS_SERIAL);
  g_assert_true (fixture->view->can_reissue);
  act (fixture, LANYARD_ACT_REISSUE, PERSON_ISSUED, OTHER_DESKS_SERIAL, LANYARD_VOID_DATA_CHANGED,
       NULL, NULL);
  flow_assert_page (fixture, "printing");
  serial = g_strdup (fake_printer_get_last (fixture->printer));
  assert_text (fixture, LANYARD_RECORD_RESERVED, LANYARD_BODY_REPLACES, OTHER_DESKS_SERIAL);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_RESERVED, LANYARD_BODY_SEQUENCE), ==,
                    5);
  fake_printer_say (fixture->printer, LANYARD_PRINT_SPOOLED);
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_scan_badge (fixture, serial);
  flow_assert_page (fixture, "done");
  flow_press (fixture, LANYARD_INPUT_DONE);

  flow_reopen (fixture);
  flow_scan_text (fixture, text);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_VOID_BADGE);
  flow_check_journal (fixture);
}

static void
test_second_person (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *old = open_issued (fixture);
  guint64 head = lanyard_journal_get_head_seq (fixture->journal);
  static const struct
  {
    const char *number;
    const char *pin;
    LanyardNotice notice;
  } refused[] = {
    { NULL, NULL, LANYARD_NOTICE_SECOND_PERSON },
    { "1", FLOW_PIN, LANYARD_NOTICE_SECOND_PERSON }, /* oneself is nobody else */
    { "27", FLOW_PIN, LANYARD_NOTICE_WRONG_PIN },
    { "28", SECOND_PIN, LANYARD_NOTICE_WRONG_PIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      act (fixture, LANYARD_ACT_REISSUE, PERSON_READY, old, LANYARD_VOID_STOLEN, refused[i].number,
           refused[i].pin);
      g_assert_cmpint (fixture->view->notice, ==, refused[i].notice);
      flow_assert_page (fixture, "staff");
    }
  act (fixture, LANYARD_ACT_VOID, PERSON_READY, old, LANYARD_VOID_STOLEN, NULL, NULL);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_SECOND_PERSON);
  g_assert_cmpuint (lanyard_journal_get_head_seq (fixture->journal), ==, head);

  act (fixture, LANYARD_ACT_REISSUE, PERSON_READY, old, LANYARD_VOID_STOLEN, "27", SECOND_PIN);
  flow_assert_page (fixture, "printing");
  assert_text (fixture, LANYARD_RECORD_VOIDED, LANYARD_BODY_STAFF, "1");
  assert_text (fixture, LANYARD_RECORD_VOIDED, LANYARD_BODY_SECOND_STAFF, "27");
}

/* A second person's PIN is no easier to guess here than on the page for signing in. */
static void
test_second_person_locked (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *old = open_issued (fixture);

  for (guint i = 0; i < 20 && fixture->view->notice != LANYARD_NOTICE_LOCKED_OUT; i++)
    act (fixture, LANYARD_ACT_REISSUE, PERSON_READY, old, LANYARD_VOID_LOST, "27", "111111");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_LOCKED_OUT);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_LOCK_OUT), ==, 1);
  act (fixture, LANYARD_ACT_REISSUE, PERSON_READY, old, LANYARD_VOID_LOST, "27", SECOND_PIN);
  flow_assert_page (fixture, "staff");
}

static void
test_void (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *old = open_issued (fixture);

  act (fixture, LANYARD_ACT_VOID, PERSON_READY, old, LANYARD_VOID_MISPRINT, NULL, NULL);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_BADGE_VOIDED);
  assert_kinds (fixture, PERSON_READY, "reserved printing reported issued voided");
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_VOIDED, LANYARD_BODY_VOID_REASON), ==,
                    LANYARD_VOID_MISPRINT);
  /* They stay on the page and may have another one. */
  flow_assert_page (fixture, "staff");
  g_assert_true (fixture->view->can_issue);
  g_assert_false (fixture->view->can_reissue);
  g_assert_null (fixture->view->badge_serial);
  /* Once is enough. */
  act (fixture, LANYARD_ACT_VOID, PERSON_READY, old, LANYARD_VOID_MISPRINT, NULL, NULL);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  assert_kinds (fixture, PERSON_READY, "reserved printing reported issued voided");
  flow_check_journal (fixture);
}

static void
test_void_another (FlowFixture *fixture, gconstpointer data)
{
  sign_in (fixture);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_ISSUED));
  act (fixture, LANYARD_ACT_VOID, PERSON_ISSUED, OTHER_DESKS_SERIAL, LANYARD_VOID_WITHDRAWN, NULL,
       NULL);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_BADGE_VOIDED);
  g_assert_true (lanyard_journal_is_void (fixture->journal, OTHER_DESKS_SERIAL));
  /* The hub does not know it yet; this desk does. */
  g_assert_true (fixture->view->can_issue);
  act (fixture, LANYARD_ACT_VOID, PERSON_ISSUED, OTHER_DESKS_SERIAL, LANYARD_VOID_WITHDRAWN, NULL,
       NULL);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_VOIDED), ==, 1);
  flow_check_journal (fixture);
}

/* A question is answered by voiding, too: staff know more than "nothing came out". */
static void
test_void_question (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = flow_walk_to_printing (fixture, PERSON_READY);

  fake_printer_say (fixture->printer, LANYARD_PRINT_LOST);
  flow_assert_page (fixture, "attention");
  sign_in (fixture);
  act (fixture, LANYARD_ACT_VOID, PERSON_READY, serial, LANYARD_VOID_DAMAGED, NULL, NULL);
  assert_kinds (fixture, PERSON_READY, "reserved printing unknown voided");
  g_assert_cmpuint (lanyard_session_count_questions (fixture->session), ==, 0);
  flow_check_journal (fixture);
}

static void
test_not_possible (FlowFixture *fixture, gconstpointer data)
{
  static const struct
  {
    Person person;
    const char *serial;
    LanyardVoidReason reason;
  } cases[] = {
    { PERSON_ISSUED, OTHER_DESKS_SERIAL, LANYARD_VOID_NOT_PRINTED }, /* no reason of staff */
    { PERSON_ISSUED, OTHER_DESKS_SERIAL, LANYARD_VOID_WITHDRAWN },   /* and then none anew */
    { PERSON_ISSUED, OTHER_DESKS_SERIAL, 0 },
    { PERSON_ISSUED, "K0099-0000018", LANYARD_VOID_DAMAGED },   /* another badge */
    { PERSON_READY, OTHER_DESKS_SERIAL, LANYARD_VOID_DAMAGED }, /* another person */
  };

  sign_in (fixture);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_ISSUED));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint64 head = lanyard_journal_get_head_seq (fixture->journal);

      act (fixture, LANYARD_ACT_REISSUE, cases[i].person, cases[i].serial, cases[i].reason, NULL,
           NULL);
      g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
      g_assert_cmpuint (lanyard_journal_get_head_seq (fixture->journal), ==, head);
      g_assert_cmpuint (fixture->printer->submitted->len, ==, 0);
    }
  /* Two badges are out: which of them a new one replaces is for somebody to decide. */
  lanyard_session_open_person (fixture->session, flow_number (PERSON_DISPUTED));
  g_assert_false (fixture->view->can_reissue);
}

/* The new badge of a reissue does not come out: the old one stays void, and nobody is without. */
static void
test_print_fails (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *old = open_issued (fixture);

  act (fixture, LANYARD_ACT_REISSUE, PERSON_READY, old, LANYARD_VOID_DAMAGED, NULL, NULL);
  fake_printer_say (fixture->printer, LANYARD_PRINT_FAILED);
  assert_kinds (fixture, PERSON_READY, "reserved printing reported issued voided reserved voided");
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_VOIDED, LANYARD_BODY_VOID_REASON), ==,
                    LANYARD_VOID_NOT_PRINTED);
  flow_press (fixture, LANYARD_INPUT_DONE);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_READY));
  g_assert_true (fixture->view->can_issue);
  flow_check_journal (fixture);
}

/* A badge in somebody's hand is out, also when neither directory nor journal knows of it. */
static void
test_shown_badge_is_out (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *text
      = flow_make_credential (fixture, fixture->desk_key, LANYARD_CREDENTIAL_BADGE,
                              flow_number (PERSON_READY), OTHER_DESKS_SERIAL, 7);

  flow_scan_text (fixture, text);
  flow_assert_page (fixture, "refused");
  g_assert_true (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_ALREADY_ISSUED));
  flow_press (fixture, LANYARD_INPUT_DONE);
  sign_in (fixture);
  flow_scan_text (fixture, text);
  g_assert_cmpstr (fixture->view->badge_serial, ==, OTHER_DESKS_SERIAL);
  g_assert_true (fixture->view->can_reissue);
  act (fixture, LANYARD_ACT_REISSUE, PERSON_READY, OTHER_DESKS_SERIAL, LANYARD_VOID_DAMAGED, NULL,
       NULL);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_RESERVED, LANYARD_BODY_SEQUENCE), ==,
                    8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add ("/flow/reissue/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)
  ADD ("own-badge", test_own_badge);
  ADD ("badge-of-another-desk", test_badge_of_another_desk);
  ADD ("second-person", test_second_person);
  ADD ("second-person-locked", test_second_person_locked);
  ADD ("void", test_void);
  ADD ("void-another", test_void_another);
  ADD ("void-question", test_void_question);
  ADD ("not-possible", test_not_possible);
  ADD ("print-fails", test_print_fails);
  ADD ("shown-badge-is-out", test_shown_badge_is_out);
  return g_test_run ();
}
