/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>

#include "lanyard-printer.h"

G_BEGIN_DECLS

/* A page of black and white dots. A value. */
typedef struct
{
  guint width;     /* dots */
  guint height;    /* dots */
  guint row_bytes; /* bytes of a row: width / 8, rounded up */
  guint8 *bytes;   /* (array): row by row, the first dot in the highest bit; 1 is black */
} LanyardMonoRaster;

/* Most dots of a page: A5 at 600 dpi has 17 million. */
#define LANYARD_MONO_MAX_DOTS (32 * 1024 * 1024)
/* Smallest module of a code on paper: below it cameras on phones begin to fail. */
#define LANYARD_MONO_MIN_MODULE_MM 0.24
/* The same for bars: two dots at 300 dpi. */
#define LANYARD_MONO_MIN_BAR_MM 0.16

/* How a badge stands on the media. */
typedef struct
{
  double dpi;      /* dots per inch, both ways */
  double width_mm; /* of the media across the print head */
  double height_mm;
  gboolean turned; /* the badge lies on its side: turn it clockwise */
} LanyardMonoSheet;

/* Returns: (transfer full): all white */
LanyardMonoRaster *lanyard_mono_raster_alloc (guint width, guint height);
void lanyard_mono_raster_free (LanyardMonoRaster *raster);
gboolean lanyard_mono_raster_get (const LanyardMonoRaster *raster, guint x, guint y);
void lanyard_mono_raster_set (LanyardMonoRaster *raster, guint x, guint y, gboolean black);

/**
 * lanyard_mono_raster_new:
 * @page: a recording surface in mm, with its marks
 * @width_mm: of @page
 * @height_mm: of @page
 * @sheet: where it goes
 * @error: LANYARD_ERROR_LIMIT (too many dots), _REFUSED (a code would have modules that are too
 *   small), _FULL (no memory)
 *
 * What is darker than the middle is black and the rest is white, and thin strokes are what they are
 * against what is behind them: text and lines stay sharp, and small grey text whole. What would
 * turn out like its ground, white letters on light grey or black ones on dark, is outlined. Photos
 * are dithered, and codes are drawn anew with modules of a whole number of dots. Blocks.
 *
 * Returns: (transfer full) (nullable)
 */
LanyardMonoRaster *lanyard_mono_raster_new (cairo_surface_t *page,
                                            double width_mm,
                                            double height_mm,
                                            const LanyardMonoSheet *sheet,
                                            GError **error);

/**
 * lanyard_mono_module_dots:
 * @box_dots: length of a code with its quiet zone
 * @n_modules: in that length
 *
 * Returns: dots of a module: the nearest whole number that takes at most half a module of the quiet
 *   zone at either end; 0 when there is none
 */
guint lanyard_mono_module_dots (double box_dots, guint n_modules);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardMonoRaster, lanyard_mono_raster_free)

G_END_DECLS
