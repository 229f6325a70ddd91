/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What people press, and what staff may do beyond that. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-error.h"

/* "Yes, that is me." The verdict is made again: minutes may have passed, and sync goes on. */
void
lanyard_session_confirm (LanyardSession *session)
{
  LanyardPickupInput input = LANYARD_PICKUP_INPUT_CONFIRM;
  const LanyardVerdict *verdict = &session->served.verdict;

  /* A card that is to be validated is not printed as well. */
  if ((session->state != LANYARD_PICKUP_CONFIRM && session->state != LANYARD_PICKUP_CONSENT
       && session->state != LANYARD_PICKUP_PORTRAIT)
      || session->served.card != NULL)
    return;
  lanyard_session_check_trust (session);
  if (!session->trusted || lanyard_session_open_delegation (session))
    return;
  if (!lanyard_session_decide (session))
    input = LANYARD_PICKUP_INPUT_OFFER_STAFF;
  else if (session->staff ? !lanyard_verdict_staff_may_issue (verdict)
                          : verdict->outcome != LANYARD_OUTCOME_READY)
    input = verdict->outcome == LANYARD_OUTCOME_REFUSED ? LANYARD_PICKUP_INPUT_OFFER_REFUSED
                                                        : LANYARD_PICKUP_INPUT_OFFER_STAFF;
  lanyard_session_feed (session, input);
}

static void
cancel (LanyardSession *session)
{
  if (lanyard_session_feed (session, LANYARD_PICKUP_INPUT_CANCEL))
    return;
  /* Staff had somebody open whom they may not issue to, or a page beside. */
  if (session->state != LANYARD_PICKUP_IDLE)
    return;
  lanyard_session_wipe_served (session);
  lanyard_session_close_delegation (session);
  lanyard_session_close_side (session);
}

static void
done (LanyardSession *session)
{
  if (session->state == LANYARD_PICKUP_REPORTED)
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_CAME_OUT);
  else if (session->state == LANYARD_PICKUP_ATTENTION)
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_CANCEL);
  else
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_NEXT);
}

/* Before a pickup there is nothing that would end with the call, so one record a visit must do:
 * otherwise whoever keeps pressing fills the journal. */
static void
call_staff (LanyardSession *session)
{
  if (session->state == LANYARD_PICKUP_IDLE)
    {
      if (session->called)
        return;
      session->called = TRUE;
      lanyard_session_wipe_served (session);
      lanyard_id_init_random (&session->served.pickup,
                              lanyard_clock_wall_us (session->parts.clock));
    }
  if (session->state == LANYARD_PICKUP_PORTRAIT)
    session->served.verdict
        = (LanyardVerdict){ LANYARD_OUTCOME_STAFF, 1, { LANYARD_REASON_PHOTO } };
  lanyard_session_feed (session, LANYARD_PICKUP_INPUT_CALL_STAFF);
}

/* Whether @input answers something that is not asked any more. */
static gboolean
is_stale (LanyardSession *session, LanyardInput input, guint64 question, const char *serial)
{
  switch (input)
    {
    case LANYARD_INPUT_EXTEND:
    case LANYARD_INPUT_ACTIVITY:
    case LANYARD_INPUT_SIGN_OUT:
      return FALSE;
    case LANYARD_INPUT_CONFIRM:
    case LANYARD_INPUT_CANCEL:
    case LANYARD_INPUT_DONE:
    case LANYARD_INPUT_CALL_STAFF:
    case LANYARD_INPUT_CAME_OUT:
    case LANYARD_INPUT_NOT_OUT:
    case LANYARD_INPUT_UNREADABLE:
    case LANYARD_INPUT_AGREE:
    case LANYARD_INPUT_DECLINE:
    default:
      return serial == NULL && question != session->question;
    }
}

