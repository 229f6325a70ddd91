/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, people do not get their badge, or the journal tells another story than what
 * happened. */

#include "flow-fixture.h"

static void
assert_kinds (FlowFixture *fixture, Person person, const char *expected)
{
  g_autofree char *kinds = flow_kinds_of (fixture, flow_number (person));

  g_assert_cmpstr (kinds, ==, expected);
}

static void
test_main_path (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = NULL;

  flow_assert_page (fixture, "welcome");
  g_assert_null (fixture->view->entry);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "confirm");
  g_assert_cmpstr (fixture->view->entry->number, ==, flow_number (PERSON_READY));
  g_assert_cmpint (fixture->view->verdict.outcome, ==, LANYARD_OUTCOME_READY);
  g_assert_cmpint (fixture->view->deadline_us, ==, fixture->monotonic_us + 45 * G_USEC_PER_SEC);
  /* Looking at somebody is no record. */
  assert_kinds (fixture, PERSON_READY, "");

  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "printing");
  assert_kinds (fixture, PERSON_READY, "reserved");
  serial = g_strdup (fixture->view->serial);
  g_assert_cmpstr (serial, ==, fake_printer_get_last (fixture->printer));

  fake_printer_say (fixture->printer, LANYARD_PRINT_SPOOLED);
  assert_kinds (fixture, PERSON_READY, "reserved printing");
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_assert_page (fixture, "scan-back");
  assert_kinds (fixture, PERSON_READY, "reserved printing reported");

  flow_scan_badge (fixture, serial);
  flow_assert_page (fixture, "done");
  assert_kinds (fixture, PERSON_READY, "reserved printing reported issued");
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_ISSUED, LANYARD_BODY_CONFIRMED_BY),
                    ==, LANYARD_CONFIRMED_BY_SCAN_BACK);
  /* Invariant 7. */
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_RESERVED,
                                      LANYARD_BODY_DIRECTORY_VERSION),
                    ==, lanyard_directory_get_cursor (fixture->directory));

  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_assert_page (fixture, "welcome");
  g_assert_null (fixture->view->entry);
  flow_check_journal (fixture);
}

/* The second badge of one person is never made by the machine alone. */
static void
test_already_issued (FlowFixture *fixture, gconstpointer data)
{
  g_free (flow_walk_to_issued (fixture, PERSON_READY));
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "refused");
  g_assert_cmpint (fixture->view->state, ==, LANYARD_PICKUP_REFERRED);
  g_assert_true (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_ALREADY_ISSUED));
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 1);
  flow_check_journal (fixture);
}

typedef struct
{
  Person person;
  const char *kind;
  LanyardReason shown; /* NONE: the reason is private and must not be in the view */
} Refusal;

static const Refusal refusals[] = {
  { PERSON_PENDING, "referred", LANYARD_REASON_CLEARANCE_PENDING },
  { PERSON_CANCELLED, "refused", LANYARD_REASON_NONE },
  { PERSON_GUEST, "referred", LANYARD_REASON_CATEGORY },
  { PERSON_ELSEWHERE, "refused", LANYARD_REASON_WRONG_VENUE },
  { PERSON_ISSUED, "referred", LANYARD_REASON_ALREADY_ISSUED },
  { PERSON_DISPUTED, "referred", LANYARD_REASON_NONE },
  { PERSON_NOBODY, "refused", LANYARD_REASON_UNKNOWN },
};

static void
test_refusals (FlowFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      const LanyardView *view;

      flow_scan_invitation (fixture, refusals[i].person);
      flow_assert_page (fixture, "refused");
      view = fixture->view;
      assert_kinds (fixture, refusals[i].person, refusals[i].kind);
      g_assert_cmpuint (strlen (view->ticket), ==, 4);
      g_assert_cmpuint (view->verdict.n_reasons, ==, refusals[i].shown != 0 ? 1 : 0);
      if (refusals[i].shown != 0)
        g_assert_cmpint (view->verdict.reasons[0], ==, refusals[i].shown);
      /* Others in the queue can read this page. */
      g_assert_cmpint (view->entry != NULL, ==, refusals[i].person != PERSON_NOBODY);
      if (view->entry != NULL)
        {
          g_assert_cmpstr (view->entry->print_name, ==, "");
          g_assert_null (view->entry->family_name);
          g_assert_null (view->entry->birth_date);
          g_assert_cmpint (view->entry->pickup_venues[0] != NULL, ==,
                           refusals[i].person == PERSON_ELSEWHERE);
        }
    }
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 0);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_REFUSED, LANYARD_BODY_OUTCOME), ==,
                    LANYARD_OUTCOME_REFUSED);
  flow_check_journal (fixture);
}

static void
test_cancel (FlowFixture *fixture, gconstpointer data)
{
  flow_scan_invitation (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  flow_assert_page (fixture, "welcome");
  assert_kinds (fixture, PERSON_READY, "");
  /* Cancelled is not refused: the same person may try again at once. */
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "confirm");
}

static void
test_call_staff (FlowFixture *fixture, gconstpointer data)
{
  flow_press (fixture, LANYARD_INPUT_CALL_STAFF);
  flow_assert_page (fixture, "refused");
  g_assert_nonnull (fixture->view->ticket);
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CALL_STAFF);
  flow_assert_page (fixture, "refused");
  assert_kinds (fixture, PERSON_READY, "referred");
  flow_check_journal (fixture);
}

