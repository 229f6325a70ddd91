/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-document"

#include "lanyard-document-compare.h"

#include <sodium.h>
#include <string.h>

/* The better of two sources; one that says nothing does not count. */
static LanyardAgreement
better (LanyardAgreement a, LanyardAgreement b)
{
  if (a == LANYARD_AGREEMENT_NOT_KNOWN || b == LANYARD_AGREEMENT_NOT_KNOWN)
    return MAX (a, b);
  return MIN (a, b);
}

static LanyardAgreement
compare_names (const LanyardDocument *document, const LanyardEntry *entry)
{
  LanyardName on_document = {
    .family = document->family,
    .given = document->given,
    .one_list = document->one_list,
    .cut = document->names_cut,
  };
  LanyardName parted = { .family = entry->family_name, .given = entry->given_name };
  LanyardName printed = { .given = entry->print_name, .one_list = TRUE };
  LanyardName local = { .given = entry->local_name, .one_list = TRUE };
  LanyardAgreement best = lanyard_name_compare (&on_document, &parted);

  if (best != LANYARD_AGREEMENT_AGREES)
    best = better (best, lanyard_name_compare (&on_document, &printed));
  if (best != LANYARD_AGREEMENT_AGREES)
    best = better (best, lanyard_name_compare (&on_document, &local));
  /* Nobody is turned away for how a scanner left their name. */
  if (document->names_unsure && best == LANYARD_AGREEMENT_DIFFERS)
    best = LANYARD_AGREEMENT_CLOSE;
  return best;
}

static LanyardAgreement
compare_birth_dates (const LanyardDocument *document, const LanyardEntry *entry)
{
  LanyardDate known = lanyard_date_parse (entry->birth_date);
  LanyardDate shown = document->birth;

  if (known.year == 0 || (shown.year == 0 && shown.month == 0 && shown.day == 0))
    return LANYARD_AGREEMENT_NOT_KNOWN;
  /* A machine readable zone has two digits of the year: somebody may be a hundred years old. */
  if (document->format != LANYARD_MRZ_NONE && shown.year != 0
      && known.year % 100 == shown.year % 100)
    shown.year = known.year;
  return lanyard_date_agrees (&known, &shown) ? LANYARD_AGREEMENT_AGREES
                                              : LANYARD_AGREEMENT_DIFFERS;
}

/* Which a check digit cannot tell from each other: 9303-3 §4.9 gives A to Z the values 10 to 35,
 * and adds modulus 10 with weights that leave all ten apart. L is 1, S is 8, G is Q, M is W. */
static gboolean
is_blind_pair (char a, char b)
{
  return lanyard_mrz_check_digit (&a, 1) == lanyard_mrz_check_digit (&b, 1);
}

/* Numbers are printed with blanks and hyphens here and without them there. */
static LanyardAgreement
compare_number (const LanyardDocument *document, const char *known)
{
  LanyardAgreement agreement = LANYARD_AGREEMENT_AGREES;
  const char *shown = document->number;

  while (TRUE)
    {
      while (*known != '\0' && !g_ascii_isalnum (*known))
        known++;
      while (*shown != '\0' && !g_ascii_isalnum (*shown))
        shown++;
      if (*known == '\0' || *shown == '\0')
        return *known == *shown ? agreement : LANYARD_AGREEMENT_DIFFERS;
      if (g_ascii_toupper (*known) != g_ascii_toupper (*shown))
        {
          /* A licence's code corrects its own errors; a zone's print was read or copied by
           * somebody, whatever it came in by. */
          if (document->format == LANYARD_MRZ_NONE
              || !is_blind_pair (g_ascii_toupper (*known), g_ascii_toupper (*shown)))
            return LANYARD_AGREEMENT_DIFFERS;
          agreement = LANYARD_AGREEMENT_CLOSE;
        }
      known++;
      shown++;
    }
}

/* Fields of "TYPE:ISSUER:NUMBER", of which the number may have colons. */
static LanyardAgreement
compare_key (const LanyardDocument *document, const char *key)
{
  g_auto (GStrv) parts = g_strsplit (key, ":", 3);
  LanyardAgreement agreement = LANYARD_AGREEMENT_NOT_KNOWN;

  if (g_strv_length (parts) == 3 && g_ascii_strcasecmp (parts[0], document->type) == 0
      && lanyard_document_same_code (parts[1], document->issuer))
    agreement = compare_number (document, parts[2]);
  for (char **part = parts; *part != NULL; part++)
    sodium_memzero (*part, strlen (*part));
  return agreement;
}

static LanyardAgreement
compare_numbers (const LanyardDocument *document, const LanyardEntry *entry)
{
  LanyardAgreement best = LANYARD_AGREEMENT_NOT_KNOWN;

  if (document->number[0] == '\0')
    return best;
  for (guint i = 0; entry->documents != NULL && entry->documents[i] != NULL; i++)
    best = better (best, compare_key (document, entry->documents[i]));
  return best;
}

