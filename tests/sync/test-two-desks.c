/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Two whole desks, session and all, over a real hub. If this fails, a badge that was replaced at
 * one desk is good at another, or two desks that gave one person two badges never agree which of
 * them is good. */

#include "fake-printer.h"
#include "lanyard-credential.h"
#include "lanyard-session.h"
#include "lanyard-staff.h"
#include "sync-fixture.h"

#define PIN "258025"
#define PERSON 3

typedef struct
{
  SyncDesk *desk;
  LanyardConfig *config;
  LanyardPack *pack;
  FakePrinter *printer;
  LanyardSession *session;
  LanyardView *view;
} Whole;

typedef struct
{
  SyncFixture *fixture;
  char *number;
  Whole *a;
  Whole *b;
} World;

static void
on_view (LanyardView *view, gpointer user_data)
{
  Whole *whole = user_data;

  if (whole->view != NULL)
    lanyard_view_unref (whole->view);
  whole->view = lanyard_view_ref (view);
}

static LanyardConfig *
make_config (SyncFixture *fixture, SyncDesk *desk)
{
  LanyardConfig *config = g_new0 (LanyardConfig, 1);

  config->path = g_build_filename (desk->directory, "desk.conf", NULL);
  config->state_dir = g_strdup (desk->directory);
  config->pack_dir = g_build_filename (fixture->hub_directory, "pack", NULL);
  config->venue = g_strdup (fixture->venue);
  config->name = g_strdup ("Desk");
  config->mode = LANYARD_MODE_STAFF;
  config->root_key = lanyard_hex_encode (fixture->root.bytes, LANYARD_PUBLIC_KEY_BYTES);
  config->hub_urls = g_new0 (char *, 1);
  config->printer_uri = g_strdup ("file:none");
  config->scan_back = TRUE;
  config->idle_s = 600;
  return config;
}

static Whole *
whole_new (SyncFixture *fixture, const char *name)
{
  Whole *whole = g_new0 (Whole, 1);
  LanyardSessionParts parts = { .clock = lanyard_clock_system () };
  GError *error = NULL;

  whole->desk = sync_desk_new (fixture, name);
  whole->config = make_config (fixture, whole->desk);
  whole->pack = lanyard_pack_load (whole->config->pack_dir, &fixture->root,
                                   g_get_real_time () / G_USEC_PER_SEC, &error);
  g_assert_no_error (error);
  whole->printer = fake_printer_new ();
  sync_desk_sync (whole->desk, &error);
  g_assert_no_error (error);
  parts.config = whole->config;
  parts.pack = whole->pack;
  parts.journal = whole->desk->journal;
  parts.directory = whole->desk->store;
  parts.printer = LANYARD_PRINTER (whole->printer);
  parts.desk_key = whole->desk->key;
  whole->session = lanyard_session_new (&parts, on_view, whole);
  lanyard_session_start (whole->session);
  lanyard_staff_set_pin (whole->config->state_dir, PIN, &error);
  g_assert_no_error (error);
  lanyard_session_sign_in (whole->session, PIN);
  g_assert_true (whole->view->staff_signed_in);
  return whole;
}

static void
whole_free (Whole *whole)
{
  lanyard_session_free (whole->session);
  lanyard_view_unref (whole->view);
  g_object_unref (whole->printer);
  lanyard_pack_unref (whole->pack);
  lanyard_config_free (whole->config);
  sync_desk_free (whole->desk);
  g_free (whole);
}

static LanyardEntry *
make_entry (void)
{
  LanyardEntry *entry = sync_fixture_entry (PERSON);

  g_free (entry->category);
  entry->category = g_strdup ("PLAYER");
  lanyard_entry_add_clearance (entry, "identity", LANYARD_CLEARANCE_CLEAR);
  lanyard_entry_add_clearance (entry, "picture", LANYARD_CLEARANCE_CLEAR);
  return entry;
}

static void
set_up (World *world, gconstpointer data)
{
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_entry_free);

  world->fixture = sync_fixture_new ();
  world->number = sync_fixture_number (PERSON);
  g_ptr_array_add (entries, make_entry ());
  sync_fixture_import_entries (world->fixture, entries, NULL);
  sync_fixture_start_hub (world->fixture);
  world->a = whole_new (world->fixture, "a");
  world->b = whole_new (world->fixture, "b");
}

static void
tear_down (World *world, gconstpointer data)
{
  whole_free (world->a);
  whole_free (world->b);
  g_free (world->number);
  sync_fixture_free (world->fixture);
}

