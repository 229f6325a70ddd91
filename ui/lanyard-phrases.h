/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-pack.h"
#include "lanyard-picture-check.h"
#include "lanyard-scanner.h"
#include "lanyard-view.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

/*
 * What the screens say about the desk's enums. All of it English and marked for translation: the
 * page passes it through its words.
 */

/* What is said below the camera's picture. Returns: (transfer none): for NONE how to hold a code */
const char *lanyard_phrase_for_hint (LanyardHint hint);

/* Returns: (transfer none) (nullable): NULL for NONE */
const char *lanyard_phrase_for_notice (LanyardNotice notice);

/* What self-service tells a person who is sent on: the class of the gravest reason, never one that
 * is private (a clearance, a suspension). Returns: (transfer none) */
const char *lanyard_phrase_for_referral (const LanyardVerdict *verdict);
/* The same reasons in words for staff. Returns: (transfer none) */
/* Why staff make a badge void, as it stands on a button. */
const char *lanyard_phrase_for_void (LanyardVoidReason reason);
/* Why one badge of several stays, as it stands on a button. */
const char *lanyard_phrase_for_resolve (LanyardResolveReason reason);
/* What is known of one badge of several. */
const char *lanyard_phrase_for_side (LanyardSideState state);
/* Returns: (transfer full): "Desk 7, North door, Main centre". @pack, @name, @venue: (nullable);
 * @device: 0: the hub */
char *lanyard_phrase_dup_desk (LanyardWords *words,
                               LanyardPack *pack,
                               guint32 device,
                               const char *name,
                               const char *venue);
/* Why what was recorded has not been sent, and what follows. @online: the hub itself answers */
const char *lanyard_phrase_for_wait (LanyardLinkWait wait, gboolean online);
/* Returns: (transfer full): date and time here, or a dash. @at_us: wall; 0: not known */
char *lanyard_phrase_dup_when (LanyardWords *words, gint64 at_us);
/* What the printer says of a badge of which nobody knows whether it came out. @word: (nullable) */
const char *lanyard_phrase_for_word (const LanyardPrintReport *word);
/* The same reasons in words for staff. Returns: (transfer none) */
const char *lanyard_phrase_for_reason (LanyardReason reason);
const char *lanyard_phrase_for_clearance (LanyardClearanceState state);
const char *lanyard_phrase_for_consent (LanyardConsentDecision decision);

/* What is wrong with a photo and what to do about it, in one sentence. @taken: FALSE: of what the
 * camera shows, where nothing wrong is how to stand */
const char *lanyard_phrase_for_flaw (LanyardPictureFlaw flaw, gboolean taken);

/* What stands in the way of a badge, and what to do about it. */
typedef struct
{
  const char *title;        /* what happened */
  const char *advice;       /* what whoever stands there does next */
  const char *remedy;       /* (nullable): what staff do; NULL for a mere warning */
  const char *code;         /* by which staff know it */
  const char *illustration; /* name of the drawing */
} LanyardFaultPhrase;

/* For every fault but NONE. @phrase: (out caller-allocates): borrowed texts */
void lanyard_phrase_for_fault (LanyardPrintFault fault, LanyardFaultPhrase *phrase);
/* Why a printer's own counter says something else. Returns: (transfer none) */
const char *lanyard_phrase_for_note (LanyardShiftNote note);

/* Above the results of a search: how many, or, of @n that are more than @listed, how the one is
 * found. Returns: (transfer full) */
char *lanyard_phrase_dup_found (LanyardWords *words, guint n, guint listed);

G_END_DECLS
