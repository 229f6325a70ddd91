/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-mapping-private.h"

/* Strict: each part has its digits, nothing is left over, and the day is one of the calendar. */

typedef struct
{
  int year, month, day, hour, minute, second;
} Moment;

static const char *
read_digits (const char *text, guint n_min, guint n_max, int *number)
{
  guint n = 0;

  *number = 0;
  while (n < n_max && g_ascii_isdigit (text[n]))
    *number = *number * 10 + (text[n++] - '0');
  return n < n_min ? NULL : text + n;
}

static const char *
read_part (const char *text, char what, Moment *moment)
{
  switch (what)
    {
    case 'Y':
      return read_digits (text, 4, 4, &moment->year);
    case 'm':
      return read_digits (text, 1, 2, &moment->month);
    case 'd':
      return read_digits (text, 1, 2, &moment->day);
    case 'H':
      return read_digits (text, 1, 2, &moment->hour);
    case 'M':
      return read_digits (text, 2, 2, &moment->minute);
    case 'S':
      return read_digits (text, 2, 2, &moment->second);
    default:
      return NULL;
    }
}

static gboolean
read_moment (const char *text, const char *form, Moment *moment)
{
  for (; *form != '\0' && text != NULL; form++)
    {
      if (*form == '%')
        text = read_part (text, *++form, moment);
      else
        text = *text == *form ? text + 1 : NULL;
    }
  return text != NULL && *text == '\0'
         && g_date_valid_dmy ((GDateDay)moment->day, (GDateMonth)moment->month,
                              (GDateYear)moment->year);
}

char *
_lanyard_hub_date_read (const char *text,
                        const char *form,
                        GTimeZone *zone,
                        int add_days,
                        gboolean with_time)
{
  Moment moment = { 0 };
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) moved = NULL;
  g_autoptr (GDateTime) utc = NULL;

  if (!read_moment (text, form, &moment))
    return NULL;
  local = g_date_time_new (zone, moment.year, moment.month, moment.day, moment.hour, moment.minute,
                           moment.second);
  moved = local == NULL ? NULL : g_date_time_add_days (local, add_days);
  if (moved == NULL)
    return NULL;
  if (!with_time)
    return g_date_time_format (moved, "%Y-%m-%d");
  utc = g_date_time_to_utc (moved);
  return g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");
}
