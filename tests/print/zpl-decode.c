/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "zpl-decode.h"

#include <stdio.h>
#include <string.h>

#include <gio/gio.h>

#define MAX_DOTS_OF_SIDE 32000

/* Half bytes on their way to a field. */
typedef struct
{
  guint8 *bytes;
  gsize n_halves, max_halves, row_halves;
  gboolean full;
} Sink;

static gboolean
fail (const char **problem, const char *words)
{
  *problem = words;
  return FALSE;
}

static void
put (Sink *sink, guint digit)
{
  guint8 *byte;

  if (sink->n_halves == sink->max_halves)
    {
      sink->full = TRUE;
      return;
    }
  byte = &sink->bytes[sink->n_halves / 2];
  *byte = sink->n_halves % 2 == 0 ? (guint8)(digit << 4) : (guint8)(*byte | digit);
  sink->n_halves++;
}

/* "," and "!": to the end of the row; at its beginning that is a whole row. */
static void
fill_row (Sink *sink, guint digit)
{
  do
    put (sink, digit);
  while (sink->n_halves % sink->row_halves != 0 && !sink->full);
}

static gboolean
repeat_row (Sink *sink)
{
  gsize from = sink->n_halves - sink->row_halves;

  if (sink->n_halves < sink->row_halves || sink->n_halves % sink->row_halves != 0)
    return FALSE;
  for (gsize i = 0; i < sink->row_halves; i++)
    put (sink, (from + i) % 2 == 0 ? sink->bytes[(from + i) / 2] >> 4
                                   : sink->bytes[(from + i) / 2] & 0xf);
  return TRUE;
}

static gboolean
decode_hexadecimal (const char *data, gsize n_data, Sink *sink, const char **problem)
{
  guint times = 0;

  for (gsize i = 0; i < n_data && !sink->full; i++)
    {
      char c = data[i];

      if (c >= 'G' && c <= 'Y')
        times += (guint)(c - 'G') + 1;
      else if (c >= 'g' && c <= 'z')
        times += ((guint)(c - 'g') + 1) * 20;
      else if (g_ascii_isxdigit (c) && !g_ascii_islower (c))
        {
          for (times = MAX (times, 1); times > 0; times--)
            put (sink, (guint)g_ascii_xdigit_value (c));
        }
      else if ((c == ',' || c == '!') && times == 0)
        fill_row (sink, c == ',' ? 0x0 : 0xf);
      else if (c != ':' || times > 0 || !repeat_row (sink))
        return fail (problem, "no hexadecimal");
    }
  if (sink->full || times > 0 || sink->n_halves != sink->max_halves)
    return fail (problem, "not as many bytes as were announced");
  return TRUE;
}

/* Bit by bit, as the polynomial says; the encoder's is not used. */
static guint
checksum (const char *bytes, gsize n_bytes)
{
  guint rest = 0;

  for (gsize i = 0; i < n_bytes * 8; i++)
    {
      guint bit = ((guint8)bytes[i / 8] >> (7 - i % 8)) & 1;
      guint top = (rest >> 15) & 1;

      rest = (rest << 1) & 0xffff;
      if (top != bit)
        rest ^= 0x1021;
    }
  return rest;
}

static gboolean
inflate (const char *base64, guint8 *bytes, gsize n_bytes)
{
  gsize n_packed, n_read = 0;
  g_autofree guchar *packed = g_base64_decode (base64, &n_packed);
  g_autoptr (GInputStream) memory
      = g_memory_input_stream_new_from_data (packed, (gssize)n_packed, NULL);
  g_autoptr (GZlibDecompressor) decompressor
      = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GInputStream) stream
      = g_converter_input_stream_new (memory, G_CONVERTER (decompressor));
  guint8 more;

  return g_input_stream_read_all (stream, bytes, n_bytes, &n_read, NULL, NULL) && n_read == n_bytes
         && g_input_stream_read (stream, &more, 1, NULL, NULL) == 0;
}

static gboolean
decode_z64 (const char *data, gsize n_data, guint8 *bytes, gsize n_bytes, const char **problem)
{
  g_autofree char *base64 = NULL;
  guint said;

  if (n_data < 5 || data[n_data - 5] != ':' || sscanf (data + n_data - 4, "%4X", &said) != 1)
    return fail (problem, "no checksum");
  base64 = g_strndup (data, n_data - 5);
  if (checksum (base64, strlen (base64)) != said)
    return fail (problem, "wrong checksum");
  return inflate (base64, bytes, n_bytes) || fail (problem, "no deflated bytes of that number");
}

