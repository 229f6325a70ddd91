/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-wire"

#include "lanyard-enrolment-message.h"

#include <sodium.h>
#include <string.h>

#include "lanyard-cose.h"
#include "lanyard-wire-private.h"

#define REQUEST_ITEMS 5
#define ANSWER_ITEMS 7
#define CODE_CHARACTERS 20
#define CODE_GROUP 5

static const char code_alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void
lanyard_enrolment_request_free (LanyardEnrolmentRequest *request)
{
  if (request == NULL)
    return;
  g_free (request->code);
  g_free (request->venue);
  g_free (request->name);
  g_free (request);
}

GBytes *
lanyard_enrolment_request_sign (const LanyardEnrolmentRequest *request, const LanyardKey *key)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) payload = NULL;

  lanyard_cbor_open_array (writer, REQUEST_ITEMS);
  lanyard_cbor_write_uint (writer, LANYARD_WIRE_VERSION);
  lanyard_cbor_write_text (writer, request->code);
  lanyard_cbor_write_bytes (writer, request->key.bytes, LANYARD_PUBLIC_KEY_BYTES);
  lanyard_cbor_write_text (writer, request->venue);
  lanyard_cbor_write_text (writer, request->name);
  payload = lanyard_cbor_writer_end (writer);
  return _lanyard_wire_sign (key, LANYARD_CONTENT_ENROLMENT_REQUEST, payload);
}

LanyardEnrolmentRequest *
lanyard_enrolment_request_decode (const void *data, gsize n_bytes, GError **error)
{
  g_autoptr (LanyardEnrolmentRequest) request = g_new0 (LanyardEnrolmentRequest, 1);
  LanyardCborReader reader;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_ENROLMENT_MAX_BYTES);
  _lanyard_wire_enter (&reader, REQUEST_ITEMS);
  request->code = _lanyard_wire_read_word (&reader);
  lanyard_cbor_read_fixed (&reader, request->key.bytes, LANYARD_PUBLIC_KEY_BYTES);
  request->venue = _lanyard_wire_read_word (&reader);
  request->name = lanyard_cbor_read_text (&reader, LANYARD_WIRE_MAX_NAME_BYTES);
  if (!lanyard_cbor_reader_end (&reader, "enrolment request", error))
    return NULL;
  return g_steal_pointer (&request);
}

LanyardEnrolmentRequest *
lanyard_enrolment_request_open (const void *data, gsize n_bytes, GError **error)
{
  g_autoptr (LanyardEnrolmentRequest) request = NULL;
  g_auto (LanyardCoseMessage) message = { 0 };
  LanyardKid kid;

  if (!lanyard_cose_parse (&message, data, n_bytes, LANYARD_ENROLMENT_MAX_BYTES, error))
    return NULL;
  request = lanyard_enrolment_request_decode (message.payload, message.n_payload, error);
  if (request == NULL
      || !lanyard_cose_verify (&message, &request->key, LANYARD_CONTENT_ENROLMENT_REQUEST, NULL,
                               error))
    return NULL;
  /* The signature does not cover it; with this there is one message and no other. */
  lanyard_public_key_get_kid (&request->key, &kid);
  if (!message.has_kid || memcmp (message.kid.bytes, kid.bytes, LANYARD_KID_BYTES) != 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_SIGNATURE,
                           "The enrolment request names another key than its own.");
      return NULL;
    }
  return g_steal_pointer (&request);
}

void
lanyard_enrolment_answer_free (LanyardEnrolmentAnswer *answer)
{
  if (answer == NULL)
    return;
  g_free (answer->event);
  g_free (answer->serial_prefix);
  g_free (answer->venue);
  g_free (answer);
}

