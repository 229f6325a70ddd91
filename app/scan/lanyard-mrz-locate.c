/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Where lines of a machine readable zone may be, at little cost: most frames have none.
 *
 * Assumes that a line is dark on light, has blank paper around it (9303-3 §4.2: nothing else is
 * printed there but a light background), and is straight to within its own height. The plane is
 * halved, which halves noise too; edges are summed in blocks of 8 px of the plane, and again of
 * 16 px for characters more than 24 px apart; blocks with more edges than twice the quiet part of
 * the picture are joined into components; those that are long and thin are handed on.
 *
 * What is too far away to be read is looked for in the plane itself, with blocks of 4 px: own
 * drawings of passports and cards of 5 to 7 px from character to character are all seen there,
 * turned by 7 degrees none of them in the halved plane.
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-mrz-locate.h"
#include "lanyard-mrz-bridge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* px of the halved plane */
#define BLOCK 4
#define LANES 16
/* Mean difference of two pixels, in levels, below which a block is never print. */
#define MIN_DIFFERENCE 4
#define DIFFERENCES_A_BLOCK (2 * BLOCK * BLOCK)
#define QUIET_SHARE 0.35
#define MIN_LENGTH_PX 230.0
#define MIN_ELONGATION 4.0
/* Thresholds go up by this factor: at one of them the zone is apart from what is beside it. */
#define N_THRESHOLDS 5
#define THRESHOLD_STEP 1.7
#define PX_A_STEP 1200
#define FAR_PX_A_STEP 400
/* Of looking for what is blown out, and of the search when there is any. */
#define BLOCKS_A_STEP 1000
#define WHITE_BLOCKS_A_STEP 100

typedef struct
{
  guint n;
  guint n_bridges; /* of them, that hold print together across glare */
  double x, y, xx, xy, yy;
  double energy;
} Moments;

typedef struct
{
  const guint16 *energy;
  guint width, height;
  guint block_px;  /* of the plane */
  double least_px; /* length of a region */
} Grid;

/* Differences to the right and downwards of one row, two pixels apart, added to @sums. Lanes are
 * constant so that compilers make vectors of them at -O2. */
static void
add_row (const guint8 *restrict row, gsize stride, guint n_lanes, guint16 *restrict sums)
{
  const guint8 *restrict below = row + 2 * stride;

  for (guint lane = 0; lane < n_lanes; lane++)
    {
      for (guint i = 0; i < LANES; i++)
        {
          guint8 here = row[i], right = row[i + 2], down = below[i];
          guint8 across = here > right ? here - right : right - here;
          guint8 along = here > down ? here - down : down - here;

          sums[i] = (guint16)(sums[i] + across + along);
        }
      row += LANES;
      below += LANES;
      sums += LANES;
    }
}

/* The last column and rows that have no neighbours two pixels on are left out. */
static Grid
lay_grid (const LanyardPlane *half, guint scale, guint16 *energy)
{
  guint n_lanes = half->width > 2 ? (half->width - 2) / LANES : 0;
  guint height = half->height > 2 ? (half->height - 2) / BLOCK : 0;

  return (Grid){ energy, n_lanes * LANES / BLOCK, height, scale * BLOCK,
                 scale * MIN_LENGTH_PX / 2 };
}

static void
sum_edges (const LanyardPlane *half, const Grid *grid, guint16 *energy)
{
  guint n_lanes = grid->width * BLOCK / LANES;
  g_autofree guint16 *sums = g_new (guint16, n_lanes * LANES + 1);

  for (guint y = 0; y < grid->height; y++)
    {
      memset (sums, 0, n_lanes * LANES * sizeof *sums);
      for (guint i = 0; i < BLOCK; i++)
        add_row (half->data + (gsize)(y * BLOCK + i) * half->stride, half->stride, n_lanes, sums);
      for (guint x = 0; x < grid->width; x++)
        {
          const guint16 *of_block = sums + (gsize)x * BLOCK;

          *energy++ = (guint16)(of_block[0] + of_block[1] + of_block[2] + of_block[3]);
        }
    }
}

/* Blocks of twice the side. */
static Grid
lay_coarse (const Grid *fine, guint16 *energy)
{
  return (Grid){ energy, fine->width / 2, fine->height / 2, 2 * fine->block_px, fine->least_px };
}

static void
join_blocks (const Grid *fine, const Grid *coarse, guint16 *energy)
{
  for (guint y = 0; y < coarse->height; y++)
    for (guint x = 0; x < coarse->width; x++)
      {
        const guint16 *at = fine->energy + (gsize)2 * y * fine->width + 2 * x;

        *energy++ = (guint16)((at[0] + at[1] + at[fine->width] + at[fine->width + 1] + 2) / 4);
      }
}

