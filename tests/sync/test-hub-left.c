/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-enrolment-message.h"
#include "lanyard-error.h"
#include "lanyard-hub-fleet.h"
#include "lanyard-hub-left.h"
#include "lanyard-hub-rebuild.h"
#include "lanyard-negative-list.h"
#include "paper-desk.h"
#include "postgres-server.h"

/* A disk that is lost while a badge is in its printer: nobody gets a second badge silently, and a
 * person is asked, whatever arrives when. */

#define N_PEOPLE 6

typedef struct
{
  SyncFixture *fixture;
  LanyardHub *hub;
  LanyardHubStore *store;
  Paper *lost;
  Paper *other;
  GPtrArray *records; /* of the desk that is lost, not sent yet */
  LanyardHash sent;   /* head of what was sent */
  char *numbers[N_PEOPLE];
  char *serials[N_PEOPLE]; /* of the lost desk's badge of each */
} Case;

static void
open_hub (Case *c)
{
  c->hub = paper_open_hub (c->fixture);
  c->store = lanyard_hub_get_store (c->hub);
}

static void
set_up (Case *c, gconstpointer data)
{
  c->fixture = sync_fixture_new ();
  sync_fixture_import (c->fixture, 0, N_PEOPLE);
  open_hub (c);
  c->lost = paper_new (c->fixture, c->hub);
  c->other = paper_new (c->fixture, c->hub);
  c->records = paper_records ();
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      c->numbers[i] = sync_fixture_number (i);
      c->serials[i] = g_strdup_printf ("%s-%06u", c->lost->prefix, i + 1);
    }
}

static void
tear_down (Case *c, gconstpointer data)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_free (c->numbers[i]);
      g_free (c->serials[i]);
    }
  g_ptr_array_unref (c->records);
  paper_free (c->lost);
  paper_free (c->other);
  lanyard_hub_close (c->hub);
  sync_fixture_free (c->fixture);
}

static void
write_down (Case *c, guint16 kind, guint person)
{
  g_ptr_array_add (c->records,
                   paper_write (c->lost, kind, c->numbers[person], c->serials[person], 1));
}

static void
upload (Case *c)
{
  c->sent = c->lost->head;
  paper_ingest (c->hub, c->lost, c->records);
  g_ptr_array_set_size (c->records, 0);
}

/* What was on the disk after all: as rebuild takes it in, whose key does not matter any more. */
static void
recover (Case *c)
{
  const LanyardRecord *first = g_ptr_array_index (c->records, 0);
  g_autoptr (LanyardBatch) batch
      = lanyard_hub_batch_begin (first->device, first->epoch, first->seq, &c->sent);
  LanyardReceiptStatus status;
  GError *error = NULL;

  for (guint i = 0; i < c->records->len; i++)
    {
      g_autoptr (GBytes) encoded = lanyard_record_encode (g_ptr_array_index (c->records, i));

      lanyard_hub_batch_add (batch, encoded);
    }
  g_assert_true (lanyard_hub_ingest_batch (c->hub, g_steal_pointer (&batch), &status, &error));
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, LANYARD_RECEIPT_ACCEPTED);
  c->sent = c->lost->head;
  g_ptr_array_set_size (c->records, 0);
}

/* The same desk with a new disk. */
static void
enrol_again (Case *c)
{
  GError *error = NULL;
  g_autofree char *code
      = lanyard_hub_create_code (c->hub, c->fixture->venue, "paper", c->lost->device, 900, &error);
  LanyardEnrolmentRequest request
      = { .code = code, .venue = c->fixture->venue, .name = (char *)"" };
  g_autoptr (LanyardKey) key = lanyard_key_generate ();
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) reply = NULL;

  g_assert_no_error (error);
  request.key = *lanyard_key_get_public (key);
  message = lanyard_enrolment_request_sign (&request, key);
  reply = lanyard_hub_enrol (c->hub, g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                             &error);
  g_assert_no_error (error);
}

static void
take_key_back (Case *c)
{
  GError *error = NULL;

  g_assert_true (lanyard_hub_revoke (c->hub, c->lost->device, TRUE, "lead", "stolen", &error));
  g_assert_no_error (error);
}

