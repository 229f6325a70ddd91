/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-mono-raster.h"

G_BEGIN_DECLS

/* Shades of a part of a page, 0 black … 255 white. A value. */
typedef struct
{
  guint x, y; /* of its top left dot on the page */
  guint width, height;
  guint8 *shades; /* (array): width × height, row by row */
} LanyardMonoPatch;

/**
 * lanyard_mono_dither:
 * @raster: takes the dots
 * @patch: lies within @raster; changed
 *
 * Turns a photo into dots: its range of shades is stretched, it is sharpened a little, and errors
 * are diffused as of Floyd and Steinberg, to and fro. Shades are diffused as they are, not as
 * light: thermal heads make dots that are larger than they should be, which this evens out. Pure.
 */
void lanyard_mono_dither (LanyardMonoRaster *raster, LanyardMonoPatch *patch);

G_END_DECLS