/* The desk's line is up for a moment. */
static void
meet (Whole *whole)
{
  GError *error = NULL;

  /* What went up may come down only with the next round. */
  for (guint i = 0; i < 2; i++)
    {
      sync_desk_sync (whole->desk, &error);
      g_assert_no_error (error);
    }
  lanyard_session_take_lists (whole->session);
}

static void
press (Whole *whole, LanyardInput input)
{
  lanyard_session_input (whole->session, input, whole->view->question, NULL);
}

static void
scan (Whole *whole, const char *text)
{
  g_autoptr (LanyardScan) scan
      = lanyard_scan_new (LANYARD_SYMBOLOGY_QR, LANYARD_SCAN_SOURCE_CAMERA, text, strlen (text));

  lanyard_session_scan (whole->session, scan);
}

/* The code on a badge. @maker: whose key signed it */
static char *
make_code (Whole *maker, const char *number, const char *serial, guint32 sequence)
{
  g_autoptr (LanyardClaims) claims = lanyard_claims_new ();
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  claims->kind = LANYARD_CREDENTIAL_BADGE;
  claims->event = g_strdup (lanyard_pack_get_event (maker->pack));
  claims->number = g_strdup (number);
  claims->serial = g_strdup (serial);
  claims->sequence = sequence;
  claims->category = g_strdup ("PLAYER");
  claims->issued_s = now_s;
  claims->expires_s = now_s + 86400;
  return lanyard_credential_sign (claims, maker->desk->key);
}

static void
show (Whole *whole, const char *number)
{
  lanyard_session_open_person (whole->session, number);
  g_assert_cmpstr (lanyard_page_to_string (whole->view->page), ==, "staff");
}

/* From the printer to the hand. Returns: (transfer full): code of the badge */
static char *
finish (Whole *whole, const char *number, guint32 sequence)
{
  const char *serial = fake_printer_get_last (whole->printer);
  g_autofree char *code = make_code (whole, number, serial, sequence);

  fake_printer_say (whole->printer, LANYARD_PRINT_SPOOLED);
  fake_printer_say (whole->printer, LANYARD_PRINT_COMPLETED);
  scan (whole, code);
  g_assert_cmpstr (lanyard_page_to_string (whole->view->page), ==, "done");
  press (whole, LANYARD_INPUT_DONE);
  return g_steal_pointer (&code);
}

static char *
issue (Whole *whole, const char *number)
{
  show (whole, number);
  g_assert_true (whole->view->can_issue);
  press (whole, LANYARD_INPUT_CONFIRM);
  return finish (whole, number, 1);
}

static void
act (Whole *whole,
     LanyardStaffActionKind kind,
     const char *number,
     const char *serial,
     guint reason)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (kind);

  action->number = g_strdup (number);
  action->serial = g_strdup (serial);
  action->reason = reason;
  lanyard_session_act (whole->session, action);
}

static char *
reissue (Whole *whole, const char *number, guint32 sequence)
{
  show (whole, number);
  g_assert_true (whole->view->can_reissue);
  act (whole, LANYARD_ACT_REISSUE, number, whole->view->badge_serial, LANYARD_VOID_DAMAGED);
  g_assert_cmpstr (lanyard_page_to_string (whole->view->page), ==, "printing");
  return finish (whole, number, sequence);
}

static void
assert_verified (Whole *whole, const char *code, LanyardVerificationAnswer expected)
{
  act (whole, LANYARD_ACT_OPEN_VERIFY, NULL, NULL, 0);
  g_assert_cmpstr (lanyard_page_to_string (whole->view->page), ==, "verify");
  scan (whole, code);
  g_assert_cmpint (whole->view->checked->answer, ==, expected);
  press (whole, LANYARD_INPUT_DONE);
}

/* What a badge does where somebody wants to collect with it. */
static void
assert_pickup (Whole *whole, const char *code, const char *number, gboolean is_void)
{
  lanyard_session_open_person (whole->session, number);
  press (whole, LANYARD_INPUT_CANCEL);
  scan (whole, code);
  if (is_void)
    g_assert_cmpint (whole->view->notice, ==, LANYARD_NOTICE_VOID_BADGE);
  else
    {
      g_assert_nonnull (whole->view->entry);
      g_assert_true (lanyard_verdict_has (&whole->view->verdict, LANYARD_REASON_ALREADY_ISSUED));
      press (whole, LANYARD_INPUT_CANCEL);
    }
}

