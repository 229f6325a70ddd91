/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A desk with a real IPP printer on loopback.
 *
 *   bench-print [BADGES [BADGES-AT-PACE]]
 *
 * First as fast as it goes: from "print" being pressed to the printer having said that it has all
 * of the badge. In between stand the journal on disk, PDF, raster pages, and three questions to the
 * printer. Then at the pace of 600 badges an hour, the printer taking 5 s for each: how much of a
 * processor this process takes, with all that it asks the printer meanwhile.
 */

#include "bench-report.h"

#include <stdlib.h>

#include "bench-desk.h"
#include "lanyard-hash.h"
#include "loopback.h"

#define GOAL_MS 150.0
#define GOAL_SHARE 3.0
#define PACE_S (3600 / 600)
#define PRINTING_S 5

static guint
get_count (int argc, char **argv, int i, guint usual)
{
  return argc > i ? (guint)strtoul (argv[i], NULL, 10) : usual;
}

static void
measure_latency (Loopback *loopback, guint n)
{
  BenchDesk desk = { 0 };
  BenchSeries series, cpu;

  loopback_behave (loopback, "true");
  bench_series_init (&series);
  bench_series_init (&cpu);
  bench_desk_open (&desk, loopback->uri, n + 1);
  /* The first one also finds the printer and loads fonts. */
  bench_desk_issue (&desk, NULL, NULL);
  printf ("%-52s %9.1f ms\n", "print to job at the printer, first badge",
          (desk.spooled_us - desk.confirmed_us) / 1e3);
  for (guint i = 0; i < n; i++)
    {
      bench_desk_issue (&desk, NULL, NULL);
      bench_series_add (&series, desk.spooled_us - desk.confirmed_us);
      bench_series_add (&cpu, desk.cpu_us);
    }
  bench_series_print (&series, "print to job at the printer");
  bench_series_print (&cpu, "  processor time of this process meanwhile");
  bench_goal ("  p50", bench_series_get (&series, 0.5) / 1e3, GOAL_MS, "ms");
  bench_goal ("  p95", bench_series_get (&series, 0.95) / 1e3, GOAL_MS, "ms");
  g_assert_cmpuint (loopback_count (loopback), ==, n + 1);
  bench_desk_close (&desk);
  bench_series_clear (&series);
  bench_series_clear (&cpu);
}

static gboolean
on_printed (gpointer loopback)
{
  loopback_go (loopback);
  return G_SOURCE_REMOVE;
}

/* The machine is at work from now on. */
static void
on_spooled (gpointer loopback)
{
  g_timeout_add_seconds (PRINTING_S, on_printed, loopback);
}

static gboolean
on_next (gpointer due)
{
  *(gboolean *)due = TRUE;
  return G_SOURCE_CONTINUE;
}

static gboolean
measure_share (Loopback *loopback, guint n)
{
  BenchDesk desk = { 0 };
  gboolean due = TRUE, good;
  double start_us, cpu_s, took_s;
  guint timer;

  loopback_behave (loopback, "wait");
  bench_desk_open (&desk, loopback->uri, n + 1);
  bench_desk_issue (&desk, on_spooled, loopback);
  timer = g_timeout_add_seconds (PACE_S, on_next, &due);
  start_us = bench_now_us ();
  cpu_s = bench_desk_cpu_s ();
  for (guint i = 0; i < n; i++)
    {
      while (!due)
        g_main_context_iteration (NULL, TRUE);
      due = FALSE;
      bench_desk_issue (&desk, on_spooled, loopback);
    }
  while (!due)
    g_main_context_iteration (NULL, TRUE);
  cpu_s = bench_desk_cpu_s () - cpu_s;
  took_s = (bench_now_us () - start_us) / 1e6;
  g_source_remove (timer);
  printf ("%-52s %9u in %.0f s: %.0f an hour\n", "badges at the pace of a queue", n, took_s,
          n * 3600 / took_s);
  printf ("%-52s %9.1f ms\n", "processor time of a badge", cpu_s / n * 1e3);
  good = bench_goal ("share of a processor at 600 badges an hour", cpu_s / n / PACE_S * 100,
                     GOAL_SHARE, "%");
  bench_desk_close (&desk);
  return good;
}

int
main (int argc, char **argv)
{
  g_autoptr (Loopback) loopback = NULL;
  gboolean good;

  lanyard_hash_init ();
  g_test_init (&argc, &argv, NULL);
  g_log_set_default_handler (g_log_default_handler, NULL);
  loopback = loopback_new ("application/pdf", NULL);
  if (loopback == NULL)
    return 77;
  measure_latency (loopback, get_count (argc, argv, 1, 20));
  good = measure_share (loopback, get_count (argc, argv, 2, 5));
  bench_print_load ();
  return good ? 0 : 1;
}
