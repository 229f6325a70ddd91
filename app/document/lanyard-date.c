/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-document"

#include "lanyard-date.h"

#include <string.h>

#define LAST_YEAR 9999
#define DAY_S (24 * 60 * 60)

/* Something to order days by; parts that are not known are as late as they can be. */
static guint
order (const LanyardDate *date)
{
  guint year = date->year != 0 ? date->year : LAST_YEAR;
  guint month = date->month != 0 ? date->month : 12;
  guint day = date->day != 0 ? date->day : 31;

  return (year * 16 + month) * 32 + day;
}

LanyardDate
lanyard_date_complete (int year,
                       int month,
                       int day,
                       LanyardCentury century,
                       const LanyardDate *today)
{
  LanyardDate date = { 0, (guint8)MAX (month, 0), (guint8)MAX (day, 0) };
  guint hundred;

  g_return_val_if_fail (today != NULL && lanyard_date_is_complete (today), date);

  if (year < 0)
    return date;
  hundred = today->year / 100u * 100u;
  date.year = (guint16)(hundred + (guint)year);
  if (century == LANYARD_CENTURY_NEAREST)
    {
      if (date.year > today->year + 50u)
        date.year = (guint16)(date.year - 100);
      else if (date.year + 50u <= today->year)
        date.year = (guint16)(date.year + 100);
      return date;
    }
  /* Somebody who was born today has a passport already; nobody of tomorrow has one. */
  if (date.year > today->year || (date.year == today->year && order (today) < order (&date)))
    date.year = (guint16)(date.year - 100);
  return date;
}

LanyardDate
lanyard_date_parse (const char *text)
{
  LanyardDate date = { 0 };
  guint parts[3] = { 0 };
  static const guint8 widths[] = { 4, 2, 2 };
  const char *at = text;

  if (text == NULL || strlen (text) != 10)
    return date;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (i > 0 && *at++ != '-')
        return date;
      for (guint n = 0; n < widths[i]; n++, at++)
        {
          if (!g_ascii_isdigit (*at))
            return date;
          parts[i] = parts[i] * 10 + (guint)(*at - '0');
        }
    }
  date = (LanyardDate){ (guint16)parts[0], (guint8)parts[1], (guint8)parts[2] };
  return lanyard_date_is_complete (&date) ? date : (LanyardDate){ 0 };
}

LanyardDate
lanyard_date_from_s (gint64 time_s)
{
  GDate day;
  /* 719,163 days from 1 January of the year 1 to 1970. */
  gint64 julian = time_s / DAY_S - (time_s % DAY_S < 0) + 719163;

  g_return_val_if_fail (julian >= 1 && julian <= G_MAXINT32 / 400, (LanyardDate){ 0 });

  g_date_clear (&day, 1);
  g_date_set_julian (&day, (guint32)julian);
  return (LanyardDate){ g_date_get_year (&day), (guint8)g_date_get_month (&day),
                        g_date_get_day (&day) };
}

gboolean
lanyard_date_is_complete (const LanyardDate *date)
{
  g_return_val_if_fail (date != NULL, FALSE);

  return date->year != 0 && date->month != 0 && date->day != 0
         && g_date_valid_dmy (date->day, (GDateMonth)date->month, date->year);
}

static gboolean
part_agrees (guint a, guint b)
{
  return a == 0 || b == 0 || a == b;
}

gboolean
lanyard_date_agrees (const LanyardDate *a, const LanyardDate *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return part_agrees (a->year, b->year) && part_agrees (a->month, b->month)
         && part_agrees (a->day, b->day);
}

gboolean
lanyard_date_is_before (const LanyardDate *date, const LanyardDate *day)
{
  g_return_val_if_fail (date != NULL && day != NULL, FALSE);

  return order (date) < order (day);
}

char *
lanyard_date_to_string (const LanyardDate *date)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (date != NULL, g_string_free (text, FALSE));

  if (date->year != 0)
    g_string_append_printf (text, "%04u", date->year);
  else
    g_string_append (text, "XXXX");
  for (guint i = 0; i < 2; i++)
    {
      guint part = i == 0 ? date->month : date->day;

      if (part != 0)
        g_string_append_printf (text, "-%02u", part);
      else
        g_string_append (text, "-XX");
    }
  return g_string_free (text, FALSE);
}
