/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The same line is found in several regions, at times only in part: of lines at one place the one
 * with the most characters is kept. Each two or three that lie as a zone's do are a group.
 */

/*
 * Which of the lines that were found in a picture may be one zone.
 *
 * Assumes that a line is known by where it is: two whose middles are less than three quarters of a
 * pitch apart are the same, and the longer reading of it counts. That whatever lines make a zone
 * are found in any order, so each new one is tried with each one and each two that are known; and
 * that what joins geometrically is rare, so that trying all of them is cheap.
 *
 * Measured on the 96 drawn pictures of `bench-mrz 4 0` (24 conditions, also some that cannot be
 * read): 71 had two such lines, 23 had three; of 165 pairs and triples 93 joined, never two of one
 * picture, so of the room for 24 lines and 24 groups hardly any is needed where nothing but a zone
 * is printed in lines.
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-mrz-groups.h"

#include <math.h>

static LanyardPoint
middle_of (const LanyardMrzLine *line)
{
  return line->centres[line->n_cells / 2];
}

/* Whether @point lies on @line, in between its characters' upper and lower edges. */
static gboolean
is_on (const LanyardMrzLine *line, LanyardPoint point)
{
  for (guint i = 0; i < line->n_cells; i++)
    if (hypot (line->centres[i].x - point.x, line->centres[i].y - point.y) < 0.75 * line->pitch_px)
      return TRUE;
  return FALSE;
}

LanyardMrzRegion
lanyard_mrz_region_about (const LanyardMrzLine *line, double length_px, double thickness_px)
{
  LanyardPoint first = line->centres[0], last = line->centres[line->n_cells - 1];
  double length = hypot (last.x - first.x, last.y - first.y);

  return (LanyardMrzRegion){
    .x = (first.x + last.x) / 2,
    .y = (first.y + last.y) / 2,
    .along_x = (last.x - first.x) / length,
    .along_y = (last.y - first.y) / length,
    .length = length_px,
    .thickness = thickness_px,
  };
}

static void
add_group (LanyardMrzGroups *known, guint a, guint b, guint c)
{
  LanyardMrzZone *zone;
  const LanyardMrzLine *lines[] = { &known->lines[a], &known->lines[b], &known->lines[c] };
  guint n = b == c ? 2 : 3;

  if (known->n_groups == LANYARD_MRZ_MAX_GROUPS)
    return;
  zone = g_new (LanyardMrzZone, 1);
  if (lanyard_mrz_zone_join (lines, n, zone))
    {
      known->groups[known->n_groups++]
          = (LanyardMrzGroup){ { (guint8)a, (guint8)b, (guint8)c }, (guint8)n };
      known->paired[a] = known->paired[b] = known->paired[c] = TRUE;
    }
  g_free (zone);
}

gboolean
lanyard_mrz_groups_add (LanyardMrzGroups *known, const LanyardMrzLine *line)
{
  guint at = known->n_lines;
  gboolean is_new;

  for (guint i = 0; i < known->n_lines; i++)
    if (is_on (&known->lines[i], middle_of (line)))
      {
        if (known->lines[i].n_cells >= line->n_cells)
          return FALSE;
        at = i;
      }
  if (at == LANYARD_MRZ_MAX_KNOWN_LINES)
    return FALSE;
  known->lines[at] = *line;
  known->paired[at] = FALSE;
  is_new = at == known->n_lines;
  if (is_new)
    known->n_lines++;
  for (guint i = 0; i < known->n_lines; i++)
    if (i != at)
      {
        add_group (known, at, i, i);
        for (guint k = i + 1; k < known->n_lines; k++)
          if (k != at)
            add_group (known, at, i, k);
      }
  return is_new;
}

gboolean
lanyard_mrz_groups_have (const LanyardMrzGroups *known, const LanyardMrzRegion *region)
{
  guint n_inside = 0;

  for (guint i = 0; i < known->n_lines; i++)
    {
      const LanyardMrzLine *line = &known->lines[i];
      LanyardPoint middle = middle_of (line);
      double across
          = (middle.y - region->y) * region->along_x - (middle.x - region->x) * region->along_y;

      if (region->thickness < 2 * line->height_px && !line->is_cut
          && is_on (line, (LanyardPoint){ region->x, region->y }))
        return TRUE;
      n_inside += fabs (across) < region->thickness * 0.5;
    }
  return n_inside >= 3;
}
