/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-camera-pipeline.h"

#include <dirent.h>
#include <gst/gst.h>
#include <string.h>

#include <glib/gstdio.h>

#include "code-pictures.h"
#include "lanyard-error.h"
#include "trouble-source.h"

#define PATIENCE_S 20
#define FROM_PICTURE "multifilesrc location=PATH caps=image/png,framerate=10/1 loop=true ! pngdec"

/* A camera played from a file through the real pipeline, at home in a context of its own. */
typedef struct
{
  GMainContext *context; /* owned */
  LanyardCamera *camera; /* owned */
  char *dir;             /* owned */
  char *path;            /* owned: the file that it looks at */
  GPtrArray *texts;      /* (element-type utf8): owned: what was scanned, in order */
  guint n_changes;       /* of the fault */
  GThread *home;         /* borrowed: where signals must come */

  GMutex lock;       /* of what follows */
  guint n_previews;  /* pictures for the screen */
  guint8 darkest[2]; /* of the last one's left and right half */
  guint preview_width, preview_height;
} Stage;

static void
on_scanned (LanyardScanner *scanner, const LanyardScan *scan, gpointer user_data)
{
  Stage *stage = user_data;

  g_assert_true (g_thread_self () == stage->home);
  g_assert_cmpint (scan->source, ==, LANYARD_SCAN_SOURCE_CAMERA);
  g_assert_cmpint (scan->at_us, >, 0);
  g_ptr_array_add (stage->texts, lanyard_scan_dup_text (scan));
}

static void
on_changed (LanyardScanner *scanner, gpointer user_data)
{
  Stage *stage = user_data;

  g_assert_true (g_thread_self () == stage->home);
  stage->n_changes++;
}

/* @data: (nullable): the camera's words, in which PATH is the file that it looks at */
static void
set_up (Stage *stage, gconstpointer data)
{
  const char *words = data;
  g_autoptr (GString) source = g_string_new (words != NULL ? words : FROM_PICTURE);

  stage->dir = g_dir_make_tmp ("lanyard-camera-XXXXXX", NULL);
  stage->path = g_build_filename (stage->dir, "camera.png", NULL);
  stage->texts = g_ptr_array_new_with_free_func (g_free);
  stage->home = g_thread_self ();
  g_mutex_init (&stage->lock);
  stage->context = g_main_context_new ();
  g_main_context_push_thread_default (stage->context);
  g_string_replace (source, "PATH", stage->path, 0);
  stage->camera = lanyard_camera_new (source->str);
  g_signal_connect (stage->camera, "scanned", G_CALLBACK (on_scanned), stage);
  g_signal_connect (stage->camera, "changed", G_CALLBACK (on_changed), stage);
}

/* Of the camera: threads of GLib's shared pools stay for the next that needs one. */
static guint
count_threads (void)
{
  DIR *tasks = opendir ("/proc/self/task");
  guint n = 0;

  for (struct dirent *entry = readdir (tasks); entry != NULL; entry = readdir (tasks))
    if (entry->d_name[0] != '.' && entry->d_name[0] != '\0')
      {
        g_autofree char *path = g_strdup_printf ("/proc/self/task/%s/comm", entry->d_name);
        g_autofree char *name = NULL;

        if (g_file_get_contents (path, &name, NULL, NULL)
            && g_str_has_prefix (name, "lanyard-camera"))
          n++;
      }
  closedir (tasks);
  return n;
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  g_clear_object (&stage->camera);
  g_assert_cmpuint (count_threads (), ==, 0);
  g_main_context_pop_thread_default (stage->context);
  g_main_context_unref (stage->context);
  g_unlink (stage->path);
  g_assert_cmpint (g_rmdir (stage->dir), ==, 0);
  g_free (stage->dir);
  g_free (stage->path);
  g_ptr_array_unref (stage->texts);
  g_mutex_clear (&stage->lock);
}

