/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-stack-locate.h"

#include <math.h>
#include <string.h>

/* Rows and columns between two that are looked at. The lowest symbol has 3 rows of 3 modules. */
#define LINE_STEP 6
#define MAX_RUNS 9
#define MAX_GROUPS 96
/* Modules of one run by which it may be off. */
#define MAX_OFF 0.75
#define MIN_LINES 3
/* A symbol of one column is 86 modules wide, from the middle of its start to that of its stop some
 * 69 of them; one of 30 columns 562. */
#define MIN_APART 60
#define MAX_APART 600
/* Px a module below which libzxing reads it only where light and hand are good: 1.4 at the best. */
#define LEAST_MODULE_PX 2.2
/* Px looked at for one work step: rows lie in memory one after the other, columns do not. */
#define ROW_PX_PER_STEP 900
#define COLUMN_PX_PER_STEP 250

/* ISO/IEC 15438 tables 2 and 3, and both as seen from the other end. */
static const struct
{
  guint8 n;
  guint8 runs[MAX_RUNS];
  guint8 modules;
  gboolean first_dark;
  gboolean is_stop;
  gboolean backwards;
} patterns[] = {
  { 8, { 8, 1, 1, 1, 1, 1, 1, 3 }, 17, TRUE, FALSE, FALSE },
  { 8, { 3, 1, 1, 1, 1, 1, 1, 8 }, 17, FALSE, FALSE, TRUE },
  { 9, { 7, 1, 1, 3, 1, 1, 1, 2, 1 }, 18, TRUE, TRUE, FALSE },
  { 9, { 1, 2, 1, 1, 1, 3, 1, 1, 7 }, 18, TRUE, TRUE, TRUE },
};

/* One pattern in lines that follow each other. */
typedef struct
{
  guint pattern;
  guint n;         /* lines */
  double first[2]; /* line, position in it */
  double last[2];
  double module; /* px, sum over the lines */
} Group;

typedef struct
{
  Group groups[MAX_GROUPS];
  guint n;
} Groups;

static gboolean
matches (const guint *runs, guint pattern, guint *total)
{
  double module;

  *total = 0;
  for (guint i = 0; i < patterns[pattern].n; i++)
    *total += runs[i];
  module = *total / (double)patterns[pattern].modules;
  if (module < 0.9)
    return FALSE;
  for (guint i = 0; i < patterns[pattern].n; i++)
    if (fabs (runs[i] - module * patterns[pattern].runs[i]) > MAX_OFF * module)
      return FALSE;
  return TRUE;
}

static void
add_hit (Groups *groups, guint pattern, double line, double position, double module)
{
  for (guint i = 0; i < groups->n; i++)
    {
      Group *group = &groups->groups[i];
      double gap = line - group->last[0], mean = group->module / group->n;

      if (group->pattern != pattern || gap <= 0 || gap > 3 * LINE_STEP
          || fabs (position - group->last[1]) > 1.3 * gap + module || module > 1.5 * mean
          || mean > 1.5 * module)
        continue;
      group->n++;
      group->module += module;
      group->last[0] = line;
      group->last[1] = position;
      return;
    }
  if (groups->n < MAX_GROUPS)
    groups->groups[groups->n++]
        = (Group){ pattern, 1, { line, position }, { line, position }, module };
}

/* @pixel_step: bytes from px to px of the line */
static void
search_line (const guint8 *dark, gsize pixel_step, guint n, double line, Groups *groups)
{
  guint runs[MAX_RUNS] = { 0 }, start = 0, n_runs = 0;

  for (guint i = 1; i <= n; i++)
    {
      if (i < n && dark[i * pixel_step] == dark[start * pixel_step])
        continue;
      memmove (runs, runs + 1, (MAX_RUNS - 1) * sizeof *runs);
      runs[MAX_RUNS - 1] = i - start;
      n_runs++;
      for (guint p = 0; p < G_N_ELEMENTS (patterns); p++)
        {
          /* The colour of the first run follows from that of the last. */
          gboolean first_dark = dark[start * pixel_step] == (patterns[p].n % 2 == 1);
          guint total;

          if (n_runs >= patterns[p].n && first_dark == patterns[p].first_dark
              && matches (runs + MAX_RUNS - patterns[p].n, p, &total))
            add_hit (groups, p, line, i - total / 2.0 - 0.5, total / (double)patterns[p].modules);
        }
      start = i;
    }
}

