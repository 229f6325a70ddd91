/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-guilloche.h"

#include <math.h>
#include <string.h>

#include "lanyard-hash.h"

#define DOMAIN "lanyard/guilloche/1"
#define TURN (2.0 * G_PI)
#define ROSETTE_MEAN 0.62
#define ROSETTE_SWING 0.38

void
lanyard_guilloche_init (LanyardGuilloche *guilloche, const char *serial)
{
  LanyardHash hash;
  const guint8 *h = hash.bytes;

  g_return_if_fail (guilloche != NULL);

  if (serial == NULL)
    serial = "";
  lanyard_hash_compute (&hash, DOMAIN, serial, strlen (serial), NULL, 0);
  *guilloche = (LanyardGuilloche){
    .f1 = 2 + h[0] % 4,
    .f2 = 6 + h[1] % 6,
    .p1 = h[2] / 256.0,
    .p2 = h[3] / 256.0,
    .a = 0.45 + 0.3 * h[4] / 255.0,
    .c = 1 + h[5] % 3,
  };
  for (guint i = 0; i < G_N_ELEMENTS (guilloche->shifts); i++)
    guilloche->shifts[i] = h[6 + i] / 256.0;
}

/* Two sines of @f1 and @f2 waves a unit. */
static double
sum (const LanyardGuilloche *g, double f1, double f2, double share, double x, double *slope)
{
  double first = TURN * (f1 * x + g->p1 + share);
  double second = TURN * (f2 * x + g->p2 - g->c * share);

  *slope = TURN * (g->a * f1 * cos (first) + (1.0 - g->a) * f2 * cos (second));

  return g->a * sin (first) + (1.0 - g->a) * sin (second);
}

double
lanyard_guilloche_wave (const LanyardGuilloche *guilloche,
                        guint k,
                        guint n,
                        double u,
                        double *slope)
{
  g_return_val_if_fail (guilloche != NULL && n > 0, 0.0);

  return sum (guilloche, guilloche->f1, guilloche->f2, (double)k / n, u, slope);
}

double
lanyard_guilloche_rosette (const LanyardGuilloche *guilloche,
                           guint k,
                           guint n,
                           double t,
                           double *slope)
{
  double swing;

  g_return_val_if_fail (guilloche != NULL && n > 0, 0.0);

  swing = sum (guilloche, guilloche->f1 + 4, guilloche->f2 + 6, (double)k / n, t, slope);
  *slope *= ROSETTE_SWING;

  return ROSETTE_MEAN + ROSETTE_SWING * swing;
}
