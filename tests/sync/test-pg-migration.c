/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A database that an earlier hub left is brought up to date. hub-pg-2 is one of step 2, made by the
 * hub of that time, and what that hub said of it. If this fails, an event that brings its hub up to
 * date loses records, or their order, or takes what it has for new. */

#include <glib/gstdio.h>
#include <libpq-fe.h>
#include <string.h>

#include "hub-run.h"
#include "hub-words.h"
#include "lanyard-error.h"
#include "lanyard-hub-rebuild.h"
#include "lanyard-hub-store-open.h"
#include "lanyard-hub-store-pg-private.h"
#include "postgres-server.h"

#define NOW_S G_GINT64_CONSTANT (1795410000) /* of that hub */
#define LIMIT_US (60 * G_USEC_PER_SEC)
#define LAST_STEP "5"

typedef struct
{
  SyncFixture *fixture;
  char *uri;  /* owned */
  PGconn *db; /* owned */
} Old;

static gint64
wall (gpointer data)
{
  return NOW_S * G_USEC_PER_SEC;
}

static const LanyardClock then = { wall, wall, NULL };

static char *
read_golden (const char *name)
{
  return hub_read (g_test_get_filename (G_TEST_DIST, "sync", "hub-pg-2", name, NULL));
}

/* What the first column of the only row says. (transfer full) */
static char *
ask (PGconn *db, const char *sql)
{
  PGresult *result = PQexec (db, sql);
  ExecStatusType status = PQresultStatus (result);
  char *word;

  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
    g_error ("%s", PQerrorMessage (db));
  word = g_strdup (status == PGRES_TUPLES_OK && PQntuples (result) > 0 ? PQgetvalue (result, 0, 0)
                                                                       : "");
  PQclear (result);
  return word;
}

static void
tell (PGconn *db, const char *sql)
{
  g_free (ask (db, sql));
}

static PGconn *
connect_to (const char *uri)
{
  PGconn *db = PQconnectdb (uri);

  g_assert_cmpint (PQstatus (db), ==, CONNECTION_OK);
  return db;
}

static void
set_up (Old *old, gconstpointer data)
{
  g_autofree char *sql = read_golden ("database.sql");
  g_autofree char *key = read_golden ("hub.key");
  g_autofree char *key_path = NULL;
  GError *error = NULL;

  old->uri = postgres_server_new_database ();
  old->db = connect_to (old->uri);
  tell (old->db, sql);
  tell (old->db, "RESET ALL");
  old->fixture = sync_fixture_new ();
  key_path = g_build_filename (old->fixture->hub_directory, "hub.key", NULL);
  g_file_set_contents (key_path, key, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (key_path, 0600), ==, 0);
  lanyard_hub_store_remember (old->fixture->hub_directory, old->uri, &error);
  g_assert_no_error (error);
}

static void
tear_down (Old *old, gconstpointer data)
{
  PQfinish (old->db);
  sync_fixture_free (old->fixture);
  g_free (old->uri);
}

static LanyardHub *
open_hub (Old *old)
{
  GError *error = NULL;
  LanyardHub *hub = lanyard_hub_open (old->fixture->hub_directory, &then, &error);

  g_assert_no_error (error);
  return hub;
}

static void
must_be (const char *words, const char *name)
{
  g_autofree char *golden = read_golden (name);

  g_assert_cmpstr (words, ==, golden);
}

/* Records in their order, folds, feed and alerts, each as the hub of that time said it. */
static void
check_words (LanyardHub *hub)
{
  g_autofree char *records = hub_words_of_records (hub);
  g_autofree char *people = hub_words_of_people (hub);
  g_autofree char *feed = hub_words_of_feed (hub);

  must_be (records, "records");
  must_be (people, "people");
  must_be (feed, "feed");
}

static void
check_step (Old *old, const char *step)
{
  g_autofree char *found = ask (old->db, "SELECT max (step) FROM lanyard_schema");

  g_assert_cmpstr (found, ==, step);
}

static void
check_brought_up (Old *old)
{
  LanyardHub *hub = open_hub (old);

  check_step (old, LAST_STEP);
  check_words (hub);
  lanyard_hub_close (hub);
}