static gboolean
on_timeout (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until @test says yes. Returns: whether it did within @ms */
static gboolean
run_until (Stage *stage, gboolean (*test) (Stage *), guint ms)
{
  g_autoptr (GSource) timeout = g_timeout_source_new (ms);
  gboolean late = FALSE;

  g_source_set_callback (timeout, on_timeout, &late, NULL);
  g_source_attach (timeout, stage->context);
  while (!late && !test (stage))
    g_main_context_iteration (stage->context, TRUE);
  g_source_destroy (timeout);
  return test (stage);
}

static void
assert_soon (Stage *stage, gboolean (*test) (Stage *))
{
  g_assert_true (run_until (stage, test, PATIENCE_S * 1000));
}

static gboolean
never (Stage *stage)
{
  return FALSE;
}

static gboolean
has_one (Stage *stage)
{
  return stage->texts->len >= 1;
}

static gboolean
has_two (Stage *stage)
{
  return stage->texts->len >= 2;
}

static gboolean
has_fault (Stage *stage)
{
  return lanyard_scanner_get_fault (LANYARD_SCANNER (stage->camera)) != NULL;
}

static gboolean
has_no_fault (Stage *stage)
{
  return !has_fault (stage);
}

static gboolean
has_preview (Stage *stage)
{
  gboolean has;

  g_mutex_lock (&stage->lock);
  has = stage->n_previews >= 2;
  g_mutex_unlock (&stage->lock);
  return has;
}

static void
start (Stage *stage)
{
  g_autoptr (GError) error = NULL;
  gboolean started = lanyard_scanner_start (LANYARD_SCANNER (stage->camera), &error);

  g_assert_no_error (error);
  g_assert_true (started);
}

/* (nullable) text: an empty picture without */
static void
show (Stage *stage, const char *text)
{
  g_autoptr (Picture) picture = picture_new (640, 360);

  if (text != NULL)
    picture_draw_qr (picture, 60, 60, 5, text, strlen (text));
  picture_save (picture, stage->path);
}

static void
on_preview (const LanyardPreview *preview, gpointer user_data)
{
  Stage *stage = user_data;
  gsize n_bytes;
  const guint8 *pixels = g_bytes_get_data (preview->pixels, &n_bytes);

  g_assert_cmpuint (preview->stride, >=, preview->width * 4);
  g_assert_cmpuint (n_bytes, >=, (gsize)preview->stride * preview->height);
  g_mutex_lock (&stage->lock);
  stage->n_previews++;
  stage->preview_width = preview->width;
  stage->preview_height = preview->height;
  stage->darkest[0] = stage->darkest[1] = 255;
  for (guint y = 0; y < preview->height; y++)
    for (guint x = 0; x < preview->width; x++)
      {
        guint8 value = pixels[(gsize)y * preview->stride + x * 4];
        guint8 *darkest = &stage->darkest[x >= preview->width / 2];

        *darkest = MIN (*darkest, value);
      }
  g_mutex_unlock (&stage->lock);
  g_main_context_wakeup (stage->context);
}

static void
test_no_code (Stage *stage, gconstpointer data)
{
  lanyard_camera_set_preview_func (stage->camera, on_preview, stage, NULL);
  start (stage);
  assert_soon (stage, has_preview);
  g_assert_cmpuint (stage->texts->len, ==, 0);
  g_assert_cmpuint (stage->n_changes, ==, 0);
  g_assert_true (has_no_fault (stage));
}

static void
test_once_and_again (Stage *stage, gconstpointer data)
{
  show (stage, "K0471-000123W");
  start (stage);
  assert_soon (stage, has_one);
  g_assert_cmpstr (g_ptr_array_index (stage->texts, 0), ==, "K0471-000123W");
  /* It stays in the picture: not again, although it is read many times. */
  g_assert_false (run_until (stage, has_two, 1500));
  show (stage, NULL);
  g_assert_false (run_until (stage, has_two, 1500));
  show (stage, "K0471-000123W");
  assert_soon (stage, has_two);
  g_assert_cmpstr (g_ptr_array_index (stage->texts, 1), ==, "K0471-000123W");
  g_assert_cmpuint (stage->n_changes, ==, 0);
}

static void
test_replaced (Stage *stage, gconstpointer data)
{
  show (stage, "first");
  start (stage);
  assert_soon (stage, has_one);
  show (stage, "second");
  assert_soon (stage, has_two);
  g_assert_cmpstr (g_ptr_array_index (stage->texts, 0), ==, "first");
  g_assert_cmpstr (g_ptr_array_index (stage->texts, 1), ==, "second");
}

static void
test_comes_back (Stage *stage, gconstpointer data)
{
  start (stage);
  assert_soon (stage, has_fault);
  g_assert_cmpuint (stage->n_changes, ==, 1);
  show (stage, "back again");
  assert_soon (stage, has_one);
  g_assert_true (has_no_fault (stage));
  g_assert_cmpuint (stage->n_changes, ==, 2);
  /* And goes away while it plays. */
  g_assert_cmpint (g_unlink (stage->path), ==, 0);
  assert_soon (stage, has_fault);
}

static gboolean
has_no_hint (Stage *stage)
{
  return lanyard_scanner_get_hint (LANYARD_SCANNER (stage->camera)) == LANYARD_HINT_NONE;
}

static gboolean
has_no_picture (Stage *stage)
{
  return lanyard_scanner_get_hint (LANYARD_SCANNER (stage->camera)) == LANYARD_HINT_NO_PICTURE;
}

/* Somebody pulled its plug, another program has it, nobody may use it: staff are told what to do,
 * people that there is nothing to show anything to, and once it can be had nobody does anything. */
static void
test_never_came (Stage *stage, gconstpointer data)
{
  static const struct
  {
    int code;
    const char *advice;
  } troubles[] = {
    { GST_RESOURCE_ERROR_NOT_FOUND, "plugged in" },
    { GST_RESOURCE_ERROR_OPEN_READ_WRITE, "group \"video\"" },
    { GST_RESOURCE_ERROR_NOT_AUTHORIZED, "group \"video\"" },
    { GST_RESOURCE_ERROR_BUSY, "Close the other program" },
  };
  g_autoptr (Picture) picture = picture_new (640, 360);

  picture_draw_qr (picture, 60, 60, 5, "here at last", 12);
  trouble_source_show (picture->pixels);
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      const char *fault;

      trouble_source_set (troubles[i].code);
      g_ptr_array_set_size (stage->texts, 0);
      start (stage);
      assert_soon (stage, has_fault);
      assert_soon (stage, has_no_picture);
      fault = lanyard_scanner_get_fault (LANYARD_SCANNER (stage->camera));
      g_test_message ("%s", fault);
      g_assert_nonnull (strstr (fault, "cannot be had"));
      g_assert_nonnull (strstr (fault, troubles[i].advice));
      trouble_source_set (0);
      assert_soon (stage, has_one);
      g_assert_cmpstr (g_ptr_array_index (stage->texts, 0), ==, "here at last");
      assert_soon (stage, has_no_fault);
      assert_soon (stage, has_no_hint);
      lanyard_scanner_stop (LANYARD_SCANNER (stage->camera));
    }
}

