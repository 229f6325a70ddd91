/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-mono-dither.h"

#include <string.h>

/* Of all dots, this share at either end may become pure black or white. */
#define CLIP_SHARE 0.005
/* A picture of fewer shades than this is not stretched: it would be noise that shows. */
#define MIN_RANGE 48
/* Parts of 8 of what sets a dot off from those around it that are added to it. */
#define SHARPEN 4

static void
find_range (const LanyardMonoPatch *patch, guint *dark, guint *light)
{
  gsize n = (gsize)patch->width * patch->height, clip = (gsize)((double)n * CLIP_SHARE);
  gsize counts[256] = { 0 }, sum;

  for (gsize i = 0; i < n; i++)
    counts[patch->shades[i]]++;
  for (*dark = 0, sum = counts[0]; *dark < 255 && sum <= clip; sum += counts[*dark])
    ++*dark;
  for (*light = 255, sum = counts[255]; *light > 0 && sum <= clip; sum += counts[*light])
    --*light;
}

static void
stretch (LanyardMonoPatch *patch)
{
  gsize n = (gsize)patch->width * patch->height;
  guint8 table[256];
  guint dark, light;

  find_range (patch, &dark, &light);
  if (light < dark + MIN_RANGE)
    return;
  for (guint i = 0; i < 256; i++)
    table[i] = i <= dark ? 0 : i >= light ? 255 : (i - dark) * 255 / (light - dark);
  for (gsize i = 0; i < n; i++)
    patch->shades[i] = table[patch->shades[i]];
}

/* Returns: the dot with a part of what sets it off from its four neighbours */
static int
sharpened (const LanyardMonoPatch *patch, guint x, guint y)
{
  const guint8 *row = patch->shades + (gsize)y * patch->width;
  int left = row[x > 0 ? x - 1 : x], right = row[x + 1 < patch->width ? x + 1 : x];
  int above = y > 0 ? row[(gssize)x - patch->width] : row[x];
  int below = y + 1 < patch->height ? row[x + patch->width] : row[x];
  int shade = row[x];

  return CLAMP (shade + (4 * shade - left - right - above - below) * SHARPEN / 8, 0, 255);
}

/* One row, from left to right or back. @here, @next: sixteenths of errors, with a place to spare at
 * either end */
static void
diffuse_row (LanyardMonoRaster *raster,
             const LanyardMonoPatch *patch,
             guint y,
             gboolean back,
             int *here,
             int *next)
{
  int step = back ? -1 : 1;

  for (guint i = 0; i < patch->width; i++)
    {
      guint x = back ? patch->width - 1 - i : i;
      int *e = here + 1 + x, *f = next + 1 + x;
      int wanted = sharpened (patch, x, y) + *e / 16;
      gboolean black = wanted < 128;
      int error = wanted - (black ? 0 : 255);

      lanyard_mono_raster_set (raster, patch->x + x, patch->y + y, black);
      e[step] += error * 7;
      f[-step] += error * 3;
      f[0] += error * 5;
      f[step] += error;
    }
}

void
lanyard_mono_dither (LanyardMonoRaster *raster, LanyardMonoPatch *patch)
{
  gsize n_errors = (gsize)patch->width + 2;
  g_autofree int *here = g_new0 (int, n_errors), *next = g_new0 (int, n_errors);

  g_return_if_fail (raster != NULL && patch != NULL);
  g_return_if_fail (patch->x + patch->width <= raster->width);
  g_return_if_fail (patch->y + patch->height <= raster->height);

  stretch (patch);
  for (guint y = 0; y < patch->height; y++)
    {
      int *done = here;

      diffuse_row (raster, patch, y, y % 2 == 1, here, next);
      here = next;
      next = done;
      memset (next, 0, n_errors * sizeof *next);
    }
}
