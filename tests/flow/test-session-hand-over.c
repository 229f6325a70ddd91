/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, what staff wrote about a person stands where others can read it, somebody who
 * waits is forgotten at a restart, or a person is handed over to nobody. */

#include "flow-fixture.h"

#include <string.h>

#define WRITTEN "Ms " FLOW_NAME_MARK " comes back at four."

static void
act (FlowFixture *fixture,
     LanyardStaffActionKind kind,
     Person person,
     LanyardHandOver reason,
     const char *note)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (kind);

  action->number = g_strdup (flow_number (person));
  action->reason = (guint)reason;
  action->note = g_strdup (note);
  lanyard_session_act (fixture->session, action);
}

static void
end_wait (FlowFixture *fixture, const char *id)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_WAIT_OVER);

  action->text = g_strdup (id);
  lanyard_session_act (fixture->session, action);
}

static void
read_day (FlowFixture *fixture)
{
  gboolean complete = FALSE;

  g_assert_true (
      lanyard_journal_begin_day (fixture->journal, fixture->wall_us - G_TIME_SPAN_HOUR, NULL));
  while (!complete)
    g_assert_true (lanyard_journal_read_day (fixture->journal, 100, &complete, NULL));
}

static const LanyardWait *
get_wait (FlowFixture *fixture, guint n, guint i)
{
  GPtrArray *waits = lanyard_waiting_get_waits (lanyard_journal_get_waiting (fixture->journal));

  g_assert_cmpuint (waits->len, ==, n);
  return i < n ? g_ptr_array_index (waits, i) : NULL;
}

static LanyardPastLine *
dup_last_line (FlowFixture *fixture, Person person)
{
  g_autoptr (GPtrArray) lines = NULL;
  gboolean complete = FALSE;

  while (!complete)
    g_assert_true (lanyard_journal_read_past (fixture->journal, 100, &complete, NULL));
  lines = lanyard_journal_list_past (fixture->journal, flow_number (person), 100, &complete, NULL);
  g_assert_nonnull (lines);
  g_assert_cmpuint (lines->len, >, 0);
  return lanyard_past_line_copy (g_ptr_array_index (lines, 0));
}

/* It is on disk, sealed, under the number of the person and of who wrote it. */
static void
test_note (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardPastLine) line = NULL;
  g_autofree char *text = NULL;

  flow_sign_in (fixture);
  act (fixture, LANYARD_ACT_NOTE, PERSON_PENDING, 0, WRITTEN);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOTE_KEPT);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_NOTE), ==, 1);
  line = dup_last_line (fixture, PERSON_PENDING);
  g_assert_cmpint (line->kind, ==, LANYARD_PAST_NOTE);
  g_assert_cmpstr (line->staff, ==, "1");
  text = lanyard_directory_open_note (fixture->directory, flow_number (PERSON_PENDING),
                                      line->sealed, NULL);
  g_assert_cmpstr (text, ==, WRITTEN);
  /* looks for the name that is in it, in every file of the desk */
  flow_check_journal (fixture);
}

/* Nobody who is not signed in writes anything, and nothing is written of nobody. */
static void
test_refused (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *long_note = g_strnfill (LANYARD_NOTE_MAX_CHARS + 1, 'x');

  act (fixture, LANYARD_ACT_NOTE, PERSON_PENDING, 0, WRITTEN);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_STAFF_ONLY);
  flow_sign_in (fixture);
  act (fixture, LANYARD_ACT_NOTE, PERSON_PENDING, 0, NULL);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  act (fixture, LANYARD_ACT_NOTE, PERSON_PENDING, 0, long_note);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  act (fixture, LANYARD_ACT_NOTE, PERSON_NOBODY, 0, WRITTEN);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  act (fixture, LANYARD_ACT_HAND_OVER, PERSON_PENDING, 11, NULL);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_NOTE), ==, 0);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_HANDED_OVER), ==, 0);
}

/* Who is handed over waits, with the note, over a restart, until somebody says that it is done. */
static void
test_hand_over (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  const LanyardWait *wait;

  read_day (fixture);
  flow_sign_in (fixture);
  act (fixture, LANYARD_ACT_HAND_OVER, PERSON_PENDING, LANYARD_HAND_OVER_IDENTITY, WRITTEN);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_HANDED_ON);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_NOTE), ==, 1);
  act (fixture, LANYARD_ACT_HAND_OVER, PERSON_READY, LANYARD_HAND_OVER_OTHER, NULL);
  flow_check_journal (fixture);

  flow_reopen (fixture);
  read_day (fixture);
  wait = get_wait (fixture, 2, 0);
  g_assert_cmpstr (wait->number, ==, flow_number (PERSON_PENDING));
  g_assert_true (wait->supervisor);
  g_assert_cmpint (wait->hand_over, ==, LANYARD_HAND_OVER_IDENTITY);
  id = g_strdup (wait->id);

  flow_sign_in (fixture);
  end_wait (fixture, id);
  end_wait (fixture, id);
  end_wait (fixture, "7-1-4711");
  g_assert_cmpstr (get_wait (fixture, 1, 0)->number, ==, flow_number (PERSON_READY));
  /* twice is once */
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_WAIT_ENDED), ==, 1);
}

