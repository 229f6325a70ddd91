/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-batch.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* The payload of an upload, as a desk whose key was stolen could sign it. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  GError *error = NULL;
  LanyardBatch *message = lanyard_batch_decode (data, n_bytes, &error);

  /* Either a message or a reason, never both or none. */
  g_assert_true ((message != NULL) != (error != NULL));
  lanyard_batch_free (message);
  g_clear_error (&error);
  return 0;
}
