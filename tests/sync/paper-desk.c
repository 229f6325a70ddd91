/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "paper-desk.h"

#include "lanyard-cbor.h"
#include "lanyard-enrolment-message.h"

LanyardHub *
paper_open_hub (SyncFixture *fixture)
{
  GError *error = NULL;
  LanyardHub *hub = lanyard_hub_open (fixture->hub_directory, NULL, &error);

  g_assert_no_error (error);
  return hub;
}

Paper *
paper_new (SyncFixture *fixture, LanyardHub *hub)
{
  Paper *paper = g_new0 (Paper, 1);
  GError *error = NULL;
  g_autofree char *code = lanyard_hub_create_code (hub, fixture->venue, "paper", 0, 900, &error);
  LanyardEnrolmentRequest request = { .code = code, .venue = fixture->venue, .name = (char *)"" };
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (LanyardEnrolmentAnswer) answer = NULL;

  g_assert_no_error (error);
  paper->key = lanyard_key_generate ();
  request.key = *lanyard_key_get_public (paper->key);
  message = lanyard_enrolment_request_sign (&request, paper->key);
  reply = lanyard_hub_enrol (hub, g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                             &error);
  g_assert_no_error (error);
  answer = lanyard_enrolment_answer_open (reply, lanyard_hub_get_trust (hub), &request.key,
                                          g_get_real_time () / G_USEC_PER_SEC, &error);
  g_assert_no_error (error);
  paper->device = answer->device;
  paper->prefix = g_strdup (answer->serial_prefix);
  return paper;
}

void
paper_free (Paper *paper)
{
  lanyard_key_unref (paper->key);
  g_free (paper->prefix);
  g_free (paper);
}

LanyardRecord *
paper_write (Paper *paper, guint16 kind, const char *number, const char *serial, guint32 sequence)
{
  return paper_write_text (paper, kind, number, serial, sequence, 0, NULL);
}

LanyardRecord *
paper_write_text (Paper *paper,
                  guint16 kind,
                  const char *number,
                  const char *serial,
                  guint32 sequence,
                  LanyardBodyKey key,
                  const char *text)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) body = NULL;

  lanyard_cbor_open_map (writer, (sequence > 0) + (text != NULL));
  if (sequence > 0)
    {
      lanyard_cbor_write_uint (writer, LANYARD_BODY_SEQUENCE);
      lanyard_cbor_write_uint (writer, sequence);
    }
  if (text != NULL)
    {
      lanyard_cbor_write_uint (writer, key);
      lanyard_cbor_write_text (writer, text);
    }
  body = lanyard_cbor_writer_end (writer);
  return paper_write_body (paper, kind, number, serial, body);
}

LanyardRecord *
paper_write_body (Paper *paper, guint16 kind, const char *number, const char *serial, GBytes *body)
{
  LanyardRecord *record = lanyard_record_new ();

  record->device = paper->device;
  record->epoch = 1;
  record->seq = ++paper->seq;
  record->kind = kind;
  record->accreditation = g_strdup (number);
  record->serial = g_strdup (serial);
  record->previous = paper->head;
  g_bytes_unref (record->body);
  record->body = g_bytes_ref (body);
  lanyard_record_seal (record);
  paper->head = record->hash;
  return record;
}

GPtrArray *
paper_records (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_record_free);
}

void
paper_ingest (LanyardHub *hub, Paper *paper, GPtrArray *records)
{
  g_autoptr (LanyardBatch) batch = lanyard_batch_new (records, 500);
  g_autoptr (GBytes) message = lanyard_batch_sign (batch, paper->key);
  LanyardHubPlace place
      = { batch->device, batch->epoch, batch->first, lanyard_batch_get_last (batch) };
  LanyardReceiptStatus status;
  GError *error = NULL;
  g_autoptr (GBytes) receipt = lanyard_hub_ingest (hub, &place, g_bytes_get_data (message, NULL),
                                                   g_bytes_get_size (message), &status, &error);

  g_assert_no_error (error);
  g_assert_cmpint (status, ==, LANYARD_RECEIPT_ACCEPTED);
}

char *
paper_describe (LanyardHub *hub, const char *number)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  g_autoptr (LanyardHubHolding) holding = store->ops->find_holding (store, number, NULL);
  g_autoptr (GPtrArray) badges = store->ops->list_badges (store, number, NULL);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "open %u disputed %d last %u %s below %u;", holding->open_badges,
                          holding->disputed, holding->last_sequence, holding->last_serial,
                          lanyard_hub_holding_get_lowest_valid (holding));
  for (guint i = 0; i < badges->len; i++)
    {
      const LanyardHubBadge *badge = g_ptr_array_index (badges, i);

      g_string_append_printf (text, " %s of %u flags %u", badge->serial, badge->sequence,
                              badge->flags);
    }
  return g_string_free (text, FALSE);
}
