/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A snapshot of a million made-up holders (or as many as the first argument says; "photos" as the
 * second gives each a photo): how large it is, how long a hub makes it, how long a desk loads it
 * into sealed rows, how long anybody waits at the desk meanwhile, and when names are found.
 */

#include "bench-report.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "demo-person.h"
#include "lanyard-chunk.h"
#include "lanyard-directory-load.h"
#include "lanyard-hub-snapshot.h"
#include "lanyard-hub.h"

#define DEFAULT_HOLDERS 1000000
#define ROWS_A_SLICE 250
#define GOAL_BYTES 60e6
#define GOAL_BUILD_S 60.0
#define GOAL_LOAD_S 60.0
#define GOAL_SEARCH_S 10.0
/* Longest time in which nobody at the counter is served. */
#define GOAL_STEP_MS 50.0

typedef struct
{
  char *folder;
  LanyardHub *hub;
  LanyardPack *pack;
  guint n_holders;
  gboolean photos;
} Bench;

static double
get_peak_mib (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double)usage.ru_maxrss / 1024;
}

static void
report (const char *what, double value, const char *unit, double goal)
{
  if (goal > 0)
    g_print ("%-34s %10.2f %-4s goal %.0f%s\n", what, value, unit, goal,
             value <= goal ? "" : "  MISSED");
  else
    g_print ("%-34s %10.2f %s\n", what, value, unit);
}

/* The longest of some steps: by the clock, and by the processor, which others do not make longer.
 */
typedef struct
{
  double from_us, from_cpu_us;
  double longest_us, longest_cpu_us;
  double sum_us, sum_cpu_us;
} Steps;

static void
step_begins (Steps *steps)
{
  steps->from_us = bench_now_us ();
  steps->from_cpu_us = bench_cpu_us ();
}

static void
step_ends (Steps *steps)
{
  double us = bench_now_us () - steps->from_us, cpu_us = bench_cpu_us () - steps->from_cpu_us;

  steps->longest_us = MAX (steps->longest_us, us);
  steps->longest_cpu_us = MAX (steps->longest_cpu_us, cpu_us);
  steps->sum_us += us;
  steps->sum_cpu_us += cpu_us;
}

static void
tell_steps (const char *what, const Steps *steps)
{
  g_autofree char *sum = g_strdup_printf ("  %s, all steps", what);
  g_autofree char *sum_cpu = g_strdup_printf ("  %s, all by processor", what);
  g_autofree char *longest = g_strdup_printf ("  %s, longest step", what);
  g_autofree char *cpu = g_strdup_printf ("  %s, longest by processor", what);

  report (sum, steps->sum_us / 1e6, "s", 0);
  report (sum_cpu, steps->sum_cpu_us / 1e6, "s", 0);
  report (longest, steps->longest_us / 1e3, "ms", GOAL_STEP_MS);
  report (cpu, steps->longest_cpu_us / 1e3, "ms", 0);
}

static void
open_hub (Bench *bench)
{
  g_autofree char *source
      = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "resources/packs/small-cup", NULL);
  g_autofree char *directory = g_build_filename (bench->folder, "hub", NULL);
  g_autofree char *pack = g_build_filename (directory, "pack", NULL);
  LanyardPublicKey root;
  GError *error = NULL;

  lanyard_hub_create (directory, source, NULL, &root, &error);
  g_assert_no_error (error);
  bench->hub = lanyard_hub_open (directory, NULL, &error);
  g_assert_no_error (error);
  bench->pack = lanyard_pack_load (pack, &root, g_get_real_time () / G_USEC_PER_SEC, &error);
  g_assert_no_error (error);
}

static void
fill (Bench *bench)
{
  LanyardHubStore *store = lanyard_hub_get_store (bench->hub);
  DemoEvent event = { .pack = bench->pack, .venue = "", .seed = 7 };
  GError *error = NULL;

  event.now_s = g_get_real_time () / G_USEC_PER_SEC;
  store->ops->begin (store, NULL);
  for (guint i = 0; i < bench->n_holders; i++)
    {
      DemoPerson person = { .index = i };
      g_autoptr (LanyardEntry) entry = demo_person_make (&person, &event);
      g_autoptr (GBytes) encoded = NULL;
      guint64 gseq;

      if (bench->photos)
        {
          LanyardHash hash;

          lanyard_hash_compute (&hash, "bench", &i, sizeof i, NULL, 0);
          entry->photo_hash = g_bytes_new (hash.bytes, sizeof hash.bytes);
        }
      encoded = lanyard_entry_encode (entry);
      store->ops->put_entry (store, entry->number, encoded, &gseq, &error);
      g_assert_no_error (error);
    }
  store->ops->commit (store, &error);
  g_assert_no_error (error);
}

