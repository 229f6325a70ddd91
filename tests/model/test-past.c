/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, staff are told something about a person that did not happen, or somebody who waits
 * for them is forgotten. */

#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-past.h"
#include "lanyard-waiting.h"

#define START_US G_GINT64_CONSTANT (1795000000000000)
#define ME "2600000001"
#define OTHER "2600000002"

typedef struct
{
  LanyardPast *past;
  LanyardWaiting *waiting;
  gint64 now_us;
  guint64 seq;
} Fixture;

/* A pair of a body; the last has key 0. */
typedef struct
{
  LanyardBodyKey key;
  guint64 number;
  const char *text; /* (nullable) */
} Pair;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->past = lanyard_past_new ();
  fixture->waiting = lanyard_waiting_new (START_US);
  fixture->now_us = START_US;
  fixture->seq = 0;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lanyard_past_free (fixture->past);
  lanyard_waiting_free (fixture->waiting);
}

static void
write_value (LanyardCborWriter *writer, const Pair *pair)
{
  if (pair->key == LANYARD_BODY_NOTE)
    lanyard_cbor_write_bytes (writer, pair->text, strlen (pair->text));
  else if (pair->text != NULL)
    lanyard_cbor_write_text (writer, pair->text);
  else if (pair->key == LANYARD_BODY_REASONS)
    {
      lanyard_cbor_open_array (writer, 1);
      lanyard_cbor_write_uint (writer, pair->number);
    }
  else
    lanyard_cbor_write_uint (writer, pair->number);
}

static GBytes *
make_body (const Pair *pairs)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  guint n = 0;

  while (pairs != NULL && pairs[n].key != 0)
    n++;
  lanyard_cbor_open_map (writer, n);
  for (guint i = 0; i < n; i++)
    {
      lanyard_cbor_write_uint (writer, (guint64)pairs[i].key);
      write_value (writer, &pairs[i]);
    }
  return lanyard_cbor_writer_end (writer);
}

/* @pickup, @number, @serial, @pairs: (nullable) */
static void
take (Fixture *fixture,
      guint16 kind,
      const LanyardId *pickup,
      const char *number,
      const char *serial,
      const Pair *pairs)
{
  g_autoptr (LanyardRecord) record = lanyard_record_new ();

  record->device = 7;
  record->epoch = 2;
  record->seq = ++fixture->seq;
  record->kind = kind;
  record->wall_us = fixture->now_us += G_USEC_PER_SEC;
  if (pickup != NULL)
    record->pickup = *pickup;
  record->accreditation = g_strdup (number);
  record->serial = g_strdup (serial);
  g_clear_pointer (&record->body, g_bytes_unref);
  record->body = make_body (pairs);
  if (g_strcmp0 (number, ME) == 0)
    lanyard_past_take (fixture->past, record, (gint64)record->seq);
  lanyard_waiting_take (fixture->waiting, record);
}

static const LanyardPastLine *
get_line (Fixture *fixture, guint i)
{
  GPtrArray *lines = lanyard_past_get_lines (fixture->past);

  g_assert_cmpuint (i, <, lines->len);
  return g_ptr_array_index (lines, i);
}

static void
assert_n_lines (Fixture *fixture, guint n)
{
  g_assert_cmpuint (lanyard_past_get_lines (fixture->past)->len, ==, n);
}

