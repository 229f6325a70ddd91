/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-track.h"

#include <math.h>
#include <string.h>

#include "lanyard-likeness.h"

/*
 * Of each symbol that was read its likeness is kept. In the next frame it is laid where the symbol
 * should be by now, and a few px around; where it agrees the symbol is still there.
 *
 * What is confirmed in this way is only taken to be still there: nothing is ever reported from it,
 * and what shows the tiles of another code is read again.
 *
 * Assumes that a symbol moves less than REACH_PX px against its predicted place from frame to frame
 * and hardly turns; one that does is searched for in its region, which costs a search of that part
 * of the picture. Measured by bench-live on a trembling hand at 720p: 0.28 ms for a frame that is
 * followed beside 7 ms for the cheap steps on the whole of it.
 */

/* How far around its predicted place, px. */
#define REACH_PX 6
/* Longest time over which a speed says where a symbol is, µs. */
#define LONGEST_GUESS_US (G_USEC_PER_SEC / 5)
/* Frame to which speeds are related, µs. */
#define FRAME_US (G_USEC_PER_SEC / 30)
#define REGION_MARGIN 0.35
#define REGION_MARGIN_PX 24

typedef struct
{
  LanyardScan *scan; /* owned (nullable): what was read */
  LanyardPoint corners[4];
  double speed_x, speed_y; /* px a frame */
  gint64 seen_us;          /* when it was found or confirmed */
  gboolean confirmed;      /* in the frame at hand */
  LanyardLikeness likeness;
} Symbol;

struct _LanyardTrack
{
  Symbol symbols[LANYARD_TRACK_MAX];
  guint n_symbols; /* the longest unseen first */
};

static void
symbol_clear (Symbol *symbol)
{
  g_clear_pointer (&symbol->scan, lanyard_scan_free);
  /* a likeness is a picture of what a person showed */
  memset (symbol, 0, sizeof *symbol);
}

static void
drop (LanyardTrack *track, guint index)
{
  symbol_clear (&track->symbols[index]);
  memmove (track->symbols + index, track->symbols + index + 1,
           (track->n_symbols - index - 1) * sizeof *track->symbols);
  track->n_symbols--;
  memset (track->symbols + track->n_symbols, 0, sizeof *track->symbols);
}

static LanyardPoint
middle_of (const LanyardPoint *corners)
{
  LanyardPoint middle = { 0, 0 };

  for (guint i = 0; i < 4; i++)
    {
      middle.x += corners[i].x / 4;
      middle.y += corners[i].y / 4;
    }
  return middle;
}

static double
length (LanyardPoint a, LanyardPoint b)
{
  return hypot (b.x - a.x, b.y - a.y);
}

/* By at most how much the symbol has moved on by itself until @at_us. */
static LanyardPoint
guess_shift (const Symbol *symbol, gint64 at_us)
{
  double frames = (double)CLAMP (at_us - symbol->seen_us, 0, LONGEST_GUESS_US) / FRAME_US;

  return (LanyardPoint){ symbol->speed_x * frames, symbol->speed_y * frames };
}

/* Half the new speed and half the old: hands tremble. */
static void
move (Symbol *symbol, const LanyardPoint *corners, gint64 at_us)
{
  LanyardPoint from = middle_of (symbol->corners), to = middle_of (corners);
  double frames = (double)MAX (at_us - symbol->seen_us, 1) / FRAME_US;

  if (at_us > symbol->seen_us)
    {
      symbol->speed_x = (symbol->speed_x + (to.x - from.x) / frames) / 2;
      symbol->speed_y = (symbol->speed_y + (to.y - from.y) / frames) / 2;
    }
  memmove (symbol->corners, corners, sizeof symbol->corners);
  symbol->seen_us = MAX (at_us, symbol->seen_us);
}

static void
note_scan (Symbol *symbol)
{
  if (symbol->scan == NULL)
    return;
  memcpy (symbol->scan->corners, symbol->corners, sizeof symbol->corners);
  symbol->scan->at_us = symbol->seen_us;
}

static void
forget_old (LanyardTrack *track, gint64 at_us)
{
  for (guint i = track->n_symbols; i > 0; i--)
    if (at_us - track->symbols[i - 1].seen_us > LANYARD_TRACK_FORGET_US)
      drop (track, i - 1);
}

/* Returns: (nullable): the symbol that lies around @middle */
static Symbol *
find (LanyardTrack *track, LanyardPoint middle, gint64 at_us)
{
  for (guint i = 0; i < track->n_symbols; i++)
    {
      Symbol *symbol = &track->symbols[i];
      LanyardPoint place = middle_of (symbol->corners), shift = guess_shift (symbol, at_us);
      double reach = length (symbol->corners[0], symbol->corners[2]) / 2;

      place.x += shift.x;
      place.y += shift.y;
      if (length (place, middle) < MAX (reach, REACH_PX))
        return symbol;
    }
  return NULL;
}

static Symbol *
add (LanyardTrack *track, const LanyardPoint *corners, gint64 at_us)
{
  Symbol *symbol;

  if (track->n_symbols == LANYARD_TRACK_MAX)
    drop (track, 0);
  symbol = &track->symbols[track->n_symbols++];
  memcpy (symbol->corners, corners, sizeof symbol->corners);
  symbol->seen_us = at_us;
  return symbol;
}

