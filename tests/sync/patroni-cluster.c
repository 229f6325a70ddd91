/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "patroni-cluster.h"

#include <errno.h>
#include <gio/gio.h>
#include <libsoup/soup.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define USER "lanyard"
#define START_LIMIT_US (180 * G_USEC_PER_SEC)
#define STOP_LIMIT_US (10 * G_USEC_PER_SEC)
#define STEP_US 200000
#define N_PROGRAMS 4

static const char *const programs[N_PROGRAMS] = { "patroni", "etcd", "haproxy", "setpriv" };

/* A machine of its own, as far as that goes on loopback. */
typedef struct
{
  GPid etcd, patroni; /* 0: killed */
  guint16 port, rest, etcd_client, etcd_peer;
  char *data; /* owned */
} Server;

struct _PatroniCluster
{
  char *folder; /* owned */
  char *bin;    /* owned: of PostgreSQL */
  GPid haproxy;
  guint16 port;
  Server servers[PATRONI_CLUSTER_SERVERS];
};

/* The one that exit ends, whatever happens to the test. */
static PatroniCluster *running;

static char *
find_bin (void)
{
  g_autoptr (GDir) versions = g_dir_open ("/usr/lib/postgresql", 0, NULL);
  const char *version;

  while (versions != NULL && (version = g_dir_read_name (versions)) != NULL)
    {
      g_autofree char *bin = g_build_filename ("/usr/lib/postgresql", version, "bin", NULL);
      g_autofree char *path = g_build_filename (bin, "postgres", NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&bin);
    }
  return NULL;
}

/* Debian keeps haproxy where only root looks. */
static char *
find_program (const char *name)
{
  char *path = g_find_program_in_path (name);

  return path != NULL ? path : g_build_filename ("/usr/sbin", name, NULL);
}

char *
patroni_cluster_find_missing (void)
{
  g_autofree char *bin = find_bin ();

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autofree char *path = find_program (programs[i]);

      if (!g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_strdup_printf ("%s is not installed", programs[i]);
    }
  return bin == NULL ? g_strdup ("PostgreSQL is not installed") : NULL;
}

/* All are held until the last is known, so that none comes twice. */
static void
take_ports (guint16 **ports, guint n)
{
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
      g_autoptr (GSocketAddress) any = g_inet_socket_address_new (address, 0);
      g_autoptr (GSocketAddress) local = NULL;
      GSocket *held
          = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

      g_ptr_array_add (sockets, held);
      g_assert_true (g_socket_bind (held, any, FALSE, NULL));
      local = g_socket_get_local_address (held, NULL);
      *ports[i] = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (local));
    }
}

static const struct passwd *
get_user (void)
{
  const struct passwd *user = getpwnam ("postgres");

  return user != NULL ? user : getpwnam ("nobody");
}

/* The servers refuse to run as root. @words: ended by NULL */
static GPid
spawn (PatroniCluster *cluster, const char *log, const char *const *words)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = g_strdup_printf ("%s/%s.log", cluster->folder, log);
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "LC_ALL", "C.UTF-8", TRUE);
  const struct passwd *user = get_user ();
  GError *error = NULL;
  GPid pid;

  environment = g_environ_setenv (environment, "HOME", cluster->folder, TRUE);
  g_ptr_array_add (argv, g_strdup ("setpriv"));
  if (geteuid () == 0)
    {
      g_ptr_array_add (argv, g_strdup_printf ("--reuid=%u", user->pw_uid));
      g_ptr_array_add (argv, g_strdup_printf ("--regid=%u", user->pw_gid));
      g_ptr_array_add (argv, g_strdup ("--clear-groups"));
    }
  g_ptr_array_add (argv, g_strdup ("--pdeathsig=TERM"));
  /* The shell only gives the program a log of its own. */
  g_ptr_array_add (argv, g_strdup ("sh"));
  g_ptr_array_add (argv, g_strdup ("-c"));
  g_ptr_array_add (argv, g_strdup ("log=$1; shift; exec \"$@\" >>\"$log\" 2>&1"));
  g_ptr_array_add (argv, g_strdup ("sh"));
  g_ptr_array_add (argv, g_strdup (path));
  g_ptr_array_add (argv, find_program (words[0]));
  for (words++; *words != NULL; words++)
    g_ptr_array_add (argv, g_strdup (*words));
  g_ptr_array_add (argv, NULL);
  g_spawn_async (cluster->folder, (char **)argv->pdata, environment,
                 G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  return pid;
}

static void
write_file (PatroniCluster *cluster, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (cluster->folder, name, NULL);
  const struct passwd *user = get_user ();

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  if (geteuid () == 0)
    g_assert_cmpint (chown (path, user->pw_uid, user->pw_gid), ==, 0);
}

/* As --initial-cluster of etcd or as the hosts of Patroni. Returns: (transfer full) */
static char *
list_etcd (const PatroniCluster *cluster, gboolean peers)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < PATRONI_CLUSTER_SERVERS; i++)
    if (peers)
      g_string_append_printf (list, "%ss%u=http://127.0.0.1:%u", i > 0 ? "," : "", i,
                              cluster->servers[i].etcd_peer);
    else
      g_string_append_printf (list, "%s127.0.0.1:%u", i > 0 ? "," : "",
                              cluster->servers[i].etcd_client);
  return g_string_free (list, FALSE);
}

