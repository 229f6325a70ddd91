/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A badge is being made at one desk while the same person stands before another one of the venue.
 * If this fails, two badges of one person come out of two printers twenty steps apart, or somebody
 * whose badge failed to come out is sent from desk to desk. */

#include "lanyard-hash.h"
#include "lanyard-link.h"
#include "relay-venue.h"

#define PERSON 5

/* What the second desk is to come to think of the person. */
typedef struct
{
  SyncDesk *desk;
  guint32 open;
  guint32 being_made;
} Belief;

static LanyardEntry *
look_up (SyncDesk *desk)
{
  g_autofree char *number = sync_fixture_number (PERSON);
  LanyardEntry *entry = lanyard_directory_lookup (desk->store, LANYARD_LOOKUP_NUMBER, number, NULL);

  g_assert_nonnull (entry);
  return entry;
}

static gboolean
is_believed (gpointer data)
{
  const Belief *belief = data;
  g_autoptr (LanyardEntry) entry = look_up (belief->desk);

  return entry->issued.open_badges == belief->open
         && entry->issued.being_made == belief->being_made;
}

static void
wait_until_believed (SyncDesk *desk, guint32 open, guint32 being_made)
{
  Belief belief = { desk, open, being_made };

  sync_wait_for (is_believed, &belief, RELAY_LIMIT_S);
}

/* The second desk knows a badge that is told of last, so it has heard all that was told before. */
static void
wait_for_another (RelayVenue *venue, guint person)
{
  RelayQuestion question = { venue->second, person };
  g_autofree char *number = sync_fixture_number (person);
  g_autofree char *serial = sync_desk_issue (venue->first, number);

  lanyard_link_nudge (LANYARD_LINK (venue->first->engine));
  sync_wait_for (relay_venue_knows_badge, &question, RELAY_LIMIT_S);
}

static char *
begin (RelayVenue *venue, LanyardId *pickup)
{
  g_autofree char *number = sync_fixture_number (PERSON);
  char *serial = sync_desk_begin (venue->first, number, pickup);

  lanyard_link_nudge (LANYARD_LINK (venue->first->engine));
  return serial;
}

static void
go_on (RelayVenue *venue,
       const LanyardId *pickup,
       LanyardRecordKind kind,
       LanyardPickupState from,
       LanyardPickupState to)
{
  g_autofree char *number = sync_fixture_number (PERSON);

  sync_desk_go_on (venue->first, pickup, kind, from, to, number);
  lanyard_link_nudge (LANYARD_LINK (venue->first->engine));
}

static void
cut (RelayVenue *venue)
{
  sync_fixture_stop_hub (venue->hub);
  sync_wait_for (relay_venue_is_cut, venue->first, RELAY_LIMIT_S);
}

/* From the first desk's record on, and until its badge is out, which is no longer "being made". */
static void
test_comes_out (RelayVenue *venue, gconstpointer data)
{
  g_autoptr (LanyardEntry) entry = NULL;
  g_autofree char *serial = NULL;
  LanyardId pickup;

  cut (venue);
  serial = begin (venue, &pickup);
  wait_until_believed (venue->second, 1, 1);
  entry = look_up (venue->second);
  g_assert_cmpstr (entry->issued.last_serial, ==, serial);
  g_assert_cmpuint (entry->issued.last_sequence, ==, 1);
  go_on (venue, &pickup, LANYARD_RECORD_PRINTING, LANYARD_PICKUP_RESERVED, LANYARD_PICKUP_PRINTING);
  wait_for_another (venue, 6);
  wait_until_believed (venue->second, 1, 1);
  go_on (venue, &pickup, LANYARD_RECORD_REPORTED, LANYARD_PICKUP_PRINTING, LANYARD_PICKUP_REPORTED);
  wait_for_another (venue, 7);
  wait_until_believed (venue->second, 1, 1);
  go_on (venue, &pickup, LANYARD_RECORD_ISSUED, LANYARD_PICKUP_REPORTED, LANYARD_PICKUP_ISSUED);
  wait_until_believed (venue->second, 1, 0);

  sync_fixture_start_hub (venue->hub);
  sync_wait_for (relay_venue_hub_has_all, venue, RELAY_LIMIT_S);
  g_assert_cmpuint (sync_fixture_count (venue->hub, "open_badges"), ==, 3);
  wait_until_believed (venue->second, 1, 0);
}

/* Nothing came of it: the person is free, and a badge of the second desk comes after that one. */
static void
test_comes_to_nothing (RelayVenue *venue, gconstpointer data)
{
  g_autoptr (LanyardEntry) entry = NULL;
  g_autofree char *serial = NULL;
  LanyardId pickup;

  cut (venue);
  serial = begin (venue, &pickup);
  wait_until_believed (venue->second, 1, 1);
  go_on (venue, &pickup, LANYARD_RECORD_VOIDED, LANYARD_PICKUP_RESERVED, LANYARD_PICKUP_VOID);
  wait_until_believed (venue->second, 0, 0);
  entry = look_up (venue->second);
  g_assert_cmpuint (entry->issued.last_sequence, ==, 1);

  /* All of it is heard again, and changes nothing. */
  relay_venue_kill (venue);
  relay_venue_start (venue);
  wait_for_another (venue, 6);
  wait_until_believed (venue->second, 0, 0);
}

