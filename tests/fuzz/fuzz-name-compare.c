/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Two people's names, line by line: family and given name of each. The first byte has the flags. */

#include "lanyard-name-compare.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize n_bytes);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize n_bytes)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  LanyardName document = { 0 }, holder = { 0 };
  LanyardAgreement same;

  if (n_bytes < 2 || n_bytes > 1024
      || !g_utf8_validate_len ((const char *)data + 1, n_bytes - 1, NULL))
    return 0;
  text = g_strndup ((const char *)data + 1, n_bytes - 1);
  lines = g_strsplit (text, "\n", 4);
  if (g_strv_length (lines) < 4)
    return 0;
  document = (LanyardName){ lines[0], lines[1], (data[0] & 1) != 0, (data[0] & 2) != 0 };
  holder = (LanyardName){ lines[2], lines[3], (data[0] & 4) != 0, FALSE };
  lanyard_name_compare (&document, &holder);
  /* Everybody is who they are. */
  same = lanyard_name_compare (&document, &document);
  g_assert (same == LANYARD_AGREEMENT_AGREES || same == LANYARD_AGREEMENT_NOT_KNOWN);
  return 0;
}
