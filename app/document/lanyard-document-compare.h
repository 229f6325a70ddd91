/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-document.h"
#include "lanyard-eligibility.h"
#include "lanyard-entry.h"
#include "lanyard-name-compare.h"

G_BEGIN_DECLS

/* What the pack and the day have to say about it. */
typedef struct
{
  LanyardDate today;            /* complete */
  gboolean accept_expired;      /* an expired document proves who somebody is all the same */
  gboolean compare_nationality; /* the pack's codes are those of ICAO: others would only differ */
} LanyardDocumentOptions;

/* What a document and a holder are compared by. */
typedef enum
{
  LANYARD_DOCUMENT_FIELD_NAMES,
  LANYARD_DOCUMENT_FIELD_BIRTH_DATE,
  LANYARD_DOCUMENT_FIELD_NATIONALITY,
  LANYARD_DOCUMENT_FIELD_NUMBER,
  LANYARD_DOCUMENT_FIELD_EXPIRY,
  LANYARD_DOCUMENT_N_FIELDS,
} LanyardDocumentField;

/* A document beside a holder, field by field. A plain value without personal data. The sex is not
 * among them: the directory does not have it. */
typedef struct
{
  LanyardAgreement names;
  LanyardAgreement birth_date; /* parts that the document does not have agree */
  LanyardAgreement number;     /* DIFFERS: the directory has another of that type and issuer; CLOSE:
                                * it is a zone's, and no check digit could tell the two apart */
  LanyardAgreement nationality;
  LanyardAgreement expiry; /* AGREES: not past; NOT_KNOWN: it has none */
  guint absent;            /* bits, 1 << LanyardDocumentField: what the document does not say */
  LanyardDocumentVerdict verdict;
} LanyardDocumentComparison;

/**
 * lanyard_document_compare:
 * @document: a sound document
 * @entry: the holder that it is said to be of
 * @options: of the pack, and the day
 *
 * Pure. Names are held against given and family name, the printed name and the name in the holder's
 * own script; the best answer counts. Names that may have been parted wrongly are close at worst,
 * and so is a zone's number that differs only where its check digit could not see it: 1 and L, 8
 * and S.
 *
 * The verdict: DIFFERS when names, birth date, number or nationality do; else EXPIRED when it is
 * past its day and that counts; else AGREES when the names agree and the birth date or the number
 * does, and the number is not just close; else CLOSE, which is for a person to look at.
 *
 * Returns: the comparison
 */
LanyardDocumentComparison lanyard_document_compare (const LanyardDocument *document,
                                                    const LanyardEntry *entry,
                                                    const LanyardDocumentOptions *options);

/**
 * lanyard_document_comparison_get:
 * @comparison: of a document and a holder
 * @field: one of its fields
 * @absent: (out) (optional): whether the document itself does not say it; otherwise what is
 *   NOT_KNOWN is not known of the holder, or the pack does not compare it
 *
 * Returns: how the two stand in this field
 */
LanyardAgreement lanyard_document_comparison_get (const LanyardDocumentComparison *comparison,
                                                  LanyardDocumentField field,
                                                  gboolean *absent);

/* "agrees" (transfer none) */
const char *lanyard_agreement_to_string (LanyardAgreement agreement);

G_END_DECLS
