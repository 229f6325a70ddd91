/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Numbers that nobody has signed: typed, or in a barcode before a camera or scanner. A number
 * proves nothing, and "is this you?" answers it with a name and a photo: whoever types one number
 * after the other, or holds up a sheet of barcodes, must not leaf through the people of an event.
 * The pack may leave numbers to staff. Where everybody may use them, each try counts before it is
 * looked up, on disk, and only "yes, that is me" takes the tries back.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-error.h"

/* Of the lock-out counter. */
#define SUBJECT "typed-number"

/* One record a lock-out, however often somebody tries meanwhile. */
static void
turn_away (LanyardSession *session, gint64 locked_until_us)
{
  g_autoptr (GError) error = NULL;

  lanyard_session_notify (session, LANYARD_NOTICE_TYPING_LOCKED);
  if (locked_until_us == session->typing_locked_until_us)
    return;
  session->typing_locked_until_us = locked_until_us;
  if (!lanyard_session_commit_plain (session, LANYARD_RECORD_TYPING_LOCKED, NULL, &error))
    lanyard_session_break_down (session, error);
}

/* Whether a number may be looked up now; tells the person when not. Counts a try. */
gboolean
lanyard_session_may_ask_by_number (LanyardSession *session)
{
  const LanyardRules *rules = lanyard_pack_get_rules (session->parts.pack);
  gint64 locked_until_us = 0;
  g_autoptr (GError) error = NULL;

  if (session->staff)
    return TRUE;
  if (rules->typed_number == LANYARD_TYPED_NUMBER_STAFF_ONLY)
    {
      lanyard_session_notify (session, LANYARD_NOTICE_TYPING_OFF);
      return FALSE;
    }
  if (lanyard_journal_lockout_begin_try (session->parts.journal, SUBJECT, &locked_until_us, &error))
    return TRUE;
  if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED))
    turn_away (session, locked_until_us);
  else
    lanyard_session_break_down (session, error);
  return FALSE;
}

/* "Yes, that is me", and the badge is reserved. When the tries cannot be taken back they stay,
 * which locks somebody out too early and never too late. */
void
lanyard_session_forgive_typing (LanyardSession *session)
{
  g_autoptr (GError) error = NULL;

  if (!lanyard_journal_lockout_reset (session->parts.journal, SUBJECT, &error))
    g_message ("Typed numbers go on being counted: %s", error->message);
}