static void
test_same (Old *old, gconstpointer data)
{
  g_autofree char *uploads = read_golden ("uploads");
  g_autofree char *again = NULL;
  LanyardHub *hub = open_hub (old);

  check_step (old, LAST_STEP);
  check_words (hub);
  again = hub_words_of_uploads (hub, uploads, NOW_S);
  must_be (again, "again");
  check_words (hub); /* nothing was stored twice */
  lanyard_hub_close (hub);
  check_brought_up (old); /* and once more there is nothing to do */
}

/* Records that came at one time, as one upload. */
static LanyardBatch *
take_batch (GPtrArray *records, guint *i)
{
  const LanyardHubRecord *first = g_ptr_array_index (records, *i);
  const LanyardHubRecord *before = NULL;
  LanyardBatch *batch;
  LanyardHash previous = { 0 };

  for (guint k = 0; k < *i; k++)
    {
      const LanyardHubRecord *record = g_ptr_array_index (records, k);

      if (record->device == first->device && record->epoch == first->epoch)
        before = record;
    }
  if (before != NULL)
    previous = before->hash;
  batch = lanyard_hub_batch_begin (first->device, first->epoch, first->seq, &previous);
  for (; *i < records->len; (*i)++)
    {
      const LanyardHubRecord *record = g_ptr_array_index (records, *i);

      if (record->device != first->device || record->epoch != first->epoch
          || record->received_us != first->received_us)
        break;
      lanyard_hub_batch_add (batch, record->encoded);
    }
  return batch;
}

static void
ingest_all (LanyardHub *hub, GPtrArray *records)
{
  GError *error = NULL;
  guint i = 0;

  while (i < records->len)
    {
      LanyardReceiptStatus status;

      lanyard_hub_ingest_batch (hub, take_batch (records, &i), &status, &error);
      g_assert_no_error (error);
      g_assert_cmpint (status, ==, LANYARD_RECEIPT_ACCEPTED);
    }
}

/* The records are all that was folded: folded again from nothing the same changes come out, under
 * the same numbers. */
static void
test_folded_again (Old *old, gconstpointer data)
{
  LanyardHub *hub = open_hub (old);
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  g_autoptr (GPtrArray) records = store->ops->read_records (store, 0, 1000, NULL);
  g_autofree char *golden = read_golden ("feed");
  const char *end
      = strstr (golden, "change 24 "); /* what the hub's operator decided, in no record */
  g_autofree char *feed = NULL;

  g_assert_nonnull (end);
  tell (old->db, "ALTER TABLE stretch DISABLE TRIGGER stretch_no_change;"
                 "TRUNCATE stretch, stream, badge, quarantine, alert, seal, stock, opaque,"
                 " pickup_hour, resolution;"
                 "DELETE FROM change WHERE gseq > 10; DELETE FROM holding;" /* the roster stays */
                 "INSERT INTO holding (number, open_badges, last_sequence, disputed, void_below,"
                 " floor, gseq) SELECT number, 0, 0, 0, 0, 0, gseq FROM change;"
                 "ALTER TABLE stretch ENABLE TRIGGER stretch_no_change");
  ingest_all (hub, records);
  feed = hub_words_of_feed (hub);
  g_assert_cmpint (strncmp (feed, golden, (gsize)(end - golden)), ==, 0);
  lanyard_hub_close (hub);
}

/* What one record is, of any schema, in the order of arrival. */
#define FINGERPRINT                                                                                \
  "SELECT md5 (string_agg (format ('%s %s %s %s %s %s', device, epoch, seq, hash, encoded,"        \
  " received_us), E'\\n' ORDER BY id)) || count (*) FROM record"

/* Streams far longer than a row, desks that came in turn, one record at a time, and two uploads of
 * one moment. */
static void
test_long (Old *old, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  LanyardHub *hub;

  tell (old->db,
        "INSERT INTO record (device, epoch, seq, hash, encoded, received_us)"
        " SELECT 77, 1, n, sha256 (n::text::bytea), n::text::bytea, 5 FROM generate_series (1,"
        " 1234) AS n;"
        "INSERT INTO record (device, epoch, seq, hash, encoded, received_us)"
        " SELECT 78 + n % 2, 1, n / 2, sha256 (n::text::bytea), '', n"
        " FROM generate_series (2, 1301) AS n;"
        "INSERT INTO record (device, epoch, seq, hash, encoded, received_us)"
        " SELECT 77, 1, n, sha256 (n::text::bytea), n::text::bytea, 1 FROM generate_series (1235,"
        " 1500) AS n");
  before = ask (old->db, FINGERPRINT);
  hub = open_hub (old);
  lanyard_hub_close (hub);
  after = ask (old->db, FINGERPRINT);
  g_assert_cmpstr (after, ==, before);
}