static void
test_ends (Stage *stage, gconstpointer data)
{
  start (stage);
  assert_soon (stage, has_fault);
  g_assert_nonnull (strstr (lanyard_scanner_get_fault (LANYARD_SCANNER (stage->camera)), "ended"));
  g_assert_nonnull (
      strstr (lanyard_scanner_get_fault (LANYARD_SCANNER (stage->camera)), "by itself."));
  assert_soon (stage, has_no_fault);
}

static void
test_stop_and_start (Stage *stage, gconstpointer data)
{
  show (stage, "stop");
  start (stage);
  assert_soon (stage, has_one);
  lanyard_scanner_stop (LANYARD_SCANNER (stage->camera));
  g_assert_cmpuint (count_threads (), ==, 0);
  show (stage, "start");
  g_assert_false (run_until (stage, has_two, 300));
  start (stage);
  assert_soon (stage, has_two);
  g_assert_cmpstr (g_ptr_array_index (stage->texts, 1), ==, "start");
}

/* The pause before the next try must not hold anybody up. */
static void
test_stop_in_pause (Stage *stage, gconstpointer data)
{
  gint64 start_us;

  start (stage);
  assert_soon (stage, has_fault);
  start_us = g_get_monotonic_time ();
  lanyard_scanner_stop (LANYARD_SCANNER (stage->camera));
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 700 * 1000);
  g_assert_true (has_no_fault (stage));
}

