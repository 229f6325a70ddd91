/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A child commits and tells each record that was acknowledged to it; it is killed at a point that
 * nobody chose. What it told is there afterwards, and everything holds together.
 */

#include "store-fixture.h"

#include "lanyard-error.h"
#include "lanyard-journal-private.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_CYCLES 100
/* Then with a new journal: looking through a long one after each kill is what takes the time. */
#define CYCLES_OF_ONE 10
#define MOST_ACKNOWLEDGEMENTS 12

typedef struct
{
  guint64 seq;
  LanyardHash hash;
} Acknowledgement;

G_GNUC_NORETURN static void
be_the_child (StoreFixture *fixture, int out)
{
  LanyardJournal *journal = store_fixture_open_journal (fixture);
  LanyardId id = { 0 };

  for (guint i = 0;; i++)
    {
      LanyardStep step = {
        .kind = i % 2 == 0 ? LANYARD_RECORD_RESERVED : LANYARD_RECORD_ISSUED,
        .from = i % 2 == 0 ? LANYARD_PICKUP_IDLE : LANYARD_PICKUP_RESERVED,
        .to = i % 2 == 0 ? LANYARD_PICKUP_RESERVED : LANYARD_PICKUP_ISSUED,
        .accreditation = "26000001X",
      };
      Acknowledgement told;

      if (i % 2 == 0)
        lanyard_id_init_random (&id, fixture->now_us);
      step.pickup = id;
      if (!lanyard_journal_commit (journal, &step, NULL, NULL))
        _exit (1);
      told.seq = lanyard_journal_get_head_seq (journal);
      lanyard_journal_get_head_hash (journal, &told.hash);
      if (write (out, &told, sizeof told) != sizeof told)
        _exit (2);
    }
}

/* Lets a child work for a while, kills it, and returns the last thing it told. */
static Acknowledgement
run_and_kill (StoreFixture *fixture, GRand *rand)
{
  Acknowledgement told, last = { 0 };
  int pipe_fds[2], status;
  guint n = (guint)g_rand_int_range (rand, 0, MOST_ACKNOWLEDGEMENTS), n_spins;
  pid_t child;

  g_assert_cmpint (pipe (pipe_fds), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      close (pipe_fds[0]);
      be_the_child (fixture, pipe_fds[1]);
    }
  close (pipe_fds[1]);
  for (guint i = 0; i < n && read (pipe_fds[0], &told, sizeof told) == sizeof told; i++)
    last = told;
  /* Somewhere in the next commit rather than always at its start. */
  n_spins = (guint)g_rand_int_range (rand, 0, 200000);
  for (volatile guint spin = 0; spin < n_spins; spin++)
    ;
  kill (child, SIGKILL);
  while (read (pipe_fds[0], &told, sizeof told) == sizeof told)
    last = told;
  close (pipe_fds[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  return last;
}

static void
test_kill (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  guint64 n_acknowledged = 0, before = 0;

  for (guint i = 0; i < N_CYCLES; i++)
    {
      Acknowledgement last;
      g_autoptr (LanyardJournal) journal = NULL;
      g_autoptr (GPtrArray) records = NULL;
      g_autoptr (GError) error = NULL;

      if (i % CYCLES_OF_ONE == 0)
        {
          store_fixture_tear_down (fixture, NULL);
          store_fixture_set_up (fixture, NULL);
          before = 0;
        }
      last = run_and_kill (fixture, rand);
      /* Opening it after an unclean end verifies all of it. */
      journal = store_fixture_open_journal (fixture);
      if (last.seq == 0)
        continue;
      g_assert_cmpuint (lanyard_journal_get_head_seq (journal), >=, last.seq);
      g_assert_cmpuint (lanyard_journal_get_head_seq (journal), <=, last.seq + 1);
      records = lanyard_journal_read (journal, last.seq - 1, 1, &error);
      g_assert_no_error (error);
      g_assert_true (lanyard_hash_equal (&((LanyardRecord *)records->pdata[0])->hash, &last.hash));
      n_acknowledged += last.seq - before;
      before = lanyard_journal_get_head_seq (journal);
    }
  g_test_message ("%u kills, %" G_GUINT64_FORMAT " records acknowledged, none lost", N_CYCLES,
                  n_acknowledged);
  g_assert_cmpuint (n_acknowledged, >, N_CYCLES);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/kill/loop", StoreFixture, NULL, store_fixture_set_up, test_kill,
              store_fixture_tear_down);
  return g_test_run ();
}
