/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, somebody who collects for a team gets a badge twice, or the rest goes on over a
 * badge of which nobody knows. */

#include "lanyard-team.h"

static LanyardTeam *
make_team (void)
{
  LanyardTeam *team = lanyard_team_new ("1", "Lead", "Club");

  lanyard_team_add (team, "1", "Lead", LANYARD_TEAM_HAS_BADGE);
  lanyard_team_add (team, "2", "Two", LANYARD_TEAM_READY);
  lanyard_team_add (team, "3", "Three", LANYARD_TEAM_READY);
  lanyard_team_add (team, "4", "Four", LANYARD_TEAM_QUESTION);
  lanyard_team_add (team, "2", "Two again", LANYARD_TEAM_READY);
  return team;
}

/* What the desk knows of the list reaches the screen. */
static void
test_copy (void)
{
  g_autoptr (LanyardTeam) team = make_team ();
  g_autoptr (LanyardTeam) copy = NULL;

  team->more = TRUE;
  copy = lanyard_team_copy (team);
  g_assert_true (copy->more);
  g_assert_cmpuint (copy->members->len, ==, 4);
}

static void
assert_next (LanyardTeam *team, const char *number)
{
  const LanyardTeamMember *member = lanyard_team_next (team);

  g_assert_cmpstr (member != NULL ? member->number : NULL, ==, number);
}

static void
test_order (void)
{
  g_autoptr (LanyardTeam) team = make_team ();

  g_assert_cmpuint (team->members->len, ==, 4);
  assert_next (team, NULL);
  lanyard_team_tick (team, NULL, TRUE);
  g_assert_cmpuint (lanyard_team_count (team, LANYARD_TEAM_TICKED), ==, 2);
  assert_next (team, NULL);
  team->running = TRUE;
  assert_next (team, "2");
  /* one at a time */
  assert_next (team, NULL);
  lanyard_team_end (team, LANYARD_TEAM_DONE);
  assert_next (team, "3");
  lanyard_team_end (team, LANYARD_TEAM_NOT_POSSIBLE);
  assert_next (team, NULL);
  g_assert_false (team->running);
}

/* What did not end in a hand stops the rest, which stay as they were. */
static void
test_stops (void)
{
  g_autoptr (LanyardTeam) team = make_team ();

  lanyard_team_tick (team, NULL, TRUE);
  team->running = TRUE;
  assert_next (team, "2");
  lanyard_team_end (team, LANYARD_TEAM_QUESTION);
  assert_next (team, NULL);
  g_assert_false (team->running);
  g_assert_cmpint (lanyard_team_find (team, "3")->state, ==, LANYARD_TEAM_TICKED);
}

/* Whoever has a badge, or may have one, is never ticked. */
static void
test_never_twice (void)
{
  static const LanyardTeamState over[] = { LANYARD_TEAM_DONE, LANYARD_TEAM_HAS_BADGE,
                                           LANYARD_TEAM_QUESTION, LANYARD_TEAM_UNDER_WAY };

  for (guint i = 0; i < G_N_ELEMENTS (over); i++)
    {
      g_autoptr (LanyardTeam) team = lanyard_team_new ("1", "Lead", "Club");

      lanyard_team_add (team, "2", "Two", over[i]);
      lanyard_team_tick (team, "2", TRUE);
      lanyard_team_tick (team, NULL, TRUE);
      g_assert_cmpint (lanyard_team_find (team, "2")->state, ==, over[i]);
      team->running = TRUE;
      assert_next (team, NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/team/copy", test_copy);
  g_test_add_func ("/flow/team/order", test_order);
  g_test_add_func ("/flow/team/stops", test_stops);
  g_test_add_func ("/flow/team/never-twice", test_never_twice);
  return g_test_run ();
}
