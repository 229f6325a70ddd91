/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-qr-triple.h"

#include <math.h>
#include <string.h>

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

/* @like, moved by @u and @v of its own modules. */
static LanyardQrFinder
moved (const LanyardQrFinder *like, double u, double v)
{
  LanyardQrFinder finder = *like;

  finder.x += u * like->ux + v * like->vx;
  finder.y += u * like->uy + v * like->vy;
  finder.u[2] -= u;
  finder.v[2] -= v;
  return finder;
}

static void
add_guess (const LanyardQrFinder *corner,
           const LanyardQrFinder *right,
           const LanyardQrFinder *below,
           const guint index[3],
           double modules,
           double doubt,
           LanyardQrTriple *triples,
           guint *n)
{
  LanyardQrTriple triple = { *corner, *right, *below };

  memcpy (triple.index, index, sizeof triple.index);
  triple.n_right = triple.n_below = modules;
  triple.doubt = doubt;
  turn_all (&triple);
  insert (triples, n, &triple);
}

/* Both patterns are on one edge: the third is on either side of it, beyond either of them. */
static void
guess_beside (const LanyardQrFinder *finders,
              guint i,
              guint k,
              const Arm *arm,
              LanyardQrTriple *triples,
              guint *n)
{
  LanyardQrFinder from = finders[i], to = finders[k];
  double modules = round ((arm->modules - 10) / 4) * 4 + 10;

  lanyard_qr_finder_turn (&from, to.x - from.x, to.y - from.y);
  lanyard_qr_finder_turn (&to, to.x - from.x, to.y - from.y);
  LanyardQrFinder below_from = moved (&from, 0, modules), below_to = moved (&to, 0, modules);
  LanyardQrFinder above_from = moved (&from, 0, -modules), above_to = moved (&to, 0, -modules);

  add_guess (&from, &to, &below_from, (guint[]){ i, k, LANYARD_QR_UNSEEN }, arm->modules,
             arm->doubt, triples, n);
  add_guess (&to, &below_to, &from, (guint[]){ k, LANYARD_QR_UNSEEN, i }, arm->modules, arm->doubt,
             triples, n);
  add_guess (&from, &above_from, &to, (guint[]){ i, LANYARD_QR_UNSEEN, k }, arm->modules,
             arm->doubt, triples, n);
  add_guess (&to, &from, &above_to, (guint[]){ k, i, LANYARD_QR_UNSEEN }, arm->modules, arm->doubt,
             triples, n);
}

/* The patterns are at opposite ends of a diagonal: the third is at either end of the other. */
static void
guess_across (const LanyardQrFinder *finders, guint i, guint k, LanyardQrTriple *triples, guint *n)
{
  LanyardQrFinder from = finders[i];
  double u, v, modules, doubt;

  lanyard_qr_finder_turn (&from, finders[k].x - from.x, finders[k].y - from.y);
  lanyard_qr_finder_locate (&from, finders[k].x, finders[k].y, &u, &v);
  modules = (fabs (u) + fabs (v)) / 2;
  doubt = fabs (log (fabs (u / v))) + fabs (log (from.size / finders[k].size));
  if (!(doubt < MAX_SLOPE) || modules < MIN_MODULES || modules > MAX_MODULES)
    return;
  LanyardQrFinder along = moved (&from, u, 0), across = moved (&from, 0, v);

  /* Clockwise: from the pattern below over the corner to the one at the right. */
  if (v > 0)
    {
      add_guess (&along, &finders[k], &from, (guint[]){ LANYARD_QR_UNSEEN, k, i }, modules, doubt,
                 triples, n);
      add_guess (&across, &from, &finders[k], (guint[]){ LANYARD_QR_UNSEEN, i, k }, modules, doubt,
                 triples, n);
      return;
    }
  add_guess (&along, &from, &finders[k], (guint[]){ LANYARD_QR_UNSEEN, i, k }, modules, doubt,
             triples, n);
  add_guess (&across, &finders[k], &from, (guint[]){ LANYARD_QR_UNSEEN, k, i }, modules, doubt,
             triples, n);
}

guint
lanyard_qr_triples_guess (const LanyardQrFinder *finders,
                          guint n_finders,
                          LanyardQrTriple triples[LANYARD_QR_MAX_TRIPLES])
{
  guint n = 0;

  for (guint i = 0; i < n_finders; i++)
    for (guint k = i + 1; k < n_finders; k++)
      {
        Arm arm;

        if (finders[i].inverted != finders[k].inverted)
          continue;
        if (look_along (&finders[i], &finders[k], &arm))
          guess_beside (finders, i, k, &arm, triples, &n);
        else
          guess_across (finders, i, k, triples, &n);
      }
  return n;
}
