/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * 1. Everything is extracted into STATE/.restore, synced, and checked to its last byte.
 * 2. The files take their places, the journal last: without a journal there is no desk.
 * 3. A restore that was cut short is begun again from its start; one that finds a journal, or
 *    anything else of a desk that it did not put there, touches nothing.
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-backup.h"

#include "lanyard-error.h"
#include "lanyard-journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WORK ".restore"
#define JOURNAL "journal.db"

/* In the order in which they take their places. */
static const char *const placed[] = { "staff.pin", "vault.key", "directory.db", JOURNAL };
/* Signs of a desk. */
static const char *const signs[]
    = { JOURNAL, "journal.db-wal", "desk.key", "directory.db", "directory.db-wal", "vault.key" };

typedef struct
{
  const LanyardBackupKey *key;    /* borrowed */
  const LanyardPublicKey *signer; /* borrowed (nullable) */
  const char *state_dir;          /* borrowed */
  char *work;                     /* owned */
  LanyardManifest *manifest;      /* borrowed: of the records */
  LanyardManifest people;
  gboolean has_records;
} Restore;

static void
restore_clear (Restore *restore)
{
  lanyard_manifest_clear (&restore->people);
  g_free (restore->work);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Restore, restore_clear)

static gboolean
fail_disk (const char *path, GError **error)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
               "%s could not be made (%s): check the disk and who runs this program.", path,
               g_strerror (errno));
  return FALSE;
}

static gboolean
fail_state (GError **error, const char *sentence)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_STATE, sentence);
  return FALSE;
}

static gboolean
has_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat info;

  return lstat (path, &info) == 0;
}

/* What a restore that was cut short put in place may be replaced, but for a journal. */
static gboolean
check_place (const Restore *restore, GError **error)
{
  gboolean again = has_file (restore->state_dir, WORK);

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (has_file (restore->state_dir, signs[i]) && (i < 3 || !again))
      {
        g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                     "There is a desk in %s already (%s): a backup is never put over it; name "
                     "another folder, or move that one away.",
                     restore->state_dir, signs[i]);
        return FALSE;
      }
  return TRUE;
}

static void
empty_work (const Restore *restore)
{
  g_autoptr (GDir) dir = g_dir_open (restore->work, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (restore->work, name, NULL);

      unlink (path);
    }
}

static gboolean
prepare (const Restore *restore, GError **error)
{
  if (g_mkdir_with_parents (restore->state_dir, 0700) != 0)
    return fail_disk (restore->state_dir, error);
  if (!check_place (restore, error))
    return FALSE;
  if (mkdir (restore->work, 0700) != 0 && errno != EEXIST)
    return fail_disk (restore->work, error);
  empty_work (restore);
  return TRUE;
}

static gboolean
extract (const Restore *restore, LanyardBackupReader *reader, GError **error)
{
  const char *name = lanyard_backup_reader_get_next (reader);
  g_autofree char *path = g_build_filename (restore->work, name, NULL);
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  gboolean done;

  if (fd < 0)
    return fail_disk (path, error);
  done = lanyard_backup_reader_extract (reader, fd, error)
         && (fsync (fd) == 0 || fail_disk (path, error));
  close (fd);
  return done;
}

static void
keep_manifest (Restore *restore, const LanyardManifest *manifest)
{
  LanyardManifest *mine
      = manifest->kind == LANYARD_BACKUP_RECORDS ? restore->manifest : &restore->people;

  *mine = *manifest;
  mine->event = g_strdup (manifest->event);
  mine->prefix = g_strdup (manifest->prefix);
  mine->desk = g_strdup (manifest->desk);
  restore->has_records = restore->has_records || manifest->kind == LANYARD_BACKUP_RECORDS;
}

static gboolean
check_signer (const Restore *restore, const LanyardPublicKey *signer, GError **error)
{
  if (restore->signer == NULL
      || memcmp (restore->signer->bytes, signer->bytes, LANYARD_PUBLIC_KEY_BYTES) == 0)
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                       "Another key than that of the desk signed the backup: it was made by "
                       "somebody else; do not use it.");
  return FALSE;
}

/* @signer: (inout): who signed the ones before; zero: none was read yet */
static gboolean
read_one (Restore *restore, const char *path, LanyardPublicKey *signer, GError **error)
{
  g_autoptr (LanyardBackupReader) reader = lanyard_backup_reader_open (path, restore->key, error);
  const LanyardPublicKey none = { 0 };
  const LanyardManifest *manifest;
  LanyardPublicKey its;

  if (reader == NULL)
    return FALSE;
  manifest = lanyard_backup_reader_get_manifest (reader);
  if (manifest->kind == LANYARD_BACKUP_RECORDS ? restore->has_records
                                               : restore->people.prefix != NULL)
    return fail_state (error, "There are two backups of the same kind: name the newer one alone.");
  keep_manifest (restore, manifest);
  while (lanyard_backup_reader_get_next (reader) != NULL)
    if (!extract (restore, reader, error))
      return FALSE;
  if (!lanyard_backup_reader_end (reader, &its, error) || !check_signer (restore, &its, error))
    return FALSE;
  if (memcmp (signer->bytes, none.bytes, sizeof none.bytes) != 0
      && memcmp (signer->bytes, its.bytes, sizeof its.bytes) != 0)
    return fail_state (error, "The backups are of two desks: name those of one.");
  *signer = its;
  return TRUE;
}

