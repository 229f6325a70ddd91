/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-backoff.h"

G_BEGIN_DECLS

/*
 * What a desk does next about its hub: a pure step (state, input) → actions. No clock, no line, no
 * database; the engine runs the actions and tells what became of them.
 *
 *            START                        all done
 *   STOPPED ──────► PUSHING → ALERTS → PULLING → LISTS → PHOTOS → IDLE (a long poll is out)
 *                      ▲                  │                │        │
 *                      └──── new records ─┴────────────────┴────────┘
 *   any of these ── no answer, 5xx, nonsense ──► BACKING_OFF ── timer ──► from the beginning
 *                └─ 401, 403, a fork ──────────► PAUSED ─── slow timer ──► from the beginning
 *
 * 1. One request at a time. At most one of the GET, SEND and POLL actions is in one step, and the
 * next comes only after its outcome.
 * 2. Nothing here ever drops a record: what is sent is what the journal says is not acknowledged.
 * 3. New records do not shorten a back-off: one probe at a time, whatever happens at the desk.
 * 4. Online is what the last outcome says of the hub itself, and nothing else.
 * 5. A batch is small after an outage, doubles while the hub is quick, stays while it is not, and
 * is halved by every time-out and every 413, down to one record; a back-off does not make it
 * larger.
 * 6. Records go before everything else, also in the middle of a long pull; then the pull goes on,
 * one page at least, so neither starves the other.
 * 7. A back-off ends when something was brought on or a whole round is done. What is answered each
 * time before the request that fails each time does not end it: nobody asks without a pause.
 */
typedef enum
{
  LANYARD_SYNC_STOPPED,
  LANYARD_SYNC_PUSHING,
  LANYARD_SYNC_ALERTS,
  LANYARD_SYNC_PULLING,
  LANYARD_SYNC_LISTS,
  LANYARD_SYNC_PHOTOS,
  LANYARD_SYNC_IDLE,
  LANYARD_SYNC_BACKING_OFF,
  LANYARD_SYNC_PAUSED,
  LANYARD_SYNC_N_STATES,
} LanyardSyncState;

typedef enum
{
  LANYARD_SYNC_START, /* begin; when paused: somebody asks to try again */
  LANYARD_SYNC_STOP,
  LANYARD_SYNC_NUDGE,     /* there are new records */
  LANYARD_SYNC_TIMER,     /* the timer that was armed */
  LANYARD_SYNC_DONE,      /* the hub answered and all of it was right */
  LANYARD_SYNC_FAILED,    /* no answer, 429, 5xx, or nonsense */
  LANYARD_SYNC_REFUSED,   /* 401, 403: somebody has to do something */
  LANYARD_SYNC_TOO_LARGE, /* 413 */
  LANYARD_SYNC_BEHIND,    /* the hub has less than it had: it is sent again, later */
  LANYARD_SYNC_STUCK,     /* a fork: a person has to look before anything is sent again */
  LANYARD_SYNC_N_EVENTS,
} LanyardSyncEvent;

/* An event and what is true as it happens. */
typedef struct
{
  LanyardSyncEvent event;
  gboolean pending;    /* there are records without a receipt */
  gboolean trusted;    /* there is a trust list; without one nothing else can be read */
  gboolean more;       /* DONE: there is more of the same */
  gboolean alerts;     /* DONE of a poll: alerts are waiting */
  gboolean changed;    /* DONE of a poll: it brought changes */
  gboolean moved;      /* DONE: it brought something on that stays so, here or at the hub */
  gboolean lists_due;  /* the lists were not asked for in a while */
  gboolean from_hub;   /* FAILED, REFUSED, TOO_LARGE: it was the hub that said so */
  gboolean late;       /* FAILED: there was no answer in time */
  guint took_ms;       /* DONE: from the request to the whole answer */
  guint retry_after_s; /* FAILED: what the hub asked for; 0: nothing */
  guint32 random;      /* for the jitter */
} LanyardSyncInput;

typedef enum
{
  LANYARD_SYNC_SEND_BATCH = 1 << 0, /* at most batch_size records; none left counts as DONE */
  LANYARD_SYNC_GET_ALERTS = 1 << 1,
  LANYARD_SYNC_GET_CHANGES = 1 << 2,
  LANYARD_SYNC_GET_LISTS = 1 << 3,
  LANYARD_SYNC_GET_PHOTOS = 1 << 4,
  LANYARD_SYNC_POLL = 1 << 5,
  LANYARD_SYNC_CANCEL = 1 << 6,     /* what is under way; its outcome is not told */
  LANYARD_SYNC_ARM_TIMER = 1 << 7,  /* in delay_ms */
  LANYARD_SYNC_ROUND_DONE = 1 << 8, /* everything was pushed and pulled once */
} LanyardSyncActions;

#define LANYARD_SYNC_BATCH_FIRST 50 /* after an outage: a line that just came back may be thin */
#define LANYARD_SYNC_BATCH_MAX 500
/* A batch that took longer is large enough. */
#define LANYARD_SYNC_BATCH_QUICK_MS 3000
#define LANYARD_SYNC_PAUSE_MS 300000

/* A value; all zero is STOPPED. */
typedef struct
{
  LanyardSyncState state;
  LanyardSyncState resume; /* pull that new records interrupted; STOPPED: none */
  gboolean online;
  gboolean stuck;   /* PAUSED: by a fork */
  guint batch_size; /* records; 0 before the first START */
  LanyardBackoff backoff;
  guint delay_ms; /* of the last ARM_TIMER */
} LanyardSyncMachine;

/* Returns: LanyardSyncActions; CANCEL before the others */
guint lanyard_sync_machine_step (LanyardSyncMachine *machine, const LanyardSyncInput *input);

/* "pushing" (transfer none) */
const char *lanyard_sync_state_to_string (LanyardSyncState state);

G_END_DECLS
