/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bench-report.h"
#include "lanyard-live.h"
#include "lanyard-reader.h"
#include "lanyard-zbar.h"
#include "lanyard-zxing.h"
#include "scan-corpus.h"
#include "scan-table.h"

/*
 * How many of the labelled pictures are read, by Lanyard's reader, by plain ZBar and by libzxing in
 * the same process on the same picture, and what that costs of one thread's processor time. Counts
 * are the same on every machine; times are only to be compared with each other.
 */

#define SKIPPED 77
#define MAX_SYMBOLS 10
#define FRAME_RUNS 3
/* What a camera's picture may cost in all, work steps; they are spread over some frames. */
#define FRAME_STEPS 10000
/* What is soon enough for a frame; and libzxing's median on the machine where that was set, which
 * makes of it what is soon enough on this one. */
#define IN_TIME_US 5000.0
#define IN_TIME_ZXING_US 4100.0

typedef struct
{
  char *directory;         /* owned: of the corpus */
  LanyardCascade *cascade; /* owned: for slices */
  BenchSeries slices;      /* µs of each slice on frames without a code */
  LanyardReader *reader;   /* owned */
  LanyardZbar *zbar;       /* owned */
  ScanTable *table;        /* owned */
  const CorpusPicture *picture;
  const LanyardFrame *upright;    /* (nullable): the picture of which a camera's frame is made */
  LanyardScan *seen[MAX_SYMBOLS]; /* owned: what the engine at hand has found */
  guint n_seen;
} Bench;

/* What one step has cost, over all frames. */
typedef struct
{
  const char *name;
  guint n_begun;
  double work, us;
} StepCost;

static StepCost costs[32];
static int n_turns = 4;
static char *only_set, *only_file;
static gboolean alone, list, frames_only, corpus_only;
static gint64 frame_steps = FRAME_STEPS;

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  Bench *bench = user_data;

  if (bench->n_seen < MAX_SYMBOLS)
    bench->seen[bench->n_seen++] = lanyard_scan_new (found->symbology, LANYARD_SCAN_SOURCE_IMAGE,
                                                     found->data, found->n_bytes);
}

static void
forget_seen (Bench *bench)
{
  for (guint i = 0; i < bench->n_seen; i++)
    lanyard_scan_free (bench->seen[i]);
  bench->n_seen = 0;
}

