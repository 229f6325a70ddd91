/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hash.h"
#include "lanyard-trust-list.h"
#include "lanyard-wire.h"

G_BEGIN_DECLS

/* On the wire for ever. */
typedef enum
{
  LANYARD_RECEIPT_ACCEPTED = 10, /* all is stored, now or before */
  LANYARD_RECEIPT_GAP = 20,      /* nothing of the batch was taken: go on after accepted_through */
  LANYARD_RECEIPT_FORK = 30,     /* nothing was taken: a record differs from one stored before */
} LanyardReceiptStatus;

/* What the hub has of one (device, epoch), after its commit. */
typedef struct
{
  guint32 device;
  guint32 epoch;
  LanyardReceiptStatus status;
  guint64 accepted_through; /* seq; 0: nothing yet */
  LanyardHash head;         /* hash of record accepted_through; zero for 0 */
  guint64 fork_seq;         /* FORK: the first record that differs; otherwise 0 */
  guint64 gseq;             /* head of the change feed after this batch */
  char **conflicts;         /* accreditation numbers that this batch found disputed; never NULL */
} LanyardReceipt;

LanyardReceipt *lanyard_receipt_new (void);
void lanyard_receipt_free (LanyardReceipt *receipt);
/* Returns: (transfer full): the signed message */
GBytes *lanyard_receipt_sign (const LanyardReceipt *receipt, const LanyardKey *key);

/**
 * lanyard_receipt_open:
 * @message: a signed message
 * @trust: the key needs LANYARD_SCOPE_RECEIPT
 * @device: must stand in it: another desk's receipt is LANYARD_ERROR_PROTOCOL
 * @epoch: likewise
 * @at_s: now, s since 1970-01-01 UTC
 * @error: LANYARD_ERROR_LIMIT, _INVALID, _NEWER, _SIGNATURE, _UNTRUSTED, _EXPIRED, _PROTOCOL
 *
 * Returns: (transfer full) (nullable): the receipt
 */
LanyardReceipt *lanyard_receipt_open (GBytes *message,
                                      const LanyardTrustList *trust,
                                      guint32 device,
                                      guint32 epoch,
                                      gint64 at_s,
                                      GError **error);
/* The payload alone. */
LanyardReceipt *lanyard_receipt_decode (const void *data, gsize n_bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardReceipt, lanyard_receipt_free)

G_END_DECLS
