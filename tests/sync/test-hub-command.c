/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "hub-run.h"
#include "postgres-server.h"
#include "sync-fixture.h"

/* The program lanyard-hub itself: words, exit codes, and how it ends. */

static void
test_words (void)
{
  g_auto (HubRun) ran = { 0 };

  HUB_RUN (&ran, "--version");
  g_assert_cmpint (ran.code, ==, 0);
  g_assert_true (g_str_has_prefix (ran.out, "lanyard-hub "));
  HUB_RUN (&ran, "--help");
  g_assert_cmpint (ran.code, ==, 0);
  g_assert_nonnull (strstr (ran.out, "serve"));
  HUB_RUN (&ran, "fly");
  g_assert_cmpint (ran.code, ==, 2);
  HUB_RUN (&ran, "serve");
  g_assert_cmpint (ran.code, ==, 2);
  HUB_RUN (&ran, "serve", "--colour", "red");
  g_assert_cmpint (ran.code, ==, 2);
  HUB_RUN (&ran, "status", "--dir", "/nowhere/at/all");
  g_assert_cmpint (ran.code, ==, 1);
  HUB_RUN (&ran, "init", "--dir", "/nowhere/at/all", "--pack", "/nowhere");
  g_assert_cmpint (ran.code, ==, 1);
}

static void
test_init_twice (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *pack = g_build_filename (fixture->hub_directory, "pack", NULL);
  g_auto (HubRun) ran = { 0 };

  HUB_RUN (&ran, "init", "--dir", fixture->hub_directory, "--pack", pack);
  g_assert_cmpint (ran.code, ==, 1);
  g_assert_nonnull (strstr (ran.err, "already"));
  sync_fixture_free (fixture);
}

