/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-base45.h"
#include "lanyard-ticket.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* What stands in the code that sets up a desk: as text, and as what the text holds. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  g_autofree char *text = g_strndup ((const char *)data, n_bytes);
  g_autofree char *inner = lanyard_base45_encode (data, n_bytes);
  g_autofree char *whole = g_strconcat ("LYE1:", inner, NULL);
  const char *texts[] = { text, whole };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GError *error = NULL;
      g_autoptr (LanyardTicket) ticket = lanyard_ticket_decode (texts[i], &error);
      g_autofree char *again = NULL;

      g_assert_true ((ticket != NULL) != (error != NULL));
      g_clear_error (&error);
      if (ticket != NULL)
        again = lanyard_ticket_encode (ticket);
      if (again != NULL)
        g_assert_cmpstr (again, ==, texts[i]);
    }
  return 0;
}