gboolean
zpl_decode_field (const char *data,
                  gsize n_data,
                  guint row_bytes,
                  guint8 *bytes,
                  gsize n_bytes,
                  const char **problem)
{
  Sink sink = { bytes, 0, n_bytes * 2, (gsize)row_bytes * 2, FALSE };

  if (n_data >= 5 && memcmp (data, ":Z64:", 5) == 0)
    return decode_z64 (data + 5, n_data - 5, bytes, n_bytes, problem);
  return decode_hexadecimal (data, n_data, &sink, problem);
}

/* Dots of a field onto the label; what is outside of it is not printed. */
static void
place (ZplLabel *label, guint x0, guint y0, const guint8 *bytes, guint row_bytes, guint n_rows)
{
  for (guint y = 0; y < n_rows; y++)
    for (guint x = 0; x < row_bytes * 8; x++)
      if ((bytes[(gsize)y * row_bytes + x / 8] & (0x80 >> (x % 8))) != 0
          && x0 + x < label->raster->width && y0 + y < label->raster->height)
        lanyard_mono_raster_set (label->raster, x0 + x, y0 + y, TRUE);
}

static gboolean
take_graphic (ZplLabel *label,
              guint x,
              guint y,
              const char *words,
              gsize n_words,
              const char **problem)
{
  guint n_sent, n_bytes, row_bytes;
  int n_head = 0;
  g_autofree guint8 *bytes = NULL;

  if (sscanf (words, "A,%u,%u,%u,%n", &n_sent, &n_bytes, &row_bytes, &n_head) != 3 || n_head == 0)
    return fail (problem, "no ^GFA with three numbers");
  if (n_bytes < 1 || n_bytes > 99999 || row_bytes < 1 || n_bytes % row_bytes != 0)
    return fail (problem, "numbers that a printer does not take");
  if (label->raster == NULL)
    return fail (problem, "dots before the size of the label");
  bytes = g_malloc0 (n_bytes);
  if (!zpl_decode_field (words + n_head, n_words - (gsize)n_head, row_bytes, bytes, n_bytes,
                         problem))
    return FALSE;
  place (label, x, y, bytes, row_bytes, n_bytes / row_bytes);
  label->n_fields++;
  label->largest_field_bytes = MAX (label->largest_field_bytes, n_bytes);
  return TRUE;
}

typedef struct
{
  guint width, length, x, y;
} Set;

static gboolean
take_command (ZplLabel *label, Set *set, const char *words, gsize n_words, const char **problem)
{
  static const char *const harmless[] = { "XA", "XZ", "FS", "LH0,0", "LS0", "PON", "PMN", "LRN" };

  if (g_str_has_prefix (words, "GF"))
    return take_graphic (label, set->x, set->y, words + 2, n_words - 2, problem);
  if (g_str_has_prefix (words, "FX"))
    {
      g_free (label->comment);
      label->comment = g_strdup (words + 2);
      return TRUE;
    }
  if (sscanf (words, "FO%u,%u", &set->x, &set->y) == 2
      || sscanf (words, "PQ%u", &label->copies) == 1 || sscanf (words, "PW%u", &set->width) == 1
      || sscanf (words, "LL%u", &set->length) == 1)
    {
      if (set->width > MAX_DOTS_OF_SIDE || set->length > MAX_DOTS_OF_SIDE)
        return fail (problem, "a label larger than any");
      if (set->width > 0 && set->length > 0 && label->raster == NULL)
        label->raster = lanyard_mono_raster_alloc (set->width, set->length);
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++)
    if (g_str_equal (words, harmless[i]))
      return TRUE;
  return fail (problem, "a command that nobody expected");
}

ZplLabel *
zpl_decode (const char *text, gsize n_bytes, const char **problem)
{
  g_autoptr (ZplLabel) label = g_new0 (ZplLabel, 1);
  g_autofree char *copy = g_strndup (text, n_bytes);
  g_auto (GStrv) commands = NULL;
  Set set = { 0 };

  *problem = "no label";
  if (strlen (copy) != n_bytes || !g_str_has_prefix (copy, "^XA"))
    return NULL;
  /* Ends of lines are nothing to a printer, wherever they stand. */
  commands = g_strsplit (g_strdelimit (copy, "\r\n", ' '), "^", -1);
  label->copies = 1;
  for (guint i = 1; commands[i] != NULL; i++)
    {
      g_strchomp (commands[i]);
      if (!take_command (label, &set, commands[i], strlen (commands[i]), problem))
        return NULL;
    }
  if (label->raster == NULL)
    return NULL;
  return g_steal_pointer (&label);
}

void
zpl_label_free (ZplLabel *label)
{
  if (label == NULL)
    return;
  g_free (label->comment);
  g_clear_pointer (&label->raster, lanyard_mono_raster_free);
  g_free (label);
}
