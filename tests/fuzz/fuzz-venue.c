/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-venue.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* A relay's page of the venue, which nobody signs. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  GError *error = NULL;
  LanyardVenue *venue = lanyard_venue_decode (data, n_bytes, &error);

  g_assert_true ((venue != NULL) != (error != NULL));
  lanyard_venue_free (venue);
  g_clear_error (&error);
  return 0;
}