/* The camera goes on seeing the code that lies before it, and the next person's behind it. */
static void
test_busy (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = NULL;
  guint64 notices;

  flow_scan_invitation (fixture, PERSON_READY);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "confirm");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NONE);
  flow_scan_invitation (fixture, PERSON_OTHER);
  flow_assert_page (fixture, "confirm");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_BUSY);
  g_assert_cmpstr (fixture->view->entry->number, ==, flow_number (PERSON_READY));
  notices = fixture->view->notice_generation;
  flow_scan_invitation (fixture, PERSON_OTHER);
  g_assert_cmpuint (fixture->view->notice_generation, >, notices);

  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  serial = g_strdup (fake_printer_get_last (fixture->printer));
  fake_printer_say (fixture->printer, LANYARD_PRINT_SPOOLED);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_scan_invitation (fixture, PERSON_OTHER);
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "scan-back");
  flow_scan_badge (fixture, serial);
  flow_scan_badge (fixture, serial);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "done");
  assert_kinds (fixture, PERSON_READY, "reserved printing reported issued");
  /* The next person does not wait for anybody to press a button. */
  flow_scan_invitation (fixture, PERSON_OTHER);
  flow_assert_page (fixture, "confirm");
  g_assert_cmpstr (fixture->view->entry->number, ==, flow_number (PERSON_OTHER));
  g_assert_cmpstr (fixture->view->language, ==, "es");
}

static void
test_bad_codes (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardKey) stranger = lanyard_key_generate ();
  g_autofree char *forged = flow_make_credential (fixture, stranger, LANYARD_CREDENTIAL_INVITATION,
                                                  flow_number (PERSON_READY), NULL, 0);
  g_autofree char *old = flow_make_credential (fixture, fixture->hub, LANYARD_CREDENTIAL_INVITATION,
                                               flow_number (PERSON_READY), NULL, 0);

  flow_scan_text (fixture, "https://example.org/menu");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_FOREIGN_CODE);
  flow_scan_text (fixture, forged);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_BAD_SIGNATURE);
  flow_scan_text (fixture, "LY1:");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_FOREIGN_CODE);
  lanyard_session_type_number (fixture->session, "26000000X");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_TYPING_ERROR);
  flow_wait (fixture, 11 * 24 * 60 * 60);
  flow_scan_text (fixture, old);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_EXPIRED_CODE);
  flow_assert_page (fixture, "welcome");
}

static void
test_typed_number (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *typed = g_ascii_strdown (flow_number (PERSON_READY), -1);

  lanyard_session_type_number (fixture->session, typed);
  flow_assert_page (fixture, "confirm");
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_RESERVED, LANYARD_BODY_SOURCE), ==,
                    LANYARD_CREDENTIAL_NUMBER);
}

static void
cancel_entry (LanyardEntry *entry)
{
  entry->status = LANYARD_STATUS_CANCELLED;
}

/* Sync goes on while somebody reads the screen. */
static void
test_verdict_changes_before_yes (FlowFixture *fixture, gconstpointer data)
{
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "confirm");
  flow_change_person (fixture, PERSON_READY, cancel_entry);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "refused");
  assert_kinds (fixture, PERSON_READY, "refused");
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 0);
}

/* What came may have been that the accreditation is cancelled: nobody here can tell. */
static void
test_overtaken_before_yes (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) raw = g_bytes_new_static ("?", 1);
  g_autoptr (GError) error = NULL;

  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "confirm");
  lanyard_directory_set_aside (fixture->directory, 900, flow_number (PERSON_READY), raw,
                               "a form that is not known", &error);
  g_assert_no_error (error);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "refused");
  assert_kinds (fixture, PERSON_READY, "referred");
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 0);
}

static void
raise_sequence (LanyardEntry *entry)
{
  entry->issued.last_sequence = 7;
  entry->lowest_valid_sequence = 9;
}

/* A new badge must not be void on the day it is made. */
static void
test_sequence (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = NULL;
  g_autoptr (LanyardPickup) pickup = NULL;

  flow_change_person (fixture, PERSON_READY, raise_sequence);
  serial = flow_walk_to_reserved (fixture, PERSON_READY);
  pickup = lanyard_journal_find_serial (fixture->journal, serial);
  g_assert_cmpuint (pickup->sequence, ==, 9);
}

/* What the hub told the desk stays told, whoever is being served. */
static void
test_alert (FlowFixture *fixture, gconstpointer data)
{
  flow_scan_invitation (fixture, PERSON_READY);
  lanyard_session_note_alert (fixture->session, flow_number (PERSON_OTHER));
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_ALERT), ==, 1);
  flow_assert_page (fixture, "confirm");
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "printing");
  flow_check_journal (fixture);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/flow/session-path/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("main-path", test_main_path);
  ADD ("already-issued", test_already_issued);
  ADD ("refusals", test_refusals);
  ADD ("cancel", test_cancel);
  ADD ("call-staff", test_call_staff);
  ADD ("busy", test_busy);
  ADD ("bad-codes", test_bad_codes);
  ADD ("typed-number", test_typed_number);
  ADD ("verdict-changes-before-yes", test_verdict_changes_before_yes);
  ADD ("overtaken-before-yes", test_overtaken_before_yes);
  ADD ("sequence", test_sequence);
  ADD ("alert", test_alert);
  return g_test_run ();
}
