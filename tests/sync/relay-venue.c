/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <signal.h>
#include <string.h>

#include "hub-run.h"
#include "lanyard-hash.h"
#include "lanyard-link.h"
#include "relay-venue.h"

void
relay_venue_start (RelayVenue *venue)
{
  g_autofree char *root
      = lanyard_hex_encode (venue->hub->root.bytes, sizeof venue->hub->root.bytes);
  const char *listen = venue->url == NULL ? "127.0.0.1:0" : venue->url + strlen ("http://");
  const char *words[] = { "serve", "--dir",      venue->folder,   "--listen", listen, "--root",
                          root,    "--upstream", venue->hub->url, "--quiet",  NULL };
  char *url;

  venue->process = hub_spawn (words, G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  url = hub_read_url (venue->process);
  g_free (venue->url);
  venue->url = url;
}

void
relay_venue_kill (RelayVenue *venue)
{
  g_subprocess_send_signal (venue->process, SIGKILL);
  g_subprocess_wait (venue->process, NULL, NULL);
  g_clear_object (&venue->process);
}

void
relay_venue_stop (RelayVenue *venue)
{
  hub_stop (venue->process);
  g_clear_object (&venue->process);
}

/* A desk that was enrolled through the relay and speaks with nobody else. */
static SyncDesk *
make_desk (RelayVenue *venue, const char *name)
{
  SyncDesk *desk = sync_desk_new_bare (venue->hub, name);
  g_autofree char *code = sync_fixture_code (venue->hub, 0);
  GError *error = NULL;

  sync_desk_enrol (desk, venue->url, code, venue->hub->venue, &error);
  g_assert_no_error (error);
  sync_desk_make_engine (desk, venue->url);
  return desk;
}

gboolean
relay_venue_is_healthy (gpointer data)
{
  RelayVenue *venue = data;
  LanyardLinkStatus status = { 0 };
  gboolean both;

  lanyard_link_get_status (LANYARD_LINK (venue->first->engine), &status);
  both = status.online && status.pending == 0;
  lanyard_link_status_clear (&status);
  lanyard_link_get_status (LANYARD_LINK (venue->second->engine), &status);
  both = both && status.online && status.pending == 0;
  lanyard_link_status_clear (&status);
  return both && lanyard_directory_get_size (venue->first->store) == 20
         && lanyard_directory_get_size (venue->second->store) == 20;
}

void
relay_venue_set_up (RelayVenue *venue, gconstpointer data)
{
  venue->hub = sync_fixture_new ();
  sync_fixture_import (venue->hub, 0, 20);
  sync_fixture_start_hub (venue->hub);
  venue->folder = g_build_filename (venue->hub->directory, "relay", NULL);
  relay_venue_start (venue);
  venue->first = make_desk (venue, "first");
  venue->second = make_desk (venue, "second");
  lanyard_link_start (LANYARD_LINK (venue->first->engine));
  lanyard_link_start (LANYARD_LINK (venue->second->engine));
  sync_wait_for (relay_venue_is_healthy, venue, RELAY_LIMIT_S);
}

void
relay_venue_tear_down (RelayVenue *venue, gconstpointer data)
{
  sync_desk_free (venue->first);
  sync_desk_free (venue->second);
  if (venue->process != NULL)
    relay_venue_stop (venue);
  sync_fixture_free (venue->hub);
  g_free (venue->folder);
  g_free (venue->url);
}

gboolean
relay_venue_is_cut (gpointer data)
{
  SyncDesk *desk = data;
  g_auto (LanyardLinkStatus) status = { 0 };

  lanyard_link_get_status (LANYARD_LINK (desk->engine), &status);
  return !status.online;
}

guint
relay_venue_count_open (SyncDesk *desk, guint person)
{
  g_autofree char *number = sync_fixture_number (person);
  g_autoptr (LanyardEntry) entry
      = lanyard_directory_lookup (desk->store, LANYARD_LOOKUP_NUMBER, number, NULL);

  g_assert_nonnull (entry);
  return entry->issued.open_badges;
}

gboolean
relay_venue_knows_badge (gpointer data)
{
  const RelayQuestion *question = data;

  return relay_venue_count_open (question->desk, question->person) > 0;
}

gboolean
relay_venue_hub_has_all (gpointer data)
{
  RelayVenue *venue = data;

  return relay_venue_is_healthy (venue)
         && sync_fixture_count (venue->hub, "records")
                == lanyard_journal_get_head_seq (venue->first->journal)
                       + lanyard_journal_get_head_seq (venue->second->journal);
}