static void
read_with (Bench *bench, ScanEngine engine, const LanyardFrame *frame)
{
  LanyardPlane plane = lanyard_plane_of_frame (frame);
  g_autoptr (GPtrArray) scans = NULL;

  switch (engine)
    {
    case ENGINE_LANYARD:
      scans = lanyard_reader_read (bench->reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
      for (guint i = 0; i < scans->len && i < MAX_SYMBOLS; i++)
        bench->seen[bench->n_seen++] = lanyard_scan_copy (g_ptr_array_index (scans, i));
      break;
    case ENGINE_ZBAR:
      lanyard_zbar_scan (bench->zbar, &plane, on_found, bench);
      break;
    default:
      lanyard_zxing_read (&plane, LANYARD_SYMBOLOGIES_ALL,
                          engine == ENGINE_ZXING ? LANYARD_ZXING_EFFORT_FAST
                                                 : LANYARD_ZXING_EFFORT_THOROUGH,
                          1, on_found, bench);
      break;
    }
}

static void
list_steps (const LanyardReader *reader)
{
  guint n_steps;
  const LanyardCascadeTrace *trace = lanyard_reader_get_trace (reader, &n_steps);

  for (guint i = 0; i < n_steps; i++)
    if (trace[i].begun)
      printf (" %s %.0f", trace[i].name, (double)trace[i].took_us);
  printf ("\n");
}

static gboolean
is_right (const Bench *bench, const LanyardScan *scan)
{
  return corpus_picture_is_right (bench->picture, scan)
         || (bench->upright != NULL
             && corpus_picture_is_outlined (bench->picture, bench->upright, scan));
}

/* One line a picture with what each step took of the last look at it, one a scan that is wrong and
 * one a picture that is not read. */
static void
list_picture (Bench *bench, const LanyardFrame *frame, guint turn, gboolean right)
{
  printf ("took   %s turn %u, µs:", bench->picture->file, turn);
  list_steps (bench->reader);
  if (!right && bench->picture->texts[0] != NULL)
    printf ("unread %s turn %u (%u x %u)\n", bench->picture->file, turn, frame->width,
            frame->height);
  for (guint i = 0; i < bench->n_seen; i++)
    if (!is_right (bench, bench->seen[i]))
      {
        g_autofree char *text = lanyard_scan_dup_text (bench->seen[i]);

        printf ("other  %s turn %u: %s by %s: '%.60s'\n", bench->picture->file, turn,
                lanyard_symbology_to_string (bench->seen[i]->symbology), bench->seen[i]->step,
                text != NULL ? text : "(bytes)");
      }
}

static void
add_costs (const LanyardReader *reader)
{
  guint n_steps;
  const LanyardCascadeTrace *trace = lanyard_reader_get_trace (reader, &n_steps);

  for (guint i = 0; i < n_steps && i < G_N_ELEMENTS (costs); i++)
    {
      costs[i].name = trace[i].name;
      costs[i].n_begun += trace[i].begun;
      costs[i].work += (double)trace[i].work;
      costs[i].us += (double)trace[i].took_us;
    }
}

/* Work steps are meant to be about a microsecond of a free machine. */
static void
print_costs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (costs) && costs[i].name != NULL; i++)
    if (costs[i].n_begun > 0)
      printf ("%-16s begun %6u times, mean %8.0f work steps, %8.0f µs\n", costs[i].name,
              costs[i].n_begun, costs[i].work / costs[i].n_begun, costs[i].us / costs[i].n_begun);
  memset (costs, 0, sizeof costs);
}

static ScanOutcome
measure (Bench *bench, ScanEngine engine, const LanyardFrame *frame, guint turn, guint n_runs)
{
  ScanOutcome outcome = { FALSE };
  BenchSeries runs;

  bench_series_init (&runs);
  for (guint i = 0; i < n_runs; i++)
    {
      double start_us = bench_cpu_us ();

      forget_seen (bench);
      read_with (bench, engine, frame);
      bench_series_add (&runs, bench_cpu_us () - start_us);
    }
  outcome.us = bench_series_get (&runs, 0.5);
  if (engine == ENGINE_LANYARD)
    add_costs (bench->reader);
  bench_series_clear (&runs);
  for (guint i = 0; i < bench->n_seen; i++)
    {
      gboolean matches = is_right (bench, bench->seen[i]);

      if (matches && !outcome.right)
        outcome.step = bench->seen[i]->step;
      outcome.right = outcome.right || matches;
      outcome.other = outcome.other || !matches;
    }
  if (list && engine == ENGINE_LANYARD)
    list_picture (bench, frame, turn, outcome.right);
  forget_seen (bench);
  return outcome;
}

/* @group: (nullable): a row for several sets */
static void
try_all (Bench *bench,
         const LanyardFrame *frame,
         guint turn,
         guint n_runs,
         const char *name,
         const char *group)
{
  for (ScanEngine engine = 0; engine < N_ENGINES; engine++)
    {
      ScanOutcome outcome;

      if (engine != ENGINE_LANYARD && alone)
        continue;
      outcome = measure (bench, engine, frame, turn, n_runs);
      scan_table_note (bench->table, name, engine, &outcome);
      if (group != NULL)
        scan_table_note (bench->table, group, engine, &outcome);
    }
}

/* Pictures are grouped as the goals are: photographs by kind, drawn ones, others by kind. */
static char *
dup_group (const CorpusPicture *picture)
{
  static const char *const linear[] = { "CODE128", "CODE39", "ITF", "EAN13", "CODABAR", NULL };

  if (g_str_equal (picture->set, "synthetic"))
    return g_strdup ("= synthetic");
  if (g_strv_contains (linear, picture->symbology))
    return g_strdup ("= linear photographs");
  return g_strdup_printf ("= %s", picture->symbology);
}

