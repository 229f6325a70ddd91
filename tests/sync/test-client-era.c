/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-changes.h"
#include "lanyard-error.h"
#include "lanyard-hub-client.h"
#include "lanyard-link.h"
#include "lying-hub.h"
#include "postgres-server.h"
#include "sync-fixture.h"

/*
 * A hub that was put back from a backup. Its feed may have passed the desk's cursor before the desk
 * comes back, with other rows: only the history of eras tells.
 */

#define N_FIRST 10
#define N_LOST 5
#define N_LATER 30
#define N_READ 7
#define MOST_ASKED 100

typedef struct
{
  SyncFixture *fixture;
  SyncDesk *desk;
  const char *event; /* borrowed */
  gint n_asked;      /* atomic */
} Case;

static void
sync_well (SyncDesk *desk)
{
  GError *error = NULL;

  sync_desk_sync (desk, &error);
  g_assert_no_error (error);
}

/* It notices one thing after the other, and comes back in its turn each time. */
static void
sync_until_well (SyncDesk *desk)
{
  guint n_failed = 0;

  while (!sync_desk_sync (desk, NULL))
    g_assert_cmpuint (++n_failed, <, 4);
}

/* A desk and a hub that agree, and a backup of the hub from then. */
static void
set_up (Case *c, gconstpointer data)
{
  c->fixture = sync_fixture_new ();
  sync_fixture_import (c->fixture, 0, N_FIRST);
  sync_fixture_start_hub (c->fixture);
  c->desk = sync_desk_new (c->fixture, "desk");
  sync_desk_chatter (c->desk, 2);
  sync_well (c->desk);
  sync_fixture_stop_hub (c->fixture);
  sync_fixture_back_up (c->fixture);
  sync_fixture_start_hub (c->fixture);
}

static void
tear_down (Case *c, gconstpointer data)
{
  sync_desk_free (c->desk);
  sync_fixture_free (c->fixture);
}

static void
put_back (Case *c)
{
  sync_fixture_stop_hub (c->fixture);
  sync_fixture_put_back (c->fixture);
}

static gboolean
has_problem (Case *c, const char *words)
{
  g_auto (LanyardLinkStatus) status = { 0 };

  lanyard_link_get_status (LANYARD_LINK (c->desk->engine), &status);
  return status.problem != NULL && strstr (status.problem, words) != NULL;
}

static gboolean
knows (Case *c, guint index)
{
  g_autofree char *number = sync_fixture_number (index);
  g_autoptr (LanyardEntry) entry
      = lanyard_directory_lookup (c->desk->store, LANYARD_LOOKUP_NUMBER, number, NULL);

  return entry != NULL;
}

/* Rows that the hub lost go, those that it has instead come, although the cursor was passed. */
static void
test_feed_passed (Case *c, gconstpointer data)
{
  guint64 cursor;

  sync_fixture_import (c->fixture, 100, N_LOST);
  sync_desk_chatter (c->desk, 3);
  sync_well (c->desk);
  cursor = lanyard_directory_get_cursor (c->desk->store);
  g_assert_true (knows (c, 100));
  put_back (c);
  sync_fixture_import (c->fixture, 200, N_LATER);
  sync_fixture_start_hub (c->fixture);

  g_assert_false (sync_desk_sync (c->desk, NULL)); /* it notices, and comes back in its turn */
  g_assert_true (has_problem (c, "backup"));
  g_assert_true (knows (c, 100)); /* in use until the feed was read */
  sync_until_well (c->desk);
  g_assert_cmpuint (lanyard_directory_get_cursor (c->desk->store), >, cursor);
  g_assert_cmpuint (lanyard_directory_get_size (c->desk->store), ==, N_FIRST + N_LATER);
  g_assert_false (knows (c, 100));
  g_assert_true (knows (c, 0));
  g_assert_true (knows (c, 200));
  g_assert_false (lanyard_directory_is_stale (c->desk->store));
  g_assert_cmpuint (sync_desk_pending (c->desk), ==, 0);
  /* The hub has again what it lost, although the desk had nothing new to send. */
  g_assert_cmpuint (sync_fixture_count (c->fixture, "records"), ==, 5);
  g_assert_cmpuint (sync_fixture_count (c->fixture, "alarms"), ==, 1);
}

/* Nothing that the feed tells was lost, but records were. */
static void
test_records_lost (Case *c, gconstpointer data)
{
  sync_desk_chatter (c->desk, 3);
  sync_well (c->desk);
  put_back (c);
  sync_fixture_start_hub (c->fixture);
  g_assert_cmpuint (sync_fixture_count (c->fixture, "records"), ==, 2);
  sync_until_well (c->desk);
  g_assert_true (has_problem (c, "went back"));
  g_assert_cmpuint (sync_fixture_count (c->fixture, "records"), ==, 5);
  g_assert_cmpuint (sync_desk_pending (c->desk), ==, 0);
}

/* A hub that only starts anew has all that it had: nothing is read twice. */
static void
test_restart (Case *c, gconstpointer data)
{
  guint64 era = lanyard_directory_get_era (c->desk->store);

  sync_well (c->desk);
  g_assert_cmpuint (lanyard_directory_get_era (c->desk->store), !=, era);
  g_assert_cmpuint (lanyard_directory_get_cursor (c->desk->store), ==, N_FIRST);
  g_assert_false (lanyard_directory_is_stale (c->desk->store));
  g_assert_false (has_problem (c, ""));
}

