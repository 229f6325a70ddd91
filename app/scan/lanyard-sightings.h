/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-scan.h"

G_BEGIN_DECLS

/*
 * What is in the picture now, so that a code held before the camera counts once: it is new when it
 * has not been seen for LANYARD_SIGHTINGS_GONE_US. A code that is missed in single frames is still
 * there; one that only a deep search reads is missed in many. Pure: time comes in with each scan.
 */
typedef struct _LanyardSightings LanyardSightings;

#define LANYARD_SIGHTINGS_GONE_US (1 * G_USEC_PER_SEC)
/* For what deep searches have read: they come to an end once in a second or two, and do not succeed
 * each time. */
#define LANYARD_SIGHTINGS_DEEP_GONE_US (5 * G_USEC_PER_SEC)
/* More than any picture shows; the longest unseen goes first. */
#define LANYARD_SIGHTINGS_MAX 32

/* After so long nothing is known of it any more: a zone or a licence is somebody's. Longer than the
 * searches of a slow machine, which may still read what was there then. */
#define LANYARD_SIGHTINGS_FORGET_US (15 * G_USEC_PER_SEC)

LanyardSightings *lanyard_sightings_new (void);
void lanyard_sightings_free (LanyardSightings *sightings);

/**
 * lanyard_sightings_add:
 * @scan: what was read in a frame; its at_us is the time
 * @deep: whether it took a deep search
 *
 * Returns: whether it has come into the picture with this frame
 */
gboolean
lanyard_sightings_add (LanyardSightings *sightings, const LanyardScan *scan, gboolean deep);

/* The symbol of @scan has been followed to here or located again, without being read. */
void lanyard_sightings_see (LanyardSightings *sightings, const LanyardScan *scan);

/* Says that nothing has changed in the picture: what was seen at @since_us or later is still there
 * at @at_us. */
void lanyard_sightings_keep (LanyardSightings *sightings, gint64 since_us, gint64 at_us);

/* Wipes what was seen for the last time LANYARD_SIGHTINGS_FORGET_US before @now_us; to be called
 * with each frame. */
void lanyard_sightings_forget (LanyardSightings *sightings, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardSightings, lanyard_sightings_free)

G_END_DECLS