static LanyardAgreement
compare_nationalities (const LanyardDocument *document, const LanyardEntry *entry)
{
  if (document->nationality[0] == '\0' || entry->nationality == NULL)
    return LANYARD_AGREEMENT_NOT_KNOWN;
  return lanyard_document_same_code (document->nationality, entry->nationality)
             ? LANYARD_AGREEMENT_AGREES
             : LANYARD_AGREEMENT_DIFFERS;
}

static LanyardAgreement
compare_expiry (const LanyardDocument *document, const LanyardDate *today)
{
  if (document->expiry.year == 0)
    return LANYARD_AGREEMENT_NOT_KNOWN;
  return lanyard_date_is_before (&document->expiry, today) ? LANYARD_AGREEMENT_DIFFERS
                                                           : LANYARD_AGREEMENT_AGREES;
}

static guint
find_absent (const LanyardDocument *document)
{
  const LanyardDate *birth = &document->birth;
  guint absent = 0;

  if ((document->family == NULL || *document->family == '\0')
      && (document->given == NULL || *document->given == '\0'))
    absent |= 1 << LANYARD_DOCUMENT_FIELD_NAMES;
  if (birth->year == 0 && birth->month == 0 && birth->day == 0)
    absent |= 1 << LANYARD_DOCUMENT_FIELD_BIRTH_DATE;
  if (document->nationality[0] == '\0')
    absent |= 1 << LANYARD_DOCUMENT_FIELD_NATIONALITY;
  if (document->number[0] == '\0')
    absent |= 1 << LANYARD_DOCUMENT_FIELD_NUMBER;
  if (document->expiry.year == 0)
    absent |= 1 << LANYARD_DOCUMENT_FIELD_EXPIRY;
  return absent;
}

static LanyardDocumentVerdict
judge (const LanyardDocumentComparison *comparison, gboolean accept_expired)
{
  if (comparison->names == LANYARD_AGREEMENT_DIFFERS
      || comparison->birth_date == LANYARD_AGREEMENT_DIFFERS
      || comparison->number == LANYARD_AGREEMENT_DIFFERS
      || comparison->nationality == LANYARD_AGREEMENT_DIFFERS)
    return LANYARD_DOCUMENT_DIFFERS;
  if (comparison->expiry == LANYARD_AGREEMENT_DIFFERS && !accept_expired)
    return LANYARD_DOCUMENT_EXPIRED;
  /* Nobody is let in by a number that is nearly theirs, nor in spite of it. */
  if (comparison->number == LANYARD_AGREEMENT_CLOSE)
    return LANYARD_DOCUMENT_CLOSE;
  /* A name alone is no proof: many people have the same. */
  if (comparison->names == LANYARD_AGREEMENT_AGREES
      && (comparison->birth_date == LANYARD_AGREEMENT_AGREES
          || comparison->number == LANYARD_AGREEMENT_AGREES))
    return LANYARD_DOCUMENT_AGREES;
  return LANYARD_DOCUMENT_CLOSE;
}

LanyardDocumentComparison
lanyard_document_compare (const LanyardDocument *document,
                          const LanyardEntry *entry,
                          const LanyardDocumentOptions *options)
{
  LanyardDocumentComparison comparison = { .verdict = LANYARD_DOCUMENT_CLOSE };

  g_return_val_if_fail (document != NULL && entry != NULL && options != NULL, comparison);

  comparison.names = compare_names (document, entry);
  comparison.birth_date = compare_birth_dates (document, entry);
  comparison.number = compare_numbers (document, entry);
  if (options->compare_nationality)
    comparison.nationality = compare_nationalities (document, entry);
  comparison.expiry = compare_expiry (document, &options->today);
  comparison.absent = find_absent (document);
  comparison.verdict = judge (&comparison, options->accept_expired);
  return comparison;
}

LanyardAgreement
lanyard_document_comparison_get (const LanyardDocumentComparison *comparison,
                                 LanyardDocumentField field,
                                 gboolean *absent)
{
  const LanyardAgreement fields[LANYARD_DOCUMENT_N_FIELDS] = {
    [LANYARD_DOCUMENT_FIELD_NAMES] = comparison->names,
    [LANYARD_DOCUMENT_FIELD_BIRTH_DATE] = comparison->birth_date,
    [LANYARD_DOCUMENT_FIELD_NATIONALITY] = comparison->nationality,
    [LANYARD_DOCUMENT_FIELD_NUMBER] = comparison->number,
    [LANYARD_DOCUMENT_FIELD_EXPIRY] = comparison->expiry,
  };

  g_return_val_if_fail (comparison != NULL && field < LANYARD_DOCUMENT_N_FIELDS,
                        LANYARD_AGREEMENT_NOT_KNOWN);

  if (absent != NULL)
    *absent = (comparison->absent & (1u << field)) != 0;
  return fields[field];
}

const char *
lanyard_agreement_to_string (LanyardAgreement agreement)
{
  switch (agreement)
    {
    case LANYARD_AGREEMENT_AGREES:
      return "agrees";
    case LANYARD_AGREEMENT_CLOSE:
      return "close";
    case LANYARD_AGREEMENT_DIFFERS:
      return "differs";
    case LANYARD_AGREEMENT_NOT_KNOWN:
    default:
      return "not-known";
    }
}
