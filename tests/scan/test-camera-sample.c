/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a camera whose rows have gaps is read wrongly, or one that lies about its picture
 * is believed. */

#include <gst/video/video.h>

#include "lanyard-camera-sample.h"
#include "lanyard-error.h"

/* Odd, so that nothing fits by chance. */
#define WIDTH 33u
#define HEIGHT 21u
#define OFFSET 5u

typedef struct
{
  GstVideoFormat format;
  guint step;   /* bytes from px to px */
  guint first;  /* byte of the first px */
  guint stride; /* bytes */
  guint others; /* bytes of other planes, behind the first one */
} Layout;

/* What cameras send, MJPEG when it is decoded among it (I420 or Y42B); strides that no rule gives.
 */
static const Layout layouts[] = {
  { GST_VIDEO_FORMAT_GRAY8, 1, 0, 33, 0 },
  { GST_VIDEO_FORMAT_GRAY8, 1, 0, 47, 0 },
  { GST_VIDEO_FORMAT_YUY2, 2, 0, 68, 0 },
  { GST_VIDEO_FORMAT_YUY2, 2, 0, 91, 0 },
  { GST_VIDEO_FORMAT_UYVY, 2, 1, 75, 0 },
  { GST_VIDEO_FORMAT_NV12, 1, 0, 51, 51 * 11 },
  { GST_VIDEO_FORMAT_I420, 1, 0, 37, 2 * 37 * 11 },
  { GST_VIDEO_FORMAT_Y42B, 1, 0, 39, 2 * 39 * 21 },
};

static guint8
luma_at (guint x, guint y)
{
  return (guint8)(x * 7 + y * 13 + 1);
}

/* @missing: bytes that the memory is short of; @lie: (nullable): strides and offsets to claim */
static GstSample *
make_sample (const Layout *layout, guint missing, const GstVideoMeta *lie)
{
  gsize n_bytes = OFFSET + (gsize)layout->stride * HEIGHT + layout->others;
  guint8 *bytes = g_malloc (n_bytes);
  g_autoptr (GstCaps) caps
      = gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING,
                             gst_video_format_to_string (layout->format), "width", G_TYPE_INT,
                             (int)WIDTH, "height", G_TYPE_INT, (int)HEIGHT, "framerate",
                             GST_TYPE_FRACTION, 30, 1, NULL);
  g_autoptr (GstBuffer) buffer = NULL;
  gsize offsets[GST_VIDEO_MAX_PLANES] = { OFFSET };
  int strides[GST_VIDEO_MAX_PLANES];

  for (gsize i = 0; i < n_bytes; i++)
    bytes[i] = 0xee;
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      bytes[OFFSET + y * layout->stride + layout->first + x * layout->step] = luma_at (x, y);
  for (guint i = 0; i < GST_VIDEO_MAX_PLANES; i++)
    {
      strides[i] = lie != NULL ? lie->stride[i] : (int)layout->stride;
      if (lie != NULL)
        offsets[i] = lie->offset[i];
      else if (i > 0)
        offsets[i] = OFFSET + (gsize)layout->stride * HEIGHT;
    }
  buffer = gst_buffer_new_memdup (bytes, n_bytes - missing);
  g_free (bytes);
  gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE, layout->format, WIDTH, HEIGHT,
                                  GST_VIDEO_FORMAT_INFO_N_PLANES (
                                      gst_video_format_get_info (layout->format)),
                                  offsets, strides);
  return gst_sample_new (buffer, caps, NULL, NULL);
}

static void
test_strides (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      g_autoptr (GstSample) sample = make_sample (&layouts[i], 0, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (LanyardFrame) frame = lanyard_camera_sample_to_frame (sample, 42, &error);

      g_test_message ("%s, stride %u", gst_video_format_to_string (layouts[i].format),
                      layouts[i].stride);
      g_assert_no_error (error);
      g_assert_cmpuint (frame->width, ==, WIDTH);
      g_assert_cmpuint (frame->height, ==, HEIGHT);
      g_assert_cmpint (frame->at_us, ==, 42);
      for (guint y = 0; y < HEIGHT; y++)
        for (guint x = 0; x < WIDTH; x++)
          g_assert_cmpuint (lanyard_frame_get_data (frame)[y * frame->stride + x], ==,
                            luma_at (x, y));
    }
}

static void
assert_refused (GstSample *sample)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardFrame) frame = lanyard_camera_sample_to_frame (sample, 0, &error);

  g_assert_null (frame);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

/* Memory that ends before the last px does. */
static void
test_short (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      const Layout *layout = &layouts[i];
      guint behind = layout->stride - layout->first - (WIDTH - 1) * layout->step - 1;
      g_autoptr (GstSample) by_one = make_sample (layout, layout->others + behind + 1, NULL);
      g_autoptr (GstSample) by_half
          = make_sample (layout, layout->stride * HEIGHT / 2 + layout->others, NULL);

      assert_refused (by_one);
      assert_refused (by_half);
    }
}

/* Rows that overlap, run backwards, or begin outside. */
static void
test_lies (void)
{
  static const struct
  {
    int stride;
    gsize offset;
  } lies[] = { { 8, OFFSET }, { 0, OFFSET }, { -40, OFFSET }, { 1 << 30, OFFSET }, { 47, 100000 } };

  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      GstVideoMeta lie = { 0 };
      g_autoptr (GstSample) sample = NULL;

      lie.stride[0] = lies[i].stride;
      lie.offset[0] = lies[i].offset;
      sample = make_sample (&layouts[1], 0, &lie);
      assert_refused (sample);
    }
}

/* What is not 8 bits of luma is not taken for it. */
static void
test_other_formats (void)
{
  static const Layout others[] = { { GST_VIDEO_FORMAT_GRAY16_LE, 2, 0, 70, 0 },
                                   { GST_VIDEO_FORMAT_RGB8P, 1, 0, 40, 2000 },
                                   { GST_VIDEO_FORMAT_P010_10LE, 2, 0, 80, 80 * 11 } };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GstSample) sample = make_sample (&others[i], 0, NULL);

      assert_refused (sample);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/camera-sample/strides", test_strides);
  g_test_add_func ("/camera-sample/short", test_short);
  g_test_add_func ("/camera-sample/lies", test_lies);
  g_test_add_func ("/camera-sample/other-formats", test_other_formats);
  return g_test_run ();
}
