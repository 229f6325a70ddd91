/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Somebody collects for others and no staff are there: where the pack allows it, for people of the
 * same organisation against whom nothing at all speaks. Who is looked up for the list, and who
 * turns out not to be ready when their turn comes, leaves no record: they are not there.
 *
 * What a badge is made for is decided again when its turn comes, as for everybody; the list is only
 * what was true when it was made.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-fault.h"

gboolean
lanyard_session_is_delegation (LanyardSession *session)
{
  return session->team != NULL && session->team->alone && !session->staff;
}

/* Whether all that keeps the person from another badge is that they have one, and maybe that their
 * own is made by staff. */
static gboolean
only_has_badge (LanyardSession *session)
{
  const LanyardVerdict *verdict = &session->served.verdict;

  if (!lanyard_verdict_has (verdict, LANYARD_REASON_ALREADY_ISSUED)
      || g_hash_table_contains (session->spoiled, session->served.number))
    return FALSE;
  for (guint i = 0; i < verdict->n_reasons; i++)
    if (verdict->reasons[i] != LANYARD_REASON_ALREADY_ISSUED
        && verdict->reasons[i] != LANYARD_REASON_CATEGORY)
      return FALSE;
  return TRUE;
}

/* Whether the badge that was shown is the person's newest. */
static gboolean
is_newest_badge (const LanyardServed *served)
{
  return served->presented_serial != NULL
         && (guint64)served->presented_sequence + 1 >= served->sequence_at_least;
}

/* A number proves nothing: whoever types one gets their own badge at most. A badge hangs where
 * everybody can take its picture, so only the pack can make it enough. */
static gboolean
has_proof (LanyardSession *session)
{
  const LanyardServed *served = &session->served;
  gboolean ready = served->verdict.outcome == LANYARD_OUTCOME_READY;

  switch (served->source)
    {
    case LANYARD_CREDENTIAL_INVITATION:
      return ready;
    case LANYARD_CREDENTIAL_DOCUMENT:
      return ready || only_has_badge (session);
    case LANYARD_CREDENTIAL_BADGE:
      return (lanyard_pack_get_rules (session->parts.pack)->delegation.own_badge
              || lanyard_fault ("any-badge-collects"))
             && (ready || (is_newest_badge (served) && only_has_badge (session)));
    default:
      return FALSE;
    }
}

gboolean
lanyard_session_may_collect (LanyardSession *session)
{
  const LanyardEntry *entry = session->served.entry;

  return !session->staff && session->team == NULL && entry != NULL && entry->organisation != NULL
         && *entry->organisation != '\0' && session->served.card == NULL
         && (lanyard_rules_may_collect (lanyard_pack_get_rules (session->parts.pack),
                                        entry->category)
             || lanyard_fault ("everybody-collects"))
         && lanyard_directory_is_indexed (session->parts.directory) && has_proof (session);
}

/* Whether a badge could be made now of who is served, with nobody of them there to ask. */
static gboolean
is_ready (LanyardSession *session)
{
  if (lanyard_fault ("delegated-unasked"))
    return session->served.verdict.outcome == LANYARD_OUTCOME_READY;
  return session->served.verdict.outcome == LANYARD_OUTCOME_READY
         && lanyard_session_get_consent_need (session) == LANYARD_CONSENT_SETTLED
         && !lanyard_session_lacks_photo (session);
}

static void
begin_served (LanyardSession *session, const char *number)
{
  LanyardServed *served = &session->served;

  lanyard_session_wipe_served (session);
  lanyard_id_init_random (&served->pickup, lanyard_clock_wall_us (session->parts.clock));
  served->number = g_strdup (number);
  served->source = session->leader_source;
  if (session->team != NULL && g_strcmp0 (session->team->number, number) == 0)
    served->shown = session->leader_shown;
}

static LanyardTeamState
look_at (LanyardSession *session, const char *number)
{
  LanyardTeamState state = LANYARD_TEAM_NOT_POSSIBLE;

  begin_served (session, number);
  if (lanyard_session_decide (session))
    {
      if (is_ready (session))
        state = LANYARD_TEAM_READY;
      else if (lanyard_verdict_has (&session->served.verdict, LANYARD_REASON_ALREADY_ISSUED))
        state = LANYARD_TEAM_HAS_BADGE;
    }
  lanyard_session_wipe_served (session);
  return state;
}

/* Who has a badge is not the leader's business any more. */
static void
add_member (LanyardSession *session, const LanyardEntry *entry)
{
  LanyardTeam *team = session->team;
  LanyardTeamState state;

  if (lanyard_team_find (team, entry->number) != NULL)
    return;
  state = look_at (session, entry->number);
  if (state == LANYARD_TEAM_HAS_BADGE || entry->status != LANYARD_STATUS_ACTIVE)
    return;
  if (team->members->len >= LANYARD_TEAM_MAX)
    return;
  lanyard_team_add (team, entry->number, entry->print_name, state);
  lanyard_team_set_category (team, entry->number, entry->category);
}

