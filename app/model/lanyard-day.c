/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-day-private.h"

#include <string.h>

#include "lanyard-day-others.h"
#include "lanyard-journal-states.h"
#include "lanyard-record-body.h"

/* Longer than anybody stands at a desk: what took longer counts as this. */
#define MAX_TAKEN_S 3600
#define ID_TIME_BYTES 6

/* What the day needs of one record's body. A value. */
typedef struct
{
  char *staff; /* (nullable) */
  LanyardVoidReason void_reason;
  gboolean replaces;
  gboolean is_pass;
} Body;

struct _LanyardDay
{
  /* owned */
  GPtrArray *rows;     /* (element-type LanyardDayRow): in the order in which they began */
  GHashTable *pickups; /* (element-type LanyardId LanyardDayRow): borrowed from rows */
  GHashTable *alerts;  /* (element-type utf8) */
  LanyardDayOthers *others;

  /* state */
  gint64 since_us;
  guint64 version;
  guint n_sorted;        /* rows of which the category was asked for */
  guint n_others_sorted; /* likewise, of other desks */
  guint n_collected;
  guint n_unprinted;
  guint n_void;
  gint64 position;              /* of the newest record that belongs to a row */
  guint n_taken;                /* badges of which it is known how long they took */
  guint taken[MAX_TAKEN_S + 1]; /* of them, by s */
};

