/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-consent.h"
#include "lanyard-eligibility.h"
#include "lanyard-hand-over.h"

G_BEGIN_DECLS

/*
 * What happened with one person at one desk, one line an event, made of the records alone. Pure:
 * the same records give the same lines. Holds no personal data until somebody opens its notes.
 */
typedef struct _LanyardPast LanyardPast;

typedef enum
{
  LANYARD_PAST_UNDER_WAY,   /* a badge is on its way, or has not been confirmed */
  LANYARD_PAST_UNKNOWN,     /* nobody knows whether it came out */
  LANYARD_PAST_ISSUED,      /* the badge was handed out */
  LANYARD_PAST_REISSUED,    /* likewise, in place of another one */
  LANYARD_PAST_VALIDATED,   /* a pre-valid card was made valid */
  LANYARD_PAST_PASS_HANDED, /* a day pass was handed out */
  LANYARD_PAST_PASS_RETURNED,
  LANYARD_PAST_VOIDED,    /* a badge was made void */
  LANYARD_PAST_NOT_OUT,   /* a badge that never got into a hand is void */
  LANYARD_PAST_REFUSED,   /* a visit that ended without a badge */
  LANYARD_PAST_REFERRED,  /* a visit that ended with "please see our staff" */
  LANYARD_PAST_DECIDED,   /* which of several badges stays was decided */
  LANYARD_PAST_NOTE,      /* staff wrote a note */
  LANYARD_PAST_HANDED_ON, /* staff handed the person over to a supervisor */
  LANYARD_PAST_AGREED,    /* the person agreed to something */
  LANYARD_PAST_DECLINED,  /* the person did not agree to something */
  LANYARD_PAST_PHOTO,     /* a photo of the person was taken */
  LANYARD_PAST_ELSEWHERE, /* no record of this desk: a badge that another one handed out */
} LanyardPastKind;

/* One line. A value. */
typedef struct
{
  LanyardPastKind kind;
  gint64 at_us;    /* wall; 0: not known */
  gint64 position; /* in the journal, of its newest record; 0: it is no record of this desk */
  gboolean waits;  /* the hub has not given a receipt for all of it */
  LanyardId pickup;
  char *serial;                    /* (nullable) */
  char *replaces;                  /* (nullable): serial of the badge that it takes the place of */
  char *staff;                     /* (nullable): staff number of who did the last of it */
  char *second;                    /* (nullable): and of who agreed */
  LanyardPickupState state;        /* of what is under way */
  LanyardVoidReason void_reason;   /* VOIDED, NOT_OUT; REISSUED: why the one before is void */
  LanyardReason reason;            /* REFUSED, REFERRED: the gravest; 0: none */
  LanyardDocumentVerdict document; /* that was shown for it */
  LanyardHandOver hand_over;       /* HANDED_ON: why */
  GBytes *sealed;                  /* (nullable): NOTE: what was written, sealed */
  char *text;                      /* (nullable): NOTE: what was written, once it is opened */
  char *consent;                   /* (nullable): AGREED, DECLINED: id of what */
  char *place;                     /* (nullable): ELSEWHERE: venue's code */
} LanyardPastLine;

LanyardPastLine *lanyard_past_line_new (LanyardPastKind kind);
LanyardPastLine *lanyard_past_line_copy (const LanyardPastLine *line);
/* Wipes what was written. @line: (nullable) */
void lanyard_past_line_free (LanyardPastLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardPastLine, lanyard_past_line_free)

LanyardPast *lanyard_past_new (void);
/* @past: (nullable) */
void lanyard_past_free (LanyardPast *past);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardPast, lanyard_past_free)

/* Whether records of @kind say something of a person's past: all others are passed over. */
gboolean lanyard_past_is_of_it (guint16 kind);
/* Takes the next record of the person, oldest first. @position: in the journal. Total: what makes
 * no sense adds nothing. */
void lanyard_past_take (LanyardPast *past, const LanyardRecord *record, gint64 position);
/* Returns: (transfer none) (element-type LanyardPastLine): in the order in which they began */
GPtrArray *lanyard_past_get_lines (LanyardPast *past);

G_END_DECLS
