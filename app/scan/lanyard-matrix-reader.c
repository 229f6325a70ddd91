/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-matrix-reader.h"

#include <math.h>
#include <string.h>

#include "lanyard-matrix-sample.h"
#include "lanyard-stack-locate.h"
#include "lanyard-zxing.h"

#define DATA_MATRIX LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_DATA_MATRIX)
#define PDF417 LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_PDF417)
#define MAX_FOUND 8
/* The largest are tried. */
#define MAX_CORNERS_QUICK 40
#define MAX_CORNERS_DEEP 160
/* Px for one work step: sign image with its plane, and libzxing over a whole plane. */
#define SIGN_PX_PER_STEP 900
#define SCALE_PX_PER_STEP 500
#define ZXING_PX_PER_STEP 110
#define PART_PX_PER_STEP 35
/* Modules drawn for libzxing that one work step pays for, with what a call costs anyhow. */
#define DRAWN_PER_STEP 25
#define CALL_STEPS 25
/* A grid that agrees less than this is bent before it is given up. */
#define FINE_FIT 0.97
#define MIN_BENT_FIT 0.45

/* One way of looking at the plane for Data Matrix. */
typedef struct
{
  int scale;    /* 2: doubled, -2: halved */
  guint radius; /* px of the scaled plane */
  double light;
  LanyardMatrixEffort effort; /* of which it is a part */
} Pass;

static const Pass passes[] = {
  { 1, 24, 1, LANYARD_MATRIX_QUICK }, { 1, 24, -1, LANYARD_MATRIX_DEEP },
  { -2, 24, 1, LANYARD_MATRIX_DEEP }, { 2, 24, 1, LANYARD_MATRIX_DEEP },
  { 1, 8, 1, LANYARD_MATRIX_DEEP },
};

/* Halved below this shorter side or doubled above this longer one, nothing is gained. */
#define MIN_HALVED_PX 200
#define MAX_DOUBLED_PX 700

typedef enum
{
  STAGE_BEGIN,  /* of a pass */
  STAGE_STACKS, /* PDF417, in the first pass */
  STAGE_OUTLINE,
  STAGE_CORNERS,
  STAGE_WHOLE, /* libzxing by itself */
  STAGE_DONE,
} Stage;

struct _LanyardMatrixReader
{
  LanyardPlane plane; /* borrowed */
  LanyardSymbologies wanted;
  LanyardMatrixEffort effort;
  Stage stage;
  guint pass;
  LanyardPlane scaled; /* what the pass looks at */
  LanyardPlaneBuffer scaled_buffer;
  LanyardPlaneBuffer drawing;
  LanyardSignImage sign;
  LanyardQrPicture picture;
  LanyardMatrixOutline outline;
  GArray *corners; /* owned (element-type LanyardMatrixCorner) */
  guint next_corner;
  LanyardMatrixSamples *samples; /* owned */
  LanyardStackPlace places[LANYARD_STACK_MAX_PLACES];
  guint n_places;
  guint next_place;
  LanyardStackPart part;
  LanyardPoint found[MAX_FOUND][4]; /* px of plane: not to be read again */
  guint n_found;
  LanyardMatrixStats stats;
  LanyardFoundFunc func; /* (nullable): while in step() */
  gpointer user_data;
  const LanyardMatrixGrid *grid; /* (nullable): while a drawing is read */
};

static double
to_plane (const LanyardMatrixReader *reader, double px)
{
  int scale = passes[reader->pass].scale;

  return scale == 2 ? (px + 0.5) / 2 - 0.5 : scale == -2 ? (px + 0.5) * 2 - 0.5 : px;
}

static void
report (LanyardMatrixReader *reader, const LanyardFound *found)
{
  if (reader->n_found < MAX_FOUND)
    memcpy (reader->found[reader->n_found++], found->corners, sizeof found->corners);
  reader->stats.n_read++;
  reader->func (found, reader->user_data);
}

static void
on_drawing_read (const LanyardFound *found, gpointer user_data)
{
  LanyardMatrixReader *reader = user_data;
  LanyardFound in_plane = *found;

  for (guint i = 0; i < 4; i++)
    in_plane.corners[i] = (LanyardPoint){ to_plane (reader, reader->grid->corners[i][0]),
                                          to_plane (reader, reader->grid->corners[i][1]) };
  report (reader, &in_plane);
}

