/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-eligibility.h"
#include "lanyard-hand-over.h"

G_BEGIN_DECLS

/*
 * Who waits at one desk, and at the others of its venue as far as they are heard: people whom
 * self-service sent to staff, and people whom staff handed over to a supervisor. Made of the
 * records alone, so a restart changes nothing of this desk's own. Pure.
 *
 * A person waits once. What ends it: a badge in their hand (when self-service sent them), somebody
 * who says that it is done, the end of the shift of the desk where it began, the end of the day.
 */
typedef struct _LanyardWaiting LanyardWaiting;

/* The most that wait; the oldest go first. */
#define LANYARD_WAITING_MAX 200
/* Of so many it is known that they wait no more; whoever ended later may come back to the list when
 * a relay tells all from the beginning. */
#define LANYARD_WAITING_MAX_OVER 20000

/* Somebody who waits. A value. */
typedef struct
{
  char *id;                  /* "DEVICE-EPOCH-SEQ" of the record with which it began */
  guint32 device;            /* where that was; 0: at this desk */
  guint ticket;              /* that stands on the person's screen or slip, 0 to 9999 */
  char *number;              /* (nullable): accreditation number; NULL: nobody knows who it is */
  gboolean supervisor;       /* staff handed them over */
  LanyardOutcome outcome;    /* of self-service; 0: not known */
  LanyardReason reason;      /* of self-service: the gravest; 0: none */
  LanyardHandOver hand_over; /* of staff */
  char *staff;               /* (nullable): staff number of who handed them over */
  gint64 since_us;           /* wall */
  guint64 hlc;               /* of that record */
} LanyardWait;

LanyardWait *lanyard_wait_copy (const LanyardWait *wait);
/* @wait: (nullable) */
void lanyard_wait_free (LanyardWait *wait);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardWait, lanyard_wait_free)

/* @since_us: wall: what is older is of another day */
LanyardWaiting *lanyard_waiting_new (gint64 since_us);
/* @waiting: (nullable) */
void lanyard_waiting_free (LanyardWaiting *waiting);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardWaiting, lanyard_waiting_free)

/* Takes the next record. Total: what makes no sense changes nothing. */
void lanyard_waiting_take (LanyardWaiting *waiting, const LanyardRecord *record);
/* Takes a record of another desk of the venue, in any order, any number of times. Total. */
void lanyard_waiting_take_other (LanyardWaiting *waiting, const LanyardRecord *record);
/* Returns: how many of them began at this desk; those that wait behind @ticket not among them
 * @ticket: of this desk; G_MAXUINT: all */
guint lanyard_waiting_count_own (LanyardWaiting *waiting, guint ticket);
/* Returns: (transfer none) (element-type LanyardWait): who has waited longest comes first */
GPtrArray *lanyard_waiting_get_waits (LanyardWaiting *waiting);
/* Returns: (transfer none) (nullable) */
const LanyardWait *lanyard_waiting_find (LanyardWaiting *waiting, const char *id);
/* Raised when somebody comes or goes. */
guint64 lanyard_waiting_get_version (LanyardWaiting *waiting);

G_END_DECLS
