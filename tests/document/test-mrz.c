/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The parser of machine readable zones. Specimens of ICAO Doc 9303 parts 4 to 7 where "9303" stands
 * beside them; those marked "cheminfo" are from the tests of github.com/cheminfo/mrz (MIT); the
 * check digits of the others were computed by hand. All people are made up. */

#include "lanyard-mrz.h"

#include <string.h>

#include "lanyard-error.h"

typedef struct
{
  const char *text;
  LanyardMrzFormat format;
  gboolean valid;
  const char *code;
  const char *issuer;
  const char *number;
  const char *nationality;
  const char *primary;
  const char *secondary;
  const char *optional;
  const char *birth; /* "yy-mm-dd", ? for what is not known */
  const char *expiry;
  char sex;
} Specimen;

static const Specimen specimens[] = {
  { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10", /* 9303-4 */
    LANYARD_MRZ_TD3, TRUE, "P", "UTO", "L898902C3", "UTO", "ERIKSSON", "ANNA MARIA", "ZE184226B",
    "74-8-12", "12-4-15", 'F' },
  { "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\n"
    "D231458907UTO7408122F1204159<<<<<<<6", /* 9303-6 */
    LANYARD_MRZ_TD2, TRUE, "I", "UTO", "D23145890", "UTO", "ERIKSSON", "ANNA MARIA", "", "74-8-12",
    "12-4-15", 'F' },
  { "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\n"
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<", /* 9303-5 */
    LANYARD_MRZ_TD1, TRUE, "I", "UTO", "D23145890", "UTO", "ERIKSSON", "ANNA MARIA", "", "74-8-12",
    "12-4-15", 'F' },
  { "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\n"
    "STEVENSON<<PETER<JOHN<<<<<<<<<", /* 9303-5, a long number */
    LANYARD_MRZ_TD1, TRUE, "I", "UTO", "D23145890734", "UTO", "STEVENSON", "PETER JOHN", "",
    "34-7-12", "95-7-12", 'M' },
  { "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<", /* 9303-7 */
    LANYARD_MRZ_MRV_A, TRUE, "V", "UTO", "L8988901C", "XXX", "ERIKSSON", "ANNA MARIA", "6ZE184226B",
    "40-9-7", "96-12-10", 'F' },
  { "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\n"
    "L8988901C4XXX4009078F9612109<<<<<<<<", /* 9303-7 */
    LANYARD_MRZ_MRV_B, TRUE, "V", "UTO", "L8988901C", "XXX", "ERIKSSON", "ANNA MARIA", "", "40-9-7",
    "96-12-10", 'F' },
  { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
    "L898902C36UTO7408122F1204159ZE184226B<<<<<20", /* two digits wrong */
    LANYARD_MRZ_TD3, FALSE, "P", "UTO", "L898902C3", "UTO", "ERIKSSON", "ANNA MARIA", "ZE184226B",
    "74-8-12", "12-4-15", 'F' },
  { "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\n"
    "C01X0006H1D<<6408125F1710319<<<<<<<<<<<<<<<0", /* cheminfo: a code of one letter */
    LANYARD_MRZ_TD3, TRUE, "P", "D", "C01X0006H", "D", "MUSTERMANN", "ERIKA", "", "64-8-12",
    "17-10-31", 'F' },
  { "IDCHEA1234567<6<<<<<<<<<<<<<<<\n7510256M2009018CHE<<<<<<<<<<<8\n"
    "SMITH<<JOHN<ALBERT<<<<<<<<<<<<", /* cheminfo: a short number */
    LANYARD_MRZ_TD1, TRUE, "ID", "CHE", "A1234567", "CHE", "SMITH", "JOHN ALBERT", "", "75-10-25",
    "20-9-1", 'M' },
  { "I<UTOD23145890<1240<XYZ<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<8\n"
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<", /* cheminfo: long number and optional data */
    LANYARD_MRZ_TD1, TRUE, "I", "UTO", "D23145890124", "UTO", "ERIKSSON", "ANNA MARIA", "XYZ",
    "74-8-12", "12-4-15", 'F' },
  { "IDBEL000590696<1015<<<<<<<<<<<\n9401013F2710017BEL000101123453\n"
    "SPECIMEN<<SPECIMEN<<<<<<<<<<<<", /* github.com/Arg0s1080/mrz, pull request 41 */
    LANYARD_MRZ_TD1, TRUE, "ID", "BEL", "000590696101", "BEL", "SPECIMEN", "SPECIMEN", "", "94-1-1",
    "27-10-1", 'F' },
  { "IDBEL590330101<8578<<<<<<<<<<<\n8501019F3102020BEL<<<<<<<<<<<6\n"
    "REINARTZ<<ULRIKE<KATIA<E<<<<<<",
    LANYARD_MRZ_TD1, TRUE, "ID", "BEL", "590330101857", "BEL", "REINARTZ", "ULRIKE KATIA E", "",
    "85-1-1", "31-2-2", 'F' },
  { "C1USA0000000000SRC0000000001<<\n8501019F3102020UTO<<<<<<<<<<<2\n"
    "TRAVELER<<HAPPY<<<<<<<<<<<<<<<", /* a digit in the code */
    LANYARD_MRZ_TD1, TRUE, "C1", "USA", "000000000", "UTO", "TRAVELER", "HAPPY", "SRC0000000001",
    "85-1-1", "31-2-2", 'F' },
  { "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\n"
    "D23145890<UTO3407127M95071227349<<<8", /* a long number on TD2 */
    LANYARD_MRZ_TD2, TRUE, "I", "UTO", "D23145890734", "UTO", "STEVENSON", "PETER JOHN", "",
    "34-7-12", "95-7-12", 'M' },
  { "P<UTOMOGADO<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n"
    "X0000001<4UTO85<<<<1<3001019<<<<<<<<<<<<<<<0", /* one name; only the year is known */
    LANYARD_MRZ_TD3, TRUE, "P", "UTO", "X0000001", "UTO", "MOGADO", "", "", "85-?-?", "30-1-1",
    'X' },
  { "P<UTO<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<<<<<<<<\n"
    "X0000003<0UTO<<<<<<0M3101012<<<<<<<<<<<<<<<6", /* no primary identifier, no birth date */
    LANYARD_MRZ_TD3, TRUE, "P", "UTO", "X0000003", "UTO", "", "ANNA MARIA", "", "?-?-?", "31-1-1",
    'M' },
  { "P<UTOERIKSSON<<ANNA<<<<<<<<<<<<<<<<<<<<<<<<<\n"
    "L898902C36UTO7408122F1202317<<<<<<<<<<<<<<<6", /* digits agree, but 31 February */
    LANYARD_MRZ_TD3, FALSE, "P", "UTO", "L898902C3", "UTO", "ERIKSSON", "ANNA", "", "74-8-12",
    "12-2-31", 'F' },
};

