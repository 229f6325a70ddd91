/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-desk-files.h"

#include "lanyard-error.h"
#include "lanyard-output.h"
#include "lanyard-vault.h"

#define DEFAULT_CONFIG_PATH "/etc/lanyard/lanyard.conf"
#define INDEX_ROWS_A_STEP 2000

LanyardConfig *
lanyard_desk_files_load_config (const char *path, GError **error)
{
  if (path == NULL)
    path = DEFAULT_CONFIG_PATH;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "There is no configuration '%s'; name one with --config FILE.", path);
      return NULL;
    }
  return lanyard_config_load (path, error);
}

LanyardDirectory *
lanyard_desk_files_open_directory (const LanyardConfig *config, gboolean create, GError **error)
{
  g_autofree char *path = lanyard_config_state_path (config, "directory.db");
  g_autoptr (LanyardVault) vault = NULL;

  if (create && !g_file_test (path, G_FILE_TEST_EXISTS)
      && !g_file_test (config->vault_key_file, G_FILE_TEST_EXISTS))
    {
      g_mkdir_with_parents (config->state_dir, 0700);
      if (!lanyard_vault_create_key_file (config->vault_key_file, error))
        return NULL;
    }
  vault = lanyard_vault_load (config->vault_key_file, error);
  return vault != NULL ? lanyard_directory_open (path, vault, create, error) : NULL;
}

gboolean
lanyard_desk_files_build_index (LanyardDirectory *directory, GError **error)
{
  guint64 size = lanyard_directory_get_size (directory);
  guint64 done = 0;
  GError *local_error = NULL;

  while (!lanyard_directory_index_step (directory, INDEX_ROWS_A_STEP, &local_error))
    {
      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
      done += INDEX_ROWS_A_STEP;
      lanyard_output_progress ("people", MIN (done, size), size);
    }
  lanyard_output_progress_end ();
  return TRUE;
}

LanyardJournal *
lanyard_desk_files_open_journal (const char *config_path, const char *journal_path, GError **error)
{
  g_autoptr (LanyardConfig) config = NULL;
  g_autofree char *path = NULL;

  if (journal_path != NULL)
    path = g_strdup (journal_path);
  else
    {
      config = lanyard_desk_files_load_config (config_path, error);
      if (config == NULL)
        return NULL;
      path = lanyard_config_state_path (config, "journal.db");
    }
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "There is no journal '%s'; check the path, or start the kiosk once.", path);
      return NULL;
    }
  return lanyard_journal_open (path, LANYARD_JOURNAL_READ_ONLY, NULL, error);
}
