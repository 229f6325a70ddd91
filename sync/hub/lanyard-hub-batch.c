/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-private.h"

/* Batches of records that are here already: no desk signed them as such. */

LanyardBatch *
_lanyard_hub_batch_new (guint32 device, guint32 epoch, guint64 first, const LanyardHash *previous)
{
  LanyardBatch *batch = g_new0 (LanyardBatch, 1);

  batch->device = device;
  batch->epoch = epoch;
  batch->first = first;
  batch->previous = *previous;
  batch->head = *previous;
  batch->records = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  batch->hashes = g_array_new (FALSE, FALSE, sizeof (LanyardHash));
  return batch;
}

void
_lanyard_hub_batch_add (LanyardBatch *batch, GBytes *encoded, const LanyardHash *hash)
{
  g_ptr_array_add (batch->records, g_bytes_ref (encoded));
  g_array_append_val (batch->hashes, *hash);
  batch->head = *hash;
}
