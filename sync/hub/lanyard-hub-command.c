/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command.h"

#include "lanyard-cbor.h"
#include "lanyard-error.h"

gboolean
lanyard_hub_command_parse (const char *usage,
                           const char *summary,
                           const GOptionEntry *entries,
                           int *argc,
                           char ***argv,
                           GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autoptr (GError) local_error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, summary);
  if (g_option_context_parse (context, argc, argv, &local_error))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, "%s; see lanyard-hub %s --help.",
               local_error->message, (*argv)[0]);
  return FALSE;
}

gboolean
lanyard_hub_command_need (const char *value, const char *option, GError **error)
{
  if (value != NULL && *value != '\0')
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, "%s is missing.", option);
  return FALSE;
}

gboolean
lanyard_hub_command_no_words (int argc, char **argv, GError **error)
{
  if (argc <= 1)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
               "“%s” is one word too many; see lanyard-hub %s --help.", argv[1], argv[0]);
  return FALSE;
}

int
lanyard_hub_command_end (GError *error)
{
  int code = lanyard_error_exit_code (error);

  if (error != NULL)
    g_printerr ("lanyard-hub: %s\n", error->message);
  g_clear_error (&error);
  return code;
}

static GBytes *
ask_entries (LanyardHubConsole *console, const char *after, GError **error)
{
  LanyardCborWriter *writer = lanyard_hub_command_request ("entries", 2);
  g_autoptr (GBytes) request = NULL;

  lanyard_cbor_write_text (writer, after);
  lanyard_cbor_write_uint (writer, LANYARD_HUB_CONTROL_MAX_ENTRIES);
  request = lanyard_cbor_writer_end (writer);
  return lanyard_hub_console_call (console, request, error);
}

GPtrArray *
lanyard_hub_command_read_entries (LanyardHubConsole *console, const char *after, GError **error)
{
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_entry_free);
  g_autoptr (GBytes) answer = ask_entries (console, after, error);
  g_autofree char *word = NULL;
  LanyardCborReader reader;
  gsize n;

  if (answer == NULL)
    return NULL;
  lanyard_cbor_reader_init (&reader, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                            LANYARD_HUB_CONTROL_MAX_BYTES);
  lanyard_cbor_enter_array (&reader, 2);
  word = lanyard_cbor_read_text (&reader, 16);
  n = lanyard_cbor_enter_array (&reader, LANYARD_HUB_CONTROL_MAX_ENTRIES);
  for (gsize i = 0; i < n && reader.error == NULL; i++)
    {
      gsize n_bytes;
      const guint8 *bytes = lanyard_cbor_read_bytes (&reader, LANYARD_ENTRY_MAX_BYTES, &n_bytes);
      LanyardEntry *entry
          = bytes == NULL ? NULL : lanyard_entry_decode (bytes, n_bytes, &reader.error);

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
  if (!lanyard_cbor_reader_end (&reader, "answer of the hub", error))
    return NULL;
  return g_steal_pointer (&entries);
}
