/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Badges that are none any more, and the ones that take their place.
 *
 * A reissue is one transaction: the old serial is VOIDED with its reason, the new one RESERVED with
 * a higher sequence and the name of the one that it replaces. From then on it is a print as any
 * other. The old badge may be this desk's own, or one of another desk that the directory told of or
 * that somebody shows.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"

/* The badge that is out as far as anybody here knows. Returns: (transfer full) (nullable) */
static char *
find_known (LanyardSession *session, const LanyardPickup *own, guint32 *sequence)
{
  const LanyardEntry *entry = session->served.entry;
  gboolean of_hub = entry != NULL && entry->issued.open_badges > 0
                    && entry->issued.last_serial != NULL
                    && !lanyard_journal_is_void (session->parts.journal, entry->issued.last_serial);

  if (own != NULL && (!of_hub || own->sequence >= entry->issued.last_sequence))
    {
      *sequence = own->sequence;
      return g_strdup (own->serial);
    }
  if (!of_hub)
    return NULL;
  /* Not last_sequence: a later badge than this one may have been voided. */
  *sequence = 0;
  return g_strdup (session->served.decided != NULL ? session->served.decided
                                                   : entry->issued.last_serial);
}

void
lanyard_old_badge_clear (LanyardOldBadge *old)
{
  g_free (old->serial);
  *old = (LanyardOldBadge){ 0 };
}

void
lanyard_session_find_old_badge (LanyardSession *session, const LanyardIssued *issued)
{
  LanyardServed *served = &session->served;
  g_autoptr (LanyardPickup) own = NULL;
  g_autoptr (LanyardPickup) pickup = NULL;
  g_autofree char *known = NULL;
  guint32 sequence = 0;

  lanyard_old_badge_clear (&served->old);
  if (!session->staff)
    return;
  own = lanyard_journal_find_issued (session->parts.journal, served->number);
  if (own != NULL
      && lanyard_session_is_void (session, served->entry, served->number, own->serial,
                                  own->sequence))
    g_clear_pointer (&own, lanyard_pickup_free);
  known = find_known (session, own, &sequence);
  served->old.only = issued->open_badges == 1 && !issued->disputed;
  if (served->presented_serial != NULL && served->entry != NULL
      && served->presented_sequence >= served->entry->lowest_valid_sequence)
    {
      served->old.only &= known == NULL || g_str_equal (known, served->presented_serial);
      served->old.serial = g_strdup (served->presented_serial);
      served->old.sequence = served->presented_sequence;
    }
  else
    {
      served->old.serial = g_steal_pointer (&known);
      served->old.sequence = sequence;
    }
  if (served->old.serial == NULL)
    return;
  pickup = lanyard_journal_find_serial (session->parts.journal, served->old.serial);
  if (pickup == NULL)
    return;
  served->old.pickup = pickup->id;
  served->old.state = pickup->state;
  served->old.sequence = pickup->sequence;
}

gboolean
lanyard_session_may_void (LanyardSession *session)
{
  const LanyardOldBadge *old = &session->served.old;

  return session->staff && old->serial != NULL
         && (session->state == LANYARD_PICKUP_IDLE || session->state == LANYARD_PICKUP_CONFIRM)
         && (lanyard_id_is_zero (&old->pickup) || lanyard_pickup_state_is_out (old->state));
}

gboolean
lanyard_session_may_reissue (LanyardSession *session)
{
  return lanyard_session_may_void (session) && session->state == LANYARD_PICKUP_IDLE
         && session->trusted && session->served.entry != NULL && session->served.old.only
         && lanyard_verdict_staff_may_reissue (&session->served.verdict);
}

/* Whether the action is about the person and the badge that are on the page now. */
static gboolean
is_about_served (LanyardSession *session, const LanyardStaffAction *action)
{
  return session->served.number != NULL && session->served.old.serial != NULL
         && g_strcmp0 (action->number, session->served.number) == 0
         && g_strcmp0 (action->serial, session->served.old.serial) == 0;
}

static gboolean
agree (LanyardSession *session, const LanyardStaffAction *action)
{
  const LanyardEntry *entry = session->served.entry;
  gboolean needed = lanyard_rules_need_second_person (lanyard_pack_get_rules (session->parts.pack),
                                                      entry != NULL ? entry->category : NULL,
                                                      (LanyardVoidReason)action->reason);

  return lanyard_session_ask_second (session, action, needed, &session->second_staff);
}

static void
end_act (LanyardSession *session)
{
  session->void_reason = 0;
  g_clear_pointer (&session->second_staff, g_free);
}

