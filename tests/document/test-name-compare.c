/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Names of documents beside names of holders. All people are made up. */

#include "lanyard-name-compare.h"

#include "lanyard-name-words.h"

#define AGREES LANYARD_AGREEMENT_AGREES
#define CLOSE LANYARD_AGREEMENT_CLOSE
#define DIFFERS LANYARD_AGREEMENT_DIFFERS
#define NOT_KNOWN LANYARD_AGREEMENT_NOT_KNOWN

static const struct
{
  const char *document_family;
  const char *document_given;
  const char *holder_family;
  const char *holder_given;
  LanyardAgreement want;
} cases[] = {
  /* the same */
  { "ERIKSSON", "ANNA MARIA", "Eriksson", "Anna Maria", AGREES },
  /* transliteration, both ways */
  { "MUELLER", "JUERGEN", "Müller", "Jürgen", AGREES },
  { "MULLER", "JURGEN", "Müller", "Jürgen", AGREES },
  { "MUELLER", "JUERGEN", "Muller", "Jurgen", AGREES },
  { "MÜLLER", "JÜRGEN", "MUELLER", "JUERGEN", AGREES },
  { "TREMBLÉ", "AIMÉE", "Tremble", "Aimee", AGREES },
  { "IVANOVA", "IULIIA", "Иванова", "Юлия", AGREES },
  { "NUNEZ", "JOSE", "Núñez", "José", AGREES },
  /* order of given and family names */
  { "ANNA", "ERIKSSON", "Eriksson", "Anna", AGREES },
  { "NGUYEN", "THI HUONG", "Hương", "Nguyễn Thị", AGREES },
  /* given names left out on one side */
  { "ERIKSSON", "ANNA", "Eriksson", "Anna Maria", AGREES },
  { "ERIKSSON", "ANNA MARIA", "Eriksson", "Maria", AGREES },
  { "ERIKSSON", "ANNA MARIA", "Eriksson", "Anna", AGREES },
  { "PUBLIC", "JOHN Q", "Public", "John Quincy", AGREES },
  { "PUBLIC", "JOHN", "Public", "John Q.", AGREES },
  { "SMITH", "J R", "Smith", "John Ronald", CLOSE },
  { "SMITH", "J", "Smith", "John", CLOSE },
  { "SMITH", "J", "Smith", "Peter", DIFFERS },
  /* further family names */
  { "GARCIA LOPEZ", "MARIA", "Garcia", "María", AGREES },
  { "GARCIA", "MARIA", "García López", "María", AGREES },
  { "GARCIA LOPEZ", "MARIA", "García Pérez", "María", DIFFERS },
  /* joined, hyphenated, parted */
  { "SMITH JONES", "MARY ANN", "Smith-Jones", "Mary-Ann", AGREES },
  { "SMITHJONES", "MARYANN", "Smith Jones", "Mary Ann", AGREES },
  { "OCONNOR", "SEAN", "O'Connor", "Seán", AGREES },
  { "O CONNOR", "SEAN", "O'Connor", "Seán", AGREES },
  { "DARTAGNAN", "PAUL", "d’Artagnan", "Paul", AGREES },
  /* particles */
  { "VAN DER BERG", "JAN", "Berg", "Jan", AGREES },
  { "BERG", "JAN", "van der Berg", "Jan", AGREES },
  { "BERG VAN DER", "JAN", "van der Berg", "Jan", AGREES },
  { "DELACRUZ", "ANA", "de la Cruz", "Ana", AGREES },
  { "ELSAYED", "OMAR", "El-Sayed", "Omar", AGREES },
  { "DOS SANTOS", "ANA", "da Santos", "Ana", AGREES },
  { "BEETHOVEN", "LUDWIG VAN", "van Beethoven", "Ludwig", AGREES },
  /* suffixes, and words for what is not there */
  { "SMITH JR", "JOHN", "Smith", "John", AGREES },
  { "SMITH", "JOHN III", "Smith", "John", AGREES },
  { "SMITH", "FNU", "Smith", NULL, CLOSE }, /* nothing but FNU is kept as it is */
  /* people with one name */
  { "MOGADO", "", NULL, "Mogado", AGREES },
  { "MOGADO", "", "Mogado", NULL, AGREES },
  { "", "MOGADO", "Mogado", NULL, AGREES },
  { "MOGADO", "", "Mogado", "Ahmed", CLOSE },
  { "MOGADO", "AHMED", "Mogado", NULL, CLOSE },
  { "MOGADO", "", NULL, "Mogaddo", CLOSE },
  { "MOGADO", "", NULL, "Peter", DIFFERS },
  /* slips */
  { "ERIKSON", "ANNA", "Eriksson", "Anna", CLOSE },
  { "ERIKSSON", "ANAN MARIA", "Eriksson", "Anna Maria", CLOSE },
  { "STEVENSON", "PETRE", "Stevenson", "Peter", CLOSE },
  { "LI", "WEI", "Lu", "Wei", DIFFERS }, /* one letter of a short name is another name */
  { "ERIKSON", "ANAN", "Eriksson", "Anna", DIFFERS }, /* not in both at once */
  /* other people */
  { "ERIKSSON", "ANNA", "Stevenson", "Peter", DIFFERS },
  { "ERIKSSON", "ANNA", "Eriksson", "Peter", DIFFERS },
  { "ERIKSSON", "ANNA", "Stevenson", "Anna", DIFFERS },
  { "ANNA", "ANNA", "Eriksson", "Anna", DIFFERS },
  { "VAN DER", "JAN", "van der Berg", "Peter", DIFFERS },
  /* nothing to compare */
  { "", "", "Eriksson", "Anna", NOT_KNOWN },
  { "ERIKSSON", "ANNA", NULL, NULL, NOT_KNOWN },
  { "WANG", "XIAOMING", "王", "小明", NOT_KNOWN },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LanyardName document = { cases[i].document_family, cases[i].document_given, FALSE, FALSE };
      LanyardName holder = { cases[i].holder_family, cases[i].holder_given, FALSE, FALSE };
      LanyardAgreement got = lanyard_name_compare (&document, &holder);

      if (got != cases[i].want)
        g_test_message ("case %u: %s, %s", i, cases[i].document_family, cases[i].document_given);
      g_assert_cmpint (got, ==, cases[i].want);
    }
}

