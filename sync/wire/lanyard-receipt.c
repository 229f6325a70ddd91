/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-wire"

#include "lanyard-receipt.h"

#include "lanyard-wire-private.h"

#define RECEIPT_ITEMS 9

LanyardReceipt *
lanyard_receipt_new (void)
{
  LanyardReceipt *receipt = g_new0 (LanyardReceipt, 1);

  receipt->status = LANYARD_RECEIPT_ACCEPTED;
  receipt->conflicts = g_new0 (char *, 1);
  return receipt;
}

void
lanyard_receipt_free (LanyardReceipt *receipt)
{
  if (receipt == NULL)
    return;
  g_strfreev (receipt->conflicts);
  g_free (receipt);
}

GBytes *
lanyard_receipt_sign (const LanyardReceipt *receipt, const LanyardKey *key)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) payload = NULL;

  lanyard_cbor_open_array (writer, RECEIPT_ITEMS);
  lanyard_cbor_write_uint (writer, LANYARD_WIRE_VERSION);
  lanyard_cbor_write_uint (writer, receipt->device);
  lanyard_cbor_write_uint (writer, receipt->epoch);
  lanyard_cbor_write_uint (writer, receipt->status);
  lanyard_cbor_write_uint (writer, receipt->accepted_through);
  lanyard_cbor_write_bytes (writer, receipt->head.bytes, LANYARD_HASH_BYTES);
  lanyard_cbor_write_uint (writer, receipt->fork_seq);
  lanyard_cbor_write_uint (writer, receipt->gseq);
  lanyard_cbor_write_strv (writer, (const char *const *)receipt->conflicts);
  payload = lanyard_cbor_writer_end (writer);
  return _lanyard_wire_sign (key, LANYARD_CONTENT_RECEIPT, payload);
}

static void
check (LanyardCborReader *reader, const LanyardReceipt *receipt)
{
  if (reader->error != NULL)
    return;
  if (receipt->status != LANYARD_RECEIPT_ACCEPTED && receipt->status != LANYARD_RECEIPT_GAP
      && receipt->status != LANYARD_RECEIPT_FORK)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "its status is none that there is");
  if ((receipt->accepted_through == 0) != lanyard_hash_is_zero (&receipt->head))
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "head and accepted-through disagree");
  if ((receipt->status == LANYARD_RECEIPT_FORK) != (receipt->fork_seq != 0))
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "status and fork disagree");
}

LanyardReceipt *
lanyard_receipt_decode (const void *data, gsize n_bytes, GError **error)
{
  g_autoptr (LanyardReceipt) receipt = g_new0 (LanyardReceipt, 1);
  LanyardCborReader reader;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_RECEIPT_MAX_BYTES);
  _lanyard_wire_enter (&reader, RECEIPT_ITEMS);
  receipt->device = (guint32)lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  receipt->epoch = (guint32)lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  receipt->status = (LanyardReceiptStatus)lanyard_cbor_read_uint (&reader, G_MAXUINT8);
  receipt->accepted_through = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  lanyard_cbor_read_fixed (&reader, receipt->head.bytes, LANYARD_HASH_BYTES);
  receipt->fork_seq = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  receipt->gseq = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  receipt->conflicts = lanyard_cbor_read_strv (&reader, LANYARD_RECEIPT_MAX_CONFLICTS,
                                               LANYARD_WIRE_MAX_TEXT_BYTES);
  check (&reader, receipt);
  if (!lanyard_cbor_reader_end (&reader, "receipt", error))
    return NULL;
  return g_steal_pointer (&receipt);
}

LanyardReceipt *
lanyard_receipt_open (GBytes *message,
                      const LanyardTrustList *trust,
                      guint32 device,
                      guint32 epoch,
                      gint64 at_s,
                      GError **error)
{
  g_autoptr (LanyardReceipt) receipt = NULL;
  const guint8 *payload;
  gsize n_payload;

  payload = _lanyard_wire_open (trust, LANYARD_SCOPE_RECEIPT, LANYARD_CONTENT_RECEIPT, message,
                                LANYARD_RECEIPT_MAX_BYTES, at_s, &n_payload, error);
  if (payload == NULL)
    return NULL;
  receipt = lanyard_receipt_decode (payload, n_payload, error);
  if (receipt == NULL)
    return NULL;
  if (receipt->device != device || receipt->epoch != epoch)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                   "The hub sent a receipt of desk %u epoch %u to desk %u epoch %u.",
                   receipt->device, receipt->epoch, device, epoch);
      return NULL;
    }
  return g_steal_pointer (&receipt);
}
