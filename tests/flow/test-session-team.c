/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, one who collects for many gets a badge twice or one that nobody recorded, or a
 * printer that jams takes the rest with it. */

#include "flow-fixture.h"

static void
act (FlowFixture *fixture, LanyardStaffActionKind kind, const char *number, guint count)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (kind);

  action->number = g_strdup (number);
  action->count = count;
  lanyard_session_act (fixture->session, action);
}

static void
join_club (LanyardEntry *entry)
{
  g_free (entry->organisation);
  entry->organisation = g_strdup ("Otter Rowing");
}

static void
join_clubs_shop (LanyardEntry *entry)
{
  g_free (entry->organisation);
  entry->organisation = g_strdup ("Otter Rowing Shop");
}

/* The leader is READY; OTHER may have a badge, PENDING may not, and ISSUED has one. */
static void
open_team (FlowFixture *fixture)
{
  static const Person club[] = { PERSON_READY, PERSON_OTHER, PERSON_PENDING, PERSON_ISSUED };

  for (guint i = 0; i < G_N_ELEMENTS (club); i++)
    flow_change_person (fixture, club[i], join_club);
  flow_change_person (fixture, PERSON_GUEST, join_clubs_shop);
  while (!lanyard_directory_is_indexed (fixture->directory))
    g_assert_true (lanyard_directory_index_step (fixture->directory, 100, NULL));
  flow_sign_in (fixture);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_READY));
  act (fixture, LANYARD_ACT_OPEN_TEAM, flow_number (PERSON_READY), 0);
  flow_assert_page (fixture, "team");
}

static LanyardTeamState
get_state (FlowFixture *fixture, Person person)
{
  const LanyardTeamMember *member = lanyard_team_find (fixture->view->team, flow_number (person));

  g_assert_nonnull (member);
  return member->state;
}

static void
come_out (FlowFixture *fixture)
{
  g_autofree char *serial = g_strdup (fixture->view->serial);
  g_autofree char *number = g_strdup (fixture->view->entry->number);

  fake_printer_say (fixture->printer, LANYARD_PRINT_SPOOLED);
  fake_printer_say (fixture->printer, LANYARD_PRINT_PROCESSING);
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_assert_page (fixture, "scan-back");
  g_assert_cmpstr (fixture->view->entry->number, ==, number);
  flow_scan_badge (fixture, serial);
}

static void
test_all (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *collector = NULL;

  open_team (fixture);
  g_assert_cmpuint (fixture->view->team->members->len, ==, 4);
  g_assert_cmpint (get_state (fixture, PERSON_ISSUED), ==, LANYARD_TEAM_HAS_BADGE);
  act (fixture, LANYARD_ACT_TICK_TEAM, NULL, 1);
  act (fixture, LANYARD_ACT_PRINT_TEAM, NULL, 0);
  flow_assert_page (fixture, "printing");
  come_out (fixture);
  flow_assert_page (fixture, "printing");
  come_out (fixture);
  flow_assert_page (fixture, "team");
  g_assert_cmpint (get_state (fixture, PERSON_READY), ==, LANYARD_TEAM_DONE);
  g_assert_cmpint (get_state (fixture, PERSON_OTHER), ==, LANYARD_TEAM_DONE);
  g_assert_cmpint (get_state (fixture, PERSON_PENDING), ==, LANYARD_TEAM_NOT_POSSIBLE);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 2);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_ISSUED), ==, 2);
  collector = flow_body_text (fixture, LANYARD_RECORD_RESERVED, LANYARD_BODY_COLLECTOR);
  g_assert_cmpstr (collector, ==, flow_number (PERSON_READY));
  /* nothing comes out twice */
  act (fixture, LANYARD_ACT_TICK_TEAM, NULL, 1);
  act (fixture, LANYARD_ACT_PRINT_TEAM, NULL, 0);
  flow_assert_page (fixture, "team");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 2);
  flow_check_journal (fixture);
}

/* The printer fails in the middle: who is done is done, who is not waits, and one is a question. */
static void
test_jam (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = NULL;
  const char *number;

  open_team (fixture);
  act (fixture, LANYARD_ACT_TICK_TEAM, flow_number (PERSON_READY), 1);
  act (fixture, LANYARD_ACT_TICK_TEAM, flow_number (PERSON_OTHER), 1);
  act (fixture, LANYARD_ACT_PRINT_TEAM, NULL, 0);
  number = g_strcmp0 (fixture->view->entry->number, flow_number (PERSON_READY)) == 0
               ? flow_number (PERSON_READY)
               : flow_number (PERSON_OTHER);
  serial = g_strdup (fixture->view->serial);
  fake_printer_say (fixture->printer, LANYARD_PRINT_SPOOLED);
  fake_printer_say (fixture->printer, LANYARD_PRINT_LOST);
  flow_assert_page (fixture, "attention");
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  flow_assert_page (fixture, "team");
  g_assert_cmpint (lanyard_team_find (fixture->view->team, number)->state, ==,
                   LANYARD_TEAM_QUESTION);
  g_assert_cmpuint (lanyard_team_count (fixture->view->team, LANYARD_TEAM_TICKED), ==, 1);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 1);
  /* it was in the tray after all; the other one is printed when somebody says so */
  lanyard_session_input (fixture->session, LANYARD_INPUT_CAME_OUT, fixture->view->question, serial);
  flow_assert_page (fixture, "team");
  g_assert_cmpint (lanyard_team_find (fixture->view->team, number)->state, ==, LANYARD_TEAM_DONE);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 1);
  act (fixture, LANYARD_ACT_PRINT_TEAM, NULL, 0);
  flow_assert_page (fixture, "printing");
  come_out (fixture);
  g_assert_cmpuint (lanyard_team_count (fixture->view->team, LANYARD_TEAM_DONE), ==, 2);
}

/* Only staff do it, and it ends with them. */
static void
test_staff_only (FlowFixture *fixture, gconstpointer data)
{
  act (fixture, LANYARD_ACT_OPEN_TEAM, flow_number (PERSON_READY), 0);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_STAFF_ONLY);
  flow_assert_page (fixture, "welcome");
  open_team (fixture);
  act (fixture, LANYARD_ACT_TICK_TEAM, NULL, 1);
  flow_press (fixture, LANYARD_INPUT_SIGN_OUT);
  flow_assert_page (fixture, "welcome");
  g_assert_null (fixture->view->team);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 0);
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
  add ("/flow/session-team/all", test_all);
  add ("/flow/session-team/jam", test_jam);
  add ("/flow/session-team/staff-only", test_staff_only);
  return g_test_run ();
}
