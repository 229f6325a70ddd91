/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdint.h>
#include <string.h>

#include "lanyard-aim.h"
#include "lanyard-framing.h"

/* More than the longest frame, and not so much that most of the time goes into copies. */
#define ENOUGH (LANYARD_SCAN_MAX_BYTES + 1000)

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

static void
on_frame (const guint8 *bytes, gsize n_bytes, gint64 at_us, gpointer user_data)
{
  g_autoptr (LanyardScan) scan = NULL;
  gsize *n_out = user_data;

  g_assert_cmpuint (n_bytes, >, 0);
  g_assert_cmpuint (n_bytes, <=, LANYARD_SCAN_MAX_BYTES + LANYARD_FRAMING_SPARE_BYTES);
  *n_out += n_bytes;
  scan = lanyard_aim_make_scan (LANYARD_SCAN_SOURCE_SERIAL, bytes, n_bytes, TRUE);
  if (scan != NULL)
    g_assert_cmpuint (g_bytes_get_size (scan->data), <=, MIN (n_bytes, LANYARD_SCAN_MAX_BYTES));
}

static void
feed (LanyardFraming *framing, const uint8_t *bytes, size_t n_bytes, gint64 *at_us, gsize *n_out)
{
  lanyard_framing_feed (framing, bytes, n_bytes, ++*at_us, on_frame, n_out);
  if (lanyard_framing_get_deadline (framing) < 0)
    return;
  *at_us += bytes[n_bytes - 1] * 1000;
  lanyard_framing_idle (framing, *at_us, on_frame, n_out);
}

/* The first byte is the kind, the second the step. Each read is sent as often as its first byte
 * says, so that frames longer than any scan are within reach. Nothing comes out that did not go in.
 */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  LanyardFramingOptions options = { 0 };
  g_autoptr (LanyardFraming) framing = NULL;
  gint64 at_us = 0;
  gsize n_in = 0, n_out = 0, step;

  if (n_bytes < 3)
    return 0;
  options.kind = data[0] % (LANYARD_FRAMING_QUIET + 1);
  options.length = data[1] * 17;
  step = data[1] % 64 + 1;
  framing = lanyard_framing_new (&options);
  for (size_t i = 2; i < n_bytes; i += step)
    {
      size_t n = MIN (step, n_bytes - i);

      for (guint times = data[i] >= 0xf0 && n >= 32 ? 64 : 1; times > 0 && n_in < ENOUGH;
           times--, n_in += n)
        feed (framing, data + i, n, &at_us, &n_out);
      g_assert_cmpuint (n_out, <=, n_in);
    }
  return 0;
}
