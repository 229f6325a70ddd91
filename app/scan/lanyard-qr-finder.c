/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-qr-finder.h"

#include <math.h>

/* Of all rays, how many must cross three borders at the right distances: a quarter may be lost to
 * dirt, a fold or a glare. */
#define MIN_RAYS (LANYARD_QR_RAYS * 3 / 4)
/* Of an open pattern, how many must cross the third: about half look at the symbol. */
#define MIN_CLOSED_RAYS (LANYARD_QR_RAYS * 5 / 16)
/* The third border is at 1.4 times the second; what is beyond this is another's. */
#define FARTHEST_FRAME 1.75
/* Modules: what is on average farther from its place is no pattern. */
#define MAX_ERROR 0.3
/* √(π/2): half a square's side over the root mean square of its border's coordinates, points evenly
 * spread over angles. */
#define SQUARE 1.2533
/* How far borders may be off besides half a module: as followed, and as looked up between px. */
#define ROUGH_PX 0.9
#define FINE_PX 0.6
#define N_ROUNDS 3 /* of assigning points to sides and fitting lines */

/* What one ray found; px from the middle. */
typedef struct
{
  double dx, dy;     /* direction */
  double borders[3]; /* px from the middle */
  guint n_borders;   /* 3; 2 where the frame runs on into the ground */
  gboolean valid;
} Ray;

/* A point and how many modules from the middle it lies on a square around it. */
typedef struct
{
  double x, y;
  double modules;
} BorderPoint;

/* Unit vectors, clockwise from the right. */
static double directions[LANYARD_QR_RAYS][2];

static void
make_directions (void)
{
  static gsize made;

  if (!g_once_init_enter (&made))
    return;
  for (guint i = 0; i < LANYARD_QR_RAYS; i++)
    {
      directions[i][0] = cos (i * 2 * G_PI / LANYARD_QR_RAYS);
      directions[i][1] = sin (i * 2 * G_PI / LANYARD_QR_RAYS);
    }
  g_once_init_leave (&made, 1);
}

/* How much lighter than its surroundings; between px linear. */
static double
contrast_at (const LanyardSignImage *sign, const LanyardPlane *plane, double x, double y)
{
  int left = (int)x, top = (int)y;
  const guint8 *at;
  double fx, fy;

  if (x < 0 || y < 0 || left + 1 >= (int)plane->width || top + 1 >= (int)plane->height)
    return 0;
  at = plane->data + (gsize)top * plane->stride + left;
  fx = x - left, fy = y - top;
  return (1 - fy) * ((1 - fx) * at[0] + fx * at[1])
         + fy * ((1 - fx) * at[plane->stride] + fx * at[plane->stride + 1])
         - lanyard_sign_image_mean (sign, (guint)left, (guint)top);
}

/* How far along the px step that ends @i px out the border lies. */
static double
border_at (const LanyardSignImage *sign,
           const LanyardPlane *plane,
           const LanyardQrFinder *finder,
           const Ray *ray,
           int i)
{
  double before
      = contrast_at (sign, plane, finder->x + (i - 1) * ray->dx, finder->y + (i - 1) * ray->dy);
  double after = contrast_at (sign, plane, finder->x + i * ray->dx, finder->y + i * ray->dy);

  if (before == after)
    return i - 0.5;
  return i - 1 + CLAMP (before / (before - after), -0.5, 1.5);
}

/* Follows one direction until three borders are crossed: to half a px. */
static void
follow (const LanyardSignImage *sign, const LanyardQrFinder *finder, int reach, Ray *ray)
{
  int x = (int)((finder->x + 0.5) * 65536), y = (int)((finder->y + 0.5) * 65536);
  int dx = (int)(ray->dx * 65536), dy = (int)(ray->dy * 65536);
  guint8 colour = !finder->inverted;

  ray->n_borders = 0;
  for (int i = 1; i <= reach && ray->n_borders < 3; i++)
    {
      guint column = (guint)((x + i * dx) >> 16), row = (guint)((y + i * dy) >> 16);

      if (column >= sign->width || row >= sign->height)
        {
          /* A frame that touches the rim of the picture ends there. */
          if (ray->n_borders == 2)
            ray->borders[ray->n_borders++] = i - 0.5;
          return;
        }
      if (sign->dark[(gsize)row * sign->width + column] == colour)
        continue;
      ray->borders[ray->n_borders++] = i - 0.5;
      colour = !colour;
    }
}

/* 1.5 : 2.5 : 3.5, or as many of them as there are, with room for spread ink and, @px, for small
 * modules. */
static gboolean
is_proportional (const double borders[3], guint n_borders, double px)
{
  double module = n_borders == 3 ? (borders[0] + borders[1] + borders[2]) / 7.5
                                 : (borders[0] + borders[1]) / 4;
  double slack = 0.5 * module + px;

  return fabs (borders[0] - 1.5 * module) < slack && fabs (borders[1] - 2.5 * module) < slack
         && (n_borders == 2 || fabs (borders[2] - 3.5 * module) < slack);
}

