/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A desk's machine dies with records that no hub has. From its stick comes a desk that knows what
 * it knew, under another number, and the hub gets every record once. With the programs themselves.
 */

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "hub-run.h"
#include "lanyard-backup.h"
#include "lanyard-database-copy.h"
#include "lanyard-error.h"

#define MEMORY "/dev/shm"

typedef struct
{
  SyncFixture *fixture;
  char *stick;
  char *key_path;
  LanyardBackupKey *key;
  char *records; /* paths on the stick */
  char *people;
} Lost;

/* Returns: the exit code of `lanyard` with the words that follow, ended by NULL */
static int
run_lanyard (char **out, char **err, const char *first, ...)
{
  g_autofree char *program
      = g_build_filename (g_getenv ("LANYARD_BUILD_ROOT"), "app", "tool", "lanyard", NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;

  g_clear_pointer (out, g_free);
  g_clear_pointer (err, g_free);
  g_ptr_array_add (argv, program);
  va_start (args, first);
  for (const char *word = first; word != NULL; word = va_arg (args, const char *))
    g_ptr_array_add (argv, (gpointer)word);
  va_end (args);
  g_ptr_array_add (argv, NULL);
  process
      = g_subprocess_newv ((const char *const *)argv->pdata,
                           G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, out, err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

static void
begin (Lost *lost)
{
  g_autofree char *out = NULL, *err = NULL;
  g_autoptr (GError) error = NULL;

  lost->fixture = sync_fixture_new ();
  lost->stick = g_strdup (MEMORY "/lanyard-stick-XXXXXX");
  g_assert_nonnull (g_mkdtemp (lost->stick));
  lost->key_path = g_build_filename (lost->fixture->directory, "backup.key", NULL);
  g_assert_cmpint (run_lanyard (&out, &err, "backup", "key", "-o", lost->key_path, NULL), ==, 0);
  lost->key = lanyard_backup_key_load (lost->key_path, &error);
  g_assert_no_error (error);
  sync_fixture_import (lost->fixture, 0, 5);
  sync_fixture_start_hub (lost->fixture);
}

static void
end (Lost *lost)
{
  char *argv[] = { "rm", "-rf", lost->stick, NULL };

  g_assert_true (
      g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  sync_fixture_free (lost->fixture);
  lanyard_backup_key_free (lost->key);
  g_free (lost->stick);
  g_free (lost->key_path);
  g_free (lost->records);
  g_free (lost->people);
}

/* Returns: (transfer full): path of the file on the stick */
static char *
write_kind (Lost *lost, SyncDesk *desk, LanyardBackupKind kind)
{
  gboolean people = kind == LANYARD_BACKUP_PEOPLE;
  g_autofree char *temporary = g_build_filename (desk->directory, "copy.tmp", NULL);
  g_autofree char *vault = g_build_filename (desk->directory, "vault.key", NULL);
  g_autofree char *name = NULL;
  g_autoptr (LanyardBackup) backup = g_new0 (LanyardBackup, 1);
  g_autoptr (LanyardDatabaseCopy) copy = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (LanyardIdentity) identity = { 0 };
  gboolean done = FALSE;
  char *secret = NULL;
  gsize n_secret;

  lanyard_journal_get_identity (desk->journal, &identity);
  backup->manifest.kind = kind;
  backup->manifest.event = g_strdup (identity.event);
  backup->manifest.device = identity.device;
  backup->manifest.epoch = identity.epoch;
  backup->manifest.prefix = g_strdup (identity.serial_prefix);
  backup->manifest.head = lanyard_journal_get_head_seq (desk->journal);
  lanyard_journal_get_head_hash (desk->journal, &backup->manifest.hash);
  backup->recipient = *lanyard_backup_key_get_recipient (lost->key);
  backup->signer = lanyard_key_ref (desk->key);
  backup->folder = g_strdup (lost->stick);
  backup->beside = g_strdup (desk->directory);
  copy = people ? lanyard_directory_begin_copy (desk->store, temporary, &error)
                : lanyard_journal_begin_copy (desk->journal, temporary, &error);
  g_assert_no_error (error);
  while (!done)
    g_assert_true (lanyard_database_copy_step (copy, 100, &done, &error));
  lanyard_backup_add_file (backup, people ? "directory.db" : "journal.db",
                           lanyard_database_copy_take (copy, &error));
  if (people)
    {
      g_assert_true (g_file_get_contents (vault, &secret, &n_secret, &error));
      lanyard_backup_add_bytes (backup, "vault.key", g_bytes_new_take (secret, n_secret));
    }
  lanyard_backup_write (backup, &error);
  g_assert_no_error (error);
  name = lanyard_backup_dup_name (kind, identity.serial_prefix);
  return g_build_filename (lost->stick, name, NULL);
}

static void
back_up (Lost *lost, SyncDesk *desk)
{
  lost->records = write_kind (lost, desk, LANYARD_BACKUP_RECORDS);
  lost->people = write_kind (lost, desk, LANYARD_BACKUP_PEOPLE);
}

/* The machine is gone with all that was on it. */
static void
destroy (SyncDesk *desk)
{
  char *argv[] = { "rm", "-rf", NULL, NULL };
  g_autofree char *folder = g_strdup (desk->directory);

  sync_desk_free (desk);
  argv[2] = folder;
  g_assert_true (
      g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

/* What the hub has of badges: each serial once. (transfer full) (element-type utf8) */
static GHashTable *
read_serials (const char *directory)
{
  g_autoptr (LanyardHub) hub = lanyard_hub_open (directory, NULL, NULL);
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  g_autoptr (GPtrArray) badges = store->ops->read_badges (store, "", 100, NULL);
  GHashTable *serials = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < badges->len; i++)
    {
      const LanyardHubBadge *badge = g_ptr_array_index (badges, i);

      g_assert_true (g_hash_table_add (serials, g_strdup (badge->serial)));
    }
  return serials;
}

/* The lost one's records to the hub, twice: the second time changes nothing. */
static void
bring_records (Lost *lost)
{
  g_autofree char *path = g_build_filename (lost->fixture->directory, "lost.db", NULL);
  g_autofree char *out = NULL, *err = NULL;
  g_auto (HubRun) run = { 0 };

  g_assert_cmpint (run_lanyard (&out, &err, "backup", "journal", lost->records, "--key",
                                lost->key_path, "-o", path, NULL),
                   ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      HUB_RUN (&run, "rebuild", "--dir", lost->fixture->hub_directory, path);
      if (run.code != 0)
        g_error ("%s", run.err);
      g_assert_nonnull (strstr (run.out, " 0 not taken"));
    }
}

/* A new machine, which knows what the lost one did, and is nobody yet. @number: of somebody whose
 * badge is out. Never a second time. */
static SyncDesk *
put_back (Lost *lost, const char *number)
{
  g_autofree char *state = g_build_filename (lost->fixture->directory, "b", NULL);
  g_autofree char *out = NULL, *err = NULL;
  g_auto (LanyardIdentity) identity = { 0 };
  g_auto (LanyardIssued) issued = { 0 };
  SyncDesk *desk;

  for (int i = 0; i < 2; i++)
    g_assert_cmpint (run_lanyard (&out, &err, "backup", "restore", lost->records, lost->people,
                                  "--key", lost->key_path, "--state-dir", state, NULL),
                     ==, i);
  desk = sync_desk_open (lost->fixture, "b");
  lanyard_journal_get_identity (desk->journal, &identity);
  g_assert_cmpuint (identity.device, ==, 0);
  lanyard_journal_get_issued (desk->journal, number, &issued, NULL);
  g_assert_cmpuint (issued.open_badges, ==, 1);
  g_assert_cmpuint (lanyard_directory_get_size (desk->store), ==, 5);
  return desk;
}

/* @device: number that it is to get; 0: a new one */
static void
enrol_again (Lost *lost, SyncDesk *desk, const LanyardIdentity *before, guint32 device)
{
  g_autofree char *code = sync_fixture_code (lost->fixture, device);
  g_auto (LanyardIdentity) after = { 0 };
  GError *error = NULL;

  sync_desk_enrol (desk, lost->fixture->url, code, lost->fixture->venue, &error);
  g_assert_no_error (error);
  lanyard_journal_get_identity (desk->journal, &after);
  g_assert_true (after.device != before->device || after.epoch != before->epoch);
  g_assert_cmpstr (after.serial_prefix, !=, before->serial_prefix);
  sync_desk_make_engine (desk, lost->fixture->url);
}

static char *
issue_and_sync (SyncDesk *desk, guint person)
{
  g_autofree char *number = sync_fixture_number (person);
  char *serial = sync_desk_issue (desk, number);
  GError *error = NULL;

  sync_desk_sync (desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sync_desk_pending (desk), ==, 0);
  return serial;
}

/* @data: 1: the lost machine still reached the hub once, after its last backup; 2: the new one gets
 * the number of the lost one */
static void
test_lost (gconstpointer data)
{
  Lost lost = { 0 };
  g_autofree char *number = sync_fixture_number (1);
  g_autofree char *first = NULL, *second = NULL, *third = NULL, *fourth = NULL;
  g_autoptr (GHashTable) serials = NULL;
  g_auto (LanyardIdentity) before = { 0 };
  GError *error = NULL;
  SyncDesk *desk;

  if (!g_file_test (MEMORY, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("there is no " MEMORY);
      return;
    }
  begin (&lost);
  desk = sync_desk_new (lost.fixture, "a");
  sync_desk_sync (desk, &error); /* it has the directory */
  g_assert_no_error (error);
  first = issue_and_sync (desk, 0);
  second = sync_desk_issue (desk, number); /* what no hub has */
  sync_desk_chatter (desk, 3);
  back_up (&lost, desk);
  if (GPOINTER_TO_INT (data) == 1)
    third = issue_and_sync (desk, 2);
  lanyard_journal_get_identity (desk->journal, &before);
  destroy (desk);

  desk = put_back (&lost, number);
  enrol_again (&lost, desk, &before, GPOINTER_TO_INT (data) == 2 ? before.device : 0);
  fourth = issue_and_sync (desk, 3);
  sync_fixture_stop_hub (lost.fixture);
  bring_records (&lost);

  serials = read_serials (lost.fixture->hub_directory);
  g_assert_true (g_hash_table_contains (serials, first));
  g_assert_true (g_hash_table_contains (serials, second));
  g_assert_true (third == NULL || g_hash_table_contains (serials, third));
  g_assert_true (g_hash_table_contains (serials, fourth));
  g_assert_cmpuint (g_hash_table_size (serials), ==, third != NULL ? 4 : 3);
  sync_desk_free (desk);
  end (&lost);
}

/* Each with a sentence of its own, and with an exit code that says whose fault it is. */
static void
test_sentences (void)
{
  Lost lost = { 0 };
  g_autofree char *out = NULL, *err = NULL, *other = NULL, *cut = NULL, *content = NULL;
  g_autofree char *state = NULL;
  gsize n_bytes;
  SyncDesk *desk;
  struct
  {
    const char *file;
    const char *key;
    const char *words;
  } cases[4] = { { NULL } };

  if (!g_file_test (MEMORY, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("there is no " MEMORY);
      return;
    }
  begin (&lost);
  desk = sync_desk_new (lost.fixture, "a");
  g_free (sync_desk_issue (desk, "26000001X"));
  back_up (&lost, desk);
  sync_desk_free (desk);
  other = g_build_filename (lost.fixture->directory, "other.key", NULL);
  cut = g_build_filename (lost.fixture->directory, "cut", NULL);
  state = g_build_filename (lost.fixture->directory, "c", NULL);
  g_assert_cmpint (run_lanyard (&out, &err, "backup", "key", "-o", other, NULL), ==, 0);
  g_assert_true (g_file_get_contents (lost.records, &content, &n_bytes, NULL));
  g_assert_true (g_file_set_contents (cut, content, (gssize)n_bytes - 7, NULL));
  cases[0].file = lost.records, cases[0].key = other, cases[0].words = "another key";
  cases[1].file = cut, cases[1].key = lost.key_path, cases[1].words = "cut short";
  cases[2].file = other, cases[2].key = lost.key_path, cases[2].words = "no backup of Lanyard";
  cases[3].file = state, cases[3].key = lost.key_path, cases[3].words = "check its name";
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (run_lanyard (&out, &err, "backup", "show", cases[i].file, "--key",
                                    cases[i].key, NULL),
                       !=, 0);
      if (strstr (err, cases[i].words) == NULL)
        g_error ("not \"%s\": %s", cases[i].words, err);
      g_assert_cmpint (run_lanyard (&out, &err, "backup", "restore", cases[i].file, "--key",
                                    cases[i].key, "--state-dir", state, NULL),
                       !=, 0);
    }
  g_assert_cmpint (run_lanyard (&out, &err, "backup", "show", lost.people, "--key", lost.key_path,
                                "--json", NULL),
                   ==, 0);
  g_assert_nonnull (strstr (out, "\"holds\":\"people\""));
  end (&lost);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_data_func ("/sync/backup/never-synced", GINT_TO_POINTER (0), test_lost);
  g_test_add_data_func ("/sync/backup/synced-after", GINT_TO_POINTER (1), test_lost);
  g_test_add_data_func ("/sync/backup/same-number", GINT_TO_POINTER (2), test_lost);
  g_test_add_func ("/sync/backup/sentences", test_sentences);
  return g_test_run ();
}
