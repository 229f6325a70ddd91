/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  LANYARD_SETUP_TOO_DARK,
  LANYARD_SETUP_TOO_BRIGHT,
  LANYARD_SETUP_LIGHT_GOOD,
} LanyardSetupLight;

/* How good a camera's picture is for reading codes. Shares are 0 to 1. */
typedef struct
{
  double light;     /* mean grey */
  double burnt;     /* share of the picture that is white */
  double sharpness; /* steep steps between neighbours, to the range of grey */
  LanyardSetupLight verdict;
  gboolean sharp;
} LanyardSetupScore;

/**
 * lanyard_setup_score:
 * @pixels: four bytes each, of which the first three are colours, such as B, G, R, A
 * @width: px, at least 2
 * @height: px
 * @stride: bytes from row to row
 *
 * Sharpness is a step between neighbours that one pair in two hundred exceeds: a picture in which
 * anything has an edge tells it, and an even one (a wall) is not sharp.
 */
void lanyard_setup_score (LanyardSetupScore *score,
                          const guint8 *pixels,
                          guint width,
                          guint height,
                          gsize stride);

G_END_DECLS
