/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Two desks of a venue below a relay, which is the real program, below a real hub. The line between
 * the two is cut, comes back, and the relay is killed in the middle.
 */

#include <glib/gstdio.h>
#include <string.h>

#include "hub-run.h"
#include "lanyard-hash.h"
#include "lanyard-link.h"
#include "lanyard-token.h"
#include "lanyard-venue.h"
#include "lying-hub.h"
#include "relay-venue.h"

static char *
issue_at (SyncDesk *desk, guint person)
{
  g_autofree char *number = sync_fixture_number (person);
  char *serial = sync_desk_issue (desk, number);

  lanyard_link_nudge (LANYARD_LINK (desk->engine));
  return serial;
}

/* With a line, all is as without a relay: receipts are the hub's. */
static void
test_with_line (RelayVenue *venue, gconstpointer data)
{
  RelayQuestion question = { venue->second, 3 };
  g_autofree char *serial = issue_at (venue->first, 3);

  sync_wait_for (relay_venue_knows_badge, &question, RELAY_LIMIT_S);
  sync_wait_for (relay_venue_hub_has_all, venue, RELAY_LIMIT_S);
  g_assert_cmpuint (sync_fixture_count (venue->hub, "open_badges"), ==, 1);
}

typedef struct
{
  SyncDesk *desk;
  guint n;
} WaitQuestion;

static gboolean
has_waits (gpointer data)
{
  const WaitQuestion *question = data;

  return sync_desk_count_waits (question->desk) == question->n;
}

/* Cut off, staff at the other desk see whom self-service sent to them, and say that it is done. */
static void
test_waits (RelayVenue *venue, gconstpointer data)
{
  WaitQuestion question = { venue->second, 1 };
  g_autofree char *number = sync_fixture_number (6), *id = NULL;
  const LanyardWait *wait;

  g_assert_true (lanyard_journal_begin_day (venue->first->journal, 0, NULL));
  g_assert_true (lanyard_journal_begin_day (venue->second->journal, 0, NULL));
  sync_fixture_stop_hub (venue->hub);
  sync_wait_for (relay_venue_is_cut, venue->first, RELAY_LIMIT_S);
  sync_desk_refer (venue->first, number);
  lanyard_link_nudge (LANYARD_LINK (venue->first->engine));
  sync_wait_for (has_waits, &question, RELAY_LIMIT_S);
  wait = g_ptr_array_index (
      lanyard_waiting_get_waits (lanyard_journal_get_waiting (venue->second->journal)), 0);
  g_assert_cmpuint (wait->device, !=, 0);
  g_assert_cmpstr (wait->number, ==, number);

  id = g_strdup (wait->id);
  sync_desk_end_wait (venue->second, id);
  lanyard_link_nudge (LANYARD_LINK (venue->second->engine));
  question = (WaitQuestion){ venue->first, 0 };
  sync_wait_for (has_waits, &question, RELAY_LIMIT_S);
}

/* Cut off, the other desk hears of it; nothing counts as delivered until the hub has signed. */
static void
test_cut (RelayVenue *venue, gconstpointer data)
{
  RelayQuestion question = { venue->second, 5 };
  g_autofree char *serial = NULL;
  g_autofree char *other = NULL;

  g_assert_true (lanyard_journal_begin_day (venue->second->journal, 0, NULL));
  sync_fixture_stop_hub (venue->hub);
  sync_wait_for (relay_venue_is_cut, venue->first, RELAY_LIMIT_S);
  serial = issue_at (venue->first, 5);
  sync_wait_for (relay_venue_knows_badge, &question, RELAY_LIMIT_S);
  sync_desk_check_day_of_others (venue->second, 5);
  g_assert_cmpuint (sync_desk_pending (venue->first), >, 0);
  g_assert_cmpuint (relay_venue_count_open (venue->second, 6), ==, 0);

  /* And the other way round. */
  other = issue_at (venue->second, 7);
  question = (RelayQuestion){ venue->first, 7 };
  sync_wait_for (relay_venue_knows_badge, &question, RELAY_LIMIT_S);

  sync_fixture_start_hub (venue->hub);
  sync_wait_for (relay_venue_hub_has_all, venue, RELAY_LIMIT_S);
  g_assert_cmpuint (sync_fixture_count (venue->hub, "open_badges"), ==, 2);
  g_assert_cmpuint (sync_fixture_count (venue->hub, "disputed"), ==, 0);
  g_assert_cmpuint (sync_fixture_count (venue->hub, "alarms"), ==, 0);
}