/* One line from the reservation to the hand; what is between is no line. */
static void
test_issue (Fixture *fixture, gconstpointer data)
{
  const Pair reserved[] = { { .key = LANYARD_BODY_STAFF, .text = "27" },
                            { LANYARD_BODY_DOCUMENT_VERDICT, LANYARD_DOCUMENT_AGREES, NULL },
                            { 0 } };
  LanyardId id;

  lanyard_id_init_random (&id, fixture->now_us);
  take (fixture, LANYARD_RECORD_RESERVED, &id, ME, "K1-1", reserved);
  g_assert_cmpint (get_line (fixture, 0)->kind, ==, LANYARD_PAST_UNDER_WAY);
  g_assert_cmpstr (get_line (fixture, 0)->staff, ==, "27");
  take (fixture, LANYARD_RECORD_PRINTING, &id, ME, "K1-1", NULL);
  take (fixture, LANYARD_RECORD_UNKNOWN, &id, ME, "K1-1", NULL);
  g_assert_cmpint (get_line (fixture, 0)->kind, ==, LANYARD_PAST_UNKNOWN);
  take (fixture, LANYARD_RECORD_ISSUED, &id, ME, "K1-1", NULL);
  assert_n_lines (fixture, 1);
  g_assert_cmpint (get_line (fixture, 0)->kind, ==, LANYARD_PAST_ISSUED);
  g_assert_cmpint (get_line (fixture, 0)->document, ==, LANYARD_DOCUMENT_AGREES);
  g_assert_cmpstr (get_line (fixture, 0)->serial, ==, "K1-1");
  g_assert_cmpint (get_line (fixture, 0)->at_us, ==, fixture->now_us);
  g_assert_cmpint (get_line (fixture, 0)->position, ==, 4);
  /* nobody of the staff did the last of it */
  g_assert_null (get_line (fixture, 0)->staff);
}

/* A badge that was in a hand stays a line when it is void; one that never was becomes another. */
static void
test_void (Fixture *fixture, gconstpointer data)
{
  const Pair lost[] = { { .key = LANYARD_BODY_STAFF, .text = "31" },
                        { LANYARD_BODY_VOID_REASON, LANYARD_VOID_LOST, NULL },
                        { .key = LANYARD_BODY_SECOND_STAFF, .text = "9" },
                        { 0 } };
  const Pair nothing[] = { { LANYARD_BODY_VOID_REASON, LANYARD_VOID_NOT_PRINTED, NULL }, { 0 } };
  const Pair replaces[] = { { .key = LANYARD_BODY_REPLACES, .text = "K1-1" }, { 0 } };
  LanyardId first, second, third;

  lanyard_id_init_random (&first, fixture->now_us);
  lanyard_id_init_random (&second, fixture->now_us);
  lanyard_id_init_random (&third, fixture->now_us);
  take (fixture, LANYARD_RECORD_RESERVED, &first, ME, "K1-1", NULL);
  take (fixture, LANYARD_RECORD_ISSUED, &first, ME, "K1-1", NULL);
  take (fixture, LANYARD_RECORD_VOIDED, &first, ME, "K1-1", lost);
  assert_n_lines (fixture, 2);
  g_assert_cmpint (get_line (fixture, 0)->kind, ==, LANYARD_PAST_ISSUED);
  g_assert_cmpint (get_line (fixture, 1)->kind, ==, LANYARD_PAST_VOIDED);
  g_assert_cmpint (get_line (fixture, 1)->void_reason, ==, LANYARD_VOID_LOST);
  g_assert_cmpstr (get_line (fixture, 1)->staff, ==, "31");
  g_assert_cmpstr (get_line (fixture, 1)->second, ==, "9");

  take (fixture, LANYARD_RECORD_RESERVED, &second, ME, "K1-2", replaces);
  take (fixture, LANYARD_RECORD_VOIDED, &second, ME, "K1-2", nothing);
  assert_n_lines (fixture, 3);
  g_assert_cmpint (get_line (fixture, 2)->kind, ==, LANYARD_PAST_NOT_OUT);

  take (fixture, LANYARD_RECORD_RESERVED, &third, ME, "K1-3", replaces);
  take (fixture, LANYARD_RECORD_ISSUED, &third, ME, "K1-3", NULL);
  assert_n_lines (fixture, 4);
  g_assert_cmpint (get_line (fixture, 3)->kind, ==, LANYARD_PAST_REISSUED);
  g_assert_cmpint (get_line (fixture, 3)->void_reason, ==, LANYARD_VOID_LOST);
  g_assert_cmpstr (get_line (fixture, 3)->replaces, ==, "K1-1");

  /* another desk's */
  take (fixture, LANYARD_RECORD_VOIDED, NULL, ME, "K2-1", lost);
  g_assert_cmpint (get_line (fixture, 4)->kind, ==, LANYARD_PAST_VOIDED);
}

