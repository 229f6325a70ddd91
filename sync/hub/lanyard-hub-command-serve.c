/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "lanyard-announcement.h"
#include "lanyard-beacon.h"
#include "lanyard-error.h"
#include "lanyard-hash.h"
#include "lanyard-hub-decisions.h"
#include "lanyard-hub-server.h"
#include "lanyard-hub-snapshot.h"
#include "lanyard-relay.h"

#define MIN_PASSWORD_BYTES 8

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

/* The first line of a file that nobody else may read. */
static char *
read_password (const char *path, GError **error)
{
  g_autofree char *content = NULL;
  struct stat info;

  if (!g_file_get_contents (path, &content, NULL, NULL) || stat (path, &info) != 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "The password file %s cannot be read.", path);
      return NULL;
    }
  content[strcspn (content, "\r\n")] = '\0';
  if ((info.st_mode & 077) == 0 && strlen (content) >= MIN_PASSWORD_BYTES)
    return g_steal_pointer (&content);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
               "The password file %s must have mode 0600 and a password of at least %d "
               "characters in its first line.",
               path, MIN_PASSWORD_BYTES);
  return NULL;
}

/* Of several hubs over one folder the first answers the commands. */
static gboolean
take_control (LanyardHub *hub,
              const char *directory,
              LanyardHubServer *server,
              LanyardHubControl **control,
              GError **error)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  g_autoptr (GError) local_error = NULL;

  *control = lanyard_hub_control_new (hub, directory, on_control, server, &local_error);
  if (*control != NULL)
    return TRUE;
  if (store->ops->is_shared (store)
      && g_error_matches (local_error, LANYARD_ERROR, LANYARD_ERROR_BUSY))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
run (LanyardHubServer *server, LanyardHubLog log)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint on_term = g_unix_signal_add (SIGTERM, on_signal, loop);
  guint on_int = g_unix_signal_add (SIGINT, on_signal, loop);

  lanyard_hub_server_set_log (server, log);
  lanyard_hub_server_set_on_outdated (server, on_signal, loop);
  g_print ("listening on %s\n", lanyard_hub_server_get_url (server));
  fflush (stdout);
  g_main_loop_run (loop);
  g_source_remove (on_term);
  g_source_remove (on_int);
}

static gboolean
serve (const char *directory,
       const char *store,
       const char *listen,
       const char *password_file,
       LanyardHubLog log,
       GError **error)
{
  g_autoptr (LanyardHub) hub = NULL;
  g_autoptr (LanyardHubServer) server = NULL;
  g_autoptr (LanyardHubControl) control = NULL;
  g_autoptr (LanyardHubKeeper) keeper = NULL;
  g_autofree char *password = NULL;
  g_autoptr (GError) decisions_error = NULL;

  if (password_file != NULL && (password = read_password (password_file, error)) == NULL)
    return FALSE;
  hub = lanyard_hub_open_store (directory, store, NULL, error);
  if (hub == NULL)
    return FALSE;
  /* Of hubs before this one, or where the file was taken away: no reason not to serve. */
  if (!lanyard_hub_keep_decisions (hub, &decisions_error))
    g_printerr ("lanyard-hub: %s\n", decisions_error->message);
  server = lanyard_hub_server_new (hub, listen, error);
  if (server == NULL)
    return FALSE;
  if (!take_control (hub, directory, server, &control, error))
    return FALSE;
  lanyard_hub_server_set_page_password (server, password);
  keeper = lanyard_hub_keeper_new (hub);
  run (server, log);
  if (!lanyard_hub_is_outdated (hub))
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NEWER,
                       "The hub's database was brought to a later version of Lanyard while this "
                       "hub ran; start the hub of that version.");
  return FALSE;
}

/* Of a relay's command line. */
typedef struct
{
  char *upstream;    /* owned (nullable): no relay */
  char *root;        /* owned (nullable): hexadecimal */
  char *ca;          /* owned (nullable) */
  char *certificate; /* owned (nullable) */
  char *key;         /* owned (nullable) */
  char *code;        /* owned (nullable): of the venue, to announce */
  gboolean announce;
} Venue;

static void
venue_clear (Venue *venue)
{
  g_free (venue->upstream);
  g_free (venue->root);
  g_free (venue->ca);
  g_free (venue->certificate);
  g_free (venue->key);
  g_free (venue->code);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Venue, venue_clear)

/* Returns: (transfer full) (nullable) */
static LanyardBeacon *
announce (LanyardRelay *relay, LanyardHubServer *server, const char *venue, GError **error)
{
  g_autofree char *event = lanyard_announcement_name_event (lanyard_relay_get_root (relay));

  if (venue != NULL && *venue != '\0' && strlen (venue) <= LANYARD_ANNOUNCEMENT_VENUE_BYTES)
    return lanyard_beacon_new (lanyard_hub_server_get_url (server), event, venue, error);
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                       "--announce needs --venue with the code of the venue: desks take the relays "
                       "of their own venue only.");
  return NULL;
}

