/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * How much may be spent on a picture, counted in work steps so that what is read is the same on
 * every machine and under any load. One step is about a microsecond of the machine on which the
 * prices were set; each function that spends says what it counts (pixels, candidates, modules) and
 * takes its price from a constant beside it.
 */
typedef struct
{
  guint64 spent; /* steps */
  guint64 limit; /* steps; what is begun is ended, so spent may go a little above */
} LanyardWork;

#define LANYARD_WORK_UNLIMITED G_MAXUINT64

static inline void
lanyard_work_spend (LanyardWork *work, guint64 n_steps)
{
  work->spent += n_steps;
}

static inline gboolean
lanyard_work_is_spent (const LanyardWork *work)
{
  return work->spent >= work->limit;
}

G_END_DECLS
