/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, somebody collects without staff what nobody allowed them to, a badge is made of
 * which nobody knows who has it, or one for somebody who was never asked what they had to be. */

#include "flow-fixture.h"

#include "lanyard-pickup-machine.h"

#define SERIAL_ELSEWHERE "K0099-0000017"

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
join_here (LanyardEntry *entry)
{
  join_club (entry);
  g_strfreev (entry->pickup_venues);
  entry->pickup_venues = g_new0 (char *, 1);
}

static void
join_with_badge (LanyardEntry *entry)
{
  join_club (entry);
  lanyard_issued_clear (&entry->issued);
  entry->issued.open_badges = 1;
  entry->issued.last_sequence = 1;
  entry->issued.last_serial = g_strdup (SERIAL_ELSEWHERE);
}

/* What the pack would say: players collect for players. */
static void
rule (FlowFixture *fixture, const char *collectors, guint most)
{
  LanyardDelegationRules *delegation
      = &((LanyardRules *)lanyard_pack_get_rules (fixture->pack))->delegation;

  delegation->self_service = TRUE;
  g_strfreev (delegation->collectors);
  delegation->collectors = g_strsplit (collectors, " ", -1);
  delegation->most = most;
  delegation->own_badge = FALSE;
}

static void
index_names (FlowFixture *fixture)
{
  while (!lanyard_directory_is_indexed (fixture->directory))
    g_assert_true (lanyard_directory_index_step (fixture->directory, 100, NULL));
}

/* READY, OTHER and ELSEWHERE may have a badge, PENDING and GUEST may not, and ISSUED has one. */
static void
found_club (FlowFixture *fixture)
{
  static const Person club[] = { PERSON_READY, PERSON_OTHER, PERSON_PENDING, PERSON_GUEST };

  for (guint i = 0; i < G_N_ELEMENTS (club); i++)
    flow_change_person (fixture, club[i], join_club);
  flow_change_person (fixture, PERSON_ELSEWHERE, join_here);
  flow_change_person (fixture, PERSON_ISSUED, join_with_badge);
  index_names (fixture);
}

static void
open_page (FlowFixture *fixture)
{
  found_club (fixture);
  rule (fixture, "PLAYER", 20);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "confirm");
  g_assert_true (fixture->view->collects);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "delegation");
}

static LanyardTeamState
get_state (FlowFixture *fixture, Person person)
{
  const LanyardTeamMember *member = lanyard_team_find (fixture->view->team, flow_number (person));

  g_assert_nonnull (member);
  return member->state;
}

static guint
count (FlowFixture *fixture, LanyardTeamState state)
{
  return lanyard_team_count (fixture->view->team, state);
}

static void
print_to_scan_back (FlowFixture *fixture)
{
  fake_printer_say (fixture->printer, LANYARD_PRINT_SPOOLED);
  fake_printer_say (fixture->printer, LANYARD_PRINT_PROCESSING);
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_assert_page (fixture, "scan-back");
}

static void
come_out (FlowFixture *fixture)
{
  g_autofree char *serial = g_strdup (fixture->view->serial);

  print_to_scan_back (fixture);
  flow_scan_badge (fixture, serial);
}

static void
assert_collector (FlowFixture *fixture, guint16 kind, Person person)
{
  g_autofree char *collector = flow_body_text (fixture, kind, LANYARD_BODY_COLLECTOR);

  g_assert_cmpstr (collector, ==, flow_number (person));
}

static void
test_all (FlowFixture *fixture, gconstpointer data)
{
  open_page (fixture);
  /* looking leaves no record, and nobody else's is chosen for them */
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 0);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_REFERRED), ==, 0);
  g_assert_null (fixture->view->entry);
  g_assert_cmpint (get_state (fixture, PERSON_READY), ==, LANYARD_TEAM_TICKED);
  g_assert_cmpint (get_state (fixture, PERSON_OTHER), ==, LANYARD_TEAM_READY);
  g_assert_cmpint (get_state (fixture, PERSON_PENDING), ==, LANYARD_TEAM_NOT_POSSIBLE);
  g_assert_null (lanyard_team_find (fixture->view->team, flow_number (PERSON_ISSUED)));
  g_assert_null (lanyard_team_find (fixture->view->team, flow_number (PERSON_GUEST)));
  act (fixture, LANYARD_ACT_TICK_TEAM, NULL, 1);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  for (guint i = 0; i < 3; i++)
    {
      flow_assert_page (fixture, "printing");
      assert_collector (fixture, LANYARD_RECORD_RESERVED, PERSON_READY);
      come_out (fixture);
      assert_collector (fixture, LANYARD_RECORD_ISSUED, PERSON_READY);
    }
  flow_assert_page (fixture, "delegation");
  g_assert_cmpuint (count (fixture, LANYARD_TEAM_DONE), ==, 3);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_ISSUED), ==, 3);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_ISSUED, LANYARD_BODY_MODE), ==,
                    LANYARD_MODE_SELF_SERVICE);
  /* nothing comes out twice */
  act (fixture, LANYARD_ACT_TICK_TEAM, NULL, 1);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "delegation");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 3);
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  flow_assert_page (fixture, "welcome");
  g_assert_null (fixture->view->team);
  flow_check_journal (fixture);
}

