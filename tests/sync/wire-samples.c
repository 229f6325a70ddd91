/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire-samples.h"

#include <string.h>

static LanyardKey *
key_of (guint8 seed_byte)
{
  guint8 seed[LANYARD_SEED_BYTES];

  memset (seed, seed_byte, sizeof seed);
  return lanyard_key_new_from_seed (seed);
}

LanyardKey *
sample_hub_key (void)
{
  return key_of (1);
}

LanyardKey *
sample_desk_key (void)
{
  return key_of (2);
}

LanyardKey *
sample_other_desk_key (void)
{
  return key_of (3);
}

LanyardKey *
sample_stranger_key (void)
{
  return key_of (4);
}

static LanyardTrustedKey
trusted (LanyardKey *key, guint32 scopes, guint32 device)
{
  LanyardTrustedKey row = {
    .key = *lanyard_key_get_public (key),
    .scopes = scopes,
    .device = device,
    .not_before_s = SAMPLE_NOW_S - 1000,
    .not_after_s = SAMPLE_NOW_S + 1000,
  };

  lanyard_key_unref (key);
  return row;
}

LanyardTrustList *
sample_trust (void)
{
  const LanyardTrustedKey keys[] = {
    trusted (sample_hub_key (),
             LANYARD_SCOPE_TRUST | LANYARD_SCOPE_DIRECTORY | LANYARD_SCOPE_RECEIPT, 0),
    trusted (sample_desk_key (), LANYARD_SCOPE_BADGE | LANYARD_SCOPE_RECORDS, SAMPLE_DEVICE),
    trusted (sample_other_desk_key (), LANYARD_SCOPE_BADGE | LANYARD_SCOPE_RECORDS, 8),
  };

  return lanyard_trust_list_new (1, SAMPLE_NOW_S, keys, G_N_ELEMENTS (keys));
}

LanyardBatch *
sample_batch (void)
{
  const guint16 kinds[] = { LANYARD_RECORD_STARTED, LANYARD_RECORD_RESERVED, 999 };
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_record_free);
  LanyardHash previous = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      LanyardRecord *record = lanyard_record_new ();

      record->device = SAMPLE_DEVICE;
      record->epoch = SAMPLE_EPOCH;
      record->seq = i + 1;
      record->kind = kinds[i];
      record->hlc = (guint64)SAMPLE_NOW_S * 1000 << 16 | i;
      record->wall_us = SAMPLE_NOW_S * G_USEC_PER_SEC + i;
      if (kinds[i] == LANYARD_RECORD_RESERVED)
        {
          memset (record->pickup.bytes, 0x5a, LANYARD_ID_BYTES);
          record->accreditation = g_strdup ("2800000000");
          record->serial = g_strdup ("K0007-000001X");
        }
      record->previous = previous;
      lanyard_record_seal (record);
      previous = record->hash;
      g_ptr_array_add (records, record);
    }
  return lanyard_batch_new (records, LANYARD_BATCH_MAX_RECORDS);
}

LanyardReceipt *
sample_receipt (void)
{
  LanyardReceipt *receipt = lanyard_receipt_new ();
  const char *const conflicts[] = { "2800000000", NULL };

  receipt->device = SAMPLE_DEVICE;
  receipt->epoch = SAMPLE_EPOCH;
  receipt->accepted_through = 3;
  memset (receipt->head.bytes, 0xab, LANYARD_HASH_BYTES);
  receipt->gseq = 513;
  g_strfreev (receipt->conflicts);
  receipt->conflicts = g_strdupv ((char **)conflicts);
  return receipt;
}

LanyardChanges *
sample_changes (void)
{
  LanyardChanges *changes = lanyard_changes_new (SAMPLE_EVENT);
  g_autoptr (GBytes) entry = g_bytes_new_static ("not an entry", 12);

  changes->after = 512;
  changes->next = 514;
  changes->head = 600;
  changes->alert = 3;
  g_ptr_array_add (changes->rows, lanyard_changes_row_new (513, "2800000000", entry));
  g_ptr_array_add (changes->rows, lanyard_changes_row_new (514, "2800000001", NULL));
  return changes;
}

