/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-plane.h"

G_BEGIN_DECLS

/*
 * Which px of a plane are darker than the mean of the box around them.
 *
 * Assumes that light changes slowly compared with the box, and that the box holds dark and light:
 * what is larger than the box becomes hollow, so large symbols are searched in reduced planes.
 *
 * One row of means serves LANYARD_SIGN_ROWS rows: the mean of a box of 25 or more rows does not
 * change in two. At the edges the nearest whole box is used.
 */
#define LANYARD_SIGN_MAX_RADIUS 127 /* px; a column's sum must fit in 16 bits */
#define LANYARD_SIGN_ROWS 4

/* Keeps its memory from plane to plane. Zero-initialised is empty. */
typedef struct
{
  guint8 *dark;     /* width × height, rows without gaps: 1 is darker than its mean, 0 is not */
  guint8 *mean;     /* width × ⌈height / LANYARD_SIGN_ROWS⌉: means of the boxes, grey values */
  guint16 *columns; /* width: sums of the box's columns */
  guint width;      /* px */
  guint height;     /* px */
  gsize n_pixels;   /* room in dark */
  gsize n_means;    /* room in mean */
  guint n_columns;  /* room in columns */
} LanyardSignImage;

/* @radius: px, 1 to LANYARD_SIGN_MAX_RADIUS; smaller when the plane is */
void lanyard_sign_image_make (LanyardSignImage *image, const LanyardPlane *plane, guint radius);
void lanyard_sign_image_clear (LanyardSignImage *image);

/* The mean around px @x, @y; both must be inside. */
static inline guint8
lanyard_sign_image_mean (const LanyardSignImage *image, guint x, guint y)
{
  return image->mean[(gsize)(y / LANYARD_SIGN_ROWS) * image->width + x];
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardSignImage, lanyard_sign_image_clear)

G_END_DECLS
