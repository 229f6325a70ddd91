/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <cairo.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "tool-run.h"

static void
test_usage (void)
{
  g_auto (ToolRun) nothing = { 0 };
  g_auto (ToolRun) help = { 0 };
  g_auto (ToolRun) version = { 0 };
  g_auto (ToolRun) unknown = { 0 };
  g_auto (ToolRun) option = { 0 };
  g_auto (ToolRun) scan_help = { 0 };

  tool_run (&nothing, NULL, NULL);
  tool_assert_exit (&nothing, 2);
  tool_run (&help, NULL, "--help", NULL);
  tool_assert_exit (&help, 0);
  tool_assert_says (help.out, "scan ");
  tool_run (&version, NULL, "--version", NULL);
  tool_assert_exit (&version, 0);
  g_assert_true (g_str_has_prefix (version.out, "lanyard "));
  tool_run (&unknown, NULL, "dance", NULL);
  tool_assert_exit (&unknown, 2);
  tool_assert_says (unknown.err, "'dance'");
  tool_run (&option, NULL, "scan", "--dance", NULL);
  tool_assert_exit (&option, 2);
  tool_run (&scan_help, NULL, "scan", "--help", NULL);
  tool_assert_exit (&scan_help, 0);
  tool_assert_says (scan_help.out, "--json");
}

static void
test_json (void)
{
  g_autofree char *path = tool_run_path ("one.png");
  g_auto (ToolRun) run = { 0 };
  g_autoptr (JsonObject) object = NULL;
  JsonArray *corners;

  tool_write_qr (path, "A made-up text");
  tool_run (&run, NULL, "scan", path, "--json", NULL);
  tool_assert_exit (&run, 0);
  object = tool_run_parse_line (&run, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "file"), ==, path);
  g_assert_cmpstr (json_object_get_string_member (object, "symbology"), ==, "QR-Code");
  g_assert_cmpstr (json_object_get_string_member (object, "text"), ==, "A made-up text");
  g_assert_cmpfloat (json_object_get_double_member (object, "ms"), >, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "step"), !=, NULL);
  corners = json_object_get_array_member (object, "corners");
  g_assert_cmpuint (json_array_get_length (corners), ==, 4);
  /* Top left, top right: apart in x, level in y. */
  g_assert_cmpfloat (json_array_get_double_element (json_array_get_array_element (corners, 0), 0),
                     <,
                     json_array_get_double_element (json_array_get_array_element (corners, 1), 0));
}

static void
test_folder (void)
{
  g_autofree char *folder = tool_run_path ("folder");
  g_autofree char *inner = tool_run_path ("folder/inner");
  g_autofree char *first = tool_run_path ("folder/a.png");
  g_autofree char *second = tool_run_path ("folder/inner/b.png");
  g_autofree char *other = tool_run_path ("folder/notes.txt");
  g_auto (ToolRun) run = { 0 };
  g_autoptr (JsonObject) one = NULL;
  g_autoptr (JsonObject) two = NULL;

  g_assert_cmpint (g_mkdir_with_parents (inner, 0700), ==, 0);
  tool_write_qr (first, "first");
  tool_write_qr (second, "second");
  g_assert_true (g_file_set_contents (other, "no picture", -1, NULL));
  tool_run (&run, NULL, "scan", "--json", folder, NULL);
  tool_assert_exit (&run, 0);
  one = tool_run_parse_line (&run, 0);
  two = tool_run_parse_line (&run, 1);
  g_assert_cmpstr (json_object_get_string_member (one, "file"), ==, "a.png");
  g_assert_cmpstr (json_object_get_string_member (two, "file"), ==, "inner/b.png");
  g_assert_cmpstr (json_object_get_string_member (one, "text"), ==, "first");
  g_assert_cmpstr (json_object_get_string_member (two, "text"), ==, "second");
}