/* Twice what the quiet part of the picture has, and never less than print would. */
static guint
threshold_of (const Grid *grid)
{
  guint counts[256] = { 0 };
  gsize n = (gsize)grid->width * grid->height, seen = 0;
  guint quiet = 0;

  for (gsize i = 0; i < n; i++)
    counts[MIN (grid->energy[i] / 16, 255)]++;
  while (quiet < 255 && (double)(seen += counts[quiet]) < QUIET_SHARE * (double)n)
    quiet++;
  return MAX (MIN_DIFFERENCE * DIFFERENCES_A_BLOCK, 2 * (16 * quiet + 8));
}

static void
mark_blocks (const Grid *grid, guint threshold, guint8 *marks)
{
  gsize n = (gsize)grid->width * grid->height;

  for (gsize i = 0; i < n; i++)
    marks[i] = grid->energy[i] >= threshold ? LANYARD_MRZ_MARK_PRINT : LANYARD_MRZ_MARK_NONE;
}

static void
moments_add (Moments *moments, double x, double y, guint energy)
{
  moments->n++;
  moments->energy += energy;
  moments->x += x;
  moments->y += y;
  moments->xx += x * x;
  moments->xy += x * y;
  moments->yy += y * y;
}

/* Takes the marks of all blocks that hang together with block @first. */
static void
gather (const Grid *grid, guint8 *marks, guint32 *queue, guint32 first, Moments *moments)
{
  guint32 n = 0;

  *moments = (Moments){ .n_bridges = marks[first] == LANYARD_MRZ_MARK_BRIDGE };
  marks[first] = 0;
  queue[n++] = first;
  while (n > 0)
    {
      guint32 at = queue[--n];
      guint x = at % grid->width, y = at / grid->width;

      moments_add (moments, x, y, grid->energy[at]);
      for (guint ny = y > 0 ? y - 1 : 0; ny <= MIN (y + 1, grid->height - 1); ny++)
        for (guint nx = x > 0 ? x - 1 : 0; nx <= MIN (x + 1, grid->width - 1); nx++)
          {
            guint32 next = ny * grid->width + nx;

            if (marks[next] != 0)
              {
                moments->n_bridges += marks[next] == LANYARD_MRZ_MARK_BRIDGE;
                marks[next] = 0;
                queue[n++] = next;
              }
          }
    }
}

/* As long and thick as a rectangle that has the same moments. */
static gboolean
region_of (const Moments *moments, const Grid *grid, LanyardMrzRegion *region)
{
  double block_px = grid->block_px;
  double n = moments->n, x = moments->x / n, y = moments->y / n;
  double xx = moments->xx / n - x * x, xy = moments->xy / n - x * y;
  double yy = moments->yy / n - y * y;
  double angle = 0.5 * atan2 (2 * xy, xx - yy);
  double spread = sqrt ((xx - yy) * (xx - yy) + 4 * xy * xy);
  double length = sqrt (6 * (xx + yy + spread)) * block_px;
  double thickness = sqrt (6 * MAX (xx + yy - spread, 0) + 1) * block_px;

  if (length < grid->least_px || length < MIN_ELONGATION * thickness)
    return FALSE;
  *region = (LanyardMrzRegion){
    .x = (x + 0.5) * block_px + 1,
    .y = (y + 0.5) * block_px + 1,
    .along_x = cos (angle),
    .along_y = sin (angle),
    .length = length + block_px,
    .thickness = thickness,
    .weight = moments->energy / n * length,
  };
  return TRUE;
}

/* Whether both are the same place, as seen with two thresholds. */
static gboolean
is_same (const LanyardMrzRegion *a, const LanyardMrzRegion *b)
{
  double dx = b->x - a->x, dy = b->y - a->y;
  double along = fabs (dx * a->along_x + dy * a->along_y);
  double across = fabs (dy * a->along_x - dx * a->along_y);
  double turn = fabs (a->along_x * b->along_y - a->along_y * b->along_x);

  return across < 0.3 * MIN (a->thickness, b->thickness)
         && fabs (a->thickness - b->thickness) < 0.3 * MIN (a->thickness, b->thickness)
         && turn * a->length < MIN (a->thickness, b->thickness)
         && along + fabs (a->length - b->length) < 0.15 * a->length;
}

static void
keep_best (LanyardMrzRegion *regions, guint *n_regions, const LanyardMrzRegion *region)
{
  guint at = *n_regions;

  for (guint i = 0; i < *n_regions; i++)
    if (is_same (&regions[i], region))
      return;
  while (at > 0 && regions[at - 1].weight < region->weight)
    at--;
  if (at == LANYARD_MRZ_MAX_REGIONS)
    return;
  if (*n_regions < LANYARD_MRZ_MAX_REGIONS)
    (*n_regions)++;
  memmove (regions + at + 1, regions + at, (*n_regions - at - 1) * sizeof *regions);
  regions[at] = *region;
}

/* @white: (nullable): blocks that are blown out; then only regions with such a gap are looked for
 */
