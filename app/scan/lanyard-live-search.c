/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-live-search.h"

/* Returns: (transfer full): a part of @frame, over the same pixels */
static LanyardFrame *
cut (const LanyardFrame *frame, const LanyardTrackRegion *region)
{
  gsize offset = (gsize)region->y * frame->stride + (gsize)region->x;
  gsize n_bytes = (gsize)frame->stride * (region->height - 1) + region->width;
  g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (frame->pixels, offset, n_bytes);
  LanyardFrame *part
      = lanyard_frame_new (bytes, region->width, region->height, frame->stride, frame->at_us, NULL);

  /* regions lie inside */
  g_assert (part != NULL);
  return part;
}

void
lanyard_live_search_init (LanyardLiveSearch *search, LanyardSymbologies symbologies)
{
  *search = (LanyardLiveSearch){ .cascade = lanyard_cascade_new (symbologies) };
}

void
lanyard_live_search_clear (LanyardLiveSearch *search)
{
  lanyard_live_search_end (search);
  g_clear_pointer (&search->cascade, lanyard_cascade_free);
}

void
lanyard_live_search_begin (LanyardLiveSearch *search,
                           const LanyardFrame *frame,
                           const LanyardTrackRegion *region)
{
  lanyard_live_search_end (search);
  search->frame = region != NULL ? cut (frame, region) : lanyard_frame_copy (frame);
  search->at_us = frame->at_us;
  search->left = region != NULL ? region->x : 0;
  search->top = region != NULL ? region->y : 0;
  lanyard_cascade_begin (search->cascade, search->frame);
}

void
lanyard_live_search_end (LanyardLiveSearch *search)
{
  lanyard_cascade_stop (search->cascade);
  g_clear_pointer (&search->frame, lanyard_frame_free);
}

void
lanyard_live_search_swap (LanyardLiveSearch *a, LanyardLiveSearch *b)
{
  LanyardLiveSearch kept = *a;

  *a = *b;
  *b = kept;
}