static void
on_part_read (const LanyardFound *found, gpointer user_data)
{
  LanyardMatrixReader *reader = user_data;
  LanyardFound in_plane = *found;

  for (guint i = 0; i < 4; i++)
    in_plane.corners[i] = lanyard_stack_part_map (&reader->part, found->corners[i]);
  report (reader, &in_plane);
}

static void
on_whole_read (const LanyardFound *found, gpointer user_data)
{
  report (user_data, found);
}

static gboolean
is_inside (const LanyardPoint corners[4], double x, double y)
{
  for (guint i = 0; i < 4; i++)
    {
      const LanyardPoint *a = &corners[i], *b = &corners[(i + 1) % 4];

      if ((b->x - a->x) * (y - a->y) - (b->y - a->y) * (x - a->x) < 0)
        return FALSE;
    }
  return TRUE;
}

/* Whether @x, @y lies in a symbol that was read. */
static gboolean
is_inside_any (const LanyardMatrixReader *reader, double x, double y)
{
  for (guint i = 0; i < reader->n_found; i++)
    if (is_inside (reader->found[i], x, y))
      return TRUE;
  return FALSE;
}

/* By the middle of the L. */
static gboolean
is_read (const LanyardMatrixReader *reader, const LanyardMatrixCorner *corner)
{
  return is_inside_any (reader, to_plane (reader, (corner->up[0] + corner->right[0]) / 2),
                        to_plane (reader, (corner->up[1] + corner->right[1]) / 2));
}

/* Returns: whether it was read */
static gboolean
try_ways (LanyardMatrixReader *reader, const LanyardMatrixGrid *grid, LanyardWork *work)
{
  guint n_read = reader->stats.n_read;

  reader->grid = grid;
  lanyard_matrix_samples_take (reader->samples, &reader->picture, grid, work);
  for (guint way = 0; way < LANYARD_MATRIX_N_WAYS && reader->stats.n_read == n_read; way++)
    {
      lanyard_matrix_samples_draw (reader->samples, way, &reader->drawing);
      lanyard_zxing_read_symbol (&reader->drawing.at, on_drawing_read, reader);
      reader->stats.n_drawings++;
      lanyard_work_spend (work, CALL_STEPS + grid->size.rows * grid->size.columns / DRAWN_PER_STEP);
    }
  reader->grid = NULL;
  return reader->stats.n_read > n_read;
}

/* Returns: whether it was read, as it stands or bent */
static gboolean
try_grids (LanyardMatrixReader *reader, const LanyardMatrixCorner *corner, LanyardWork *work)
{
  LanyardMatrixGrid grids[LANYARD_MATRIX_MAX_GRIDS];
  guint n;

  n = lanyard_matrix_grid_find (&reader->picture, corner, grids, work);
  reader->stats.n_grids += n > 0;
  for (guint i = 0; i < n; i++)
    {
      if (try_ways (reader, &grids[i], work))
        return TRUE;
      if (grids[i].fit >= FINE_FIT || grids[i].fit < MIN_BENT_FIT)
        continue;
      lanyard_matrix_grid_bend (&reader->picture, &grids[i], work);
      if (try_ways (reader, &grids[i], work))
        return TRUE;
    }
  return FALSE;
}

static void
try_corner (LanyardMatrixReader *reader, const LanyardMatrixCorner *corner, LanyardWork *work)
{
  /* What is seen in a mirror looks the same with its axes exchanged; libzxing does that for
   * squares. */
  LanyardMatrixCorner mirrored = { { corner->corner[0], corner->corner[1] },
                                   { corner->right[0], corner->right[1] },
                                   { corner->up[0], corner->up[1] } };
  double up = hypot (corner->up[0] - corner->corner[0], corner->up[1] - corner->corner[1]);
  double right = hypot (corner->right[0] - corner->corner[0], corner->right[1] - corner->corner[1]);

  if (!is_read (reader, corner) && !try_grids (reader, corner, work) && up > 1.4 * right)
    try_grids (reader, &mirrored, work);
}

/* The largest first: within a symbol there are small corners, and they cost as much. */
static int
compare_corners (gconstpointer a, gconstpointer b)
{
  double sizes[2];
  const LanyardMatrixCorner *const corners[2] = { a, b };

  for (guint i = 0; i < 2; i++)
    {
      const LanyardMatrixCorner *corner = corners[i];

      sizes[i] = hypot (corner->up[0] - corner->right[0], corner->up[1] - corner->right[1]);
    }
  return (sizes[0] < sizes[1]) - (sizes[0] > sizes[1]);
}

