/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>
#include <sys/resource.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <gst/gst.h>

#include "bench-report.h"
#include "lanyard-camera.h"
#include "lanyard-error.h"
#include "lanyard-gate.h"
#include "lanyard-live.h"
#include "lanyard-reader.h"
#include "scene-pictures.h"

/*
 * What a camera of 1280 × 720 at 30 frames a second costs of one core, in processor time, so that
 * other work on the machine says little: first the reader alone on frames in memory, then the whole
 * camera played from files at its own pace. With "no-codes [N]": N pictures without a code
 * (10,000), each tried with all steps; anything that is read is an error.
 */

#define WIDTH 1280
#define HEIGHT 720
#define FPS 30
#define FRAME_US (G_USEC_PER_SEC / FPS)
#define N_VARIANTS 12
#define N_FRAMES 300
#define PLAY_S 10
/* What is new in the picture is tried with everything first. */
#define WARM_UP_S 8
#define NOISE 3.0
/* Of a frame of a camera of this size. */
#define JPEG_BYTES 120000

typedef enum
{
  NOBODY,  /* a room */
  PASSING, /* somebody walks through it */
  HELD,    /* a code in a hand that trembles */
  FAR,     /* a code that is too small to be read, in such a hand */
  ASKED,   /* a code, while a document is asked for: it may be on a card that has both */
  N_ACTS,
} Act;

static const char *const act_names[N_ACTS]
    = { "nobody there", "somebody walks by", "a code is held up", "a code too small to read",
        "a code where a document is asked for" };

/* One frame of an act; the pictures of an act can be shown in a circle. */
static Picture *
make_frame (Act act, const Picture *room, guint index)
{
  Picture *picture = picture_new (WIDTH, HEIGHT);
  guint swing = index < N_VARIANTS / 2 ? index : N_VARIANTS - index;

  memcpy (picture->pixels, room->pixels, (gsize)WIDTH * HEIGHT);
  if (act == PASSING)
    {
      picture_fill (picture, 200 + 90 * swing, 80, 170, 210, 170);
      picture_fill (picture, 130 + 90 * swing, 290, 310, 430, 60);
    }
  if (act == HELD || act == FAR || act == ASKED)
    {
      picture_fill (picture, 500 + 2 * swing, 220 + swing, 240, 300, 225);
      picture_draw_qr (picture, 540 + 2 * swing, 260 + swing, act == FAR ? 1 : 5,
                       "LY1:A CODE THAT SOMEBODY HOLDS UP", 33);
    }
  scene_add_noise (picture, act == FAR ? 4 * NOISE : NOISE, index);
  return picture;
}

static GPtrArray *
make_act (Act act)
{
  GPtrArray *frames = g_ptr_array_new_with_free_func ((GDestroyNotify)picture_free);
  g_autoptr (Picture) room = scene_new (SCENE_SHELVES, 5, WIDTH, HEIGHT);

  for (guint i = 0; i < N_VARIANTS; i++)
    g_ptr_array_add (frames, make_frame (act, room, i));
  return frames;
}

static void
on_scan (const LanyardScan *scan, gpointer user_data)
{
  ++*(guint *)user_data;
}

/* Returns: ms of processor time for a frame, once it has been going on for a while */
static double
time_reader (Act act)
{
  g_autoptr (GPtrArray) pictures = make_act (act);
  g_autoptr (LanyardLive) live = lanyard_live_new (LANYARD_SYMBOLOGIES_ALL);
  g_autofree char *what = g_strdup_printf ("reader, %s", act_names[act]);
  BenchSeries times;
  guint n_read = 0, n_open = 0, n_open_first = 0, n_calm = 0;
  double mean;

  lanyard_live_set_asked (live, act == ASKED);
  bench_series_init (&times);
  for (guint i = 0; i < WARM_UP_S * FPS + N_FRAMES; i++)
    {
      g_autoptr (LanyardFrame) frame
          = picture_to_frame (g_ptr_array_index (pictures, i % N_VARIANTS), 0);
      double start_us = bench_cpu_us ();

      frame->at_us = i * FRAME_US;
      lanyard_live_show (live, frame);
      while (!lanyard_live_step (live, LANYARD_LIVE_FRAME_STEPS, on_scan, &n_read))
        ;
      n_open_first += i < WARM_UP_S * FPS && lanyard_live_get_state (live)->open;
      if (i >= WARM_UP_S * FPS)
        bench_series_add (&times, bench_cpu_us () - start_us);
      n_open += i >= WARM_UP_S * FPS && lanyard_live_get_state (live)->open;
      n_calm += i >= WARM_UP_S * FPS && lanyard_live_get_state (live)->calm;
    }
  mean = bench_series_mean (&times);
  bench_series_print (&times, what);
  printf ("%-52s open in %u of %u frames (%.1f of %d s before), calm in %u, %u codes, %.1f %% of a "
          "core\n",
          "", n_open, N_FRAMES, (double)n_open_first / FPS, WARM_UP_S, n_calm, n_read,
          mean / FRAME_US * 100);
  bench_series_clear (&times);
  return mean / 1000;
}

