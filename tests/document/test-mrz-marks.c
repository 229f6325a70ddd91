/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, whoever types a zone is told the wrong thing about what they typed. */

#include "lanyard-mrz-marks.h"

#include <string.h>

#include "lanyard-mrz-text.h"

/* ICAO Doc 9303-4 appendix B, -5 appendix A. */
static const char td3[] = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                          "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
static const char td1[] = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\n"
                          "ERIKSSON<<ANNA<MARIA<<<<<<<<<<";
static const char long_number[] = "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\n"
                                  "STEVENSON<<PETER<JOHN<<<<<<<<<";

static void
make (const char *text, LanyardMrzFormat expected, LanyardMrzMarks *marks)
{
  lanyard_mrz_marks_make (text, strlen (text), expected, marks);
}

/* The marks of one line as a picture: . nothing yet, o open, + right, - wrong, ! misfit */
static void
assert_line (const LanyardMrzMarks *marks, guint line, const char *expected)
{
  char seen[LANYARD_MRZ_MAX_COLUMNS + 1] = { 0 };

  g_assert_cmpuint (strlen (expected), <=, LANYARD_MRZ_MAX_COLUMNS);
  for (guint i = 0; i < strlen (expected); i++)
    seen[i] = ".o+-!"[marks->marks[line][i]];
  g_assert_cmpstr (seen, ==, expected);
}

static void
test_done (void)
{
  const char *const texts[] = { td3, td1, long_number };
  LanyardMrzMarks marks;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      for (gsize n = 1; n <= strlen (texts[i]); n++)
        {
          lanyard_mrz_marks_make (texts[i], n, LANYARD_MRZ_NONE, &marks);
          g_assert_cmpint (marks.done, ==, n == strlen (texts[i]));
          g_assert_cmpuint (marks.n_doubts, ==, 0);
          for (guint line = 0; line < LANYARD_MRZ_MAX_LINES; line++)
            for (guint column = 0; column < LANYARD_MRZ_MAX_COLUMNS; column++)
              {
                g_assert_cmpint (marks.marks[line][column], !=, LANYARD_MRZ_MARK_WRONG);
                g_assert_cmpint (marks.marks[line][column], !=, LANYARD_MRZ_MARK_MISFIT);
              }
        }
    }
  make (td3, LANYARD_MRZ_NONE, &marks);
  assert_line (&marks, 0, "oooooooooooooooooooooooooooooooooooooooooooo");
  assert_line (&marks, 1, "++++++++++ooo+++++++o+++++++++++++++++++++++");
  make (long_number, LANYARD_MRZ_NONE, &marks);
  assert_line (&marks, 0, "ooooo++++++++++++++ooooooooooo");
}

/* A field is green as soon as its check digit is there, and nothing before. */
static void
test_field_by_field (void)
{
  LanyardMrzMarks marks;

  make ("P<UTOERIKSSON<<ANNA\nL898902C3", LANYARD_MRZ_NONE, &marks);
  assert_line (&marks, 0, "ooooooooooooooooooo.");
  assert_line (&marks, 1, "ooooooooo.");
  make ("P<UTOERIKSSON<<ANNA\nL898902C36UTO74", LANYARD_MRZ_NONE, &marks);
  assert_line (&marks, 1, "++++++++++ooooo.");
  g_assert_false (marks.done);
}

/* One slip that looks like what is printed: the place is named, with what it may be. */
static void
test_look_alikes (void)
{
  static const struct
  {
    guint at;
    char typed, meant;
  } slips[] = { { 1, 'B', '8' }, { 5, 'O', '0' }, { 28, '2', 'Z' }, { 36, '8', 'B' } };

  for (guint i = 0; i < G_N_ELEMENTS (slips); i++)
    {
      char text[sizeof td3];
      LanyardMrzMarks marks;
      gboolean named = FALSE;

      memcpy (text, td3, sizeof td3);
      g_assert_cmpint (text[45 + slips[i].at], ==, slips[i].meant);
      text[45 + slips[i].at] = slips[i].typed;
      make (text, LANYARD_MRZ_NONE, &marks);
      g_assert_false (marks.done);
      g_assert_cmpint (marks.marks[1][slips[i].at], ==, LANYARD_MRZ_MARK_WRONG);
      for (guint k = 0; k < marks.n_doubts; k++)
        named = named
                || (marks.doubts[k].line == 1 && marks.doubts[k].column == slips[i].at
                    && marks.doubts[k].typed == slips[i].typed
                    && marks.doubts[k].other == slips[i].meant);
      g_assert_true (named);
    }
}

