/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Runs the effects of one step, in their order, and stops at the first that fails. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-crash-point.h"
#include "lanyard-error.h"
#include "lanyard-fault.h"

/* The pass has a number now: whoever gets it is kept, sealed, until the pass ends. */
static void
take_visitor (LanyardSession *session, const char *number)
{
  LanyardServed *served = &session->served;
  g_autoptr (GError) error = NULL;

  g_free (served->number);
  served->number = g_strdup (number);
  if (served->entry == NULL)
    return;
  g_free (served->entry->number);
  served->entry->number = g_strdup (number);
  g_free (served->entry->holder_id);
  served->entry->holder_id = g_strdup (number);
  if (!lanyard_directory_put_visitor (session->parts.directory, served->entry, &error))
    g_message ("The visitor with pass %s is not kept: %s", number, error->message);
}

/* What the screen and the next steps need of a record that is on disk now. */
static void
take_from_record (LanyardSession *session, const LanyardRecord *record)
{
  LanyardServed *served = &session->served;

  if (record->kind == LANYARD_RECORD_VALIDATED || record->kind == LANYARD_RECORD_PASS_HANDED)
    {
      g_free (served->serial);
      served->serial = g_strdup (record->serial);
    }
  if (record->kind == LANYARD_RECORD_RESERVED)
    {
      g_autoptr (LanyardPickup) pickup
          = lanyard_journal_dup_pickup (session->parts.journal, &record->pickup);

      lanyard_assert_invariant (record->serial != NULL && pickup != NULL);
      g_free (served->serial);
      served->serial = g_strdup (record->serial);
      served->sequence = pickup->sequence;
      if (served->pass != NULL)
        take_visitor (session, record->accreditation);
    }
  if (record->kind == LANYARD_RECORD_REFUSED || record->kind == LANYARD_RECORD_REFERRED
      || record->kind == LANYARD_RECORD_VOIDED)
    {
      g_free (served->ticket);
      served->ticket = g_strdup_printf ("%04u", (guint)(record->seq % 10000));
    }
}

/* The step that takes the old badge away, which a reissue has in front of its own. @body: (out)
 * (transfer full) */
static gboolean
make_void_step (LanyardSession *session, LanyardStep *durable, GBytes **body, GError **error)
{
  const LanyardOldBadge *old = &session->served.old;
  LanyardPickupContext context = { .staff = session->staff, .void_reason = session->void_reason };
  LanyardPickupStep step = {
    .record = LANYARD_RECORD_VOIDED,
    .void_reason = session->void_reason,
  };
  LanyardSubject subject = {
    .pickup = old->pickup,
    .accreditation = session->served.number,
    .serial = old->serial,
    .sequence = old->sequence,
  };

  if (!lanyard_id_is_zero (&old->pickup))
    step = lanyard_pickup_machine_step (old->state, LANYARD_PICKUP_INPUT_WITHDRAW, &context);
  if (step.record != LANYARD_RECORD_VOIDED)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                   "Badge %s is %s: it cannot be voided.", old->serial,
                   lanyard_pickup_state_to_string (old->state));
      return FALSE;
    }
  *body = lanyard_session_make_body (session, &step, &subject);
  *durable = (LanyardStep){
    .pickup = old->pickup,
    .kind = LANYARD_RECORD_VOIDED,
    .from = step.from,
    .to = step.to,
    .accreditation = subject.accreditation,
    .serial = subject.serial,
    .body = *body,
  };
  return TRUE;
}

/* What a card or a pass has beyond a badge. @pass: (out caller-allocates): to which @step points */
static void
add_card (LanyardSession *session, LanyardStep *step, LanyardPassStep *pass)
{
  const LanyardServed *served = &session->served;

  if (step->kind == LANYARD_RECORD_VALIDATED)
    {
      step->serial = served->card;
      step->sequence = served->card_sequence;
      step->seal = served->seal;
    }
  if (served->pass == NULL
      || (step->kind != LANYARD_RECORD_RESERVED && step->kind != LANYARD_RECORD_PASS_HANDED))
    return;
  *pass = (LanyardPassStep){
    .pool = served->pass->pool,
    .organisation = served->pass->organisation,
    .day = served->pass->day,
  };
  step->pass = pass;
}

