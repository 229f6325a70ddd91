/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-run.h"

#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

void
hub_run_clear (HubRun *run)
{
  g_clear_pointer (&run->out, g_free);
  g_clear_pointer (&run->err, g_free);
}

/* A test that fails leaves nothing behind that would keep its output open. */
static void
on_child_set_up (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

GSubprocess *
hub_spawn (const char *const *words, GSubprocessFlags flags)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autofree char *program
      = g_build_filename (g_getenv ("LANYARD_BUILD_ROOT"), "sync", "hub", "lanyard-hub", NULL);
  GError *error = NULL;
  GSubprocess *process;

  g_ptr_array_add (argv, program);
  for (; *words != NULL; words++)
    g_ptr_array_add (argv, (gpointer)*words);
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_set_child_setup (launcher, on_child_set_up, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv->pdata, &error);
  g_assert_no_error (error);
  return process;
}

void
hub_run (HubRun *run, const char *const *words)
{
  g_autoptr (GSubprocess) process
      = hub_spawn (words, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  GError *error = NULL;

  hub_run_clear (run);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &run->out, &run->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  run->code = g_subprocess_get_exit_status (process);
}

char *
hub_read_url (GSubprocess *process)
{
  g_autoptr (GDataInputStream) lines
      = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *line = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_assert_nonnull (line);
  g_assert_true (
      g_regex_match_simple ("^listening on https?://127\\.0\\.0\\.1:[0-9]+", line, 0, 0));
  return g_strdup (line + strlen ("listening on "));
}

GSubprocess *
hub_serve (SyncFixture *fixture, const char *const *more, GSubprocessFlags flags)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  GSubprocess *process;

  g_ptr_array_add (words, (gpointer) "serve");
  g_ptr_array_add (words, (gpointer) "--dir");
  g_ptr_array_add (words, fixture->hub_directory);
  g_ptr_array_add (words, (gpointer) "--listen");
  g_ptr_array_add (words, (gpointer) "127.0.0.1:0");
  for (; more != NULL && *more != NULL; more++)
    g_ptr_array_add (words, (gpointer)*more);
  g_ptr_array_add (words, NULL);
  process = hub_spawn ((const char *const *)words->pdata, flags | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_free (fixture->url);
  fixture->url = hub_read_url (process);
  return process;
}

void
hub_stop (GSubprocess *process)
{
  GError *error = NULL;

  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

char *
hub_get (SyncFixture *fixture, const char *path, guint *status)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *uri = g_strconcat (fixture->url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GBytes) body = NULL;
  GError *error = NULL;

  body = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  *status = soup_message_get_status (message);
  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

char *
hub_write (SyncFixture *fixture, const char *name, const char *text)
{
  char *path = g_build_filename (fixture->directory, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

char *
hub_read (const char *path)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}
