/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz-keys.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* A list that loads has one encoding. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  g_autoptr (GBytes) message = fuzz_message (data, n_bytes, "lanyard/negative");
  g_autoptr (LanyardNegativeList) list
      = lanyard_negative_list_load (g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                                    fuzz_trust (), NULL, FUZZ_NOW_S, NULL);

  if (list)
    {
      g_autoptr (GBytes) again = lanyard_negative_list_sign (list, fuzz_key ());

      g_assert_true (data[0] % 2 == 0 || g_bytes_equal (again, message));
    }
  return 0;
}
