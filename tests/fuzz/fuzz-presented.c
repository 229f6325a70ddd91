/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz-keys.h"

#include "lanyard-presented.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* First byte: symbology and source; the rest is what was read. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  LanyardPresentedContext context
      = { .event = "EVENT", .trust = fuzz_trust (), .now_s = FUZZ_NOW_S };
  g_autoptr (LanyardScan) scan = NULL;
  g_autoptr (LanyardPresented) presented = NULL;

  if (n_bytes == 0)
    return 0;
  scan = lanyard_scan_new (data[0] % 14 * 10, (data[0] / 14 % 4 + 1) * 10, data + 1, n_bytes - 1);
  presented = lanyard_presented_identify (scan, &context);
  g_assert_true (presented->kind != LANYARD_PRESENTED_CREDENTIAL || presented->claims);
  g_assert_true ((presented->kind == LANYARD_PRESENTED_DOCUMENT) == (presented->document != NULL));
  if (presented->document != NULL)
    {
      char **keys = lanyard_document_dup_keys (presented->document);

      g_assert_true (presented->document->sound);
      lanyard_document_free_keys (keys);
    }
  return 0;
}
