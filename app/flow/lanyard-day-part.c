/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-day-part.h"

#include <sodium.h>
#include <string.h>

static void
free_wiped (char *text)
{
  if (text != NULL)
    sodium_memzero (text, strlen (text));
  g_free (text);
}

static void
free_line (gpointer line)
{
  lanyard_day_line_free (line);
}

static void
clear_part (gpointer data)
{
  g_ptr_array_unref (((LanyardDayPart *)data)->lines);
}

LanyardDayAsk *
lanyard_day_ask_copy (const LanyardDayAsk *ask)
{
  LanyardDayAsk *copy;

  g_return_val_if_fail (ask != NULL, NULL);

  copy = g_memdup2 (ask, sizeof *ask);
  copy->text = g_strdup (ask->text);
  return copy;
}

void
lanyard_day_ask_free (LanyardDayAsk *ask)
{
  if (ask == NULL)
    return;
  free_wiped (ask->text);
  g_free (ask);
}

LanyardDayLine *
lanyard_day_line_new (LanyardDayRow *row, const char *name)
{
  LanyardDayLine *line = g_new0 (LanyardDayLine, 1);

  g_return_val_if_fail (row != NULL, line);

  line->row = row;
  line->name = g_strdup (name);
  return line;
}

void
lanyard_day_line_free (LanyardDayLine *line)
{
  if (line == NULL)
    return;
  free_wiped (line->name);
  lanyard_day_row_free (line->row);
  g_free (line);
}

LanyardDayPart *
lanyard_day_part_new (void)
{
  LanyardDayPart *part = g_atomic_rc_box_new0 (LanyardDayPart);

  part->lines = g_ptr_array_new_with_free_func (free_line);
  return part;
}

LanyardDayPart *
lanyard_day_part_ref (LanyardDayPart *part)
{
  return g_atomic_rc_box_acquire (part);
}

void
lanyard_day_part_unref (LanyardDayPart *part)
{
  g_atomic_rc_box_release_full (part, clear_part);
}