typedef struct
{
  GMutex lock;
  GBytes *kept;
} Tape;

static GBytes *
record_first (const char *line, GBytes *truth, gpointer user_data)
{
  Tape *tape = user_data;

  g_mutex_lock (&tape->lock);
  if (tape->kept == NULL)
    tape->kept = g_bytes_ref (truth);
  g_mutex_unlock (&tape->lock);
  return g_bytes_ref (truth);
}

static GBytes *
play (const char *line, GBytes *truth, gpointer user_data)
{
  return g_bytes_ref (((Tape *)user_data)->kept);
}

/* The page that sent a desk back to the beginning is of no use to somebody who kept it. */
static void
test_replay (Case *c, gconstpointer data)
{
  Tape tape = { 0 };
  LyingHub *liar;
  guint64 cursor;

  g_mutex_init (&tape.lock);
  sync_fixture_import (c->fixture, 100, N_LOST);
  sync_well (c->desk);
  put_back (c);
  sync_fixture_start_hub (c->fixture);
  liar = lying_hub_new (c->fixture->port);
  sync_desk_make_engine (c->desk, lying_hub_get_url (liar));
  lying_hub_set_lie (liar, "GET /v1/changes/tail", record_first, &tape);
  g_assert_false (sync_desk_sync (c->desk, NULL));
  g_assert_nonnull (tape.kept);
  sync_until_well (c->desk);
  cursor = lanyard_directory_get_cursor (c->desk->store);
  g_assert_cmpuint (cursor, >, 0);
  lying_hub_set_lie (liar, "GET /v1/changes/tail", play, &tape);
  g_assert_false (sync_desk_sync (c->desk, NULL));
  g_assert_true (lanyard_directory_get_cursor (c->desk->store) == cursor);
  g_assert_false (lanyard_directory_is_stale (c->desk->store));
  lying_hub_free (liar);
  g_bytes_unref (tape.kept);
  g_mutex_clear (&tape.lock);
}

/* A hub of the version before, which tells no eras and is put back while a desk reads its feed. */
static GBytes *
tell_less (const char *line, GBytes *truth, gpointer user_data)
{
  Case *c = user_data;
  g_autofree char *key_path = g_build_filename (c->fixture->hub_directory, "hub.key", NULL);
  g_autoptr (LanyardKey) key = lanyard_key_load (key_path, NULL);
  g_autoptr (LanyardChanges) page = lanyard_changes_new (c->event);
  g_autoptr (GBytes) body = NULL;
  gint n_asked = g_atomic_int_add (&c->n_asked, 1);

  if (n_asked > MOST_ASKED)
    return NULL;
  page->after = n_asked == 0 ? 0 : N_READ;
  page->next = N_READ;
  page->head = n_asked == 0 ? N_READ + N_LOST : N_READ;
  body = lanyard_changes_sign (page, key);
  return lying_hub_answer (200, TRUE, body);
}

/* What was to be had beyond the present end of the feed is not asked for again and again. */
static void
test_no_eras (Case *c, gconstpointer data)
{
  LyingHub *liar = lying_hub_new (c->fixture->port);
  SyncDesk *desk = sync_desk_new (c->fixture, "later desk");
  g_auto (LanyardIdentity) identity = { 0 };

  lanyard_journal_get_identity (desk->journal, &identity);
  c->event = identity.event;
  sync_desk_make_engine (desk, lying_hub_get_url (liar));
  lying_hub_set_lie (liar, "GET /v1/changes/tail", tell_less, c);
  sync_well (desk);
  g_assert_cmpuint (lanyard_directory_get_cursor (desk->store), ==, N_READ);
  g_assert_cmpint (g_atomic_int_get (&c->n_asked), <=, 4);
  sync_desk_free (desk);
  lying_hub_free (liar);
}

/* Both forms of RFC 9110 §10.2.3. */
static void
test_retry_after (void)
{
  const char *date = "Sun, 06 Nov 1994 08:49:37 GMT";

  g_assert_cmpuint (lanyard_hub_client_parse_retry_after (NULL, NULL, 0), ==, 0);
  g_assert_cmpuint (lanyard_hub_client_parse_retry_after ("120", NULL, 0), ==, 120);
  g_assert_cmpuint (lanyard_hub_client_parse_retry_after ("-5", NULL, 0), ==, 0);
  g_assert_cmpuint (lanyard_hub_client_parse_retry_after ("soon", NULL, 0), ==, 0);
  g_assert_cmpuint (lanyard_hub_client_parse_retry_after ("Sun, 06 Nov 1994 08:51:37 GMT", date, 0),
                    ==, 120);
  g_assert_cmpuint (lanyard_hub_client_parse_retry_after ("Sun, 06 Nov 1994 08:49:47 GMT", NULL,
                                                          784111777),
                    ==, 10);
  g_assert_cmpuint (lanyard_hub_client_parse_retry_after ("Sun, 06 Nov 1994 08:00:00 GMT", date, 0),
                    ==, 0);
}

#define CASE(name, func) g_test_add ("/sync/client-era/" name, Case, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  if (postgres_server_skip ())
    return 0;
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  CASE ("feed-passed", test_feed_passed);
  CASE ("records-lost", test_records_lost);
  CASE ("restart", test_restart);
  CASE ("replay", test_replay);
  CASE ("no-eras", test_no_eras);
  g_test_add_func ("/sync/client-era/retry-after", test_retry_after);
  return g_test_run ();
}
