/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * What a hub takes in through the functions that its server calls: signature, chain, ledger, fold,
 * conflicts, commit, signed receipt; in uploads of 500 records of 16 desks, and again some of those
 * that it has. With LANYARD_TEST_STORE=postgresql over a server of this program's own, beside what
 * libpq reaches with the same rows; otherwise on SQLite.
 */

#include "bench-report.h"
#include "lanyard-batch.h"
#include "lanyard-cbor.h"
#include "lanyard-hub-store-open.h"
#include "paper-desk.h"
#include "postgres-server.h"
#ifdef LANYARD_HAVE_POSTGRESQL
#include "pipeline-rows.h"
#endif

#include <fcntl.h>
#include <unistd.h>

#define N_DESKS 16
#define N_ROUNDS 10
#define PER_BATCH 500
#define PER_PICKUP 4
#define PICKUPS (PER_BATCH / PER_PICKUP)
#define N_RECORDS (N_DESKS * N_ROUNDS * PER_BATCH)
/* Of every second desk's pickups in a round so many are of people who were at the desk before. */
#define DOUBLES 3
#define WIRE_RECORDS 100

#define GOAL_SQLITE 20000.0
#define GOAL_POSTGRESQL 50000.0
#define GOAL_PIPELINE 0.8
#define GOAL_WIRE_BYTES 60.0

typedef struct
{
  GBytes *message; /* owned */
  LanyardHubPlace place;
} Message;

static void
message_free (Message *message)
{
  g_bytes_unref (message->message);
  g_free (message);
}

static guint
get_person (guint round, guint desk, guint i)
{
  if (i < DOUBLES)
    desk &= ~1u;
  return (round * N_DESKS + desk) * PICKUPS + i;
}

static GBytes *
make_body (void)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  lanyard_cbor_open_map (writer, 1);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_SEQUENCE);
  lanyard_cbor_write_uint (writer, 1);
  return lanyard_cbor_writer_end (writer);
}

static LanyardRecord *
write_record (Paper *paper, guint16 kind, const LanyardId *pickup, const char *number)
{
  g_autoptr (GBytes) body = make_body ();
  g_autofree char *serial
      = g_strdup_printf ("%s-%06u", paper->prefix, (guint)(paper->seq / PER_PICKUP));
  LanyardRecord *record = lanyard_record_new ();

  record->device = paper->device;
  record->epoch = 1;
  record->seq = ++paper->seq;
  record->kind = kind;
  record->wall_us = g_get_real_time ();
  record->hlc = (guint64)record->wall_us << 4;
  record->pickup = *pickup;
  record->accreditation = g_strdup (number);
  record->serial = g_steal_pointer (&serial);
  g_bytes_unref (record->body);
  record->body = g_steal_pointer (&body);
  record->previous = paper->head;
  lanyard_record_seal (record);
  paper->head = record->hash;
  return record;
}

/* Whole pickups, one after the other. */
static Message *
make_message (Paper *paper, guint round, guint desk)
{
  const guint16 kinds[PER_PICKUP] = { LANYARD_RECORD_RESERVED, LANYARD_RECORD_PRINTING,
                                      LANYARD_RECORD_REPORTED, LANYARD_RECORD_ISSUED };
  g_autoptr (GPtrArray) records = paper_records ();
  g_autoptr (LanyardBatch) batch = NULL;
  Message *message = g_new0 (Message, 1);

  for (guint i = 0; i < PICKUPS; i++)
    {
      g_autofree char *number = sync_fixture_number (get_person (round, desk, i));
      LanyardId pickup;

      lanyard_id_init_random (&pickup, g_get_real_time ());
      for (guint k = 0; k < PER_PICKUP; k++)
        g_ptr_array_add (records, write_record (paper, kinds[k], &pickup, number));
    }
  batch = lanyard_batch_new (records, PER_BATCH);
  g_assert (batch->records->len == PER_BATCH);
  message->message = lanyard_batch_sign (batch, paper->key);
  message->place
      = (LanyardHubPlace){ paper->device, 1, batch->first, lanyard_batch_get_last (batch) };
  return message;
}

/* (element-type Message): round by round, a desk after the other */
static GPtrArray *
make_messages (SyncFixture *fixture, LanyardHub *hub)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func ((GDestroyNotify)message_free);
  Paper *papers[N_DESKS];

  for (guint desk = 0; desk < N_DESKS; desk++)
    papers[desk] = paper_new (fixture, hub);
  for (guint round = 0; round < N_ROUNDS; round++)
    for (guint desk = 0; desk < N_DESKS; desk++)
      g_ptr_array_add (messages, make_message (papers[desk], round, desk));
  for (guint desk = 0; desk < N_DESKS; desk++)
    paper_free (papers[desk]);
  return messages;
}

