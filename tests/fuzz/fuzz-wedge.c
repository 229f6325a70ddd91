/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdint.h>

#include "lanyard-wedge-decoder.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* What comes out and what stays a person's never add up to more than what was typed. */
static void
type (LanyardWedgeDecoder *decoder, const uint8_t *data, size_t n_bytes)
{
  gint64 at_us = 0;
  gsize n_out = 0, n_typed = 0;

  for (size_t i = 0; i + 1 < n_bytes; i += 2)
    {
      g_autoptr (LanyardScan) scan = NULL, late = NULL;
      g_autofree char *rejected = NULL;
      gunichar character = data[i] < 0xf0 ? data[i] : 0x4e00 + data[i];
      LanyardWedgeVerdict verdict;

      /* The clock goes back now and then. */
      at_us += data[i + 1] == 0xff ? -5000 : (gint64)(data[i + 1] & 0x3f) * 1000;
      if ((data[i + 1] & 0x40) != 0)
        late = lanyard_wedge_decoder_idle (decoder, at_us);
      verdict = lanyard_wedge_decoder_key (decoder, character, at_us, &scan);
      g_assert_true ((verdict == LANYARD_WEDGE_SCAN) == (scan != NULL));
      rejected = lanyard_wedge_decoder_take_rejected (decoder);
      n_typed += g_unichar_to_utf8 (character, NULL);
      n_out += rejected != NULL ? strlen (rejected) : 0;
      n_out += late != NULL ? g_bytes_get_size (late->data) : 0;
      n_out += scan != NULL ? g_bytes_get_size (scan->data) : 0;
      g_assert_cmpuint (n_out, <=, n_typed);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  static const LanyardWedgeOptions options[]
      = { { 0 }, { .prefix = "]Q1" }, { .suffix = "#" }, { .prefix = "##", .suffix = "##" } };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autoptr (LanyardWedgeDecoder) decoder = lanyard_wedge_decoder_new (&options[i]);

      type (decoder, data, n_bytes);
    }
  return 0;
}