/* What was said to the consent that is asked. @said: (out caller-allocates): to which the step
 * points
 * @body: (out) (transfer full) */
static LanyardStep
make_consent_step (LanyardSession *session,
                   const LanyardPickupStep *step,
                   LanyardConsentStep *said,
                   GBytes **body)
{
  const LanyardConsentAnswer *asked = NULL;

  lanyard_consent_find_next (session->served.consents, &asked);
  lanyard_assert_invariant (asked != NULL);
  *said = (LanyardConsentStep){ asked->id, asked->version, step->consent };
  *body = lanyard_session_make_consent_body (session, said);
  return (LanyardStep){ .kind = LANYARD_RECORD_CONSENT,
                        .accreditation = session->served.number,
                        .body = *body,
                        .consent = said };
}

/* That somebody's photo was taken: of no pickup, as whoever has it taken by staff has none. */
static LanyardStep
make_photo_step (LanyardSession *session, GBytes *body)
{
  return (LanyardStep){ .kind = LANYARD_RECORD_PHOTO_TAKEN,
                        .accreditation = session->served.number,
                        .body = body };
}

/* What a step adds to a pickup's own record, or does instead of it. */
static LanyardStep
make_own_step (LanyardSession *session,
               const LanyardSubject *subject,
               const LanyardPickupStep *step,
               GBytes *body)
{
  gboolean begins = step->from == LANYARD_PICKUP_CONFIRM || step->from == LANYARD_PICKUP_DOCUMENT
                    || step->from == LANYARD_PICKUP_CONSENT
                    || step->from == LANYARD_PICKUP_PORTRAIT;

  return (LanyardStep){
    .pickup = subject->pickup,
    .kind = (guint16)step->record,
    /* DOCUMENT, CONFIRM, CONSENT and PORTRAIT are never on disk. */
    .from = begins ? LANYARD_PICKUP_IDLE : step->from,
    .to = step->to,
    .accreditation = subject->accreditation,
    .printer_job = subject->job,
    .body = body,
    .sequence_at_least = session->served.sequence_at_least,
  };
}

static gboolean
commit (LanyardSession *session,
        const LanyardSubject *subject,
        const LanyardPickupStep *step,
        GError **error)
{
  gboolean reissue = step->record == LANYARD_RECORD_RESERVED && session->void_reason != 0;
  LanyardWaitFacts nothing = { 0 };
  g_autoptr (GBytes) body = step->record == LANYARD_RECORD_PHOTO_TAKEN
                                ? lanyard_session_make_wait_body (session, &nothing)
                                : lanyard_session_make_body (session, step, subject);
  g_autoptr (GBytes) void_body = NULL;
  g_autoptr (GBytes) said_body = NULL;
  g_autoptr (GPtrArray) records = NULL;
  const char *kind = lanyard_record_kind_to_string ((guint16)step->record);
  LanyardStep steps[2];
  LanyardConsentStep said;
  LanyardPassStep pass;
  guint n = 0;

  if (step->consent != LANYARD_CONSENT_UNDECIDED)
    steps[n++] = make_consent_step (session, step, &said, &said_body);
  if (reissue && !make_void_step (session, &steps[n++], &void_body, error))
    return FALSE;
  if (step->record == LANYARD_RECORD_PHOTO_TAKEN)
    steps[n++] = make_photo_step (session, body);
  else if (step->record != LANYARD_RECORD_CONSENT)
    steps[n++] = make_own_step (session, subject, step, body);
  if (lanyard_id_equal (&subject->pickup, &session->served.pickup))
    add_card (session, &steps[n - 1], &pass);

  lanyard_crash_point ("before", kind);
  if (!lanyard_journal_commit_all (session->parts.journal, steps, n, &records, error))
    return FALSE;
  lanyard_crash_point ("after", kind);
  if (reissue)
    lanyard_session_note_void (session);
  if (lanyard_id_equal (&subject->pickup, &session->served.pickup))
    take_from_record (session, g_ptr_array_index (records, n - 1));
  if (step->consent != LANYARD_CONSENT_UNDECIDED)
    lanyard_session_look_at_consents (session);
  if (session->link != NULL)
    lanyard_link_nudge (session->link);
  return TRUE;
}