/* Serials that are asked about, in order; and the count says as many. (transfer full) */
static char *
list_questions (Case *c)
{
  g_autoptr (GPtrArray) badges = c->store->ops->list_questions (c->store, "", 100, NULL);
  LanyardHubCounts counts = { 0 };
  GString *text = g_string_new (NULL);

  g_assert_nonnull (badges);
  g_assert_true (c->store->ops->count (c->store, &counts, NULL));
  g_assert_cmpuint (counts.questions, ==, badges->len);
  for (guint i = 0; i < badges->len; i++)
    {
      const char *serial = ((const LanyardHubBadge *)g_ptr_array_index (badges, i))->serial;

      for (guint person = 0; person < N_PEOPLE; person++)
        if (g_str_equal (serial, c->serials[person]))
          g_string_append_printf (text, "%u", person);
    }
  return g_string_free (text, FALSE);
}

static void
assert_asked (Case *c, const char *people)
{
  g_autofree char *asked = list_questions (c);

  g_assert_cmpstr (asked, ==, people);
}

/* What every desk is told of @person. */
static void
assert_told (Case *c, guint person, guint open, gboolean disputed)
{
  GError *error = NULL;
  g_autoptr (GBytes) encoded = c->store->ops->find_entry (c->store, c->numbers[person], &error);
  g_autoptr (LanyardEntry) entry
      = lanyard_entry_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded), &error);
  g_autoptr (LanyardHubHolding) holding
      = c->store->ops->find_holding (c->store, c->numbers[person], &error);

  g_assert_no_error (error);
  g_assert_cmpuint (holding->open_badges, ==, open);
  g_assert_cmpuint (entry->issued.open_badges, ==, open);
  g_assert_cmpint (entry->issued.disputed, ==, disputed);
  if (open == 1)
    g_assert_cmpuint (entry->issued.last_sequence, >=, 1);
}

static gboolean
is_void (Case *c, guint person)
{
  GError *error = NULL;
  g_autoptr (GBytes) message = lanyard_hub_get_list (c->hub, "negative", &error);
  g_autoptr (LanyardNegativeList) list = NULL;

  g_assert_no_error (error);
  list = lanyard_negative_list_load (g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                                     lanyard_hub_get_trust (c->hub), NULL,
                                     g_get_real_time () / G_USEC_PER_SEC, &error);
  g_assert_no_error (error);
  return lanyard_negative_list_lookup (list, c->numbers[person]) == 2;
}

/* One of each kind of end, and one that is still in the printer of a desk that is there. */
static void
fill (Case *c)
{
  g_autoptr (GPtrArray) records = paper_records ();

  write_down (c, LANYARD_RECORD_RESERVED, 0);
  write_down (c, LANYARD_RECORD_RESERVED, 1);
  write_down (c, LANYARD_RECORD_PRINTING, 1);
  write_down (c, LANYARD_RECORD_REPORTED, 1);
  write_down (c, LANYARD_RECORD_RESERVED, 2);
  write_down (c, LANYARD_RECORD_UNKNOWN, 2);
  write_down (c, LANYARD_RECORD_RESERVED, 3);
  write_down (c, LANYARD_RECORD_ISSUED, 3);
  write_down (c, LANYARD_RECORD_RESERVED, 4);
  write_down (c, LANYARD_RECORD_VOIDED, 4);
  upload (c);
  g_ptr_array_add (records,
                   paper_write (c->other, LANYARD_RECORD_RESERVED, c->numbers[5], "OTHER-1", 1));
  paper_ingest (c->hub, c->other, records);
}

/* @data: how the enrolment ends */
static void
test_asked (Case *c, gconstpointer data)
{
  void (*end) (Case *) = data;

  fill (c);
  assert_asked (c, "");
  assert_told (c, 0, 0, FALSE);
  end (c);
  assert_asked (c, "012");
  for (guint person = 0; person < 4; person++)
    assert_told (c, person, 1, FALSE);
  assert_told (c, 4, 0, FALSE);
  assert_told (c, 5, 0, FALSE);
  g_assert_false (is_void (c, 0));
}

