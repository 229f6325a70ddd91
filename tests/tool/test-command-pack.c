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

/* Puts @new in the place of @old in the file @name of @pack, which has it once or more. */
static void
change_file (const char *pack, const char *name, const char *old, const char *new)
{
  g_autofree char *path = g_build_filename (pack, name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *changed = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  parts = g_strsplit (text, old, -1);
  g_assert_cmpuint (g_strv_length (parts), >, 1);
  changed = g_strjoinv (new, parts);
  g_assert_true (g_file_set_contents (path, changed, -1, NULL));
}

/* One person is enough where it does not matter who. */
static void
set_one_holder (const char *pack)
{
  g_autofree char *folder = g_build_filename (pack, "check", NULL);
  g_autofree char *path = g_build_filename (folder, "holders.jsonl", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (
      g_file_set_contents (path, "{\"holder_id\":\"a\",\"print_name\":\"Ada EXAMPLE\"}", -1, NULL));
}

/* Returns: (transfer none): the only thing that was found */
static JsonObject *
get_finding (JsonObject *object)
{
  JsonArray *findings = json_object_get_array_member (object, "findings");

  g_assert_cmpuint (json_array_get_length (findings), ==, 1);
  return json_array_get_object_element (findings, 0);
}

/* What does not fit is named with template, slot, holder and categories, once. */
static void
test_overflow (void)
{
  g_autofree char *pack = copy_pack ("small-cup");
  g_auto (ToolRun) run = { 0 };
  g_auto (ToolRun) lines = { 0 };
  g_autoptr (JsonObject) object = NULL;
  JsonObject *finding;

  change_file (pack, "templates/card.svg", "data-min-size=\"1.900\" data-lines=\"4\"",
               "data-min-size=\"3.200\" data-lines=\"2\"");
  tool_run (&run, NULL, "pack", "check", "--json", pack, NULL);
  tool_assert_exit (&run, 1);
  object = tool_run_parse_line (&run, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "findings")), >=,
                    1);
  finding = json_array_get_object_element (json_object_get_array_member (object, "findings"), 0);
  g_assert_cmpstr (json_object_get_string_member (finding, "template"), ==, "card");
  g_assert_cmpstr (json_object_get_string_member (finding, "slot"), ==, "the text slot print-name");
  g_assert_cmpstr (json_object_get_string_member (finding, "page"), ==, "front");
  g_assert_cmpstr (json_object_get_string_member (finding, "holder"), ==, "longest");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (finding, "categories")),
                    ==, 6);
  tool_run (&lines, NULL, "pack", "check", pack, NULL);
  tool_assert_exit (&lines, 1);
  tool_assert_says (lines.out, "Template card, front, the text slot print-name, holder longest,");
  tool_assert_says (lines.out, "make the slot larger");
}

