/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a supervisor looks at a day that was another one. */

#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-day.h"

#define START_US G_GINT64_CONSTANT (1795000000000000)
#define MANY 100000

typedef struct
{
  LanyardDay *day;
  gint64 position;
  gint64 now_us;
  GPtrArray *rows; /* what was found last */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->day = lanyard_day_new (START_US);
  fixture->now_us = START_US;
  fixture->position = 0;
  fixture->rows = g_ptr_array_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lanyard_day_free (fixture->day);
  g_ptr_array_unref (fixture->rows);
}

/* A body with one number or text. @key: 0: an empty one */
static GBytes *
make_body (LanyardBodyKey key, guint64 value, const char *text)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  lanyard_cbor_open_map (writer, key != 0 ? 1 : 0);
  if (key != 0)
    lanyard_cbor_write_uint (writer, (guint64)key);
  if (key != 0 && text != NULL)
    lanyard_cbor_write_text (writer, text);
  else if (key != 0)
    lanyard_cbor_write_uint (writer, value);
  return lanyard_cbor_writer_end (writer);
}

static void
take (Fixture *fixture, const LanyardId *pickup, guint16 kind, const char *number, GBytes *body)
{
  g_autoptr (LanyardRecord) record = lanyard_record_new ();
  g_autoptr (GBytes) own = body != NULL ? body : make_body (0, 0, NULL);

  record->kind = kind;
  record->wall_us = fixture->now_us;
  if (pickup != NULL)
    record->pickup = *pickup;
  record->accreditation = g_strdup (number);
  record->serial = number != NULL ? g_strdup_printf ("K0471-%s", number) : NULL;
  g_clear_pointer (&record->body, g_bytes_unref);
  record->body = g_bytes_ref (own);
  lanyard_day_take (fixture->day, record, ++fixture->position);
}

/* A badge that takes so many seconds from the code to the hand. */
static void
issue (Fixture *fixture, const char *number, guint taken_s, LanyardId *id)
{
  lanyard_id_init_random (id, fixture->now_us);
  take (fixture, id, LANYARD_RECORD_RESERVED, number, NULL);
  take (fixture, id, LANYARD_RECORD_PRINTING, number, NULL);
  take (fixture, id, LANYARD_RECORD_REPORTED, number, NULL);
  fixture->now_us += taken_s * G_USEC_PER_SEC;
  take (fixture, id, LANYARD_RECORD_ISSUED, number, make_body (LANYARD_BODY_STAFF, 0, "S-12"));
}

static guint
find (Fixture *fixture, const LanyardDayQuery *query, guint *n_looked_at)
{
  g_ptr_array_set_size (fixture->rows, 0);
  return lanyard_day_find (fixture->day, query, fixture->rows, n_looked_at);
}

static guint
filter (Fixture *fixture, LanyardDayFilter filter)
{
  LanyardDayQuery query = { .filter = filter, .max = 100, .acknowledged = fixture->position };

  return find (fixture, &query, NULL);
}

static const LanyardDayRow *
get (Fixture *fixture, guint i)
{
  g_assert_cmpuint (i, <, fixture->rows->len);
  return g_ptr_array_index (fixture->rows, i);
}

/* A record of desk 9. */
static void
hear (Fixture *fixture,
      const LanyardId *pickup,
      guint16 kind,
      const char *number,
      gint64 wall_us,
      guint64 seq)
{
  g_autoptr (LanyardRecord) record = lanyard_record_new ();

  record->device = 9;
  record->epoch = 1;
  record->seq = seq;
  record->kind = kind;
  record->wall_us = wall_us;
  if (pickup != NULL)
    record->pickup = *pickup;
  record->accreditation = g_strdup (number);
  g_clear_pointer (&record->body, g_bytes_unref);
  record->body = make_body (0, 0, NULL);
  lanyard_day_take_other (fixture->day, record);
}

static guint
find_venue (Fixture *fixture, LanyardDayFilter filter)
{
  LanyardDayQuery query = { .filter = filter, .venue = TRUE, .oldest_first = TRUE, .max = 100 };

  return find (fixture, &query, NULL);
}

/* Other desks stand between this desk's rows, as they told it last, whatever is repeated, and
 * change none of its counts. */
