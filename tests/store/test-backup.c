/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * If this fails, what a desk put on a stick does not come back, or comes back as something else.
 * The stick is a folder of another file system than the desk's: memory.
 */

#include "store-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lanyard-backup.h"
#include "lanyard-database-copy.h"
#include "lanyard-error.h"

#define MEMORY "/dev/shm"
#define NAME "lanyard-K0471-records.lanyard-backup"

typedef struct
{
  StoreFixture base;
  char *stick;
  char *name;
  LanyardBackupKey *key;
  LanyardKey *signer;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const guint8 seed[32] = { 7 };

  store_fixture_set_up (&fixture->base, NULL);
  fixture->stick = g_strdup (MEMORY "/lanyard-stick-XXXXXX");
  fixture->key = lanyard_backup_key_new_from_seed (seed);
  fixture->signer = lanyard_key_generate ();
  if (g_mkdtemp (fixture->stick) == NULL)
    g_clear_pointer (&fixture->stick, g_free);
  else
    fixture->name = g_build_filename (fixture->stick, NAME, NULL);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_DIR) && !g_file_test (file, G_FILE_TEST_IS_SYMLINK))
        remove_all (file);
      g_remove (file);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->stick != NULL)
    remove_all (fixture->stick);
  remove_all (fixture->base.folder);
  g_free (fixture->stick);
  g_free (fixture->name);
  lanyard_backup_key_free (fixture->key);
  lanyard_key_unref (fixture->signer);
  store_fixture_tear_down (&fixture->base, NULL);
}

/* Returns: whether there is memory to be a stick */
static gboolean
has_stick (Fixture *fixture)
{
  if (fixture->stick != NULL)
    return TRUE;
  g_test_skip ("there is no " MEMORY);
  return FALSE;
}

