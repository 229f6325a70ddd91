/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-directory.h"
#include "lanyard-hub.h"
#include "lanyard-journal.h"
#include "lanyard-pickup-machine.h"
#include "lanyard-sync-engine.h"

G_BEGIN_DECLS

/*
 * A fleet in one thread and in virtual time: desks with their real journal, directory, pickup
 * machine and sync engine, and the real hub over its real SQLite store, all of them on disks that
 * forget what was not synced. Only the line between them is made up here, and the printers. One
 * seed decides everything; the same seed gives the same trace.
 */
typedef struct _Sim Sim;
typedef struct _SimDesk SimDesk;
typedef struct _SimEvent SimEvent;
typedef void (*SimFunc) (Sim *sim, gpointer data);

#define SIM_START_S G_GINT64_CONSTANT (1940600000) /* s since 1970-01-01 UTC: in 2031 */
#define SIM_SECOND G_GINT64_CONSTANT (1000000)     /* µs */
#define SIM_MINUTE (60 * SIM_SECOND)
#define SIM_HOUR (60 * SIM_MINUTE)
#define SIM_YEAR (365 * 24 * SIM_HOUR)

/* What can go wrong, as it is counted. Over all runs of the test command each has happened. */
typedef enum
{
  SIM_POWER_CUT_OF_DESK,
  SIM_POWER_CUT_OF_HUB,
  SIM_CRASH, /* the program is killed: what it wrote stays, synced or not */
  SIM_LOST_REQUEST,
  SIM_LOST_ANSWER,
  SIM_DUPLICATE,
  SIM_SLOW_ANSWER,
  SIM_STRANGE_ANSWER,
  SIM_OLDER_ANSWER, /* a page of the version before */
  SIM_PARTITION,
  SIM_FULL_DISK, /* a write that found no room */
  SIM_CLOCK_JUMP,
  SIM_NEW_DISK,
  SIM_CLONE,
  SIM_REVOKED,
  SIM_RESTORE,
  SIM_QUESTION, /* a badge was left open by a desk that is lost, and somebody asked */
  SIM_DECISION, /* an operator decided a conflict before the hub was lost */
  SIM_REBUILD,  /* the hub is made again from its desks, and compared */
  SIM_POISONED_ROW,
  SIM_POISONED_RECORD,
  SIM_SAME_PERSON, /* goes to two desks */
  SIM_CONFLICT,    /* in the end */
  SIM_N_KINDS
} SimKind;

/* What one run is made of: drawn from its seed, every fault in some runs and not in others. Shares
 * are in thousandths. */
typedef struct
{
  guint n_desks;
  guint n_people;
  guint hours;
  guint poll_s;             /* how long a poll waits at the hub */
  guint pickup_period_min;  /* a desk serves somebody so often, on the average */
  guint trouble_period_min; /* one of the troubles below so often, in the whole fleet */

  guint lost_requests;
  guint lost_answers;
  guint duplicates;
  guint slow;    /* answers that take up to a minute */
  guint strange; /* answers that are not the hub's: a proxy, a portal, half a body */
  guint cuts;    /* the power of who works at the moment fails in the middle */
  guint crashes; /* so many of the cuts are the end of the program alone */
  guint twins;   /* people who go to another desk at the same time */

  gboolean partitions;
  gboolean clock_jumps;
  gboolean full_disks;
  gboolean reimages;
  gboolean clones;
  gboolean revocations;
  gboolean older;    /* the hub answers some desks with pages of the version before */
  gboolean restores; /* the hub is set back to an older copy of its disk */
  gboolean poison;   /* records and rows that nobody understands */
  gboolean rebuild;  /* in the end the hub is made again from the desks */

  /* How long the hub is busy with one request, µs; one after the other. 0: no time at all */
  guint upload_us;
  guint download_us;
  /* Where disks do not forget: so many desks have theirs in files, all further ones in memory,
   * which is slower and takes more of it, but no file of the process. */
  guint n_on_files;
} SimPlan;

/* One badge as it is in the world, whatever anybody wrote down. */
typedef struct
{
  char *serial;
  char *number;
  guint spools;       /* how often a printer got it */
  gboolean out;       /* it came out */
  gboolean withdrawn; /* staff took it back or declared it void */
  gboolean found;     /* a supervisor answered for its lost desk that it is in a hand */
  gboolean gone;      /* a supervisor answered for its lost desk that it is in no hand */
  gboolean doubtful;  /* its desk's disk was lost or copied: the hub may know less or more */
} SimBadge;