/* A badge is lost and made anew at A; B hears of it with its line up, or when the line is back. */
static void
test_reissue (World *world, gconstpointer data)
{
  gboolean cut_off = GPOINTER_TO_INT (data);
  g_autofree char *old = issue (world->a, world->number);
  g_autofree char *new = NULL;

  meet (world->a);
  meet (world->b);
  assert_verified (world->b, old, LANYARD_VERIFICATION_GENUINE);
  new = reissue (world->a, world->number, 2);
  assert_verified (world->a, old, LANYARD_VERIFICATION_VOID);
  assert_verified (world->a, new, LANYARD_VERIFICATION_GENUINE);
  meet (world->a);
  if (cut_off)
    {
      /* B cannot know, and says how old its list is. */
      assert_verified (world->b, old, LANYARD_VERIFICATION_GENUINE);
      sync_fixture_stop_hub (world->fixture);
      g_assert_false (sync_desk_sync (world->b->desk, NULL));
      assert_verified (world->b, old, LANYARD_VERIFICATION_GENUINE);
      sync_fixture_start_hub (world->fixture);
    }
  meet (world->b);
  assert_verified (world->b, old, LANYARD_VERIFICATION_VOID);
  assert_verified (world->b, new, LANYARD_VERIFICATION_GENUINE);
  assert_pickup (world->b, old, world->number, TRUE);
  assert_pickup (world->b, new, world->number, FALSE);
}

static void
assert_disputed (Whole *whole, const char *number, gboolean disputed)
{
  show (whole, number);
  g_assert_cmpint (lanyard_verdict_has (&whole->view->verdict, LANYARD_REASON_DISPUTED), ==,
                   disputed);
  g_assert_cmpint (whole->view->can_resolve, ==, disputed);
}

/* Both desks without a line; then both hear of it, one decides, and both end equal. */
static void
test_double_pickup (World *world, gconstpointer data)
{
  g_autofree char *of_a = issue (world->a, world->number);
  g_autofree char *of_b = issue (world->b, world->number);
  g_autofree char *serial_a = g_strdup (fake_printer_get_last (world->a->printer));
  g_autofree char *anew = NULL;
  Whole *both[2] = { world->a, world->b };

  meet (world->a);
  meet (world->b);
  meet (world->a);
  for (guint i = 0; i < 2; i++)
    {
      const LanyardDispute *dispute;

      assert_disputed (both[i], world->number, TRUE);
      dispute = both[i]->view->entry->dispute;
      g_assert_cmpuint (dispute->sides->len, ==, 2);
      g_assert_cmpstr (((LanyardSide *)g_ptr_array_index (dispute->sides, 0))->serial, ==,
                       serial_a);
      g_assert_false (both[i]->view->can_reissue);
    }

  /* B's supervisor lets A's badge stay. */
  act (world->b, LANYARD_ACT_RESOLVE, world->number, serial_a, LANYARD_RESOLVE_RETURNED);
  g_assert_cmpint (world->b->view->notice, ==, LANYARD_NOTICE_RESOLVED);
  assert_verified (world->b, of_b, LANYARD_VERIFICATION_VOID);
  meet (world->b);
  meet (world->a);
  for (guint i = 0; i < 2; i++)
    {
      assert_disputed (both[i], world->number, FALSE);
      g_assert_cmpstr (both[i]->view->badge_serial, ==, serial_a);
      g_assert_true (both[i]->view->can_reissue);
      assert_verified (both[i], of_a, LANYARD_VERIFICATION_GENUINE);
      assert_verified (both[i], of_b, LANYARD_VERIFICATION_VOID);
    }

  /* And the badge that stays can be made anew, at the desk that made the other one. */
  anew = reissue (world->b, world->number, 2);
  meet (world->b);
  meet (world->a);
  for (guint i = 0; i < 2; i++)
    {
      assert_disputed (both[i], world->number, FALSE);
      assert_verified (both[i], of_a, LANYARD_VERIFICATION_VOID);
      assert_verified (both[i], anew, LANYARD_VERIFICATION_GENUINE);
    }
}

#define ADD(name, data, func)                                                                      \
  g_test_add ("/sync/two-desks/" name, World, GINT_TO_POINTER (data), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  ADD ("reissue", FALSE, test_reissue);
  ADD ("reissue-cut-off", TRUE, test_reissue);
  ADD ("double-pickup", FALSE, test_double_pickup);
  return g_test_run ();
}
