/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A badge as PDF, against what nobody can do without: an empty PDF of the same size, with the
 * template's picture drawn by librsvg and nothing else. In turns, so that a busy machine slows
 * both.
 *
 *   bench-badge [ROUNDS]
 *
 * Twice: from the template and the photo as they are on disk, and after what follows from the
 * person alone was prepared, as a desk does while they look at their screen.
 */

#include "bench-report.h"

#include <stdlib.h>

#include <cairo-pdf.h>
#include <librsvg/rsvg.h>

#include "badge-fixture.h"
#include "lanyard-hash.h"

#define N_ROUNDS 40
#define GOAL_MS 50.0

static double
cpu_now_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static cairo_status_t
on_write (void *closure, const unsigned char *data, unsigned int n_bytes)
{
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_bare (LanyardBadge *badge, RsvgHandle *handle)
{
  double width = lanyard_badge_get_width_mm (badge) * 72.0 / 25.4;
  double height = lanyard_badge_get_height_mm (badge) * 72.0 / 25.4;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (on_write, NULL, width, height);
  cairo_t *cr = cairo_create (surface);
  RsvgRectangle viewport = { 0.0, 0.0, width, height };

  for (guint page = 0; page < lanyard_badge_get_n_pages (badge); page++)
    {
      g_assert_true (rsvg_handle_render_document (handle, cr, &viewport, NULL));
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
}

static void
draw_badge (LanyardBadge *badge, const LanyardBadgeContent *content)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = lanyard_badge_to_pdf (badge, content, &error);

  g_assert_no_error (error);
}

/* A badge of its own each time, as each person has. @prepare_us: (nullable): as much of it as can
 * be done beforehand is done, and not counted */
static void
draw_anew (GBytes *svg,
           LanyardPack *pack,
           const LanyardBadgeContent *content,
           BenchSeries *badge_us,
           BenchSeries *prepare_us)
{
  double start = cpu_now_us ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardBadge) badge = lanyard_badge_new (svg, pack, &error);

  g_assert_no_error (error);
  if (prepare_us != NULL)
    {
      g_assert_true (lanyard_badge_prepare (badge, content, &error));
      bench_series_add (prepare_us, cpu_now_us () - start);
      start = cpu_now_us ();
    }
  draw_badge (badge, content);
  bench_series_add (badge_us, cpu_now_us () - start);
}

/* Returns: whether the goal was met */
static gboolean
measure (guint n_rounds,
         const char *pack_name,
         const char *template,
         BadgePerson person,
         const char *language,
         const char *what)
{
  g_autoptr (LanyardPack) pack = badge_fixture_load (pack_name);
  g_autoptr (GBytes) svg = lanyard_pack_dup_template_named (pack, template, NULL);
  g_autoptr (LanyardBadge) badge = badge_fixture_badge (pack, template);
  g_autoptr (LanyardEntry) entry = badge_fixture_entry (pack, person);
  g_autoptr (GBytes) photo = badge_fixture_photo (0x2040c0ff);
  g_autofree char *credential = badge_fixture_credential (pack, entry);
  LanyardBadgeContent content = { .entry = entry,
                                  .photo = photo,
                                  .serial = "K0471-000123Q",
                                  .credential = credential,
                                  .language = language };
  RsvgHandle *handle
      = rsvg_handle_new_from_data (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg), NULL);
  BenchSeries badge_us, ready_us, prepare_us, bare_us;
  double first_us = bench_now_us ();
  gboolean good;

  draw_badge (badge, &content);
  first_us = bench_now_us () - first_us;
  bench_series_init (&badge_us);
  bench_series_init (&ready_us);
  bench_series_init (&prepare_us);
  bench_series_init (&bare_us);
  for (guint i = 0; i < n_rounds; i++)
    {
      double start = cpu_now_us ();

      draw_bare (badge, handle);
      bench_series_add (&bare_us, cpu_now_us () - start);
      draw_anew (svg, pack, &content, &badge_us, NULL);
      draw_anew (svg, pack, &content, &ready_us, &prepare_us);
    }

  printf ("%s, first one %.1f ms by the clock\n", what, first_us / 1e3);
  bench_series_print (&bare_us, "  empty PDF with the picture, processor time");
  bench_series_print (&badge_us, "  badge from the template, processor time");
  bench_series_print (&prepare_us, "  preparing, processor time");
  bench_series_print (&ready_us, "  badge after that, processor time");
  good = bench_goal ("  badge p50", bench_series_get (&badge_us, 0.5) / 1e3, GOAL_MS, "ms");
  good
      = bench_goal ("  badge p95", bench_series_get (&badge_us, 0.95) / 1e3, GOAL_MS, "ms") && good;
  bench_series_clear (&badge_us);
  bench_series_clear (&ready_us);
  bench_series_clear (&prepare_us);
  bench_series_clear (&bare_us);
  g_object_unref (handle);

  return good;
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *pack;
    const char *template;
    BadgePerson person;
    const char *language;
    const char *what;
  } cases[] = {
    { "summer-games", "games", BADGE_PERSON_PLAIN, NULL, "two sides, Latin" },
    { "summer-games", "games", BADGE_PERSON_ARABIC, NULL, "two sides, Arabic" },
    { "summer-games", "games", BADGE_PERSON_JAPANESE, NULL, "two sides, Japanese" },
    { "summer-games", "games", BADGE_PERSON_LONGEST, NULL, "two sides, all there is" },
    { "summer-games", "games", BADGE_PERSON_LONGEST, "ar",
      "two sides, all there is, labels in Arabic" },
    { "summer-games", "games", BADGE_PERSON_JAPANESE, "ja", "two sides, Japanese, labels too" },
    { "summer-games", "games", BADGE_PERSON_LONGEST, "ja",
      "two sides, all there is, labels in Japanese" },
    { "small-cup", "card", BADGE_PERSON_PLAIN, NULL, "card" },
  };
  guint n_rounds = argc > 1 ? (guint)strtoul (argv[1], NULL, 10) : N_ROUNDS;
  gboolean good = n_rounds > 0;

  lanyard_hash_init ();
  for (guint i = 0; n_rounds > 0 && i < G_N_ELEMENTS (cases); i++)
    good = measure (n_rounds, cases[i].pack, cases[i].template, cases[i].person, cases[i].language,
                    cases[i].what)
           && good;

  return badge_fixture_finish (good ? 0 : 1);
}
