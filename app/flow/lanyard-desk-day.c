/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The day's transactions of this desk, for staff. The journal keeps the rows; names come from the
 * sealed directory, for the rows that are shown and for no others.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-desk-private.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-event-day.h"

#define DAY_S (24 * 60 * 60)
#define LONGER_DAY_S (26 * 60 * 60)
/* Read at a time, behind everything else: some ms. */
#define READ_RECORDS 200
/* People whose name is what was typed. */
#define MAX_NAMED 500
/* People of whom the hub raised an alert: a day has a few. */
#define MAX_ALERTS 500

/* What is under way to the desk. */
typedef struct
{
  GTask *task; /* (nullable): answered */
  LanyardDayAsk *ask;
} Request;

static gint64
get_now_s (LanyardDesk *desk)
{
  return lanyard_clock_wall_us (desk->clock) / G_USEC_PER_SEC;
}

/* The day began when the one before ended. On the day of a change of the clock the same hour of the
 * day before may be of the same day. */
static gint64
find_begin_s (LanyardDesk *desk, gint64 now_s)
{
  GTimeZone *zone = lanyard_pack_get_time_zone (desk->pack);
  guint ends_hour = lanyard_pack_get_day_ends_hour (desk->pack);
  gint64 begin_s = lanyard_event_day_get_end_s (zone, ends_hour, now_s - DAY_S);

  return begin_s <= now_s ? begin_s
                          : lanyard_event_day_get_end_s (zone, ends_hour, now_s - LONGER_DAY_S);
}

static LanyardEntry *
look_up (LanyardDesk *desk, const char *number)
{
  return number != NULL
             ? lanyard_directory_lookup (desk->directory, LANYARD_LOOKUP_NUMBER, number, NULL)
             : NULL;
}

/* Only codes of the pack: what a roster says beyond them is no category. */
static const char *
find_category (const char *number, gpointer user_data)
{
  LanyardDesk *desk = user_data;
  g_autoptr (LanyardEntry) entry = look_up (desk, number);

  if (entry == NULL || entry->category == NULL
      || lanyard_pack_find_code (desk->pack, LANYARD_CODES_CATEGORY, entry->category) == NULL)
    return NULL;
  return g_intern_string (entry->category);
}

/* First all records, then the category of each person. */
static gboolean
on_read (gpointer user_data)
{
  LanyardDesk *desk = user_data;
  g_autoptr (GError) error = NULL;
  gboolean complete = FALSE;

  if (lanyard_journal_read_day (desk->journal, READ_RECORDS, &complete, &error) && !complete)
    return G_SOURCE_CONTINUE;
  if (error == NULL
      && !lanyard_day_sort (lanyard_journal_get_day (desk->journal), READ_RECORDS, find_category,
                            desk))
    return G_SOURCE_CONTINUE;
  if (error != NULL)
    g_message ("The list of the day is not complete: %s", error->message);
  g_clear_pointer (&desk->day_reader, g_source_unref);
  lanyard_desk_update_status (desk);
  return G_SOURCE_REMOVE;
}

static void
start_reading (LanyardDesk *desk)
{
  if (desk->day_reader != NULL)
    return;
  desk->day_reader = g_idle_source_new ();
  g_source_set_priority (desk->day_reader, G_PRIORITY_LOW);
  g_source_set_callback (desk->day_reader, on_read, desk, NULL);
  g_source_attach (desk->day_reader, g_main_context_get_thread_default ());
}

void
lanyard_desk_check_day (LanyardDesk *desk)
{
  g_autoptr (GError) error = NULL;
  gint64 now_s = get_now_s (desk);

  if (now_s >= desk->day_begin_s && now_s < desk->day_end_s)
    return;
  desk->day_begin_s = find_begin_s (desk, now_s);
  desk->day_end_s
      = lanyard_event_day_get_end_s (lanyard_pack_get_time_zone (desk->pack),
                                     lanyard_pack_get_day_ends_hour (desk->pack), now_s);
  if (lanyard_journal_begin_day (desk->journal, desk->day_begin_s * G_USEC_PER_SEC, &error))
    start_reading (desk);
  else
    g_message ("The list of the day cannot be read: %s", error->message);
}

guint64
lanyard_desk_get_day_version (LanyardDesk *desk)
{
  LanyardDay *day = lanyard_journal_get_day (desk->journal);
  LanyardWaiting *waiting = lanyard_journal_get_waiting (desk->journal);

  /* Each term only grows within a day, and each is of its own scale. */
  return (guint64)desk->day_begin_s * 1000003
         + (day != NULL ? lanyard_day_get_version (day) * 2 : 0)
         + (waiting != NULL ? lanyard_waiting_get_version (waiting) * 16381 : 0)
         + (guint64)lanyard_journal_get_acknowledged_position (desk->journal) * 4099
         + lanyard_directory_get_cursor (desk->directory) * 8191 + (desk->day_reader == NULL);
}

guint64
lanyard_desk_get_waiting_version (LanyardDesk *desk)
{
  LanyardWaiting *waiting = lanyard_journal_get_waiting (desk->journal);

  return (guint64)desk->day_begin_s * 1000003
         + (waiting != NULL ? lanyard_waiting_get_version (waiting) * 2 : 0)
         + (desk->past_reader == NULL);
}

/* Of an alert nobody is told when it is over: the directory knows. */
GHashTable *
lanyard_desk_find_disputed (LanyardDesk *desk, LanyardDay *day)
{
  GHashTable *disputed = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer number;
  guint n = 0;

  g_hash_table_iter_init (&iter, lanyard_day_get_alerts (day));
  while (g_hash_table_iter_next (&iter, &number, NULL) && n++ < MAX_ALERTS)
    {
      g_autoptr (LanyardEntry) entry = look_up (desk, number);

      if (entry != NULL && entry->issued.disputed)
        g_hash_table_add (disputed, number);
    }
  return disputed;
}

