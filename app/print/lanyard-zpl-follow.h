/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-printer.h"
#include "lanyard-zpl-limits.h"
#include "lanyard-zpl-status.h"

G_BEGIN_DECLS

/*
 * A badge that is somewhere in a label printer. Such a printer knows no jobs and no names: all that
 * can be said of a badge follows from what was sent, over which line, and what is left to print.
 *
 * 1. COMPLETED only when nothing is left to print, over the line that the badge went over, after
 * the printer was seen at work or had time to begin.
 * 2. When the line broke, the printer may have been switched off and have forgotten the badge: if
 *    nothing is left to print then, the badge is LOST, not COMPLETED.
 *
 * Pure.
 */
typedef struct _LanyardZplFollow LanyardZplFollow;

/**
 * lanyard_zpl_follow_new:
 * @serial: badge serial
 * @line: number of the line that it went over
 * @taken: whether the printer has all of it; otherwise that is what is being found out
 * @now_us: monotonic
 */
LanyardZplFollow *
lanyard_zpl_follow_new (const char *serial, guint line, gboolean taken, gint64 now_us);
void lanyard_zpl_follow_free (LanyardZplFollow *follow);

/**
 * lanyard_zpl_follow_look:
 * @status: (nullable): what the printer says now; %NULL when it does not answer
 * @line: number of the line that it said that over
 * @limits: all of them set
 * @now_us: monotonic
 * @ended: (out): whether there is nothing more to follow
 *
 * Returns: (transfer full) (nullable): what is new, when anything is
 */
LanyardPrintReport *lanyard_zpl_follow_look (LanyardZplFollow *follow,
                                             const LanyardZplStatus *status,
                                             guint line,
                                             const LanyardZplLimits *limits,
                                             gint64 now_us,
                                             gboolean *ended);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardZplFollow, lanyard_zpl_follow_free)

G_END_DECLS
