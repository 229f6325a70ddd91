/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdint.h>

#include "lanyard-wedge-decoder.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

static gsize
get_size (const LanyardScan *scan)
{
  if (scan == NULL)
    return 0;
  g_assert_cmpuint (g_bytes_get_size (scan->data), <=, LANYARD_SCAN_MAX_BYTES);
  return g_bytes_get_size (scan->data);
}

/* What comes out and what stays a person's never add up to more than what was typed; in another
 * layout a character may be two with two bytes each. */
static void
type (LanyardWedgeDecoder *decoder, gboolean read_anew, const uint8_t *data, size_t n_bytes)
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
      n_typed += read_anew ? 4 : g_unichar_to_utf8 (character, NULL);
      n_out += rejected != NULL ? strlen (rejected) : 0;
      n_out += get_size (late) + get_size (scan);
      g_assert_cmpuint (n_out, <=, n_typed);
    }
}

/* Three bytes a key. What the desk's layout made of it has nothing to do with the key: worse than
 * any two layouts. */
static LanyardWedgeKey
make_key (const uint8_t *data)
{
  static const guint8 flags[] = { 0,
                                  0,
                                  LANYARD_WEDGE_SHIFT,
                                  LANYARD_WEDGE_SHIFT,
                                  LANYARD_WEDGE_ALTGR,
                                  LANYARD_WEDGE_CONTROL,
                                  LANYARD_WEDGE_DEAD,
                                  LANYARD_WEDGE_REPEAT };
  static const char dead[] = { '^', '`' };
  LanyardWedgeKey key = { .character = data[0] < 0xf0 ? data[0] : 0xc0 + (data[0] & 0xf) * 4,
                          .keycode = data[1] & 0x7f,
                          .flags = flags[data[2] & 7] };

  if (key.flags == LANYARD_WEDGE_DEAD)
    key.character = dead[data[0] & 1];
  if (data[1] == 0xff)
    key = (LanyardWedgeKey){ .flags = LANYARD_WEDGE_ACTION };
  return key;
}

/* As the screen does it: it keeps what is swallowed, and the count of that always tallies. Returns:
 * how many it keeps now */
static guint
press_once (LanyardWedgeDecoder *decoder, const LanyardWedgeKey *key, gint64 at_us, guint n_kept)
{
  g_autoptr (LanyardScan) scan = NULL, late = NULL;
  LanyardWedgeVerdict verdict;
  guint n_rejected;

  late = lanyard_wedge_decoder_idle (decoder, at_us);
  verdict = lanyard_wedge_decoder_press (decoder, key, at_us, &scan);
  g_assert_true ((verdict == LANYARD_WEDGE_SCAN) == (scan != NULL));
  g_assert_true (late == NULL || scan == NULL);
  (void)(get_size (late) + get_size (scan));
  n_rejected = lanyard_wedge_decoder_take_n_rejected (decoder);
  g_assert_cmpuint (n_rejected, <=, n_kept);
  n_kept += verdict == LANYARD_WEDGE_SWALLOW ? 1 : 0;
  g_assert_cmpuint (lanyard_wedge_decoder_get_n_held (decoder), <=, n_kept);
  return lanyard_wedge_decoder_get_n_held (decoder);
}

/* A key may come 600 times, so that bursts longer than any scan are within reach. */
static void
press (LanyardWedgeDecoder *decoder, const uint8_t *data, size_t n_bytes)
{
  gint64 at_us = 0;
  guint n_kept = 0;

  for (size_t i = 0; i + 2 < n_bytes; i += 3)
    {
      const LanyardWedgeKey key = make_key (data + i);

      at_us += (gint64)(data[i + 2] >> 3) * 1200;
      for (guint times = data[i + 2] == 0xfa ? 600 : 1; times > 0; times--)
        n_kept = press_once (decoder, &key, at_us, n_kept);
    }
}

static gboolean
makes_sense (const char *text, gpointer user_data)
{
  return g_utf8_validate (text, -1, NULL) && strlen (text) % 3 == 1;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  static const LanyardWedgeOptions options[] = {
    { 0 },
    { .prefix = "]Q1", .makes_sense = makes_sense },
    { .suffix = "#", .aim = TRUE },
    { .prefix = "##", .suffix = "##" },
    { .min_length = 2, .aim = TRUE, .makes_sense = makes_sense },
    { .prefix = "a", .layout = LANYARD_WEDGE_LAYOUT_FIXED, .keyboard = LANYARD_KEYBOARD_FR },
  };
  guint nth;

  if (n_bytes < 1)
    return 0;
  nth = data[0] % (2 * G_N_ELEMENTS (options));
  {
    g_autoptr (LanyardWedgeDecoder) decoder = lanyard_wedge_decoder_new (&options[nth / 2]);

    if (nth % 2 == 0)
      type (decoder,
            options[nth / 2].makes_sense != NULL
                || options[nth / 2].layout == LANYARD_WEDGE_LAYOUT_FIXED,
            data + 1, n_bytes - 1);
    else
      press (decoder, data + 1, n_bytes - 1);
  }
  return 0;
}
