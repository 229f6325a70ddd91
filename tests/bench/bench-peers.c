/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A badge of two sides as PDF, against what others use for it: rsvg-convert on the same template
 * with the words laid over it, and a headless Chromium that prints the same two pages.
 *
 *   bench-peers [ROUNDS]
 *
 * In turns, so that a busy machine slows all. Each is measured twice: with the start of its
 * program, once a badge, and without it, as what one more badge costs a program that makes several.
 * "As it is used" is a desk, which runs all day, against a program that is started for each badge.
 * A desk parses the template and scales the photo while the person looks at their screen: that
 * stands by itself, and the badge with it and without it.
 */

#include "bench-report.h"

#include <stdlib.h>
#include <sys/resource.h>

#include <glib/gstdio.h>

#include "badge-fixture.h"
#include "lanyard-hash.h"
#include "peer-page.h"

#define N_MORE 10
#define N_WARM_UP 3
#define RSVG_GOAL 5.0
#define CHROMIUM_GOAL 50.0
#define SERIAL "K0471-000123Q"

typedef struct
{
  char *folder;      /* owned */
  LanyardPack *pack; /* owned */
  GBytes *svg;       /* owned */
  LanyardBadgeContent content;
  char *rsvg;     /* (nullable): owned: program */
  char *chromium; /* (nullable): owned: program */
} Bench;

/* What something took. */
typedef struct
{
  double wall_us;
  double cpu_us; /* of all processes that it was */
} Taken;

/* The same many times. */
typedef struct
{
  BenchSeries wall, cpu;
} Times;

/* Times of one program. */
typedef struct
{
  const char *name;
  Times started; /* one badge, with the start */
  Times more;    /* one more badge, without it */
  Times ready;   /* the same once it was made ready; of Lanyard */
} Peer;

static char *
in_folder (const Bench *bench, const char *name)
{
  return g_build_filename (bench->folder, name, NULL);
}

