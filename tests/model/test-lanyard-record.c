/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-record.h"

#include <string.h>

#include "lanyard-eligibility.h"
#include "lanyard-error.h"
#include "lanyard-record-body.h"

/* Device 7, epoch 1, seq 1, RESERVED, of a fixed time and pickup, with body {1: 1}. Journals of
 * desks in the field are hashed over these bytes: they never change. */
static const char golden_encoded[]
    = "8b0701010a011b1c434a0f240000011b0006e6704941360050111111111111111111111111111111116932363030"
      "30313233416d4b303030372d30303030303158a10101";
static const char golden_hash[]
    = "07387024481daed24faf9cd32334470b0960d08dd93c33a2401be2cb86b0c819";

static LanyardRecord *
sample (void)
{
  static const guint8 body[] = { 0xa1, 0x01, 0x01 };
  LanyardRecord *record = lanyard_record_new ();

  record->device = 7;
  record->epoch = 1;
  record->seq = 1;
  record->kind = LANYARD_RECORD_RESERVED;
  record->hlc = G_GUINT64_CONSTANT (0x1c434a0f24000001);
  record->wall_us = G_GINT64_CONSTANT (1942219800000000);
  memset (record->pickup.bytes, 0x11, LANYARD_ID_BYTES);
  record->accreditation = g_strdup ("26000123A");
  record->serial = g_strdup ("K0007-000001X");
  g_bytes_unref (record->body);
  record->body = g_bytes_new (body, sizeof body);
  lanyard_record_seal (record);
  return record;
}

static void
test_golden (void)
{
  g_autoptr (LanyardRecord) record = sample ();
  g_autoptr (GBytes) encoded = lanyard_record_encode (record);
  g_autofree char *encoded_hex
      = lanyard_hex_encode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded));
  g_autofree char *hash_hex = lanyard_hex_encode (record->hash.bytes, LANYARD_HASH_BYTES);

  g_assert_cmpstr (encoded_hex, ==, golden_encoded);
  g_assert_cmpstr (hash_hex, ==, golden_hash);
}

/* The same, REFERRED, with what is kept of a document that differed: {2: 20, 3: [160], 15: 30, 16:
 * "P", 17: "UTO"}. Put together by hand, and hashed by another program. A record without these keys
 * is what it always was. */
static const guint8 document_body[] = { 0xa5, 0x02, 0x14, 0x03, 0x81, 0x18, 0xa0, 0x0f, 0x18,
                                        0x1e, 0x10, 0x61, 0x50, 0x11, 0x63, 0x55, 0x54, 0x4f };
static const char document_encoded[]
    = "8b0701011846011b1c434a0f240000011b0006e67049413600501111111111111111111111111111111169323630"
      "30"
      "30313233416d4b303030372d30303030303158a50214038118a00f181e106150116355544f";
static const char document_hash[]
    = "14265c19a5aaeface8726f6747150363d5b206a2ad0f580dbfcae52a57322169";

static void
test_golden_document (void)
{
  g_autoptr (LanyardRecord) record = sample ();
  g_autoptr (GBytes) encoded = NULL;
  g_autofree char *encoded_hex = NULL;
  g_autofree char *hash_hex = NULL;

  record->kind = LANYARD_RECORD_REFERRED;
  g_bytes_unref (record->body);
  record->body = g_bytes_new (document_body, sizeof document_body);
  lanyard_record_seal (record);
  encoded = lanyard_record_encode (record);
  encoded_hex = lanyard_hex_encode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded));
  hash_hex = lanyard_hex_encode (record->hash.bytes, LANYARD_HASH_BYTES);
  g_assert_cmpstr (encoded_hex, ==, document_encoded);
  g_assert_cmpstr (hash_hex, ==, document_hash);
  /* What the numbers mean is for ever. */
  g_assert_cmpint (LANYARD_BODY_DOCUMENT_VERDICT, ==, 15);
  g_assert_cmpint (LANYARD_BODY_DOCUMENT_TYPE, ==, 16);
  g_assert_cmpint (LANYARD_BODY_DOCUMENT_ISSUER, ==, 17);
  g_assert_cmpint (LANYARD_DOCUMENT_DIFFERS, ==, 30);
  g_assert_cmpint (LANYARD_REASON_DOCUMENT_DIFFERS, ==, 160);
}

static void
test_round_trip (void)
{
  g_autoptr (LanyardRecord) record = sample ();
  g_autoptr (GBytes) encoded = lanyard_record_encode (record);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardRecord) back
      = lanyard_record_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded),
                               &record->previous, &error);

  g_assert_no_error (error);
  g_assert_true (lanyard_hash_equal (&back->hash, &record->hash));
  g_assert_cmpstr (back->serial, ==, record->serial);
  g_assert_true (lanyard_id_equal (&back->pickup, &record->pickup));
}

/* A chain is only a chain if a record's hash changes with the one before it. */
static void
test_hash_covers_previous (void)
{
  g_autoptr (LanyardRecord) a = sample ();
  g_autoptr (LanyardRecord) b = sample ();

  b->previous.bytes[0] ^= 1;
  lanyard_record_seal (b);
  g_assert_false (lanyard_hash_equal (&a->hash, &b->hash));
}

