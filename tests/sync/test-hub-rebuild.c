/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "hub-run.h"
#include "postgres-server.h"

/* The hub's disk is lost. From the keys, the list of desks, the roster, one desk's journal and an
 * export of the other's records comes a hub that knows the same. */

/* All that a hub knows of badges, of people, and of what is void, in words. */
static char *
describe (const char *directory)
{
  g_autoptr (LanyardHub) hub = lanyard_hub_open (directory, NULL, NULL);
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  g_autoptr (GPtrArray) entries = store->ops->list_entries (store, "", 100, NULL);
  g_autoptr (GPtrArray) badges = store->ops->read_badges (store, "", 100, NULL);
  g_autoptr (GPtrArray) lists = store->ops->list_void (store, NULL);
  g_autoptr (GPtrArray) serials = store->ops->list_void_serials (store, 100, NULL);
  g_autoptr (GArray) pickups = store->ops->list_pickups (store, 0, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < badges->len; i++)
    {
      const LanyardHubBadge *badge = g_ptr_array_index (badges, i);

      g_string_append_printf (text, "%s %s %u %u %u\n", badge->serial, badge->number, badge->device,
                              badge->sequence, badge->flags);
    }
  for (guint i = 0; i < entries->len; i++)
    {
      GBytes *entry = g_ptr_array_index (entries, i);
      g_autofree char *hex
          = lanyard_hex_encode (g_bytes_get_data (entry, NULL), g_bytes_get_size (entry));

      g_string_append_printf (text, "%s\n", hex);
    }
  for (guint i = 0; i < lists->len; i++)
    {
      const LanyardHubHolding *holding = g_ptr_array_index (lists, i);

      g_string_append_printf (text, "void %s below %u, %u open, %s\n", holding->number,
                              lanyard_hub_holding_get_lowest_valid (holding), holding->open_badges,
                              holding->disputed ? "disputed" : "fine");
    }
  for (guint i = 0; i < serials->len; i++)
    g_string_append_printf (text, "void %s\n", (const char *)g_ptr_array_index (serials, i));
  for (guint i = 0; i < pickups->len; i++)
    {
      const LanyardHubPickups *row = &g_array_index (pickups, LanyardHubPickups, i);

      g_string_append_printf (text, "%u/%u: %u\n", row->device, row->epoch, (guint)row->n);
    }
  return g_string_free (text, FALSE);
}

static void
must (HubRun *run)
{
  if (run->code != 0)
    g_error ("%s", run->err);
}

static void
test_rebuild (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *root = lanyard_hex_encode (fixture->root.bytes, LANYARD_PUBLIC_KEY_BYTES);
  g_autofree char *enrolments = g_build_filename (fixture->directory, "enrolments.jsonl", NULL);
  g_autofree char *records = g_build_filename (fixture->directory, "records.jsonl", NULL);
  g_autofree char *journal = g_build_filename (fixture->directory, "a", "journal.db", NULL);
  g_autofree char *first = sync_fixture_number (0);
  g_autofree char *second = sync_fixture_number (1);
  g_autofree char *void_serial = NULL;
  g_autofree char *serial_a = NULL;
  g_autofree char *serial_b = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) roster
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_entry_free);
  g_autoptr (GPtrArray) photos = g_ptr_array_new ();
  g_auto (HubRun) run = { 0 };
  GError *error = NULL;
  SyncDesk *a, *b;

  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (roster, sync_fixture_entry (i));
  sync_fixture_import_entries (fixture, roster, photos);
  sync_fixture_start_hub (fixture);
  a = sync_desk_new (fixture, "a");
  b = sync_desk_new (fixture, "b");
  serial_a = sync_desk_issue (a, first);
  serial_b = sync_desk_issue (b, first); /* a conflict */
  void_serial = sync_desk_issue (b, second);
  sync_desk_void (b, void_serial);
  sync_desk_chatter (a, 3);
  sync_desk_sync (a, &error);
  g_assert_no_error (error);
  sync_desk_sync (b, &error);
  g_assert_no_error (error);
  sync_fixture_stop_hub (fixture);
  HUB_RUN (&run, "export", "--dir", fixture->hub_directory, "enrolments", "-o", enrolments);
  must (&run);
  HUB_RUN (&run, "export", "--dir", fixture->hub_directory, "records", "-o", records);
  must (&run);
  before = describe (fixture->hub_directory);
  sync_desk_free (a);

  HUB_RUN (&run, "rebuild", "--dir", fixture->hub_directory, "--root", root, "--enrolments",
           enrolments, journal);
  g_assert_cmpint (run.code, ==, 1); /* never over a database that is there */
  sync_fixture_lose (fixture);
  HUB_RUN (&run, "rebuild", "--dir", fixture->hub_directory, "--root", root, "--enrolments",
           enrolments, journal, records);
  must (&run);
  g_assert_nonnull (strstr (run.out, " 0 not taken"));
  sync_fixture_import_entries (fixture, roster, photos);
  after = describe (fixture->hub_directory);
  g_assert_cmpstr (after, ==, before);

  /* The desk that was there all the time goes on with it. */
  sync_fixture_start_hub (fixture);
  sync_desk_chatter (b, 2);
  sync_desk_sync (b, &error);
  g_clear_error (&error); /* the feed began anew: an alarm, and no reason to stop */
  g_assert_cmpuint (sync_desk_pending (b), ==, 0);
  sync_desk_free (b);
  sync_fixture_free (fixture);
}

