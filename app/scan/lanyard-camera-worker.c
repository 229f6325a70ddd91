/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-camera-worker.h"

#include <string.h>

#include "lanyard-camera-pipeline.h"
#include "lanyard-clock.h"
#include "lanyard-error.h"
#include "lanyard-live.h"

#define FIRST_PAUSE_US (1 * G_USEC_PER_SEC)
#define LONGEST_PAUSE_US (10 * G_USEC_PER_SEC)
/* A camera that is plugged in and says nothing is as good as none. */
#define NO_FRAME_US (10 * G_USEC_PER_SEC)
/* On a slow machine a frame's share of work ends here, and what is left is gone on with in the
 * next: one that is looked at late is worth less than a newer one. Asked every SLICE_STEPS. */
#define SLICE_US (40 * 1000)
#define SLICE_STEPS 500

struct _LanyardCameraWorker
{
  /* set before the thread starts */
  char *source; /* owned: GStreamer words */
  LanyardSymbologies symbologies;
  LanyardCameraWorkerFuncs funcs;
  gpointer user_data; /* borrowed */
  GThread *thread;

  /* guarded by lock */
  GMutex lock;
  GCond stopped_cond;
  gboolean stopping;
  gboolean previews;               /* wanted */
  gboolean asked;                  /* for a document */
  LanyardCameraPipeline *pipeline; /* (nullable): borrowed from the thread */

  /* the thread's own */
  LanyardLive *live; /* owned */
  LanyardHint hint;  /* said last */
  gboolean faulty;   /* a fault has been said and not yet taken back */
  gint64 start_us;   /* monotonic: when the frame at hand was begun */
};

static gint64
now_us (void)
{
  return lanyard_clock_monotonic_us (lanyard_clock_system ());
}

static void
say_fault (LanyardCameraWorker *worker, const char *fault)
{
  if (fault == NULL && !worker->faulty)
    return;
  worker->faulty = fault != NULL;
  worker->funcs.fault (fault, worker->user_data);
}

static void
say_hint (LanyardCameraWorker *worker, LanyardHint hint)
{
  if (worker->hint == hint)
    return;
  worker->hint = hint;
  worker->funcs.hint (hint, worker->user_data);
}

static gboolean
is_stopping (LanyardCameraWorker *worker)
{
  gboolean stopping;

  g_mutex_lock (&worker->lock);
  stopping = worker->stopping;
  g_mutex_unlock (&worker->lock);
  return stopping;
}

/* Returns: whether to go on */
static gboolean
pause_for (LanyardCameraWorker *worker, gint64 pause_us)
{
  gint64 until_us = now_us () + pause_us;
  gboolean stopping;

  g_mutex_lock (&worker->lock);
  while (!worker->stopping && g_cond_wait_until (&worker->stopped_cond, &worker->lock, until_us))
    ;
  stopping = worker->stopping;
  g_mutex_unlock (&worker->lock);
  return !stopping;
}

static void
publish_pipeline (LanyardCameraWorker *worker, LanyardCameraPipeline *pipeline)
{
  g_mutex_lock (&worker->lock);
  worker->pipeline = pipeline;
  if (pipeline != NULL)
    lanyard_camera_pipeline_set_preview (pipeline, worker->previews);
  if (pipeline != NULL && worker->stopping)
    lanyard_camera_pipeline_wake (pipeline);
  g_mutex_unlock (&worker->lock);
}

static void
on_scan (const LanyardScan *scan, gpointer user_data)
{
  LanyardCameraWorker *worker = user_data;
  LanyardScan *copy = lanyard_scan_copy (scan);

  copy->took_us = now_us () - worker->start_us;
  worker->funcs.scan (copy, worker->user_data);
}

static gboolean
is_asked (LanyardCameraWorker *worker)
{
  gboolean asked;

  g_mutex_lock (&worker->lock);
  asked = worker->asked;
  g_mutex_unlock (&worker->lock);
  return asked;
}

static void
read_frame (LanyardCameraWorker *worker, const LanyardFrame *frame)
{
  worker->start_us = now_us ();
  lanyard_live_set_asked (worker->live, is_asked (worker));
  lanyard_live_show (worker->live, frame);
  while (!lanyard_live_step (worker->live, SLICE_STEPS, on_scan, worker)
         && now_us () - worker->start_us < SLICE_US)
    ;
  say_hint (worker, lanyard_live_get_state (worker->live)->hint);
}

