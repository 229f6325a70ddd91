/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-backup.h"

#include "lanyard-error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define ENDING ".lanyard-backup"
#define OLD ".old"
#define PART ".part"
/* For manifest, header, frames and what a file system needs for itself. */
#define SPARE_BYTES (G_GUINT64_CONSTANT (1) << 20)

void
lanyard_backup_free (LanyardBackup *backup)
{
  if (backup == NULL)
    return;
  for (guint i = 0; i < backup->n_parts; i++)
    {
      if (backup->parts[i].fd >= 0)
        close (backup->parts[i].fd);
      g_clear_pointer (&backup->parts[i].content, g_bytes_unref);
    }
  lanyard_manifest_clear (&backup->manifest);
  g_clear_pointer (&backup->signer, lanyard_key_unref);
  g_free (backup->folder);
  g_free (backup->beside);
  g_free (backup);
}

void
lanyard_backup_add_file (LanyardBackup *backup, const char *name, int fd)
{
  LanyardBackupPart *part = &backup->parts[backup->n_parts];
  struct stat info;

  g_return_if_fail (backup->n_parts < LANYARD_BACKUP_MAX_PARTS && fd >= 0);

  part->name = name;
  part->fd = fd;
  part->n_bytes = fstat (fd, &info) == 0 ? (guint64)info.st_size : 0;
  backup->n_parts++;
}

void
lanyard_backup_add_bytes (LanyardBackup *backup, const char *name, GBytes *content)
{
  LanyardBackupPart *part = &backup->parts[backup->n_parts];

  g_return_if_fail (backup->n_parts < LANYARD_BACKUP_MAX_PARTS && content != NULL);

  part->name = name;
  part->fd = -1;
  part->content = content;
  part->n_bytes = g_bytes_get_size (content);
  backup->n_parts++;
}

char *
lanyard_backup_dup_name (LanyardBackupKind kind, const char *prefix)
{
  return g_strdup_printf ("lanyard-%s-%s" ENDING, prefix,
                          kind == LANYARD_BACKUP_RECORDS ? "records" : "people");
}

/* Where no stick is plugged in, the folder for it is one of the desk's own disk. */
static gboolean
is_the_desks_disk (const LanyardBackup *backup, int folder)
{
  struct stat theirs, ours;

  return fstat (folder, &theirs) != 0 || stat (backup->beside, &ours) != 0
         || theirs.st_dev == ours.st_dev;
}

static gboolean
check_room (const LanyardBackup *backup, int folder, GError **error)
{
  guint64 need = SPARE_BYTES;
  struct statvfs room;

  for (guint i = 0; i < backup->n_parts; i++)
    need += backup->parts[i].n_bytes + backup->parts[i].n_bytes / 1024;
  if (fstatvfs (folder, &room) != 0)
    return lanyard_backup_fail (error, errno, "be written");
  if ((room.f_flag & ST_RDONLY) != 0)
    return lanyard_backup_fail (error, EROFS, "be written");
  return (guint64)room.f_bavail * room.f_frsize >= need
         || lanyard_backup_fail (error, ENOSPC, "be written");
}

/* Returns: file descriptor; -1 with @error set */
static int
open_folder (const LanyardBackup *backup, GError **error)
{
  int folder = open (backup->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (folder < 0)
    {
      lanyard_backup_fail (error, errno, "open its folder");
      return -1;
    }
  if (is_the_desks_disk (backup, folder))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "There is no stick at %s, only a folder of this desk's own disk: plug the stick "
                   "in.",
                   backup->folder);
      close (folder);
      return -1;
    }
  if (check_room (backup, folder, error))
    return folder;
  close (folder);
  return -1;
}

static gboolean
write_part (LanyardEnvelopeWriter *writer, const LanyardBackupPart *part, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (LANYARD_ENVELOPE_CHUNK_BYTES);
  const guint8 *content = part->content != NULL ? g_bytes_get_data (part->content, NULL) : buffer;
  guint64 at = 0;

  do
    {
      gsize n = MIN (part->n_bytes - at, LANYARD_ENVELOPE_CHUNK_BYTES);

      if (part->content == NULL && pread (part->fd, buffer, n, (off_t)at) != (gssize)n)
        return lanyard_backup_fail (error, EIO, "read its own copy");
      at += n;
      if (!lanyard_envelope_write (writer, content, n, at == part->n_bytes, error))
        return FALSE;
      if (part->content != NULL)
        content += n;
    }
  while (at < part->n_bytes);
  return TRUE;
}

