/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub-store.h"
#include "sync-fixture.h"

G_BEGIN_DECLS

#define DESK_FLEET_DESKS 6
#define DESK_FLEET_HUBS 2
/* Of each desk in each round: records that belong to no pickup. */
#define DESK_FLEET_CHATTER 30

/*
 * Desks that hand out badges and sync through two hubs over one store. Desks 0, 2 and 4 have the
 * first hub, the others the second; in each round each hands out a badge of a person of its own,
 * and desks 2n and 2n + 1 one of the same person: a conflict.
 */
typedef struct
{
  SyncFixture *fixture; /* borrowed */
  char *urls[DESK_FLEET_HUBS];
  SyncDesk *desks[DESK_FLEET_DESKS];
  guint64 acknowledged[DESK_FLEET_DESKS]; /* as each desk's journal knew last */
  GHashTable *disputed;                   /* owned (element-type utf8): numbers */
  guint next_person;
} DeskFleet;

/* Imports people for @rounds and enrols the desks, each through its hub. */
DeskFleet *
desk_fleet_new (SyncFixture *fixture, const char *first, const char *second, guint rounds);
void desk_fleet_free (DeskFleet *fleet);
/* One round of badges. */
void desk_fleet_work (DeskFleet *fleet);
/* Desk @desk talks to hub @hub from now on. */
void desk_fleet_point (DeskFleet *fleet, guint desk, guint hub);

typedef void (*DeskFleetFunc) (gpointer data);
/* All at the same time, once. @func: (nullable): called at the first receipt, when the others are
 * in the middle. Returns: how many failed */
guint desk_fleet_sync (DeskFleet *fleet, DeskFleetFunc func, gpointer data);
/* Until nobody has anything left to send. */
void desk_fleet_drain (DeskFleet *fleet, guint limit_s);

/* What desks have receipts for is in @store. */
void desk_fleet_check_receipts (DeskFleet *fleet, LanyardHubStore *store);
/* All that the desks did is in @store, once, as it stands in their journals, and the conflicts are
 * those that there are. */
void desk_fleet_check (DeskFleet *fleet, LanyardHubStore *store);

G_END_DECLS
