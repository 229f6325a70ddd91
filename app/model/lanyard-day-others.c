/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A relay tells what other desks of the venue did: record after record of each desk, but now and
 * then from the beginning again, or later than it was. So a record says something only when it is
 * newer than what its row was made of.
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-day-others.h"

#include "lanyard-day-private.h"
#include "lanyard-fault.h"
#include "lanyard-journal-states.h"

struct _LanyardDayOthers
{
  GPtrArray *rows;     /* owned (element-type LanyardDayRow) */
  GPtrArray *merged;   /* owned (element-type LanyardDayRow): borrowed rows */
  GHashTable *pickups; /* owned (element-type LanyardId LanyardDayRow) */
  GHashTable *alone;   /* owned (element-type utf8 LanyardDayRow): "DEVICE-EPOCH-SEQ", those of no
                          pickup */
  GHashTable *desks;   /* owned (element-type guint32) */
  gint64 since_us;
  gint64 heard_us;
};

static void
free_row (gpointer row)
{
  lanyard_day_row_free (row);
}

/* Where the first row stands that began later than @began_us. */
static guint
find_place (GPtrArray *merged, gint64 began_us)
{
  guint low = 0, high = merged->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (((const LanyardDayRow *)g_ptr_array_index (merged, middle))->began_us <= began_us)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static char *
dup_key (const LanyardRecord *record)
{
  return g_strdup_printf ("%u-%u-%" G_GUINT64_FORMAT, record->device, record->epoch, record->seq);
}

static LanyardDayRow *
find_row (LanyardDayOthers *others, const LanyardRecord *record)
{
  g_autofree char *key = NULL;

  if (!lanyard_id_is_zero (&record->pickup))
    return g_hash_table_lookup (others->pickups, &record->pickup);
  key = dup_key (record);
  return g_hash_table_lookup (others->alone, key);
}

static LanyardDayRow *
add_row (LanyardDayOthers *others, const LanyardRecord *record)
{
  LanyardDayRow *row;

  if (others->rows->len >= LANYARD_DAY_MAX_OTHERS || record->wall_us < others->since_us)
    return NULL;
  row = g_new0 (LanyardDayRow, 1);
  row->device = record->device;
  lanyard_day_row_begin (row, record);
  g_ptr_array_add (others->rows, row);
  lanyard_day_others_merge (others, row);
  if (lanyard_id_is_zero (&record->pickup))
    g_hash_table_insert (others->alone, dup_key (record), row);
  else
    g_hash_table_insert (others->pickups, &row->pickup, row);
  return row;
}

static gboolean
is_newer (const LanyardDayRow *row, const LanyardRecord *record)
{
  return row->device == record->device
         && (record->seq > (guint64)row->position || lanyard_fault ("venue-goes-back"));
}

LanyardDayOthers *
lanyard_day_others_new (gint64 since_us)
{
  LanyardDayOthers *others = g_new0 (LanyardDayOthers, 1);

  others->since_us = since_us;
  others->rows = g_ptr_array_new_with_free_func (free_row);
  others->merged = g_ptr_array_new ();
  others->pickups = lanyard_id_table_new (NULL, NULL);
  others->alone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  others->desks = g_hash_table_new (NULL, NULL);
  return others;
}

void
lanyard_day_others_free (LanyardDayOthers *others)
{
  if (others == NULL)
    return;
  g_hash_table_unref (others->desks);
  g_hash_table_unref (others->alone);
  g_hash_table_unref (others->pickups);
  g_ptr_array_unref (others->merged);
  g_ptr_array_unref (others->rows);
  g_free (others);
}

gboolean
lanyard_day_others_take (LanyardDayOthers *others, const LanyardRecord *record)
{
  LanyardPickupState state = LANYARD_PICKUP_IDLE;
  LanyardDayRow *row;

  if (record->wall_us >= others->since_us)
    {
      g_hash_table_add (others->desks, GUINT_TO_POINTER (record->device));
      others->heard_us = MAX (others->heard_us, record->wall_us);
    }
  if (!lanyard_journal_state_of_kind (record->kind, &state)
      && record->kind != LANYARD_RECORD_RESOLVED)
    return FALSE;
  row = find_row (others, record);
  if (row == NULL)
    row = add_row (others, record);
  if (row == NULL || !is_newer (row, record))
    return FALSE;
  lanyard_day_row_take (row, record, state, (gint64)record->seq);
  return TRUE;
}

void
lanyard_day_others_merge (LanyardDayOthers *others, LanyardDayRow *row)
{
  g_ptr_array_insert (others->merged, (int)find_place (others->merged, row->began_us), row);
}

GPtrArray *
lanyard_day_others_get_merged (LanyardDayOthers *others)
{
  return others->merged;
}

GPtrArray *
lanyard_day_others_get_rows (LanyardDayOthers *others)
{
  return others->rows;
}

void
lanyard_day_others_count (LanyardDayOthers *others, LanyardDayVenue *venue)
{
  *venue = (LanyardDayVenue){ .desks = g_hash_table_size (others->desks),
                              .heard_us = others->heard_us,
                              .all = others->rows->len };
  for (guint i = 0; i < others->rows->len; i++)
    {
      const LanyardDayRow *row = g_ptr_array_index (others->rows, i);

      venue->collected += lanyard_pickup_state_is_out (row->state);
      venue->unprinted += lanyard_day_is_unprinted (row->state);
      venue->voided += row->state == LANYARD_PICKUP_VOID;
    }
}
