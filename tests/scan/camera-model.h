/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "code-pictures.h"

G_BEGIN_DECLS

/* How a camera sees a flat picture. What is 0 does no harm. */
typedef struct
{
  double scale;     /* px of the sensor for a px of the picture; 0: 1 */
  double turn_deg;  /* in the picture's plane, clockwise */
  double tilt_deg;  /* the right side goes away; seen from 2.5 picture widths */
  double blur_px;   /* Gaussian, sigma */
  double motion_px; /* to the right while the shutter was open */
  double contrast;  /* grey levels from black to white; 0: 200 */
  double noise;     /* grey levels, sigma */
  gboolean inverted;
  guint side_px; /* of the square sensor; 0: 480 */
} CameraModel;

/* Returns: (transfer full): the middle of @picture in the middle of the sensor, a fraction of a px
 * beside it that @seed tells, on a ground as light as paper */
Picture *camera_model_take (const CameraModel *model, const Picture *picture, guint32 seed);

G_END_DECLS
