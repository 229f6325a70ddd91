/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tool-run.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <qrencode.h>
#include <string.h>

#define MODULE_PX 6
#define QUIET_MODULES 4

static char *tool_path;
static char *folder;

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
tool_run_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (argc, argv, NULL);
  g_assert_cmpint (*argc, >=, 2);
  tool_path = g_canonicalize_filename ((*argv)[1], NULL);
  folder = g_dir_make_tmp ("lanyard-tool-XXXXXX", &error);
  g_assert_no_error (error);
}

int
tool_run_tests (void)
{
  int result = g_test_run ();

  remove_tree (folder);
  g_free (folder);
  g_free (tool_path);
  return result;
}

char *
tool_run_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

void
tool_run (ToolRun *run, const char *input, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;

  g_ptr_array_add (argv, tool_path);
  va_start (args, input);
  do
    g_ptr_array_add (argv, va_arg (args, char *));
  while (g_ptr_array_index (argv, argv->len - 1) != NULL);
  va_end (args);
  process = g_subprocess_newv ((const char *const *)argv->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                   | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input != NULL ? input : "", NULL, &run->out, &run->err,
                                 &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_if_exited (process))
    g_error ("the program ended by a signal\n%s\n%s", run->out, run->err);
  run->exit_code = g_subprocess_get_exit_status (process);
}

void
tool_run_clear (ToolRun *run)
{
  g_clear_pointer (&run->out, g_free);
  g_clear_pointer (&run->err, g_free);
}

JsonObject *
tool_run_parse_line (const ToolRun *run, guint line)
{
  g_auto (GStrv) lines = g_strsplit (run->out, "\n", -1);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (line, <, g_strv_length (lines));
  node = json_from_string (lines[line], &error);
  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  return json_node_dup_object (node);
}

static void
write_png (const char *path, const QRcode *qr)
{
  int modules = qr != NULL ? qr->width : 20;
  int side_px = (modules + 2 * QUIET_MODULES) * MODULE_PX;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, side_px, side_px);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (int y = 0; qr != NULL && y < qr->width; y++)
    {
      for (int x = 0; x < qr->width; x++)
        {
          if ((qr->data[y * qr->width + x] & 1) != 0)
            cairo_rectangle (cr, (x + QUIET_MODULES) * MODULE_PX, (y + QUIET_MODULES) * MODULE_PX,
                             MODULE_PX, MODULE_PX);
        }
    }
  cairo_fill (cr);
  cairo_destroy (cr);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
}

void
tool_write_qr (const char *path, const char *text)
{
  QRcode *qr = QRcode_encodeData ((int)strlen (text), (const unsigned char *)text, 0, QR_ECLEVEL_M);

  g_assert_nonnull (qr);
  write_png (path, qr);
  QRcode_free (qr);
}

void
tool_write_blank (const char *path)
{
  write_png (path, NULL);
}
