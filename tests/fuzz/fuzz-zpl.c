/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdint.h>
#include <string.h>

#include "lanyard-zpl-condition.h"
#include "lanyard-zpl-encode.h"
#include "lanyard-zpl-framing.h"
#include "lanyard-zpl-status.h"
#include "zpl-decode.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

static void
read_strings (const LanyardZplFraming *framing)
{
  const char *strings[LANYARD_ZPL_STATUS_STRINGS];
  g_auto (LanyardZplIdentity) identity = { 0 };
  LanyardZplStatus status;

  if (lanyard_zpl_framing_get_last (framing, strings, 1)
      && lanyard_zpl_identity_parse (strings[0], &identity, NULL))
    g_assert_true (g_utf8_validate (identity.model, -1, NULL));
  if (lanyard_zpl_framing_get_last (framing, strings, LANYARD_ZPL_STATUS_STRINGS)
      && lanyard_zpl_status_parse (strings, &status, NULL))
    {
      g_autofree char *words = lanyard_zpl_status_to_string (&status);
      g_autoptr (LanyardPrinterCondition) condition
          = lanyard_zpl_condition_new (&status, NULL, -1, LANYARD_PRINT_FAULT_NONE);

      g_assert_cmpuint (strlen (words), <, 256);
      g_assert_cmpint (condition->fault, ==, lanyard_zpl_status_get_fault (&status));
      g_assert_false (lanyard_zpl_status_is_idle (&status)
                      && lanyard_zpl_status_is_at_work (&status));
    }
  if (lanyard_zpl_framing_get_last (framing, strings, 1)
      && lanyard_zpl_status_parse_errors (strings[0], &status, NULL))
    g_assert_false (lanyard_zpl_status_is_idle (&status));
}

static void
read_answers (const uint8_t *data, size_t n_bytes)
{
  g_autoptr (LanyardZplFraming) framing = lanyard_zpl_framing_new ();
  guint64 counter;

  for (size_t i = 0; i < n_bytes; i++)
    if (lanyard_zpl_framing_take (framing, (char)data[i]))
      {
        read_strings (framing);
        if (lanyard_zpl_framing_get_quoted (framing) != NULL)
          lanyard_zpl_counter_parse (lanyard_zpl_framing_get_quoted (framing), &counter);
      }
}

/* The width, then dots: what is encoded must be decoded to the same. */
static void
encode_and_decode (const uint8_t *data, size_t n_bytes, LanyardZplCoding coding)
{
  guint width = (guint)data[0] * 3 + 1, row_bytes = (width + 7) / 8;
  guint height = (guint)(n_bytes - 1) / row_bytes;
  g_autoptr (LanyardMonoRaster) raster = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (ZplLabel) label = NULL;
  const char *problem = NULL;

  if (height == 0)
    return;
  raster = lanyard_mono_raster_alloc (width, height);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      lanyard_mono_raster_set (raster, x, y,
                               (data[1 + y * row_bytes + x / 8] & (0x80 >> (x % 8))) != 0);
  text = lanyard_zpl_encode (raster, "K0471-000001A", coding, NULL);
  label = zpl_decode (g_bytes_get_data (text, NULL), g_bytes_get_size (text), &problem);
  g_assert_nonnull (label);
  g_assert_cmpmem (label->raster->bytes, (gsize)row_bytes * height, raster->bytes,
                   (gsize)row_bytes * height);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  if (n_bytes < 3)
    return 0;
  if (data[0] % 4 == 0)
    encode_and_decode (data + 1, n_bytes - 1, LANYARD_ZPL_CODING_ASCII);
  else if (data[0] % 4 == 1)
    encode_and_decode (data + 1, n_bytes - 1, LANYARD_ZPL_CODING_Z64);
  else
    read_answers (data + 1, n_bytes - 1);
  return 0;
}
