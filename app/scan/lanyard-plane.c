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