/* A record that was changed, and one whose predecessor is missing. */
static void
test_refused (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *path = g_build_filename (fixture->directory, "records.jsonl", NULL);
  g_autofree char *text = NULL;
  g_autofree char *tail = NULL;
  g_auto (HubRun) run = { 0 };
  GError *error = NULL;
  SyncDesk *desk;
  char *hex;

  sync_fixture_start_hub (fixture);
  desk = sync_desk_new (fixture, "desk");
  sync_desk_chatter (desk, 4);
  sync_desk_sync (desk, &error);
  g_assert_no_error (error);
  sync_fixture_stop_hub (fixture);
  HUB_RUN (&run, "export", "--dir", fixture->hub_directory, "records", "-o", path);
  must (&run);
  HUB_RUN (&run, "rebuild", "--dir", fixture->hub_directory, path);
  must (&run); /* all are there already */
  g_assert_cmpuint (sync_fixture_count (fixture, "records"), ==, 4);
  text = hub_read (path);
  hex = strstr (strchr (text, '\n'), "\"record\":\"") + strlen ("\"record\":\"") + 20;
  *hex = *hex == '0' ? '1' : '0';
  g_free (hub_write (fixture, "records.jsonl", text));
  HUB_RUN (&run, "rebuild", "--dir", fixture->hub_directory, path);
  g_assert_cmpint (run.code, !=, 0);
  g_assert_nonnull (strstr (run.err, "records.jsonl:2: Record 1/1/2 does not follow"));
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

static void
copy_file (SyncFixture *fixture, const char *from, const char *to)
{
  g_autofree char *source = g_build_filename (fixture->directory, from, NULL);
  g_autofree char *path = g_build_filename (fixture->directory, to, NULL);
  g_autofree char *content = NULL;
  gsize n_content;

  g_assert_true (g_file_get_contents (source, &content, &n_content, NULL));
  g_assert_true (g_file_set_contents (path, content, (gssize)n_content, NULL));
}

static LanyardJournal *
open_journal (const char *path)
{
  GError *error = NULL;
  LanyardJournal *journal = lanyard_journal_open (path, LANYARD_JOURNAL_CREATE, NULL, &error);

  g_assert_no_error (error);
  return journal;
}

/* A machine was copied with its keys, and both wrote on without a hub: two journals of one device
 * and epoch that part. The first is taken whole, the other is told of and kept whole from where it
 * parts, and the sources behind it are taken. If this fails, badges that are in people's hands are
 * in no record, or the journals of other desks are left out. */
static void
test_clone (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *root = lanyard_hex_encode (fixture->root.bytes, LANYARD_PUBLIC_KEY_BYTES);
  g_autofree char *enrolments = g_build_filename (fixture->directory, "enrolments.jsonl", NULL);
  g_autofree char *journal = g_build_filename (fixture->directory, "a", "journal.db", NULL);
  g_autofree char *clone = g_build_filename (fixture->directory, "clone.db", NULL);
  g_autofree char *third = g_build_filename (fixture->directory, "c", "journal.db", NULL);
  g_autofree char *other
      = g_build_filename (fixture->hub_directory, "other-chain-1-1-1.jsonl", NULL);
  g_autofree char *number = sync_fixture_number (0);
  g_autofree char *serial = NULL;
  g_autofree char *kept = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (HubRun) run = { 0 };
  GError *error = NULL;
  guint64 common, n_clone;
  LanyardHub *hub;
  LanyardHubCounts counts = { 0 };
  SyncDesk *a, *c, alone = { 0 };

  sync_fixture_import (fixture, 0, 3);
  sync_fixture_start_hub (fixture);
  a = sync_desk_new (fixture, "a");
  c = sync_desk_new (fixture, "c");
  sync_desk_sync (a, &error);
  g_assert_no_error (error);
  sync_desk_chatter (a, 250); /* more than is stored at a time */
  sync_desk_chatter (c, 7);
  sync_fixture_stop_hub (fixture);
  HUB_RUN (&run, "export", "--dir", fixture->hub_directory, "enrolments", "-o", enrolments);
  must (&run);
  common = lanyard_journal_get_head_seq (a->journal);
  sync_desk_free (a);
  sync_desk_free (c);
  copy_file (fixture, "a/journal.db", "clone.db");
  alone.journal = open_journal (clone);
  serial = sync_desk_issue (&alone, number);
  sync_desk_chatter (&alone, 450);
  n_clone = lanyard_journal_get_head_seq (alone.journal) - common;
  lanyard_journal_close (alone.journal);
  alone.journal = open_journal (journal);
  sync_desk_chatter (&alone, 30);
  lanyard_journal_close (alone.journal);

  sync_fixture_lose (fixture);
  HUB_RUN (&run, "rebuild", "--dir", fixture->hub_directory, "--root", root, "--enrolments",
           enrolments, journal, clone, third);
  g_assert_cmpint (run.code, !=, 0);
  g_assert_nonnull (strstr (run.err, "two machines wrote as desk 1 epoch 1"));
  hub = lanyard_hub_open (fixture->hub_directory, NULL, NULL);
  g_assert_true (
      lanyard_hub_get_store (hub)->ops->count (lanyard_hub_get_store (hub), &counts, NULL));
  g_assert_cmpuint (counts.records, ==, common + 30 + 7);
  g_assert_cmpuint (counts.alarms, ==, 1);
  lanyard_hub_close (hub);
  kept = hub_read (other);
  lines = g_strsplit (kept, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, n_clone + 1);
  g_assert_nonnull (strstr (lines[0], "\"seq\":"));
  g_assert_cmpuint (g_ascii_strtoull (strstr (lines[0], "\"seq\":") + 6, NULL, 10), ==, common + 1);
  sync_fixture_free (fixture);
}

int
main (int argc, char **argv)
{
  if (postgres_server_skip ())
    return 0;
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sync/hub-rebuild/rebuild", test_rebuild);
  g_test_add_func ("/sync/hub-rebuild/refused", test_refused);
  g_test_add_func ("/sync/hub-rebuild/clone", test_clone);
  return g_test_run ();
}