/* Whoever knows of person 6 has heard all that the first desk told before. */
static void
restart_second (RelayVenue *venue)
{
  RelayQuestion question = { venue->second, 6 };

  sync_desk_restart (venue->second);
  g_assert_cmpuint (relay_venue_count_open (venue->second, PERSON), ==, 0);
  lanyard_link_start (LANYARD_LINK (venue->second->engine));
  sync_wait_for (relay_venue_knows_badge, &question, RELAY_LIMIT_S);
}

/* A desk that took a serial and died: nobody knows, also after a restart of all the others, until
 * somebody decides. */
static void
test_desk_dies (RelayVenue *venue, gconstpointer data)
{
  LanyardVenueBadge end = { .is_void = TRUE };
  g_autofree char *number = sync_fixture_number (PERSON);
  g_autofree char *serial = NULL;
  g_autofree char *other = NULL;
  LanyardStep step = { .kind = LANYARD_RECORD_VOIDED, .accreditation = number };
  LanyardId pickup;

  cut (venue);
  serial = begin (venue, &pickup);
  wait_for_another (venue, 6);
  lanyard_link_stop (LANYARD_LINK (venue->first->engine));
  relay_venue_kill (venue);
  relay_venue_start (venue);
  restart_second (venue);
  wait_until_believed (venue->second, 1, 1);

  /* The way out; after another restart the relay tells of that badge once more. */
  step.serial = serial;
  g_assert_true (lanyard_journal_commit (venue->second->journal, &step, NULL, NULL));
  end.number = number;
  end.serial = serial;
  lanyard_directory_note_badge (venue->second->store, &end);
  g_assert_cmpuint (relay_venue_count_open (venue->second, PERSON), ==, 0);
  restart_second (venue);
  g_assert_cmpuint (relay_venue_count_open (venue->second, PERSON), ==, 0);

  /* The other desk wakes up, and prints what it had begun: that badge is none. */
  other = sync_desk_issue (venue->second, number);
  go_on (venue, &pickup, LANYARD_RECORD_ISSUED, LANYARD_PICKUP_RESERVED, LANYARD_PICKUP_ISSUED);
  lanyard_link_start (LANYARD_LINK (venue->first->engine));
  sync_fixture_start_hub (venue->hub);
  sync_wait_for (relay_venue_hub_has_all, venue, RELAY_LIMIT_S);
  g_assert_cmpuint (sync_fixture_count (venue->hub, "open_badges"), ==, 2);
  g_assert_cmpuint (sync_fixture_count (venue->hub, "disputed"), ==, 0);
}

/* The hub knows of a badge that is being made in place of another one, tells no more than that the
 * other one is void, and cannot be heard from then on. */
static void
test_reissue (RelayVenue *venue, gconstpointer data)
{
  g_autofree char *number = sync_fixture_number (PERSON);
  g_autofree char *old = sync_desk_issue (venue->first, number);
  g_autofree char *serial = NULL;
  g_autoptr (LanyardEntry) entry = NULL;
  LanyardId pickup;

  lanyard_link_nudge (LANYARD_LINK (venue->first->engine));
  sync_wait_for (relay_venue_hub_has_all, venue, RELAY_LIMIT_S);
  wait_until_believed (venue->second, 1, 0);
  sync_desk_void (venue->first, old);
  serial = begin (venue, &pickup);
  sync_wait_for (relay_venue_hub_has_all, venue, RELAY_LIMIT_S);
  wait_until_believed (venue->second, 1, 1);
  cut (venue);
  go_on (venue, &pickup, LANYARD_RECORD_PRINTING, LANYARD_PICKUP_RESERVED, LANYARD_PICKUP_PRINTING);
  go_on (venue, &pickup, LANYARD_RECORD_UNKNOWN, LANYARD_PICKUP_PRINTING, LANYARD_PICKUP_ATTENTION);
  wait_until_believed (venue->second, 1, 0);
  entry = look_up (venue->second);
  g_assert_cmpstr (entry->issued.last_serial, ==, serial);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
#define ADD(name, func)                                                                            \
  g_test_add ("/sync/relay-print/" name, RelayVenue, NULL, relay_venue_set_up, func,               \
              relay_venue_tear_down)
  ADD ("comes-out", test_comes_out);
  ADD ("comes-to-nothing", test_comes_to_nothing);
  ADD ("desk-dies", test_desk_dies);
  ADD ("reissue", test_reissue);
#undef ADD
  return g_test_run ();
}
