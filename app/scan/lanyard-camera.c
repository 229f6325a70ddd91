/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-camera.h"

#include "lanyard-camera-pipeline.h"
#include "lanyard-clock.h"
#include "lanyard-error.h"
#include "lanyard-home.h"
#include "lanyard-live.h"

/*
 * Threads. The object lives at home (the desk's thread). One worker thread owns pipeline and
 * LanyardLive: it opens the source, reads the newest frame, and starts the source again when it
 * fails. GStreamer's streaming threads only put frames into the pipeline's single place and make
 * previews. stop() joins the worker, which has by then ended the pipeline and its threads.
 */

#define FIRST_PAUSE_US (1 * G_USEC_PER_SEC)
#define LONGEST_PAUSE_US (10 * G_USEC_PER_SEC)
/* A camera that is plugged in and says nothing is as good as none. */
#define NO_FRAME_US (10 * G_USEC_PER_SEC)
/* On a slow machine a frame's share of work ends here, and what is left is gone on with in the
 * next: one that is looked at late is worth less than a newer one. Asked every SLICE_STEPS. */
#define SLICE_US (40 * 1000)
#define SLICE_STEPS 500

struct _LanyardCamera
{
  GObject parent_instance;

  /* owned, at home */
  char *source;      /* GStreamer words */
  LanyardHome *home; /* where signals go */
  GThread *worker;   /* (nullable): while started */
  char *fault;       /* (nullable): one sentence */
  LanyardHint hint;
  guint run; /* counts starts: what an earlier run posted is dropped */

  /* guarded by lock */
  GMutex lock;
  GCond stopped_cond;
  gboolean stopping;
  LanyardCameraPipeline *pipeline; /* (nullable): borrowed from the worker */

  /* guarded by preview_lock */
  GMutex preview_lock;
  LanyardPreviewFunc preview_func; /* (nullable) */
  gpointer preview_data;
  GDestroyNotify preview_destroy;
};

/* What the worker has to say at home. */
typedef struct
{
  guint run; /* of the worker that says it */
  enum
  {
    NEWS_SCAN,
    NEWS_FAULT,
    NEWS_HINT,
  } kind;
  LanyardScan *scan; /* owned: a new code */
  char *fault;       /* (nullable): owned: NULL: all is well */
  LanyardHint hint;
} News;

/* The worker's own. */
typedef struct
{
  LanyardCamera *camera; /* borrowed: outlives the worker */
  guint run;
  LanyardLive *live; /* owned */
  LanyardHint hint;  /* posted last */
  gboolean faulty;   /* a fault has been posted and not yet taken back */
  gint64 start_us;   /* monotonic: when the frame at hand was begun */
} Worker;

static void lanyard_camera_scanner_init (LanyardScannerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardCamera,
                               lanyard_camera,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_SCANNER,
                                                      lanyard_camera_scanner_init))

static gint64
now_us (void)
{
  return lanyard_clock_monotonic_us (lanyard_clock_system ());
}

static void
news_free (gpointer data)
{
  News *news = data;

  g_clear_pointer (&news->scan, lanyard_scan_free);
  g_free (news->fault);
  g_free (news);
}

static void
set_fault (LanyardCamera *self, const char *fault)
{
  if (g_strcmp0 (self->fault, fault) == 0)
    return;
  g_free (self->fault);
  self->fault = g_strdup (fault);
  g_signal_emit_by_name (self, "changed");
}

static void
set_hint (LanyardCamera *self, LanyardHint hint)
{
  if (self->hint == hint)
    return;
  self->hint = hint;
  g_signal_emit_by_name (self, "hint");
}

static void
on_news (gpointer object, gpointer data)
{
  g_autoptr (LanyardCamera) self = g_object_ref (object);
  News *news = data;

  if (news->run != self->run || self->worker == NULL)
    return;
  switch (news->kind)
    {
    case NEWS_SCAN:
      g_signal_emit_by_name (self, "scanned", news->scan);
      break;
    case NEWS_FAULT:
      set_fault (self, news->fault);
      break;
    case NEWS_HINT:
      set_hint (self, news->hint);
      break;
    }
}

/* @news: what to say; its members are (transfer full) */
static void
post (Worker *worker, News news)
{
  news.run = worker->run;
  lanyard_home_post (worker->camera->home, on_news, g_memdup2 (&news, sizeof news), news_free);
}