/* Of somebody else the screen knows name and category, and no photo. */
static void
test_little_is_shown (FlowFixture *fixture, gconstpointer data)
{
  open_page (fixture);
  act (fixture, LANYARD_ACT_TICK_TEAM, NULL, 0);
  act (fixture, LANYARD_ACT_TICK_TEAM, flow_number (PERSON_OTHER), 1);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "printing");
  g_assert_cmpstr (fixture->view->entry->category, ==, "PLAYER");
  g_assert_cmpstr (fixture->view->entry->number, ==, "");
  g_assert_null (fixture->view->entry->family_name);
  g_assert_null (fixture->view->entry->birth_date);
  g_assert_null (fixture->view->entry->organisation);
  g_assert_null (fixture->view->photo);
}

/* Without a rule, of another category, by a number alone, or with nobody to collect for: as ever.
 */
static void
test_not_allowed (FlowFixture *fixture, gconstpointer data)
{
  found_club (fixture);
  flow_scan_invitation (fixture, PERSON_READY);
  g_assert_false (fixture->view->collects);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "printing");
  come_out (fixture);
  flow_press (fixture, LANYARD_INPUT_DONE);

  rule (fixture, "GUEST", 20);
  flow_scan_invitation (fixture, PERSON_OTHER);
  g_assert_false (fixture->view->collects);
  flow_press (fixture, LANYARD_INPUT_CANCEL);

  rule (fixture, "PLAYER", 20);
  lanyard_session_type_number (fixture->session, flow_number (PERSON_OTHER));
  flow_assert_page (fixture, "confirm");
  g_assert_false (fixture->view->collects);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "printing");
  come_out (fixture);
  flow_press (fixture, LANYARD_INPUT_DONE);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 2);

  /* the last of them */
  flow_scan_invitation (fixture, PERSON_ELSEWHERE);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "printing");
}

static void
let_badges_collect (FlowFixture *fixture)
{
  ((LanyardRules *)lanyard_pack_get_rules (fixture->pack))->delegation.own_badge = TRUE;
}

/* Where the pack says so, whoever has their badge shows it; their invitation is good for nothing
 * any more. A badge hangs where everybody can take its picture: nobody else collects with one. */
static void
test_own_badge (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *badge = NULL;

  found_club (fixture);
  rule (fixture, "PLAYER", 20);
  flow_scan_invitation (fixture, PERSON_ISSUED);
  flow_assert_page (fixture, "refused");
  flow_press (fixture, LANYARD_INPUT_DONE);
  badge = flow_make_credential (fixture, fixture->desk_key, LANYARD_CREDENTIAL_BADGE,
                                flow_number (PERSON_ISSUED), SERIAL_ELSEWHERE, 1);
  flow_scan_text (fixture, badge);
  flow_assert_page (fixture, "refused");
  flow_press (fixture, LANYARD_INPUT_DONE);
  let_badges_collect (fixture);
  flow_scan_text (fixture, badge);
  flow_assert_page (fixture, "confirm");
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "delegation");
  g_assert_null (lanyard_team_find (fixture->view->team, flow_number (PERSON_ISSUED)));
  g_assert_cmpuint (count (fixture, LANYARD_TEAM_TICKED), ==, 0);
  act (fixture, LANYARD_ACT_TICK_TEAM, flow_number (PERSON_OTHER), 1);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "printing");
  assert_collector (fixture, LANYARD_RECORD_RESERVED, PERSON_ISSUED);
  print_to_scan_back (fixture);
  /* the badge round their neck is no wrong badge */
  for (guint i = 0; i < LANYARD_PICKUP_MAX_WRONG_BADGES; i++)
    flow_scan_text (fixture, badge);
  flow_assert_page (fixture, "scan-back");
  flow_scan_badge (fixture, fixture->view->serial);
  flow_assert_page (fixture, "delegation");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_ISSUED), ==, 1);
}

