/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What somebody said to a consent. Persisted in records. */
typedef enum
{
  LANYARD_CONSENT_UNDECIDED = 0, /* in no record: nobody was asked */
  LANYARD_CONSENT_GIVEN = 10,
  LANYARD_CONSENT_REFUSED = 20,
} LanyardConsentDecision;

/* Something that the pack wants people to agree to. Its words stand in the pack's texts. */
typedef struct
{
  char *id;          /* code of the pack, as it stands in records; at most 32 bytes */
  guint version;     /* of its words, from 1: another one is asked anew */
  gboolean required; /* no badge without it */
  char **categories; /* codes of those who are asked; empty: everybody; never NULL */
} LanyardConsent;

LanyardConsent *lanyard_consent_new (const char *id, guint version, gboolean required);
/* @consent: (nullable) */
void lanyard_consent_free (LanyardConsent *consent);
/* Whether holders of @category (nullable) are asked. */
gboolean lanyard_consent_is_for (const LanyardConsent *consent, const char *category);

/* A consent that one person is asked for, and what they said to this version of it. A value. */
typedef struct
{
  char *id;
  guint version;
  gboolean required;
  LanyardConsentDecision decision;
} LanyardConsentAnswer;

LanyardConsentAnswer *lanyard_consent_answer_new (const LanyardConsent *consent,
                                                  LanyardConsentDecision decision);
/* @answer: (nullable) */
void lanyard_consent_answer_free (LanyardConsentAnswer *answer);

/* What is still to be asked before a badge may be made. Not persisted. */
typedef enum
{
  LANYARD_CONSENT_SETTLED = 0, /* nothing */
  LANYARD_CONSENT_OPTIONAL,    /* something; with either answer there is a badge */
  LANYARD_CONSENT_REQUIRED,    /* something without which there is none */
} LanyardConsentNeed;

/**
 * lanyard_consent_find_next:
 * @answers: (nullable) (element-type LanyardConsentAnswer): of one person
 * @next: (out) (optional) (transfer none) (nullable): what is to be asked next
 *
 * Required ones come first, in the order of the pack. One that was refused is asked again where it
 * is required, and left alone where it is not: nobody is pressed. Pure.
 *
 * Returns: of what kind the next one is
 */
LanyardConsentNeed lanyard_consent_find_next (const GPtrArray *answers,
                                              const LanyardConsentAnswer **next);

/* "given" (transfer none) (nullable): NULL for none */
const char *lanyard_consent_decision_to_string (LanyardConsentDecision decision);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardConsent, lanyard_consent_free)

G_END_DECLS
