/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-sync-machine.h"

#define N_STATES LANYARD_SYNC_N_STATES
#define N_EVENTS LANYARD_SYNC_N_EVENTS

/* What one cell does when nothing else is said: no records wait, there is a trust list, and an
 * answer brought nothing more. */
typedef struct
{
  LanyardSyncState to;
  guint actions;
} Cell;

#define STOPPED LANYARD_SYNC_STOPPED
#define PUSHING LANYARD_SYNC_PUSHING
#define ALERTS LANYARD_SYNC_ALERTS
#define PULLING LANYARD_SYNC_PULLING
#define LISTS LANYARD_SYNC_LISTS
#define PHOTOS LANYARD_SYNC_PHOTOS
#define IDLE LANYARD_SYNC_IDLE
#define BACKING LANYARD_SYNC_BACKING_OFF
#define PAUSED LANYARD_SYNC_PAUSED

#define TIMER LANYARD_SYNC_ARM_TIMER
#define CANCEL LANYARD_SYNC_CANCEL
#define SEND LANYARD_SYNC_SEND_BATCH
#define GET_ALERTS LANYARD_SYNC_GET_ALERTS
#define GET_CHANGES LANYARD_SYNC_GET_CHANGES
#define GET_LISTS LANYARD_SYNC_GET_LISTS
#define GET_PHOTOS LANYARD_SYNC_GET_PHOTOS
#define POLL LANYARD_SYNC_POLL
#define ROUND LANYARD_SYNC_ROUND_DONE

/* Columns: START STOP NUDGE TIMER DONE FAILED REFUSED TOO_LARGE BEHIND STUCK */
static const Cell cells[N_STATES][N_EVENTS] = {
  [LANYARD_SYNC_STOPPED] = { { ALERTS, GET_ALERTS },
                             { STOPPED, 0 },
                             { STOPPED, 0 },
                             { STOPPED, 0 },
                             { STOPPED, 0 },
                             { STOPPED, 0 },
                             { STOPPED, 0 },
                             { STOPPED, 0 },
                             { STOPPED, 0 },
                             { STOPPED, 0 } },
  [LANYARD_SYNC_PUSHING] = { { PUSHING, 0 },
                             { STOPPED, CANCEL },
                             { PUSHING, 0 },
                             { PUSHING, 0 },
                             { ALERTS, GET_ALERTS },
                             { BACKING, TIMER },
                             { PAUSED, TIMER },
                             { PUSHING, SEND },
                             { BACKING, TIMER },
                             { PAUSED, TIMER } },
  [LANYARD_SYNC_ALERTS] = { { ALERTS, 0 },
                            { STOPPED, CANCEL },
                            { ALERTS, 0 },
                            { ALERTS, 0 },
                            { PULLING, GET_CHANGES },
                            { BACKING, TIMER },
                            { PAUSED, TIMER },
                            { BACKING, TIMER },
                            { BACKING, TIMER },
                            { PAUSED, TIMER } },
  [LANYARD_SYNC_PULLING] = { { PULLING, 0 },
                             { STOPPED, CANCEL },
                             { PULLING, 0 },
                             { PULLING, 0 },
                             { LISTS, GET_LISTS },
                             { BACKING, TIMER },
                             { PAUSED, TIMER },
                             { BACKING, TIMER },
                             { BACKING, TIMER },
                             { PAUSED, TIMER } },
  [LANYARD_SYNC_LISTS] = { { LISTS, 0 },
                           { STOPPED, CANCEL },
                           { LISTS, 0 },
                           { LISTS, 0 },
                           { PHOTOS, GET_PHOTOS },
                           { BACKING, TIMER },
                           { PAUSED, TIMER },
                           { BACKING, TIMER },
                           { BACKING, TIMER },
                           { PAUSED, TIMER } },
  [LANYARD_SYNC_PHOTOS] = { { PHOTOS, 0 },
                            { STOPPED, CANCEL },
                            { PHOTOS, 0 },
                            { PHOTOS, 0 },
                            { IDLE, POLL | ROUND },
                            { BACKING, TIMER },
                            { PAUSED, TIMER },
                            { BACKING, TIMER },
                            { BACKING, TIMER },
                            { PAUSED, TIMER } },
  [LANYARD_SYNC_IDLE] = { { IDLE, 0 },
                          { STOPPED, CANCEL },
                          { IDLE, 0 },
                          { IDLE, 0 },
                          { IDLE, POLL },
                          { BACKING, TIMER },
                          { PAUSED, TIMER },
                          { BACKING, TIMER },
                          { BACKING, TIMER },
                          { PAUSED, TIMER } },
  [LANYARD_SYNC_BACKING_OFF] = { { BACKING, 0 },
                                 { STOPPED, CANCEL },
                                 { BACKING, 0 },
                                 { ALERTS, GET_ALERTS },
                                 { BACKING, 0 },
                                 { BACKING, 0 },
                                 { BACKING, 0 },
                                 { BACKING, 0 },
                                 { BACKING, 0 },
                                 { BACKING, 0 } },
  [LANYARD_SYNC_PAUSED] = { { ALERTS, CANCEL | GET_ALERTS },
                            { STOPPED, CANCEL },
                            { PAUSED, 0 },
                            { ALERTS, GET_ALERTS },
                            { PAUSED, 0 },
                            { PAUSED, 0 },
                            { PAUSED, 0 },
                            { PAUSED, 0 },
                            { PAUSED, 0 },
                            { PAUSED, 0 } },
};

