/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdio.h>
#include <string.h>

#include "lanyard-changes.h"
#include "lanyard-error.h"
#include "lanyard-link.h"
#include "lanyard-receipt.h"
#include "lying-hub.h"
#include "sync-fixture.h"

/* Real desks and a hub that lies, or a line that breaks. Whatever comes, no record is lost, nothing
 * false is believed, and with the truth everything is well again. */

typedef struct
{
  SyncFixture *fixture;
  SyncDesk *desk;
  LyingHub *liar;
  LanyardKey *hub_key;
} Case;

static void
set_up (Case *c, gconstpointer data)
{
  g_autofree char *key_path = NULL;

  c->fixture = sync_fixture_new ();
  sync_fixture_import (c->fixture, 0, 5);
  sync_fixture_start_hub (c->fixture);
  c->desk = sync_desk_new (c->fixture, "desk");
  c->liar = lying_hub_new (c->fixture->port);
  key_path = g_build_filename (c->fixture->hub_directory, "hub.key", NULL);
  c->hub_key = lanyard_key_load (key_path, NULL);
  sync_desk_make_engine (c->desk, lying_hub_get_url (c->liar));
  sync_desk_chatter (c->desk, 10);
}

static void
tear_down (Case *c, gconstpointer data)
{
  lanyard_key_unref (c->hub_key);
  sync_desk_free (c->desk);
  lying_hub_free (c->liar);
  sync_fixture_free (c->fixture);
}

/* Syncs and fails; returns what the screen then says. */
static char *
sync_badly (Case *c, gboolean *online)
{
  g_autoptr (GError) error = NULL;
  g_auto (LanyardLinkStatus) status = { 0 };

  g_assert_false (sync_desk_sync (c->desk, &error));
  g_assert_cmpint (error->domain, ==, LANYARD_ERROR);
  lanyard_link_get_status (LANYARD_LINK (c->desk->engine), &status);
  if (online != NULL)
    *online = status.online;
  return g_strdup (status.problem);
}

/* With the truth, everything that was made arrives, once. */
static void
end_well (Case *c, guint64 n_records)
{
  GError *error = NULL;

  lying_hub_set_lie (c->liar, NULL, NULL, NULL);
  sync_desk_restart (c->desk);
  sync_desk_make_engine (c->desk, lying_hub_get_url (c->liar));
  sync_desk_sync (c->desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sync_desk_pending (c->desk), ==, 0);
  g_assert_cmpuint (sync_fixture_count (c->fixture, "records"), ==, n_records);
  g_assert_cmpuint (lanyard_directory_get_cursor (c->desk->store), ==,
                    sync_fixture_count (c->fixture, "gseq"));
}

/* What a receipt lies about. */
typedef struct
{
  Case *c;
  guint64 through;
  LanyardHash head;
  LanyardKey *key;
  guint32 device;
} Lie;

static GBytes *
lie_receipt (const char *line, GBytes *truth, gpointer user_data)
{
  const Lie *lie = user_data;
  g_autoptr (LanyardReceipt) receipt = lanyard_receipt_new ();
  g_autoptr (GBytes) message = NULL;

  receipt->device = lie->device;
  receipt->epoch = 1;
  receipt->accepted_through = lie->through;
  receipt->head = lie->head;
  message = lanyard_receipt_sign (receipt, lie->key);
  return lying_hub_answer (200, TRUE, message);
}

static LanyardHash
hash_of (Case *c, guint64 seq)
{
  g_autoptr (GPtrArray) records = lanyard_journal_read (c->desk->journal, seq - 1, 1, NULL);

  return ((LanyardRecord *)g_ptr_array_index (records, 0))->hash;
}

static void
test_receipt_forged (Case *c, gconstpointer data)
{
  g_autoptr (LanyardKey) stranger = lanyard_key_generate ();
  Lie lie = { c, 10, hash_of (c, 10), stranger, 1 };
  gboolean online;
  g_autofree char *problem = NULL;

  lying_hub_set_lie (c->liar, "PUT ", lie_receipt, &lie);
  problem = sync_badly (c, &online);
  g_assert_nonnull (problem);
  g_assert_false (online); /* what answered is not the hub */
  g_assert_cmpuint (sync_desk_pending (c->desk), ==, 10);
  end_well (c, 10);
}

