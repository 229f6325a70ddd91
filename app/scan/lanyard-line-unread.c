/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-line-unread.h"

#include <math.h>
#include <string.h>

/*
 * Whether what was not read is a linear code all the same. Its bars go through from top to bottom,
 * so both halves of a region say the same; there are many of them, of unequal widths, none of which
 * is much wider than the others; and they end before light, inside the picture.
 *
 * Assumes that bars and spaces are 1.65 modules wide on average (Code 128 and EAN 1.8, Code 39 and
 * interleaved 2 of 5 from 1.4 on). Where they are so narrow that they run together, the module is
 * taken for larger than it is, never for smaller.
 *
 * Measured on codes of four kinds drawn for the purpose, in a hand that trembles: of 60 that were
 * too far away or out of focus 29 were not read, and something was said of 22 of them, of 18 within
 * 2 s; of 54 with a lamp's white over a part of their bars 53, always "less glare"; of 120 pictures
 * of rooms, print, stripes and shelves nothing. The halves of codes agreed by 0.95 to 1.00, widths
 * were unequal by 0.32 to 0.73 of their mean; print came to 0.98 and 0.8. Of 298 photographs whose
 * codes were taken out two have a region that passes for a code.
 */

#define SENSITIVITY 25   /* percent, as of lanyard_edges_find() */
#define LEAST_ALIKE 0.95 /* correlation of the halves */
#define MUCH_ALIKE 0.985 /* lines of print have come to 0.98 */
#define MANY_WIDTHS 25
#define LEAST_WIDTHS 19         /* between two ends with light beside them */
#define LEAST_HALF_WIDTHS 13    /* when only one end has: what is out of focus falls into parts, */
#define LEAST_HALF_HEIGHT_PX 60 /* and is large */
#define LEAST_HEIGHT_PX 18
#define LEAST_QUIET 2.0     /* mean widths */
#define LEAST_UNEQUAL 0.25  /* deviation of the widths from their mean; a fence has none, */
#define MOST_UNEQUAL 0.76   /* and print with its gaps more */
#define LEAST_CONTRAST 25.0 /* levels */
#define LEAST_FILLED 0.18   /* of the region, cells with one direction */
#define LIGHT 0.6           /* of the range from dark to light: what is beside the ends */
#define AROUND 16           /* widths to both sides that are compared with one */
#define WIDEST 3            /* times their mean */
#define QUIET_AT_END 2.5    /* times the mean: no width of the code but its quiet zone */
#define ENDS 3              /* widths from each end in which that may stand */
#define MODULES_A_WIDTH 1.65
#define LEAST_MODULE_PX 2.5 /* as it is measured here: above, what is in focus is read */
#define MARGIN_PX 9         /* to the picture's border */
#define GLARE_BEGINS_PX 3   /* beside the last bar, which is blurred */
#define WHITE 250
#define PAPER 245
/* Codes of other kinds are surer: they have more than bars. */
#define FIT 0.5

/* Widths from @first to before @end; the first and the last are bars. */
typedef struct
{
  guint first, end;
  double from, to;      /* bins */
  double mean, unequal; /* bins; share of the mean */
  double dark, light;   /* levels */
} Run;

static double
edge_at (const LanyardLineUnread *unread, guint i)
{
  return (double)unread->edges.edges[i] / LANYARD_EDGE_UNITS + 0.5;
}

/* The @i-th width ends with edge @i: uneven ones are bars. */
static double
width_at (const LanyardLineUnread *unread, guint i)
{
  double from = i > 0 ? edge_at (unread, i - 1) : 0;
  double to = i < unread->edges.n_edges ? edge_at (unread, i) : unread->n_bins;

  return to - from;
}

static double
mean_of (const LanyardLineUnread *unread, guint first, guint end)
{
  double sum = 0;

  for (guint i = first; i < end; i++)
    sum += width_at (unread, i);
  return sum / MAX (end - first, 1);
}

static gboolean
is_gap (const LanyardLineUnread *unread, guint i)
{
  guint from = i > AROUND ? i - AROUND : 0, to = MIN (i + AROUND + 1, unread->edges.n_edges + 1);

  return i == 0 || i == unread->edges.n_edges
         || width_at (unread, i) > WIDEST * mean_of (unread, from, to);
}

