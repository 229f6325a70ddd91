/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LanyardClock:
 * @wall_us: µs since 1970-01-01 UTC; may jump
 * @monotonic_us: µs since some start; never goes back
 * @data: passed to both
 *
 * Where time comes from. Nothing below the screens asks the system directly, so tests and the
 * simulator can turn the clock. Time orders what people see; it decides nothing.
 */
typedef struct
{
  gint64 (*wall_us) (gpointer data);
  gint64 (*monotonic_us) (gpointer data);
  gpointer data;
} LanyardClock;

/**
 * lanyard_clock_system:
 *
 * Returns: (transfer none): the clock of this machine
 */
const LanyardClock *lanyard_clock_system (void);

gint64 lanyard_clock_wall_us (const LanyardClock *clock);
gint64 lanyard_clock_monotonic_us (const LanyardClock *clock);

/**
 * lanyard_clock_format_us:
 * @wall_us: µs since 1970-01-01 UTC
 *
 * Returns: (transfer full): RFC 3339 in UTC with seconds, such as "2031-07-18T09:30:00Z"
 */
char *lanyard_clock_format_us (gint64 wall_us);

/**
 * lanyard_hlc_next:
 * @last: the last stamp that this desk gave or merged; 0 for none
 * @wall_us: wall clock, µs since 1970-01-01 UTC
 *
 * Hybrid logical clock (Kulkarni et al. 2014): 48 bits of milliseconds, 16 bits of counter.
 *
 * Returns: a stamp greater than @last and, where the clock allows, of the present millisecond
 */
guint64 lanyard_hlc_next (guint64 last, gint64 wall_us);

/**
 * lanyard_hlc_merge:
 * @last: the last stamp of this side; 0 for none
 * @remote: a stamp that came from elsewhere
 * @wall_us: wall clock, µs since 1970-01-01 UTC
 *
 * A remote stamp more than ten minutes ahead of @wall_us does not advance the clock.
 *
 * Returns: the stamp to keep as last
 */
guint64 lanyard_hlc_merge (guint64 last, guint64 remote, gint64 wall_us);

/**
 * lanyard_hlc_get_ms:
 * @hlc: a stamp
 *
 * Returns: its physical part, ms since 1970-01-01 UTC
 */
guint64 lanyard_hlc_get_ms (guint64 hlc);

G_END_DECLS
