/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub.h"

G_BEGIN_DECLS

/* What people who run the event want to know of the desks and do to them. */

#define LANYARD_HUB_TOLD_MAX_WORD 16

/* What a desk tells of itself with each question for the tail of the feed (PROTOCOL.md, Status).
 * Borrowed. */
typedef struct
{
  guint64 backlog;
  gint64 oldest_s;   /* 0: none */
  gint64 negative_s; /* 0: none */
  guint64 gseq;
  gboolean whole;       /* its directory is all that there is */
  const char *software; /* may be empty */
  const char *pack;     /* may be empty */
} LanyardHubTold;

/* Notes that @device was heard. In memory; on disk with the next flush. */
void lanyard_hub_note_seen (LanyardHub *hub, guint32 device, guint32 epoch);
void
lanyard_hub_note_told (LanyardHub *hub, guint32 device, guint32 epoch, const LanyardHubTold *told);
/* Writes what was noted, in one transaction; nothing when nothing was. */
gboolean lanyard_hub_flush_states (LanyardHub *hub, GError **error);

/**
 * lanyard_hub_revoke:
 * @device: a desk
 * @keep_badges: badges that it signed stay good; only its records and questions are refused
 * @person: who does it
 * @reason: in words
 * @error: LANYARD_ERROR_NOT_FOUND, _STATE when its present key is revoked already, _USAGE for an
 *   empty reason
 *
 * Takes the key of the desk's present enrolment off the trust list and tells all other desks. A new
 * code for the same desk brings it back with a new key.
 */
gboolean lanyard_hub_revoke (LanyardHub *hub,
                             guint32 device,
                             gboolean keep_badges,
                             const char *person,
                             const char *reason,
                             GError **error);

/**
 * lanyard_hub_retry_aside:
 * @device: of the record
 * @epoch: of the record
 * @seq: of the record
 * @why: (out) (transfer full) (nullable): why it still makes no sense; NULL: it does now
 * @error: LANYARD_ERROR_NOT_FOUND, _STATE when it is decided already
 *
 * Interprets a record that was set aside once more, with the roster and the program of today.
 */
gboolean lanyard_hub_retry_aside (LanyardHub *hub,
                                  guint32 device,
                                  guint32 epoch,
                                  guint64 seq,
                                  const char *person,
                                  char **why,
                                  GError **error);
/* Nobody has to look at it any more. @reason: in words; LANYARD_ERROR_USAGE when it is empty */
gboolean lanyard_hub_dismiss_aside (LanyardHub *hub,
                                    guint32 device,
                                    guint32 epoch,
                                    guint64 seq,
                                    const char *person,
                                    const char *reason,
                                    GError **error);

/* Keeps what somebody did. */
gboolean lanyard_hub_note_deed (LanyardHub *hub,
                                const char *person,
                                const char *what,
                                const char *subject,
                                const char *reason,
                                GError **error);

/* How a desk seems to be. */
typedef enum
{
  LANYARD_HUB_DESK_ONLINE, /* heard within the last 90 s */
  LANYARD_HUB_DESK_LATE,   /* within a quarter of an hour */
  LANYARD_HUB_DESK_OFFLINE,
  LANYARD_HUB_DESK_SILENT, /* never heard since it was enrolled */
  LANYARD_HUB_DESK_REVOKED,
  LANYARD_HUB_DESK_N_STATES,
} LanyardHubDeskCondition;

/* "online" (transfer none) */
const char *lanyard_hub_desk_state_to_string (LanyardHubDeskCondition state);

#define LANYARD_HUB_FLEET_HOURS 12

/* One desk as the page shows it. */
typedef struct
{
  LanyardHubEnrolment enrolment;
  LanyardHubDeskCondition state;
  LanyardHubDeskState told; /* empty when it has told nothing */
  guint64 records;
  char *reason;                             /* (nullable): of its revocation */
  guint64 pickups[LANYARD_HUB_FLEET_HOURS]; /* the last is the present hour */
  guint64 today;                            /* since midnight of the event's time zone */
} LanyardHubFleetDesk;

/* All desks, newest enrolment of each, by number. */
typedef struct
{
  gint64 now_us;
  gint64 hour; /* the present one, since 1970-01-01 UTC */
  guint64 head;
  GPtrArray *desks; /* owned (element-type LanyardHubFleetDesk) */
} LanyardHubFleet;

/* @midnight_us: pickups from then on are today's; 0: they are not read.
 * (transfer full) (nullable) */
LanyardHubFleet *lanyard_hub_fleet_read (LanyardHub *hub, gint64 midnight_us, GError **error);
void lanyard_hub_fleet_free (LanyardHubFleet *fleet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubFleet, lanyard_hub_fleet_free)

G_END_DECLS
