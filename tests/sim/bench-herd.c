/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * All desks of an event lose the hub for eight hours and come back in the same moment: how long
 * until each has sent what it kept, and whether one of them had to wait for all others. Desks,
 * their journals and the hub are the real ones, time is virtual, and the hub does one thing after
 * the other. LANYARD_HERD_DESKS: how many (5,000).
 */

#include "sim.h"

#include <locale.h>
#include <sys/resource.h>
#include <time.h>

#include "lanyard-backoff.h"

#define DEFAULT_DESKS 5000
#define OUTAGE (8 * SIM_HOUR)
#define RECORDS_AN_HOUR 12
/* What the ingest benchmark gives one process over SQLite is about a third of this price. */
#define UPLOAD_US 8000
#define DOWNLOAD_US 1000
/* Two databases, each with its log. */
#define FILES_OF_A_DESK 4
#define OTHER_FILES 100
#define STEP (5 * SIM_SECOND)
#define LIMIT (2 * SIM_HOUR)
/* Nobody waits for longer than twice the longest pause of a desk and the hub's work together. */
#define STARVED_TIMES 2

static void
on_note (Sim *sim, gpointer data)
{
  SimDesk *desk = data;

  sim_work_note (desk, LANYARD_RECORD_SIGN_IN);
}

static void
work (Sim *sim, gpointer data)
{
  sim_desk_as (data, on_note, data);
}

static void
schedule (Sim *sim)
{
  for (guint i = 0; i < sim->desks->len; i++)
    for (guint k = 0; k < OUTAGE / SIM_HOUR * RECORDS_AN_HOUR; k++)
      sim_at (sim, sim_range (sim, SIM_MINUTE, OUTAGE), work, sim->desks->pdata[i]);
}

static guint64
count_pending (SimDesk *desk)
{
  LanyardLinkStatus status = { 0 };

  lanyard_link_get_status (LANYARD_LINK (desk->engine), &status);
  return status.pending;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const gint64 *x = a, *y = b;

  return *x < *y ? -1 : *x > *y;
}

/* Returns: (transfer full): for each desk when it had sent all, µs after the outage, in order */
static GArray *
drain (Sim *sim)
{
  gint64 back_us = sim->now_us;
  GArray *ends = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) left = g_ptr_array_new ();

  for (guint i = 0; i < sim->desks->len; i++)
    g_ptr_array_add (left, sim->desks->pdata[i]);
  while (left->len > 0 && sim->now_us < back_us + LIMIT && sim_run_until (sim, sim->now_us + STEP))
    for (guint i = left->len; i > 0; i--)
      if (count_pending (left->pdata[i - 1]) == 0)
        {
          gint64 after_us = sim->now_us - back_us;

          g_array_append_val (ends, after_us);
          g_ptr_array_remove_index_fast (left, i - 1);
        }
  g_array_sort (ends, compare);
  return ends;
}

static double
share (const GArray *ends, double part)
{
  return (double)g_array_index (ends, gint64, (guint)(part * (ends->len - 1))) / SIM_SECOND;
}

/* As many files as allowed; more than the hard limit only for root. Returns: for how many desks
 * that is enough */
static guint
raise_file_limit (guint n_desks)
{
  const rlim_t wanted = OTHER_FILES + (rlim_t)n_desks * FILES_OF_A_DESK;
  struct rlimit limit;

  getrlimit (RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max = MAX (limit.rlim_max, wanted);
  if (setrlimit (RLIMIT_NOFILE, &limit) != 0)
    {
      getrlimit (RLIMIT_NOFILE, &limit);
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_NOFILE, &limit);
    }
  return (guint)MIN (n_desks, (limit.rlim_cur - OTHER_FILES) / FILES_OF_A_DESK);
}

int
main (void)
{
  const char *wanted = g_getenv ("LANYARD_HERD_DESKS");
  guint n_desks = wanted != NULL ? (guint)g_ascii_strtoull (wanted, NULL, 10) : DEFAULT_DESKS;
  g_autoptr (GArray) ends = NULL;
  guint64 n_records = 0;
  gint64 busy_us, limit_us;
  guint n_timeouts;
  gboolean good;
  Sim *sim;

  setlocale (LC_ALL, "");
  sim_set_up (FALSE);
  sim = sim_new (1, FALSE);
  sim->plan = (SimPlan){ .n_desks = n_desks,
                         .n_people = 10,
                         .hours = 12,
                         .poll_s = 300,
                         .pickup_period_min = 100000,
                         .upload_us = UPLOAD_US,
                         .download_us = DOWNLOAD_US,
                         .n_on_files = MAX (raise_file_limit (n_desks), 1) };
  sim_begin (sim);
  sim_run_until (sim, sim->now_us + SIM_HOUR);
  g_print ("%u desks, all on line after %.0f s of processor time\n", n_desks,
           (double)clock () / CLOCKS_PER_SEC);
  for (guint i = 0; i < sim->desks->len; i++)
    ((SimDesk *)sim->desks->pdata[i])->cut_off_until_us = sim->now_us + OUTAGE;
  schedule (sim);
  sim_run_until (sim, sim->now_us + OUTAGE);
  for (guint i = 0; i < sim->desks->len; i++)
    n_records += count_pending (sim->desks->pdata[i]);
  busy_us = sim->hub_busy_us;
  n_timeouts = sim->n_timeouts;
  ends = drain (sim);
  busy_us = sim->hub_busy_us - busy_us;
  g_print ("%" G_GUINT64_FORMAT " records kept in 8 h; all sent by %u of %u desks\n"
           "after the line was back: median %.0f s, 95 of 100 %.0f s, the last %.0f s; the hub was "
           "at work for %.0f s of it, %u requests came too late, %.0f s of processor time\n",
           n_records, ends->len, n_desks, share (ends, 0.5), share (ends, 0.95), share (ends, 1),
           (double)busy_us / SIM_SECOND, sim->n_timeouts - n_timeouts,
           (double)clock () / CLOCKS_PER_SEC);
  limit_us = STARVED_TIMES * (LANYARD_BACKOFF_CAP_MS * G_GINT64_CONSTANT (1000) + busy_us);
  good = sim->violation == NULL && ends->len == n_desks
         && g_array_index (ends, gint64, n_desks - 1) <= limit_us;
  g_print ("the last desk within twice %d s and the hub's work: %s\n",
           LANYARD_BACKOFF_CAP_MS / 1000, good ? "met" : "NOT MET");
  if (sim->violation != NULL)
    g_printerr ("bench-herd: %s\n", sim->violation);
  sim_free (sim);
  sim_tear_down ();
  return good ? 0 : 1;
}