/* A second badge that another desk made meanwhile is a conflict, which one VOIDED ends. */
static void
test_made_elsewhere (Case *c, gconstpointer data)
{
  g_autoptr (GPtrArray) records = paper_records ();

  fill (c);
  g_ptr_array_add (records,
                   paper_write (c->other, LANYARD_RECORD_ISSUED, c->numbers[0], "OTHER-2", 2));
  paper_ingest (c->hub, c->other, records);
  assert_told (c, 0, 1, FALSE);
  enrol_again (c);
  assert_told (c, 0, 2, TRUE);
  g_ptr_array_set_size (records, 0);
  g_ptr_array_add (records,
                   paper_write (c->other, LANYARD_RECORD_VOIDED, c->numbers[0], c->serials[0], 0));
  paper_ingest (c->hub, c->other, records);
  assert_told (c, 0, 1, FALSE);
  assert_asked (c, "12");
  g_assert_true (is_void (c, 0));
}

/* What was still on its way when the enrolment ended, or on the disk after all. */
static void
test_late (Case *c, gconstpointer data)
{
  fill (c);
  enrol_again (c);
  write_down (c, LANYARD_RECORD_PRINTING, 0);
  write_down (c, LANYARD_RECORD_RESERVED, 5);
  recover (c);
  assert_asked (c, "0125");
  assert_told (c, 5, 1, FALSE);
  write_down (c, LANYARD_RECORD_ISSUED, 0);
  write_down (c, LANYARD_RECORD_VOIDED, 1);
  recover (c);
  assert_asked (c, "25");
  assert_told (c, 0, 1, FALSE);
  assert_told (c, 1, 0, FALSE);
  g_assert_true (is_void (c, 1));
}

/* In whatever order the end and the records come, the hub knows the same. */
static void
test_order (Case *c, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  write_down (c, LANYARD_RECORD_RESERVED, 0);
  write_down (c, LANYARD_RECORD_UNKNOWN, 0);
  upload (c);
  enrol_again (c);
  before = paper_describe (c->hub, c->numbers[0]);
  write_down (c, LANYARD_RECORD_RESERVED, 1);
  recover (c);
  write_down (c, LANYARD_RECORD_UNKNOWN, 1);
  recover (c);
  after = paper_describe (c->hub, c->numbers[1]);
  g_assert_cmpstr (strstr (before, " of 1 flags"), ==, strstr (after, " of 1 flags"));
  g_assert_true (g_str_has_prefix (after, "open 1 disputed 0"));
}

static void
answer (Case *c, guint person, LanyardHubBecame became)
{
  GError *error = NULL;

  g_assert_true (lanyard_hub_answer (c->hub, c->serials[person], became, "27", &error));
  g_assert_no_error (error);
}

static void
test_answered (Case *c, gconstpointer data)
{
  fill (c);
  enrol_again (c);
  answer (c, 0, LANYARD_HUB_BECAME_HANDED_OVER);
  answer (c, 1, LANYARD_HUB_BECAME_DESTROYED);
  answer (c, 2, LANYARD_HUB_BECAME_NEVER_OUT);
  assert_asked (c, "");
  assert_told (c, 0, 1, FALSE);
  g_assert_false (is_void (c, 0));
  for (guint person = 1; person <= 2; person++)
    {
      g_autoptr (LanyardHubHolding) holding
          = c->store->ops->find_holding (c->store, c->numbers[person], NULL);

      assert_told (c, person, 0, FALSE);
      g_assert_true (is_void (c, person));
      g_assert_cmpuint (holding->last_sequence, ==, 1); /* the next badge is above it */
    }
  /* It stays so for a hub that starts anew, and another badge is no conflict. */
  lanyard_hub_close (c->hub);
  open_hub (c);
  assert_asked (c, "");
  {
    g_autoptr (GPtrArray) records = paper_records ();

    g_ptr_array_add (records,
                     paper_write (c->other, LANYARD_RECORD_ISSUED, c->numbers[1], "OTHER-2", 2));
    g_ptr_array_add (records,
                     paper_write (c->other, LANYARD_RECORD_ISSUED, c->numbers[0], "OTHER-3", 2));
    paper_ingest (c->hub, c->other, records);
  }
  assert_told (c, 1, 1, FALSE);
  assert_told (c, 0, 2, TRUE); /* and the entry with both decisions can be read */
}

/* Somebody whose badge is gone by an answer is disputed later: older desks read the entry. */
static void
test_disputed_later (Case *c, gconstpointer data)
{
  g_autoptr (GPtrArray) records = paper_records ();

  fill (c);
  enrol_again (c);
  answer (c, 0, LANYARD_HUB_BECAME_NEVER_OUT);
  g_ptr_array_add (records,
                   paper_write (c->other, LANYARD_RECORD_ISSUED, c->numbers[0], "OTHER-2", 2));
  g_ptr_array_add (records,
                   paper_write (c->other, LANYARD_RECORD_ISSUED, c->numbers[0], "OTHER-3", 3));
  paper_ingest (c->hub, c->other, records);
  assert_told (c, 0, 2, TRUE);
}