static gboolean
is_worth_it (const LanyardMatrixReader *reader, const Pass *pass)
{
  guint longer = MAX (reader->plane.width, reader->plane.height);
  guint shorter = MIN (reader->plane.width, reader->plane.height);

  if (!(pass->effort & reader->effort))
    return FALSE;
  if (pass == &passes[0])
    return TRUE; /* PDF417 is looked for in it as well */
  if (!(reader->wanted & DATA_MATRIX))
    return FALSE;
  return pass->scale == 1 || (pass->scale == 2 && longer <= MAX_DOUBLED_PX)
         || (pass->scale == -2 && shorter >= MIN_HALVED_PX);
}

/* Goes to the next pass, or on from the last. */
static void
next_pass (LanyardMatrixReader *reader, guint pass)
{
  while (pass < G_N_ELEMENTS (passes) && !is_worth_it (reader, &passes[pass]))
    pass++;
  reader->pass = MIN (pass, G_N_ELEMENTS (passes) - 1);
  if (reader->n_found > 0 && pass > 0)
    reader->stage = STAGE_DONE;
  else if (pass < G_N_ELEMENTS (passes))
    reader->stage = STAGE_BEGIN;
  else
    reader->stage = reader->effort & LANYARD_MATRIX_DEEP ? STAGE_WHOLE : STAGE_DONE;
}

static void
find_stacks (LanyardMatrixReader *reader, LanyardWork *work)
{
  reader->n_places = lanyard_stack_locate (lanyard_matrix_outline_get_dark (&reader->outline),
                                           reader->outline.stride, reader->plane.width,
                                           reader->plane.height, reader->places, work);
  reader->next_place = 0;
  reader->stats.n_stacks = reader->n_places;
  reader->stage = STAGE_STACKS;
}

static void
begin_pass (LanyardMatrixReader *reader, LanyardWork *work)
{
  const Pass *pass = &passes[reader->pass];
  guint64 n_px;

  reader->scaled = reader->plane;
  if (pass->scale == 2)
    lanyard_plane_double (&reader->plane, &reader->scaled_buffer);
  else if (pass->scale == -2)
    lanyard_plane_halve (&reader->plane, &reader->scaled_buffer);
  if (pass->scale != 1)
    reader->scaled = reader->scaled_buffer.at;
  n_px = (guint64)reader->scaled.width * reader->scaled.height;
  lanyard_sign_image_make (&reader->sign, &reader->scaled, pass->radius);
  lanyard_work_spend (work, n_px / SIGN_PX_PER_STEP);
  if (pass->scale != 1)
    lanyard_work_spend (work, n_px / SCALE_PX_PER_STEP);
  reader->picture = (LanyardQrPicture){ &reader->scaled, &reader->sign, pass->light, 1 };
  lanyard_matrix_outline_begin (&reader->outline, &reader->picture);
  g_array_set_size (reader->corners, 0);
  reader->next_corner = 0;
  reader->stage = reader->wanted & DATA_MATRIX ? STAGE_OUTLINE : STAGE_CORNERS;
  if (reader->pass == 0 && reader->wanted & PDF417)
    find_stacks (reader, work);
}

static void
try_next_stack (LanyardMatrixReader *reader, LanyardWork *work)
{
  const LanyardStackPlace *place;

  if (reader->next_place == reader->n_places)
    {
      reader->stage = reader->wanted & DATA_MATRIX ? STAGE_OUTLINE : STAGE_CORNERS;
      return;
    }
  place = &reader->places[reader->next_place++];
  if (is_inside_any (reader, place->middle[0], place->middle[1])
      || !lanyard_stack_part_take (&reader->part, &reader->plane, place, work))
    return;
  lanyard_zxing_read (&reader->part.pixels.at, PDF417, LANYARD_ZXING_EFFORT_FAST, 1, on_part_read,
                      reader);
  lanyard_work_spend (work, (guint64)reader->part.pixels.at.width * reader->part.pixels.at.height
                                / PART_PX_PER_STEP);
}

