/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-qr-triple.h"

#include <math.h>

/* Modules between the middles of finders: 14 in version 1, 170 in version 40. */
#define MIN_MODULES 11.0
#define MAX_MODULES 200.0
#define MAX_SLOPE 0.4 /* how far off the axis another pattern may lie */
#define MAX_DOUBT 2.0
#define MAX_ARMS 24 /* patterns along the axes of one corner */

/* A pattern that lies along an axis of the corner. */
typedef struct
{
  guint index;
  guint axis;     /* 0 or 1 */
  double modules; /* from the corner */
  double doubt;
} Arm;

/* How far off the nearer axis of @from the px @x, @y lie, and how many modules along it. */
static double
slope_to (const LanyardQrFinder *from, const LanyardQrFinder *to, double *along, guint *axis)
{
  double u, v;

  lanyard_qr_finder_locate (from, to->x, to->y, &u, &v);
  *axis = fabs (v) > fabs (u);
  *along = MAX (fabs (u), fabs (v));
  return MIN (fabs (u), fabs (v)) / *along;
}

static gboolean
look_along (const LanyardQrFinder *corner, const LanyardQrFinder *other, Arm *arm)
{
  double there, back, slope_there, slope_back;
  guint axis_back;

  if (other->inverted != corner->inverted || other->size > 3 * corner->size
      || corner->size > 3 * other->size)
    return FALSE;
  slope_there = slope_to (corner, other, &there, &arm->axis);
  if (!(slope_there < MAX_SLOPE))
    return FALSE;
  slope_back = slope_to (other, corner, &back, &axis_back);
  if (!(slope_back < MAX_SLOPE))
    return FALSE;
  arm->modules = sqrt (there * back);
  arm->doubt = slope_there + slope_back + 0.3 * fabs (log (there / back));
  return arm->modules > MIN_MODULES && arm->modules < MAX_MODULES;
}

static void
insert (LanyardQrTriple *triples, guint *n, const LanyardQrTriple *triple)
{
  guint i;

  if (*n == LANYARD_QR_MAX_TRIPLES && triples[*n - 1].doubt <= triple->doubt)
    return;
  i = MIN (*n, LANYARD_QR_MAX_TRIPLES - 1);
  for (; i > 0 && triples[i - 1].doubt > triple->doubt; i--)
    triples[i] = triples[i - 1];
  triples[i] = *triple;
  *n = MIN (*n + 1, LANYARD_QR_MAX_TRIPLES);
}

/* Axes of all three along the symbol's. */
static void
turn_all (LanyardQrTriple *triple)
{
  double x = triple->right.x - triple->corner.x, y = triple->right.y - triple->corner.y;

  lanyard_qr_finder_turn (&triple->corner, x, y);
  lanyard_qr_finder_turn (&triple->right, x, y);
  lanyard_qr_finder_turn (&triple->below, triple->corner.ux, triple->corner.uy);
}

static void
join (const LanyardQrFinder *finders,
      guint corner,
      const Arm *first,
      const Arm *second,
      LanyardQrTriple *triples,
      guint *n)
{
  const LanyardQrFinder *c = &finders[corner], *f = &finders[first->index],
                        *s = &finders[second->index];
  double unequal = fabs (log (first->modules / second->modules));
  double cross = (f->x - c->x) * (s->y - c->y) - (f->y - c->y) * (s->x - c->x);
  const Arm *right = cross > 0 ? first : second, *below = cross > 0 ? second : first;
  LanyardQrTriple triple;

  triple.doubt = first->doubt + second->doubt + 2 * unequal;
  if (triple.doubt > MAX_DOUBT || unequal > 0.6)
    return;
  triple.corner = *c;
  triple.right = finders[right->index];
  triple.below = finders[below->index];
  triple.index[0] = corner;
  triple.index[1] = right->index;
  triple.index[2] = below->index;
  triple.n_right = right->modules;
  triple.n_below = below->modules;
  turn_all (&triple);
  insert (triples, n, &triple);
}

guint
lanyard_qr_triples_find (const LanyardQrFinder *finders,
                         guint n_finders,
                         LanyardQrTriple triples[LANYARD_QR_MAX_TRIPLES])
{
  guint n = 0;

  for (guint corner = 0; corner < n_finders; corner++)
    {
      Arm arms[MAX_ARMS];
      guint n_arms = 0;

      for (guint i = 0; i < n_finders && n_arms < MAX_ARMS; i++)
        if (i != corner && look_along (&finders[corner], &finders[i], &arms[n_arms]))
          arms[n_arms++].index = i;
      for (guint i = 0; i < n_arms; i++)
        for (guint k = i + 1; k < n_arms; k++)
          if (arms[i].axis != arms[k].axis)
            join (finders, corner, &arms[i], &arms[k], triples, &n);
    }
  return n;
}
