/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdint.h>

#include "lanyard-hid-pos.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

static gsize
take_scan (LanyardScan *scan)
{
  gsize n = scan != NULL ? g_bytes_get_size (scan->data) : 0;

  g_assert_cmpuint (n, <=, LANYARD_SCAN_MAX_BYTES);
  lanyard_scan_free (scan);
  return n;
}

/* A length, so many bytes of description, and then reports, each after its length. Each report is
 * sent up to 64 times, so that scans longer than any are within reach. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  g_autoptr (LanyardHidPos) pos = NULL;
  gsize n_descriptor, n_in = 0, n_out = 0;
  gint64 at_us = 0;

  if (n_bytes < 1)
    return 0;
  n_descriptor = MIN (data[0], n_bytes - 1);
  pos = lanyard_hid_pos_new (data + 1, n_descriptor, (n_bytes & 1) != 0, NULL);
  if (pos == NULL)
    return 0;
  for (size_t i = 1 + n_descriptor; i < n_bytes;)
    {
      size_t n = MIN (data[i], n_bytes - i - 1);
      guint times = n > 0 && data[i + n] >= 0xf8 ? 64 : 1;

      for (; times > 0; times--, n_in += n)
        {
          n_out += take_scan (lanyard_hid_pos_take (pos, data + i + 1, n, ++at_us));
          if (lanyard_hid_pos_get_deadline (pos) >= 0 && times == 1)
            at_us += (gint64)data[i] * 4000;
          n_out += take_scan (lanyard_hid_pos_idle (pos, at_us));
        }
      /* the data, and once an identifier */
      g_assert_cmpuint (n_out, <=, n_in);
      i += 1 + n;
    }
  return 0;
}
