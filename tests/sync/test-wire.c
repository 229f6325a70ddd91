/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-error.h"
#include "lanyard-squeeze.h"
#include "lanyard-venue.h"
#include "wire-samples.h"

static void
test_samples_open (void)
{
  for (guint i = 0; i < n_sample_kinds; i++)
    {
      g_autoptr (GBytes) message = sample_kinds[i].sign ();
      g_autoptr (GError) error
          = sample_kinds[i].open (g_bytes_get_data (message, NULL), g_bytes_get_size (message));

      g_test_message ("%s", sample_kinds[i].name);
      g_assert_no_error (error);
    }
}

/* Whoever changes a byte, or leaves some away, is found. */
static void
test_altered (void)
{
  for (guint k = 0; k < n_sample_kinds; k++)
    {
      const SampleKind *kind = &sample_kinds[k];
      g_autoptr (GBytes) message = kind->sign ();
      gsize n_bytes = g_bytes_get_size (message);
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (message, NULL), n_bytes);

      for (gsize i = 0; i < n_bytes; i++)
        for (guint bit = 0; bit < 8; bit += 3)
          {
            g_autoptr (GError) error = NULL;

            bytes[i] ^= (guint8)(1 << bit);
            error = kind->open (bytes, n_bytes);
            if (error == NULL)
              g_error ("%s with bit %u of byte %" G_GSIZE_FORMAT " altered was taken", kind->name,
                       bit, i);
            g_assert_cmpint (error->domain, ==, LANYARD_ERROR);
            bytes[i] ^= (guint8)(1 << bit);
          }
      for (gsize n = 0; n < n_bytes; n++)
        {
          g_autoptr (GError) error = kind->open (bytes, n);

          g_assert_nonnull (error);
        }
    }
}

/* A message of one kind never passes as one of another. */
static void
test_kinds_apart (void)
{
  for (guint k = 0; k < n_sample_kinds; k++)
    for (guint other = 0; other < n_sample_kinds; other++)
      {
        g_autoptr (GBytes) message = sample_kinds[k].sign ();
        g_autoptr (GError) error = NULL;

        if (sample_kinds[k].open == sample_kinds[other].open)
          continue; /* versions and looks of one kind */
        error = sample_kinds[other].open (g_bytes_get_data (message, NULL),
                                          g_bytes_get_size (message));
        g_assert_nonnull (error);
      }
}

static void
test_batch_fields (void)
{
  g_autoptr (LanyardBatch) sample = sample_batch ();
  g_autoptr (LanyardKey) key = sample_desk_key ();
  g_autoptr (LanyardTrustList) trust = sample_trust ();
  g_autoptr (GBytes) message = lanyard_batch_sign (sample, key);
  g_autoptr (LanyardBatch) batch = NULL;
  LanyardKid kid, expected;

  batch = lanyard_batch_open (g_bytes_get_data (message, NULL), g_bytes_get_size (message), trust,
                              SAMPLE_NOW_S, &kid, NULL);
  g_assert_nonnull (batch);
  lanyard_key_get_kid (key, &expected);
  g_assert_cmpmem (kid.bytes, sizeof kid, expected.bytes, sizeof expected);
  g_assert_cmpuint (batch->device, ==, SAMPLE_DEVICE);
  g_assert_cmpuint (batch->epoch, ==, SAMPLE_EPOCH);
  g_assert_cmpuint (batch->first, ==, 1);
  g_assert_cmpuint (lanyard_batch_get_last (batch), ==, 3);
  g_assert_true (lanyard_hash_equal (&batch->head, &sample->head));
  g_assert_cmpuint (batch->records->len, ==, sample->records->len);
  for (guint i = 0; i < batch->records->len; i++)
    {
      g_assert_true (g_bytes_equal (g_ptr_array_index (batch->records, i),
                                    g_ptr_array_index (sample->records, i)));
      g_assert_true (lanyard_hash_equal (&g_array_index (batch->hashes, LanyardHash, i),
                                         &g_array_index (sample->hashes, LanyardHash, i)));
    }
}

/* Signs @batch and tells why it is refused. */
static GError *
refuse_batch (const LanyardBatch *batch, LanyardKey *key, gint64 at_s)
{
  g_autoptr (LanyardTrustList) trust = sample_trust ();
  g_autoptr (GBytes) message = lanyard_batch_sign (batch, key);
  GError *error = NULL;

  lanyard_batch_free (lanyard_batch_open (g_bytes_get_data (message, NULL),
                                          g_bytes_get_size (message), trust, at_s, NULL, &error));
  lanyard_key_unref (key);
  g_assert_nonnull (error);
  return error;
}

static void
assert_refused (GError *error, LanyardError code)
{
  g_assert_error (error, LANYARD_ERROR, (int)code);
  g_error_free (error);
}

