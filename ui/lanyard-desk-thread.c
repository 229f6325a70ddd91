/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-desk-thread-private.h"

#include "lanyard-camera.h"
#include "lanyard-error.h"
#include "lanyard-home.h"
#include "lanyard-secret.h"

/* A desk is opened anew for a new edition of the pack when nobody has touched it for so long, and
 * no sooner than this after the last look. */
#define RENEW_QUIET_US (30 * G_USEC_PER_SEC)
#define RENEW_LOOK_S 5
/* Between two tries to open a desk that could not be opened. */
#define RETRY_S 15
/* A camera that gave no picture for so long has stopped. */
#define SILENCE_MS 3000

struct _LanyardDeskThread
{
  GObject parent_instance;

  /* owned */
  char *path;            /* of the configuration's file */
  LanyardConfig *config; /* (nullable): handed to the desk when the thread starts */
  LanyardHome *home;     /* where signals are emitted */
  GThread *thread;       /* (nullable) */
  GMainContext *context; /* of the thread */
  GMainLoop *loop;       /* of the thread */

  /* borrowed */
  LanyardLinkFunc make_link; /* (nullable) */
  LanyardDesk *desk;         /* (nullable): from "opened" to stop; the thread owns it */

  int stopping; /* (atomic): nothing is tried again */

  /* of the screen's thread */
  gboolean preparing;     /* between "preparing" and what comes of it */
  guint renew_look;       /* source id; 0: no edition waits */
  gint64 last_touched_us; /* monotonic */
  guint silence;          /* source id of the camera's; 0: it is silent, or was never heard */

  /* of the desk's thread */
  LanyardDesk *running; /* (nullable) borrowed from run_desk() */
  gboolean again;       /* it is opened anew */

  /* between the camera's thread and the screen's */
  GMutex lock;
  GdkTexture *picture; /* (nullable): the newest that has not been shown */
};

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardDeskThread,
                               lanyard_desk_thread,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_CONTROLS,
                                                      lanyard_desk_thread_init_controls))