static void
test_nothing_to_read (void)
{
  g_autofree char *blank = tool_run_path ("blank.png");
  g_autofree char *missing = tool_run_path ("missing.png");
  g_autofree char *corrupt = tool_run_path ("corrupt.png");
  g_autofree char *empty = tool_run_path ("empty");
  g_auto (ToolRun) on_blank = { 0 };
  g_auto (ToolRun) on_missing = { 0 };
  g_auto (ToolRun) on_corrupt = { 0 };
  g_auto (ToolRun) on_empty = { 0 };

  tool_write_blank (blank);
  tool_run (&on_blank, NULL, "scan", "--json", blank, NULL);
  tool_assert_exit (&on_blank, 1);
  g_assert_cmpstr (on_blank.out, ==, "");

  tool_run (&on_missing, NULL, "scan", missing, NULL);
  tool_assert_exit (&on_missing, 2);
  tool_assert_says (on_missing.err, missing);

  g_assert_true (g_file_set_contents (corrupt, "\x89PNG\r\n\x1a\n and then nothing", -1, NULL));
  tool_run (&on_corrupt, NULL, "scan", corrupt, NULL);
  tool_assert_exit (&on_corrupt, 3);
  tool_assert_says (on_corrupt.err, corrupt);

  g_assert_cmpint (g_mkdir_with_parents (empty, 0700), ==, 0);
  tool_run (&on_empty, NULL, "scan", empty, NULL);
  tool_assert_exit (&on_empty, 2);
  tool_assert_says (on_empty.err, empty);
}

/* What a code says must not steer the terminal of the person who reads it. */
static void
test_hostile_content (void)
{
  g_autofree char *path = tool_run_path ("hostile.png");
  g_auto (ToolRun) run = { 0 };

  tool_write_qr (path, "\033]0;title\a\033[2Jgone\r\nnext\342\200\256");
  tool_run (&run, NULL, "scan", path, NULL);
  tool_assert_exit (&run, 0);
  g_assert_null (strchr (run.out, '\033'));
  g_assert_null (strchr (run.out, '\a'));
  g_assert_null (strstr (run.out, "\342\200\256"));
  tool_assert_says (run.out, "gone");
}

/* The step that is named with the code must be one that says it found it. */
static void
test_explain (void)
{
  g_autofree char *path = tool_run_path ("explain.png");
  g_auto (ToolRun) run = { 0 };
  g_auto (ToolRun) words = { 0 };
  g_autoptr (JsonObject) code = NULL;
  const char *step;
  gboolean found = FALSE;
  g_auto (GStrv) lines = NULL;

  tool_write_qr (path, "explained");
  tool_run (&run, NULL, "scan", "--json", "--explain", path, NULL);
  tool_assert_exit (&run, 0);
  code = tool_run_parse_line (&run, 0);
  step = json_object_get_string_member (code, "step");
  lines = g_strsplit (run.out, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr (JsonObject) trace = tool_run_parse_line (&run, i);

      g_assert_cmpint (json_object_get_int_member (trace, "work"), >, 0);
      if (g_str_equal (json_object_get_string_member (trace, "trace"), step))
        found = json_object_get_int_member (trace, "found") > 0;
    }
  g_assert_true (found);
  tool_run (&words, NULL, "scan", "--explain", path, NULL);
  tool_assert_says (words.out, "work steps");
}

/* Corners are where the drawing is red: where it was grey before. */
static guint
count_red (const char *path)
{
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);
  guint n = 0;

  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      {
        const guint8 *px = cairo_image_surface_get_data (surface)
                           + (gsize)y * cairo_image_surface_get_stride (surface) + x * 4;

        n += px[2] > px[1] + 60;
      }
  cairo_surface_destroy (surface);
  return n;
}

static void
test_annotate (void)
{
  g_autofree char *folder = tool_run_path ("to-draw");
  g_autofree char *one = tool_run_path ("to-draw/one.png");
  g_autofree char *blank = tool_run_path ("to-draw/blank.png");
  g_autofree char *drawing = tool_run_path ("drawing.png");
  g_autofree char *drawings = tool_run_path ("drawings");
  g_autofree char *drawn_one = tool_run_path ("drawings/one.png.png");
  g_autofree char *drawn_blank = tool_run_path ("drawings/blank.png.png");
  g_autofree char *nowhere = tool_run_path ("no/such/folder.png");
  g_auto (ToolRun) single = { 0 };
  g_auto (ToolRun) many = { 0 };
  g_auto (ToolRun) failed = { 0 };

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  tool_write_qr (one, "drawn \033[2J over");
  tool_write_blank (blank);
  tool_run (&single, NULL, "scan", "--annotate", drawing, one, NULL);
  tool_assert_exit (&single, 0);
  g_assert_cmpuint (count_red (drawing), >, 100);
  tool_run (&many, NULL, "scan", "--annotate", drawings, folder, NULL);
  tool_assert_exit (&many, 0);
  g_assert_cmpuint (count_red (drawn_one), >, 100);
  g_assert_cmpuint (count_red (drawn_blank), ==, 0);
  tool_run (&failed, NULL, "scan", "--annotate", nowhere, one, NULL);
  tool_assert_exit (&failed, 3);
  tool_assert_says (failed.err, nowhere);
}