static LanyardSnapshot *
build (Bench *bench)
{
  LanyardSnapshot *snapshot;
  double from_us = bench_now_us (), longest_us = 0;
  GError *error = NULL;
  double n_bytes = 0;

  lanyard_hub_snapshot_start (bench->hub, &error);
  while (error == NULL && lanyard_hub_snapshot_is_under_way (bench->hub))
    {
      double step_us = bench_now_us ();

      lanyard_hub_snapshot_work (bench->hub, 1, 0, &error);
      longest_us = MAX (longest_us, bench_now_us () - step_us);
    }
  g_assert_no_error (error);
  report ("snapshot built in", (bench_now_us () - from_us) / 1e6, "s", GOAL_BUILD_S);
  report ("  the hub's longest pause", longest_us / 1e3, "ms", 0);
  snapshot = lanyard_hub_read_snapshot (bench->hub, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < snapshot->parts->len; i++)
    n_bytes += lanyard_snapshot_get_part (snapshot, i)->n_bytes;
  report ("snapshot", n_bytes / 1e6, "MB", GOAL_BYTES / 1e6);
  report ("  chunks", snapshot->parts->len, "", 0);
  report ("  bytes a holder", n_bytes / (double)snapshot->n_rows, "", 0);
  report ("peak memory so far", get_peak_mib (), "MiB", 0);
  return snapshot;
}

