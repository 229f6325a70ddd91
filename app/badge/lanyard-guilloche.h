/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Patterns that only one serial has. Whoever copies a badge and changes its serial has to draw the
 * pattern anew, and has to know how.
 *
 * h = BLAKE2b-256 over "lanyard/guilloche/1", NUL, serial (UTF-8); h[i] its bytes, from 0.
 *
 *   f1 = 2 + h[0] mod 4     p1 = h[2] / 256     a = 0.45 + 0.3 h[4] / 255
 *   f2 = 6 + h[1] mod 6     p2 = h[3] / 256     c = 1 + h[5] mod 3
 *
 * A wave k of n, u from 0 (left) to 1 (right) of the slot, v from -1 (top) to 1 (bottom):
 *
 *   v(u) = a sin (2π (f1 u + p1 + k/n)) + (1 − a) sin (2π (f2 u + p2 − c k/n))
 *
 * A rosette has, for an angle t from 0 to 1 of a turn, the radius (1: to the slot's nearer edge)
 *
 *   r(t) = 0.62 + 0.38 (a sin (2π ((f1 + 4) t + p1 + k/n)) + (1 − a) sin (2π ((f2 + 6) t + p2 − c
 * k/n)))
 *
 * Micro-text begins h[6] / 256 of its width, and each further line h[7 + line mod 24] / 256, to the
 * left of the slot.
 */
typedef struct
{
  guint f1;
  guint f2;
  double p1;
  double p2;
  double a;
  double c;
  double shifts[25]; /* of lines of micro-text: shares of the width of its words */
} LanyardGuilloche;

/* @serial: (nullable): of the badge */
void lanyard_guilloche_init (LanyardGuilloche *guilloche, const char *serial);
/* v of curve @k of @n at @u; @slope: (out): dv/du */
double lanyard_guilloche_wave (const LanyardGuilloche *guilloche,
                               guint k,
                               guint n,
                               double u,
                               double *slope);
/* r of curve @k of @n at @t; @slope: (out): dr/dt */
double lanyard_guilloche_rosette (const LanyardGuilloche *guilloche,
                                  guint k,
                                  guint n,
                                  double t,
                                  double *slope);

G_END_DECLS
