/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-demo"

#include "demo-view.h"

#include <math.h>
#include <string.h>

/* The adjugate: a homography is only known up to a factor, so that no division is needed. */
static void
invert (const double *m, double *out)
{
  out[0] = m[4] * m[8] - m[5] * m[7];
  out[1] = m[2] * m[7] - m[1] * m[8];
  out[2] = m[1] * m[5] - m[2] * m[4];
  out[3] = m[5] * m[6] - m[3] * m[8];
  out[4] = m[0] * m[8] - m[2] * m[6];
  out[5] = m[2] * m[3] - m[0] * m[5];
  out[6] = m[3] * m[7] - m[4] * m[6];
  out[7] = m[1] * m[6] - m[0] * m[7];
  out[8] = m[0] * m[4] - m[1] * m[3];
}

void
demo_view_init (DemoView *view, double focal, double scale, double yaw, double pitch, double roll)
{
  /* The first two columns of Rz (roll) Ry (yaw) Rx (pitch): the card lies in z = 0. */
  double x[3] = { cos (roll) * cos (yaw), sin (roll) * cos (yaw), -sin (yaw) };
  double y[3] = { cos (roll) * sin (yaw) * sin (pitch) - sin (roll) * cos (pitch),
                  sin (roll) * sin (yaw) * sin (pitch) + cos (roll) * cos (pitch),
                  cos (yaw) * sin (pitch) };
  double homography[9] = { focal * scale * x[0], focal * scale * y[0], 0,
                           focal * scale * x[1], focal * scale * y[1], 0,
                           scale * x[2],         scale * y[2],         focal };

  memset (view, 0, sizeof *view);
  view->scale = scale;
  view->focal = focal;
  invert (homography, view->inverse);
}