static void
try_next_corner (LanyardMatrixReader *reader, LanyardWork *work)
{
  guint limit
      = passes[reader->pass].effort == LANYARD_MATRIX_DEEP ? MAX_CORNERS_DEEP : MAX_CORNERS_QUICK;

  if (reader->next_corner == MIN (reader->corners->len, limit))
    {
      next_pass (reader, reader->pass + 1);
      return;
    }
  try_corner (reader, &g_array_index (reader->corners, LanyardMatrixCorner, reader->next_corner++),
              work);
}

static void
try_whole (LanyardMatrixReader *reader, LanyardWork *work)
{
  lanyard_work_spend (work,
                      (guint64)reader->plane.width * reader->plane.height / ZXING_PX_PER_STEP);
  lanyard_zxing_read (&reader->plane, reader->wanted, LANYARD_ZXING_EFFORT_THOROUGH, MAX_FOUND,
                      on_whole_read, reader);
  reader->stage = STAGE_DONE;
}

static void
go_on (LanyardMatrixReader *reader, LanyardWork *work)
{
  switch (reader->stage)
    {
    case STAGE_BEGIN:
      begin_pass (reader, work);
      break;
    case STAGE_STACKS:
      try_next_stack (reader, work);
      break;
    case STAGE_OUTLINE:
      if (lanyard_matrix_outline_step (&reader->outline, &reader->picture, reader->corners, work))
        {
          g_array_sort (reader->corners, compare_corners);
          reader->stats.n_corners += reader->corners->len;
          reader->stage = STAGE_CORNERS;
        }
      break;
    case STAGE_CORNERS:
      try_next_corner (reader, work);
      break;
    case STAGE_WHOLE:
      try_whole (reader, work);
      break;
    default:
      break;
    }
}

LanyardMatrixReader *
lanyard_matrix_reader_new (void)
{
  LanyardMatrixReader *reader = g_new0 (LanyardMatrixReader, 1);

  reader->corners = g_array_new (FALSE, FALSE, sizeof (LanyardMatrixCorner));
  reader->samples = g_new (LanyardMatrixSamples, 1);
  reader->stage = STAGE_DONE;
  return reader;
}

void
lanyard_matrix_reader_free (LanyardMatrixReader *reader)
{
  if (reader == NULL)
    return;
  lanyard_plane_buffer_clear (&reader->scaled_buffer);
  lanyard_plane_buffer_clear (&reader->drawing);
  lanyard_plane_buffer_clear (&reader->part.pixels);
  lanyard_sign_image_clear (&reader->sign);
  lanyard_matrix_outline_clear (&reader->outline);
  g_array_unref (reader->corners);
  g_free (reader->samples);
  g_free (reader);
}

void
lanyard_matrix_reader_begin (LanyardMatrixReader *reader,
                             const LanyardPlane *plane,
                             LanyardSymbologies wanted,
                             LanyardMatrixEffort effort)
{
  g_return_if_fail (reader != NULL);
  g_return_if_fail (plane != NULL);

  reader->plane = *plane;
  reader->wanted = wanted & (DATA_MATRIX | PDF417);
  reader->effort = effort;
  reader->n_found = reader->n_places = 0;
  reader->stats = (LanyardMatrixStats){ 0 };
  next_pass (reader, 0);
  if (reader->wanted == 0 || !lanyard_zxing_is_built_in ())
    reader->stage = STAGE_DONE;
}

gboolean
lanyard_matrix_reader_step (LanyardMatrixReader *reader,
                            LanyardWork *work,
                            LanyardFoundFunc func,
                            gpointer user_data)
{
  g_return_val_if_fail (reader != NULL, TRUE);
  g_return_val_if_fail (work != NULL, TRUE);
  g_return_val_if_fail (func != NULL, TRUE);

  reader->func = func;
  reader->user_data = user_data;
  while (reader->stage != STAGE_DONE && !lanyard_work_is_spent (work))
    go_on (reader, work);
  reader->func = NULL;
  return reader->stage == STAGE_DONE;
}

const LanyardMatrixStats *
lanyard_matrix_reader_get_stats (const LanyardMatrixReader *reader)
{
  g_return_val_if_fail (reader != NULL, NULL);

  return &reader->stats;
}

gboolean
lanyard_matrix_reader_get_suspect (const LanyardMatrixReader *reader, LanyardSuspect *suspect)
{
  g_return_val_if_fail (reader != NULL && suspect != NULL, FALSE);

  return reader->stats.n_read == 0
         && lanyard_stack_get_suspect (reader->places, reader->n_places, suspect);
}
