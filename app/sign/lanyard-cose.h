/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-key.h"

G_BEGIN_DECLS

/*
 * COSE_Sign1 (RFC 9052 §4.2) with EdDSA/Ed25519 (RFC 9053 §2.2) and nothing else: the algorithm is
 * bound to the key; a message that names another one does not verify.
 */

/**
 * lanyard_cose_sign1:
 * @key: signs
 * @content: (nullable): what kind of message this is, such as "lanyard/receipt"; goes into the
 *   protected header as content type (3), so that a message of one kind never passes as another;
 *   NULL for credentials, which have no room for it
 * @external_aad: (nullable): bytes that are signed but not sent
 * @payload: payload bytes
 * @n_payload: their number, at least 1
 *
 * Protected header: {1: -8} and, with @content, {3: content}; unprotected: {4: kid}. Tag 18.
 *
 * Returns: (transfer full): deterministic CBOR
 */
GBytes *lanyard_cose_sign1 (const LanyardKey *key,
                            const char *content,
                            GBytes *external_aad,
                            const void *payload,
                            gsize n_payload);

/* A message taken apart, not yet verified. Borrowed pointers into the bytes given. */
typedef struct
{
  const guint8 *protected_header; /* encoded map */
  gsize n_protected_header;       /* bytes */
  LanyardKid kid;
  gboolean has_kid;
  char *content; /* owned (nullable): content type of the protected header; the
                  * number of a CoAP content format as its decimals */
  const guint8 *payload;
  gsize n_payload;         /* bytes */
  const guint8 *signature; /* LANYARD_SIGNATURE_BYTES */
  gboolean tagged;         /* tag 18 stands before it (COSE_Sign1_Tagged) */
} LanyardCoseMessage;

/**
 * lanyard_cose_parse:
 * @message: (out caller-allocates): the parts; clear with lanyard_cose_message_clear()
 * @data: bytes; must outlive @message
 * @n_bytes: their number
 * @max_bytes: limit
 * @error: LANYARD_ERROR_LIMIT, LANYARD_ERROR_INVALID, LANYARD_ERROR_SIGNATURE for an algorithm
 *   other than EdDSA or an unknown critical header (RFC 9052 §3.1)
 *
 * Takes the tagged and the untagged form. Headers that Lanyard does not write are refused: the
 * unprotected header may hold nothing but the key's name. A name of another length than
 * LANYARD_KID_BYTES is somebody else's: has_kid is FALSE then.
 */
gboolean lanyard_cose_parse (LanyardCoseMessage *message,
                             const void *data,
                             gsize n_bytes,
                             gsize max_bytes,
                             GError **error);

/**
 * lanyard_cose_verify:
 * @message: a parsed message
 * @key: the key that must have signed it
 * @content: (nullable): the content type that must stand in it; NULL: none may
 * @external_aad: (nullable): as when signing
 * @error: LANYARD_ERROR_SIGNATURE
 */
gboolean lanyard_cose_verify (const LanyardCoseMessage *message,
                              const LanyardPublicKey *key,
                              const char *content,
                              GBytes *external_aad,
                              GError **error);

void lanyard_cose_message_clear (LanyardCoseMessage *message);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardCoseMessage, lanyard_cose_message_clear)

G_END_DECLS
