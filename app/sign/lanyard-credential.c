/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-sign"

#include "lanyard-credential.h"

#include <string.h>

#include "lanyard-base45.h"
#include "lanyard-claims-private.h"
#include "lanyard-cose.h"
#include "lanyard-credential-private.h"
#include "lanyard-error.h"

/* Head of the tag that lanyard_cose_sign1() puts first; a symbol has no room for it. */
#define COSE_SIGN1_TAG_BYTES 1

static LanyardScope
scope_of (LanyardCredentialKind kind)
{
  return kind == LANYARD_CREDENTIAL_BADGE ? LANYARD_SCOPE_BADGE : LANYARD_SCOPE_INVITATION;
}

/* Everything that does not need the claims. Returns: (transfer none): the key that signed */
static const LanyardTrustedKey *
check_signature (const LanyardCoseMessage *message,
                 const LanyardTrustList *trust,
                 gint64 now_s,
                 GError **error)
{
  const LanyardTrustedKey *key;

  if (message->tagged)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "The credential has a tag, which Lanyard's have not");
      return NULL;
    }
  if (!message->has_kid)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                           "The credential does not name a key of this event");
      return NULL;
    }
  key = lanyard_trust_list_find (trust, &message->kid,
                                 LANYARD_SCOPE_BADGE | LANYARD_SCOPE_INVITATION, now_s, error);
  if (key == NULL || !lanyard_cose_verify (message, &key->key, NULL, NULL, error))
    return NULL;
  return key;
}

static gboolean
check_scope (const LanyardClaims *claims, const LanyardTrustedKey *key, GError **error)
{
  if ((key->scopes & scope_of (claims->kind)) != 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
               "The key that signed this %s may not sign such credentials",
               lanyard_credential_kind_to_string (claims->kind));
  return FALSE;
}

static gboolean
check_claims (const LanyardClaims *claims,
              gint64 not_before_s,
              const char *event,
              gint64 now_s,
              GError **error)
{
  if (event != NULL && strcmp (claims->event, event) != 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                           "The credential is for another event");
      return FALSE;
    }
  if (now_s >= claims->expires_s || now_s < not_before_s)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_EXPIRED, "The credential is not valid %s",
                   now_s < not_before_s ? "yet" : "any more");
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_negative_list (const LanyardClaims *claims,
                     const LanyardNegativeList *negative,
                     GError **error)
{
  /* Invitations have no sequence; a pre-valid card that has one is a badge as soon as it is valid.
   */
  if (negative == NULL || claims->sequence == 0
      || (claims->sequence >= lanyard_negative_list_lookup (negative, claims->number)
          && (claims->serial == NULL
              || !lanyard_negative_list_has_serial (negative, claims->serial))))
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_REVOKED,
                       "This badge was declared void: a later one took its place");
  return FALSE;
}

/* Returns: (transfer full) (nullable): the message in @text, which is hostile */
static GBytes *
decode_text (const char *text, GError **error)
{
  if (strnlen (text, LANYARD_CREDENTIAL_MAX_TEXT + 1) > LANYARD_CREDENTIAL_MAX_TEXT)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "The credential is longer than the %d characters allowed",
                   LANYARD_CREDENTIAL_MAX_TEXT);
      return NULL;
    }
  if (!lanyard_credential_has_prefix (text))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "The text is no signed credential: those begin with “LY1:”");
      return NULL;
    }
  return lanyard_base45_decode (text + strlen (LANYARD_CREDENTIAL_PREFIX),
                                LANYARD_CREDENTIAL_MAX_BYTES, error);
}