/* The relay is killed while it alone has what the desks sent; nobody misses anything. */
static void
test_killed (RelayVenue *venue, gconstpointer data)
{
  RelayQuestion question = { venue->second, 9 };
  g_autofree char *serial = NULL;
  g_autofree char *more = NULL;

  sync_fixture_stop_hub (venue->hub);
  sync_wait_for (relay_venue_is_cut, venue->first, RELAY_LIMIT_S);
  serial = issue_at (venue->first, 9);
  sync_wait_for (relay_venue_knows_badge, &question, RELAY_LIMIT_S);
  relay_venue_kill (venue);
  more = issue_at (venue->first, 10);
  relay_venue_start (venue);
  question.person = 10;
  sync_wait_for (relay_venue_knows_badge, &question, RELAY_LIMIT_S);
  sync_fixture_start_hub (venue->hub);
  sync_wait_for (relay_venue_hub_has_all, venue, RELAY_LIMIT_S);
  g_assert_cmpuint (sync_fixture_count (venue->hub, "open_badges"), ==, 2);
}

typedef struct
{
  SyncFixture *hub;
  guint64 n_records;
} Wanted;

static gboolean
hub_has_records (gpointer data)
{
  const Wanted *wanted = data;

  return sync_fixture_count (wanted->hub, "records") >= wanted->n_records;
}

/* The desk goes away for good while the line is cut: its records reach the hub all the same. */
static void
test_desk_gone (RelayVenue *venue, gconstpointer data)
{
  RelayQuestion question = { venue->second, 11 };
  Wanted wanted = { venue->hub, 0 };
  g_autofree char *serial = NULL;

  sync_fixture_stop_hub (venue->hub);
  sync_wait_for (relay_venue_is_cut, venue->first, RELAY_LIMIT_S);
  serial = issue_at (venue->first, 11);
  sync_wait_for (relay_venue_knows_badge, &question, RELAY_LIMIT_S);
  wanted.n_records = lanyard_journal_get_head_seq (venue->first->journal);
  lanyard_link_stop (LANYARD_LINK (venue->first->engine));
  relay_venue_kill (venue);
  relay_venue_start (venue);
  sync_fixture_start_hub (venue->hub);
  sync_wait_for (hub_has_records, &wanted, RELAY_LIMIT_S);
  g_assert_cmpuint (sync_fixture_count (venue->hub, "open_badges"), ==, 1);
}

/* A badge that comes out while the line is cut, at a desk that never comes back. The relay is off.
 * Returns: how many records that desk wrote */
static guint64
lose_first_desk (RelayVenue *venue)
{
  RelayQuestion question = { venue->second, 11 };
  g_autofree char *serial = NULL;

  sync_fixture_stop_hub (venue->hub);
  sync_wait_for (relay_venue_is_cut, venue->first, RELAY_LIMIT_S);
  serial = issue_at (venue->first, 11);
  sync_wait_for (relay_venue_knows_badge, &question, RELAY_LIMIT_S);
  lanyard_link_stop (LANYARD_LINK (venue->first->engine));
  relay_venue_kill (venue);
  return lanyard_journal_get_head_seq (venue->first->journal);
}

static guint32
get_device (SyncDesk *desk)
{
  LanyardIdentity identity;
  guint32 device;

  lanyard_journal_get_identity (desk->journal, &identity);
  device = identity.device;
  lanyard_identity_clear (&identity);
  return device;
}

/* The desk has a new disk, and a new epoch, before the line of its venue is back. What the relay
 * was given in the former epoch counts: if this fails, a badge that is in a hand is in no record.
 */