static void
test_preview_mirrored (Stage *stage, gconstpointer data)
{
  show (stage, "on the left");
  lanyard_camera_set_preview_func (stage->camera, on_preview, stage, NULL);
  start (stage);
  assert_soon (stage, has_preview);
  lanyard_camera_set_preview_func (stage->camera, NULL, NULL, NULL);
  g_assert_cmpuint (stage->preview_width, ==, 640);
  g_assert_cmpuint (stage->preview_height, ==, 360);
  g_assert_cmpuint (stage->darkest[0], >, 240);
  g_assert_cmpuint (stage->darkest[1], <, 16);
  stage->n_previews = 0;
  assert_soon (stage, has_one);
  g_assert_false (run_until (stage, never, 300));
  g_assert_cmpuint (stage->n_previews, ==, 0);
}

static void
test_preview_size (Stage *stage, gconstpointer data)
{
  lanyard_camera_set_preview_func (stage->camera, on_preview, stage, NULL);
  start (stage);
  assert_soon (stage, has_preview);
  g_assert_cmpuint (stage->preview_width, ==, 360);
  g_assert_cmpuint (stage->preview_height, ==, 640);
}

/* Whatever a camera sends, and with rows that are longer than its pictures. */
static void
test_format (Stage *stage, gconstpointer data)
{
  g_autoptr (Picture) picture = picture_new (637, 359);

  picture_draw_qr (picture, 60, 60, 5, "any format", 10);
  picture_save (picture, stage->path);
  start (stage);
  assert_soon (stage, has_one);
  g_assert_cmpstr (g_ptr_array_index (stage->texts, 0), ==, "any format");
  g_assert_true (has_no_fault (stage));
}

/* Less memory than its size needs must end in a fault and in nothing else. */
static void
test_lies (Stage *stage, gconstpointer data)
{
  g_autofree char *some = g_strnfill (640 * 360 - 1, 'x');

  g_file_set_contents (stage->path, some, -1, NULL);
  start (stage);
  assert_soon (stage, has_fault);
  g_assert_cmpuint (stage->texts->len, ==, 0);
  g_assert_nonnull (
      strstr (lanyard_scanner_get_fault (LANYARD_SCANNER (stage->camera)), "not what it says"));
}

static void
no_preview (const LanyardPreview *preview, gpointer user_data)
{
}

/* Twenty a second of thirty is every other one; the others are not decoded at all. Those that are
 * come at their time or later, never earlier. */
static void
test_idle (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardCameraPipeline) pipeline = lanyard_camera_pipeline_new (
      "videotestsrc ! video/x-raw,width=64,height=48,framerate=30/1 ! jpegenc ! jpegdec",
      no_preview, NULL, &error);
  gint64 start_us = g_get_monotonic_time ();
  gint64 late_us = start_us + PATIENCE_S * G_USEC_PER_SEC;

  g_assert_no_error (error);
  lanyard_camera_pipeline_set_most (pipeline, 20);
  lanyard_camera_pipeline_start (pipeline);
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (LanyardFrame) frame = lanyard_camera_pipeline_wait (pipeline, late_us, &error);

      g_assert_no_error (error);
      g_assert_nonnull (frame);
    }
  g_assert_cmpint (g_get_monotonic_time () - start_us, >=, 7 * G_USEC_PER_SEC / 15);
}

