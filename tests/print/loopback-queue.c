/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "loopback-queue.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#include <cups/cups.h>
#include <glib/gstdio.h>

/* What it gets falls into the tray before it does anything else: that is out, whatever comes. */
static const char device_text[] = "#!/bin/bash\n"
                                  "[ $# -gt 0 ] || exit 0\n"
                                  "wait() { read -r -t 30 <> '%s/go'; }\n"
                                  "pause() { read -r -t 1 <> '%s/go'; }\n"
                                  "n=$(ls '%s/tray' | wc -l)\n"
                                  "cat ${6:+\"$6\"} > \"%s/tray/$3.$((n + 1))\"\n"
                                  ". '%s/behaviour'\n";

static char *
in_dir (const Queue *queue, const char *name)
{
  return g_build_filename (queue->dir, name, NULL);
}

static void
write_text (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
set_up_device (Queue *queue)
{
  g_autofree char *backend = in_dir (queue, "backend");
  g_autofree char *program = g_build_filename (backend, "fake", NULL);
  g_autofree char *go = in_dir (queue, "go");
  g_autofree char *text
      = g_strdup_printf (device_text, queue->dir, queue->dir, queue->dir, queue->dir, queue->dir);

  g_assert_cmpint (g_mkdir (backend, 0755), ==, 0);
  g_assert_cmpint (g_mkdir (queue->tray, 0755), ==, 0);
  write_text (program, text);
  g_assert_cmpint (mkfifo (go, 0600), ==, 0);
  queue_behave (queue, "true");
}

/* In the child: a test that fails aborts, and its CUPS must go with it. */
static void
on_spawn (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static gboolean
start (Queue *queue, const char *device, const char *policy)
{
  const char *root = g_getenv ("LANYARD_SOURCE_ROOT");
  g_autofree char *script = g_build_filename (root, "packaging", "loopback-queue", NULL);
  g_autofree char *ppd = g_build_filename (root, "tests", "print", "badge-queue.ppd", NULL);
  g_autofree char *fake = g_strdup_printf ("fake://%s", queue->dir);
  const char *argv[] = { script,
                         "--dir",
                         queue->dir,
                         "--policy",
                         policy,
                         "--device",
                         device != NULL ? device : fake,
                         device != NULL ? "--model" : "--ppd",
                         device != NULL ? "everywhere" : ppd,
                         NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *server = NULL;
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);

  g_subprocess_launcher_set_child_setup (launcher, on_spawn, NULL, NULL);
  g_clear_object (&queue->process);
  queue->process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (queue->process));
  server = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  if (server != NULL)
    queue_use (queue);
  return server != NULL;
}

Queue *
queue_new (const char *device, const char *policy)
{
  g_autoptr (Queue) queue = g_new0 (Queue, 1);

  queue->dir = g_dir_make_tmp ("lanyard-queue-XXXXXX", NULL);
  queue->tray = in_dir (queue, "tray");
  set_up_device (queue);
  if (!start (queue, device, policy))
    {
      g_test_skip ("no CUPS on loopback here; packaging/install-dependencies test");
      return NULL;
    }
  return g_steal_pointer (&queue);
}

void
queue_kill (Queue *queue)
{
  g_autofree char *path = in_dir (queue, "pid");
  g_autofree char *pid = NULL;

  g_assert_true (g_file_get_contents (path, &pid, NULL, NULL));
  g_assert_cmpint (kill (atoi (pid), SIGKILL), ==, 0);
  g_subprocess_wait (queue->process, NULL, NULL);
}

void
queue_restart (Queue *queue)
{
  g_assert_true (start (queue, NULL, "abort-job"));
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir
      = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
queue_free (Queue *queue)
{
  if (queue->process != NULL)
    {
      g_subprocess_send_signal (queue->process, SIGTERM);
      g_subprocess_wait (queue->process, NULL, NULL);
      g_object_unref (queue->process);
    }
  remove_tree (queue->dir);
  g_free (queue->dir);
  g_free (queue->tray);
  g_free (queue);
}

void
queue_use (Queue *queue)
{
  g_autofree char *socket = in_dir (queue, "socket");

  cupsSetServer (socket);
}

void
queue_behave (Queue *queue, const char *words)
{
  g_autofree char *path = in_dir (queue, "behaviour");
  g_autofree char *line = g_strconcat (words, "\n", NULL);

  write_text (path, line);
}

void
queue_go (Queue *queue)
{
  g_autofree char *path = in_dir (queue, "go");
  FILE *pipe = g_fopen (path, "w");

  g_assert_nonnull (pipe);
  g_assert_cmpint (fputs ("go\n", pipe), >=, 0);
  g_assert_cmpint (fclose (pipe), ==, 0);
}

void
queue_run (Queue *queue, const char *command)
{
  g_autofree char *socket = in_dir (queue, "socket");
  g_autofree char *line
      = g_strdup_printf ("PATH=$PATH:/usr/sbin CUPS_SERVER='%s' %s", socket, command);
  const char *argv[] = { "/bin/sh", "-c", line, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

guint
queue_count (Queue *queue)
{
  g_autoptr (GDir) dir = g_dir_open (queue->tray, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}
