/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-past.h"
#include "lanyard-waiting.h"

G_BEGIN_DECLS

/* Lines of one answer, at most. */
#define LANYARD_PERSON_PAST_MAX_LINES 60

/* What happened with one person, for staff. Carries personal data where staff wrote some: wiped
 * when it is freed. */
typedef struct
{
  char *number;      /* accreditation number */
  GPtrArray *lines;  /* (element-type LanyardPastLine): newest first; notes are opened */
  gboolean more;     /* there are older ones than these */
  gboolean complete; /* FALSE: the journal is still being read */
  gint64 now_us;     /* wall: when it was asked for, by the desk's clock */
} LanyardPersonPast;

LanyardPersonPast *lanyard_person_past_new (const char *number);
/* @past: (nullable) */
void lanyard_person_past_free (LanyardPersonPast *past);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardPersonPast, lanyard_person_past_free)

/* Somebody who waits, as staff see them. A value. */
typedef struct
{
  LanyardWait *wait;
  char *name; /* (nullable): from the directory: on the screen only */
} LanyardWaitLine;

/* Returns: (transfer full): @wait: (transfer full), @name: (nullable) */
LanyardWaitLine *lanyard_wait_line_new (LanyardWait *wait, const char *name);
/* Wipes the name. @line: (nullable) */
void lanyard_wait_line_free (LanyardWaitLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardWaitLine, lanyard_wait_line_free)

G_END_DECLS
