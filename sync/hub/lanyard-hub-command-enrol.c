/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lanyard-error.h"
#include "lanyard-hub-output.h"
#include "lanyard-hub-qr.h"
#include "lanyard-ticket.h"

#define DEFAULT_MINUTES 15
/* In the hub's folder: where desks reach it. */
#define ADDRESS_FILE "address"

/* Returns: (transfer full) (nullable) */
static char *
ask_code (LanyardHubConsole *console, const LanyardHubCodeAsk *ask, GError **error)
{
  LanyardCborWriter *writer;
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *code = NULL;
  LanyardCborReader reader;

  if (ask->minutes < 1 || ask->minutes > 7 * 24 * 60)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           "--minutes goes from 1 to 10080.");
      return NULL;
    }
  writer = lanyard_hub_command_request ("enrol", 4);
  lanyard_cbor_write_text (writer, ask->venue);
  lanyard_cbor_write_text (writer, ask->name == NULL ? "" : ask->name);
  lanyard_cbor_write_uint (writer, ask->device);
  lanyard_cbor_write_int (writer, (gint64)ask->minutes * 60);
  answer = lanyard_hub_command_ask (console, writer, 1, &reader, error);
  if (answer == NULL)
    return NULL;
  code = lanyard_cbor_read_text (&reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  if (!lanyard_hub_command_answered (&reader, error))
    return NULL;
  return g_steal_pointer (&code);
}

static gboolean
ask_root (LanyardHubConsole *console, LanyardPublicKey *root, GError **error)
{
  LanyardCborReader reader;
  g_autoptr (GBytes) answer
      = lanyard_hub_command_ask (console, lanyard_hub_command_request ("root", 0), 1, &reader,
                                 error);

  if (answer == NULL)
    return FALSE;
  lanyard_cbor_read_fixed (&reader, root->bytes, sizeof root->bytes);
  return lanyard_hub_command_answered (&reader, error);
}

/* What was said, which is remembered, or what was said before. @address: (out) (nullable): NULL:
 * nobody said so far */
static gboolean
find_address (const LanyardHubCodeAsk *ask, char **address, GError **error)
{
  g_autofree char *path = g_build_filename (ask->directory, ADDRESS_FILE, NULL);
  g_autofree char *line = NULL;

  *address = NULL;
  if (ask->hub == NULL)
    {
      if (g_file_get_contents (path, address, NULL, NULL)
          && !lanyard_ticket_is_hub (g_strstrip (*address)))
        g_clear_pointer (address, g_free);
      return TRUE;
    }
  if (!lanyard_ticket_is_hub (ask->hub) || strlen (ask->hub) > LANYARD_TICKET_MAX_HUB_BYTES)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           "--hub is where desks reach this hub, such as https://hub.example.org.");
      return FALSE;
    }
  line = g_strconcat (ask->hub, "\n", NULL);
  if (!g_file_set_contents (path, line, -1, error))
    return FALSE;
  *address = g_strdup (ask->hub);
  return TRUE;
}

/* Returns: (transfer full) (nullable): NULL without an error: the hub's address is not known */
static char *
make_ticket (LanyardHubConsole *console,
             const LanyardHubCodeAsk *ask,
             const char *code,
             const char *address,
             GError **error)
{
  LanyardTicket ticket = {
    .hub = (char *)address,
    .code = (char *)code,
    .venue = (char *)ask->venue,
    .name = (char *)(ask->name != NULL ? ask->name : ""),
  };

  if (address == NULL || !ask_root (console, &ticket.root, error))
    return NULL;
  return lanyard_ticket_encode (&ticket);
}

static void
tell (const LanyardHubCodeAsk *ask, const char *code, const char *ticket, const char *drawn)
{
  g_print ("%s\n", code);
  if (ticket != NULL)
    g_print ("%s\n", ticket);
  fflush (stdout);
  g_printerr ("%sGood once, for %d minutes, for a desk at %s:\n"
              "  lanyard-kiosk --config FILE --enrol %s --hub URL\n",
              drawn, ask->minutes, ask->venue, code);
  if (ticket != NULL)
    g_printerr ("Or start lanyard-kiosk on a new desk and show it the picture.\n");
  else
    g_printerr ("Say --hub URL once, and the picture holds all that a new desk has to know.\n");
}

gboolean
lanyard_hub_command_print_code (LanyardHubConsole *console,
                                const LanyardHubCodeAsk *ask,
                                GError **error)
{
  g_autofree char *address = NULL;
  g_autofree char *code = NULL;
  g_autofree char *ticket = NULL;
  g_autofree char *drawn = NULL;
  g_autoptr (GError) local = NULL;
  const char *text;

  if (g_strcmp0 (ask->png, "-") == 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           "--png takes the name of a file: the code itself is printed.");
      return FALSE;
    }
  if (!lanyard_hub_output_may_be (ask->directory, ask->png, NULL, error)
      || !find_address (ask, &address, error))
    return FALSE;
  code = ask_code (console, ask, error);
  if (code == NULL)
    return FALSE;
  ticket = make_ticket (console, ask, code, address, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  text = ticket != NULL ? ticket : code;
  if (!lanyard_hub_qr_draw (text, ask->qr, isatty (STDERR_FILENO) == 1, &drawn, error)
      || (ask->png != NULL && !lanyard_hub_qr_save (text, ask->directory, ask->png, error)))
    return FALSE;
  tell (ask, code, ticket, drawn);
  return TRUE;
}

/* Other people's terminals show it. */
static gboolean
is_name (const char *name, GError **error)
{
  gboolean sound = strlen (name) <= LANYARD_WIRE_MAX_NAME_BYTES;

  for (const char *c = name; *c != '\0' && sound; c = g_utf8_next_char (c))
    sound = g_unichar_isprint (g_utf8_get_char (c));
  if (!sound)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 "--name is a few words for people: at most %d bytes, on one line.",
                 LANYARD_WIRE_MAX_NAME_BYTES);
  return sound;
}

static gboolean
enrol (const LanyardHubCodeAsk *ask, int device, GError **error)
{
  g_autoptr (LanyardHubConsole) console = NULL;

  if (!lanyard_hub_command_need (ask->directory, "--dir", error)
      || !lanyard_hub_command_need (ask->venue, "--venue", error)
      || (ask->name != NULL && !is_name (ask->name, error)))
    return FALSE;
  if (device < 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           "--device is a desk's number.");
      return FALSE;
    }
  console = lanyard_hub_console_open (ask->directory, error);
  return console != NULL && lanyard_hub_command_print_code (console, ask, error);
}

int
lanyard_hub_command_enrol (int argc, char **argv)
{
  g_autofree char *directory = NULL;
  g_autofree char *venue = NULL;
  g_autofree char *name = NULL;
  g_autofree char *hub = NULL;
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
    { "hub", 0, 0, G_OPTION_ARG_STRING, &hub,
      "where desks reach this hub, for the QR code; remembered in DIR/" ADDRESS_FILE, "URL" },
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
          entries, &argc, &argv, &error)
      && lanyard_hub_command_no_words (argc, argv, &error))
    {
      const LanyardHubCodeAsk ask = {
        .directory = directory,
        .venue = venue,
        .name = name,
        .device = (guint32)MAX (device, 0),
        .minutes = minutes,
        .hub = hub,
        .qr = qr,
        .png = png,
      };

      enrol (&ask, device, &error);
    }
  return lanyard_hub_command_end (error);
}
