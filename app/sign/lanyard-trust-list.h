/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-key.h"

G_BEGIN_DECLS

/* What a key may sign. Persisted. */
typedef enum
{
  LANYARD_SCOPE_TRUST = 1 << 0,      /* trust lists */
  LANYARD_SCOPE_PACK = 1 << 1,       /* pack manifests */
  LANYARD_SCOPE_INVITATION = 1 << 2, /* invitations and pre-valid cards */
  LANYARD_SCOPE_BADGE = 1 << 3,      /* badges */
  LANYARD_SCOPE_DIRECTORY = 1 << 4,  /* directory changes, negative lists, alerts */
  LANYARD_SCOPE_RECEIPT = 1 << 5,    /* receipts of the hub */
  LANYARD_SCOPE_RECORDS = 1 << 6,    /* upload batches of one desk */
} LanyardScope;

typedef struct
{
  LanyardPublicKey key;
  guint32 scopes;      /* LanyardScope flags */
  guint32 device;      /* the desk this key belongs to; 0: no desk's */
  gint64 not_before_s; /* s since 1970-01-01 UTC */
  gint64 not_after_s;  /* s since 1970-01-01 UTC, exclusive */
} LanyardTrustedKey;

/* Limits of one signed list. */
#define LANYARD_TRUST_LIST_MAX_KEYS 20000
#define LANYARD_TRUST_LIST_MAX_BYTES (2 * 1024 * 1024)

/* An immutable list of keys with a counter; reference counted, may be shared between threads. */
typedef struct _LanyardTrustList LanyardTrustList;

/* Returns: (transfer full): a list; @keys are copied. Two keys with one kid: only the first counts.
 */
LanyardTrustList *lanyard_trust_list_new (guint64 counter,
                                          gint64 issued_s,
                                          const LanyardTrustedKey *keys,
                                          guint n_keys);
LanyardTrustList *lanyard_trust_list_ref (LanyardTrustList *list);
void lanyard_trust_list_unref (LanyardTrustList *list);

/* Returns: (transfer full): a signed list, content type "lanyard/trust" */
GBytes *lanyard_trust_list_sign (const LanyardTrustList *list, const LanyardKey *key);

/**
 * lanyard_trust_list_load:
 * @data: a signed list
 * @n_bytes: its length
 * @root: the event root key, which may always sign trust lists
 * @previous: (nullable): the list in force: a key of it with LANYARD_SCOPE_TRUST may sign too, and
 *   a counter lower than its counter is LANYARD_ERROR_ROLLBACK
 * @now_s: s since 1970-01-01 UTC
 * @error: LANYARD_ERROR_LIMIT, _INVALID, _SIGNATURE, _UNTRUSTED, _ROLLBACK
 *
 * Returns: (transfer full) (nullable): the list
 */
LanyardTrustList *lanyard_trust_list_load (const void *data,
                                           gsize n_bytes,
                                           const LanyardPublicKey *root,
                                           const LanyardTrustList *previous,
                                           gint64 now_s,
                                           GError **error);

guint64 lanyard_trust_list_get_counter (const LanyardTrustList *list);
guint lanyard_trust_list_get_n_keys (const LanyardTrustList *list);
const LanyardTrustedKey *lanyard_trust_list_get_key (const LanyardTrustList *list, guint index);

/**
 * lanyard_trust_list_find:
 * @list: a list
 * @kid: key to find
 * @scope: what it is to be used for; of several flags one is enough
 * @at_s: when, s since 1970-01-01 UTC
 * @error: LANYARD_ERROR_UNTRUSTED (no such key, or not for this), LANYARD_ERROR_EXPIRED
 *
 * Returns: (transfer none) (nullable): the key
 */
const LanyardTrustedKey *lanyard_trust_list_find (const LanyardTrustList *list,
                                                  const LanyardKid *kid,
                                                  LanyardScope scope,
                                                  gint64 at_s,
                                                  GError **error);

/**
 * lanyard_trust_list_open:
 * @list: a list
 * @scope: what the signing key must be allowed to sign
 * @content: (nullable): the content type that must stand in the message
 * @external_aad: (nullable): as when signing
 * @data: a COSE_Sign1 message; must outlive @payload
 * @n_bytes: its length
 * @max_bytes: limit
 * @at_s: when
 * @payload: (out): the payload, pointing into @data
 * @n_payload: (out): its length
 * @error: anything that parse, find and verify give
 *
 * Parse, find the key, verify: the one way in which signed messages are opened.
 *
 * Returns: (transfer none) (nullable): the key that signed
 */
const LanyardTrustedKey *lanyard_trust_list_open (const LanyardTrustList *list,
                                                  LanyardScope scope,
                                                  const char *content,
                                                  GBytes *external_aad,
                                                  const void *data,
                                                  gsize n_bytes,
                                                  gsize max_bytes,
                                                  gint64 at_s,
                                                  const guint8 **payload,
                                                  gsize *n_payload,
                                                  GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardTrustList, lanyard_trust_list_unref)

G_END_DECLS