static void
test_batch_refused (void)
{
  g_autoptr (LanyardBatch) batch = sample_batch ();
  LanyardHash head = batch->head;

  assert_refused (refuse_batch (batch, sample_stranger_key (), SAMPLE_NOW_S),
                  LANYARD_ERROR_UNTRUSTED);
  assert_refused (refuse_batch (batch, sample_hub_key (), SAMPLE_NOW_S), LANYARD_ERROR_UNTRUSTED);
  assert_refused (refuse_batch (batch, sample_other_desk_key (), SAMPLE_NOW_S),
                  LANYARD_ERROR_UNTRUSTED);
  assert_refused (refuse_batch (batch, sample_desk_key (), SAMPLE_NOW_S + 5000),
                  LANYARD_ERROR_EXPIRED);
  batch->head.bytes[0] ^= 1; /* a signed lie about the chain */
  assert_refused (refuse_batch (batch, sample_desk_key (), SAMPLE_NOW_S), LANYARD_ERROR_INVALID);
  batch->head = head;
  batch->previous.bytes[0] ^= 1;
  assert_refused (refuse_batch (batch, sample_desk_key (), SAMPLE_NOW_S), LANYARD_ERROR_INVALID);
  memset (&batch->previous, 0, sizeof batch->previous);
  batch->first = 0;
  assert_refused (refuse_batch (batch, sample_desk_key (), SAMPLE_NOW_S), LANYARD_ERROR_INVALID);
  batch->first = 1;
  g_ptr_array_add (batch->records, g_bytes_new_take (g_malloc0 (LANYARD_RECORD_MAX_BYTES + 1),
                                                     LANYARD_RECORD_MAX_BYTES + 1));
  assert_refused (refuse_batch (batch, sample_desk_key (), SAMPLE_NOW_S), LANYARD_ERROR_LIMIT);
  while (batch->records->len <= LANYARD_BATCH_MAX_RECORDS)
    g_ptr_array_add (batch->records, g_bytes_new_static ("x", 1));
  assert_refused (refuse_batch (batch, sample_desk_key (), SAMPLE_NOW_S), LANYARD_ERROR_LIMIT);
}

/* What a desk fills up to always fits, also when nothing can be compressed. */
static void
test_batch_fits (void)
{
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_record_free);
  g_autoptr (LanyardBatch) batch = NULL;
  g_autoptr (LanyardKey) key = sample_desk_key ();
  g_autoptr (GBytes) message = NULL;
  GRand *rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < LANYARD_BATCH_MAX_RECORDS; i++)
    {
      LanyardRecord *record = lanyard_record_new ();
      LanyardCborWriter *writer = lanyard_cbor_writer_new ();
      guint8 noise[1900];

      for (guint b = 0; b < sizeof noise; b++)
        noise[b] = (guint8)g_rand_int (rand);
      lanyard_cbor_open_map (writer, 1);
      lanyard_cbor_write_uint (writer, 99);
      lanyard_cbor_write_bytes (writer, noise, sizeof noise);
      g_bytes_unref (record->body);
      record->body = lanyard_cbor_writer_end (writer);
      record->device = SAMPLE_DEVICE;
      record->epoch = SAMPLE_EPOCH;
      record->seq = i + 1;
      lanyard_record_seal (record);
      g_ptr_array_add (records, record);
    }
  g_rand_free (rand);
  batch = lanyard_batch_new (records, LANYARD_BATCH_MAX_RECORDS);
  message = lanyard_batch_sign (batch, key);
  g_assert_cmpuint (batch->records->len, >, 100);
  g_assert_cmpuint (batch->records->len, <, LANYARD_BATCH_MAX_RECORDS);
  g_assert_cmpuint (g_bytes_get_size (message), <=, LANYARD_BATCH_MAX_BYTES);
}

