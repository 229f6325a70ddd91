/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-sync-machine.h"

#include "lanyard-error.h"

typedef guint (*Edge) (LanyardSyncMachine *machine, const LanyardSyncInput *input);

/* Enters a state that asks the hub for something. */
static guint
enter (LanyardSyncMachine *machine, LanyardSyncState state)
{
  static const guint actions[LANYARD_SYNC_N_STATES] = {
    [LANYARD_SYNC_PUSHING] = LANYARD_SYNC_SEND_BATCH,
    [LANYARD_SYNC_ALERTS] = LANYARD_SYNC_GET_ALERTS,
    [LANYARD_SYNC_PULLING] = LANYARD_SYNC_GET_CHANGES,
    [LANYARD_SYNC_LISTS] = LANYARD_SYNC_GET_LISTS,
    [LANYARD_SYNC_PHOTOS] = LANYARD_SYNC_GET_PHOTOS,
    [LANYARD_SYNC_IDLE] = LANYARD_SYNC_POLL,
  };

  machine->state = state;
  return actions[state];
}

/* After a time without the hub, or in the very beginning. */
static guint
begin (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  if (machine->batch_size == 0 || machine->batch_size > LANYARD_SYNC_BATCH_FIRST)
    machine->batch_size = LANYARD_SYNC_BATCH_FIRST;
  machine->resume = LANYARD_SYNC_STOPPED;
  machine->stuck = FALSE;
  if (!input->trusted)
    {
      machine->resume = LANYARD_SYNC_PUSHING;
      return enter (machine, LANYARD_SYNC_LISTS);
    }
  return enter (machine, input->pending ? LANYARD_SYNC_PUSHING : LANYARD_SYNC_ALERTS);
}

static guint
ignore (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  return 0;
}

static guint
stop (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  machine->state = LANYARD_SYNC_STOPPED;
  return LANYARD_SYNC_CANCEL;
}

/* An answer that brought nothing says nothing of the one that fails each time behind it. */
static void
succeed (LanyardSyncMachine *machine, gboolean is_through)
{
  machine->online = TRUE;
  if (is_through)
    lanyard_backoff_reset (&machine->backoff);
}

static guint
back_off (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  machine->state = LANYARD_SYNC_BACKING_OFF;
  machine->delay_ms
      = lanyard_backoff_next_ms (&machine->backoff, input->retry_after_s, input->random);
  return LANYARD_SYNC_ARM_TIMER;
}

static guint
fail (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  machine->online = input->from_hub;
  return back_off (machine, input);
}

static guint
halt (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  machine->state = LANYARD_SYNC_PAUSED;
  machine->online = input->from_hub;
  machine->delay_ms = LANYARD_SYNC_PAUSE_MS;
  return LANYARD_SYNC_ARM_TIMER;
}

static guint
stick (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  halt (machine, input);
  machine->online = TRUE;
  machine->stuck = TRUE;
  return LANYARD_SYNC_ARM_TIMER;
}

static guint
fall_behind (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  machine->online = TRUE;
  return back_off (machine, input);
}

/* Try again from the beginning, now. */
static guint
retry (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  return LANYARD_SYNC_CANCEL | begin (machine, input);
}

/* What was sent may have been too much for the line. */
static guint
fail_push (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  if (input->late)
    machine->batch_size = MAX (1, machine->batch_size / 2);
  return fail (machine, input);
}

static guint
shrink (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  machine->online = input->from_hub;
  if (machine->batch_size <= 1)
    return back_off (machine, input);
  machine->batch_size /= 2;
  return enter (machine, LANYARD_SYNC_PUSHING);
}

static guint
pushed (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  LanyardSyncState resume = machine->resume;

  succeed (machine, input->moved);
  if (input->took_ms <= LANYARD_SYNC_BATCH_QUICK_MS)
    machine->batch_size = MIN (machine->batch_size * 2, (guint)LANYARD_SYNC_BATCH_MAX);
  if (input->more)
    return enter (machine, LANYARD_SYNC_PUSHING);
  machine->resume = LANYARD_SYNC_STOPPED;
  return enter (machine, resume != LANYARD_SYNC_STOPPED ? resume : LANYARD_SYNC_ALERTS);
}

/* New records go first; then @state goes on. */
static guint
go_on (LanyardSyncMachine *machine, const LanyardSyncInput *input, LanyardSyncState state)
{
  if (!input->pending)
    return enter (machine, state);
  machine->resume = state;
  return enter (machine, LANYARD_SYNC_PUSHING);
}

static guint
got_alerts (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  succeed (machine, input->moved);
  return enter (machine, input->more ? LANYARD_SYNC_ALERTS : LANYARD_SYNC_PULLING);
}

static guint
got_changes (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  succeed (machine, input->moved);
  return go_on (machine, input, input->more ? LANYARD_SYNC_PULLING : LANYARD_SYNC_LISTS);
}

