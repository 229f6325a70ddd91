/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-zpl-encode.h"

#include <string.h>

#include <gio/gio.h>

#include "lanyard-error.h"

/* "z": most repeats that one letter stands for; "G" … "Y" are 1 … 19, "g" … "z" are 20 … 400. */
#define MAX_TWENTIES 20

static void
append_run (GString *out, char digit, guint n)
{
  for (; n > MAX_TWENTIES * 20 + 19; n -= MAX_TWENTIES * 20)
    g_string_append_printf (out, "z%c", digit);
  if (n >= 20)
    g_string_append_c (out, 'g' + n / 20 - 1);
  if (n % 20 > 0 && n > 1)
    g_string_append_c (out, 'G' + n % 20 - 1);
  g_string_append_c (out, digit);
}

static char
get_digit (const guint8 *row, guint i)
{
  return "0123456789ABCDEF"[i % 2 == 0 ? row[i / 2] >> 4 : row[i / 2] & 0xf];
}

/* "," and "!" fill what is left of a row with white and black. */
static void
append_row (GString *out, const guint8 *row, guint row_bytes)
{
  guint n = row_bytes * 2, i, end;

  for (i = 0; i < n; i = end)
    {
      char digit = get_digit (row, i);

      for (end = i + 1; end < n && get_digit (row, end) == digit;)
        end++;
      if (end == n && (digit == '0' || digit == 'F'))
        g_string_append_c (out, digit == '0' ? ',' : '!');
      else
        append_run (out, digit, end - i);
    }
}

static void
append_ascii (GString *out, const guint8 *rows, guint n_rows, guint row_bytes)
{
  g_string_append_printf (out, "^GFA,%u,%u,%u,", n_rows * row_bytes, n_rows * row_bytes, row_bytes);
  for (guint y = 0; y < n_rows; y++, rows += row_bytes)
    if (y > 0 && memcmp (rows, rows - row_bytes, row_bytes) == 0)
      g_string_append_c (out, ':');
    else
      append_row (out, rows, row_bytes);
}

static char *
deflate_to_base64 (const guint8 *bytes, gsize n_bytes)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream
      = g_converter_output_stream_new (memory, G_CONVERTER (compressor));
  gboolean written = g_output_stream_write_all (stream, bytes, n_bytes, NULL, NULL, NULL)
                     && g_output_stream_close (stream, NULL, NULL);

  /* Memory takes all. */
  g_assert (written);
  return g_base64_encode (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)),
                          g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory)));
}

static void
append_z64 (GString *out, const guint8 *rows, guint n_rows, guint row_bytes)
{
  guint n_bytes = n_rows * row_bytes;
  g_autofree char *base64 = deflate_to_base64 (rows, n_bytes);

  g_string_append_printf (out, "^GFA,%u,%u,%u,:Z64:%s:%04X", n_bytes, n_bytes, row_bytes, base64,
                          lanyard_zpl_crc (base64, strlen (base64)));
}

static gboolean
is_white (const guint8 *rows, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    if (rows[i] != 0)
      return FALSE;
  return TRUE;
}

static gboolean
check_serial (const char *serial, GError **error)
{
  gsize n = strlen (serial);

  if (n > 0 && n <= 64
      && strspn (serial, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") == n)
    return TRUE;
  g_set_error (
      error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
      "The badge's serial cannot be sent to a label printer; use letters, digits and \"-\" "
      "in the desk's prefix.");
  return FALSE;
}

guint16
lanyard_zpl_crc (const char *bytes, gsize n_bytes)
{
  guint crc = 0;

  for (gsize i = 0; i < n_bytes; i++)
    {
      crc ^= (guint)(guint8)bytes[i] << 8;
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
    }
  return crc & 0xffff;
}

GBytes *
lanyard_zpl_encode (const LanyardMonoRaster *raster,
                    const char *serial,
                    LanyardZplCoding coding,
                    GError **error)
{
  GString *out;
  guint band;

  g_return_val_if_fail (raster != NULL && raster->row_bytes > 0, NULL);
  g_return_val_if_fail (serial != NULL, NULL);

  if (!check_serial (serial, error))
    return NULL;
  out = g_string_sized_new (64 * 1024);
  g_string_append_printf (out, "^XA^FX%s^FS^PON^PMN^LRN^LS0^LH0,0^PW%u^LL%u^PQ1,0,0,N\n", serial,
                          raster->width, raster->height);
  band = MAX (1, LANYARD_ZPL_MAX_FIELD_BYTES / raster->row_bytes);
  for (guint y = 0; y < raster->height; y += band)
    {
      const guint8 *rows = raster->bytes + (gsize)y * raster->row_bytes;
      guint n_rows = MIN (band, raster->height - y);

      if (is_white (rows, (gsize)n_rows * raster->row_bytes))
        continue;
      g_string_append_printf (out, "^FO0,%u", y);
      if (coding == LANYARD_ZPL_CODING_Z64)
        append_z64 (out, rows, n_rows, raster->row_bytes);
      else
        append_ascii (out, rows, n_rows, raster->row_bytes);
      g_string_append (out, "^FS\n");
    }
  g_string_append (out, "^XZ\n");
  return g_string_free_to_bytes (out);
}
