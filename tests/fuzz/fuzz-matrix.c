/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdint.h>

#include "lanyard-matrix-reader.h"
#include "lanyard-zxing.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Bytes that describe a picture. */
#define HEAD 6
#define MAX_SIDE 64

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  guint *sum = user_data;

  for (gsize i = 0; i < found->n_bytes; i++)
    *sum += found->data[i];
  for (guint i = 0; i < G_N_ELEMENTS (found->corners); i++)
    *sum += found->corners[i].x > found->corners[i].y;
}

/* Modules of a few px each, so that more than noise is seen; what the input does not say repeats.
 */
static void
fill (guint8 *pixels, gsize n, guint stride, guint module, const uint8_t *data, size_t size)
{
  for (gsize i = 0; i < n; i++)
    {
      gsize column = i % stride / module, row = i / stride / module;
      gsize bit = row * (stride / module + 1) + column;

      if (size == 0)
        pixels[i] = 128;
      else if (module == 1)
        pixels[i] = data[i % size];
      else
        pixels[i] = data[bit / 8 % size] >> (bit % 8) & 1 ? 20 : 230;
    }
}

/* Data Matrix and PDF417, our own search and libzxing: each plane ends where its memory ends. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static LanyardMatrixReader *reader;
  LanyardWork work = { 0, LANYARD_WORK_UNLIMITED };
  guint width, height, stride, sum = 0;
  g_autofree guint8 *pixels = NULL;
  LanyardPlane plane;
  gsize n;

  if (size < HEAD)
    return 0;
  if (reader == NULL)
    reader = lanyard_matrix_reader_new ();
  width = 1 + data[0] % MAX_SIDE;
  height = 1 + data[1] % MAX_SIDE;
  stride = width + data[2] % 5;
  n = (gsize)stride * (height - 1) + width;
  pixels = g_malloc (n);
  fill (pixels, n, stride, 1 + data[3] % 5, data + HEAD, size - HEAD);
  plane = (LanyardPlane){ pixels, width, height, stride };

  lanyard_matrix_reader_begin (reader, &plane, LANYARD_SYMBOLOGIES_ALL, 1 + data[4] % 3);
  if (data[5] & 1)
    work.limit = data[5];
  lanyard_matrix_reader_step (reader, &work, on_found, &sum);
  if (data[5] & 2)
    lanyard_zxing_read (&plane, LANYARD_SYMBOLOGIES_ALL,
                        data[5] & 4 ? LANYARD_ZXING_EFFORT_THOROUGH : LANYARD_ZXING_EFFORT_FAST,
                        1 + data[5] % 7, on_found, &sum);
  if (data[5] & 8)
    lanyard_zxing_read_symbol (&plane, on_found, &sum);
  return 0;
}
