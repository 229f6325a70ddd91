/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Times of one thing, in µs. */
typedef struct
{
  GArray *times; /* (element-type gdouble) */
} BenchSeries;

static inline void
bench_series_init (BenchSeries *series)
{
  series->times = g_array_new (FALSE, FALSE, sizeof (double));
}

static inline void
bench_series_clear (BenchSeries *series)
{
  g_array_unref (series->times);
}

static inline void
bench_series_add (BenchSeries *series, double us)
{
  g_array_append_val (series->times, us);
}

static inline guint
bench_series_count_within (const BenchSeries *series, double us)
{
  guint n = 0;

  for (guint i = 0; i < series->times->len; i++)
    n += g_array_index (series->times, double, i) <= us;
  return n;
}

static inline double
bench_now_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* Of this thread: what work in memory takes, also while others keep the processors busy. */
static inline double
bench_cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* How busy the machine is meanwhile: wall times mean little when it is. */
static inline void
bench_print_load (void)
{
  g_autofree char *text = NULL;

  if (g_file_get_contents ("/proc/loadavg", &text, NULL, NULL))
    printf ("%-52s %s on %u processors\n", "load of the machine", strtok (text, " "),
            g_get_num_processors ());
}

static inline int
bench_compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

/* @share: 0.5 for the median, 0.95, … */
static inline double
bench_series_get (const BenchSeries *series, double share)
{
  g_array_sort (series->times, bench_compare);
  return g_array_index (series->times, double, (guint)((double)(series->times->len - 1) * share));
}

static inline double
bench_series_mean (const BenchSeries *series)
{
  double sum = 0;

  for (guint i = 0; i < series->times->len; i++)
    sum += g_array_index (series->times, double, i);
  return series->times->len > 0 ? sum / series->times->len : 0;
}

static inline void
bench_series_print (BenchSeries *series, const char *what)
{
  printf ("%-52s p50 %9.1f µs  p95 %9.1f µs  p99 %9.1f µs  (%u)\n", what,
          bench_series_get (series, 0.5), bench_series_get (series, 0.95),
          bench_series_get (series, 0.99), series->times->len);
}

/* Prints the goal and whether it was met. Returns: whether */
static inline gboolean
bench_goal (const char *what, double value, double goal, const char *unit)
{
  printf ("%-52s %9.2f %s, goal ≤ %.2f: %s\n", what, value, unit, goal,
          value <= goal ? "met" : "NOT MET");
  return value <= goal;
}

/* Resident memory of this process in MB. */
static inline double
bench_resident_mb (void)
{
  g_autofree char *text = NULL;
  unsigned long long total = 0, resident = 0;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL)
      || sscanf (text, "%llu %llu", &total, &resident) != 2)
    return 0;
  return (double)resident * 4096 / 1e6;
}