static void
test_epoch_ended (RelayVenue *venue, gconstpointer data)
{
  Wanted wanted = { venue->hub, lose_first_desk (venue) };
  g_autofree char *code = NULL;
  GError *error = NULL;
  SyncDesk *anew;

  sync_fixture_start_hub (venue->hub);
  code = sync_fixture_code (venue->hub, get_device (venue->first));
  anew = sync_desk_new_bare (venue->hub, "anew");
  sync_desk_enrol (anew, venue->hub->url, code, venue->hub->venue, &error);
  g_assert_no_error (error);
  relay_venue_start (venue);
  sync_wait_for (hub_has_records, &wanted, RELAY_LIMIT_S);
  g_assert_cmpuint (sync_fixture_count (venue->hub, "open_badges"), ==, 1);
  g_assert_cmpuint (sync_fixture_count (venue->hub, "questions"), ==, 0);
  sync_desk_free (anew);
}

/* (transfer full) (nullable): the first file of the relay's that the hub refused */
static char *
find_refused (RelayVenue *venue)
{
  g_autofree char *folder = g_build_filename (venue->folder, "batches", NULL);
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  g_autofree char *first = NULL;
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    if (g_str_has_suffix (name, ".refused") && (first == NULL || strcmp (name, first) < 0))
      {
        g_free (first);
        first = g_strdup (name);
      }
  return first == NULL ? NULL : g_build_filename (folder, first, NULL);
}

static gboolean
has_refused (gpointer data)
{
  g_autofree char *path = find_refused (data);

  return path != NULL;
}

/* The desk is revoked before the line is back: the hub cannot know who wrote, and takes nothing.
 * The relay keeps it, and a person who knows gives it to the hub. */
static void
test_revoked (RelayVenue *venue, gconstpointer data)
{
  guint64 n_records = lose_first_desk (venue);
  g_autofree char *device = g_strdup_printf ("%u", get_device (venue->first));
  g_auto (HubRun) run = { 0 };
  char *path;

  HUB_RUN (&run, "devices", "--dir", venue->hub->hub_directory, "revoke", device, "--reason",
           "stolen");
  g_assert_cmpint (run.code, ==, 0);
  sync_fixture_start_hub (venue->hub);
  relay_venue_start (venue);
  sync_wait_for (has_refused, venue, RELAY_LIMIT_S);
  g_assert_cmpuint (sync_fixture_count (venue->hub, "records"), <, n_records);
  relay_venue_kill (venue);
  sync_fixture_stop_hub (venue->hub);
  while ((path = find_refused (venue)) != NULL)
    {
      HUB_RUN (&run, "rebuild", "--dir", venue->hub->hub_directory, path);
      if (run.code != 0)
        g_error ("%s", run.err);
      g_assert_cmpint (g_unlink (path), ==, 0);
      g_free (path);
    }
  sync_fixture_start_hub (venue->hub);
  relay_venue_start (venue);
  g_assert_cmpuint (sync_fixture_count (venue->hub, "open_badges"), ==, 1);
}

static GBytes *
lie_that_it_is_busy (const char *line, GBytes *truth, gpointer user_data)
{
  g_autoptr (GBytes) sentence = g_bytes_new_static ("Later.", 6);

  return lying_hub_answer (503, TRUE, sentence);
}

typedef struct
{
  LyingHub *liar;
  guint n_lies;
} Lied;

static gboolean
was_lied_to (gpointer data)
{
  const Lied *lied = data;

  return lying_hub_get_n_lies (lied->liar) >= lied->n_lies;
}

/* The hub is too busy for a batch, as after every long cut, and the desk goes away: the relay tries
 * again by itself. */
static void
test_hub_busy (RelayVenue *venue, gconstpointer data)
{
  Lied lied = { lying_hub_new (venue->hub->port), 1 };
  g_autofree char *real = g_steal_pointer (&venue->hub->url);
  g_autofree char *serial = NULL;

  venue->hub->url = g_strdup (lying_hub_get_url (lied.liar));
  relay_venue_kill (venue);
  relay_venue_start (venue);
  sync_wait_for (relay_venue_is_healthy, venue, RELAY_LIMIT_S);
  lying_hub_set_lie (lied.liar, "PUT ", lie_that_it_is_busy, NULL);
  serial = issue_at (venue->first, 12);
  sync_wait_for (was_lied_to, &lied, RELAY_LIMIT_S);
  lanyard_link_stop (LANYARD_LINK (venue->first->engine));
  lanyard_link_stop (LANYARD_LINK (venue->second->engine));
  lied.n_lies = lying_hub_get_n_lies (lied.liar) + 2;
  sync_wait_for (was_lied_to, &lied, RELAY_LIMIT_S);
  relay_venue_stop (venue);
  lying_hub_free (lied.liar);
  g_free (venue->hub->url);
  venue->hub->url = g_steal_pointer (&real);
}