static void
write_file (const Bench *bench, const char *name, const char *text)
{
  g_autofree char *path = in_folder (bench, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* Of processes that have ended. */
static double
get_children_cpu_us (void)
{
  struct rusage usage;

  getrusage (RUSAGE_CHILDREN, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6
         + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static Taken
run (const Bench *bench, const char *const *argv)
{
  g_autofree char *out = in_folder (bench, "out.pdf"), *said = NULL;
  g_autoptr (GError) error = NULL;
  char *pdf = NULL;
  Taken taken;
  int status;

  g_unlink (out);
  taken = (Taken){ bench_now_us (), get_children_cpu_us () };
  g_spawn_sync (bench->folder, (char **)argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                &said, &status, &error);
  taken = (Taken){ bench_now_us () - taken.wall_us, get_children_cpu_us () - taken.cpu_us };
  g_assert_no_error (error);
  if (!g_file_get_contents (out, &pdf, NULL, NULL) || !g_str_has_prefix (pdf, "%PDF"))
    g_error ("%s made no PDF: %s", argv[0], said);
  g_free (pdf);
  return taken;
}

static Taken
run_rsvg (const Bench *bench, guint n_badges)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  g_ptr_array_add (argv, bench->rsvg);
  g_ptr_array_add (argv, (gpointer) "--format=pdf");
  g_ptr_array_add (argv, (gpointer) "--output=out.pdf");
  for (guint i = 0; i < n_badges; i++)
    {
      g_ptr_array_add (argv, (gpointer) "front.svg");
      g_ptr_array_add (argv, (gpointer) "back.svg");
    }
  g_ptr_array_add (argv, NULL);
  return run (bench, (const char *const *)argv->pdata);
}

static void
write_html (const Bench *bench, const char *name, guint n_badges)
{
  g_autoptr (GString) html = g_string_new (
      "<!DOCTYPE html><meta charset=\"utf-8\"><style>@page{size:105mm 135mm;margin:0}body{margin:0}"
      "img{display:block;width:105mm;height:135mm;break-after:page}</style>");

  for (guint i = 0; i < n_badges; i++)
    g_string_append (html, "<img src=\"front.svg\"><img src=\"back.svg\">");
  write_file (bench, name, html->str);
}

static Taken
run_chromium (const Bench *bench, guint n_badges)
{
  g_autofree char *profile = g_strdup_printf ("--user-data-dir=%s/profile", bench->folder);
  g_autofree char *page
      = g_strdup_printf ("file://%s/%s", bench->folder, n_badges == 1 ? "one.html" : "more.html");
  const char *argv[] = { bench->chromium,
                         "--headless",
                         "--no-sandbox",
                         "--disable-gpu",
                         "--disable-dev-shm-usage",
                         "--no-first-run",
                         "--no-pdf-header-footer",
                         "--print-to-pdf=out.pdf",
                         profile,
                         page,
                         NULL };

  return run (bench, argv);
}

static Taken
run_tool (const Bench *bench)
{
  g_autofree char *tool
      = g_build_filename (g_getenv ("LANYARD_BUILD_ROOT"), "app", "tool", "lanyard", NULL);
  const char *argv[] = { tool,
                         "badge",
                         "render",
                         "--pack",
                         lanyard_pack_get_directory (bench->pack),
                         "--holder",
                         "holder.json",
                         "--photo",
                         "photo.jpg",
                         "--serial",
                         SERIAL,
                         "--credential",
                         bench->content.credential,
                         "--output",
                         "out.pdf",
                         NULL };

  return run (bench, argv);
}

static Taken
since (Taken start)
{
  return (Taken){ bench_now_us () - start.wall_us, bench_cpu_us () - start.cpu_us };
}

/* As the desk does it: the template anew for each badge. @ready: (out): without what it does before
 * the person has confirmed. Returns: all of it */
static Taken
draw (const Bench *bench, Taken *ready)
{
  Taken start = { bench_now_us (), bench_cpu_us () }, confirmed;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardBadge) badge = lanyard_badge_new (bench->svg, bench->pack, &error);
  g_autoptr (GBytes) pdf = NULL;

  g_assert_no_error (error);
  g_assert_true (lanyard_badge_prepare (badge, &bench->content, &error));
  confirmed = (Taken){ bench_now_us (), bench_cpu_us () };
  pdf = lanyard_badge_to_pdf (badge, &bench->content, &error);
  g_assert_no_error (error);
  *ready = since (confirmed);
  return since (start);
}

static void
times_add (Times *times, Taken taken)
{
  bench_series_add (&times->wall, taken.wall_us);
  bench_series_add (&times->cpu, taken.cpu_us);
}

static void
times_print (Times *times, const char *name, const char *what)
{
  g_autofree char *words = g_strdup_printf ("%s, %s", name, what);

  bench_series_print (&times->wall, words);
  bench_series_print (&times->cpu, "  processor time");
}

static void
peer_print (Peer *peer)
{
  times_print (&peer->started, peer->name, "with its start");
  times_print (&peer->more, peer->name, "one more badge");
}

/* Returns: how many times as long the median of @theirs is */
static double
print_ratio (const char *what, Times *theirs, Times *ours)
{
  double ratio = bench_series_get (&theirs->wall, 0.5) / bench_series_get (&ours->wall, 0.5);

  printf ("  %-50s %7.1f %7.1f   processor %7.1f %7.1f\n", what, ratio,
          bench_series_get (&theirs->wall, 0.95) / bench_series_get (&ours->wall, 0.95),
          bench_series_get (&theirs->cpu, 0.5) / bench_series_get (&ours->cpu, 0.5),
          bench_series_get (&theirs->cpu, 0.95) / bench_series_get (&ours->cpu, 0.95));
  return ratio;
}

/* Returns: whether the goal is met */
static gboolean
compare (Peer *ours, Peer *theirs, double goal)
{
  double used;

  printf ("%s: times as long as Lanyard, p50 and p95\n", theirs->name);
  used = print_ratio ("as it is used, from print being pressed", &theirs->started, &ours->ready);
  print_ratio ("as it is used, nothing made ready", &theirs->started, &ours->more);
  print_ratio ("both with their start", &theirs->started, &ours->started);
  print_ratio ("both without", &theirs->more, &ours->more);
  printf ("%-52s %9.1f, goal ≥ %.0f: %s\n", "  as it is used", used, goal,
          used >= goal ? "met" : "NOT MET");
  return used >= goal;
}

static char *
find_chromium (void)
{
  char *path = g_find_program_in_path ("chromium");

  return path != NULL ? path : g_find_program_in_path ("google-chrome");
}

static void
write_inputs (Bench *bench)
{
  g_autofree char *front = peer_page_new (bench->svg, bench->pack, &bench->content, 0);
  g_autofree char *back = peer_page_new (bench->svg, bench->pack, &bench->content, 1);
  g_autofree char *holder = lanyard_entry_to_json (bench->content.entry);
  g_autofree char *photo = in_folder (bench, "photo.jpg");

  write_file (bench, "front.svg", front);
  write_file (bench, "back.svg", back);
  write_html (bench, "one.html", 1);
  write_html (bench, "more.html", 1 + N_MORE);
  write_file (bench, "holder.json", holder);
  g_assert_true (g_file_set_contents (photo, g_bytes_get_data (bench->content.photo, NULL),
                                      (gssize)g_bytes_get_size (bench->content.photo), NULL));
}

/* One badge with the start, and what each of ten more costs. */
static void
measure_peer (const Bench *bench, Peer *peer, Taken (*make) (const Bench *bench, guint n_badges))
{
  Taken once = make (bench, 1), all = make (bench, 1 + N_MORE);

  times_add (&peer->started, once);
  times_add (&peer->more,
             (Taken){ (all.wall_us - once.wall_us) / N_MORE, (all.cpu_us - once.cpu_us) / N_MORE });
}

static void
measure (const Bench *bench, guint n_rounds, Peer *lanyard, Peer *rsvg, Peer *chromium)
{
  Taken ready;

  for (guint i = 0; i < N_WARM_UP; i++)
    draw (bench, &ready);
  for (guint i = 0; i < n_rounds; i++)
    {
      times_add (&lanyard->started, run_tool (bench));
      for (guint k = 0; k < N_MORE; k++)
        {
          times_add (&lanyard->more, draw (bench, &ready));
          times_add (&lanyard->ready, ready);
        }
      if (bench->rsvg != NULL)
        measure_peer (bench, rsvg, run_rsvg);
      if (bench->chromium != NULL)
        measure_peer (bench, chromium, run_chromium);
    }
}

static gboolean
report (const Bench *bench, Peer *lanyard, Peer *rsvg, Peer *chromium)
{
  gboolean good = TRUE;

  peer_print (lanyard);
  times_print (&lanyard->ready, lanyard->name, "one more badge, made ready before");
  if (bench->rsvg == NULL)
    printf ("rsvg-convert is not here (package librsvg2-bin): not compared.\n");
  else
    {
      peer_print (rsvg);
      good = compare (lanyard, rsvg, RSVG_GOAL);
    }
  if (bench->chromium == NULL)
    printf ("Chromium is not here (package chromium): not compared.\n");
  else
    {
      peer_print (chromium);
      good = compare (lanyard, chromium, CHROMIUM_GOAL) && good;
    }
  bench_print_load ();
  return good;
}

static void
remove_folder (const Bench *bench)
{
  const char *argv[] = { "rm", "-r", bench->folder, NULL };

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}

static void
peer_init (Peer *peer, const char *name)
{
  peer->name = name;
  bench_series_init (&peer->started.wall);
  bench_series_init (&peer->started.cpu);
  bench_series_init (&peer->more.wall);
  bench_series_init (&peer->more.cpu);
  bench_series_init (&peer->ready.wall);
  bench_series_init (&peer->ready.cpu);
}

static void
peer_clear (Peer *peer)
{
  bench_series_clear (&peer->started.wall);
  bench_series_clear (&peer->started.cpu);
  bench_series_clear (&peer->more.wall);
  bench_series_clear (&peer->more.cpu);
  bench_series_clear (&peer->ready.wall);
  bench_series_clear (&peer->ready.cpu);
}

int
main (int argc, char **argv)
{
  guint n_rounds = argc > 1 ? (guint)strtoul (argv[1], NULL, 10) : 5;
  Bench bench = { 0 };
  Peer lanyard, rsvg, chromium;
  g_autoptr (LanyardEntry) entry = NULL;
  g_autoptr (GBytes) photo = NULL;
  g_autofree char *credential = NULL;
  gboolean good;

  lanyard_hash_init ();
  bench.folder = g_dir_make_tmp ("lanyard-peers-XXXXXX", NULL);
  bench.pack = badge_fixture_load ("summer-games");
  bench.svg = lanyard_pack_dup_template_named (bench.pack, "games", NULL);
  entry = badge_fixture_entry (bench.pack, BADGE_PERSON_PLAIN);
  photo = badge_fixture_photo (0x2040c0ff);
  credential = badge_fixture_credential (bench.pack, entry);
  bench.content = (LanyardBadgeContent){
    .entry = entry, .photo = photo, .serial = SERIAL, .credential = credential
  };
  bench.rsvg = g_find_program_in_path ("rsvg-convert");
  bench.chromium = find_chromium ();
  peer_init (&lanyard, "Lanyard");
  peer_init (&rsvg, "rsvg-convert");
  peer_init (&chromium, "Chromium");
  write_inputs (&bench);
  measure (&bench, n_rounds, &lanyard, &rsvg, &chromium);
  good = report (&bench, &lanyard, &rsvg, &chromium);
  remove_folder (&bench);
  peer_clear (&lanyard);
  peer_clear (&rsvg);
  peer_clear (&chromium);
  g_bytes_unref (bench.svg);
  lanyard_pack_unref (bench.pack);
  g_free (bench.rsvg);
  g_free (bench.chromium);
  g_free (bench.folder);
  return badge_fixture_finish (good ? 0 : 1);
}
