/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANYARD_TYPE_CAMERA_VIEW (lanyard_camera_view_get_type ())
G_DECLARE_FINAL_TYPE (LanyardCameraView, lanyard_camera_view, LANYARD, CAMERA_VIEW, GtkWidget)

/* The camera's picture with the frame into which a code is to be held; a drawing of what to do as
 * long as there is no picture. Property "guide": "code" (a square), "badge" (an upright
 * card) or "document" (the page of a passport with the photograph). */

/* @picture: (nullable): NULL: the camera is gone */
void lanyard_camera_view_set_picture (LanyardCameraView *self, GdkTexture *picture);
/* @beckons: every few seconds the frame, or the drawing, comes a little nearer and goes back, so
 * that people in a hall see that somebody is meant. Never where animations are off. */
void lanyard_camera_view_set_beckons (LanyardCameraView *self, gboolean beckons);
/* Returns: whether it moves, or will */
gboolean lanyard_camera_view_is_moving (LanyardCameraView *self);

G_END_DECLS
