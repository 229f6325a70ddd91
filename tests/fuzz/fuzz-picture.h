/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdint.h>
#include <string.h>

#include "lanyard-plane.h"

G_BEGIN_DECLS

/*
 * A small picture out of a fuzzer's input: so small that a million of them take minutes, and large
 * enough for a whole symbol of each kind. fuzz-seeds.c writes real ones in this form.
 *
 *   byte 0   width, FUZZ_MIN_SIDE px and up
 *   byte 1   height, likewise
 *   byte 2   bits 0-2: spare bytes behind each row; bit 3: bits for modules instead of grey px;
 *            bits 4-5: px a module, less one
 *   byte 3   what the target likes: effort, radius, size of a slice
 *   then     the px row by row, or the modules; what is missing of the last row begins again, and
 *            rows that are missing whole are not there: short inputs are small pictures
 */
#define FUZZ_HEAD 4
#define FUZZ_MIN_SIDE 8
#define FUZZ_MAX_WIDTH 112
#define FUZZ_MAX_HEIGHT 64
#define FUZZ_MODULES 8

typedef struct
{
  guint8 *pixels; /* owned; ends with the last px, so that whatever reads on is noticed */
  LanyardPlane plane;
  guint8 options;
} FuzzPicture;

static inline void
fuzz_picture_clear (FuzzPicture *picture)
{
  g_clear_pointer (&picture->pixels, g_free);
}

/* Returns: FALSE for an input that is too short */
static inline gboolean
fuzz_picture_init (FuzzPicture *picture, const uint8_t *data, size_t n_bytes)
{
  const uint8_t *content = data + FUZZ_HEAD;
  size_t n_content = n_bytes - FUZZ_HEAD, n_px;
  LanyardPlane *plane = &picture->plane;
  guint module;

  if (n_bytes <= FUZZ_HEAD)
    return FALSE;
  module = 1 + (data[2] >> 4 & 3);
  plane->width = FUZZ_MIN_SIDE + data[0] % (FUZZ_MAX_WIDTH - FUZZ_MIN_SIDE + 1);
  plane->height = FUZZ_MIN_SIDE + data[1] % (FUZZ_MAX_HEIGHT - FUZZ_MIN_SIDE + 1);
  n_px = data[2] & FUZZ_MODULES ? n_content * 8 * module * module : n_content;
  plane->height = MIN (plane->height, MAX (FUZZ_MIN_SIDE, n_px / plane->width + 1));
  plane->stride = plane->width + (data[2] & 7);
  picture->options = data[3];
  picture->pixels = g_malloc ((gsize)plane->stride * (plane->height - 1) + plane->width);
  plane->data = picture->pixels;
  for (guint y = 0; y < plane->height; y++)
    {
      guint8 *row = picture->pixels + (gsize)y * plane->stride;
      gsize bit = (gsize)(y / module) * ((plane->width + module - 1) / module);

      for (guint x = 0; x < plane->width; x++)
        if ((data[2] & FUZZ_MODULES) == 0)
          row[x] = content[((gsize)y * plane->width + x) % n_content];
        else
          row[x] = content[(bit + x / module) / 8 % n_content] >> ((bit + x / module) % 8) & 1
                       ? 20
                       : 230;
      if (y + 1 < plane->height)
        memset (row + plane->width, 0x5a, plane->stride - plane->width);
    }
  return TRUE;
}

/* One in eight is read a second time, by a reader that has seen nothing yet: what is read of a
 * frame and what it costs must not depend on the frames before. */
static inline gboolean
fuzz_picture_is_compared (const FuzzPicture *picture)
{
  return picture->pixels[0] % 8 == 0;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FuzzPicture, fuzz_picture_clear)

G_END_DECLS
