/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gst/video/video.h>
#include <stdint.h>

#include "lanyard-camera-sample.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define HEAD 24

static guint
number (const uint8_t *data)
{
  return data[0] | (guint)data[1] << 8;
}

/* What a camera says of its picture: format and size in the caps, offsets and strides in the
 * buffer, and all of it may be a lie. Every px of a frame that is taken must be there. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GstCaps) caps = NULL;
  g_autoptr (GstBuffer) buffer = NULL;
  g_autoptr (GstSample) sample = NULL;
  g_autoptr (LanyardFrame) frame = NULL;
  LanyardPreview preview = { 0 };
  GstVideoFormat format;
  guint width, height, sum = 0;

  if (size <= HEAD)
    return 0;
  if (!gst_is_initialized ())
    {
      gst_init (NULL, NULL);
      /* GStreamer complains of lies in a buffer; that nobody believes them is what counts. */
      g_log_set_always_fatal (G_LOG_FATAL_MASK);
    }
  format = GST_VIDEO_FORMAT_ENCODED + data[0] % GST_VIDEO_FORMAT_NV12_10BE_8L128;
  width = number (data + 1) % 300;
  height = number (data + 3) % 300;
  caps = gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING,
                              gst_video_format_to_string (data[5] & 1 ? format
                                                                      : GST_VIDEO_FORMAT_NV12),
                              "width", G_TYPE_INT, (int)width, "height", G_TYPE_INT, (int)height,
                              "framerate", GST_TYPE_FRACTION, 30, 1, NULL);
  buffer = gst_buffer_new_memdup (data + HEAD, size - HEAD);
  if (data[5] & 2)
    {
      gsize offsets[GST_VIDEO_MAX_PLANES] = { number (data + 6), number (data + 8), 0, 0 };
      int strides[GST_VIDEO_MAX_PLANES] = { (gint16)number (data + 10), (gint16)number (data + 12),
                                            (gint16)number (data + 14), 0 };

      gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE,
                                      data[5] & 4 ? format : GST_VIDEO_FORMAT_NV12,
                                      number (data + 16) % 300, number (data + 18) % 300,
                                      1 + data[20] % GST_VIDEO_MAX_PLANES, offsets, strides);
    }
  sample = gst_sample_new (buffer, caps, NULL, NULL);

  frame = lanyard_camera_sample_to_frame (sample, 0, NULL);
  if (frame != NULL)
    for (guint y = 0; y < frame->height; y++)
      for (guint x = 0; x < frame->width; x++)
        sum += lanyard_frame_get_data (frame)[(gsize)y * frame->stride + x];
  if (lanyard_camera_sample_to_preview (sample, &preview))
    g_bytes_unref (preview.pixels);
  return sum == G_MAXUINT;
}