static int
copy_journal (Fixture *fixture, LanyardJournal *journal)
{
  g_autofree char *path = g_build_filename (fixture->base.folder, "copy.tmp", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardDatabaseCopy) copy = lanyard_journal_begin_copy (journal, path, &error);
  gboolean done = FALSE;
  int fd;

  g_assert_no_error (error);
  while (!done)
    g_assert_true (lanyard_database_copy_step (copy, 4, &done, &error));
  fd = lanyard_database_copy_take (copy, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  return fd;
}

/* @journal_fd: (transfer full) */
static LanyardBackup *
make_backup (Fixture *fixture, LanyardJournal *journal, int journal_fd)
{
  LanyardBackup *backup = g_new0 (LanyardBackup, 1);

  backup->manifest.kind = LANYARD_BACKUP_RECORDS;
  backup->manifest.event = g_strdup ("test");
  backup->manifest.device = 471;
  backup->manifest.epoch = 1;
  backup->manifest.prefix = g_strdup ("K0471");
  backup->manifest.desk = g_strdup ("Counter 1");
  backup->manifest.made_us = fixture->base.now_us;
  backup->manifest.head = lanyard_journal_get_head_seq (journal);
  lanyard_journal_get_head_hash (journal, &backup->manifest.hash);
  backup->recipient = *lanyard_backup_key_get_recipient (fixture->key);
  backup->signer = lanyard_key_ref (fixture->signer);
  backup->folder = g_strdup (fixture->stick);
  backup->beside = g_strdup (fixture->base.folder);
  lanyard_backup_add_file (backup, "journal.db", journal_fd);
  lanyard_backup_add_bytes (backup, "staff.pin", g_bytes_new ("verifier", 8));
  return backup;
}

/* A journal of one badge, on the stick. Returns: (transfer full): its serial */
static char *
write_one (Fixture *fixture)
{
  LanyardJournal *journal = store_fixture_open_journal (&fixture->base);
  char *serial = store_issue (journal, "26000001X", NULL);
  g_autoptr (LanyardBackup) backup
      = make_backup (fixture, journal, copy_journal (fixture, journal));
  g_autoptr (GError) error = NULL;

  lanyard_backup_write (backup, &error);
  g_assert_no_error (error);
  lanyard_journal_close (journal);
  return serial;
}

/* Returns: whether the file is whole */
static gboolean
check (Fixture *fixture, const char *path, GError **error)
{
  g_autoptr (LanyardBackupReader) reader = lanyard_backup_reader_open (path, fixture->key, error);
  LanyardPublicKey signer;

  if (reader == NULL || !lanyard_backup_reader_end (reader, &signer, error))
    return FALSE;
  g_assert_cmpmem (signer.bytes, sizeof signer.bytes,
                   lanyard_key_get_public (fixture->signer)->bytes, sizeof signer.bytes);
  return TRUE;
}

static gboolean
restore (Fixture *fixture, const char *first, const char *second, const char *to, GError **error)
{
  char *paths[] = { (char *)first, (char *)second, NULL };
  g_auto (LanyardManifest) manifest = { 0 };
  g_autofree char *lost = NULL;

  return lanyard_backup_restore (paths, fixture->key, lanyard_key_get_public (fixture->signer), to,
                                 &manifest, &lost, error);
}

/* What was written while the copy was made is in it, and the restored desk is in no epoch. */
static void
test_back_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *to = g_build_filename (fixture->base.folder, "new", NULL);
  g_autofree char *path = g_build_filename (to, "journal.db", NULL);
  g_autofree char *lost = g_build_filename (to, "lost-K0471-journal.db", NULL);
  g_autofree char *pin = g_build_filename (to, "staff.pin", NULL);
  g_autofree char *temporary = g_build_filename (fixture->base.folder, "c.tmp", NULL);
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (LanyardDatabaseCopy) copy = NULL;
  g_autoptr (LanyardBackup) backup = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (LanyardIdentity) identity = { 0 };
  LanyardJournal *journal;
  LanyardPickup *pickup;
  guint64 head;
  gboolean done;

  if (!has_stick (fixture))
    return;
  journal = store_fixture_open_journal (&fixture->base);
  for (guint i = 0; i < 50; i++)
    g_free (store_issue (journal, "26000001X", NULL));
  first = store_issue (journal, "26000001X", NULL);
  copy = lanyard_journal_begin_copy (journal, temporary, &error);
  g_assert_no_error (error);
  g_assert_true (lanyard_database_copy_step (copy, 8, &done, &error));
  g_assert_false (done);
  second = store_issue (journal, "26000002X", NULL);
  while (!done)
    g_assert_true (lanyard_database_copy_step (copy, 8, &done, &error));
  backup = make_backup (fixture, journal, lanyard_database_copy_take (copy, &error));
  g_clear_pointer (&copy, lanyard_database_copy_free);
  lanyard_backup_write (backup, &error);
  g_assert_no_error (error);
  head = lanyard_journal_get_head_seq (journal);
  lanyard_journal_close (journal);

  restore (fixture, fixture->name, NULL, to, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (pin, G_FILE_TEST_IS_REGULAR));
  journal = lanyard_journal_open (lost, LANYARD_JOURNAL_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lanyard_journal_get_head_seq (journal), ==, head);
  lanyard_journal_close (journal);

  journal = lanyard_journal_open (path, 0, NULL, &error);
  g_assert_no_error (error);
  lanyard_journal_get_identity (journal, &identity);
  g_assert_cmpuint (identity.device, ==, 0);
  pickup = lanyard_journal_find_serial (journal, second);
  g_assert_nonnull (pickup);
  lanyard_pickup_free (pickup);
  g_assert_false (store_fixture_enrol (journal, 0, NULL));
  store_fixture_enrol (journal, 2, &error);
  g_assert_no_error (error);
  g_free (store_issue (journal, "26000003X", NULL));
  lanyard_journal_verify (journal, NULL, &error);
  g_assert_no_error (error);
  lanyard_journal_close (journal);
}