static void
search_grid (LanyardMrzLocator *locator,
             const Grid *grid,
             guint threshold,
             const guint8 *white,
             LanyardMrzRegion *regions,
             guint *n_regions)
{
  guint32 n = grid->width * grid->height;

  mark_blocks (grid, threshold, locator->marks);
  if (white != NULL && lanyard_mrz_bridge (locator->marks, white, grid->width, grid->height) == 0)
    return;
  for (guint32 i = 0; i < n; i++)
    if (locator->marks[i] != 0)
      {
        LanyardMrzRegion region;
        Moments moments;

        gather (grid, locator->marks, locator->queue, i, &moments);
        if (moments.n * grid->block_px >= grid->least_px && (white == NULL || moments.n_bridges > 0)
            && region_of (&moments, grid, &region))
          keep_best (regions, n_regions, &region);
      }
}

void
lanyard_mrz_locator_clear (LanyardMrzLocator *locator)
{
  lanyard_plane_buffer_clear (&locator->half);
  g_free (locator->energy);
  g_free (locator->marks);
  g_free (locator->white);
  g_free (locator->queue);
  *locator = (LanyardMrzLocator){ 0 };
}

static void
reserve (LanyardMrzLocator *locator, gsize n_blocks)
{
  if (locator->n_blocks >= n_blocks)
    return;
  g_free (locator->energy);
  g_free (locator->marks);
  g_free (locator->white);
  g_free (locator->queue);
  locator->energy = g_new (guint16, 2 * n_blocks);
  locator->marks = g_new (guint8, n_blocks);
  locator->white = g_new (guint8, 2 * n_blocks);
  locator->queue = g_new (guint32, n_blocks);
  locator->n_blocks = n_blocks;
}

/* @white: (nullable): of the fine blocks, and of the coarse ones behind them */
static guint
search_grids (LanyardMrzLocator *locator,
              const Grid *fine,
              const Grid *coarse,
              const guint8 *white,
              LanyardMrzRegion *regions)
{
  const guint8 *coarse_white = white != NULL ? white + (gsize)fine->width * fine->height : NULL;
  double threshold = threshold_of (fine);
  guint n_regions = 0;

  for (guint i = 0; i < N_THRESHOLDS; i++)
    {
      search_grid (locator, fine, (guint)threshold, white, regions, &n_regions);
      search_grid (locator, coarse, (guint)threshold, coarse_white, regions, &n_regions);
      threshold *= THRESHOLD_STEP;
    }
  return n_regions;
}

/* @looked_at: the plane or half of it, @scale px of the plane to one of its own */
static guint
search_plane (LanyardMrzLocator *locator,
              const LanyardPlane *looked_at,
              guint scale,
              LanyardMrzRegion *regions)
{
  Grid fine = lay_grid (looked_at, scale, locator->energy);
  guint16 *behind = locator->energy + (gsize)fine.width * fine.height;
  Grid coarse = lay_coarse (&fine, behind);

  sum_edges (looked_at, &fine, locator->energy);
  join_blocks (&fine, &coarse, behind);
  return search_grids (locator, &fine, &coarse, NULL, regions);
}

guint
lanyard_mrz_locate (LanyardMrzLocator *locator,
                    const LanyardPlane *plane,
                    LanyardMrzRegion *regions,
                    LanyardWork *work)
{
  lanyard_work_spend (work, (guint64)plane->width * plane->height / PX_A_STEP + 1);
  locator->half.at = (LanyardPlane){ 0 };
  if (MAX (plane->width, plane->height) < MIN_LENGTH_PX)
    return 0;
  reserve (locator, (gsize)(plane->width / BLOCK + 1) * (plane->height / BLOCK + 1));
  lanyard_plane_halve (plane, &locator->half);
  return search_plane (locator, &locator->half.at, 2, regions);
}

guint
lanyard_mrz_locate_across_glare (LanyardMrzLocator *locator,
                                 LanyardMrzRegion *regions,
                                 LanyardWork *work)
{
  const LanyardPlane *half = &locator->half.at;
  Grid fine = lay_grid (half, 2, locator->energy);
  gsize n_fine = (gsize)fine.width * fine.height;
  Grid coarse = lay_coarse (&fine, locator->energy + n_fine);

  lanyard_work_spend (work, n_fine / BLOCKS_A_STEP + 1);
  if (lanyard_mrz_find_white (half, BLOCK, fine.width, fine.height, locator->white) == 0)
    return 0;
  lanyard_mrz_find_white (half, 2 * BLOCK, coarse.width, coarse.height, locator->white + n_fine);
  lanyard_work_spend (work, n_fine / WHITE_BLOCKS_A_STEP);
  return search_grids (locator, &fine, &coarse, locator->white, regions);
}

guint
lanyard_mrz_locate_far (LanyardMrzLocator *locator,
                        const LanyardPlane *plane,
                        LanyardMrzRegion *regions,
                        LanyardWork *work)
{
  lanyard_work_spend (work, (guint64)plane->width * plane->height / FAR_PX_A_STEP + 1);
  if (MAX (plane->width, plane->height) < MIN_LENGTH_PX / 2)
    return 0;
  reserve (locator, (gsize)(plane->width / BLOCK + 1) * (plane->height / BLOCK + 1));
  return search_plane (locator, plane, 1, regions);
}