/* One slice. Returns: whether there was one */
static gboolean
load_slice (LanyardDirectory *directory, LanyardChunkReader *reader, guint64 chunk, guint64 *row)
{
  LanyardLoadRow rows[ROWS_A_SLICE];
  GError *error = NULL;
  guint n = 0;

  while (n < ROWS_A_SLICE
         && (rows[n].entry = lanyard_chunk_reader_next (reader, &rows[n].gseq)) != NULL)
    n++;
  *row += n;
  lanyard_directory_load_rows (directory, rows, n, n < ROWS_A_SLICE ? chunk + 1 : chunk,
                               n < ROWS_A_SLICE ? 0 : *row, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    g_bytes_unref (rows[i].entry);
  return n == ROWS_A_SLICE;
}

static void
load_chunk (Bench *bench,
            LanyardDirectory *directory,
            const LanyardSnapshot *snapshot,
            guint index,
            Steps *unpacking,
            Steps *rows)
{
  const LanyardSnapshotPart *part = lanyard_snapshot_get_part (snapshot, index);
  g_autofree char *hex = lanyard_hex_encode (part->hash.bytes, sizeof part->hash.bytes);
  g_autofree char *path = lanyard_hub_get_chunk_path (bench->hub, hex);
  g_autoptr (LanyardChunkReader) reader = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GError *error = NULL;
  guint64 row = 0;
  char *content;
  gsize n_bytes;
  gboolean ready = FALSE, more = TRUE;

  g_file_get_contents (path, &content, &n_bytes, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (content, n_bytes);
  step_begins (unpacking);
  reader = lanyard_chunk_reader_begin (bytes, part, &error);
  step_ends (unpacking);
  g_assert_no_error (error);
  while (!ready)
    {
      step_begins (unpacking);
      lanyard_chunk_reader_prepare (reader, &ready, &error);
      step_ends (unpacking);
      g_assert_no_error (error);
    }
  while (more)
    {
      step_begins (rows);
      more = load_slice (directory, reader, index, &row);
      step_ends (rows);
    }
}

/* Returns: when the new directory was in use */
static double
finish (LanyardDirectory *directory)
{
  LanyardLoadStage stage = LANYARD_LOAD_INDEX, before;
  Steps steps[LANYARD_LOAD_SWEEP + 1] = { 0 };
  double swapped_us = 0;
  GError *error = NULL;

  lanyard_directory_load_end_rows (directory, &error);
  while (stage != LANYARD_LOAD_NONE)
    {
      before = stage;
      step_begins (&steps[before]);
      lanyard_directory_load_step (directory, &stage, &error);
      step_ends (&steps[before]);
      g_assert_no_error (error);
      if (before == LANYARD_LOAD_SWAP)
        swapped_us = bench_now_us ();
    }
  tell_steps ("keys", &steps[LANYARD_LOAD_INDEX]);
  tell_steps ("photos", &steps[LANYARD_LOAD_PHOTOS]);
  tell_steps ("swap", &steps[LANYARD_LOAD_SWAP]);
  tell_steps ("sweep", &steps[LANYARD_LOAD_SWEEP]);
  return swapped_us;
}

static void
load (Bench *bench, LanyardDirectory *directory, const LanyardSnapshot *snapshot, const char *what)
{
  double from_us = bench_now_us (), swapped_us;
  Steps unpacking = { 0 }, rows = { 0 };
  GError *error = NULL;
  LanyardHash id;

  g_print ("\n");
  lanyard_snapshot_get_id (snapshot, &id);
  lanyard_directory_load_begin (directory, &id, snapshot->gseq, snapshot->era, &error);
  for (guint i = 0; i < snapshot->parts->len; i++)
    load_chunk (bench, directory, snapshot, i, &unpacking, &rows);
  g_assert_no_error (error);
  tell_steps ("unpacking", &unpacking);
  tell_steps ("rows", &rows);
  swapped_us = finish (directory);
  report (what, (swapped_us - from_us) / 1e6, "s", GOAL_LOAD_S);
  report ("  and swept after", (bench_now_us () - from_us) / 1e6, "s", 0);
  g_assert_cmpuint (lanyard_directory_get_size (directory), ==, snapshot->n_rows);
}

static void
search (LanyardDirectory *directory, const char *what)
{
  double from_us = bench_now_us ();
  g_autoptr (GPtrArray) hits = NULL;
  Steps steps = { 0 };
  gboolean over = FALSE;

  while (!over)
    {
      step_begins (&steps);
      over = lanyard_directory_index_step (directory, ROWS_A_SLICE, NULL);
      step_ends (&steps);
    }
  report (what, (bench_now_us () - from_us) / 1e6, "s", GOAL_SEARCH_S);
  tell_steps ("names", &steps);
  hits = lanyard_directory_search (directory, "ma", 20);
  g_assert_cmpuint (hits->len, >, 0);
}

int
main (int argc, char **argv)
{
  Bench bench = { .n_holders = argc > 1 ? (guint)atoi (argv[1]) : DEFAULT_HOLDERS };
  g_autoptr (LanyardSnapshot) snapshot = NULL;
  g_autoptr (LanyardDirectory) directory = NULL;
  g_autoptr (LanyardVault) vault = NULL;
  g_autofree char *path = NULL;
  g_autofree char *remove = NULL;
  guint8 secret[32] = { 1 };
  GError *error = NULL;

  lanyard_hash_init ();
  bench.photos = argc > 2 && strcmp (argv[2], "photos") == 0;
  bench.folder = g_dir_make_tmp ("lanyard-snapshot-XXXXXX", &error);
  g_assert_no_error (error);
  open_hub (&bench);
  fill (&bench);
  g_print ("%u made-up holders%s\n", bench.n_holders, bench.photos ? ", each with a photo" : "");
  snapshot = build (&bench);

  path = g_build_filename (bench.folder, "directory.db", NULL);
  vault = lanyard_vault_new (secret);
  directory = lanyard_directory_open (path, vault, TRUE, &error);
  g_assert_no_error (error);
  load (&bench, directory, snapshot, "loaded by a new desk in");
  search (directory, "names found after the load in");
  report ("peak memory", get_peak_mib (), "MiB", 0);
  load (&bench, directory, snapshot, "loaded by an old desk in");
  search (directory, "names found after the load in");
  report ("peak memory", get_peak_mib (), "MiB", 0);

  g_print ("\n");
  lanyard_directory_close (directory);
  directory = lanyard_directory_open (path, vault, FALSE, &error);
  g_assert_no_error (error);
  search (directory, "names found after a start in");

  g_clear_pointer (&directory, lanyard_directory_close);
  lanyard_pack_unref (bench.pack);
  lanyard_hub_close (bench.hub);
  remove = g_strdup_printf ("rm -r '%s'", bench.folder);
  if (system (remove) != 0)
    g_printerr ("%s is left over\n", bench.folder);
  g_free (bench.folder);
  return 0;
}