/* What is proposed makes the field right: nobody is sent from one mistake to another. */
static void
test_doubts_agree (void)
{
  const char *const texts[] = { td3, td1, long_number };
  guint n_doubts = 0;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint at = 0; at < strlen (texts[i]); at++)
      {
        g_autofree char *text = g_strdup (texts[i]);
        guint line_length = (guint)(strchr (text, '\n') - text) + 1;
        LanyardMrzMarks marks;

        if (text[at] == '\n')
          continue;
        text[at] = text[at] == '8' ? 'B' : '8';
        make (text, LANYARD_MRZ_NONE, &marks);
        for (guint k = 0; k < marks.n_doubts; k++, n_doubts++)
          {
            const LanyardMrzDoubt *doubt = &marks.doubts[k];
            LanyardMrzMarks better;

            text[doubt->line * line_length + doubt->column] = doubt->other;
            make (text, marks.live.format, &better);
            g_assert_cmpint (better.marks[doubt->line][doubt->column], !=, LANYARD_MRZ_MARK_WRONG);
            g_assert_cmpint (better.marks[doubt->line][doubt->column], !=, LANYARD_MRZ_MARK_MISFIT);
            text[doubt->line * line_length + doubt->column] = doubt->typed;
          }
      }
  g_assert_cmpuint (n_doubts, >, 20);
}

/* 0 in a name: it is no letter, and O is what was meant. */
static void
test_misfit (void)
{
  LanyardMrzMarks marks;

  make ("P<UT0ERIKSSON", LANYARD_MRZ_NONE, &marks);
  assert_line (&marks, 0, "oooo!oooooooo.");
  g_assert_cmpuint (marks.n_doubts, >=, 1);
  g_assert_cmpint (marks.doubts[0].other, ==, 'O');
  g_assert_cmpuint (marks.doubts[0].column, ==, 4);
}

/* Optional data of cards has no check digit but the last. */
static void
test_composite (void)
{
  char text[sizeof td1];
  LanyardMrzMarks marks;

  memcpy (text, td1, sizeof td1);
  text[31 + 29] = '5';
  make (text, LANYARD_MRZ_NONE, &marks);
  g_assert_cmpint (marks.marks[1][29], ==, LANYARD_MRZ_MARK_WRONG);
  g_assert_cmpint (marks.marks[1][0], ==, LANYARD_MRZ_MARK_RIGHT);
  g_assert_false (marks.done);
}

/* The person says which document it is before there is anything to guess from. */
static void
test_expected (void)
{
  LanyardMrzMarks marks;

  make ("", LANYARD_MRZ_TD2, &marks);
  g_assert_cmpint (marks.live.format, ==, LANYARD_MRZ_TD2);
  g_assert_false (marks.done);
  make (td3, LANYARD_MRZ_TD1, &marks);
  g_assert_false (marks.done);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/mrz-marks/done", test_done);
  g_test_add_func ("/document/mrz-marks/field-by-field", test_field_by_field);
  g_test_add_func ("/document/mrz-marks/look-alikes", test_look_alikes);
  g_test_add_func ("/document/mrz-marks/doubts-agree", test_doubts_agree);
  g_test_add_func ("/document/mrz-marks/misfit", test_misfit);
  g_test_add_func ("/document/mrz-marks/composite", test_composite);
  g_test_add_func ("/document/mrz-marks/expected", test_expected);
  return g_test_run ();
}
