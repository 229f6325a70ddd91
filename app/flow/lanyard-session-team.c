/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * One person collects the badges of a team, at a staff desk, or where the pack says so without
 * staff; what is different there stands in -delegation.c. Whose turn it is stands in the team;
 * each badge is a pickup like any other, with its own records, scan back and questions, and its
 * record tells who collected it. What ends otherwise than in a hand stops the rest.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-fault.h"
#include "lanyard-journal.h"

static gboolean
has_badge (LanyardSession *session, const LanyardEntry *entry)
{
  g_auto (LanyardIssued) issued = { 0 };

  lanyard_journal_get_issued (session->parts.journal, entry->number, &issued, NULL);
  return issued.open_badges > 0 || entry->issued.open_badges > 0;
}

gboolean
lanyard_session_is_question (LanyardSession *session, const char *number)
{
  for (guint i = 0; i < session->questions->len; i++)
    {
      const LanyardPickup *question = g_ptr_array_index (session->questions, i);

      if (g_strcmp0 (question->accreditation, number) == 0)
        return TRUE;
    }
  return FALSE;
}

static LanyardTeamState
find_state (LanyardSession *session, const LanyardEntry *entry)
{
  if (lanyard_session_is_question (session, entry->number))
    return LANYARD_TEAM_QUESTION;
  if (entry->issued.being_made > 0)
    return LANYARD_TEAM_NOT_POSSIBLE;
  if (has_badge (session, entry))
    return LANYARD_TEAM_HAS_BADGE;
  return entry->status == LANYARD_STATUS_ACTIVE ? LANYARD_TEAM_READY : LANYARD_TEAM_NOT_POSSIBLE;
}

static LanyardTeam *
make_team (LanyardSession *session, const LanyardEntry *leader)
{
  LanyardTeam *team = lanyard_team_new (leader->number, leader->print_name, leader->organisation);
  g_autoptr (GPtrArray) entries
      = lanyard_directory_list_organisation (session->parts.directory, leader->organisation,
                                             LANYARD_TEAM_MAX, &team->more);

  lanyard_team_add (team, leader->number, leader->print_name, find_state (session, leader));
  for (guint i = 0; i < entries->len; i++)
    {
      const LanyardEntry *entry = g_ptr_array_index (entries, i);

      lanyard_team_add (team, entry->number, entry->print_name, find_state (session, entry));
    }
  return team;
}

/* The person was wiped, or somebody answered a question: journal and questions know. */
static void
look_again (LanyardSession *session, LanyardTeamMember *member)
{
  g_auto (LanyardIssued) issued = { 0 };

  if (lanyard_session_is_question (session, member->number))
    {
      member->state = LANYARD_TEAM_QUESTION;
      return;
    }
  lanyard_journal_get_issued (session->parts.journal, member->number, &issued, NULL);
  member->state = issued.open_badges > 0 ? LANYARD_TEAM_DONE : LANYARD_TEAM_READY;
}

static void
look_at_questions (LanyardSession *session)
{
  GPtrArray *members = session->team->members;

  for (guint i = 0; i < members->len; i++)
    {
      LanyardTeamMember *member = g_ptr_array_index (members, i);

      if (member->state == LANYARD_TEAM_QUESTION)
        look_again (session, member);
    }
}

/* Returns: whether the badge under way has come to an end; the person may still be on the screen */
static gboolean
settle (LanyardSession *session)
{
  LanyardTeamMember *member = lanyard_team_get_under_way (session->team);

  if (member == NULL)
    return TRUE;
  if (g_strcmp0 (session->served.number, member->number) != 0
      || session->state == LANYARD_PICKUP_IDLE)
    {
      look_again (session, member);
      session->team->running = FALSE;
      return TRUE;
    }
  switch (session->state)
    {
    case LANYARD_PICKUP_ISSUED:
      lanyard_team_end (session->team, LANYARD_TEAM_DONE);
      return TRUE;
    case LANYARD_PICKUP_ATTENTION:
      lanyard_team_end (session->team, LANYARD_TEAM_QUESTION);
      return TRUE;
    case LANYARD_PICKUP_VOID:
      lanyard_team_end (session->team,
                        session->team->alone ? LANYARD_TEAM_NOT_POSSIBLE : LANYARD_TEAM_READY);
      /* a badge that is no good is for staff to look at before the next one is made */
      session->team->running = FALSE;
      return TRUE;
    case LANYARD_PICKUP_REFUSED:
    case LANYARD_PICKUP_REFERRED:
      lanyard_team_end (session->team, LANYARD_TEAM_NOT_POSSIBLE);
      return TRUE;
    default:
      return FALSE;
    }
}