/* A hole that somebody made by hand: nothing is made up, and nothing is thrown away. */
static void
test_hole (Old *old, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  tell (old->db, "ALTER TABLE record DISABLE TRIGGER record_no_change;"
                 "DELETE FROM record WHERE device = 2 AND seq = 4;"
                 "ALTER TABLE record ENABLE TRIGGER record_no_change");
  before = ask (old->db, FINGERPRINT);
  g_assert_null (lanyard_hub_open (old->fixture->hub_directory, &then, &error));
  g_assert_nonnull (error);
  check_step (old, "2");
  after = ask (old->db, FINGERPRINT);
  g_assert_cmpstr (after, ==, before);
}

/* Waits until @n sessions of hubs wait for a lock. */
static void
wait_for_waiting (Old *old, const char *n)
{
  gint64 deadline_us = g_get_monotonic_time () + LIMIT_US;
  g_autofree char *found = NULL;

  do
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      g_free (found);
      found = ask (old->db,
                   "SELECT count (*) FROM pg_stat_activity WHERE application_name = 'lanyard-hub'"
                   " AND datname = current_database () AND wait_event_type = 'Lock'");
    }
  while (strcmp (found, n) != 0);
}

/* Somebody reads what the last step drops, so that it stands still in the middle of the work. */
static PGconn *
hold (Old *old)
{
  PGconn *reader = connect_to (old->uri);

  tell (reader, "BEGIN; SELECT count (*) FROM entry");
  return reader;
}

static GSubprocess *
spawn (Old *old)
{
  const char *const words[]
      = { "serve", "--dir", old->fixture->hub_directory, "--listen", "127.0.0.1:0", NULL };

  return hub_spawn (words, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
}

/* SIGKILL to the hub, and to its session at the server. */
static void
test_killed (Old *old, gconstpointer data)
{
  for (guint round = 0; round < 2; round++)
    {
      PGconn *reader = hold (old);
      g_autoptr (GSubprocess) hub = spawn (old);

      wait_for_waiting (old, "1");
      if (round == 0)
        g_subprocess_force_exit (hub);
      else
        tell (old->db, "SELECT pg_terminate_backend (pid) FROM pg_stat_activity"
                       " WHERE application_name = 'lanyard-hub' AND datname = current_database ()");
      g_subprocess_wait (hub, NULL, NULL);
      PQfinish (reader);
      wait_for_waiting (old, "0");
      check_step (old, "2");
    }
  check_brought_up (old);
}

/* Whether it says that it is ready. */
static gboolean
is_ready (GSubprocess *hub)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (hub));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  return line != NULL && strstr (line, "listening on") != NULL;
}

/* One does it, the other waits for it; both serve. */
static void
test_two_at_once (Old *old, gconstpointer data)
{
  const char *const words[]
      = { "serve", "--dir", old->fixture->hub_directory, "--listen", "127.0.0.1:0", NULL };
  PGconn *reader = hold (old);
  g_autoptr (GSubprocess) first = hub_spawn (words, G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) second = hub_spawn (words, G_SUBPROCESS_FLAGS_STDOUT_PIPE);

  wait_for_waiting (old, "2");
  PQfinish (reader);
  g_assert_true (is_ready (first));
  g_assert_true (is_ready (second));
  hub_stop (first);
  hub_stop (second);
  check_brought_up (old);
}

/* What a hub of step 2 says in a transaction of uploads after it has read what it needs. */
#define OLD_UPLOAD                                                                                 \
  "INSERT INTO record (device, epoch, seq, hash, encoded, received_us)"                            \
  " SELECT 77, 1, n, sha256 (n::text::bytea), n::text::bytea, 5 FROM generate_series (%u, %u) AS " \
  "n"

static gboolean
old_upload (PGconn *db, guint first, guint last)
{
  g_autofree char *sql = g_strdup_printf (OLD_UPLOAD, first, last);
  PGresult *result = PQexec (db, sql);
  gboolean stored = PQresultStatus (result) == PGRES_COMMAND_OK;

  PQclear (result);
  return stored;
}

/* A hub of before is in the middle of an upload when a new one is started. What it acknowledges is
 * there afterwards, and what comes afterwards it cannot store. If this fails, records that desks
 * have receipts for go with the table that they were in. */
