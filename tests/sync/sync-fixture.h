/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-directory.h"
#include "lanyard-hub-server.h"
#include "lanyard-journal.h"
#include "lanyard-sync-engine.h"

G_BEGIN_DECLS

/*
 * A real hub on a thread of its own, and real desks with journal, directory and engine on the
 * test's thread. Everything lies in one folder below the temporary one. All people are made up.
 */
typedef struct
{
  char *directory;     /* owned; of everything */
  char *hub_directory; /* owned */
  char *venue;         /* owned; a venue code of the pack */
  char *backup;        /* owned (nullable); what sync_fixture_back_up() made */
  LanyardPublicKey root;
  LanyardHubPeerLimits limits; /* of the hub when it starts */

  /* The hub's thread; NULL and 0 while it is down. */
  GThread *thread;
  GMainContext *hub_context;
  GMainLoop *hub_loop;
  char *url; /* owned; the last one, kept while the hub is down */
  guint16 port;
} SyncFixture;

typedef struct
{
  char *directory;           /* owned */
  LanyardJournal *journal;   /* owned */
  LanyardDirectory *store;   /* owned */
  LanyardVault *vault;       /* owned */
  LanyardKey *key;           /* owned (nullable) */
  LanyardSyncEngine *engine; /* owned (nullable) */
  LanyardLineTls *tls;       /* owned (nullable): of the engines that are made from now on */
  LanyardPublicKey root;
  GPtrArray *alerts; /* owned (element-type utf8): "kind number" as told */
} SyncDesk;

SyncFixture *sync_fixture_new (void);
/* @place: (nullable): of the hub's store */
SyncFixture *sync_fixture_new_at (const char *place);
void sync_fixture_free (SyncFixture *fixture);
/* Takes the port that it had before, so that desks find it again. */
void sync_fixture_start_hub (SyncFixture *fixture);
void sync_fixture_stop_hub (SyncFixture *fixture);
/* Copies the hub's database, and puts the copy back. The hub must be down. */
void sync_fixture_back_up (SyncFixture *fixture);
void sync_fixture_put_back (SyncFixture *fixture);
/* The hub's disk is lost: folder and keys are there, and a store is not. The hub must be down. */
void sync_fixture_lose (SyncFixture *fixture);

/* Accreditation number @index, with its check character. (transfer full) */
char *sync_fixture_number (guint index);
LanyardEntry *sync_fixture_entry (guint index);
/* Imports entries first … first + n - 1, as "lanyard-hub import" does; works with the hub up or
 * down. */
void sync_fixture_import (SyncFixture *fixture, guint first, guint n);
/* The same with entries and photos of the caller's. (element-type LanyardEntry) (element-type
 * GBytes) */
void sync_fixture_import_entries (SyncFixture *fixture, GPtrArray *entries, GPtrArray *photos);
char *sync_fixture_code (SyncFixture *fixture, guint32 device);
/* Counts of the hub, asked as "lanyard-hub status" does. */
guint64 sync_fixture_count (SyncFixture *fixture, const char *name);

/* A desk that is enrolled; @name makes its folder. */
SyncDesk *sync_desk_new (SyncFixture *fixture, const char *name);
/* One that is not. */
SyncDesk *sync_desk_new_bare (SyncFixture *fixture, const char *name);
/* One in a folder that is there. */
SyncDesk *sync_desk_open (SyncFixture *fixture, const char *name);
void sync_desk_free (SyncDesk *desk);
gboolean sync_desk_enrol (SyncDesk *desk,
                          const char *url,
                          const char *code,
                          const char *venue,
                          GError **error);
/* Closes everything and opens it again, as after a restart. */
void sync_desk_restart (SyncDesk *desk);
void sync_desk_make_engine (SyncDesk *desk, const char *url);
/* One whole round. FALSE: @error */
gboolean sync_desk_sync (SyncDesk *desk, GError **error);
/* Takes a serial for a badge: RESERVED. @pickup: (out). Returns: (transfer full): the serial */
char *sync_desk_begin (SyncDesk *desk, const char *number, LanyardId *pickup);
/* One more record of it. */
void sync_desk_go_on (SyncDesk *desk,
                      const LanyardId *pickup,
                      LanyardRecordKind kind,
                      LanyardPickupState from,
                      LanyardPickupState to,
                      const char *number);
/* A pickup from RESERVED to ISSUED. Returns: (transfer full): the serial */
char *sync_desk_issue (SyncDesk *desk, const char *number);
/* RESERVED, then VOIDED: nothing came out. */
void sync_desk_issue_nothing (SyncDesk *desk, const char *number);
/* A badge of this desk that was ISSUED is void. */
void sync_desk_void (SyncDesk *desk, const char *serial);
/* Self-service sends @number to staff. */
void sync_desk_refer (SyncDesk *desk, const char *number);
/* Staff say of the wait @id that it is over. */
void sync_desk_end_wait (SyncDesk *desk, const char *id);
/* How many wait, as far as this desk has heard; its day has begun. */
guint sync_desk_count_waits (SyncDesk *desk);
/* @n records that belong to no pickup. */
void sync_desk_chatter (SyncDesk *desk, guint n);
guint64 sync_desk_pending (SyncDesk *desk);
/* The page of the day knows that one other desk gave @person a badge, and nothing else. */
void sync_desk_check_day_of_others (SyncDesk *desk, guint person);
/* Signs a batch of records @first … as the engine does. (transfer full) */
GBytes *sync_desk_batch (SyncDesk *desk, guint64 after, guint max);
char *sync_desk_path (SyncDesk *desk, guint64 first, guint64 last);

typedef gboolean (*SyncCondition) (gpointer data);
/* Iterates the default context until @condition holds; fails the test after @limit_s. */
void sync_wait_for (SyncCondition condition, gpointer data, guint limit_s);

G_END_DECLS
