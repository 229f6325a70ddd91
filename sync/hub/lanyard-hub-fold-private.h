/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-batch.h"
#include "lanyard-hub-interpret.h"
#include "lanyard-hub-private.h"

G_BEGIN_DECLS

/*
 * What new records change, in the transaction that stores them:
 *
 *   records → facts → badges → holdings → changes of the feed, alerts
 *
 * lanyard-hub-fold.c         the order of all this, for a batch
 * lanyard-hub-fold-badges.c  one fact → its badge and its holding
 * lanyard-hub-fold-settle.c  all badges and decisions of one accreditation → its holding
 * lanyard-hub-fold-tell.c    a holding that changed → feed and alerts
 * lanyard-hub-left.c         badges of which nobody is left who could be asked
 * lanyard-hub-resolve.c      a decision of the hub's operator, through the same
 */

/* One accreditation under the fold. */
typedef struct
{
  LanyardHubHolding *holding; /* owned, locked */
  LanyardEntry *entry;        /* owned (nullable): not in the roster */
  GPtrArray *revoked;         /* owned (element-type LanyardHubBadge): voided by another desk */
  guint32 open_before;
  guint32 lowest_before;
  gboolean disputed_before;
  gboolean opened;   /* a badge came out */
  gboolean voided;   /* a badge is void that was not, or the other way round */
  gboolean told;     /* what is told of a dispute may be another */
  char *last_before; /* owned (nullable): last_serial of the holding as it was */
} LanyardHubTouched;

typedef struct
{
  LanyardHub *hub;      /* borrowed */
  guint32 device;       /* whose records these are; 0: the hub's operator */
  guint32 epoch;        /* of it */
  gint64 now_us;        /* wall */
  GHashTable *touched;  /* owned (element-type utf8 LanyardHubTouched) */
  GPtrArray *conflicts; /* borrowed (element-type utf8) (nullable): gets those disputed */
} LanyardHubFold;

LanyardHubTouched *_lanyard_hub_touch (LanyardHub *hub, const char *number, GError **error);
void _lanyard_hub_touched_free (LanyardHubTouched *touched);

/* Puts record @seq of the batch before a person. */
gboolean
_lanyard_hub_set_aside (LanyardHubFold *fold, guint64 seq, const char *why, GError **error);
/* @fact: with a badge. @seq: of its record */
gboolean _lanyard_hub_apply_badge (LanyardHubFold *fold,
                                   guint64 seq,
                                   const LanyardHubFact *fact,
                                   GError **error);
/* What a batch of an enrolment that has ended says of badges that came to no end is a question for
 * a supervisor at once. @facts: (element-type LanyardHubFact): what was new in it, all applied */
gboolean _lanyard_hub_leave_late (LanyardHubFold *fold, GPtrArray *facts, GError **error);
/* Moves the count of open badges, and what is the last one. */
void _lanyard_hub_fold_into_holding (LanyardHubHolding *holding,
                                     gboolean was_open,
                                     const LanyardHubBadge *badge);
/* Keeps a decision about @touched. */
gboolean _lanyard_hub_apply_resolution (LanyardHubFold *fold,
                                        LanyardHubTouched *touched,
                                        const LanyardResolution *resolution,
                                        GError **error);

/* Whether @who says who decided, as one word. @error: LANYARD_ERROR_USAGE */
gboolean _lanyard_hub_check_who (const char *who, GError **error);
/* Keeps a decision of the operator about @touched. Gives it its id: one that no decision about
 * anybody has, also at a hub that was restored or that decides twice at one moment. */
gboolean _lanyard_hub_apply_decision (LanyardHubFold *fold,
                                      LanyardHubTouched *touched,
                                      LanyardResolution *decision,
                                      GError **error);

/* All that was applied to one accreditation is done: settles, saves and tells. */
gboolean _lanyard_hub_settle (LanyardHubFold *fold, LanyardHubTouched *touched, GError **error);

/* Publishes the entry if it changed, and alerts the desks.
 * @badges: (element-type LanyardHubBadge): all of it */
gboolean _lanyard_hub_tell (LanyardHubFold *fold,
                            LanyardHubTouched *touched,
                            GPtrArray *badges,
                            GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubTouched, _lanyard_hub_touched_free)

G_END_DECLS