static LanyardSyncMachine
machine_in (LanyardSyncState state)
{
  return (LanyardSyncMachine){ .state = state, .online = TRUE, .batch_size = 100 };
}

static void
test_every_cell (void)
{
  for (guint state = 0; state < N_STATES; state++)
    for (guint event = 0; event < N_EVENTS; event++)
      {
        LanyardSyncMachine machine = machine_in ((LanyardSyncState)state);
        LanyardSyncInput input = { .event = (LanyardSyncEvent)event, .trusted = TRUE };
        guint actions = lanyard_sync_machine_step (&machine, &input);

        g_test_message ("%s, event %u", lanyard_sync_state_to_string ((LanyardSyncState)state),
                        event);
        g_assert_cmpuint (machine.state, ==, cells[state][event].to);
        g_assert_cmpuint (actions, ==, cells[state][event].actions);
      }
}

static guint
count_requests (guint actions)
{
  guint n = 0;

  for (guint bit = SEND; bit <= POLL; bit <<= 1)
    n += (actions & bit) != 0;
  return n;
}

static LanyardSyncInput
input_of (LanyardSyncEvent event, guint flags)
{
  return (LanyardSyncInput){
    .event = event,
    .pending = (flags & 1) != 0,
    .trusted = (flags & 2) != 0,
    .more = (flags & 4) != 0,
    .alerts = (flags & 8) != 0,
    .changed = (flags & 16) != 0,
    .lists_due = (flags & 32) != 0,
    .from_hub = (flags & 64) != 0,
    .random = flags * 2654435761u,
  };
}

static void
check_step (guint state, guint event, guint flags)
{
  LanyardSyncMachine machine = machine_in ((LanyardSyncState)state);
  LanyardSyncInput input = input_of ((LanyardSyncEvent)event, flags);
  guint actions = lanyard_sync_machine_step (&machine, &input);
  gboolean waits = machine.state >= PUSHING && machine.state <= IDLE;
  gboolean moved = machine.state != state || actions != 0;

  g_assert_cmpuint (count_requests (actions), <=, 1);
  /* Whoever waits for an answer has asked, and whoever rests has not. */
  if (moved && waits)
    g_assert_cmpuint (count_requests (actions), ==, 1);
  if (!waits)
    g_assert_cmpuint (count_requests (actions), ==, 0);
  /* Whoever waits for a time has a timer. */
  if (moved && (machine.state == BACKING || machine.state == PAUSED))
    g_assert_true ((actions & TIMER) != 0 && machine.delay_ms > 0);
  /* A request that is out is cancelled before another goes. */
  if (count_requests (actions) > 0 && event == LANYARD_SYNC_NUDGE)
    g_assert_true ((actions & CANCEL) != 0);
  if (event == LANYARD_SYNC_DONE && state >= PUSHING && state <= IDLE)
    g_assert_true (machine.online);
  g_assert_cmpuint (machine.batch_size, >=, 1);
  g_assert_cmpuint (machine.batch_size, <=, LANYARD_SYNC_BATCH_MAX);
}

