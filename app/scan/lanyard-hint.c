/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-hint.h"

#include <math.h>

/*
 * Says what would help, and only when a symbol was located that cannot be read, or when it is too
 * dark for anything: to people who only walk by it says nothing. The limits are where reading ends
 * in pictures made for the purpose: 1.4 px a module, blur of 2 px at 4 px a module (steps between
 * neighbours are then 0.4 of the range of grey), movement by 6 px a frame at 4 px a module. What is
 * too small differs: a QR or PDF417 symbol below 2.2 px a module, a linear code below 2.5 (by what
 * is left of its bars), a zone below 12 px from character to character; who located it says so.
 *
 * Glare is told from the white of a code by where it is: every twenty-fifth part of a code has dark
 * modules in it, glare leaves none. Of a zone every tenth part of a line has print in it; between
 * the lines there is none. Where glare is narrower than that, who located the zone tells of it.
 *
 * Assumes that what was located is what the person holds up, and that they see what is said and
 * follow it, one thing at a time. How often hints are right is measured where things are located,
 * as in lanyard-line-unread for linear codes; test-hint-live holds that zones, licences and linear
 * codes get theirs and that a room without any gets none.
 */

#define LARGE_SYMBOL 0.92
#define MOVING_MODULES 1.0
#define MOVING_SHARE 0.25
#define BLUNT 0.35
#define DARK_GREY 60.0
#define WHITE 250
#define GLARE_SHARE 0.08
#define GRID 40
#define PARTS 5 /* a side */
/* Longer ones by so much are lines of print or one code: a part is as high as a line is. */
#define LONG 2.5
#define LONG_PARTS 10
#define LONG_LINES 2
#define LONG_GRID 160
/* A symbol that is so much larger than it has to be can go farther away. */
#define AMPLE 1.8

LanyardHint
lanyard_hint_judge (const LanyardHintSight *sight)
{
  g_return_val_if_fail (sight != NULL, LANYARD_HINT_NONE);

  if (sight->read || !sight->open)
    return LANYARD_HINT_NONE;
  if (sight->brightest < DARK_GREY)
    return LANYARD_HINT_MORE_LIGHT;
  if (!sight->located)
    return LANYARD_HINT_NONE;
  if (sight->glaring || sight->glare_share >= GLARE_SHARE)
    return LANYARD_HINT_LESS_GLARE;
  if (sight->speed_px > MOVING_MODULES * MAX (sight->module_px, 2)
      || sight->moving_share > MOVING_SHARE)
    return LANYARD_HINT_HOLD_STILL;
  if (sight->symbol_share > LARGE_SYMBOL)
    return LANYARD_HINT_FARTHER;
  if (sight->module_px > 0 && sight->module_px < sight->least_px)
    return LANYARD_HINT_CLOSER;
  /* A lens that cannot come nearer: half the picture is more than a code needs. */
  if (sight->sharpness < BLUNT)
    return sight->symbol_share > 0.5 && sight->module_px >= AMPLE * sight->least_px
               ? LANYARD_HINT_FARTHER
               : LANYARD_HINT_HOLD_STILL;
  return LANYARD_HINT_NONE;
}

void
lanyard_hint_measure_light (LanyardHintSight *sight, const LanyardPlane *small)
{
  guint counts[256] = { 0 };
  guint total = small->width * small->height;
  guint above = 0;
  int grey = 255;

  for (guint y = 0; y < small->height; y++)
    for (guint x = 0; x < small->width; x++)
      counts[small->data[(gsize)y * small->stride + x]]++;
  while (grey > 0 && (above += counts[grey]) * 20 < total)
    grey--;
  sight->brightest = grey;
}

/* Returns: −1 outside of the plane */
static int
grey_at (const LanyardPlane *plane, double x, double y)
{
  if (!(x >= 0 && y >= 0 && x < plane->width && y < plane->height))
    return -1;
  return plane->data[(gsize)y * plane->stride + (gsize)x];
}

/* Steps are taken over three px, which a sharp edge crosses whole; @down: from above to below. */
static double
measure_sharpness (const LanyardPlane *plane,
                   double left,
                   double top,
                   double right,
                   double bottom,
                   gboolean down)
{
  guint counts[256] = { 0 };
  int least = 255, most = 0, step = 255;
  guint total = 0, above = 0;
  double first = down ? top : left, last = down ? bottom : right;

  for (guint row = 0; row < GRID; row++)
    {
      double share = (row + 0.5) / GRID;
      double across = down ? left + share * (right - left) : top + share * (bottom - top);

      for (double along = MAX (first, 1);
           along < MIN (last, (down ? plane->height : plane->width) - 1.0); along++)
        {
          double x = down ? across : along, y = down ? along : across;
          int here = grey_at (plane, x, y), before = grey_at (plane, x - !down, y - down),
              after = grey_at (plane, x + !down, y + down);

          if (here < 0 || before < 0 || after < 0)
            continue;
          least = MIN (least, here);
          most = MAX (most, here);
          counts[ABS (after - before)]++;
          total++;
        }
    }
  if (total == 0 || most - least < 8)
    return 0;
  while (step > 0 && (above += counts[step]) * 50 < total)
    step--;
  return MIN ((double)step / (most - least), 1);
}

