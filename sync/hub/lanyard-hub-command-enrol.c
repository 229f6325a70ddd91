/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command.h"

#include <stdio.h>
#include <unistd.h>

#include "lanyard-error.h"
#include "lanyard-hub-qr.h"

#define DEFAULT_MINUTES 15

char *
lanyard_hub_command_ask_code (LanyardHubConsole *console,
                              const char *venue,
                              const char *name,
                              guint32 device,
                              int minutes,
                              GError **error)
{
  LanyardCborWriter *writer;
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *code = NULL;
  LanyardCborReader reader;

  if (minutes < 1 || minutes > 7 * 24 * 60)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           "--minutes goes from 1 to 10080.");
      return NULL;
    }
  writer = lanyard_hub_command_request ("enrol", 4);
  lanyard_cbor_write_text (writer, venue);
  lanyard_cbor_write_text (writer, name == NULL ? "" : name);
  lanyard_cbor_write_uint (writer, device);
  lanyard_cbor_write_int (writer, (gint64)minutes * 60);
  answer = lanyard_hub_command_ask (console, writer, 1, &reader, error);
  if (answer == NULL)
    return NULL;
  code = lanyard_cbor_read_text (&reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  if (!lanyard_hub_command_answered (&reader, error))
    return NULL;
  return g_steal_pointer (&code);
}

gboolean
lanyard_hub_command_show_code (const char *code,
                               const char *venue,
                               int minutes,
                               const char *qr,
                               const char *png,
                               GError **error)
{
  g_autofree char *drawn = NULL;

  if (!lanyard_hub_qr_draw (code, qr, isatty (STDERR_FILENO) == 1, &drawn, error)
      || (png != NULL && !lanyard_hub_qr_save (code, png, error)))
    return FALSE;
  g_print ("%s\n", code);
  fflush (stdout);
  g_printerr ("%sGood once, for %d minutes, for a desk at %s:\n"
              "  lanyard-kiosk --config FILE --enrol %s --hub URL\n",
              drawn, minutes, venue, code);
  return TRUE;
}

static gboolean
enrol (const char *directory,
       const char *venue,
       const char *name,
       int device,
       int minutes,
       const char *qr,
       const char *png,
       GError **error)
{
  g_autoptr (LanyardHubConsole) console = NULL;
  g_autofree char *code = NULL;

  if (!lanyard_hub_command_need (directory, "--dir", error)
      || !lanyard_hub_command_need (venue, "--venue", error))
    return FALSE;
  if (device < 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           "--device is a desk's number.");
      return FALSE;
    }
  console = lanyard_hub_console_open (directory, error);
  if (console == NULL)
    return FALSE;
  code = lanyard_hub_command_ask_code (console, venue, name, (guint32)device, minutes, error);
  return code != NULL && lanyard_hub_command_show_code (code, venue, minutes, qr, png, error);
}

int
lanyard_hub_command_enrol (int argc, char **argv)
{
  g_autofree char *directory = NULL;
  g_autofree char *venue = NULL;
  g_autofree char *name = NULL;
  g_autofree char *qr = NULL;
  g_autofree char *png = NULL;
  int device = 0;
  int minutes = DEFAULT_MINUTES;
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &directory, "the hub's folder", "DIR" },
    { "venue", 'v', 0, G_OPTION_ARG_STRING, &venue, "venue code of the desk", "CODE" },
    { "name", 'n', 0, G_OPTION_ARG_STRING, &name, "words for people", "TEXT" },
    { "device", 0, 0, G_OPTION_ARG_INT, &device, "a desk that was set up anew", "NUMBER" },
    { "minutes", 'm', 0, G_OPTION_ARG_INT, &minutes, "how long the code is good (15)", "N" },
    { "qr", 0, 0, G_OPTION_ARG_STRING, &qr,
      "draw it for a terminal with this background, or not (as the terminal is)",
      "dark|light|none" },
    { "png", 0, 0, G_OPTION_ARG_FILENAME, &png, "write it as a picture", "FILE" },
    { NULL },
  };
  GError *error = NULL;

  if (lanyard_hub_command_parse (
          "--dir DIR --venue CODE",
          "Prints a one-time code with which one desk joins the hub, also as a QR "
          "code.",
          entries, &argc, &argv, &error))
    enrol (directory, venue, name, device, minutes, qr, png, &error);
  return lanyard_hub_command_end (error);
}