static char *
dup_date (const LanyardMrzDate *date)
{
  GString *text = g_string_new (NULL);
  const gint8 parts[] = { date->year, date->month, date->day };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (i > 0)
        g_string_append_c (text, '-');
      if (parts[i] < 0)
        g_string_append_c (text, '?');
      else
        g_string_append_printf (text, "%d", parts[i]);
    }
  return g_string_free (text, FALSE);
}

static void
check_specimen (const Specimen *want, const char *text, gsize n_bytes, LanyardMrzFlags flags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardMrz) mrz = lanyard_mrz_parse (text, n_bytes, flags, &error);
  g_autofree char *birth = NULL;
  g_autofree char *expiry = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (mrz);
  g_assert_cmpint (mrz->format, ==, want->format);
  g_assert_cmpint (mrz->valid, ==, want->valid);
  g_assert_cmpstr (mrz->code, ==, want->code);
  g_assert_cmpstr (mrz->issuer, ==, want->issuer);
  g_assert_cmpstr (mrz->number, ==, want->number);
  g_assert_cmpstr (mrz->nationality, ==, want->nationality);
  g_assert_cmpstr (mrz->primary, ==, want->primary);
  g_assert_cmpstr (mrz->secondary, ==, want->secondary);
  g_assert_cmpstr (mrz->optional, ==, want->optional);
  g_assert_cmpint (mrz->sex, ==, want->sex);
  birth = dup_date (&mrz->birth);
  expiry = dup_date (&mrz->expiry);
  g_assert_cmpstr (birth, ==, want->birth);
  g_assert_cmpstr (expiry, ==, want->expiry);
  g_assert_cmpuint (mrz->n_repairs, ==, 0);
}

static void
test_specimens (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (specimens); i++)
    check_specimen (&specimens[i], specimens[i].text, strlen (specimens[i].text),
                    LANYARD_MRZ_PLAIN);
}