/* Processor time of all threads of this process. */
static double
get_process_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void
begin (LanyardHub *hub, GPtrArray *uploads, const Message *message)
{
  g_ptr_array_add (uploads, lanyard_hub_upload_begin (hub, &message->place,
                                                      g_bytes_get_data (message->message, NULL),
                                                      g_bytes_get_size (message->message)));
}

/* The uploads of one round: they have come while those of the round before are stored. */
static GPtrArray *
begin_round (LanyardHub *hub, GPtrArray *messages, guint round)
{
  GPtrArray *uploads = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_upload_free);

  for (guint i = 0; round < N_ROUNDS && i < N_DESKS; i++)
    begin (hub, uploads, g_ptr_array_index (messages, round * N_DESKS + i));
  return uploads;
}

/* What the server does with uploads that came together. */
static void
ingest (LanyardHub *hub, GPtrArray *uploads)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < uploads->len; i++)
    {
      lanyard_hub_upload_settle (hub, g_ptr_array_index (uploads, i), &error);
      g_assert_no_error (error);
    }
  lanyard_hub_ingest_uploads (hub, uploads);
  for (guint i = 0; i < uploads->len; i++)
    {
      LanyardReceiptStatus status;
      g_autoptr (GBytes) receipt
          = lanyard_hub_upload_finish (g_ptr_array_index (uploads, i), &status, &error);

      g_assert_no_error (error);
      g_assert (receipt != NULL && status == LANYARD_RECEIPT_ACCEPTED);
    }
}

static void
check_counts (LanyardHub *hub)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  LanyardHubCounts counts = { 0 };

  g_assert_true (store->ops->count (store, &counts, NULL));
  g_assert_cmpuint (counts.records, ==, N_RECORDS);
  g_assert_cmpuint (counts.quarantined, ==, 0);
  g_assert_cmpuint (counts.disputed, ==, N_ROUNDS * (N_DESKS / 2) * DOUBLES);
}

/* Returns: s of processor time that the server's processes have used for hubs; 0: there is none */
static double
get_server_s (SyncFixture *fixture)
{
#ifdef LANYARD_HAVE_POSTGRESQL
  if (postgres_server_is_wanted ())
    {
      g_autofree char *uri = lanyard_hub_store_locate (fixture->hub_directory, NULL, NULL);

      return pipeline_rows_get_server_s (uri);
    }
#endif
  return 0;
}

/* Each round in one group, and one of its uploads again: an answer was lost. Returns: records/s */
static double
run_rounds (SyncFixture *fixture, LanyardHub *hub, GPtrArray *messages)
{
  BenchSeries rounds;
  double server_s = get_server_s (fixture), hub_us = bench_cpu_us ();
  double all_us = get_process_us (), start = bench_now_us (), total_us;
  g_autoptr (GPtrArray) next = begin_round (hub, messages, 0);

  bench_series_init (&rounds);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (GPtrArray) uploads = g_steal_pointer (&next);
      g_autoptr (GPtrArray) again
          = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_upload_free);
      double before = bench_now_us ();

      next = begin_round (hub, messages, round + 1);
      begin (hub, again, g_ptr_array_index (messages, round * N_DESKS + round % N_DESKS));
      ingest (hub, uploads);
      ingest (hub, again);
      bench_series_add (&rounds, bench_now_us () - before);
    }
  total_us = bench_now_us () - start;
  hub_us = bench_cpu_us () - hub_us;
  all_us = get_process_us () - all_us;
  bench_series_print (&rounds, "16 uploads of 500 records, and one of them again");
  printf ("%-52s %9.0f records/s in the best group\n", "taken in",
          N_DESKS * PER_BATCH / (bench_series_get (&rounds, 0) / 1e6));
  printf ("%-52s %9.2f µs, of threads that check %.2f µs\n",
          "processor time of the hub's thread a record", hub_us / N_RECORDS,
          (all_us - hub_us) / N_RECORDS);
  if (server_s > 0)
    printf ("%-52s %9.2f µs\n", "processor time of the server's process a record",
            (get_server_s (fixture) - server_s) * 1e6 / N_RECORDS);
  bench_series_clear (&rounds);
  check_counts (hub);
  return N_RECORDS / (total_us / 1e6);
}

