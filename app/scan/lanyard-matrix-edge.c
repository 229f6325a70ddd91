/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-matrix-edge.h"

#include <math.h>
#include <stdlib.h>

/* Places along a side at which it is looked at. */
#define N_PLACES 53
#define N_DEPTH_PLACES 29
#define FIRST 0.55
#define LAST 1.45
/* Rays across the far side, and places on each: no nearer to each other than tells anything more.
 */
#define MIN_RAYS 33
#define MAX_RAYS 97
#define PX_PER_RAY 0.7
#define MIN_DEPTHS 48
#define MAX_DEPTHS 300
#define PX_PER_DEPTH 0.4
/* Of the places, how many must be dark inside and light outside of a solid side. */
#define MIN_SOLID 0.8
/* Of the rays across the two others, how many may end dark there. */
#define MAX_BORDER 0.8
#define MIN_MODULES 7
#define MAX_LONGER 2.5
#define MAX_MODULES 160
/* Grey values below which nothing is told from noise. */
#define MIN_CONTRAST 6
#define SAMPLES_PER_STEP 27
#define RAY_SAMPLES_PER_STEP 60

/* One solid side seen from the corner, and the way into the symbol. */
typedef struct
{
  const double *corner;
  double along[2]; /* px: from the corner to the end */
  double into[2];  /* px: along the other side */
  double length;   /* px, of into */
} Side;

/* What is dark along rays from a side across the one on the far side. */
typedef struct
{
  guint n_rays, n_depths;
  guint8 dark[MAX_RAYS][MAX_DEPTHS];
} Rays;

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static double
lightness_at (const LanyardQrPicture *picture, const Side *side, double along, double depth_px)
{
  double depth = depth_px / side->length;

  return lanyard_qr_picture_lightness (
      picture, side->corner[0] + along * side->along[0] + depth * side->into[0],
      side->corner[1] + along * side->along[1] + depth * side->into[1]);
}

/* Px from @side into the symbol until it is light. */
static double
depth_of (const LanyardQrPicture *picture, const Side *side, double along)
{
  double most = side->length / MIN_MODULES + 1;

  for (double depth = 1; depth < most; depth += 0.5)
    if (lightness_at (picture, side, along, depth) >= 0)
      return depth;
  return most;
}

/* Returns: px that a module is wide, 0 when that is no solid side */
static double
thickness (const LanyardQrPicture *picture, const Side *side, double *contrast)
{
  double depths[N_DEPTH_PLACES], module;
  guint n_good = 0;

  for (guint i = 0; i < N_DEPTH_PLACES; i++)
    depths[i] = depth_of (picture, side, (i + 0.5) / N_DEPTH_PLACES);
  qsort (depths, N_DEPTH_PLACES, sizeof *depths, compare_doubles);
  module = depths[N_DEPTH_PLACES / 4];
  if (module < 1 || module * MIN_MODULES > side->length || module * MAX_MODULES < side->length)
    return 0;
  for (guint i = 0; i < N_PLACES; i++)
    {
      double along = (i + 0.5) / N_PLACES;
      double inside = lightness_at (picture, side, along, module / 2);
      double outside = lightness_at (picture, side, along, -module / 2);

      n_good += inside < 0 && outside >= 0;
      *contrast += MIN (fabs (inside), 255) + MIN (fabs (outside), 255);
    }
  return n_good >= MIN_SOLID * N_PLACES ? module : 0;
}

/* A side may go on beyond where its outline bends, over dirt or a hollow: sets @along anew to where
 * the dark ends. */
static void
measure_length (const LanyardQrPicture *picture, Side *side, double module)
{
  double length = hypot (side->along[0], side->along[1]), end = 0.6;

  for (double t = end; t < MAX_LONGER && (t - end) * length < 1.6 * module; t += 0.4 / length)
    if (lightness_at (picture, side, t, module / 2) < 0)
      end = t;
  end += 0.2 / length;
  side->along[0] *= end;
  side->along[1] *= end;
}

/* FIRST to LAST of the length of @side. */
static void
cast_rays (const LanyardQrPicture *picture, const Side *side, Rays *rays, LanyardWork *work)
{
  double along = hypot (side->along[0], side->along[1]);

  rays->n_rays = (guint)CLAMP (along / PX_PER_RAY, MIN_RAYS, MAX_RAYS);
  rays->n_depths
      = (guint)CLAMP ((LAST - FIRST) * side->length / PX_PER_DEPTH, MIN_DEPTHS, MAX_DEPTHS);
  lanyard_work_spend (work, 1 + rays->n_rays * rays->n_depths / RAY_SAMPLES_PER_STEP);
  for (guint i = 0; i < rays->n_rays; i++)
    for (guint k = 0; k < rays->n_depths; k++)
      {
        double depth = (FIRST + (LAST - FIRST) * k / (rays->n_depths - 1)) * side->length;

        rays->dark[i][k] = lightness_at (picture, side, (i + 0.5) / rays->n_rays, depth) < 0;
      }
}

