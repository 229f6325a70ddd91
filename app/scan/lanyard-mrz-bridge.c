/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A strip of glare across a zone leaves no edges: its lines are two pieces then, too short and too
 * thick to be regions. Blocks that are blown out, with print on both sides of them, hold the pieces
 * together.
 *
 * Assumes that the document is held about level or upright, so that both sides of a gap are in one
 * row or column of blocks; that the gap is MAX_GAP blocks wide at most, and that the light fades
 * within a fifth of the gap's width on either side. White paper with print on both sides of it is
 * bridged as well: whether what joins is a zone is for those to say who lay a comb over it.
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-mrz-bridge.h"
#include "lanyard-mrz-strip.h"

#define MAX_GAP 40

/* Blocks one after the other: a row or a column of them. */
typedef struct
{
  gsize first;
  gsize step;
  guint n;
} Lane;

static gboolean
is_white (const LanyardPlane *plane, guint block_px, guint x, guint y)
{
  const guint8 *at = plane->data + (gsize)y * block_px * plane->stride + (gsize)x * block_px;
  gsize right = block_px / 2, down = block_px / 2 * plane->stride;

  return at[0] >= LANYARD_MRZ_WHITE && at[right] >= LANYARD_MRZ_WHITE
         && at[down] >= LANYARD_MRZ_WHITE && at[down + right] >= LANYARD_MRZ_WHITE;
}

guint
lanyard_mrz_find_white (const LanyardPlane *plane,
                        guint block_px,
                        guint width,
                        guint height,
                        guint8 *white)
{
  guint n = 0;

  g_return_val_if_fail (width * block_px <= plane->width && height * block_px <= plane->height, 0);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      n += *white++ = is_white (plane, block_px, x, y);
  return n;
}

/* What lies between two blocks of print. */
static guint
bridge_gap (guint8 *marks, const guint8 *white, const Lane *lane, guint from, guint to)
{
  guint n_white = 0, n_bridged = 0;

  if (to - from > MAX_GAP)
    return 0;
  for (guint i = from; i < to; i++)
    n_white += white[lane->first + i * lane->step];
  if (n_white == 0 || n_white * 5 < (to - from) * 3)
    return 0;
  for (guint i = from; i < to; i++)
    {
      guint8 *mark = &marks[lane->first + i * lane->step];

      n_bridged += *mark == LANYARD_MRZ_MARK_NONE;
      *mark = LANYARD_MRZ_MARK_BRIDGE;
    }
  return n_bridged;
}

static guint
bridge_lane (guint8 *marks, const guint8 *white, const Lane *lane)
{
  guint n_bridged = 0, last = G_MAXUINT;

  for (guint i = 0; i < lane->n; i++)
    if (marks[lane->first + i * lane->step] == LANYARD_MRZ_MARK_PRINT)
      {
        if (last != G_MAXUINT && i - last > 1)
          n_bridged += bridge_gap (marks, white, lane, last + 1, i);
        last = i;
      }
  return n_bridged;
}

guint
lanyard_mrz_bridge (guint8 *marks, const guint8 *white, guint width, guint height)
{
  guint n_bridged = 0;

  for (guint y = 0; y < height; y++)
    n_bridged += bridge_lane (marks, white, &(Lane){ (gsize)y * width, 1, width });
  for (guint x = 0; x < width; x++)
    n_bridged += bridge_lane (marks, white, &(Lane){ x, width, height });
  return n_bridged;
}
