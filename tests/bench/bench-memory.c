/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * One badge after the other through a whole desk and the file printer, in one process: what stays
 * in memory of each.
 *
 *   bench-memory [BADGES]      300 when it is not said; the measure of the issue is 10,000
 *
 * After a warm-up (fonts, caches, arenas) memory in use, without SQLite's page caches, may grow by
 * as much as the printer keeps of each serial so that it is never sent again, and resident memory
 * by a constant.
 */

#include "bench-report.h"

#include <malloc.h>
#include <stdlib.h>

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "bench-desk.h"
#include "lanyard-hash.h"

#define WARM_UP 100
#define GOAL_BYTES 400.0
#define GOAL_RESIDENT_MB 8.0

/* What SQLite keeps of its files is bounded, and fills up as they grow. */
static double
in_use (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (double)info.uordblks + (double)info.hblkhd - (double)sqlite3_memory_used ();
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint)strtoul (argv[1], NULL, 10) : 300;
  g_autofree char *uri = NULL;
  g_autofree char *folder = g_dir_make_tmp ("lanyard-prints-XXXXXX", NULL);
  BenchDesk desk = { 0 };
  double used, resident_mb, start_us;
  gboolean good;

#ifdef __SANITIZE_ADDRESS__
  printf ("Skipped: a sanitizer keeps memory that is given back; take a tree without.\n");
  g_rmdir (folder);
  return 77;
#endif
  lanyard_hash_init ();
  uri = g_strdup_printf ("file:%s", folder);
  bench_desk_open (&desk, uri, WARM_UP + n);
  for (guint i = 0; i < WARM_UP; i++)
    bench_desk_issue (&desk, NULL, NULL);
  malloc_trim (0);
  used = in_use ();
  resident_mb = bench_resident_mb ();
  start_us = bench_now_us ();
  for (guint i = 0; i < n; i++)
    bench_desk_issue (&desk, NULL, NULL);
  printf ("%-52s %9u after %u, %.1f ms each\n", "badges", n, WARM_UP,
          (bench_now_us () - start_us) / 1e3 / n);
  malloc_trim (0);
  printf ("%-52s %9.1f MB, of that SQLite %.1f MB\n", "resident memory", bench_resident_mb (),
          (double)sqlite3_memory_used () / 1e6);
  good = bench_goal ("resident memory grew by", bench_resident_mb () - resident_mb,
                     GOAL_RESIDENT_MB, "MB");
  good = bench_goal ("memory in use grew, of each badge", (in_use () - used) / n, GOAL_BYTES, "B")
         && good;
  bench_desk_close (&desk);
  flow_remove_folder (folder);
  return good ? 0 : 1;
}