enum
{
  OPENED,
  FAILED,
  VIEW,
  STATUS,
  PICTURE,
  HINT,
  PREPARING,
  EARLY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* --- on the screen's thread --- */

static void ask_renewal (LanyardDeskThread *self);

static gboolean
on_renew_look (gpointer user_data)
{
  LanyardDeskThread *self = user_data;

  if (g_get_monotonic_time () - self->last_touched_us < RENEW_QUIET_US)
    return G_SOURCE_CONTINUE;
  self->renew_look = 0;
  ask_renewal (self);
  return G_SOURCE_REMOVE;
}

static void
watch_renewal (LanyardDeskThread *self, const LanyardDeskStatus *status)
{
  if (status->link.pack_waiting != 0 && self->renew_look == 0)
    self->renew_look = g_timeout_add_seconds (RENEW_LOOK_S, on_renew_look, self);
}

static void
on_view (LanyardView *view, gpointer user_data)
{
  LanyardDeskThread *self = user_data;

  if (self->desk != NULL)
    g_signal_emit (self, signals[VIEW], 0, view);
}

static void
on_status (const LanyardDeskStatus *status, gpointer user_data)
{
  LanyardDeskThread *self = user_data;

  if (self->desk == NULL)
    return;
  watch_renewal (self, status);
  g_signal_emit (self, signals[STATUS], 0, status);
}

static void
on_opened (gpointer object, gpointer desk)
{
  LanyardDeskThread *self = object;

  self->desk = desk;
  self->preparing = FALSE;
  g_signal_emit (self, signals[OPENED], 0);
  lanyard_desk_listen (desk, on_view, on_status, self);
}

/* Somebody came in between: the desk is as it was, and it is asked again. */
static void
on_kept (gpointer object, gpointer desk)
{
  LanyardDeskThread *self = object;

  self->desk = desk;
  self->last_touched_us = g_get_monotonic_time ();
  if (self->renew_look == 0)
    self->renew_look = g_timeout_add_seconds (RENEW_LOOK_S, on_renew_look, self);
}

static void
on_preparing (gpointer object, gpointer language)
{
  LanyardDeskThread *self = object;

  self->preparing = TRUE;
  g_signal_emit (self, signals[PREPARING], 0, language);
}

void
lanyard_desk_thread_refuse (LanyardDeskThread *self)
{
  if (self->preparing)
    g_signal_emit (self, signals[EARLY], 0);
}

static void
on_failed (gpointer object, gpointer error)
{
  ((LanyardDeskThread *)object)->preparing = FALSE;
  g_signal_emit (object, signals[FAILED], 0, error);
}

/* What stands still is not what the camera sees: nobody is photographed by it. */
static gboolean
on_silence (gpointer object)
{
  LanyardDeskThread *self = object;

  self->silence = 0;
  g_signal_emit (self, signals[PICTURE], 0, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_picture (gpointer object, gpointer data)
{
  LanyardDeskThread *self = object;
  g_autoptr (GdkTexture) picture = NULL;

  g_mutex_lock (&self->lock);
  picture = g_steal_pointer (&self->picture);
  g_mutex_unlock (&self->lock);
  if (picture == NULL)
    return;
  g_clear_handle_id (&self->silence, g_source_remove);
  self->silence = g_timeout_add (SILENCE_MS, on_silence, self);
  g_signal_emit (self, signals[PICTURE], 0, picture);
}

static void
on_hint (gpointer object, gpointer data)
{
  g_signal_emit (object, signals[HINT], 0, GPOINTER_TO_INT (data));
}

/* --- on the camera's thread --- */

/* GTK 4.8 knows no BGRx: the fourth byte, which may be anything, becomes full alpha. */
static GBytes *
dup_opaque (const LanyardPreview *preview)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (preview->pixels, &size);
  guint8 *pixels = g_memdup2 (data, size);

  for (gsize i = 3; i < size; i += 4)
    pixels[i] = 0xff;
  return lanyard_secret_bytes_new (pixels, size);
}

/* The newest picture wins: when the screen is slow, what is older is dropped here. */
static void
on_preview (const LanyardPreview *preview, gpointer user_data)
{
  LanyardDeskThread *self = user_data;
  g_autoptr (GBytes) pixels = dup_opaque (preview);
  GdkTexture *picture
      = gdk_memory_texture_new ((int)preview->width, (int)preview->height,
                                GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, pixels, preview->stride);
  gboolean post;

  g_mutex_lock (&self->lock);
  post = self->picture == NULL;
  g_clear_object (&self->picture);
  self->picture = picture;
  g_mutex_unlock (&self->lock);
  if (post)
    lanyard_home_post (self->home, on_picture, NULL, NULL);
}

/* --- on the desk's thread --- */

static void
on_camera_hint (LanyardScanner *camera, LanyardDeskThread *self)
{
  lanyard_home_post (self->home, on_hint, GINT_TO_POINTER (lanyard_scanner_get_hint (camera)),
                     NULL);
}

static LanyardCamera *
add_camera (LanyardDeskThread *self, LanyardDesk *desk)
{
  const LanyardConfig *config = lanyard_desk_get_config (desk);
  LanyardCamera *camera;

  if (config->camera == NULL)
    return NULL;
  camera = lanyard_camera_new (config->camera);
  lanyard_camera_set_symbologies (
      camera, lanyard_pack_get_rules (lanyard_desk_get_pack (desk))->symbologies);
  lanyard_camera_set_preview_func (camera, on_preview, self, NULL);
  g_signal_connect (camera, "hint", G_CALLBACK (on_camera_hint), self);
  lanyard_desk_add_scanner (desk, LANYARD_SCANNER (camera));
  /* One that does not start has said so before anybody listened. */
  on_camera_hint (LANYARD_SCANNER (camera), self);
  return camera;
}

static LanyardLink *
add_link (LanyardDeskThread *self, LanyardDesk *desk)
{
  LanyardLink *link = self->make_link != NULL ? self->make_link (desk) : NULL;

  if (link != NULL)
    {
      lanyard_desk_set_link (desk, link);
      lanyard_link_start (link);
    }
  return link;
}

static void
run_desk (LanyardDeskThread *self, LanyardDesk *desk)
{
  g_autoptr (LanyardCamera) camera = add_camera (self, desk);
  g_autoptr (LanyardLink) link = add_link (self, desk);

  lanyard_desk_add_configured_scanners (desk);
  self->running = desk;
  self->again = FALSE;
  lanyard_home_post (self->home, on_opened, desk, NULL);
  g_main_loop_run (self->loop);
  self->running = NULL;
  if (camera != NULL)
    {
      lanyard_camera_set_preview_func (camera, NULL, NULL, NULL);
      g_signal_handlers_disconnect_by_data (camera, self);
      lanyard_scanner_stop (LANYARD_SCANNER (camera));
    }
  if (link != NULL)
    lanyard_link_stop (link);
  lanyard_desk_close (desk);
}

static gboolean
on_quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/* The screen has let go of the desk. */
static gboolean
on_renewal (gpointer user_data)
{
  LanyardDeskThread *self = user_data;

  if (self->running == NULL)
    return G_SOURCE_REMOVE;
  if (!lanyard_desk_may_renew (self->running))
    {
      lanyard_home_post (self->home, on_kept, self->running, NULL);
      return G_SOURCE_REMOVE;
    }
  self->again = TRUE;
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

/* On the screen's thread. What it says to a desk goes nowhere from here on, so nothing that a
 * person does can be cut off in the middle: what they did before is seen by on_renewal(). */
static void
ask_renewal (LanyardDeskThread *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  if (self->desk == NULL)
    return;
  self->desk = NULL;
  g_source_set_callback (source, on_renewal, self, NULL);
  g_source_attach (source, self->context);
}

/* What kept the desk from opening may go away by itself: another program, a full disk, a pack that
 * is being installed. */
static gboolean
wait_for_retry (LanyardDeskThread *self)
{
  g_autoptr (GSource) timeout = g_timeout_source_new_seconds (RETRY_S);

  g_source_set_callback (timeout, on_quit, self->loop, NULL);
  g_source_attach (timeout, self->context);
  g_main_loop_run (self->loop);
  g_source_destroy (timeout);
  return !g_atomic_int_get (&self->stopping);
}

static void
on_prepares (const char *language, gpointer user_data)
{
  LanyardDeskThread *self = user_data;

  lanyard_home_post (self->home, on_preparing, g_strdup (language), g_free);
}

/* Each time with the configuration as it is then. */
static LanyardDesk *
open_desk (LanyardDeskThread *self)
{
  g_autofree char *told = NULL;

  do
    {
      GError *error = NULL;
      LanyardConfig *config = self->config != NULL ? g_steal_pointer (&self->config)
                                                   : lanyard_config_load (self->path, &error);
      LanyardDesk *desk = NULL;

      if (config != NULL)
        desk = lanyard_desk_open_watched (config, NULL, on_prepares, self, &error);

      if (desk != NULL)
        return desk;
      if (g_strcmp0 (told, error->message) == 0)
        {
          g_error_free (error);
          continue;
        }
      g_free (told);
      told = g_strdup (error->message);
      lanyard_home_post (self->home, on_failed, error, (GDestroyNotify)g_error_free);
    }
  while (wait_for_retry (self));
  return NULL;
}

static gpointer
run_thread (gpointer data)
{
  LanyardDeskThread *self = data;
  LanyardDesk *desk;

  g_main_context_push_thread_default (self->context);
  do
    {
      self->again = FALSE;
      desk = open_desk (self);
      if (desk != NULL)
        run_desk (self, desk);
    }
  while (self->again && !g_atomic_int_get (&self->stopping));
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

const char *
lanyard_desk_thread_get_path (LanyardDeskThread *self)
{
  return self->path;
}

LanyardDesk *
lanyard_desk_thread_get_desk (LanyardDeskThread *self)
{
  return self->desk;
}

LanyardDesk *
lanyard_desk_thread_touch (LanyardDeskThread *self)
{
  self->last_touched_us = g_get_monotonic_time ();
  return self->desk;
}

static void
lanyard_desk_thread_dispose (GObject *object)
{
  lanyard_desk_thread_stop (LANYARD_DESK_THREAD (object));
  g_clear_handle_id (&LANYARD_DESK_THREAD (object)->silence, g_source_remove);
  G_OBJECT_CLASS (lanyard_desk_thread_parent_class)->dispose (object);
}

static void
lanyard_desk_thread_finalize (GObject *object)
{
  LanyardDeskThread *self = LANYARD_DESK_THREAD (object);

  g_clear_pointer (&self->config, lanyard_config_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->home, lanyard_home_unref);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_object (&self->picture);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (lanyard_desk_thread_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_params, GType type)
{
  return g_signal_new (name, LANYARD_TYPE_DESK_THREAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n_params, type);
}

static void
lanyard_desk_thread_class_init (LanyardDeskThreadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_desk_thread_dispose;
  G_OBJECT_CLASS (klass)->finalize = lanyard_desk_thread_finalize;
  signals[OPENED] = add_signal ("opened", 0, G_TYPE_NONE);
  signals[FAILED] = add_signal ("failed", 1, G_TYPE_POINTER);
  signals[VIEW] = add_signal ("view", 1, G_TYPE_POINTER);
  signals[STATUS] = add_signal ("status", 1, G_TYPE_POINTER);
  signals[PICTURE] = add_signal ("picture", 1, GDK_TYPE_TEXTURE);
  signals[HINT] = add_signal ("hint", 1, G_TYPE_INT);
  signals[PREPARING] = add_signal ("preparing", 1, G_TYPE_STRING);
  signals[EARLY] = add_signal ("early", 0, G_TYPE_NONE);
}

static void
lanyard_desk_thread_init (LanyardDeskThread *self)
{
  self->home = lanyard_home_new (self);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_init (&self->lock);
}

LanyardDeskThread *
lanyard_desk_thread_new (LanyardConfig *config, LanyardLinkFunc make_link)
{
  LanyardDeskThread *self;

  g_return_val_if_fail (config != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_DESK_THREAD, NULL);
  self->path = g_strdup (config->path);
  self->config = config;
  self->make_link = make_link;
  return self;
}

void
lanyard_desk_thread_start (LanyardDeskThread *self)
{
  g_return_if_fail (LANYARD_IS_DESK_THREAD (self) && self->config != NULL);

  self->thread = g_thread_new ("lanyard-desk", run_thread, self);
}

void
lanyard_desk_thread_stop (LanyardDeskThread *self)
{
  g_autoptr (GSource) quit = NULL;

  g_return_if_fail (LANYARD_IS_DESK_THREAD (self));

  if (self->thread == NULL)
    return;
  self->desk = NULL;
  g_clear_handle_id (&self->renew_look, g_source_remove);
  g_atomic_int_set (&self->stopping, TRUE);
  lanyard_home_close (self->home);
  /* from inside the loop, so that a loop that has not begun yet sees it too */
  quit = g_idle_source_new ();
  g_source_set_callback (quit, on_quit, self->loop, NULL);
  g_source_attach (quit, self->context);
  g_clear_pointer (&self->thread, g_thread_join);
}

LanyardPack *
lanyard_desk_thread_get_pack (LanyardDeskThread *self)
{
  g_return_val_if_fail (LANYARD_IS_DESK_THREAD (self), NULL);

  return self->desk != NULL ? lanyard_desk_get_pack (self->desk) : NULL;
}