/* Quiet zones beside which there is something else. */
static void
trim (const LanyardLineUnread *unread, Run *run)
{
  double wide = QUIET_AT_END * mean_of (unread, run->first, run->end);
  guint first = run->first, end = run->end;

  for (guint i = 0; i < ENDS && first + i < end; i++)
    if (width_at (unread, first + i) > wide)
      run->first = first + i + 1;
  for (guint i = 0; i < ENDS && end > run->first + i; i++)
    if (width_at (unread, end - 1 - i) > wide)
      run->end = end - 1 - i;
  run->first += run->first % 2 == 0;
  run->end -= run->end % 2;
}

static void
measure (const LanyardLineUnread *unread, Run *run)
{
  const LanyardExtreme *extremes = unread->edges.extremes;
  double squares = 0;

  run->from = edge_at (unread, run->first - 1);
  run->to = edge_at (unread, run->end - 1);
  run->mean = mean_of (unread, run->first, run->end);
  run->dark = 255;
  run->light = 0;
  for (guint i = run->first; i < run->end; i++)
    {
      double off = width_at (unread, i) - run->mean;

      squares += off * off;
      run->dark = MIN (run->dark, extremes[i].value);
      run->light = MAX (run->light, extremes[i].value);
    }
  run->unequal = sqrt (squares / (run->end - run->first)) / run->mean;
}

/* The longest row of widths none of which is a gap. Returns: FALSE when it is too short */
static gboolean
find_run (const LanyardLineUnread *unread, Run *run)
{
  guint first = 1, n = unread->edges.n_edges;

  *run = (Run){ 0 };
  if (n < LEAST_HALF_WIDTHS)
    return FALSE;
  for (guint i = 1; i <= n; i++)
    if (is_gap (unread, i))
      {
        if (i - first > run->end - run->first)
          *run = (Run){ .first = first, .end = i };
        first = i + 1;
      }
  if (run->end < run->first + LEAST_HALF_WIDTHS)
    return FALSE;
  trim (unread, run);
  if (run->end < run->first + LEAST_HALF_WIDTHS)
    return FALSE;
  measure (unread, run);
  return TRUE;
}

/* How much two profiles have in common between @from and @to. */
static double
likeness (const float *one, const float *other, guint from, guint to)
{
  double n = (double)to - from, sum_x = 0, sum_y = 0, xx = 0, yy = 0, xy = 0;

  for (guint i = from; i < to; i++)
    {
      sum_x += one[i];
      sum_y += other[i];
      xx += (double)one[i] * one[i];
      yy += (double)other[i] * other[i];
      xy += (double)one[i] * other[i];
    }
  xx -= sum_x * sum_x / n;
  yy -= sum_y * sum_y / n;
  xy -= sum_x * sum_y / n;
  return xx > 0 && yy > 0 ? xy / sqrt (xx * yy) : 0;
}

static gboolean
has_light_beside (const LanyardLineUnread *unread, const Run *run, guint width, guint extreme)
{
  double level = run->dark + LIGHT * (run->light - run->dark);

  return width_at (unread, width) >= LEAST_QUIET * run->mean
         && unread->edges.extremes[extreme].value >= level;
}

/* Light beside both ends; beside one is enough of what is large, or of many bars of which both
 * halves agree as no print does. */
static gboolean
has_ends (const LanyardLineUnread *unread, const Run *run, double height_px, double alike)
{
  guint n_widths = run->end - run->first;
  guint n_ends = has_light_beside (unread, run, run->first - 1, run->first - 1)
                 + has_light_beside (unread, run, run->end, run->end);

  return (n_ends == 2 && n_widths >= LEAST_WIDTHS)
         || (n_ends > 0 && height_px >= LEAST_HALF_HEIGHT_PX)
         || (n_ends > 0 && n_widths >= MANY_WIDTHS && alike >= MUCH_ALIKE);
}

static gboolean
is_inside (const LanyardPlane *plane, const LanyardPoint corners[4])
{
  for (guint i = 0; i < 4; i++)
    if (!(corners[i].x >= MARGIN_PX && corners[i].y >= MARGIN_PX
          && corners[i].x < plane->width - MARGIN_PX && corners[i].y < plane->height - MARGIN_PX))
      return FALSE;
  return TRUE;
}

/* How far a lamp's white goes beyond an end of @code, px; at most half of the code's length.
 * @at: 0 the begin, 1 the end */
static double
glare_beyond (const LanyardPlane *plane, const LanyardSegment *code, guint at, double light)
{
  double length = lanyard_segment_length (code), px = 0;

  if (light >= PAPER || length < 1)
    return 0; /* all paper is as white */
  while (px < length / 2)
    {
      double beyond = (px + GLARE_BEGINS_PX) / length;
      LanyardPoint point = lanyard_segment_point (code, at == 0 ? -beyond : 1 + beyond, 0);

      if (!(point.x >= 0 && point.y >= 0 && point.x < plane->width && point.y < plane->height)
          || plane->data[(gsize)point.y * plane->stride + (gsize)point.x] < WHITE)
        break;
      px++;
    }
  return px > 0 ? px + GLARE_BEGINS_PX : 0;
}

