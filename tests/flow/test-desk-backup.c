/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a desk's backups do not come, or hold it up, or nobody hears that none comes. */

#include "desk-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "lanyard-backup.h"
#include "lanyard-desk.h"
#include "lanyard-error.h"

#define MEMORY "/dev/shm"
#define LIMIT_S 60

static const guint8 seed[32] = { 4 };

typedef struct
{
  FlowFixture base;
  char *stick; /* folder of another file system than the desk's */
  LanyardDesk *desk;
  LanyardDeskStatus status;
} Fixture;

static void
on_view (LanyardView *view, gpointer user_data)
{
}

static void
on_status (const LanyardDeskStatus *status, gpointer user_data)
{
  Fixture *fixture = user_data;

  lanyard_desk_status_clear (&fixture->status);
  lanyard_desk_status_copy_into (&fixture->status, status);
}

static void
set_up (Fixture *fixture, const char *folder)
{
  g_autoptr (LanyardBackupKey) key = lanyard_backup_key_new_from_seed (seed);
  g_autoptr (GError) error = NULL;
  LanyardConfig *config;

  desk_make_files (&fixture->base);
  config = g_steal_pointer (&fixture->base.config);
  config->backup_folder = g_strdup (folder != NULL ? folder : fixture->base.folder);
  config->backup_interval_s = 60;
  config->backup_recipient = *lanyard_backup_key_get_recipient (key);
  fixture->desk = lanyard_desk_open (config, &fixture->base.clock, &error);
  g_assert_no_error (error);
  lanyard_desk_listen (fixture->desk, on_view, on_status, fixture);
}

static void
tear_down (Fixture *fixture)
{
  lanyard_desk_close (fixture->desk);
  lanyard_desk_status_clear (&fixture->status);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  flow_remove_folder (fixture->base.folder);
  flow_free (&fixture->base);
  g_free (fixture->stick);
}

static gboolean
on_too_late (gpointer data)
{
  g_assert_not_reached ();
}

/* The desk's own clock makes this loop turn a few times a second. */
static void
run_until (Fixture *fixture,
           gboolean (*done) (Fixture *fixture, const char *word),
           const char *word)
{
  guint limit = g_timeout_add_seconds (LIMIT_S, on_too_late, NULL);

  while (!done (fixture, word))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
}

static gboolean
stick_has (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->stick, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
is_late (Fixture *fixture, const char *words)
{
  return fixture->status.backup_problem != NULL
         && strstr (fixture->status.backup_problem, words) != NULL;
}

static void
check_file (Fixture *fixture, const char *name, const char *first)
{
  g_autoptr (LanyardBackupKey) key = lanyard_backup_key_new_from_seed (seed);
  g_autofree char *path = g_build_filename (fixture->stick, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardBackupReader) reader = lanyard_backup_reader_open (path, key, &error);
  g_autofree char *content = NULL;
  LanyardPublicKey signer;
  gsize n_bytes;

  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_backup_reader_get_next (reader), ==, first);
  lanyard_backup_reader_end (reader, &signer, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (signer.bytes, sizeof signer.bytes,
                   lanyard_key_get_public (fixture->base.desk_key)->bytes, sizeof signer.bytes);
  /* Whoever finds the stick learns nobody's name. */
  g_assert_true (g_file_get_contents (path, &content, &n_bytes, NULL));
  g_assert_null (memmem (content, n_bytes, FLOW_NAME_MARK, strlen (FLOW_NAME_MARK)));
  g_assert_null (memmem (content, n_bytes, "SQLite format", strlen ("SQLite format")));
  g_remove (path);
}

/* They come by themselves, and leave nothing of their own behind. */
static void
test_come (void)
{
  Fixture fixture = { 0 };
  g_autofree char *records = lanyard_backup_dup_name (LANYARD_BACKUP_RECORDS, "K0471");
  g_autofree char *people = lanyard_backup_dup_name (LANYARD_BACKUP_PEOPLE, "K0471");
  g_autofree char *folder = g_strdup (MEMORY "/lanyard-stick-XXXXXX");
  g_autoptr (GDir) state = NULL;
  const char *name;

  if (g_mkdtemp (folder) == NULL)
    {
      g_test_skip ("there is no " MEMORY);
      return;
    }
  set_up (&fixture, folder);
  fixture.stick = g_strdup (folder);
  run_until (&fixture, stick_has, records);
  run_until (&fixture, stick_has, people);
  check_file (&fixture, records, "journal.db");
  check_file (&fixture, people, "directory.db");
  state = g_dir_open (fixture.base.folder, 0, NULL);
  while ((name = g_dir_read_name (state)) != NULL)
    g_assert_null (strstr (name, "backup-copy"));
  g_assert_null (fixture.status.backup_problem);
  tear_down (&fixture);
  g_rmdir (folder);
}

/* Only the desk's own disk is there: work goes on, and after three intervals somebody is told. */
static void
test_late (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_null (fixture.status.backup_problem);
  fixture.base.monotonic_us += G_GINT64_CONSTANT (4) * 60 * G_USEC_PER_SEC;
  run_until (&fixture, is_late, "plug the stick");
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/desk-backup/come", test_come);
  g_test_add_func ("/flow/desk-backup/late", test_late);
  return g_test_run ();
}
