/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-plane.h"

void
lanyard_plane_buffer_clear (LanyardPlaneBuffer *buffer)
{
  g_clear_pointer (&buffer->data, g_free);
  *buffer = (LanyardPlaneBuffer){ 0 };
}

guint8 *
lanyard_plane_buffer_reserve (LanyardPlaneBuffer *buffer, guint width, guint height)
{
  gsize n_bytes = (gsize)width * height;

  g_assert (width > 0 && height > 0);
  if (buffer->n_bytes < n_bytes)
    {
      g_free (buffer->data);
      buffer->data = g_malloc (n_bytes);
      buffer->n_bytes = n_bytes;
    }
  buffer->at = (LanyardPlane){ buffer->data, width, height, width };
  return buffer->data;
}

LanyardPlane
lanyard_plane_of_frame (const LanyardFrame *frame)
{
  return (LanyardPlane){ lanyard_frame_get_data (frame), frame->width, frame->height,
                         frame->stride };
}

LanyardPlane
lanyard_plane_crop (const LanyardPlane *plane, int x, int y, guint width, guint height)
{
  int left = CLAMP (x, 0, (int)plane->width - 1);
  int top = CLAMP (y, 0, (int)plane->height - 1);
  gint64 right = CLAMP ((gint64)x + width, left + 1, (gint64)plane->width);
  gint64 bottom = CLAMP ((gint64)y + height, top + 1, (gint64)plane->height);

  return (LanyardPlane){ plane->data + (gsize)top * plane->stride + left, (guint)(right - left),
                         (guint)(bottom - top), plane->stride };
}

void
lanyard_plane_halve (const LanyardPlane *plane, LanyardPlaneBuffer *buffer)
{
  guint width = MAX (plane->width / 2, 1), height = MAX (plane->height / 2, 1);
  guint8 *restrict out = lanyard_plane_buffer_reserve (buffer, width, height);
  guint right = plane->width > 1, below = plane->height > 1;

  for (guint y = 0; y < height; y++)
    {
      const guint8 *restrict upper = plane->data + (gsize)(2 * y) * plane->stride;
      const guint8 *restrict lower = upper + (gsize)below * plane->stride;

      for (guint x = 0; x < width; x++)
        out[x] = (guint8)((upper[2 * x] + upper[2 * x + right] + lower[2 * x] + lower[2 * x + right]
                           + 2)
                          >> 2);
      out += width;
    }
}

/* Of row @row, doubled upwards or downwards: three parts of the nearer row, one of the other. */
static void
double_row (const guint8 *near, const guint8 *other, guint width, guint8 *out)
{
  for (guint x = 0; x < width; x++)
    {
      guint here = 3U * near[x] + other[x];
      guint before = x > 0 ? 3U * near[x - 1] + other[x - 1] : here;
      guint after = x + 1 < width ? 3U * near[x + 1] + other[x + 1] : here;

      out[2 * x] = (guint8)((3 * here + before + 8) >> 4);
      out[2 * x + 1] = (guint8)((3 * here + after + 8) >> 4);
    }
}

void
lanyard_plane_double (const LanyardPlane *plane, LanyardPlaneBuffer *buffer)
{
  guint8 *out = lanyard_plane_buffer_reserve (buffer, 2 * plane->width, 2 * plane->height);

  for (guint y = 0; y < plane->height; y++)
    {
      const guint8 *row = plane->data + (gsize)y * plane->stride;
      const guint8 *above = y > 0 ? row - plane->stride : row;
      const guint8 *below = y + 1 < plane->height ? row + plane->stride : row;

      double_row (row, above, plane->width, out);
      double_row (row, below, plane->width, out + 2 * (gsize)plane->width);
      out += 4 * (gsize)plane->width;
    }
}

/* Weights of four neighbours in 1/1024, for a point @at of a pixel behind the second of them. */
static void
spline_weights (double at, int weights[4])
{
  weights[0] = (int)(512 * at * (-1 + at * (2 - at)));
  weights[2] = (int)(512 * at * (1 + at * (4 - 3 * at)));
  weights[3] = (int)(512 * at * at * (at - 1));
  weights[1] = 1024 - weights[0] - weights[2] - weights[3];
}

/* One row of sums in 1/1024 to one row of the result. */
static void
enlarge_row (const int *sums, guint width, guint factor, int weights[][4], guint8 *out)
{
  for (guint x = 0; x < width; x++)
    for (guint phase = 0; phase < factor; phase++)
      {
        /* Left of the pixel's centre the spline begins a pixel earlier. */
        int first = (int)x - (2 * phase + 1 < factor ? 2 : 1);
        gint64 sum = 0;

        for (int i = 0; i < 4; i++)
          sum += (gint64)weights[phase][i] * sums[CLAMP (first + i, 0, (int)width - 1)];
        out[x * factor + phase] = (guint8)CLAMP ((sum + (1 << 19)) >> 20, 0, 255);
      }
}

void
lanyard_plane_enlarge (const LanyardPlane *plane, guint factor, LanyardPlaneBuffer *buffer)
{
  guint8 *out
      = lanyard_plane_buffer_reserve (buffer, factor * plane->width, factor * plane->height);
  g_autofree int *sums = g_new (int, plane->width);
  int weights[LANYARD_PLANE_MAX_FACTOR][4];

  g_assert (factor >= 2 && factor <= LANYARD_PLANE_MAX_FACTOR);
  for (guint phase = 0; phase < factor; phase++)
    {
      double at = (phase + 0.5) / factor - 0.5;

      spline_weights (at < 0 ? at + 1 : at, weights[phase]);
    }
  for (guint y = 0; y < factor * plane->height; y++)
    {
      guint phase = y % factor;
      int first = (int)(y / factor) - (2 * phase + 1 < factor ? 2 : 1);
      const guint8 *rows[4];

      for (int i = 0; i < 4; i++)
        rows[i] = plane->data + (gsize)CLAMP (first + i, 0, (int)plane->height - 1) * plane->stride;
      for (guint x = 0; x < plane->width; x++)
        sums[x] = weights[phase][0] * rows[0][x] + weights[phase][1] * rows[1][x]
                  + weights[phase][2] * rows[2][x] + weights[phase][3] * rows[3][x];
      enlarge_row (sums, plane->width, factor, weights, out + (gsize)y * buffer->at.width);
    }
}
