/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdint.h>

#include "lanyard-base45.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* What decodes must encode to the same text: there is one text for any bytes. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  g_autofree char *text = g_strndup ((const char *)data, n_bytes);
  g_autoptr (GBytes) bytes = lanyard_base45_decode (text, 768, NULL);
  g_autofree char *encoded = lanyard_base45_encode (data, n_bytes);
  g_autoptr (GBytes) decoded = lanyard_base45_decode (encoded, n_bytes, NULL);

  if (bytes)
    {
      gsize length;
      const guint8 *content = g_bytes_get_data (bytes, &length);
      g_autofree char *again = lanyard_base45_encode (content, length);

      g_assert_cmpstr (again, ==, text);
    }
  g_assert_nonnull (decoded);
  g_assert_true (g_bytes_get_size (decoded) == n_bytes);
  return 0;
}