/* Every state, event and combination of what may be true. */
static void
test_invariants (void)
{
  for (guint state = 0; state < N_STATES; state++)
    for (guint event = 0; event < N_EVENTS; event++)
      for (guint flags = 0; flags < 128; flags++)
        check_step (state, event, flags);
}

static guint
step (LanyardSyncMachine *machine, LanyardSyncInput input)
{
  return lanyard_sync_machine_step (machine, &input);
}

/* Whatever an answer says, the desk ends up asking again: there is no state without a way out. */
static void
test_no_dead_end (void)
{
  for (guint event = LANYARD_SYNC_DONE; event < N_EVENTS; event++)
    for (guint state = PUSHING; state <= IDLE; state++)
      {
        LanyardSyncMachine machine = machine_in ((LanyardSyncState)state);
        LanyardSyncInput input
            = { .event = (LanyardSyncEvent)event, .pending = TRUE, .trusted = TRUE };

        step (&machine, input);
        input.event = LANYARD_SYNC_TIMER;
        if (machine.state == BACKING || machine.state == PAUSED)
          step (&machine, input);
        g_assert_cmpuint (machine.state, >=, PUSHING);
        g_assert_cmpuint (machine.state, <=, IDLE);
      }
}

static void
test_first_things_first (void)
{
  LanyardSyncMachine machine = { 0 };

  /* Without a trust list nothing can be read: the lists, then records. */
  g_assert_cmpuint (step (&machine,
                          (LanyardSyncInput){ .event = LANYARD_SYNC_START, .pending = TRUE }),
                    ==, GET_LISTS);
  g_assert_cmpuint (step (&machine, (LanyardSyncInput){ .event = LANYARD_SYNC_DONE,
                                                        .pending = TRUE,
                                                        .more = TRUE }),
                    ==, GET_LISTS);
  g_assert_cmpuint (step (&machine, (LanyardSyncInput){ .event = LANYARD_SYNC_DONE,
                                                        .trusted = TRUE,
                                                        .pending = TRUE }),
                    ==, SEND);
  g_assert_cmpuint (step (&machine,
                          (LanyardSyncInput){ .event = LANYARD_SYNC_DONE, .trusted = TRUE }),
                    ==, GET_ALERTS);
}

/* New records in the middle of a long pull go up between two pages, and the pull goes on. */
static void
test_records_between_pages (void)
{
  LanyardSyncMachine machine = machine_in (PULLING);
  LanyardSyncInput page
      = { .event = LANYARD_SYNC_DONE, .trusted = TRUE, .more = TRUE, .pending = TRUE };

  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpuint (step (&machine, page), ==, SEND);
      g_assert_cmpuint (step (&machine,
                              (LanyardSyncInput){ .event = LANYARD_SYNC_DONE, .trusted = TRUE }),
                        ==, GET_CHANGES);
    }
}

static void
test_batch_size (void)
{
  LanyardSyncMachine machine = { 0 };
  LanyardSyncInput start = { .event = LANYARD_SYNC_START, .pending = TRUE, .trusted = TRUE };
  LanyardSyncInput more
      = { .event = LANYARD_SYNC_DONE, .pending = TRUE, .trusted = TRUE, .more = TRUE };
  LanyardSyncInput large = { .event = LANYARD_SYNC_TOO_LARGE, .pending = TRUE, .from_hub = TRUE };
  const guint grows[] = { 100, 200, 400, 500, 500 };

  step (&machine, start);
  g_assert_cmpuint (machine.batch_size, ==, LANYARD_SYNC_BATCH_FIRST);
  for (guint i = 0; i < G_N_ELEMENTS (grows); i++)
    {
      g_assert_cmpuint (step (&machine, more), ==, SEND);
      g_assert_cmpuint (machine.batch_size, ==, grows[i]);
    }
  for (guint size = 500; size > 1; size /= 2)
    {
      g_assert_cmpuint (step (&machine, large), ==, SEND);
      g_assert_cmpuint (machine.batch_size, ==, size / 2);
    }
  /* One record that the hub finds too large is no reason to ask without end. */
  g_assert_cmpuint (step (&machine, large), ==, TIMER);
  g_assert_cmpuint (machine.state, ==, BACKING);
  g_assert_true (machine.online);
}