char *
lanyard_credential_sign (const LanyardClaims *claims, const LanyardKey *key)
{
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autofree char *text = NULL;
  const guint8 *data;
  gsize n_bytes;

  g_return_val_if_fail (claims != NULL && key != NULL, NULL);

  if (!lanyard_claims_check (claims, NULL))
    return NULL;
  payload = lanyard_claims_encode (claims);
  message = lanyard_cose_sign1 (key, NULL, NULL, g_bytes_get_data (payload, NULL),
                                g_bytes_get_size (payload));
  data = g_bytes_get_data (message, &n_bytes);
  if (n_bytes - COSE_SIGN1_TAG_BYTES > LANYARD_CREDENTIAL_MAX_BYTES)
    return NULL;
  text = lanyard_base45_encode (data + COSE_SIGN1_TAG_BYTES, n_bytes - COSE_SIGN1_TAG_BYTES);
  return g_strconcat (LANYARD_CREDENTIAL_PREFIX, text, NULL);
}

gboolean
lanyard_credential_has_prefix (const char *text)
{
  return text != NULL && g_str_has_prefix (text, LANYARD_CREDENTIAL_PREFIX);
}

LanyardClaims *
lanyard_credential_read (const char *text,
                         const LanyardTrustList *trust,
                         gint64 now_s,
                         LanyardCredentialOrigin *origin,
                         GError **error)
{
  g_auto (LanyardCoseMessage) message = { 0 };
  g_autoptr (GBytes) bytes = decode_text (text, error);
  g_autoptr (LanyardClaims) claims = NULL;

  *origin = (LanyardCredentialOrigin){ 0 };
  if (bytes == NULL
      || !lanyard_cose_parse (&message, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                              LANYARD_CREDENTIAL_MAX_BYTES, error))
    return NULL;
  origin->key = check_signature (&message, trust, now_s, error);
  if (origin->key == NULL)
    return NULL;
  claims = lanyard_claims_decode (message.payload, message.n_payload, &origin->not_before_s, error);
  if (claims == NULL || !check_scope (claims, origin->key, error))
    return NULL;
  claims->kid = message.kid;
  return g_steal_pointer (&claims);
}

char *
lanyard_credential_peek_event (const char *text)
{
  g_auto (LanyardCoseMessage) message = { 0 };
  g_autoptr (GBytes) bytes = decode_text (text, NULL);
  g_autoptr (LanyardClaims) claims = NULL;
  gint64 not_before_s;

  if (bytes == NULL
      || !lanyard_cose_parse (&message, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                              LANYARD_CREDENTIAL_MAX_BYTES, NULL))
    return NULL;
  claims = lanyard_claims_decode (message.payload, message.n_payload, &not_before_s, NULL);
  return claims != NULL ? g_steal_pointer (&claims->event) : NULL;
}

gboolean
lanyard_credential_judge (const LanyardClaims *claims,
                          const LanyardCredentialOrigin *origin,
                          const char *event,
                          const LanyardNegativeList *negative,
                          gint64 now_s,
                          GError **error)
{
  return check_claims (claims, origin->not_before_s, event, now_s, error)
         && check_negative_list (claims, negative, error);
}

LanyardClaims *
lanyard_credential_verify (const char *text,
                           const char *event,
                           const LanyardTrustList *trust,
                           const LanyardNegativeList *negative,
                           gint64 now_s,
                           GError **error)
{
  LanyardCredentialOrigin origin;
  g_autoptr (LanyardClaims) claims = NULL;

  g_return_val_if_fail (text != NULL && trust != NULL, NULL);

  claims = lanyard_credential_read (text, trust, now_s, &origin, error);
  if (claims == NULL || !lanyard_credential_judge (claims, &origin, event, negative, now_s, error))
    return NULL;
  return g_steal_pointer (&claims);
}

const char *
lanyard_credential_kind_to_string (LanyardCredentialKind kind)
{
  switch (kind)
    {
    case LANYARD_CREDENTIAL_INVITATION:
      return "invitation";
    case LANYARD_CREDENTIAL_PRE_VALID:
      return "pre-valid";
    case LANYARD_CREDENTIAL_BADGE:
      return "badge";
    case LANYARD_CREDENTIAL_NUMBER:
      return "number";
    case LANYARD_CREDENTIAL_DOCUMENT:
      return "document";
    case LANYARD_CREDENTIAL_SEARCH:
      return "search";
    case LANYARD_CREDENTIAL_UNKNOWN:
    default:
      return "unknown";
    }
}