/* At a venue, below a hub. */
static gboolean
serve_venue (const char *directory,
             const char *listen,
             const Venue *venue,
             LanyardHubLog log,
             GError **error)
{
  const char *root = venue->root;
  g_autoptr (LanyardRelay) relay = NULL;
  g_autoptr (LanyardHubServer) server = NULL;
  g_autoptr (LanyardBeacon) beacon = NULL;
  LanyardPublicKey key;

  if (root != NULL && !lanyard_hex_decode (root, key.bytes, sizeof key.bytes))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           "--root takes the 64 hexadecimal characters that the hub printed at "
                           "init.");
      return FALSE;
    }
  relay = lanyard_relay_new (directory, venue->upstream, root == NULL ? NULL : &key, error);
  if (relay == NULL)
    return FALSE;
  lanyard_relay_set_tls (relay, venue->ca, venue->certificate, venue->key);
  server = lanyard_relay_serve (relay, listen, error);
  if (server == NULL)
    return FALSE;
  if (venue->announce && (beacon = announce (relay, server, venue->code, error)) == NULL)
    return FALSE;
  run (server, log);
  return TRUE;
}

/* What is said of a relay counts for nothing at a hub, and the other way round. */
static gboolean
fits (const Venue *venue, const char *store, const char *password_file, GError **error)
{
  gboolean relay = venue->upstream != NULL;
  gboolean of_relay = venue->root != NULL || venue->ca != NULL || venue->certificate != NULL
                      || venue->key != NULL || venue->code != NULL || venue->announce;
  gboolean of_hub = store != NULL || password_file != NULL;

  if (relay ? !of_hub : !of_relay)
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                       relay ? "--store and --page-password are a hub's, and --upstream makes a "
                               "relay."
                             : "--root, --ca, --certificate, --key, --announce and --venue are a "
                               "relay's: say --upstream as well.");
  return FALSE;
}

int
lanyard_hub_command_serve (int argc, char **argv)
{
  g_autofree char *directory = NULL;
  g_autofree char *listen = NULL;
  g_auto (Venue) venue = { 0 };
  gboolean quiet = FALSE, json = FALSE;
  LanyardHubLog log;
  g_autofree char *password_file = NULL;
  g_autofree char *store = NULL;
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &directory, "the hub's folder", "DIR" },
    { "listen", 'l', 0, G_OPTION_ARG_STRING, &listen,
      "address and port (127.0.0.1:8470); port 0 takes a free one", "HOST:PORT" },
    { "store", 's', 0, G_OPTION_ARG_STRING, &store,
      "sqlite:PATH or postgresql://USER@HOST/DATABASE (what init was told)", "PLACE" },
    { "upstream", 'u', 0, G_OPTION_ARG_STRING, &venue.upstream,
      "be the relay of a venue below this hub; DIR is then made when missing", "URL" },
    { "root", 'r', 0, G_OPTION_ARG_STRING, &venue.root, "event root key, for a relay's first start",
      "HEX" },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &venue.ca,
      "a relay's: certificates (PEM) that the hub's must lead to; otherwise the machine's",
      "FILE" },
    { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &venue.certificate,
      "a relay's: its own certificate (PEM), which the hub asks for", "FILE" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &venue.key,
      "a relay's: key of its certificate, when that is in a file of its own", "FILE" },
    { "announce", 'a', 0, G_OPTION_ARG_NONE, &venue.announce,
      "let the desks of the network find this relay (DNS-SD, _lanyard._tcp)", NULL },
    { "venue", 0, 0, G_OPTION_ARG_STRING, &venue.code, "with --announce: the venue's code",
      "CODE" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "no line a request", NULL },
    { "log-json", 0, 0, G_OPTION_ARG_NONE, &json, "one JSON object a request", NULL },
    { "page-password", 0, 0, G_OPTION_ARG_FILENAME, &password_file,
      "file of the password that the fleet page asks for", "FILE" },
    { NULL },
  };
  const char *where = NULL;
  GError *error = NULL;

  if (lanyard_hub_command_parse ("--dir DIR [--listen HOST:PORT] [--upstream URL]",
                                 "Serves desks until SIGTERM. Plain HTTP: beyond this machine it "
                                 "belongs behind a server that does TLS.",
                                 entries, &argc, &argv, &error)
      && lanyard_hub_command_no_words (argc, argv, &error)
      && lanyard_hub_command_need (directory, "--dir", &error)
      && fits (&venue, store, password_file, &error))
    {
      log = quiet ? LANYARD_HUB_LOG_NONE : json ? LANYARD_HUB_LOG_JSON : LANYARD_HUB_LOG_TEXT;
      where = listen == NULL ? "127.0.0.1:8470" : listen;
      if (venue.upstream != NULL)
        serve_venue (directory, where, &venue, log, &error);
      else
        serve (directory, store, where, password_file, log, &error);
    }
  return lanyard_hub_command_end (error);
}
