/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Day passes from counted pools. A pass that is printed goes the way of every badge, RESERVED to
 * ISSUED; one that was printed beforehand is handed out with one record. Its number is made of the
 * serial, so no two desks can give the same one.
 *
 * Who gets a printed pass is typed by staff. The name goes onto the pass and into the sealed
 * directory of this desk, where it stays until the pass ends: then staff who scan the pass see
 * whose it is, and a stolen disk shows nobody. It never goes into a record: of the host, the
 * journal has the code that the pack has, which is what the day's limit is counted by.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-error.h"
#include "lanyard-event-day.h"
#include "lanyard-pattern.h"
#include "lanyard-plain-text.h"
#include "lanyard-presented.h"

#define MAX_NAME_CHARACTERS 64

static gint64
now_s (LanyardSession *session)
{
  return lanyard_clock_wall_us (session->parts.clock) / G_USEC_PER_SEC;
}

LanyardPassGiven *
lanyard_pass_given_new (LanyardSession *session, const char *pool, const char *organisation)
{
  GTimeZone *zone = lanyard_pack_get_time_zone (session->parts.pack);
  guint ends_hour = lanyard_pack_get_day_ends_hour (session->parts.pack);
  LanyardPassGiven *pass = g_new0 (LanyardPassGiven, 1);

  pass->pool = g_strdup (pool);
  pass->organisation = g_strdup (organisation);
  pass->day = lanyard_event_day (zone, ends_hour, now_s (session));
  pass->expires_s = lanyard_event_day_get_end_s (zone, ends_hour, now_s (session));
  return pass;
}

void
lanyard_pass_given_free (LanyardPassGiven *pass)
{
  if (pass == NULL)
    return;
  g_free (pass->pool);
  g_free (pass->organisation);
  g_free (pass);
}

void
lanyard_session_fill_passes (LanyardSession *session, LanyardView *view)
{
  GPtrArray *codes = lanyard_pack_get_codes (session->parts.pack, LANYARD_CODES_DAY_PASS);

  if (view->page != LANYARD_PAGE_PASSES)
    return;
  view->pools = g_ptr_array_new_with_free_func ((GDestroyNotify)(void (*) (void))lanyard_pool_free);
  for (guint i = 0; i < codes->len; i++)
    g_ptr_array_add (view->pools,
                     lanyard_journal_get_pool (session->parts.journal,
                                               ((LanyardCode *)codes->pdata[i])->code));
  view->pass = g_strdup (session->shown_number);
  if (session->shown_number != NULL)
    view->pass_pool = lanyard_journal_dup_pool_of (session->parts.journal, session->shown_number);
}

void
lanyard_session_act_open_passes (LanyardSession *session, const LanyardStaffAction *action)
{
  if (lanyard_pack_get_codes (session->parts.pack, LANYARD_CODES_DAY_PASS)->len == 0)
    lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
  else
    lanyard_session_open_side (session, LANYARD_PAGE_PASSES);
}

static void
forget_shown (LanyardSession *session)
{
  g_clear_pointer (&session->shown_pass, lanyard_claims_free);
  g_clear_pointer (&session->shown_number, g_free);
}

/* The number of a numbered pass, whichever pool it is of. Returns: (transfer full) (nullable) */
static char *
find_number (LanyardSession *session, const char *text)
{
  GPtrArray *codes = lanyard_pack_get_codes (session->parts.pack, LANYARD_CODES_DAY_PASS);

  for (guint i = 0; i < codes->len; i++)
    {
      const LanyardCode *code = g_ptr_array_index (codes, i);
      const LanyardPassPool *pool = lanyard_pack_find_pool (session->parts.pack, code->code);
      char *number = pool->number_pattern != NULL
                         ? lanyard_pattern_normalise (pool->number_pattern, text)
                         : NULL;

      if (number != NULL)
        return number;
    }
  return NULL;
}

/* A pass that is held to the scanner on its page is shown there, to be taken back by a touch: the
 * one that was just given still lies before the camera. */