static void
assert_start_fails (Stage *stage, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_scanner_start (LANYARD_SCANNER (stage->camera), &error));
  g_assert_error (error, LANYARD_ERROR, code);
  g_assert_cmpstr (lanyard_scanner_get_fault (LANYARD_SCANNER (stage->camera)), ==, error->message);
  g_assert_true (has_no_picture (stage));
}

static void
test_wrong_words (Stage *stage, gconstpointer data)
{
  assert_start_fails (stage, LANYARD_ERROR_USAGE);
}

static void
test_missing_part (Stage *stage, gconstpointer data)
{
  assert_start_fails (stage, LANYARD_ERROR_UNAVAILABLE);
}

static void
add_formats (void)
{
  static const char *const formats[]
      = { "GRAY8", "NV12", "I420", "Y42B", "YUY2", "UYVY", "RGB", "BGRx", "xRGB",
          /* not taken as it comes */
          "GRAY16_LE", "v210", "RGB16" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = g_strdup_printf ("/camera/format/%s", formats[i]);
      g_autofree char *words
          = g_strdup_printf (FROM_PICTURE " ! videoconvert ! video/x-raw,format=%s", formats[i]);

      g_test_add (path, Stage, g_intern_string (words), set_up, test_format, tear_down);
    }
  g_test_add ("/camera/format/mjpeg", Stage, FROM_PICTURE " ! videoconvert ! jpegenc ! jpegdec",
              set_up, test_format, tear_down);
  /* one that lies: what stands in the picture itself counts */
  g_test_add ("/camera/format/mjpeg-of-another-size", Stage,
              FROM_PICTURE " ! videoconvert ! jpegenc "
                           "! capssetter caps=image/jpeg,width=64,height=4000 ! jpegdec",
              set_up, test_format, tear_down);
}

static void
add (const char *path, const char *words, void (*test) (Stage *, gconstpointer))
{
  g_test_add (path, Stage, words, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  trouble_source_register ();
  add ("/camera/no-code", "videotestsrc is-live=true ! video/x-raw,framerate=15/1", test_no_code);
  add ("/camera/once-and-again", NULL, test_once_and_again);
  add ("/camera/replaced", NULL, test_replaced);
  add ("/camera/comes-back", NULL, test_comes_back);
  add ("/camera/never-came", "troublesource", test_never_came);
  add ("/camera/ends", "videotestsrc is-live=true num-buffers=3", test_ends);
  add ("/camera/stop-and-start", NULL, test_stop_and_start);
  add ("/camera/stop-in-pause", NULL, test_stop_in_pause);
  add ("/camera/preview-mirrored", NULL, test_preview_mirrored);
  add ("/camera/preview-size",
       "videotestsrc is-live=true ! video/x-raw,width=1080,height=1920,framerate=15/1",
       test_preview_size);
  add_formats ();
  g_test_add_func ("/camera/idle", test_idle);
  add ("/camera/lies",
       "multifilesrc location=PATH loop=true "
       "caps=video/x-raw,format=GRAY8,width=640,height=360,framerate=10/1",
       test_lies);
  add ("/camera/lies-packed",
       "multifilesrc location=PATH loop=true "
       "caps=video/x-raw,format=YUY2,width=640,height=360,framerate=10/1",
       test_lies);
  add ("/camera/wrong-words", "videotestsrc ! ! nonsense=", test_wrong_words);
  add ("/camera/no-picture-at-the-end", "videotestsrc ! fakesink", test_wrong_words);
  add ("/camera/missing-part", "no-such-camera-source", test_missing_part);
  return g_test_run ();
}
