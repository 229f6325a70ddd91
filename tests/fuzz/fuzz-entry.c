/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-entry.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* A row of the feed, with the dispute in it. What is taken comes back as the same bytes. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  GError *error = NULL;
  g_autoptr (LanyardEntry) entry = lanyard_entry_decode (data, n_bytes, &error);
  g_autoptr (LanyardEntry) names = NULL, again = NULL;
  g_autoptr (GBytes) bytes = NULL, twice = NULL;

  g_assert_true ((entry != NULL) != (error != NULL));
  g_clear_error (&error);
  if (entry == NULL)
    return 0;
  names = lanyard_entry_decode_names (data, n_bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (names->number, ==, entry->number);
  bytes = lanyard_entry_encode (entry);
  again = lanyard_entry_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  twice = lanyard_entry_encode (again);
  g_assert_true (g_bytes_equal (bytes, twice));
  return 0;
}