gboolean
lanyard_session_take_pass (LanyardSession *session, const LanyardScan *scan)
{
  g_autofree char *credential = NULL;
  char *text = NULL;

  if (session->side != LANYARD_PAGE_PASSES || !session->staff
      || session->state != LANYARD_PICKUP_IDLE)
    return FALSE;
  lanyard_session_touch (session);
  credential = lanyard_presented_dup_credential (scan);
  forget_shown (session);
  if (credential != NULL)
    {
      /* Also one that is past its day comes back. */
      g_autoptr (LanyardVerification) verification
          = lanyard_verification_new (credential, lanyard_pack_get_event (session->parts.pack),
                                      session->trust, session->negative, now_s (session));

      if (verification->claims != NULL && verification->claims->kind == LANYARD_CREDENTIAL_BADGE
          && verification->answer != LANYARD_VERIFICATION_OTHER_EVENT)
        session->shown_pass = g_steal_pointer (&verification->claims);
    }
  else
    text = lanyard_scan_dup_text (scan);
  if (session->shown_pass != NULL
      && lanyard_journal_is_pass_number (session->shown_pass->number, session->shown_pass->serial))
    session->shown_number = g_strdup (session->shown_pass->number);
  else if (text != NULL)
    session->shown_number = find_number (session, text);
  lanyard_session_free_text (text);
  if (session->shown_number == NULL)
    {
      forget_shown (session);
      lanyard_session_notify (session, LANYARD_NOTICE_PASS_UNKNOWN);
    }
  return TRUE;
}

static LanyardNotice
notice_for (const GError *error)
{
  if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT))
    return LANYARD_NOTICE_POOL_EMPTY;
  if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED))
    return LANYARD_NOTICE_HOST_LIMIT;
  if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_STATE))
    return LANYARD_NOTICE_PASS_OUT;
  return LANYARD_NOTICE_PASS_UNKNOWN;
}

/* Returns: (transfer full) (nullable): a name that can be printed */
static char *
dup_name (const char *text)
{
  g_autofree char *name = g_strdup (text != NULL ? text : "");

  g_strstrip (name);
  if (*name == '\0' || !lanyard_plain_text_is_sound (name, LANYARD_ENTRY_MAX_TEXT_BYTES)
      || g_utf8_strlen (name, -1) > MAX_NAME_CHARACTERS)
    return NULL;
  return g_steal_pointer (&name);
}

/* What stands on the pass. Its number comes with its serial. */
static LanyardEntry *
make_entry (LanyardSession *session, const LanyardPassPool *pool, const char *name)
{
  const LanyardPassGiven *pass = session->served.pass;
  const char *here[] = { session->parts.config->venue, NULL };
  LanyardEntry *entry = lanyard_entry_new ();

  entry->holder_id = g_strdup ("");
  entry->number = g_strdup ("");
  entry->print_name = g_strdup (name);
  entry->category = g_strdup (pool->category);
  entry->organisation = g_strdup (pass->organisation);
  g_strfreev (entry->zones);
  entry->zones = g_strdupv (pool->zones);
  g_strfreev (entry->venues);
  entry->venues = g_strdupv (pool->venues[0] != NULL ? pool->venues : (char **)here);
  entry->valid_from_s = now_s (session);
  entry->valid_until_s = pass->expires_s;
  return entry;
}

static void
print_pass (LanyardSession *session, const LanyardPassPool *pool, const char *name)
{
  session->served.entry = make_entry (session, pool, name);
  session->served.sequence_at_least = 1;
  if (lanyard_session_feed (session, LANYARD_PICKUP_INPUT_OFFER_READY))
    lanyard_session_feed (session, LANYARD_PICKUP_INPUT_CONFIRM);
}

