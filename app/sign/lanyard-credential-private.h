/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-credential.h"

G_BEGIN_DECLS

/* What is known of a credential beside its claims. */
typedef struct
{
  const LanyardTrustedKey *key; /* borrowed from the trust list (nullable): who signed */
  gint64 not_before_s;          /* the nbf claim; 0: none */
} LanyardCredentialOrigin;

/* The first half of lanyard_credential_verify(): whether somebody who may sign such a credential
 * signed this one. @origin: (out caller-allocates): of use only with claims. Returns: (transfer
 * full) (nullable): the claims, of whatever event and time */
LanyardClaims *lanyard_credential_read (const char *text,
                                        const LanyardTrustList *trust,
                                        gint64 now_s,
                                        LanyardCredentialOrigin *origin,
                                        GError **error);
/* The other half: whether it is good here and now. */
gboolean lanyard_credential_judge (const LanyardClaims *claims,
                                   const LanyardCredentialOrigin *origin,
                                   const char *event,
                                   const LanyardNegativeList *negative,
                                   gint64 now_s,
                                   GError **error);

/* What stands in one for which nobody vouches: to tell somebody whose it may be, and for nothing
 * else. Returns: (transfer full) (nullable) */
char *lanyard_credential_peek_event (const char *text);

G_END_DECLS
