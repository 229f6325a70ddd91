/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz-keys.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* A list that loads says the same when it is signed again. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  const LanyardPublicKey *root = lanyard_key_get_public (fuzz_key ());
  g_autoptr (GBytes) message = fuzz_message (data, n_bytes, "lanyard/trust");
  g_autoptr (LanyardTrustList) list
      = lanyard_trust_list_load (g_bytes_get_data (message, NULL), g_bytes_get_size (message), root,
                                 NULL, FUZZ_NOW_S, NULL);

  if (list)
    {
      g_autoptr (GBytes) again = lanyard_trust_list_sign (list, fuzz_key ());
      g_autoptr (LanyardTrustList) second
          = lanyard_trust_list_load (g_bytes_get_data (again, NULL), g_bytes_get_size (again), root,
                                     list, FUZZ_NOW_S, NULL);

      g_assert_nonnull (second);
      g_assert_true (lanyard_trust_list_get_n_keys (list)
                     == lanyard_trust_list_get_n_keys (second));
    }
  return 0;
}
