/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-sign-image.h"

#include <string.h>

static void
reserve (LanyardSignImage *image, guint width, guint height)
{
  gsize n_pixels = (gsize)width * height;
  gsize n_means = (gsize)width * ((height - 1) / LANYARD_SIGN_ROWS + 1);

  if (image->n_pixels < n_pixels)
    {
      g_free (image->dark);
      image->dark = g_malloc (n_pixels);
      image->n_pixels = n_pixels;
    }
  if (image->n_means < n_means)
    {
      g_free (image->mean);
      image->mean = g_malloc (n_means);
      image->n_means = n_means;
    }
  if (image->n_columns < width)
    {
      g_free (image->columns);
      image->columns = g_new (guint16, width);
      image->n_columns = width;
    }
  image->width = width;
  image->height = height;
}

static void
add_row (guint16 *restrict columns, const guint8 *restrict row, guint width)
{
  for (guint x = 0; x < width; x++)
    columns[x] = (guint16)(columns[x] + row[x]);
}

static void
swap_rows (guint16 *restrict columns,
           const guint8 *restrict in,
           const guint8 *restrict out,
           guint width)
{
  for (guint x = 0; x < width; x++)
    columns[x] = (guint16)(columns[x] + in[x] - out[x]);
}

/* Means of one row of boxes; those at the ends repeat the nearest whole box. */
static void
mean_row (const guint16 *columns, guint width, guint radius, guint64 inverse, guint8 *mean)
{
  guint side = 2 * radius + 1;
  guint32 sum = 0;

  for (guint x = 0; x < side; x++)
    sum += columns[x];
  mean[radius] = (guint8)((sum * inverse) >> 32);
  for (guint x = radius + 1; x + radius < width; x++)
    {
      sum += (guint32)columns[x + radius] - columns[x - radius - 1];
      mean[x] = (guint8)((sum * inverse) >> 32);
    }
  memset (mean, mean[radius], radius);
  memset (mean + width - radius, mean[width - radius - 1], radius);
}

static void
compare_row (const guint8 *restrict row,
             const guint8 *restrict mean,
             guint width,
             guint8 *restrict dark)
{
  for (guint x = 0; x < width; x++)
    dark[x] = row[x] < mean[x];
}

void
lanyard_sign_image_make (LanyardSignImage *image, const LanyardPlane *plane, guint radius)
{
  guint width = plane->width, height = plane->height, top = 0;
  guint fit = (MIN (width, height) - 1) / 2;
  guint64 inverse;

  radius = MIN (CLAMP (radius, 1, LANYARD_SIGN_MAX_RADIUS), fit);
  inverse = (G_GUINT64_CONSTANT (1) << 32) / ((2 * radius + 1) * (2 * radius + 1)) + 1;
  reserve (image, width, height);
  memset (image->columns, 0, width * sizeof *image->columns);
  for (guint y = 0; y < 2 * radius + 1; y++)
    add_row (image->columns, plane->data + (gsize)y * plane->stride, width);
  for (guint y = 0; y < height; y += LANYARD_SIGN_ROWS)
    {
      guint middle = CLAMP (y + LANYARD_SIGN_ROWS / 2, radius, height - 1 - radius);
      guint8 *mean = image->mean + (gsize)(y / LANYARD_SIGN_ROWS) * width;

      for (; top + radius < middle; top++)
        swap_rows (image->columns, plane->data + (gsize)(top + 2 * radius + 1) * plane->stride,
                   plane->data + (gsize)top * plane->stride, width);
      mean_row (image->columns, width, radius, inverse, mean);
      for (guint i = y; i < MIN (y + LANYARD_SIGN_ROWS, height); i++)
        compare_row (plane->data + (gsize)i * plane->stride, mean, width,
                     image->dark + (gsize)i * width);
    }
}

void
lanyard_sign_image_clear (LanyardSignImage *image)
{
  g_free (image->dark);
  g_free (image->mean);
  g_free (image->columns);
  *image = (LanyardSignImage){ 0 };
}
