/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sync-fixture.h"

G_BEGIN_DECLS

#define RELAY_LIMIT_S 60

/* Two desks of a venue below a relay, which is the real program, below a real hub with 20 people.
 */
typedef struct
{
  SyncFixture *hub;
  char *folder;             /* owned: of the relay */
  char *url;                /* owned: of the relay */
  GSubprocess *process;     /* owned (nullable) */
  SyncDesk *first, *second; /* owned: they speak with the relay alone */
} RelayVenue;

/* Both desks are at work, with a line to the hub, when it returns. @data: not used */
void relay_venue_set_up (RelayVenue *venue, gconstpointer data);
void relay_venue_tear_down (RelayVenue *venue, gconstpointer data);
/* Takes the port that it had before. */
void relay_venue_start (RelayVenue *venue);
void relay_venue_kill (RelayVenue *venue);
/* It ends by itself, without a complaint. */
void relay_venue_stop (RelayVenue *venue);

/* Conditions for sync_wait_for(). @data: RelayVenue: all is told to the hub, and by it */
gboolean relay_venue_is_healthy (gpointer data);
gboolean relay_venue_hub_has_all (gpointer data);
/* @data: SyncDesk */
gboolean relay_venue_is_cut (gpointer data);

/* What the desk would say to whoever asks for this badge. */
guint relay_venue_count_open (SyncDesk *desk, guint person);

typedef struct
{
  SyncDesk *desk;
  guint person;
} RelayQuestion;

/* @data: RelayQuestion: whether the desk would say that there is one */
gboolean relay_venue_knows_badge (gpointer data);

G_END_DECLS
