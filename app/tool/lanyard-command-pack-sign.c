/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include "lanyard-pack.h"

static gboolean
run (char **args, GError **error)
{
  g_autofree char *key_path = NULL;
  g_auto (GStrv) words = NULL;
  const GOptionEntry entries[] = {
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &key_path, "Root key or a key for packs", "FILE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (LanyardKey) key = NULL;

  if (!lanyard_command_parse (&lanyard_command_pack_sign, args, entries,
                              "Writes manifest.cbor anew: path, size and hash of every file.",
                              error)
      || !lanyard_command_require_words (&lanyard_command_pack_sign, words, 1, 1, error)
      || !lanyard_command_require (&lanyard_command_pack_sign, key_path, "--key FILE", error)
      || !lanyard_command_require_file (words[0], error)
      || !lanyard_command_require_file (key_path, error))
    return FALSE;
  key = lanyard_key_load (key_path, error);
  if (key == NULL || !lanyard_pack_sign (words[0], key, error))
    return FALSE;
  g_print ("The manifest of %s is signed.\n", words[0]);
  return TRUE;
}

const LanyardCommand lanyard_command_pack_sign = {
  .name = "pack sign",
  .parameters = "DIR",
  .summary = "Sign an event pack",
  .run = run,
};
