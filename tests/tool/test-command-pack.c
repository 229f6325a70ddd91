/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-hash.h"
#include "lanyard-key.h"
#include "tool-run.h"

/* Returns: (transfer full): a copy of a sample pack that a test may change */
static char *
copy_pack (const char *name)
{
  g_autofree char *from
      = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), "resources", "packs", name, NULL);
  char *to = tool_run_path (g_test_get_path () + 1);
  g_autofree char *parent = g_path_get_dirname (to);
  const char *argv[] = { "cp", "-r", from, to, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return to;
}

static void
test_check (void)
{
  g_autofree char *pack = copy_pack ("small-cup");
  g_auto (ToolRun) run = { 0 };
  g_autoptr (JsonObject) object = NULL;
  JsonObject *template;

  tool_run (&run, NULL, "pack", "check", "--json", pack, NULL);
  tool_assert_exit (&run, 0);
  object = tool_run_parse_line (&run, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "pack"), ==, pack);
  g_assert_false (json_object_get_boolean_member (object, "signed"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "problems")), ==,
                    0);
  template = json_array_get_object_element (json_object_get_array_member (object, "templates"), 0);
  g_assert_cmpfloat (json_object_get_double_member (template, "width_mm"), >, 50);
}

/* A template without a slot that it must have is found before the event, not at the first person.
 */
static void
test_check_template (void)
{
  g_autofree char *pack = copy_pack ("small-cup");
  g_autofree char *template = g_build_filename (pack, "templates", "card.svg", NULL);
  g_autofree char *svg = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *without = NULL;
  g_auto (ToolRun) run = { 0 };

  g_assert_true (g_file_get_contents (template, &svg, NULL, NULL));
  parts = g_strsplit (svg, "data-slot=\"qr\"", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  without = g_strjoinv ("data-slot=\"image\" data-file=\"logo.svg\"", parts);
  g_assert_true (g_file_set_contents (template, without, -1, NULL));
  tool_run (&run, NULL, "pack", "check", pack, NULL);
  tool_assert_exit (&run, 1);
  tool_assert_says (run.out, "card");
}

static void
test_sign (void)
{
  g_autofree char *pack = copy_pack ("small-cup");
  g_autofree char *key_path = tool_run_path ("root.key");
  g_autofree char *altered = g_build_filename (pack, "texts", "zz.json", NULL);
  g_autofree char *root_hex = NULL;
  g_autoptr (LanyardKey) key = lanyard_key_generate ();
  g_autoptr (GError) error = NULL;
  g_auto (ToolRun) unsigned_yet = { 0 };
  g_auto (ToolRun) sign = { 0 };
  g_auto (ToolRun) with_root = { 0 };
  g_auto (ToolRun) with_altered = { 0 };

  g_assert_true (lanyard_key_save (key, key_path, &error));
  root_hex = lanyard_hex_encode (lanyard_key_get_public (key)->bytes, LANYARD_PUBLIC_KEY_BYTES);

  tool_run (&unsigned_yet, NULL, "pack", "check", "--root-key", root_hex, pack, NULL);
  tool_assert_exit (&unsigned_yet, 1);
  tool_run (&sign, NULL, "pack", "sign", pack, "--key", key_path, NULL);
  tool_assert_exit (&sign, 0);
  tool_run (&with_root, NULL, "pack", "check", "--root-key", root_hex, "--json", pack, NULL);
  tool_assert_exit (&with_root, 0);
  tool_assert_says (with_root.out, "\"signed\":true");

  g_assert_true (g_file_set_contents (altered, "{}", -1, NULL));
  tool_run (&with_altered, NULL, "pack", "check", "--root-key", root_hex, pack, NULL);
  tool_assert_exit (&with_altered, 1);
}

static void
test_wrong_use (void)
{
  g_auto (ToolRun) no_pack = { 0 };
  g_auto (ToolRun) no_words = { 0 };
  g_auto (ToolRun) no_key = { 0 };
  g_auto (ToolRun) no_json = { 0 };
  g_autofree char *folder = tool_run_path ("no-pack");

  tool_run (&no_pack, NULL, "pack", "check", "/nowhere", NULL);
  tool_assert_exit (&no_pack, 2);
  tool_assert_says (no_pack.err, "/nowhere");
  tool_run (&no_words, NULL, "pack", "check", NULL);
  tool_assert_exit (&no_words, 2);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  tool_run (&no_json, NULL, "pack", "check", folder, NULL);
  tool_assert_exit (&no_json, 1);
  tool_assert_says (no_json.err, "pack.json");
  tool_run (&no_key, NULL, "pack", "sign", folder, NULL);
  tool_assert_exit (&no_key, 2);
  tool_assert_says (no_key.err, "--key");
}

int
main (int argc, char **argv)
{
  tool_run_init (&argc, &argv);
  lanyard_hash_init ();
  g_test_add_func ("/tool/pack/check", test_check);
  g_test_add_func ("/tool/pack/check-template", test_check_template);
  g_test_add_func ("/tool/pack/sign", test_sign);
  g_test_add_func ("/tool/pack/wrong-use", test_wrong_use);
  return tool_run_tests ();
}