static void
post_fault (Worker *worker, const char *fault)
{
  if (fault == NULL && !worker->faulty)
    return;
  worker->faulty = fault != NULL;
  post (worker, (News){ .kind = NEWS_FAULT, .fault = g_strdup (fault) });
}

static void
post_hint (Worker *worker, LanyardHint hint)
{
  if (worker->hint == hint)
    return;
  worker->hint = hint;
  post (worker, (News){ .kind = NEWS_HINT, .hint = hint });
}

static gboolean
is_stopping (LanyardCamera *self)
{
  gboolean stopping;

  g_mutex_lock (&self->lock);
  stopping = self->stopping;
  g_mutex_unlock (&self->lock);
  return stopping;
}

/* Returns: whether to go on */
static gboolean
pause_for (LanyardCamera *self, gint64 pause_us)
{
  gint64 until_us = now_us () + pause_us;
  gboolean stopping;

  g_mutex_lock (&self->lock);
  while (!self->stopping && g_cond_wait_until (&self->stopped_cond, &self->lock, until_us))
    ;
  stopping = self->stopping;
  g_mutex_unlock (&self->lock);
  return !stopping;
}

static void
publish_pipeline (LanyardCamera *self, LanyardCameraPipeline *pipeline)
{
  g_mutex_lock (&self->preview_lock);
  g_mutex_lock (&self->lock);
  self->pipeline = pipeline;
  if (pipeline != NULL)
    lanyard_camera_pipeline_set_preview (pipeline, self->preview_func != NULL);
  if (pipeline != NULL && self->stopping)
    lanyard_camera_pipeline_wake (pipeline);
  g_mutex_unlock (&self->lock);
  g_mutex_unlock (&self->preview_lock);
}

/* On a streaming thread. */
static void
on_preview (const LanyardPreview *preview, gpointer user_data)
{
  LanyardCamera *self = user_data;

  g_mutex_lock (&self->preview_lock);
  if (self->preview_func != NULL)
    self->preview_func (preview, self->preview_data);
  g_mutex_unlock (&self->preview_lock);
}

static void
on_scan (const LanyardScan *scan, gpointer user_data)
{
  Worker *worker = user_data;
  LanyardScan *copy = lanyard_scan_copy (scan);

  copy->took_us = now_us () - worker->start_us;
  post (worker, (News){ .kind = NEWS_SCAN, .scan = copy });
}

static void
read_frame (Worker *worker, const LanyardFrame *frame)
{
  worker->start_us = now_us ();
  lanyard_live_show (worker->live, frame);
  while (!lanyard_live_step (worker->live, SLICE_STEPS, on_scan, worker)
         && now_us () - worker->start_us < SLICE_US)
    ;
  post_hint (worker, lanyard_live_get_state (worker->live)->hint);
}

/* Reads frames until the source fails or somebody says stop. */
static void
watch_frames (Worker *worker, LanyardCameraPipeline *pipeline, GError **error)
{
  while (!is_stopping (worker->camera))
    {
      gint64 until_us = now_us () + NO_FRAME_US;
      g_autoptr (GError) cause = NULL;
      g_autoptr (LanyardFrame) frame = lanyard_camera_pipeline_wait (pipeline, until_us, &cause);

      if (frame == NULL && cause == NULL && !is_stopping (worker->camera))
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
      post_fault (worker, NULL);
      read_frame (worker, frame);
      lanyard_camera_pipeline_set_idle (pipeline, !lanyard_live_get_state (worker->live)->open);
    }
}

/* One run of the source. Returns: how long it ran, µs */
static gint64
run_source (Worker *worker)
{
  LanyardCamera *self = worker->camera;
  gint64 start_us = now_us ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardCameraPipeline) pipeline
      = lanyard_camera_pipeline_new (self->source, on_preview, self, &error);

  if (pipeline != NULL)
    {
      publish_pipeline (self, pipeline);
      lanyard_camera_pipeline_start (pipeline);
      watch_frames (worker, pipeline, &error);
      publish_pipeline (self, NULL);
    }
  post_hint (worker, LANYARD_HINT_NONE);
  if (error != NULL)
    post_fault (worker, error->message);
  return now_us () - start_us;
}

static gpointer
worker_main (gpointer data)
{
  Worker *worker = data;
  gint64 pause_us = FIRST_PAUSE_US;

  worker->live = lanyard_live_new (LANYARD_SYMBOLOGIES_ALL);
  while (!is_stopping (worker->camera))
    {
      /* A run longer than the longest pause was a good one: the next failure is a new one. */
      if (run_source (worker) > LONGEST_PAUSE_US)
        pause_us = FIRST_PAUSE_US;
      if (!pause_for (worker->camera, pause_us))
        break;
      pause_us = MIN (pause_us * 2, LONGEST_PAUSE_US);
    }
  lanyard_live_free (worker->live);
  g_free (worker);
  return NULL;
}

