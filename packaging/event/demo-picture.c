/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-demo"

#include "demo-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>

#define MAX_KERNEL_RADIUS 48

/* xorshift64* (Vigna 2016): millions of values a picture, for which GRand is slow. */
static double
next_uniform (guint64 *state)
{
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return (double)((*state * G_GUINT64_CONSTANT (0x2545f4914f6cdd1d)) >> 11) / 9007199254740992.0;
}

/* Near enough to a Gaussian of deviation 1: the sum of four uniforms. */
static double
next_gaussian (guint64 *state)
{
  double sum
      = next_uniform (state) + next_uniform (state) + next_uniform (state) + next_uniform (state);

  return (sum - 2) * sqrt (3.0);
}

/* One line of @n pixels that lie @stride floats apart. */
static void
blur_line (float *line, guint n, gsize stride, const float *kernel, int radius, float *buffer)
{
  for (guint i = 0; i < n; i++)
    memcpy (buffer + 3 * i, line + stride * i, 3 * sizeof (float));
  for (int i = 0; i < (int)n; i++)
    {
      float sum[3] = { 0 };

      for (int k = -radius; k <= radius; k++)
        {
          const float *from = buffer + 3 * CLAMP (i + k, 0, (int)n - 1);
          float weight = kernel[k + radius];

          sum[0] += weight * from[0];
          sum[1] += weight * from[1];
          sum[2] += weight * from[2];
        }
      memcpy (line + stride * i, sum, sizeof sum);
    }
}

static GdkPixbuf *
to_pixbuf (const DemoPicture *picture)
{
  GdkPixbuf *pixbuf
      = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, picture->width, picture->height);

  for (guint y = 0; y < picture->height; y++)
    {
      const float *from = picture->rgb + (gsize)3 * picture->width * y;
      guint8 *to = gdk_pixbuf_get_pixels (pixbuf) + (gsize)y * gdk_pixbuf_get_rowstride (pixbuf);

      for (guint i = 0; i < 3 * picture->width; i++)
        to[i] = CLAMP (from[i], 0, 1) * 255 + 0.5;
    }
  return pixbuf;
}

/* Through JPEG and back. */
static GdkPixbuf *
recompress (GdkPixbuf *pixbuf, int quality, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autofree char *data = NULL;
  g_autofree char *percent = g_strdup_printf ("%d", quality);
  GdkPixbuf *result;
  gsize n_bytes;

  if (!gdk_pixbuf_save_to_buffer (pixbuf, &data, &n_bytes, "jpeg", error, "quality", percent, NULL))
    return NULL;
  loader = gdk_pixbuf_loader_new ();
  if (!gdk_pixbuf_loader_write (loader, (const guint8 *)data, n_bytes, error))
    {
      gdk_pixbuf_loader_close (loader, NULL);
      return NULL;
    }
  if (!gdk_pixbuf_loader_close (loader, error))
    return NULL;
  result = gdk_pixbuf_loader_get_pixbuf (loader);
  return result ? g_object_ref (result) : NULL;
}

DemoPicture *
demo_picture_new (guint width, guint height)
{
  DemoPicture *picture = g_new0 (DemoPicture, 1);

  picture->width = width;
  picture->height = height;
  picture->rgb = g_new0 (float, (gsize)3 * width * height);
  return picture;
}

void
demo_picture_free (DemoPicture *picture)
{
  if (picture == NULL)
    return;
  g_free (picture->rgb);
  g_free (picture);
}

DemoPicture *
demo_picture_new_from_surface (cairo_surface_t *surface)
{
  guint width = cairo_image_surface_get_width (surface);
  guint height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  DemoPicture *picture = demo_picture_new (width, height);

  cairo_surface_flush (surface);
  for (guint y = 0; y < height; y++)
    {
      const guint32 *from
          = (const guint32 *)(cairo_image_surface_get_data (surface) + (gsize)y * stride);
      float *to = picture->rgb + (gsize)3 * width * y;

      for (guint x = 0; x < width; x++)
        {
          to[3 * x] = (from[x] >> 16 & 255) / 255.0f;
          to[3 * x + 1] = (from[x] >> 8 & 255) / 255.0f;
          to[3 * x + 2] = (from[x] & 255) / 255.0f;
        }
    }
  return picture;
}

