/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-catalogue.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* The words that a pack brings along in a language. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  g_autoptr (GBytes) mo = g_bytes_new (data, n_bytes);
  GError *error = NULL;
  LanyardCatalogue *catalogue = lanyard_catalogue_new (mo, &error);

  g_assert_true ((catalogue != NULL) != (error != NULL));
  g_clear_error (&error);
  if (catalogue == NULL)
    return 0;
  g_assert_true (lanyard_catalogue_check (catalogue, &error) == (error == NULL));
  g_clear_error (&error);
  for (gulong n = 0; n < 4; n++)
    {
      const char *text = lanyard_catalogue_find_plural (catalogue, "%s person", n);

      g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
    }
  lanyard_catalogue_free (catalogue);
  return 0;
}