static void
test_venue (Fixture *fixture, gconstpointer data)
{
  LanyardDayVenue venue;
  LanyardId a, b, theirs;
  gint64 between_us;

  lanyard_day_count_venue (fixture->day, &venue);
  g_assert_cmpint (venue.heard_us, ==, 0);
  issue (fixture, "A", 20, &a);
  between_us = fixture->now_us + 1;
  fixture->now_us += G_TIME_SPAN_MINUTE;
  issue (fixture, "B", 20, &b);
  lanyard_id_init_random (&theirs, between_us);
  hear (fixture, &theirs, LANYARD_RECORD_RESERVED, "C", between_us, 4);
  hear (fixture, &theirs, LANYARD_RECORD_PRINTING, "C", between_us + 1, 5);
  g_assert_cmpuint (find_venue (fixture, LANYARD_DAY_UNPRINTED), ==, 1);
  hear (fixture, &theirs, LANYARD_RECORD_ISSUED, "C", between_us + 2, 6);
  /* the relay begins again */
  hear (fixture, &theirs, LANYARD_RECORD_RESERVED, "C", between_us, 4);
  hear (fixture, &theirs, LANYARD_RECORD_PRINTING, "C", between_us + 1, 5);
  hear (fixture, NULL, LANYARD_RECORD_RESOLVED, "D", between_us + 3, 7);
  hear (fixture, NULL, LANYARD_RECORD_RESOLVED, "D", between_us + 3, 7);
  /* of yesterday, and this desk's own under a number that it had before */
  lanyard_id_init_random (&theirs, START_US - 1);
  hear (fixture, &theirs, LANYARD_RECORD_REFUSED, "E", START_US - 1, 1);
  hear (fixture, &a, LANYARD_RECORD_RESERVED, "A", START_US, 1);
  g_assert_cmpuint (find_venue (fixture, LANYARD_DAY_ALL), ==, 4);
  g_assert_cmpstr (get (fixture, 0)->number, ==, "A");
  g_assert_cmpstr (get (fixture, 1)->number, ==, "C");
  g_assert_cmpuint (get (fixture, 1)->device, ==, 9);
  g_assert_cmpint (get (fixture, 1)->state, ==, LANYARD_PICKUP_ISSUED);
  g_assert_cmpstr (get (fixture, 2)->number, ==, "D");
  g_assert_cmpuint (get (fixture, 3)->device, ==, 0);
  /* what the hub has of them is not known */
  g_assert_cmpuint (find_venue (fixture, LANYARD_DAY_WAITING), ==, 2);
  g_assert_cmpuint (find_venue (fixture, LANYARD_DAY_UNPRINTED), ==, 0);
  lanyard_day_count_venue (fixture->day, &venue);
  g_assert_cmpuint (venue.desks, ==, 1);
  g_assert_cmpuint (venue.all, ==, 2);
  g_assert_cmpuint (venue.collected, ==, 1);
  g_assert_cmpint (venue.heard_us, ==, between_us + 3);
  g_assert_cmpuint (lanyard_day_count_all (fixture->day), ==, 2);
  g_assert_cmpuint (lanyard_day_count_collected (fixture->day), ==, 2);
  g_assert_cmpuint (filter (fixture, LANYARD_DAY_ALL), ==, 2);
}

/* Who began within the hour stands there; what was left behind before keeps nobody waiting. */
static void
test_under_way (Fixture *fixture, gconstpointer data)
{
  LanyardId id;

  lanyard_id_init_random (&id, fixture->now_us);
  take (fixture, &id, LANYARD_RECORD_RESERVED, "OLD", NULL);
  g_assert_cmpuint (lanyard_day_count_under_way (fixture->day, fixture->now_us), ==, 1);
  fixture->now_us += 61 * G_TIME_SPAN_MINUTE;
  g_assert_cmpuint (lanyard_day_count_under_way (fixture->day, fixture->now_us), ==, 0);
  issue (fixture, "A", 20, &id);
  g_assert_cmpuint (lanyard_day_count_taken (fixture->day), ==, 1);
  g_assert_cmpuint (lanyard_day_count_under_way (fixture->day, fixture->now_us), ==, 0);
  lanyard_id_init_random (&id, fixture->now_us);
  take (fixture, &id, LANYARD_RECORD_RESERVED, "B", NULL);
  take (fixture, &id, LANYARD_RECORD_REPORTED, "B", NULL);
  g_assert_cmpuint (lanyard_day_count_under_way (fixture->day, fixture->now_us), ==, 1);
}

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  LanyardId a, b;

  g_assert_cmpuint (filter (fixture, LANYARD_DAY_ALL), ==, 0);
  g_assert_cmpuint (lanyard_day_get_median_s (fixture->day), ==, 0);
  issue (fixture, "A", 20, &a);
  issue (fixture, "B", 40, &b);
  take (fixture, &a, LANYARD_RECORD_VOIDED, "A",
        make_body (LANYARD_BODY_VOID_REASON, LANYARD_VOID_LOST, NULL));
  g_assert_cmpuint (filter (fixture, LANYARD_DAY_ALL), ==, 2);
  g_assert_cmpstr (get (fixture, 0)->number, ==, "B");
  g_assert_cmpstr (get (fixture, 0)->staff, ==, "S-12");
  g_assert_cmpint (get (fixture, 0)->state, ==, LANYARD_PICKUP_ISSUED);
  g_assert_cmpint (get (fixture, 0)->kind, ==, LANYARD_DAY_BADGE);
  g_assert_cmpint (get (fixture, 1)->void_reason, ==, LANYARD_VOID_LOST);
  g_assert_cmpint (get (fixture, 1)->began_us, ==, START_US);
  g_assert_cmpuint (lanyard_day_count_collected (fixture->day), ==, 1);
  g_assert_cmpuint (lanyard_day_get_median_s (fixture->day), ==, 20);
}

