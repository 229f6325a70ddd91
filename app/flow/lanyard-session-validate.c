/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Pre-valid cards: printed and sent out beforehand, and worth nothing until staff have looked at
 * the person's document and put a numbered seal onto the card. No print: one record, VALIDATED,
 * makes the card the badge of its accreditation, with the serial and sequence that it brings along.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-pattern.h"

static const LanyardRules *
get_rules (LanyardSession *session)
{
  return lanyard_pack_get_rules (session->parts.pack);
}

gboolean
lanyard_session_is_card (LanyardSession *session, const LanyardClaims *claims)
{
  return claims->kind == LANYARD_CREDENTIAL_PRE_VALID && claims->serial != NULL
         && get_rules (session)->validation.enabled;
}

static gboolean
is_open (LanyardSession *session)
{
  return session->staff && session->state == LANYARD_PICKUP_CONFIRM && session->served.card != NULL;
}

gboolean
lanyard_session_may_validate (LanyardSession *session)
{
  const LanyardServed *served = &session->served;

  return is_open (session) && !served->card_is_old
         && lanyard_verdict_staff_may_validate (&served->verdict, get_rules (session),
                                                served->shown.verdict);
}

/* A seal has its number as a code of bars, too. It is none of the event's other codes: those are
 * signed, or have a check character that a seal's pattern rarely meets. */
gboolean
lanyard_session_take_seal (LanyardSession *session, const LanyardScan *scan)
{
  const LanyardValidationRules *rules = &get_rules (session)->validation;
  g_autofree char *seal = NULL;
  char *text;

  /* Without a pattern any code might be one: such seals are typed. */
  if (!is_open (session) || rules->seal == LANYARD_SEAL_NONE || rules->seal_pattern == NULL)
    return FALSE;
  text = lanyard_scan_dup_text (scan);
  seal = text != NULL ? lanyard_pattern_normalise (rules->seal_pattern, text) : NULL;
  lanyard_session_free_text (text);
  if (seal == NULL)
    return FALSE;
  lanyard_session_touch (session);
  g_free (session->served.seal);
  session->served.seal = g_steal_pointer (&seal);
  return TRUE;
}

void
lanyard_session_fill_card (LanyardSession *session, LanyardView *view)
{
  const LanyardServed *served = &session->served;

  if (served->card == NULL || !session->staff)
    return;
  view->card = g_strdup (served->card);
  view->seal = g_strdup (served->seal);
  view->document = served->shown.verdict;
  view->can_validate = lanyard_session_may_validate (session);
  view->can_issue = FALSE;
}

/* "P" or "P:UTO": what may stand in a record, and nothing that tells one document from another. */
static gboolean
parse_document (const char *text, LanyardShown *shown)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 3);
  const char *issuer = parts[0] != NULL ? parts[1] : NULL;

  if (parts[0] == NULL || (issuer != NULL && parts[2] != NULL) || *parts[0] == '\0'
      || strlen (parts[0]) >= sizeof shown->type)
    return FALSE;
  if (issuer != NULL && (strlen (issuer) < 1 || strlen (issuer) >= sizeof shown->issuer))
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isupper (*c) && *c != ':' && *c != '-')
      return FALSE;
  *shown = (LanyardShown){ .verdict = LANYARD_DOCUMENT_AGREES, .by = LANYARD_DOCUMENT_BY_STAFF };
  g_strlcpy (shown->type, parts[0], sizeof shown->type);
  g_strlcpy (shown->issuer, issuer != NULL ? issuer : "", sizeof shown->issuer);
  return TRUE;
}

void
lanyard_session_act_document_seen (LanyardSession *session, const LanyardStaffAction *action)
{
  LanyardShown shown;

  if (!is_open (session) || action->text == NULL || !parse_document (action->text, &shown))
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  session->served.shown = shown;
  session->notice = LANYARD_NOTICE_NONE;
  lanyard_session_decide (session);
}

/* Takes the seal that staff typed, or the one that was scanned. Returns: whether the card may go on
 * with it */
static gboolean
choose_seal (LanyardSession *session, const char *typed)
{
  const LanyardValidationRules *rules = &get_rules (session)->validation;
  LanyardServed *served = &session->served;
  g_autofree char *on_card = NULL;

  if (typed != NULL && *typed != '\0')
    {
      g_free (served->seal);
      served->seal = lanyard_pattern_normalise (rules->seal_pattern, typed);
      if (served->seal == NULL)
        {
          lanyard_session_notify (session, LANYARD_NOTICE_SEAL_WRONG);
          return FALSE;
        }
    }
  if (rules->seal == LANYARD_SEAL_NONE)
    g_clear_pointer (&served->seal, g_free);
  if (served->seal == NULL)
    {
      if (rules->seal == LANYARD_SEAL_REQUIRED)
        lanyard_session_notify (session, LANYARD_NOTICE_SEAL_MISSING);
      return rules->seal != LANYARD_SEAL_REQUIRED;
    }
  on_card = lanyard_journal_dup_sealed (session->parts.journal, served->seal);
  if (on_card == NULL)
    return TRUE;
  g_clear_pointer (&served->seal, g_free);
  lanyard_session_notify (session, LANYARD_NOTICE_SEAL_USED);
  return FALSE;
}

void
lanyard_session_act_validate (LanyardSession *session, const LanyardStaffAction *action)
{
  const LanyardServed *served = &session->served;

  if (!is_open (session))
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  /* Made anew: minutes may have passed, and sync goes on. */
  if (!lanyard_session_decide (session))
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_OFFER_STAFF);
  else if (served->verdict.outcome == LANYARD_OUTCOME_REFUSED)
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_OFFER_REFUSED);
  else if (!lanyard_session_may_validate (session))
    lanyard_session_notify (session, served->shown.verdict == LANYARD_DOCUMENT_NONE
                                         ? LANYARD_NOTICE_DOCUMENT_FIRST
                                         : LANYARD_NOTICE_NOT_POSSIBLE);
  else if (choose_seal (session, action->serial))
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_VALIDATE);
}

/* The seal went onto the wrong card, or broke. The card is void then, and the person gets a badge.
 */
void
lanyard_session_act_undo_validation (LanyardSession *session, const LanyardStaffAction *action)
{
  g_autoptr (LanyardPickup) pickup
      = action->serial != NULL
            ? lanyard_journal_find_serial (session->parts.journal, action->serial)
            : NULL;

  if (pickup == NULL || pickup->state != LANYARD_PICKUP_VALIDATED)
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  session->void_reason = LANYARD_VOID_VALIDATION_UNDONE;
  if (!lanyard_id_equal (&pickup->id, &session->served.pickup))
    lanyard_session_feed_other (session, LANYARD_PICKUP_INPUT_WITHDRAW, pickup);
  else if (lanyard_session_feed (session, LANYARD_PICKUP_INPUT_WITHDRAW))
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_NEXT);
  session->void_reason = 0;
}
