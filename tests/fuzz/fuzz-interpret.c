/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-hub-interpret.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* Bytes that a desk sent as a record and that the hub stored: they say something of a badge, or why
 * they do not, or nothing; never two of these. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  const LanyardHash previous = { { 0 } };
  g_autoptr (GBytes) encoded = g_bytes_new (data, n_bytes);
  g_autoptr (LanyardHubFact) fact = lanyard_hub_interpret (encoded, 1, 1, 1, &previous);

  g_assert_true (fact->badge == NULL || fact->why == NULL);
  if (fact->badge != NULL)
    g_assert_true (fact->badge->serial != NULL && fact->badge->number != NULL);
  return 0;
}