static void
start_etcd (PatroniCluster *cluster, guint i)
{
  Server *server = &cluster->servers[i];
  g_autofree char *name = g_strdup_printf ("--name=s%u", i);
  g_autofree char *folder = g_strdup_printf ("etcd%u", i);
  g_autofree char *data = g_strconcat ("--data-dir=", folder, NULL);
  g_autofree char *client = g_strdup_printf ("http://127.0.0.1:%u", server->etcd_client);
  g_autofree char *peer = g_strdup_printf ("http://127.0.0.1:%u", server->etcd_peer);
  g_autofree char *members = list_etcd (cluster, TRUE);
  const char *words[] = { "etcd",  name,
                          data,    "--listen-client-urls",
                          client,  "--advertise-client-urls",
                          client,  "--listen-peer-urls",
                          peer,    "--initial-advertise-peer-urls",
                          peer,    "--initial-cluster",
                          members, NULL };

  server->etcd = spawn (cluster, folder, words);
}

static void
start_patroni (PatroniCluster *cluster, guint i)
{
  Server *server = &cluster->servers[i];
  g_autofree char *name = g_strdup_printf ("s%u", i);
  g_autofree char *file = g_strconcat (name, ".yml", NULL);
  g_autofree char *hosts = list_etcd (cluster, FALSE);
  const char *words[] = { "patroni", file, NULL };
  g_autofree char *text = g_strdup_printf (
      "scope: lanyard\nname: %s\n"
      "restapi: {listen: '127.0.0.1:%u', connect_address: '127.0.0.1:%u'}\n"
      "etcd3: {hosts: '%s'}\n"
      "bootstrap:\n"
      "  dcs:\n"
      "    ttl: 20\n    loop_wait: 5\n    retry_timeout: 5\n"
      "    synchronous_mode: true\n    synchronous_mode_strict: true\n"
      "    postgresql:\n      parameters: {max_connections: 40, shared_buffers: 32MB}\n"
      "  initdb: [{encoding: UTF8}, {locale: C}]\n"
      "postgresql:\n"
      "  listen: 127.0.0.1:%u\n  connect_address: 127.0.0.1:%u\n"
      "  data_dir: %s\n  bin_dir: %s\n  pgpass: %s/%s.pass\n"
      "  pg_hba: ['local all all trust', 'host all all 127.0.0.1/32 trust',"
      " 'host replication all 127.0.0.1/32 trust']\n"
      "  authentication:\n"
      "    superuser: {username: " USER ", password: none}\n"
      "    replication: {username: replicator, password: none}\n"
      "  parameters: {unix_socket_directories: '%s'}\n",
      name, server->rest, server->rest, hosts, server->port, server->port, server->data,
      cluster->bin, cluster->folder, name, cluster->folder);

  write_file (cluster, file, text);
  server->patroni = spawn (cluster, name, words);
}

static void
start_haproxy (PatroniCluster *cluster)
{
  const char *words[] = { "haproxy", "-db", "-f", "haproxy.cfg", NULL };
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "global\n  maxconn 200\n"
                          "defaults\n  mode tcp\n  timeout connect 3s\n"
                          "  timeout client 30m\n  timeout server 30m\n  timeout check 3s\n"
                          "listen primary\n  bind 127.0.0.1:%u\n"
                          "  option httpchk GET /primary\n  http-check expect status 200\n"
                          "  default-server inter 1s fall 2 rise 1 on-marked-down "
                          "shutdown-sessions\n",
                          cluster->port);
  for (guint i = 0; i < PATRONI_CLUSTER_SERVERS; i++)
    g_string_append_printf (text, "  server s%u 127.0.0.1:%u check port %u\n", i,
                            cluster->servers[i].port, cluster->servers[i].rest);
  write_file (cluster, "haproxy.cfg", text->str);
  g_string_free (text, TRUE);
  cluster->haproxy = spawn (cluster, "haproxy", words);
}

/* What Patroni of server @i answers. Returns: HTTP status; 0: nothing */
static guint
ask (PatroniCluster *cluster, guint i, const char *path)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("timeout", 3, NULL);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u%s", cluster->servers[i].rest, path);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, NULL);

  return body == NULL ? 0 : soup_message_get_status (message);
}

static int
find_server (PatroniCluster *cluster, const char *path)
{
  for (guint i = 0; i < PATRONI_CLUSTER_SERVERS; i++)
    if (cluster->servers[i].patroni != 0 && ask (cluster, i, path) == SOUP_STATUS_OK)
      return (int)i;
  return -1;
}

char *
patroni_cluster_get_primary (PatroniCluster *cluster)
{
  int i = find_server (cluster, "/primary");

  return i < 0 ? NULL : g_strdup_printf ("s%d", i);
}