/* Reads frames until the source fails or somebody says stop. */
static void
watch_frames (LanyardCameraWorker *worker, LanyardCameraPipeline *pipeline, GError **error)
{
  while (!is_stopping (worker))
    {
      gint64 until_us = now_us () + NO_FRAME_US;
      g_autoptr (GError) cause = NULL;
      g_autoptr (LanyardFrame) frame = lanyard_camera_pipeline_wait (pipeline, until_us, &cause);

      if (frame == NULL && cause == NULL && !is_stopping (worker))
        g_set_error (&cause, LANYARD_ERROR, LANYARD_ERROR_IO,
                     "The camera has sent no picture for %d seconds; check that it is plugged in "
                     "and switched on.",
                     (int)(NO_FRAME_US / G_USEC_PER_SEC));
      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return;
        }
      if (frame == NULL)
        return;
      say_fault (worker, NULL);
      read_frame (worker, frame);
      lanyard_camera_pipeline_set_most (pipeline, lanyard_live_get_state (worker->live)->enough);
    }
}

/* What staff hear of it: here, nobody has to start the camera again. */
static void
say_failure (LanyardCameraWorker *worker, const GError *error)
{
  gsize n = strlen (error->message);
  g_autofree char *words = NULL;

  if (g_str_has_suffix (error->message, "."))
    n--;
  words = g_strdup_printf ("%.*s; it is started again by itself.", (int)n, error->message);
  say_fault (worker, words);
}

/* One run of the source. Returns: how long it ran, µs */
static gint64
run_source (LanyardCameraWorker *worker)
{
  gint64 start_us = now_us ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardCameraPipeline) pipeline
      = lanyard_camera_pipeline_new (worker->source, worker->funcs.preview, worker->user_data,
                                     &error);

  if (pipeline != NULL)
    {
      publish_pipeline (worker, pipeline);
      lanyard_camera_pipeline_start (pipeline);
      watch_frames (worker, pipeline, &error);
      publish_pipeline (worker, NULL);
    }
  if (error != NULL)
    say_failure (worker, error);
  say_hint (worker, error != NULL ? LANYARD_HINT_NO_PICTURE : LANYARD_HINT_NONE);
  return now_us () - start_us;
}

static gpointer
worker_main (gpointer data)
{
  LanyardCameraWorker *worker = data;
  gint64 pause_us = FIRST_PAUSE_US;

  worker->live = lanyard_live_new (worker->symbologies);
  while (!is_stopping (worker))
    {
      /* A run longer than the longest pause was a good one: the next failure is a new one. */
      if (run_source (worker) > LONGEST_PAUSE_US)
        pause_us = FIRST_PAUSE_US;
      if (!pause_for (worker, pause_us))
        break;
      pause_us = MIN (pause_us * 2, LONGEST_PAUSE_US);
    }
  lanyard_live_free (worker->live);
  return NULL;
}

LanyardCameraWorker *
lanyard_camera_worker_start (const char *source,
                             LanyardSymbologies symbologies,
                             const LanyardCameraWorkerFuncs *funcs,
                             gpointer user_data,
                             gboolean previews)
{
  LanyardCameraWorker *worker;

  g_return_val_if_fail (source != NULL && funcs != NULL, NULL);

  worker = g_new0 (LanyardCameraWorker, 1);
  worker->source = g_strdup (source);
  worker->symbologies = symbologies;
  worker->funcs = *funcs;
  worker->user_data = user_data;
  worker->previews = previews;
  g_mutex_init (&worker->lock);
  g_cond_init (&worker->stopped_cond);
  worker->thread = g_thread_new ("lanyard-camera", worker_main, worker);
  return worker;
}

void
lanyard_camera_worker_stop (LanyardCameraWorker *worker)
{
  g_return_if_fail (worker != NULL);

  g_mutex_lock (&worker->lock);
  worker->stopping = TRUE;
  if (worker->pipeline != NULL)
    lanyard_camera_pipeline_wake (worker->pipeline);
  g_cond_signal (&worker->stopped_cond);
  g_mutex_unlock (&worker->lock);
  g_thread_join (worker->thread);
  g_mutex_clear (&worker->lock);
  g_cond_clear (&worker->stopped_cond);
  g_free (worker->source);
  g_free (worker);
}

void
lanyard_camera_worker_set_previews (LanyardCameraWorker *worker, gboolean previews)
{
  g_return_if_fail (worker != NULL);

  g_mutex_lock (&worker->lock);
  worker->previews = previews;
  if (worker->pipeline != NULL)
    lanyard_camera_pipeline_set_preview (worker->pipeline, previews);
  g_mutex_unlock (&worker->lock);
}

void
lanyard_camera_worker_set_asked (LanyardCameraWorker *worker, gboolean asked)
{
  g_return_if_fail (worker != NULL);

  g_mutex_lock (&worker->lock);
  worker->asked = asked;
  g_mutex_unlock (&worker->lock);
}