/* Only what nothing speaks against is printed in a row: everybody else is looked at alone. */
static void
begin (LanyardSession *session, const LanyardTeamMember *member)
{
  if (session->team->alone)
    {
      lanyard_session_begin_delegated (session, member);
      return;
    }
  lanyard_session_touch (session);
  lanyard_session_present (session, member->number, LANYARD_CREDENTIAL_SEARCH, 0, NULL);
  if (session->state == LANYARD_PICKUP_CONFIRM
      && session->served.verdict.outcome == LANYARD_OUTCOME_READY)
    {
      lanyard_session_confirm (session);
      return;
    }
  if (session->state == LANYARD_PICKUP_CONFIRM)
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_CANCEL);
  /* The disk took no more records: with the person the team went, too. */
  if (session->team == NULL)
    return;
  lanyard_team_end (session->team, LANYARD_TEAM_NOT_POSSIBLE);
  if (session->state == LANYARD_PICKUP_IDLE)
    lanyard_session_wipe_served (session);
}

/* What a printer lacks that is about to begin stops those who wait, as it would anybody else. */
static gboolean
is_kept_back (LanyardSession *session)
{
  if (!session->team->alone || !session->team->running
      || !lanyard_session_is_out_of_order (session))
    return FALSE;
  session->team->running = FALSE;
  lanyard_session_wait_for_printer (session);
  return TRUE;
}

void
lanyard_session_run_team (LanyardSession *session)
{
  const LanyardTeamMember *member;

  if (session->team == NULL || session->team_busy || session->running)
    return;
  if ((!session->staff && !session->team->alone) || session->broken != NULL)
    {
      g_clear_pointer (&session->team, lanyard_team_free);
      return;
    }
  session->team_busy = TRUE;
  while (session->team != NULL && settle (session))
    {
      if (session->team->running && session->state == LANYARD_PICKUP_ISSUED)
        lanyard_session_feed (session, LANYARD_PICKUP_INPUT_NEXT);
      if (session->state != LANYARD_PICKUP_IDLE || is_kept_back (session)
          || (member = lanyard_team_next (session->team)) == NULL)
        break;
      begin (session, member);
    }
  if (session->team != NULL)
    look_at_questions (session);
  session->team_busy = FALSE;
}

const char *
lanyard_session_get_collector (LanyardSession *session, const char *number)
{
  const LanyardTeamMember *member
      = session->team != NULL ? lanyard_team_get_under_way (session->team) : NULL;

  if (member == NULL || g_strcmp0 (member->number, number) != 0
      || lanyard_fault ("collector-not-told")
      || (session->team->alone && lanyard_fault ("delegated-without-collector")))
    return NULL;
  return session->team->number;
}

void
lanyard_session_act_open_team (LanyardSession *session, const LanyardStaffAction *action)
{
  const char *number = action->number != NULL ? action->number : session->served.number;
  g_autoptr (LanyardEntry) leader = NULL;

  if (number != NULL)
    leader
        = lanyard_directory_lookup (session->parts.directory, LANYARD_LOOKUP_NUMBER, number, NULL);
  if (leader == NULL || leader->organisation == NULL || *leader->organisation == '\0'
      || !lanyard_directory_is_indexed (session->parts.directory))
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  if (!lanyard_session_open_side (session, LANYARD_PAGE_TEAM))
    return;
  session->team = make_team (session, leader);
}

void
lanyard_session_act_tick_team (LanyardSession *session, const LanyardStaffAction *action)
{
  if (session->team != NULL)
    lanyard_team_tick (session->team, action->number, action->count != 0);
}

void
lanyard_session_act_print_team (LanyardSession *session, const LanyardStaffAction *action)
{
  if (session->team == NULL || session->state != LANYARD_PICKUP_IDLE
      || lanyard_session_is_busy (session))
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  session->team->running = TRUE;
}

void
lanyard_session_act_stop_team (LanyardSession *session, const LanyardStaffAction *action)
{
  if (session->team != NULL)
    session->team->running = FALSE;
}