LanyardTrack *
lanyard_track_new (void)
{
  return g_new0 (LanyardTrack, 1);
}

void
lanyard_track_free (LanyardTrack *track)
{
  if (track == NULL)
    return;
  lanyard_track_reset (track);
  g_free (track);
}

void
lanyard_track_reset (LanyardTrack *track)
{
  g_return_if_fail (track != NULL);

  while (track->n_symbols > 0)
    drop (track, track->n_symbols - 1);
}

const LanyardScan *
lanyard_track_see (LanyardTrack *track,
                   const LanyardPlane *plane,
                   const LanyardPoint *corners,
                   const LanyardScan *scan,
                   gint64 at_us)
{
  Symbol *symbol;
  double across, down;

  g_return_val_if_fail (track != NULL && plane != NULL && corners != NULL, NULL);

  across = length (corners[0], corners[1]);
  down = length (corners[0], corners[3]);
  for (guint i = 0; i < 4; i++)
    if (!isfinite (corners[i].x) || !isfinite (corners[i].y))
      return NULL;
  /* not known where */
  if (!(across >= 1 && across < 2 * LANYARD_FRAME_MAX_SIDE_PX && down >= 0
        && down < 2 * LANYARD_FRAME_MAX_SIDE_PX))
    return NULL;
  symbol = find (track, middle_of (corners), at_us);
  /* an older frame says what was there and not where it is now */
  if (symbol != NULL && symbol->scan != NULL && at_us < symbol->seen_us)
    return symbol->scan;
  if (symbol == NULL)
    symbol = add (track, corners, at_us);
  else
    move (symbol, corners, at_us);
  if (scan == NULL)
    {
      note_scan (symbol);
      return symbol->scan;
    }
  g_clear_pointer (&symbol->scan, lanyard_scan_free);
  if (lanyard_likeness_take (&symbol->likeness, plane, corners))
    symbol->scan = lanyard_scan_copy (scan);
  note_scan (symbol);
  symbol->confirmed = TRUE;
  return symbol->scan;
}

guint
lanyard_track_follow (LanyardTrack *track,
                      const LanyardPlane *plane,
                      gint64 at_us,
                      LanyardTrackFunc func,
                      gpointer user_data)
{
  guint n_lost = 0;

  g_return_val_if_fail (track != NULL && plane != NULL && func != NULL, 0);

  forget_old (track, at_us);
  for (guint i = 0; i < track->n_symbols; i++)
    {
      Symbol *symbol = &track->symbols[i];
      LanyardPoint shift = guess_shift (symbol, at_us);

      symbol->confirmed
          = symbol->scan != NULL
            && lanyard_likeness_find (&symbol->likeness, plane, symbol->corners, REACH_PX, &shift);
      if (symbol->confirmed)
        {
          LanyardPoint corners[4];

          for (guint n = 0; n < 4; n++)
            corners[n]
                = (LanyardPoint){ symbol->corners[n].x + shift.x, symbol->corners[n].y + shift.y };
          move (symbol, corners, at_us);
          note_scan (symbol);
          func (symbol->scan, user_data);
        }
      else
        n_lost++;
    }
  return n_lost;
}

gboolean
lanyard_track_get_region (LanyardTrack *track,
                          const LanyardPlane *plane,
                          gint64 at_us,
                          LanyardTrackRegion *region)
{
  const Symbol *symbol = NULL;
  LanyardPoint shift;
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = 0, bottom = 0, margin;

  g_return_val_if_fail (track != NULL && plane != NULL && region != NULL, FALSE);

  for (guint i = 0; i < track->n_symbols; i++)
    if (symbol == NULL || symbol->confirmed || !track->symbols[i].confirmed)
      symbol = &track->symbols[i];
  if (symbol == NULL)
    return FALSE;
  shift = guess_shift (symbol, at_us);
  for (guint i = 0; i < 4; i++)
    {
      left = MIN (left, symbol->corners[i].x + shift.x);
      right = MAX (right, symbol->corners[i].x + shift.x);
      top = MIN (top, symbol->corners[i].y + shift.y);
      bottom = MAX (bottom, symbol->corners[i].y + shift.y);
    }
  margin = REGION_MARGIN * MAX (right - left, bottom - top) + REGION_MARGIN_PX;
  left = CLAMP (left - margin, 0, plane->width - 1.0);
  top = CLAMP (top - margin, 0, plane->height - 1.0);
  right = CLAMP (right + margin, left + 1, (double)plane->width);
  bottom = CLAMP (bottom + margin, top + 1, (double)plane->height);
  *region = (LanyardTrackRegion){ (int)left, (int)top, (guint)right - (guint)left,
                                  (guint)bottom - (guint)top, symbol->scan != NULL };
  return TRUE;
}

double
lanyard_track_get_speed (const LanyardTrack *track)
{
  const Symbol *symbol;

  g_return_val_if_fail (track != NULL, 0);

  if (track->n_symbols == 0)
    return 0;
  symbol = &track->symbols[track->n_symbols - 1];
  return hypot (symbol->speed_x, symbol->speed_y);
}

guint
lanyard_track_get_count (const LanyardTrack *track)
{
  g_return_val_if_fail (track != NULL, 0);

  return track->n_symbols;
}