LanyardAlerts *
sample_alerts (void)
{
  LanyardAlerts *alerts = lanyard_alerts_new ();
  LanyardAlert *alert = lanyard_alert_new ();
  const char *const serials[] = { "K0007-000001X", "K0008-000001Y", NULL };

  alerts->device = SAMPLE_DEVICE;
  alerts->after = 2;
  alerts->next = 3;
  alert->id = 3;
  alert->kind = LANYARD_ALERT_CONFLICT;
  alert->number = g_strdup ("2800000000");
  g_strfreev (alert->serials);
  alert->serials = g_strdupv ((char **)serials);
  alert->gseq = 513;
  alert->at_us = SAMPLE_NOW_S * G_USEC_PER_SEC;
  g_ptr_array_add (alerts->rows, alert);
  return alerts;
}

LanyardEnrolmentRequest *
sample_enrolment_request (void)
{
  LanyardEnrolmentRequest *request = g_new0 (LanyardEnrolmentRequest, 1);
  g_autoptr (LanyardKey) key = sample_desk_key ();

  request->code = g_strdup ("0123456789ABCDEFGHJK");
  request->key = *lanyard_key_get_public (key);
  request->venue = g_strdup ("V1");
  request->name = g_strdup ("Desk 7");
  return request;
}

LanyardEnrolmentAnswer *
sample_enrolment_answer (void)
{
  LanyardEnrolmentAnswer *answer = g_new0 (LanyardEnrolmentAnswer, 1);
  g_autoptr (LanyardKey) key = sample_desk_key ();

  answer->device = SAMPLE_DEVICE;
  answer->epoch = SAMPLE_EPOCH;
  answer->event = g_strdup (SAMPLE_EVENT);
  answer->serial_prefix = g_strdup ("K0007");
  answer->venue = g_strdup ("V1");
  answer->key = *lanyard_key_get_public (key);
  return answer;
}

LanyardToken
sample_token (void)
{
  return (LanyardToken){
    .device = SAMPLE_DEVICE,
    .epoch = SAMPLE_EPOCH,
    .method = (char *)"GET",
    .path = (char *)SAMPLE_PATH,
    .time_s = SAMPLE_NOW_S,
  };
}

static GBytes *
sign_batch (void)
{
  g_autoptr (LanyardBatch) batch = sample_batch ();
  g_autoptr (LanyardKey) key = sample_desk_key ();

  return lanyard_batch_sign (batch, key);
}

static GError *
open_batch (const void *data, gsize n_bytes)
{
  g_autoptr (LanyardTrustList) trust = sample_trust ();
  GError *error = NULL;

  lanyard_batch_free (lanyard_batch_open (data, n_bytes, trust, SAMPLE_NOW_S, NULL, &error));
  return error;
}

static GBytes *
sign_receipt (void)
{
  g_autoptr (LanyardReceipt) receipt = sample_receipt ();
  g_autoptr (LanyardKey) key = sample_hub_key ();

  return lanyard_receipt_sign (receipt, key);
}

static GError *
open_receipt (const void *data, gsize n_bytes)
{
  g_autoptr (LanyardTrustList) trust = sample_trust ();
  g_autoptr (GBytes) message = g_bytes_new (data, n_bytes);
  GError *error = NULL;

  lanyard_receipt_free (
      lanyard_receipt_open (message, trust, SAMPLE_DEVICE, SAMPLE_EPOCH, SAMPLE_NOW_S, &error));
  return error;
}

static GBytes *
sign_changes (void)
{
  g_autoptr (LanyardChanges) changes = sample_changes ();
  g_autoptr (LanyardKey) key = sample_hub_key ();

  return lanyard_changes_sign (changes, key);
}

static GError *
open_changes (const void *data, gsize n_bytes)
{
  g_autoptr (LanyardTrustList) trust = sample_trust ();
  g_autoptr (GBytes) message = g_bytes_new (data, n_bytes);
  GError *error = NULL;

  lanyard_changes_free (lanyard_changes_open (message, trust, SAMPLE_EVENT, SAMPLE_NOW_S, &error));
  return error;
}