static void
hand_out (LanyardSession *session, const char *number)
{
  session->served.number = g_strdup (number);
  if (!lanyard_session_feed (session, LANYARD_PICKUP_INPUT_HAND_OUT))
    return;
  lanyard_session_feed (session, LANYARD_PICKUP_INPUT_NEXT);
  lanyard_session_notify (session, LANYARD_NOTICE_PASS_HANDED);
}

/* Whether the desk is where a pass can be given, and all that is typed makes sense. */
static gboolean
check_request (LanyardSession *session,
               const LanyardStaffAction *action,
               const LanyardPassPool *pool,
               const char *number,
               const char *name)
{
  LanyardNotice notice = LANYARD_NOTICE_NONE;

  lanyard_session_check_trust (session);
  if (pool == NULL || session->side != LANYARD_PAGE_PASSES || session->state != LANYARD_PICKUP_IDLE
      || !session->trusted
      || (action->text != NULL
          && lanyard_pack_find_code (session->parts.pack, LANYARD_CODES_ORGANISATION, action->text)
                 == NULL))
    notice = LANYARD_NOTICE_NOT_POSSIBLE;
  else if (pool->number_pattern != NULL && number == NULL)
    notice = LANYARD_NOTICE_PASS_UNKNOWN;
  else if (pool->number_pattern == NULL && name == NULL)
    notice = LANYARD_NOTICE_NAME_MISSING;
  if (notice != LANYARD_NOTICE_NONE)
    lanyard_session_notify (session, notice);
  return notice == LANYARD_NOTICE_NONE;
}

void
lanyard_session_act_give_pass (LanyardSession *session, const LanyardStaffAction *action)
{
  const LanyardPassPool *pool = lanyard_pack_find_pool (session->parts.pack, action->pool);
  gboolean numbered = pool != NULL && pool->number_pattern != NULL;
  g_autofree char *number = numbered && action->serial != NULL
                                ? lanyard_pattern_normalise (pool->number_pattern, action->serial)
                                : NULL;
  g_autofree char *name = numbered ? NULL : dup_name (action->name);
  g_autoptr (GError) error = NULL;
  LanyardPassGiven *given;
  LanyardPassStep step;

  if (!check_request (session, action, pool, number, name))
    return;
  given = lanyard_pass_given_new (session, pool->code, action->text);
  step = (LanyardPassStep){
    .pool = given->pool,
    .organisation = given->organisation,
    .day = given->day,
    .max_per_organisation = pool->max_per_organisation,
  };
  if (!lanyard_journal_check_pass (session->parts.journal, &step, number, &error))
    {
      lanyard_session_notify (session, notice_for (error));
      lanyard_pass_given_free (given);
      return;
    }
  lanyard_session_wipe_served (session);
  forget_shown (session);
  lanyard_id_init_random (&session->served.pickup, lanyard_clock_wall_us (session->parts.clock));
  session->served.pass = given;
  if (numbered)
    hand_out (session, number);
  else
    print_pass (session, pool, name);
}

/* One of this desk's: its pickup goes on to its end, and its pool hears of it. */
static gboolean
take_back (LanyardSession *session, const LanyardPickup *pickup, const char *pool)
{
  LanyardPassStep pass = { .pool = pool };
  g_autoptr (GBytes) body = lanyard_session_make_pass_body (session, LANYARD_RECORD_PASS_RETURNED,
                                                            pickup->sequence, &pass);
  LanyardStep step = {
    .pickup = pickup->id,
    .kind = LANYARD_RECORD_PASS_RETURNED,
    .from = pickup->state,
    .to = LANYARD_PICKUP_RETURNED,
    .accreditation = pickup->accreditation,
    .body = body,
  };

  return lanyard_session_commit_step (session, &step);
}

