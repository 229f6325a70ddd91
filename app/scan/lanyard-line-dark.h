/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-line-template.h"

G_BEGIN_DECLS

/* How dark a profile is, from its start or from its end; zero-initialised is empty. Positions are
 * bins from where it is looked at. */
typedef struct
{
  double *sums; /* owned (nullable): of the darkness before each bin; n_bins + 1 */
  guint n_bins;
  guint allocated;
} LanyardLineDark;

void lanyard_line_dark_clear (LanyardLineDark *dark);
/* @mirrored: look at it from its end */
void
lanyard_line_dark_load (LanyardLineDark *dark, const float *grey, guint n_bins, gboolean mirrored);

/* Means over @n pieces of @step bins each from @from on, 0 light to 255 dark; light outside. */
void lanyard_line_dark_fetch (const LanyardLineDark *dark,
                              double from,
                              double step,
                              guint n,
                              float *samples);
/* Takes their mean off @samples. Returns: the sum of the squares that are left */
double lanyard_line_dark_center (float *samples, guint n);

/**
 * lanyard_line_dark_correlate:
 * @samples: centred, the sum of their squares is @norm
 * @pattern: of a LanyardTemplate
 * @base: what is there besides the pattern
 *
 * Returns: -1 to 1
 */
double lanyard_line_dark_correlate (const float *samples,
                                    double norm,
                                    const float *pattern,
                                    const float *base,
                                    guint n);

/* What the patterns beside a slot of @n samples bleed into it. @left: what the left one has behind
 * its end, @right: what the right one has before its begin; NULL is light. */
void lanyard_line_dark_bleed (const float *left, const float *right, guint n, float *base);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardLineDark, lanyard_line_dark_clear)

G_END_DECLS
