/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a badge counts as handed over that was not, or a good one is thrown away. */

#include "flow-fixture.h"

static void
assert_kinds (FlowFixture *fixture, Person person, const char *expected)
{
  g_autofree char *kinds = flow_kinds_of (fixture, flow_number (person));

  g_assert_cmpstr (kinds, ==, expected);
}

static void
test_wrong_badges (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *first = flow_walk_to_issued (fixture, PERSON_OTHER);
  g_autofree char *serial = NULL;

  flow_press (fixture, LANYARD_INPUT_DONE);
  serial = flow_walk_to_reported (fixture, PERSON_READY);
  for (guint i = 0; i < 2; i++)
    {
      flow_scan_badge (fixture, first);
      flow_assert_page (fixture, "scan-back");
      g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_WRONG_BADGE);
    }
  flow_scan_badge (fixture, first);
  flow_assert_page (fixture, "refused");
  assert_kinds (fixture, PERSON_READY, "reserved printing reported voided");
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_VOIDED, LANYARD_BODY_VOID_REASON), ==,
                    LANYARD_VOID_WRONG_BADGE);
  /* The other person's badge is as good as before. */
  assert_kinds (fixture, PERSON_OTHER, "reserved printing reported issued");
  flow_check_journal (fixture);
}

/* The right serial under a wrong signature is nothing. */
static void
test_forged_badge (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = flow_walk_to_reported (fixture, PERSON_READY);
  g_autoptr (LanyardKey) stranger = lanyard_key_generate ();
  g_autofree char *by_stranger = flow_make_credential (fixture, stranger, LANYARD_CREDENTIAL_BADGE,
                                                       flow_number (PERSON_READY), serial, 1);
  g_autofree char *by_hub = flow_make_credential (fixture, fixture->hub, LANYARD_CREDENTIAL_BADGE,
                                                  flow_number (PERSON_READY), serial, 1);

  flow_scan_text (fixture, by_stranger);
  flow_assert_page (fixture, "scan-back");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_BAD_SIGNATURE);
  /* The hub's key may sign invitations, not badges. */
  flow_scan_text (fixture, by_hub);
  flow_assert_page (fixture, "scan-back");
  /* The bare serial and the bare number prove nothing either. */
  flow_scan_text (fixture, serial);
  flow_scan_text (fixture, flow_number (PERSON_READY));
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "scan-back");
  assert_kinds (fixture, PERSON_READY, "reserved printing reported");
  flow_scan_badge (fixture, serial);
  flow_assert_page (fixture, "done");
}

static void
test_unreadable (FlowFixture *fixture, gconstpointer data)
{
  g_free (flow_walk_to_reported (fixture, PERSON_READY));
  flow_press (fixture, LANYARD_INPUT_UNREADABLE);
  flow_assert_page (fixture, "refused");
  assert_kinds (fixture, PERSON_READY, "reserved printing reported voided");
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_VOIDED, LANYARD_BODY_VOID_REASON), ==,
                    LANYARD_VOID_UNREADABLE);
}

/* Whoever says so has the badge in the hand: staff look at it before there is another. */
static void
test_unreadable_again (FlowFixture *fixture, gconstpointer data)
{
  g_free (flow_walk_to_reported (fixture, PERSON_READY));
  flow_press (fixture, LANYARD_INPUT_UNREADABLE);
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_assert_page (fixture, "welcome");
  flow_scan_invitation (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "refused");
  g_assert_cmpint (fixture->view->verdict.outcome, ==, LANYARD_OUTCOME_STAFF);
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 1);

  flow_sign_in (fixture);
  flow_assert_page (fixture, "staff");
  g_assert_true (fixture->view->can_issue);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 2);
  assert_kinds (fixture, PERSON_READY, "reserved printing reported voided referred reserved");
}

/* Where badges are scanned back, nobody's word at self-service counts. */
static void
test_word_is_not_enough (FlowFixture *fixture, gconstpointer data)
{
  g_free (flow_walk_to_reported (fixture, PERSON_READY));
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_press (fixture, LANYARD_INPUT_CAME_OUT);
  flow_press (fixture, LANYARD_INPUT_NOT_OUT);
  flow_assert_page (fixture, "scan-back");
  assert_kinds (fixture, PERSON_READY, "reserved printing reported");
}

static void
test_without_scan_back (FlowFixture *fixture, gconstpointer data)
{
  fixture->config->scan_back = FALSE;
  g_free (flow_walk_to_reported (fixture, PERSON_READY));
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_assert_page (fixture, "done");
  assert_kinds (fixture, PERSON_READY, "reserved printing reported issued");
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_ISSUED, LANYARD_BODY_CONFIRMED_BY),
                    ==, LANYARD_CONFIRMED_BY_PERSON);
}

