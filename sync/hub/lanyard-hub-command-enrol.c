/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command.h"

#include "lanyard-cbor.h"
#include "lanyard-error.h"

#define DEFAULT_MINUTES 15

static char *
ask_code (LanyardHubConsole *console,
          const char *venue,
          const char *name,
          int device,
          int minutes,
          GError **error)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *word = NULL;
  g_autofree char *code = NULL;
  LanyardCborReader reader;

  lanyard_cbor_open_array (writer, 5);
  lanyard_cbor_write_text (writer, "enrol");
  lanyard_cbor_write_text (writer, venue);
  lanyard_cbor_write_text (writer, name == NULL ? "" : name);
  lanyard_cbor_write_uint (writer, (guint64)device);
  lanyard_cbor_write_int (writer, (gint64)minutes * 60);
  request = lanyard_cbor_writer_end (writer);
  answer = lanyard_hub_console_call (console, request, error);
  if (answer == NULL)
    return NULL;
  lanyard_cbor_reader_init (&reader, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                            LANYARD_HUB_CONTROL_MAX_BYTES);
  lanyard_cbor_enter_array (&reader, 2);
  word = lanyard_cbor_read_text (&reader, 16);
  code = lanyard_cbor_read_text (&reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  if (!lanyard_cbor_reader_end (&reader, "answer of the hub", error))
    return NULL;
  return g_steal_pointer (&code);
}

static gboolean
enrol (const char *directory,
       const char *venue,
       const char *name,
       int device,
       int minutes,
       GError **error)
{
  g_autoptr (LanyardHubConsole) console = NULL;
  g_autofree char *code = NULL;

  if (!lanyard_hub_command_need (directory, "--dir", error)
      || !lanyard_hub_command_need (venue, "--venue", error))
    return FALSE;
  if (minutes < 1 || minutes > 7 * 24 * 60 || device < 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           "--minutes goes from 1 to 10080, --device is a desk's number.");
      return FALSE;
    }
  console = lanyard_hub_console_open (directory, error);
  if (console == NULL)
    return FALSE;
  code = ask_code (console, venue, name, device, minutes, error);
  if (code == NULL)
    return FALSE;
  g_print ("%s\n", code);
  g_printerr ("Good once, for %d minutes, for a desk at %s:\n"
              "  lanyard-kiosk --config FILE --enrol %s --hub URL\n",
              minutes, venue, code);
  return TRUE;
}

int
lanyard_hub_command_enrol (int argc, char **argv)
{
  g_autofree char *directory = NULL;
  g_autofree char *venue = NULL;
  g_autofree char *name = NULL;
  int device = 0;
  int minutes = DEFAULT_MINUTES;
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &directory, "the hub's folder", "DIR" },
    { "venue", 'v', 0, G_OPTION_ARG_STRING, &venue, "venue code of the desk", "CODE" },
    { "name", 'n', 0, G_OPTION_ARG_STRING, &name, "words for people", "TEXT" },
    { "device", 0, 0, G_OPTION_ARG_INT, &device, "a desk that was set up anew", "NUMBER" },
    { "minutes", 'm', 0, G_OPTION_ARG_INT, &minutes, "how long the code is good (15)", "N" },
    { NULL },
  };
  GError *error = NULL;

  if (lanyard_hub_command_parse ("--dir DIR --venue CODE",
                                 "Prints a one-time code with which one desk joins the hub.",
                                 entries, &argc, &argv, &error))
    enrol (directory, venue, name, device, minutes, &error);
  return lanyard_hub_command_end (error);
}
