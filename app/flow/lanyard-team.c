/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-team.h"

#include "lanyard-secret.h"

static void
free_member (gpointer data)
{
  LanyardTeamMember *member = data;

  lanyard_secret_free (member->name);
  g_free (member->number);
  g_free (member->category);
  g_free (member);
}

LanyardTeam *
lanyard_team_new (const char *number, const char *name, const char *organisation)
{
  LanyardTeam *team = g_new0 (LanyardTeam, 1);

  team->number = g_strdup (number);
  team->name = g_strdup (name);
  team->organisation = g_strdup (organisation);
  team->members = g_ptr_array_new_with_free_func (free_member);
  return team;
}

LanyardTeam *
lanyard_team_copy (const LanyardTeam *team)
{
  LanyardTeam *copy;

  g_return_val_if_fail (team != NULL, NULL);

  copy = lanyard_team_new (team->number, team->name, team->organisation);
  copy->running = team->running;
  copy->more = team->more;
  copy->alone = team->alone;
  copy->begun = team->begun;
  copy->most = team->most;
  for (guint i = 0; i < team->members->len; i++)
    {
      const LanyardTeamMember *member = g_ptr_array_index (team->members, i);

      lanyard_team_add (copy, member->number, member->name, member->state);
      lanyard_team_set_category (copy, member->number, member->category);
    }
  return copy;
}

void
lanyard_team_free (LanyardTeam *team)
{
  if (team == NULL)
    return;
  g_ptr_array_unref (team->members);
  lanyard_secret_free (team->name);
  g_free (team->number);
  g_free (team->organisation);
  g_free (team);
}

void
lanyard_team_add (LanyardTeam *team, const char *number, const char *name, LanyardTeamState state)
{
  LanyardTeamMember *member;

  g_return_if_fail (team != NULL && number != NULL);

  if (team->members->len >= LANYARD_TEAM_MAX || lanyard_team_find (team, number) != NULL)
    return;
  member = g_new0 (LanyardTeamMember, 1);
  member->number = g_strdup (number);
  member->name = g_strdup (name);
  member->state = state;
  g_ptr_array_add (team->members, member);
}

void
lanyard_team_set_category (LanyardTeam *team, const char *number, const char *category)
{
  LanyardTeamMember *member = lanyard_team_find (team, number);

  g_return_if_fail (member != NULL);

  g_free (member->category);
  member->category = g_strdup (category);
}

guint
lanyard_team_count_left (const LanyardTeam *team)
{
  static const LanyardTeamState taken[]
      = { LANYARD_TEAM_TICKED, LANYARD_TEAM_UNDER_WAY, LANYARD_TEAM_DONE, LANYARD_TEAM_QUESTION };
  guint n = 0;

  g_return_val_if_fail (team != NULL, 0);

  if (team->most == 0)
    return G_MAXUINT;
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    n += lanyard_team_count (team, taken[i]);
  return n < team->most ? team->most - n : 0;
}

void
lanyard_team_tick (LanyardTeam *team, const char *number, gboolean ticked)
{
  g_return_if_fail (team != NULL);

  for (guint i = 0; i < team->members->len; i++)
    {
      LanyardTeamMember *member = g_ptr_array_index (team->members, i);

      if (number != NULL && !g_str_equal (member->number, number))
        continue;
      if (!ticked && member->state == LANYARD_TEAM_TICKED)
        member->state = LANYARD_TEAM_READY;
      if (ticked && member->state == LANYARD_TEAM_READY && lanyard_team_count_left (team) > 0)
        member->state = LANYARD_TEAM_TICKED;
    }
}

LanyardTeamMember *
lanyard_team_find (const LanyardTeam *team, const char *number)
{
  g_return_val_if_fail (team != NULL && number != NULL, NULL);

  for (guint i = 0; i < team->members->len; i++)
    {
      LanyardTeamMember *member = g_ptr_array_index (team->members, i);

      if (g_str_equal (member->number, number))
        return member;
    }
  return NULL;
}

static LanyardTeamMember *
find_state (const LanyardTeam *team, LanyardTeamState state)
{
  for (guint i = 0; i < team->members->len; i++)
    {
      LanyardTeamMember *member = g_ptr_array_index (team->members, i);

      if (member->state == state)
        return member;
    }
  return NULL;
}

LanyardTeamMember *
lanyard_team_get_under_way (const LanyardTeam *team)
{
  g_return_val_if_fail (team != NULL, NULL);

  return find_state (team, LANYARD_TEAM_UNDER_WAY);
}

LanyardTeamMember *
lanyard_team_next (LanyardTeam *team)
{
  LanyardTeamMember *member;

  g_return_val_if_fail (team != NULL, NULL);

  if (!team->running || lanyard_team_get_under_way (team) != NULL)
    return NULL;
  member = find_state (team, LANYARD_TEAM_TICKED);
  if (member != NULL)
    member->state = LANYARD_TEAM_UNDER_WAY;
  else
    team->running = FALSE;
  return member;
}

void
lanyard_team_end (LanyardTeam *team, LanyardTeamState state)
{
  LanyardTeamMember *member;

  g_return_if_fail (team != NULL && state != LANYARD_TEAM_UNDER_WAY);

  member = lanyard_team_get_under_way (team);
  if (member == NULL)
    return;
  member->state = state;
  /* Who cannot get a badge this way had none on its way: the others go on. */
  if (state != LANYARD_TEAM_DONE && state != LANYARD_TEAM_NOT_POSSIBLE)
    team->running = FALSE;
}

guint
lanyard_team_count (const LanyardTeam *team, LanyardTeamState state)
{
  guint n = 0;

  g_return_val_if_fail (team != NULL, 0);

  for (guint i = 0; i < team->members->len; i++)
    n += ((const LanyardTeamMember *)g_ptr_array_index (team->members, i))->state == state;
  return n;
}
