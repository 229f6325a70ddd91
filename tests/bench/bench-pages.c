/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * How long it takes from the desk's word to the next page being drawn, whole, on a screen without
 * graphics hardware: every page after every other kind of page, in both sizes. What the desk needs
 * before it says so is measured by others (bench-print, bench-directory).
 *
 *   bench-pages [ROUNDS]
 */

#define G_LOG_DOMAIN "bench"

#include "bench-report.h"

#include <stdlib.h>

#include "lanyard-style.h"
#include "screen-fixtures.h"

#define ROUNDS 5
#define GOAL_MS 100.0

static const int SIZES[][2] = { { 1280, 800 }, { 1080, 1920 } };

typedef struct
{
  BenchSeries all;
  BenchSeries work; /* of the thread that draws */
  double worst_ms;
  const char *worst; /* its name */
} Pages;

static void
show (LanyardWindow *window, const TestScreen *screen, Pages *pages)
{
  g_autoptr (LanyardView) view = screen->make ("en");
  double start_us = bench_now_us (), start_work_us = bench_cpu_us (), took_ms;

  lanyard_window_show_view (window, view);
  test_settle (GTK_WIDGET (window));
  took_ms = (bench_now_us () - start_us) / 1e3;
  bench_series_add (&pages->all, took_ms);
  bench_series_add (&pages->work, (bench_cpu_us () - start_work_us) / 1e3);
  if (took_ms > pages->worst_ms)
    {
      pages->worst_ms = took_ms;
      pages->worst = screen->name;
    }
}

/* Each round in another order, so that every page comes after many others. */
static void
show_round (LanyardWindow *window, guint round, Pages *pages)
{
  for (guint i = 0; i < N_TEST_SCREENS; i++)
    {
      const TestScreen *screen = &TEST_SCREENS[i * (2 * round + 1) % N_TEST_SCREENS];

      if (screen->press == NULL)
        show (window, screen, pages);
    }
}

static gboolean
measure (const int size[2], guint n_rounds)
{
  g_autoptr (LanyardPack) pack = test_pack_load ("summer-games");
  TestRecorder *recorder = test_recorder_new ();
  Pages first = { .worst = "none" }, again = { .worst = "none" };
  LanyardWindow *window;
  gboolean met;

  bench_series_init (&first.all);
  bench_series_init (&first.work);
  bench_series_init (&again.all);
  bench_series_init (&again.work);
  lanyard_style_install (gdk_display_get_default (), "light", pack);
  window = test_window_new (recorder, pack, size[0], size[1]);
  show_round (window, 0, &first);
  for (guint round = 1; round <= n_rounds; round++)
    show_round (window, round, &again);
  printf ("%d × %d px\n", size[0], size[1]);
  printf ("%-52s %9.2f ms, longest %.2f (%s)\n", "  each page for the first time, p95",
          bench_series_get (&first.all, 0.95), first.worst_ms, first.worst);
  printf ("%-52s %9.2f ms\n", "  after any other page, p50", bench_series_get (&again.all, 0.5));
  printf ("%-52s %9.2f ms (%s)\n", "  longest", again.worst_ms, again.worst);
  printf ("%-52s %9.2f ms\n", "  work of the thread that draws, p95",
          bench_series_get (&again.work, 0.95));
  met = bench_goal ("  after any other page, p95", bench_series_get (&again.all, 0.95), GOAL_MS,
                    "ms");
  test_window_close (window);
  g_object_unref (recorder);
  bench_series_clear (&first.all);
  bench_series_clear (&again.all);
  bench_series_clear (&first.work);
  bench_series_clear (&again.work);
  return met;
}

int
main (int argc, char **argv)
{
  guint n_rounds = argc > 1 ? (guint)strtoul (argv[1], NULL, 10) : ROUNDS;
  gboolean met = TRUE;

  gtk_init ();
  bench_print_load ();
  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++)
    met &= measure (SIZES[i], n_rounds);
  return met ? 0 : 1;
}