static void
assert_tone (FlowFixture *fixture, LanyardTone tone, guint64 generation)
{
  g_assert_cmpint (fixture->view->tone, ==, tone);
  g_assert_cmpuint (fixture->view->tone_generation, ==, generation);
}

/* A scan is heard once, and not again as long as the camera sees the same code; what is heard does
 * not say whether the person gets a badge. */
static void
test_tones (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = NULL;

  assert_tone (fixture, LANYARD_TONE_NONE, 0);
  flow_scan_text (fixture, "https://shop.example/shirt");
  assert_tone (fixture, LANYARD_TONE_TURNED_AWAY, 1);
  flow_scan_invitation (fixture, PERSON_READY);
  assert_tone (fixture, LANYARD_TONE_READ, 2);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_scan_invitation (fixture, PERSON_READY);
  assert_tone (fixture, LANYARD_TONE_READ, 2);
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  assert_tone (fixture, LANYARD_TONE_READ, 2);
  serial = flow_walk_to_reported (fixture, PERSON_READY);
  assert_tone (fixture, LANYARD_TONE_READ, 3);
  flow_scan_badge (fixture, serial);
  flow_assert_page (fixture, "done");
  assert_tone (fixture, LANYARD_TONE_READ, 4);
  /* a second badge is not given, and that is for the person's eyes */
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "refused");
  assert_tone (fixture, LANYARD_TONE_READ, 5);
}

/* The last page goes soon by itself, and stays for whoever reads slowly: each touch gives as much
 * time as other pages have, and nothing else that is pressed takes it away. */
static void
test_more_time (FlowFixture *fixture, gconstpointer data)
{
  g_free (flow_walk_to_issued (fixture, PERSON_READY));
  for (guint i = 0; i < 12; i++)
    {
      flow_wait (fixture, 10);
      flow_press (fixture, LANYARD_INPUT_EXTEND);
      flow_press (fixture, LANYARD_INPUT_ACTIVITY);
      flow_wait (fixture, 30);
      flow_assert_page (fixture, "done");
    }
  flow_wait (fixture, 20);
  flow_assert_page (fixture, "welcome");
}

/* Somebody takes the badge and goes: a question, and the next person is served. */
static void
test_walked_off (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = flow_walk_to_reported (fixture, PERSON_READY);

  flow_wait (fixture, 40);
  flow_press (fixture, LANYARD_INPUT_EXTEND);
  flow_wait (fixture, 40);
  flow_assert_page (fixture, "scan-back");
  flow_wait (fixture, 10);
  flow_assert_page (fixture, "attention");
  assert_kinds (fixture, PERSON_READY, "reserved printing reported unknown");
  flow_wait (fixture, 46);
  flow_assert_page (fixture, "welcome");
  g_assert_cmpuint (lanyard_session_count_questions (fixture->session), ==, 1);

  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "refused");
  flow_press (fixture, LANYARD_INPUT_DONE);
  g_free (flow_walk_to_issued (fixture, PERSON_OTHER));
  flow_press (fixture, LANYARD_INPUT_DONE);

  /* Whoever brings the badge back answers the question. */
  flow_scan_badge (fixture, serial);
  flow_assert_page (fixture, "done");
  g_assert_cmpuint (lanyard_session_count_questions (fixture->session), ==, 0);
  assert_kinds (fixture, PERSON_READY, "reserved printing reported unknown referred issued");
  flow_check_journal (fixture);
}

static void
test_next_person_on_attention (FlowFixture *fixture, gconstpointer data)
{
  g_free (flow_walk_to_printing (fixture, PERSON_READY));
  fake_printer_say (fixture->printer, LANYARD_PRINT_LOST);
  flow_assert_page (fixture, "attention");
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "attention");
  /* Not staff: the question cannot be put away or answered by a press. */
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  flow_press (fixture, LANYARD_INPUT_CAME_OUT);
  flow_assert_page (fixture, "attention");
  flow_scan_invitation (fixture, PERSON_OTHER);
  flow_assert_page (fixture, "confirm");
  g_assert_cmpuint (lanyard_session_count_questions (fixture->session), ==, 1);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/flow/session-scan-back/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("wrong-badges", test_wrong_badges);
  ADD ("forged-badge", test_forged_badge);
  ADD ("unreadable", test_unreadable);
  ADD ("unreadable-again", test_unreadable_again);
  ADD ("word-is-not-enough", test_word_is_not_enough);
  ADD ("without-scan-back", test_without_scan_back);
  ADD ("tones", test_tones);
  ADD ("more-time", test_more_time);
  ADD ("walked-off", test_walked_off);
  ADD ("next-person-on-attention", test_next_person_on_attention);
  return g_test_run ();
}
