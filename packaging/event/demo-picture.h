/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* A colour picture of floats, 0 black … 1 white, three a pixel, row by row. */
typedef struct
{
  guint width;  /* px */
  guint height; /* px */
  float *rgb;   /* 3 × width × height */
} DemoPicture;

DemoPicture *demo_picture_new (guint width, guint height);
void demo_picture_free (DemoPicture *picture);

/* Returns: (transfer full): the opaque content of @surface, which is RGB24 or ARGB32 */
DemoPicture *demo_picture_new_from_surface (cairo_surface_t *surface);

/* @x, @y: px, outside means the edge. @rgb: (out caller-allocates): three values between the four
 * neighbours */
void demo_picture_sample (const DemoPicture *picture, double x, double y, float *rgb);

/* What a lens out of focus does: a Gaussian of @sigma px. */
void demo_picture_blur (DemoPicture *picture, double sigma);

/* What a hand that moves does: a mean over @length px towards @angle radians. */
void demo_picture_smear (DemoPicture *picture, double length, double angle);

/* What a small sensor does: @level is the standard deviation in the middle greys. */
void demo_picture_add_noise (DemoPicture *picture, double level, guint64 seed);

/* Writes a PNG of what is left after the camera's own JPEG of @quality percent. */
gboolean
demo_picture_write (const DemoPicture *picture, int quality, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DemoPicture, demo_picture_free)

G_END_DECLS