static void
test_in_the_middle (Old *old, gconstpointer data)
{
  const char *const words[]
      = { "serve", "--dir", old->fixture->hub_directory, "--listen", "127.0.0.1:0", NULL };
  PGconn *hub_of_before = connect_to (old->uri);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GSubprocess) hub = NULL;

  tell (hub_of_before, "BEGIN; SELECT pg_advisory_xact_lock_shared (" LANYARD_PG_LOCK_WRITER ")");
  g_assert_true (old_upload (hub_of_before, 1, 100));
  hub = hub_spawn (words, G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  wait_for_waiting (old, "1");
  g_assert_true (old_upload (hub_of_before, 101, 200));
  before = ask (hub_of_before, FINGERPRINT);
  tell (hub_of_before, "COMMIT");
  g_assert_true (is_ready (hub));
  check_step (old, LAST_STEP);
  after = ask (old->db, FINGERPRINT);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (old_upload (hub_of_before, 201, 300));
  PQfinish (hub_of_before);
  hub_stop (hub);
}

static GSubprocess *
serve_with_pipe (Old *old)
{
  const char *const words[]
      = { "serve", "--dir", old->fixture->hub_directory, "--listen", "127.0.0.1:0", NULL };
  GSubprocess *hub
      = hub_spawn (words, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);

  g_assert_true (is_ready (hub));
  return hub;
}

static void
check_ends (GSubprocess *hub)
{
  g_autofree char *words = NULL;
  GError *error = NULL;

  g_subprocess_communicate_utf8 (hub, NULL, NULL, NULL, &words, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (hub));
  g_assert_cmpint (g_subprocess_get_exit_status (hub), ==, 3);
  g_assert_nonnull (strstr (words, "start the hub of that version."));
}

/* Hubs that run hear that a later version took over the database, and end with a sentence. */
static void
test_outdated (Old *old, gconstpointer data)
{
  g_autoptr (GSubprocess) first = serve_with_pipe (old);
  g_autoptr (GSubprocess) second = serve_with_pipe (old);

  tell (old->db, "BEGIN; SELECT pg_advisory_xact_lock (" LANYARD_PG_LOCK_WRITER ");"
                 "INSERT INTO lanyard_schema VALUES (" LAST_STEP " + 1);"
                 "SELECT pg_notify ('" LANYARD_PG_CHANNEL "', '8'); COMMIT");
  check_ends (first);
  check_ends (second);
}

/* And one that has not heard of it yet stores nothing. */
static void
test_not_heard (Old *old, gconstpointer data)
{
  g_autofree char *uploads = read_golden ("uploads");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *words = NULL;
  LanyardHub *hub = open_hub (old);
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  g_autoptr (GError) error = NULL;

  before = ask (old->db, FINGERPRINT);
  tell (old->db, "INSERT INTO lanyard_schema VALUES (" LAST_STEP " + 1)");
  words = hub_words_of_uploads (hub, uploads, NOW_S);
  g_assert_null (strstr (words, "ACCEPTED"));
  after = ask (old->db, FINGERPRINT);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (store->ops->begin (store, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  lanyard_hub_hear (hub);
  g_assert_true (lanyard_hub_is_outdated (hub));
  lanyard_hub_close (hub);
}

int
main (int argc, char **argv)
{
  if (postgres_server_skip ())
    return 0;
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add ("/sync/pg-migration/same", Old, NULL, set_up, test_same, tear_down);
  g_test_add ("/sync/pg-migration/folded-again", Old, NULL, set_up, test_folded_again, tear_down);
  g_test_add ("/sync/pg-migration/long", Old, NULL, set_up, test_long, tear_down);
  g_test_add ("/sync/pg-migration/hole", Old, NULL, set_up, test_hole, tear_down);
  g_test_add ("/sync/pg-migration/killed", Old, NULL, set_up, test_killed, tear_down);
  g_test_add ("/sync/pg-migration/two-at-once", Old, NULL, set_up, test_two_at_once, tear_down);
  g_test_add ("/sync/pg-migration/in-the-middle", Old, NULL, set_up, test_in_the_middle, tear_down);
  g_test_add ("/sync/pg-migration/outdated", Old, NULL, set_up, test_outdated, tear_down);
  g_test_add ("/sync/pg-migration/not-heard", Old, NULL, set_up, test_not_heard, tear_down);
  return g_test_run ();
}
