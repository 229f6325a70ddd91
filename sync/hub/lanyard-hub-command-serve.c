/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>

#include "lanyard-hub-server.h"

static gboolean
on_signal (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_control (gpointer user_data)
{
  lanyard_hub_server_wake (user_data);
}

static gboolean
serve (const char *directory, const char *listen, gboolean quiet, GError **error)
{
  g_autoptr (LanyardHub) hub = NULL;
  g_autoptr (LanyardHubServer) server = NULL;
  g_autoptr (LanyardHubControl) control = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint on_term, on_int;

  if (!lanyard_hub_command_need (directory, "--dir", error))
    return FALSE;
  hub = lanyard_hub_open (directory, NULL, error);
  if (hub == NULL)
    return FALSE;
  server = lanyard_hub_server_new (hub, listen, error);
  if (server == NULL)
    return FALSE;
  control = lanyard_hub_control_new (hub, directory, on_control, server, error);
  if (control == NULL)
    return FALSE;
  lanyard_hub_server_set_log (server, !quiet);
  on_term = g_unix_signal_add (SIGTERM, on_signal, loop);
  on_int = g_unix_signal_add (SIGINT, on_signal, loop);
  g_print ("listening on %s\n", lanyard_hub_server_get_url (server));
  fflush (stdout);
  g_main_loop_run (loop);
  g_source_remove (on_term);
  g_source_remove (on_int);
  return TRUE;
}

int
lanyard_hub_command_serve (int argc, char **argv)
{
  g_autofree char *directory = NULL;
  g_autofree char *listen = NULL;
  gboolean quiet = FALSE;
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &directory, "the hub's folder", "DIR" },
    { "listen", 'l', 0, G_OPTION_ARG_STRING, &listen,
      "address and port (127.0.0.1:8470); port 0 takes a free one", "HOST:PORT" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "no line a request", NULL },
    { NULL },
  };
  GError *error = NULL;

  if (lanyard_hub_command_parse ("--dir DIR [--listen HOST:PORT]",
                                 "Serves desks until SIGTERM. Plain HTTP: beyond this machine it "
                                 "belongs behind a server that does TLS.",
                                 entries, &argc, &argv, &error))
    serve (directory, listen == NULL ? "127.0.0.1:8470" : listen, quiet, &error);
  return lanyard_hub_command_end (error);
}
