/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-backup.h"

#include "lanyard-error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct _LanyardBackupReader
{
  int fd;
  LanyardEnvelopeReader *envelope;
  LanyardManifest manifest;
  const char *names[LANYARD_BACKUP_MAX_PARTS];
  guint64 sizes[LANYARD_BACKUP_MAX_PARTS];
  guint n_parts;
  guint next;
};

static gboolean
fail_altered (GError **error)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT,
                       "The backup holds something else than it says: do not use it.");
  return FALSE;
}

static gboolean
read_manifest (LanyardBackupReader *reader, GError **error)
{
  const guint8 *data;
  gsize n_bytes;
  LanyardEnvelopeStep step = lanyard_envelope_read (reader->envelope, &data, &n_bytes, error);

  if (step == LANYARD_ENVELOPE_FAILED)
    return FALSE;
  if (step != LANYARD_ENVELOPE_LAST)
    return fail_altered (error);
  return lanyard_manifest_decode (data, n_bytes, &reader->manifest, reader->names, reader->sizes,
                                  &reader->n_parts, error);
}

LanyardBackupReader *
lanyard_backup_reader_open (const char *path, const LanyardBackupKey *key, GError **error)
{
  g_autoptr (LanyardBackupReader) reader = g_new0 (LanyardBackupReader, 1);
  struct stat info;

  /* A pipe in its place would be waited for. */
  reader->fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (reader->fd < 0 || fstat (reader->fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "The backup %s cannot be opened (%s): check its name.", path,
                   g_strerror (reader->fd < 0 ? errno : EINVAL));
      return NULL;
    }
  reader->envelope = lanyard_envelope_reader_new (reader->fd, key, error);
  if (reader->envelope == NULL || !read_manifest (reader, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  return g_steal_pointer (&reader);
}

void
lanyard_backup_reader_free (LanyardBackupReader *reader)
{
  if (reader == NULL)
    return;
  g_clear_pointer (&reader->envelope, lanyard_envelope_reader_free);
  if (reader->fd >= 0)
    close (reader->fd);
  lanyard_manifest_clear (&reader->manifest);
  g_free (reader);
}

const LanyardManifest *
lanyard_backup_reader_get_manifest (LanyardBackupReader *reader)
{
  return &reader->manifest;
}

const char *
lanyard_backup_reader_get_next (LanyardBackupReader *reader)
{
  return reader->next < reader->n_parts ? reader->names[reader->next] : NULL;
}

static gboolean
put (int fd, const guint8 *bytes, gsize n_bytes, GError **error)
{
  while (fd >= 0 && n_bytes > 0)
    {
      gssize n = write (fd, bytes, n_bytes);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
                       "What is in the backup could not be written (%s): check the disk.",
                       g_strerror (errno));
          return FALSE;
        }
      bytes += n;
      n_bytes -= (gsize)n;
    }
  return TRUE;
}

gboolean
lanyard_backup_reader_extract (LanyardBackupReader *reader, int fd, GError **error)
{
  LanyardEnvelopeStep step = LANYARD_ENVELOPE_PIECE;
  guint64 left;

  g_return_val_if_fail (reader->next < reader->n_parts, FALSE);

  left = reader->sizes[reader->next++];
  while (step == LANYARD_ENVELOPE_PIECE)
    {
      const guint8 *data;
      gsize n_bytes;

      step = lanyard_envelope_read (reader->envelope, &data, &n_bytes, error);
      if (step == LANYARD_ENVELOPE_FAILED)
        return FALSE;
      if (step == LANYARD_ENVELOPE_END || n_bytes > left)
        return fail_altered (error);
      left -= n_bytes;
      if (!put (fd, data, n_bytes, error))
        return FALSE;
    }
  return left == 0 || fail_altered (error);
}

gboolean
lanyard_backup_reader_end (LanyardBackupReader *reader, LanyardPublicKey *signer, GError **error)
{
  LanyardEnvelopeStep step;
  const guint8 *data;
  gsize n_bytes;

  while (reader->next < reader->n_parts)
    if (!lanyard_backup_reader_extract (reader, -1, error))
      return FALSE;
  step = lanyard_envelope_read (reader->envelope, &data, &n_bytes, error);
  if (step == LANYARD_ENVELOPE_FAILED)
    return FALSE;
  if (step != LANYARD_ENVELOPE_END)
    return fail_altered (error);
  *signer = *lanyard_envelope_get_signer (reader->envelope);
  return TRUE;
}
