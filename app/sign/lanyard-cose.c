/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-sign"

#include "lanyard-cose.h"

#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-error.h"

#define COSE_SIGN1_TAG 18 /* RFC 9052 §2 */
#define COSE_EDDSA (-8)   /* RFC 9053 §2.2 */

#define MAX_PROTECTED_BYTES 128
#define MAX_CONTENT_BYTES 64
#define MAX_KID_BYTES 64

/* Header labels: RFC 9052 §3.1. */
enum
{
  HEADER_ALG = 1,
  HEADER_CRIT = 2,
  HEADER_CONTENT_TYPE = 3,
  HEADER_KID = 4,
};

static GBytes *
encode_protected (const char *content)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  lanyard_cbor_open_map (writer, content ? 2 : 1);
  lanyard_cbor_write_int (writer, HEADER_ALG);
  lanyard_cbor_write_int (writer, COSE_EDDSA);
  if (content)
    {
      lanyard_cbor_write_int (writer, HEADER_CONTENT_TYPE);
      lanyard_cbor_write_text (writer, content);
    }
  return lanyard_cbor_writer_end (writer);
}

/* Sig_structure, RFC 9052 §4.4: what is really signed. */
static GBytes *
encode_to_be_signed (const guint8 *protected_header,
                     gsize n_protected_header,
                     GBytes *external_aad,
                     const guint8 *payload,
                     gsize n_payload)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  gsize n_external = 0;
  const void *external = external_aad ? g_bytes_get_data (external_aad, &n_external) : NULL;

  lanyard_cbor_open_array (writer, 4);
  lanyard_cbor_write_text (writer, "Signature1");
  lanyard_cbor_write_bytes (writer, protected_header, n_protected_header);
  lanyard_cbor_write_bytes (writer, external ? external : "", n_external);
  lanyard_cbor_write_bytes (writer, payload, n_payload);
  return lanyard_cbor_writer_end (writer);
}

/* A content type is a media type or the number of a CoAP content format (RFC 9052 §3.1). The number
 * is kept as its decimals, which are never a media type: that has a slash. */
static char *
read_content_type (LanyardCborReader *reader)
{
  g_autofree char *content = NULL;

  if (lanyard_cbor_peek (reader) == LANYARD_CBOR_UINT)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, lanyard_cbor_read_uint (reader, G_MAXUINT16));

  content = lanyard_cbor_read_text (reader, MAX_CONTENT_BYTES);
  if (content && strchr (content, '/') == NULL)
    {
      lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a content type is no media type");
      return NULL;
    }
  return g_steal_pointer (&content);
}

static void
read_algorithm (LanyardCborReader *reader)
{
  LanyardCborKind kind = lanyard_cbor_peek (reader);
  gboolean known = FALSE;

  if (kind == LANYARD_CBOR_NINT || kind == LANYARD_CBOR_UINT)
    known = lanyard_cbor_read_int (reader, G_MININT64, G_MAXINT64) == COSE_EDDSA;
  if (!known)
    lanyard_cbor_fail (reader, LANYARD_ERROR_SIGNATURE,
                       "the message is signed with another algorithm than EdDSA");
}

/* Only what Lanyard writes is understood; anything else in a protected header is refused, so that
 * nothing is passed over that the signer meant to matter. */
static gboolean
parse_protected (LanyardCoseMessage *message, GError **error)
{
  LanyardCborReader reader;
  gboolean has_algorithm = FALSE;
  gsize n_pairs;

  if (message->n_protected_header == 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_SIGNATURE,
                           "The signed message does not say with which algorithm");
      return FALSE;
    }
  lanyard_cbor_reader_init (&reader, message->protected_header, message->n_protected_header,
                            MAX_PROTECTED_BYTES);
  n_pairs = lanyard_cbor_enter_map (&reader, 4);
  for (gsize i = 0; i < n_pairs && reader.error == NULL; i++)
    {
      switch (lanyard_cbor_read_int (&reader, G_MININT64, G_MAXINT64))
        {
        case HEADER_ALG:
          has_algorithm = TRUE;
          read_algorithm (&reader);
          break;
        case HEADER_CRIT:
          lanyard_cbor_fail (&reader, LANYARD_ERROR_SIGNATURE,
                             "the message has a critical header that this version does not know");
          break;
        case HEADER_CONTENT_TYPE:
          message->content = read_content_type (&reader);
          break;
        default:
          lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID,
                             "the protected header has a member that this version does not know");
        }
    }
  if (!has_algorithm)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_SIGNATURE,
                       "the message does not say with which algorithm it is signed");
  return lanyard_cbor_reader_end (&reader, "protected header", error);
}

/* The unprotected header is not signed: nothing but the hint which key to try may stand there. */
static void
read_unprotected (LanyardCborReader *reader, LanyardCoseMessage *message)
{
  gsize n_pairs = lanyard_cbor_enter_map (reader, 1);

  for (gsize i = 0; i < n_pairs; i++)
    {
      const guint8 *kid;
      gsize n_kid = 0;

      lanyard_cbor_read_int (reader, HEADER_KID, HEADER_KID);
      kid = lanyard_cbor_read_bytes (reader, MAX_KID_BYTES, &n_kid);
      if (kid && n_kid == LANYARD_KID_BYTES)
        {
          memcpy (message->kid.bytes, kid, LANYARD_KID_BYTES);
          message->has_kid = TRUE;
        }
    }
}

