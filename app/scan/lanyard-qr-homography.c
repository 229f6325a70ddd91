/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-qr-homography.h"

#include <math.h>

#define N 8

/* One equation a[0..7] h = a[8] into the normal equations' upper half. */
static void
add_equation (double m[N][N + 1], const double a[N + 1], double weight)
{
  for (guint i = 0; i < N; i++)
    for (guint k = i; k <= N; k++)
      m[i][k] += weight * a[i] * a[k];
}

static gboolean
solve (double m[N][N + 1], double h[N])
{
  for (guint i = 0; i < N; i++)
    for (guint k = 0; k < i; k++)
      m[i][k] = m[k][i];
  for (guint i = 0; i < N; i++)
    {
      guint best = i;

      for (guint k = i + 1; k < N; k++)
        if (fabs (m[k][i]) > fabs (m[best][i]))
          best = k;
      if (!(fabs (m[best][i]) > 1e-13))
        return FALSE;
      for (guint k = 0; k <= N; k++)
        {
          double swap = m[i][k];

          m[i][k] = m[best][k];
          m[best][k] = swap;
        }
      for (guint row = i + 1; row < N; row++)
        {
          double factor = m[row][i] / m[i][i];

          for (guint k = i; k <= N; k++)
            m[row][k] -= factor * m[i][k];
        }
    }
  for (guint i = N; i-- > 0;)
    {
      double sum = m[i][N];

      for (guint k = i + 1; k < N; k++)
        sum -= m[i][k] * h[k];
      h[i] = sum / m[i][i];
    }
  return TRUE;
}

/* Both sides are moved about their middle and scaled to about 1: numbers of very different size
 * would make the equations worthless. */
gboolean
lanyard_qr_homography_fit (LanyardQrHomography *map, const LanyardQrTie *ties, guint n)
{
  double m[N][N + 1] = { { 0 } }, h[N], cx = 0, cy = 0, mc = 0, mr = 0, scale = 0, side = 0, d;

  for (guint i = 0; i < n; i++)
    {
      cx += ties[i].x / n, cy += ties[i].y / n;
      mc += ties[i].column / n, mr += ties[i].row / n;
    }
  for (guint i = 0; i < n; i++)
    {
      scale = MAX (scale, MAX (fabs (ties[i].x - cx), fabs (ties[i].y - cy)));
      side = MAX (side, MAX (fabs (ties[i].column - mc), fabs (ties[i].row - mr)));
    }
  if (!(scale > 0 && side > 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      double c = (ties[i].column - mc) / side, r = (ties[i].row - mr) / side;
      double x = (ties[i].x - cx) / scale, y = (ties[i].y - cy) / scale;
      const double ex[N + 1] = { c, r, 1, 0, 0, 0, -x * c, -x * r, x };
      const double ey[N + 1] = { 0, 0, 0, c, r, 1, -y * c, -y * r, y };

      add_equation (m, ex, ties[i].weight);
      add_equation (m, ey, ties[i].weight);
    }
  if (!solve (m, h))
    return FALSE;
  /* Back: first the px, then the modules. */
  for (guint k = 0; k < 3; k++)
    {
      double w = k == 2 ? 1 : h[6 + k];

      h[k] = scale * h[k] + cx * w;
      h[3 + k] = scale * h[3 + k] + cy * w;
    }
  d = 1 - (h[6] * mc + h[7] * mr) / side;
  if (!(d > 0.02))
    return FALSE;
  for (guint k = 0; k < 3; k++)
    {
      double a = k < 2 ? h[3 * k] / side : h[6] / side, b = (k < 2 ? h[3 * k + 1] : h[7]) / side;

      if (k < 2)
        map->h[3 * k + 2] = (h[3 * k + 2] - a * mc - b * mr) / d;
      map->h[3 * k] = a / d;
      map->h[3 * k + 1] = b / d;
    }
  return TRUE;
}

void
lanyard_qr_homography_axes (const LanyardQrHomography *map,
                            double column,
                            double row,
                            double right[2],
                            double down[2])
{
  double x, y, w = 1 / (map->h[6] * column + map->h[7] * row + 1);

  lanyard_qr_homography_map (map, column, row, &x, &y);
  right[0] = (map->h[0] - map->h[6] * x) * w;
  right[1] = (map->h[3] - map->h[6] * y) * w;
  down[0] = (map->h[1] - map->h[7] * x) * w;
  down[1] = (map->h[4] - map->h[7] * y) * w;
}
