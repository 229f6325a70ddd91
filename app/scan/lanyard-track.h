/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-plane.h"
#include "lanyard-scan.h"

G_BEGIN_DECLS

/*
 * Where symbols were in the last frames, so that the next is searched there first, and so that a
 * code that was read need not be read again to be known as still there. How, and what it assumes,
 * stands in lanyard-track.c. Pure: time comes in with each frame.
 */
typedef struct _LanyardTrack LanyardTrack;

/* More symbols than this at once are not followed; the longest unseen goes first. */
#define LANYARD_TRACK_MAX 4
/* A symbol that was not seen for this long is forgotten, µs. */
#define LANYARD_TRACK_FORGET_US (G_USEC_PER_SEC / 2)

/* Where to look: px of the frame, inside it. */
typedef struct
{
  int x, y;
  guint width, height;
  gboolean known; /* a symbol that was read once; else one that was only located */
} LanyardTrackRegion;

LanyardTrack *lanyard_track_new (void);
void lanyard_track_free (LanyardTrack *track);
/* Forgets all symbols. */
void lanyard_track_reset (LanyardTrack *track);

/**
 * lanyard_track_see:
 * @plane: the whole frame in which the symbol was found
 * @corners: (array fixed-size=4): its corners, px of the frame
 * @scan: (nullable): what was read; NULL: it was located, and not read
 * @at_us: monotonic: when the frame was taken
 *
 * A symbol whose middle lies in one that is followed already is that one.
 *
 * Returns: (transfer none) (nullable): what the symbol was read as, now or before
 */
const LanyardScan *lanyard_track_see (LanyardTrack *track,
                                      const LanyardPlane *plane,
                                      const LanyardPoint *corners,
                                      const LanyardScan *scan,
                                      gint64 at_us);

/* @scan: borrowed: as it was read, with the corners and the time of this frame */
typedef void (*LanyardTrackFunc) (const LanyardScan *scan, gpointer user_data);

/**
 * lanyard_track_follow:
 * @plane: the whole frame
 * @at_us: monotonic: when it was taken
 * @func: called for each symbol that was read before and is still there
 *
 * Returns: how many symbols that are followed are not confirmed: lost, or never read
 */
guint lanyard_track_follow (LanyardTrack *track,
                            const LanyardPlane *plane,
                            gint64 at_us,
                            LanyardTrackFunc func,
                            gpointer user_data);

/**
 * lanyard_track_get_region:
 * @region: (out): where the symbol is likely that is not confirmed; else the one read last
 *
 * Returns: FALSE when no symbol is followed
 */
gboolean lanyard_track_get_region (LanyardTrack *track,
                                   const LanyardPlane *plane,
                                   gint64 at_us,
                                   LanyardTrackRegion *region);

/* Returns: how many px a frame the symbol seen last moves; 0 when none is followed */
double lanyard_track_get_speed (const LanyardTrack *track);
guint lanyard_track_get_count (const LanyardTrack *track);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardTrack, lanyard_track_free)

G_END_DECLS
