/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz-picture.h"
#include "lanyard-live.h"
#include "lanyard-reader.h"

#define MAX_STEPS 250

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

static void
check (const LanyardScan *scan)
{
  g_assert_cmpuint (g_bytes_get_size (scan->data), <=, LANYARD_SCAN_MAX_BYTES);
}

static void
on_scan (const LanyardScan *scan, gpointer user_data)
{
  check (scan);
}

/* The same picture twice and then upside down, as a camera shows it. */
static void
watch (const FuzzPicture *picture, const LanyardFrame *frame)
{
  static LanyardLive *live;
  g_autoptr (LanyardFrame) other = NULL;
  g_autoptr (GBytes) turned = NULL;
  gsize n = g_bytes_get_size (frame->pixels);
  guint8 *pixels = g_malloc (n);

  for (gsize i = 0; i < n; i++)
    pixels[i] = picture->pixels[n - 1 - i];
  turned = g_bytes_new_take (pixels, n);
  other = lanyard_frame_new (turned, frame->width, frame->height, frame->stride, 0, NULL);
  if (live == NULL)
    live = lanyard_live_new (LANYARD_SYMBOLOGIES_ALL);
  for (guint i = 0; i < 3; i++)
    {
      lanyard_live_show (live, i < 2 ? frame : other);
      lanyard_live_step (live, 1 + picture->options * 2U, on_scan, NULL);
    }
}

/* @reader: has just read @scans from @frame */
static void
compare (const LanyardReader *reader, const LanyardFrame *frame, const GPtrArray *scans)
{
  g_autoptr (LanyardReader) fresh = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (GPtrArray) alone = NULL;
  const LanyardCascadeTrace *steps, *steps_alone;
  guint n_steps;

  lanyard_reader_set_limit (fresh, MAX_STEPS);
  alone = lanyard_reader_read (fresh, frame, LANYARD_SCAN_SOURCE_IMAGE);
  g_assert_cmpuint (alone->len, ==, scans->len);
  steps = lanyard_reader_get_trace (reader, &n_steps);
  steps_alone = lanyard_reader_get_trace (fresh, &n_steps);
  for (guint i = 0; i < n_steps; i++)
    {
      if (steps[i].work != steps_alone[i].work)
        g_error ("%s: %" G_GUINT64_FORMAT " steps, alone %" G_GUINT64_FORMAT, steps[i].name,
                 steps[i].work, steps_alone[i].work);
    }
}

/* A frame from end to end: the whole cascade on it, or the camera's path. See fuzz-picture.h. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  static LanyardReader *reader;
  g_auto (FuzzPicture) picture = { 0 };
  g_autoptr (LanyardFrame) frame = NULL;
  g_autoptr (GPtrArray) scans = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const LanyardPlane *plane = &picture.plane;

  if (!fuzz_picture_init (&picture, data, n_bytes))
    return 0;
  /* Both keep references to what they were shown. */
  bytes = g_bytes_new (plane->data, (gsize)plane->stride * (plane->height - 1) + plane->width);
  frame = lanyard_frame_new (bytes, plane->width, plane->height, plane->stride, 0, NULL);
  g_assert_nonnull (frame);
  if ((picture.options & 7) != 0)
    {
      watch (&picture, frame);
      return 0;
    }
  if (reader == NULL)
    {
      reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
      lanyard_reader_set_limit (reader, MAX_STEPS);
    }
  scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  for (guint i = 0; i < scans->len; i++)
    check (scans->pdata[i]);
  if (fuzz_picture_is_compared (&picture))
    compare (reader, frame, scans);
  return 0;
}