static char *
write_roster (SyncFixture *fixture, const char *const *lines)
{
  g_autofree char *text = g_strjoinv ("\n", (char **)lines);
  char *path = g_build_filename (fixture->directory, "roster.jsonl", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
test_import (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autoptr (LanyardEntry) first = sync_fixture_entry (0);
  g_autoptr (LanyardEntry) second = sync_fixture_entry (1);
  g_autofree char *first_line = lanyard_entry_to_json (first);
  g_autofree char *second_line = lanyard_entry_to_json (second);
  const char *lines[]
      = { first_line, "{\"number\": 7}", second_line, first_line, "", "nonsense", NULL };
  g_autofree char *roster = write_roster (fixture, lines);
  g_auto (HubRun) ran = { 0 };

  HUB_RUN (&ran, "import", "--dry-run", roster);
  g_assert_cmpint (ran.code, ==, 1);
  g_assert_cmpuint (sync_fixture_count (fixture, "entries"), ==, 0);
  HUB_RUN (&ran, "import", "--dir", fixture->hub_directory, roster);
  g_assert_cmpint (ran.code, ==, 1); /* the good lines are in, and the bad ones told */
  g_assert_nonnull (strstr (ran.err, "roster.jsonl:2: "));
  g_assert_nonnull (strstr (ran.err, "roster.jsonl:4: "));
  g_assert_nonnull (strstr (ran.err, "roster.jsonl:6: "));
  g_assert_null (strstr (ran.err, "Test Person"));
  g_assert_cmpuint (sync_fixture_count (fixture, "entries"), ==, 2);
  lines[1] = NULL;
  g_free (roster);
  roster = write_roster (fixture, lines);
  HUB_RUN (&ran, "import", "--dir", fixture->hub_directory, roster);
  g_assert_cmpint (ran.code, ==, 0);
  g_assert_true (g_str_has_prefix (ran.out, "0 added, 0 changed, 1 as before"));
  HUB_RUN (&ran, "invite", "--dir", fixture->hub_directory, first->number);
  g_assert_cmpint (ran.code, ==, 0);
  g_assert_nonnull (strstr (ran.out, "\"LY1:"));
  HUB_RUN (&ran, "invite", "--pre-valid", "--dir", fixture->hub_directory, first->number);
  g_assert_cmpint (ran.code, ==, 0);
  g_assert_nonnull (strstr (ran.out, "\"PV-0000001"));
  HUB_RUN (&ran, "invite", "--dir", fixture->hub_directory, "NOBODY");
  g_assert_cmpint (ran.code, ==, 1);
  sync_fixture_free (fixture);
}

/* What a person mistypes must not cost the hub its key or its records, nor anybody a roster. */
static void
test_files (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autoptr (LanyardEntry) entry = sync_fixture_entry (0);
  g_autofree char *line = lanyard_entry_to_json (entry);
  const char *lines[] = { line, "nonsense", NULL };
  g_autofree char *roster = write_roster (fixture, lines);
  g_autofree char *key = g_build_filename (fixture->hub_directory, "hub.key", NULL);
  g_autofree char *database = g_build_filename (fixture->hub_directory, "hub.db", NULL);
  g_autofree char *link = g_build_filename (fixture->directory, "link", NULL);
  g_autofree char *export = g_build_filename (fixture->directory, "export.jsonl", NULL);
  g_autofree char *before = hub_read (key);
  g_autofree char *after = NULL, *left = NULL;
  g_auto (HubRun) ran = { 0 };
  GStatBuf info;

  g_assert_cmpint (symlink (key, link), ==, 0);
  HUB_RUN (&ran, "import", "--dir", fixture->hub_directory, "--rejected", roster, roster);
  g_assert_cmpint (ran.code, ==, 2);
  HUB_RUN (&ran, "enrol", "--dir", fixture->hub_directory, "--venue", fixture->venue, "--png", key);
  g_assert_cmpint (ran.code, ==, 2);
  HUB_RUN (&ran, "invite", "--dir", fixture->hub_directory, "-o", key);
  g_assert_cmpint (ran.code, ==, 2);
  HUB_RUN (&ran, "export", "--dir", fixture->hub_directory, "deeds", "-o", link);
  g_assert_cmpint (ran.code, ==, 2);
  if (g_file_test (database, G_FILE_TEST_EXISTS))
    {
      HUB_RUN (&ran, "export", "--dir", fixture->hub_directory, "deeds", "-o", database);
      g_assert_cmpint (ran.code, ==, 2);
    }
  after = hub_read (key);
  g_assert_cmpstr (after, ==, before);
  left = hub_read (roster);
  g_assert_true (g_str_has_prefix (left, line));
  HUB_RUN (&ran, "import", "--dir", fixture->hub_directory, roster);
  g_assert_cmpint (ran.code, ==, 1);
  g_assert_cmpuint (sync_fixture_count (fixture, "entries"), ==, 1);

  /* Invitations open doors; an export that is whole takes the place of the one before. */
  g_assert_true (g_file_set_contents (export, "the one before", -1, NULL));
  HUB_RUN (&ran, "invite", "--dir", fixture->hub_directory, "-o", export, entry->number);
  g_assert_cmpint (ran.code, ==, 0);
  g_assert_cmpint (g_stat (export, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_free (left);
  left = hub_read (export);
  g_assert_true (g_str_has_prefix (left, "{\"number\""));
  sync_fixture_free (fixture);
}

/* The picture of a code that opens a door is for the account alone, whatever lay there before. */
static void
test_png (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *png = g_build_filename (fixture->directory, "code.png", NULL);
  g_autofree char *content = NULL;
  g_auto (HubRun) ran = { 0 };
  GStatBuf info;

  for (guint i = 0; i < 2; i++)
    {
      HUB_RUN (&ran, "enrol", "--dir", fixture->hub_directory, "--venue", fixture->venue, "--png",
               png);
      g_assert_cmpint (ran.code, ==, 0);
      g_assert_cmpint (g_stat (png, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
      g_clear_pointer (&content, g_free);
      content = hub_read (png);
      g_assert_true (g_str_has_prefix (content, "\x89PNG"));
      g_assert_cmpint (g_chmod (png, 0644), ==, 0);
    }
  HUB_RUN (&ran, "enrol", "--dir", fixture->hub_directory, "--venue", fixture->venue, "--png", "-");
  g_assert_cmpint (ran.code, ==, 2);
  sync_fixture_free (fixture);
}

/* A word that nobody reads is one that somebody meant. */
static void
test_too_much (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  const char *directory = fixture->hub_directory;
  g_autofree char *long_name = g_strnfill (LANYARD_WIRE_MAX_NAME_BYTES + 1, 'x');
  g_auto (HubRun) ran = { 0 };

  HUB_RUN (&ran, "status", "--dir", directory, "now");
  g_assert_cmpint (ran.code, ==, 2);
  HUB_RUN (&ran, "compact", "--dir", directory, "now");
  g_assert_cmpint (ran.code, ==, 2);
  HUB_RUN (&ran, "enrol", "--dir", directory, "--venue", fixture->venue, "Counter 1");
  g_assert_cmpint (ran.code, ==, 2);
  HUB_RUN (&ran, "enrol", "--dir", directory, "--venue", fixture->venue, "--name", long_name);
  g_assert_cmpint (ran.code, ==, 2);
  HUB_RUN (&ran, "enrol", "--dir", directory, "--venue", fixture->venue, "--name", "a\033[31mb");
  g_assert_cmpint (ran.code, ==, 2);
  HUB_RUN (&ran, "serve", "--dir", directory, "now");
  g_assert_cmpint (ran.code, ==, 2);
  HUB_RUN (&ran, "serve", "--dir", directory, "--announce", "--venue", fixture->venue);
  g_assert_cmpint (ran.code, ==, 2);
  g_assert_nonnull (strstr (ran.err, "--upstream"));
  HUB_RUN (&ran, "serve", "--dir", directory, "--upstream", "http://127.0.0.1:9", "--store",
           "sqlite:/nowhere");
  g_assert_cmpint (ran.code, ==, 2);
  sync_fixture_free (fixture);
}

/* Each command that writes a file, told to write it there. */
static void
refuse_to_write (SyncFixture *fixture, const char *directory, const char *target)
{
  g_autofree char *roster = hub_write (fixture, "empty.jsonl", "\n");
  g_auto (HubRun) ran = { 0 };

  HUB_RUN (&ran, "export", "--dir", directory, "deeds", "-o", target);
  g_assert_cmpint (ran.code, ==, 2);
  HUB_RUN (&ran, "invite", "--dir", directory, "-o", target);
  g_assert_cmpint (ran.code, ==, 2);
  HUB_RUN (&ran, "enrol", "--dir", directory, "--venue", fixture->venue, "--png", target);
  g_assert_cmpint (ran.code, ==, 2);
  HUB_RUN (&ran, "import", "--dir", directory, "--rejected", target, roster);
  g_assert_cmpint (ran.code, ==, 2);
}

/* No command writes over a store, wherever it lies; also where only who started the hub knows. */
static void
test_store_elsewhere (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  g_autofree char *directory = g_build_filename (fixture->directory, "second", NULL);
  g_autofree char *database = g_build_filename (fixture->directory, "elsewhere.db", NULL);
  g_autofree char *log = g_strconcat (database, "-wal", NULL);
  g_autofree char *store = g_strconcat ("sqlite:", database, NULL);
  g_autofree char *key = g_strconcat ("sqlite:", directory, "/./hub.key", NULL);
  g_autofree char *pack = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "resources", "packs",
                                            "small-cup", NULL);
  g_autofree char *link = g_build_filename (fixture->directory, "link.png", NULL);
  g_autofree char *place = g_build_filename (directory, "store", NULL);
  const char *const serve[] = { "serve", "--quiet",  "--dir",       directory, "--store",
                                store,   "--listen", "127.0.0.1:0", NULL };
  const char *targets[] = { database, log, link };
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *url = NULL;
  g_auto (HubRun) ran = { 0 };

  HUB_RUN (&ran, "init", "--dir", directory, "--pack", pack, "--store", key);
  g_assert_cmpint (ran.code, ==, 2);
  HUB_RUN (&ran, "init", "--dir", directory, "--pack", pack, "--store", store);
  g_assert_cmpint (ran.code, ==, 0);
  g_assert_cmpint (symlink (database, link), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    refuse_to_write (fixture, directory, targets[i]);
  g_assert_cmpint (g_unlink (place), ==, 0);
  process = hub_spawn (serve, G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  url = hub_read_url (process);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    refuse_to_write (fixture, directory, targets[i]);
  HUB_RUN (&ran, "status", "--dir", directory);
  g_assert_cmpint (ran.code, ==, 0);
  hub_stop (process);
  sync_fixture_free (fixture);
}

/* A second hub over the same folder and database server: the first still answers the commands, also
 * when the second has ended. */
static void
serve_beside (SyncFixture *fixture)
{
  const char *const words[]
      = { "serve", "--quiet", "--dir", fixture->hub_directory, "--listen", "127.0.0.1:0", NULL };
  g_autofree char *path = g_build_filename (fixture->hub_directory, "control.sock", NULL);
  g_autoptr (GSubprocess) process = hub_spawn (words, G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *url = hub_read_url (process);
  struct stat before, after;
  GError *error = NULL;

  g_assert_cmpint (g_stat (path, &before), ==, 0);
  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &after), ==, 0);
  g_assert_cmpuint (after.st_ino, ==, before.st_ino);
}

static void
test_serve (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  const char *const words[]
      = { "serve", "--quiet", "--dir", fixture->hub_directory, "--listen", "127.0.0.1:0", NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_auto (HubRun) ran = { 0 };
  GError *error = NULL;
  SyncDesk *desk;

  sync_fixture_import (fixture, 0, 5);
  process = hub_spawn (words, G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  fixture->url = hub_read_url (process);

  if (postgres_server_is_wanted ())
    serve_beside (fixture);
  else
    {
      HUB_RUN (&ran, "serve", "--dir", fixture->hub_directory); /* one at a time */
      g_assert_cmpint (ran.code, ==, 3);
    }
  HUB_RUN (&ran, "enrol", "--dir", fixture->hub_directory, "--venue", "NOWHERE");
  g_assert_cmpint (ran.code, ==, 2);
  HUB_RUN (&ran, "enrol", "--dir", fixture->hub_directory, "--venue", fixture->venue);
  g_assert_cmpint (ran.code, ==, 0);
  g_strstrip (ran.out);
  desk = sync_desk_new_bare (fixture, "desk");
  sync_desk_enrol (desk, fixture->url, ran.out, fixture->venue, &error);
  g_assert_no_error (error);
  sync_desk_make_engine (desk, fixture->url);
  sync_desk_chatter (desk, 3);
  sync_desk_sync (desk, &error);
  g_assert_no_error (error);
  HUB_RUN (&ran, "status", "--dir", fixture->hub_directory, "--json");
  g_assert_cmpint (ran.code, ==, 0);
  g_assert_nonnull (strstr (ran.out, "\"records\":3"));

  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  g_assert_cmpuint (sync_fixture_count (fixture, "records"), ==, 3);
  sync_desk_free (desk);
  sync_fixture_free (fixture);
}

/* Killed in the middle: what it gave receipts for is there. */
static void
test_kill (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  const char *const words[]
      = { "serve", "--quiet", "--dir", fixture->hub_directory, "--listen", "127.0.0.1:0", NULL };
  g_autofree char *code = sync_fixture_code (fixture, 0);
  SyncDesk *desk = sync_desk_new_bare (fixture, "desk");

  for (guint round = 1; round <= 3; round++)
    {
      g_autoptr (GSubprocess) process = hub_spawn (words, G_SUBPROCESS_FLAGS_STDOUT_PIPE);
      GError *error = NULL;

      g_free (fixture->url);
      fixture->url = hub_read_url (process);
      if (round == 1)
        sync_desk_enrol (desk, fixture->url, code, fixture->venue, &error);
      g_assert_no_error (error);
      sync_desk_make_engine (desk, fixture->url);
      sync_desk_chatter (desk, 5);
      sync_desk_sync (desk, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (sync_desk_pending (desk), ==, 0);
      g_subprocess_force_exit (process);
      g_subprocess_wait (process, NULL, NULL);
      g_assert_cmpuint (sync_fixture_count (fixture, "records"), ==, round * 5);
    }
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
  g_test_add_func ("/sync/hub-command/words", test_words);
  g_test_add_func ("/sync/hub-command/init-twice", test_init_twice);
  g_test_add_func ("/sync/hub-command/import", test_import);
  g_test_add_func ("/sync/hub-command/files", test_files);
  g_test_add_func ("/sync/hub-command/png", test_png);
  g_test_add_func ("/sync/hub-command/store-elsewhere", test_store_elsewhere);
  g_test_add_func ("/sync/hub-command/too-much", test_too_much);
  g_test_add_func ("/sync/hub-command/serve", test_serve);
  g_test_add_func ("/sync/hub-command/kill", test_kill);
  return g_test_run ();
}