static void
test_unknown_kind_survives (void)
{
  g_autoptr (LanyardRecord) record = sample ();
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (LanyardRecord) back = NULL;

  record->kind = 9999;
  lanyard_record_seal (record);
  encoded = lanyard_record_encode (record);
  back = lanyard_record_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded),
                                &record->previous, NULL);
  g_assert_nonnull (back);
  g_assert_cmpuint (back->kind, ==, 9999);
  g_assert_null (lanyard_record_kind_to_string (back->kind));
}

static void
test_damage (void)
{
  g_autoptr (LanyardRecord) record = sample ();
  g_autoptr (GBytes) encoded = lanyard_record_encode (record);
  gsize n = g_bytes_get_size (encoded);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (encoded, NULL), n);

  for (gsize i = 0; i < n; i++)
    {
      for (guint bit = 0; bit < 8; bit++)
        {
          g_autoptr (LanyardRecord) back = NULL;

          data[i] ^= 1 << bit;
          back = lanyard_record_decode (data, n, &record->previous, NULL);
          /* Either it is no record any more, or its hash tells. */
          g_assert_true (back == NULL || !lanyard_hash_equal (&back->hash, &record->hash));
          data[i] ^= 1 << bit;
        }
    }
}

static void
test_long_body (void)
{
  g_autoptr (LanyardRecord) record = sample ();
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (GError) error = NULL;
  guint8 body[LANYARD_RECORD_MAX_BODY_BYTES + 10] = { 0xa1, 0x01, 0x59, 0x08, 0x05 };

  g_bytes_unref (record->body);
  record->body = g_bytes_new (body, 5 + 0x0805);
  encoded = lanyard_record_encode (record);
  g_assert_null (lanyard_record_decode (g_bytes_get_data (encoded, NULL),
                                        g_bytes_get_size (encoded), &record->previous, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
}

typedef struct
{
  char *staff;
  LanyardReason reason;
  guint n_others;
} Told;

static void
on_pair (LanyardCborReader *reader, gint64 key, gpointer user_data)
{
  Told *told = user_data;

  if (key == LANYARD_BODY_STAFF)
    lanyard_record_body_read_text (reader, &told->staff);
  else if (key == LANYARD_BODY_REASONS)
    told->reason = lanyard_record_body_read_reason (reader);
  else
    {
      told->n_others++;
      lanyard_cbor_skip (reader, NULL);
    }
}

/* { REASONS: [160, 20], STAFF: "27", 70000: {}, -7: [1, 2] }, whole and cut off everywhere. */
static void
test_body (void)
{
  g_autoptr (LanyardCborWriter) writer = lanyard_cbor_writer_new ();
  g_autoptr (LanyardRecord) record = sample ();
  g_autoptr (GBytes) body = NULL;
  Told told = { NULL, 0, 0 };

  lanyard_cbor_open_map (writer, 4);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_REASONS);
  lanyard_cbor_open_array (writer, 2);
  lanyard_cbor_write_uint (writer, 160);
  lanyard_cbor_write_uint (writer, 20);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_STAFF);
  lanyard_cbor_write_text (writer, "27");
  lanyard_cbor_write_uint (writer, 70000);
  lanyard_cbor_open_map (writer, 0);
  lanyard_cbor_write_int (writer, -7);
  lanyard_cbor_open_array (writer, 2);
  lanyard_cbor_write_uint (writer, 1);
  lanyard_cbor_write_uint (writer, 2);
  body = lanyard_cbor_writer_end (g_steal_pointer (&writer));
  for (gsize n = 0; n <= g_bytes_get_size (body); n++)
    {
      g_autoptr (GError) error = NULL;
      gboolean whole = n == g_bytes_get_size (body);

      g_bytes_unref (record->body);
      record->body = g_bytes_new (g_bytes_get_data (body, NULL), n);
      g_clear_pointer (&told.staff, g_free);
      told = (Told){ NULL, 0, 0 };
      g_assert_true (lanyard_record_body_read (record, on_pair, &told, &error) == whole);
      g_assert_true ((error == NULL) == whole);
    }
  g_assert_cmpstr (told.staff, ==, "27");
  g_assert_cmpint (told.reason, ==, 160);
  g_assert_cmpuint (told.n_others, ==, 2);
  g_free (told.staff);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/record/golden", test_golden);
  g_test_add_func ("/record/golden-document", test_golden_document);
  g_test_add_func ("/record/round-trip", test_round_trip);
  g_test_add_func ("/record/hash-covers-previous", test_hash_covers_previous);
  g_test_add_func ("/record/unknown-kind-survives", test_unknown_kind_survives);
  g_test_add_func ("/record/damage-shows", test_damage);
  g_test_add_func ("/record/long-body-is-refused", test_long_body);
  g_test_add_func ("/record/body", test_body);
  return g_test_run ();
}
