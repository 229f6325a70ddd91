/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/*
 * What stands on a recorded page, for a printer that has dots and no shades: codes, whose modules
 * must be a whole number of dots, and photos, which are dithered while all else is not. The marks
 * lie on the page itself and go where it goes. They are set while the page is drawn, before another
 * thread gets it.
 */

/* A bar code or a matrix code with its quiet zone. */
typedef struct
{
  double x_mm; /* of the page, from the left */
  double y_mm; /* from the top */
  double width_mm;
  double height_mm;
  guint columns;   /* modules across, quiet zone included */
  guint rows;      /* modules down, quiet zone included; 1: bars of the full height */
  guint8 *modules; /* (array): columns × rows, row by row: 1 is dark */
} LanyardPageCode;

typedef struct
{
  double x_mm;
  double y_mm;
  double width_mm;
  double height_mm;
} LanyardPagePhoto;

/* Most marks of a page, and most modules of a code on a side: the largest QR has 177, and a quiet
 * zone. */
#define LANYARD_PAGE_MAX_MARKS 64
#define LANYARD_PAGE_MAX_MODULES 1000

/**
 * lanyard_page_mark_code:
 * @cr: draws a page in mm; does nothing unless it records one
 * @code: what is drawn there with vectors too; copied
 *
 * Marks a code in the user space of @cr, which must not be turned.
 */
void lanyard_page_mark_code (cairo_t *cr, const LanyardPageCode *code);
/* The same for a photo. */
void lanyard_page_mark_photo (cairo_t *cr, const LanyardPagePhoto *photo);

/* Returns: (transfer none) (nullable) (element-type LanyardPageCode) */
const GPtrArray *lanyard_page_get_codes (cairo_surface_t *page);
/* Returns: (transfer none) (nullable) (element-type LanyardPagePhoto) */
const GPtrArray *lanyard_page_get_photos (cairo_surface_t *page);

G_END_DECLS