static void
wait_for (PatroniCluster *cluster, const char *path)
{
  gint64 deadline_us = g_get_monotonic_time () + START_LIMIT_US;

  while (find_server (cluster, path) < 0)
    {
      if (g_get_monotonic_time () > deadline_us)
        g_error ("the cluster has nobody at %s; its logs are in %s", path, cluster->folder);
      g_usleep (STEP_US);
    }
}

/* Waits until @pid is gone, if that is not for ever. */
static void
reap (GPid pid)
{
  gint64 deadline_us = g_get_monotonic_time () + STOP_LIMIT_US;

  while (waitpid (pid, NULL, WNOHANG) == 0)
    {
      if (g_get_monotonic_time () > deadline_us)
        kill (pid, SIGKILL);
      g_usleep (STEP_US / 10);
    }
}

/* The server is no child of this program: its number stands in its folder. */
static void
kill_postgres (const Server *server, int number)
{
  g_autofree char *path = g_build_filename (server->data, "postmaster.pid", NULL);
  g_autofree char *text = NULL;
  pid_t pid;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  pid = (pid_t)g_ascii_strtoll (text, NULL, 10);
  if (pid > 1)
    kill (pid, number);
}

static void
kill_server (Server *server, int postgres_number)
{
  if (server->patroni == 0)
    return;
  /* Patroni first, so that it starts nothing again. */
  kill (server->patroni, SIGKILL);
  kill_postgres (server, postgres_number);
  kill (server->etcd, SIGKILL);
  reap (server->patroni);
  reap (server->etcd);
  server->patroni = server->etcd = 0;
}

void
patroni_cluster_kill_primary (PatroniCluster *cluster)
{
  int i = find_server (cluster, "/primary");

  g_assert_cmpint (i, >=, 0);
  kill_server (&cluster->servers[i], SIGKILL);
}

static void
end_all (void)
{
  PatroniCluster *cluster = running;

  running = NULL;
  if (cluster == NULL)
    return;
  for (guint i = 0; i < PATRONI_CLUSTER_SERVERS; i++)
    kill_server (&cluster->servers[i], SIGQUIT);
  kill (cluster->haproxy, SIGKILL);
  reap (cluster->haproxy);
}

PatroniCluster *
patroni_cluster_new (void)
{
  PatroniCluster *cluster = g_new0 (PatroniCluster, 1);
  guint16 *ports[1 + 4 * PATRONI_CLUSTER_SERVERS] = { &cluster->port };
  const struct passwd *user = get_user ();
  GError *error = NULL;

  cluster->folder = g_dir_make_tmp ("lanyard-ha-XXXXXX", &error);
  g_assert_no_error (error);
  if (geteuid () == 0)
    g_assert_cmpint (chown (cluster->folder, user->pw_uid, user->pw_gid), ==, 0);
  cluster->bin = find_bin ();
  for (guint i = 0; i < PATRONI_CLUSTER_SERVERS; i++)
    {
      Server *server = &cluster->servers[i];

      server->data = g_strdup_printf ("%s/data%u", cluster->folder, i);
      ports[1 + 4 * i] = &server->port;
      ports[2 + 4 * i] = &server->rest;
      ports[3 + 4 * i] = &server->etcd_client;
      ports[4 + 4 * i] = &server->etcd_peer;
    }
  take_ports (ports, G_N_ELEMENTS (ports));
  running = cluster;
  atexit (end_all);
  for (guint i = 0; i < PATRONI_CLUSTER_SERVERS; i++)
    start_etcd (cluster, i);
  for (guint i = 0; i < PATRONI_CLUSTER_SERVERS; i++)
    start_patroni (cluster, i);
  start_haproxy (cluster);
  wait_for (cluster, "/primary");
  wait_for (cluster, "/sync");
  return cluster;
}

void
patroni_cluster_free (PatroniCluster *cluster)
{
  const char *words[] = { "rm", "-rf", "--", cluster->folder, NULL };

  end_all ();
  g_spawn_sync (NULL, (char **)words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  for (guint i = 0; i < PATRONI_CLUSTER_SERVERS; i++)
    g_free (cluster->servers[i].data);
  g_free (cluster->folder);
  g_free (cluster->bin);
  g_free (cluster);
}

char *
patroni_cluster_create_database (PatroniCluster *cluster, const char *name)
{
  g_autofree char *createdb = g_build_filename (cluster->bin, "createdb", NULL);
  g_autofree char *port = g_strdup_printf ("%u", cluster->port);
  const char *words[]
      = { createdb, "-h", "127.0.0.1", "-p", port, "-U", USER, "-T", "template0", name, NULL };
  gint64 deadline_us = g_get_monotonic_time () + START_LIMIT_US;
  int status = -1;

  /* HAProxy may not have heard of the primary yet. */
  while (status != 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      g_spawn_sync (NULL, (char **)words, NULL, 0, NULL, NULL, NULL, NULL, &status, NULL);
      if (status != 0)
        g_usleep (STEP_US);
    }
  return g_strdup_printf ("postgresql://" USER "@127.0.0.1:%u/%s", cluster->port, name);
}