static void
test_kinds (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint16 record;
    LanyardBodyKey key;
    gboolean no_pickup;
    LanyardDayKind kind;
  } CASES[] = {
    { LANYARD_RECORD_RESERVED, LANYARD_BODY_REPLACES, FALSE, LANYARD_DAY_REISSUE },
    { LANYARD_RECORD_RESERVED, LANYARD_BODY_POOL, FALSE, LANYARD_DAY_PASS },
    { LANYARD_RECORD_PASS_RETURNED, LANYARD_BODY_POOL, FALSE, LANYARD_DAY_PASS },
    { LANYARD_RECORD_VALIDATED, LANYARD_BODY_SEAL, FALSE, LANYARD_DAY_CARD },
    { LANYARD_RECORD_REFERRED, 0, FALSE, LANYARD_DAY_VISIT },
    { LANYARD_RECORD_VOIDED, 0, TRUE, LANYARD_DAY_VOID_OTHER },
    { LANYARD_RECORD_RESOLVED, 0, TRUE, LANYARD_DAY_DECISION },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      LanyardId id;

      lanyard_id_init_random (&id, fixture->now_us);
      take (fixture, CASES[i].no_pickup ? NULL : &id, CASES[i].record, "A",
            make_body (CASES[i].key, 0, CASES[i].key != 0 ? "X" : NULL));
      g_assert_cmpuint (filter (fixture, LANYARD_DAY_ALL), ==, i + 1);
      g_assert_cmpint (get (fixture, 0)->kind, ==, CASES[i].kind);
    }
  take (fixture, NULL, LANYARD_RECORD_SIGN_IN, NULL, NULL);
  g_assert_cmpuint (filter (fixture, LANYARD_DAY_ALL), ==, G_N_ELEMENTS (CASES));
}

