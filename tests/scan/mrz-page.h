/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-mrz.h"
#include "ocrb-font.h"

G_BEGIN_DECLS

/* Ten characters an inch, 9303-3 §4.4. */
#define MRZ_PITCH_MM 2.54

/* A drawn page of a document. */
typedef struct
{
  cairo_surface_t *surface; /* owned: grey, paper and print */
  const guint8 *pixels;     /* of the surface, four bytes each */
  gsize stride;             /* bytes */
  int width_px;
  int height_px;
  double width_mm;
  double height_mm;
  double px_per_mm;
} MrzPage;

/**
 * mrz_page_draw:
 * @text: (nullable): lines of the zone; NULL: other print stands there
 * @ink: 1 is black, 0 is invisible
 * @pitch_px: how large the page will be seen: it is drawn somewhat larger
 * @random: where portrait and guilloche come from
 */
void mrz_page_draw (MrzPage *page,
                    LanyardMrzFormat format,
                    const char *text,
                    const OcrbLook *look,
                    double ink,
                    double pitch_px,
                    GRand *random);
/* Where the zone is: mm from the middle of the page. */
void mrz_page_get_zone (LanyardMrzFormat format,
                        double *left,
                        double *top,
                        double *right,
                        double *bottom);
void mrz_page_clear (MrzPage *page);

/* @u, @v: mm from the middle. Returns: FALSE beside the page */
gboolean mrz_page_sample (const MrzPage *page, double u, double v, float *value);

G_END_DECLS
