/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-scanner.h"

G_BEGIN_DECLS

/*
 * Assumes that whoever starts a camera has a main context that runs, for what is read is told
 * there, and that GStreamer's words stay what they are while it runs. Words that cannot be
 * understood fail at once, for they do not mend themselves; whatever else is wrong with a device is
 * taken for something that mends itself. What a camera costs is measured where that arises: frames
 * in lanyard-live, decoding in lanyard-camera-pipeline.
 */

#define LANYARD_TYPE_CAMERA (lanyard_camera_get_type ())
G_DECLARE_FINAL_TYPE (LanyardCamera, lanyard_camera, LANYARD, CAMERA, GObject)

/* A small picture for the screen: BGRx (cairo RGB24, little endian), mirrored as in a mirror, at
 * most 640 px wide and high, at most 15 a second. */
typedef struct
{
  GBytes *pixels; /* stride × height bytes */
  guint width;    /* px */
  guint height;   /* px */
  guint stride;   /* bytes */
} LanyardPreview;

/* Called on a streaming thread; @preview is the callee's to keep by taking a reference to pixels.
 */
typedef void (*LanyardPreviewFunc) (const LanyardPreview *preview, gpointer user_data);

/**
 * lanyard_camera_new:
 * @source: GStreamer launch words that end in raw video, such as "v4l2src device=/dev/video0" or
 *   "multifilesrc location=frame-%03d.png caps=image/png,framerate=5/1 ! pngdec"; configuration
 *
 * A LanyardScanner: source → newest frame → reader on a thread of its own. When the source ends or
 * fails, or was never there, it is started again after a second, doubling to ten; until a picture
 * comes the fault says why, and the hint is LANYARD_HINT_NO_PICTURE.
 */
LanyardCamera *lanyard_camera_new (const char *source);
/* What to look for, from the next start on; LANYARD_SYMBOLOGIES_ALL at first. What is left out
 * costs nothing and is not reported. */
void lanyard_camera_set_symbologies (LanyardCamera *self, LanyardSymbologies symbologies);
/* @func: (nullable): where pictures go; NULL stops the preview branch's work. Must not call back
 * into the camera. When this returns, the function set before is not called any more. */
void lanyard_camera_set_preview_func (LanyardCamera *self,
                                      LanyardPreviewFunc func,
                                      gpointer user_data,
                                      GDestroyNotify destroy);

G_END_DECLS
