/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a scan means here and now: somebody presents themselves, or shows the badge that came out.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-presented.h"

static gint64
now_s (LanyardSession *session)
{
  return lanyard_clock_wall_us (session->parts.clock) / G_USEC_PER_SEC;
}

/* Whether somebody is served whom another code must not push away. */
gboolean
lanyard_session_is_busy (LanyardSession *session)
{
  return lanyard_session_is_delegation (session) || session->state == LANYARD_PICKUP_RESERVED
         || session->state == LANYARD_PICKUP_PRINTING || session->state == LANYARD_PICKUP_REPORTED
         || session->state == LANYARD_PICKUP_DOCUMENT || session->state == LANYARD_PICKUP_CONSENT
         || session->state == LANYARD_PICKUP_PORTRAIT
         || (session->state == LANYARD_PICKUP_CONFIRM && !session->staff);
}

static gboolean
is_served (LanyardSession *session, const char *number)
{
  if (lanyard_session_is_delegation (session) && g_strcmp0 (session->team->number, number) == 0)
    return TRUE;
  return session->state != LANYARD_PICKUP_IDLE && g_strcmp0 (session->served.number, number) == 0;
}

/* "pt-BR" of an event that has "pt": the last part is left out until one fits (RFC 4647 §3.4). */
static char *
dup_known_language (LanyardSession *session, const char *language)
{
  const char *const *known = lanyard_pack_get_languages (session->parts.pack);
  g_autofree char *tag = g_strdup (language);

  while (!g_strv_contains (known, tag))
    {
      char *last = strrchr (tag, '-');

      if (last == NULL)
        return NULL;
      *last = '\0';
    }
  return g_steal_pointer (&tag);
}

/* The person's own language, unless somebody has chosen one. */
static void
take_language (LanyardSession *session)
{
  const LanyardEntry *entry = session->served.entry;

  if (session->language == NULL && !session->staff && entry != NULL && entry->language != NULL)
    session->language = dup_known_language (session, entry->language);
}

static LanyardPickupInput
offer_for (LanyardSession *session)
{
  const LanyardVerdict *verdict = &session->served.verdict;

  /* Who has a badge may have come for those of others. */
  if (verdict->outcome == LANYARD_OUTCOME_READY || lanyard_session_may_collect (session))
    return LANYARD_PICKUP_INPUT_OFFER_READY;
  if (verdict->outcome == LANYARD_OUTCOME_REFUSED)
    return LANYARD_PICKUP_INPUT_OFFER_REFUSED;
  /* Asked for once: a document that was shown brings another reason. */
  if (lanyard_verdict_wants_document (verdict) && session->state == LANYARD_PICKUP_IDLE)
    return LANYARD_PICKUP_INPUT_OFFER_DOCUMENT;
  return LANYARD_PICKUP_INPUT_OFFER_STAFF;
}

/* Staff who look somebody up do not begin a pickup unless they may issue: looking leaves no record.
 */
static void
offer_to_staff (LanyardSession *session)
{
  LanyardServed *served = &session->served;

  if (served->entry != NULL && served->verdict.outcome != 0
      && lanyard_verdict_staff_may_issue (&served->verdict))
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_OFFER_READY);
  else
    lanyard_session_touch (session);
}

/* @readable: what lanyard_session_decide() said */
void
lanyard_session_offer (LanyardSession *session, gboolean readable)
{
  if (session->staff)
    offer_to_staff (session);
  else
    lanyard_session_feed (session,
                          readable ? offer_for (session) : LANYARD_PICKUP_INPUT_OFFER_STAFF);
}

static void
serve (LanyardSession *session,
       const char *number,
       LanyardCredentialKind source,
       guint32 sequence,
       const char *card,
       const LanyardShown *shown)
{
  LanyardServed *served = &session->served;
  gboolean readable;

  lanyard_session_wipe_served (session);
  session->called = FALSE;
  lanyard_id_init_random (&served->pickup, lanyard_clock_wall_us (session->parts.clock));
  served->number = g_strdup (number);
  served->source = source;
  served->presented_sequence = sequence;
  served->presented_serial = g_strdup (session->showing);
  served->card = g_strdup (card);
  served->card_sequence = card != NULL ? sequence : 0;
  if (shown != NULL)
    served->shown = *shown;
  readable = lanyard_session_decide (session);
  take_language (session);
  lanyard_session_offer (session, readable);
}

/* Whether @number would be looked up if it was presented now. */
static gboolean
would_serve (LanyardSession *session, const char *number)
{
  return !lanyard_session_is_busy (session) && (!is_served (session, number) || session->staff)
         && (session->parts.config->mode != LANYARD_MODE_STAFF || session->staff)
         && !lanyard_session_is_out_of_order (session);
}

/* Somebody shows something that names an accreditation. @card: (nullable): a card that is to be
 * validated */