/* What does not make sense is no line; what is written stays sealed. */
static void
test_notes (Fixture *fixture, gconstpointer data)
{
  const Pair note[] = { { .key = LANYARD_BODY_STAFF, .text = "27" },
                        { .key = LANYARD_BODY_NOTE, .text = "sealed" },
                        { 0 } };
  const Pair referred[]
      = { { LANYARD_BODY_REASONS, LANYARD_REASON_CLEARANCE_PENDING, NULL }, { 0 } };

  take (fixture, LANYARD_RECORD_NOTE, NULL, ME, NULL, NULL);
  take (fixture, LANYARD_RECORD_SIGN_IN, NULL, ME, NULL, NULL);
  take (fixture, 6000, NULL, ME, NULL, NULL);
  assert_n_lines (fixture, 0);
  take (fixture, LANYARD_RECORD_NOTE, NULL, ME, NULL, note);
  take (fixture, LANYARD_RECORD_REFERRED, NULL, ME, NULL, referred);
  take (fixture, LANYARD_RECORD_PHOTO_TAKEN, NULL, ME, NULL, NULL);
  assert_n_lines (fixture, 3);
  g_assert_cmpint (get_line (fixture, 2)->kind, ==, LANYARD_PAST_PHOTO);
  g_assert_cmpuint (g_bytes_get_size (get_line (fixture, 0)->sealed), ==, 6);
  g_assert_null (get_line (fixture, 0)->text);
  g_assert_cmpint (get_line (fixture, 1)->reason, ==, LANYARD_REASON_CLEARANCE_PENDING);
  g_assert_true (lanyard_past_is_of_it (LANYARD_RECORD_NOTE));
  g_assert_true (lanyard_past_is_of_it (LANYARD_RECORD_PHOTO_TAKEN));
  g_assert_false (lanyard_past_is_of_it (LANYARD_RECORD_PRINTING));
}

static const Pair self_service[]
    = { { LANYARD_BODY_OUTCOME, LANYARD_OUTCOME_STAFF, NULL },
        { LANYARD_BODY_REASONS, LANYARD_REASON_CLEARANCE_PENDING, NULL },
        { LANYARD_BODY_MODE, LANYARD_MODE_SELF_SERVICE, NULL },
        { 0 } };

static const LanyardWait *
get_wait (Fixture *fixture, guint i)
{
  GPtrArray *waits = lanyard_waiting_get_waits (fixture->waiting);

  g_assert_cmpuint (i, <, waits->len);
  return g_ptr_array_index (waits, i);
}

static void
assert_n_waits (Fixture *fixture, guint n)
{
  g_assert_cmpuint (lanyard_waiting_get_waits (fixture->waiting)->len, ==, n);
}

static void
end_wait (Fixture *fixture, const char *id)
{
  g_autofree char *copy = g_strdup (id);
  const Pair pairs[] = { { .key = LANYARD_BODY_WAIT, .text = copy }, { 0 } };

  take (fixture, LANYARD_RECORD_WAIT_ENDED, NULL, NULL, NULL, pairs);
}