/* A thin line gets smaller and smaller batches, also over back-offs, down to one record. */
static void
test_batch_shrinks (void)
{
  LanyardSyncMachine machine = { 0 };
  LanyardSyncInput start = { .event = LANYARD_SYNC_START, .pending = TRUE, .trusted = TRUE };
  LanyardSyncInput late = { .event = LANYARD_SYNC_FAILED, .pending = TRUE, .late = TRUE };
  LanyardSyncInput timer = { .event = LANYARD_SYNC_TIMER, .pending = TRUE, .trusted = TRUE };
  LanyardSyncInput done
      = { .event = LANYARD_SYNC_DONE, .pending = TRUE, .trusted = TRUE, .more = TRUE };
  const guint sizes[] = { 25, 12, 6, 3, 1, 1 };

  step (&machine, start);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_assert_cmpuint (step (&machine, late), ==, TIMER);
      g_assert_cmpuint (step (&machine, timer), ==, SEND);
      g_assert_cmpuint (machine.batch_size, ==, sizes[i]);
    }
  done.took_ms = LANYARD_SYNC_BATCH_QUICK_MS + 1;
  step (&machine, done);
  g_assert_cmpuint (machine.batch_size, ==, 1);
  done.took_ms = 10;
  step (&machine, done);
  g_assert_cmpuint (machine.batch_size, ==, 2);
}

/* Before a request that fails each time stand others that succeed each time. */
static void
test_failing_each_time (void)
{
  const LanyardSyncInput start = { .event = LANYARD_SYNC_START, .trusted = TRUE };
  const LanyardSyncInput timer = { .event = LANYARD_SYNC_TIMER, .trusted = TRUE };
  const LanyardSyncInput done = { .event = LANYARD_SYNC_DONE, .trusted = TRUE };
  const LanyardSyncInput moved = { .event = LANYARD_SYNC_DONE, .trusted = TRUE, .moved = TRUE };
  const guint windows[] = { 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000 };
  LanyardSyncMachine machine = { 0 };

  step (&machine, start);
  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      LanyardSyncInput fails
          = { .event = LANYARD_SYNC_FAILED, .from_hub = TRUE, .random = windows[i] };

      g_assert_cmpuint (step (&machine, done), ==, GET_CHANGES);
      g_assert_cmpuint (step (&machine, fails), ==, TIMER);
      g_assert_cmpuint (machine.delay_ms, ==, windows[i]);
      step (&machine, timer);
    }
  g_assert_cmpuint (machine.backoff.failures, >, 0);
  step (&machine, moved); /* something new came: the line is good for more */
  g_assert_cmpuint (machine.backoff.failures, ==, 0);
}

/* A whole round without anything new is as good. */
static void
test_whole_round (void)
{
  LanyardSyncMachine machine = { 0 };
  guint actions
      = step (&machine, (LanyardSyncInput){ .event = LANYARD_SYNC_START, .trusted = TRUE });

  machine.backoff.failures = 5;
  while ((actions & ROUND) == 0)
    {
      g_assert_cmpuint (machine.backoff.failures, ==, 5);
      actions = step (&machine, (LanyardSyncInput){ .event = LANYARD_SYNC_DONE, .trusted = TRUE });
    }
  g_assert_cmpuint (machine.backoff.failures, ==, 0);
}

/* Desks that lost the hub together come back over the time that it asked for. */
static void
test_spread (void)
{
  guint n_late = 0;

  for (guint i = 0; i < 1000; i++)
    {
      LanyardBackoff backoff = { .spread_ms = 60000 };
      guint delay_ms = lanyard_backoff_next_ms (&backoff, 0, i * 2654435761u);
      LanyardBackoff asked = { .spread_ms = 60000 };
      guint asked_ms = lanyard_backoff_next_ms (&asked, 10, i * 2654435761u);

      g_assert_cmpuint (delay_ms, <=, 60000);
      g_assert_cmpuint (asked_ms, >=, 10000);
      g_assert_cmpuint (asked_ms, <, 70000);
      n_late += delay_ms > 30000;
    }
  g_assert_cmpuint (n_late, >, 400);
  g_assert_cmpuint (n_late, <, 600);
}

