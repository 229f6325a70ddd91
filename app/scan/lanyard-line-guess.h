/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-line-dark.h"

G_BEGIN_DECLS

#define LANYARD_LINE_MAX_GUESSES 5

/* A code that might fill a profile. */
typedef struct
{
  const LanyardLineLayout *layout;
  guint n_characters, n_slots;
  guint blur;        /* index of lanyard_templates_blur() */
  double from, step; /* bins: where its first bar begins, and of each sample of a template */
  double score;      /* how well start and stop fit, to 1 */
} LanyardLineGuess;

/* What is known of a profile before anything is compared. */
typedef struct
{
  double from, to;                  /* bins: outer edges of first and last bar, to half a module */
  guint n_edges;                    /* seen between; blur hides some of a code's */
  double least_module, most_module; /* bins */
} LanyardLineExtent;

/* Returns: how many codes of @symbologies might be there, the likeliest first. @n_macs: (inout):
 * multiplications it took */
guint lanyard_line_guess (LanyardTemplates *templates,
                          const LanyardLineDark *dark,
                          const LanyardLineExtent *extent,
                          LanyardSymbologies symbologies,
                          LanyardLineGuess guesses[LANYARD_LINE_MAX_GUESSES],
                          guint64 *n_macs);

G_END_DECLS