static void
test_receipt_fields (void)
{
  g_autoptr (LanyardReceipt) sample = sample_receipt ();
  g_autoptr (LanyardKey) key = sample_hub_key ();
  g_autoptr (LanyardTrustList) trust = sample_trust ();
  g_autoptr (GBytes) message = lanyard_receipt_sign (sample, key);
  g_autoptr (LanyardReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  receipt = lanyard_receipt_open (message, trust, SAMPLE_DEVICE, SAMPLE_EPOCH, SAMPLE_NOW_S, NULL);
  g_assert_nonnull (receipt);
  g_assert_cmpint (receipt->status, ==, LANYARD_RECEIPT_ACCEPTED);
  g_assert_cmpuint (receipt->accepted_through, ==, 3);
  g_assert_cmpuint (receipt->gseq, ==, 513);
  g_assert_true (lanyard_hash_equal (&receipt->head, &sample->head));
  g_assert_cmpstrv (receipt->conflicts, sample->conflicts);
  /* It is this desk's, of this epoch, or nobody's. */
  g_assert_null (lanyard_receipt_open (message, trust, 8, SAMPLE_EPOCH, SAMPLE_NOW_S, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_null (lanyard_receipt_open (message, trust, SAMPLE_DEVICE, 3, SAMPLE_NOW_S, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL);
}

/* A receipt that contradicts itself is none, however well it is signed. */
static void
test_receipt_contradictions (void)
{
  g_autoptr (LanyardKey) key = sample_hub_key ();
  g_autoptr (LanyardTrustList) trust = sample_trust ();

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (LanyardReceipt) receipt = sample_receipt ();
      g_autoptr (GBytes) message = NULL;
      g_autoptr (GError) error = NULL;

      if (i == 0)
        receipt->accepted_through = 0;
      else if (i == 1)
        memset (&receipt->head, 0, sizeof receipt->head);
      else if (i == 2)
        receipt->fork_seq = 1;
      else
        receipt->status = (LanyardReceiptStatus)11;
      message = lanyard_receipt_sign (receipt, key);
      g_assert_null (
          lanyard_receipt_open (message, trust, SAMPLE_DEVICE, SAMPLE_EPOCH, SAMPLE_NOW_S, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

static GError *
refuse_changes (LanyardChanges *changes, const char *event)
{
  g_autoptr (LanyardKey) key = sample_hub_key ();
  g_autoptr (LanyardTrustList) trust = sample_trust ();
  g_autoptr (GBytes) message = lanyard_changes_sign (changes, key);
  GError *error = NULL;

  lanyard_changes_free (lanyard_changes_open (message, trust, event, SAMPLE_NOW_S, &error));
  lanyard_changes_free (changes);
  return error;
}

static void
test_changes (void)
{
  g_autoptr (LanyardChanges) sample = sample_changes ();
  LanyardChanges *changes;

  g_assert_false (lanyard_changes_is_up_to_date (sample));
  g_assert_no_error (refuse_changes (sample_changes (), SAMPLE_EVENT));
  assert_refused (refuse_changes (sample_changes (), "ANOTHER-1"), LANYARD_ERROR_PROTOCOL);
  changes = sample_changes (); /* out of order */
  g_ptr_array_add (changes->rows, lanyard_changes_row_new (513, "2800000002", NULL));
  assert_refused (refuse_changes (changes, NULL), LANYARD_ERROR_INVALID);
  changes = sample_changes (); /* beyond the page */
  g_ptr_array_add (changes->rows, lanyard_changes_row_new (515, "2800000002", NULL));
  assert_refused (refuse_changes (changes, NULL), LANYARD_ERROR_INVALID);
  changes = sample_changes ();
  changes->after = 513; /* a row of the page before */
  assert_refused (refuse_changes (changes, NULL), LANYARD_ERROR_INVALID);
  changes = sample_changes ();
  changes->next = 500; /* backwards */
  assert_refused (refuse_changes (changes, NULL), LANYARD_ERROR_INVALID);
}

static void
test_token (void)
{
  g_autoptr (LanyardTrustList) trust = sample_trust ();
  g_autoptr (LanyardKey) key = sample_desk_key ();
  g_autoptr (LanyardKey) other = sample_other_desk_key ();
  LanyardToken sample = sample_token ();
  g_autofree char *header = lanyard_token_sign (&sample, key);
  g_autofree char *forged = lanyard_token_sign (&sample, other);
  const struct
  {
    const char *header;
    const char *method;
    const char *path;
    gint64 now_s;
    int code;
  } cases[] = {
    { NULL, "GET", SAMPLE_PATH, SAMPLE_NOW_S, LANYARD_ERROR_INVALID },
    { "Basic abc", "GET", SAMPLE_PATH, SAMPLE_NOW_S, LANYARD_ERROR_INVALID },
    { "Lanyard !!!!", "GET", SAMPLE_PATH, SAMPLE_NOW_S, LANYARD_ERROR_INVALID },
    { "Lanyard ", "GET", SAMPLE_PATH, SAMPLE_NOW_S, LANYARD_ERROR_INVALID },
    { forged, "GET", SAMPLE_PATH, SAMPLE_NOW_S, LANYARD_ERROR_UNTRUSTED },
    { header, "PUT", SAMPLE_PATH, SAMPLE_NOW_S, LANYARD_ERROR_INVALID },
    { header, "GET", "/v1/alerts?after=0", SAMPLE_NOW_S, LANYARD_ERROR_INVALID },
    { header, "GET", SAMPLE_PATH, SAMPLE_NOW_S + 301, LANYARD_ERROR_EXPIRED },
    { header, "GET", SAMPLE_PATH, SAMPLE_NOW_S - 301, LANYARD_ERROR_EXPIRED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lanyard_token_open (cases[i].header, trust, cases[i].method, cases[i].path,
                                         cases[i].now_s, &error));
      g_assert_error (error, LANYARD_ERROR, cases[i].code);
    }
}

static void
test_squeeze (void)
{
  g_autofree guint8 *zeroes = g_malloc0 (1 << 20);
  g_autoptr (GBytes) small = lanyard_squeeze (zeroes, 1 << 20);
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GByteArray) two = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint8 bomb[16];
  gsize n_small = g_bytes_get_size (small);

  g_assert_cmpuint (n_small, <, 1000);
  back = lanyard_unsqueeze (g_bytes_get_data (small, NULL), n_small, 1 << 20, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), zeroes, 1 << 20);
  g_assert_null (
      lanyard_unsqueeze (g_bytes_get_data (small, NULL), n_small, (1 << 20) - 1, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
  g_clear_error (&error);
  g_byte_array_append (two, g_bytes_get_data (small, NULL), (guint)n_small);
  g_byte_array_append (two, g_bytes_get_data (small, NULL), (guint)n_small);
  g_assert_null (lanyard_unsqueeze (two->data, two->len, 1 << 22, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_clear_error (&error);
  memset (bomb, 0xff, sizeof bomb);
  g_assert_null (lanyard_unsqueeze (bomb, sizeof bomb, 1 << 20, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

static void
test_codes (void)
{
  g_autofree char *code = lanyard_enrolment_code_new ();
  g_autofree char *again = lanyard_enrolment_code_new ();
  g_autofree char *normal = lanyard_enrolment_code_normalise (code);
  g_autofree char *typed = lanyard_enrolment_code_normalise (" oil23-45678 9abcd-efghj ");

  g_assert_cmpuint (strlen (code), ==, 23);
  g_assert_cmpstr (code, !=, again);
  g_assert_cmpuint (strlen (normal), ==, 20);
  g_assert_cmpstr (typed, ==, "01123456789ABCDEFGHJ");
  g_assert_null (lanyard_enrolment_code_normalise (NULL));
  g_assert_null (lanyard_enrolment_code_normalise ("01123-45678-9ABCD-EFGH"));
  g_assert_null (lanyard_enrolment_code_normalise ("01123-45678-9ABCD-EFGHJK"));
  g_assert_null (lanyard_enrolment_code_normalise ("01123-45678-9ABCD-EFG'J"));
}

/* A later version says so and is told apart from nonsense. */
static void
test_versions (void)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_cbor_open_array (writer, 2);
  lanyard_cbor_write_uint (writer, LANYARD_WIRE_VERSION + 1);
  lanyard_cbor_write_text (writer, "something new");
  payload = lanyard_cbor_writer_end (writer);
  g_assert_null (lanyard_receipt_decode (g_bytes_get_data (payload, NULL),
                                         g_bytes_get_size (payload), &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NEWER);
}

/* Whatever the page says, only what a desk signed counts. */
static void
test_venue_page (void)
{
  g_autoptr (LanyardVenue) venue = lanyard_venue_new ();
  g_autoptr (LanyardVenue) read = NULL;
  g_autoptr (GBytes) message = NULL;
  GError *error = NULL;

  venue->line = TRUE;
  venue->next = 7;
  g_ptr_array_add (venue->batches, g_bytes_new_static ("made up", 7));
  message = lanyard_venue_encode (venue);
  read
      = lanyard_venue_decode (g_bytes_get_data (message, NULL), g_bytes_get_size (message), &error);
  g_assert_no_error (error);
  g_assert_true (read->line);
  g_assert_cmpuint (read->next, ==, 7);
  g_assert_cmpuint (read->batches->len, ==, 1);
  for (gsize n = 0; n < g_bytes_get_size (message); n++)
    {
      g_assert_null (lanyard_venue_decode (g_bytes_get_data (message, NULL), n, &error));
      g_clear_error (&error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sync/wire/samples-open", test_samples_open);
  g_test_add_func ("/sync/wire/altered", test_altered);
  g_test_add_func ("/sync/wire/kinds-apart", test_kinds_apart);
  g_test_add_func ("/sync/wire/batch-fields", test_batch_fields);
  g_test_add_func ("/sync/wire/batch-refused", test_batch_refused);
  g_test_add_func ("/sync/wire/batch-fits", test_batch_fits);
  g_test_add_func ("/sync/wire/receipt-fields", test_receipt_fields);
  g_test_add_func ("/sync/wire/receipt-contradictions", test_receipt_contradictions);
  g_test_add_func ("/sync/wire/changes", test_changes);
  g_test_add_func ("/sync/wire/token", test_token);
  g_test_add_func ("/sync/wire/squeeze", test_squeeze);
  g_test_add_func ("/sync/wire/codes", test_codes);
  g_test_add_func ("/sync/wire/versions", test_versions);
  g_test_add_func ("/sync/wire/venue-page", test_venue_page);
  return g_test_run ();
}