GBytes *
lanyard_enrolment_answer_sign (const LanyardEnrolmentAnswer *answer, const LanyardKey *key)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) payload = NULL;

  lanyard_cbor_open_array (writer, ANSWER_ITEMS);
  lanyard_cbor_write_uint (writer, LANYARD_WIRE_VERSION);
  lanyard_cbor_write_uint (writer, answer->device);
  lanyard_cbor_write_uint (writer, answer->epoch);
  lanyard_cbor_write_text (writer, answer->event);
  lanyard_cbor_write_text (writer, answer->serial_prefix);
  lanyard_cbor_write_text (writer, answer->venue);
  lanyard_cbor_write_bytes (writer, answer->key.bytes, LANYARD_PUBLIC_KEY_BYTES);
  payload = lanyard_cbor_writer_end (writer);
  return _lanyard_wire_sign (key, LANYARD_CONTENT_ENROLMENT, payload);
}

LanyardEnrolmentAnswer *
lanyard_enrolment_answer_decode (const void *data, gsize n_bytes, GError **error)
{
  g_autoptr (LanyardEnrolmentAnswer) answer = g_new0 (LanyardEnrolmentAnswer, 1);
  LanyardCborReader reader;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_ENROLMENT_MAX_BYTES);
  _lanyard_wire_enter (&reader, ANSWER_ITEMS);
  answer->device = (guint32)lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  answer->epoch = (guint32)lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  answer->event = _lanyard_wire_read_word (&reader);
  answer->serial_prefix = _lanyard_wire_read_word (&reader);
  answer->venue = _lanyard_wire_read_word (&reader);
  lanyard_cbor_read_fixed (&reader, answer->key.bytes, LANYARD_PUBLIC_KEY_BYTES);
  if (answer->device == 0 || answer->epoch == 0)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "device and epoch start at 1");
  if (!lanyard_cbor_reader_end (&reader, "enrolment answer", error))
    return NULL;
  return g_steal_pointer (&answer);
}

LanyardEnrolmentAnswer *
lanyard_enrolment_answer_open (GBytes *message,
                               const LanyardTrustList *trust,
                               const LanyardPublicKey *key,
                               gint64 at_s,
                               GError **error)
{
  g_autoptr (LanyardEnrolmentAnswer) answer = NULL;
  const guint8 *payload;
  gsize n_payload;

  payload = _lanyard_wire_open (trust, LANYARD_SCOPE_TRUST, LANYARD_CONTENT_ENROLMENT, message,
                                LANYARD_ENROLMENT_MAX_BYTES, at_s, &n_payload, error);
  if (payload == NULL)
    return NULL;
  answer = lanyard_enrolment_answer_decode (payload, n_payload, error);
  if (answer == NULL)
    return NULL;
  if (memcmp (answer->key.bytes, key->bytes, LANYARD_PUBLIC_KEY_BYTES) != 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                           "The hub's answer enrols another desk's key.");
      return NULL;
    }
  return g_steal_pointer (&answer);
}

char *
lanyard_enrolment_code_new (void)
{
  GString *code = g_string_sized_new (CODE_CHARACTERS + CODE_CHARACTERS / CODE_GROUP);

  for (guint i = 0; i < CODE_CHARACTERS; i++)
    {
      if (i > 0 && i % CODE_GROUP == 0)
        g_string_append_c (code, '-');
      g_string_append_c (code, code_alphabet[randombytes_uniform (sizeof code_alphabet - 1)]);
    }
  return g_string_free (code, FALSE);
}

char *
lanyard_enrolment_code_normalise (const char *code)
{
  g_autoptr (GString) normal = g_string_sized_new (CODE_CHARACTERS);

  for (const char *c = code; c != NULL && *c != '\0' && normal->len <= CODE_CHARACTERS; c++)
    {
      char upper = g_ascii_toupper (*c);

      if (upper == '-' || g_ascii_isspace (upper))
        continue;
      if (upper == 'O')
        upper = '0';
      else if (upper == 'I' || upper == 'L')
        upper = '1';
      if (strchr (code_alphabet, upper) == NULL)
        return NULL;
      g_string_append_c (normal, upper);
    }
  if (normal->len != CODE_CHARACTERS)
    return NULL;
  return g_strdup (normal->str);
}
