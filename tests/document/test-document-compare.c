/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A document beside a holder. The verdict is tried for every combination of what each field can
 * say: a document that says one untrue thing must never open a pickup. */

#include "lanyard-document-compare.h"

#include <string.h>

#define N_AGREEMENTS 4

static const LanyardDate today = { 2026, 11, 22 };

/* What each field of document and holder is to make the comparison say what is wanted. */
static const char *const families[N_AGREEMENTS] = { "王", "ERIKSSON", "ERIKSON", "STEVENSON" };
static const LanyardDate births[N_AGREEMENTS]
    = { { 0, 0, 0 }, { 1974, 8, 12 }, { 1974, 8, 0 }, { 1974, 8, 13 } };
static const char *const holder_documents[N_AGREEMENTS]
    = { "I:UTO:L898902C3", "P:UTO:L898902C3", "P:UTO:l898 902c3", "P:UTO:L898902C4" };
static const char *const nationalities[N_AGREEMENTS] = { "", "UTO", "uto", "XXX" };
static const LanyardDate expiries[N_AGREEMENTS]
    = { { 0, 0, 0 }, { 2026, 11, 22 }, { 2030, 1, 1 }, { 2026, 11, 21 } };

/* What the fields that have no CLOSE say in its column: they agree, in another way. */
static LanyardAgreement
without_close (guint wanted)
{
  return wanted == LANYARD_AGREEMENT_CLOSE ? LANYARD_AGREEMENT_AGREES : (LanyardAgreement)wanted;
}

typedef struct
{
  guint names, birth, number, nationality, expiry;
  gboolean accept_expired, compare_nationality;
} Case;

static LanyardEntry *
make_entry (const Case *c)
{
  LanyardEntry *entry = lanyard_entry_new ();

  entry->family_name = g_strdup ("Eriksson");
  entry->given_name = g_strdup ("Anna");
  entry->print_name = g_strdup ("Anna ERIKSSON");
  entry->birth_date = g_strdup ("1974-08-12");
  entry->nationality = g_strdup ("UTO");
  g_strfreev (entry->documents);
  entry->documents = g_new0 (char *, 2);
  entry->documents[0] = g_strdup (holder_documents[c->number]);
  return entry;
}

static LanyardDocument *
make_document (const Case *c)
{
  LanyardDocument *document = g_new0 (LanyardDocument, 1);

  document->format = LANYARD_MRZ_TD3;
  g_strlcpy (document->type, "P", sizeof document->type);
  g_strlcpy (document->issuer, "UTO", sizeof document->issuer);
  g_strlcpy (document->nationality, nationalities[c->nationality], sizeof document->nationality);
  document->number = g_strdup ("L898902C3");
  document->family = g_strdup (families[c->names]);
  document->given = g_strdup (c->names == LANYARD_AGREEMENT_NOT_KNOWN ? "" : "ANNA");
  document->birth = births[c->birth];
  document->expiry = expiries[c->expiry];
  document->sound = TRUE;
  return document;
}

/* The rules once more, in other words than the code's. */
static LanyardDocumentVerdict
expected (const Case *c)
{
  gboolean untrue = c->names == LANYARD_AGREEMENT_DIFFERS || c->birth == LANYARD_AGREEMENT_DIFFERS
                    || c->number == LANYARD_AGREEMENT_DIFFERS
                    || (c->compare_nationality && c->nationality == LANYARD_AGREEMENT_DIFFERS);
  gboolean proven = c->names == LANYARD_AGREEMENT_AGREES
                    && (without_close (c->birth) == LANYARD_AGREEMENT_AGREES
                        || without_close (c->number) == LANYARD_AGREEMENT_AGREES);

  if (untrue)
    return LANYARD_DOCUMENT_DIFFERS;
  if (c->expiry == LANYARD_AGREEMENT_DIFFERS && !c->accept_expired)
    return LANYARD_DOCUMENT_EXPIRED;
  return proven ? LANYARD_DOCUMENT_AGREES : LANYARD_DOCUMENT_CLOSE;
}

/* What nothing is said of because it does not stand on the document, and what for another reason.
 */
static void
check_absent (const LanyardDocumentComparison *got, const LanyardDocument *document)
{
  gboolean absent;

  lanyard_document_comparison_get (got, LANYARD_DOCUMENT_FIELD_NATIONALITY, &absent);
  g_assert_cmpint (absent, ==, document->nationality[0] == '\0');
  g_assert_cmpint (lanyard_document_comparison_get (got, LANYARD_DOCUMENT_FIELD_NAMES, &absent), ==,
                   got->names);
  g_assert_cmpint (absent, ==, *document->family == '\0' && *document->given == '\0');
  g_assert_cmpint (lanyard_document_comparison_get (got, LANYARD_DOCUMENT_FIELD_EXPIRY, &absent),
                   ==, got->expiry);
  g_assert_cmpint (absent, ==, document->expiry.year == 0);
  lanyard_document_comparison_get (got, LANYARD_DOCUMENT_FIELD_NUMBER, &absent);
  g_assert_false (absent);
}

