/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-camera-pipeline.h"

#include <gst/app/gstappsink.h>
#include <gst/gst.h>

#include "lanyard-camera-sample.h"
#include "lanyard-clock.h"
#include "lanyard-error.h"

#define QUEUE "queue leaky=downstream max-size-buffers=1 max-size-bytes=0 max-size-time=0"
#define SINK "sync=false async=false max-buffers=1 drop=true enable-last-sample=false"
/* What the reader takes as it comes passes through its videoconvert untouched; only what it does
 * not know, such as 10 bits a sample, is converted. */
/* clang-format off */
#define BRANCHES                                                                                   \
  "tee name=tee allow-not-linked=true "                                                            \
  "tee. ! " QUEUE " ! videoconvert ! video/x-raw,format=" LANYARD_CAMERA_SAMPLE_FORMATS " "   \
  "! appsink name=reader " SINK " "                                                                \
  "tee. ! " QUEUE " ! valve name=valve drop=true ! videorate drop-only=true max-rate=15 "          \
  "! videoscale ! videoconvert "                                                                   \
  "! video/x-raw,format=BGRx,width=[1,640],height=[1,640],pixel-aspect-ratio=1/1 "                 \
  "! appsink name=preview " SINK
/* clang-format on */

struct _LanyardCameraPipeline
{
  /* owned */
  GstElement *pipeline;
  GstElement *valve; /* lets previews through */

  /* borrowed */
  LanyardPreviewFunc preview_func;
  gpointer preview_data;

  /* atomic */
  int most; /* frames a second, atomic; 0: all */

  /* of the thread that decodes */
  GstClockTime decoded; /* time stamp of the compressed frame that was let through last */

  /* guarded by lock */
  GMutex lock;
  GCond cond;
  GstSample *newest; /* (nullable): owned: not given yet */
  gint64 newest_us;  /* monotonic: when it came */
  GError *failure;   /* (nullable): owned: why the run is over */
  gboolean woken;    /* nobody waits any more */
  gboolean ended;    /* the source is a file, and that is all there is of it */
};

static void
give_preview (LanyardCameraPipeline *self, GstSample *sample)
{
  LanyardPreview preview = { 0 };

  if (!lanyard_camera_sample_to_preview (sample, &preview))
    return;
  self->preview_func (&preview, self->preview_data);
  g_bytes_unref (preview.pixels);
}

#define PLUG_IN "Check that it is plugged in"

/* Takes the first reason only: what follows from it says less. */
static void
fail (LanyardCameraPipeline *self, const char *reason, const char *advice)
{
  g_mutex_lock (&self->lock);
  if (self->failure == NULL)
    self->failure = g_error_new (LANYARD_ERROR, LANYARD_ERROR_IO,
                                 "The camera gives no picture: %s %s.", reason, advice);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
}

/* What staff can do about what GStreamer says of a device. */
static const char *
find_advice (const GError *error)
{
  if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY))
    return "Close the other program that uses it";
  if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ)
      || g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ_WRITE)
      || g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED))
    return "Let the user of this desk read it (group \"video\"), and close what else uses it";
  return PLUG_IN;
}

static GstFlowReturn
on_frame (GstAppSink *sink, gpointer user_data)
{
  LanyardCameraPipeline *self = user_data;
  GstSample *sample = gst_app_sink_pull_sample (sink);
  GstSample *older;

  if (sample == NULL)
    return GST_FLOW_OK;
  g_mutex_lock (&self->lock);
  older = g_steal_pointer (&self->newest);
  self->newest = sample;
  self->newest_us = lanyard_clock_monotonic_us (lanyard_clock_system ());
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&older, gst_sample_unref);
  return GST_FLOW_OK;
}

static GstFlowReturn
on_preview (GstAppSink *sink, gpointer user_data)
{
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);

  if (sample != NULL)
    give_preview (user_data, sample);
  return GST_FLOW_OK;
}

