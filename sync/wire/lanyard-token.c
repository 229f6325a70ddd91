/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-wire"

#include "lanyard-token.h"

#include <sodium.h>
#include <string.h>

#include "lanyard-wire-private.h"

#define TOKEN_ITEMS 6

void
lanyard_token_free (LanyardToken *token)
{
  if (token == NULL)
    return;
  g_free (token->method);
  g_free (token->path);
  g_free (token);
}

char *
lanyard_token_sign (const LanyardToken *token, const LanyardKey *key)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GBytes) message = NULL;
  char encoded[sodium_base64_ENCODED_LEN (LANYARD_TOKEN_MAX_BYTES,
                                          sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

  lanyard_cbor_open_array (writer, TOKEN_ITEMS);
  lanyard_cbor_write_uint (writer, LANYARD_WIRE_VERSION);
  lanyard_cbor_write_uint (writer, token->device);
  lanyard_cbor_write_uint (writer, token->epoch);
  lanyard_cbor_write_text (writer, token->method);
  lanyard_cbor_write_text (writer, token->path);
  lanyard_cbor_write_int (writer, token->time_s);
  payload = lanyard_cbor_writer_end (writer);
  message = _lanyard_wire_sign (key, LANYARD_CONTENT_REQUEST, payload);
  g_return_val_if_fail (g_bytes_get_size (message) <= LANYARD_TOKEN_MAX_BYTES, NULL);

  sodium_bin2base64 (encoded, sizeof encoded, g_bytes_get_data (message, NULL),
                     g_bytes_get_size (message), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return g_strconcat (LANYARD_AUTH_SCHEME, encoded, NULL);
}

LanyardToken *
lanyard_token_decode (const void *data, gsize n_bytes, GError **error)
{
  g_autoptr (LanyardToken) token = g_new0 (LanyardToken, 1);
  LanyardCborReader reader;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_TOKEN_MAX_BYTES);
  _lanyard_wire_enter (&reader, TOKEN_ITEMS);
  token->device = (guint32)lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  token->epoch = (guint32)lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  token->method = _lanyard_wire_read_word (&reader);
  token->path = lanyard_cbor_read_text (&reader, LANYARD_WIRE_MAX_PATH_BYTES);
  token->time_s = lanyard_cbor_read_int (&reader, G_MININT32, G_GINT64_CONSTANT (1) << 48);
  if (!lanyard_cbor_reader_end (&reader, "request token", error))
    return NULL;
  return g_steal_pointer (&token);
}

static LanyardToken *
refuse (GError **error, LanyardError code, const char *message)
{
  g_set_error_literal (error, LANYARD_ERROR, code, message);
  return NULL;
}

LanyardToken *
lanyard_token_open (const char *header,
                    const LanyardTrustList *trust,
                    const char *method,
                    const char *path,
                    gint64 now_s,
                    GError **error)
{
  g_autoptr (LanyardToken) token = NULL;
  const LanyardTrustedKey *signer;
  guint8 bytes[LANYARD_TOKEN_MAX_BYTES];
  const guint8 *payload;
  gsize n_bytes, n_payload;

  if (header == NULL || !g_str_has_prefix (header, LANYARD_AUTH_SCHEME))
    return refuse (error, LANYARD_ERROR_INVALID, "The request does not say which desk asks.");
  header += strlen (LANYARD_AUTH_SCHEME);
  if (sodium_base642bin (bytes, sizeof bytes, header, strlen (header), NULL, &n_bytes, NULL,
                         sodium_base64_VARIANT_URLSAFE_NO_PADDING)
      != 0)
    return refuse (error, LANYARD_ERROR_INVALID, "The request's token is not base64url.");

  signer
      = lanyard_trust_list_open (trust, LANYARD_SCOPE_RECORDS, LANYARD_CONTENT_REQUEST, NULL, bytes,
                                 n_bytes, sizeof bytes, now_s, &payload, &n_payload, error);
  if (signer == NULL)
    return NULL;
  token = lanyard_token_decode (payload, n_payload, error);
  if (token == NULL)
    return NULL;
  if (signer->device != token->device)
    return refuse (error, LANYARD_ERROR_UNTRUSTED, "The token is signed by another desk's key.");
  if (!g_str_equal (token->method, method) || !g_str_equal (token->path, path))
    return refuse (error, LANYARD_ERROR_INVALID, "The token is for another request.");
  if (ABS (token->time_s - now_s) > LANYARD_TOKEN_SKEW_S)
    return refuse (error, LANYARD_ERROR_EXPIRED,
                   "The token is too old or the desk's clock is wrong; set the clock of the desk.");
  return g_steal_pointer (&token);
}
