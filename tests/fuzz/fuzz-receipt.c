/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-receipt.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* The payload of a receipt. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  GError *error = NULL;
  LanyardReceipt *message = lanyard_receipt_decode (data, n_bytes, &error);

  /* Either a message or a reason, never both or none. */
  g_assert_true ((message != NULL) != (error != NULL));
  lanyard_receipt_free (message);
  g_clear_error (&error);
  return 0;
}