static void
run_picture (Bench *bench, const CorpusPicture *picture)
{
  g_autoptr (LanyardFrame) upright = NULL;
  g_autofree char *group = dup_group (picture);
  g_autofree char *set = g_strdup_printf ("%s %s", picture->set, picture->symbology);

  if (picture->texts[0] == NULL && !g_str_equal (picture->symbology, "NONE"))
    return;
  upright = corpus_picture_load (picture, bench->directory);
  for (guint turn = 0; turn < (guint)n_turns; turn++)
    {
      g_autoptr (LanyardFrame) frame = corpus_rotate (upright, turn);

      try_all (bench, frame, turn, 1, set, group);
    }
}

/* A frame without a code as a camera's frames get it: a share of steps, then the next frame. */
static void
cut (Bench *bench, const LanyardFrame *frame)
{
  gboolean ended = FALSE;

  lanyard_cascade_begin (bench->cascade, frame);
  while (!ended)
    {
      LanyardWork work = { 0, LANYARD_LIVE_FRAME_STEPS };
      double start_us = bench_cpu_us ();

      ended = lanyard_cascade_step (bench->cascade, &work, on_found, bench);
      bench_series_add (&bench->slices, bench_cpu_us () - start_us);
    }
  forget_seen (bench);
}

/* What a camera shows: each photograph in a 720p frame, with its codes and without them. The reader
 * ends with the first code, and of several in the picture not all texts are in the label. */
static void
run_frame (Bench *bench, const CorpusPicture *picture)
{
  static char *no_texts[] = { NULL };
  const CorpusPicture no_code = { .file = picture->file, .texts = no_texts };
  g_autoptr (LanyardFrame) upright = NULL;
  g_autoptr (LanyardFrame) fitted = NULL;

  if (!g_str_has_prefix (picture->set, "boof-") && !g_str_has_prefix (picture->set, "fp-"))
    return;
  upright = corpus_picture_load (picture, bench->directory);
  fitted = corpus_letterbox (upright);
  if (picture->texts[0] != NULL)
    {
      bench->upright = upright;
      try_all (bench, fitted, 0, FRAME_RUNS, "720p with a code", NULL);
      bench->upright = NULL;
    }
  if (g_str_has_prefix (picture->set, "fp-"))
    {
      try_all (bench, fitted, 0, FRAME_RUNS, "720p without a code", NULL);
      cut (bench, fitted);
    }
  else if (picture->n_polygons > 0)
    {
      g_autoptr (LanyardFrame) erased = corpus_erase (upright, picture);
      g_autoptr (LanyardFrame) fitted_erased = corpus_letterbox (erased);

      bench->picture = &no_code;
      try_all (bench, fitted_erased, 0, FRAME_RUNS, "720p without a code", NULL);
      cut (bench, fitted_erased);
    }
}

static void
print_in_time (const ScanScore *score, const char *what, double us)
{
  guint n = bench_series_count_within (&score->us_read, us);

  bench_goal (what, 100.0 - 100.0 * n / score->n_tried, 17, "%");
}

