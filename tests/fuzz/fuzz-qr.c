/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdint.h>
#include <string.h>

#include "lanyard-qr-reader.h"
#include "lanyard-qr-tables.h"

#define HEADER 10 /* bytes that say how the symbol lies */
#define MARGIN 5  /* modules */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  guint *n_bytes = user_data;

  for (gsize i = 0; i < found->n_bytes; i++)
    *n_bytes += found->data[i];
}

/* Light or dark at module @column, @row: what is always the same, and the input's bits. */
static gboolean
is_dark (const LanyardQrLayout *layout, int column, int row, const uint8_t *bits, size_t n_bytes)
{
  guint at;
  guint8 kind;

  if (column < 0 || row < 0 || column >= (int)layout->side || row >= (int)layout->side)
    return FALSE;
  at = (guint)row * layout->side + (guint)column;
  kind = layout->kind[at];
  if (kind == LANYARD_QR_LIGHT || kind == LANYARD_QR_DARK)
    return kind == LANYARD_QR_DARK;
  return bits[at / 8 % n_bytes] >> at % 8 & 1;
}

/* A symbol with all that finding goes by, of any version, size and slant, partly outside or painted
 * over; only its content is arbitrary. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  static LanyardQrReader *reader;
  static LanyardQrLayout layout;
  g_autofree guint8 *pixels = NULL;
  LanyardWork work = { 0, 0 };
  LanyardPlane plane;
  double module, slant_x, slant_y, bow;
  guint sum = 0;

  if (n_bytes <= HEADER)
    return 0;
  if (reader == NULL)
    reader = lanyard_qr_reader_new (lanyard_zbar_new (LANYARD_SYMBOLOGIES_ALL));
  /* Mostly small ones: many more of them are seen in the same time. */
  lanyard_qr_layout_make (&layout, data[0] < 250 ? data[0] % 4 + 1 : data[0] % 40 + 1);
  module = 1 + data[1] % 8 / 4.0;
  slant_x = (data[2] - 128) / 400.0;
  slant_y = (data[3] - 128) / 400.0;
  bow = (data[4] - 128) / 128.0 / layout.side;
  plane.width = (guint)((layout.side + 2 * MARGIN) * module * (data[5] + 64) / 200) + 1;
  plane.height = (guint)((layout.side + 2 * MARGIN) * module * (data[6] + 64) / 200) + 1;
  plane.stride = plane.width + data[7] % 8;
  pixels = g_malloc0 ((gsize)plane.stride * plane.height);
  for (guint y = 0; y < plane.height; y++)
    for (guint x = 0; x < plane.width; x++)
      {
        double column = x / module - MARGIN + slant_x * y / module;
        double row = y / module - MARGIN + slant_y * x / module + bow * column * column;

        pixels[(gsize)y * plane.stride + x]
            = is_dark (&layout, (int)(column + 100) - 100, (int)(row + 100) - 100, data + HEADER,
                       n_bytes - HEADER)
                      != (data[8] & 1)
                  ? 40
                  : 210;
      }
  for (size_t i = HEADER; i + 1 < n_bytes && data[8] & 2; i += 2)
    pixels[(data[i] * 2654435761U + data[i + 1] * 40503U) % (plane.stride * plane.height)]
        ^= data[i];
  plane.data = pixels;
  lanyard_qr_reader_begin (reader, &plane, data[9],
                           data[8] & 4 ? LANYARD_QR_DEEP : LANYARD_QR_QUICK);
  do
    work.limit = work.spent + 1 + data[9] * 64U;
  while (!lanyard_qr_reader_step (reader, &work, on_found, &sum));
  return 0;
}
