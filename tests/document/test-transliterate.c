/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The tables of ICAO Doc 9303-3 §6, and names that can be spelt in many ways. */

#include "lanyard-spellings.h"
#include "lanyard-transliterate.h"

#include <string.h>

/* A sample of each table, the recommended form. "Thérèse CAÑON" is the standard's own example. */
static void
test_first_choice (void)
{
  static const struct
  {
    const char *name;
    const char *want;
  } cases[] = {
    { "Thérèse CAÑON", "THERESE CANON" },
    { "Müller-Lüdenscheid", "MUELLER LUEDENSCHEID" },
    { "Weiß", "WEISS" },
    { "Åse Øystein Ærlig", "AASE OEYSTEIN AERLIG" },
    { "Łukasz Żółć", "LUKASZ ZOLC" },
    { "Þór Guðmundsson", "THOR GUDMUNDSSON" },
    { "Nguyễn Thị Hương", "NGUYEN THI HUONG" },
    { "İbrahim Işık", "IBRAHIM ISIK" },
    { "O'Connor d’Artagnan", "OCONNOR DARTAGNAN" },
    { "ĲSBRAND œuvre", "IJSBRAND OEUVRE" },
    { "Đorđe Ħal Ŧor Ŋa", "DORDE HAL TOR NA" },
    { "  many   blanks ,commas;", "MANY BLANKS COMMAS" },
    { "Иванов Юрий", "IVANOV IURII" },
    { "Щербаков Пётр", "SHCHERBAKOV PETR" },
    { "Объедков", "OBIEEDKOV" },
    { "Соколов Илья", "SOKOLOV ILIA" },
    { "Љубица Њежић Џон", "LJUBITSA NJEZHIC DZON" },
    { "Ґалаган Є Ї", "GALAGAN IE I" },
    { "Ελένη Χρήστου", "ELENI CHRISTOY" },
    { "ΘΈΜΙΣ Ψυχάρης", "THEMIS PSYCHARIS" },
    /* the Arabic examples: letters one by one, teh marbuta at the end, shadda, vowels left out */
    { "محمد", "MXHMD" },
    { "فاطمة", "FAXTTMXAH" },
    { "حسّان", "XHSSAN" },
    { "مُحَمَّد", "MXHMMD" },
    { "گل پری", "XGGL PRXYA" },
    { "Mu\xcc\x88ller Jose\xcc\x81", "MUELLER JOSE" }, /* letters and marks apart */
    { "王", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = lanyard_transliterate (cases[i].name);

      g_assert_cmpstr (text, ==, cases[i].want);
    }
}

/* Every capital of Latin-1, Latin Extended-A and Extended Additional has a spelling: no European or
 * Vietnamese name may fall out of the comparison. */
static void
test_latin_is_whole (void)
{
  static const gunichar blocks[][2] = { { 'A', 'Z' }, { 0xc0, 0x17e }, { 0x1e00, 0x1ef9 } };

  for (guint b = 0; b < G_N_ELEMENTS (blocks); b++)
    for (gunichar c = blocks[b][0]; c <= blocks[b][1]; c++)
      {
        const char *choices[LANYARD_TRANSLITERATE_MAX_CHOICES];

        if (!g_unichar_isalpha (c) || g_unichar_toupper (c) != c)
          continue;
        /* Medievalist additions that no passport has. */
        if (c == 0x1efa || (c >= 0x1e9a && c <= 0x1e9d) || c == 0x1e9f)
          continue;
        if (lanyard_transliterate_character (c, FALSE, choices) == 0)
          g_test_message ("U+%04X", c);
        g_assert_cmpuint (lanyard_transliterate_character (c, FALSE, choices), >, 0);
        for (const char *at = choices[0]; *at != '\0'; at++)
          g_assert_true (g_ascii_isupper (*at));
      }
}

static gboolean
meet (const char *a, LanyardSpellingsFlags a_flags, const char *b, LanyardSpellingsFlags b_flags)
{
  char **words_a = lanyard_name_split (a);
  char **words_b = lanyard_name_split (b);
  g_autoptr (LanyardSpellings) of_a = lanyard_spellings_new ((const char *const *)words_a, a_flags);
  g_autoptr (LanyardSpellings) of_b = lanyard_spellings_new ((const char *const *)words_b, b_flags);
  gboolean met = lanyard_spellings_meet (of_a, of_b);

  g_assert_cmpint (lanyard_spellings_meet (of_b, of_a), ==, met);
  lanyard_name_free_words (words_a);
  lanyard_name_free_words (words_b);
  return met;
}

static void
test_options (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    gboolean want;
  } cases[] = {
    { "Müller", "MUELLER", TRUE },
    { "Müller", "MUXXLLER", TRUE },
    { "Müller", "MULLER", TRUE },
    { "MUELLER", "MULLER", TRUE },
    { "MUXXLLER", "MUELLER", TRUE },
    { "Müller", "MILLER", FALSE },
    { "Nuñez", "NUNEZ", TRUE },
    { "Nuñez", "NUNXXEZ", TRUE },
    { "Åberg", "AABERG", TRUE },
    { "Åberg", "ABERG", TRUE },
    { "Öz", "OEZ", TRUE },
    { "Öz", "OZ", TRUE },
    { "Weiß", "WEISS", TRUE },
    { "Weiß", "WEIS", TRUE },
    { "Гончаров", "HONCHAROV", TRUE },
    { "Гончаров", "GONCHAROV", TRUE },
    { "Юлия", "IULIIA", TRUE },
    { "Юлия", "YULIYA", TRUE },
    { "Юлия", "JULIA", FALSE },
    { "Ћирић", "CIRIC", TRUE },
    { "Хаџић", "HADZIC", TRUE },
    { "Наталья", "NATALIA", TRUE },
    { "Щерба", "SHTERBA", TRUE },
    { "ANNA", "ANN", FALSE },
    { "ANN", "ANNA", FALSE },
    { "Jean-Pierre", "JEANPIERRE", TRUE },
    { "حسّان", "XHSAN", TRUE },
    { "王", "WANG", FALSE },
    { "", "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (meet (cases[i].a, 0, cases[i].b, 0), ==, cases[i].want);
}

static void
test_flags (void)
{
  g_assert_true (meet ("ANNA MARIA", LANYARD_SPELLINGS_SKIP_WORDS, "MARIA", 0));
  g_assert_true (meet ("ANNA MARIA", LANYARD_SPELLINGS_SKIP_WORDS, "ANNA", 0));
  g_assert_false (meet ("ANNA MARIA", LANYARD_SPELLINGS_SKIP_WORDS, "ANNAM", 0));
  g_assert_true (meet ("CHAYAPA DEJTHAMRONG", LANYARD_SPELLINGS_CUT_WORDS, "CHAYAPA D", 0));
  g_assert_false (meet ("CHAYAPA DEJTHAMRONG", LANYARD_SPELLINGS_CUT_WORDS, "CHAYAPA", 0));
  g_assert_true (meet ("CHAYAPA DEJTHAMRONG", LANYARD_SPELLINGS_CUT_END, "CHAYAPADEJ", 0));
  g_assert_true (meet ("CHAYAPA DEJTHAMRONG", LANYARD_SPELLINGS_CUT_END, "CHAY", 0));
  g_assert_false (meet ("CHAYAPA", LANYARD_SPELLINGS_CUT_END, "CHAYAPAX", 0));
}

/* A name of 60 letters with three choices each has 3 to the 60 spellings. */
static void
test_no_blow_up (void)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GString) other = g_string_new (NULL);

  for (guint i = 0; i < 60; i++)
    {
      g_string_append (name, "Ü");
      g_string_append (other, i % 3 == 0 ? "U" : i % 3 == 1 ? "UE" : "UXX");
    }
  g_string_truncate (other, 64);
  g_assert_true (meet (name->str, LANYARD_SPELLINGS_CUT_END, other->str, 0));
  g_string_append (other, "B");
  g_string_overwrite (other, 60, "B");
  g_assert_false (meet (name->str, LANYARD_SPELLINGS_CUT_END, other->str, 0));
}

static void
test_limits (void)
{
  g_autofree char *longer = g_strnfill (10000, 'A');
  char **words = lanyard_name_split (longer);
  g_autoptr (GString) many = g_string_new (NULL);

  g_assert_cmpuint (strlen (words[0]), ==, LANYARD_NAME_MAX_CHARACTERS);
  lanyard_name_free_words (words);
  for (guint i = 0; i < 40; i++)
    g_string_append (many, "a ");
  words = lanyard_name_split (many->str);
  g_assert_cmpuint (g_strv_length (words), ==, LANYARD_NAME_MAX_WORDS);
  lanyard_name_free_words (words);
  words = lanyard_name_split (NULL);
  g_assert_null (words[0]);
  lanyard_name_free_words (words);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/transliterate/first-choice", test_first_choice);
  g_test_add_func ("/document/transliterate/latin-is-whole", test_latin_is_whole);
  g_test_add_func ("/document/transliterate/options", test_options);
  g_test_add_func ("/document/transliterate/flags", test_flags);
  g_test_add_func ("/document/transliterate/no-blow-up", test_no_blow_up);
  g_test_add_func ("/document/transliterate/limits", test_limits);
  return g_test_run ();
}
