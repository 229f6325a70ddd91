/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-qr-version.h"

#include <math.h>

#define MAX_VERSION_ERRORS 3 /* of 18 bits: one more and two versions are equally near */
#define MIN_TIMING 0.15      /* what is below is no timing pattern, whatever the light */

/* The timing pattern from @from, whose row @across passes through it, to @to: a cubic that leaves
 * and arrives along their axes, for a straight line through modules that shrink with distance and
 * for a bent one. @along: 0 for the first axis, 1 for the second. Returns: -1 to 1 */
static double
timing_fit (const LanyardQrPicture *picture,
            const LanyardQrFinder *from,
            const LanyardQrFinder *to,
            guint along,
            guint side)
{
  double n = side - 15.0, sum = 0;
  double ax = along ? from->vx : from->ux, ay = along ? from->vy : from->uy;
  double bx = along ? to->vx : to->ux, by = along ? to->vy : to->uy;
  double x0 = from->x + 4 * ax + 3 * (along ? from->ux : from->vx);
  double y0 = from->y + 4 * ay + 3 * (along ? from->uy : from->vy);
  double x1 = to->x - 4 * bx + 3 * (along ? to->ux : to->vx);
  double y1 = to->y - 4 * by + 3 * (along ? to->uy : to->vy);

  for (guint i = 1; i < side - 15; i++)
    {
      double t = i / n, s = 1 - t;
      double a = s * s * (1 + 2 * t), b = t * t * (3 - 2 * t);
      double c = n * t * s * s, d = -n * t * t * s;

      sum += lanyard_qr_picture_agreement (picture, a * x0 + b * x1 + c * ax + d * bx,
                                           a * y0 + b * y1 + c * ay + d * by, !(i & 1));
    }
  return sum / (n - 1);
}

/* The version that the information beside @finder names; @copy as in the tables. Returns: 0 when
 * there is none */
static guint
version_named (const LanyardQrPicture *picture, const LanyardQrFinder *finder, guint copy)
{
  guint bits = 0;

  for (guint i = 0; i < 18; i++)
    {
      /* The information is 7 to 5 modules before the middle of the finder. */
      double near = -7.0 + i % 3, along = i / 3 - 3.0;
      double lightness = copy == 0 ? lanyard_qr_finder_lightness (picture, finder, along, near)
                                   : lanyard_qr_finder_lightness (picture, finder, near, along);

      bits |= (guint)(lightness < 0) << i;
    }
  for (guint version = 7; version <= 40; version++)
    if (__builtin_popcount (bits ^ lanyard_qr_version_bits (version)) <= MAX_VERSION_ERRORS)
      return version;
  return 0;
}

static void
rank (guint *versions, double *fits, guint *n, guint version, double fit)
{
  guint i;

  for (i = 0; i < *n; i++)
    if (versions[i] == version)
      return;
  if (*n == LANYARD_QR_MAX_VERSIONS && fits[*n - 1] >= fit)
    return;
  i = MIN (*n, LANYARD_QR_MAX_VERSIONS - 1);
  for (; i > 0 && fits[i - 1] < fit; i--)
    {
      fits[i] = fits[i - 1];
      versions[i] = versions[i - 1];
    }
  versions[i] = version;
  fits[i] = fit;
  *n = MIN (*n + 1, LANYARD_QR_MAX_VERSIONS);
}

guint
lanyard_qr_versions_find (const LanyardQrPicture *picture,
                          const LanyardQrTriple *triple,
                          guint versions[LANYARD_QR_MAX_VERSIONS])
{
  double estimate = ((triple->n_right + triple->n_below) / 2 - 10) / 4;
  int reach = 1 + (int)(estimate / 7);
  int middle = (int)lround (estimate);
  double fits[LANYARD_QR_MAX_VERSIONS];
  guint n = 0;

  if (estimate > 5.5)
    {
      guint right = version_named (picture, &triple->right, 1);
      guint below = version_named (picture, &triple->below, 0);

      if (right != 0 && fabs (right - estimate) < 4 + estimate / 3)
        rank (versions, fits, &n, right, right == below ? 3 : 2);
      if (below != 0 && fabs (below - estimate) < 4 + estimate / 3)
        rank (versions, fits, &n, below, 2);
      if (n > 0 && fits[0] == 3)
        return 1;
    }
  for (int version = MAX (middle - reach, 1); version <= MIN (middle + reach, 40); version++)
    {
      guint side = lanyard_qr_side ((guint)version);
      double right = timing_fit (picture, &triple->corner, &triple->right, 0, side);
      double down = timing_fit (picture, &triple->corner, &triple->below, 1, side);
      double fit = (right + down) / 2;

      if (fit > MIN_TIMING)
        rank (versions, fits, &n, (guint)version, fit - 0.05 * fabs (version - estimate));
    }
  return n;
}
