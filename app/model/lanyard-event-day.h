/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The days of an event, in its own time zone: a match that ends after midnight still belongs to the
 * day on which it began, so a day may end some hours into the next.
 */

/* @zone: the event's. @ends_hour: 0 to 11: hour of the next morning at which a day ends.
 * Returns: the day of @now_s (s since 1970-01-01 UTC) as year × 10000 + month × 100 + day */
gint lanyard_event_day (GTimeZone *zone, guint ends_hour, gint64 now_s);

/* Returns: when the day of @now_s ends, s since 1970-01-01 UTC, exclusive; always after @now_s */
gint64 lanyard_event_day_get_end_s (GTimeZone *zone, guint ends_hour, gint64 now_s);

/* Returns: (transfer full) (nullable): the zone of an IANA name or an offset such as "+02:00"; NULL
 * when this machine does not know it */
GTimeZone *lanyard_event_zone_new (const char *name);

G_END_DECLS
