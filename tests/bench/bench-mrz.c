/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * How many machine readable zones are read in which conditions, and how many pictures are misread:
 * own drawings, see tests/scan/mrz-scenes.h.
 * Usage: bench-mrz [PICTURES-A-CONDITION [BAD-PICTURES [FIRST-OF-THEM]]]
 */

#include <stdlib.h>

#include "bench-report.h"
#include "lanyard-mrz-reader.h"
#include "mrz-scenes.h"

#define GOAL_READ 0.95

typedef struct
{
  guint n;
  guint n_right;
  guint n_wrong;
} Counts;

typedef struct
{
  LanyardMrzReader *reader;
  char *text; /* owned (nullable) */
  guint64 work;
  double took_us;
} Bench;

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  Bench *bench = user_data;

  bench->text = g_strndup ((const char *)found->data, found->n_bytes);
}

static void
read_picture (Bench *bench, const Picture *picture, const char *text, Counts *counts)
{
  LanyardPlane plane = { picture->pixels, picture->width, picture->height, picture->width };
  LanyardWork work = { 0, LANYARD_WORK_UNLIMITED };
  double start = bench_cpu_us ();

  g_clear_pointer (&bench->text, g_free);
  lanyard_mrz_reader_begin (bench->reader, &plane);
  while (!lanyard_mrz_reader_step (bench->reader, &work, on_found, bench))
    ;
  bench->took_us = bench_cpu_us () - start;
  bench->work = work.spent;
  /* The last of the cascade's steps, which is no part of those figures. */
  lanyard_mrz_reader_deepen (bench->reader);
  while (!lanyard_mrz_reader_step (bench->reader, &work, on_found, bench))
    ;
  counts->n++;
  if (bench->text != NULL)
    {
      gboolean right = text != NULL && g_str_equal (bench->text, text);

      counts->n_right += right;
      counts->n_wrong += !right;
      if (!right)
        printf ("WRONG\n%s\n%s\n", bench->text, text != NULL ? text : "(nothing)");
    }
}

static void
bench_condition (Bench *bench, const MrzCondition *condition, guint n, Counts *all)
{
  BenchSeries times;
  Counts counts = { 0 };
  double steps = 0;

  bench_series_init (&times);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (Picture) picture = mrz_scene_draw (condition, i, &text);

      read_picture (bench, picture, text, &counts);
      bench_series_add (&times, bench->took_us);
      steps += (double)bench->work / n;
    }
  printf ("%-32s %3u of %3u read, %u wrong; p50 %5.1f ms, p95 %5.1f ms, %6.0f steps\n",
          condition->name, counts.n_right, counts.n, counts.n_wrong,
          bench_series_get (&times, 0.5) / 1e3, bench_series_get (&times, 0.95) / 1e3, steps);
  bench_series_clear (&times);
  fflush (stdout);
  all->n += counts.n;
  all->n_right += counts.n_right;
  all->n_wrong += counts.n_wrong;
}

/* Of frames without a zone: what the search costs when there is nothing to find. */
static void
bench_nothing (Bench *bench, guint n)
{
  BenchSeries times;
  Counts counts = { 0 };

  bench_series_init (&times);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (Picture) picture = NULL;
      MrzShot shot;

      mrz_shot_init (&shot, LANYARD_MRZ_TD3, NULL);
      shot.seed = i;
      shot.pitch_px = 2; /* a page far away: mostly table */
      shot.turn = 5.0 * i;
      picture = mrz_shot_take (&shot);
      read_picture (bench, picture, NULL, &counts);
      bench_series_add (&times, bench->took_us);
    }
  bench_series_print (&times, "1280 × 720 px without a line of print");
  bench_series_clear (&times);
}

int
main (int argc, char *argv[])
{
  guint n = argc > 1 ? (guint)strtoul (argv[1], NULL, 10) : 20;
  guint n_bad = argc > 2 ? (guint)strtoul (argv[2], NULL, 10) : 300;
  guint first = argc > 3 ? (guint)strtoul (argv[3], NULL, 10) : 0;
  Bench bench = { lanyard_mrz_reader_new (), NULL, 0, 0 };
  Counts readable = { 0 }, beyond = { 0 }, bad = { 0 };
  gboolean met;

  if (!ocrb_font_is_there ())
    {
      printf ("fonts-ocr-b is not installed\n");
      return 77;
    }
  bench_print_load ();
  for (guint i = 0; i < MRZ_N_CONDITIONS && n > 0; i++)
    bench_condition (&bench, &mrz_conditions[i], n, i < MRZ_N_READABLE ? &readable : &beyond);
  if (n > 0)
    bench_nothing (&bench, n);
  for (guint i = 0; i < n_bad; i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (Picture) picture = mrz_scene_draw_bad (first + i, &text);
      guint n_wrong = bad.n_wrong;

      read_picture (&bench, picture, text, &bad);
      if (bad.n_wrong > n_wrong)
        printf ("that was picture %u\n", first + i);
      if (bad.n % 1000 == 0)
        {
          printf ("%u pictures that tempt: %u wrong\n", bad.n, bad.n_wrong);
          fflush (stdout);
        }
    }
  printf ("readable: %u of %u read, %u wrong; beyond: %u of %u, %u wrong; bad: %u of %u read "
          "rightly, %u wrong\n",
          readable.n_right, readable.n, readable.n_wrong, beyond.n_right, beyond.n, beyond.n_wrong,
          bad.n_right, bad.n, bad.n_wrong);
  met = readable.n_right >= GOAL_READ * readable.n
        && readable.n_wrong + beyond.n_wrong + bad.n_wrong == 0;
  printf ("goal: %.0f %% of the readable ones read, none wrong: %s\n", 100 * GOAL_READ,
          met ? "met" : "NOT MET");
  g_free (bench.text);
  lanyard_mrz_reader_free (bench.reader);
  return met ? 0 : 1;
}
