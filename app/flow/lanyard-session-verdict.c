/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Gathers all that is known of a person, from the directory and from the journal, and decides. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-error.h"

/* Records looked at in one go. */
#define PAGE 200

static gboolean
has_question (LanyardSession *session, const char *number)
{
  for (guint i = 0; i < session->questions->len; i++)
    {
      const LanyardPickup *question = g_ptr_array_index (session->questions, i);

      if (g_strcmp0 (question->accreditation, number) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether the hub cannot know yet that this desk voided @serial: the record has no receipt. Once it
 * has one, what the directory says counts, even where that is a little behind: it may mean another
 * badge. */
static gboolean
is_void_pending (LanyardSession *session, const char *serial)
{
  LanyardOutbox outbox;
  guint64 after;

  lanyard_journal_get_outbox (session->parts.journal, &outbox);
  for (after = outbox.acknowledged_seq; TRUE; after += PAGE)
    {
      g_autoptr (GPtrArray) page = lanyard_journal_read (session->parts.journal, after, PAGE, NULL);

      if (page == NULL || page->len == 0)
        return FALSE;
      for (guint i = 0; i < page->len; i++)
        {
          const LanyardRecord *record = g_ptr_array_index (page, i);

          if (record->kind == LANYARD_RECORD_VOIDED && g_strcmp0 (record->serial, serial) == 0)
            return TRUE;
        }
    }
}

/* A badge of this desk that others have voided since is not in anybody's hand. */
static void
forget_void (LanyardSession *session, LanyardIssued *local)
{
  const LanyardServed *served = &session->served;
  g_autoptr (LanyardPickup) own
      = lanyard_journal_find_issued (session->parts.journal, served->number);

  if (own != NULL && local->open_badges > 0
      && lanyard_session_is_void (session, served->entry, served->number, own->serial,
                                  own->sequence))
    local->open_badges--;
}

/* What the journal and the directory know of badges, and the lowest sequence that a new one may
 * have. */
static void
merge_issued (LanyardSession *session, LanyardIssued *issued)
{
  LanyardServed *served = &session->served;
  const LanyardEntry *entry = served->entry;
  g_auto (LanyardIssued) local = { 0 };
  g_auto (GStrv) voided = NULL;
  const char *const *known = NULL;
  const LanyardIssued *hub;
  guint32 listed = 0, next;

  lanyard_journal_get_issued (session->parts.journal, served->number, &local, &voided);
  forget_void (session, &local);
  hub = entry != NULL ? &entry->issued : NULL;
  if (hub != NULL && hub->open_badges > 0 && hub->last_serial != NULL
      && g_strv_contains ((const char *const *)voided, hub->last_serial)
      && is_void_pending (session, hub->last_serial))
    known = (const char *const *)voided;
  lanyard_issued_merge (&local, known, hub, issued);
  lanyard_session_settle (session, issued);
  /* A badge in somebody's hand is out, whoever knows of it; unless it is void. */
  if (served->presented_serial != NULL && entry != NULL
      && served->presented_sequence >= entry->lowest_valid_sequence)
    {
      issued->open_badges = MAX (issued->open_badges, 1);
      issued->last_sequence = MAX (issued->last_sequence, served->presented_sequence);
    }
  if (session->negative != NULL)
    listed = lanyard_negative_list_lookup (session->negative, served->number);
  next = issued->last_sequence < G_MAXUINT32 ? issued->last_sequence + 1 : G_MAXUINT32;
  served->card_is_old = served->card != NULL && served->card_sequence < issued->last_sequence;
  served->sequence_at_least = MAX (next, MAX (listed, entry ? entry->lowest_valid_sequence : 0));
}

/* A card that was validated here and undone is no card any more, whatever the hub knows. */
static gboolean
is_card_void (LanyardSession *session)
{
  g_autoptr (LanyardPickup) pickup
      = lanyard_journal_find_serial (session->parts.journal, session->served.card);

  return pickup != NULL && pickup->state == LANYARD_PICKUP_VOID;
}

/* What only this desk knows of a person who might have a badge. */
static void
look_at_desk (LanyardSession *session)
{
  LanyardServed *served = &session->served;

  if (served->verdict.outcome == LANYARD_OUTCOME_REFUSED)
    return;
  /* All sequences that there are have been called void: the journal would refuse to begin. */
  if (served->sequence_at_least == G_MAXUINT32)
    served->verdict
        = (LanyardVerdict){ LANYARD_OUTCOME_REFUSED, 1, { LANYARD_REASON_NEGATIVE_LIST } };
  else if (served->card != NULL && is_card_void (session))
    served->verdict
        = (LanyardVerdict){ LANYARD_OUTCOME_REFUSED, 1, { LANYARD_REASON_NEGATIVE_LIST } };
  else if (!session->staff && g_hash_table_contains (session->spoiled, served->number))
    served->verdict.outcome = LANYARD_OUTCOME_STAFF;
}

static void
log_verdict (const LanyardVerdict *verdict)
{
  g_autoptr (GString) words = g_string_new (lanyard_outcome_to_string (verdict->outcome));

  for (guint i = 0; i < verdict->n_reasons; i++)
    g_string_append_printf (words, " %s", lanyard_reason_to_string (verdict->reasons[i]));
  g_debug ("Verdict: %s", words->str);
}

/* Looks the person up and decides. Returns: FALSE when the row cannot be read */
gboolean
lanyard_session_decide (LanyardSession *session)
{
  LanyardServed *served = &session->served;
  g_auto (LanyardIssued) issued = { 0 };
  g_autoptr (GError) error = NULL;
  LanyardSituation situation = {
    .venue = session->parts.config->venue,
    .mode = session->staff ? LANYARD_MODE_STAFF : LANYARD_MODE_SELF_SERVICE,
    .now_s = lanyard_clock_wall_us (session->parts.clock) / G_USEC_PER_SEC,
    .presented_sequence = served->presented_sequence,
    .unknown_print = has_question (session, served->number),
    .document = served->shown.verdict,
    .pre_valid = served->card != NULL,
  };

  if (session->negative != NULL)
    situation.negative_list_issued_s = lanyard_negative_list_get_issued_s (session->negative);
  g_clear_pointer (&served->entry, lanyard_entry_free);
  g_clear_pointer (&served->photo, g_bytes_unref);
  lanyard_session_drop_badge (session);
  served->directory_version = lanyard_directory_get_cursor (session->parts.directory);
  served->entry = lanyard_directory_lookup (session->parts.directory, LANYARD_LOOKUP_NUMBER,
                                            served->number, &error);
  if (served->entry == NULL && !g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND))
    {
      /* One bad row is this person's trouble, not the desk's. */
      g_message ("A row of the directory cannot be read: %s", error->message);
      served->verdict = (LanyardVerdict){ .outcome = LANYARD_OUTCOME_STAFF };
      return FALSE;
    }
  if (served->entry != NULL)
    lanyard_session_fetch_photo (session);
  lanyard_session_look_at_consents (session);
  situation.consent_missing
      = lanyard_session_get_consent_need (session) == LANYARD_CONSENT_REQUIRED;
  situation.has_photo = served->photo != NULL;
  merge_issued (session, &issued);
  lanyard_session_find_old_badge (session, &issued);
  served->verdict
      = lanyard_eligibility_decide (served->entry, &issued,
                                    lanyard_pack_get_rules (session->parts.pack), &situation);
  look_at_desk (session);
  log_verdict (&served->verdict);
  return TRUE;
}