void
lanyard_session_input (LanyardSession *session,
                       LanyardInput input,
                       guint64 question,
                       const char *serial)
{
  g_return_if_fail (session != NULL);

  if (session->broken != NULL || !session->enrolled)
    return;
  lanyard_session_touch (session);
  if (is_stale (session, input, question, serial))
    {
      g_debug ("An answer to an earlier question is dropped.");
      lanyard_session_publish (session);
      return;
    }
  switch (input)
    {
    case LANYARD_INPUT_CONFIRM:
      if (!lanyard_session_print_delegation (session))
        lanyard_session_confirm (session);
      break;
    case LANYARD_INPUT_AGREE:
      lanyard_session_say_to_consent (session, LANYARD_PICKUP_INPUT_AGREE);
      break;
    case LANYARD_INPUT_DECLINE:
      lanyard_session_say_to_consent (session, LANYARD_PICKUP_INPUT_DECLINE);
      break;
    case LANYARD_INPUT_CANCEL:
      cancel (session);
      break;
    case LANYARD_INPUT_DONE:
      done (session);
      break;
    case LANYARD_INPUT_CALL_STAFF:
      if (!lanyard_session_is_out_of_order (session))
        call_staff (session);
      break;
    case LANYARD_INPUT_CAME_OUT:
      lanyard_session_answer (session, LANYARD_PICKUP_INPUT_CAME_OUT, serial);
      break;
    case LANYARD_INPUT_NOT_OUT:
      lanyard_session_answer (session, LANYARD_PICKUP_INPUT_NOT_OUT, serial);
      break;
    case LANYARD_INPUT_UNREADABLE:
      lanyard_session_answer (session, LANYARD_PICKUP_INPUT_UNREADABLE, serial);
      break;
    case LANYARD_INPUT_SIGN_OUT:
      lanyard_session_sign_out (session);
      break;
    case LANYARD_INPUT_EXTEND:
      lanyard_session_extend (session);
      break;
    case LANYARD_INPUT_ACTIVITY:
    default:
      break;
    }
  lanyard_session_publish (session);
}

void
lanyard_session_set_language (LanyardSession *session, const char *language)
{
  g_return_if_fail (session != NULL);

  if (language != NULL
      && !g_strv_contains (lanyard_pack_get_languages (session->parts.pack), language))
    return;
  g_free (session->language);
  session->language = g_strdup (language);
  if (session->state == LANYARD_PICKUP_IDLE)
    lanyard_session_restart_clock (session, LANYARD_PICKUP_IDLE, LANYARD_PICKUP_INPUT_NEXT);
  lanyard_session_touch (session);
  lanyard_session_publish (session);
}

/* Staff take over from the page on which self-service stopped, with the same person. */
static void
take_over (LanyardSession *session)
{
  g_autofree char *number = NULL;
  g_autofree char *card = g_strdup (session->served.card);
  guint32 card_sequence = session->served.card_sequence;
  LanyardShown shown = session->served.shown;
  gboolean is_open
      = session->state == LANYARD_PICKUP_CONFIRM || session->state == LANYARD_PICKUP_DOCUMENT
        || session->state == LANYARD_PICKUP_CONSENT || session->state == LANYARD_PICKUP_PORTRAIT;

  if (!lanyard_pickup_state_is_out (session->state)
      && (lanyard_pickup_state_is_terminal (session->state) || is_open))
    number = g_strdup (session->served.number);
  if (is_open)
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_CANCEL);
  else if (lanyard_pickup_state_is_terminal (session->state))
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_NEXT);
  if (number == NULL || session->state != LANYARD_PICKUP_IDLE)
    return;
  if (card != NULL)
    lanyard_session_present_card (session, number, card, card_sequence, &shown);
  else
    lanyard_session_present (session, number, LANYARD_CREDENTIAL_SEARCH, 0, &shown);
}

static void
welcome_staff (LanyardSession *session, LanyardStaffMember *member)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&session->member, lanyard_staff_member_free);
  session->member = member;
  session->staff = TRUE;
  if (!lanyard_session_commit_plain (session, LANYARD_RECORD_SIGN_IN, NULL, &error))
    {
      session->staff = FALSE;
      lanyard_session_break_down (session, error);
      return;
    }
  session->notice = LANYARD_NOTICE_NONE;
  session->asks_badge = FALSE;
  g_clear_pointer (&session->badge_staff, g_free);
  lanyard_session_touch (session);
  if (session->state == LANYARD_PICKUP_IDLE)
    lanyard_session_restart_clock (session, LANYARD_PICKUP_IDLE, LANYARD_PICKUP_INPUT_NEXT);
  lanyard_session_take_over_delegation (session);
  take_over (session);
}

