/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdint.h>
#include <string.h>

#include "lanyard-hub-client.h"
#include "lanyard-hub-server-private.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

#define NOW_S G_GINT64_CONSTANT (1942133400)

/* Lines of HTTP that we read ourselves, one behind the other: Retry-After and Date of an answer, a
 * range, and where an upload belongs. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  g_autofree char *text = g_strndup ((const char *)data, n_bytes);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 3);
  guint64 first, last, number, size = n_bytes + 1;
  LanyardHubPlace place = { 0 };

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpuint (lanyard_hub_client_parse_retry_after (lines[i], lines[i + 1], NOW_S), <=,
                        G_MAXUINT32);
      if (_lanyard_hub_parse_range (lines[i], size, &first, &last) != LANYARD_HUB_RANGE_OUTSIDE)
        g_assert_true (first <= last && last < size);
      _lanyard_hub_parse_place (lines[i], &place);
      if (_lanyard_hub_parse_number (lines[i], strlen (lines[i]), &number))
        {
          g_autofree char *again = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

          g_assert_cmpstr (again, ==, lines[i]);
        }
      if (lines[i + 1] == NULL)
        break;
    }
  return 0;
}
