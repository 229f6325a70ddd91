/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* A box in the user space of the badge. */
typedef struct
{
  double x_mm;
  double y_mm;
  double width_mm;
  double height_mm;
} LanyardBox;

/* A path round @box with rounded corners. */
void lanyard_shape_rounded (cairo_t *cr, const LanyardBox *box, double radius_mm);
/* @colour: "#rrggbb" */
void lanyard_shape_set_colour (cairo_t *cr, const char *colour);

G_END_DECLS