/* The bus would say so only when both branches have ended, and a shut valve never does. */
static void
on_end (GstAppSink *sink, gpointer user_data)
{
  LanyardCameraPipeline *self = user_data;

  g_mutex_lock (&self->lock);
  self->ended = self->ended || self->failure == NULL;
  g_mutex_unlock (&self->lock);
  fail (self, "its source has ended.", PLUG_IN);
}

/* On whatever thread posts; nothing is left for a main loop to do. */
static GstBusSyncReply
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  LanyardCameraPipeline *self = user_data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_CLOCK_LOST)
    fail (self, "its clock was lost.", PLUG_IN);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *debug = NULL;

      gst_message_parse_error (message, &error, &debug);
      g_debug ("camera: %s", debug != NULL ? debug : error->message);
      fail (self, error->message, find_advice (error));
    }
  gst_message_unref (message);
  return GST_BUS_DROP;
}

/* Before a decoder. */
static GstPadProbeReturn
on_compressed (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  LanyardCameraPipeline *self = user_data;
  GstClockTime at = GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info));
  int most = g_atomic_int_get (&self->most);

  if (most > 0 && GST_CLOCK_TIME_IS_VALID (at) && GST_CLOCK_TIME_IS_VALID (self->decoded)
      && at >= self->decoded && at - self->decoded < GST_SECOND / (guint)most)
    return GST_PAD_PROBE_DROP;
  self->decoded = at;
  return GST_PAD_PROBE_OK;
}

static void
on_element (const GValue *value, gpointer user_data)
{
  GstElement *element = g_value_get_object (value);
  GstElementFactory *factory = gst_element_get_factory (element);
  g_autoptr (GstPad) pad = NULL;

  if (factory == NULL
      || !gst_element_factory_list_is_type (factory, GST_ELEMENT_FACTORY_TYPE_DECODER))
    return;
  pad = gst_element_get_static_pad (element, "sink");
  if (pad != NULL)
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_compressed, user_data, NULL);
}

/* Pictures that are compressed each for itself can be left out before they are decoded. */
static void
watch_decoders (LanyardCameraPipeline *self, GstElement *head)
{
  GstIterator *elements = gst_bin_iterate_recurse (GST_BIN (head));

  gst_iterator_foreach (elements, on_element, self);
  gst_iterator_free (elements);
}

static gboolean
init_gstreamer (GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (gst_init_check (NULL, NULL, &cause))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE,
               "GStreamer does not start, so there is no camera: %s.",
               cause != NULL ? cause->message : "no reason given");
  return FALSE;
}

/* Returns: (transfer floating) (nullable): a bin of @words and @tail with one pad called @pad */
static GstElement *
parse_bin (const char *words, const char *tail, const char *pad, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GstPad) ghost = NULL;
  g_autofree char *all = g_strconcat (words, tail, NULL);
  GstElement *bin
      = gst_parse_bin_from_description_full (all, TRUE, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &cause);

  if (bin != NULL && cause == NULL)
    {
      ghost = gst_element_get_static_pad (bin, pad);
      if (ghost != NULL)
        return bin;
    }
  if (bin != NULL)
    gst_object_unref (gst_object_ref_sink (bin));
  if (g_error_matches (cause, GST_PARSE_ERROR, GST_PARSE_ERROR_NO_SUCH_ELEMENT))
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE,
                 "A part of GStreamer that the camera needs is missing: %s; install its plugin or "
                 "correct the camera's words \"%s\".",
                 cause->message, words);
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 "The camera's words \"%s\" cannot be understood: %s; correct the configuration.",
                 words,
                 cause != NULL ? cause->message : "they do not end in one stream of pictures");
  return NULL;
}

static void
connect_sink (GstElement *branches, const char *name, GstAppSinkCallbacks *callbacks, gpointer data)
{
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (branches), name);

  gst_app_sink_set_callbacks (GST_APP_SINK (sink), callbacks, data, NULL);
}

static void
connect_branches (LanyardCameraPipeline *self, GstElement *branches)
{
  GstAppSinkCallbacks frames = { .new_sample = on_frame, .eos = on_end };
  GstAppSinkCallbacks previews = { .new_sample = on_preview };
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);

  connect_sink (branches, "reader", &frames, self);
  connect_sink (branches, "preview", &previews, self);
  self->valve = gst_bin_get_by_name (GST_BIN (branches), "valve");
  gst_bus_set_sync_handler (bus, on_message, self, NULL);
}

