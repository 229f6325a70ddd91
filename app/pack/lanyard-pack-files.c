/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-pack"

#include "lanyard-pack-files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lanyard-error.h"

/* One walk over a pack. */
typedef struct
{
  GHashTable *files; /* borrowed (element-type utf8 GBytes) */
  gsize n_bytes;     /* read so far */
} Walk;

typedef DIR Directory;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Directory, closedir)

static gboolean
read_directory (Walk *walk, int fd, const char *prefix, guint depth, GError **error);

static gboolean
is_plain_name (const char *name)
{
  if (*name == '.')
    return FALSE;

  for (const char *p = name; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && strchr ("-_.", *p) == NULL)
        return FALSE;
    }

  return TRUE;
}

gboolean
lanyard_pack_files_is_path (const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", LANYARD_PACK_MAX_DEPTH + 2);
  guint n_names = g_strv_length (names);

  for (guint i = 0; i < n_names; i++)
    if (*names[i] == '\0' || !is_plain_name (names[i]))
      return FALSE;

  return n_names > 0 && n_names <= LANYARD_PACK_MAX_DEPTH + 1;
}

static gboolean
fail_errno (const char *path, int code, GError **error)
{
  g_set_error (error, LANYARD_ERROR, code == ENOENT ? LANYARD_ERROR_NOT_FOUND : LANYARD_ERROR_IO,
               "The pack's file %s could not be read: %s", path, g_strerror (code));

  return FALSE;
}

static gboolean
read_all (int fd, guint8 *data, gsize n_bytes)
{
  gsize done = 0;

  while (done < n_bytes)
    {
      ssize_t n = read (fd, data + done, n_bytes - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      done += n;
    }

  return TRUE;
}

/* Takes over @fd. */
static gboolean
read_file (Walk *walk, int fd, const char *path, gsize n_bytes, GError **error)
{
  g_autofree guint8 *data = NULL;
  gboolean good;
  int code;

  if (n_bytes > LANYARD_PACK_MAX_FILE_BYTES || walk->n_bytes + n_bytes > LANYARD_PACK_MAX_BYTES)
    {
      close (fd);
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "The pack's file %s makes it too large; a file may have %d bytes, a pack %d",
                   path, LANYARD_PACK_MAX_FILE_BYTES, LANYARD_PACK_MAX_BYTES);
      return FALSE;
    }

  data = g_malloc (n_bytes + 1);
  errno = EIO;
  good = read_all (fd, data, n_bytes);
  code = errno;
  close (fd);
  if (!good)
    return fail_errno (path, code, error);

  walk->n_bytes += n_bytes;
  g_hash_table_replace (walk->files, g_strdup (path),
                        g_bytes_new_take (g_steal_pointer (&data), n_bytes));
  return TRUE;
}

static gboolean
read_item (Walk *walk,
           int parent,
           const char *prefix,
           const char *name,
           guint depth,
           GError **error)
{
  g_autofree char *path = g_strconcat (prefix, name, NULL);
  g_autofree char *below = g_strconcat (path, "/", NULL);
  struct stat info;
  int fd;

  if (!is_plain_name (name))
    {
      g_autofree char *shown = g_strescape (path, NULL);

      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "The pack has a file \"%s\"; names have letters, digits, \"-\", \"_\" and \".\""
                   " only: remove it",
                   shown);
      return FALSE;
    }

  /* Not through links: a pack must not reach outside itself. Not blocking on a pipe. */
  fd = openat (parent, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (fd >= 0 && fstat (fd, &info) == 0)
    {
      if (S_ISDIR (info.st_mode))
        return read_directory (walk, fd, below, depth + 1, error);
      if (S_ISREG (info.st_mode))
        {
          if (g_hash_table_size (walk->files) < LANYARD_PACK_MAX_FILES)
            return read_file (walk, fd, path, info.st_size, error);
          close (fd);
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                       "The pack has more than %d files; remove what does not belong to it",
                       LANYARD_PACK_MAX_FILES);
          return FALSE;
        }
    }
  else if (errno != ELOOP && errno != ENXIO)
    return fail_errno (path, errno, error);

  if (fd >= 0)
    close (fd);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               "The pack's %s is a link or a device; put a plain file in its place", path);
  return FALSE;
}

/* Takes over @fd. */
static gboolean
read_directory (Walk *walk, int fd, const char *prefix, guint depth, GError **error)
{
  g_autoptr (Directory) directory = fdopendir (fd);
  struct dirent *item;

  if (directory == NULL)
    {
      int code = errno;

      close (fd);
      return fail_errno (prefix, code, error);
    }
  if (depth > LANYARD_PACK_MAX_DEPTH)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "The pack's folder %s is nested too deep; move its files up", prefix);
      return FALSE;
    }

  while ((item = readdir (directory)) != NULL)
    {
      if (g_str_equal (item->d_name, ".") || g_str_equal (item->d_name, ".."))
        continue;
      if (!read_item (walk, fd, prefix, item->d_name, depth, error))
        return FALSE;
    }

  return TRUE;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GHashTable *
lanyard_pack_files_read (const char *directory, GError **error)
{
  g_autoptr (GHashTable) files
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  Walk walk = { .files = files };
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "There is no pack at %s: %s; give the folder that has pack.json in it",
                   directory, g_strerror (errno));
      return NULL;
    }
  if (!read_directory (&walk, fd, "", 0, error))
    return NULL;

  return g_steal_pointer (&files);
}

GPtrArray *
lanyard_pack_files_sorted (GHashTable *files)
{
  GPtrArray *paths = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_ptr_array_add (paths, path);
  g_ptr_array_sort (paths, compare_paths);

  return paths;
}

gboolean
lanyard_pack_files_write (const char *directory, const char *name, GBytes *content, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) local = NULL;
  gsize n_bytes;
  const char *data = g_bytes_get_data (content, &n_bytes);

  if (g_file_set_contents_full (path, data, n_bytes,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
                                &local))
    return TRUE;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "The pack's file %s was not written: %s",
               name, local->message);
  return FALSE;
}
