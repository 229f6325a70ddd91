/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "nginx-front.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lanyard-token.h"

#define START_LIMIT_US (60 * G_USEC_PER_SEC)
#define STEP_US 50000
#define MAKE "openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "

static void
run_openssl (Front *front, const char *line)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_auto (GStrv) words = g_strsplit (line, " ", 0);

  g_subprocess_launcher_set_cwd (launcher, front->fixture->directory);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)words, NULL);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

static void
make_certificates (Front *front)
{
  g_autofree char *key_path = g_build_filename (front->fixture->directory, "desk.key", NULL);
  g_autofree char *own_path = g_build_filename (front->fixture->directory, "desk.pem", NULL);
  g_autofree char *authority = g_build_filename (front->fixture->directory, "desks-ca.pem", NULL);
  g_autoptr (GTlsDatabase) database = NULL;
  g_autofree char *pipe_path = g_build_filename (front->fixture->directory, "pipe", NULL);
  GError *error = NULL;

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  run_openssl (front, MAKE "-x509 -days 2 -keyout ca.key -out desks-ca.pem -subj /CN=test");
  run_openssl (front, MAKE "-x509 -days 2 -keyout other-ca.key -out other-ca.pem -subj /CN=other");
  run_openssl (front,
               MAKE "-x509 -days 2 -CA desks-ca.pem -CAkey ca.key -keyout hub.key -out hub.pem "
                    "-subj /CN=hub -addext subjectAltName=IP:127.0.0.1");
  run_openssl (front,
               MAKE "-x509 -days 2 -CA desks-ca.pem -CAkey ca.key -keyout desk.key -out desk.pem "
                    "-subj /CN=desk");
  run_openssl (front, MAKE "-x509 -days 2 -CA other-ca.pem -CAkey other-ca.key -keyout other.key "
                           "-out other.pem -subj /CN=desk");
  run_openssl (front, MAKE "-keyout old.key -out old.csr -subj /CN=desk");
  run_openssl (front, "openssl x509 -req -in old.csr -CA desks-ca.pem -CAkey ca.key -days -1 "
                      "-out old.pem");
  front->certificate = g_tls_certificate_new_from_files (own_path, key_path, &error);
  g_assert_no_error (error);
  database = g_tls_file_database_new (authority, &error);
  g_assert_no_error (error);
  g_object_set (front->session, "tls-database", database, NULL);
  g_object_set (front->stranger, "tls-database", database, NULL);
}

static guint16
find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);
  return port;
}

static char *
replace (char *text, const char *old, const char *new)
{
  GString *string = g_string_new (text);

  g_assert_cmpuint (g_string_replace (string, old, new, 0), >, 0);
  g_free (text);
  return g_string_free (string, FALSE);
}

/* The file as it is shipped, but for places and ports. */
static char *
write_configuration (Front *front)
{
  const char *directory = front->fixture->directory;
  g_autofree char *shipped = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "packaging",
                                               "nginx", "lanyard-hub.conf", NULL);
  g_autofree char *listen = g_strdup_printf ("listen 127.0.0.1:%u ssl http2;", front->port);
  g_autofree char *hub = g_strdup_printf ("server 127.0.0.1:%u max", front->fixture->port);
  g_autofree char *tls = g_strconcat (directory, "/", NULL);
  g_autofree char *cache = g_strconcat (directory, "/cache", NULL);
  g_autofree char *text = NULL;
  char *site = hub_read (shipped);

  site = replace (site, "listen 443 ssl http2;", listen);
  site = replace (site, "server 127.0.0.1:8470 max", hub);
  site = replace (site, "/etc/lanyard/tls/", tls);
  site = replace (site, "/var/cache/nginx/lanyard", cache);
  text = g_strdup_printf ("%sdaemon off;\nworker_processes 1;\npid %s/nginx.pid;\n"
                          "error_log %s/nginx.log;\nevents {}\nhttp {\naccess_log off;\n"
                          "client_body_temp_path %s/body;\nproxy_temp_path %s/proxy;\n"
                          "fastcgi_temp_path %s/f;\nuwsgi_temp_path %s/u;\nscgi_temp_path %s/s;\n"
                          "%s}\n",
                          geteuid () == 0 ? "user root;\n" : "", directory, directory, directory,
                          directory, directory, directory, directory, site);
  g_free (site);
  return hub_write (front->fixture, "nginx.conf", text);
}

guint
front_get (Front *front, const char *path, gboolean certified, SyncDesk *token_desk, char **cache)
{
  g_autofree char *uri = g_strdup_printf ("https://127.0.0.1:%u%s", front->port, path);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GBytes) body = NULL;
  g_auto (LanyardIdentity) identity = { 0 };
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  /* Whoever comes in may say so; nginx alone knows. */
  soup_message_headers_replace (headers, "Lanyard-Operator", "CN=everybody");
  if (certified)
    soup_message_set_tls_client_certificate (message, front->certificate);
  if (token_desk != NULL)
    {
      LanyardToken token = { .method = (char *)"GET",
                             .path = (char *)path,
                             .time_s = g_get_real_time () / G_USEC_PER_SEC };
      g_autofree char *value = NULL;

      lanyard_journal_get_identity (token_desk->journal, &identity);
      token.device = identity.device;
      token.epoch = identity.epoch;
      value = lanyard_token_sign (&token, token_desk->key);
      soup_message_headers_replace (headers, "Authorization", value);
    }
  body = soup_session_send_and_read (certified ? front->session : front->stranger, message, NULL,
                                     NULL);
  if (body == NULL)
    return 0;
  if (cache != NULL)
    {
      g_free (*cache);
      *cache = g_strdup (
          soup_message_headers_get_one (soup_message_get_response_headers (message), "X-Cache"));
    }
  return soup_message_get_status (message);
}

static void
start_nginx (Front *front)
{
  g_autofree char *path = NULL;
  gint64 deadline_us = g_get_monotonic_time () + START_LIMIT_US;
  GError *error = NULL;

  front->port = find_port ();
  path = write_configuration (front);
  front->nginx = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "setpriv",
                                   "--pdeathsig=TERM", "/usr/sbin/nginx", "-c", path, NULL);
  g_assert_no_error (error);
  while (front_get (front, "/healthz", TRUE, NULL, NULL) != SOUP_STATUS_OK)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      g_assert_nonnull (g_subprocess_get_identifier (front->nginx));
      g_usleep (STEP_US);
    }
}

void
front_set_up (Front *front, gconstpointer data)
{
  front->fixture = sync_fixture_new ();
  front->session = soup_session_new ();
  front->stranger = soup_session_new ();
  sync_fixture_import (front->fixture, 0, FRONT_N_HOLDERS);
  sync_fixture_start_hub (front->fixture);
  front->desk = sync_desk_new (front->fixture, "desk");
  make_certificates (front);
  start_nginx (front);
}

void
front_tear_down (Front *front, gconstpointer data)
{
  g_subprocess_send_signal (front->nginx, SIGTERM);
  g_subprocess_wait (front->nginx, NULL, NULL);
  g_object_unref (front->nginx);
  g_object_unref (front->certificate);
  g_object_unref (front->session);
  g_object_unref (front->stranger);
  sync_desk_free (front->desk);
  sync_fixture_free (front->fixture);
}

gboolean
front_skip (void)
{
  g_autofree char *openssl = g_find_program_in_path ("openssl");

  if (openssl != NULL && g_file_test ("/usr/sbin/nginx", G_FILE_TEST_IS_EXECUTABLE))
    return FALSE;
  g_print ("1..0 # SKIP nginx or openssl is not installed\n");
  return TRUE;
}
