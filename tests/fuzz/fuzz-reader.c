/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdint.h>

#include "lanyard-reader.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* The first bytes say what size the frame claims to be; the rest is its pixels, once as they are
 * and once as black and white modules of four pixels, which come nearer to being codes. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  static LanyardReader *reader;
  g_autoptr (GBytes) bytes = NULL;
  guint8 *modules;
  guint width, height, stride;

  if (n_bytes < 4)
    return 0;
  if (reader == NULL)
    reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  width = data[0] % 128 + 1;
  height = data[1] % 128 + 1;
  stride = width + (data[2] & 7);
  bytes = g_bytes_new (data + 3, n_bytes - 3);
  {
    g_autoptr (LanyardFrame) frame = lanyard_frame_new (bytes, width, height, stride, 0, NULL);

    if (frame != NULL)
      g_ptr_array_unref (lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE));
  }
  modules = g_malloc ((gsize)width * height);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        gsize bit = (gsize)(y / 4) * ((width + 3) / 4) + x / 4;

        modules[(gsize)y * width + x]
            = (data[3 + (bit / 8) % (n_bytes - 3)] >> (bit % 8) & 1) != 0 ? 0 : 255;
      }
  {
    g_autoptr (GBytes) drawn = g_bytes_new_take (modules, (gsize)width * height);
    g_autoptr (LanyardFrame) frame = lanyard_frame_new (drawn, width, height, width, 0, NULL);

    g_ptr_array_unref (lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE));
  }
  return 0;
}