GBytes *
lanyard_cose_sign1 (const LanyardKey *key,
                    const char *content,
                    GBytes *external_aad,
                    const void *payload,
                    gsize n_payload)
{
  LanyardCborWriter *writer;
  g_autoptr (GBytes) header = NULL;
  g_autoptr (GBytes) to_be_signed = NULL;
  guint8 signature[LANYARD_SIGNATURE_BYTES];
  const guint8 *header_data;
  LanyardKid kid;
  gsize n_header;

  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (payload != NULL && n_payload > 0, NULL);
  g_return_val_if_fail (content == NULL || strchr (content, '/') != NULL, NULL);
  g_return_val_if_fail (content == NULL || strlen (content) <= MAX_CONTENT_BYTES, NULL);

  header = encode_protected (content);
  header_data = g_bytes_get_data (header, &n_header);
  to_be_signed = encode_to_be_signed (header_data, n_header, external_aad, payload, n_payload);
  lanyard_key_sign (key, g_bytes_get_data (to_be_signed, NULL), g_bytes_get_size (to_be_signed),
                    signature);
  lanyard_key_get_kid (key, &kid);

  writer = lanyard_cbor_writer_new ();
  lanyard_cbor_write_tag (writer, COSE_SIGN1_TAG);
  lanyard_cbor_open_array (writer, 4);
  lanyard_cbor_write_bytes (writer, header_data, n_header);
  lanyard_cbor_open_map (writer, 1);
  lanyard_cbor_write_int (writer, HEADER_KID);
  lanyard_cbor_write_bytes (writer, kid.bytes, sizeof kid.bytes);
  lanyard_cbor_write_bytes (writer, payload, n_payload);
  lanyard_cbor_write_bytes (writer, signature, sizeof signature);
  return lanyard_cbor_writer_end (writer);
}

gboolean
lanyard_cose_parse (LanyardCoseMessage *message,
                    const void *data,
                    gsize n_bytes,
                    gsize max_bytes,
                    GError **error)
{
  LanyardCborReader reader;
  gsize n_signature = 0;

  g_return_val_if_fail (message != NULL, FALSE);
  g_return_val_if_fail (data != NULL || n_bytes == 0, FALSE);

  memset (message, 0, sizeof *message);
  lanyard_cbor_reader_init (&reader, data, n_bytes, max_bytes);
  if (lanyard_cbor_peek (&reader) == LANYARD_CBOR_TAG)
    {
      lanyard_cbor_read_tag (&reader, COSE_SIGN1_TAG);
      message->tagged = TRUE;
    }
  if (lanyard_cbor_enter_array (&reader, 4) != 4)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "a COSE_Sign1 message has four parts");
  message->protected_header
      = lanyard_cbor_read_bytes (&reader, MAX_PROTECTED_BYTES, &message->n_protected_header);
  if (reader.error == NULL && !parse_protected (message, &reader.error))
    {
      lanyard_cose_message_clear (message);
      return lanyard_cbor_reader_end (&reader, "signed message", error);
    }
  read_unprotected (&reader, message);
  message->payload = lanyard_cbor_read_bytes (&reader, max_bytes, &message->n_payload);
  message->signature = lanyard_cbor_read_bytes (&reader, LANYARD_SIGNATURE_BYTES, &n_signature);
  if (n_signature != LANYARD_SIGNATURE_BYTES)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "the signature has not 64 bytes");

  if (!lanyard_cbor_reader_end (&reader, "signed message", error))
    {
      lanyard_cose_message_clear (message);
      return FALSE;
    }
  return TRUE;
}

gboolean
lanyard_cose_verify (const LanyardCoseMessage *message,
                     const LanyardPublicKey *key,
                     const char *content,
                     GBytes *external_aad,
                     GError **error)
{
  g_autoptr (GBytes) to_be_signed = NULL;

  g_return_val_if_fail (message != NULL && message->signature != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  if (g_strcmp0 (message->content, content) != 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_SIGNATURE,
                   "The signed message is of the kind “%s” and not “%s”",
                   message->content ? message->content : "none", content ? content : "none");
      return FALSE;
    }
  to_be_signed = encode_to_be_signed (message->protected_header, message->n_protected_header,
                                      external_aad, message->payload, message->n_payload);
  if (!lanyard_public_key_verify (key, g_bytes_get_data (to_be_signed, NULL),
                                  g_bytes_get_size (to_be_signed), message->signature))
    {
      g_set_error_literal (
          error, LANYARD_ERROR, LANYARD_ERROR_SIGNATURE,
          "The signature does not verify: the message was altered or is not genuine");
      return FALSE;
    }
  return TRUE;
}

void
lanyard_cose_message_clear (LanyardCoseMessage *message)
{
  g_return_if_fail (message != NULL);

  g_free (message->content);
  memset (message, 0, sizeof *message);
}
