/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-camera-sample.h"

#include <string.h>

#include <gst/video/video.h>

#include "lanyard-error.h"
#include "lanyard-secret.h"

/* A mapped picture that lives as long as the GBytes made of it. */
typedef struct
{
  GstVideoFrame frame;
} Mapping;

static void
mapping_free (gpointer data)
{
  Mapping *mapping = data;

  gst_video_frame_unmap (&mapping->frame);
  g_free (mapping);
}

/* Whether all that is read of a picture lies in its memory: @row_bytes of each row of its first
 * plane. */
static gboolean
is_inside (const GstVideoFrame *frame, guint64 row_bytes)
{
  const GstMapInfo *map = &frame->map[0];
  const guint8 *start = GST_VIDEO_FRAME_PLANE_DATA (frame, 0);
  guint64 stride, end;

  if (GST_VIDEO_FRAME_WIDTH (frame) <= 0 || GST_VIDEO_FRAME_HEIGHT (frame) <= 0
      || GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0) <= 0 || start < map->data)
    return FALSE;
  stride = (guint64)GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
  end = (guint64)(start - map->data) + stride * ((guint64)GST_VIDEO_FRAME_HEIGHT (frame) - 1)
        + row_bytes;
  return row_bytes <= stride && end <= map->size;
}

/* Returns: (transfer full) (nullable) */
static Mapping *
map_sample (GstSample *sample)
{
  GstCaps *caps = gst_sample_get_caps (sample);
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  g_autofree Mapping *mapping = g_new0 (Mapping, 1);
  GstVideoInfo info;

  if (caps == NULL || buffer == NULL || !gst_video_info_from_caps (&info, caps)
      || !gst_video_frame_map (&mapping->frame, &info, buffer, GST_MAP_READ))
    return NULL;
  return g_steal_pointer (&mapping);
}

static void
copy_luma (guint8 *restrict to, const guint8 *restrict from, guint width, guint step)
{
  if (step == 2)
    for (guint x = 0; x < width; x++)
      to[x] = from[2 * x];
  else
    for (guint x = 0; x < width; x++)
      to[x] = from[(gsize)x * step];
}

/* ITU-R BT.601 luma in 8-bit integers. */
static void
weigh (guint8 *restrict to,
       const guint8 *red,
       const guint8 *green,
       const guint8 *blue,
       guint width,
       guint step)
{
  for (guint x = 0; x < width; x++)
    {
      gsize at = (gsize)x * step;

      to[x] = (guint8)((77 * red[at] + 150 * green[at] + 29 * blue[at] + 128) >> 8);
    }
}

/* Grey of a picture whose luma stands between other things. */
static GBytes *
gather (const GstVideoFrame *frame)
{
  guint width = (guint)GST_VIDEO_FRAME_WIDTH (frame),
        height = (guint)GST_VIDEO_FRAME_HEIGHT (frame);
  guint step = (guint)GST_VIDEO_FRAME_COMP_PSTRIDE (frame, 0);
  gsize stride = (gsize)GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
  const guint8 *data = GST_VIDEO_FRAME_PLANE_DATA (frame, 0);
  guint8 *grey = g_malloc ((gsize)width * height);

  for (guint y = 0; y < height; y++, data += stride)
    {
      const guint8 *first = data + GST_VIDEO_FRAME_COMP_POFFSET (frame, 0);

      if (GST_VIDEO_INFO_IS_RGB (&frame->info))
        weigh (grey + (gsize)y * width, first, data + GST_VIDEO_FRAME_COMP_POFFSET (frame, 1),
               data + GST_VIDEO_FRAME_COMP_POFFSET (frame, 2), width, step);
      else
        copy_luma (grey + (gsize)y * width, first, width, step);
    }
  return g_bytes_new_take (grey, (gsize)width * height);
}

/* Whether the formats above are all that it could be. */
static gboolean
is_known_format (const GstVideoFrame *frame)
{
  const GstVideoFormatInfo *info = frame->info.finfo;

  return !GST_VIDEO_FORMAT_INFO_HAS_PALETTE (info) && !GST_VIDEO_FORMAT_INFO_IS_COMPLEX (info)
         && GST_VIDEO_FORMAT_INFO_DEPTH (info, 0) == 8 && GST_VIDEO_FORMAT_INFO_PLANE (info, 0) == 0
         && GST_VIDEO_FORMAT_INFO_PSTRIDE (info, 0) >= 1
         && (!GST_VIDEO_INFO_IS_RGB (&frame->info) || GST_VIDEO_FORMAT_INFO_N_PLANES (info) == 1);
}