static gboolean
is_dark_at (const Rays *rays, guint ray, double share)
{
  int k = (int)((share - FIRST) / (LAST - FIRST) * (rays->n_depths - 1) + 0.5);

  return k >= 0 && k < (int)rays->n_depths && rays->dark[ray][k];
}

/* The far side goes through the end of the other solid side. Of all its directions, the one below
 * which most is dark, as every other module of a border, while above it all is light. Returns: how
 * far it is from the far end of @side, in lengths; 0 when there is none */
static double
far_extent (const LanyardQrPicture *picture, const Side *side, double module, LanyardWork *work)
{
  Rays rays;
  double share = module / side->length, first = 0, last = 0;
  int most;

  cast_rays (picture, side, &rays, work);
  most = (int)rays.n_rays / 6;
  for (double far = 0.62; far < 1.38; far += MAX (0.15 * share, 0.3 / side->length))
    {
      int score = 0;

      for (guint i = 0; i < rays.n_rays; i++)
        {
          double at = 1 + (i + 0.5) / rays.n_rays * (far - 1);

          if (is_dark_at (&rays, i, at + 0.3 * share) || is_dark_at (&rays, i, at + 0.6 * share))
            score -= 2;
          else if (is_dark_at (&rays, i, at - 0.3 * share)
                   && is_dark_at (&rays, i, at - 0.6 * share))
            score++;
        }
      /* A side that is dark all along is no border of a symbol. */
      if (score > MAX_BORDER * rays.n_rays)
        return 0;
      if (score > most)
        most = score, first = far;
      if (score == most)
        last = far;
    }
  return (first + last) / 2;
}

/* Where the line from @a by @b meets the one from @c by @d. */
static gboolean
cross (const double a[2], const double b[2], const double c[2], const double d[2], double at[2])
{
  double det = b[0] * d[1] - b[1] * d[0], t;

  if (fabs (det) < 1e-6)
    return FALSE;
  t = ((c[0] - a[0]) * d[1] - (c[1] - a[1]) * d[0]) / det;
  at[0] = a[0] + t * b[0];
  at[1] = a[1] + t * b[1];
  return TRUE;
}

gboolean
lanyard_matrix_edges_find (const LanyardQrPicture *picture,
                           LanyardMatrixCorner *corner,
                           gboolean lengthen,
                           LanyardMatrixEdges *edges,
                           LanyardWork *work)
{
  double up[2], right[2], width, height, module_across, module_up, far_up, far_across;
  double top[2], end[2];
  Side left, bottom;

  for (guint k = 0; k < 2; k++)
    {
      up[k] = corner->up[k] - corner->corner[k];
      right[k] = corner->right[k] - corner->corner[k];
    }
  width = hypot (right[0], right[1]);
  height = hypot (up[0], up[1]);
  left = (Side){ corner->corner, { up[0], up[1] }, { right[0], right[1] }, width };
  bottom = (Side){ corner->corner, { right[0], right[1] }, { up[0], up[1] }, height };

  lanyard_work_spend (work, 1 + N_PLACES * 20 / SAMPLES_PER_STEP);
  edges->contrast = 0;
  module_across = thickness (picture, &left, &edges->contrast);
  module_up = module_across > 0 ? thickness (picture, &bottom, &edges->contrast) : 0;
  edges->contrast /= 4 * N_PLACES;
  if (module_up == 0 || module_across > 2 * module_up || module_up > 2 * module_across
      || edges->contrast < MIN_CONTRAST)
    return FALSE;
  if (lengthen)
    {
      measure_length (picture, &left, module_across);
      measure_length (picture, &bottom, module_up);
      if (fabs (hypot (left.along[0], left.along[1]) - height) < 0.4 * module_up
          && fabs (hypot (bottom.along[0], bottom.along[1]) - width) < 0.4 * module_across)
        return FALSE;
    }
  for (guint k = 0; k < 2; k++)
    {
      up[k] = bottom.into[k] = left.along[k];
      right[k] = left.into[k] = bottom.along[k];
      corner->up[k] = corner->corner[k] + up[k];
      corner->right[k] = corner->corner[k] + right[k];
    }
  width = left.length = hypot (right[0], right[1]);
  height = bottom.length = hypot (up[0], up[1]);
  edges->columns = width / module_across;
  edges->rows = height / module_up;

  far_up = far_extent (picture, &bottom, module_up, work);
  far_across = far_up > 0 ? far_extent (picture, &left, module_across, work) : 0;
  if (far_up == 0 || far_across == 0)
    return FALSE;
  /* Directions of the two far sides, from the ends of the solid ones. */
  for (guint k = 0; k < 2; k++)
    {
      top[k] = right[k] + (far_up - 1) * up[k];
      end[k] = up[k] + (far_across - 1) * right[k];
    }
  return cross (corner->up, top, corner->right, end, edges->opposite);
}