static void
present (LanyardSession *session,
         const char *number,
         LanyardCredentialKind source,
         guint32 sequence,
         const char *card,
         const LanyardShown *shown)
{
  if (lanyard_session_is_busy (session))
    {
      /* The camera still sees the code of the person who is being served. */
      if (!is_served (session, number))
        lanyard_session_notify (session, LANYARD_NOTICE_BUSY);
      return;
    }
  if (is_served (session, number) && !session->staff)
    return;
  /* A staff desk serves nobody on its own. */
  if (session->parts.config->mode == LANYARD_MODE_STAFF && !session->staff)
    return;
  if (session->state == LANYARD_PICKUP_CONFIRM)
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_CANCEL);
  /* Behind an end there may be a question that waits: it goes on waiting. */
  for (guint i = 0; i < 2 && session->state != LANYARD_PICKUP_IDLE; i++)
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_NEXT);
  if (session->state == LANYARD_PICKUP_IDLE && !lanyard_session_is_out_of_order (session))
    serve (session, number, source, sequence, card, shown);
}

void
lanyard_session_present (LanyardSession *session,
                         const char *number,
                         LanyardCredentialKind source,
                         guint32 sequence,
                         const LanyardShown *shown)
{
  present (session, number, source, sequence, NULL, shown);
}

void
lanyard_session_present_card (LanyardSession *session,
                              const char *number,
                              const char *serial,
                              guint32 sequence,
                              const LanyardShown *shown)
{
  present (session, number, LANYARD_CREDENTIAL_PRE_VALID, sequence, serial, shown);
}

/* Many documents have a code of their own beside what says whose they are: it is no answer to the
 * question for a document, and said to be none only once. */
static void
turn_no_document_away (LanyardSession *session)
{
  if (!session->served.told_no_document)
    lanyard_session_notify (session, LANYARD_NOTICE_NO_DOCUMENT);
  session->served.told_no_document = TRUE;
}

/* However it came: a sheet of number barcodes held to the camera asks as much as somebody who types
 * them. */
static void
present_number (LanyardSession *session, const char *number)
{
  gboolean looks_up = would_serve (session, number);

  /* The number of a card may pass for one of ours. */
  if (session->state == LANYARD_PICKUP_DOCUMENT && !is_served (session, number))
    {
      turn_no_document_away (session);
      return;
    }
  if (looks_up && !lanyard_session_may_ask_by_number (session))
    return;
  lanyard_session_present (session, number, LANYARD_CREDENTIAL_NUMBER, 0, NULL);
  if (looks_up && is_served (session, number))
    session->served.by_number = !session->staff;
}

/* This desk knows at once what it voided itself; the negative list brings the rest. */
static void
turn_void_away (LanyardSession *session)
{
  if (session->state == LANYARD_PICKUP_REPORTED)
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_BADGE_WRONG);
  lanyard_session_notify (session, LANYARD_NOTICE_VOID_BADGE);
}

/* Who collects for others stands there with badges in their hands: one of those is a slip. */
static gboolean
is_in_their_hand (LanyardSession *session, const char *number)
{
  const LanyardTeamMember *member;

  if (!lanyard_session_is_delegation (session) || g_strcmp0 (session->served.number, number) == 0)
    return FALSE;
  member = lanyard_team_find (session->team, number);
  return g_strcmp0 (session->team->number, number) == 0
         || (member != NULL && member->state == LANYARD_TEAM_DONE);
}

/* A badge whose signature holds. It may be the one that has just come out. */
static void
scan_badge (LanyardSession *session, const LanyardClaims *claims)
{
  LanyardPickup *question = lanyard_session_find_question (session, claims->serial);

  if (lanyard_session_is_void (session, NULL, claims->number, claims->serial, claims->sequence)
      && !lanyard_fault ("void-badge-taken"))
    {
      turn_void_away (session);
      return;
    }
  if (session->served.serial != NULL && g_strcmp0 (session->served.serial, claims->serial) == 0)
    {
      lanyard_session_feed (session, LANYARD_PICKUP_INPUT_BADGE_RIGHT);
      return;
    }
  if (session->state == LANYARD_PICKUP_REPORTED)
    {
      if (!is_in_their_hand (session, claims->number))
        lanyard_session_feed (session, LANYARD_PICKUP_INPUT_BADGE_WRONG);
      lanyard_session_notify (session, LANYARD_NOTICE_WRONG_BADGE);
      return;
    }
  /* The badge itself answers the question whether it came out, whoever shows it. */
  if (question != NULL
      && (!lanyard_session_is_busy (session) || session->state == LANYARD_PICKUP_IDLE))
    {
      lanyard_session_adopt (session, question);
      lanyard_session_feed (session, LANYARD_PICKUP_INPUT_BADGE_RIGHT);
      return;
    }
  session->showing = claims->serial;
  lanyard_session_present (session, claims->number, LANYARD_CREDENTIAL_BADGE, claims->sequence,
                           NULL);
  session->showing = NULL;
}

