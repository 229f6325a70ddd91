/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "loopback.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

/* Sourced words stay readable in the shell; "wait" is a function of the machine. */
static const char machine_text[] = "#!/bin/bash\n"
                                   "wait() { read -r -t 30 <> '%s/go'; }\n"
                                   "printf '%%s' \"$IPP_MEDIA_COL\" > '%s/media'\n"
                                   ". '%s/behaviour'\n";

static char *
in_dir (const Loopback *loopback, const char *name)
{
  return g_build_filename (loopback->dir, name, NULL);
}

static void
write_text (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
set_up_files (Loopback *loopback)
{
  g_autofree char *machine = in_dir (loopback, "machine");
  g_autofree char *go = in_dir (loopback, "go");
  g_autofree char *text
      = g_strdup_printf (machine_text, loopback->dir, loopback->dir, loopback->dir);

  write_text (machine, text);
  g_assert_cmpint (g_chmod (machine, 0755), ==, 0);
  g_assert_cmpint (mkfifo (go, 0600), ==, 0);
  g_assert_cmpint (g_chmod (loopback->dir, 0755), ==, 0);
  loopback_behave (loopback, "true");
}

/* In the child: a test that fails aborts, and its printer must go with it. */
static void
on_spawn (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static void
add_words (GPtrArray *argv, ...)
{
  va_list words;
  const char *word;

  va_start (words, argv);
  while ((word = va_arg (words, const char *)) != NULL)
    g_ptr_array_add (argv, (gpointer)word);
  va_end (words);
}

static gboolean
start (Loopback *loopback, const char *formats, const char *port)
{
  g_autofree char *script
      = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "packaging", "loopback-printer", NULL);
  g_autofree char *machine = in_dir (loopback, "machine");
  g_autofree char *bus = in_dir (loopback, "bus");
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);

  add_words (argv, script, "--tray", loopback->tray, "--formats", formats, "--machine", machine,
             "--bus", bus, NULL);
  if (port != NULL)
    add_words (argv, "--port", port, NULL);
  if (loopback->attributes != NULL)
    add_words (argv, "--attributes", loopback->attributes, NULL);
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_set_child_setup (launcher, on_spawn, NULL, NULL);
  loopback->process
      = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv->pdata, &error);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (loopback->process));
  loopback->uri = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  return loopback->uri != NULL;
}

/* What packaging/loopback-printer.conf says, with @from replaced by @to. */
static void
write_attributes (Loopback *loopback, const char *from, const char *to)
{
  g_autofree char *path = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "packaging",
                                            "loopback-printer.conf", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, from, to, 0), >, 0);
  loopback->attributes = in_dir (loopback, "attributes");
  write_text (loopback->attributes, changed->str);
}

Loopback *
loopback_new (const char *formats, const char *port)
{
  return loopback_new_changed (formats, port, NULL, NULL);
}

Loopback *
loopback_new_changed (const char *formats, const char *port, const char *from, const char *to)
{
  g_autoptr (Loopback) loopback = g_new0 (Loopback, 1);

  loopback->dir = g_dir_make_tmp ("lanyard-loopback-XXXXXX", NULL);
  loopback->tray = in_dir (loopback, "tray");
  if (from != NULL)
    write_attributes (loopback, from, to);
  set_up_files (loopback);
  loopback->formats = g_strdup (formats);
  if (!start (loopback, formats, port))
    {
      g_test_skip ("no IPP printer on loopback here; packaging/install-dependencies demo");
      return NULL;
    }
  loopback->port = g_strdup (strrchr (loopback->uri, ':') + 1);
  *strchr (loopback->port, '/') = '\0';
  return g_steal_pointer (&loopback);
}

/* Returns: process id of the printer under the script; 0: it has ended */
static int
find_printer (Loopback *loopback)
{
  const char *id = g_subprocess_get_identifier (loopback->process);
  g_autofree char *path = g_strdup_printf ("/proc/%s/task/%s/children", id, id);
  g_autofree char *text = NULL;
  g_auto (GStrv) children = NULL;

  if (id == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  children = g_strsplit (g_strstrip (text), " ", -1);
  for (guint i = 0; children[i] != NULL; i++)
    {
      g_autofree char *name_path = g_build_filename ("/proc", children[i], "comm", NULL);
      g_autofree char *name = NULL;

      if (g_file_get_contents (name_path, &name, NULL, NULL)
          && g_str_equal (g_strchomp (name), "ippeveprinter"))
        return (int)g_ascii_strtoll (children[i], NULL, 10);
    }
  return 0;
}

void
loopback_kill (Loopback *loopback)
{
  int printer = loopback->process != NULL ? find_printer (loopback) : 0;

  if (printer > 0)
    kill (printer, SIGKILL);
}

gboolean
loopback_start_again (Loopback *loopback)
{
  g_autofree char *before = g_steal_pointer (&loopback->uri);

  /* The script ends by itself when its printer does; its bus ends with it. */
  loopback_stop (loopback);
  return start (loopback, loopback->formats, loopback->port) && g_str_equal (before, loopback->uri);
}

void
loopback_stop (Loopback *loopback)
{
  if (loopback->process == NULL)
    return;
  g_subprocess_send_signal (loopback->process, SIGTERM);
  g_subprocess_wait (loopback->process, NULL, NULL);
  g_clear_object (&loopback->process);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
loopback_free (Loopback *loopback)
{
  loopback_stop (loopback);
  remove_tree (loopback->dir);
  g_free (loopback->dir);
  g_free (loopback->tray);
  g_free (loopback->uri);
  g_free (loopback->attributes);
  g_free (loopback->formats);
  g_free (loopback->port);
  g_free (loopback);
}

void
loopback_behave (Loopback *loopback, const char *words)
{
  g_autofree char *path = in_dir (loopback, "behaviour");
  g_autofree char *line = g_strconcat (words, "\n", NULL);

  write_text (path, line);
}

void
loopback_go (Loopback *loopback)
{
  g_autofree char *path = in_dir (loopback, "go");
  FILE *pipe = g_fopen (path, "w");

  g_assert_nonnull (pipe);
  g_assert_cmpint (fputs ("go\n", pipe), >=, 0);
  g_assert_cmpint (fclose (pipe), ==, 0);
}

GBytes *
loopback_take (Loopback *loopback, const char *serial, const char *suffix)
{
  g_autofree char *name = g_strdup_printf ("%s.%s", serial, suffix);
  g_autofree char *path = g_build_filename (loopback->tray, name, NULL);
  char *contents;
  gsize n_bytes;

  if (!g_file_get_contents (path, &contents, &n_bytes, NULL))
    return NULL;
  return g_bytes_new_take (contents, n_bytes);
}

guint
loopback_count (Loopback *loopback)
{
  g_autoptr (GDir) dir = g_dir_open (loopback->tray, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

char *
loopback_dup_media (Loopback *loopback)
{
  g_autofree char *path = in_dir (loopback, "media");
  char *contents = NULL;

  g_file_get_contents (path, &contents, NULL, NULL);
  return contents;
}

char *
loopback_dup_secure_uri (Loopback *loopback)
{
  return g_strdup_printf ("ipps://localhost:%s/ipp/print", loopback->port);
}

char *
loopback_dup_bus (Loopback *loopback)
{
  g_autofree char *path = in_dir (loopback, "bus");
  char *address = NULL;

  g_assert_true (g_file_get_contents (path, &address, NULL, NULL));
  return address;
}
