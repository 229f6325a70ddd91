/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hash.h"
#include "lanyard-record.h"
#include "lanyard-trust-list.h"
#include "lanyard-wire.h"

G_BEGIN_DECLS

/*
 * An upload: consecutive records of one (device, epoch) as they stand in its journal, signed once.
 *
 * The records are bytes here. A hub has to store what it cannot read (store, then interpret), and
 * the hash chain is over the bytes; so nothing of a record is decoded at this level.
 */
typedef struct
{
  guint32 device;
  guint32 epoch;
  guint64 first;        /* seq of the first record, ≥ 1 */
  LanyardHash previous; /* hash of record first - 1; zero when first is 1 */
  LanyardHash head;     /* hash of the last record */
  GPtrArray *records;   /* (element-type GBytes) encoded; 1 to LANYARD_BATCH_MAX_RECORDS; owned */
  GArray *hashes;       /* (element-type LanyardHash) one a record; owned */
} LanyardBatch;

void lanyard_batch_free (LanyardBatch *batch);
/* Returns: seq of the last record */
guint64 lanyard_batch_get_last (const LanyardBatch *batch);

/**
 * lanyard_batch_new:
 * @records: (element-type LanyardRecord): consecutive records of one journal, at least one
 * @max_records: at most so many of them
 *
 * Takes as many as fit: @max_records, LANYARD_BATCH_MAX_RECORDS, LANYARD_BATCH_FILL_BYTES; always
 * at least one.
 *
 * Returns: (transfer full): the batch
 */
LanyardBatch *lanyard_batch_new (GPtrArray *records, guint max_records);

/* Returns: (transfer full): the signed message, at most LANYARD_BATCH_MAX_BYTES */
GBytes *lanyard_batch_sign (const LanyardBatch *batch, const LanyardKey *key);

/**
 * lanyard_batch_open:
 * @data: a signed message
 * @n_bytes: its length
 * @trust: the signing key must be in it with LANYARD_SCOPE_RECORDS and belong to the batch's device
 * @at_s: now, s since 1970-01-01 UTC
 * @kid: (out) (optional): the key that signed
 * @error: LANYARD_ERROR_LIMIT, _INVALID (also: a chain that does not lead from previous to head),
 *   _NEWER, _SIGNATURE, _UNTRUSTED (also: another desk's key), _EXPIRED
 *
 * Returns: (transfer full) (nullable): the batch
 */
LanyardBatch *lanyard_batch_open (const void *data,
                                  gsize n_bytes,
                                  const LanyardTrustList *trust,
                                  gint64 at_s,
                                  LanyardKid *kid,
                                  GError **error);

/* The payload alone, as it stands after the signature was checked: for lanyard_batch_open() and the
 * fuzzer. */
LanyardBatch *lanyard_batch_decode (const void *data, gsize n_bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardBatch, lanyard_batch_free)

G_END_DECLS