LanyardCameraPipeline *
lanyard_camera_pipeline_new (const char *source,
                             LanyardPreviewFunc func,
                             gpointer user_data,
                             GError **error)
{
  LanyardCameraPipeline *self;
  GstElement *head, *branches;

  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (func != NULL, NULL);

  if (!init_gstreamer (error))
    return NULL;
  /* Paces sources that are not live, such as files, before the queues that drop: behind them the
   * pictures would come from ever farther ahead. Words may also end in caps, which must stand
   * between two elements. */
  head = parse_bin (source, " ! identity sync=true", "src", error);
  if (head == NULL)
    return NULL;
  branches = parse_bin (BRANCHES, "", "sink", error);
  if (branches == NULL)
    {
      gst_object_unref (gst_object_ref_sink (head));
      return NULL;
    }
  self = g_new0 (LanyardCameraPipeline, 1);
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  self->preview_func = func;
  self->preview_data = user_data;
  self->pipeline = gst_object_ref_sink (gst_pipeline_new ("camera"));
  gst_bin_add_many (GST_BIN (self->pipeline), head, branches, NULL);
  self->decoded = GST_CLOCK_TIME_NONE;
  watch_decoders (self, head);
  connect_branches (self, branches);
  if (!gst_element_link_pads (head, "src", branches, "sink"))
    fail (self, "its words do not end in raw video.", "Correct the configuration");
  return self;
}

void
lanyard_camera_pipeline_free (LanyardCameraPipeline *self)
{
  g_autoptr (GstBus) bus = NULL;

  if (self == NULL)
    return;
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_sync_handler (bus, NULL, NULL, NULL);
  g_clear_pointer (&self->valve, gst_object_unref);
  g_clear_pointer (&self->pipeline, gst_object_unref);
  g_clear_pointer (&self->newest, gst_sample_unref);
  g_clear_error (&self->failure);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  g_free (self);
}

void
lanyard_camera_pipeline_start (LanyardCameraPipeline *self)
{
  g_return_if_fail (self != NULL);

  if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    fail (self, "it cannot be started.", PLUG_IN);
}

LanyardFrame *
lanyard_camera_pipeline_wait (LanyardCameraPipeline *self, gint64 until_us, GError **error)
{
  g_autoptr (GstSample) sample = NULL;
  gint64 at_us;

  g_return_val_if_fail (self != NULL, NULL);

  g_mutex_lock (&self->lock);
  while (self->newest == NULL && self->failure == NULL && !self->woken)
    if (!g_cond_wait_until (&self->cond, &self->lock, until_us))
      break;
  sample = g_steal_pointer (&self->newest);
  at_us = self->newest_us;
  /* The last pictures before the end are still worth a look. */
  if (sample == NULL && self->failure != NULL)
    g_propagate_error (error, g_error_copy (self->failure));
  g_mutex_unlock (&self->lock);
  return sample != NULL ? lanyard_camera_sample_to_frame (sample, at_us, error) : NULL;
}

void
lanyard_camera_pipeline_wake (LanyardCameraPipeline *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  self->woken = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
}

void
lanyard_camera_pipeline_set_most (LanyardCameraPipeline *self, guint per_s)
{
  g_return_if_fail (self != NULL);

  g_atomic_int_set (&self->most, (int)per_s);
}

void
lanyard_camera_pipeline_set_preview (LanyardCameraPipeline *self, gboolean on)
{
  g_return_if_fail (self != NULL);

  g_object_set (self->valve, "drop", !on, NULL);
}

gboolean
lanyard_camera_pipeline_has_ended (LanyardCameraPipeline *self)
{
  gboolean ended;

  g_return_val_if_fail (self != NULL, FALSE);

  g_mutex_lock (&self->lock);
  ended = self->ended;
  g_mutex_unlock (&self->lock);
  return ended;
}
