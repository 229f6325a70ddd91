/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A line on a terminal that tells how far something long has come. Nothing where standard error is
 * no terminal: a log has no use for it. */
typedef struct
{
  const char *what;  /* borrowed: "lines" */
  guint64 total;     /* of the measure; 0: not known */
  gint64 started_us; /* monotonic */
  gint64 shown_us;   /* monotonic; 0: not yet */
  gboolean terminal;
} LanyardHubProgress;

void lanyard_hub_progress_start (LanyardHubProgress *progress, const char *what, guint64 total);
/* @done: of the measure; @n: of what is counted. Draws ten times a second at most. */
void lanyard_hub_progress_tell (LanyardHubProgress *progress, guint64 done, guint64 n);
/* Clears the line, so that something else can be written; the next tell draws it again. */
void lanyard_hub_progress_clear (LanyardHubProgress *progress);

/* "[#####-----]  50 %  1,200 lines, 600/s, 0:02 left" (transfer full) */
char *lanyard_hub_progress_format (const LanyardHubProgress *progress,
                                   guint64 done,
                                   guint64 n,
                                   gint64 age_us,
                                   guint columns);

G_END_DECLS
