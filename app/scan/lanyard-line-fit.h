/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-line-guess.h"
#include "lanyard-work.h"

G_BEGIN_DECLS

/* A code that explains a profile; lives as long as the call of LanyardLineFitFunc. */
typedef struct
{
  LanyardSymbology symbology;
  const guint32 *widths; /* spaces and bars in turn, quiet zones with them */
  guint n_widths;
  double from, to;    /* first and last bar's outer edges, bins */
  gboolean mirrored;  /* widths run from the end of the profile */
  double correlation; /* with the profile, mean of the characters' */
  double explained;   /* share of the profile's variance, to 1 */
  double margin;      /* of the character that is least sure: by how much the second best pattern
                         fits worse, mean square of darkness */
} LanyardLineFitted;

/* Returns: TRUE when that is enough, no other code is tried */
typedef gboolean (*LanyardLineFitFunc) (const LanyardLineFitted *fitted, gpointer user_data);

/* A profile and where a code in it may begin and end. */
typedef struct
{
  const float *grey; /* borrowed: n_bins */
  guint n_bins;
  LanyardLineExtent extent;
} LanyardLineProfile;

typedef struct _LanyardLineFit LanyardLineFit;

/* @symbologies: which to try */
LanyardLineFit *lanyard_line_fit_new (LanyardSymbologies symbologies);
void lanyard_line_fit_free (LanyardLineFit *fit);

/**
 * lanyard_line_fit_read:
 * @func: called for each code that explains the profile, likelier ones first
 *
 * Looks for the row of patterns that, blurred, comes nearest to a profile. What it says is no more
 * than a guess that fits: ZBar has to accept it, and other bands have to agree.
 */
void lanyard_line_fit_read (LanyardLineFit *fit,
                            LanyardWork *work,
                            const LanyardLineProfile *profile,
                            LanyardLineFitFunc func,
                            gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardLineFit, lanyard_line_fit_free)

G_END_DECLS
