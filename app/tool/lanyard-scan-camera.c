/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-scan-camera.h"

#include <math.h>
#include <signal.h>

#include "lanyard-camera-pipeline.h"
#include "lanyard-clock.h"
#include "lanyard-error.h"
#include "lanyard-live.h"
#include "lanyard-output.h"
#include "lanyard-scan-output.h"

/* How often Ctrl-C is asked for while no frame comes, and how long a frame is waited for at all. */
#define WAIT_US (G_USEC_PER_SEC / 5)
#define NO_FRAME_US (10 * G_USEC_PER_SEC)

/* What there is to say of one second. */
typedef struct
{
  gint64 start_us;
  guint n_frames;
  guint n_open;
  gint64 read_us; /* sum */
  gint64 longest_us;
} Second;

typedef struct
{
  const LanyardScanCamera *options; /* borrowed */
  LanyardLive *live;                /* owned */
  Second second;
  gint64 start_us;
  gint64 frame_us; /* when the frame at hand was begun */
  gint64 seen_us;  /* when the last frame came */
  guint n_frames;
  guint n_codes;
} Watch;

static volatile sig_atomic_t interrupted;

static void
on_interrupt (int number)
{
  interrupted = 1;
}

static gint64
now_us (void)
{
  return lanyard_clock_monotonic_us (lanyard_clock_system ());
}

static void
on_preview (const LanyardPreview *preview, gpointer user_data)
{
}

static void
on_scan (const LanyardScan *scan, gpointer user_data)
{
  Watch *watch = user_data;
  g_autoptr (LanyardScan) copy = lanyard_scan_copy (scan);

  copy->took_us = now_us () - watch->frame_us;
  watch->n_codes++;
  if (watch->options->json)
    lanyard_scan_output_json ("camera", copy);
  else
    lanyard_scan_output_line ("camera", copy);
}

static double
round_to (double value, double unit)
{
  return round (value / unit) * unit;
}

static void
add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
print_second (const Watch *watch)
{
  const Second *second = &watch->second;
  double n = MAX (second->n_frames, 1);
  double rate = second->n_frames / ((double)(now_us () - second->start_us) / G_USEC_PER_SEC);
  double open = second->n_open / n, ms = (double)second->read_us / n / 1000;
  const LanyardLiveState *state = lanyard_live_get_state (watch->live);
  JsonBuilder *builder;

  if (!watch->options->json)
    {
      g_print ("%5.1f frames/s, gate open %3.0f %%, %5.1f ms a frame (longest %.1f), %u followed, "
               "hint: %s\n",
               rate, open * 100, ms, (double)second->longest_us / 1000, state->n_followed,
               lanyard_hint_to_string (state->hint));
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_number (builder, "frames_per_s", round_to (rate, 0.1));
  add_number (builder, "gate_open", round_to (open, 0.01));
  add_number (builder, "ms", round_to (ms, 0.01));
  add_number (builder, "longest_ms", round_to ((double)second->longest_us / 1000, 0.01));
  add_number (builder, "followed", state->n_followed);
  lanyard_output_member (builder, "hint", lanyard_hint_to_string (state->hint));
  json_builder_end_object (builder);
  lanyard_output_json (builder);
}

static void
end_second (Watch *watch)
{
  if (now_us () - watch->second.start_us < G_USEC_PER_SEC)
    return;
  print_second (watch);
  watch->second = (Second){ .start_us = now_us () };
}

static void
read_frame (Watch *watch, const LanyardFrame *frame)
{
  gint64 took_us;

  watch->frame_us = watch->seen_us = now_us ();
  lanyard_live_show (watch->live, frame);
  while (!lanyard_live_step (watch->live, LANYARD_LIVE_FRAME_STEPS, on_scan, watch))
    ;
  took_us = now_us () - watch->frame_us;
  watch->n_frames++;
  watch->second.n_frames++;
  watch->second.n_open += lanyard_live_get_state (watch->live)->open;
  watch->second.read_us += took_us;
  watch->second.longest_us = MAX (watch->second.longest_us, took_us);
}

static gboolean
is_over (const Watch *watch)
{
  const LanyardScanCamera *options = watch->options;

  return interrupted || (options->n_frames > 0 && watch->n_frames >= options->n_frames)
         || (options->n_seconds > 0
             && now_us () - watch->start_us >= options->n_seconds * G_USEC_PER_SEC);
}

static gboolean
run_watch (Watch *watch, LanyardCameraPipeline *pipeline, GError **error)
{
  lanyard_camera_pipeline_start (pipeline);
  watch->start_us = watch->second.start_us = watch->seen_us = now_us ();
  while (!is_over (watch))
    {
      g_autoptr (GError) cause = NULL;
      g_autoptr (LanyardFrame) frame
          = lanyard_camera_pipeline_wait (pipeline, now_us () + WAIT_US, &cause);

      if (frame != NULL)
        read_frame (watch, frame);
      else if (cause == NULL && now_us () - watch->seen_us > NO_FRAME_US)
        g_set_error (&cause, LANYARD_ERROR, LANYARD_ERROR_IO,
                     "The camera has sent no picture for %d seconds; check that it is plugged in.",
                     (int)(NO_FRAME_US / G_USEC_PER_SEC));
      /* A file that was played to its end is no camera that went away. */
      if (cause != NULL && lanyard_camera_pipeline_has_ended (pipeline))
        return TRUE;
      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      if (watch->n_frames > 0)
        lanyard_camera_pipeline_set_most (pipeline, lanyard_live_get_state (watch->live)->enough);
      end_second (watch);
    }
  return TRUE;
}

gboolean
lanyard_scan_camera (const LanyardScanCamera *options, GError **error)
{
  g_autoptr (LanyardCameraPipeline) pipeline = NULL;
  g_autoptr (LanyardLive) live = NULL;
  Watch watch = { .options = options };
  struct sigaction action = { .sa_handler = on_interrupt, .sa_flags = SA_RESETHAND };

  g_return_val_if_fail (options != NULL && options->source != NULL, FALSE);

  pipeline = lanyard_camera_pipeline_new (options->source, on_preview, NULL, error);
  if (pipeline == NULL)
    return FALSE;
  interrupted = 0;
  /* a second Ctrl-C ends it at once */
  sigaction (SIGINT, &action, NULL);
  watch.live = live = lanyard_live_new (LANYARD_SYMBOLOGIES_ALL);
  if (!run_watch (&watch, pipeline, error))
    return FALSE;
  if (watch.n_codes > 0 || interrupted)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND, "No code was found in %u frames.",
               watch.n_frames);
  return FALSE;
}