static gboolean
camera_start (LanyardScanner *scanner, GError **error)
{
  LanyardCamera *self = LANYARD_CAMERA (scanner);
  g_autoptr (LanyardCameraPipeline) trial = NULL;
  g_autoptr (GError) cause = NULL;
  Worker *worker;

  if (self->worker != NULL)
    return TRUE;
  /* Words that cannot be understood do not mend themselves; a device that is away does. */
  trial = lanyard_camera_pipeline_new (self->source, on_preview, self, &cause);
  g_clear_pointer (&self->fault, g_free);
  if (trial == NULL)
    {
      /* For a caller that goes on without a camera: staff must still be told. */
      self->fault = g_strdup (cause->message);
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  g_mutex_lock (&self->lock);
  self->stopping = FALSE;
  g_mutex_unlock (&self->lock);
  worker = g_new0 (Worker, 1);
  worker->camera = self;
  worker->run = ++self->run;
  self->worker = g_thread_new ("lanyard-camera", worker_main, worker);
  return TRUE;
}

static void
camera_stop (LanyardScanner *scanner)
{
  LanyardCamera *self = LANYARD_CAMERA (scanner);

  if (self->worker == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  if (self->pipeline != NULL)
    lanyard_camera_pipeline_wake (self->pipeline);
  g_cond_signal (&self->stopped_cond);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&self->worker, g_thread_join);
  g_clear_pointer (&self->fault, g_free);
  self->hint = LANYARD_HINT_NONE;
}

static const char *
camera_get_fault (LanyardScanner *scanner)
{
  return LANYARD_CAMERA (scanner)->fault;
}

static LanyardHint
camera_get_hint (LanyardScanner *scanner)
{
  return LANYARD_CAMERA (scanner)->hint;
}

static void
lanyard_camera_dispose (GObject *object)
{
  LanyardCamera *self = LANYARD_CAMERA (object);

  camera_stop (LANYARD_SCANNER (self));
  lanyard_home_close (self->home);
  lanyard_camera_set_preview_func (self, NULL, NULL, NULL);
  G_OBJECT_CLASS (lanyard_camera_parent_class)->dispose (object);
}

static void
lanyard_camera_finalize (GObject *object)
{
  LanyardCamera *self = LANYARD_CAMERA (object);

  g_free (self->source);
  g_free (self->fault);
  lanyard_home_unref (self->home);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->stopped_cond);
  g_mutex_clear (&self->preview_lock);
  G_OBJECT_CLASS (lanyard_camera_parent_class)->finalize (object);
}

static void
lanyard_camera_class_init (LanyardCameraClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_camera_dispose;
  object_class->finalize = lanyard_camera_finalize;
}

static void
lanyard_camera_scanner_init (LanyardScannerInterface *iface)
{
  iface->start = camera_start;
  iface->stop = camera_stop;
  iface->get_fault = camera_get_fault;
  iface->get_hint = camera_get_hint;
}

static void
lanyard_camera_init (LanyardCamera *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->stopped_cond);
  g_mutex_init (&self->preview_lock);
  self->home = lanyard_home_new (self);
}

LanyardCamera *
lanyard_camera_new (const char *source)
{
  LanyardCamera *self;

  g_return_val_if_fail (source != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_CAMERA, NULL);
  self->source = g_strdup (source);
  return self;
}

void
lanyard_camera_set_preview_func (LanyardCamera *self,
                                 LanyardPreviewFunc func,
                                 gpointer user_data,
                                 GDestroyNotify destroy)
{
  GDestroyNotify old_destroy;
  gpointer old_data;

  g_return_if_fail (LANYARD_IS_CAMERA (self));

  g_mutex_lock (&self->preview_lock);
  old_destroy = self->preview_destroy;
  old_data = self->preview_data;
  self->preview_func = func;
  self->preview_data = user_data;
  self->preview_destroy = destroy;
  g_mutex_lock (&self->lock);
  if (self->pipeline != NULL)
    lanyard_camera_pipeline_set_preview (self->pipeline, func != NULL);
  g_mutex_unlock (&self->lock);
  g_mutex_unlock (&self->preview_lock);
  if (old_destroy != NULL)
    old_destroy (old_data);
}
