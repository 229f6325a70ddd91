/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "tool-run.h"

/* 160 characters, as long as a signed credential at the least. */
#define CREDENTIAL                                                                                 \
  "LY1:0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"                   \
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

static char *
write_holder (const char *number)
{
  char *path = tool_run_path ("holder.json");
  g_autofree char *json = g_strdup_printf (
      "{\"holder_id\":\"1\",\"print_name\":\"Robin SAMPLETON\",\"number\":\"%s\","
      "\"category\":\"PLAYER\",\"valid_from\":\"2026-01-01T00:00:00Z\","
      "\"valid_until\":\"2036-01-01T00:00:00Z\"}",
      number);

  g_assert_true (g_file_set_contents (path, json, -1, NULL));
  return path;
}

static char *
get_pack (void)
{
  return g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "resources", "packs", "small-cup",
                           NULL);
}

/* What is drawn can be read back: the picture goes through the reader, not through the eye. */
static void
test_png (void)
{
  g_autofree char *pack = get_pack ();
  g_autofree char *holder = write_holder ("26SAMPLE0X");
  g_autofree char *output = tool_run_path ("badge.png");
  g_auto (ToolRun) render = { 0 };
  g_auto (ToolRun) scan = { 0 };
  g_autoptr (JsonObject) object = NULL;

  tool_run (&render, NULL, "badge", "render", "--pack", pack, "--holder", holder, "--credential",
            CREDENTIAL, "-o", output, NULL);
  tool_assert_exit (&render, 0);
  tool_run (&scan, NULL, "scan", "--json", output, NULL);
  tool_assert_exit (&scan, 0);
  object = tool_run_parse_line (&scan, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "text"), ==, CREDENTIAL);
}

static void
test_pdf (void)
{
  g_autofree char *pack = get_pack ();
  g_autofree char *holder = write_holder ("26SAMPLE0X");
  g_autofree char *output = tool_run_path ("badge.pdf");
  g_autofree char *pdf = NULL;
  g_auto (ToolRun) run = { 0 };

  tool_run (&run, NULL, "badge", "render", "--pack", pack, "--holder", holder, "-o", output, NULL);
  tool_assert_exit (&run, 0);
  tool_assert_says (run.err, "SPECIMEN");
  g_assert_true (g_file_get_contents (output, &pdf, NULL, NULL));
  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
}

/* A sheet has every category: as many codes can be read as there are. */
static void
test_sheet (void)
{
  g_autofree char *pack = get_pack ();
  g_autofree char *large = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "resources", "packs",
                                             "summer-games", NULL);
  g_autofree char *png = tool_run_path ("sheet.png");
  g_autofree char *pdf = tool_run_path ("sheet.pdf");
  g_autofree char *text = NULL;
  g_auto (ToolRun) render = { 0 };
  g_auto (ToolRun) render_pdf = { 0 };
  g_auto (ToolRun) scan = { 0 };
  g_auto (ToolRun) too_fine = { 0 };
  g_auto (GStrv) lines = NULL;

  tool_run (&render, NULL, "badge", "render", "--pack", pack, "--sheet", "--dpi", "400", "-o", png,
            NULL);
  tool_assert_exit (&render, 0);
  tool_run (&scan, NULL, "scan", "--json", png, NULL);
  tool_assert_exit (&scan, 0);
  lines = g_strsplit (scan.out, "LY1:", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 7);
  tool_run (&render_pdf, NULL, "badge", "render", "--pack", pack, "--sheet", "-o", pdf, NULL);
  tool_assert_exit (&render_pdf, 0);
  g_assert_true (g_file_get_contents (pdf, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "%PDF-"));
  tool_run (&too_fine, NULL, "badge", "render", "--pack", large, "--sheet", "--dpi", "1200", "-o",
            png, NULL);
  tool_assert_exit (&too_fine, 1);
  tool_assert_says (too_fine.err, "too many pixels");
}

static void
test_wrong_use (void)
{
  g_autofree char *pack = get_pack ();
  g_autofree char *holder = write_holder ("26SAMPLE0Y");
  g_autofree char *output = tool_run_path ("never.png");
  g_auto (ToolRun) bad_number = { 0 };
  g_auto (ToolRun) no_output = { 0 };
  g_auto (ToolRun) other_ending = { 0 };
  g_auto (ToolRun) no_holder = { 0 };

  tool_run (&bad_number, NULL, "badge", "render", "--pack", pack, "--holder", holder, "-o", output,
            NULL);
  tool_assert_exit (&bad_number, 1);
  g_assert_null (strstr (bad_number.err, "SAMPLETON"));
  tool_run (&no_output, NULL, "badge", "render", "--pack", pack, "--holder", holder, NULL);
  tool_assert_exit (&no_output, 2);
  tool_run (&other_ending, NULL, "badge", "render", "--pack", pack, "--holder", holder, "-o",
            "badge.bmp", NULL);
  tool_assert_exit (&other_ending, 2);
  tool_run (&no_holder, NULL, "badge", "render", "--pack", pack, "--holder", "/nowhere.json", "-o",
            output, NULL);
  tool_assert_exit (&no_holder, 2);
  g_assert_false (g_file_test (output, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  tool_run_init (&argc, &argv);
  g_test_add_func ("/tool/badge-render/png", test_png);
  g_test_add_func ("/tool/badge-render/pdf", test_pdf);
  g_test_add_func ("/tool/badge-render/sheet", test_sheet);
  g_test_add_func ("/tool/badge-render/wrong-use", test_wrong_use);
  return tool_run_tests ();
}