static void
clear (LanyardEntry *entry)
{
  for (guint i = 0; i < entry->clearances->len; i++)
    g_array_index (entry->clearances, LanyardClearance, i).state = LANYARD_CLEARANCE_CLEAR;
}

/* Whom self-service sends on waits under the number that is on their screen. */
static void
test_referred (FlowFixture *fixture, gconstpointer data)
{
  const LanyardWait *wait;
  g_autofree char *ticket = NULL;

  read_day (fixture);
  flow_scan_invitation (fixture, PERSON_PENDING);
  flow_assert_page (fixture, "refused");
  wait = get_wait (fixture, 1, 0);
  ticket = g_strdup_printf ("%04u", wait->ticket);
  g_assert_cmpstr (ticket, ==, fixture->view->ticket);
  g_assert_cmpint (wait->reason, ==, LANYARD_REASON_CLEARANCE_PENDING);
  g_assert_false (wait->supervisor);
  g_assert_cmpstr (wait->number, ==, flow_number (PERSON_PENDING));

  /* whoever is sent to staff and gets the badge after all waits no more */
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_scan_invitation (fixture, PERSON_GUEST);
  get_wait (fixture, 2, 0);
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_change_person (fixture, PERSON_PENDING, clear);
  g_free (flow_walk_to_issued (fixture, PERSON_PENDING));
  g_assert_cmpstr (get_wait (fixture, 1, 0)->number, ==, flow_number (PERSON_GUEST));
}

/* A player who may collect here. */
static void
make_ready (LanyardEntry *entry)
{
  clear (entry);
  g_free (entry->category);
  entry->category = g_strdup ("PLAYER");
  g_clear_pointer (&entry->pickup_venues, g_strfreev);
  entry->pickup_venues = g_new0 (char *, 1);
  entry->status = LANYARD_STATUS_ACTIVE;
}

/* Takes 90 s from the code to the hand. */
static void
issue_slowly (FlowFixture *fixture, Person person)
{
  g_autofree char *serial = NULL;

  flow_change_person (fixture, person, make_ready);
  serial = flow_walk_to_reported (fixture, person);
  for (guint i = 0; i < 9; i++)
    {
      flow_wait (fixture, 10);
      flow_press (fixture, LANYARD_INPUT_EXTEND);
    }
  flow_scan_badge (fixture, serial);
  flow_assert_page (fixture, "done");
  flow_press (fixture, LANYARD_INPUT_DONE);
}

/* Who is sent to staff reads how long it takes until it is their turn: nothing while nobody stands
 * before them, and nothing before the desk has seen a few. */
static void
test_estimate (FlowFixture *fixture, gconstpointer data)
{
  static const Person served[]
      = { PERSON_READY, PERSON_OTHER, PERSON_GUEST, PERSON_CANCELLED, PERSON_ELSEWHERE };

  read_day (fixture);
  flow_scan_invitation (fixture, PERSON_PENDING);
  g_assert_cmpuint (fixture->view->wait_minutes, ==, 0);
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_scan_invitation (fixture, PERSON_DISPUTED);
  g_assert_nonnull (fixture->view->ticket);
  g_assert_cmpuint (fixture->view->wait_minutes, ==, 0);
  flow_press (fixture, LANYARD_INPUT_DONE);
  for (guint i = 0; i < G_N_ELEMENTS (served); i++)
    issue_slowly (fixture, served[i]);
  flow_scan_invitation (fixture, PERSON_DISPUTED);
  g_assert_nonnull (fixture->view->ticket);
  get_wait (fixture, 2, 0);
  g_assert_cmpuint (fixture->view->wait_minutes, ==, 2);
}

static void
add (const char *path, void (*test) (FlowFixture *fixture, gconstpointer data))
{
  g_test_add (path, FlowFixture, NULL, flow_set_up, test, flow_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/flow/hand-over/note", test_note);
  add ("/flow/hand-over/refused", test_refused);
  add ("/flow/hand-over/supervisor", test_hand_over);
  add ("/flow/hand-over/referred", test_referred);
  add ("/flow/hand-over/estimate", test_estimate);
  return g_test_run ();
}