static void
check_case (const Case *c)
{
  g_autoptr (LanyardEntry) entry = make_entry (c);
  g_autoptr (LanyardDocument) document = make_document (c);
  LanyardDocumentOptions options = { today, c->accept_expired, c->compare_nationality };
  LanyardDocumentComparison got = lanyard_document_compare (document, entry, &options);

  g_assert_cmpint (got.names, ==, c->names);
  g_assert_cmpint (got.birth_date, ==, without_close (c->birth));
  g_assert_cmpint (got.number, ==, without_close (c->number));
  g_assert_cmpint (got.nationality, ==,
                   c->compare_nationality ? without_close (c->nationality)
                                          : LANYARD_AGREEMENT_NOT_KNOWN);
  g_assert_cmpint (got.expiry, ==, without_close (c->expiry));
  g_assert_cmpint (got.verdict, ==, expected (c));
  check_absent (&got, document);
}

static void
test_all (void)
{
  for (guint i = 0;
       i < N_AGREEMENTS * N_AGREEMENTS * N_AGREEMENTS * N_AGREEMENTS * N_AGREEMENTS * 4; i++)
    {
      guint rest = i;
      Case c = { 0 };
      guint *const fields[] = { &c.names, &c.birth, &c.number, &c.nationality, &c.expiry };

      for (guint f = 0; f < G_N_ELEMENTS (fields); f++, rest /= N_AGREEMENTS)
        *fields[f] = rest % N_AGREEMENTS;
      c.accept_expired = (rest & 1) != 0;
      c.compare_nationality = (rest & 2) != 0;
      check_case (&c);
    }
}

static const Case agreeing = { 1, 1, 1, 1, 1, FALSE, TRUE };

/* The name in the holder's own script, and the printed one, count as well. */
static void
test_other_names (void)
{
  g_autoptr (LanyardEntry) entry = make_entry (&agreeing);
  g_autoptr (LanyardDocument) document = make_document (&agreeing);
  LanyardDocumentOptions options = { today, FALSE, FALSE };

  g_free (document->family);
  document->family = g_strdup ("IVANOVA");
  g_free (document->given);
  document->given = g_strdup ("IULIIA");
  g_assert_cmpint (lanyard_document_compare (document, entry, &options).names, ==,
                   LANYARD_AGREEMENT_DIFFERS);
  entry->local_name = g_strdup ("Юлия Иванова");
  g_assert_cmpint (lanyard_document_compare (document, entry, &options).verdict, ==,
                   LANYARD_DOCUMENT_AGREES);
  g_clear_pointer (&entry->local_name, g_free);
  g_free (entry->print_name);
  entry->print_name = g_strdup ("Iuliia IVANOVA");
  g_assert_cmpint (lanyard_document_compare (document, entry, &options).verdict, ==,
                   LANYARD_DOCUMENT_AGREES);
}

static void
test_hundred_years (void)
{
  g_autoptr (LanyardEntry) entry = make_entry (&agreeing);
  g_autoptr (LanyardDocument) document = make_document (&agreeing);
  LanyardDocumentOptions options = { today, FALSE, FALSE };

  g_free (entry->birth_date);
  entry->birth_date = g_strdup ("1925-03-01");
  document->birth = lanyard_date_complete (25, 3, 1, LANYARD_CENTURY_PAST, &today);
  g_assert_cmpuint (document->birth.year, ==, 2025);
  g_assert_cmpint (lanyard_document_compare (document, entry, &options).birth_date, ==,
                   LANYARD_AGREEMENT_AGREES);
  /* A licence has the whole year. */
  document->format = LANYARD_MRZ_NONE;
  g_assert_cmpint (lanyard_document_compare (document, entry, &options).birth_date, ==,
                   LANYARD_AGREEMENT_DIFFERS);
}

