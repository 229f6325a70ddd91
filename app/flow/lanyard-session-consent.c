/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the pack wants people to agree to: who is asked for what, and what they say. What was said
 * is on disk before anything follows from it. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

static void
free_answer (gpointer data)
{
  lanyard_consent_answer_free (data);
}

void
lanyard_session_look_at_consents (LanyardSession *session)
{
  LanyardServed *served = &session->served;
  const GPtrArray *consents = lanyard_pack_get_rules (session->parts.pack)->consents;

  g_clear_pointer (&served->consents, g_ptr_array_unref);
  /* A visitor with a pass is no holder. */
  if (served->entry == NULL || served->number == NULL || served->pass != NULL)
    return;
  for (guint i = 0; i < consents->len; i++)
    {
      const LanyardConsent *consent = g_ptr_array_index (consents, i);

      if (!lanyard_consent_is_for (consent, served->entry->category))
        continue;
      if (served->consents == NULL)
        served->consents = g_ptr_array_new_with_free_func (free_answer);
      g_ptr_array_add (served->consents,
                       lanyard_consent_answer_new (
                           consent,
                           lanyard_journal_get_consent (session->parts.journal, served->number,
                                                        consent->id, consent->version)));
    }
}

LanyardConsentNeed
lanyard_session_get_consent_need (LanyardSession *session)
{
  return lanyard_consent_find_next (session->served.consents, NULL);
}

/* Whoever does not agree to what is required is helped by staff: the verdict says why. */
static void
judge (LanyardSession *session, LanyardPickupInput input)
{
  if (input == LANYARD_PICKUP_INPUT_DECLINE
      && lanyard_session_get_consent_need (session) == LANYARD_CONSENT_REQUIRED)
    session->served.verdict
        = (LanyardVerdict){ LANYARD_OUTCOME_STAFF, 1, { LANYARD_REASON_CONSENT } };
}

void
lanyard_session_say_to_consent (LanyardSession *session, LanyardPickupInput input)
{
  if (session->state != LANYARD_PICKUP_CONSENT)
    return;
  judge (session, input);
  if (lanyard_session_feed (session, input))
    session->served.n_said++;
  if (session->state == LANYARD_PICKUP_CONSENT
      && lanyard_session_get_consent_need (session) == LANYARD_CONSENT_SETTLED)
    lanyard_session_confirm (session);
}

/* What staff name, as the pack has it now. Returns: (transfer none) (nullable) */
static const LanyardConsentAnswer *
find_answer (LanyardSession *session, const LanyardStaffAction *action)
{
  const GPtrArray *answers = session->served.consents;

  for (guint i = 0; answers != NULL && i < answers->len; i++)
    {
      const LanyardConsentAnswer *answer = g_ptr_array_index (answers, i);

      if (g_strcmp0 (answer->id, action->text) == 0 && answer->version == action->count)
        return answer;
    }
  return NULL;
}

/* What may be done with the person now may be another thing than before. */
static void
offer_again (LanyardSession *session)
{
  g_autofree char *number = g_strdup (session->served.number);

  if (!lanyard_session_decide (session))
    return;
  if (session->state == LANYARD_PICKUP_IDLE)
    lanyard_session_offer (session, TRUE);
  else if (!lanyard_verdict_staff_may_issue (&session->served.verdict))
    lanyard_session_show_again (session, number);
}

void
lanyard_session_act_consent (LanyardSession *session, const LanyardStaffAction *action)
{
  LanyardConsentDecision decision = (LanyardConsentDecision)action->reason;
  gboolean is_open
      = session->state == LANYARD_PICKUP_IDLE || session->state == LANYARD_PICKUP_CONFIRM;
  const LanyardConsentAnswer *answer = find_answer (session, action);
  g_autoptr (GBytes) body = NULL;
  LanyardConsentStep said;
  LanyardStep step;

  if (!is_open || answer == NULL || lanyard_consent_decision_to_string (decision) == NULL
      || g_strcmp0 (action->number, session->served.number) != 0)
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  said = (LanyardConsentStep){ answer->id, answer->version, decision };
  body = lanyard_session_make_consent_body (session, &said);
  step = (LanyardStep){
    .kind = LANYARD_RECORD_CONSENT, .accreditation = action->number, .body = body, .consent = &said
  };
  if (!lanyard_session_commit_step (session, &step))
    return;
  offer_again (session);
  lanyard_session_notify (session, LANYARD_NOTICE_CONSENT_NOTED);
}