/* A name is somebody else's as well: its lines of JSON are UTF-8, its lines for people are one line
 * each. */
static void
test_odd_names (void)
{
  g_autofree char *folder = tool_run_path ("odd");
  g_autofree char *one = tool_run_path ("odd/\xff\n\033[2J.png");
  g_autofree char *broken = tool_run_path ("odd/\033[2J.png");
  g_auto (ToolRun) json = { 0 };
  g_auto (ToolRun) words = { 0 };
  g_autoptr (JsonObject) code = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  tool_write_qr (one, "named");
  tool_run (&json, NULL, "scan", "--json", folder, NULL);
  tool_assert_exit (&json, 0);
  code = tool_run_parse_line (&json, 0);
  g_assert_cmpstr (json_object_get_string_member (code, "file"), ==, "\357\277\275\n\033[2J.png");

  g_assert_true (g_file_set_contents (broken, "no picture", -1, NULL));
  tool_run (&words, NULL, "scan", folder, NULL);
  tool_assert_exit (&words, 3);
  g_assert_null (strchr (words.out, '\033'));
  g_assert_true (strchr (words.out, '\n') == words.out + strlen (words.out) - 1);
  g_assert_null (strchr (words.err, '\033'));
}

/* No drawing is lost to another, and no picture to a drawing. */
static void
test_drawings_apart (void)
{
  static const char *const pictures[]
      = { "monday/one.png", "tuesday/one.png", "monday/two/one.png", "monday/two-one.png" };
  static const char *const drawings[] = { "apart/one.png.png", "apart/one.png-2.png",
                                          "apart/two-one.png.png", "apart/two-one.png-2.png" };
  g_autofree char *monday = tool_run_path ("monday");
  g_autofree char *tuesday = tool_run_path ("tuesday");
  g_autofree char *apart = tool_run_path ("apart");
  g_autofree char *one = tool_run_path (pictures[0]);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_auto (ToolRun) run = { 0 };
  g_auto (ToolRun) over = { 0 };
  gsize n_before, n_after;

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autofree char *path = tool_run_path (pictures[i]);
      g_autofree char *folder = g_path_get_dirname (path);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      tool_write_qr (path, pictures[i]);
    }
  tool_run (&run, NULL, "scan", "--annotate", apart, monday, tuesday, NULL);
  tool_assert_exit (&run, 0);
  for (guint i = 0; i < G_N_ELEMENTS (drawings); i++)
    {
      g_autofree char *path = tool_run_path (drawings[i]);

      g_assert_cmpuint (count_red (path), >, 100);
    }

  g_assert_true (g_file_get_contents (one, &before, &n_before, NULL));
  tool_run (&over, NULL, "scan", "--annotate", one, one, NULL);
  tool_assert_exit (&over, 2);
  tool_assert_says (over.err, one);
  g_assert_true (g_file_get_contents (one, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
}

/* What may not be looked into is said, and the rest is read. */
static void
test_shut_folder (void)
{
  g_autofree char *folder = tool_run_path ("doors");
  g_autofree char *shut = tool_run_path ("doors/a-shut");
  g_autofree char *one = tool_run_path ("doors/one.png");
  g_auto (ToolRun) run = { 0 };

  if (geteuid () == 0)
    {
      g_test_skip ("every folder is open to the superuser");
      return;
    }
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (shut, 0), ==, 0);
  tool_write_qr (one, "behind no door");
  tool_run (&run, NULL, "scan", folder, NULL);
  tool_assert_exit (&run, 3);
  tool_assert_says (run.out, "one.png: QR-Code: behind no door");
  tool_assert_says (run.err, shut);
  g_assert_cmpint (g_chmod (shut, 0700), ==, 0);
}

