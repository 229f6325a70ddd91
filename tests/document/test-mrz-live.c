/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the screen can say while somebody types a zone. */

#include "lanyard-mrz.h"

#include <string.h>

static const char td3[] = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                          "L898902C36UTO7408122F1204159ZE184226B<<<<<10";

/* Each check digit speaks as soon as it is typed, and not before. */
static void
test_grows (void)
{
  static const struct
  {
    LanyardMrzField field;
    guint column; /* of its check digit, second line */
  } fields[] = {
    { LANYARD_MRZ_FIELD_NUMBER, 9 },     { LANYARD_MRZ_FIELD_BIRTH, 19 },
    { LANYARD_MRZ_FIELD_EXPIRY, 27 },    { LANYARD_MRZ_FIELD_OPTIONAL, 42 },
    { LANYARD_MRZ_FIELD_COMPOSITE, 43 },
  };

  for (gsize n = 1; n <= strlen (td3); n++)
    {
      LanyardMrzLive live;

      lanyard_mrz_live_check (td3, n, LANYARD_MRZ_NONE, &live);
      g_assert_cmpint (live.format, ==, LANYARD_MRZ_TD3);
      g_assert_false (live.misfit);
      g_assert_cmpint (live.complete, ==, n == strlen (td3));
      for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
        g_assert_cmpint (live.checks[fields[f].field], ==,
                         n > 45 + fields[f].column ? LANYARD_MRZ_CHECK_AGREES
                                                   : LANYARD_MRZ_CHECK_OPEN);
    }
}

static void
test_wrong_digit (void)
{
  static const char text[] = "P<UTOERIKSSON<<ANNA\nL898902C37";
  LanyardMrzLive live;

  lanyard_mrz_live_check (text, strlen (text), LANYARD_MRZ_NONE, &live);
  g_assert_cmpint (live.checks[LANYARD_MRZ_FIELD_NUMBER], ==, LANYARD_MRZ_CHECK_DIFFERS);
  g_assert_cmpint (live.checks[LANYARD_MRZ_FIELD_BIRTH], ==, LANYARD_MRZ_CHECK_OPEN);
  g_assert_cmpuint (live.line, ==, 1);
  g_assert_cmpuint (live.column, ==, 10);
}

static void
test_misfit (void)
{
  static const char text[] = "P<UTOERIKSSON<<ANN4";
  LanyardMrzLive live;

  lanyard_mrz_live_check (text, strlen (text), LANYARD_MRZ_NONE, &live);
  g_assert_true (live.misfit);
  g_assert_cmpuint (live.misfit_line, ==, 0);
  g_assert_cmpuint (live.misfit_column, ==, 18);
}

/* A long number's check digit is known only when a filler follows it. */
static void
test_long_number (void)
{
  static const char text[] = "I<UTOD23145890<7349<";
  LanyardMrzLive live;

  for (gsize n = 1; n <= strlen (text); n++)
    {
      lanyard_mrz_live_check (text, n, LANYARD_MRZ_NONE, &live);
      g_assert_cmpint (live.format, ==, LANYARD_MRZ_TD1);
      if (n < strlen (text))
        g_assert_cmpint (live.checks[LANYARD_MRZ_FIELD_NUMBER], ==, LANYARD_MRZ_CHECK_OPEN);
    }
  g_assert_cmpint (live.checks[LANYARD_MRZ_FIELD_NUMBER], ==, LANYARD_MRZ_CHECK_AGREES);
  g_assert_cmpint (live.checks[LANYARD_MRZ_FIELD_COMPOSITE], ==, LANYARD_MRZ_CHECK_OPEN);
  lanyard_mrz_live_check (text, strlen (text) - 1, LANYARD_MRZ_NONE, &live);
  g_assert_cmpint (live.checks[LANYARD_MRZ_FIELD_NUMBER], ==, LANYARD_MRZ_CHECK_OPEN);
}

static void
test_formats (void)
{
  static const struct
  {
    const char *text;
    LanyardMrzFormat expected;
    LanyardMrzFormat want;
  } cases[] = {
    { "", LANYARD_MRZ_NONE, LANYARD_MRZ_NONE },
    { "X", LANYARD_MRZ_NONE, LANYARD_MRZ_NONE },
    { "p", LANYARD_MRZ_NONE, LANYARD_MRZ_TD3 },
    { "V<UTO", LANYARD_MRZ_NONE, LANYARD_MRZ_MRV_A },
    { "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL", LANYARD_MRZ_NONE, LANYARD_MRZ_MRV_B },
    { "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD", LANYARD_MRZ_NONE, LANYARD_MRZ_TD2 },
    { "I<UTO", LANYARD_MRZ_TD2, LANYARD_MRZ_TD2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LanyardMrzLive live;

      lanyard_mrz_live_check (cases[i].text, strlen (cases[i].text), cases[i].expected, &live);
      g_assert_cmpint (live.format, ==, cases[i].want);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/mrz-live/grows", test_grows);
  g_test_add_func ("/document/mrz-live/wrong-digit", test_wrong_digit);
  g_test_add_func ("/document/mrz-live/misfit", test_misfit);
  g_test_add_func ("/document/mrz-live/long-number", test_long_number);
  g_test_add_func ("/document/mrz-live/formats", test_formats);
  return g_test_run ();
}
