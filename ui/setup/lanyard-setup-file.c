/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-file.h"

#include "lanyard-error.h"

#define KEEP (G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS)
#define FILE_MODE 0640
#define FOLDER_MODE 0750

struct _LanyardSetupFile
{
  char *path;
  GKeyFile *keys;
};

LanyardSetupFile *
lanyard_setup_file_open (const char *path, GError **error)
{
  g_autoptr (LanyardSetupFile) file = g_new0 (LanyardSetupFile, 1);
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  file->path = g_canonicalize_filename (path, NULL);
  file->keys = g_key_file_new ();
  if (!g_key_file_load_from_file (file->keys, file->path, KEEP, &local)
      && !g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "%s cannot be read as a configuration: %s", path, local->message);
      return NULL;
    }
  return g_steal_pointer (&file);
}

void
lanyard_setup_file_free (LanyardSetupFile *file)
{
  if (file == NULL)
    return;
  g_free (file->path);
  g_clear_pointer (&file->keys, g_key_file_unref);
  g_free (file);
}

const char *
lanyard_setup_file_get_path (LanyardSetupFile *file)
{
  return file->path;
}

char *
lanyard_setup_file_get (LanyardSetupFile *file, const char *group, const char *key)
{
  g_autofree char *value = NULL;

  g_return_val_if_fail (file != NULL, NULL);

  value = g_key_file_get_string (file->keys, group, key, NULL);
  return value != NULL && *g_strstrip (value) != '\0' ? g_steal_pointer (&value) : NULL;
}

char *
lanyard_setup_file_find (LanyardSetupFile *file,
                         const char *prefix,
                         const char *key,
                         const char *value)
{
  g_auto (GStrv) groups = NULL;

  g_return_val_if_fail (file != NULL && value != NULL, NULL);

  groups = g_key_file_get_groups (file->keys, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *present = lanyard_setup_file_get (file, groups[i], key);

      if (g_str_has_prefix (groups[i], prefix) && g_strcmp0 (present, value) == 0)
        return g_strdup (groups[i]);
    }
  return NULL;
}

static gboolean
write_out (LanyardSetupFile *file, GKeyFile *keys, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (file->path);
  gsize n_bytes = 0;
  g_autofree char *text = g_key_file_to_data (keys, &n_bytes, NULL);
  g_autoptr (GError) local = NULL;

  if (g_mkdir_with_parents (folder, FOLDER_MODE) == 0
      && g_file_set_contents_full (file->path, text, (gssize)n_bytes,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   FILE_MODE, &local))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
               "%s cannot be written: %s. Give its folder to the account of this desk.", file->path,
               local != NULL ? local->message : "its folder cannot be made");
  return FALSE;
}

char *
lanyard_setup_file_dup_text (LanyardSetupFile *file)
{
  return g_key_file_to_data (file->keys, NULL, NULL);
}

gboolean
lanyard_setup_file_restore (LanyardSetupFile *file, const char *text, GError **error)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();

  if ((*text != '\0' && !g_key_file_load_from_data (keys, text, (gsize)-1, KEEP, error))
      || !write_out (file, keys, error))
    return FALSE;
  g_key_file_unref (file->keys);
  file->keys = g_steal_pointer (&keys);
  return TRUE;
}

gboolean
lanyard_setup_file_put (LanyardSetupFile *file,
                        const LanyardSetupSetting *settings,
                        guint n_settings,
                        GError **error)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  gsize n_bytes = 0;
  g_autofree char *text = NULL;

  g_return_val_if_fail (file != NULL, FALSE);

  text = g_key_file_to_data (file->keys, &n_bytes, NULL);
  if (n_bytes > 0 && !g_key_file_load_from_data (keys, text, n_bytes, KEEP, error))
    return FALSE;
  for (guint i = 0; i < n_settings; i++)
    if (settings[i].key == NULL)
      g_key_file_remove_group (keys, settings[i].group, NULL);
    else if (settings[i].value != NULL)
      g_key_file_set_string (keys, settings[i].group, settings[i].key, settings[i].value);
    else
      g_key_file_remove_key (keys, settings[i].group, settings[i].key, NULL);
  if (!write_out (file, keys, error))
    return FALSE;
  g_key_file_unref (file->keys);
  file->keys = g_steal_pointer (&keys);
  return TRUE;
}