/* A pack brings its own people, who may be of one category only. */
static void
test_own_holders (void)
{
  g_autofree char *pack = copy_pack ("small-cup");
  g_autofree char *folder = g_build_filename (pack, "check", NULL);
  g_autofree char *path = g_build_filename (folder, "holders.jsonl", NULL);
  g_auto (ToolRun) good = { 0 };
  g_auto (ToolRun) bad = { 0 };
  g_auto (ToolRun) misspelt = { 0 };
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonObject) with_problem = NULL;
  JsonObject *template;
  JsonObject *finding;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (
      path, "{\"holder_id\":\"a\",\"print_name\":\"Ada EXAMPLE\",\"privileges\":\"all\"}\n\n", -1,
      NULL));
  tool_run (&good, NULL, "pack", "check", "--json", pack, NULL);
  tool_assert_exit (&good, 0);
  object = tool_run_parse_line (&good, 0);
  template = json_array_get_object_element (json_object_get_array_member (object, "templates"), 0);
  /* Six categories in one language, and the first of them in the other. */
  g_assert_cmpint (json_object_get_int_member (template, "badges"), ==, 7);

  g_assert_true (g_file_set_contents (
      path,
      "{\"holder_id\":\"too-long\",\"print_name\":\"Ada\",\"category\":\"MEDIA\",\"photo\":false,"
      "\"function\":\"A function that has far more words than any badge of this size can ever have"
      " room for, and goes on\"}",
      -1, NULL));
  tool_run (&bad, NULL, "pack", "check", "--json", pack, NULL);
  tool_assert_exit (&bad, 1);
  with_problem = tool_run_parse_line (&bad, 0);
  finding = get_finding (with_problem);
  g_assert_cmpstr (json_object_get_string_member (finding, "holder"), ==, "too-long");
  g_assert_cmpstr (json_object_get_string_member (finding, "slot"), ==, "the text slot function");
  g_assert_cmpstr (
      json_array_get_string_element (json_object_get_array_member (finding, "categories"), 0), ==,
      "MEDIA");

  g_assert_true (g_file_set_contents (path, "{\"print_nmae\":\"Ada\"}", -1, NULL));
  tool_run (&misspelt, NULL, "pack", "check", pack, NULL);
  tool_assert_exit (&misspelt, 1);
  tool_assert_says (misspelt.err, "Line 1 of the pack's check/holders.jsonl");
  tool_assert_says (misspelt.err, "print_nmae");
}

/* Words for the screens that cannot be read are named with their file. */
static void
test_words (void)
{
  g_autofree char *pack = copy_pack ("small-cup");
  g_autofree char *path = g_build_filename (pack, "texts", "es.mo", NULL);
  g_auto (ToolRun) run = { 0 };

  g_assert_true (g_file_set_contents (path, "no catalogue", -1, NULL));
  tool_run (&run, NULL, "pack", "check", pack, NULL);
  tool_assert_exit (&run, 1);
  tool_assert_says (run.out, "texts/es.mo: It is no catalogue");
}

/* A machine without fonts of the world says which package has them. */
static void
test_missing_letters (void)
{
  g_autofree char *pack = copy_pack ("small-cup");
  g_autofree char *fonts = tool_run_path ("fonts.conf");
  g_autofree char *cache = tool_run_path ("fonts-cache");
  g_autofree char *config = g_strdup_printf (
      "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>"
      "<dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>%s</cachedir></fontconfig>",
      cache);
  g_auto (ToolRun) run = { 0 };

  change_file (pack, "templates/card.svg", "data-field=\"print-name\"",
               "data-field=\"print-name\" data-font=\"Rosewood Fantasy\"");
  g_assert_true (g_file_set_contents (fonts, config, -1, NULL));
  g_setenv ("FONTCONFIG_FILE", fonts, TRUE);
  tool_run (&run, NULL, "pack", "check", pack, NULL);
  g_unsetenv ("FONTCONFIG_FILE");
  tool_assert_exit (&run, 1);
  tool_assert_says (run.out, "wants the font \"Rosewood Fantasy\"");
  tool_assert_says (run.out, "holder thai");
  tool_assert_says (run.out, "letters of the script Thai that no font of this machine has");
  tool_assert_says (run.out, "script Hani");
  tool_assert_says (run.out, "install the Debian package fonts-noto-cjk");
}

/* What must stay paper is looked at as drawn: the picture itself may lie in it. */
static void
test_keep_out (void)
{
  g_autofree char *pack = copy_pack ("small-cup");
  g_auto (ToolRun) clean = { 0 };
  g_auto (ToolRun) touched = { 0 };

  set_one_holder (pack);
  change_file (pack, "templates/card.svg", "<rect data-slot=\"photo\"",
               "<rect data-slot=\"keep-out\" x=\"55.500\" y=\"52.100\" width=\"28\""
               " height=\"1.500\"/><rect data-slot=\"photo\"");
  tool_run (&clean, NULL, "pack", "check", pack, NULL);
  tool_assert_exit (&clean, 0);
  change_file (pack, "templates/card.svg", "<rect data-slot=\"photo\"",
               "<circle cx=\"60\" cy=\"53\" r=\"0.400\" fill=\"#c0c0c0\""
               " data-if=\"category:CREW\"/><rect data-slot=\"photo\"");
  tool_run (&touched, NULL, "pack", "check", pack, NULL);
  tool_assert_exit (&touched, 1);
  tool_assert_says (touched.out, "the keep-out slot");
  tool_assert_says (touched.out, "category CREW");
  tool_assert_says (touched.out, "has something of the picture in it");
}

