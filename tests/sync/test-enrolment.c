/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-link.h"
#include "lying-hub.h"
#include "postgres-server.h"
#include "sync-fixture.h"

/* How a desk becomes one. */

/* The prefix is drawn by lot. */
static void
assert_identity (SyncDesk *desk, guint32 device, guint32 epoch)
{
  g_auto (LanyardIdentity) identity = { 0 };

  lanyard_journal_get_identity (desk->journal, &identity);
  g_assert_cmpuint (identity.device, ==, device);
  g_assert_cmpuint (identity.epoch, ==, epoch);
  if (device == 0)
    {
      g_assert_null (identity.serial_prefix);
      return;
    }
  g_assert_cmpuint (strlen (identity.serial_prefix), ==, 5);
  g_assert_cmpint (identity.serial_prefix[0], ==, 'K');
}

static gboolean
has_file (SyncDesk *desk, const char *name)
{
  g_autofree char *path = g_build_filename (desk->directory, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_enrol (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  SyncDesk *desk;
  GError *error = NULL;
  g_autofree char *code = NULL;
  g_autofree char *typed = NULL;

  sync_fixture_start_hub (fixture);
  desk = sync_desk_new_bare (fixture, "desk");
  code = sync_fixture_code (fixture, 0);
  typed = g_ascii_strdown (code, -1); /* as people type it */
  sync_desk_enrol (desk, fixture->url, typed, fixture->venue, &error);
  g_assert_no_error (error);
  assert_identity (desk, 1, 1);
  g_assert_true (has_file (desk, "desk.key"));
  g_assert_false (has_file (desk, "desk.key.pending"));
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

static void
assert_refused (SyncDesk *desk, const char *url, const char *code, const char *venue, int why)
{
  GError *error = NULL;

  g_assert_false (sync_desk_enrol (desk, url, code, venue, &error));
  g_assert_error (error, LANYARD_ERROR, why);
  g_clear_error (&error);
  assert_identity (desk, 0, 0);
  g_assert_false (has_file (desk, "desk.key"));
}

static void
test_refused (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *code = NULL;
  g_autofree char *used = NULL;
  g_autoptr (LanyardKey) another_root = lanyard_key_generate ();
  LanyardPublicKey root;
  SyncDesk *desk, *thief;
  GError *error = NULL;

  sync_fixture_start_hub (fixture);
  desk = sync_desk_new_bare (fixture, "desk");
  thief = sync_desk_new_bare (fixture, "thief");
  code = sync_fixture_code (fixture, 0);
  used = sync_fixture_code (fixture, 0);
  assert_refused (desk, fixture->url, "not a code", fixture->venue, LANYARD_ERROR_CODE);
  assert_refused (desk, fixture->url, "00000-00000-00000-00000", fixture->venue,
                  LANYARD_ERROR_CODE);
  assert_refused (desk, fixture->url, code, "ELSEWHERE", LANYARD_ERROR_CODE);
  assert_refused (desk, "http://127.0.0.1:1", code, fixture->venue, LANYARD_ERROR_NETWORK);
  assert_refused (desk, "not a url", code, fixture->venue, LANYARD_ERROR_USAGE);
  root = desk->root; /* a hub of another event */
  desk->root = *lanyard_key_get_public (another_root);
  g_assert_false (sync_desk_enrol (desk, fixture->url, code, fixture->venue, &error));
  g_clear_error (&error);
  assert_identity (desk, 0, 0);
  desk->root = root;
  sync_desk_enrol (desk, fixture->url, used, fixture->venue, &error);
  g_assert_no_error (error);
  assert_refused (thief, fixture->url, used, fixture->venue, LANYARD_ERROR_CODE);
  sync_desk_free (desk);
  sync_desk_free (thief);
  sync_fixture_free (fixture);
}

static GBytes *
lie_hang_up (const char *line, GBytes *truth, gpointer user_data)
{
  return NULL;
}

/* The hub enrolled the desk and the answer was lost: the same again gives the same. */
static void
test_answer_lost (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *code = NULL;
  GError *error = NULL;
  LyingHub *liar;
  SyncDesk *desk;

  sync_fixture_start_hub (fixture);
  liar = lying_hub_new (fixture->port);
  desk = sync_desk_new_bare (fixture, "desk");
  code = sync_fixture_code (fixture, 0);
  lying_hub_set_lie (liar, "POST ", lie_hang_up, NULL);
  assert_refused (desk, lying_hub_get_url (liar), code, fixture->venue, LANYARD_ERROR_NETWORK);
  g_assert_cmpuint (lying_hub_get_n_lies (liar), >=, 1);
  g_assert_true (has_file (desk, "desk.key.pending"));
  lying_hub_set_lie (liar, NULL, NULL, NULL);
  sync_desk_enrol (desk, lying_hub_get_url (liar), code, fixture->venue, &error);
  g_assert_no_error (error);
  assert_identity (desk, 1, 1);
  g_assert_cmpuint (sync_fixture_count (fixture, "desks"), ==, 1);
  sync_desk_free (desk);
  lying_hub_free (liar);
  sync_fixture_free (fixture);
}

/* The code ran out before the desk could ask again: a new code does, and makes no second desk. */
static void
test_answer_lost_for_long (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *code = NULL;
  g_autofree char *of_another = NULL;
  g_autofree char *later = NULL;
  GError *error = NULL;
  LyingHub *liar;
  SyncDesk *other, *desk;

  sync_fixture_start_hub (fixture);
  liar = lying_hub_new (fixture->port);
  other = sync_desk_new (fixture, "other");
  desk = sync_desk_new_bare (fixture, "desk");
  code = sync_fixture_code (fixture, 0);
  lying_hub_set_lie (liar, "POST ", lie_hang_up, NULL);
  assert_refused (desk, lying_hub_get_url (liar), code, fixture->venue, LANYARD_ERROR_NETWORK);
  of_another = sync_fixture_code (fixture, 1);
  assert_refused (desk, fixture->url, of_another, fixture->venue, LANYARD_ERROR_CODE);
  later = sync_fixture_code (fixture, 0);
  sync_desk_enrol (desk, fixture->url, later, fixture->venue, &error);
  g_assert_no_error (error);
  assert_identity (desk, 2, 1);
  g_assert_cmpuint (sync_fixture_count (fixture, "desks"), ==, 2);
  sync_desk_make_engine (desk, fixture->url);
  sync_desk_chatter (desk, 2);
  sync_desk_sync (desk, &error);
  g_assert_no_error (error);
  sync_desk_free (other);
  sync_desk_free (desk);
  lying_hub_free (liar);
  sync_fixture_free (fixture);
}

/* The same desk set up anew: a new epoch, other serials. The old key gets no answer any more; what
 * was written in its epoch is not lost. */
static void
test_again (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *code = NULL;
  GError *error = NULL;
  SyncDesk *before, *after;

  sync_fixture_start_hub (fixture);
  before = sync_desk_new (fixture, "before");
  sync_desk_chatter (before, 2);
  sync_desk_sync (before, &error);
  g_assert_no_error (error);

  after = sync_desk_new_bare (fixture, "after");
  code = sync_fixture_code (fixture, 1);
  sync_desk_enrol (after, fixture->url, code, fixture->venue, &error);
  g_assert_no_error (error);
  assert_identity (after, 1, 2);
  sync_desk_make_engine (after, fixture->url);
  sync_desk_chatter (after, 2);
  sync_desk_sync (after, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sync_fixture_count (fixture, "records"), ==, 4);

  sync_desk_chatter (before, 1); /* its twin still runs somewhere */
  g_assert_false (sync_desk_sync (before, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_cmpuint (sync_desk_pending (before), ==, 0);
  g_assert_cmpuint (sync_fixture_count (fixture, "records"), ==, 5);
  sync_desk_free (before);
  sync_desk_free (after);
  sync_fixture_free (fixture);
}

/* What a desk keeps of one event must not be taken for another's. */
static void
test_another_event (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  const LanyardIdentity identity = {
    .device = 9,
    .epoch = 1,
    .event = (char *)"ANOTHER-1",
    .hub_url = (char *)"http://127.0.0.1:1",
    .serial_prefix = (char *)"KOLD9",
  };
  g_autofree char *code = NULL;
  GError *error = NULL;
  SyncDesk *desk;

  sync_fixture_start_hub (fixture);
  desk = sync_desk_new_bare (fixture, "desk");
  lanyard_journal_set_identity (desk->journal, &identity, &error);
  g_assert_no_error (error);
  code = sync_fixture_code (fixture, 0);
  g_assert_false (sync_desk_enrol (desk, fixture->url, code, fixture->venue, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  g_clear_error (&error);
  assert_identity (desk, 9, 1);
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

/* Notes the prefix of every enrolment: none may come twice. */
static void
note_prefix (GHashTable *seen, SyncDesk *desk)
{
  g_auto (LanyardIdentity) identity = { 0 };

  lanyard_journal_get_identity (desk->journal, &identity);
  g_assert_true (g_hash_table_add (seen, g_strdup (identity.serial_prefix)));
}

/* No two journals ever make the same serial: not that of a desk and of its image set up anew, not
 * those of two desks, and not those that a hub enrols which was put back to before it knew of them.
 */
static void
test_prefixes (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *code = NULL;
  GError *error = NULL;
  SyncDesk *desk;

  for (guint round = 0; round < 2; round++)
    {
      if (round == 0)
        sync_fixture_back_up (fixture);
      else
        sync_fixture_put_back (fixture);
      sync_fixture_start_hub (fixture);
      for (guint i = 0; i < 4; i++)
        {
          g_autofree char *name = g_strdup_printf ("desk-%u-%u", round, i);

          desk = sync_desk_new (fixture, name);
          note_prefix (seen, desk);
          sync_desk_free (desk);
        }
      sync_fixture_stop_hub (fixture);
    }
  sync_fixture_start_hub (fixture);
  desk = sync_desk_new_bare (fixture, "image");
  code = sync_fixture_code (fixture, 1);
  sync_desk_enrol (desk, fixture->url, code, fixture->venue, &error);
  g_assert_no_error (error);
  assert_identity (desk, 1, 2);
  note_prefix (seen, desk);
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

int
main (int argc, char **argv)
{
  if (postgres_server_skip ())
    return 0;
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sync/enrolment/enrol", test_enrol);
  g_test_add_func ("/sync/enrolment/refused", test_refused);
  g_test_add_func ("/sync/enrolment/answer-lost", test_answer_lost);
  g_test_add_func ("/sync/enrolment/answer-lost-for-long", test_answer_lost_for_long);
  g_test_add_func ("/sync/enrolment/again", test_again);
  g_test_add_func ("/sync/enrolment/another-event", test_another_event);
  g_test_add_func ("/sync/enrolment/prefixes", test_prefixes);
  return g_test_run ();
}