/* Who has a badge and nobody to collect for is told what they were always told. */
static void
test_own_badge_alone (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *badge = NULL;

  flow_change_person (fixture, PERSON_ISSUED, join_with_badge);
  index_names (fixture);
  rule (fixture, "PLAYER", 20);
  let_badges_collect (fixture);
  badge = flow_make_credential (fixture, fixture->desk_key, LANYARD_CREDENTIAL_BADGE,
                                flow_number (PERSON_ISSUED), SERIAL_ELSEWHERE, 1);
  flow_scan_text (fixture, badge);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "refused");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 0);
}

static void
test_limit (FlowFixture *fixture, gconstpointer data)
{
  open_page (fixture);
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  rule (fixture, "PLAYER", 2);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  act (fixture, LANYARD_ACT_TICK_TEAM, NULL, 1);
  g_assert_cmpuint (count (fixture, LANYARD_TEAM_TICKED), ==, 2);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  come_out (fixture);
  come_out (fixture);
  act (fixture, LANYARD_ACT_TICK_TEAM, NULL, 1);
  g_assert_cmpuint (count (fixture, LANYARD_TEAM_TICKED), ==, 0);
}

/* What somebody has to agree to is asked of them alone: of who collects, before; of nobody else. */
static void
test_consent (FlowFixture *fixture, gconstpointer data)
{
  found_club (fixture);
  rule (fixture, "PLAYER", 20);
  flow_rule_consent (fixture, "conduct", 1, TRUE);
  flow_sign_in (fixture);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_OTHER));
  flow_act_consent (fixture, PERSON_OTHER, "conduct", 1, LANYARD_CONSENT_GIVEN);
  flow_press (fixture, LANYARD_INPUT_SIGN_OUT);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "consent");
  flow_press (fixture, LANYARD_INPUT_AGREE);
  flow_assert_page (fixture, "delegation");
  g_assert_cmpint (get_state (fixture, PERSON_READY), ==, LANYARD_TEAM_TICKED);
  g_assert_cmpint (get_state (fixture, PERSON_OTHER), ==, LANYARD_TEAM_READY);
  g_assert_cmpint (get_state (fixture, PERSON_ELSEWHERE), ==, LANYARD_TEAM_NOT_POSSIBLE);
}

/* Another desk made one since the list was made. */
static void
test_race (FlowFixture *fixture, gconstpointer data)
{
  open_page (fixture);
  act (fixture, LANYARD_ACT_TICK_TEAM, NULL, 1);
  flow_change_person (fixture, PERSON_OTHER, join_with_badge);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  come_out (fixture);
  come_out (fixture);
  flow_assert_page (fixture, "delegation");
  g_assert_cmpint (get_state (fixture, PERSON_OTHER), ==, LANYARD_TEAM_NOT_POSSIBLE);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 2);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_REFERRED), ==, 0);
  flow_check_journal (fixture);
}

/* The power goes: one is done, one is a question, and the third was never begun. */
static void
test_cut (FlowFixture *fixture, gconstpointer data)
{
  open_page (fixture);
  act (fixture, LANYARD_ACT_TICK_TEAM, NULL, 1);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  come_out (fixture);
  fake_printer_say (fixture->printer, LANYARD_PRINT_SPOOLED);
  flow_reopen (fixture);
  flow_assert_page (fixture, "attention");
  g_assert_null (fixture->view->team);
  g_assert_cmpuint (fixture->view->questions->len, ==, 1);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 2);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_ISSUED), ==, 1);
  flow_check_journal (fixture);
}

/* Nobody knows whether it came out: nothing more is made, and staff go on with the team. */
static void
test_jam (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = NULL;

  open_page (fixture);
  act (fixture, LANYARD_ACT_TICK_TEAM, NULL, 1);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  come_out (fixture);
  serial = g_strdup (fixture->view->serial);
  fake_printer_say (fixture->printer, LANYARD_PRINT_SPOOLED);
  fake_printer_say (fixture->printer, LANYARD_PRINT_LOST);
  flow_assert_page (fixture, "attention");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 2);
  flow_sign_in (fixture);
  lanyard_session_input (fixture->session, LANYARD_INPUT_CAME_OUT, fixture->view->question, serial);
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_assert_page (fixture, "team");
  g_assert_cmpuint (count (fixture, LANYARD_TEAM_DONE), ==, 2);
  g_assert_cmpuint (count (fixture, LANYARD_TEAM_TICKED), ==, 1);
  act (fixture, LANYARD_ACT_PRINT_TEAM, NULL, 0);
  come_out (fixture);
  g_assert_cmpuint (count (fixture, LANYARD_TEAM_DONE), ==, 3);
}

