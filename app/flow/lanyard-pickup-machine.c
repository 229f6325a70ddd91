/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The specification of a pickup.
 *
 * Between "yes, that is me" and a badge in a hand, plastic leaves a machine. One commit is not
 * enough for that: commit first and a crash loses a badge, print first and a crash doubles one. So
 * the intent is made durable before a byte goes out, every later step is durable before the screen
 * tells of it, and where the two worlds may disagree a person who can look into the tray is asked.
 *
 *                        OFFER_READY            CONFIRM             SPOOLED, MOVED
 *   IDLE ───────────────────────────▶ CONFIRM ─────────▶ RESERVED* ───────────────▶ PRINTING*
 *    │  ▲                              │  │               │ │ │ │                   │ │ │
 *    │  │ CANCEL, TIMEOUT              │  │        FAILED │ │ │ └──── COMPLETED ──┐ │ │ │
 *    │  └──────────────────────────────┘  │               ▼ │ │                   ▼ ▼ │ │
 *    │ OFFER_STAFF, CALL_STAFF            │             VOID* │   COMPLETED   REPORTED* │
 *    ├──────────▶ REFERRED* ◀─────────────┤               ▲   │                   │   │ │
 *    │ OFFER_REFUSED                      │   UNREADABLE, │   │   BADGE_RIGHT     │   │ │
 *    └──────────▶ REFUSED* ◀──────────────┘ 3 BADGE_WRONG │   ├─────────▶ ISSUED* ◀───┘ │
 *                                                         │   │              ▲    │     │
 *                       NOT_OUT, UNREADABLE (staff)       │   │              │    │     │
 *                      ┌──────────────────────────────────┘   │ RESTART      │    │     │
 *                      │                                      ▼ TIMEOUT      │    │     │
 *                  ATTENTION* ◀───────────────────────────────┴ DOUBTFUL ◀───│────┴─────┘
 *                      └── BADGE_RIGHT, CAME_OUT (staff) ────────────────────┘
 *
 *   WITHDRAW (staff, with a reason) leads from PRINTING*, REPORTED*, ATTENTION* and ISSUED* to
 * VOID*.
 *
 *   Where a document is to be checked, OFFER_DOCUMENT leads from IDLE to DOCUMENT, and from there
 * on each edge is one of IDLE's: OFFER_READY to CONFIRM, OFFER_STAFF and CALL_STAFF to REFERRED*,
 *   OFFER_REFUSED to REFUSED*. CANCEL and TIMEOUT go back to IDLE.
 *
 *   Where the pack asks for agreement, CONFIRM leads from CONFIRM to CONSENT, and from there AGREE
 * and DECLINE lead to CONSENT again, each with a record of what was said; when nothing is left to
 * ask, CONFIRM goes on to RESERVED*. Whoever does not agree to what is required is REFERRED*:
 * DECLINE puts both records on disk in one transaction. The other edges are those of CONFIRM.
 *
 *   Where the badge is to have a photo and there is none, CONFIRM leads from CONFIRM or CONSENT,
 * when nothing is left to ask, to PORTRAIT; PICTURE leads from there to PORTRAIT again, with a
 * record that a photo was taken, and then CONFIRM goes on to RESERVED*. The other edges are those
 * of CONFIRM.
 *
 *
 *   What is not printed goes one step: staff's VALIDATE leads from CONFIRM to VALIDATED*, staff's
 *   HAND_OUT from IDLE to HANDED*; both are ends.
 *
 *   * = on disk, one record and the state in one transaction, before the screen changes.
 *   ISSUED, VOID, REFUSED and REFERRED are ends; NEXT, TIMEOUT and CANCEL go from them to IDLE.
 *
 * Invariants (those of the design, as far as they are this file's):
 *
 *  1. No byte goes to a printer unless the RESERVED record for that serial is on disk. SUBMIT
 * stands on one edge only, CONFIRM → RESERVED, behind that edge's COMMIT.
 *  2. Each end appends exactly one record, in the same transaction as the state: every edge into an
 * end has one COMMIT, and no edge leaves an end with a COMMIT but one: ISSUED → VOID, when staff
 * say why a badge that somebody had is no badge any more. VOID is left by nobody.
 *  3. A serial is submitted once: no edge leads back to RESERVED or CONFIRM from a later state.
 * What did not come out is voided and the person starts again with another serial.
 *  4. PRINTING and REPORTED are what a printer says; they prove nothing. Only a scanned badge or
 * the word of somebody who may give it leads to ISSUED.
 *  5. A job that the printer surely never took (FAILED in RESERVED) is voided. Everything else that
 * did not end well is ATTENTION: once a printer took a job, its word that nothing came out is no
 * proof.
 *  6. After a restart every RESERVED, PRINTING or REPORTED pickup is ATTENTION. The printer is
 * asked so that staff can be told, but its answer moves nothing, and nothing is printed again by
 * itself.
 *  7. ATTENTION is left for good only through a scanned badge or a staff member's word. Leaving it
 * for the next person (slot to IDLE) commits nothing: the question stays open on disk.
 *  8. A failed COMMIT stops everything behind it; the pickup is where it was.
 *  9. Whose document is to be checked is never asked "is this you?" before it was: no edge leads
 * from DOCUMENT to RESERVED, and a second OFFER_DOCUMENT means nothing there.
 *
 * 10. A reissue is two pickups and one transaction: the old one takes WITHDRAW (ISSUED → VOID*, or
 * the bare VOIDED record of a badge that another desk made), the new one takes CONFIRM (→
 * RESERVED*, naming the serial that it replaces, with a higher sequence). Both are on disk or
 * neither is; SUBMIT comes behind it. So there is no moment at which both badges are good, and none
 * at which a new one is under way while the old one still opens gates.
 *
 * 11. Without a required consent nothing becomes a badge: every edge into RESERVED and VALIDATED
 * stands behind a guard that no such consent is missing, whoever presses. What was said is on disk
 * before anything follows from it. Optional ones never keep a badge back: staff may leave them out.
 *
 * 12. Where the pack wants a photo on the badge, nobody gets one without it on their own: every
 * edge into RESERVED stands behind a guard that there is a photo, or staff are signed in, who see
 * the person. That it was taken is on disk before anything follows from it.
 *
 * The words of the print ledger, and where each of them is on disk:
 *
 *   word       record          state       what it says
 *   INTENT     RESERVED        RESERVED*   this serial is to be printed; nothing has gone out yet
 *   SPOOLED    PRINTING        PRINTING*   the printer took the job, which has the serial's name
 *   REPORTED   REPORTED        REPORTED*   the printer says that the job is done
 *   CONFIRMED  ISSUED          ISSUED*     the badge was scanned back, or somebody who may said so
 *   FAILED     VOIDED, reason  VOID*       the job surely never reached the printer
 *              NOT_PRINTED,
 *              from RESERVED
 *   UNKNOWN    UNKNOWN         ATTENTION*  a crash, a time-out or a lost printer: nobody knows
 *   VOIDED     VOIDED, reason  VOID*       this serial is no badge (any more)
 *
 * Where the edges are done: effects in lanyard-session-effects.c, print reports in
 * lanyard-session-print.c, scans and offers in lanyard-session-scan.c, RESTART and answers to
 * questions in lanyard-session-questions.c, AGREE and DECLINE in lanyard-session-consent.c, PICTURE
 * in lanyard-session-photo.c, TIMEOUT in lanyard-session-view.c, WITHDRAW and reissues in
 * lanyard-session-reissue.c.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-pickup-machine.h"

#include "lanyard-fault.h"

typedef enum
{
  GUARD_NONE = 0,
  GUARD_STAFF,    /* staff are signed in */
  GUARD_WORD,     /* staff are signed in, or badges are not scanned back here */
  GUARD_LAST_TRY, /* this wrong badge is one too many */
  GUARD_REASON,   /* staff are signed in and say why */
  GUARD_SETTLED,  /* all is said that has to be, and there is a photo where one has to be; staff
                   need not ask what may be left out, nor take a photo */
  GUARD_PERSON,   /* nobody of the staff is signed in, and something is left to ask */
  GUARD_FACELESS, /* nobody of the staff is signed in, and a photo is all that is missing */
  GUARD_CARD,     /* staff are signed in, and no required consent is missing */
  GUARD_REQUIRED, /* what is asked is required */
  GUARD_ASKED,    /* something is asked */
} Guard;

typedef struct
{
  LanyardPickupState from;
  LanyardPickupInput input;
  Guard guard;
  LanyardPickupState to;
  LanyardRecordKind record; /* 0: no COMMIT */
  LanyardVoidReason void_reason;
  LanyardPickupEffect effects[2]; /* behind the COMMIT */
  LanyardConsentDecision consent; /* that is in the COMMIT, too */
} Edge;

#define S(name) LANYARD_PICKUP_##name
#define I(name) LANYARD_PICKUP_INPUT_##name
#define R(name) LANYARD_RECORD_##name
#define E(name)                                                                                    \
  {                                                                                                \
    LANYARD_PICKUP_EFFECT_##name                                                                   \
  }
#define NO_RECORD 0, 0
#define SAYS(name) E (NONE), LANYARD_CONSENT_##name

/* All legal edges. Of several for one (state, input) the first whose guard holds is taken. */
static const Edge edges[] = {
  { S (IDLE), I (OFFER_READY), 0, S (CONFIRM), NO_RECORD },
  { S (IDLE), I (OFFER_DOCUMENT), 0, S (DOCUMENT), NO_RECORD },
  { S (IDLE), I (OFFER_STAFF), 0, S (REFERRED), R (REFERRED), 0 },
  { S (IDLE), I (OFFER_REFUSED), 0, S (REFUSED), R (REFUSED), 0 },
  { S (IDLE), I (CALL_STAFF), 0, S (REFERRED), R (REFERRED), 0 },
  { S (IDLE), I (RESTART), 0, S (IDLE), NO_RECORD },
  { S (IDLE), I (HAND_OUT), GUARD_STAFF, S (HANDED), R (PASS_HANDED), 0 },

  { S (DOCUMENT), I (OFFER_READY), 0, S (CONFIRM), NO_RECORD },
  { S (DOCUMENT), I (OFFER_STAFF), 0, S (REFERRED), R (REFERRED), 0 },
  { S (DOCUMENT), I (OFFER_REFUSED), 0, S (REFUSED), R (REFUSED), 0 },
  { S (DOCUMENT), I (CALL_STAFF), 0, S (REFERRED), R (REFERRED), 0 },
  { S (DOCUMENT), I (CANCEL), 0, S (IDLE), NO_RECORD, E (LEAVE) },
  { S (DOCUMENT), I (TIMEOUT), 0, S (IDLE), NO_RECORD, E (LEAVE) },
  { S (DOCUMENT), I (RESTART), 0, S (IDLE), NO_RECORD, E (LEAVE) },

  { S (CONFIRM), I (CONFIRM), GUARD_SETTLED, S (RESERVED), R (RESERVED), 0, E (SUBMIT) },
  { S (CONFIRM), I (CONFIRM), GUARD_PERSON, S (CONSENT), NO_RECORD },
  { S (CONFIRM), I (CONFIRM), GUARD_FACELESS, S (PORTRAIT), NO_RECORD },
  { S (CONFIRM), I (VALIDATE), GUARD_CARD, S (VALIDATED), R (VALIDATED), 0 },
  /* The verdict is made anew at the moment of "yes": something may have come in meanwhile. */
  { S (CONFIRM), I (OFFER_STAFF), 0, S (REFERRED), R (REFERRED), 0 },
  { S (CONFIRM), I (OFFER_REFUSED), 0, S (REFUSED), R (REFUSED), 0 },
  { S (CONFIRM), I (CALL_STAFF), 0, S (REFERRED), R (REFERRED), 0 },
  { S (CONFIRM), I (CANCEL), 0, S (IDLE), NO_RECORD, E (LEAVE) },
  { S (CONFIRM), I (TIMEOUT), 0, S (IDLE), NO_RECORD, E (LEAVE) },
  { S (CONFIRM), I (RESTART), 0, S (IDLE), NO_RECORD, E (LEAVE) },

  { S (CONSENT), I (AGREE), GUARD_ASKED, S (CONSENT), R (CONSENT), 0, SAYS (GIVEN) },
  { S (CONSENT), I (DECLINE), GUARD_REQUIRED, S (REFERRED), R (REFERRED), 0, SAYS (REFUSED) },
  { S (CONSENT), I (DECLINE), GUARD_ASKED, S (CONSENT), R (CONSENT), 0, SAYS (REFUSED) },
  { S (CONSENT), I (CONFIRM), GUARD_SETTLED, S (RESERVED), R (RESERVED), 0, E (SUBMIT) },
  { S (CONSENT), I (CONFIRM), GUARD_FACELESS, S (PORTRAIT), NO_RECORD },
  { S (CONSENT), I (OFFER_STAFF), 0, S (REFERRED), R (REFERRED), 0 },
  { S (CONSENT), I (OFFER_REFUSED), 0, S (REFUSED), R (REFUSED), 0 },
  { S (CONSENT), I (CALL_STAFF), 0, S (REFERRED), R (REFERRED), 0 },
  { S (CONSENT), I (CANCEL), 0, S (IDLE), NO_RECORD, E (LEAVE) },
  { S (CONSENT), I (TIMEOUT), 0, S (IDLE), NO_RECORD, E (LEAVE) },
  { S (CONSENT), I (RESTART), 0, S (IDLE), NO_RECORD, E (LEAVE) },

  { S (PORTRAIT), I (PICTURE), GUARD_FACELESS, S (PORTRAIT), R (PHOTO_TAKEN), 0 },
  { S (PORTRAIT), I (CONFIRM), GUARD_SETTLED, S (RESERVED), R (RESERVED), 0, E (SUBMIT) },
  { S (PORTRAIT), I (OFFER_STAFF), 0, S (REFERRED), R (REFERRED), 0 },
  { S (PORTRAIT), I (OFFER_REFUSED), 0, S (REFUSED), R (REFUSED), 0 },
  { S (PORTRAIT), I (CALL_STAFF), 0, S (REFERRED), R (REFERRED), 0 },
  { S (PORTRAIT), I (CANCEL), 0, S (IDLE), NO_RECORD, E (LEAVE) },
  { S (PORTRAIT), I (TIMEOUT), 0, S (IDLE), NO_RECORD, E (LEAVE) },
  { S (PORTRAIT), I (RESTART), 0, S (IDLE), NO_RECORD, E (LEAVE) },

  { S (RESERVED), I (PRINT_FAILED), 0, S (VOID), R (VOIDED), LANYARD_VOID_NOT_PRINTED, E (FORGET) },
  { S (RESERVED), I (PRINT_SPOOLED), 0, S (PRINTING), R (PRINTING), 0 },
  { S (RESERVED), I (PRINT_MOVED), 0, S (PRINTING), R (PRINTING), 0 },
  { S (RESERVED), I (PRINT_COMPLETED), 0, S (REPORTED), R (REPORTED), 0 },
  { S (RESERVED), I (PRINT_DOUBTFUL), 0, S (ATTENTION), R (UNKNOWN), 0 },
  { S (RESERVED), I (TIMEOUT), 0, S (ATTENTION), R (UNKNOWN), 0 },
  { S (RESERVED), I (RESTART), 0, S (ATTENTION), R (UNKNOWN), 0, E (ASK) },
  { S (RESERVED), I (BADGE_RIGHT), 0, S (ISSUED), R (ISSUED), 0, E (FORGET) },

  { S (PRINTING), I (PRINT_MOVED), 0, S (PRINTING), NO_RECORD },
  { S (PRINTING), I (PRINT_COMPLETED), 0, S (REPORTED), R (REPORTED), 0 },
  { S (PRINTING), I (PRINT_FAILED), 0, S (ATTENTION), R (UNKNOWN), 0 },
  { S (PRINTING), I (PRINT_DOUBTFUL), 0, S (ATTENTION), R (UNKNOWN), 0 },
  { S (PRINTING), I (TIMEOUT), 0, S (ATTENTION), R (UNKNOWN), 0 },
  { S (PRINTING), I (CALL_STAFF), 0, S (ATTENTION), R (UNKNOWN), 0 },
  { S (PRINTING), I (WITHDRAW), GUARD_REASON, S (VOID), R (VOIDED), 0, E (FORGET) },
  { S (PRINTING), I (RESTART), 0, S (ATTENTION), R (UNKNOWN), 0, E (ASK) },
  /* A badge in the hand is better than the printer's word, which often comes late. */
  { S (PRINTING), I (BADGE_RIGHT), 0, S (ISSUED), R (ISSUED), 0, E (FORGET) },

  { S (REPORTED), I (BADGE_RIGHT), 0, S (ISSUED), R (ISSUED), 0, E (FORGET) },
  { S (REPORTED), I (BADGE_WRONG), GUARD_LAST_TRY, S (VOID), R (VOIDED), LANYARD_VOID_WRONG_BADGE,
    E (FORGET) },
  { S (REPORTED), I (BADGE_WRONG), 0, S (REPORTED), NO_RECORD },
  { S (REPORTED), I (UNREADABLE), 0, S (VOID), R (VOIDED), LANYARD_VOID_UNREADABLE, E (FORGET) },
  { S (REPORTED), I (CAME_OUT), GUARD_WORD, S (ISSUED), R (ISSUED), 0, E (FORGET) },
  { S (REPORTED), I (NOT_OUT), GUARD_STAFF, S (VOID), R (VOIDED), LANYARD_VOID_NOT_PRINTED,
    E (FORGET) },
  { S (REPORTED), I (WITHDRAW), GUARD_REASON, S (VOID), R (VOIDED), 0, E (FORGET) },
  { S (REPORTED), I (TIMEOUT), 0, S (ATTENTION), R (UNKNOWN), 0 },
  { S (REPORTED), I (CALL_STAFF), 0, S (ATTENTION), R (UNKNOWN), 0 },
  { S (REPORTED), I (RESTART), 0, S (ATTENTION), R (UNKNOWN), 0, E (ASK) },

  { S (ATTENTION), I (BADGE_RIGHT), 0, S (ISSUED), R (ISSUED), 0, E (FORGET) },
  { S (ATTENTION), I (CAME_OUT), GUARD_STAFF, S (ISSUED), R (ISSUED), 0, E (FORGET) },
  { S (ATTENTION), I (NOT_OUT), GUARD_STAFF, S (VOID), R (VOIDED), LANYARD_VOID_NOT_PRINTED,
    E (FORGET) },
  { S (ATTENTION), I (UNREADABLE), GUARD_STAFF, S (VOID), R (VOIDED), LANYARD_VOID_UNREADABLE,
    E (FORGET) },
  { S (ATTENTION), I (WITHDRAW), GUARD_REASON, S (VOID), R (VOIDED), 0, E (FORGET) },
  { S (ATTENTION), I (PRINT_FAILED), 0, S (ATTENTION), NO_RECORD },
  { S (ATTENTION), I (PRINT_SPOOLED), 0, S (ATTENTION), NO_RECORD },
  { S (ATTENTION), I (PRINT_MOVED), 0, S (ATTENTION), NO_RECORD },
  { S (ATTENTION), I (PRINT_COMPLETED), 0, S (ATTENTION), NO_RECORD },
  { S (ATTENTION), I (PRINT_DOUBTFUL), 0, S (ATTENTION), NO_RECORD },
  { S (ATTENTION), I (RESTART), 0, S (ATTENTION), NO_RECORD, E (ASK) },
  { S (ATTENTION), I (TIMEOUT), 0, S (IDLE), NO_RECORD, E (LEAVE) },
  { S (ATTENTION), I (NEXT), 0, S (IDLE), NO_RECORD, E (LEAVE) },
  { S (ATTENTION), I (CANCEL), GUARD_STAFF, S (IDLE), NO_RECORD, E (LEAVE) },

  /* Lost, stolen, damaged: the one edge that leads from an end to another. */
  { S (ISSUED), I (WITHDRAW), GUARD_REASON, S (VOID), R (VOIDED), 0, E (FORGET) },

#define END(state)                                                                                 \
  { S (state), I (NEXT), 0, S (IDLE), NO_RECORD, E (LEAVE) },                                      \
      { S (state), I (TIMEOUT), 0, S (IDLE), NO_RECORD, E (LEAVE) },                               \
      { S (state), I (CANCEL), 0, S (IDLE), NO_RECORD, E (LEAVE) },                                \
  {                                                                                                \
    S (state), I (RESTART), 0, S (IDLE), NO_RECORD, E (LEAVE)                                      \
  }
  END (ISSUED),
  END (REFUSED),
  END (REFERRED),
  END (VOID),
  END (VALIDATED),
  END (HANDED),
  { S (VALIDATED), I (WITHDRAW), GUARD_REASON, S (VOID), R (VOIDED), 0 },
  { S (HANDED), I (WITHDRAW), GUARD_REASON, S (VOID), R (VOIDED), 0 },
};

static const char *const input_names[LANYARD_PICKUP_N_INPUTS] = {
  "offer-ready", "offer-document",  "offer-staff",    "offer-refused", "confirm",
  "cancel",      "call-staff",      "timeout",        "print-failed",  "print-spooled",
  "print-moved", "print-completed", "print-doubtful", "badge-right",   "badge-wrong",
  "unreadable",  "came-out",        "not-out",        "restart",       "next",
  "withdraw",    "validate",        "hand-out",       "agree",         "decline",
  "picture",
};

static gboolean
is_photo_missing (const LanyardPickupContext *context)
{
  return context->photo_missing && !context->staff && !lanyard_fault ("badge-without-face");
}

static gboolean
is_settled (const LanyardPickupContext *context)
{
  if (lanyard_fault ("refused-consent-prints"))
    return TRUE;
  return context->consent == LANYARD_CONSENT_SETTLED
         || (context->staff && context->consent == LANYARD_CONSENT_OPTIONAL);
}

static gboolean
guard_holds (Guard guard, const LanyardPickupContext *context)
{
  switch (guard)
    {
    case GUARD_NONE:
      return TRUE;
    case GUARD_STAFF:
      return context->staff;
    case GUARD_WORD:
      return context->staff || !context->scan_back;
    case GUARD_LAST_TRY:
      return context->wrong_badges + 1 >= LANYARD_PICKUP_MAX_WRONG_BADGES;
    case GUARD_REASON:
      return context->staff && context->void_reason != 0;
    case GUARD_SETTLED:
      return is_settled (context) && !is_photo_missing (context);
    case GUARD_PERSON:
      return !context->staff && !is_settled (context);
    case GUARD_FACELESS:
      return is_settled (context) && is_photo_missing (context);
    case GUARD_CARD:
      return context->staff && is_settled (context);
    case GUARD_REQUIRED:
      return context->consent == LANYARD_CONSENT_REQUIRED;
    case GUARD_ASKED:
      return context->consent != LANYARD_CONSENT_SETTLED;
    default:
      g_assert_not_reached ();
    }
}

static LanyardConfirmedBy
confirmed_by (const Edge *edge, const LanyardPickupContext *context)
{
  if (edge->record != LANYARD_RECORD_ISSUED)
    return LANYARD_CONFIRMED_BY_NOBODY;
  if (edge->input == LANYARD_PICKUP_INPUT_BADGE_RIGHT)
    return LANYARD_CONFIRMED_BY_SCAN_BACK;
  return context->staff ? LANYARD_CONFIRMED_BY_STAFF : LANYARD_CONFIRMED_BY_PERSON;
}

static void
take_edge (LanyardPickupStep *step, const Edge *edge, const LanyardPickupContext *context)
{
  guint n = 0;

  step->result = LANYARD_PICKUP_TAKEN;
  step->to = edge->to;
  step->record = edge->record;
  step->void_reason = edge->void_reason;
  if (edge->guard == GUARD_REASON)
    step->void_reason = context->void_reason;
  step->confirmed_by = confirmed_by (edge, context);
  step->consent = edge->consent;
  if (edge->record != 0)
    step->effects[n++] = LANYARD_PICKUP_EFFECT_COMMIT;
  for (guint i = 0; i < G_N_ELEMENTS (edge->effects); i++)
    if (edge->effects[i] != LANYARD_PICKUP_EFFECT_NONE)
      step->effects[n++] = edge->effects[i];
}

#ifdef LANYARD_SEEDED_FAULTS
/* Deliberate faults, see lanyard-fault.h: each breaks one of the invariants above. */
static void
go_wrong (LanyardPickupStep *step, LanyardPickupInput input)
{
  gboolean restart
      = input == LANYARD_PICKUP_INPUT_RESTART && step->record == LANYARD_RECORD_UNKNOWN;

  if (lanyard_fault ("submit-before-reserve") && step->record == LANYARD_RECORD_RESERVED)
    {
      step->effects[0] = LANYARD_PICKUP_EFFECT_SUBMIT;
      step->effects[1] = LANYARD_PICKUP_EFFECT_COMMIT;
    }
  if (lanyard_fault ("automatic-reprint") && restart)
    step->effects[1] = LANYARD_PICKUP_EFFECT_SUBMIT;
  if (lanyard_fault ("guess-after-restart") && restart)
    {
      step->to = LANYARD_PICKUP_VOID;
      step->record = LANYARD_RECORD_VOIDED;
      step->void_reason = LANYARD_VOID_NOT_PRINTED;
    }
  if (lanyard_fault ("reported-counts-as-issued") && step->record == LANYARD_RECORD_REPORTED)
    {
      step->to = LANYARD_PICKUP_ISSUED;
      step->record = LANYARD_RECORD_ISSUED;
      step->confirmed_by = LANYARD_CONFIRMED_BY_SCAN_BACK;
    }
}
#endif

LanyardPickupStep
lanyard_pickup_machine_step (LanyardPickupState state,
                             LanyardPickupInput input,
                             const LanyardPickupContext *context)
{
  LanyardPickupStep step = { .from = state, .to = state };

  g_assert (context != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      if (edges[i].from != state || edges[i].input != input)
        continue;
      if (guard_holds (edges[i].guard, context))
        {
          take_edge (&step, &edges[i], context);
          break;
        }
      step.result = LANYARD_PICKUP_FORBIDDEN;
    }
#ifdef LANYARD_SEEDED_FAULTS
  go_wrong (&step, input);
#endif
  return step;
}

gboolean
lanyard_pickup_step_has (const LanyardPickupStep *step, LanyardPickupEffect effect)
{
  g_return_val_if_fail (step != NULL, FALSE);

  for (guint i = 0; i < LANYARD_PICKUP_MAX_EFFECTS; i++)
    if (step->effects[i] == effect)
      return TRUE;
  return FALSE;
}

const char *
lanyard_pickup_input_to_string (LanyardPickupInput input)
{
  g_return_val_if_fail (input < LANYARD_PICKUP_N_INPUTS, "unknown");

  return input_names[input];
}
