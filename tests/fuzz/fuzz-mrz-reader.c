/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdint.h>
#include <string.h>

#include "lanyard-mrz-reader.h"
#include "lanyard-mrz-solve.h"
#include "lanyard-ocrb-glyphs.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

#define WIDTH 640
#define HEIGHT 96
#define SMALL_WIDTH 320
#define SMALL_HEIGHT 64
#define STEPS 1500

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  if (found->n_bytes > 92 || memchr (found->data, '\0', found->n_bytes) != NULL)
    g_error ("What was read has not the shape of a zone");
}

/* In slices, and not for ever: reading a zone takes as long as twenty other inputs. */
static void
search (LanyardMrzReader *reader, const LanyardPlane *plane, guint64 slice, guint64 all)
{
  gboolean done = FALSE;
  guint64 spent = 0;

  lanyard_mrz_reader_begin (reader, plane);
  while (!done && spent < all)
    {
      LanyardWork work = { 0, slice };

      done = lanyard_mrz_reader_step (reader, &work, on_found, NULL);
      spent += work.spent;
    }
}

/* Cells that look like anything. */
static void
solve (const guint8 *head, const uint8_t *data, size_t n_bytes)
{
  static LanyardMrzZone zone;
  static const guint shapes[][2] = { { 3, 30 }, { 2, 36 }, { 2, 44 } };
  LanyardMrzAnswer answer;
  LanyardWork work = { 0, LANYARD_WORK_UNLIMITED };
  gsize at = 4;

  zone.n_lines = shapes[head[1] % 3][0];
  zone.n_columns = shapes[head[1] % 3][1];
  zone.shape = lanyard_mrz_format_of (zone.n_lines, zone.n_columns);
  zone.look = head[2] % LANYARD_OCRB_N_LOOKS;
  zone.quality = head[3] / 255.0;
  for (guint line = 0; line < zone.n_lines; line++)
    for (guint column = 0; column < zone.n_columns; column++)
      {
        LanyardOcrbMatch *cell = &zone.cells[line][column];

        cell->best = data[at++ % n_bytes] % LANYARD_OCRB_N_CLASSES;
        for (guint class = 0; class < LANYARD_OCRB_N_CLASSES; class ++)
          cell->scores[class] = 0.5f + ((class * 7 + data[at % n_bytes]) % 64) / 128.0f;
        cell->scores[cell->best] = 1;
      }
  if (lanyard_mrz_solve (&zone, &answer, &work)
      && strlen (answer.text) != zone.n_lines * (zone.n_columns + 1) - 1)
    g_error ("What was solved has not the shape of its zone");
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

/* A strip of glare from top to bottom, so that lines are in two pieces. */
static void
dazzle (guint8 *pixels, guint left, guint width)
{
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = left; x < MIN (left + width, WIDTH); x++)
      pixels[(gsize)y * WIDTH + x] = 255;
}

/* The first byte says what it is: pixels repeated over a picture; cells of any likeness; or, seldom
 * because reading takes long, lines of characters, which come nearest to a zone. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  static LanyardMrzReader *reader;
  static guint8 pixels[WIDTH * HEIGHT];
  LanyardPlane plane = { pixels, WIDTH, HEIGHT, SMALL_WIDTH };
  guint apart, n_columns, at = 6;
  guint8 head[6];

  if (n_bytes == 0)
    return 0;
  for (gsize i = 0; i < sizeof head; i++)
    head[i] = data[i * 7 % n_bytes];
  if (reader == NULL)
    reader = lanyard_mrz_reader_new ();
  if (head[0] % 64 >= 8)
    {
      for (gsize i = 0; i < SMALL_WIDTH * SMALL_HEIGHT; i++)
        pixels[i] = data[i / (1 + head[0] % 16) % n_bytes];
      plane.width = 1 + (head[1] | (guint)head[2] << 8) % SMALL_WIDTH;
      plane.height = 1 + head[3] % SMALL_HEIGHT;
      search (reader, &plane, 1 + head[4] * 100, STEPS);
      return 0;
    }
  if (head[0] % 64 > 0)
    {
      solve (head, data, n_bytes);
      return 0;
    }
  memset (pixels, 230, sizeof pixels);
  plane = (LanyardPlane){ pixels, WIDTH, HEIGHT, WIDTH };
  apart = 20 + head[1] % 12;
  n_columns = (const guint[]){ 30, 36, 44, 48 }[head[2] % 4];
  for (guint line = 0; line < 2 + head[3] % 2u; line++)
    for (guint column = 0; column < n_columns; column++, at++)
      draw_character (pixels, 20 + 12 * column + (data[at % n_bytes] >> 7), 8 + line * apart,
                      data[at % n_bytes] % LANYARD_OCRB_N_CLASSES, head[5] | 64);
  if (head[4] % 2 == 1)
    dazzle (pixels, 20 + 12 * (head[4] / 2 % n_columns), 12 * (2 + head[1] / 12 % 12));
  search (reader, &plane, LANYARD_WORK_UNLIMITED, LANYARD_WORK_UNLIMITED);
  return 0;
}