static void
test_receipt_of_another (Case *c, gconstpointer data)
{
  Lie lie = { c, 10, hash_of (c, 10), c->hub_key, 2 };
  g_autofree char *problem = NULL;

  lying_hub_set_lie (c->liar, "PUT ", lie_receipt, &lie);
  problem = sync_badly (c, NULL);
  g_assert_nonnull (problem);
  g_assert_cmpuint (sync_desk_pending (c->desk), ==, 10);
  end_well (c, 10);
}

/* The hub was restored from an old copy: alarm, and everything since is sent again. */
static void
test_receipt_lower (Case *c, gconstpointer data)
{
  Lie lie = { c, 4, hash_of (c, 4), c->hub_key, 1 };
  g_autofree char *problem = NULL;
  gboolean online;
  GError *error = NULL;

  sync_desk_sync (c->desk, &error);
  g_assert_no_error (error);
  sync_desk_chatter (c->desk, 2);
  lying_hub_set_lie (c->liar, "PUT ", lie_receipt, &lie);
  problem = sync_badly (c, &online);
  g_assert_nonnull (strstr (problem, "back from record 10 to 4"));
  g_assert_true (online);
  g_assert_cmpuint (sync_desk_pending (c->desk), ==, 8);
  g_assert_cmpuint (lying_hub_get_n_lies (c->liar), ==, 1); /* and not again and again at once */
  end_well (c, 12);
}

static void
test_receipt_beyond (Case *c, gconstpointer data)
{
  Lie lie = { c, 5000, hash_of (c, 10), c->hub_key, 1 };
  g_autofree char *problem = NULL;

  lying_hub_set_lie (c->liar, "PUT ", lie_receipt, &lie);
  problem = sync_badly (c, NULL);
  g_assert_nonnull (problem);
  g_assert_cmpuint (sync_desk_pending (c->desk), ==, 10);
  end_well (c, 10);
}

static void
test_receipt_wrong_head (Case *c, gconstpointer data)
{
  Lie lie = { c, 10, hash_of (c, 9), c->hub_key, 1 };
  g_autofree char *problem = NULL;
  g_autoptr (GError) error = NULL;

  lying_hub_set_lie (c->liar, "PUT ", lie_receipt, &lie);
  g_assert_false (sync_desk_sync (c->desk, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED); /* a person has to look */
  g_assert_cmpuint (sync_desk_pending (c->desk), ==, 10);
  end_well (c, 10);
}

/* Takes nothing, for ever: no busy loop. */
static void
test_receipt_of_nothing (Case *c, gconstpointer data)
{
  Lie lie = { c, 0, { { 0 } }, c->hub_key, 1 };
  g_autofree char *problem = NULL;

  lying_hub_set_lie (c->liar, "PUT ", lie_receipt, &lie);
  problem = sync_badly (c, NULL);
  g_assert_nonnull (problem);
  g_assert_cmpuint (lying_hub_get_n_lies (c->liar), ==, 1);
  end_well (c, 10);
}

static GBytes *
lie_hang_up (const char *line, GBytes *truth, gpointer user_data)
{
  return NULL;
}

static GBytes *
lie_cut (const char *line, GBytes *truth, gpointer user_data)
{
  return g_bytes_new_from_bytes (truth, 0, g_bytes_get_size (truth) - 10);
}

/* The hub stored everything and the answer was lost: the same again is success, and there once. */
static void
test_answer_lost (Case *c, gconstpointer data)
{
  const LyingHubFunc lies[] = { lie_hang_up, lie_cut };

  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *problem = NULL;
      gboolean online;

      lying_hub_set_lie (c->liar, "PUT ", lies[i], NULL);
      problem = sync_badly (c, &online);
      g_assert_null (problem);
      g_assert_false (online);
      g_assert_cmpuint (sync_desk_pending (c->desk), ==, 10);
      g_assert_cmpuint (sync_fixture_count (c->fixture, "records"), ==, 10);
    }
  end_well (c, 10);
}

static GBytes *
lie_status (const char *line, GBytes *truth, gpointer user_data)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("No.\n", 4);

  return lying_hub_answer (GPOINTER_TO_UINT (user_data), TRUE, body);
}

/* No status of any kind takes a record away. */
static void
test_statuses (Case *c, gconstpointer data)
{
  const guint statuses[] = { 204, 301, 400, 401, 403, 404, 405, 408, 409,
                             410, 413, 418, 422, 426, 429, 500, 502, 503 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean refused;

      g_test_message ("%u", statuses[i]);
      sync_desk_make_engine (c->desk, lying_hub_get_url (c->liar));
      lying_hub_set_lie (c->liar, "PUT ", lie_status, GUINT_TO_POINTER (statuses[i]));
      g_assert_false (sync_desk_sync (c->desk, &error));
      refused = statuses[i] == 401 || statuses[i] == 403;
      g_assert_cmpint (error->code, ==, refused ? LANYARD_ERROR_REFUSED : LANYARD_ERROR_NETWORK);
      g_assert_cmpuint (sync_desk_pending (c->desk), ==, 10);
    }
  end_well (c, 10);
}

