/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Dates with parts that are not known, and the century that two digits mean. */

#include "lanyard-date.h"

static const LanyardDate today = { 2026, 11, 22 };

static void
test_century (void)
{
  static const struct
  {
    int year, month, day;
    LanyardCentury century;
    const char *want;
  } cases[] = {
    { 74, 8, 12, LANYARD_CENTURY_PAST, "1974-08-12" },
    { 26, 11, 22, LANYARD_CENTURY_PAST, "2026-11-22" }, /* born today */
    { 26, 11, 23, LANYARD_CENTURY_PAST, "1926-11-23" },
    { 26, -1, -1, LANYARD_CENTURY_PAST, "1926-XX-XX" }, /* may be later this year: not a baby */
    { 27, 1, 1, LANYARD_CENTURY_PAST, "1927-01-01" },
    { 0, 2, 29, LANYARD_CENTURY_PAST, "2000-02-29" },
    { -1, -1, -1, LANYARD_CENTURY_PAST, "XXXX-XX-XX" },
    { 85, -1, -1, LANYARD_CENTURY_PAST, "1985-XX-XX" },
    { 31, 2, 2, LANYARD_CENTURY_NEAREST, "2031-02-02" },
    { 12, 4, 15, LANYARD_CENTURY_NEAREST, "2012-04-15" },
    { 95, 7, 12, LANYARD_CENTURY_NEAREST, "1995-07-12" },
    { 76, 1, 1, LANYARD_CENTURY_NEAREST, "2076-01-01" },
    { 77, 1, 1, LANYARD_CENTURY_NEAREST, "1977-01-01" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LanyardDate date = lanyard_date_complete (cases[i].year, cases[i].month, cases[i].day,
                                                cases[i].century, &today);
      g_autofree char *text = lanyard_date_to_string (&date);

      g_assert_cmpstr (text, ==, cases[i].want);
    }
}

static void
test_parse (void)
{
  static const char *const wrong[]
      = { NULL, "", "1986", "1986-6-06 ", "1986/06/06", "1986-13-01", "1986-02-30", "0000-01-01" };
  LanyardDate date = lanyard_date_parse ("1986-06-06");

  g_assert_cmpuint (date.year, ==, 1986);
  g_assert_cmpuint (date.month, ==, 6);
  g_assert_cmpuint (date.day, ==, 6);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      date = lanyard_date_parse (wrong[i]);
      g_assert_cmpuint (date.year, ==, 0);
    }
}

static void
test_from_s (void)
{
  static const struct
  {
    gint64 time_s;
    const char *want;
  } cases[] = { { 0, "1970-01-01" },          { -1, "1969-12-31" },
                { 951782400, "2000-02-29" },  { 1795305600, "2026-11-22" },
                { 1795391999, "2026-11-22" }, { 1795392000, "2026-11-23" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LanyardDate date = lanyard_date_from_s (cases[i].time_s);
      g_autofree char *text = lanyard_date_to_string (&date);

      g_assert_cmpstr (text, ==, cases[i].want);
    }
}

static void
test_agrees (void)
{
  static const LanyardDate whole = { 1985, 3, 9 }, year = { 1985, 0, 0 }, other = { 1985, 4, 0 },
                           nothing = { 0, 0, 0 };

  g_assert_true (lanyard_date_agrees (&whole, &whole));
  g_assert_true (lanyard_date_agrees (&whole, &year));
  g_assert_true (lanyard_date_agrees (&nothing, &whole));
  g_assert_false (lanyard_date_agrees (&whole, &other));
}

static void
test_before (void)
{
  static const LanyardDate yesterday = { 2026, 11, 21 }, this_month = { 2026, 11, 0 },
                           last_month = { 2026, 10, 0 }, nothing = { 0, 0, 0 };

  g_assert_true (lanyard_date_is_before (&yesterday, &today));
  g_assert_false (lanyard_date_is_before (&today, &today));
  g_assert_false (lanyard_date_is_before (&this_month, &today));
  g_assert_true (lanyard_date_is_before (&last_month, &today));
  g_assert_false (lanyard_date_is_before (&nothing, &today));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/date/century", test_century);
  g_test_add_func ("/document/date/parse", test_parse);
  g_test_add_func ("/document/date/from-s", test_from_s);
  g_test_add_func ("/document/date/agrees", test_agrees);
  g_test_add_func ("/document/date/before", test_before);
  return g_test_run ();
}
