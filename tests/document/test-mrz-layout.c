/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where things stand in each zone. A wrong column here makes each later check disagree. */

#include "lanyard-mrz.h"

#include <string.h>

static const LanyardMrzFormat formats[]
    = { LANYARD_MRZ_TD1, LANYARD_MRZ_TD2, LANYARD_MRZ_TD3, LANYARD_MRZ_MRV_A, LANYARD_MRZ_MRV_B };

/* Check digits of the specimens of 9303-3 §4.9 and of parts 4 and 5. */
static void
test_check_digit (void)
{
  g_assert_cmpuint (lanyard_mrz_check_digit ("520727", 6), ==, 3);
  g_assert_cmpuint (lanyard_mrz_check_digit ("AB2134<<<", 9), ==, 5);
  g_assert_cmpuint (lanyard_mrz_check_digit ("L898902C3", 9), ==, 6);
  g_assert_cmpuint (lanyard_mrz_check_digit ("ZE184226B<<<<<", 14), ==, 1);
  g_assert_cmpuint (lanyard_mrz_check_digit ("D23145890734", 12), ==, 9);
  g_assert_cmpuint (lanyard_mrz_check_digit (NULL, 0), ==, 0);
}

/* Each position of each zone belongs to a field: a gap would be a table with a wrong column. */
static void
test_classes_cover (void)
{
  for (guint f = 0; f < G_N_ELEMENTS (formats); f++)
    {
      guint n_lines = lanyard_mrz_n_lines (formats[f]);
      guint length = lanyard_mrz_line_length (formats[f]);

      for (guint line = 0; line < n_lines; line++)
        for (guint column = 0; column < length; column++)
          g_assert_cmpint (lanyard_mrz_class_at (formats[f], line, column), !=,
                           LANYARD_MRZ_CLASS_NONE);
      g_assert_cmpint (lanyard_mrz_class_at (formats[f], n_lines, 0), ==, LANYARD_MRZ_CLASS_NONE);
      g_assert_cmpint (lanyard_mrz_class_at (formats[f], 0, length), ==, LANYARD_MRZ_CLASS_NONE);
      g_assert_cmpstr (lanyard_mrz_alphabet_at (formats[f], 0, length), ==, "");
    }
}

/* A specimen is allowed by its own table, character by character. */
static void
test_specimens_fit (void)
{
  static const struct
  {
    LanyardMrzFormat format;
    const char *lines[3];
  } specimens[] = {
    { LANYARD_MRZ_TD3,
      { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10" } },
    { LANYARD_MRZ_TD2,
      { "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6" } },
    { LANYARD_MRZ_TD1,
      { "I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2",
        "STEVENSON<<PETER<JOHN<<<<<<<<<" } },
    { LANYARD_MRZ_MRV_A,
      { "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L8988901C4XXX4009078F96121096ZE184226B<<<<<<" } },
    { LANYARD_MRZ_MRV_B,
      { "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<" } },
  };

  for (guint s = 0; s < G_N_ELEMENTS (specimens); s++)
    for (guint line = 0; line < lanyard_mrz_n_lines (specimens[s].format); line++)
      for (guint column = 0; column < lanyard_mrz_line_length (specimens[s].format); column++)
        g_assert_nonnull (strchr (lanyard_mrz_alphabet_at (specimens[s].format, line, column),
                                  specimens[s].lines[line][column]));
}

static void
test_format_of (void)
{
  g_assert_cmpint (lanyard_mrz_format_of (3, 30), ==, LANYARD_MRZ_TD1);
  g_assert_cmpint (lanyard_mrz_format_of (2, 36), ==, LANYARD_MRZ_TD2);
  g_assert_cmpint (lanyard_mrz_format_of (2, 44), ==, LANYARD_MRZ_TD3);
  g_assert_cmpint (lanyard_mrz_format_of (2, 30), ==, LANYARD_MRZ_NONE);
  g_assert_cmpint (lanyard_mrz_format_refine (LANYARD_MRZ_TD3, 'V'), ==, LANYARD_MRZ_MRV_A);
  g_assert_cmpint (lanyard_mrz_format_refine (LANYARD_MRZ_TD2, 'V'), ==, LANYARD_MRZ_MRV_B);
  g_assert_cmpint (lanyard_mrz_format_refine (LANYARD_MRZ_TD3, 'P'), ==, LANYARD_MRZ_TD3);
  g_assert_cmpint (lanyard_mrz_format_refine (LANYARD_MRZ_TD1, 'V'), ==, LANYARD_MRZ_TD1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/mrz/check-digit", test_check_digit);
  g_test_add_func ("/document/mrz/classes-cover", test_classes_cover);
  g_test_add_func ("/document/mrz/specimens-fit", test_specimens_fit);
  g_test_add_func ("/document/mrz/format-of", test_format_of);
  return g_test_run ();
}