/* What a machine readable zone had no room for. */
static void
test_cut (void)
{
  static const struct
  {
    const char *family;
    const char *given;
    gboolean cut;
    LanyardAgreement want;
  } forms[] = {
    { "NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG K", TRUE, AGREES },
    { "NILAVADHANANANDA", "CHAYAPA DEJTHAM", TRUE, AGREES },
    { "NILAVADHANANANDA", "CHA D", TRUE, AGREES },
    { "NILAVADHANAN", "CHAYAPA", TRUE, AGREES },
    { "NILAVADHANAN", "CHAYAPA", FALSE, DIFFERS },
    { "NILAVADHANANANDA", "DEJTHAM CHAYAPA", TRUE, DIFFERS },
    { "NILAVADHANANANDA", "CHAYAPO", TRUE, DIFFERS },
  };
  LanyardName holder = { "Nilavadhanananda", "Chayapa Dejthamrong Krasuang", FALSE, FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      LanyardName document = { forms[i].family, forms[i].given, FALSE, forms[i].cut };
      LanyardAgreement got = lanyard_name_compare (&document, &holder);

      if (got != forms[i].want)
        g_test_message ("form %u", i);
      g_assert_cmpint (got, ==, forms[i].want);
    }
}

/* A printed name, or a licence that has all in one element. */
static void
test_lists (void)
{
  static const struct
  {
    const char *document;
    const char *family;
    const char *given;
    LanyardAgreement want;
  } lists[] = {
    { "JOHN P SMITH", "Smith", "John", AGREES },
    { "SMITH JOHN", "Smith", "John", AGREES },
    { "JOHN PAUL SMITH", "Smith", "John", AGREES },
    { "JOHN SMITH", "Smith", "John Paul", AGREES },
    { "JOHN SMITH", "Smyth", "John", CLOSE },
    { "JOHN SMITH", "Baker", "John", DIFFERS },
    { "SMITH", "Smith", "John", CLOSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      LanyardName list = { NULL, lists[i].document, TRUE, FALSE };
      LanyardName parted = { lists[i].family, lists[i].given, FALSE, FALSE };
      LanyardAgreement got = lanyard_name_compare (&list, &parted);

      if (got != lists[i].want)
        g_test_message ("list %u", i);
      g_assert_cmpint (got, ==, lists[i].want);
      g_assert_cmpint (lanyard_name_compare (&parted, &list), ==, lists[i].want);
    }
}

static void
test_distance (void)
{
  g_assert_cmpuint (lanyard_name_distance ("", "", 2), ==, 0);
  g_assert_cmpuint (lanyard_name_distance ("ANNA", "ANNA", 2), ==, 0);
  g_assert_cmpuint (lanyard_name_distance ("ANNA", "ANAN", 2), ==, 1);
  g_assert_cmpuint (lanyard_name_distance ("ANNA", "ANN", 2), ==, 1);
  g_assert_cmpuint (lanyard_name_distance ("ANNA", "XNNA", 2), ==, 1);
  g_assert_cmpuint (lanyard_name_distance ("ERIKSSON", "ERICSON", 2), ==, 2);
  g_assert_cmpuint (lanyard_name_distance ("ANNA", "PETER", 2), ==, 3);
  g_assert_cmpuint (lanyard_name_distance ("A", "ABCDEF", 2), ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/name/cases", test_cases);
  g_test_add_func ("/document/name/cut", test_cut);
  g_test_add_func ("/document/name/lists", test_lists);
  g_test_add_func ("/document/name/distance", test_distance);
  return g_test_run ();
}
