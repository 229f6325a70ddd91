/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the camera sees each point of a flat card: a homography and the barrel of a cheap lens. */
typedef struct
{
  double inverse[9]; /* of the homography, row by row: frame to card */
  double scale;      /* px of the frame a px of the card, in its middle */
  double focal;      /* px */
  double card_x;     /* px of the card: the point about which it is turned */
  double card_y;
  double frame_x; /* px of the frame: where that point is seen */
  double frame_y;
  double distortion; /* share at the distance of one focal length */
} DemoView;

/* @focal: px; @scale: see above; @yaw, @pitch, @roll: radians. The points are left at 0. */
void
demo_view_init (DemoView *view, double focal, double scale, double yaw, double pitch, double roll);

/* @x, @y: px of the frame. @card_x, @card_y: (out): px of the card */
static inline void
demo_view_to_card (const DemoView *view, double x, double y, double *card_x, double *card_y)
{
  const double *m = view->inverse;
  double u = x - view->frame_x;
  double v = y - view->frame_y;
  double r2 = (u * u + v * v) / (view->focal * view->focal);
  double stretch = 1 + view->distortion * r2;
  double w;

  u *= stretch;
  v *= stretch;
  w = m[6] * u + m[7] * v + m[8];
  *card_x = view->card_x + (m[0] * u + m[1] * v + m[2]) / w;
  *card_y = view->card_y + (m[3] * u + m[4] * v + m[5]) / w;
}

G_END_DECLS