static GBytes *
lie_portal (const char *line, GBytes *truth, gpointer user_data)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("<html>Welcome to our Wi-Fi</html>", 33);

  return lying_hub_answer (200, FALSE, body);
}

static GBytes *
lie_large (const char *line, GBytes *truth, gpointer user_data)
{
  g_autoptr (GBytes) body = g_bytes_new_take (g_malloc0 (10 << 20), 10 << 20);

  return lying_hub_answer (200, TRUE, body);
}

static GBytes *
lie_deep (const char *line, GBytes *truth, gpointer user_data)
{
  g_autoptr (GBytes) body = NULL;
  guint8 *bytes = g_malloc (60000);

  memset (bytes, 0x81, 60000);
  body = g_bytes_new_take (bytes, 60000);
  return lying_hub_answer (200, TRUE, body);
}

static GBytes *
lie_no_http (const char *line, GBytes *truth, gpointer user_data)
{
  return g_bytes_new_static ("SSH-2.0-OpenSSH_9.2\r\n", 21);
}

static GBytes *
lie_redirect (const char *line, GBytes *truth, gpointer user_data)
{
  static const char answer[] = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
                               "Content-Length: 0\r\nConnection: close\r\n\r\n";

  return g_bytes_new_static (answer, strlen (answer));
}

/* Nonsense in answer to each thing that a desk asks. */
static void
test_nonsense (Case *c, gconstpointer data)
{
  const LyingHubFunc lies[] = { lie_portal, lie_large, lie_deep, lie_no_http, lie_redirect };
  const char *const prefixes[]
      = { "PUT ", "GET /v1/changes", "GET /v1/alerts", "GET /v1/lists/negative", "GET /v1/lists/" };

  for (guint p = 0; p < G_N_ELEMENTS (prefixes); p++)
    for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
      {
        g_autoptr (GError) error = NULL;
        g_auto (LanyardLinkStatus) status = { 0 };

        g_test_message ("%s, %u", prefixes[p], i);
        sync_desk_make_engine (c->desk, lying_hub_get_url (c->liar));
        lying_hub_set_lie (c->liar, prefixes[p], lies[i], NULL);
        g_assert_false (sync_desk_sync (c->desk, &error));
        lanyard_link_get_status (LANYARD_LINK (c->desk->engine), &status);
        g_assert_false (status.online);
      }
  end_well (c, 10);
}

static GBytes *
lie_too_large (const char *line, GBytes *truth, gpointer user_data)
{
  guint *n_taken = user_data;
  g_autoptr (GBytes) body = g_bytes_new_static ("Too large.\n", 11);
  guint first, last;

  g_assert_cmpint (sscanf (line, "PUT /v1/d/1/1/rec/%u-%u", &first, &last), ==, 2);
  if (last - first + 1 > 12)
    return lying_hub_answer (413, TRUE, body);
  *n_taken += last - first + 1;
  return g_bytes_ref (truth);
}

/* A proxy with a small limit: batches shrink until they pass. */
static void
test_too_large (Case *c, gconstpointer data)
{
  guint n_taken = 0;
  GError *error = NULL;

  sync_desk_chatter (c->desk, 50);
  lying_hub_set_lie (c->liar, "PUT ", lie_too_large, &n_taken);
  sync_desk_sync (c->desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_taken, >, 0);
  g_assert_cmpuint (sync_desk_pending (c->desk), ==, 0);
  end_well (c, 60);
}

/* A page that the hub itself signed, with whatever the case wants in it. */
typedef struct
{
  Case *c;
  const char *event;
  guint64 after;
  guint64 next;
  guint64 head;
  gboolean rows;
  guint64 era; /* as the desk knows it */
} Page;