/* @middle: of the region, as long as its bands */
static LanyardSuspect
make_suspect (const LanyardPlane *plane,
              const LanyardLineRegion *region,
              const LanyardSegment *middle,
              guint n_bins,
              const Run *run)
{
  LanyardSegment code = { lanyard_segment_point (middle, run->from / n_bins, 0),
                          lanyard_segment_point (middle, run->to / n_bins, 0) };
  double length = MAX (lanyard_segment_length (&code), 1);
  double before = glare_beyond (plane, &code, 0, run->light) / length;
  double behind = glare_beyond (plane, &code, 1, run->light) / length;
  LanyardSegment all
      = { lanyard_segment_point (&code, -before, 0), lanyard_segment_point (&code, 1 + behind, 0) };
  LanyardSegment top = lanyard_segment_shift (&all, -region->half_px);
  LanyardSegment bottom = lanyard_segment_shift (&all, region->half_px);

  return (LanyardSuspect){ .symbology = LANYARD_SYMBOLOGY_CODE128,
                           .corners = { top.from, top.to, bottom.to, bottom.from },
                           .module_px
                           = run->mean * lanyard_segment_length (middle) / n_bins / MODULES_A_WIDTH,
                           .least_px = LEAST_MODULE_PX };
}

/* Of the mean of both halves. */
static void
find_edges (LanyardLineUnread *unread, LanyardLineBand *band)
{
  for (guint i = 0; i < band->n_bins; i++)
    band->samples[i] = (guint8)CLAMP (lrintf ((band->profile[i] + unread->profile[i]) / 2), 0, 255);
  lanyard_edges_find (&unread->edges, band->samples, band->n_bins, SENSITIVITY);
  lanyard_edges_place (&unread->edges, band->samples, band->n_bins, LANYARD_EDGE_LEVEL);
}

void
lanyard_line_unread_clear (LanyardLineUnread *unread)
{
  g_free (unread->profile);
  lanyard_edges_clear (&unread->edges);
  *unread = (LanyardLineUnread){ 0 };
}

void
lanyard_line_unread_forget (LanyardLineUnread *unread)
{
  unread->n_bins = 0;
  unread->suspect.fit = 0;
}

void
lanyard_line_unread_keep (LanyardLineUnread *unread, const LanyardLineBand *band)
{
  g_return_if_fail (band->n_bins <= LANYARD_LINE_MAX_BINS);

  if (unread->profile == NULL)
    unread->profile = g_new (float, LANYARD_LINE_MAX_BINS);
  memcpy (unread->profile, band->profile, band->n_bins * sizeof *unread->profile);
  unread->segment = band->segment;
  unread->n_bins = band->n_bins;
}

void
lanyard_line_unread_judge (LanyardLineUnread *unread,
                           LanyardWork *work,
                           LanyardLineBand *band,
                           const LanyardPlane *plane,
                           const LanyardLineRegion *region)
{
  LanyardSegment middle = { { (unread->segment.from.x + band->segment.from.x) / 2,
                              (unread->segment.from.y + band->segment.from.y) / 2 },
                            { (unread->segment.to.x + band->segment.to.x) / 2,
                              (unread->segment.to.y + band->segment.to.y) / 2 } };
  double height_px = 2 * region->half_px, alike;
  LanyardSuspect suspect;
  Run run;

  if (unread->n_bins != band->n_bins || height_px < LEAST_HEIGHT_PX
      || region->weight * LANYARD_LINE_CELL_PX * LANYARD_LINE_CELL_PX
             < LEAST_FILLED * height_px * lanyard_segment_length (&region->axis))
    return;
  lanyard_work_spend (work, 1);
  find_edges (unread, band);
  if (!find_run (unread, &run) || run.unequal < LEAST_UNEQUAL || run.unequal > MOST_UNEQUAL
      || run.light - run.dark < LEAST_CONTRAST)
    return;
  alike = likeness (unread->profile, band->profile, (guint)run.from, (guint)run.to);
  suspect = make_suspect (plane, region, &middle, band->n_bins, &run);
  suspect.fit = FIT * alike;
  if (alike >= LEAST_ALIKE && has_ends (unread, &run, height_px, alike)
      && suspect.fit > unread->suspect.fit && is_inside (plane, suspect.corners))
    unread->suspect = suspect;
}
