/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-error.h"
#include "lanyard-link.h"
#include "lanyard-trust-list.h"
#include "lying-hub.h"
#include "sync-fixture.h"

/* A hub, or somebody on the line, that brings back what was true once. */

#define VALID_S 86400

typedef struct
{
  SyncFixture *fixture;
  SyncDesk *desk;
  LyingHub *liar;
  LanyardKey *root_key;
  LanyardKey *hub_key;
  LanyardKey *new_key; /* signs trust lists from the root's second one on */
  GBytes *root_list;
  GBytes *list;
  gint64 now_s;
} Case;

static LanyardKey *
load_key (Case *c, const char *name)
{
  g_autofree char *path = g_build_filename (c->fixture->hub_directory, name, NULL);

  return lanyard_key_load (path, NULL);
}

/* A list in which the hub's key may no longer sign lists, and another may. */
static GBytes *
make_list_of (Case *c, guint64 counter, const LanyardKey *signer, gint64 valid_s)
{
  gint64 now_s = c->now_s;
  const LanyardTrustedKey keys[] = {
    { .key = *lanyard_key_get_public (c->hub_key),
      .scopes = LANYARD_SCOPE_DIRECTORY | LANYARD_SCOPE_RECEIPT,
      .not_before_s = now_s - VALID_S,
      .not_after_s = now_s + VALID_S },
    { .key = *lanyard_key_get_public (c->new_key),
      .scopes = LANYARD_SCOPE_TRUST,
      .not_before_s = now_s - VALID_S,
      .not_after_s = now_s + valid_s },
  };
  g_autoptr (LanyardTrustList) list
      = lanyard_trust_list_new (counter, now_s, keys, G_N_ELEMENTS (keys));

  return lanyard_trust_list_sign (list, signer);
}

static GBytes *
make_list (Case *c, guint64 counter, const LanyardKey *signer)
{
  return make_list_of (c, counter, signer, VALID_S);
}

static void
set_up (Case *c, gconstpointer data)
{
  c->now_s = g_get_real_time () / G_USEC_PER_SEC;
  c->fixture = sync_fixture_new ();
  sync_fixture_import (c->fixture, 0, 5);
  sync_fixture_start_hub (c->fixture);
  c->desk = sync_desk_new (c->fixture, "desk");
  c->liar = lying_hub_new (c->fixture->port);
  c->root_key = load_key (c, "root.key");
  c->hub_key = load_key (c, "hub.key");
  c->new_key = lanyard_key_generate ();
  c->root_list = make_list (c, 50, c->root_key);
  c->list = make_list (c, 60, c->new_key);
  sync_desk_make_engine (c->desk, lying_hub_get_url (c->liar));
}

static void
tear_down (Case *c, gconstpointer data)
{
  sync_desk_free (c->desk);
  lying_hub_free (c->liar);
  lanyard_key_unref (c->root_key);
  lanyard_key_unref (c->hub_key);
  lanyard_key_unref (c->new_key);
  g_bytes_unref (c->root_list);
  g_bytes_unref (c->list);
  sync_fixture_free (c->fixture);
}

/* The lists as they are by now. */
static GBytes *
lie_lists (const char *line, GBytes *truth, gpointer user_data)
{
  Case *c = user_data;

  return lying_hub_answer (200, TRUE,
                           strstr (line, "/trust-root ") != NULL ? c->root_list : c->list);
}

static void
restart (Case *c)
{
  sync_desk_restart (c->desk);
  sync_desk_make_engine (c->desk, lying_hub_get_url (c->liar));
}

static void
assert_rolled_back (Case *c)
{
  g_auto (LanyardLinkStatus) status = { 0 };

  lanyard_link_get_status (LANYARD_LINK (c->desk->engine), &status);
  g_assert_nonnull (status.problem);
  g_assert_nonnull (strstr (status.problem, "older than"));
}

static void
learn_lists (Case *c)
{
  GError *error = NULL;

  lying_hub_set_lie (c->liar, "GET /v1/lists/trust", lie_lists, c);
  sync_desk_sync (c->desk, &error);
  g_assert_no_error (error);
}

/* The root took the right to sign lists from a key. Its first list, come again, does not give it
 * back, neither now nor after a restart. */
static void
test_root_list (Case *c, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  learn_lists (c);
  lying_hub_set_lie (c->liar, NULL, NULL, NULL); /* the lists of the beginning */
  g_assert_false (sync_desk_sync (c->desk, &error));
  assert_rolled_back (c);
  g_clear_error (&error);
  restart (c);
  g_assert_false (sync_desk_sync (c->desk, &error));
  assert_rolled_back (c);
}