/* The camera is a file that is played over and over. */
static void
test_camera (void)
{
  g_autofree char *path = tool_run_path ("camera.png");
  g_autofree char *words = g_strdup_printf ("--camera=multifilesrc location=%s loop=true "
                                            "caps=image/png,framerate=20/1 ! pngdec",
                                            path);
  g_auto (ToolRun) run = { 0 };
  g_auto (ToolRun) lines = { 0 };
  g_auto (ToolRun) wrong = { 0 };
  g_auto (ToolRun) nothing = { 0 };
  g_autoptr (JsonObject) code = NULL;
  g_autoptr (JsonObject) second = NULL;

  tool_write_qr (path, "seen");
  tool_run (&run, NULL, "scan", "--json", "--seconds", "2", words, NULL);
  tool_assert_exit (&run, 0);
  code = tool_run_parse_line (&run, 0);
  second = tool_run_parse_line (&run, 1);
  g_assert_cmpstr (json_object_get_string_member (code, "file"), ==, "camera");
  g_assert_cmpstr (json_object_get_string_member (code, "text"), ==, "seen");
  g_assert_cmpfloat (json_object_get_double_member (second, "frames_per_s"), >, 0);
  g_assert_cmpstr (json_object_get_string_member (second, "hint"), ==, "none");

  tool_run (&lines, NULL, "scan", "--frames", "5", words, NULL);
  tool_assert_exit (&lines, 0);
  tool_assert_says (lines.out, "camera: QR-Code: seen");
  tool_run (&wrong, NULL, "scan", words, path, NULL);
  tool_assert_exit (&wrong, 2);
  tool_write_blank (path);
  tool_run (&nothing, NULL, "scan", "--frames", "3", words, NULL);
  tool_assert_exit (&nothing, 1);
}

/* A source that ends is at its end: codes were read or none were, and nothing has failed. */
static void
test_camera_ends (void)
{
  g_autofree char *path = tool_run_path ("once.png");
  g_autofree char *words = g_strdup_printf ("--camera=multifilesrc location=%s num-buffers=4 "
                                            "caps=image/png,framerate=20/1 ! pngdec",
                                            path);
  g_auto (ToolRun) run = { 0 };
  g_auto (ToolRun) nothing = { 0 };

  tool_write_qr (path, "seen once");
  tool_run (&run, NULL, "scan", words, NULL);
  tool_assert_exit (&run, 0);
  tool_assert_says (run.out, "camera: QR-Code: seen once");
  tool_write_blank (path);
  tool_run (&nothing, NULL, "scan", words, NULL);
  tool_assert_exit (&nothing, 1);
}

/* The command ends: nobody starts the camera again, as a desk does. */
static void
test_camera_gone (void)
{
  g_auto (ToolRun) run = { 0 };

  tool_run (&run, NULL, "scan", "--camera=filesrc location=/nonexistent.png ! pngdec", NULL);
  tool_assert_exit (&run, 3);
  tool_assert_says (run.err, "The camera gives no picture");
  g_assert_null (strstr (run.err, "by itself"));
}

int
main (int argc, char **argv)
{
  tool_run_init (&argc, &argv);
  g_test_add_func ("/tool/scan/camera", test_camera);
  g_test_add_func ("/tool/scan/camera-ends", test_camera_ends);
  g_test_add_func ("/tool/scan/camera-gone", test_camera_gone);
  g_test_add_func ("/tool/usage", test_usage);
  g_test_add_func ("/tool/scan/json", test_json);
  g_test_add_func ("/tool/scan/folder", test_folder);
  g_test_add_func ("/tool/scan/explain", test_explain);
  g_test_add_func ("/tool/scan/annotate", test_annotate);
  g_test_add_func ("/tool/scan/odd-names", test_odd_names);
  g_test_add_func ("/tool/scan/drawings-apart", test_drawings_apart);
  g_test_add_func ("/tool/scan/shut-folder", test_shut_folder);
  g_test_add_func ("/tool/scan/nothing-to-read", test_nothing_to_read);
  g_test_add_func ("/tool/scan/hostile-content", test_hostile_content);
  return tool_run_tests ();
}
