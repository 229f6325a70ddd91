/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * How long the page of the day takes to open behind 100,000 transactions: the desk's part on a real
 * journal, and the screen's until everything that is seen is drawn, counted from the touch; and how
 * much work a frame is while somebody scrolls through them.
 */

#define G_LOG_DOMAIN "bench"

#include "bench-report.h"

#include <glib/gstdio.h>
#include <time.h>

#include "lanyard-journal.h"
#include "lanyard-style.h"
#include "lanyard-transaction-list.h"
#include "screen-fixtures.h"

#define N_TRANSACTIONS 100000
#define STEPS_AT_ONCE 500
#define ROWS_OF_A_PAGE 200
#define N_OPENINGS 20
#define GOAL_MS 300.0
#define N_SCROLLED 300
/* px between two frames: a finger that is in a hurry. */
#define SCROLL_PX 90
/* What a screen of 60 Hz has for a frame. */
#define FRAME_MS 16.7
/* Accreditation number of the newest of the test's transactions. */
#define NEWEST "33100000K"

static void
fill_journal (LanyardJournal *journal)
{
  LanyardStep steps[STEPS_AT_ONCE];
  gint64 now_us = g_get_real_time ();
  g_autoptr (GError) error = NULL;

  for (guint done = 0; done < N_TRANSACTIONS; done += STEPS_AT_ONCE)
    {
      g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);

      for (guint i = 0; i < STEPS_AT_ONCE; i++)
        {
          char *number = g_strdup_printf ("33%06uK", done + i);

          g_ptr_array_add (numbers, number);
          steps[i] = (LanyardStep){ .kind = LANYARD_RECORD_REFERRED,
                                    .from = LANYARD_PICKUP_IDLE,
                                    .to = LANYARD_PICKUP_REFERRED,
                                    .accreditation = number };
          lanyard_id_init_random (&steps[i].pickup, now_us);
        }
      lanyard_journal_commit_all (journal, steps, STEPS_AT_ONCE, NULL, &error);
      g_assert_no_error (error);
    }
}

static double
read_day (LanyardJournal *journal)
{
  double start_us = bench_now_us ();
  g_autoptr (GError) error = NULL;
  gboolean complete = FALSE;

  lanyard_journal_begin_day (journal, 0, &error);
  while (!complete && error == NULL)
    lanyard_journal_read_day (journal, ROWS_OF_A_PAGE, &complete, &error);
  g_assert_no_error (error);
  return (bench_now_us () - start_us) / 1e3;
}

/* What the desk does for one answer. Returns: ms */
static double
answer (LanyardJournal *journal)
{
  LanyardDay *day = lanyard_journal_get_day (journal);
  LanyardDayQuery query = { .filter = LANYARD_DAY_ALL, .max = ROWS_OF_A_PAGE };
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  LanyardDayTally tally;
  double start_us = bench_now_us ();

  query.acknowledged = lanyard_journal_get_acknowledged_position (journal);
  g_assert_cmpuint (lanyard_day_find (day, &query, rows, NULL), ==, N_TRANSACTIONS);
  lanyard_day_count_waiting (day, query.acknowledged);
  lanyard_day_tally (day, g_get_real_time (), &tally);
  return (bench_now_us () - start_us) / 1e3;
}

/* Returns: ms from the touch on the staff page until the newest transaction is drawn */
static double
open_page (LanyardWindow *window)
{
  GtkWidget *root = GTK_WIDGET (window), *button;
  double start_us;

  for (guint i = 0; i < N_TEST_SCREENS; i++)
    if (g_str_equal (TEST_SCREENS[i].name, "staff"))
      test_screen_show (window, &TEST_SCREENS[i], "en");
  g_assert_false (test_shows_text (root, NEWEST));
  button = test_find_button (root, "The day so far");
  g_assert_nonnull (button);
  start_us = bench_now_us ();
  g_signal_emit_by_name (button, "clicked");
  do
    test_settle (root);
  while (!test_shows_text (root, NEWEST));
  return (bench_now_us () - start_us) / 1e3;
}

static double
get_work_us (void)
{
  struct timespec used;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &used);
  return used.tv_sec * 1e6 + used.tv_nsec / 1e3;
}

/* The processor's time, since the wait for the screen's next frame is none of ours. */
static void
scroll_page (LanyardWindow *window, BenchSeries *frames)
{
  GtkWidget *root = GTK_WIDGET (window);
  GtkWidget *list = test_find_type (root, LANYARD_TYPE_TRANSACTION_LIST);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));

  for (guint i = 0; i < N_SCROLLED; i++)
    {
      double start_us = get_work_us ();

      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + SCROLL_PX);
      test_settle (root);
      bench_series_add (frames, (get_work_us () - start_us) / 1e3);
    }
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >=, N_SCROLLED * SCROLL_PX - 1);
  printf ("%-52s %9u\n", "rows that there are as widgets",
          lanyard_transaction_list_count_widgets (LANYARD_TRANSACTION_LIST (list)));
}

static void
measure_desk (BenchSeries *desk)
{
  g_autofree char *folder = g_dir_make_tmp ("lanyard-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  LanyardIdentity identity
      = { .device = 7, .epoch = 1, .event = (char *)"cup", .serial_prefix = (char *)"K0007" };
  g_autoptr (GError) error = NULL;
  LanyardJournal *journal = lanyard_journal_open (path, LANYARD_JOURNAL_CREATE, NULL, &error);

  g_assert_no_error (error);
  lanyard_journal_set_identity (journal, &identity, &error);
  g_assert_no_error (error);
  fill_journal (journal);
  printf ("%-52s %9.2f ms, in slices behind everything else\n", "reading the day at start",
          read_day (journal));
  for (guint i = 0; i < N_OPENINGS; i++)
    bench_series_add (desk, answer (journal));
  lanyard_journal_close (journal);
  g_unlink (path);
  g_unlink (wal);
  g_rmdir (folder);
}

static void
measure_screen (BenchSeries *screen, BenchSeries *frames)
{
  g_autoptr (LanyardPack) pack = test_pack_load ("summer-games");
  TestRecorder *recorder = test_recorder_new ();
  LanyardWindow *window;

  lanyard_style_install (gdk_display_get_default (), "light", pack);
  window = test_window_new (recorder, pack, 1280, 800);
  test_recorder_set_n_rows (recorder, N_TRANSACTIONS);
  for (guint i = 0; i < N_OPENINGS; i++)
    bench_series_add (screen, open_page (window));
  scroll_page (window, frames);
  test_window_close (window);
  g_object_unref (recorder);
}

int
main (int argc, char **argv)
{
  BenchSeries desk, screen, frames;
  gboolean met;

  gtk_init ();
  bench_series_init (&desk);
  bench_series_init (&screen);
  bench_series_init (&frames);
  bench_print_load ();
  measure_desk (&desk);
  measure_screen (&screen, &frames);
  printf ("%-52s %9.2f ms\n", "desk: one answer, p95", bench_series_get (&desk, 0.95));
  printf ("%-52s %9.2f ms\n", "screen: touch to drawn, p95", bench_series_get (&screen, 0.95));
  met = bench_goal ("page of the day opens, 100,000 transactions",
                    bench_series_get (&desk, 0.95) + bench_series_get (&screen, 0.95), GOAL_MS,
                    "ms");
  met &= bench_goal ("work of a frame while scrolling, p95", bench_series_get (&frames, 0.95),
                     FRAME_MS, "ms");
  bench_series_clear (&desk);
  bench_series_clear (&screen);
  bench_series_clear (&frames);
  return met ? 0 : 1;
}