/* As cameras do, which leave out noise rather than send more. */
static void
save_jpeg (GdkPixbuf *pixbuf, const char *path)
{
  GStatBuf info;
  guint quality = 80;

  do
    {
      g_autofree char *words = g_strdup_printf ("%u", quality);

      if (!gdk_pixbuf_save (pixbuf, path, "jpeg", NULL, "quality", words, NULL)
          || g_stat (path, &info) != 0)
        g_error ("%s cannot be written.", path);
      quality -= 5;
    }
  while (info.st_size > JPEG_BYTES && quality > 5);
}

static void
save_act (Act act, const char *dir)
{
  g_autoptr (GPtrArray) pictures = make_act (act);

  for (guint i = 0; i < pictures->len; i++)
    {
      const Picture *picture = g_ptr_array_index (pictures, i);
      g_autofree char *name = g_strdup_printf ("%u-%02u.jpg", act, i);
      g_autofree char *path = g_build_filename (dir, name, NULL);
      g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, WIDTH, HEIGHT);
      guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);

      for (guint y = 0; y < HEIGHT; y++)
        for (guint x = 0; x < WIDTH; x++)
          memset (pixels + (gsize)y * (gsize)gdk_pixbuf_get_rowstride (pixbuf) + x * 3,
                  picture->pixels[(gsize)y * WIDTH + x], 3);
      save_jpeg (pixbuf, path);
    }
}

/* The room as cameras send it that do not compress. */
static void
save_raw (const char *dir)
{
  g_autoptr (GPtrArray) pictures = make_act (NOBODY);
  g_autofree guint8 *pixels = g_malloc ((gsize)WIDTH * HEIGHT * 2);

  for (guint i = 0; i < pictures->len; i++)
    {
      const Picture *picture = g_ptr_array_index (pictures, i);
      g_autofree char *path = g_strdup_printf ("%s/raw-%02u.yuyv", dir, i);

      for (gsize n = 0; n < (gsize)WIDTH * HEIGHT; n++)
        {
          pixels[2 * n] = picture->pixels[n];
          pixels[2 * n + 1] = 128;
        }
      if (!g_file_set_contents (path, (const char *)pixels, WIDTH * HEIGHT * 2, NULL))
        g_error ("%s cannot be written.", path);
    }
}

static double
process_cpu_s (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double)usage.ru_utime.tv_sec + (double)usage.ru_stime.tv_sec
         + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* What a source costs without the camera. Returns: ms a frame */
static double
time_source (const char *words)
{
  g_autoptr (GstElement) pipeline = gst_parse_launch (words, NULL);
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;
  double start_s = process_cpu_s ();

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message
      = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return (process_cpu_s () - start_s) * 1000 / N_FRAMES;
}

static double
time_decoder (const char *dir)
{
  g_autofree char *words
      = g_strdup_printf ("multifilesrc location=%s/0-%%02d.jpg loop=true num-buffers=%d "
                         "stop-index=%d caps=image/jpeg,framerate=30/1 ! jpegdec ! fakesink",
                         dir, N_FRAMES, N_VARIANTS - 1);

  return time_source (words);
}