static LanyardNotice
notice_for (const GError *error)
{
  if (error->domain != LANYARD_ERROR)
    return LANYARD_NOTICE_FOREIGN_CODE;
  switch (error->code)
    {
    case LANYARD_ERROR_REFUSED:
      return LANYARD_NOTICE_OTHER_EVENT;
    case LANYARD_ERROR_EXPIRED:
      return LANYARD_NOTICE_EXPIRED_CODE;
    case LANYARD_ERROR_REVOKED:
      return LANYARD_NOTICE_VOID_BADGE;
    case LANYARD_ERROR_SIGNATURE:
    case LANYARD_ERROR_UNTRUSTED:
      return LANYARD_NOTICE_BAD_SIGNATURE;
    default:
      return LANYARD_NOTICE_FOREIGN_CODE;
    }
}

/* Shop codes on clothes must not disturb somebody who reads a screen. */
static void
scan_foreign (LanyardSession *session, const LanyardScan *scan)
{
  if (scan->source == LANYARD_SCAN_SOURCE_TYPED)
    lanyard_session_notify (session, LANYARD_NOTICE_TYPING_ERROR);
  else if (session->state == LANYARD_PICKUP_DOCUMENT)
    turn_no_document_away (session);
  else if (!lanyard_session_is_busy (session) || session->state == LANYARD_PICKUP_REPORTED)
    lanyard_session_notify (session, LANYARD_NOTICE_FOREIGN_CODE);
}

static void
note_tone (LanyardSession *session, LanyardTone tone)
{
  session->tone = tone;
  session->tone_generation++;
}

/* Returns: whether it was an answer to what is on the screen, and begins nothing */
static gboolean
take_scan (LanyardSession *session, const LanyardScan *scan)
{
  g_autoptr (LanyardPresented) presented = NULL;
  LanyardPresentedContext context = {
    .event = lanyard_pack_get_event (session->parts.pack),
    .trust = session->trust,
    .negative = session->negative,
    .now_s = now_s (session),
    .symbologies = lanyard_pack_get_rules (session->parts.pack)->symbologies,
  };

  if (lanyard_session_check (session, scan) || lanyard_session_take_seal (session, scan)
      || lanyard_session_take_pass (session, scan))
    return TRUE;
  presented = lanyard_presented_identify (scan, &context);
  if (lanyard_session_take_staff_badge (session, presented))
    return TRUE;
  switch (presented->kind)
    {
    case LANYARD_PRESENTED_CREDENTIAL:
      if (presented->claims->kind == LANYARD_CREDENTIAL_BADGE)
        scan_badge (session, presented->claims);
      else if (lanyard_session_is_card (session, presented->claims))
        lanyard_session_present_card (session, presented->number, presented->claims->serial,
                                      presented->claims->sequence, NULL);
      else
        lanyard_session_present (session, presented->number, presented->claims->kind, 0, NULL);
      break;
    case LANYARD_PRESENTED_NUMBER:
      present_number (session, presented->number);
      break;
    case LANYARD_PRESENTED_DOCUMENT:
      lanyard_session_show_document (session, presented->document, scan->source);
      break;
    case LANYARD_PRESENTED_UNCLEAR:
      if (session->state == LANYARD_PICKUP_DOCUMENT || !lanyard_session_is_busy (session))
        lanyard_session_notify (session, LANYARD_NOTICE_DOCUMENT_UNCLEAR);
      break;
    case LANYARD_PRESENTED_REJECTED:
      lanyard_session_notify (session, notice_for (presented->error));
      break;
    case LANYARD_PRESENTED_FOREIGN:
    default:
      scan_foreign (session, scan);
      break;
    }
  return FALSE;
}

void
lanyard_session_scan (LanyardSession *session, const LanyardScan *scan)
{
  guint64 notices;
  LanyardPickupState state;
  LanyardId pickup;
  gboolean taken;

  g_return_if_fail (session != NULL && scan != NULL);

  if (session->broken != NULL || !session->enrolled || !session->trusted)
    return;
  notices = session->notice_generation;
  state = session->state;
  pickup = session->served.pickup;
  taken = take_scan (session, scan);
  /* The camera still sees what somebody has shown: once is enough. */
  if (session->notice_generation != notices)
    note_tone (session, LANYARD_TONE_TURNED_AWAY);
  else if (taken || session->state != state
           || memcmp (&pickup, &session->served.pickup, sizeof pickup) != 0)
    note_tone (session, LANYARD_TONE_READ);
  lanyard_session_publish (session);
}

void
lanyard_session_type_number (LanyardSession *session, const char *text)
{
  g_autofree char *upper = NULL;
  g_autoptr (LanyardScan) scan = NULL;

  g_return_if_fail (session != NULL && text != NULL);

  if (strlen (text) > LANYARD_SCAN_MAX_BYTES)
    return;
  lanyard_session_touch (session);
  upper = g_ascii_strup (text, -1);
  g_strstrip (upper);
  scan
      = lanyard_scan_new (LANYARD_SYMBOLOGY_NONE, LANYARD_SCAN_SOURCE_TYPED, upper, strlen (upper));
  /* It may be the machine readable zone of a passport. */
  memset (upper, 0, strlen (upper));
  lanyard_session_scan (session, scan);
}
