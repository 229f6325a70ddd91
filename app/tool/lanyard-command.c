/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-command.h"

#include "lanyard-hash.h"

gboolean
lanyard_command_parse (const LanyardCommand *command,
                       char **args,
                       const GOptionEntry *entries,
                       const char *description,
                       GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (command->parameters);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *program = g_strconcat ("lanyard ", command->name, NULL);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_set_prgname (program);
  g_option_context_set_summary (context, command->summary);
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, NULL);

  g_strv_builder_add (builder, program);
  g_strv_builder_addv (builder, (const char **)args);
  argv = g_strv_builder_end (builder);
  if (g_option_context_parse_strv (context, &argv, &local_error))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, "%s; see 'lanyard %s --help'.",
               local_error->message, command->name);
  return FALSE;
}

gboolean
lanyard_command_require (const LanyardCommand *command,
                         gconstpointer value,
                         const char *option,
                         GError **error)
{
  if (value != NULL)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, "%s is missing; see 'lanyard %s --help'.",
               option, command->name);
  return FALSE;
}

gboolean
lanyard_command_require_words (const LanyardCommand *command,
                               char *const *words,
                               guint min,
                               guint max,
                               GError **error)
{
  guint n = words == NULL ? 0 : g_strv_length ((char **)words);

  if (n < min)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "%s is missing; see 'lanyard %s --help'.", command->parameters, command->name);
      return FALSE;
    }
  if (n > max)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "'%s' is one word too many; see 'lanyard %s --help'.", words[max],
                   command->name);
      return FALSE;
    }
  return TRUE;
}

gboolean
lanyard_command_require_file (const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, "There is no file '%s'; check the path.",
               path);
  return FALSE;
}

gboolean
lanyard_command_parse_root_key (const char *hex, LanyardPublicKey *key, GError **error)
{
  if (hex == NULL || lanyard_hex_decode (hex, key->bytes, sizeof key->bytes))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
               "The root key is not %d hexadecimal characters; copy it as 'lanyard-hub init' "
               "printed it.",
               LANYARD_PUBLIC_KEY_BYTES * 2);
  return FALSE;
}
