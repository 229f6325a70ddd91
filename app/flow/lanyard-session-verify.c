/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The page on which staff check a badge: what is scanned there begins no pickup and leaves no
 * record. It rests on what the desk has, so it works without a line; how old the list of void
 * badges is stands beside every answer.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-presented.h"

static gint64
now_s (LanyardSession *session)
{
  return lanyard_clock_wall_us (session->parts.clock) / G_USEC_PER_SEC;
}

static void
fill_holder (LanyardSession *session, LanyardChecked *checked, const char *number)
{
  checked->entry
      = lanyard_directory_lookup (session->parts.directory, LANYARD_LOOKUP_NUMBER, number, NULL);
  if (checked->entry != NULL && checked->entry->photo_hash != NULL)
    checked->photo
        = lanyard_directory_dup_photo (session->parts.directory, checked->entry->photo_hash, NULL);
}

/* What journal and directory know that the badge cannot. */
static void
look_around (LanyardSession *session, LanyardChecked *checked, const LanyardClaims *claims)
{
  const LanyardEntry *entry = checked->entry;
  g_autoptr (LanyardPickup) pickup
      = claims->serial != NULL
            ? lanyard_journal_find_serial (session->parts.journal, claims->serial)
            : NULL;
  gboolean known_elsewhere = entry != NULL && claims->serial != NULL
                             && entry->issued.open_badges > 0
                             && g_strcmp0 (entry->issued.last_serial, claims->serial) == 0;

  if (pickup != NULL)
    {
      g_autofree char *pool = lanyard_journal_dup_pool_of (session->parts.journal, claims->number);

      checked->is_pass = pool != NULL;
      checked->void_here
          = pickup->state == LANYARD_PICKUP_VOID || pickup->state == LANYARD_PICKUP_RETURNED;
      checked->seal = lanyard_journal_dup_seal (session->parts.journal, claims->serial);
    }
  /* Also one that another desk made. */
  checked->void_here |= claims->serial != NULL
                        && lanyard_session_is_void (session, NULL, claims->number, claims->serial,
                                                    claims->sequence);
  checked->not_validated = claims->kind == LANYARD_CREDENTIAL_PRE_VALID && !known_elsewhere
                           && (pickup == NULL || pickup->state != LANYARD_PICKUP_VALIDATED);
  if (checked->answer != LANYARD_VERIFICATION_GENUINE)
    return;
  if (checked->void_here
      || (entry != NULL
          && (entry->status != LANYARD_STATUS_ACTIVE
              || (claims->sequence != 0 && claims->sequence < entry->lowest_valid_sequence))))
    checked->answer = LANYARD_VERIFICATION_VOID;
}

static LanyardChecked *
check_code (LanyardSession *session, const char *text)
{
  LanyardChecked *checked = lanyard_checked_new ();
  const LanyardClaims *claims;

  checked->verification
      = lanyard_verification_new (text, lanyard_pack_get_event (session->parts.pack),
                                  session->trust, session->negative, now_s (session));
  checked->answer = checked->verification->answer;
  claims = checked->verification->claims;
  /* Numbers of another event are not ours to look up. */
  if (claims == NULL || checked->answer == LANYARD_VERIFICATION_OTHER_EVENT)
    return checked;
  fill_holder (session, checked, claims->number);
  look_around (session, checked, claims);
  return checked;
}

/* What is no code at all may be the number beside it, which proves nothing. */
static LanyardChecked *
check_text (LanyardSession *session, const LanyardScan *scan)
{
  LanyardChecked *checked = lanyard_checked_new ();
  char *text = lanyard_scan_dup_text (scan);
  g_autofree char *number = text != NULL ? lanyard_presented_normalise_number (text) : NULL;

  lanyard_session_free_text (text);
  checked->is_number = number != NULL;
  return checked;
}

gboolean
lanyard_session_check (LanyardSession *session, const LanyardScan *scan)
{
  g_autofree char *text = NULL;

  if (session->side != LANYARD_PAGE_VERIFY || !session->staff
      || session->state != LANYARD_PICKUP_IDLE)
    return FALSE;
  lanyard_session_touch (session);
  text = lanyard_presented_dup_credential (scan);
  lanyard_checked_free (session->checked);
  session->checked = text != NULL ? check_code (session, text) : check_text (session, scan);
  if (session->negative != NULL)
    session->checked->list_age_s
        = MAX (now_s (session) - lanyard_negative_list_get_issued_s (session->negative), 0);
  session->checked->list_is_old = lanyard_session_is_negative_list_old (session);
  session->notice = LANYARD_NOTICE_NONE;
  return TRUE;
}

gboolean
lanyard_session_open_side (LanyardSession *session, LanyardPage side)
{
  if (lanyard_session_is_busy (session))
    {
      lanyard_session_notify (session, LANYARD_NOTICE_BUSY);
      return FALSE;
    }
  if (session->state == LANYARD_PICKUP_CONFIRM)
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_CANCEL);
  for (guint i = 0; i < 2 && session->state != LANYARD_PICKUP_IDLE; i++)
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_NEXT);
  if (session->state != LANYARD_PICKUP_IDLE)
    return FALSE;
  lanyard_session_wipe_served (session);
  lanyard_session_close_side (session);
  session->side = side;
  session->notice = LANYARD_NOTICE_NONE;
  return TRUE;
}

void
lanyard_session_close_side (LanyardSession *session)
{
  session->side = LANYARD_PAGE_WELCOME;
  g_clear_pointer (&session->checked, lanyard_checked_free);
  g_clear_pointer (&session->shown_pass, lanyard_claims_free);
  g_clear_pointer (&session->shown_number, g_free);
  g_clear_pointer (&session->team, lanyard_team_free);
}

void
lanyard_session_act_open_verify (LanyardSession *session, const LanyardStaffAction *action)
{
  lanyard_session_open_side (session, LANYARD_PAGE_VERIFY);
}
