/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A relay, which is the real program, below the nginx that packaging/nginx/lanyard-hub.conf sets
 * up. If this fails, a venue's records do not get through where the hub asks for certificates, or
 * nobody is told why. */

#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-hash.h"
#include "nginx-front.h"

typedef struct
{
  GSubprocess *process;  /* owned */
  char *url;             /* owned */
  GDataInputStream *log; /* owned: what it says of the line */
} Relay;

static char *
place_of (Front *front, const char *name)
{
  return g_build_filename (front->fixture->directory, name, NULL);
}

static void
copy (Front *front, const char *from, const char *to)
{
  g_autofree char *path = place_of (front, from);
  g_autofree char *text = hub_read (path);

  g_free (hub_write (front->fixture, to, text));
}

/* With own.pem, whatever that is now. */
static void
start (Relay *relay, Front *front, const char *ca_name)
{
  g_autofree char *root
      = lanyard_hex_encode (front->fixture->root.bytes, sizeof front->fixture->root.bytes);
  g_autofree char *upstream = g_strdup_printf ("https://127.0.0.1:%u", front->port);
  g_autofree char *folder = place_of (front, "relay");
  g_autofree char *ca = place_of (front, ca_name);
  g_autofree char *certificate = place_of (front, "own.pem");
  g_autofree char *key = place_of (front, "own.key");
  const char *const words[]
      = { "serve",  "--dir",   folder, "--listen", "127.0.0.1:0",   "--upstream", upstream,
          "--root", root,      "--ca", ca,         "--certificate", certificate,  "--key",
          key,      "--quiet", NULL };

  relay->process
      = hub_spawn (words, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  relay->url = hub_read_url (relay->process);
  relay->log = g_data_input_stream_new (g_subprocess_get_stderr_pipe (relay->process));
}

static void
stop (Relay *relay)
{
  hub_stop (relay->process);
  g_object_unref (relay->process);
  g_object_unref (relay->log);
  g_free (relay->url);
}

/* The next line of its log must say this. */
static void
must_say (Relay *relay, const char *words)
{
  g_autofree char *line = g_data_input_stream_read_line (relay->log, NULL, NULL, NULL);

  g_assert_nonnull (line);
  if (strstr (line, words) == NULL)
    g_error ("%s, and not %s", line, words);
}

/* A desk's records go through the relay to the hub, and its receipts come back. */
static void
check_through (Relay *relay, Front *front)
{
  GError *error = NULL;

  sync_desk_make_engine (front->desk, relay->url);
  sync_desk_sync (front->desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sync_desk_pending (front->desk), ==, 0);
}

static void
test_through (Front *front, gconstpointer data)
{
  Relay relay;

  copy (front, "desk.pem", "own.pem");
  copy (front, "desk.key", "own.key");
  sync_desk_chatter (front->desk, 5);
  start (&relay, front, "desks-ca.pem");
  must_say (&relay, "event=line up=1");
  check_through (&relay, front);
  stop (&relay);
}

/* It says what is wrong with its certificate, and takes the new one that is put in its place. */
static void
test_renewal (Front *front, gconstpointer data)
{
  Relay relay;

  copy (front, "old.pem", "own.pem");
  copy (front, "old.key", "own.key");
  sync_desk_chatter (front->desk, 5);
  start (&relay, front, "desks-ca.pem");
  must_say (&relay, "This relay's certificate ");
  copy (front, "desk.key", "own.key");
  copy (front, "desk.pem", "own.pem");
  for (gboolean up = FALSE; !up;) /* between the two files it may find them unlike each other */
    {
      g_autofree char *line = g_data_input_stream_read_line (relay.log, NULL, NULL, NULL);

      g_assert_nonnull (line);
      up = strstr (line, "event=line up=1") != NULL;
    }
  check_through (&relay, front);
  stop (&relay);
}

static void
test_wrong (Front *front, gconstpointer data)
{
  Relay relay;

  copy (front, "desk.pem", "own.pem");
  copy (front, "desk.key", "own.key");
  start (&relay, front, "other-ca.pem");
  must_say (&relay, "correct --ca, or have the hub looked at.");
  stop (&relay);
}

#define CASE(name, func)                                                                           \
  g_test_add ("/sync/nginx/relay-" name, Front, NULL, front_set_up, func, front_tear_down)

int
main (int argc, char **argv)
{
  if (front_skip ())
    return 0;
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  CASE ("through", test_through);
  CASE ("renewal", test_renewal);
  CASE ("wrong", test_wrong);
  return g_test_run ();
}
