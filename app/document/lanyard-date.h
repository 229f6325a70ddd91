/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A date of which parts may not be known. 0 stands for a part that is not. A plain value. */
typedef struct
{
  guint16 year; /* 1 to 9999 */
  guint8 month; /* 1 to 12 */
  guint8 day;   /* 1 to 31 */
} LanyardDate;

/* Which way a two-digit year is completed. */
typedef enum
{
  LANYARD_CENTURY_PAST,   /* the latest that is not after today: dates of birth */
  LANYARD_CENTURY_NEAREST /* the nearest to today: dates of expiry */
} LanyardCentury;

/* @today: complete. @year: 0 to 99; negative: not known; @month, @day: 0 or less: not known */
LanyardDate lanyard_date_complete (int year,
                                   int month,
                                   int day,
                                   LanyardCentury century,
                                   const LanyardDate *today);

/* @text: (nullable): "YYYY-MM-DD", as in LanyardEntry. Returns: no part known for anything else */
LanyardDate lanyard_date_parse (const char *text);

/* The day of @time_s (s since 1970-01-01), UTC. */
LanyardDate lanyard_date_from_s (gint64 time_s);

/* Whether all three parts are known and there is such a day. */
gboolean lanyard_date_is_complete (const LanyardDate *date);

/* Whether no part that both know differs. */
gboolean lanyard_date_agrees (const LanyardDate *a, const LanyardDate *b);

/* Whether @date is surely before @day: parts that are not known are as late as they can be. */
gboolean lanyard_date_is_before (const LanyardDate *date, const LanyardDate *day);

/* Returns: (transfer full): "1986-06-06", with X for digits that are not known */
char *lanyard_date_to_string (const LanyardDate *date);

G_END_DECLS
