/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A second pair of eyes: another member of staff agrees with their own number and PIN, on the page
 * of the one who asks. Tries count as those of signing in do. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"

static void
turn_away (LanyardSession *session, gint64 locked_until_us)
{
  g_autoptr (GError) error = NULL;

  lanyard_session_notify (session, locked_until_us != 0 ? LANYARD_NOTICE_LOCKED_OUT
                                                        : LANYARD_NOTICE_WRONG_PIN);
  if (locked_until_us != 0
      && !lanyard_session_commit_plain (session, LANYARD_RECORD_LOCK_OUT, NULL, &error))
    lanyard_session_break_down (session, error);
}

static void
fail (LanyardSession *session, const GError *error)
{
  g_message ("The PIN of a second person cannot be checked: %s", error->message);
  if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_FULL)
      || g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_IO))
    lanyard_session_break_down (session, error);
  else
    lanyard_session_notify (session, LANYARD_NOTICE_SECOND_PERSON);
}

gboolean
lanyard_session_ask_second (LanyardSession *session,
                            const LanyardStaffAction *action,
                            gboolean needed,
                            char **who)
{
  g_autoptr (LanyardStaffMember) member = NULL;
  g_autoptr (GError) error = NULL;
  gint64 locked_until_us = 0;

  *who = NULL;
  if (!needed || lanyard_fault ("second-person-not-asked"))
    return TRUE;
  if (action->second_number == NULL || action->second_pin == NULL
      || g_strcmp0 (action->second_number, session->member->number) == 0)
    {
      lanyard_session_notify (session, LANYARD_NOTICE_SECOND_PERSON);
      return FALSE;
    }
  switch (lanyard_staff_check (session->parts.config->state_dir, session->parts.journal,
                               action->second_number, action->second_pin, &member, &locked_until_us,
                               &error))
    {
    case LANYARD_STAFF_WELCOME:
      *who = g_strdup (member->number);
      return TRUE;
    case LANYARD_STAFF_LOCKED:
      lanyard_session_notify (session, LANYARD_NOTICE_LOCKED_OUT);
      return FALSE;
    case LANYARD_STAFF_WRONG:
      turn_away (session, locked_until_us);
      return FALSE;
    case LANYARD_STAFF_NUMBER:
    default:
      fail (session, error);
      return FALSE;
    }
}
