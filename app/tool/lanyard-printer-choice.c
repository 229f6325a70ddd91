/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-printer-choice.h"

#include "lanyard-clock.h"
#include "lanyard-desk-files.h"
#include "lanyard-desk.h"

static gboolean
load_pack (LanyardPrinterChoice *choice, GError **error)
{
  gint64 now_s = lanyard_clock_wall_us (lanyard_clock_system ()) / G_USEC_PER_SEC;
  g_autofree char *shelf = choice->config == NULL
                               ? NULL
                               : lanyard_config_state_path (choice->config, LANYARD_DESK_SHELF);
  LanyardPublicKey root;

  if (choice->pack_dir != NULL)
    choice->pack = lanyard_pack_load (choice->pack_dir, NULL, now_s, error);
  else if (choice->config == NULL)
    return TRUE;
  else if (lanyard_command_parse_root_key (choice->config->root_key, &root, error))
    choice->pack = lanyard_pack_shelf_load (shelf, choice->config->pack_dir, &root,
                                            choice->config->venue, now_s, error);
  return choice->pack != NULL;
}

void
lanyard_printer_choice_clear (LanyardPrinterChoice *choice)
{
  g_free (choice->config_path);
  g_free (choice->pack_dir);
  g_strfreev (choice->words);
  g_clear_pointer (&choice->config, lanyard_config_free);
  g_clear_pointer (&choice->pack, lanyard_pack_unref);
}

gboolean
lanyard_printer_choice_load (LanyardPrinterChoice *choice,
                             const LanyardCommand *command,
                             GError **error)
{
  if (!lanyard_command_require_words (command, choice->words, 0, 1, error))
    return FALSE;
  if (choice->config_path != NULL || lanyard_printer_choice_get_uri (choice) == NULL)
    {
      choice->config = lanyard_desk_files_load_config (choice->config_path, error);
      if (choice->config == NULL)
        return FALSE;
    }
  return load_pack (choice, error);
}

const char *
lanyard_printer_choice_get_uri (const LanyardPrinterChoice *choice)
{
  return choice->words != NULL ? choice->words[0] : NULL;
}
