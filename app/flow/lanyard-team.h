/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * One person collects for many: a team and what became of each badge. Pure: it says who is next,
 * and the session does it, each with a pickup of their own.
 *
 *     READY ⇄ TICKED → UNDER_WAY → DONE          one at a time; what ended otherwise than in a
 *       ↑                  ├─→ QUESTION → DONE   hand stops the rest, which stay as they are
 *       └──────────────────┴─→ NOT_POSSIBLE
 *
 * 1. At most one is UNDER_WAY.
 * 2. Who is DONE, has a badge, or is a QUESTION is never ticked: nothing comes out twice.
 * 3. Where there is a limit, no more than that are DONE, QUESTION, UNDER_WAY or TICKED together.
 */

/* The most that are listed. */
#define LANYARD_TEAM_MAX 500

typedef enum
{
  LANYARD_TEAM_READY,        /* may be ticked */
  LANYARD_TEAM_TICKED,       /* waits for its turn */
  LANYARD_TEAM_UNDER_WAY,    /* is being printed */
  LANYARD_TEAM_DONE,         /* came out, and was given to the collector */
  LANYARD_TEAM_HAS_BADGE,    /* had one before */
  LANYARD_TEAM_NOT_POSSIBLE, /* staff have to look at this person alone */
  LANYARD_TEAM_QUESTION,     /* nobody knows whether it came out */
} LanyardTeamState;

/* A value. */
typedef struct
{
  char *number; /* accreditation number */
  char *name;
  char *category; /* (nullable): code of the pack */
  LanyardTeamState state;
} LanyardTeamMember;

/* Carries names: wiped. A value. */
typedef struct
{
  char *number; /* of who collects */
  char *name;
  char *organisation;
  GPtrArray *members; /* (element-type LanyardTeamMember) */
  gboolean more;      /* there are more people of the organisation than are listed */
  gboolean running;   /* those who are ticked are printed one after the other */
  gboolean alone;     /* at self-service: no staff are there */
  gboolean begun;     /* some were printed, or tried to be */
  guint most;         /* that may be made; 0: no limit */
} LanyardTeam;

LanyardTeam *lanyard_team_new (const char *number, const char *name, const char *organisation);
LanyardTeam *lanyard_team_copy (const LanyardTeam *team);
/* @team: (nullable) */
void lanyard_team_free (LanyardTeam *team);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardTeam, lanyard_team_free)

/* Nobody stands in it twice, and no more than LANYARD_TEAM_MAX do. */
void
lanyard_team_add (LanyardTeam *team, const char *number, const char *name, LanyardTeamState state);
/* @category: (nullable): of who has @number */
void lanyard_team_set_category (LanyardTeam *team, const char *number, const char *category);
/* Ticks, or unticks, who may be, up to the limit. @number: (nullable): all of them */
void lanyard_team_tick (LanyardTeam *team, const char *number, gboolean ticked);
/* Returns: (transfer none) (nullable) */
LanyardTeamMember *lanyard_team_find (const LanyardTeam *team, const char *number);
/* Returns: (transfer none) (nullable): whose badge is on its way */
LanyardTeamMember *lanyard_team_get_under_way (const LanyardTeam *team);
/* Returns: (transfer none) (nullable): whose turn it is, who is UNDER_WAY from now on; NULL while
 * it does not run, or somebody is, or nobody is ticked, with which it ends */
LanyardTeamMember *lanyard_team_next (LanyardTeam *team);
/* What became of who was under way. What did not end in a hand stops the rest. */
void lanyard_team_end (LanyardTeam *team, LanyardTeamState state);
/* How many more may be ticked. G_MAXUINT: there is no limit */
guint lanyard_team_count_left (const LanyardTeam *team);
guint lanyard_team_count (const LanyardTeam *team, LanyardTeamState state);

G_END_DECLS
