/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-camera.h"

#include "lanyard-camera-pipeline.h"
#include "lanyard-camera-worker.h"
#include "lanyard-scanner-news.h"

/*
 * Threads. The object lives at home (the desk's thread). A LanyardCameraWorker has a thread of its
 * own. GStreamer's streaming threads only put frames into the pipeline's single place and make
 * previews. stop() joins the worker, which has by then ended the pipeline and its threads.
 */

struct _LanyardCamera
{
  GObject parent_instance;

  /* owned, at home */
  char *source;                /* GStreamer words */
  LanyardHome *home;           /* where signals go */
  LanyardCameraWorker *worker; /* (nullable): while started */
  char *fault;                 /* (nullable): one sentence */
  LanyardHint hint;
  LanyardSymbologies symbologies;
  gboolean asked; /* for a document */
  guint run;      /* counts starts, and changes only between workers: what an earlier run posted is
                     dropped */

  /* guarded by preview_lock */
  GMutex preview_lock;
  LanyardPreviewFunc preview_func; /* (nullable) */
  gpointer preview_data;
  GDestroyNotify preview_destroy;
};

static void lanyard_camera_scanner_init (LanyardScannerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardCamera,
                               lanyard_camera,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_SCANNER,
                                                      lanyard_camera_scanner_init))

static void
on_news (gpointer object, gpointer data)
{
  g_autoptr (LanyardCamera) self = g_object_ref (object);
  const LanyardScannerNews *news = data;

  if (news->run == self->run && self->worker != NULL)
    lanyard_scanner_news_tell (news, self, &self->fault, &self->hint);
}

/* On the worker's thread, as the next two. */
static void
on_scan (LanyardScan *scan, gpointer user_data)
{
  LanyardCamera *self = user_data;

  lanyard_scanner_news_post (
      self->home, on_news,
      (LanyardScannerNews){ .run = self->run, .kind = LANYARD_SCANNER_NEWS_SCAN, .scan = scan });
}

static void
on_fault (const char *fault, gpointer user_data)
{
  LanyardCamera *self = user_data;

  lanyard_scanner_news_post (self->home, on_news,
                             (LanyardScannerNews){ .run = self->run,
                                                   .kind = LANYARD_SCANNER_NEWS_FAULT,
                                                   .fault = g_strdup (fault) });
}

static void
on_hint (LanyardHint hint, gpointer user_data)
{
  LanyardCamera *self = user_data;

  lanyard_scanner_news_post (
      self->home, on_news,
      (LanyardScannerNews){ .run = self->run, .kind = LANYARD_SCANNER_NEWS_HINT, .hint = hint });
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

static gboolean
camera_start (LanyardScanner *scanner, GError **error)
{
  LanyardCamera *self = LANYARD_CAMERA (scanner);
  g_autoptr (LanyardCameraPipeline) trial = NULL;
  g_autoptr (GError) cause = NULL;
  static const LanyardCameraWorkerFuncs funcs = { on_scan, on_fault, on_hint, on_preview };
  gboolean previews;

  if (self->worker != NULL)
    return TRUE;
  /* Words that cannot be understood do not mend themselves; a device that is away does. */
  trial = lanyard_camera_pipeline_new (self->source, on_preview, self, &cause);
  g_clear_pointer (&self->fault, g_free);
  self->hint = LANYARD_HINT_NONE;
  if (trial == NULL)
    {
      /* For a caller that goes on without a camera: staff must still be told. */
      self->fault = g_strdup (cause->message);
      self->hint = LANYARD_HINT_NO_PICTURE;
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  g_mutex_lock (&self->preview_lock);
  previews = self->preview_func != NULL;
  g_mutex_unlock (&self->preview_lock);
  self->run++;
  self->worker
      = lanyard_camera_worker_start (self->source, self->symbologies, &funcs, self, previews);
  lanyard_camera_worker_set_asked (self->worker, self->asked);
  return TRUE;
}

static void
camera_stop (LanyardScanner *scanner)
{
  LanyardCamera *self = LANYARD_CAMERA (scanner);

  if (self->worker == NULL)
    return;
  g_clear_pointer (&self->worker, lanyard_camera_worker_stop);
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
camera_set_asked (LanyardScanner *scanner, gboolean asked)
{
  LanyardCamera *self = LANYARD_CAMERA (scanner);

  self->asked = asked;
  if (self->worker != NULL)
    lanyard_camera_worker_set_asked (self->worker, asked);
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
  iface->set_asked = camera_set_asked;
}

static void
lanyard_camera_init (LanyardCamera *self)
{
  g_mutex_init (&self->preview_lock);
  self->symbologies = LANYARD_SYMBOLOGIES_ALL;
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
lanyard_camera_set_symbologies (LanyardCamera *self, LanyardSymbologies symbologies)
{
  g_return_if_fail (LANYARD_IS_CAMERA (self));

  self->symbologies = symbologies;
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
  g_mutex_unlock (&self->preview_lock);
  if (self->worker != NULL)
    lanyard_camera_worker_set_previews (self->worker, func != NULL);
  if (old_destroy != NULL)
    old_destroy (old_data);
}
