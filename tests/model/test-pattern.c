/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a seal of another event makes a card valid, or one seal passes for two. */

#include "lanyard-pattern.h"

#include <string.h>

static void
test_sound (void)
{
  static const char *const good[] = { "VS-######", "####", "@@####", "A/B.@-#" };
  static const char *const bad[] = { "", "###", "ABCD", "vs-###", "VS_###", "VS ###", "VS-##*" };
  g_autofree char *longest = g_strnfill (LANYARD_PATTERN_MAX_CHARACTERS, '#');
  g_autofree char *longer = g_strnfill (LANYARD_PATTERN_MAX_CHARACTERS + 1, '#');

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (lanyard_pattern_is_sound (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (lanyard_pattern_is_sound (bad[i]));
  g_assert_true (lanyard_pattern_is_sound (longest));
  g_assert_false (lanyard_pattern_is_sound (longer));
}

static void
test_normalise (void)
{
  static const struct
  {
    const char *pattern;
    const char *text;
    const char *number; /* (nullable) */
  } cases[] = {
    { "VS-######", "VS-004711", "VS-004711" },
    { "VS-######", " vs 004711\r\n", "VS-004711" },
    { "VS-######", "VS.004-711", "VS-004711" },
    { "VS-######", "VS-00471", NULL },
    { "VS-######", "VS-0047111", NULL },
    { "VS-######", "VT-004711", NULL },
    { "VS-######", "VS-00471O", NULL },
    { "VS-######", "", NULL },
    { "VS-######", "LY1:6BF", NULL },
    { "@@-##", "ab12", "AB-12" },
    { "@@-##", "1b12", NULL },
    { "##-##",
      "12\xc3\xa9"
      "34",
      NULL },
    { NULL, " ab-12 ", "AB-12" },
    { NULL, "ab 12", "AB12" },
    { NULL, "-- ", NULL },
    { NULL, "LY1:6BF", NULL },
  };
  g_autofree char *long_text = g_strnfill (1000, '1');

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = lanyard_pattern_normalise (cases[i].pattern, cases[i].text);

      g_assert_cmpstr (number, ==, cases[i].number);
    }
  g_assert_null (lanyard_pattern_normalise (NULL, long_text));
  g_assert_null (lanyard_pattern_normalise ("####", long_text));
}

static void
test_counter (void)
{
  g_autofree char *next = lanyard_pattern_set_counter ("VD-#####", "VD-00098", 101);
  g_autofree char *too_many = lanyard_pattern_set_counter ("VD-#####", "VD-00098", 100000);
  g_autofree char *kept = lanyard_pattern_set_counter ("#@##", "7K98", 5);

  g_assert_true (lanyard_pattern_counts ("VD-#####"));
  g_assert_false (lanyard_pattern_counts ("##-@"));
  g_assert_false (lanyard_pattern_counts ("##########"));
  g_assert_cmpuint (lanyard_pattern_get_counter ("VD-#####", "VD-00098"), ==, 98);
  g_assert_cmpstr (next, ==, "VD-00101");
  g_assert_null (too_many);
  g_assert_cmpstr (kept, ==, "7K05");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/pattern/sound", test_sound);
  g_test_add_func ("/model/pattern/normalise", test_normalise);
  g_test_add_func ("/model/pattern/counter", test_counter);
  return g_test_run ();
}