static gboolean
write_all (const LanyardBackup *backup, int fd, GError **error)
{
  g_autoptr (LanyardEnvelopeWriter) writer
      = lanyard_envelope_writer_new (fd, &backup->recipient, error);
  g_autoptr (GBytes) manifest = lanyard_manifest_encode (&backup->manifest, backup);
  gsize n_manifest;
  const void *bytes = g_bytes_get_data (manifest, &n_manifest);

  if (writer == NULL || !lanyard_envelope_write (writer, bytes, n_manifest, TRUE, error))
    return FALSE;
  for (guint i = 0; i < backup->n_parts; i++)
    if (!write_part (writer, &backup->parts[i], error))
      return FALSE;
  if (!lanyard_envelope_end (writer, backup->signer, error))
    return FALSE;
  return fsync (fd) == 0 || lanyard_backup_fail (error, errno, "be written");
}

static gboolean
write_under_own_name (const LanyardBackup *backup, int folder, const char *part, GError **error)
{
  gboolean done;
  int fd;

  unlinkat (folder, part, 0);
  fd = openat (folder, part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    return lanyard_backup_fail (error, errno, "be written");
  done = write_all (backup, fd, error);
  if (close (fd) != 0 && done)
    done = lanyard_backup_fail (error, errno, "be written");
  if (!done)
    unlinkat (folder, part, 0);
  return done;
}

static gboolean
put_name (int folder, const char *from, const char *to, GError **error)
{
  return renameat (folder, from, folder, to) == 0
         || lanyard_backup_fail (error, errno, "take its name");
}

/* A file system of sticks may know no syncing of folders. */
static gboolean
sync_folder (int folder, GError **error)
{
  return fsync (folder) == 0 || errno == EINVAL || lanyard_backup_fail (error, errno, "be written");
}

static gboolean
write_in (const LanyardBackup *backup, int folder, GError **error)
{
  g_autofree char *name = lanyard_backup_dup_name (backup->manifest.kind, backup->manifest.prefix);
  g_autofree char *old = g_strconcat (name, OLD, NULL);
  g_autofree char *part = g_strconcat (name, PART, NULL);

  if (!write_under_own_name (backup, folder, part, error))
    return FALSE;
  /* First the new one is whole, then the last one makes room for it. */
  if (faccessat (folder, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0
      && !put_name (folder, name, old, error))
    return FALSE;
  return put_name (folder, part, name, error) && sync_folder (folder, error);
}

gboolean
lanyard_backup_write (const LanyardBackup *backup, GError **error)
{
  gboolean done;
  int folder;

  g_return_val_if_fail (backup != NULL && backup->n_parts > 0, FALSE);

  folder = open_folder (backup, error);
  if (folder < 0)
    return FALSE;
  done = write_in (backup, folder, error);
  close (folder);
  return done;
}

gboolean
lanyard_backup_check (const LanyardBackup *backup, GError **error)
{
  g_autofree char *name = lanyard_backup_dup_name (backup->manifest.kind, backup->manifest.prefix);
  int folder = open_folder (backup, error);
  gboolean there;

  if (folder < 0)
    return FALSE;
  there = faccessat (folder, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
  close (folder);
  if (!there)
    g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                         "The backup is not on the stick any more: it is written anew.");
  return there;
}

/* Only those that have the name of a last one: not those before them, nor one that is being
 * written. */
static void
look_at (int folder, const char *name, LanyardBackupSight *sight)
{
  struct stat info;

  if (!g_str_has_prefix (name, "lanyard-") || !g_str_has_suffix (name, ENDING)
      || fstatat (folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG (info.st_mode))
    return;
  sight->n_files++;
  if (g_str_has_suffix (name, "-records" ENDING))
    sight->newest_s = MAX (sight->newest_s, info.st_mtime);
}

gboolean
lanyard_backup_look (const char *folder,
                     const char *beside,
                     LanyardBackupSight *sight,
                     GError **error)
{
  LanyardBackup place = { .folder = (char *)folder, .beside = (char *)beside };
  int fd = open_folder (&place, error);
  g_autoptr (GDir) dir = fd >= 0 ? g_dir_open (folder, 0, error) : NULL;
  const char *name;

  *sight = (LanyardBackupSight){ 0 };
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    look_at (fd, name, sight);
  if (fd >= 0)
    close (fd);
  return dir != NULL;
}
