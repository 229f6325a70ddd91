/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-sign"

#include "lanyard-claims-private.h"

#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-error.h"

#define MAX_CLAIMS 16
#define MAX_TIME_S G_GINT64_CONSTANT (253402300800) /* 10000-01-01 */

/* RFC 8392 §4; what is below -65536 is private use. */
enum
{
  CLAIM_ISS = 1,
  CLAIM_SUB = 2,
  CLAIM_EXP = 4,
  CLAIM_NBF = 5,
  CLAIM_IAT = 6,
  CLAIM_BADGE = -65537,
};

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, message);
  return FALSE;
}

/* Codes are printed, compared and shown: nothing but visible ASCII and inner spaces. */
static gboolean
is_code (const char *text)
{
  gsize length = text ? strnlen (text, LANYARD_CLAIMS_MAX_CODE_BYTES + 1) : 0;

  if (length == 0 || length > LANYARD_CLAIMS_MAX_CODE_BYTES)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isprint (text[i]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_name (const char *text)
{
  gsize length = strnlen (text, LANYARD_CLAIMS_MAX_NAME_BYTES + 1);

  if (length == 0 || length > LANYARD_CLAIMS_MAX_NAME_BYTES
      || !g_utf8_validate (text, length, NULL))
    return FALSE;
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (p)))
        return FALSE;
    }
  return TRUE;
}

static void
read_badge_claim (LanyardCborReader *reader, LanyardClaims *claims)
{
  gsize n_parts = lanyard_cbor_enter_array (reader, 6);

  if (n_parts < 5)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "the badge claim has five or six parts");
  claims->kind = lanyard_cbor_read_uint (reader, G_MAXUINT16);
  claims->serial = lanyard_cbor_read_text_or_null (reader, LANYARD_CLAIMS_MAX_CODE_BYTES);
  claims->sequence = lanyard_cbor_read_uint (reader, G_MAXUINT32);
  claims->category = lanyard_cbor_read_text_or_null (reader, LANYARD_CLAIMS_MAX_CODE_BYTES);
  g_strfreev (claims->privileges);
  claims->privileges = lanyard_cbor_read_strv (reader, LANYARD_CLAIMS_MAX_PRIVILEGES,
                                               LANYARD_CLAIMS_MAX_CODE_BYTES);
  if (claims->privileges == NULL)
    claims->privileges = g_new0 (char *, 1);
  if (n_parts == 6)
    claims->name = lanyard_cbor_read_text (reader, LANYARD_CLAIMS_MAX_NAME_BYTES);
}

static void
read_claim (LanyardCborReader *reader, LanyardClaims *claims, gint64 *not_before_s)
{
  LanyardCborKind kind = lanyard_cbor_peek (reader);

  if (kind != LANYARD_CBOR_UINT && kind != LANYARD_CBOR_NINT)
    {
      lanyard_cbor_skip (reader, NULL); /* a claim with a name: none of ours */
      lanyard_cbor_skip (reader, NULL);
      return;
    }
  switch (lanyard_cbor_read_int (reader, G_MININT64, G_MAXINT64))
    {
    case CLAIM_ISS:
      claims->event = lanyard_cbor_read_text (reader, LANYARD_CLAIMS_MAX_CODE_BYTES);
      break;
    case CLAIM_SUB:
      claims->number = lanyard_cbor_read_text (reader, LANYARD_CLAIMS_MAX_CODE_BYTES);
      break;
    case CLAIM_EXP:
      claims->expires_s = lanyard_cbor_read_int (reader, 0, MAX_TIME_S);
      break;
    case CLAIM_NBF:
      *not_before_s = lanyard_cbor_read_int (reader, 0, MAX_TIME_S);
      break;
    case CLAIM_IAT:
      claims->issued_s = lanyard_cbor_read_int (reader, 0, MAX_TIME_S);
      break;
    case CLAIM_BADGE:
      read_badge_claim (reader, claims);
      break;
    default:
      lanyard_cbor_skip (reader, NULL);
    }
}

/* Both or none; a badge has them, a pre-valid card that is to be validated has them too. */
static gboolean
has_right_serial (const LanyardClaims *claims)
{
  if (claims->serial == NULL && claims->sequence == 0)
    return claims->kind != LANYARD_CREDENTIAL_BADGE;
  return claims->kind != LANYARD_CREDENTIAL_INVITATION && claims->serial != NULL
         && is_code (claims->serial) && claims->sequence != 0;
}

