/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Two programs lanyard-hub over one PostgreSQL database, and desks that use both at the same time.
 * If this fails, a hub that is killed takes records with it that desks have receipts for, a
 * conflict between desks of two hubs is not seen, or somebody who reads the feed misses a change
 * that was given a low number and committed late. */

#include <poll.h>

#include "desk-fleet.h"
#include "hub-run.h"
#include "lanyard-error.h"
#include "lanyard-hub-store-open.h"
#include "lanyard-hub-store-pg-private.h"
#include "paper-desk.h"
#include "postgres-server.h"

#define N_ROUNDS 8
#define KILL_ROUND 3
#define BACK_ROUND 5
#define DRAIN_S 120
#define LISTEN_MS 1000

/* Somebody who follows the feed while it grows, as each hub does. */
typedef struct
{
  char *place;  /* owned */
  GArray *seen; /* owned (element-type guint64): gseqs as they came */
  gint stop;    /* atomic */
} Reader;

static void
read_on (Reader *reader, LanyardHubStore *store)
{
  g_autoptr (GPtrArray) rows = NULL;

  do
    {
      guint n = reader->seen->len;
      guint64 after = n == 0 ? 0 : g_array_index (reader->seen, guint64, n - 1);

      g_clear_pointer (&rows, g_ptr_array_unref);
      rows = store->ops->read_changes (store, after, G_MAXINT64, 100, NULL);
      g_assert_nonnull (rows);
      for (guint i = 0; i < rows->len; i++)
        {
          guint64 gseq = ((const LanyardChangesRow *)g_ptr_array_index (rows, i))->gseq;

          g_array_append_val (reader->seen, gseq);
        }
    }
  while (rows->len > 0);
}

static gpointer
follow (gpointer data)
{
  Reader *reader = data;
  GError *error = NULL;
  g_autoptr (LanyardHubStore) store = lanyard_hub_store_open (reader->place, FALSE, &error);
  gboolean last = FALSE;

  g_assert_no_error (error);
  while (!last)
    {
      struct pollfd line = { .fd = store->ops->get_fd (store), .events = POLLIN };

      last = g_atomic_int_get (&reader->stop);
      store->ops->read_news (store);
      read_on (reader, store);
      if (!last)
        poll (&line, 1, LISTEN_MS);
    }
  return NULL;
}

static void
check_reader (Reader *reader, LanyardHubStore *store)
{
  g_autoptr (GPtrArray) rows = store->ops->read_changes (store, 0, G_MAXINT64, G_MAXINT32, NULL);

  g_assert_cmpuint (reader->seen->len, ==, rows->len);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpuint (g_array_index (reader->seen, guint64, i), ==,
                      ((const LanyardChangesRow *)g_ptr_array_index (rows, i))->gseq);
}

static void
kill_hub (gpointer data)
{
  g_subprocess_force_exit (data); /* SIGKILL */
}

/* Desks of the first hub go over to @hub, or back. */
static void
move_desks (DeskFleet *fleet, guint hub)
{
  for (guint i = 0; i < DESK_FLEET_DESKS; i += 2)
    desk_fleet_point (fleet, i, hub);
}

static GSubprocess *
serve (SyncFixture *fixture, char **url)
{
  const char *const words[] = { "--quiet", NULL };
  GSubprocess *process = hub_serve (fixture, words, G_SUBPROCESS_FLAGS_NONE);

  g_free (*url);
  *url = g_strdup (fixture->url);
  return process;
}

static void
run_rounds (SyncFixture *fixture, DeskFleet *fleet, GSubprocess **first, LanyardHubStore *store)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      desk_fleet_work (fleet);
      if (round == KILL_ROUND)
        {
          g_assert_cmpuint (desk_fleet_sync (fleet, kill_hub, *first), >, 0);
          g_subprocess_wait (*first, NULL, NULL);
          g_clear_object (first);
          desk_fleet_check_receipts (fleet, store);
          move_desks (fleet, 1);
        }
      else if (round == BACK_ROUND)
        {
          *first = serve (fixture, &fleet->urls[0]);
          move_desks (fleet, 0);
        }
      if (round != KILL_ROUND)
        g_assert_cmpuint (desk_fleet_sync (fleet, NULL, NULL), ==, 0);
    }
}

static void
test_kill (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *place = lanyard_hub_store_locate (fixture->hub_directory, NULL, NULL);
  g_autofree char *first_url = NULL;
  g_autofree char *second_url = NULL;
  g_autoptr (GSubprocess) first = serve (fixture, &first_url);
  g_autoptr (GSubprocess) second = serve (fixture, &second_url);
  g_autoptr (LanyardHubStore) store = lanyard_hub_store_open (place, FALSE, NULL);
  DeskFleet *fleet = desk_fleet_new (fixture, first_url, second_url, N_ROUNDS);
  Reader readers[2] = { 0 };
  GThread *threads[2];

  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      readers[i].place = place;
      readers[i].seen = g_array_new (FALSE, FALSE, sizeof (guint64));
      threads[i] = g_thread_new ("reader", follow, &readers[i]);
    }
  run_rounds (fixture, fleet, &first, store);
  desk_fleet_drain (fleet, DRAIN_S);
  desk_fleet_check (fleet, store);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      g_atomic_int_set (&readers[i].stop, TRUE);
      g_thread_join (threads[i]);
      check_reader (&readers[i], store);
      g_array_unref (readers[i].seen);
    }
  hub_stop (first);
  hub_stop (second);
  desk_fleet_free (fleet);
  sync_fixture_free (fixture);
}

