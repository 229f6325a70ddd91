/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-person-past.h"

#include "lanyard-secret.h"

static void
free_line (gpointer line)
{
  lanyard_past_line_free (line);
}

LanyardPersonPast *
lanyard_person_past_new (const char *number)
{
  LanyardPersonPast *past = g_new0 (LanyardPersonPast, 1);

  past->number = g_strdup (number);
  past->lines = g_ptr_array_new_with_free_func (free_line);
  past->complete = TRUE;
  return past;
}

void
lanyard_person_past_free (LanyardPersonPast *past)
{
  if (past == NULL)
    return;
  lanyard_secret_free (past->number);
  g_ptr_array_unref (past->lines);
  g_free (past);
}

LanyardWaitLine *
lanyard_wait_line_new (LanyardWait *wait, const char *name)
{
  LanyardWaitLine *line = g_new0 (LanyardWaitLine, 1);

  line->wait = wait;
  line->name = g_strdup (name);
  return line;
}

void
lanyard_wait_line_free (LanyardWaitLine *line)
{
  if (line == NULL)
    return;
  lanyard_wait_free (line->wait);
  lanyard_secret_free (line->name);
  g_free (line);
}
