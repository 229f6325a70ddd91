/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-camera.h"
#include "lanyard-frame.h"

G_BEGIN_DECLS

/*
 * One run of a camera's GStreamer pipeline, from start to failure or end:
 *
 *   source words ─ tee ┬ queue ─ appsink: the newest frame, for …_wait(), as it comes
 *                      └ queue ─ valve ─ ≤ 15/s ─ ≤ 640 px ─ BGRx ─ appsink: previews
 *
 * Queues hold one picture and drop the older one, so a slow reader or screen never delays the
 * other.
 *
 * Assumes that what is compressed has each picture for itself, as MJPEG has: others cannot be left
 * out before they are decoded; and that the source's time stamps go up, or none is left out.
 * Assumes that decoding is most of what a camera costs: MJPEG of 1280 x 720 takes 2.5 ms a frame,
 * YUYV 0.06. Measured when frames began to be left out, with MJPEG at 30 a second, share of a core:
 * a code that is held up 10 % instead of 24, somebody who walks by 11 % instead of 26; and every
 * third frame before an empty room 7 % instead of 9.
 */
typedef struct _LanyardCameraPipeline LanyardCameraPipeline;

/**
 * lanyard_camera_pipeline_new:
 * @source: as for lanyard_camera_new()
 * @func: called on a streaming thread with each preview while previews are on
 * @error: LANYARD_ERROR_USAGE (words that cannot be understood), LANYARD_ERROR_UNAVAILABLE (a
 *   part of GStreamer is missing)
 *
 * Touches no device yet.
 *
 * Returns: (transfer full) (nullable)
 */
LanyardCameraPipeline *lanyard_camera_pipeline_new (const char *source,
                                                    LanyardPreviewFunc func,
                                                    gpointer user_data,
                                                    GError **error);
/* Stops it; when this returns no thread of the pipeline is left. */
void lanyard_camera_pipeline_free (LanyardCameraPipeline *pipeline);

/* Opens the device; what goes wrong with it comes from lanyard_camera_pipeline_wait(). */
void lanyard_camera_pipeline_start (LanyardCameraPipeline *pipeline);

/**
 * lanyard_camera_pipeline_wait:
 * @until_us: monotonic: when to give up
 * @error: LANYARD_ERROR_IO when the source has failed or ended, or sends what is no picture
 *
 * Returns: (transfer full) (nullable): the newest frame that was not given before; NULL without
 *   @error when there was none in time or after lanyard_camera_pipeline_wake()
 */
LanyardFrame *
lanyard_camera_pipeline_wait (LanyardCameraPipeline *pipeline, gint64 until_us, GError **error);
/* On any thread. Returns: whether the source came to its end before anything failed, as files do */
gboolean lanyard_camera_pipeline_has_ended (LanyardCameraPipeline *pipeline);
/* On any thread: lets lanyard_camera_pipeline_wait() return, now and ever after. */
void lanyard_camera_pipeline_wake (LanyardCameraPipeline *pipeline);
/* On any thread: how many frames a second are decoded at most, which is most of what a camera with
 * MJPEG costs; 0 for all. Frames keep their places in the stream: of 30 a second 20 leave every
 * other one, and 12 every third. */
void lanyard_camera_pipeline_set_most (LanyardCameraPipeline *pipeline, guint per_s);
/* On any thread: previews are off at first. */
void lanyard_camera_pipeline_set_preview (LanyardCameraPipeline *pipeline, gboolean on);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardCameraPipeline, lanyard_camera_pipeline_free)

G_END_DECLS