/* Two hubs hear of the same serial for two people at the same moment: both have looked for it, and
 * neither has found it, before one of them stores it. If this fails, a card changes its holder, or
 * records of a desk that did nothing wrong come back as refused. */

typedef struct
{
  SyncFixture *fixture;
  Paper *paper;
  LanyardRecord *record; /* owned by the thread */
  GAsyncQueue *ready;    /* the hub is open */
  GAsyncQueue *go;
} Writer;

static gpointer
write_card (gpointer data)
{
  Writer *writer = data;
  LanyardHub *hub = paper_open_hub (writer->fixture);
  g_autoptr (GPtrArray) records = paper_records ();

  g_ptr_array_add (records, writer->record);
  g_async_queue_push (writer->ready, hub);
  g_async_queue_pop (writer->go);
  paper_ingest (hub, writer->paper, records);
  lanyard_hub_close (hub);
  return NULL;
}

static void
tell (PGconn *db, const char *sql)
{
  PGresult *result = PQexec (db, sql);

  g_assert_cmpint (PQresultStatus (result), ==, PGRES_TUPLES_OK);
  PQclear (result);
}

static guint
count_waiting (PGconn *db)
{
  PGresult *result
      = PQexec (db, "SELECT count (*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
  guint n = (guint)g_ascii_strtoull (PQgetvalue (result, 0, 0), NULL, 10);

  PQclear (result);
  return n;
}

/* Both stand before the lock that is taken when all has been read and nothing of cards written. */
static void
run_together (Writer *writers, PGconn *db)
{
  gint64 deadline_us = g_get_monotonic_time () + DRAIN_S * G_USEC_PER_SEC;
  GThread *threads[2];

  for (guint i = 0; i < 2; i++)
    {
      threads[i] = g_thread_new ("hub", write_card, &writers[i]);
      g_async_queue_pop (writers[i].ready);
    }
  tell (db, "SELECT pg_advisory_lock (" LANYARD_PG_LOCK_SEQUENCER ")");
  for (guint i = 0; i < 2; i++)
    g_async_queue_push (writers[i].go, &writers[i]);
  while (count_waiting (db) < 2)
    g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
  tell (db, "SELECT pg_advisory_unlock (" LANYARD_PG_LOCK_SEQUENCER ")");
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);
}

static void
check_one_card (LanyardHub *hub)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  g_autoptr (GPtrArray) asides = store->ops->list_quarantine (store, TRUE, 0, 0, 0, 10, NULL);
  g_autoptr (GPtrArray) badges = store->ops->read_badges (store, "", 10, NULL);
  const LanyardHubAside *aside;
  LanyardHubCounts counts = { 0 };

  g_assert_true (store->ops->count (store, &counts, NULL));
  g_assert_cmpuint (counts.records, ==, 2);
  g_assert_cmpuint (counts.open_badges, ==, 1);
  g_assert_cmpuint (badges->len, ==, 1);
  g_assert_cmpuint (asides->len, ==, 1);
  aside = g_ptr_array_index (asides, 0);
  g_assert_cmpstr (aside->why, ==, "its serial belongs to another accreditation");
  g_assert_cmpuint (((const LanyardHubBadge *)badges->pdata[0])->device, !=, aside->device);
}

static void
test_same_serial (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *place = lanyard_hub_store_locate (fixture->hub_directory, NULL, NULL);
  g_autoptr (GAsyncQueue) ready = g_async_queue_new ();
  g_autoptr (GAsyncQueue) go = g_async_queue_new ();
  PGconn *db = PQconnectdb (place);
  Writer writers[2];
  LanyardHub *hub;

  sync_fixture_import (fixture, 0, 2);
  hub = paper_open_hub (fixture);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *number = sync_fixture_number (i);
      Paper *paper = paper_new (fixture, hub);

      writers[i] = (Writer){ fixture, paper, NULL, ready, go };
      writers[i].record = paper_write (paper, LANYARD_RECORD_ISSUED, number, "S-ONE", 1);
    }
  run_together (writers, db);
  check_one_card (hub);
  for (guint i = 0; i < 2; i++)
    paper_free (writers[i].paper);
  PQfinish (db);
  lanyard_hub_close (hub);
  sync_fixture_free (fixture);
}

/* A server that stands still is given up after a while, and is used again when it goes on. */
static void
test_standing_still (void)
{
  g_autofree char *place = postgres_server_new_database ();
  gint64 deadline_us = g_get_monotonic_time () + DRAIN_S * G_USEC_PER_SEC;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardHubStore) store = lanyard_hub_store_open (place, TRUE, &error);
  PGconn *db = PQconnectdb (place);

  g_assert_no_error (error);
  tell (db, "SELECT pg_advisory_lock (" LANYARD_PG_LOCK_WRITER ")");
  _lanyard_hub_pg (store)->patience_ms = 100; /* the server's own for locks is half a minute */
  g_assert_false (store->ops->begin (store, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK);
  tell (db, "SELECT pg_advisory_unlock (" LANYARD_PG_LOCK_WRITER ")");
  _lanyard_hub_pg (store)->patience_ms = DRAIN_S * 1000;
  while (!store->ops->begin (store, NULL))
    g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
  g_assert_true (store->ops->commit (store, &error));
  PQfinish (db);
}

int
main (int argc, char **argv)
{
  if (postgres_server_skip ())
    return 0;
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sync/two-hubs/kill", test_kill);
  g_test_add_func ("/sync/two-hubs/same-serial", test_same_serial);
  g_test_add_func ("/sync/two-hubs/standing-still", test_standing_still);
  return g_test_run ();
}
