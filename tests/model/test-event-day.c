/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a day pass opens a door on the day after, or stops to in the middle of a match. */

#include "lanyard-event-day.h"

#define HOUR_S (60 * 60)

static gint64
at (const char *iso)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time);
}

static void
assert_day (const char *zone_name, guint ends_hour, const char *now, gint day, const char *end)
{
  g_autoptr (GTimeZone) zone = lanyard_event_zone_new (zone_name);

  g_assert_nonnull (zone);
  g_assert_cmpint (lanyard_event_day (zone, ends_hour, at (now)), ==, day);
  g_assert_cmpint (lanyard_event_day_get_end_s (zone, ends_hour, at (now)), ==, at (end));
}

static void
test_days (void)
{
  assert_day ("+02:00", 0, "2031-07-18T21:59:59Z", 20310718, "2031-07-18T22:00:00Z");
  assert_day ("+02:00", 0, "2031-07-18T22:00:00Z", 20310719, "2031-07-19T22:00:00Z");
  assert_day ("-05:00", 0, "2031-07-19T03:00:00Z", 20310718, "2031-07-19T05:00:00Z");
  assert_day ("UTC", 0, "2031-12-31T12:00:00Z", 20311231, "2032-01-01T00:00:00Z");
  /* After midnight it is still the day before, until three. */
  assert_day ("+02:00", 3, "2031-07-18T23:30:00Z", 20310718, "2031-07-19T01:00:00Z");
  assert_day ("+02:00", 3, "2031-07-19T01:00:00Z", 20310719, "2031-07-20T01:00:00Z");
}

/* The days on which the clocks change have 23 and 25 hours. */
static void
test_clock_changes (void)
{
  g_autoptr (GTimeZone) zone = lanyard_event_zone_new ("Europe/Lisbon");

  if (zone == NULL)
    {
      g_test_skip ("this machine has no time zones");
      return;
    }
  assert_day ("Europe/Lisbon", 0, "2025-03-30T10:00:00Z", 20250330, "2025-03-30T23:00:00Z");
  assert_day ("Europe/Lisbon", 0, "2025-10-26T10:00:00Z", 20251026, "2025-10-27T00:00:00Z");
  assert_day ("Europe/Lisbon", 3, "2025-10-26T00:30:00Z", 20251025, "2025-10-26T03:00:00Z");
}

/* Whatever the moment, its day ends after it, and the next one begins there. */
static void
test_every_hour (void)
{
  g_autoptr (GTimeZone) zone = lanyard_event_zone_new ("Europe/Lisbon");
  gint64 start_s = at ("2025-03-28T00:00:00Z");

  for (guint ends = 0; zone != NULL && ends < 12; ends += 3)
    for (guint i = 0; i < 300 * 24; i += 5)
      {
        gint64 now_s = start_s + (gint64)i * HOUR_S;
        gint64 end_s = lanyard_event_day_get_end_s (zone, ends, now_s);

        g_assert_cmpint (end_s, >, now_s);
        g_assert_cmpint (end_s - now_s, <=, 25 * HOUR_S);
        g_assert_cmpint (lanyard_event_day (zone, ends, end_s - 1), ==,
                         lanyard_event_day (zone, ends, now_s));
        g_assert_cmpint (lanyard_event_day (zone, ends, end_s), >,
                         lanyard_event_day (zone, ends, now_s));
      }
  g_assert_null (lanyard_event_zone_new ("Nowhere/At-All"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/event-day/days", test_days);
  g_test_add_func ("/model/event-day/clock-changes", test_clock_changes);
  g_test_add_func ("/model/event-day/every-hour", test_every_hour);
  return g_test_run ();
}
