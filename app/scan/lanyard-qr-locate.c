/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-qr-locate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Work steps: a row by its px, a check by column, a check by rays. */
#define PX_A_STEP 1500
#define RAYS_STEPS 6

/* A pattern of modules of one px. */
#define LEAST_PX 7

/* Five runs. */
typedef struct
{
  double middle; /* of the third */
  double module; /* a seventh of all */
} Runs;

/* Px where the colour changes, 0 first if the row begins dark, so that even ones begin dark runs.
 */
static guint
find_borders (const guint8 *row, guint width, guint *borders)
{
  guint n = 0;
  guint64 last = 0; /* the px before in the lowest byte */
  guint x = 0;

  for (; x + 8 <= width; x += 8)
    {
      guint64 px, changes;

      memcpy (&px, row + x, sizeof px);
      px = GUINT64_FROM_LE (px);
      changes = px ^ ((px << 8) | last);
      last = px >> 56;
      for (; changes != 0; changes &= changes - 1)
        borders[n++] = x + (guint)__builtin_ctzll (changes) / 8;
    }
  for (; x < width; x++)
    {
      if (row[x] != last)
        borders[n++] = x;
      last = row[x];
    }
  borders[n] = width;
  return n;
}

/* Sums of neighbouring runs do not change when ink or light spreads; single runs may. A pair may be
 * off by 0.65 modules and 0.8 px, a single run by 0.75 and 0.6, the middle one by twice that; in
 * 140ths of px, the third run first because most of what is none ends there. With modules of one px
 * that would be all of any noise: those of a drawing are whole. */
static gboolean
is_pattern (int a, int b, int c, int d, int e)
{
  int total = a + b + c + d + e, pair = 13 * total + 112, single = 15 * total + 84;

  if (total <= LEAST_PX)
    return total == LEAST_PX && a == 1 && b == 1 && c == 3 && d == 1;
  return 20 * abs (7 * c - 3 * total) < 2 * single && 20 * abs (7 * (b + c) - 4 * total) < pair
         && 20 * abs (7 * (c + d) - 4 * total) < pair && 20 * abs (7 * (a + b) - 2 * total) < pair
         && 20 * abs (7 * (d + e) - 2 * total) < pair && 20 * abs (7 * a - total) < single
         && 20 * abs (7 * b - total) < single && 20 * abs (7 * d - total) < single
         && 20 * abs (7 * e - total) < single;
}

/* How many px from @at on have @colour; @step is how far the next one is. */
static guint
run_length (const guint8 *at, gssize step, guint n, guint8 colour)
{
  guint i = 0;

  while (i < n && at[(gssize)i * step] == colour)
    i++;
  return i;
}

/* What of an open pattern's outermost run belongs to it, @inner being the three runs within: a
 * fifth of those, rounded up. */
static guint
frame_of (guint run, guint inner)
{
  return MIN (run, (inner + 4) / 5);
}

/* The five runs around @at along a line with @before px before and @after behind; none may be
 * longer than @longest, but for the outermost if @open. */
static gboolean
check_line (const guint8 *at,
            gssize step,
            guint before,
            guint after,
            guint longest,
            guint8 colour,
            gboolean open,
            Runs *runs)
{
  guint up[3], down[3], u = 0, d = 1;

  for (guint i = 0; i < 3; i++)
    {
      up[i] = run_length (at - (gssize)u * step, -step, MIN (before + 1 - u, longest),
                          colour ^ (i & 1));
      u += up[i];
      if (up[i] == 0 || (up[i] >= longest && !(open && i == 2)) || (i < 2 && u > before))
        return FALSE;
    }
  for (guint i = 0; i < 3; i++)
    {
      guint left = after + 1 > d ? after + 1 - d : 0;

      down[i] = run_length (at + (gssize)d * step, step, MIN (left, longest), colour ^ (i & 1));
      d += down[i];
      if ((down[i] == 0 && i > 0) || (down[i] >= longest && !(open && i == 2)))
        return FALSE;
    }
  if (open)
    {
      guint inner = up[1] + up[0] + down[0] + down[1];

      up[2] = frame_of (up[2], inner);
      down[2] = frame_of (down[2], inner);
      u = up[0] + up[1] + up[2];
      d = 1 + down[0] + down[1] + down[2];
    }
  runs->module = (u + d - 1) / 7.0;
  runs->middle = ((double)down[0] - up[0] + 1) / 2;
  return is_pattern ((int)up[2], (int)up[1], (int)(up[0] + down[0]), (int)down[1], (int)down[2]);
}

static gboolean
is_known (LanyardQrLocator *locator, double x, double y, gboolean inverted)
{
  for (guint i = 0; i < locator->n_finders; i++)
    {
      double u, v;

      if (locator->finders[i].inverted != inverted)
        continue;
      lanyard_qr_finder_locate (&locator->finders[i], x, y, &u, &v);
      if (fabs (u) < 2 && fabs (v) < 2)
        return TRUE;
    }
  return FALSE;
}