SimBadge *sim_badge (Sim *sim, const char *serial, const char *number);

/* One record, in plain words. */
typedef struct
{
  LanyardHash hash;
  guint16 kind;
  SimBadge *badge; /* (nullable) borrowed */
} SimFact;

/* What some desk's journal promised: once in here, never lost. */
typedef struct
{
  guint32 device;
  guint32 epoch;
  GArray *facts; /* (element-type SimFact): of seq 1 … */
  guint64 hlc;   /* of the last of them */
  guint64 acknowledged;
  gboolean copied; /* there is a second disk with the same past */
  gboolean revoked;
  guint64 revoked_at; /* how far the hub had it then */
} SimStream;

typedef struct
{
  LanyardSyncWorld parent;
  SimDesk *desk;
} SimWorld;

struct _SimDesk
{
  Sim *sim;
  guint index;
  char *folder;
  SimWorld world;
  LanyardClock clock;
  LanyardKey *key;
  LanyardVault *vault;
  SimStream *stream;

  /* NULL while it is off. */
  LanyardJournal *journal;
  LanyardDirectory *directory;
  LanyardSyncEngine *engine;

  guint boot;     /* how often it was started */
  gint64 boot_us; /* when */
  gint64 skew_us; /* of its clock */
  gint64 cut_off_until_us;
  gint64 full_until_us;
  gboolean doomed;    /* its disk fails while it makes its next badge */
  guint64 doomed_seq; /* with which it began that badge */
  guint doomed_tries; /* s until it fails, whatever the hub has heard */
  gboolean forked;    /* it has to stop: its disk was copied and both went on */
  GHashTable *served; /* (element-type utf8): numbers that it is busy with */
};

struct _Sim
{
  guint64 seed;
  SimPlan plan;
  gint64 now_us;  /* since the beginning of the run */
  gint64 desk_us; /* lived by all desks together */
  guint64 random[4];
  GPtrArray *heap; /* (element-type SimEvent) */
  guint64 n_events;
  guint64 trace; /* hash of all that happened */
  gboolean loud;
  gboolean quiet_phase; /* no more faults: everything has to come to rest */
  char *violation;      /* (nullable): the first thing that must never be */

  GPtrArray *desks;     /* (element-type SimDesk) */
  GPtrArray *streams;   /* (element-type SimStream) */
  GHashTable *badges;   /* (element-type utf8 SimBadge): "serial number" */
  GPtrArray *numbers;   /* (element-type utf8) */
  GHashTable *poisoned; /* (element-type utf8): numbers whose row cannot be read by desks */

  char *hub_folder;
  char *backup_folder;
  LanyardClock hub_clock;
  gint64 hub_skew_us;
  LanyardHub *hub; /* NULL while it is down */
  LanyardPublicKey root;
  char *venue;
  GList *waiting;      /* long polls */
  gint64 hub_free_us;  /* when the hub has done all that came */
  gint64 hub_busy_us;  /* for how long it worked */
  guint n_timeouts;    /* requests that nobody waited for any more when it came to them */
  guint last_delay_ms; /* that a desk waited after a failure */
  guint n_same_delays; /* in a row, of all desks */
  gboolean restored;   /* the hub forgot something some time */
  gboolean copied;     /* some desk's disk was copied */
  gboolean wiped;      /* some desk got a new disk */
  gboolean revoked;    /* some desk's key was revoked */
  gboolean over;       /* nothing is started any more */
  guint backups;
  guint n_of[SIM_N_KINDS];
};

