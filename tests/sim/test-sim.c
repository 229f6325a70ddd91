/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The fleet simulator as a test. LANYARD_SIM_HOURS: how many desk-hours; LANYARD_SIM_SEED: the
 * first seed; LANYARD_SIM_REPLAY: one seed alone, with its trace; LANYARD_SIM_SECONDS: an end by
 * processor time, for the runner of deliberate faults.
 */

#include "sim.h"

#include <time.h>

#define DEFAULT_HOURS 600
/* From so many on, every kind of trouble must have come up. */
#define ALL_KINDS_HOURS 10000

static const char *program; /* its path, for the command that replays */

static guint64
get_number (const char *name, guint64 fallback)
{
  const char *text = g_getenv (name);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : fallback;
}

static void
fail_with (guint64 seed, const char *violation)
{
  g_test_message ("%s; replay: LANYARD_SOURCE_ROOT=%s LANYARD_SIM_REPLAY=%" G_GUINT64_FORMAT " %s",
                  violation, g_getenv ("LANYARD_SOURCE_ROOT"), seed, program);
  g_test_fail ();
}

/* A simulator in which nothing goes wrong proves nothing. */
static void
tell_kinds (const SimResult *result, gboolean demanded)
{
  for (guint i = 0; i < SIM_N_KINDS; i++)
    {
      g_test_message ("%u %s", result->n_of[i], sim_kind_to_string (i));
      if (demanded && result->n_of[i] == 0)
        {
          g_test_message ("the simulator met no %s at all", sim_kind_to_string (i));
          g_test_fail ();
        }
    }
}

static void
test_fleet (void)
{
  gint64 wanted_us = (gint64)get_number ("LANYARD_SIM_HOURS", DEFAULT_HOURS) * SIM_HOUR;
  guint64 seed = get_number ("LANYARD_SIM_SEED", 1);
  guint64 first = seed;
  clock_t start = clock ();
  gint64 limit_us = (gint64)get_number ("LANYARD_SIM_SECONDS", 0) * G_USEC_PER_SEC;
  SimResult result = { 0 };
  gint64 spent_us = 0;

  while (result.violation == NULL && result.desk_us < wanted_us
         && (limit_us == 0 || spent_us < limit_us))
    {
      g_test_message ("seed %" G_GUINT64_FORMAT, seed);
      sim_run (seed, FALSE, &result);
      if (result.violation != NULL)
        fail_with (seed, result.violation);
      seed++;
      spent_us = (gint64)(clock () - start) * G_USEC_PER_SEC / CLOCKS_PER_SEC;
    }
  g_test_message ("%" G_GUINT64_FORMAT " runs, %" G_GINT64_FORMAT
                  " desk-hours, %u badges, %.1f s of one core: %.0f desk-hours/s",
                  seed - first, result.desk_us / SIM_HOUR, result.n_badges,
                  (double)spent_us / G_USEC_PER_SEC,
                  (double)result.desk_us / SIM_HOUR * G_USEC_PER_SEC / (double)MAX (spent_us, 1));
  tell_kinds (&result,
              wanted_us >= ALL_KINDS_HOURS * SIM_HOUR && limit_us == 0 && result.violation == NULL);
  g_free (result.violation);
}

/* The same seed tells the same story; another tells another. */
static void
test_same_seed (void)
{
  SimResult result = { 0 };
  guint64 first = sim_run (4711, FALSE, &result);
  guint64 other = sim_run (4712, FALSE, &result);
  guint64 again = sim_run (4711, FALSE, &result);

  g_assert_cmpuint (first, ==, again);
  g_assert_cmpuint (first, !=, other);
  g_free (result.violation);
}

static void
replay (guint64 seed)
{
  SimResult result = { 0 };

  sim_run (seed, TRUE, &result);
  g_assert_cmpstr (result.violation, ==, NULL);
}

static void
test_replay (void)
{
  replay (get_number ("LANYARD_SIM_REPLAY", 0));
}

int
main (int argc, char *argv[])
{
  int result;

  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  sim_set_up (TRUE);
  if (g_getenv ("LANYARD_SIM_REPLAY") != NULL)
    g_test_add_func ("/sim/replay", test_replay);
  else
    {
      g_test_add_func ("/sim/same-seed", test_same_seed);
      g_test_add_func ("/sim/fleet", test_fleet);
    }
  result = g_test_run ();
  sim_tear_down ();
  return result;
}