/* Returns: (transfer full) (element-type utf8): numbers of people whose name is @text */
static GHashTable *
find_named (LanyardDesk *desk, const char *text)
{
  GHashTable *numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) hits = lanyard_directory_search (desk->directory, text, MAX_NAMED);

  for (guint i = 0; i < hits->len; i++)
    g_hash_table_add (numbers, g_strdup (((LanyardHit *)g_ptr_array_index (hits, i))->number));
  return numbers;
}

static LanyardDayLine *
make_line (LanyardDesk *desk, const LanyardDayQuery *query, const LanyardDayRow *row)
{
  g_autoptr (LanyardEntry) entry = look_up (desk, row->number);
  LanyardDayLine *line
      = lanyard_day_line_new (lanyard_day_row_copy (row), entry != NULL ? entry->print_name : NULL);

  line->waits = row->device == 0 && row->position > query->acknowledged;
  line->disputed = row->number != NULL && g_hash_table_contains (query->disputed, row->number);
  return line;
}

static LanyardWaitEstimate
estimate_wait (LanyardDesk *desk, LanyardDay *day)
{
  LanyardWaiting *waiting = lanyard_journal_get_waiting (desk->journal);

  return lanyard_wait_estimate_make (
      waiting != NULL ? lanyard_waiting_count_own (waiting, G_MAXUINT) : 0,
      lanyard_day_count_under_way (day, lanyard_clock_wall_us (desk->clock)),
      lanyard_day_count_taken (day), lanyard_day_get_median_s (day));
}

static void
add_others (LanyardDayPart *part)
{
  part->all += part->others.all;
  part->collected += part->others.collected;
  part->unprinted += part->others.unprinted;
  part->voided += part->others.voided;
}

static LanyardDayPart *
make_part (LanyardDesk *desk, LanyardDay *day, const LanyardDayAsk *ask)
{
  g_autoptr (GHashTable) disputed = lanyard_desk_find_disputed (desk, day);
  g_autoptr (GHashTable) numbers = ask->text != NULL ? find_named (desk, ask->text) : NULL;
  g_autofree char *text = ask->text != NULL ? g_ascii_strup (ask->text, -1) : NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  LanyardDayPart *part = lanyard_day_part_new ();
  LanyardDayQuery query = {
    .filter = ask->filter,
    .oldest_first = ask->oldest_first,
    .venue = ask->venue,
    .text = text,
    .numbers = numbers,
    .disputed = disputed,
    .acknowledged = lanyard_journal_get_acknowledged_position (desk->journal),
    .offset = ask->offset,
    .max = MIN (ask->max, LANYARD_DAY_PART_MAX_ROWS),
  };

  part->complete = desk->day_reader == NULL;
  /* Those who came since it was read; the rest is on its way. */
  if (part->complete)
    lanyard_day_sort (day, READ_RECORDS, find_category, desk);
  part->offset = ask->offset;
  part->total = lanyard_day_find (day, &query, rows, NULL);
  part->all = lanyard_day_count_all (day);
  part->waiting = lanyard_day_count_waiting (day, query.acknowledged);
  part->voided = lanyard_day_count_void (day);
  part->collected = lanyard_day_count_collected (day);
  part->unprinted = lanyard_day_count_unprinted (day);
  lanyard_day_count_venue (day, &part->others);
  if (ask->venue)
    add_others (part);
  part->disputed = g_hash_table_size (disputed);
  part->median_s = lanyard_day_get_median_s (day);
  part->wait = estimate_wait (desk, day);
  part->hour_plan = desk->config->hour_plan;
  part->began_us = lanyard_day_get_since_us (day);
  lanyard_day_tally (day, lanyard_clock_wall_us (desk->clock), &part->tally);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (part->lines, make_line (desk, &query, g_ptr_array_index (rows, i)));
  return part;
}

static void
free_part (gpointer part)
{
  lanyard_day_part_unref (part);
}

static void
free_request (gpointer data)
{
  Request *request = data;

  if (request->task != NULL)
    g_task_return_new_error (request->task, LANYARD_ERROR, LANYARD_ERROR_STATE,
                             "The desk is closing; the day was not listed.");
  g_clear_object (&request->task);
  lanyard_day_ask_free (request->ask);
  g_free (request);
}

/* On the desk's thread. */
static void
do_list (gpointer object, gpointer data)
{
  LanyardDesk *desk = object;
  Request *request = data;
  g_autoptr (GTask) task = g_steal_pointer (&request->task);
  LanyardDay *day = lanyard_journal_get_day (desk->journal);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!lanyard_session_is_staff (desk->session))
    g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                             "Only staff may see the day; sign in first.");
  else if (day == NULL)
    g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_STATE,
                             "The records of the day cannot be read now.");
  else
    g_task_return_pointer (task, make_part (desk, day, request->ask), free_part);
}

void
lanyard_desk_list_day_async (LanyardDesk *desk,
                             const LanyardDayAsk *ask,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Request *request;

  g_return_if_fail (desk != NULL && ask != NULL);
  g_return_if_fail (ask->text == NULL || strlen (ask->text) <= LANYARD_DAY_MAX_TEXT_BYTES);

  request = g_new0 (Request, 1);
  request->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (request->task, lanyard_desk_list_day_async);
  request->ask = lanyard_day_ask_copy (ask);
  lanyard_home_post (desk->home, do_list, request, free_request);
}

LanyardDayPart *
lanyard_desk_list_day_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