/* Never over a desk that is there, whatever of it is left. */
static void
test_living (Fixture *fixture, gconstpointer data)
{
  static const char *const signs[]
      = { "journal.db", "journal.db-wal", "desk.key", "directory.db", "vault.key" };
  g_autofree char *serial = NULL;
  g_autofree char *to = g_build_filename (fixture->base.folder, "new", NULL);

  if (!has_stick (fixture))
    return;
  serial = write_one (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      g_autofree char *path = g_build_filename (to, signs[i], NULL);
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;

      g_mkdir (to, 0700);
      g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
      g_assert_false (restore (fixture, fixture->name, NULL, to, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
      g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
      g_assert_cmpstr (after, ==, "mine");
      remove_all (to);
    }
}

/* A restore that was killed before the journal was in its place goes on; after it, it is done. */
static void
test_cut_restore (Fixture *fixture, gconstpointer data)
{
  g_autofree char *serial = NULL;
  g_autofree char *to = g_build_filename (fixture->base.folder, "new", NULL);
  g_autofree char *work = g_build_filename (to, ".restore", NULL);
  g_autofree char *half = g_build_filename (work, "journal.db", NULL);
  g_autofree char *placed = g_build_filename (to, "vault.key", NULL);
  g_autoptr (GError) error = NULL;

  if (!has_stick (fixture))
    return;
  serial = write_one (fixture);
  g_assert_cmpint (g_mkdir_with_parents (work, 0700), ==, 0);
  g_assert_true (g_file_set_contents (half, "SQLite", -1, NULL));
  g_assert_true (g_file_set_contents (placed, "half", -1, NULL));
  restore (fixture, fixture->name, NULL, to, &error);
  g_assert_no_error (error);
  g_assert_false (restore (fixture, fixture->name, NULL, to, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
}

/* Each byte counts, wherever it is; so does each that is missing, and each that is too much. */
static void
test_altered (Fixture *fixture, gconstpointer data)
{
  g_autofree char *serial = NULL, *content = NULL, *other = NULL;
  gsize n_bytes;

  if (!has_stick (fixture))
    return;
  serial = write_one (fixture);
  other = g_build_filename (fixture->stick, "other", NULL);
  g_assert_true (g_file_get_contents (fixture->name, &content, &n_bytes, NULL));
  g_assert_cmpuint (n_bytes, >, 1000);
  for (gsize at = 0; at < n_bytes; at += at < 400 || at + 200 > n_bytes ? 1 : 997)
    {
      g_autoptr (GError) altered = NULL, cut = NULL;

      content[at] ^= 0x40;
      g_assert_true (g_file_set_contents (other, content, (gssize)n_bytes, NULL));
      content[at] ^= 0x40;
      g_assert_false (check (fixture, other, &altered));
      g_assert_true (altered->domain == LANYARD_ERROR);
      g_assert_true (g_file_set_contents (other, content, (gssize)at, NULL));
      g_assert_false (check (fixture, other, &cut));
      g_assert_true (cut->domain == LANYARD_ERROR);
    }
  content = g_realloc (content, n_bytes + 1);
  content[n_bytes] = '\0';
  g_assert_true (g_file_set_contents (other, content, (gssize)n_bytes + 1, NULL));
  g_assert_false (check (fixture, other, NULL));
}

static void
test_other_keys (Fixture *fixture, gconstpointer data)
{
  const guint8 seed[32] = { 8 };
  g_autoptr (LanyardBackupKey) key = lanyard_backup_key_new_from_seed (seed);
  g_autoptr (LanyardKey) stranger = lanyard_key_generate ();
  g_autofree char *serial = NULL;
  g_autofree char *to = g_build_filename (fixture->base.folder, "new", NULL);
  g_autofree char *journal = g_build_filename (to, "journal.db", NULL);
  g_autoptr (GError) wrong_key = NULL, wrong_signer = NULL;

  if (!has_stick (fixture))
    return;
  serial = write_one (fixture);
  g_assert_null (lanyard_backup_reader_open (fixture->name, key, &wrong_key));
  g_assert_error (wrong_key, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED);

  /* Whoever knows the public half can seal to it, but not sign as the desk. */
  lanyard_key_unref (fixture->signer);
  fixture->signer = lanyard_key_ref (stranger);
  g_assert_false (restore (fixture, fixture->name, NULL, to, &wrong_signer));
  g_assert_error (wrong_signer, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED);
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
}

/* The people of another desk do not go with these records, and two of a kind are one too many. */
static void
test_other_desk (Fixture *fixture, gconstpointer data)
{
  g_autofree char *serial = NULL;
  g_autofree char *to = g_build_filename (fixture->base.folder, "new", NULL);
  g_autoptr (LanyardBackup) people = g_new0 (LanyardBackup, 1);
  g_autofree char *path = NULL;

  if (!has_stick (fixture))
    return;
  serial = write_one (fixture);
  people->manifest.kind = LANYARD_BACKUP_PEOPLE;
  people->manifest.event = g_strdup ("another event");
  people->manifest.device = 471;
  people->manifest.epoch = 1;
  people->manifest.prefix = g_strdup ("K0471");
  people->recipient = *lanyard_backup_key_get_recipient (fixture->key);
  people->signer = lanyard_key_ref (fixture->signer);
  people->folder = g_strdup (fixture->stick);
  people->beside = g_strdup (fixture->base.folder);
  lanyard_backup_add_bytes (people, "vault.key", g_bytes_new ("00", 2));
  g_assert_true (lanyard_backup_write (people, NULL));
  path = g_build_filename (fixture->stick, "lanyard-K0471-people.lanyard-backup", NULL);
  for (guint i = 0; i < 3; i++)
    {
      const char *first = i == 2 ? path : fixture->name;
      g_autoptr (GError) error = NULL;

      g_assert_false (restore (fixture, first,
                               i == 0   ? path
                               : i == 1 ? fixture->name
                                        : NULL,
                               to, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE);
    }
}

/* Not on the desk's own disk, which is what is there when no stick is. */
static void
test_no_stick (Fixture *fixture, gconstpointer data)
{
  LanyardJournal *journal = store_fixture_open_journal (&fixture->base);
  g_autoptr (LanyardBackup) backup
      = make_backup (fixture, journal, copy_journal (fixture, journal));
  g_autoptr (GError) same = NULL, gone = NULL;

  g_free (backup->folder);
  backup->folder = g_strdup (fixture->base.folder);
  g_assert_false (lanyard_backup_write (backup, &same));
  g_assert_error (same, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  g_free (backup->folder);
  backup->folder = g_build_filename (fixture->base.folder, "nowhere", NULL);
  g_assert_false (lanyard_backup_write (backup, &gone));
  g_assert_error (gone, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  lanyard_journal_close (journal);
}

/* A child whose files may not grow: the stick is full in the middle of writing. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *serial = NULL;
  g_autofree char *part = NULL;
  g_autoptr (LanyardBackup) backup = NULL;
  g_autoptr (GError) error = NULL;
  LanyardJournal *journal;
  int status;
  pid_t child;

  if (!has_stick (fixture))
    return;
  serial = write_one (fixture);
  part = g_strconcat (fixture->name, ".part", NULL);
  journal = store_fixture_open_journal (&fixture->base);
  backup = make_backup (fixture, journal, copy_journal (fixture, journal));
  child = fork ();
  if (child == 0)
    {
      struct rlimit limit = { 20000, 20000 };

      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &limit);
      lanyard_backup_write (backup, &error);
      _exit (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_FULL) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  check (fixture, fixture->name, &error);
  g_assert_no_error (error);
  lanyard_journal_close (journal);
}

/* What else is on the stick stays, and a name that leads elsewhere is not followed. */
static void
test_others (Fixture *fixture, gconstpointer data)
{
  g_autofree char *mine = NULL, *part = NULL, *victim = NULL, *after = NULL, *serial = NULL;
  g_autofree char *old = NULL;
  g_autoptr (GError) error = NULL;

  if (!has_stick (fixture))
    return;
  mine = g_build_filename (fixture->stick, "holiday.jpg", NULL);
  part = g_strconcat (fixture->name, ".part", NULL);
  old = g_strconcat (fixture->name, ".old", NULL);
  victim = g_build_filename (fixture->base.folder, "victim", NULL);
  g_assert_true (g_file_set_contents (mine, "sea", -1, NULL));
  g_assert_true (g_file_set_contents (victim, "sea", -1, NULL));
  g_assert_cmpint (symlink (victim, part), ==, 0);
  g_assert_cmpint (symlink (victim, fixture->name), ==, 0);
  serial = write_one (fixture);
  g_free (serial);
  serial = write_one (fixture);
  g_assert_true (g_file_get_contents (mine, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, "sea");
  g_free (after);
  g_assert_true (g_file_get_contents (victim, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, "sea");
  g_assert_true (check (fixture, fixture->name, &error));
  g_assert_true (check (fixture, old, &error));
}

/* Killed at points that nobody chose: at every one of them a whole backup is there. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *old = NULL, *serial = NULL;
  g_autoptr (LanyardBackup) backup = NULL;
  LanyardJournal *journal;

  if (!has_stick (fixture))
    return;
  serial = write_one (fixture);
  old = g_strconcat (fixture->name, ".old", NULL);
  journal = store_fixture_open_journal (&fixture->base);
  backup = make_backup (fixture, journal, copy_journal (fixture, journal));
  for (guint i = 0; i < 60; i++)
    {
      pid_t child = fork ();
      gboolean whole;

      if (child == 0)
        while (lanyard_backup_write (backup, NULL))
          continue;
      g_usleep ((gulong)g_random_int_range (100, 8000));
      kill (child, SIGKILL);
      g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
      whole = check (fixture, fixture->name, NULL);
      g_assert_true (whole || check (fixture, old, NULL));
      g_assert_true (whole || !g_file_test (fixture->name, G_FILE_TEST_EXISTS));
    }
  lanyard_journal_close (journal);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/store/backup/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("back-again", test_back_again);
  ADD ("living", test_living);
  ADD ("cut-restore", test_cut_restore);
  ADD ("altered", test_altered);
  ADD ("other-keys", test_other_keys);
  ADD ("other-desk", test_other_desk);
  ADD ("no-stick", test_no_stick);
  ADD ("full", test_full);
  ADD ("others", test_others);
  ADD ("killed", test_killed);
  return g_test_run ();
}
