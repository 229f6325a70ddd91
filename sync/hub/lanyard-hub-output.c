/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lanyard-error.h"

/* In the hub's folder. */
static const char *const own_files[] = {
  "hub.key", "root.key",           "hub.db",         "hub.db-wal", "store",
  "address", "pack/manifest.cbor", "pack/pack.json",
};

/* Whatever way leads to it. */
static gboolean
is_same (const char *path, const char *other)
{
  struct stat a, b;

  return stat (path, &a) == 0 && stat (other, &b) == 0 && a.st_dev == b.st_dev
         && a.st_ino == b.st_ino;
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
lanyard_hub_output_may_be (const char *directory,
                           const char *path,
                           const char *input,
                           GError **error)
{
  if (path == NULL)
    return TRUE;
  if (input != NULL && is_same (path, input))
    return refuse (path, "is the file that is read", error);
  for (guint i = 0; directory != NULL && i < G_N_ELEMENTS (own_files); i++)
    {
      g_autofree char *own = g_build_filename (directory, own_files[i], NULL);

      if (is_same (path, own))
        return refuse (path, "belongs to the hub", error);
    }
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
             0600);
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