/* A person waits once, with the newest ticket, until they have a badge or somebody says so. */
static void
test_referred (Fixture *fixture, gconstpointer data)
{
  guint64 version = lanyard_waiting_get_version (fixture->waiting);

  take (fixture, LANYARD_RECORD_REFERRED, NULL, ME, NULL, self_service);
  take (fixture, LANYARD_RECORD_REFUSED, NULL, OTHER, NULL, self_service);
  take (fixture, LANYARD_RECORD_REFERRED, NULL, ME, NULL, self_service);
  take (fixture, LANYARD_RECORD_REFERRED, NULL, NULL, NULL, self_service);
  assert_n_waits (fixture, 3);
  g_assert_cmpuint (lanyard_waiting_get_version (fixture->waiting), >, version);
  g_assert_cmpstr (get_wait (fixture, 0)->number, ==, OTHER);
  g_assert_cmpuint (get_wait (fixture, 0)->ticket, ==, 2);
  g_assert_cmpstr (get_wait (fixture, 1)->id, ==, "7-2-3");
  g_assert_cmpint (get_wait (fixture, 1)->reason, ==, LANYARD_REASON_CLEARANCE_PENDING);
  g_assert_null (get_wait (fixture, 2)->number);

  take (fixture, LANYARD_RECORD_ISSUED, NULL, ME, "K1-1", NULL);
  assert_n_waits (fixture, 2);
  end_wait (fixture, "7-2-999");
  assert_n_waits (fixture, 2);
  end_wait (fixture, get_wait (fixture, 0)->id);
  assert_n_waits (fixture, 1);
  g_assert_null (get_wait (fixture, 0)->number);
}

/* What staff refused themselves is no ticket, and what is of another day neither. */
static void
test_not_referred (Fixture *fixture, gconstpointer data)
{
  const Pair staff[] = { { .key = LANYARD_BODY_STAFF, .text = "27" },
                         { LANYARD_BODY_MODE, LANYARD_MODE_STAFF, NULL },
                         { 0 } };

  take (fixture, LANYARD_RECORD_REFERRED, NULL, ME, NULL, staff);
  assert_n_waits (fixture, 0);
  fixture->now_us = START_US - G_TIME_SPAN_MINUTE;
  take (fixture, LANYARD_RECORD_REFERRED, NULL, ME, NULL, self_service);
  assert_n_waits (fixture, 0);
}

/* Who is handed over waits for a supervisor, whatever else happens, until the shift ends. */
static void
test_handed_over (Fixture *fixture, gconstpointer data)
{
  const Pair pairs[] = { { .key = LANYARD_BODY_STAFF, .text = "27" },
                         { LANYARD_BODY_HAND_OVER, LANYARD_HAND_OVER_IDENTITY, NULL },
                         { 0 } };

  take (fixture, LANYARD_RECORD_REFERRED, NULL, ME, NULL, self_service);
  take (fixture, LANYARD_RECORD_HANDED_OVER, NULL, ME, NULL, pairs);
  assert_n_waits (fixture, 1);
  g_assert_true (get_wait (fixture, 0)->supervisor);
  g_assert_cmpint (get_wait (fixture, 0)->hand_over, ==, LANYARD_HAND_OVER_IDENTITY);
  g_assert_cmpstr (get_wait (fixture, 0)->staff, ==, "27");
  take (fixture, LANYARD_RECORD_REFERRED, NULL, ME, NULL, self_service);
  take (fixture, LANYARD_RECORD_ISSUED, NULL, ME, "K1-1", NULL);
  assert_n_waits (fixture, 1);
  g_assert_true (get_wait (fixture, 0)->supervisor);
  take (fixture, LANYARD_RECORD_SHIFT_CLOSED, NULL, NULL, NULL, NULL);
  assert_n_waits (fixture, 0);
}

/* However many come, the list does not grow without an end. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < LANYARD_WAITING_MAX + 50; i++)
    {
      g_autofree char *number = g_strdup_printf ("26%08u", i + 10);

      take (fixture, LANYARD_RECORD_REFERRED, NULL, number, NULL, self_service);
    }
  assert_n_waits (fixture, LANYARD_WAITING_MAX);
  g_assert_cmpstr (get_wait (fixture, 0)->number, ==, "2600000060");
}

static void
add (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  add ("/model/past/issue", test_issue);
  add ("/model/past/void", test_void);
  add ("/model/past/notes", test_notes);
  add ("/model/waiting/referred", test_referred);
  add ("/model/waiting/not-referred", test_not_referred);
  add ("/model/waiting/handed-over", test_handed_over);
  add ("/model/waiting/many", test_many);
  return g_test_run ();
}
