/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-mono-filter.h"

#include <string.h>

/* One row or column, with what is next to its ends repeated beyond them. */
typedef struct
{
  guint n;
  guint radius;
  guint8 *line;   /* owned: n + 2 × radius */
  guint8 *ahead;  /* owned: the same: best from here to the end of its block */
  guint8 *so_far; /* owned: the same: best from the beginning of its block to here */
} Line;

static void
line_init (Line *line, guint n, guint radius)
{
  gsize all = (gsize)n + 2 * (gsize)radius;

  line->n = n;
  line->radius = radius;
  line->line = g_malloc (all);
  line->ahead = g_malloc (all);
  line->so_far = g_malloc (all);
}

static void
line_clear (Line *line)
{
  g_free (line->line);
  g_free (line->ahead);
  g_free (line->so_far);
}

/* Lightest of each window. Two passes over blocks as long as the window: every window is the end of
 * one block and the beginning of the next (van Herk 1992, Gil and Werman 1993). */
static void
line_run (Line *line, guint8 *to, gsize step)
{
  guint window = 2 * line->radius + 1, all = line->n + 2 * line->radius;

  memset (line->line, line->line[line->radius], line->radius);
  memset (line->line + line->radius + line->n, line->line[line->radius + line->n - 1],
          line->radius);
  for (guint i = 0; i < all; i++)
    line->so_far[i] = i % window == 0 ? line->line[i] : MAX (line->so_far[i - 1], line->line[i]);
  for (guint i = all; i-- > 0;)
    line->ahead[i] = i == all - 1 || (i + 1) % window == 0
                         ? line->line[i]
                         : MAX (line->ahead[i + 1], line->line[i]);
  for (guint i = 0; i < line->n; i++)
    to[i * step] = MAX (line->ahead[i], line->so_far[i + window - 1]);
}

static void
filter_lines (guint8 *shades, guint n, gsize step, guint n_lines, gsize line_step, guint radius)
{
  Line line;

  line_init (&line, n, radius);
  for (guint k = 0; k < n_lines; k++)
    {
      guint8 *at = shades + k * line_step;

      for (guint i = 0; i < n; i++)
        line.line[radius + i] = at[i * step];
      line_run (&line, at, step);
    }
  line_clear (&line);
}

static void
invert (guint8 *shades, gsize n)
{
  for (gsize i = 0; i < n; i++)
    shades[i] = 255 - shades[i];
}

void
lanyard_mono_filter (guint8 *shades, guint width, guint height, guint radius, gboolean lightest)
{
  gsize n = (gsize)width * height;

  g_return_if_fail (shades != NULL && width > 0 && height > 0);

  if (!lightest)
    invert (shades, n);
  filter_lines (shades, width, 1, height, width, radius);
  filter_lines (shades, height, width, width, 1, radius);
  if (!lightest)
    invert (shades, n);
}
