/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-event-day.h"

/* Returns: (transfer full): noon-proof: any time of the day to which @now_s belongs, as its clock
 * would show it if days ended at midnight */
static GDateTime *
find_day (GTimeZone *zone, guint ends_hour, gint64 now_s)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_s);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  g_return_val_if_fail (local != NULL, NULL);

  /* By its clock, not by seconds: the night may have an hour more or less. */
  if ((guint)g_date_time_get_hour (local) >= ends_hour)
    return g_steal_pointer (&local);
  return g_date_time_add_days (local, -1);
}

gint
lanyard_event_day (GTimeZone *zone, guint ends_hour, gint64 now_s)
{
  g_autoptr (GDateTime) day = find_day (zone, ends_hour, now_s);

  g_return_val_if_fail (day != NULL, 0);

  return g_date_time_get_year (day) * 10000 + g_date_time_get_month (day) * 100
         + g_date_time_get_day_of_month (day);
}

gint64
lanyard_event_day_get_end_s (GTimeZone *zone, guint ends_hour, gint64 now_s)
{
  g_autoptr (GDateTime) day = find_day (zone, ends_hour, now_s);
  g_autoptr (GDateTime) next = NULL;
  g_autoptr (GDateTime) end = NULL;
  gint64 end_s;

  g_return_val_if_fail (day != NULL, now_s + 1);

  next = g_date_time_add_days (day, 1);
  end = g_date_time_new (zone, g_date_time_get_year (next), g_date_time_get_month (next),
                         g_date_time_get_day_of_month (next), (gint)ends_hour, 0, 0);
  g_return_val_if_fail (end != NULL, now_s + 1);
  end_s = g_date_time_to_unix (end);
  /* Where the clocks go back over that hour, it comes twice: the later one counts. */
  return end_s > now_s ? end_s : now_s + 60 * 60;
}

GTimeZone *
lanyard_event_zone_new (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  return g_time_zone_new_identifier (name);
}