static GBytes *
sign_alerts (void)
{
  g_autoptr (LanyardAlerts) alerts = sample_alerts ();
  g_autoptr (LanyardKey) key = sample_hub_key ();

  return lanyard_alerts_sign (alerts, key);
}

static GError *
open_alerts (const void *data, gsize n_bytes)
{
  g_autoptr (LanyardTrustList) trust = sample_trust ();
  g_autoptr (GBytes) message = g_bytes_new (data, n_bytes);
  GError *error = NULL;

  lanyard_alerts_free (lanyard_alerts_open (message, trust, SAMPLE_DEVICE, SAMPLE_NOW_S, &error));
  return error;
}

static GBytes *
sign_enrolment_request (void)
{
  g_autoptr (LanyardEnrolmentRequest) request = sample_enrolment_request ();
  g_autoptr (LanyardKey) key = sample_desk_key ();

  return lanyard_enrolment_request_sign (request, key);
}

static GError *
open_enrolment_request (const void *data, gsize n_bytes)
{
  GError *error = NULL;

  lanyard_enrolment_request_free (lanyard_enrolment_request_open (data, n_bytes, &error));
  return error;
}

static GBytes *
sign_enrolment_answer (void)
{
  g_autoptr (LanyardEnrolmentAnswer) answer = sample_enrolment_answer ();
  g_autoptr (LanyardKey) key = sample_hub_key ();

  return lanyard_enrolment_answer_sign (answer, key);
}

static GError *
open_enrolment_answer (const void *data, gsize n_bytes)
{
  g_autoptr (LanyardTrustList) trust = sample_trust ();
  g_autoptr (LanyardKey) key = sample_desk_key ();
  g_autoptr (GBytes) message = g_bytes_new (data, n_bytes);
  GError *error = NULL;

  lanyard_enrolment_answer_free (lanyard_enrolment_answer_open (
      message, trust, lanyard_key_get_public (key), SAMPLE_NOW_S, &error));
  return error;
}

static GBytes *
sign_token (void)
{
  LanyardToken token = sample_token ();
  g_autoptr (LanyardKey) key = sample_desk_key ();
  char *header = lanyard_token_sign (&token, key);

  return g_bytes_new_take (header, strlen (header));
}

static GError *
open_token (const void *data, gsize n_bytes)
{
  g_autoptr (LanyardTrustList) trust = sample_trust ();
  g_autofree char *header = g_strndup (data, n_bytes);
  GError *error = NULL;

  lanyard_token_free (lanyard_token_open (header, trust, "GET", SAMPLE_PATH, SAMPLE_NOW_S, &error));
  return error;
}

const SampleKind sample_kinds[] = {
  { "batch", sign_batch, open_batch, TRUE },
  { "receipt", sign_receipt, open_receipt, FALSE },
  { "changes", sign_changes, open_changes, TRUE },
  { "alerts", sign_alerts, open_alerts, FALSE },
  { "enrolment-request", sign_enrolment_request, open_enrolment_request, FALSE },
  { "enrolment", sign_enrolment_answer, open_enrolment_answer, FALSE },
  { "token", sign_token, open_token, FALSE },
  { "changes-2", sample_sign_changes_2, open_changes, TRUE },
  { "segment-2", sample_sign_segment_2, open_changes, TRUE },
  { "again-2", sample_sign_again_2, open_changes, TRUE },
  { "trust-list", sample_sign_trust, sample_open_trust, FALSE },
  { "negative-list", sample_sign_negative, sample_open_negative, FALSE },
  { "manifest", sample_sign_manifest, sample_open_manifest, FALSE },
  { "edition", sample_sign_edition, sample_open_edition, FALSE },
  { "receipt-gap", sample_sign_receipt_gap, open_receipt, FALSE },
  { "receipt-fork", sample_sign_receipt_fork, open_receipt, FALSE },
};
const guint n_sample_kinds = G_N_ELEMENTS (sample_kinds);
