/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-stack-locate.h"

#include <math.h>

/* Start and stop patterns and 30 columns of 17 modules between two row indicators (ISO/IEC 15438
 * §5.2), and some light on both sides. */
#define MAX_MODULES 600
#define QUIET_MODULES 12
/* The pattern may go on beyond the lines that showed it. */
#define MORE_PX 10
#define MAX_SIDE_PX 4096
/* Smaller modules are drawn twice as large: libzxing wants about two px for each. */
#define FINE_MODULE_PX 2.2
#define MIN_WIDTH_MODULES 50
#define PX_PER_STEP 120

/* How far one can go from @at in direction @way before the plane ends, px. */
static double
reach (const LanyardPlane *plane, const double at[2], const double way[2])
{
  const double ends[2] = { plane->width - 1.0, plane->height - 1.0 };
  double least = MAX_SIDE_PX;

  for (guint k = 0; k < 2; k++)
    if (way[k] > 1e-9)
      least = MIN (least, (ends[k] - at[k]) / way[k]);
    else if (way[k] < -1e-9)
      least = MIN (least, -at[k] / way[k]);
  return MAX (0, least);
}

/* Grey at a place between px; beyond the edge the nearest. */
static guint8
grey_at (const LanyardPlane *plane, double x, double y)
{
  double cx = CLAMP (x, 0, plane->width - 1.0), cy = CLAMP (y, 0, plane->height - 1.0);
  guint left = (guint)cx, top = (guint)cy;
  guint right = MIN (left + 1, plane->width - 1), bottom = MIN (top + 1, plane->height - 1);
  double fx = cx - left, fy = cy - top;
  const guint8 *upper = plane->data + (gsize)top * plane->stride;
  const guint8 *lower = plane->data + (gsize)bottom * plane->stride;

  return (guint8)((1 - fy) * ((1 - fx) * upper[left] + fx * upper[right])
                  + fy * ((1 - fx) * lower[left] + fx * lower[right]) + 0.5);
}

gboolean
lanyard_stack_part_take (LanyardStackPart *part,
                         const LanyardPlane *plane,
                         const LanyardStackPlace *place,
                         LanyardWork *work)
{
  const double back[2] = { -place->right[0], -place->right[1] };
  double near = QUIET_MODULES * place->module + 9 * place->module,
         far = MAX_MODULES * place->module;
  double before = MIN (place->is_stop ? far : near, reach (plane, place->middle, back));
  double after = MIN (place->is_stop ? near : far, reach (plane, place->middle, place->right));
  double scale = place->module < FINE_MODULE_PX ? 0.5 : 1; /* px of the plane a px */
  double half = place->height / 2 + MORE_PX + 3 * place->module;
  double width = (before + after) / scale, height = 2 * half / scale;
  guint8 *pixels;

  if (before + after < MIN_WIDTH_MODULES * place->module || width < 2 || height < 2
      || width > MAX_SIDE_PX || height > MAX_SIDE_PX)
    return FALSE;
  for (guint k = 0; k < 2; k++)
    part->right[k] = scale * place->right[k];
  part->down[0] = -part->right[1];
  part->down[1] = part->right[0];
  for (guint k = 0; k < 2; k++)
    part->origin[k] = place->middle[k] - before * place->right[k] - half / scale * part->down[k];
  pixels = lanyard_plane_buffer_reserve (&part->pixels, (guint)width, (guint)height);
  for (guint y = 0; y < part->pixels.at.height; y++)
    for (guint x = 0; x < part->pixels.at.width; x++)
      *pixels++ = grey_at (plane, part->origin[0] + x * part->right[0] + y * part->down[0],
                           part->origin[1] + x * part->right[1] + y * part->down[1]);
  lanyard_work_spend (work, (guint64)(width * height / PX_PER_STEP) + 1);
  return TRUE;
}

LanyardPoint
lanyard_stack_part_map (const LanyardStackPart *part, LanyardPoint point)
{
  return (LanyardPoint){ part->origin[0] + point.x * part->right[0] + point.y * part->down[0],
                         part->origin[1] + point.x * part->right[1] + point.y * part->down[1] };
}
