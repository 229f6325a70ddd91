/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-trust-list.h"
#include "lanyard-wire.h"

G_BEGIN_DECLS

/* What a desk says when it becomes one. Signed with the very key it asks for: proof that it has it.
 */
typedef struct
{
  char *code;           /* one-time code, as lanyard_enrolment_code_normalise() leaves it */
  LanyardPublicKey key; /* the desk's new key */
  char *venue;          /* venue code */
  char *name;           /* words for people; may be empty */
} LanyardEnrolmentRequest;

void lanyard_enrolment_request_free (LanyardEnrolmentRequest *request);
GBytes *lanyard_enrolment_request_sign (const LanyardEnrolmentRequest *request,
                                        const LanyardKey *key);
/* @error: LANYARD_ERROR_LIMIT, _INVALID, _NEWER, _SIGNATURE. Returns: (transfer full) (nullable) */
LanyardEnrolmentRequest *
lanyard_enrolment_request_open (const void *data, gsize n_bytes, GError **error);
LanyardEnrolmentRequest *
lanyard_enrolment_request_decode (const void *data, gsize n_bytes, GError **error);

/* Who the desk is from now on. */
typedef struct
{
  guint32 device;
  guint32 epoch;
  char *event;          /* event code */
  char *serial_prefix;  /* of every badge serial that it makes */
  char *venue;          /* venue code that the code was for */
  LanyardPublicKey key; /* the key that was enrolled: the desk's own */
} LanyardEnrolmentAnswer;

void lanyard_enrolment_answer_free (LanyardEnrolmentAnswer *answer);
GBytes *lanyard_enrolment_answer_sign (const LanyardEnrolmentAnswer *answer, const LanyardKey *key);
/* @trust: the key needs LANYARD_SCOPE_TRUST. @key: must stand in it. */
LanyardEnrolmentAnswer *lanyard_enrolment_answer_open (GBytes *message,
                                                       const LanyardTrustList *trust,
                                                       const LanyardPublicKey *key,
                                                       gint64 at_s,
                                                       GError **error);
LanyardEnrolmentAnswer *
lanyard_enrolment_answer_decode (const void *data, gsize n_bytes, GError **error);

/* Returns: (transfer full): a new code of 100 random bits, such as "7K2QM-…", for a person to type
 * or a QR code to carry */
char *lanyard_enrolment_code_new (void);
/* Upper case, without hyphens and blanks, O read as 0, I and L as 1 (Crockford's base 32).
 * Returns: (transfer full) (nullable): NULL when it cannot be a code */
char *lanyard_enrolment_code_normalise (const char *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardEnrolmentRequest, lanyard_enrolment_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardEnrolmentAnswer, lanyard_enrolment_answer_free)

G_END_DECLS