gboolean
lanyard_claims_check (const LanyardClaims *claims, GError **error)
{
  if (claims->kind != LANYARD_CREDENTIAL_BADGE && claims->kind != LANYARD_CREDENTIAL_INVITATION
      && claims->kind != LANYARD_CREDENTIAL_PRE_VALID)
    return fail (error, "The credential is of a kind that this version does not know");
  if (!is_code (claims->event) || !is_code (claims->number))
    return fail (error,
                 "The credential does not say which event and which accreditation it is for");
  if (!has_right_serial (claims))
    return fail (error,
                 "The credential has no serial where it needs one, or one where it needs none");
  if (claims->category && !is_code (claims->category))
    return fail (error, "The credential has a category that is no code");
  if (g_strv_length (claims->privileges) > LANYARD_CLAIMS_MAX_PRIVILEGES)
    return fail (error, "The credential has too many privileges");
  for (char **privilege = claims->privileges; *privilege; privilege++)
    {
      if (!is_code (*privilege))
        return fail (error, "The credential has a privilege that is no code");
    }
  if (claims->name && !is_name (claims->name))
    return fail (error, "The credential has a name that cannot be shown");
  if (claims->issued_s < 0 || claims->expires_s > MAX_TIME_S
      || claims->expires_s <= claims->issued_s)
    return fail (error, "The credential ends before it was issued");
  return TRUE;
}

GBytes *
lanyard_claims_encode (const LanyardClaims *claims)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  lanyard_cbor_open_map (writer, 5);
  lanyard_cbor_write_int (writer, CLAIM_ISS);
  lanyard_cbor_write_text (writer, claims->event);
  lanyard_cbor_write_int (writer, CLAIM_SUB);
  lanyard_cbor_write_text (writer, claims->number);
  lanyard_cbor_write_int (writer, CLAIM_EXP);
  lanyard_cbor_write_int (writer, claims->expires_s);
  lanyard_cbor_write_int (writer, CLAIM_IAT);
  lanyard_cbor_write_int (writer, claims->issued_s);
  lanyard_cbor_write_int (writer, CLAIM_BADGE);
  lanyard_cbor_open_array (writer, claims->name ? 6 : 5);
  lanyard_cbor_write_uint (writer, claims->kind);
  lanyard_cbor_write_text (writer, claims->serial);
  lanyard_cbor_write_uint (writer, claims->sequence);
  lanyard_cbor_write_text (writer, claims->category);
  lanyard_cbor_write_strv (writer, (const char *const *)claims->privileges);
  if (claims->name)
    lanyard_cbor_write_text (writer, claims->name);
  return lanyard_cbor_writer_end (writer);
}

LanyardClaims *
lanyard_claims_decode (const guint8 *data, gsize n_bytes, gint64 *not_before_s, GError **error)
{
  LanyardCborReader reader;
  g_autoptr (LanyardClaims) claims = lanyard_claims_new ();
  gsize n_claims;

  *not_before_s = 0;
  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_CREDENTIAL_MAX_BYTES);
  n_claims = lanyard_cbor_enter_map (&reader, MAX_CLAIMS);
  for (gsize i = 0; i < n_claims && reader.error == NULL; i++)
    read_claim (&reader, claims, not_before_s);
  if (!lanyard_cbor_reader_end (&reader, "credential", error)
      || !lanyard_claims_check (claims, error))
    return NULL;
  return g_steal_pointer (&claims);
}

LanyardClaims *
lanyard_claims_new (void)
{
  LanyardClaims *claims = g_new0 (LanyardClaims, 1);

  claims->privileges = g_new0 (char *, 1);
  return claims;
}

LanyardClaims *
lanyard_claims_copy (const LanyardClaims *claims)
{
  LanyardClaims *copy;

  g_return_val_if_fail (claims != NULL, NULL);

  copy = g_new0 (LanyardClaims, 1);
  *copy = *claims;
  copy->event = g_strdup (claims->event);
  copy->number = g_strdup (claims->number);
  copy->serial = g_strdup (claims->serial);
  copy->category = g_strdup (claims->category);
  copy->privileges = claims->privileges ? g_strdupv (claims->privileges) : g_new0 (char *, 1);
  copy->name = g_strdup (claims->name);
  return copy;
}

void
lanyard_claims_free (LanyardClaims *claims)
{
  if (claims == NULL)
    return;
  g_free (claims->event);
  g_free (claims->number);
  g_free (claims->serial);
  g_free (claims->category);
  g_strfreev (claims->privileges);
  if (claims->name)
    memset (claims->name, 0, strlen (claims->name));
  g_free (claims->name);
  g_free (claims);
}