/* The next rows lead to the same middle; what was none there is none again. */
static gboolean
was_refused (LanyardQrLocator *locator, double x, double y)
{
  guint n = MIN (locator->n_refused, LANYARD_QR_MAX_REFUSED);

  for (guint i = 0; i < n; i++)
    if (fabs (locator->refused[i][0] - x) < 0.25 && fabs (locator->refused[i][1] - y) < 0.25)
      return TRUE;
  locator->refused[locator->n_refused % LANYARD_QR_MAX_REFUSED][0] = x;
  locator->refused[locator->n_refused++ % LANYARD_QR_MAX_REFUSED][1] = y;
  return FALSE;
}

/* A row looks like a pattern around @x: do the column, and the row through the column's middle,
 * and all rays? */
static void
check (LanyardQrLocator *locator,
       const LanyardSignImage *sign,
       const LanyardPlane *plane,
       double x,
       guint y,
       double module,
       gboolean inverted,
       LanyardWork *work)
{
  guint column = (guint)x, row;
  guint longest = (guint)(12 * module) + 4;
  guint8 colour = !inverted;
  LanyardQrFinder finder;
  Runs along, across;

  if (is_known (locator, x, y, inverted))
    return;
  if (!check_line (sign->dark + (gsize)y * sign->width + column, sign->width, y,
                   sign->height - 1 - y, longest, colour, locator->open, &across))
    return;
  row = (guint)CLAMP (y + across.middle, 0, sign->height - 1);
  if (!check_line (sign->dark + (gsize)row * sign->width + column, 1, column,
                   sign->width - 1 - column, longest, colour, locator->open, &along))
    return;
  if (was_refused (locator, column + along.middle, y + across.middle))
    return;
  lanyard_work_spend (work, RAYS_STEPS);
  if (!lanyard_qr_finder_fit (sign, plane, column + along.middle, y + across.middle, along.module,
                              across.module, inverted, locator->open, &finder)
      || is_known (locator, finder.x, finder.y, inverted))
    return;
  locator->finders[locator->n_finders++] = finder;
}

static void
search_row (LanyardQrLocator *locator,
            const LanyardSignImage *sign,
            const LanyardPlane *plane,
            LanyardWork *work)
{
  guint y = locator->row;
  guint *borders = locator->borders + 1;
  guint n = find_borders (sign->dark + (gsize)y * sign->width, sign->width, borders);
  int first = 0;

  /* A row that begins light begins with what may be the ground of an open pattern. */
  if (locator->open && n > 0 && borders[0] > 0)
    {
      first = -1;
      borders[first] = 0;
    }
  for (int i = first; i + 5 <= (int)n && locator->n_finders < LANYARD_QR_MAX_FINDERS; i++)
    {
      const guint *at = borders + i;
      int a = (int)(at[1] - at[0]), b = (int)(at[2] - at[1]), c = (int)(at[3] - at[2]),
          d = (int)(at[4] - at[3]), e = (int)(at[5] - at[4]);

      if (locator->open)
        {
          a = (int)frame_of ((guint)a, (guint)(b + c + d));
          e = (int)frame_of ((guint)e, (guint)(b + c + d));
        }
      if (c < b || c < d || !is_pattern (a, b, c, d, e))
        continue;
      check (locator, sign, plane, (at[2] + at[3] - 1) / 2.0, y, (a + b + c + d + e) / 7.0, i & 1,
             work);
    }
}

void
lanyard_qr_locator_begin (LanyardQrLocator *locator, guint width, guint row_step, gboolean open)
{
  if (locator->n_borders < width + 3)
    {
      g_free (locator->borders);
      locator->borders = g_new (guint, width + 3);
      locator->n_borders = width + 3;
    }
  locator->n_finders = locator->n_refused = 0;
  locator->row_step = row_step;
  locator->row = row_step / 2;
  locator->between = FALSE;
  locator->open = open;
}

void
lanyard_qr_locator_go_between (LanyardQrLocator *locator)
{
  locator->between = TRUE;
  locator->row = 0;
}

gboolean
lanyard_qr_locator_step (LanyardQrLocator *locator,
                         const LanyardSignImage *sign,
                         const LanyardPlane *plane,
                         LanyardWork *work)
{
  for (; locator->row < sign->height; locator->row += locator->between ? 1 : locator->row_step)
    {
      if (locator->between && locator->row % locator->row_step == locator->row_step / 2)
        continue;
      if (lanyard_work_is_spent (work))
        return FALSE;
      search_row (locator, sign, plane, work);
      lanyard_work_spend (work, 1 + sign->width / PX_A_STEP);
    }
  return TRUE;
}

void
lanyard_qr_locator_clear (LanyardQrLocator *locator)
{
  g_free (locator->borders);
  *locator = (LanyardQrLocator){ 0 };
}