void
demo_picture_sample (const DemoPicture *picture, double x, double y, float *rgb)
{
  double left = CLAMP (x, 0, picture->width - 1.001);
  double above = CLAMP (y, 0, picture->height - 1.001);
  gsize row = (gsize)3 * picture->width;
  const float *at = picture->rgb + row * (guint)above + 3 * (guint)left;
  float right = left - (guint)left;
  float below = above - (guint)above;

  for (guint i = 0; i < 3; i++)
    rgb[i] = (at[i] * (1 - right) + at[i + 3] * right) * (1 - below)
             + (at[i + row] * (1 - right) + at[i + row + 3] * right) * below;
}

void
demo_picture_blur (DemoPicture *picture, double sigma)
{
  float kernel[2 * MAX_KERNEL_RADIUS + 1];
  int radius = CLAMP ((int)ceil (sigma * 2.6), 1, MAX_KERNEL_RADIUS);
  gsize row = (gsize)3 * picture->width;
  g_autofree float *buffer = g_new (float, 3 * MAX (picture->width, picture->height));
  float sum = 0;

  for (int k = -radius; k <= radius; k++)
    sum += kernel[k + radius] = exp (-k * k / (2 * sigma * sigma));
  for (int k = 0; k <= 2 * radius; k++)
    kernel[k] /= sum;
  for (guint y = 0; y < picture->height; y++)
    blur_line (picture->rgb + row * y, picture->width, 3, kernel, radius, buffer);
  for (guint x = 0; x < picture->width; x++)
    blur_line (picture->rgb + 3 * x, picture->height, row, kernel, radius, buffer);
}

void
demo_picture_smear (DemoPicture *picture, double length, double angle)
{
  g_autoptr (DemoPicture) sharp = demo_picture_new (picture->width, picture->height);
  guint n_steps = ceil (length) + 1;
  double step_x = length * cos (angle) / (n_steps - 1);
  double step_y = length * sin (angle) / (n_steps - 1);

  memcpy (sharp->rgb, picture->rgb, (gsize)3 * picture->width * picture->height * sizeof (float));
  for (guint y = 0; y < picture->height; y++)
    {
      for (guint x = 0; x < picture->width; x++)
        {
          float *to = picture->rgb + (gsize)3 * (picture->width * y + x);
          float sum[3] = { 0 };

          for (guint step = 0; step < n_steps; step++)
            {
              double along = step - (n_steps - 1) / 2.0;
              float rgb[3];

              demo_picture_sample (sharp, x + along * step_x, y + along * step_y, rgb);
              for (guint i = 0; i < 3; i++)
                sum[i] += rgb[i];
            }
          for (guint i = 0; i < 3; i++)
            to[i] = sum[i] / n_steps;
        }
    }
}

void
demo_picture_add_noise (DemoPicture *picture, double level, guint64 seed)
{
  guint64 state = seed | 1;

  for (gsize i = 0; i < (gsize)picture->width * picture->height; i++)
    {
      float *rgb = picture->rgb + 3 * i;
      /* Shot noise grows with the root of the light; read noise is always there. */
      double deviation = level * sqrt (0.35 + 1.3 * MAX (rgb[1], 0));
      double grey = next_gaussian (&state) * deviation * 0.8;

      for (guint c = 0; c < 3; c++)
        rgb[c] += grey + next_gaussian (&state) * deviation * (c == 1 ? 0.45 : 0.75);
    }
}

gboolean
demo_picture_write (const DemoPicture *picture, int quality, const char *path, GError **error)
{
  g_autoptr (GdkPixbuf) raw = to_pixbuf (picture);
  g_autoptr (GdkPixbuf) pixbuf = recompress (raw, quality, error);

  return pixbuf && gdk_pixbuf_save (pixbuf, path, "png", error, "compression", "2", NULL);
}