static void
test_online (void)
{
  LanyardSyncMachine machine = machine_in (PUSHING);

  step (&machine, (LanyardSyncInput){ .event = LANYARD_SYNC_FAILED });
  g_assert_false (machine.online);
  machine = machine_in (PUSHING); /* 503 from the hub itself */
  step (&machine, (LanyardSyncInput){ .event = LANYARD_SYNC_FAILED, .from_hub = TRUE });
  g_assert_true (machine.online);
  machine = machine_in (IDLE);
  step (&machine, (LanyardSyncInput){ .event = LANYARD_SYNC_STOP }); /* one round is over */
  g_assert_true (machine.online);
}

static void
test_poll (void)
{
  LanyardSyncMachine machine = machine_in (IDLE);
  LanyardSyncInput input = { .event = LANYARD_SYNC_DONE, .trusted = TRUE };

  input.alerts = input.more = input.changed = TRUE; /* alerts come first */
  g_assert_cmpuint (step (&machine, input), ==, GET_ALERTS);
  machine = machine_in (IDLE);
  input.alerts = FALSE;
  g_assert_cmpuint (step (&machine, input), ==, GET_CHANGES);
  machine = machine_in (IDLE);
  input.more = FALSE; /* a change may void a badge or bring a photo */
  g_assert_cmpuint (step (&machine, input), ==, GET_LISTS);
  machine = machine_in (IDLE);
  input.changed = FALSE;
  input.lists_due = TRUE;
  g_assert_cmpuint (step (&machine, input), ==, GET_LISTS);
  machine = machine_in (IDLE);
  input = (LanyardSyncInput){ .event = LANYARD_SYNC_NUDGE, .pending = TRUE };
  g_assert_cmpuint (step (&machine, input), ==, CANCEL | SEND);
}

static void
test_backoff (void)
{
  LanyardBackoff backoff = { 0 };
  const guint windows[] = { 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000 };

  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      LanyardBackoff lowest = backoff;
      LanyardBackoff highest = backoff;

      g_assert_cmpuint (lanyard_backoff_next_ms (&lowest, 0, 0), ==, LANYARD_BACKOFF_FLOOR_MS);
      g_assert_cmpuint (lanyard_backoff_next_ms (&highest, 0, windows[i]), ==, windows[i]);
      for (guint32 random = 1; random != 0 && random < G_MAXUINT32 / 3; random *= 3)
        {
          LanyardBackoff any = backoff;

          g_assert_cmpuint (lanyard_backoff_next_ms (&any, 0, random), <=, windows[i]);
        }
      lanyard_backoff_next_ms (&backoff, 0, 0);
    }
  g_assert_cmpuint (lanyard_backoff_next_ms (&backoff, 120, 999), ==, 120999); /* Retry-After */
  g_assert_cmpuint (lanyard_backoff_next_ms (&backoff, G_MAXUINT, 0), ==,
                    LANYARD_BACKOFF_RETRY_AFTER_MAX_S * 1000);
  backoff.failures = G_MAXUINT;
  g_assert_cmpuint (lanyard_backoff_next_ms (&backoff, 0, 60000), ==, 60000);
  lanyard_backoff_reset (&backoff);
  g_assert_cmpuint (lanyard_backoff_next_ms (&backoff, 0, 1000), ==, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/machine/every-cell", test_every_cell);
  g_test_add_func ("/sync/machine/invariants", test_invariants);
  g_test_add_func ("/sync/machine/no-dead-end", test_no_dead_end);
  g_test_add_func ("/sync/machine/first-things-first", test_first_things_first);
  g_test_add_func ("/sync/machine/records-between-pages", test_records_between_pages);
  g_test_add_func ("/sync/machine/batch-size", test_batch_size);
  g_test_add_func ("/sync/machine/batch-shrinks", test_batch_shrinks);
  g_test_add_func ("/sync/machine/spread", test_spread);
  g_test_add_func ("/sync/machine/online", test_online);
  g_test_add_func ("/sync/machine/poll", test_poll);
  g_test_add_func ("/sync/machine/backoff", test_backoff);
  g_test_add_func ("/sync/machine/failing-each-time", test_failing_each_time);
  g_test_add_func ("/sync/machine/whole-round", test_whole_round);
  return g_test_run ();
}
