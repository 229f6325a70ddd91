/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-shape.h"

#include <math.h>
#include <stdlib.h>

void
lanyard_shape_rounded (cairo_t *cr, const LanyardBox *box, double radius_mm)
{
  double r = MIN (radius_mm, MIN (box->width_mm, box->height_mm) / 2.0);
  double right = box->x_mm + box->width_mm;
  double bottom = box->y_mm + box->height_mm;

  cairo_new_path (cr);
  if (r <= 0.0)
    {
      cairo_rectangle (cr, box->x_mm, box->y_mm, box->width_mm, box->height_mm);
      return;
    }

  cairo_arc (cr, right - r, box->y_mm + r, r, -G_PI_2, 0.0);
  cairo_arc (cr, right - r, bottom - r, r, 0.0, G_PI_2);
  cairo_arc (cr, box->x_mm + r, bottom - r, r, G_PI_2, G_PI);
  cairo_arc (cr, box->x_mm + r, box->y_mm + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

void
lanyard_shape_set_colour (cairo_t *cr, const char *colour)
{
  guint rgb = strtoul (colour + 1, NULL, 16);

  cairo_set_source_rgb (cr, (rgb >> 16) / 255.0, ((rgb >> 8) & 0xff) / 255.0, (rgb & 0xff) / 255.0);
}
