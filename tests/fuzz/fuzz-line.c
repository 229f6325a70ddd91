/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdint.h>
#include <string.h>

#include "lanyard-line-reader.h"

/* What an input may cost: the cheap lines and a look at the first region. */
#define MAX_STEPS 400

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  guint *n_bytes = user_data;

  for (gsize i = 0; i < found->n_bytes; i++)
    *n_bytes += found->data[i];
}

/* The first bytes are the plane's size and the module, the others are widths of bars, which come
 * nearer to being codes than any pixels; a few rows are shifted against the others. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  static LanyardLineReader *reader;
  g_autofree guint8 *pixels = NULL;
  LanyardWork work = { 0, MAX_STEPS };
  LanyardPlane plane;
  guint module, x = 0, sum = 0;

  if (n_bytes < 4)
    return 0;
  if (reader == NULL)
    reader = lanyard_line_reader_new (lanyard_zbar_new (LANYARD_SYMBOLOGIES_ALL));
  plane = (LanyardPlane){ .width = data[0] + 1, .height = data[1] % 28 + 1 };
  module = data[2] % 3 + 1;
  plane.stride = plane.width + (data[2] >> 5);
  pixels = g_malloc0 ((gsize)plane.stride * plane.height);
  for (size_t i = 0; x < plane.width; i++)
    {
      guint width = MIN ((data[3 + i % (n_bytes - 3)] % 5 + 1) * module, plane.width - x);

      memset (pixels + x, i % 2 == 0 ? 220 : 30 + data[3 + i % (n_bytes - 3)] / 4, width);
      x += width;
    }
  for (guint y = 1; y < plane.height; y++)
    {
      guint shift = MIN (data[2] % 16 * y / 64, plane.width);

      memcpy (pixels + (gsize)y * plane.stride, pixels + shift, plane.width - shift);
    }
  plane.data = pixels;
  lanyard_line_reader_begin (reader, &plane, LANYARD_LINE_DEEP);
  lanyard_line_reader_step (reader, &work, on_found, &sum);
  return 0;
}
