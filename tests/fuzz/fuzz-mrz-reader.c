/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdint.h>
#include <string.h>

#include "lanyard-mrz-reader.h"
#include "lanyard-ocrb-glyphs.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

#define WIDTH 640
#define HEIGHT 96

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  if (found->n_bytes > 92 || memchr (found->data, '\0', found->n_bytes) != NULL)
    g_error ("What was read has not the shape of a zone");
}

static void
search (LanyardMrzReader *reader, const LanyardPlane *plane, guint64 slice)
{
  gboolean done = FALSE;

  lanyard_mrz_reader_begin (reader, plane);
  while (!done)
    {
      LanyardWork work = { 0, slice };

      done = lanyard_mrz_reader_step (reader, &work, on_found, NULL);
    }
}

/* A character of the table, 12 × 16 px. */
static void
draw_character (guint8 *pixels, guint x, guint y, guint class, guint8 ink)
{
  const char *hex = lanyard_ocrb_glyphs[class];

  for (guint row = 0; row < 16 && y + row < HEIGHT; row++)
    for (guint column = 0; column < 12 && x + column < WIDTH; column++)
      {
        guint level
            = (guint)g_ascii_xdigit_value (hex[2 * row * LANYARD_OCRB_GLYPH_WIDTH + 2 * column]);

        pixels[(gsize)(y + row) * WIDTH + x + column] = (guint8)(230 - level * ink / 15);
      }
}

/* The first bytes say how the picture is cut and where lines stand. Once as pixels repeated over a
 * picture, once as lines of characters, which come nearer to being a zone. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  static LanyardMrzReader *reader;
  static guint8 pixels[WIDTH * HEIGHT];
  LanyardPlane plane = { pixels, WIDTH, HEIGHT, WIDTH };
  guint apart, n_columns, at = 6;

  if (n_bytes < 8)
    return 0;
  if (reader == NULL)
    reader = lanyard_mrz_reader_new ();
  for (gsize i = 0; i < sizeof pixels; i++)
    pixels[i] = data[i / (1 + data[0] % 16) % n_bytes];
  plane.width = 1 + (data[1] | (guint)data[2] << 8) % WIDTH;
  plane.height = 1 + data[3] % HEIGHT;
  search (reader, &plane, 1 + data[4] * 100);

  memset (pixels, 230, sizeof pixels);
  plane.width = WIDTH;
  plane.height = HEIGHT;
  apart = 20 + data[1] % 12;
  n_columns = (const guint[]){ 30, 36, 44, 48 }[data[2] % 4];
  for (guint line = 0; line < 2 + data[3] % 2u; line++)
    for (guint column = 0; column < n_columns; column++, at++)
      draw_character (pixels, 20 + 12 * column + (data[at % n_bytes] >> 7), 8 + line * apart,
                      data[at % n_bytes] % LANYARD_OCRB_N_CLASSES, data[5] | 64);
  search (reader, &plane, LANYARD_WORK_UNLIMITED);
  return 0;
}
