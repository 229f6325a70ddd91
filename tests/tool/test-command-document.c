/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* `lanyard document parse`, from outside. Specimens of ICAO Doc 9303-4 and of the AAMVA standard.
 */

#include <string.h>

#include "tool-run.h"

#define NAMES "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
#define PASSPORT NAMES "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
#define MISREAD NAMES "L898902C36UTO740BI22F1204159ZE184226B<<<<<10"
#define WRONG NAMES "L898902C36UTO7408122F1204159ZE184226B<<<<<20"
#define LICENCE                                                                                    \
  "@\n\x1e\rANSI 636000100101DL00310278DLDAQT64235789\nDCSSAMPLE\nDACMICHAEL\nDBB06061986\n"       \
  "DBA12102034\nDBC1\nDCGUSA\n"

/* Nothing that says who it is, unless it was asked for. */
static void
assert_nobody (const ToolRun *run)
{
  static const char *const secrets[]
      = { "ERIKSSON", "ANNA", "L898902", "1974", "7408", "SAMPLE", "T64235789", "1986" };

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_assert_null (strstr (run->out, secrets[i]));
      g_assert_null (strstr (run->err, secrets[i]));
    }
}

static void
test_passport (void)
{
  g_auto (ToolRun) run = { 0 };

  tool_run (&run, NULL, "document", "parse", PASSPORT, NULL);
  tool_assert_exit (&run, 0);
  tool_assert_says (run.out, "TD3");
  tool_assert_says (run.out, "UTO");
  tool_assert_says (run.out, "composite: agrees");
  assert_nobody (&run);
}

static void
test_json (void)
{
  g_auto (ToolRun) run = { 0 };
  g_autoptr (JsonObject) line = NULL;
  JsonArray *repairs;
  JsonObject *checks, *first;

  tool_run (&run, MISREAD "\n", "document", "parse", "--json", "-", NULL);
  tool_assert_exit (&run, 0);
  line = tool_run_parse_line (&run, 0);
  g_assert_cmpstr (json_object_get_string_member (line, "format"), ==, "TD3");
  g_assert_cmpstr (json_object_get_string_member (line, "type"), ==, "P");
  g_assert_true (json_object_get_boolean_member (line, "sound"));
  checks = json_object_get_object_member (line, "checks");
  g_assert_cmpuint (json_object_get_size (checks), ==, 5);
  g_assert_cmpstr (json_object_get_string_member (checks, "birth"), ==, "agrees");
  repairs = json_object_get_array_member (line, "repairs");
  g_assert_cmpuint (json_array_get_length (repairs), ==, 2);
  first = json_array_get_object_element (repairs, 0);
  g_assert_cmpint (json_object_get_int_member (first, "line"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (first, "column"), ==, 17);
  g_assert_cmpstr (json_object_get_string_member (first, "field"), ==, "birth");
  g_assert_false (json_object_has_member (line, "number"));
  assert_nobody (&run);
}

static void
test_personal (void)
{
  g_auto (ToolRun) run = { 0 };
  g_autoptr (JsonObject) line = NULL;

  tool_run (&run, NULL, "document", "parse", "--json", "--show-personal", LICENCE, NULL);
  tool_assert_exit (&run, 0);
  line = tool_run_parse_line (&run, 0);
  g_assert_cmpstr (json_object_get_string_member (line, "format"), ==, "AAMVA");
  g_assert_cmpstr (json_object_get_string_member (line, "type"), ==, "DL");
  g_assert_cmpstr (json_object_get_string_member (line, "issuer"), ==, "US-VA");
  g_assert_cmpint (json_object_get_int_member (line, "version"), ==, 10);
  g_assert_cmpstr (json_object_get_string_member (line, "number"), ==, "T64235789");
  g_assert_cmpstr (json_object_get_string_member (line, "birth"), ==, "1986-06-06");
}

static void
test_no (void)
{
  g_auto (ToolRun) differs = { 0 };
  g_auto (ToolRun) none = { 0 };
  g_auto (ToolRun) usage = { 0 };
  g_autofree char *longer = g_strnfill (5000, 'A');
  g_auto (ToolRun) too_long = { 0 };

  tool_run (&differs, NULL, "document", "parse", WRONG, NULL);
  tool_assert_exit (&differs, 1);
  tool_assert_says (differs.out, "composite: differs");
  assert_nobody (&differs);
  tool_run (&none, NULL, "document", "parse", "26SAMPLE0X", NULL);
  tool_assert_exit (&none, 1);
  tool_run (&too_long, longer, "document", "parse", "-", NULL);
  tool_assert_exit (&too_long, 1);
  tool_run (&usage, NULL, "document", "parse", NULL);
  tool_assert_exit (&usage, 2);
}

int
main (int argc, char **argv)
{
  tool_run_init (&argc, &argv);
  g_test_add_func ("/tool/document/passport", test_passport);
  g_test_add_func ("/tool/document/json", test_json);
  g_test_add_func ("/tool/document/personal", test_personal);
  g_test_add_func ("/tool/document/no", test_no);
  return tool_run_tests ();
}
