/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * From lines to cells. All lines of a zone have the same number of characters, each beneath the one
 * above, so the way from one line to the next says which way is down on the paper, also when the
 * picture is taken from aside. What a line has
 * too much (a page's edge) or too little (a faint end) is settled by the other one.
 *
 * Assumes the lines of 9303: two of 36 or 44 characters or three of 30. None has more than
 * MAX_MISSING too few, and all that is missing or in excess is at the ends; the longest says how
 * many there should be, so a 36 with six too many is taken for a 44. Assumes that the lines run
 * within 9 degrees of the first, at pitches of 0.85 to 1.18 of its own, and are as far apart as
 * each other. A zone of which one line is not found is none. Nothing is known of the print here:
 * lines of a table may join as well, and how much the cells look like OCR-B decides about them.
 *
 * Measured by bench-mrz 20 0, read of 280 readable pictures and of 200 beyond, none wrong:
 *   279 and 144   as it is
 *   225 and 123   lines 1.9 to 2.5 pitches apart, as on paper that does not lean
 *   267 and 145   down is at right angles to the line (lanyard_mrz_zone_axes()), not to the next
 *   279 and 144   lines 0.1 to 30 pitches apart; or MAX_MISSING 0; or lines laid from their first
 *                 characters: these pages are blank around the zone, so all lines are found whole
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-mrz-zone.h"

#include <math.h>
#include <string.h>

/* Middles of lines are 1.9 to 2.5 pitches apart on paper, less where it leans back. */
#define MIN_APART 1.25
#define MAX_APART 3.2
#define MAX_MISSING 2

static LanyardPoint
point_between (LanyardPoint a, LanyardPoint b, double share)
{
  return (LanyardPoint){ a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share };
}

/* Where character @index of a line is or would be. */
static LanyardPoint
centre_at (const LanyardMrzLine *line, int index)
{
  int last = (int)line->n_cells - 1;
  int from = CLAMP (index, 0, last - 4);

  if (index >= 0 && index <= last)
    return line->centres[index];
  return index < 0
             ? point_between (line->centres[0], line->centres[4], index / 4.0)
             : point_between (line->centres[from], line->centres[from + 4], (index - from) / 4.0);
}

static guint
columns_for (guint n_lines, const LanyardMrzLine *const *lines)
{
  guint most = 0;

  for (guint i = 0; i < n_lines; i++)
    most = MAX (most, lines[i]->n_cells);
  if (n_lines == 3)
    return most >= 30 - MAX_MISSING && most <= 30 + 2 * MAX_MISSING ? 30 : 0;
  if (most >= 44 - MAX_MISSING && most <= 44 + 3 * MAX_MISSING)
    return 44;
  return most >= 36 - MAX_MISSING && most < 44 - MAX_MISSING ? 36 : 0;
}

/* How far @b's character at @b_index is from being beneath @a's, in pitches along the line. */
static double
misalignment (const LanyardMrzLine *a, int a_index, const LanyardMrzLine *b, int b_index)
{
  LanyardPoint here = centre_at (a, a_index), next = centre_at (a, a_index + 1);
  LanyardPoint there = centre_at (b, b_index);
  double ax = next.x - here.x, ay = next.y - here.y;

  return ((there.x - here.x) * ax + (there.y - here.y) * ay) / (ax * ax + ay * ay);
}

/* Where each line's first character is in its list. A line that has exactly the right number is
 * taken as it is; others are laid beneath it so that both ends lean alike. */
static gboolean
align_lines (const LanyardMrzLine *const *lines, guint n, guint n_columns, int *starts)
{
  guint base = 0;

  for (guint i = 0; i < n; i++)
    if (abs ((int)lines[i]->n_cells - (int)n_columns)
        < abs ((int)lines[base]->n_cells - (int)n_columns))
      base = i;
  starts[base] = 0;
  for (guint i = 0; i < n; i++)
    {
      double best = G_MAXDOUBLE;
      int surplus = (int)lines[i]->n_cells - (int)n_columns;

      if (i == base)
        continue;
      if (surplus == 0)
        {
          starts[i] = 0;
          continue;
        }
      for (int start = MIN (surplus, 0) - 1; start <= MAX (surplus, 0) + 1; start++)
        {
          double lean = misalignment (lines[base], 0, lines[i], start)
                        + misalignment (lines[base], (int)n_columns - 1, lines[i],
                                        start + (int)n_columns - 1);

          if (fabs (lean) < best)
            {
              best = fabs (lean);
              starts[i] = start;
            }
        }
    }
  return TRUE;
}

/* Whether the lines lie as a zone's do. Sorts @order from above. */
static gboolean
is_zone (const LanyardMrzLine *const *lines,
         guint n,
         const int *starts,
         guint n_columns,
         guint *order)
{
  int middle = (int)n_columns / 2;
  LanyardPoint from = centre_at (lines[0], starts[0] + middle - 5);
  LanyardPoint to = centre_at (lines[0], starts[0] + middle + 5);
  double length = hypot (to.x - from.x, to.y - from.y), pitch = length / 10;
  double ax = (to.x - from.x) / length, ay = (to.y - from.y) / length;
  double across[LANYARD_MRZ_MAX_LINES] = { 0 };

  for (guint i = 0; i < n; i++)
    {
      LanyardPoint here = centre_at (lines[i], starts[i] + middle - 5);
      LanyardPoint there = centre_at (lines[i], starts[i] + middle + 5);
      double own = hypot (there.x - here.x, there.y - here.y);
      double along = (here.x - from.x) * ax + (here.y - from.y) * ay;
      double turn = ((there.x - here.x) * ay - (there.y - here.y) * ax) / own;

      across[i] = (here.y - from.y) * ax - (here.x - from.x) * ay;
      if (fabs (turn) > 0.15 || own < 0.85 * length || own > 1.18 * length
          || fabs (along) > 2.2 * pitch)
        return FALSE;
      order[i] = i;
    }
  for (guint i = 1; i < n; i++)
    for (guint k = i; k > 0 && across[order[k]] < across[order[k - 1]]; k--)
      {
        guint swapped = order[k];

        order[k] = order[k - 1];
        order[k - 1] = swapped;
      }
  for (guint i = 1; i < n; i++)
    {
      double apart = (across[order[i]] - across[order[i - 1]]) / pitch;
      double before = i > 1 ? (across[order[i - 1]] - across[order[i - 2]]) / pitch : apart;

      if (apart < MIN_APART || apart > MAX_APART || fabs (apart - before) > 0.3 * apart)
        return FALSE;
    }
  return TRUE;
}

gboolean
lanyard_mrz_zone_join (const LanyardMrzLine *const *lines, guint n, LanyardMrzZone *zone)
{
  int starts[LANYARD_MRZ_MAX_LINES];
  guint order[LANYARD_MRZ_MAX_LINES];
  guint n_columns, n_covered = 0;

  g_return_val_if_fail (n >= 2 && n <= LANYARD_MRZ_MAX_LINES, FALSE);

  n_columns = columns_for (n, lines);
  if (n_columns == 0)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (lines[i]->n_cells + MAX_MISSING < n_columns
        || lines[i]->n_cells > n_columns + 3 * MAX_MISSING)
      return FALSE;
  align_lines (lines, n, n_columns, starts);
  if (!is_zone (lines, n, starts, n_columns, order))
    return FALSE;
  zone->shape = lanyard_mrz_format_of (n, n_columns);
  zone->n_lines = n;
  zone->n_columns = n_columns;
  zone->tall = 1;
  zone->look = LANYARD_OCRB_USUAL_LOOK;
  zone->quality = 0;
  for (guint i = 0; i < n; i++)
    {
      n_covered += lines[i]->n_covered;
      for (guint k = 0; k < n_columns; k++)
        zone->centres[i][k] = centre_at (lines[order[i]], starts[order[i]] + (int)k);
    }
  zone->covered_share = (double)n_covered / (n * n_columns);
  return TRUE;
}

void
lanyard_mrz_zone_turn (LanyardMrzZone *zone)
{
  guint n = zone->n_lines * zone->n_columns;

  for (guint i = 0; i < n / 2; i++)
    {
      guint other = n - 1 - i;
      LanyardPoint *a = &zone->centres[i / zone->n_columns][i % zone->n_columns];
      LanyardPoint *b = &zone->centres[other / zone->n_columns][other % zone->n_columns];
      LanyardPoint swapped = *a;

      *a = *b;
      *b = swapped;
    }
}

/* What is farther away is shorter along the line twice over, by its distance and because it leans;
 * across it only once. So print is as tall as the lines are apart there. */
void
lanyard_mrz_zone_axes (const LanyardMrzZone *zone,
                       guint line,
                       guint column,
                       LanyardPoint *along,
                       LanyardPoint *down)
{
  guint before = column > 1 ? column - 2 : 0, after = MIN (column + 2, zone->n_columns - 1);
  guint middle = zone->n_columns / 2;
  const LanyardPoint *cells = zone->centres[line];
  const LanyardPoint *first = zone->centres[0], *last = zone->centres[zone->n_lines - 1];
  double pitch
      = hypot (cells[middle + 2].x - cells[middle - 2].x, cells[middle + 2].y - cells[middle - 2].y)
        / 4;
  double apart = hypot (last[middle].x - first[middle].x, last[middle].y - first[middle].y);
  double share = pitch * zone->tall / MAX (apart, 1);

  along->x = (cells[after].x - cells[before].x) / (after - before);
  along->y = (cells[after].y - cells[before].y) / (after - before);
  down->x = (last[column].x - first[column].x) * share;
  down->y = (last[column].y - first[column].y) * share;
}

void
lanyard_mrz_zone_get_corners (const LanyardMrzZone *zone, LanyardPoint *corners)
{
  guint last_line = zone->n_lines - 1, last = zone->n_columns - 1;
  const guint lines[] = { 0, 0, last_line, last_line }, columns[] = { 0, last, last, 0 };

  for (guint i = 0; i < 4; i++)
    {
      LanyardPoint centre = zone->centres[lines[i]][columns[i]], along, down;
      double right = i == 1 || i == 2 ? 0.5 : -0.5, below = i >= 2 ? 0.5 : -0.5;

      lanyard_mrz_zone_axes (zone, lines[i], columns[i], &along, &down);
      corners[i].x = centre.x + right * along.x + below * down.x;
      corners[i].y = centre.y + right * along.y + below * down.y;
    }
}
