/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "postgres-server.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define USER "lanyard"
#define PAUSE_US 50000

static char *folder;
static GPid server;

gboolean
postgres_server_is_wanted (void)
{
  return g_strcmp0 (g_getenv ("LANYARD_TEST_STORE"), "postgresql") == 0;
}

/* Debian keeps the programs of each version in a folder of their own. Returns: (transfer full)
 * (nullable) */
static char *
find_program (const char *name)
{
  g_autoptr (GDir) versions = g_dir_open ("/usr/lib/postgresql", 0, NULL);
  const char *version;

  while (versions != NULL && (version = g_dir_read_name (versions)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/usr/lib/postgresql", version, "bin", name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }
  return g_find_program_in_path (name);
}

gboolean
postgres_server_skip (void)
{
  g_autofree char *program = postgres_server_is_wanted () ? find_program ("postgres") : NULL;

  if (!postgres_server_is_wanted () || program != NULL)
    return FALSE;
  g_print ("1..0 # SKIP PostgreSQL is not installed\n");
  return TRUE;
}

/* The server refuses to run as root. */
static void
add_user (GPtrArray *words)
{
  const struct passwd *user = getpwnam ("postgres");

  if (geteuid () != 0)
    return;
  if (user == NULL)
    user = getpwnam ("nobody");
  g_assert_nonnull (user);
  g_ptr_array_add (words, g_strdup ("setpriv"));
  g_ptr_array_add (words, g_strdup_printf ("--reuid=%u", user->pw_uid));
  g_ptr_array_add (words, g_strdup_printf ("--regid=%u", user->pw_gid));
  g_ptr_array_add (words, g_strdup ("--clear-groups"));
  g_assert_cmpint (chown (folder, user->pw_uid, user->pw_gid), ==, 0);
}

static GPid
spawn (const char *name, const char *const *arguments, gboolean stays)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  GError *error = NULL;
  GPid pid;

  add_user (words);
  if (stays)
    {
      if (words->len == 0)
        g_ptr_array_add (words, g_strdup ("setpriv"));
      g_ptr_array_add (words, g_strdup ("--pdeathsig=QUIT"));
    }
  g_ptr_array_add (words, find_program (name));
  for (; *arguments != NULL; arguments++)
    g_ptr_array_add (words, g_strdup (*arguments));
  g_ptr_array_add (words, NULL);
  g_spawn_async (folder, (char **)words->pdata, NULL,
                 G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL
                     | G_SPAWN_STDERR_TO_DEV_NULL,
                 NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  return pid;
}

static int
run (const char *name, const char *const *arguments)
{
  GPid pid = spawn (name, arguments, FALSE);
  int status;

  while (waitpid (pid, &status, 0) < 0)
    g_assert_cmpint (errno, ==, EINTR);
  return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}

static void
remove_folder (void)
{
  g_autoptr (GError) error = NULL;
  const char *words[] = { "rm", "-rf", "--", folder, NULL };

  g_spawn_sync (NULL, (char **)words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                &error);
  g_clear_pointer (&folder, g_free);
}

void
postgres_server_stop (void)
{
  if (server != 0)
    {
      kill (server, SIGQUIT);
      waitpid (server, NULL, 0);
      server = 0;
    }
  if (folder != NULL)
    remove_folder ();
}

static void
start (void)
{
  GError *error = NULL;
  g_autofree char *data = NULL;
  const char *ready[] = { "-q", "-h", NULL, "-d", "template1", "-U", USER, NULL };

  folder = g_dir_make_tmp ("lanyard-pg-XXXXXX", &error);
  g_assert_no_error (error);
  data = g_build_filename (folder, "data", NULL);
  ready[2] = folder;
  {
    const char *init[]
        = { "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", NULL };
    const char *serve[] = { "-D", data,
                            "-k", folder,
                            "-h", "",
                            "-c", "max_connections=40",
                            "-c", "shared_buffers=64MB",
                            "-c", "max_wal_size=4GB",
                            NULL };

    g_assert_cmpint (run ("initdb", init), ==, 0);
    server = spawn ("postgres", serve, TRUE);
  }
  atexit (postgres_server_stop);
  /* It is ready or it ends: how long initdb and the start take on a busy machine says nothing. */
  while (run ("pg_isready", ready) != 0)
    {
      g_assert_cmpint (waitpid (server, NULL, WNOHANG), ==, 0);
      g_usleep (PAUSE_US);
    }
}

char *
postgres_server_get_uri (const char *name)
{
  return g_strdup_printf ("postgresql:///%s?host=%s&user=" USER, name, folder);
}

/* @template: (nullable): database to copy, to which nobody may be connected */
static char *
create_database (const char *template)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("hub%u", ++n);
  const char *create[]
      = { "-h", folder, "-U", USER, "-T", template == NULL ? "template0" : template, name, NULL };

  g_assert_cmpint (run ("createdb", create), ==, 0);
  return postgres_server_get_uri (name);
}

char *
postgres_server_new_database (void)
{
  if (server == 0)
    start ();
  return create_database (NULL);
}

char *
postgres_server_copy_database (const char *uri)
{
  const char *name = uri + strlen ("postgresql:///");
  g_autofree char *template = g_strndup (name, strcspn (name, "?"));

  g_assert_true (g_str_has_prefix (uri, "postgresql:///"));
  return create_database (template);
}