/* Neighbouring rays far apart in time, so that what is no pattern is soon given up. Returns:
 * whether enough hold */
static gboolean
shoot (const LanyardSignImage *sign,
       const LanyardQrFinder *finder,
       int reach,
       gboolean open,
       Ray rays[LANYARD_QR_RAYS])
{
  guint n_lost = 0, n_closed = 0;

  for (guint i = 0; i < LANYARD_QR_RAYS; i++)
    {
      Ray *ray = &rays[i * 13 % LANYARD_QR_RAYS];

      ray->dx = directions[ray - rays][0], ray->dy = directions[ray - rays][1];
      follow (sign, finder, reach, ray);
      if (open && ray->n_borders == 3 && ray->borders[2] > FARTHEST_FRAME * ray->borders[1] + 1)
        ray->n_borders = 2;
      ray->valid = ray->n_borders >= (open ? 2 : 3)
                   && is_proportional (ray->borders, ray->n_borders, ROUGH_PX);
      if (!ray->valid && ++n_lost > LANYARD_QR_RAYS - MIN_RAYS)
        return FALSE;
      n_closed += ray->valid && ray->n_borders == 3;
    }
  return n_closed >= MIN_CLOSED_RAYS;
}

/* Halfway between two neighbouring borders, whose places are looked up between px. Returns: how
 * many points, 0 when too few rays hold */
static guint
gather (const LanyardSignImage *sign,
        const LanyardPlane *plane,
        const LanyardQrFinder *finder,
        const Ray rays[LANYARD_QR_RAYS],
        BorderPoint points[2 * LANYARD_QR_RAYS])
{
  guint n = 0, n_rays = 0;

  for (guint i = 0; i < LANYARD_QR_RAYS; i++)
    {
      const Ray *ray = &rays[i];
      double borders[3];

      if (!ray->valid)
        continue;
      for (guint k = 0; k < ray->n_borders; k++)
        borders[k] = border_at (sign, plane, finder, ray, (int)(ray->borders[k] + 0.5));
      if (!is_proportional (borders, ray->n_borders, FINE_PX))
        continue;
      n_rays++;
      for (guint k = 0; k + 1 < ray->n_borders; k++)
        {
          double middle = (borders[k] + borders[k + 1]) / 2;

          points[n++]
              = (BorderPoint){ finder->x + middle * ray->dx, finder->y + middle * ray->dy, k + 2 };
        }
    }
  return n_rays < MIN_RAYS ? 0 : n;
}

/* A first guess of the axes: stretch the points until they are as wide as high (that undoes the
 * tilt but for a turn), then see at which angle the corners stick out. */
static gboolean
guess_axes (LanyardQrFinder *finder, const BorderPoint *points, guint n)
{
  double xx = 0, xy = 0, yy = 0, re = 0, im = 0;
  double l00, l10, l11, turn, c, s;

  for (guint i = 0; i < n; i++)
    {
      double x = (points[i].x - finder->x) / points[i].modules;
      double y = (points[i].y - finder->y) / points[i].modules;

      xx += x * x / n;
      xy += x * y / n;
      yy += y * y / n;
    }
  l00 = sqrt (xx);
  l10 = xy / l00;
  l11 = sqrt (MAX (yy - l10 * l10, 0));
  if (!(l00 > 0 && l11 > 0.05 * l00))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      double x = (points[i].x - finder->x) / points[i].modules / l00;
      double y = ((points[i].y - finder->y) / points[i].modules - l10 * x) / l11;
      /* Four times the angle: the fourth power of what points there, at length 1. */
      double rr = x * x + y * y, c2 = (x * x - y * y) / rr, s2 = 2 * x * y / rr;
      double far = sqrt (rr) - 1.4;

      re += far * (c2 * c2 - s2 * s2);
      im += far * 2 * c2 * s2;
    }
  turn = (atan2 (im, re) - G_PI) / 4;
  c = SQUARE * cos (turn), s = SQUARE * sin (turn);
  finder->ux = l00 * c;
  finder->uy = l10 * c + l11 * s;
  finder->vx = -l00 * s;
  finder->vy = -l10 * s + l11 * c;
  return TRUE;
}

/* The map to modules from the px of one module. */
static void
invert (LanyardQrFinder *finder)
{
  double area = finder->ux * finder->vy - finder->uy * finder->vx;

  finder->u[0] = finder->vy / area;
  finder->u[1] = -finder->vx / area;
  finder->v[0] = -finder->uy / area;
  finder->v[1] = finder->ux / area;
  finder->u[2] = -finder->u[0] * finder->x - finder->u[1] * finder->y;
  finder->v[2] = -finder->v[0] * finder->x - finder->v[1] * finder->y;
  finder->size = sqrt (fabs (area));
}

