/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-json-text.h"

#include <string.h>

static gboolean
is_plain (const char *text, guint max_depth)
{
  return lanyard_json_text_is_plain (text, strlen (text), max_depth);
}

static void
test_depth (void)
{
  g_assert_true (is_plain ("", 0));
  g_assert_true (is_plain ("1", 0));
  g_assert_false (is_plain ("[]", 0));
  g_assert_true (is_plain ("{\"a\": [1, -2.5e+3, true, null]}", 2));
  g_assert_false (is_plain ("{\"a\": [1, -2.5e+3, true, null]}", 1));
  /* beside each other is not within each other */
  g_assert_true (is_plain ("[[], [], {}, []]", 2));
}

/* What stands in a text neither opens nor closes anything. */
static void
test_texts (void)
{
  g_assert_true (is_plain ("[\"[[[[\"]", 1));
  g_assert_true (is_plain ("[\"\\\"[[[[\"]", 1));
  g_assert_false (is_plain ("[\"\\\\\", [\"]\"]]", 1));
  g_assert_false (is_plain ("[\"]]]]\", [[]]]", 2));
  /* cut in a text, and behind the mark in front of a character */
  g_assert_true (is_plain ("[\"[[[[", 1));
  g_assert_true (is_plain ("[\"\\", 1));
}

/* json-glib reads all of these, and what looks like a text here is none to it. */
static void
test_hidden (void)
{
  g_assert_false (is_plain ("/* \" */ [[[]]]", 2));
  g_assert_false (is_plain ("{'a\"': [[[]]]}", 2));
  g_assert_false (is_plain ("# \"\n[[[]]]", 2));
  g_assert_false (is_plain ("// \"\n[[[]]]", 2));
  g_assert_false (lanyard_json_text_is_plain ("[\0\"", 3, 2));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/json-text/depth", test_depth);
  g_test_add_func ("/base/json-text/texts", test_texts);
  g_test_add_func ("/base/json-text/hidden", test_hidden);

  return g_test_run ();
}