/* No cards: the badge under way is done, and the rest waits until there are some and they say so.
 */
static void
test_no_cards (FlowFixture *fixture, gconstpointer data)
{
  open_page (fixture);
  act (fixture, LANYARD_ACT_TICK_TEAM, NULL, 1);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  print_to_scan_back (fixture);
  fake_printer_set_fault (fixture->printer, LANYARD_PRINT_FAULT_MEDIA_EMPTY);
  flow_scan_badge (fixture, fixture->view->serial);
  flow_assert_page (fixture, "out-of-order");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 1);
  flow_wait (fixture, 300);
  fake_printer_set_fault (fixture->printer, LANYARD_PRINT_FAULT_NONE);
  lanyard_session_check_health (fixture->session);
  flow_assert_page (fixture, "delegation");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 1);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  come_out (fixture);
  fake_printer_set_fault (fixture->printer, LANYARD_PRINT_FAULT_MEDIA_EMPTY);
  come_out (fixture);
  /* the last card was enough: they read what was made */
  flow_assert_page (fixture, "delegation");
  g_assert_cmpuint (count (fixture, LANYARD_TEAM_DONE), ==, 3);
}

/* A badge that is no good is for staff; the others go on when whoever collects says so. */
static void
test_unreadable (FlowFixture *fixture, gconstpointer data)
{
  open_page (fixture);
  act (fixture, LANYARD_ACT_TICK_TEAM, NULL, 1);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  print_to_scan_back (fixture);
  flow_press (fixture, LANYARD_INPUT_UNREADABLE);
  flow_assert_page (fixture, "refused");
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_assert_page (fixture, "delegation");
  g_assert_cmpuint (count (fixture, LANYARD_TEAM_NOT_POSSIBLE), ==, 2);
  g_assert_cmpuint (count (fixture, LANYARD_TEAM_TICKED), ==, 2);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  come_out (fixture);
  act (fixture, LANYARD_ACT_STOP_TEAM, NULL, 0);
  come_out (fixture);
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_assert_page (fixture, "delegation");
  g_assert_cmpuint (count (fixture, LANYARD_TEAM_DONE), ==, 2);
}

/* Whoever walks off leaves no names; who comes meanwhile waits. */
static void
test_left (FlowFixture *fixture, gconstpointer data)
{
  open_page (fixture);
  flow_scan_invitation (fixture, PERSON_DISPUTED);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_BUSY);
  flow_assert_page (fixture, "delegation");
  g_assert_cmpint (fixture->view->deadline_us, >, fixture->monotonic_us);
  flow_wait (fixture, 1000);
  flow_assert_page (fixture, "welcome");
  g_assert_null (fixture->view->team);
  /* and from before a badge that nobody took */
  flow_scan_invitation (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  act (fixture, LANYARD_ACT_TICK_TEAM, NULL, 1);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  print_to_scan_back (fixture);
  flow_wait (fixture, 1000);
  g_assert_null (fixture->view->team);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 1);
  flow_wait (fixture, 1000);
  flow_assert_page (fixture, "welcome");
}

/* Others cannot tick, print or stop what they did not open. */
static void
test_nobody_else (FlowFixture *fixture, gconstpointer data)
{
  found_club (fixture);
  rule (fixture, "PLAYER", 20);
  act (fixture, LANYARD_ACT_TICK_TEAM, NULL, 1);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_STAFF_ONLY);
  open_page (fixture);
  act (fixture, LANYARD_ACT_PRINT_TEAM, NULL, 0);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_STAFF_ONLY);
  act (fixture, LANYARD_ACT_OPEN_TEAM, flow_number (PERSON_OTHER), 0);
  flow_assert_page (fixture, "delegation");
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
  add ("/flow/session-delegation/all", test_all);
  add ("/flow/session-delegation/little-is-shown", test_little_is_shown);
  add ("/flow/session-delegation/not-allowed", test_not_allowed);
  add ("/flow/session-delegation/own-badge", test_own_badge);
  add ("/flow/session-delegation/own-badge-alone", test_own_badge_alone);
  add ("/flow/session-delegation/limit", test_limit);
  add ("/flow/session-delegation/consent", test_consent);
  add ("/flow/session-delegation/race", test_race);
  add ("/flow/session-delegation/cut", test_cut);
  add ("/flow/session-delegation/jam", test_jam);
  add ("/flow/session-delegation/no-cards", test_no_cards);
  add ("/flow/session-delegation/unreadable", test_unreadable);
  add ("/flow/session-delegation/left", test_left);
  add ("/flow/session-delegation/nobody-else", test_nobody_else);
  return g_test_run ();
}
