/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-consent.h"
#include "lanyard-record.h"

G_BEGIN_DECLS

/* What can happen to a pickup. Not persisted. */
typedef enum
{
  LANYARD_PICKUP_INPUT_OFFER_READY,    /* somebody presented themselves and may have a badge */
  LANYARD_PICKUP_INPUT_OFFER_DOCUMENT, /* … if an identity document says that it is them */
  LANYARD_PICKUP_INPUT_OFFER_STAFF,    /* … and staff have to look at it */
  LANYARD_PICKUP_INPUT_OFFER_REFUSED,  /* … and must not have one here */
  LANYARD_PICKUP_INPUT_CONFIRM,        /* "yes, that is me" */
  LANYARD_PICKUP_INPUT_CANCEL,         /* "not me", "back" */
  LANYARD_PICKUP_INPUT_CALL_STAFF,     /* "I need help" */
  LANYARD_PICKUP_INPUT_TIMEOUT, /* nobody touched anything, or nothing was heard, for too long */
  LANYARD_PICKUP_INPUT_PRINT_FAILED,    /* the printer never took the job */
  LANYARD_PICKUP_INPUT_PRINT_SPOOLED,   /* the printer took the job */
  LANYARD_PICKUP_INPUT_PRINT_MOVED,     /* the job goes on, or stands and can go on */
  LANYARD_PICKUP_INPUT_PRINT_COMPLETED, /* the printer says that the job is done */
  LANYARD_PICKUP_INPUT_PRINT_DOUBTFUL,  /* the job ended some other way, or the printer lost it */
  LANYARD_PICKUP_INPUT_BADGE_RIGHT,     /* a badge was scanned: it verifies and has this serial */
  LANYARD_PICKUP_INPUT_BADGE_WRONG,     /* a badge was scanned that is not this one */
  LANYARD_PICKUP_INPUT_UNREADABLE,      /* "it cannot be scanned" */
  LANYARD_PICKUP_INPUT_CAME_OUT,        /* somebody's word: the badge came out and is good */
  LANYARD_PICKUP_INPUT_NOT_OUT,         /* somebody's word: nothing usable came out */
  LANYARD_PICKUP_INPUT_RESTART,         /* the program starts and finds the pickup on disk */
  LANYARD_PICKUP_INPUT_NEXT,            /* the next person, please */
  LANYARD_PICKUP_INPUT_WITHDRAW, /* staff: this badge is void from now on, for the context's reason
                                  */
  LANYARD_PICKUP_INPUT_VALIDATE, /* staff: the pre-valid card has its seal */
  LANYARD_PICKUP_INPUT_HAND_OUT, /* staff: here is a numbered day pass */
  LANYARD_PICKUP_INPUT_AGREE,    /* "I agree" to what is asked */
  LANYARD_PICKUP_INPUT_DECLINE,  /* "I do not agree" */
  LANYARD_PICKUP_INPUT_PICTURE,  /* "use this photo of me": it is kept */
  LANYARD_PICKUP_N_INPUTS,
} LanyardPickupInput;

/* What guards look at. */
typedef struct
{
  gboolean staff;     /* staff are signed in at this desk */
  gboolean scan_back; /* this desk has badges scanned back; FALSE: the person's word does */
  guint wrong_badges; /* wrong badges at scan-back before this input */
  LanyardVoidReason void_reason; /* why staff withdraw a badge; 0: they gave no reason */
  LanyardConsentNeed consent;    /* what the person has still to be asked */
  gboolean photo_missing;        /* the badge is to have a photo, and there is none */
} LanyardPickupContext;

/* How many wrong badges end a scan-back. */
#define LANYARD_PICKUP_MAX_WRONG_BADGES 3

typedef enum
{
  LANYARD_PICKUP_IGNORED = 0,   /* means nothing in this state */
  LANYARD_PICKUP_FORBIDDEN = 1, /* means something, but not from this person */
  LANYARD_PICKUP_TAKEN = 2,
} LanyardPickupResult;

/* What is to be done, in the order of the list. When one fails, none after it is done. */
typedef enum
{
  LANYARD_PICKUP_EFFECT_NONE = 0,
  LANYARD_PICKUP_EFFECT_COMMIT, /* step.record and the new state, durable, before anything else */
  LANYARD_PICKUP_EFFECT_SUBMIT, /* render, sign and send the badge to the printer, once */
  LANYARD_PICKUP_EFFECT_ASK,    /* ask the printer what became of the job; to tell, not to decide */
  LANYARD_PICKUP_EFFECT_FORGET, /* the printer need not follow the job any more */
  LANYARD_PICKUP_EFFECT_LEAVE,  /* nobody is served any more: wipe the person */
} LanyardPickupEffect;

#define LANYARD_PICKUP_MAX_EFFECTS 3

/* The answer of the machine. A value. */
typedef struct
{
  LanyardPickupResult result;
  LanyardPickupState from;
  LanyardPickupState to;           /* from, unless TAKEN */
  LanyardRecordKind record;        /* 0: nothing is committed */
  LanyardVoidReason void_reason;   /* only with LANYARD_RECORD_VOIDED */
  LanyardConfirmedBy confirmed_by; /* only with LANYARD_RECORD_ISSUED */
  LanyardConsentDecision consent;  /* UNDECIDED: none; otherwise a CONSENT record goes into the
                                      COMMIT:  it is the record, or it stands in front of it */
  LanyardPickupEffect effects[LANYARD_PICKUP_MAX_EFFECTS]; /* NONE from the first unused on */
} LanyardPickupStep;

/**
 * lanyard_pickup_machine_step:
 * @state: present state
 * @input: what happened
 * @context: what guards look at
 *
 * Pure and total: every state takes, forbids or ignores every input.
 *
 * Returns: what follows
 */
LanyardPickupStep lanyard_pickup_machine_step (LanyardPickupState state,
                                               LanyardPickupInput input,
                                               const LanyardPickupContext *context);

gboolean lanyard_pickup_step_has (const LanyardPickupStep *step, LanyardPickupEffect effect);

/* "print-spooled" (transfer none) */
const char *lanyard_pickup_input_to_string (LanyardPickupInput input);

G_END_DECLS