/* Somebody has several documents; the one that is shown is among them, or none of its kind is. */
static void
test_several_documents (void)
{
  static const struct
  {
    const char *documents[4];
    LanyardAgreement want;
  } cases[] = {
    { { NULL }, LANYARD_AGREEMENT_NOT_KNOWN },
    { { "P:UTO:OLD1", "P:UTO:L898902C3" }, LANYARD_AGREEMENT_AGREES },
    { { "P:UTO:OLD1", "I:UTO:L898902C3" }, LANYARD_AGREEMENT_DIFFERS },
    { { "P:XXX:OLD1", "I:UTO:A1" }, LANYARD_AGREEMENT_NOT_KNOWN },
    { { "P", "P:UTO", "P:UTO:" }, LANYARD_AGREEMENT_DIFFERS },
    { { "p:uto:L-898-902-C3" }, LANYARD_AGREEMENT_AGREES },
    { { "P:UTO:L898902C33" }, LANYARD_AGREEMENT_DIFFERS },
    { { "P:UTO:L898902C" }, LANYARD_AGREEMENT_DIFFERS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardEntry) entry = make_entry (&agreeing);
      g_autoptr (LanyardDocument) document = make_document (&agreeing);
      LanyardDocumentOptions options = { today, FALSE, FALSE };

      g_strfreev (entry->documents);
      entry->documents = g_strdupv ((char **)cases[i].documents);
      g_assert_cmpint (lanyard_document_compare (document, entry, &options).number, ==,
                       cases[i].want);
    }
}

/* A licence that came without separators may call JORDAN "JOR": that is for a person to look at, as
 * long as nothing else is untrue; and it proves nothing. */
static void
test_unsure_names (void)
{
  g_autoptr (LanyardEntry) entry = make_entry (&agreeing);
  g_autoptr (LanyardDocument) document = make_document (&agreeing);
  LanyardDocumentOptions options = { today, FALSE, FALSE };

  g_free (document->family);
  document->family = g_strdup ("ERIK");
  g_assert_cmpint (lanyard_document_compare (document, entry, &options).verdict, ==,
                   LANYARD_DOCUMENT_DIFFERS);
  document->names_unsure = TRUE;
  g_assert_cmpint (lanyard_document_compare (document, entry, &options).verdict, ==,
                   LANYARD_DOCUMENT_CLOSE);
  document->birth.day++;
  g_assert_cmpint (lanyard_document_compare (document, entry, &options).verdict, ==,
                   LANYARD_DOCUMENT_DIFFERS);
}

/* What no check digit sees in a zone may have been read wrongly: it neither turns its holder away
 * nor proves anything. A licence's number is exactly what its code has. */
static void
test_blind_numbers (void)
{
  static const struct
  {
    const char *known;
    LanyardMrzFormat format;
    LanyardAgreement want;
  } cases[] = {
    { "P:UTO:L898902C3", LANYARD_MRZ_TD3, LANYARD_AGREEMENT_AGREES },
    { "P:UTO:1898902C3", LANYARD_MRZ_TD3, LANYARD_AGREEMENT_CLOSE },
    { "P:UTO:l-89S902W3", LANYARD_MRZ_TD3, LANYARD_AGREEMENT_CLOSE },
    { "P:UTO:1898902C3", LANYARD_MRZ_NONE, LANYARD_AGREEMENT_DIFFERS },
    /* one that it does see beside one that it does not */
    { "P:UTO:1898902C4", LANYARD_MRZ_TD3, LANYARD_AGREEMENT_DIFFERS },
    { "P:UTO:1898902C", LANYARD_MRZ_TD3, LANYARD_AGREEMENT_DIFFERS },
    { "P:UTO:1898902C33", LANYARD_MRZ_TD3, LANYARD_AGREEMENT_DIFFERS },
    { "P:UTO:L8989O2C3", LANYARD_MRZ_TD3, LANYARD_AGREEMENT_DIFFERS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardEntry) entry = make_entry (&agreeing);
      g_autoptr (LanyardDocument) document = make_document (&agreeing);
      LanyardDocumentOptions options = { today, FALSE, FALSE };
      LanyardDocumentComparison comparison;

      g_strfreev (entry->documents);
      entry->documents = g_strdupv ((char *[]){ (char *)cases[i].known, NULL });
      document->format = cases[i].format;
      comparison = lanyard_document_compare (document, entry, &options);
      g_assert_cmpint (comparison.number, ==, cases[i].want);
      /* names and birth date agree */
      g_assert_cmpint (comparison.verdict, ==,
                       cases[i].want == LANYARD_AGREEMENT_AGREES  ? LANYARD_DOCUMENT_AGREES
                       : cases[i].want == LANYARD_AGREEMENT_CLOSE ? LANYARD_DOCUMENT_CLOSE
                                                                  : LANYARD_DOCUMENT_DIFFERS);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/compare/all", test_all);
  g_test_add_func ("/document/compare/other-names", test_other_names);
  g_test_add_func ("/document/compare/hundred-years", test_hundred_years);
  g_test_add_func ("/document/compare/several-documents", test_several_documents);
  g_test_add_func ("/document/compare/unsure-names", test_unsure_names);
  g_test_add_func ("/document/compare/blind-numbers", test_blind_numbers);
  return g_test_run ();
}