/* Two lists of one counter: the one in force stays, and somebody is told. */
static void
test_equal_counter (Case *c, gconstpointer data)
{
  g_auto (LanyardLinkStatus) status = { 0 };
  GError *error = NULL;

  learn_lists (c);
  g_clear_pointer (&c->list, g_bytes_unref);
  c->list = make_list (c, 60, c->new_key); /* made later, or not, and the same for the desk */
  sync_desk_sync (c->desk, &error);
  g_assert_no_error (error);
  g_clear_pointer (&c->list, g_bytes_unref);
  c->list = make_list_of (c, 60, c->new_key, VALID_S + 1);
  sync_desk_sync (c->desk, &error);
  g_assert_no_error (error);
  lanyard_link_get_status (LANYARD_LINK (c->desk->engine), &status);
  g_assert_nonnull (status.problem);
  g_assert_nonnull (strstr (status.problem, "another trust list"));
}

/* What is kept did not hold as the desk started; it holds later, and still tells what is older. */
static void
test_kept_list (Case *c, gconstpointer data)
{
  GError *error = NULL;
  g_autoptr (GBytes) root_list = NULL;

  sync_desk_sync (c->desk, &error);
  g_assert_no_error (error);
  root_list = lanyard_directory_dup_document (c->desk->store, "trust-root");
  learn_lists (c);
  lanyard_directory_put_document (c->desk->store, "trust-root", root_list, &error);
  g_assert_no_error (error);
  restart (c);
  g_clear_pointer (&c->list, g_bytes_unref);
  c->list = make_list (c, 55, c->new_key);
  sync_desk_sync (c->desk, &error);
  g_assert_no_error (error); /* a hub that was restored is of use all the same */
  assert_rolled_back (c);
}

static GBytes *
lie_nonsense (const char *line, GBytes *truth, gpointer user_data)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("\x80", 1);

  return lying_hub_answer (200, TRUE, body);
}

/* The receipt by a key that nobody knows. */
static GBytes *
lie_stranger (const char *line, GBytes *truth, gpointer user_data)
{
  Case *c = user_data;

  return lying_hub_answer (200, TRUE, c->list);
}

/* Records wait for a trust list that may be too old, and for no other list. */
static void
test_negative_unusable (Case *c, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  sync_desk_sync (c->desk, &error);
  g_assert_no_error (error);
  sync_desk_chatter (c->desk, 3);
  lying_hub_set_lie (c->liar, "PUT ", lie_stranger, c);
  g_assert_false (sync_desk_sync (c->desk, &error));
  g_clear_error (&error);
  g_assert_cmpuint (sync_desk_pending (c->desk), ==, 3);
  lying_hub_set_lie (c->liar, "GET /v1/lists/negative", lie_nonsense, NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_false (sync_desk_sync (c->desk, &error));
      g_clear_error (&error);
    }
  g_assert_cmpuint (sync_desk_pending (c->desk), ==, 0);
}

/* The hub was restored and gives the ids of alerts anew: a new conflict is not missed. */
static void
test_alerts (Case *c, gconstpointer data)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  SyncDesk *other = sync_desk_new (c->fixture, "other");
  g_autofree char *number = sync_fixture_number (3);
  g_autofree char *expected = g_strconcat ("conflict ", number, NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_auto (LanyardLinkStatus) status = { 0 };
  GError *error = NULL;

  lanyard_cbor_open_array (writer, 2);
  lanyard_cbor_write_uint (writer, 700);
  lanyard_cbor_open_array (writer, 0);
  kept = lanyard_cbor_writer_end (writer);
  lanyard_directory_put_document (c->desk->store, "alerts", kept, &error);
  g_assert_no_error (error);
  restart (c);
  sync_desk_sync (c->desk, &error);
  g_assert_no_error (error);
  lanyard_link_get_status (LANYARD_LINK (c->desk->engine), &status);
  g_assert_nonnull (status.problem);
  first = sync_desk_issue (other, number);
  second = sync_desk_issue (c->desk, number);
  sync_desk_sync (other, &error);
  g_assert_no_error (error);
  sync_desk_sync (c->desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (c->desk->alerts->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (c->desk->alerts, 0), ==, expected);
  sync_desk_free (other);
}

#define CASE(name, func)                                                                           \
  g_test_add ("/sync/client-rollback/" name, Case, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  CASE ("root-list", test_root_list);
  CASE ("equal-counter", test_equal_counter);
  CASE ("kept-list", test_kept_list);
  CASE ("negative-unusable", test_negative_unusable);
  CASE ("alerts", test_alerts);
  return g_test_run ();
}