static gboolean
check_pair (const Restore *restore, GError **error)
{
  const LanyardManifest *people = &restore->people;

  if (!restore->has_records)
    return fail_state (error, "The backup of the records is missing: name the file "
                              "lanyard-…-records.lanyard-backup too.");
  if (people->prefix != NULL
      && (people->device != restore->manifest->device || people->epoch != restore->manifest->epoch
          || g_strcmp0 (people->event, restore->manifest->event) != 0))
    return fail_state (error, "The backups are of two desks: name those of one.");
  return TRUE;
}

/* The journal is what the manifest says, whole, and in no epoch any more. */
static gboolean
check_journal (const Restore *restore, const char *path, GError **error)
{
  g_autoptr (LanyardJournal) journal = lanyard_journal_open (path, 0, NULL, error);
  g_auto (LanyardIdentity) identity = { 0 };
  LanyardHash head;

  if (journal == NULL || !lanyard_journal_verify (journal, NULL, error))
    return FALSE;
  lanyard_journal_get_identity (journal, &identity);
  lanyard_journal_get_head_hash (journal, &head);
  if (identity.device != restore->manifest->device || identity.epoch != restore->manifest->epoch
      || lanyard_journal_get_head_seq (journal) != restore->manifest->head
      || !lanyard_hash_equal (&head, &restore->manifest->hash))
    {
      g_set_error_literal (
          error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT,
          "The journal in the backup is not the one that it names: do not use it.");
      return FALSE;
    }
  return lanyard_journal_leave_identity (journal, error);
}

/* The copy for the hub, which nothing is ever added to. */
static gboolean
keep_lost_journal (const Restore *restore, const char *path, const char *lost, GError **error)
{
  g_autoptr (GFile) from = g_file_new_for_path (path);
  g_autoptr (GFile) to = g_file_new_for_path (lost);
  gboolean done;
  int fd;

  if (!g_file_copy (from, to, G_FILE_COPY_OVERWRITE | G_FILE_COPY_NOFOLLOW_SYMLINKS, NULL, NULL,
                    NULL, error))
    return FALSE;
  fd = open (lost, O_RDONLY | O_CLOEXEC);
  done = (fd >= 0 && fsync (fd) == 0) || fail_disk (lost, error);
  if (fd >= 0)
    close (fd);
  return done;
}

static char *
dup_lost_path (const Restore *restore)
{
  g_autofree char *name = g_strdup_printf ("lost-%s-journal.db", restore->manifest->prefix);

  return g_build_filename (restore->state_dir, name, NULL);
}

static gboolean
sync_folder (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done = fd >= 0 && fsync (fd) == 0;

  if (!done)
    fail_disk (path, error);
  if (fd >= 0)
    close (fd);
  return done;
}

static gboolean
place_all (const Restore *restore, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (placed); i++)
    {
      g_autofree char *from = g_build_filename (restore->work, placed[i], NULL);
      g_autofree char *to = g_build_filename (restore->state_dir, placed[i], NULL);

      if (!has_file (restore->work, placed[i]))
        continue;
      /* What came before it is on the disk before the journal makes it a desk. */
      if (g_str_equal (placed[i], JOURNAL) && !sync_folder (restore->state_dir, error))
        return FALSE;
      if (rename (from, to) != 0)
        return fail_disk (to, error);
    }
  empty_work (restore);
  rmdir (restore->work);
  return sync_folder (restore->state_dir, error);
}

gboolean
lanyard_backup_restore (char *const *paths,
                        const LanyardBackupKey *key,
                        const LanyardPublicKey *signer,
                        const char *state_dir,
                        LanyardManifest *manifest,
                        char **lost_journal,
                        GError **error)
{
  g_auto (Restore) restore = {
    .key = key,
    .signer = signer,
    .state_dir = state_dir,
    .work = g_build_filename (state_dir, WORK, NULL),
    .manifest = manifest,
  };
  g_autofree char *journal = g_build_filename (restore.work, JOURNAL, NULL);
  LanyardPublicKey one = { 0 };

  *lost_journal = NULL;
  memset (manifest, 0, sizeof *manifest);
  if (!prepare (&restore, error))
    return FALSE;
  for (; *paths != NULL; paths++)
    if (!read_one (&restore, *paths, &one, error))
      return FALSE;
  if (!check_pair (&restore, error))
    return FALSE;
  *lost_journal = dup_lost_path (&restore);
  return keep_lost_journal (&restore, journal, *lost_journal, error)
         && check_journal (&restore, journal, error) && place_all (&restore, error);
}
