/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-consent.h"

static gboolean
is_open (const LanyardConsentAnswer *answer)
{
  return answer->required ? answer->decision != LANYARD_CONSENT_GIVEN
                          : answer->decision == LANYARD_CONSENT_UNDECIDED;
}

LanyardConsent *
lanyard_consent_new (const char *id, guint version, gboolean required)
{
  LanyardConsent *consent = g_new0 (LanyardConsent, 1);

  consent->id = g_strdup (id);
  consent->version = version;
  consent->required = required;
  consent->categories = g_new0 (char *, 1);
  return consent;
}

void
lanyard_consent_free (LanyardConsent *consent)
{
  if (consent == NULL)
    return;
  g_free (consent->id);
  g_strfreev (consent->categories);
  g_free (consent);
}

gboolean
lanyard_consent_is_for (const LanyardConsent *consent, const char *category)
{
  const char *const *categories;

  g_return_val_if_fail (consent != NULL, TRUE);

  categories = (const char *const *)consent->categories;
  return categories[0] == NULL || (category != NULL && g_strv_contains (categories, category));
}

LanyardConsentAnswer *
lanyard_consent_answer_new (const LanyardConsent *consent, LanyardConsentDecision decision)
{
  LanyardConsentAnswer *answer;

  g_return_val_if_fail (consent != NULL, NULL);

  answer = g_new0 (LanyardConsentAnswer, 1);
  answer->id = g_strdup (consent->id);
  answer->version = consent->version;
  answer->required = consent->required;
  answer->decision = decision;
  return answer;
}

void
lanyard_consent_answer_free (LanyardConsentAnswer *answer)
{
  if (answer == NULL)
    return;
  g_free (answer->id);
  g_free (answer);
}

LanyardConsentNeed
lanyard_consent_find_next (const GPtrArray *answers, const LanyardConsentAnswer **next)
{
  const LanyardConsentAnswer *found = NULL;

  for (guint i = 0; answers != NULL && i < answers->len; i++)
    {
      const LanyardConsentAnswer *answer = g_ptr_array_index (answers, i);

      if (is_open (answer) && (found == NULL || (answer->required && !found->required)))
        found = answer;
    }
  if (next != NULL)
    *next = found;
  if (found == NULL)
    return LANYARD_CONSENT_SETTLED;
  return found->required ? LANYARD_CONSENT_REQUIRED : LANYARD_CONSENT_OPTIONAL;
}

const char *
lanyard_consent_decision_to_string (LanyardConsentDecision decision)
{
  switch (decision)
    {
    case LANYARD_CONSENT_GIVEN:
      return "given";
    case LANYARD_CONSENT_REFUSED:
      return "refused";
    case LANYARD_CONSENT_UNDECIDED:
    default:
      return NULL;
    }
}
