/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-error.h"
#include "lanyard-link.h"
#include "postgres-server.h"
#include "sync-fixture.h"

/* A real hub and real desks that mean well. */

static void
assert_entry (SyncDesk *desk, const char *number, guint32 open_badges, gboolean disputed)
{
  GError *error = NULL;
  g_autoptr (LanyardEntry) entry
      = lanyard_directory_lookup (desk->store, LANYARD_LOOKUP_NUMBER, number, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (entry->issued.open_badges, ==, open_badges);
  g_assert_cmpint (entry->issued.disputed, ==, disputed);
}

static void
sync_well (SyncDesk *desk)
{
  GError *error = NULL;

  sync_desk_sync (desk, &error);
  g_assert_no_error (error);
}

static void
test_round (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *number = sync_fixture_number (7);
  g_autofree char *serial = NULL;
  g_auto (LanyardLinkStatus) status = { 0 };
  SyncDesk *desk;

  sync_fixture_import (fixture, 0, 600); /* two segments and a tail */
  sync_fixture_start_hub (fixture);
  desk = sync_desk_new (fixture, "desk");
  serial = sync_desk_issue (desk, number);
  g_assert_cmpint (serial[0], ==, 'K');
  g_assert_cmpuint (sync_desk_pending (desk), ==, 4);

  sync_well (desk);
  g_assert_cmpuint (sync_desk_pending (desk), ==, 0);
  g_assert_cmpuint (lanyard_directory_get_size (desk->store), ==, 600);
  g_assert_cmpuint (lanyard_directory_get_cursor (desk->store), ==, 601); /* and the issued fact */
  assert_entry (desk, number, 1, FALSE);
  g_assert_cmpuint (sync_fixture_count (fixture, "records"), ==, 4);
  g_assert_cmpuint (sync_fixture_count (fixture, "quarantined"), ==, 0);

  lanyard_link_get_status (LANYARD_LINK (desk->engine), &status);
  g_assert_true (status.enrolled);
  g_assert_null (status.problem);
  g_assert_cmpint (status.negative_list_issued_s, >, 0);
  g_assert_cmpuint (status.open_alerts, ==, 0);
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

static void
test_large_outbox (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  SyncDesk *desk;

  sync_fixture_start_hub (fixture);
  desk = sync_desk_new (fixture, "desk");
  sync_desk_chatter (desk, 400); /* 50, 100, 200, 50 */
  sync_well (desk);
  g_assert_cmpuint (sync_desk_pending (desk), ==, 0);
  g_assert_cmpuint (sync_fixture_count (fixture, "records"), ==, 400);
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

/* The hub goes away and comes back, without its memory; nothing is lost, nothing is there twice. */
static void
test_hub_restart (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *number = sync_fixture_number (1);
  g_autofree char *serial = NULL;
  g_auto (LanyardLinkStatus) status = { 0 };
  GError *error = NULL;
  SyncDesk *desk;

  sync_fixture_import (fixture, 0, 10);
  sync_fixture_start_hub (fixture);
  desk = sync_desk_new (fixture, "desk");
  sync_well (desk);
  sync_fixture_stop_hub (fixture);

  serial = sync_desk_issue (desk, number);
  g_assert_false (sync_desk_sync (desk, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK);
  g_clear_error (&error);
  lanyard_link_get_status (LANYARD_LINK (desk->engine), &status);
  g_assert_false (status.online);
  g_assert_cmpuint (status.pending, ==, 4);
  g_assert_cmpint (status.oldest_pending_us, >, 0);
  g_assert_null (status.problem); /* no line is nothing that a person has to solve */

  sync_fixture_import (fixture, 10, 10); /* while nobody serves it */
  sync_fixture_start_hub (fixture);
  sync_well (desk);
  g_assert_cmpuint (sync_desk_pending (desk), ==, 0);
  g_assert_cmpuint (lanyard_directory_get_size (desk->store), ==, 20);
  g_assert_cmpuint (sync_fixture_count (fixture, "records"), ==, 4);
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

static void
test_desk_restart (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *number = sync_fixture_number (3);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  SyncDesk *desk;

  sync_fixture_import (fixture, 0, 300);
  sync_fixture_start_hub (fixture);
  desk = sync_desk_new (fixture, "desk");
  first = sync_desk_issue (desk, number);
  sync_desk_restart (desk);
  sync_well (desk);
  sync_desk_restart (desk);
  g_assert_cmpuint (sync_desk_pending (desk), ==, 0);
  g_assert_cmpuint (lanyard_directory_get_size (desk->store), ==, 300);
  sync_desk_void (desk, first);
  second = sync_desk_issue (desk, number);
  sync_well (desk);
  g_assert_cmpuint (sync_fixture_count (fixture, "records"), ==, 9);
  g_assert_cmpuint (sync_fixture_count (fixture, "open_badges"), ==, 1);
  assert_entry (desk, number, 1, FALSE);
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

static void
assert_alerts (SyncDesk *desk, const char *expected, const char *number)
{
  g_autofree char *alert = g_strdup_printf ("%s %s", expected, number);

  g_assert_cmpuint (desk->alerts->len, >, 0);
  g_assert_cmpstr (g_ptr_array_index (desk->alerts, desk->alerts->len - 1), ==, alert);
}

/* Two desks that cannot see each other hand out the same accreditation. */
static void
test_double_issue (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *number = sync_fixture_number (42);
  g_autofree char *serial_a = NULL;
  g_autofree char *serial_b = NULL;
  g_auto (LanyardLinkStatus) status = { 0 };
  SyncDesk *a, *b, *c;

  sync_fixture_import (fixture, 0, 100);
  sync_fixture_start_hub (fixture);
  a = sync_desk_new (fixture, "a");
  b = sync_desk_new (fixture, "b");
  c = sync_desk_new (fixture, "c");
  sync_well (a);
  sync_well (b);
  sync_fixture_stop_hub (fixture);
  serial_a = sync_desk_issue (a, number);
  serial_b = sync_desk_issue (b, number);
  g_assert_cmpstr (serial_a, !=, serial_b);
  sync_fixture_start_hub (fixture);

  sync_well (a);
  assert_entry (a, number, 1, FALSE);
  g_assert_cmpuint (a->alerts->len, ==, 0);
  sync_well (b);
  assert_entry (b, number, 2, TRUE);
  assert_alerts (b, "conflict", number);
  sync_well (a);
  assert_entry (a, number, 2, TRUE);
  assert_alerts (a, "conflict", number);
  sync_well (c);
  assert_entry (c, number, 2, TRUE);        /* everybody sees the dispute */
  g_assert_cmpuint (c->alerts->len, ==, 0); /* it is not about a badge of theirs */
  g_assert_cmpuint (sync_fixture_count (fixture, "disputed"), ==, 1);
  lanyard_link_get_status (LANYARD_LINK (a->engine), &status);
  g_assert_cmpuint (status.open_alerts, ==, 1);

  sync_desk_restart (a);
  lanyard_link_status_clear (&status);
  lanyard_link_get_status (LANYARD_LINK (a->engine), &status);
  g_assert_cmpuint (status.open_alerts, ==, 1);

  sync_desk_void (b, serial_b); /* somebody decided */
  sync_well (b);
  assert_alerts (b, "resolved", number);
  sync_well (a);
  assert_alerts (a, "resolved", number);
  assert_entry (a, number, 1, FALSE);
  lanyard_link_status_clear (&status);
  lanyard_link_get_status (LANYARD_LINK (a->engine), &status);
  g_assert_cmpuint (status.open_alerts, ==, 0);
  g_assert_cmpuint (sync_fixture_count (fixture, "disputed"), ==, 0);
  sync_desk_free (a);
  sync_desk_free (b);
  sync_desk_free (c);
  sync_fixture_free (fixture);
}

/* A reissue at one desk is no conflict, and a badge that never came out is none. */
static void
test_no_false_conflict (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *number = sync_fixture_number (5);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  SyncDesk *a, *b;

  sync_fixture_import (fixture, 0, 10);
  sync_fixture_start_hub (fixture);
  a = sync_desk_new (fixture, "a");
  b = sync_desk_new (fixture, "b");
  sync_desk_issue_nothing (a, number);
  first = sync_desk_issue (a, number);
  sync_desk_void (a, first);
  second = sync_desk_issue (a, number);
  sync_desk_issue_nothing (b, number);
  sync_well (a);
  sync_well (b);
  g_assert_cmpuint (sync_fixture_count (fixture, "disputed"), ==, 0);
  g_assert_cmpuint (sync_fixture_count (fixture, "open_badges"), ==, 1);
  g_assert_cmpuint (a->alerts->len + b->alerts->len, ==, 0);
  sync_desk_free (a);
  sync_desk_free (b);
  sync_fixture_free (fixture);
}

typedef struct
{
  SyncDesk *desk;
  guint64 size;
  guint64 cursor;
} Wanted;

static gboolean
has_all (gpointer data)
{
  Wanted *wanted = data;

  return sync_desk_pending (wanted->desk) == 0
         && lanyard_directory_get_size (wanted->desk->store) >= wanted->size
         && lanyard_directory_get_cursor (wanted->desk->store) >= wanted->cursor;
}

/* The engine as it runs all day: long poll, nudge, and a hub that comes and goes. */
static void
test_all_day (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *number = sync_fixture_number (2);
  g_autofree char *serial = NULL;
  Wanted wanted = { 0 };
  gint64 started_us;
  SyncDesk *desk;

  sync_fixture_import (fixture, 0, 5);
  sync_fixture_start_hub (fixture);
  desk = sync_desk_new (fixture, "desk");
  wanted.desk = desk;
  wanted.size = 5;
  lanyard_link_start (LANYARD_LINK (desk->engine));
  sync_wait_for (has_all, &wanted, 10);

  started_us = g_get_monotonic_time ();
  sync_fixture_import (fixture, 5, 1); /* reaches the desk through its long poll */
  wanted.size = 6;
  sync_wait_for (has_all, &wanted, 10);
  g_assert_cmpint (g_get_monotonic_time () - started_us, <, 10 * G_USEC_PER_SEC);

  serial = sync_desk_issue (desk, number); /* while the long poll is out */
  lanyard_link_nudge (LANYARD_LINK (desk->engine));
  wanted.cursor = 7;
  sync_wait_for (has_all, &wanted, 10);
  g_assert_cmpuint (sync_fixture_count (fixture, "records"), ==, 4);

  sync_fixture_stop_hub (fixture);
  sync_desk_chatter (desk, 3);
  lanyard_link_nudge (LANYARD_LINK (desk->engine));
  sync_fixture_start_hub (fixture);
  sync_fixture_import (fixture, 6, 1);
  wanted.size = 7;
  sync_wait_for (has_all, &wanted, 30);
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

/* Every row of the demo's roster has a change of its own, so there are as many rows as the cursor
 * says, at every moment: they are committed together. */
static void
test_cursor_and_rows (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  SyncDesk *desk;

  sync_fixture_import (fixture, 0, 600);
  sync_fixture_start_hub (fixture);
  desk = sync_desk_new (fixture, "desk");
  lanyard_link_start (LANYARD_LINK (desk->engine));
  while (lanyard_directory_get_size (desk->store) < 600)
    {
      g_assert_cmpuint (lanyard_directory_get_size (desk->store), ==,
                        lanyard_directory_get_cursor (desk->store));
      g_main_context_iteration (NULL, TRUE);
    }
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

static void
test_photos (void)
{
  static const char pixels[] = "\xff\xd8\xff made up";
  SyncFixture *fixture = sync_fixture_new ();
  g_autoptr (GBytes) photo = g_bytes_new_static (pixels, sizeof pixels);
  g_autoptr (GBytes) hash = lanyard_photo_hash (photo);
  g_autoptr (GBytes) missing = g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32);
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_entry_free);
  g_autoptr (GPtrArray) photos = g_ptr_array_new ();
  g_autoptr (GBytes) here = NULL;
  SyncDesk *desk;

  g_ptr_array_add (entries, sync_fixture_entry (0));
  g_ptr_array_add (entries, sync_fixture_entry (1));
  ((LanyardEntry *)g_ptr_array_index (entries, 0))->photo_hash = g_bytes_ref (hash);
  ((LanyardEntry *)g_ptr_array_index (entries, 1))->photo_hash = g_bytes_ref (missing);
  g_ptr_array_add (photos, photo);
  sync_fixture_import_entries (fixture, entries, photos);
  sync_fixture_start_hub (fixture);
  desk = sync_desk_new (fixture, "desk");
  sync_well (desk); /* the photo that the hub does not have keeps nobody waiting */
  here = lanyard_directory_dup_photo (desk->store, hash, NULL);
  g_assert_true (here != NULL && g_bytes_equal (here, photo));
  g_assert_false (lanyard_directory_has_photo (desk->store, missing));
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

static void
test_not_enrolled (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  SyncDesk *desk = sync_desk_new_bare (fixture, "desk");
  g_auto (LanyardLinkStatus) status = { 0 };
  GError *error = NULL;

  sync_desk_make_engine (desk, "http://127.0.0.1:1");
  lanyard_link_start (LANYARD_LINK (desk->engine));
  lanyard_link_nudge (LANYARD_LINK (desk->engine));
  lanyard_link_get_status (LANYARD_LINK (desk->engine), &status);
  g_assert_false (status.enrolled);
  g_assert_false (status.online);
  g_assert_false (sync_desk_sync (desk, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
  g_clear_error (&error);
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
  g_test_add_func ("/sync/engine/round", test_round);
  g_test_add_func ("/sync/engine/large-outbox", test_large_outbox);
  g_test_add_func ("/sync/engine/hub-restart", test_hub_restart);
  g_test_add_func ("/sync/engine/desk-restart", test_desk_restart);
  g_test_add_func ("/sync/engine/double-issue", test_double_issue);
  g_test_add_func ("/sync/engine/no-false-conflict", test_no_false_conflict);
  g_test_add_func ("/sync/engine/all-day", test_all_day);
  g_test_add_func ("/sync/engine/cursor-and-rows", test_cursor_and_rows);
  g_test_add_func ("/sync/engine/photos", test_photos);
  g_test_add_func ("/sync/engine/not-enrolled", test_not_enrolled);
  return g_test_run ();
}
