/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * One durable step of a pickup against a bare SQLite commit of the same bytes, also WAL and FULL but
 * with SQLite's own page size, in turns, so that what the disk does meanwhile falls on both.
 */

#include "bench-report.h"
#include "lanyard-journal-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_PICKUPS 500
#define GOAL_RATIO 1.3
/* What a row of the pickup table holds beside the record: id, state, number, serial, job, times. */
#define PICKUP_ROW_BYTES 96

static const struct
{
  guint16 kind;
  LanyardPickupState from, to;
} steps[] = {
  { LANYARD_RECORD_RESERVED, LANYARD_PICKUP_IDLE, LANYARD_PICKUP_RESERVED },
  { LANYARD_RECORD_PRINTING, LANYARD_PICKUP_RESERVED, LANYARD_PICKUP_PRINTING },
  { LANYARD_RECORD_REPORTED, LANYARD_PICKUP_PRINTING, LANYARD_PICKUP_REPORTED },
  { LANYARD_RECORD_ISSUED, LANYARD_PICKUP_REPORTED, LANYARD_PICKUP_ISSUED },
};

static LanyardJournal *
open_journal (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
  g_autoptr (GError) error = NULL;
  LanyardJournal *journal = lanyard_journal_open (path, LANYARD_JOURNAL_CREATE, NULL, &error);
  LanyardIdentity identity = { .device = 1, .epoch = 1, .serial_prefix = (char *)"K0001" };

  if (journal == NULL || !lanyard_journal_set_identity (journal, &identity, &error))
    g_error ("%s", error->message);
  return journal;
}

static sqlite3 *
open_bare (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "bare.db", NULL);
  sqlite3 *handle;

  if (sqlite3_open (path, &handle) != SQLITE_OK
      || sqlite3_exec (handle,
                       "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
                       "PRAGMA synchronous = FULL; CREATE TABLE bare (data BLOB)",
                       NULL, NULL, NULL)
             != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (handle));
  return handle;
}

static double
commit_step (LanyardJournal *journal, const LanyardId *id, guint n, gsize *n_bytes)
{
  g_autoptr (LanyardRecord) record = NULL;
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (GError) error = NULL;
  LanyardStep step = { .pickup = *id,
                       .kind = steps[n].kind,
                       .from = steps[n].from,
                       .to = steps[n].to,
                       .accreditation = "26000001X",
                       .printer_job = n > 0 ? "1234" : NULL };
  double start_us = bench_now_us (), took_us;

  if (!lanyard_journal_commit (journal, &step, &record, &error))
    g_error ("%s", error->message);
  took_us = bench_now_us () - start_us;
  encoded = lanyard_record_encode (record);
  *n_bytes = g_bytes_get_size (encoded) + LANYARD_HASH_BYTES + PICKUP_ROW_BYTES;
  return took_us;
}

static double
commit_bare (sqlite3 *handle, sqlite3_stmt *insert, gsize n_bytes)
{
  g_autofree guint8 *data = g_malloc0 (n_bytes);
  double start_us = bench_now_us ();

  sqlite3_bind_blob64 (insert, 1, data, n_bytes, SQLITE_STATIC);
  if (sqlite3_step (insert) != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (handle));
  sqlite3_reset (insert);
  return bench_now_us () - start_us;
}

static void
measure_verify (LanyardJournal *journal)
{
  double start_us = bench_now_us ();
  guint64 n_records;

  if (!lanyard_journal_verify (journal, &n_records, NULL))
    g_error ("the chain does not hold");
  printf ("%-52s %9.1f ms for %" G_GUINT64_FORMAT " records\n", "verifying the whole chain",
          (bench_now_us () - start_us) / 1e3, n_records);
}

static gboolean
measure (LanyardJournal *journal, sqlite3 *bare)
{
  BenchSeries step_series, bare_series;
  sqlite3_stmt *insert = NULL;
  double ratio;

  bench_series_init (&step_series);
  bench_series_init (&bare_series);
  sqlite3_prepare_v2 (bare, "INSERT INTO bare VALUES (?1)", -1, &insert, NULL);
  for (guint i = 0; i < N_PICKUPS; i++)
    {
      LanyardId id;

      lanyard_id_init_random (&id, g_get_real_time ());
      for (guint n = 0; n < G_N_ELEMENTS (steps); n++)
        {
          gsize n_bytes;

          bench_series_add (&step_series, commit_step (journal, &id, n, &n_bytes));
          bench_series_add (&bare_series, commit_bare (bare, insert, n_bytes));
        }
    }
  sqlite3_finalize (insert);
  bench_series_print (&bare_series, "bare SQLite commit of the same bytes");
  bench_series_print (&step_series, "durable step of a pickup");
  measure_verify (journal);
  ratio = bench_series_get (&step_series, 0.5) / bench_series_get (&bare_series, 0.5);
  bench_series_clear (&step_series);
  bench_series_clear (&bare_series);
  return bench_goal ("durable step / bare commit, medians", ratio, GOAL_RATIO, "");
}

int
main (void)
{
  static const char *const names[] = { "journal.db", "bare.db" };
  g_autofree char *folder = g_dir_make_tmp ("lanyard-bench-XXXXXX", NULL);
  LanyardJournal *journal;
  sqlite3 *bare;
  gboolean met;

  lanyard_hash_init ();
  journal = open_journal (folder);
  bare = open_bare (folder);
  bench_print_load ();
  met = measure (journal, bare);
  lanyard_journal_close (journal);
  sqlite3_close (bare);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  return met ? 0 : 1;
}
