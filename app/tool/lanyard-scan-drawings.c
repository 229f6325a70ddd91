/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-scan-drawings.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "lanyard-error.h"
#include "lanyard-scan-output.h"

struct _LanyardScanDrawings
{
  char *path; /* owned */
  gboolean many;
  GHashTable *pictures; /* owned (element-type utf8): identities of the files that are read */
  GHashTable *written;  /* owned (element-type utf8): names in the folder */
};

/* What a file is, whichever name leads to it. Returns: (transfer full) (nullable): NULL: nothing */
static char *
dup_identity (const char *path)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return NULL;
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, (guint64)info.st_dev,
                          (guint64)info.st_ino);
}

/* A name of its own for each: pictures of two folders may have the same. Returns: (transfer full)
 */
static char *
dup_path (LanyardScanDrawings *drawings, const LanyardScanPicture *picture)
{
  g_autofree char *flat = g_strdup (picture->name);
  char *name;

  if (!drawings->many)
    return g_strdup (drawings->path);
  g_strdelimit (flat, G_DIR_SEPARATOR_S, '-');
  name = g_strconcat (flat, ".png", NULL);
  for (guint n = 2; g_hash_table_contains (drawings->written, name); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%u.png", flat, n);
    }
  g_hash_table_add (drawings->written, name);
  return g_build_filename (drawings->path, name, NULL);
}

LanyardScanDrawings *
lanyard_scan_drawings_new (const char *path, const LanyardScanPictures *found, GError **error)
{
  LanyardScanDrawings *drawings;

  g_return_val_if_fail (path != NULL && found != NULL, NULL);

  if (found->many && g_mkdir_with_parents (path, 0777) != 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
                   "The folder '%s' for the drawings could not be made: %s", path,
                   g_strerror (errno));
      return NULL;
    }
  drawings = g_new0 (LanyardScanDrawings, 1);
  drawings->path = g_strdup (path);
  drawings->many = found->many;
  drawings->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  drawings->written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < found->pictures->len; i++)
    {
      const LanyardScanPicture *picture = g_ptr_array_index (found->pictures, i);
      char *identity = dup_identity (picture->path);

      if (identity != NULL)
        g_hash_table_add (drawings->pictures, identity);
    }
  return drawings;
}

void
lanyard_scan_drawings_free (LanyardScanDrawings *drawings)
{
  if (drawings == NULL)
    return;
  g_free (drawings->path);
  g_hash_table_unref (drawings->pictures);
  g_hash_table_unref (drawings->written);
  g_free (drawings);
}

gboolean
lanyard_scan_drawings_add (LanyardScanDrawings *drawings,
                           const LanyardScanPicture *picture,
                           const GPtrArray *scans,
                           GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *identity = NULL;

  g_return_val_if_fail (drawings != NULL && picture != NULL && scans != NULL, FALSE);

  path = dup_path (drawings, picture);
  identity = dup_identity (path);
  if (identity == NULL || !g_hash_table_contains (drawings->pictures, identity))
    return lanyard_scan_output_annotate (picture->path, scans, path, error);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
               "The drawing '%s' would take the place of a picture; name another place.", path);
  return FALSE;
}