static void
body_clear (Body *body)
{
  g_clear_pointer (&body->staff, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Body, body_clear)

static void
read_pair (LanyardCborReader *reader, gint64 key, gpointer user_data)
{
  Body *body = user_data;

  switch (key)
    {
    case LANYARD_BODY_STAFF:
      lanyard_record_body_read_text (reader, &body->staff);
      break;
    case LANYARD_BODY_VOID_REASON:
      body->void_reason = (LanyardVoidReason)lanyard_cbor_read_uint (reader, G_MAXINT32);
      break;
    case LANYARD_BODY_REPLACES:
      body->replaces = TRUE;
      lanyard_cbor_skip (reader, NULL);
      break;
    case LANYARD_BODY_POOL:
      body->is_pass = TRUE;
      lanyard_cbor_skip (reader, NULL);
      break;
    default:
      lanyard_cbor_skip (reader, NULL);
      break;
    }
}

/* A body that cannot be read says nothing more. */
static void
read_body (Body *body, const LanyardRecord *record)
{
  lanyard_record_body_read (record, read_pair, body, NULL);
}

static LanyardDayKind
find_kind (const LanyardRecord *record, const Body *body)
{
  switch (record->kind)
    {
    case LANYARD_RECORD_RESOLVED:
      return LANYARD_DAY_DECISION;
    case LANYARD_RECORD_PASS_HANDED:
    case LANYARD_RECORD_PASS_RETURNED:
      return LANYARD_DAY_PASS;
    case LANYARD_RECORD_VALIDATED:
      return LANYARD_DAY_CARD;
    case LANYARD_RECORD_VOIDED:
      return lanyard_id_is_zero (&record->pickup) ? LANYARD_DAY_VOID_OTHER : LANYARD_DAY_BADGE;
    case LANYARD_RECORD_REFUSED:
    case LANYARD_RECORD_REFERRED:
      return LANYARD_DAY_VISIT;
    default:
      if (body->is_pass)
        return LANYARD_DAY_PASS;
      return body->replaces ? LANYARD_DAY_REISSUE : LANYARD_DAY_BADGE;
    }
}

void
lanyard_day_row_begin (LanyardDayRow *row, const LanyardRecord *record)
{
  g_auto (Body) body = { 0 };

  read_body (&body, record);
  row->pickup = record->pickup;
  row->began_us = record->wall_us;
  row->kind = find_kind (record, &body);
}

static LanyardDayRow *
add_row (LanyardDay *day, const LanyardRecord *record)
{
  LanyardDayRow *row = g_new0 (LanyardDayRow, 1);

  lanyard_day_row_begin (row, record);
  g_ptr_array_add (day->rows, row);
  lanyard_day_others_merge (day->others, row);
  if (!lanyard_id_is_zero (&row->pickup))
    g_hash_table_insert (day->pickups, &row->pickup, row);
  return row;
}

/* The id of a pickup is made when its code is shown (RFC 9562 §5.7: ms since 1970, 48 bits). */
static gint64
get_shown_us (const LanyardId *pickup)
{
  guint64 ms = 0;

  for (guint i = 0; i < ID_TIME_BYTES; i++)
    ms = ms << 8 | pickup->bytes[i];
  return (gint64)ms * 1000;
}

static void
note_taken (LanyardDay *day, const LanyardRecord *record)
{
  gint64 taken_s = (record->wall_us - get_shown_us (&record->pickup)) / G_USEC_PER_SEC;

  /* The clock was set in between. */
  if (taken_s < 0)
    return;
  day->taken[MIN (taken_s, MAX_TAKEN_S)]++;
  day->n_taken++;
}

static void
count (LanyardDay *day, LanyardPickupState state, gint change)
{
  if (lanyard_pickup_state_is_out (state))
    day->n_collected += change;
  if (lanyard_day_is_unprinted (state))
    day->n_unprinted += change;
  if (state == LANYARD_PICKUP_VOID)
    day->n_void += change;
}

static void
take_text (char **field, const char *text)
{
  if (text == NULL || g_strcmp0 (*field, text) == 0)
    return;
  g_free (*field);
  *field = g_strdup (text);
}

void
lanyard_day_row_take (LanyardDayRow *row,
                      const LanyardRecord *record,
                      LanyardPickupState state,
                      gint64 position)
{
  g_auto (Body) body = { 0 };

  read_body (&body, record);
  row->state = state;
  row->position = position;
  row->changed_us = record->wall_us;
  if (state == LANYARD_PICKUP_VOID)
    row->void_reason = body.void_reason;
  take_text (&row->number, record->accreditation);
  take_text (&row->serial, record->serial);
  take_text (&row->staff, body.staff);
}

static void
take_step (LanyardDay *day, const LanyardRecord *record, LanyardPickupState state, gint64 position)
{
  LanyardDayRow *row = lanyard_id_is_zero (&record->pickup)
                           ? NULL
                           : g_hash_table_lookup (day->pickups, &record->pickup);

  if (row == NULL && record->wall_us < day->since_us)
    return;
  if (row == NULL)
    row = add_row (day, record);
  else
    count (day, row->state, -1);
  lanyard_day_row_take (row, record, state, position);
  day->position = position;
  count (day, state, 1);
  if (record->kind == LANYARD_RECORD_ISSUED && !lanyard_id_is_zero (&record->pickup))
    note_taken (day, record);
  day->version++;
}

static gboolean
contains (GHashTable *set, const char *number)
{
  return set != NULL && number != NULL && g_hash_table_contains (set, number);
}

static gboolean
passes (const LanyardDayRow *row, const LanyardDayQuery *query)
{
  switch (query->filter)
    {
    case LANYARD_DAY_WAITING:
      /* What the hub has of another desk is not known here. */
      return row->device == 0 && row->position > query->acknowledged;
    case LANYARD_DAY_UNPRINTED:
      return lanyard_day_is_unprinted (row->state);
    case LANYARD_DAY_CONFLICTS:
      return contains (query->disputed, row->number);
    case LANYARD_DAY_VOID:
      return row->state == LANYARD_PICKUP_VOID;
    case LANYARD_DAY_ALL:
    default:
      return TRUE;
    }
}

static gboolean
says (const LanyardDayRow *row, const LanyardDayQuery *query)
{
  return query->text == NULL || contains (query->numbers, row->number)
         || (row->number != NULL && strstr (row->number, query->text) != NULL)
         || (row->serial != NULL && strstr (row->serial, query->text) != NULL);
}

static LanyardDayRow *
get_row (GPtrArray *rows, const LanyardDayQuery *query, guint i)
{
  return g_ptr_array_index (rows, query->oldest_first ? i : rows->len - 1 - i);
}

static void
row_free (gpointer row)
{
  lanyard_day_row_free (row);
}

LanyardDay *
lanyard_day_new (gint64 since_us)
{
  LanyardDay *day = g_new0 (LanyardDay, 1);

  day->since_us = since_us;
  day->rows = g_ptr_array_new_with_free_func (row_free);
  day->pickups = lanyard_id_table_new (NULL, NULL);
  day->others = lanyard_day_others_new (since_us);
  day->alerts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return day;
}

void
lanyard_day_free (LanyardDay *day)
{
  if (day == NULL)
    return;
  lanyard_day_others_free (day->others);
  g_hash_table_unref (day->alerts);
  g_hash_table_unref (day->pickups);
  g_ptr_array_unref (day->rows);
  g_free (day);
}

void
lanyard_day_take (LanyardDay *day, const LanyardRecord *record, gint64 position)
{
  LanyardPickupState state = LANYARD_PICKUP_IDLE;

  g_return_if_fail (day != NULL && record != NULL);

  if (record->accreditation != NULL && record->kind == LANYARD_RECORD_ALERT)
    {
      g_hash_table_add (day->alerts, g_strdup (record->accreditation));
      day->version++;
    }
  if (record->accreditation != NULL && record->kind == LANYARD_RECORD_RESOLVED)
    g_hash_table_remove (day->alerts, record->accreditation);
  if (lanyard_journal_state_of_kind (record->kind, &state)
      || record->kind == LANYARD_RECORD_RESOLVED)
    take_step (day, record, state, position);
}

void
lanyard_day_take_other (LanyardDay *day, const LanyardRecord *record)
{
  g_return_if_fail (day != NULL && record != NULL);

  /* What this desk did before it got another number is in its own journal. */
  if (!lanyard_id_is_zero (&record->pickup)
      && g_hash_table_contains (day->pickups, &record->pickup))
    return;
  if (lanyard_day_others_take (day->others, record))
    day->version++;
}

void
lanyard_day_count_venue (LanyardDay *day, LanyardDayVenue *venue)
{
  g_return_if_fail (day != NULL && venue != NULL);

  lanyard_day_others_count (day->others, venue);
}

guint64
lanyard_day_get_version (LanyardDay *day)
{
  g_return_val_if_fail (day != NULL, 0);

  return day->version;
}

guint
lanyard_day_count_collected (LanyardDay *day)
{
  g_return_val_if_fail (day != NULL, 0);

  return day->n_collected;
}

guint
lanyard_day_count_unprinted (LanyardDay *day)
{
  g_return_val_if_fail (day != NULL, 0);

  return day->n_unprinted;
}

guint
lanyard_day_count_void (LanyardDay *day)
{
  g_return_val_if_fail (day != NULL, 0);

  return day->n_void;
}

guint
lanyard_day_count_waiting (LanyardDay *day, gint64 acknowledged)
{
  guint n = 0;

  g_return_val_if_fail (day != NULL, 0);

  for (guint i = 0; day->position > acknowledged && i < day->rows->len; i++)
    n += ((const LanyardDayRow *)g_ptr_array_index (day->rows, i))->position > acknowledged;
  return n;
}

guint
lanyard_day_count_all (LanyardDay *day)
{
  g_return_val_if_fail (day != NULL, 0);

  return day->rows->len;
}

guint
lanyard_day_get_median_s (LanyardDay *day)
{
  guint n = 0;

  g_return_val_if_fail (day != NULL, 0);

  for (guint s = 0; s <= MAX_TAKEN_S && day->n_taken > 0; s++)
    {
      n += day->taken[s];
      if (n * 2 >= day->n_taken)
        return MAX (s, 1);
    }
  return 0;
}

guint
lanyard_day_count_taken (LanyardDay *day)
{
  g_return_val_if_fail (day != NULL, 0);

  return day->n_taken;
}

guint
lanyard_day_count_under_way (LanyardDay *day, gint64 now_us)
{
  guint n = 0;

  g_return_val_if_fail (day != NULL, 0);

  for (guint i = day->rows->len; day->n_unprinted > 0 && i-- > 0;)
    {
      const LanyardDayRow *row = g_ptr_array_index (day->rows, i);

      if (row->began_us <= now_us - (gint64)MAX_TAKEN_S * G_USEC_PER_SEC)
        break;
      n += lanyard_day_is_unprinted (row->state);
    }
  return n;
}

GHashTable *
lanyard_day_get_alerts (LanyardDay *day)
{
  g_return_val_if_fail (day != NULL, NULL);

  return day->alerts;
}

/* Returns: how many more may be asked for */
static guint
sort_rows (GPtrArray *rows, guint *n_sorted, guint max, LanyardDaySortFunc func, gpointer user_data)
{
  for (; max > 0 && *n_sorted < rows->len; max--)
    {
      LanyardDayRow *row = g_ptr_array_index (rows, (*n_sorted)++);

      row->category = row->number != NULL ? func (row->number, user_data) : NULL;
    }
  return max;
}

gboolean
lanyard_day_sort (LanyardDay *day, guint max, LanyardDaySortFunc func, gpointer user_data)
{
  GPtrArray *others;

  g_return_val_if_fail (day != NULL && func != NULL, TRUE);

  others = lanyard_day_others_get_rows (day->others);
  max = sort_rows (day->rows, &day->n_sorted, max, func, user_data);
  sort_rows (others, &day->n_others_sorted, max, func, user_data);
  return day->n_sorted == day->rows->len && day->n_others_sorted == others->len;
}

GPtrArray *
lanyard_day_get_rows (LanyardDay *day)
{
  return day->rows;
}

gint64
lanyard_day_get_since_us (LanyardDay *day)
{
  return day->since_us;
}

guint
lanyard_day_find (LanyardDay *day,
                  const LanyardDayQuery *query,
                  GPtrArray *rows,
                  guint *n_looked_at)
{
  GPtrArray *listed;
  gboolean all;
  guint begin, end, n;

  g_return_val_if_fail (day != NULL && query != NULL && rows != NULL, 0);

  listed = query->venue ? lanyard_day_others_get_merged (day->others) : day->rows;
  all = query->filter == LANYARD_DAY_ALL && query->text == NULL;
  n = begin = all ? MIN (query->offset, listed->len) : 0;
  end = all ? begin + MIN (query->max, listed->len - begin) : listed->len;
  for (guint i = begin; i < end; i++)
    {
      LanyardDayRow *row = get_row (listed, query, i);

      if (!passes (row, query) || !says (row, query))
        continue;
      if (n >= query->offset && n - query->offset < query->max)
        g_ptr_array_add (rows, row);
      n++;
    }
  if (n_looked_at != NULL)
    *n_looked_at = end - begin;
  return all ? listed->len : n;
}

LanyardDayRow *
lanyard_day_row_copy (const LanyardDayRow *row)
{
  LanyardDayRow *copy;

  g_return_val_if_fail (row != NULL, NULL);

  copy = g_memdup2 (row, sizeof *row);
  copy->number = g_strdup (row->number);
  copy->serial = g_strdup (row->serial);
  copy->staff = g_strdup (row->staff);
  return copy;
}

void
lanyard_day_row_free (LanyardDayRow *row)
{
  if (row == NULL)
    return;
  g_free (row->number);
  g_free (row->serial);
  g_free (row->staff);
  g_free (row);
}

gboolean
lanyard_day_is_unprinted (LanyardPickupState state)
{
  return state == LANYARD_PICKUP_RESERVED || state == LANYARD_PICKUP_PRINTING
         || state == LANYARD_PICKUP_REPORTED || state == LANYARD_PICKUP_ATTENTION;
}
