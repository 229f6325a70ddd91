/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-negative-list.h"

G_BEGIN_DECLS

/* What stands before the Base45 text of every signed credential. */
#define LANYARD_CREDENTIAL_PREFIX "LY1:"
/* Longest signed credential: text characters, and decoded bytes. */
#define LANYARD_CREDENTIAL_MAX_TEXT 1200
#define LANYARD_CREDENTIAL_MAX_BYTES 768

/* Persisted in claims and records. */
typedef enum
{
  LANYARD_CREDENTIAL_UNKNOWN = 0,
  LANYARD_CREDENTIAL_INVITATION = 10,
  LANYARD_CREDENTIAL_PRE_VALID = 20, /* pre-valid card, to be validated in person; without a serial
                                      * it is good for a badge, as an invitation is */
  LANYARD_CREDENTIAL_BADGE = 30,
  LANYARD_CREDENTIAL_NUMBER = 40,   /* accreditation number, barcode or typed: proves nothing */
  LANYARD_CREDENTIAL_DOCUMENT = 50, /* identity document */
  LANYARD_CREDENTIAL_SEARCH = 60,   /* found by staff */
} LanyardCredentialKind;

/*
 * Claims of a signed credential: a CWT (RFC 8392) in COSE_Sign1, tag-less, in Base45.
 * Claim keys: 1 iss (event code), 2 sub (accreditation number), 4 exp, 6 iat, and one private
 * claim, since the key of each costs five bytes in a symbol that has none to spare:
 *
 *   -65537: [kind, serial / null, sequence, category / null, [* privilege], ? name]
 *
 * Claims that are not named here are passed over (RFC 8392 §3), but nbf (5) is obeyed.
 * The name stands there only where the pack says so. No birth date, no document number, no check
 * result.
 */
typedef struct
{
  LanyardCredentialKind kind;
  char *event;       /* event code of the pack */
  char *number;      /* accreditation number */
  char *serial;      /* (nullable): badge serial; badges, and pre-valid cards that become badges */
  guint32 sequence;  /* badge sequence; 0 without a serial */
  char *category;    /* (nullable) */
  char **privileges; /* codes as the pack orders them: zones then transport; never NULL */
  char *name;        /* (nullable) */
  gint64 issued_s;   /* s since 1970-01-01 UTC */
  gint64 expires_s;  /* s since 1970-01-01 UTC, exclusive; later than issued_s */
  LanyardKid kid;    /* set by verify: who signed */
} LanyardClaims;

LanyardClaims *lanyard_claims_new (void);
LanyardClaims *lanyard_claims_copy (const LanyardClaims *claims);
void lanyard_claims_free (LanyardClaims *claims);

/* Limits of the claims, which sign and verify share. */
#define LANYARD_CLAIMS_MAX_CODE_BYTES 64  /* event, number, serial, category, each privilege */
#define LANYARD_CLAIMS_MAX_NAME_BYTES 256 /* name */
#define LANYARD_CLAIMS_MAX_PRIVILEGES 256

/**
 * lanyard_credential_sign:
 * @claims: what to say; kid is not looked at
 * @key: signs
 *
 * Returns: (transfer full) (nullable): "LY1:…", text of the QR alphanumeric mode; NULL for claims
 *   that lanyard_credential_verify() would not take: too long, empty, without what the kind needs
 */
char *lanyard_credential_sign (const LanyardClaims *claims, const LanyardKey *key);

/* Whether @text begins like a signed credential. */
gboolean lanyard_credential_has_prefix (const char *text);

/**
 * lanyard_credential_verify:
 * @text: what was scanned
 * @event: (nullable): the event code that must stand in it; a desk always knows its own, %NULL is
 * for tools that only have the event's trust list
 * @trust: trust list; the key needs SCOPE_BADGE or SCOPE_INVITATION as the kind demands
 * @negative: (nullable): negative list; what has a sequence below its lowest valid one is
 *   LANYARD_ERROR_REVOKED
 * @now_s: s since 1970-01-01 UTC
 * @error: LANYARD_ERROR_LIMIT, _INVALID, _SIGNATURE, _UNTRUSTED, _EXPIRED, _REVOKED;
 *   LANYARD_ERROR_REFUSED for another event
 *
 * Offline. The signature is checked before any claim is looked at. The key must be valid at @now_s
 * and not merely when the badge was made: a stolen key can be given any date. So the key of a desk
 * is to outlive the badges that it signs.
 *
 * Returns: (transfer full) (nullable): the claims
 */
LanyardClaims *lanyard_credential_verify (const char *text,
                                          const char *event,
                                          const LanyardTrustList *trust,
                                          const LanyardNegativeList *negative,
                                          gint64 now_s,
                                          GError **error);

/* "invitation" (transfer none) */
const char *lanyard_credential_kind_to_string (LanyardCredentialKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardClaims, lanyard_claims_free)

G_END_DECLS