/* The line is thin: whoever asks waits until it is let go. */
typedef struct
{
  GMutex lock;
  GCond changed;
  gboolean open;
} Gate;

static GBytes *
wait_at_gate (const char *line, GBytes *truth, gpointer user_data)
{
  Gate *gate = user_data;

  g_mutex_lock (&gate->lock);
  while (!gate->open)
    g_cond_wait (&gate->changed, &gate->lock);
  g_mutex_unlock (&gate->lock);
  return g_bytes_ref (truth);
}

static void
open_gate (Gate *gate)
{
  g_mutex_lock (&gate->lock);
  gate->open = TRUE;
  g_cond_broadcast (&gate->changed);
  g_mutex_unlock (&gate->lock);
}

/* Sends the whole request; the answer is not waited for. */
static GSocketConnection *
ask_relay (RelayVenue *venue, SyncDesk *desk, const char *path)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  LanyardIdentity identity;
  LanyardToken token = { .method = (char *)"GET", .path = (char *)path };
  g_autofree char *authorization = NULL;
  g_autofree char *request = NULL;
  GSocketConnection *connection;
  GError *error = NULL;

  lanyard_journal_get_identity (desk->journal, &identity);
  token.device = identity.device;
  token.epoch = identity.epoch;
  token.time_s = g_get_real_time () / G_USEC_PER_SEC;
  lanyard_identity_clear (&identity);
  authorization = lanyard_token_sign (&token, desk->key);
  request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n"
                             "Authorization: %s\r\n\r\n",
                             path, authorization);
  connection = g_socket_client_connect_to_uri (client, venue->url, 80, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

static void
assert_status (GSocketConnection *connection, const char *status)
{
  g_autoptr (GDataInputStream) lines
      = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

  g_assert_nonnull (line);
  g_assert_nonnull (strstr (line, status));
}

static gboolean
has_line (gpointer data)
{
  RelayVenue *venue = data;
  g_autoptr (GSocketConnection) connection = ask_relay (venue, venue->first, "/healthz");
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  char answer[1024] = "";
  gsize n_read;

  g_input_stream_read_all (input, answer, sizeof answer - 1, &n_read, NULL, NULL);
  return strstr (answer, "\r\n\r\nok") != NULL && strstr (answer, "without") == NULL;
}

/* What never changes crosses the line once, also when two desks ask at once, and it comes to its
 * end when nobody waits for it any more. */
static void
test_thin_line (RelayVenue *venue, gconstpointer data)
{
  const char *segment = "/v1/changes/0?era=0";
  LyingHub *liar = lying_hub_new (venue->hub->port);
  g_autofree char *real = g_steal_pointer (&venue->hub->url);
  g_autoptr (GSocketConnection) first = NULL;
  g_autoptr (GSocketConnection) second = NULL;
  g_autoptr (GSocketConnection) gone = NULL;
  g_autoptr (GSocketConnection) healthy = NULL;
  Gate gate = { .open = FALSE };

  lanyard_link_stop (LANYARD_LINK (venue->first->engine));
  lanyard_link_stop (LANYARD_LINK (venue->second->engine));
  sync_fixture_import (venue->hub, 20, 300);
  venue->hub->url = g_strdup (lying_hub_get_url (liar));
  relay_venue_kill (venue);
  relay_venue_start (venue);
  sync_wait_for (has_line, venue, RELAY_LIMIT_S);
  lying_hub_set_lie (liar, "GET /v1/changes/0", wait_at_gate, &gate);
  gone = ask_relay (venue, venue->first, segment);
  first = ask_relay (venue, venue->first, segment);
  second = ask_relay (venue, venue->second, segment);
  g_clear_object (&gone);
  /* It has read what came before. */
  healthy = ask_relay (venue, venue->first, "/healthz");
  assert_status (healthy, " 200 ");
  open_gate (&gate);
  assert_status (first, " 200 ");
  assert_status (second, " 200 ");
  g_assert_cmpuint (lying_hub_get_n_lies (liar), ==, 1);
  relay_venue_stop (venue);
  lying_hub_free (liar);
  g_free (venue->hub->url);
  venue->hub->url = g_steal_pointer (&real);
}

/* What the lying relay gives in place of the tail. */
static GBytes *
lie_about_venue (const char *line, GBytes *truth, gpointer user_data)
{
  return lying_hub_answer (202, TRUE, user_data);
}

static GBytes *
lie_about_receipt (const char *line, GBytes *truth, gpointer user_data)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  return lying_hub_answer (202, TRUE, nothing);
}