/* One of another desk's: the hub tells that desk. */
static gboolean
take_back_foreign (LanyardSession *session, const LanyardClaims *claims)
{
  g_autoptr (GBytes) body
      = lanyard_session_make_pass_body (session, LANYARD_RECORD_PASS_RETURNED, 0, NULL);
  LanyardStep step = {
    .kind = LANYARD_RECORD_PASS_RETURNED,
    .to = LANYARD_PICKUP_RETURNED,
    .accreditation = claims->number,
    .serial = claims->serial,
    .sequence = claims->sequence,
    .body = body,
  };

  lanyard_id_init_random (&step.pickup, lanyard_clock_wall_us (session->parts.clock));
  return lanyard_session_commit_step (session, &step);
}

/* Returns: (transfer full) (nullable): number of the pass that is meant */
static char *
find_returned (LanyardSession *session, const LanyardStaffAction *action)
{
  char *number;

  if (action->serial == NULL)
    return g_strdup (session->shown_number);
  number = find_number (session, action->serial);
  return number != NULL ? number : lanyard_presented_normalise_number (action->serial);
}

void
lanyard_session_act_return_pass (LanyardSession *session, const LanyardStaffAction *action)
{
  LanyardJournal *journal = session->parts.journal;
  g_autofree char *number = find_returned (session, action);
  g_autofree char *pool = number != NULL ? lanyard_journal_dup_pool_of (journal, number) : NULL;
  g_autoptr (LanyardPickup) out
      = pool != NULL ? lanyard_journal_find_issued (journal, number) : NULL;
  const LanyardClaims *claims = session->shown_pass;
  g_autoptr (LanyardPickup) known = NULL;
  gboolean done;

  if (session->state != LANYARD_PICKUP_IDLE)
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  if (claims != NULL)
    known = lanyard_journal_find_serial (journal, claims->serial);
  if (out != NULL)
    done = take_back (session, out, pool);
  else if (pool == NULL && known == NULL && claims != NULL
           && g_strcmp0 (claims->number, number) == 0)
    done = take_back_foreign (session, claims);
  else
    {
      lanyard_session_notify (session, LANYARD_NOTICE_PASS_UNKNOWN);
      return;
    }
  forget_shown (session);
  if (done)
    lanyard_session_notify (session, LANYARD_NOTICE_PASS_BACK);
}

/* @first: (nullable): of a block of numbers */
static void
change_pool (LanyardSession *session, guint16 kind, const LanyardPassStep *pass)
{
  g_autoptr (GBytes) body = lanyard_session_make_pass_body (session, kind, 0, pass);
  LanyardStep step = { .kind = kind, .body = body, .pass = pass };

  if (lanyard_session_commit_step (session, &step))
    lanyard_session_notify (session, LANYARD_NOTICE_POOL_CHANGED);
}

void
lanyard_session_act_load_passes (LanyardSession *session, const LanyardStaffAction *action)
{
  const LanyardPassPool *pool = lanyard_pack_find_pool (session->parts.pack, action->pool);
  g_autofree char *first = NULL;
  LanyardPassStep pass = { .count = action->count };

  if (pool == NULL)
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  pass.pool = pool->code;
  pass.reuse = pool->reuse;
  if (pool->number_pattern != NULL && action->serial != NULL)
    first = lanyard_pattern_normalise (pool->number_pattern, action->serial);
  pass.first = first;
  if ((pool->number_pattern != NULL && first == NULL)
      || !lanyard_journal_check_load (session->parts.journal, &pass, NULL))
    lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
  else
    change_pool (session, LANYARD_RECORD_PASSES_LOADED, &pass);
}

void
lanyard_session_act_take_passes (LanyardSession *session, const LanyardStaffAction *action)
{
  const LanyardPassPool *pool = lanyard_pack_find_pool (session->parts.pack, action->pool);
  g_autoptr (LanyardPool) held
      = pool != NULL ? lanyard_journal_get_pool (session->parts.journal, pool->code) : NULL;
  LanyardPassStep pass = { .count = action->count };

  if (pool == NULL || pool->number_pattern != NULL || action->count == 0
      || action->count > held->available)
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  pass.pool = pool->code;
  change_pool (session, LANYARD_RECORD_PASSES_TAKEN, &pass);
}