void
lanyard_session_act_reissue (LanyardSession *session, const LanyardStaffAction *action)
{
  LanyardVoidReason reason = (LanyardVoidReason)action->reason;

  lanyard_session_check_trust (session);
  /* The verdict is made again: minutes may have passed, and sync goes on. */
  if (!lanyard_void_reason_allows_reissue (reason) || session->state != LANYARD_PICKUP_IDLE
      || session->served.number == NULL || !lanyard_session_decide (session)
      || !is_about_served (session, action) || !lanyard_session_may_reissue (session))
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  if (agree (session, action))
    {
      session->void_reason = reason;
      if (lanyard_session_feed (session, LANYARD_PICKUP_INPUT_OFFER_READY))
        lanyard_session_feed (session, LANYARD_PICKUP_INPUT_CONFIRM);
    }
  end_act (session);
}

void
lanyard_session_note_void (LanyardSession *session)
{
  const LanyardOldBadge *old = &session->served.old;
  LanyardVenueBadge badge = {
    .number = session->served.number,
    .serial = old->serial,
    .sequence = old->sequence,
    .is_void = TRUE,
  };

  if (lanyard_id_is_zero (&old->pickup))
    lanyard_directory_note_badge (session->parts.directory, &badge);
}

/* A badge of another desk: a record alone. */
static gboolean
void_another (LanyardSession *session)
{
  const LanyardOldBadge *old = &session->served.old;
  LanyardPickupStep step = { .record = LANYARD_RECORD_VOIDED, .void_reason = session->void_reason };
  LanyardSubject subject = { .serial = old->serial, .sequence = old->sequence };
  g_autoptr (GBytes) body = lanyard_session_make_body (session, &step, &subject);
  g_autoptr (GError) error = NULL;
  LanyardStep durable = {
    .kind = LANYARD_RECORD_VOIDED,
    .accreditation = session->served.number,
    .serial = old->serial,
    .body = body,
  };

  if (lanyard_journal_commit (session->parts.journal, &durable, NULL, &error))
    {
      lanyard_session_note_void (session);
      if (session->link != NULL)
        lanyard_link_nudge (session->link);
      return TRUE;
    }
  /* Void already: nothing is wrong with the journal. */
  if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_STATE))
    lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
  else
    lanyard_session_break_down (session, error);
  return FALSE;
}

/* One of this desk's own pickups: the one on the page, a question, or one of long ago. */
static gboolean
void_own (LanyardSession *session, const LanyardPickup *pickup)
{
  if (lanyard_id_equal (&pickup->id, &session->served.pickup)
      && session->state != LANYARD_PICKUP_IDLE)
    return lanyard_session_feed (session, LANYARD_PICKUP_INPUT_WITHDRAW);
  return lanyard_session_feed_other (session, LANYARD_PICKUP_INPUT_WITHDRAW, pickup);
}

void
lanyard_session_show_again (LanyardSession *session, const char *number)
{
  g_autofree char *copy = g_strdup (number);

  if (session->broken == NULL && !lanyard_session_is_busy (session)
      && g_strcmp0 (session->served.number, number) == 0)
    lanyard_session_present (session, copy, LANYARD_CREDENTIAL_SEARCH, 0, NULL);
}

static gboolean
do_void (LanyardSession *session, const LanyardStaffAction *action)
{
  g_autoptr (LanyardPickup) pickup = NULL;

  if (action->serial != NULL)
    pickup = lanyard_journal_find_serial (session->parts.journal, action->serial);
  if (pickup != NULL && g_strcmp0 (pickup->accreditation, action->number) == 0)
    return void_own (session, pickup);
  return pickup == NULL && is_about_served (session, action) && lanyard_session_may_void (session)
         && void_another (session);
}

void
lanyard_session_act_void (LanyardSession *session, const LanyardStaffAction *action)
{
  gboolean done;

  if (!lanyard_void_reason_is_of_staff ((LanyardVoidReason)action->reason)
      || !agree (session, action))
    {
      if (!lanyard_void_reason_is_of_staff ((LanyardVoidReason)action->reason))
        lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      end_act (session);
      return;
    }
  session->void_reason = (LanyardVoidReason)action->reason;
  done = do_void (session, action);
  end_act (session);
  if (done)
    lanyard_session_show_again (session, action->number);
  if (session->broken == NULL)
    lanyard_session_notify (session,
                            done ? LANYARD_NOTICE_BADGE_VOIDED : LANYARD_NOTICE_NOT_POSSIBLE);
}