static void
test_filters (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) disputed = g_hash_table_new (g_str_hash, g_str_equal);
  LanyardDayQuery query = { .filter = LANYARD_DAY_CONFLICTS, .max = 100, .disputed = disputed };
  LanyardId a, b, c;

  issue (fixture, "A", 1, &a);
  issue (fixture, "B", 1, &b);
  g_hash_table_add (disputed, (char *)"B");
  g_assert_cmpuint (filter (fixture, LANYARD_DAY_UNPRINTED), ==, 0);
  lanyard_id_init_random (&c, fixture->now_us);
  take (fixture, &c, LANYARD_RECORD_RESERVED, "C", NULL);
  g_assert_cmpuint (filter (fixture, LANYARD_DAY_UNPRINTED), ==, 1);
  take (fixture, &c, LANYARD_RECORD_UNKNOWN, "C", NULL);
  g_assert_cmpuint (filter (fixture, LANYARD_DAY_UNPRINTED), ==, 1);
  g_assert_cmpuint (lanyard_day_count_unprinted (fixture->day), ==, 1);
  take (fixture, &c, LANYARD_RECORD_VOIDED, "C", NULL);
  g_assert_cmpuint (filter (fixture, LANYARD_DAY_UNPRINTED), ==, 0);
  g_assert_cmpuint (filter (fixture, LANYARD_DAY_VOID), ==, 1);
  g_assert_cmpuint (find (fixture, &query, NULL), ==, 1);
  g_assert_cmpstr (get (fixture, 0)->number, ==, "B");
  query.filter = LANYARD_DAY_WAITING;
  query.acknowledged = 4; /* all of A */
  query.oldest_first = TRUE;
  g_assert_cmpuint (find (fixture, &query, NULL), ==, 2);
  g_assert_cmpstr (get (fixture, 0)->number, ==, "B");
  g_assert_cmpuint (lanyard_day_count_waiting (fixture->day, 4), ==, 2);
  g_assert_cmpuint (lanyard_day_count_waiting (fixture->day, fixture->position), ==, 0);
  g_assert_cmpuint (lanyard_day_count_void (fixture->day), ==, 1);
  g_assert_cmpuint (lanyard_day_count_all (fixture->day), ==, 3);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  LanyardDayQuery query = { .text = "041", .numbers = numbers, .max = 100 };
  LanyardId id;

  issue (fixture, "33000417B", 1, &id);
  issue (fixture, "33000500C", 1, &id);
  issue (fixture, "33000600D", 1, &id);
  g_hash_table_add (numbers, (char *)"33000600D");
  g_assert_cmpuint (find (fixture, &query, NULL), ==, 2);
  g_assert_cmpstr (get (fixture, 0)->number, ==, "33000600D");
  g_assert_cmpstr (get (fixture, 1)->number, ==, "33000417B");
  query.text = "K0471-33000500";
  g_hash_table_remove_all (numbers);
  g_assert_cmpuint (find (fixture, &query, NULL), ==, 1);
  query.text = "NOBODY";
  g_assert_cmpuint (find (fixture, &query, NULL), ==, 0);
}

static void
test_alerts (Fixture *fixture, gconstpointer data)
{
  guint64 before = lanyard_day_get_version (fixture->day);

  take (fixture, NULL, LANYARD_RECORD_ALERT, "A", NULL);
  g_assert_cmpuint (lanyard_day_get_version (fixture->day), >, before);
  g_assert_true (g_hash_table_contains (lanyard_day_get_alerts (fixture->day), "A"));
  g_assert_cmpuint (filter (fixture, LANYARD_DAY_ALL), ==, 0);
  take (fixture, NULL, LANYARD_RECORD_RESOLVED, "A", NULL);
  g_assert_false (g_hash_table_contains (lanyard_day_get_alerts (fixture->day), "A"));
}

/* The clock was behind, and what happened before the day began is not of it. */
static void
test_before (Fixture *fixture, gconstpointer data)
{
  LanyardId id;

  fixture->now_us = START_US - 1;
  issue (fixture, "A", 0, &id);
  g_assert_cmpuint (filter (fixture, LANYARD_DAY_ALL), ==, 0);
  fixture->now_us = START_US;
  take (fixture, &id, LANYARD_RECORD_VOIDED, "A", NULL);
  g_assert_cmpuint (filter (fixture, LANYARD_DAY_ALL), ==, 1);
}

static void
test_nonsense (Fixture *fixture, gconstpointer data)
{
  LanyardId id;

  lanyard_id_init_random (&id, fixture->now_us);
  take (fixture, &id, LANYARD_RECORD_RESERVED, NULL, g_bytes_new_static ("\xff\x01", 2));
  take (fixture, &id, 9999, "A", NULL);
  g_assert_cmpuint (filter (fixture, LANYARD_DAY_ALL), ==, 1);
  g_assert_null (get (fixture, 0)->number);
  g_assert_cmpint (get (fixture, 0)->state, ==, LANYARD_PICKUP_RESERVED);
}

