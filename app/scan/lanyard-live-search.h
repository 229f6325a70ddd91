/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-cascade.h"
#include "lanyard-track.h"

G_BEGIN_DECLS

/* A cascade under way on one of a camera's frames, or on a part of it. Part of LanyardLive. */
typedef struct
{
  LanyardCascade *cascade; /* owned */
  LanyardFrame *frame;     /* owned (nullable): what is searched; NULL: nothing */
  gint64 at_us;            /* when the frame was taken */
  double left, top;        /* px: where in the camera's frame it lies */
} LanyardLiveSearch;

void lanyard_live_search_init (LanyardLiveSearch *search, LanyardSymbologies symbologies);
void lanyard_live_search_clear (LanyardLiveSearch *search);
/* @region: (nullable): inside @frame; NULL: all of it. Its pixels are shared. */
void lanyard_live_search_begin (LanyardLiveSearch *search,
                                const LanyardFrame *frame,
                                const LanyardTrackRegion *region);
/* Drops what is left of it. */
void lanyard_live_search_end (LanyardLiveSearch *search);
void lanyard_live_search_swap (LanyardLiveSearch *a, LanyardLiveSearch *b);

G_END_DECLS