static double
side_px (const LanyardPoint *from, const LanyardPoint *to)
{
  return hypot (to->x - from->x, to->y - from->y);
}

static gboolean
is_long (const LanyardPoint *corners)
{
  return side_px (&corners[0], &corners[1]) > LONG * side_px (&corners[0], &corners[3]);
}

/* Bars and lines of print have their edges along their length. */
static gboolean
reads_down (const LanyardPoint *corners)
{
  return is_long (corners)
         && fabs (corners[1].y - corners[0].y) > fabs (corners[1].x - corners[0].x);
}

static double
measure_glare (const LanyardPlane *plane, const LanyardPoint *corners)
{
  gboolean longer = is_long (corners);
  guint n_across = longer ? LONG_PARTS : PARTS, n_down = longer ? LONG_LINES : PARTS;
  guint white[MAX (LONG_PARTS * LONG_LINES, PARTS * PARTS)] = { 0 };
  guint n_columns = longer ? LONG_GRID : GRID;
  guint n_parts = n_across * n_down, n_glaring = 0, each = GRID * n_columns / n_parts;

  for (guint row = 0; row < GRID; row++)
    for (guint column = 0; column < n_columns; column++)
      {
        double across = (column + 0.5) / n_columns, down = (row + 0.5) / GRID;
        double x = (1 - down) * ((1 - across) * corners[0].x + across * corners[1].x)
                   + down * ((1 - across) * corners[3].x + across * corners[2].x);
        double y = (1 - down) * ((1 - across) * corners[0].y + across * corners[1].y)
                   + down * ((1 - across) * corners[3].y + across * corners[2].y);

        white[row * n_down / GRID * n_across + column * n_across / n_columns]
            += grey_at (plane, x, y) >= WHITE;
      }
  for (guint i = 0; i < n_parts; i++)
    n_glaring += white[i] * 20 > each * 19;
  return (double)n_glaring / n_parts;
}

void
lanyard_hint_measure_suspect (LanyardHintSight *sight,
                              const LanyardPlane *plane,
                              const LanyardSuspect *suspect,
                              double speed_px)
{
  double left = plane->width, top = plane->height, right = 0, bottom = 0;

  g_return_if_fail (sight != NULL && plane != NULL && suspect != NULL);

  for (guint i = 0; i < 4; i++)
    {
      if (!isfinite (suspect->corners[i].x) || !isfinite (suspect->corners[i].y))
        return;
      left = MIN (left, suspect->corners[i].x);
      right = MAX (right, suspect->corners[i].x);
      top = MIN (top, suspect->corners[i].y);
      bottom = MAX (bottom, suspect->corners[i].y);
    }
  sight->located = TRUE;
  sight->module_px = suspect->module_px;
  sight->least_px = suspect->least_px;
  sight->symbol_share = MAX ((right - left) / plane->width, (bottom - top) / plane->height);
  sight->speed_px = speed_px;
  sight->sharpness
      = measure_sharpness (plane, left, top, right, bottom, reads_down (suspect->corners));
  sight->glare_share = measure_glare (plane, suspect->corners);
  sight->glaring = suspect->glaring;
}

static gboolean
show (LanyardHinter *hinter, LanyardHint hint, gint64 at_us)
{
  if (hinter->shown == hint)
    return FALSE;
  hinter->shown = hint;
  hinter->shown_us = at_us;
  return TRUE;
}

gboolean
lanyard_hinter_add (LanyardHinter *hinter, const LanyardHintSight *sight)
{
  LanyardHint hint;

  g_return_val_if_fail (hinter != NULL && sight != NULL, FALSE);

  hint = lanyard_hint_judge (sight);
  if (sight->read || !sight->open)
    {
      hinter->wanted = LANYARD_HINT_NONE;
      hinter->wanted_us = hinter->said_us = sight->at_us;
      return show (hinter, LANYARD_HINT_NONE, sight->at_us);
    }
  /* A symbol is not located in every frame. */
  if (hint == LANYARD_HINT_NONE && sight->at_us - hinter->said_us < LANYARD_HINT_GAP_US)
    return FALSE;
  if (hint != hinter->wanted)
    hinter->wanted_us = sight->at_us;
  hinter->wanted = hint;
  hinter->said_us = hint != LANYARD_HINT_NONE ? sight->at_us : hinter->said_us;
  if (sight->at_us - hinter->wanted_us < LANYARD_HINT_WAIT_US
      || (hinter->shown != LANYARD_HINT_NONE
          && sight->at_us - hinter->shown_us < LANYARD_HINT_STAY_US))
    return FALSE;
  return show (hinter, hint, sight->at_us);
}