static void
test_refused (Case *c, gconstpointer data)
{
  const struct
  {
    const char *serial;
    const char *who;
    int code;
  } rows[] = { { c->serials[0], "27", LANYARD_ERROR_STATE }, /* its desk is there */
               { c->serials[3], "27", LANYARD_ERROR_STATE },
               { "NONE-1", "27", LANYARD_ERROR_NOT_FOUND },
               { c->serials[0], "", LANYARD_ERROR_USAGE },
               { c->serials[0], "two words", LANYARD_ERROR_USAGE } };

  fill (c);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (lanyard_hub_answer (c->hub, rows[i].serial, LANYARD_HUB_BECAME_NEVER_OUT,
                                          rows[i].who, &error));
      g_assert_error (error, LANYARD_ERROR, rows[i].code);
    }
  enrol_again (c);
  answer (c, 0, LANYARD_HUB_BECAME_HANDED_OVER);
  {
    g_autoptr (GError) error = NULL;

    g_assert_false (
        lanyard_hub_answer (c->hub, c->serials[0], LANYARD_HUB_BECAME_NEVER_OUT, "27", &error));
    g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  }
  g_assert_cmpint (lanyard_hub_became_from_string ("eaten"), ==, 0);
}

/* An enrolment that ended under a program that asked nothing. */
static void
test_forgotten (Case *c, gconstpointer data)
{
  fill (c);
  enrol_again (c);
  g_assert_true (c->store->ops->begin (c->store, NULL));
  for (guint person = 0; person < 3; person++)
    {
      g_autoptr (LanyardHubHolding) holding
          = c->store->ops->lock_holding (c->store, c->numbers[person], NULL);
      g_autoptr (LanyardHubBadge) badge
          = c->store->ops->find_badge (c->store, c->serials[person], NULL);

      badge->flags &= ~(guint)LANYARD_HUB_BADGE_LEFT;
      holding->open_badges = lanyard_hub_badge_is_open (badge);
      g_assert_true (c->store->ops->save_badge (c->store, badge, NULL));
      g_assert_true (c->store->ops->save_holding (c->store, holding, NULL));
    }
  g_assert_true (c->store->ops->commit (c->store, NULL));
  assert_asked (c, "");
  lanyard_hub_close (c->hub);
  open_hub (c);
  assert_asked (c, "012");
  assert_told (c, 0, 1, FALSE);
  assert_told (c, 5, 0, FALSE);
}

static gint64
get_still (gpointer data)
{
  static gint64 now_us;

  if (now_us == 0)
    now_us = g_get_real_time ();
  return now_us;
}

/* Of two answers at one moment none takes the other's place. */
static void
test_same_moment (Case *c, gconstpointer data)
{
  static const LanyardClock still = { get_still, get_still, NULL };
  GError *error = NULL;

  fill (c);
  enrol_again (c);
  lanyard_hub_close (c->hub);
  c->hub = lanyard_hub_open (c->fixture->hub_directory, &still, &error);
  g_assert_no_error (error);
  c->store = lanyard_hub_get_store (c->hub);
  for (guint person = 0; person <= 2; person++)
    answer (c, person, LANYARD_HUB_BECAME_NEVER_OUT);
  assert_asked (c, "");
  for (guint person = 0; person <= 2; person++)
    assert_told (c, person, 0, FALSE);
}

#define CASE(name, data, func)                                                                     \
  g_test_add ("/sync/hub-left/" name, Case, data, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  if (postgres_server_skip ())
    return 0;
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  CASE ("new-epoch", enrol_again, test_asked);
  CASE ("revoked", take_key_back, test_asked);
  CASE ("made-elsewhere", NULL, test_made_elsewhere);
  CASE ("late", NULL, test_late);
  CASE ("order", NULL, test_order);
  CASE ("answered", NULL, test_answered);
  CASE ("disputed-later", NULL, test_disputed_later);
  CASE ("refused", NULL, test_refused);
  CASE ("same-moment", NULL, test_same_moment);
  CASE ("forgotten", NULL, test_forgotten);
  return g_test_run ();
}