static GBytes *
lie_page (const char *line, GBytes *truth, gpointer user_data)
{
  const Page *page = user_data;
  g_autoptr (LanyardChanges) changes = lanyard_changes_new (page->event);
  g_autoptr (LanyardEntry) good = sync_fixture_entry (77);
  g_autoptr (GBytes) good_bytes = lanyard_entry_encode (good);
  g_autoptr (GBytes) bad_bytes = g_bytes_new_static ("\x80", 1);
  g_autoptr (GBytes) message = NULL;

  changes->after = page->after;
  changes->next = page->next;
  changes->head = page->head;
  changes->era = page->era;
  if (page->rows)
    {
      g_ptr_array_add (changes->rows, lanyard_changes_row_new (6, "2800000099", bad_bytes));
      g_ptr_array_add (changes->rows, lanyard_changes_row_new (7, "2800000098", good_bytes));
      g_ptr_array_add (changes->rows, lanyard_changes_row_new (8, good->number, good_bytes));
    }
  message = lanyard_changes_sign (changes, page->c->hub_key);
  return lying_hub_answer (200, TRUE, message);
}

/* Rows that cannot be understood are set aside; the row behind them arrives. One of them was set
 * aside before the power went, and nobody was told. */
static void
test_bad_rows (Case *c, gconstpointer data)
{
  g_autoptr (GBytes) bad = g_bytes_new_static ("\x80", 1);
  g_autofree char *event = NULL;
  g_auto (LanyardIdentity) identity = { 0 };
  g_autofree char *number = sync_fixture_number (77);
  g_autoptr (LanyardEntry) entry = NULL;
  Page page = { c, NULL, 5, 8, 8, TRUE };
  GError *error = NULL;

  sync_desk_sync (c->desk, &error);
  g_assert_no_error (error);
  lanyard_journal_get_identity (c->desk->journal, &identity);
  page.event = identity.event;
  page.era = lanyard_directory_get_era (c->desk->store);
  g_assert_true (
      lanyard_directory_set_aside (c->desk->store, 6, "9999999999", bad, "a power cut", &error));
  lying_hub_set_lie (c->liar, "GET /v1/changes", lie_page, &page);
  sync_desk_sync (c->desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lanyard_directory_get_cursor (c->desk->store), ==, 8);
  g_assert_cmpuint (lanyard_directory_get_set_aside (c->desk->store), ==, 2);
  /* The hub was told, once for each. */
  g_assert_cmpuint (sync_desk_pending (c->desk), ==, 0);
  g_assert_cmpuint (sync_fixture_count (c->fixture, "alarms"), ==, 2);
  entry = lanyard_directory_lookup (c->desk->store, LANYARD_LOOKUP_NUMBER, number, &error);
  g_assert_no_error (error);
}

static void
test_bad_pages (Case *c, gconstpointer data)
{
  g_auto (LanyardIdentity) identity = { 0 };
  GError *error = NULL;
  Page pages[] = {
    { c, "ANOTHER-1", 5, 8, 8, FALSE }, /* of another event */
    { c, NULL, 7, 8, 8, FALSE },        /* leaves something out */
    { c, NULL, 3, 3, 3, FALSE },        /* a hub that went back */
    { c, NULL, 2, 4, 8, FALSE },        /* goes in circles */
  };

  sync_desk_sync (c->desk, &error);
  g_assert_no_error (error);
  lanyard_journal_get_identity (c->desk->journal, &identity);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *problem = NULL;

      g_test_message ("%u", i);
      if (pages[i].event == NULL)
        pages[i].event = identity.event;
      sync_desk_make_engine (c->desk, lying_hub_get_url (c->liar));
      lying_hub_set_lie (c->liar, "GET /v1/changes", lie_page, &pages[i]);
      problem = sync_badly (c, NULL);
      g_assert_nonnull (problem);
      g_assert_cmpuint (lanyard_directory_get_cursor (c->desk->store), ==, 5);
      g_assert_cmpuint (lanyard_directory_get_size (c->desk->store), ==, 5);
    }
  end_well (c, 10);
}

#define CASE(name, func) g_test_add ("/sync/client-lies/" name, Case, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  CASE ("receipt-forged", test_receipt_forged);
  CASE ("receipt-of-another", test_receipt_of_another);
  CASE ("receipt-lower", test_receipt_lower);
  CASE ("receipt-beyond", test_receipt_beyond);
  CASE ("receipt-wrong-head", test_receipt_wrong_head);
  CASE ("receipt-of-nothing", test_receipt_of_nothing);
  CASE ("answer-lost", test_answer_lost);
  CASE ("statuses", test_statuses);
  CASE ("nonsense", test_nonsense);
  CASE ("too-large", test_too_large);
  CASE ("bad-rows", test_bad_rows);
  CASE ("bad-pages", test_bad_pages);
  return g_test_run ();
}