/* Every page of a very long day once, both ways; and what a page costs. */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  LanyardDayQuery query = { .max = 64 };
  guint n = 0, n_looked_at = 0;

  for (guint i = 0; i < MANY; i++)
    {
      char number[12];
      LanyardId id;

      g_snprintf (number, sizeof number, "%06u", i);
      fixture->now_us += 1000;
      lanyard_id_init_random (&id, fixture->now_us);
      take (fixture, &id, LANYARD_RECORD_REFERRED, number, NULL);
    }
  for (query.offset = 0; query.offset < MANY; query.offset += query.max)
    {
      g_assert_cmpuint (find (fixture, &query, &n_looked_at), ==, MANY);
      g_assert_cmpuint (n_looked_at, ==, fixture->rows->len);
      for (guint i = 0; i < fixture->rows->len; i++, n++)
        g_assert_cmpuint (g_ascii_strtoull (get (fixture, i)->number, NULL, 10), ==, MANY - 1 - n);
    }
  g_assert_cmpuint (n, ==, MANY);
  query.offset = MANY + 7;
  g_assert_cmpuint (find (fixture, &query, NULL), ==, MANY);
  g_assert_cmpuint (fixture->rows->len, ==, 0);
  /* A filter looks at each row once, and keeps no more than the page. */
  query.offset = 0;
  query.filter = LANYARD_DAY_WAITING;
  query.oldest_first = TRUE;
  query.acknowledged = MANY - 100;
  g_assert_cmpuint (find (fixture, &query, &n_looked_at), ==, 100);
  g_assert_cmpuint (n_looked_at, ==, MANY);
  g_assert_cmpuint (fixture->rows->len, ==, 64);
  g_assert_cmpstr (get (fixture, 0)->number, ==, "099900");
}

static const char *
find_category (const char *number, gpointer user_data)
{
  guint *n_asked = user_data;

  (*n_asked)++;
  return g_str_equal (number, "C") ? NULL : g_intern_string (g_str_equal (number, "A") ? "X" : "Y");
}

/* Each is counted once, in its hour, its kind and its category; what came back is in no hand. */
static void
test_tally (Fixture *fixture, gconstpointer data)
{
  LanyardDayTally tally;
  LanyardId id;
  guint n_asked = 0;

  issue (fixture, "A", 60, &id);
  issue (fixture, "A", 60, &id);
  fixture->now_us = START_US + 2 * G_TIME_SPAN_HOUR - 30 * G_TIME_SPAN_SECOND;
  issue (fixture, "B", 60, &id);
  issue (fixture, "C", 60, &id);
  take (fixture, &id, LANYARD_RECORD_VOIDED, "C",
        make_body (LANYARD_BODY_VOID_REASON, LANYARD_VOID_LOST, NULL));
  g_assert_false (lanyard_day_sort (fixture->day, 3, find_category, &n_asked));
  g_assert_true (lanyard_day_sort (fixture->day, 3, find_category, &n_asked));
  g_assert_cmpuint (n_asked, ==, 4);
  lanyard_day_tally (fixture->day, fixture->now_us, &tally);
  g_assert_cmpuint (tally.n_hours, ==, 3);
  g_assert_cmpuint (tally.hours[0].begun, ==, 2);
  g_assert_cmpuint (tally.hours[0].collected, ==, 2);
  g_assert_cmpuint (tally.hours[1].begun, ==, 1);
  g_assert_cmpuint (tally.hours[1].collected, ==, 0);
  g_assert_cmpuint (tally.hours[2].begun, ==, 1);
  g_assert_cmpuint (tally.hours[2].collected, ==, 1);
  g_assert_cmpuint (tally.last_hour, ==, 1);
  g_assert_cmpuint (tally.kinds[LANYARD_DAY_BADGE].begun, ==, 4);
  g_assert_cmpuint (tally.kinds[LANYARD_DAY_BADGE].collected, ==, 3);
  g_assert_cmpuint (tally.n_categories, ==, 3);
  g_assert_cmpstr (tally.categories[0].code, ==, "X");
  g_assert_cmpuint (tally.categories[0].count.begun, ==, 2);
  g_assert_cmpstr (tally.categories[1].code, ==, "Y");
  g_assert_null (tally.categories[2].code);
  g_assert_cmpuint (tally.categories[2].count.collected, ==, 0);
}

static void
test_formats (void)
{
  g_assert_cmpint (lanyard_export_format_from_string ("jsonl"), ==, LANYARD_EXPORT_JSON_LINES);
  g_assert_cmpint (lanyard_export_format_from_string ("exe"), ==, 0);
  g_assert_cmpint (lanyard_export_format_from_string (NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/model/day/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("under-way", test_under_way);
  ADD ("venue", test_venue);
  ADD ("rows", test_rows);
  ADD ("kinds", test_kinds);
  ADD ("filters", test_filters);
  ADD ("search", test_search);
  ADD ("alerts", test_alerts);
  ADD ("before", test_before);
  ADD ("nonsense", test_nonsense);
  ADD ("pages", test_pages);
  ADD ("tally", test_tally);
  g_test_add_func ("/model/day/formats", test_formats);
  return g_test_run ();
}