static guint64
row_bytes_of (const GstVideoFrame *frame)
{
  guint64 step = (guint64)GST_VIDEO_FRAME_COMP_PSTRIDE (frame, 0);
  guint64 last = (guint64)GST_VIDEO_FRAME_COMP_POFFSET (frame, 0);

  if (GST_VIDEO_INFO_IS_RGB (&frame->info))
    for (guint i = 1; i < 3; i++)
      last = MAX (last, (guint64)GST_VIDEO_FRAME_COMP_POFFSET (frame, i));
  return ((guint64)GST_VIDEO_FRAME_WIDTH (frame) - 1) * step + last + 1;
}

/* As in a mirror: people move the right way when they look at themselves. */
static void
mirror_row (guint32 *to, const guint8 *from, guint width)
{
  for (guint x = 0; x < width; x++)
    memcpy (to + width - 1 - x, from + (gsize)x * 4, 4);
}

LanyardFrame *
lanyard_camera_sample_to_frame (GstSample *sample, gint64 at_us, GError **error)
{
  Mapping *mapping;
  const GstVideoFrame *frame;
  g_autoptr (GBytes) bytes = NULL;
  guint width, height, stride;

  g_return_val_if_fail (sample != NULL, NULL);

  mapping = map_sample (sample);
  frame = mapping != NULL ? &mapping->frame : NULL;
  if (frame == NULL || !is_known_format (frame) || !is_inside (frame, row_bytes_of (frame)))
    {
      g_clear_pointer (&mapping, mapping_free);
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "The camera sent a picture that is not what it says.");
      return NULL;
    }
  width = (guint)GST_VIDEO_FRAME_WIDTH (frame);
  height = (guint)GST_VIDEO_FRAME_HEIGHT (frame);
  if (GST_VIDEO_FRAME_COMP_PSTRIDE (frame, 0) == 1)
    {
      stride = (guint)GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
      bytes = g_bytes_new_with_free_func (GST_VIDEO_FRAME_PLANE_DATA (frame, 0),
                                          (gsize)stride * (height - 1) + width, mapping_free,
                                          mapping);
      return lanyard_frame_new (bytes, width, height, stride, at_us, error);
    }
  bytes = gather (frame);
  mapping_free (mapping);
  return lanyard_frame_new (bytes, width, height, width, at_us, error);
}

gboolean
lanyard_camera_sample_to_preview (GstSample *sample, LanyardPreview *preview)
{
  Mapping *mapping;
  const GstVideoFrame *frame;
  guint32 *pixels;

  g_return_val_if_fail (sample != NULL && preview != NULL, FALSE);

  mapping = map_sample (sample);
  frame = mapping != NULL ? &mapping->frame : NULL;
  if (frame == NULL || GST_VIDEO_FRAME_FORMAT (frame) != GST_VIDEO_FORMAT_BGRx
      || !is_inside (frame, (guint64)GST_VIDEO_FRAME_WIDTH (frame) * 4))
    {
      g_clear_pointer (&mapping, mapping_free);
      return FALSE;
    }
  preview->width = (guint)GST_VIDEO_FRAME_WIDTH (frame);
  preview->height = (guint)GST_VIDEO_FRAME_HEIGHT (frame);
  preview->stride = preview->width * 4;
  pixels = g_malloc ((gsize)preview->stride * preview->height);
  for (guint y = 0; y < preview->height; y++)
    mirror_row (pixels + (gsize)y * preview->width,
                (const guint8 *)GST_VIDEO_FRAME_PLANE_DATA (frame, 0)
                    + (gsize)y * (gsize)GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0),
                preview->width);
  mapping_free (mapping);
  /* somebody's face may be in it */
  preview->pixels = lanyard_secret_bytes_new (pixels, (gsize)preview->stride * preview->height);
  return TRUE;
}