static void
add_members (LanyardSession *session, const LanyardEntry *leader)
{
  const LanyardRules *rules = lanyard_pack_get_rules (session->parts.pack);
  g_autoptr (GPtrArray) entries
      = lanyard_directory_list_organisation (session->parts.directory, leader->organisation,
                                             LANYARD_TEAM_MAX, &session->team->more);

  /* Who showed their badge has one, even if nobody here has heard of it. */
  if (session->leader_source != LANYARD_CREDENTIAL_BADGE)
    add_member (session, leader);
  for (guint i = 0; i < entries->len; i++)
    {
      const LanyardEntry *entry = g_ptr_array_index (entries, i);

      if (g_strcmp0 (entry->number, leader->number) != 0
          && lanyard_rules_may_be_collected (rules, entry->category))
        add_member (session, entry);
    }
}

static guint
count_others (const LanyardTeam *team)
{
  guint n = lanyard_team_count (team, LANYARD_TEAM_READY);
  const LanyardTeamMember *leader = lanyard_team_find (team, team->number);

  return leader != NULL && leader->state == LANYARD_TEAM_READY ? n - 1 : n;
}

/* The one who stands there is put aside while the others are looked at. */
static void
make_team (LanyardSession *session)
{
  LanyardServed leader = session->served;

  session->leader_source = leader.source;
  session->leader_shown = leader.shown;
  session->team
      = lanyard_team_new (leader.number, leader.entry->print_name, leader.entry->organisation);
  session->team->alone = TRUE;
  session->team->most = lanyard_pack_get_rules (session->parts.pack)->delegation.most;
  session->served = (LanyardServed){ .source = LANYARD_CREDENTIAL_UNKNOWN };
  add_members (session, leader.entry);
  lanyard_session_wipe_served (session);
  session->served = leader;
  if (count_others (session->team) == 0)
    g_clear_pointer (&session->team, lanyard_team_free);
}

gboolean
lanyard_session_open_delegation (LanyardSession *session)
{
  /* Minutes may have passed since they came. */
  if (session->team != NULL || !lanyard_session_may_collect (session)
      || !lanyard_session_decide (session) || !lanyard_session_may_collect (session))
    return FALSE;
  /* What only they can say of themselves is asked first. */
  if (session->served.verdict.outcome == LANYARD_OUTCOME_READY && !is_ready (session))
    return FALSE;
  make_team (session);
  if (session->team == NULL)
    return FALSE;
  session->notice = LANYARD_NOTICE_NONE;
  /* They came for their own, whoever else's they take. */
  lanyard_team_tick (session->team, session->team->number, TRUE);
  lanyard_session_feed (session, LANYARD_PICKUP_INPUT_CANCEL);
  return TRUE;
}

gboolean
lanyard_session_print_delegation (LanyardSession *session)
{
  if (!lanyard_session_is_delegation (session) || session->state != LANYARD_PICKUP_IDLE)
    return FALSE;
  if (lanyard_team_count (session->team, LANYARD_TEAM_TICKED) > 0)
    session->team->running = session->team->begun = TRUE;
  return TRUE;
}

void
lanyard_session_close_delegation (LanyardSession *session)
{
  if (!lanyard_session_is_delegation (session))
    return;
  g_clear_pointer (&session->team, lanyard_team_free);
  session->leader_shown = (LanyardShown){ 0 };
  if (session->state == LANYARD_PICKUP_IDLE)
    {
      g_clear_pointer (&session->language, g_free);
      session->deadline_us = 0;
    }
}

/* Made sure of here once more, in the same breath as it is reserved: another desk may have made
 * one since the list was made. */
void
lanyard_session_begin_delegated (LanyardSession *session, const LanyardTeamMember *member)
{
  begin_served (session, member->number);
  if (lanyard_session_decide (session) && is_ready (session)
      && lanyard_session_feed (session, LANYARD_PICKUP_INPUT_OFFER_READY))
    {
      lanyard_session_confirm (session);
      if (session->state == LANYARD_PICKUP_CONFIRM)
        lanyard_session_feed (session, LANYARD_PICKUP_INPUT_CANCEL);
      if (session->state != LANYARD_PICKUP_IDLE || session->team == NULL)
        return;
    }
  lanyard_team_end (session->team, LANYARD_TEAM_NOT_POSSIBLE);
  lanyard_session_wipe_served (session);
}

LanyardEntry *
lanyard_session_dup_delegated (LanyardSession *session)
{
  const LanyardEntry *entry = session->served.entry;
  LanyardEntry *rest;

  if (entry == NULL)
    return NULL;
  rest = lanyard_entry_new ();
  rest->print_name = g_strdup (entry->print_name);
  rest->number = g_strdup ("");
  rest->category = g_strdup (entry->category);
  return rest;
}

void
lanyard_session_take_over_delegation (LanyardSession *session)
{
  if (session->team == NULL || !session->team->alone)
    return;
  session->team->alone = FALSE;
  session->team->running = FALSE;
  session->team->most = 0;
  session->side = LANYARD_PAGE_TEAM;
}
