/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A day in numbers: by hour, by kind, by category. */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-day-private.h"

#define HOUR_US (60 * 60 * G_GINT64_CONSTANT (1000000))

/* What was before the day or long after it is of its first or last hour. */
static guint
find_hour (LanyardDay *day, gint64 at_us)
{
  gint64 hour = (at_us - lanyard_day_get_since_us (day)) / HOUR_US;

  return (guint)CLAMP (hour, 0, LANYARD_DAY_MAX_HOURS - 1);
}

/* Strings are interned: equal ones are the same. */
static LanyardDayCount *
find_category (LanyardDayTally *tally, const char *code)
{
  for (guint i = 0; i < tally->n_categories; i++)
    if (tally->categories[i].code == code)
      return &tally->categories[i].count;
  if (tally->n_categories >= LANYARD_DAY_MAX_CATEGORIES && code != NULL)
    return find_category (tally, NULL);
  tally->categories[tally->n_categories].code = code;
  return &tally->categories[tally->n_categories++].count;
}

static int
compare_categories (const void *a, const void *b)
{
  const LanyardDayCategory *left = a, *right = b;

  if ((left->code == NULL) != (right->code == NULL))
    return left->code == NULL ? 1 : -1;
  if (left->count.begun != right->count.begun)
    return left->count.begun < right->count.begun ? 1 : -1;
  return g_strcmp0 (left->code, right->code);
}

static void
add_row (LanyardDay *day, const LanyardDayRow *row, gint64 now_us, LanyardDayTally *tally)
{
  guint collected = lanyard_pickup_state_is_out (row->state) ? 1 : 0;
  LanyardDayCount *category = find_category (tally, row->category);
  guint hour = find_hour (day, row->began_us);

  tally->hours[hour].begun++;
  tally->n_hours = MAX (tally->n_hours, hour + 1);
  tally->kinds[row->kind].begun++;
  category->begun++;
  if (collected == 0)
    return;
  hour = find_hour (day, row->changed_us);
  tally->hours[hour].collected++;
  tally->n_hours = MAX (tally->n_hours, hour + 1);
  tally->kinds[row->kind].collected++;
  category->collected++;
  if (row->changed_us > now_us - HOUR_US && row->changed_us <= now_us)
    tally->last_hour++;
}

void
lanyard_day_tally (LanyardDay *day, gint64 now_us, LanyardDayTally *tally)
{
  GPtrArray *rows;

  g_return_if_fail (day != NULL && tally != NULL);

  *tally = (LanyardDayTally){ .n_hours = 0 };
  rows = lanyard_day_get_rows (day);
  for (guint i = 0; i < rows->len; i++)
    add_row (day, g_ptr_array_index (rows, i), now_us, tally);
  qsort (tally->categories, tally->n_categories, sizeof *tally->categories, compare_categories);
}
