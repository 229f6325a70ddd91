/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-credential.h"

G_BEGIN_DECLS

/* What somebody who checks a badge has to know, gravest last. Not persisted. */
typedef enum
{
  LANYARD_VERIFICATION_GENUINE = 10,     /* signed, in time, and not declared void */
  LANYARD_VERIFICATION_NOT_YET = 20,     /* genuine, and not valid yet */
  LANYARD_VERIFICATION_EXPIRED = 30,     /* genuine, and past its time */
  LANYARD_VERIFICATION_VOID = 40,        /* genuine, and declared void */
  LANYARD_VERIFICATION_OTHER_EVENT = 50, /* of another event, by its own word or by its signature */
  LANYARD_VERIFICATION_UNKNOWN_KEY = 60, /* signed by nobody whom the event trusts with it */
  LANYARD_VERIFICATION_ALTERED = 70,     /* the signature is not of what stands there */
  LANYARD_VERIFICATION_FOREIGN = 80,     /* none of Lanyard's codes at all */
} LanyardVerificationAnswer;

/* The answer and what it rests on. A value. */
typedef struct
{
  LanyardVerificationAnswer answer;
  LanyardClaims *claims; /* owned (nullable): whenever somebody who may sign them did */
  guint32 device;        /* desk that signed; 0: the hub, or nobody */
  GError *problem;       /* owned (nullable): NULL with GENUINE alone */
} LanyardVerification;

/**
 * lanyard_verification_new:
 * @text: what was scanned; hostile
 * @event: (nullable): as for lanyard_credential_verify()
 * @trust: trust list
 * @negative: (nullable): negative list
 * @now_s: s since 1970-01-01 UTC
 *
 * As lanyard_credential_verify(), for somebody who asks: also what is not good is told apart, and a
 * genuine badge that is not good any more is still shown to be whose it was.
 *
 * Returns: (transfer full): the answer
 */
LanyardVerification *lanyard_verification_new (const char *text,
                                               const char *event,
                                               const LanyardTrustList *trust,
                                               const LanyardNegativeList *negative,
                                               gint64 now_s);
LanyardVerification *lanyard_verification_copy (const LanyardVerification *verification);
void lanyard_verification_free (LanyardVerification *verification);

/* "genuine" (transfer none) */
const char *lanyard_verification_answer_to_string (LanyardVerificationAnswer answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardVerification, lanyard_verification_free)

G_END_DECLS
