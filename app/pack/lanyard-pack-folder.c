/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-pack"

#include "lanyard-pack-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "lanyard-error.h"

/* A whole pack written into a folder, and a folder taken away. */

#define FOLDER_MODE 0755
#define FILE_MODE 0644

static gboolean
fail (const char *path, int code, GError **error)
{
  g_set_error (error, LANYARD_ERROR,
               code == ENOSPC || code == EDQUOT ? LANYARD_ERROR_FULL : LANYARD_ERROR_IO,
               "%s was not written: %s", path, g_strerror (code));

  return FALSE;
}

static gboolean
write_bytes (int fd, const guint8 *data, gsize n_bytes)
{
  while (n_bytes > 0)
    {
      ssize_t n = write (fd, data, n_bytes);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      n_bytes -= (gsize)n;
    }

  return TRUE;
}

static gboolean
write_file (const char *directory, const char *path, GBytes *content, GError **error)
{
  g_autofree char *full = g_build_filename (directory, path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (content, &n_bytes);
  gboolean good;
  int fd;

  if (!lanyard_pack_files_is_path (path))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "A pack has no file at such a path; nothing was written there");
      return FALSE;
    }
  if (g_mkdir_with_parents (folder, FOLDER_MODE) != 0)
    return fail (folder, errno, error);
  fd = open (full, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
  if (fd < 0)
    return fail (full, errno, error);
  good = write_bytes (fd, data, n_bytes);
  if (close (fd) != 0)
    good = FALSE;

  return good || fail (full, errno, error);
}

gboolean
lanyard_pack_files_write_all (const char *directory, GHashTable *files, GError **error)
{
  GHashTableIter iter;
  gpointer path, content;
  gboolean good;
  int fd;

  if (g_mkdir (directory, FOLDER_MODE) != 0)
    return fail (directory, errno, error);
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &path, &content))
    if (!write_file (directory, path, content, error))
      return FALSE;

  /* Hundreds of files one by one would keep the disk busy for seconds. */
  fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return fail (directory, errno, error);
  good = syncfs (fd) == 0 || fail (directory, errno, error);
  close (fd);

  return good;
}

void
lanyard_pack_files_remove (const char *directory)
{
  g_autoptr (GDir) items = NULL;
  const char *name;

  if (!g_file_test (directory, G_FILE_TEST_IS_SYMLINK))
    items = g_dir_open (directory, 0, NULL);
  while (items != NULL && (name = g_dir_read_name (items)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (g_unlink (path) != 0)
        lanyard_pack_files_remove (path);
    }
  if (items != NULL)
    g_rmdir (directory);
}
