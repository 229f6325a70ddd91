/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-scan-pictures.h"

#include <string.h>

#include "lanyard-command.h"
#include "lanyard-scan-output.h"

/* Deepest folder in a folder that is looked into. */
#define MAX_FOLDER_DEPTH 16

static void
picture_free (LanyardScanPicture *picture)
{
  g_free (picture->path);
  g_free (picture->name);
  g_free (picture);
}

static void
add_picture (GPtrArray *pictures, const char *path, const char *name)
{
  LanyardScanPicture *picture = g_new0 (LanyardScanPicture, 1);

  picture->path = g_strdup (path);
  picture->name = g_strdup (name);
  g_ptr_array_add (pictures, picture);
}

static gboolean
is_picture (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, ".png") || g_str_has_suffix (lower, ".jpg")
         || g_str_has_suffix (lower, ".jpeg");
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* Returns: (transfer full): paths of all that is in @directory, by name; empty when it is shut */
static GPtrArray *
list_folder (LanyardScanPictures *found, const char *directory)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (directory, 0, &error);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    {
      found->n_shut++;
      lanyard_scan_output_failure (error);
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (paths, g_build_filename (directory, name, NULL));
  g_ptr_array_sort (paths, compare_paths);
  return paths;
}

/* Adds all pictures below @directory, in the order of their names, which begin behind @root. */
static void
collect_folder (LanyardScanPictures *found, const char *directory, const char *root, guint depth)
{
  g_autoptr (GPtrArray) paths = list_folder (found, directory);

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      const char *below = path + strlen (root);

      while (*below == G_DIR_SEPARATOR)
        below++;
      if (!g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          if (is_picture (path))
            add_picture (found->pictures, path, below);
        }
      else if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && depth < MAX_FOLDER_DEPTH)
        collect_folder (found, path, root, depth + 1);
    }
}

static gboolean
collect_word (LanyardScanPictures *found, const char *word, GError **error)
{
  guint n_before = found->pictures->len + found->n_shut;

  if (!lanyard_command_require_file (word, error))
    return FALSE;
  if (!g_file_test (word, G_FILE_TEST_IS_DIR))
    {
      add_picture (found->pictures, word, word);
      return TRUE;
    }
  found->many = TRUE;
  collect_folder (found, word, word, 0);
  if (found->pictures->len + found->n_shut > n_before)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
               "The folder '%s' has no PNG or JPEG picture in it; name one that has.", word);
  return FALSE;
}

gboolean
lanyard_scan_pictures_collect (LanyardScanPictures *found, char *const *words, GError **error)
{
  g_return_val_if_fail (found != NULL && words != NULL, FALSE);

  found->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify)picture_free);
  found->many = g_strv_length ((char **)words) > 1;
  for (guint i = 0; words[i] != NULL; i++)
    if (!collect_word (found, words[i], error))
      return FALSE;
  return TRUE;
}

void
lanyard_scan_pictures_clear (LanyardScanPictures *found)
{
  g_clear_pointer (&found->pictures, g_ptr_array_unref);
}