/* sim-core.c: time, chance, trace */
guint64 sim_random (Sim *sim);
/* low … high, both included */
gint64 sim_range (Sim *sim, gint64 low, gint64 high);
gboolean sim_chance (Sim *sim, guint thousandths);
SimEvent *sim_at (Sim *sim, gint64 delay_us, SimFunc func, gpointer data);
void sim_cancel (SimEvent *event);
/* Runs what is due until @until_us. FALSE: something must not be */
gboolean sim_run_until (Sim *sim, gint64 until_us);
void sim_trace (Sim *sim, const char *format, ...) G_GNUC_PRINTF (2, 3);
void sim_fail (Sim *sim, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* "power cuts of desks" */
const char *sim_kind_to_string (SimKind kind);

/* sim-disk.c: whose disk it is; a cut of one leaves all others alone */
/* Maybe lets the power fail in what follows; end() tells whether it did. */
/* Where databases are opened from now on: in files, or on the disk in memory. */
void sim_disk_choose (gboolean files);
void sim_power_begin (Sim *sim);
/* Whether it failed; it is back for everybody else. */
gboolean sim_power_end (Sim *sim);
/* What was not synced below @folder may be gone; after a mere crash it is all there.
 * @kind: what it is when it is no crash */
void sim_power_lost (Sim *sim, const char *folder, SimKind kind);
/* Makes keys and nonces follow @seed. */
void sim_seed_keys (guint64 seed);

/* sim-desk.c */
SimDesk *sim_desk_new (Sim *sim, guint index);
void sim_desk_free (SimDesk *desk);
/* Starts it, unless it is on. FALSE: the power failed on the way */
gboolean sim_desk_start (SimDesk *desk);
void sim_desk_die (SimDesk *desk);
/* Without a power cut. */
void sim_desk_switch_off (SimDesk *desk);
void sim_desk_restart (SimDesk *desk);
/* All is sent, all has come, no question is open. @gseq: how far the hub is */
gboolean sim_desk_is_at_rest (SimDesk *desk, guint64 gseq);
/* Puts what it is at into the trace. */
void sim_desk_describe (SimDesk *desk);
/* Gets a number and an epoch of the hub. @device: 0: a new desk */
gboolean sim_desk_enrol (SimDesk *desk, guint32 device);
/* The journal said that it has @record. */
void sim_desk_promise (SimDesk *desk, const LanyardRecord *record);
/* Notes what the journal has; all that was promised must still be there. @after: look no further
 * back than this */
void sim_desk_look (SimDesk *desk, guint64 after);
/* Runs @func as this desk: its power may fail in it. */
void sim_desk_as (SimDesk *desk, SimFunc func, gpointer data);

/* sim-work.c: people, printers, staff */
void sim_work_schedule (SimDesk *desk);
void sim_work_restart (SimDesk *desk);
/* FALSE: it could not be written */
gboolean sim_work_note (SimDesk *desk, guint16 kind);

/* sim-line.c */
void sim_line_init (SimDesk *desk);

/* sim-hub.c */
void sim_hub_open_fleet (Sim *sim);
gboolean sim_hub_start (Sim *sim);
void sim_hub_die (Sim *sim);
void sim_hub_back_up (Sim *sim);
void sim_hub_restore (Sim *sim);
/* What the hub answers, NULL: nothing (any more), or it waits. */
LanyardHubReply *sim_hub_answer (Sim *sim,
                                 const LanyardHubRequest *request,
                                 gint64 *wait_s,
                                 guint32 *device,
                                 LanyardHubPoint *point,
                                 guint64 *after_alert);
LanyardHubReply *sim_hub_answer_tail (Sim *sim, guint32 device, const LanyardHubPoint *point);
void sim_hub_poison (Sim *sim);

/* sim-trouble.c */
void sim_plan_draw (Sim *sim);
void sim_trouble_schedule (Sim *sim);
void sim_trouble_end (Sim *sim);
/* @desk begins to make a badge. */
void sim_trouble_meet (SimDesk *desk);

/* sim-check.c: after everything came to rest */
void sim_check (Sim *sim);
void sim_check_hub_has (Sim *sim, const SimStream *stream);
/* A supervisor looks where the badges are about which the hub asks, and answers.
 * Returns: whether there was any */
gboolean sim_check_answer (Sim *sim);
/* An operator decides all conflicts there are. Returns: whether there was any */
gboolean sim_check_decide (Sim *sim);
/* What the hub knows of everybody's badges. (transfer full) */
char *sim_check_describe (Sim *sim);

/* sim-run.c: one whole run */
typedef struct
{
  char *violation; /* (nullable): what must never be and was */
  gint64 desk_us;  /* lived by its desks; added to, as all below */
  guint n_badges;
  guint n_of[SIM_N_KINDS];
} SimResult;

/* For other runs than those of a seed alone: the plan is to be filled before sim_begin(), which
 * makes the hub and its desks, on line and before their first sync. */
Sim *sim_new (guint64 seed, gboolean loud);
void sim_begin (Sim *sim);
void sim_free (Sim *sim);
/* Returns: hash of the trace */
guint64 sim_run (guint64 seed, gboolean loud, SimResult *result);
/* Makes the fleet's hub, once in a process.
 * @disks_forget: FALSE: files in the folder for temporary ones instead, for one run without any
 *   faults of disks; a large fleet does not fit into memory twice */
void sim_set_up (gboolean disks_forget);
void sim_tear_down (void);
extern char *sim_root_folder;
extern LanyardPublicKey sim_root_key;

G_END_DECLS
