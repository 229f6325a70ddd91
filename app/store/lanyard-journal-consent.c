/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What people said to the consents of the pack, as far as this desk asked them. */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-journal-private.h"

#include "lanyard-fault.h"
#include "lanyard-statement.h"

gboolean
lanyard_journal_keep_consent (LanyardJournal *journal, const LanyardStep *step, GError **error)
{
  const LanyardConsentStep *consent = step->consent;
  g_autoptr (LanyardStatement) put = lanyard_statement_new (
      journal->database,
      "INSERT INTO consent (accreditation, id, version, decision) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT (accreditation, id) DO UPDATE SET version = ?3, decision = ?4");

  if (consent == NULL || step->accreditation == NULL
      || lanyard_consent_decision_to_string (consent->decision) == NULL)
    return lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                                 "A consent says whose it is, to what, and what was said.");
  if (lanyard_fault ("consent-not-kept"))
    return TRUE;
  lanyard_statement_bind_text (put, 1, step->accreditation);
  lanyard_statement_bind_text (put, 2, consent->id);
  lanyard_statement_bind_int (put, 3, consent->version);
  lanyard_statement_bind_int (put, 4, consent->decision);
  return lanyard_statement_run (put, error);
}

LanyardConsentDecision
lanyard_journal_get_consent (LanyardJournal *journal,
                             const char *number,
                             const char *id,
                             guint version)
{
  g_autoptr (LanyardStatement) select = NULL;
  g_autoptr (GError) error = NULL;
  gboolean row = FALSE;

  g_return_val_if_fail (journal != NULL && number != NULL && id != NULL, LANYARD_CONSENT_UNDECIDED);

  select = lanyard_statement_new (journal->database,
                                  "SELECT decision FROM consent"
                                  " WHERE accreditation = ?1 AND id = ?2 AND version = ?3");
  lanyard_statement_bind_text (select, 1, number);
  lanyard_statement_bind_text (select, 2, id);
  lanyard_statement_bind_int (select, 3, version);
  /* What cannot be read is asked once more. */
  if (!lanyard_statement_step (select, &row, &error))
    g_warning ("%s", error->message);
  return row ? (LanyardConsentDecision)lanyard_statement_get_int (select, 0)
             : LANYARD_CONSENT_UNDECIDED;
}