static gboolean
on_timeout (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
on_scanned (LanyardScanner *scanner, const LanyardScan *scan, gpointer n_scans)
{
  ++*(guint *)n_scans;
}

static void
on_preview (const LanyardPreview *preview, gpointer user_data)
{
}

/* Returns: bytes a second of an act's files */
static guint64
count_rate (Act act, const char *dir)
{
  guint64 n_bytes = 0;

  for (guint i = 0; i < N_VARIANTS; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u-%02u.jpg", dir, act, i);
      GStatBuf info;

      if (g_stat (path, &info) == 0)
        n_bytes += (guint64)info.st_size;
    }
  return n_bytes * FPS / N_VARIANTS;
}

/* Returns: share of a core, percent */
static double
play_words (const char *words, const char *what, gboolean previews, gboolean asked)
{
  g_autoptr (LanyardCamera) camera = lanyard_camera_new (words);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint n_scans = 0;
  double start_s, share;

  if (previews)
    lanyard_camera_set_preview_func (camera, on_preview, NULL, NULL);
  lanyard_scanner_set_asked (LANYARD_SCANNER (camera), asked);
  g_signal_connect (camera, "scanned", G_CALLBACK (on_scanned), &n_scans);
  if (!lanyard_scanner_start (LANYARD_SCANNER (camera), NULL))
    g_error ("The camera does not start.");
  g_timeout_add_seconds (WARM_UP_S, on_timeout, loop);
  g_main_loop_run (loop);
  start_s = process_cpu_s ();
  g_timeout_add_seconds (PLAY_S, on_timeout, loop);
  g_main_loop_run (loop);
  share = (process_cpu_s () - start_s) / PLAY_S * 100;
  printf ("%-52s %9.1f %% of a core, %u codes%s%s\n", what, share, n_scans,
          lanyard_scanner_get_fault (LANYARD_SCANNER (camera)) ? ", fault: " : "",
          lanyard_scanner_get_fault (LANYARD_SCANNER (camera)) ?: "");
  lanyard_scanner_stop (LANYARD_SCANNER (camera));
  return share;
}

/* Files have no time stamps, as a camera's frames have: they get them from their bytes. */
static double
play (Act act, const char *dir, gboolean previews)
{
  g_autofree char *words
      = g_strdup_printf ("multifilesrc location=%s/%u-%%02d.jpg loop=true stop-index=%d "
                         "caps=image/jpeg,framerate=30/1 "
                         "! identity sync=true datarate=%" G_GUINT64_FORMAT " ! jpegdec",
                         dir, act, N_VARIANTS - 1, count_rate (act, dir));
  g_autofree char *what
      = g_strdup_printf ("camera%s, %s", previews ? " with previews" : "", act_names[act]);

  return play_words (words, what, previews, act == ASKED);
}

/* The parser gives the frames the times that hold them to a camera's pace: a stream of bytes has
 * none. @n_frames: -1 for ever. Returns: (transfer full): GStreamer words */
static char *
dup_raw_words (const char *dir, int n_frames)
{
  return g_strdup_printf ("multifilesrc location=%s/raw-%%02d.yuyv loop=true stop-index=%d "
                          "num-buffers=%d ! rawvideoparse format=yuy2 width=%d height=%d "
                          "framerate=%d/1 ! identity sync=true",
                          dir, N_VARIANTS - 1, n_frames, WIDTH, HEIGHT, FPS);
}

/* A camera's frames need not be read from files, which costs more than all the rest. */
static double
play_raw (const char *dir)
{
  g_autofree char *words = dup_raw_words (dir, -1), *some_words = dup_raw_words (dir, N_FRAMES);
  g_autofree char *source = g_strconcat (some_words, " ! fakesink", NULL);
  double source_share = time_source (source) / (FRAME_US / 1000.0) * 100;

  printf ("%-52s %9.1f %% of a core\n", "YUYV read from files", source_share);
  return play_words (words, "camera of YUYV from files, nobody there", FALSE, FALSE) - source_share;
}

static void
remove_acts (const char *dir)
{
  for (guint act = 0; act < N_ACTS; act++)
    for (guint i = 0; i < N_VARIANTS; i++)
      {
        g_autofree char *path = g_strdup_printf ("%s/%u-%02u.jpg", dir, act, i);

        g_unlink (path);
      }
  for (guint i = 0; i < N_VARIANTS; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/raw-%02u.yuyv", dir, i);

      g_unlink (path);
    }
  g_rmdir (dir);
}

static int
bench_live (void)
{
  g_autofree char *dir = g_dir_make_tmp ("lanyard-live-XXXXXX", NULL);
  double shut_ms = time_reader (NOBODY), idle, scanning;
  gboolean met = bench_goal ("frame while the gate is shut", shut_ms, 0.3, "ms");

  for (Act act = PASSING; act < N_ACTS; act++)
    time_reader (act);
  for (Act act = 0; act < N_ACTS; act++)
    save_act (act, dir);
  gst_init (NULL, NULL);
  printf ("%-52s %9.2f ms\n", "MJPEG of one frame decoded", time_decoder (dir));
  idle = play (NOBODY, dir, FALSE);
  met = bench_goal ("share of a core, nobody there, MJPEG", idle, 9, "%") && met;
  scanning = 0;
  for (Act act = PASSING; act < N_ACTS; act++)
    {
      double share = play (act, dir, FALSE);

      scanning = MAX (scanning, share);
    }
  met = bench_goal ("share of a core, scanning, MJPEG", scanning, 22, "%") && met;
  play (NOBODY, dir, TRUE);
  save_raw (dir);
  met = bench_goal ("share of a core, nobody there, YUYV", play_raw (dir), 9, "%") && met;
  remove_acts (dir);
  bench_print_load ();
  return met ? 0 : 1;
}

static int
bench_no_codes (guint n)
{
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  guint n_read = 0;
  BenchSeries times;

  bench_series_init (&times);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (Picture) picture = scene_new (i % N_SCENES, i, WIDTH / 2, HEIGHT / 2);
      g_autoptr (LanyardFrame) frame = picture_to_frame (picture, 0);
      double start_us = bench_cpu_us ();
      g_autoptr (GPtrArray) scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);

      bench_series_add (&times, bench_cpu_us () - start_us);
      for (guint k = 0; k < scans->len; k++)
        {
          const LanyardScan *scan = g_ptr_array_index (scans, k);
          g_autofree char *text = lanyard_scan_dup_text (scan);

          printf ("read in %s %u: %s %s by %s\n", scene_name (i % N_SCENES), i,
                  lanyard_symbology_to_string (scan->symbology), text, scan->step);
          n_read++;
        }
    }
  bench_series_print (&times, "picture of 640 × 360 without a code, all steps");
  bench_series_clear (&times);
  return bench_goal ("codes read where there are none", n_read, 0, "") ? 0 : 1;
}

int
main (int argc, char **argv)
{
  if (argc > 1 && g_str_equal (argv[1], "no-codes"))
    return bench_no_codes (argc > 2 ? (guint)g_ascii_strtoull (argv[2], NULL, 10) : 10000);
  return bench_live ();
}
