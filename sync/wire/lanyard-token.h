/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-trust-list.h"
#include "lanyard-wire.h"

G_BEGIN_DECLS

/*
 * How a desk proves who asks, on every request that carries no signed body: a short-lived signed
 * statement in "Authorization: Lanyard <base64url>", good for one method and one path.
 */
typedef struct
{
  guint32 device;
  guint32 epoch;
  char *method;  /* "GET" */
  char *path;    /* path and query as sent */
  gint64 time_s; /* the desk's wall clock, s since 1970-01-01 UTC */
} LanyardToken;

void lanyard_token_free (LanyardToken *token);
/* Returns: (transfer full): value of the Authorization header */
char *lanyard_token_sign (const LanyardToken *token, const LanyardKey *key);

/**
 * lanyard_token_open:
 * @header: (nullable): value of the Authorization header
 * @trust: the key needs LANYARD_SCOPE_RECORDS and must belong to the token's device
 * @method: what was asked
 * @path: what was asked, path and query as received
 * @now_s: the hub's clock, s since 1970-01-01 UTC
 * @error: LANYARD_ERROR_INVALID, _LIMIT, _SIGNATURE, _UNTRUSTED; _EXPIRED when the desk's clock and
 *   the hub's are more than LANYARD_TOKEN_SKEW_S apart
 *
 * Returns: (transfer full) (nullable): the token
 */
LanyardToken *lanyard_token_open (const char *header,
                                  const LanyardTrustList *trust,
                                  const char *method,
                                  const char *path,
                                  gint64 now_s,
                                  GError **error);
/* The payload alone. */
LanyardToken *lanyard_token_decode (const void *data, gsize n_bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardToken, lanyard_token_free)

G_END_DECLS