/* A badge that cannot even be made surely never went to the printer: that is a failed print. */
static void
submit (LanyardSession *session)
{
  g_autoptr (GError) error = NULL;
  LanyardPrintJob *job;

  /* Invariant 1, once more where the byte leaves. */
  lanyard_assert_invariant (session->served.serial != NULL);

  job = lanyard_session_make_job (session, &error);
  if (job == NULL)
    {
      g_message ("Badge %s cannot be made: %s", session->served.serial, error->message);
      session->submit_failed = TRUE;
      return;
    }
  lanyard_crash_point ("before", "submit");
  lanyard_crash_note_submit (session->served.serial);
  lanyard_printer_submit (session->parts.printer, job);
  lanyard_crash_point ("after", "submit");
}

static void
leave (LanyardSession *session)
{
  if (!lanyard_fault ("person-not-wiped"))
    lanyard_session_wipe_served (session);
  /* Of a team who collects goes on reading. */
  if (!lanyard_session_is_delegation (session))
    g_clear_pointer (&session->language, g_free);
  session->notice = LANYARD_NOTICE_NONE;
}

/* What the printer took and has not printed, such as for want of paper, must not come out when its
 * serial is void and the person has another badge. */
static void
forget (LanyardPrinter *printer, const LanyardSubject *subject, const LanyardPickupStep *step)
{
  if (step->record == LANYARD_RECORD_VOIDED && step->from != LANYARD_PICKUP_RESERVED
      && step->from != LANYARD_PICKUP_ISSUED)
    lanyard_printer_cancel (printer, subject->serial, subject->job);
  else
    lanyard_printer_forget (printer, subject->serial);
}

void
lanyard_session_get_subject (LanyardSession *session, LanyardSubject *subject)
{
  const LanyardServed *served = &session->served;

  *subject = (LanyardSubject){
    .pickup = served->pickup,
    .accreditation = served->number,
    .serial = served->serial,
    .job = served->job,
    .sequence = served->sequence,
  };
}

gboolean
lanyard_session_run_effects (LanyardSession *session,
                             const LanyardSubject *subject,
                             const LanyardPickupStep *step,
                             GError **error)
{
  LanyardPrinter *printer = session->parts.printer;

  for (guint i = 0; i < LANYARD_PICKUP_MAX_EFFECTS; i++)
    switch (step->effects[i])
      {
      case LANYARD_PICKUP_EFFECT_COMMIT:
        if (!commit (session, subject, step, error))
          return FALSE;
        break;
      case LANYARD_PICKUP_EFFECT_SUBMIT:
        submit (session);
        break;
      case LANYARD_PICKUP_EFFECT_ASK:
        lanyard_printer_ask (printer, subject->serial, subject->job);
        break;
      case LANYARD_PICKUP_EFFECT_FORGET:
        forget (printer, subject, step);
        g_hash_table_remove (session->words, subject->serial);
        break;
      case LANYARD_PICKUP_EFFECT_LEAVE:
        leave (session);
        break;
      case LANYARD_PICKUP_EFFECT_NONE:
      default:
        break;
      }
  return TRUE;
}

gboolean
lanyard_session_commit_plain (LanyardSession *session,
                              guint16 kind,
                              const char *accreditation,
                              GError **error)
{
  g_autoptr (GBytes) body = lanyard_session_make_plain_body (session, kind);
  LanyardStep step = { .kind = kind, .accreditation = accreditation, .body = body };

  if (!lanyard_journal_commit (session->parts.journal, &step, NULL, error))
    return FALSE;
  if (session->link != NULL)
    lanyard_link_nudge (session->link);
  return TRUE;
}

gboolean
lanyard_session_commit_step (LanyardSession *session, const LanyardStep *step)
{
  const char *kind = lanyard_record_kind_to_string (step->kind);
  g_autoptr (GError) error = NULL;

  lanyard_crash_point ("before", kind);
  if (!lanyard_journal_commit (session->parts.journal, step, NULL, &error))
    {
      lanyard_session_break_down (session, error);
      return FALSE;
    }
  lanyard_crash_point ("after", kind);
  if (session->link != NULL)
    lanyard_link_nudge (session->link);
  return TRUE;
}