static gboolean
at_least (const char *what, double value, double goal, const char *unit)
{
  printf ("%-52s %9.2f %s, goal ≥ %.2f: %s\n", what, value, unit, goal,
          value >= goal ? "met" : "NOT MET");
  return value >= goal;
}

/* What this machine does now, in the same run: the hash that every record needs, and a commit. */
static void
calibrate (SyncFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->directory, "bare", NULL);
  int fd = open (path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  guint8 bytes[128] = { 0 };
  LanyardHash hash = { 0 };
  double before = bench_now_us ();

  for (guint i = 0; i < 100000; i++)
    lanyard_hash_compute (&hash, "bench", hash.bytes, LANYARD_HASH_BYTES, bytes, sizeof bytes);
  printf ("%-52s %9.2f µs\n", "calibration: hash of 128 bytes", (bench_now_us () - before) / 1e5);
  before = bench_now_us ();
  for (guint i = 0; i < 20; i++)
    g_assert (write (fd, bytes, sizeof bytes) == sizeof bytes && fdatasync (fd) == 0);
  printf ("%-52s %9.0f µs\n", "calibration: append and fdatasync", (bench_now_us () - before) / 20);
  close (fd);
  bench_print_load ();
}

#ifdef LANYARD_HAVE_POSTGRESQL
static gboolean
beside_libpq (SyncFixture *fixture, guint64 gseq, double per_s)
{
  g_autofree char *from = lanyard_hub_store_locate (fixture->hub_directory, NULL, NULL);
  g_autofree char *to = postgres_server_new_database ();
  PipelineRows rows = pipeline_rows_run (from, to, gseq, N_ROUNDS);
  double all = N_RECORDS / rows.all_s;

  printf ("%-52s %9.0f records/s, %.0f rows/s; the rows of records alone %.0f records/s\n",
          "libpq pipeline, the same rows", all, (double)rows.n_rows / rows.all_s,
          N_RECORDS / rows.records_s);
  return at_least ("hub to libpq pipeline", per_s / all, GOAL_PIPELINE, "times");
}
#endif

static gboolean
bench_store (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  gboolean server = postgres_server_is_wanted (), good;
  LanyardHubStore *store;
  g_autoptr (GPtrArray) messages = NULL;
  LanyardHub *hub;
  guint64 gseq = 0;
  double per_s;

  sync_fixture_import (fixture, 0, N_ROUNDS * N_DESKS * PICKUPS);
  hub = paper_open_hub (fixture);
  messages = make_messages (fixture, hub);
  store = lanyard_hub_get_store (hub);
  g_assert_true (store->ops->get_gseq (store, &gseq, NULL));
  calibrate (fixture);
  per_s = run_rounds (fixture, hub, messages);
  good = at_least (server ? "hub on PostgreSQL" : "hub on SQLite", per_s,
                   server ? GOAL_POSTGRESQL : GOAL_SQLITE, "records/s");
#ifdef LANYARD_HAVE_POSTGRESQL
  if (server)
    good = beside_libpq (fixture, gseq, per_s) && good;
#endif
  lanyard_hub_close (hub);
  sync_fixture_free (fixture);
  return good;
}

/* A real journal's records, as its desk sends them. */
static gboolean
bench_wire (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autoptr (GBytes) message = NULL;
  gsize n_records = WIRE_RECORDS;
  SyncDesk *desk;

  sync_fixture_import (fixture, 0, WIRE_RECORDS);
  sync_fixture_start_hub (fixture);
  desk = sync_desk_new (fixture, "desk");
  for (guint i = 0; i < WIRE_RECORDS / PER_PICKUP; i++)
    {
      g_autofree char *number = sync_fixture_number (i * 3);

      g_free (sync_desk_issue (desk, number));
    }
  g_assert_cmpuint (sync_desk_pending (desk), ==, n_records);
  message = sync_desk_batch (desk, 0, WIRE_RECORDS);
  sync_desk_free (desk);
  sync_fixture_free (fixture);
  return bench_goal ("bytes a record in an upload of 100",
                     (double)g_bytes_get_size (message) / WIRE_RECORDS, GOAL_WIRE_BYTES, "bytes");
}

int
main (int argc, char **argv)
{
  gboolean store, wire;

  if (postgres_server_skip ())
    return 0;
  lanyard_hash_init ();
  store = bench_store ();
  wire = bench_wire ();
  return store && wire ? 0 : 1;
}