/* Least squares of w[0] x + w[1] y + w[2] = target, about the middle of all for its numbers' sake.
 * Returns: FALSE when the points do not tell */
static gboolean
fit_side (const BorderPoint *points, const double *targets, guint n, double w[3])
{
  double mx = 0, my = 0, mt = 0, xx = 0, xy = 0, yy = 0, xt = 0, yt = 0, det;

  if (n < 6)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      mx += points[i].x / n;
      my += points[i].y / n;
      mt += targets[i] / n;
    }
  for (guint i = 0; i < n; i++)
    {
      double x = points[i].x - mx, y = points[i].y - my, t = targets[i] - mt;

      xx += x * x;
      xy += x * y;
      yy += y * y;
      xt += x * t;
      yt += y * t;
    }
  det = xx * yy - xy * xy;
  if (!(det > 1e-6 * (xx + yy) * (xx + yy)))
    return FALSE;
  w[0] = (xt * yy - yt * xy) / det;
  w[1] = (yt * xx - xt * xy) / det;
  w[2] = mt - w[0] * mx - w[1] * my;
  return TRUE;
}

/* One round: which side each point is on, then both maps anew. */
static gboolean
fit_round (LanyardQrFinder *finder, const BorderPoint *points, guint n)
{
  BorderPoint on[2][2 * LANYARD_QR_RAYS];
  double targets[2][2 * LANYARD_QR_RAYS];
  guint n_on[2] = { 0, 0 };

  for (guint i = 0; i < n; i++)
    {
      double u, v;
      guint axis;

      lanyard_qr_finder_locate (finder, points[i].x, points[i].y, &u, &v);
      /* Corners are round in a picture. */
      if (fabs (fabs (u) - fabs (v)) < 0.15 * points[i].modules)
        continue;
      axis = fabs (v) > fabs (u);
      if (fabs (MAX (fabs (u), fabs (v)) - points[i].modules) > 1.5)
        continue;
      on[axis][n_on[axis]] = points[i];
      targets[axis][n_on[axis]++] = copysign (points[i].modules, axis ? v : u);
    }
  if (!fit_side (on[0], targets[0], n_on[0], finder->u)
      || !fit_side (on[1], targets[1], n_on[1], finder->v))
    return FALSE;
  double area = finder->u[0] * finder->v[1] - finder->u[1] * finder->v[0];

  if (!(fabs (area) > 1e-9))
    return FALSE;
  finder->ux = finder->v[1] / area;
  finder->uy = -finder->v[0] / area;
  finder->vx = -finder->u[1] / area;
  finder->vy = finder->u[0] / area;
  finder->x = -(finder->ux * finder->u[2] + finder->vx * finder->v[2]);
  finder->y = -(finder->uy * finder->u[2] + finder->vy * finder->v[2]);
  finder->size = sqrt (1 / fabs (area));
  return TRUE;
}

static double
mean_error (const LanyardQrFinder *finder, const BorderPoint *points, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      double u, v;

      lanyard_qr_finder_locate (finder, points[i].x, points[i].y, &u, &v);
      sum += fabs (MAX (fabs (u), fabs (v)) - points[i].modules);
    }
  return sum / n;
}

gboolean
lanyard_qr_finder_fit (const LanyardSignImage *sign,
                       const LanyardPlane *plane,
                       double x,
                       double y,
                       double module_x,
                       double module_y,
                       gboolean inverted,
                       gboolean open,
                       LanyardQrFinder *finder)
{
  Ray rays[LANYARD_QR_RAYS];
  BorderPoint points[2 * LANYARD_QR_RAYS];
  int reach = (int)(8 * MAX (module_x, module_y)) + 4;
  guint n;

  make_directions ();
  *finder = (LanyardQrFinder){ .x = x, .y = y, .inverted = inverted };
  if (!shoot (sign, finder, reach, open, rays))
    return FALSE;
  n = gather (sign, plane, finder, rays, points);
  if (n == 0 || !guess_axes (finder, points, n))
    return FALSE;
  invert (finder);
  for (guint i = 0; i < N_ROUNDS; i++)
    if (!fit_round (finder, points, n))
      return FALSE;
  finder->error = mean_error (finder, points, n);
  return finder->error < MAX_ERROR;
}

void
lanyard_qr_finder_turn (LanyardQrFinder *finder, double x, double y)
{
  for (guint i = 0; i < 4; i++)
    {
      double u = finder->u[0] * x + finder->u[1] * y, v = finder->v[0] * x + finder->v[1] * y;
      double ux = finder->ux, uy = finder->uy;

      if (u > 0 && fabs (u) >= fabs (v))
        return;
      /* A quarter: the second axis becomes the first. */
      for (guint k = 0; k < 3; k++)
        {
          double old = finder->u[k];

          finder->u[k] = finder->v[k];
          finder->v[k] = -old;
        }
      finder->ux = finder->vx, finder->uy = finder->vy;
      finder->vx = -ux, finder->vy = -uy;
    }
}
