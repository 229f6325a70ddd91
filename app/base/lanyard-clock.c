/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-base"

#include "lanyard-clock.h"

#define HLC_COUNTER_BITS 16
#define HLC_MAX_AHEAD_MS (10 * 60 * 1000)

static gint64
system_wall_us (gpointer data)
{
  return g_get_real_time ();
}

static gint64
system_monotonic_us (gpointer data)
{
  return g_get_monotonic_time ();
}

static guint64
physical (gint64 wall_us)
{
  return ((guint64)MAX (wall_us, 0) / 1000) << HLC_COUNTER_BITS;
}

const LanyardClock *
lanyard_clock_system (void)
{
  static const LanyardClock clock = { system_wall_us, system_monotonic_us, NULL };

  return &clock;
}

gint64
lanyard_clock_wall_us (const LanyardClock *clock)
{
  g_return_val_if_fail (clock != NULL, 0);

  return clock->wall_us (clock->data);
}

gint64
lanyard_clock_monotonic_us (const LanyardClock *clock)
{
  g_return_val_if_fail (clock != NULL, 0);

  return clock->monotonic_us (clock->data);
}

char *
lanyard_clock_format_us (gint64 wall_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (wall_us / G_USEC_PER_SEC);

  if (time == NULL)
    return g_strdup ("(no such time)");
  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
}

guint64
lanyard_hlc_next (guint64 last, gint64 wall_us)
{
  return MAX (last + 1, physical (wall_us));
}

guint64
lanyard_hlc_merge (guint64 last, guint64 remote, gint64 wall_us)
{
  guint64 limit = physical (wall_us + (gint64)HLC_MAX_AHEAD_MS * 1000);

  return remote > limit ? last : MAX (last, remote);
}

guint64
lanyard_hlc_get_ms (guint64 hlc)
{
  return hlc >> HLC_COUNTER_BITS;
}
