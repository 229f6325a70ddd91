/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From what was read to the one value, and to the key by which the directory finds its holder. */

#include "lanyard-document.h"

#include <string.h>

#include "lanyard-error.h"

static const LanyardDate today = { 2026, 11, 22 };

static const char passport[] = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                               "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
static const char german[] = "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\n"
                             "C01X0006H1D<<6408125F1710319<<<<<<<<<<<<<<<0";
static const char card[] = "C1USA0000000000SRC0000000001<<\n8501019F3102020UTO<<<<<<<<<<<2\n"
                           "TRAVELER<<HAPPY<<<<<<<<<<<<<<<";
static const char licence[] = "@\n\x1e\rANSI 636012030001DL00310367DLDCSTESTER\nDCTMARY,ANN\n"
                              "DBB19960603\nDBA20200603\nDBC2\nDAQS9244-43879-65702\n";
static const char id_card[]
    = "@\n\x1e\rANSI 636020080001ID00310266IDDCSWANDERER\nDACJANE\nDADLYNN\n"
      "DBB02041972\nDBA01042022\nDBC2\nDAQ124336019\n";

static LanyardDocument *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  LanyardDocument *document
      = lanyard_document_parse (text, strlen (text), LANYARD_MRZ_REPAIR, &today, &error);

  g_assert_no_error (error);
  g_assert_nonnull (document);
  return document;
}

static void
test_passport (void)
{
  g_autoptr (LanyardDocument) document = parse (passport);

  g_assert_cmpint (document->format, ==, LANYARD_MRZ_TD3);
  g_assert_cmpstr (document->type, ==, "P");
  g_assert_cmpstr (document->issuer, ==, "UTO");
  g_assert_cmpstr (document->nationality, ==, "UTO");
  g_assert_cmpstr (document->number, ==, "L898902C3");
  g_assert_cmpstr (document->family, ==, "ERIKSSON");
  g_assert_cmpstr (document->given, ==, "ANNA MARIA");
  g_assert_cmpuint (document->birth.year, ==, 1974);
  g_assert_cmpuint (document->expiry.year, ==, 2012);
  g_assert_cmpint (document->sex, ==, 'F');
  g_assert_true (document->sound);
}

static void
test_licence (void)
{
  g_autoptr (LanyardDocument) document = parse (licence);

  g_assert_cmpint (document->format, ==, LANYARD_MRZ_NONE);
  g_assert_cmpstr (document->family, ==, "TESTER");
  g_assert_cmpstr (document->given, ==, "MARY ANN");
  g_assert_cmpstr (document->nationality, ==, "");
  g_assert_true (document->sound);
}

static void
test_unsound (void)
{
  g_autofree char *text = g_strdup (passport);
  g_autoptr (LanyardDocument) document = NULL;

  text[strlen (text) - 1] = '9';
  document = parse (text);
  g_assert_false (document->sound);
}

static void
test_keys (void)
{
  static const struct
  {
    const char *text;
    const char *keys[5];
  } cases[] = {
    { passport, { "P:UTO:L898902C3" } },
    { german, { "P:D:C01X0006H", "P:DEU:C01X0006H" } },
    { card, { "I:USA:000000000" } },
    { licence, { "DL:CA-ON:S9244-43879-65702", "DL:CA-ON:S92444387965702" } },
    { id_card, { "I:US-CO:124336019" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardDocument) document = parse (cases[i].text);
      char **keys = lanyard_document_dup_keys (document);

      g_assert_cmpuint (g_strv_length (keys), ==, g_strv_length ((char **)cases[i].keys));
      for (guint k = 0; keys[k] != NULL; k++)
        g_assert_cmpstr (keys[k], ==, cases[i].keys[k]);
      lanyard_document_free_keys (keys);
    }
}

static void
test_other_texts (void)
{
  static const char *const texts[]
      = { "", "K0471-000123", "ANSI 636000", "LY1:6BFOXN", "\x01\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (
          lanyard_document_parse (texts[i], strlen (texts[i]), LANYARD_MRZ_TYPED, &today, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

static void
test_same_code (void)
{
  g_assert_true (lanyard_document_same_code ("UTO", "uto"));
  g_assert_true (lanyard_document_same_code ("D", "DEU"));
  g_assert_true (lanyard_document_same_code ("DEU", "d"));
  g_assert_false (lanyard_document_same_code ("UTO", "XXX"));
  g_assert_false (lanyard_document_same_code ("UTO", NULL));
}

/* No check digit covers names and nationality: what was repaired there is a guess, and neither may
 * speak against its holder. */
static void
test_repairs_are_guesses (void)
{
  static const struct
  {
    const char *zone;
    gboolean names_unsure;
    const char *nationality;
  } cases[] = {
    { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
      "L898902C36UTO74O8122F1204159ZE184226B<<<<<10",
      FALSE, "UTO" },
    { "P<UTOERIKSS0N<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
      "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
      TRUE, "UTO" },
    { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
      "L898902C362TO7408122F1204159ZE184226B<<<<<10",
      FALSE, "" },
  };
  const LanyardDate day = { 2026, 11, 22 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardDocument) document
          = lanyard_document_parse (cases[i].zone, strlen (cases[i].zone), LANYARD_MRZ_REPAIR, &day,
                                    NULL);

      g_assert_nonnull (document);
      g_assert_true (document->sound);
      g_assert_cmpuint (document->n_repairs, ==, 1);
      g_assert_cmpint (document->names_unsure, ==, cases[i].names_unsure);
      g_assert_cmpstr (document->nationality, ==, cases[i].nationality);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/document/passport", test_passport);
  g_test_add_func ("/document/document/licence", test_licence);
  g_test_add_func ("/document/document/unsound", test_unsound);
  g_test_add_func ("/document/document/keys", test_keys);
  g_test_add_func ("/document/document/other-texts", test_other_texts);
  g_test_add_func ("/document/document/same-code", test_same_code);
  g_test_add_func ("/document/document/repairs-are-guesses", test_repairs_are_guesses);
  return g_test_run ();
}