static guint
got_lists (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  succeed (machine, input->moved);
  if (input->more)
    return enter (machine, LANYARD_SYNC_LISTS);
  if (machine->resume == LANYARD_SYNC_PUSHING) /* the lists that had to come before all else */
    {
      machine->resume = LANYARD_SYNC_STOPPED;
      return enter (machine, LANYARD_SYNC_PUSHING);
    }
  return enter (machine, LANYARD_SYNC_PHOTOS);
}

static guint
got_photos (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  guint done;

  succeed (machine, input->moved || !input->more);
  done = input->more ? 0 : LANYARD_SYNC_ROUND_DONE;
  return done | go_on (machine, input, input->more ? LANYARD_SYNC_PHOTOS : LANYARD_SYNC_IDLE);
}

static guint
polled (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  succeed (machine, TRUE); /* nobody polls before a whole round is done */
  if (input->pending)
    return enter (machine, LANYARD_SYNC_PUSHING);
  if (input->alerts)
    return enter (machine, LANYARD_SYNC_ALERTS);
  if (input->more)
    return enter (machine, LANYARD_SYNC_PULLING);
  if (input->changed || input->lists_due)
    return enter (machine, LANYARD_SYNC_LISTS);
  return enter (machine, LANYARD_SYNC_IDLE);
}

static guint
nudge_idle (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  if (!input->pending)
    return 0;
  return LANYARD_SYNC_CANCEL | enter (machine, LANYARD_SYNC_PUSHING);
}

/* A state that waits for an answer: @nudged, @done, @failed, @large are what it does by itself. */
#define WAITING(nudged, done, failed, large)                                                       \
  {                                                                                                \
    [LANYARD_SYNC_START] = ignore, [LANYARD_SYNC_STOP] = stop, [LANYARD_SYNC_NUDGE] = nudged,      \
    [LANYARD_SYNC_TIMER] = ignore, [LANYARD_SYNC_DONE] = done, [LANYARD_SYNC_FAILED] = failed,     \
    [LANYARD_SYNC_REFUSED] = halt, [LANYARD_SYNC_TOO_LARGE] = large,                               \
    [LANYARD_SYNC_BEHIND] = fall_behind, [LANYARD_SYNC_STUCK] = stick,                             \
  }

/* A state without a request: there is no outcome of one, and new records wait like all others. */
#define RESTING(started, stopped, timer)                                                           \
  {                                                                                                \
    [LANYARD_SYNC_START] = started, [LANYARD_SYNC_STOP] = stopped, [LANYARD_SYNC_NUDGE] = ignore,  \
    [LANYARD_SYNC_TIMER] = timer, [LANYARD_SYNC_DONE] = ignore, [LANYARD_SYNC_FAILED] = ignore,    \
    [LANYARD_SYNC_REFUSED] = ignore, [LANYARD_SYNC_TOO_LARGE] = ignore,                            \
    [LANYARD_SYNC_BEHIND] = ignore, [LANYARD_SYNC_STUCK] = ignore,                                 \
  }

static const Edge edges[LANYARD_SYNC_N_STATES][LANYARD_SYNC_N_EVENTS] = {
  [LANYARD_SYNC_STOPPED] = RESTING (begin, ignore, ignore),
  [LANYARD_SYNC_PUSHING] = WAITING (ignore, pushed, fail_push, shrink),
  [LANYARD_SYNC_ALERTS] = WAITING (ignore, got_alerts, fail, fail),
  [LANYARD_SYNC_PULLING] = WAITING (ignore, got_changes, fail, fail),
  [LANYARD_SYNC_LISTS] = WAITING (ignore, got_lists, fail, fail),
  [LANYARD_SYNC_PHOTOS] = WAITING (ignore, got_photos, fail, fail),
  [LANYARD_SYNC_IDLE] = WAITING (nudge_idle, polled, fail, fail),
  [LANYARD_SYNC_BACKING_OFF] = RESTING (ignore, stop, begin),
  [LANYARD_SYNC_PAUSED] = RESTING (retry, stop, begin),
};

guint
lanyard_sync_machine_step (LanyardSyncMachine *machine, const LanyardSyncInput *input)
{
  lanyard_assert_invariant (machine->state < LANYARD_SYNC_N_STATES);
  lanyard_assert_invariant (input->event < LANYARD_SYNC_N_EVENTS);
  return edges[machine->state][input->event](machine, input);
}

const char *
lanyard_sync_state_to_string (LanyardSyncState state)
{
  static const char *const names[LANYARD_SYNC_N_STATES]
      = { "stopped", "pushing", "alerts",      "pulling", "lists",
          "photos",  "idle",    "backing-off", "paused" };

  return state < LANYARD_SYNC_N_STATES ? names[state] : "(no such state)";
}
