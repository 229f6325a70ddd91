/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-chunk.h"
#include "lanyard-squeeze.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* The payload of a header; and the same bytes as what a chunk unpacks to. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  GError *error = NULL;
  LanyardSnapshot *snapshot = lanyard_snapshot_decode (data, n_bytes, &error);
  g_autoptr (GBytes) chunk = lanyard_squeeze (data, n_bytes);
  LanyardSnapshotPart part = { .raw_bytes = (guint32)n_bytes, .n_rows = n_bytes > 2 ? data[2] : 1 };
  LanyardChunkReader *reader;
  guint64 gseq;

  g_assert_true ((snapshot != NULL) != (error != NULL));
  lanyard_snapshot_free (snapshot);
  g_clear_error (&error);
  part.n_bytes = (guint32)g_bytes_get_size (chunk);
  lanyard_hash_compute (&part.hash, "lanyard/chunk/1", g_bytes_get_data (chunk, NULL), part.n_bytes,
                        NULL, 0);
  reader = lanyard_chunk_reader_new (chunk, &part, &error);
  g_assert_true ((reader != NULL) != (error != NULL));
  g_clear_error (&error);
  for (guint i = 0; reader != NULL && i < part.n_rows; i++)
    {
      g_autoptr (GBytes) entry = lanyard_chunk_reader_next (reader, &gseq);

      g_assert_nonnull (entry);
    }
  lanyard_chunk_reader_free (reader);
  return 0;
}