static void
turn_away (LanyardSession *session, gint64 locked_until_us)
{
  g_autoptr (GError) error = NULL;

  if (locked_until_us == 0)
    {
      lanyard_session_notify (session, LANYARD_NOTICE_WRONG_PIN);
      return;
    }
  lanyard_session_notify (session, LANYARD_NOTICE_LOCKED_OUT);
  if (!lanyard_session_commit_plain (session, LANYARD_RECORD_LOCK_OUT, NULL, &error))
    lanyard_session_break_down (session, error);
}

/* A PIN could not even be looked at. */
static void
fail_sign_in (LanyardSession *session, const GError *error)
{
  g_message ("A staff PIN cannot be checked: %s", error->message);
  if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_FULL)
      || g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_IO))
    lanyard_session_break_down (session, error);
  else
    lanyard_session_notify (session, LANYARD_NOTICE_WRONG_PIN);
}

void
lanyard_session_count_staff (LanyardSession *session)
{
  g_autoptr (GPtrArray) members = lanyard_staff_list (session->parts.config->state_dir, NULL);

  session->many_staff = members != NULL && members->len > 1;
  session->staff_badges = FALSE;
  for (guint i = 0; members != NULL && i < members->len; i++)
    if (((const LanyardStaffMember *)g_ptr_array_index (members, i))->badge != NULL)
      session->staff_badges = TRUE;
}

void
lanyard_session_sign_in_as (LanyardSession *session, const char *number, const char *pin)
{
  LanyardStaffMember *member = NULL;
  g_autoptr (GError) error = NULL;
  gint64 locked_until_us = 0;

  g_return_if_fail (session != NULL && pin != NULL);

  if (session->staff)
    return;
  /* A PIN counts only where its tries are kept; whoever types one is told so. */
  if (session->broken != NULL || !session->enrolled)
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NO_SIGN_IN);
      lanyard_session_publish (session);
      return;
    }
  lanyard_session_touch (session);
  lanyard_session_count_staff (session);
  switch (lanyard_staff_check (session->parts.config->state_dir, session->parts.journal, number,
                               pin, &member, &locked_until_us, &error))
    {
    case LANYARD_STAFF_WELCOME:
      welcome_staff (session, member);
      break;
    case LANYARD_STAFF_WRONG:
      turn_away (session, locked_until_us);
      break;
    case LANYARD_STAFF_LOCKED:
      lanyard_session_notify (session, LANYARD_NOTICE_LOCKED_OUT);
      break;
    case LANYARD_STAFF_NUMBER:
      lanyard_session_notify (session, LANYARD_NOTICE_STAFF_NUMBER);
      break;
    default:
      fail_sign_in (session, error);
      break;
    }
  lanyard_session_publish (session);
}

void
lanyard_session_sign_in (LanyardSession *session, const char *pin)
{
  lanyard_session_sign_in_as (session, NULL, pin);
}

void
lanyard_session_sign_out (LanyardSession *session)
{
  if (!session->staff)
    return;
  /* A pickup of which the badge is on its way goes on; a person who was only open is closed. */
  if (session->state == LANYARD_PICKUP_CONFIRM)
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_CANCEL);
  else if (lanyard_pickup_state_is_terminal (session->state))
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_NEXT);
  session->staff = FALSE;
  g_clear_pointer (&session->member, lanyard_staff_member_free);
  lanyard_session_count_staff (session);
  lanyard_session_close_side (session);
  if (session->state == LANYARD_PICKUP_IDLE)
    lanyard_session_wipe_served (session);
}

void
lanyard_session_open_person (LanyardSession *session, const char *number)
{
  g_return_if_fail (session != NULL && number != NULL);

  if (!session->staff || session->broken != NULL || !session->trusted)
    return;
  lanyard_session_touch (session);
  lanyard_session_close_side (session);
  lanyard_session_present (session, number, LANYARD_CREDENTIAL_SEARCH, 0, NULL);
  lanyard_session_publish (session);
}

const char *
lanyard_session_get_supervisor (LanyardSession *session)
{
  g_return_val_if_fail (session != NULL, NULL);

  return session->member != NULL && session->member->role == LANYARD_STAFF_ROLE_SUPERVISOR
             ? session->member->number
             : NULL;
}

gboolean
lanyard_session_is_staff (LanyardSession *session)
{
  g_return_val_if_fail (session != NULL, FALSE);

  return session->staff;
}