/* @across: the lines are columns */
static LanyardStackPlace
place_of (const Group *group, gboolean across)
{
  double along[2] = { group->last[1] - group->first[1], group->last[0] - group->first[0] };
  double middle[2]
      = { (group->last[1] + group->first[1]) / 2, (group->last[0] + group->first[0]) / 2 };
  double length = hypot (along[0], along[1]);
  double sign = patterns[group->pattern].backwards ? -1 : 1;
  LanyardStackPlace place = { .is_stop = patterns[group->pattern].is_stop };
  guint x = across ? 1 : 0;

  /* At right angles to the bars, and the way the pattern was met. */
  place.right[x] = sign * along[1] / length;
  place.right[1 - x] = -sign * along[0] / length;
  place.middle[x] = middle[0];
  place.middle[1 - x] = middle[1];
  place.height = length;
  place.module = group->module / group->n * along[1] / length;
  return place;
}

static guint
keep_places (const Groups *groups,
             gboolean across,
             LanyardStackPlace places[LANYARD_STACK_MAX_PLACES],
             guint lines[LANYARD_STACK_MAX_PLACES],
             guint n)
{
  for (guint i = 0; i < groups->n; i++)
    {
      const Group *group = &groups->groups[i];
      guint at = n;

      if (group->n < MIN_LINES)
        continue;
      while (at > 0 && lines[at - 1] < group->n)
        at--;
      if (at == LANYARD_STACK_MAX_PLACES)
        continue;
      n = MIN (n + 1, LANYARD_STACK_MAX_PLACES);
      memmove (&places[at + 1], &places[at], (n - at - 1) * sizeof *places);
      memmove (&lines[at + 1], &lines[at], (n - at - 1) * sizeof *lines);
      places[at] = place_of (group, across);
      lines[at] = group->n;
    }
  return n;
}

guint
lanyard_stack_locate (const guint8 *dark,
                      gsize stride,
                      guint width,
                      guint height,
                      LanyardStackPlace places[LANYARD_STACK_MAX_PLACES],
                      LanyardWork *work)
{
  guint lines[LANYARD_STACK_MAX_PLACES], n = 0;
  Groups groups = { .n = 0 };

  for (guint y = LINE_STEP / 2; y < height; y += LINE_STEP)
    search_line (dark + y * stride, 1, width, y, &groups);
  n = keep_places (&groups, FALSE, places, lines, n);
  groups.n = 0;
  for (guint x = LINE_STEP / 2; x < width; x += LINE_STEP)
    search_line (dark + x, stride, height, x, &groups);
  n = keep_places (&groups, TRUE, places, lines, n);
  lanyard_work_spend (work, (guint64)width * height / LINE_STEP / ROW_PX_PER_STEP
                                + (guint64)width * height / LINE_STEP / COLUMN_PX_PER_STEP + 1);
  return n;
}

/* Whether both are of one symbol: they look the same way, are as large, and the stop is to the
 * right of the start. */
static gboolean
belong_together (const LanyardStackPlace *start, const LanyardStackPlace *stop)
{
  double dx = stop->middle[0] - start->middle[0], dy = stop->middle[1] - start->middle[1];
  double apart = hypot (dx, dy), module = (start->module + stop->module) / 2;

  return !start->is_stop && stop->is_stop
         && start->right[0] * stop->right[0] + start->right[1] * stop->right[1] > 0.9
         && start->module < 1.4 * stop->module && stop->module < 1.4 * start->module
         && apart > MIN_APART * module && apart < MAX_APART * module
         && dx * start->right[0] + dy * start->right[1] > 0.85 * apart;
}

/* @side: -1 is above the pattern's middle, 1 below */
static LanyardPoint
end_of (const LanyardStackPlace *place, double side)
{
  return (LanyardPoint){ place->middle[0] - side * place->right[1] * place->height / 2,
                         place->middle[1] + side * place->right[0] * place->height / 2 };
}

gboolean
lanyard_stack_get_suspect (const LanyardStackPlace *places, guint n, LanyardSuspect *suspect)
{
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < n; k++)
      if (belong_together (&places[i], &places[k]))
        {
          *suspect = (LanyardSuspect){
            .symbology = LANYARD_SYMBOLOGY_PDF417,
            .corners = { end_of (&places[i], -1), end_of (&places[k], -1), end_of (&places[k], 1),
                         end_of (&places[i], 1) },
            .module_px = (places[i].module + places[k].module) / 2,
            .least_px = LEAST_MODULE_PX,
            .fit = 1,
          };
          return TRUE;
        }
  return FALSE;
}
