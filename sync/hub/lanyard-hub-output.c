/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lanyard-error.h"
#include "lanyard-fault.h"

/* In the hub's folder, beside its database. */
static const char *const own_files[] = {
  "hub.key", "root.key", "decisions.jsonl", "store", "address", "pack/manifest.cbor", "pack/pack.json",
};
/* What SQLite puts beside a database. */
static const char *const companions[] = { "-wal", "-shm", "-journal" };

#define SQLITE_MAGIC "SQLite format 3" /* with its NUL; https://sqlite.org/fileformat.html §1.3 */

/* Whatever way leads to it; what is not there yet goes by its name. */
static gboolean
is_same (const char *path, const char *other)
{
  g_autofree char *name = g_canonicalize_filename (path, NULL);
  g_autofree char *other_name = g_canonicalize_filename (other, NULL);
  struct stat a, b;

  return g_str_equal (name, other_name)
         || (stat (path, &a) == 0 && stat (other, &b) == 0 && a.st_dev == b.st_dev
             && a.st_ino == b.st_ino);
}

/* Closing a file that SQLite has open in the same process would end SQLite's locks
 * (https://sqlite.org/howtocorrupt.html §2.2): such a one is known without being opened. */
static gboolean
is_open_here (const char *path)
{
  g_autoptr (GDir) descriptors = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;

  while (descriptors != NULL && (name = g_dir_read_name (descriptors)) != NULL)
    {
      g_autofree char *descriptor = g_build_filename ("/proc/self/fd", name, NULL);

      if (atoi (name) > STDERR_FILENO && is_same (path, descriptor))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_database (const char *path)
{
  char head[sizeof SQLITE_MAGIC];
  gboolean database;
  int fd;

  if (is_open_here (path))
    return TRUE;
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  database = fd >= 0 && read (fd, head, sizeof head) == sizeof head
             && memcmp (head, SQLITE_MAGIC, sizeof head) == 0;

  if (fd >= 0)
    close (fd);
  return database;
}

/* A store may lie anywhere, and a hub that serves may have been told another place than its folder
 * names: whatever is a database, or lies beside one, is nothing to write over. */
static gboolean
is_of_database (const char *path)
{
  g_autofree char *real = realpath (path, NULL); /* malloc() is GLib's */

  if (lanyard_fault ("hub-writes-over-store"))
    return FALSE;
  if (real == NULL)
    real = g_strdup (path);
  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    if (g_str_has_suffix (real, companions[i]))
      {
        g_autofree char *database = g_strndup (real, strlen (real) - strlen (companions[i]));

        if (is_database (database))
          return TRUE;
      }
  return is_database (real);
}

static gboolean
refuse (const char *path, const char *why, GError **error)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, "%s %s: name another file to write to.",
               path, why);
  return FALSE;
}

static gboolean
fail (const char *path, GError **error)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "%s cannot be written: %s.", path,
               g_strerror (errno));
  return FALSE;
}

static void
clear (LanyardHubOutput *output)
{
  g_clear_pointer (&output->path, g_free);
  g_clear_pointer (&output->part, g_free);
  output->file = NULL;
}

gboolean
lanyard_hub_output_is_own (const char *directory, const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (own_files); i++)
    {
      g_autofree char *own = g_build_filename (directory, own_files[i], NULL);

      if (is_same (path, own))
        return TRUE;
    }
  return FALSE;
}

gboolean
lanyard_hub_output_may_be (const char *directory,
                           const char *path,
                           const char *input,
                           GError **error)
{
  if (path == NULL)
    return TRUE;
  if (input != NULL && is_same (path, input))
    return refuse (path, "is the file that is read", error);
  if (directory != NULL && lanyard_hub_output_is_own (directory, path))
    return refuse (path, "belongs to the hub", error);
  if (is_of_database (path))
    return refuse (path, "is a database", error);
  return TRUE;
}

gboolean
lanyard_hub_output_open (LanyardHubOutput *output,
                         const char *directory,
                         const char *path,
                         GError **error)
{
  struct stat info;
  int fd;

  *output = (LanyardHubOutput){ .file = stdout };
  if (path == NULL || g_str_equal (path, "-"))
    return TRUE;
  if (!lanyard_hub_output_may_be (directory, path, NULL, error))
    return FALSE;
  output->path = g_strdup (path);
  if (lstat (path, &info) != 0 || S_ISREG (info.st_mode))
    output->part = g_strconcat (path, ".part", NULL);
  if (output->part != NULL)
    g_unlink (output->part);
  fd = open (output->part != NULL ? output->part : path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
             lanyard_fault ("hub-output-for-all") ? 0644 : 0600);
  output->file = fd >= 0 ? fdopen (fd, "we") : NULL;
  if (output->file != NULL)
    return TRUE;
  fail (path, error);
  clear (output);
  return FALSE;
}

gboolean
lanyard_hub_output_end (LanyardHubOutput *output, gboolean done, GError **error)
{
  gboolean written = fflush (output->file) == 0 && !ferror (output->file);
  const char *path = output->path != NULL ? output->path : "standard output";

  /* Pipes cannot be synced. */
  if (output->part != NULL)
    written = written && fsync (fileno (output->file)) == 0;
  if (output->file != stdout)
    written = fclose (output->file) == 0 && written;
  if (done && !written)
    done = fail (path, error);
  if (output->part != NULL && done && g_rename (output->part, output->path) != 0)
    done = fail (path, error);
  if (output->part != NULL && !done)
    g_unlink (output->part);
  clear (output);
  return done;
}
