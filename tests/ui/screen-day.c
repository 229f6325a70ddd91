/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A day at a desk: every kind of transaction, again and again. */

#define G_LOG_DOMAIN "test-ui"

#include <string.h>

#include "screen-fixtures.h"

#define START_US G_GINT64_CONSTANT (1795000000000000)
#define BETWEEN_US (30 * G_TIME_SPAN_SECOND)
/* The newest that the hub does not have yet. */
#define N_WAITING 3

typedef struct
{
  LanyardDayKind kind;
  LanyardPickupState state;
  LanyardVoidReason void_reason;
  const char *name;  /* (nullable) */
  const char *staff; /* (nullable) */
  gboolean disputed;
} Sample;

static const Sample SAMPLES[] = {
  { LANYARD_DAY_BADGE, LANYARD_PICKUP_ISSUED, 0, CANARY, NULL, FALSE },
  { LANYARD_DAY_BADGE, LANYARD_PICKUP_REPORTED, 0, CANARY, NULL, FALSE },
  { LANYARD_DAY_VISIT, LANYARD_PICKUP_REFERRED, 0, CANARY, NULL, FALSE },
  { LANYARD_DAY_REISSUE, LANYARD_PICKUP_ISSUED, 0, CANARY, "S-12", FALSE },
  { LANYARD_DAY_BADGE, LANYARD_PICKUP_VOID, LANYARD_VOID_LOST, CANARY, "S-12", FALSE },
  { LANYARD_DAY_PASS, LANYARD_PICKUP_HANDED, 0, NULL, "S-7", FALSE },
  { LANYARD_DAY_BADGE, LANYARD_PICKUP_ATTENTION, 0, CANARY, NULL, FALSE },
  { LANYARD_DAY_BADGE, LANYARD_PICKUP_ISSUED, 0,
    "MARIA DE LOS ANGELES HERNANDEZ-SOTOMAYOR Y VILLANUEVA " CANARY, "S-12", TRUE },
  { LANYARD_DAY_CARD, LANYARD_PICKUP_VALIDATED, 0, CANARY, "S-7", FALSE },
  { LANYARD_DAY_VISIT, LANYARD_PICKUP_REFUSED, 0, NULL, NULL, FALSE },
  { LANYARD_DAY_BADGE, LANYARD_PICKUP_PRINTING, 0, CANARY, NULL, FALSE },
  { LANYARD_DAY_VOID_OTHER, LANYARD_PICKUP_VOID, LANYARD_VOID_STOLEN, CANARY, "S-12", FALSE },
  { LANYARD_DAY_DECISION, LANYARD_PICKUP_IDLE, 0, CANARY, "S-12", FALSE },
};

static const Sample *
get_sample (guint number, guint n_rows)
{
  return &SAMPLES[(n_rows - 1 - number) % G_N_ELEMENTS (SAMPLES)];
}

static gboolean
is_found (const LanyardDayAsk *ask, guint number, guint n_rows)
{
  const Sample *sample = get_sample (number, n_rows);

  if (ask->text != NULL)
    return strstr (CANARY, ask->text) != NULL;
  switch (ask->filter)
    {
    case LANYARD_DAY_WAITING:
      return number + N_WAITING >= n_rows;
    case LANYARD_DAY_UNPRINTED:
      return lanyard_day_is_unprinted (sample->state);
    case LANYARD_DAY_CONFLICTS:
      return sample->disputed;
    case LANYARD_DAY_VOID:
      return sample->state == LANYARD_PICKUP_VOID;
    case LANYARD_DAY_ALL:
    default:
      return TRUE;
    }
}

static LanyardDayLine *
make_line (guint number, guint n_rows, gboolean venue)
{
  const Sample *sample = get_sample (number, n_rows);
  LanyardDayRow *row = g_new0 (LanyardDayRow, 1);
  LanyardDayLine *line;

  row->kind = sample->kind;
  row->state = sample->state;
  row->void_reason = sample->void_reason;
  row->began_us = row->changed_us = START_US + number * BETWEEN_US;
  row->number = g_strdup_printf ("33%06uK", number + 1);
  row->staff = g_strdup (sample->staff);
  row->device = venue && number % 3 == 1 ? 472 : 0;
  line = lanyard_day_line_new (row, sample->name);
  line->waits = number + N_WAITING >= n_rows;
  line->disputed = sample->disputed;
  return line;
}

static void
fill_tally (LanyardDayTally *tally, guint n_rows)
{
  static const guint shares[] = { 2, 9, 14, 20, 17, 6 };
  static const char *const codes[] = { "PLAYER", "CREW", NULL };

  if (n_rows == 0)
    return;
  tally->n_hours = 3 + G_N_ELEMENTS (shares);
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    tally->hours[3 + i] = (LanyardDayCount){ .begun = shares[i] * 4, .collected = shares[i] * 3 };
  tally->n_categories = G_N_ELEMENTS (codes);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    tally->categories[i]
        = (LanyardDayCategory){ codes[i], { .begun = 90 - 30 * i, .collected = 70 - 30 * i } };
  tally->last_hour = 41;
}

LanyardDayPart *
test_day_part_new (const LanyardDayAsk *ask, guint n_rows)
{
  LanyardDayPart *part = lanyard_day_part_new ();

  part->offset = ask->offset;
  part->complete = TRUE;
  part->all = n_rows;
  part->median_s = n_rows > 0 ? 42 : 0;
  part->waiting = MIN (n_rows, N_WAITING);
  part->hour_plan = 60;
  if (n_rows > 0)
    part->others = (LanyardDayVenue){ .desks = 1, .heard_us = START_US, .all = n_rows / 3 };
  part->wait = (LanyardWaitEstimate){ .people = n_rows > 0 ? 3 : 0, .minutes = n_rows > 0 ? 6 : 0 };
  part->began_us = START_US - 3 * G_TIME_SPAN_HOUR;
  fill_tally (&part->tally, n_rows);
  for (guint i = 0; i < n_rows; i++)
    {
      guint number = ask->oldest_first ? i : n_rows - 1 - i;
      const Sample *sample = get_sample (number, n_rows);

      part->collected += lanyard_pickup_state_is_out (sample->state);
      part->unprinted += lanyard_day_is_unprinted (sample->state);
      part->voided += sample->state == LANYARD_PICKUP_VOID;
      part->disputed += sample->disputed;
      if (!is_found (ask, number, n_rows))
        continue;
      if (part->total >= ask->offset && part->total < ask->offset + ask->max)
        g_ptr_array_add (part->lines, make_line (number, n_rows, ask->venue));
      part->total++;
    }
  return part;
}