static void
test_printer (void)
{
  g_autofree char *pack = copy_pack ("small-cup");
  g_auto (ToolRun) fine = { 0 };
  g_auto (ToolRun) coarse = { 0 };

  set_one_holder (pack);
  tool_run (&fine, NULL, "pack", "check", "--printer-dpi", "203", pack, NULL);
  tool_assert_exit (&fine, 0);
  tool_run (&coarse, NULL, "pack", "check", "--printer-dpi", "100", pack, NULL);
  tool_assert_exit (&coarse, 1);
  tool_assert_says (coarse.out, "the qr slot");
  tool_assert_says (coarse.out, "a printer of 100 dpi needs");
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

/* What only screens show is tried like a badge: no visitor shall be the first to draw it. */
static void
test_check_pictures (void)
{
  static const char *const unfit[][2] = {
    { "<!DOCTYPE svg [<!ENTITY a \"<g/>\">]><svg>&a;</svg>", "declares entities" },
    { "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"other.png\"/></svg>",
      "refers to \"other.png\"" },
    { "<svg xmlns=\"http://www.w3.org/2000/svg\"><g id=\"a\"><use href=\"#a\"/></g></svg>",
      "elements that refer to each other" },
    { "<html></html>", "cannot be drawn" },
  };
  g_autofree char *pack = copy_pack ("small-cup");
  g_autofree char *map = g_build_filename (pack, "branding", "map.svg", NULL);
  g_autofree char *logo = g_build_filename (pack, "branding", "logo.svg", NULL);
  g_auto (ToolRun) sound = { 0 }, refused = { 0 };

  set_one_holder (pack);
  g_assert_true (g_file_set_contents (
      map, "<svg xmlns=\"http://www.w3.org/2000/svg\"><text y=\"9\">Hall C</text></svg>", -1,
      NULL));
  tool_run (&sound, NULL, "pack", "check", pack, NULL);
  tool_assert_exit (&sound, 0);
  for (guint i = 0; i < G_N_ELEMENTS (unfit); i++)
    {
      g_auto (ToolRun) run = { 0 };

      g_assert_true (g_file_set_contents (map, unfit[i][0], -1, NULL));
      tool_run (&run, NULL, "pack", "check", pack, NULL);
      tool_assert_exit (&run, 1);
      tool_assert_says (run.out, "problem: branding/map.svg");
      tool_assert_says (run.out, unfit[i][1]);
    }
  g_assert_cmpint (g_unlink (map), ==, 0);
  g_assert_true (g_file_set_contents (logo, unfit[0][0], -1, NULL));
  tool_run (&refused, NULL, "pack", "check", pack, NULL);
  tool_assert_exit (&refused, 1);
  tool_assert_says (refused.out, "problem: branding/logo.svg declares entities");
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
  g_test_add_func ("/tool/pack/check-pictures", test_check_pictures);
  g_test_add_func ("/tool/pack/overflow", test_overflow);
  g_test_add_func ("/tool/pack/own-holders", test_own_holders);
  g_test_add_func ("/tool/pack/missing-letters", test_missing_letters);
  g_test_add_func ("/tool/pack/keep-out", test_keep_out);
  g_test_add_func ("/tool/pack/words", test_words);
  g_test_add_func ("/tool/pack/printer", test_printer);
  g_test_add_func ("/tool/pack/sign", test_sign);
  g_test_add_func ("/tool/pack/wrong-use", test_wrong_use);
  return tool_run_tests ();
}