/* Readers end lines as they like. */
static void
test_line_ends (void)
{
  static const char *const ends[] = { "\r\n", "\r", "\t", "", "\n\n" };

  for (guint i = 0; i < G_N_ELEMENTS (specimens); i++)
    for (guint e = 0; e < G_N_ELEMENTS (ends); e++)
      {
        g_auto (GStrv) lines = g_strsplit (specimens[i].text, "\n", -1);
        g_autofree char *joined = g_strjoinv (ends[e], lines);
        g_autofree char *framed = g_strconcat ("\x02", joined, "\r\n\x03", NULL);

        check_specimen (&specimens[i], joined, strlen (joined), LANYARD_MRZ_REPAIR);
        check_specimen (&specimens[i], framed, strlen (framed), LANYARD_MRZ_PLAIN);
      }
}

static void
test_typed (void)
{
  static const char text[] = " p<uto eriksson<<anna<maria \n l898902c36 UTO 7408122 F 1204159 "
                             "ze184226b<<<<<10 ";
  g_autoptr (GError) error = NULL;

  check_specimen (&specimens[0], text, strlen (text), LANYARD_MRZ_TYPED);
  g_assert_null (lanyard_mrz_parse (text, strlen (text), LANYARD_MRZ_PLAIN, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

static void
test_truncated_names (void)
{
  static const char text[] = "P<UTONILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K\n"
                             "XA00000023UTO9102125M3101012<<<<<<<<<<<<<<<4";
  g_autoptr (LanyardMrz) mrz = lanyard_mrz_parse (text, strlen (text), 0, NULL);

  g_assert_true (mrz->valid);
  g_assert_true (mrz->names_fill);
  g_assert_cmpstr (mrz->primary, ==, "NILAVADHANANANDA");
  g_assert_cmpstr (mrz->secondary, ==, "CHAYAPA DEJTHAMRONG K");
}

static void
test_failing_fields (void)
{
  static const char text[] = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                             "L898902C36UTO7408122F1204159ZE184226B<<<<<20";
  g_autoptr (LanyardMrz) mrz = lanyard_mrz_parse (text, strlen (text), 0, NULL);

  for (guint f = 0; f < LANYARD_MRZ_N_FIELDS; f++)
    {
      LanyardMrzCheck want = LANYARD_MRZ_CHECK_NONE;

      if (f == LANYARD_MRZ_FIELD_OPTIONAL || f == LANYARD_MRZ_FIELD_COMPOSITE)
        want = LANYARD_MRZ_CHECK_DIFFERS;
      if (f == LANYARD_MRZ_FIELD_NUMBER || f == LANYARD_MRZ_FIELD_BIRTH
          || f == LANYARD_MRZ_FIELD_EXPIRY)
        want = LANYARD_MRZ_CHECK_AGREES;
      g_assert_cmpint (mrz->checks[f], ==, want);
    }
}

/* Any one wrong digit under a check digit is noticed: a passport that was misread must not find
 * another person. */
static void
test_single_digits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (specimens); i++)
    {
      g_auto (GStrv) lines = g_strsplit (specimens[i].text, "\n", -1);
      guint n_lines = g_strv_length (lines);

      for (guint line = 0; specimens[i].valid && line < n_lines; line++)
        for (guint column = 0; lines[line][column] != '\0'; column++)
          {
            char was = lines[line][column];
            g_autofree char *changed = NULL;
            g_autoptr (LanyardMrz) mrz = NULL;

            /* The second character of the code and the optional data of visas are not covered. */
            if (!g_ascii_isdigit (was) || (line == 0 && column < 5)
                || (line == 1 && column >= 28 && *specimens[i].text == 'V'))
              continue;
            lines[line][column] = was == '9' ? '0' : (char)(was + 1);
            changed = g_strjoinv ("\n", lines);
            mrz = lanyard_mrz_parse (changed, strlen (changed), LANYARD_MRZ_REPAIR, NULL);
            g_assert_false (mrz->valid);
            lines[line][column] = was;
          }
    }
}

static void
test_repairs (void)
{
  static const char misread[] = "IDCHEA1234567<6<<<<<<<<<<<<<<<\n75IOZ56M2009018CHE<<<<<<<<<<<8\n"
                                "5M1TH<<J0HN<AL8ERT<<<<<<<<<<<<"; /* cheminfo */
  static const char td3[] = "P<UT0ERIK55ON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                            "L898902C36UTO740BIZZF12041S9ZE184226B<<<<<1O"; /* cheminfo */
  static const struct
  {
    guint8 line, column;
    char from, to;
    LanyardMrzField field;
  } want[] = {
    { 1, 2, 'I', '1', LANYARD_MRZ_FIELD_BIRTH },  { 1, 3, 'O', '0', LANYARD_MRZ_FIELD_BIRTH },
    { 1, 4, 'Z', '2', LANYARD_MRZ_FIELD_BIRTH },  { 2, 0, '5', 'S', LANYARD_MRZ_FIELD_NAMES },
    { 2, 2, '1', 'I', LANYARD_MRZ_FIELD_NAMES },  { 2, 8, '0', 'O', LANYARD_MRZ_FIELD_NAMES },
    { 2, 14, '8', 'B', LANYARD_MRZ_FIELD_NAMES },
  };
  g_autoptr (LanyardMrz) mrz
      = lanyard_mrz_parse (misread, strlen (misread), LANYARD_MRZ_REPAIR, NULL);
  g_autoptr (LanyardMrz) plain = lanyard_mrz_parse (misread, strlen (misread), 0, NULL);
  g_autoptr (LanyardMrz) other = lanyard_mrz_parse (td3, strlen (td3), LANYARD_MRZ_REPAIR, NULL);

  g_assert_true (mrz->valid);
  g_assert_cmpstr (mrz->primary, ==, "SMITH");
  g_assert_cmpstr (mrz->secondary, ==, "JOHN ALBERT");
  g_assert_cmpuint (mrz->n_repairs, ==, G_N_ELEMENTS (want));
  for (guint i = 0; i < G_N_ELEMENTS (want); i++)
    {
      g_assert_cmpuint (mrz->repairs[i].line, ==, want[i].line);
      g_assert_cmpuint (mrz->repairs[i].column, ==, want[i].column);
      g_assert_cmpint (mrz->repairs[i].from, ==, want[i].from);
      g_assert_cmpint (mrz->repairs[i].to, ==, want[i].to);
      g_assert_cmpint (mrz->repairs[i].field, ==, want[i].field);
    }
  g_assert_false (plain->valid);
  g_assert_cmpuint (plain->n_repairs, ==, 0);
  g_assert_true (other->valid);
  g_assert_cmpstr (other->issuer, ==, "UTO");
  g_assert_cmpstr (other->primary, ==, "ERIKSSON");
  g_assert_cmpuint (other->n_repairs, ==, 9);
}

/* A repair after which a check digit differs is none; and a document number is never repaired. */
static void
test_no_repairs (void)
{
  static const char *const misread[] = {
    /* the date's letter looks like a digit that does not agree */
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
    "L898902C36UTO74081ZBF1204159ZE184226B<<<<<10",
    /* O for 0 in the number */
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
    "L8989O2C36UTO7408122F1204159ZE184226B<<<<<10",
    /* X looks like no digit */
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
    "L898902C36UTO7408X22F1204159ZE184226B<<<<<10",
    /* more than was misread here and there */
    "P<UTO0000000000000000000<<<<<<<<<<<<<<<<<<<<\n"
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
  };

  for (guint i = 0; i < G_N_ELEMENTS (misread); i++)
    {
      g_autoptr (LanyardMrz) mrz
          = lanyard_mrz_parse (misread[i], strlen (misread[i]), LANYARD_MRZ_REPAIR, NULL);

      g_assert_false (mrz->valid);
      g_assert_cmpuint (mrz->n_repairs, ==, 0);
    }
}

static void
test_other_shapes (void)
{
  static const char *const texts[] = {
    "",
    "\n",
    "P<UTO",
    "K0471-000123",
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<10",
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n"
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<1*",
  };
  g_autofree char *longer = g_strnfill (LANYARD_MRZ_MAX_BYTES + 1, 'A');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) shape = NULL;

      g_assert_null (lanyard_mrz_parse (texts[i], strlen (texts[i]), LANYARD_MRZ_TYPED, &shape));
      g_assert_error (shape, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
  g_assert_null (lanyard_mrz_parse (longer, strlen (longer), LANYARD_MRZ_TYPED, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/mrz/specimens", test_specimens);
  g_test_add_func ("/document/mrz/line-ends", test_line_ends);
  g_test_add_func ("/document/mrz/typed", test_typed);
  g_test_add_func ("/document/mrz/truncated-names", test_truncated_names);
  g_test_add_func ("/document/mrz/failing-fields", test_failing_fields);
  g_test_add_func ("/document/mrz/single-digits", test_single_digits);
  g_test_add_func ("/document/mrz/repairs", test_repairs);
  g_test_add_func ("/document/mrz/no-repairs", test_no_repairs);
  g_test_add_func ("/document/mrz/other-shapes", test_other_shapes);
  return g_test_run ();
}