static void
print_goals (Bench *bench)
{
  const ScanScore *with = scan_table_get (bench->table, "720p with a code");
  const ScanScore *without = scan_table_get (bench->table, "720p without a code");
  const ScanScore *ours = &with[ENGINE_LANYARD];

  if (ours->n_read == 0 || without[ENGINE_LANYARD].n_tried == 0)
    return;
  bench_goal ("frame with a readable code, p50 ms", bench_series_get (&ours->us_read, 0.5) / 1e3, 2,
              "ms");
  if (with[ENGINE_ZXING_SLOW].n_read > 0)
    bench_goal ("the same / libzxing (all it can)",
                bench_series_get (&ours->us_read, 0.5)
                    / bench_series_get (&with[ENGINE_ZXING_SLOW].us_read, 0.5),
                0.45, "x");
  bench_goal ("frame with a code, p95", bench_series_get (&ours->us, 0.95) / 1e3, 20, "ms");
  bench_goal ("frame with a code, longest", bench_series_get (&ours->us, 1) / 1e3, 40, "ms");
  print_in_time (ours, "not read within 5 ms, of 100 with a code", IN_TIME_US);
  if (with[ENGINE_ZXING_SLOW].n_read > 0)
    print_in_time (ours, "not read within 5 / 4.1 of libzxing's median",
                   IN_TIME_US / IN_TIME_ZXING_US
                       * bench_series_get (&with[ENGINE_ZXING_SLOW].us_read, 0.5));
  bench_goal ("frame without a code, share of one frame, mean",
              bench_series_mean (&bench->slices) / 1e3, 5, "ms");
  bench_series_print (&bench->slices, "the same");
}

static void
run (Bench *bench, GPtrArray *pictures, void (*func) (Bench *, const CorpusPicture *))
{
  for (guint i = 0; i < pictures->len; i++)
    {
      bench->picture = g_ptr_array_index (pictures, i);
      if ((only_set == NULL || g_str_has_prefix (bench->picture->set, only_set))
          && (only_file == NULL || strstr (bench->picture->file, only_file) != NULL))
        func (bench, bench->picture);
    }
}

static void
parse (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "turns", 0, 0, G_OPTION_ARG_INT, &n_turns, "Quarter turns to try (4)", "N" },
    { "set", 0, 0, G_OPTION_ARG_STRING, &only_set, "Only sets that begin so", "PREFIX" },
    { "file", 0, 0, G_OPTION_ARG_STRING, &only_file, "Only files with this in their names",
      "PART" },
    { "alone", 0, 0, G_OPTION_ARG_NONE, &alone, "Only Lanyard's reader", NULL },
    { "list", 0, 0, G_OPTION_ARG_NONE, &list, "Name what is not read or read otherwise", NULL },
    { "corpus", 0, 0, G_OPTION_ARG_NONE, &corpus_only, "Only the pictures as they are", NULL },
    { "frames", 0, 0, G_OPTION_ARG_NONE, &frames_only, "Only the 720p frames", NULL },
    { "steps", 0, 0, G_OPTION_ARG_INT64, &frame_steps, "Work steps for a frame", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
}

int
main (int argc, char **argv)
{
  Bench bench = { NULL };
  g_autoptr (GPtrArray) pictures = NULL;

  parse (argc, argv);
  pictures = corpus_load (&bench.directory);
  if (pictures == NULL)
    {
      printf ("no labelled pictures at %s: skipped; LANYARD_CORPUS says where they are\n",
              bench.directory);
      return SKIPPED;
    }
  bench.reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  bench.zbar = lanyard_zbar_new (LANYARD_SYMBOLOGIES_ALL);
  bench.cascade = lanyard_cascade_new (LANYARD_SYMBOLOGIES_ALL);
  bench_series_init (&bench.slices);
  bench.table = scan_table_new ();
  bench_print_load ();
  if (!frames_only)
    {
      run (&bench, pictures, run_picture);
      scan_table_print (bench.table);
      print_costs ();
      scan_table_clear (bench.table);
    }
  if (!corpus_only)
    {
      lanyard_reader_set_first_only (bench.reader, TRUE);
      lanyard_reader_set_limit (bench.reader, (guint64)frame_steps);
      run (&bench, pictures, run_frame);
      print_goals (&bench);
      scan_table_print (bench.table);
      print_costs ();
      scan_table_clear (bench.table);
    }
  scan_table_free (bench.table);
  lanyard_cascade_free (bench.cascade);
  bench_series_clear (&bench.slices);
  lanyard_reader_free (bench.reader);
  lanyard_zbar_free (bench.zbar);
  g_free (bench.directory);
  return 0;
}
