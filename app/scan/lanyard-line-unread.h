/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-found.h"
#include "lanyard-line-band.h"

G_BEGIN_DECLS

/* Which region of a plane looks like a linear code and could not be read, so that somebody can be
 * told how to hold it. Memory is kept; zero-initialised is empty. */
typedef struct
{
  float *profile;         /* owned (nullable): the first band of the region at hand */
  guint n_bins;           /* of it; 0: none */
  LanyardSegment segment; /* of that band */
  LanyardEdges edges;     /* of the region at hand */
  LanyardSuspect suspect; /* the likeliest of this plane; fit 0: none */
} LanyardLineUnread;

void lanyard_line_unread_clear (LanyardLineUnread *unread);
/* For the next plane. */
void lanyard_line_unread_forget (LanyardLineUnread *unread);

/* A band of one half of a region, of which nothing was read. */
void lanyard_line_unread_keep (LanyardLineUnread *unread, const LanyardLineBand *band);

/**
 * lanyard_line_unread_judge:
 * @band: of the other half of the region whose first half was kept; its samples are overwritten
 *
 * Makes the region the suspect if it looks like a code and no other does more.
 */
void lanyard_line_unread_judge (LanyardLineUnread *unread,
                                LanyardWork *work,
                                LanyardLineBand *band,
                                const LanyardPlane *plane,
                                const LanyardLineRegion *region);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardLineUnread, lanyard_line_unread_clear)

G_END_DECLS