static GBytes *
make_page (GBytes *batch)
{
  g_autoptr (LanyardVenue) page = lanyard_venue_new ();

  page->next = 1;
  g_ptr_array_add (page->batches, g_bytes_ref (batch));
  return lanyard_venue_encode (page);
}

static gboolean
has_problem (gpointer data)
{
  SyncDesk *desk = data;
  g_auto (LanyardLinkStatus) status = { 0 };

  lanyard_link_get_status (LANYARD_LINK (desk->engine), &status);
  return status.problem != NULL && strstr (status.problem, "no desk has signed") != NULL;
}

/* A relay that makes badges up is noticed and not believed; one that never passes anything on keeps
 * records waiting, and no longer than it is there. */
static void
test_lies (void)
{
  SyncFixture *hub = sync_fixture_new ();
  g_autoptr (GBytes) batch = NULL;
  g_autoptr (GBytes) forged = NULL;
  g_autoptr (GBytes) page = NULL;
  g_autofree char *number = sync_fixture_number (4);
  g_autofree char *serial = NULL;
  g_autofree guint8 *bytes = NULL;
  GError *error = NULL;
  SyncDesk *desk, *other;
  LyingHub *liar;
  gsize n_bytes;

  sync_fixture_import (hub, 0, 10);
  sync_fixture_start_hub (hub);
  desk = sync_desk_new (hub, "desk");
  other = sync_desk_new (hub, "other");
  g_assert_true (sync_desk_sync (desk, &error));
  serial = sync_desk_issue (other, number);
  batch = sync_desk_batch (other, 0, 100);
  bytes = g_memdup2 (g_bytes_get_data (batch, &n_bytes), g_bytes_get_size (batch));
  bytes[n_bytes - 1] ^= 1; /* of the signature */
  forged = g_bytes_new (bytes, n_bytes);

  liar = lying_hub_new (hub->port);
  page = make_page (forged);
  lying_hub_set_lie (liar, "GET /v1/changes/tail", lie_about_venue, page);
  sync_desk_make_engine (desk, lying_hub_get_url (liar));
  lanyard_link_start (LANYARD_LINK (desk->engine));
  sync_wait_for (has_problem, desk, RELAY_LIMIT_S);
  g_assert_cmpuint (relay_venue_count_open (desk, 4), ==, 0);
  lanyard_link_stop (LANYARD_LINK (desk->engine));

  lying_hub_set_lie (liar, "PUT ", lie_about_receipt, NULL);
  sync_desk_chatter (desk, 5);
  g_assert_true (sync_desk_sync (desk, &error));
  g_assert_cmpuint (sync_desk_pending (desk), >=, 5);
  lying_hub_set_lie (liar, NULL, NULL, NULL);
  g_assert_true (sync_desk_sync (desk, &error));
  g_assert_cmpuint (sync_desk_pending (desk), ==, 0);

  sync_desk_free (desk);
  sync_desk_free (other);
  lying_hub_free (liar);
  sync_fixture_free (hub);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
#define ADD(name, func)                                                                            \
  g_test_add ("/sync/relay/" name, RelayVenue, NULL, relay_venue_set_up, func,                     \
              relay_venue_tear_down)
  g_test_add_func ("/sync/relay/lies", test_lies);
  ADD ("with-line", test_with_line);
  ADD ("cut", test_cut);
  ADD ("waits", test_waits);
  ADD ("killed", test_killed);
  ADD ("desk-gone", test_desk_gone);
  ADD ("epoch-ended", test_epoch_ended);
  ADD ("revoked", test_revoked);
  ADD ("hub-busy", test_hub_busy);
  ADD ("thin-line", test_thin_line);
#undef ADD
  return g_test_run ();
}
