/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-qr-reader.h"

#include <math.h>
#include <string.h>

#include "lanyard-qr-attempt.h"
#include "lanyard-qr-locate.h"
#include "lanyard-qr-mesh.h"
#include "lanyard-qr-refine.h"
#include "lanyard-qr-version.h"

/* Work steps. */
#define PX_A_STEP 1500 /* of the sign image */
#define PLACE_STEPS 60 /* a grid on a triple */

#define MIN_FIT 0.3 /* of modules that are always the same */
/* From here on it is a symbol, whatever its other modules say. */
#define MIN_SUSPECT_FIT 0.6

/* What would be read if only the paper were flat. */
#define MIN_PROMISING_FIT 0.5
#define MAX_PROMISES 6 /* a plane */
#define N_BENDS 2      /* ways to bend a grid */

#define ROW_STEP 3 /* of the first pass */

/* Px a module below which a symbol is read only where light and hand are good; 1.4 at the best. */
#define LEAST_MODULE_PX 2.2

/* A grid that nearly fits. */
typedef struct
{
  LanyardQrTriple triple;
  LanyardQrGrid grid;
} Promise;

typedef enum
{
  PHASE_SIGN,
  PHASE_ROWS,
  PHASE_TRIPLE,
  PHASE_VERSION,
  PHASE_WAY,
  PHASE_BEND,
  PHASE_DONE,
} Phase;

struct _LanyardQrReader
{
  LanyardZbar *zbar; /* borrowed */
  /* What is searched. */
  LanyardPlane plane;
  guint radius;
  LanyardQrEffort effort;
  LanyardQrStats stats;
  /* Kept memory. */
  LanyardSignImage sign;
  LanyardQrLocator locator;
  LanyardQrTriple triples[LANYARD_QR_MAX_TRIPLES];
  LanyardQrAttempt attempt;
  /* Where the search is. */
  Phase phase;
  guint n_triples, triple; /* how many, and which is tried */
  guint n_tried;           /* of patterns before this one, all triples have been tried */
  guint versions[LANYARD_QR_MAX_VERSIONS];
  guint n_versions, version;
  /* All flat grids are tried before one is bent: that costs more than a drawing. */
  Promise promises[MAX_PROMISES];
  gboolean is_guessing;        /* triples of two patterns */
  gboolean is_bending;         /* all flat grids have been tried */
  guint n_promises, bend;      /* how many, and which of N_BENDS each is next */
  const LanyardQrTriple *bent; /* borrowed: of the promise at hand; not NULL while one is */
  LanyardQrPicture picture;
  LanyardSuspect suspect;                   /* fit 0: none */
  gboolean is_used[LANYARD_QR_MAX_FINDERS]; /* patterns of symbols that have been read */
};

/* The grid at hand fits: should nothing be read, it is what somebody holds up. */
static void
note_suspect (LanyardQrReader *reader)
{
  LanyardSuspect *suspect = &reader->suspect;
  const LanyardPoint *corners = suspect->corners;

  if (reader->attempt.grid.fit <= suspect->fit)
    return;
  suspect->symbology = LANYARD_SYMBOLOGY_QR;
  suspect->fit = reader->attempt.grid.fit;
  lanyard_qr_attempt_corners (&reader->attempt, suspect->corners);
  /* of both diagonals */
  suspect->module_px = (hypot (corners[2].x - corners[0].x, corners[2].y - corners[0].y)
                        + hypot (corners[3].x - corners[1].x, corners[3].y - corners[1].y))
                       / (2 * G_SQRT2 * reader->attempt.grid.side);
  suspect->least_px = LEAST_MODULE_PX;
}

static void
make_sign (LanyardQrReader *reader, LanyardWork *work)
{
  lanyard_sign_image_make (&reader->sign, &reader->plane, reader->radius);
  lanyard_work_spend (work, (guint64)reader->plane.width * reader->plane.height / PX_A_STEP);
  lanyard_qr_locator_begin (&reader->locator, reader->plane.width, ROW_STEP,
                            reader->effort == LANYARD_QR_OPEN);
  reader->is_guessing = reader->is_bending = FALSE;
  reader->n_tried = reader->n_promises = 0;
  memset (reader->is_used, 0, sizeof reader->is_used);
  reader->phase = PHASE_ROWS;
}

static void
search_rows (LanyardQrReader *reader, LanyardWork *work)
{
  if (!lanyard_qr_locator_step (&reader->locator, &reader->sign, &reader->plane, work))
    return;
  reader->stats.n_finders = reader->locator.n_finders;
  reader->n_triples = lanyard_qr_triples_find (reader->locator.finders, reader->locator.n_finders,
                                               reader->triples);
  reader->stats.n_triples = reader->n_triples;
  reader->triple = 0;
  reader->phase = PHASE_TRIPLE;
}

/* All that has been seen has been tried. */
static void
guess_or_end (LanyardQrReader *reader)
{
  if (reader->effort < LANYARD_QR_DEEP || reader->is_guessing || reader->stats.n_read > 0)
    {
      reader->phase = PHASE_DONE;
      return;
    }
  reader->is_guessing = TRUE;
  reader->n_triples = lanyard_qr_triples_guess (reader->locator.finders, reader->locator.n_finders,
                                                reader->triples);
  reader->triple = reader->n_tried = reader->n_promises = 0;
  reader->is_bending = FALSE;
  reader->phase = PHASE_TRIPLE;
}

static void
next_triple (LanyardQrReader *reader)
{
  reader->triple++;
  reader->phase = PHASE_TRIPLE;
}

static void
next_version (LanyardQrReader *reader)
{
  reader->version++;
  reader->phase = PHASE_VERSION;
}

/* No flat grid is left. The rows between bring patterns of the smallest modules, and few more. */
static void
search_between_or_bend (LanyardQrReader *reader)
{
  if (reader->effort == LANYARD_QR_DEEP && !reader->locator.between)
    {
      if (reader->n_triples < LANYARD_QR_MAX_TRIPLES)
        reader->n_tried = reader->locator.n_finders;
      lanyard_qr_locator_go_between (&reader->locator);
      reader->phase = PHASE_ROWS;
      return;
    }
  reader->is_bending = TRUE;
  reader->bend = 0;
  reader->phase = PHASE_BEND;
}

/* Has this been tried already, before the rows between? */
static gboolean
is_tried (const LanyardQrReader *reader, const LanyardQrTriple *triple)
{
  for (guint i = 0; i < G_N_ELEMENTS (triple->index); i++)
    if (triple->index[i] == LANYARD_QR_UNSEEN || triple->index[i] >= reader->n_tried)
      return FALSE;
  return TRUE;
}

static gboolean
is_used (const LanyardQrReader *reader, const LanyardQrTriple *triple)
{
  for (guint i = 0; i < G_N_ELEMENTS (triple->index); i++)
    if (triple->index[i] != LANYARD_QR_UNSEEN && reader->is_used[triple->index[i]])
      return TRUE;
  return FALSE;
}

static void
look_at (LanyardQrReader *reader, const LanyardQrTriple *triple)
{
  reader->picture
      = (LanyardQrPicture){ &reader->plane, &reader->sign, triple->corner.inverted ? -1 : 1, 1 };
  reader->picture.contrast = lanyard_qr_grid_contrast (&reader->picture, triple);
}

static void
begin_triple (LanyardQrReader *reader, LanyardWork *work)
{
  const LanyardQrTriple *triple = &reader->triples[reader->triple];

  if (reader->triple >= reader->n_triples)
    {
      search_between_or_bend (reader);
      return;
    }
  if (is_used (reader, triple) || is_tried (reader, triple))
    {
      next_triple (reader);
      return;
    }
  look_at (reader, triple);
  reader->n_versions = lanyard_qr_versions_find (&reader->picture, triple, reader->versions);
  reader->version = 0;
  reader->phase = PHASE_VERSION;
  lanyard_work_spend (work, 5);
}

static void
begin_ways (LanyardQrReader *reader, LanyardWork *work)
{
  lanyard_qr_attempt_begin (&reader->attempt, &reader->picture, work);
  reader->phase = PHASE_WAY;
}

static void
begin_version (LanyardQrReader *reader, LanyardWork *work)
{
  const LanyardQrTriple *triple = &reader->triples[reader->triple];

  if (reader->version >= reader->n_versions)
    {
      next_triple (reader);
      return;
    }
  lanyard_qr_layout_make (&reader->attempt.layout, reader->versions[reader->version]);
  lanyard_work_spend (work, PLACE_STEPS);
  if (!lanyard_qr_grid_place (&reader->picture, triple, &reader->attempt.layout,
                              &reader->attempt.grid)
      || reader->attempt.grid.fit < MIN_FIT)
    {
      next_version (reader);
      return;
    }
  lanyard_qr_mesh_bend (&reader->picture, triple, &reader->attempt.layout, &reader->attempt.grid);
  reader->stats.n_grids++;
  note_suspect (reader);
  begin_ways (reader, work);
}

/* The next of the grids that nearly fit: first all in the way that reads most, then in the other.
 */
static void
bend_grid (LanyardQrReader *reader, LanyardWork *work)
{
  const Promise *promise;
  gboolean flat;

  if (reader->effort == LANYARD_QR_FLAT || reader->bend >= reader->n_promises * N_BENDS)
    {
      guess_or_end (reader);
      return;
    }
  promise = &reader->promises[reader->bend % reader->n_promises];
  flat = reader->bend++ >= reader->n_promises;
  if (is_used (reader, &promise->triple))
    return;
  reader->attempt.grid = promise->grid;
  reader->bent = &promise->triple;
  look_at (reader, &promise->triple);
  lanyard_qr_layout_make (&reader->attempt.layout, reader->attempt.grid.version);
  lanyard_qr_refine (&reader->picture, &promise->triple, &reader->attempt.layout, flat,
                     &reader->attempt.grid, work);
  begin_ways (reader, work);
}

static void
end_ways (LanyardQrReader *reader)
{
  if (reader->is_bending)
    {
      reader->phase = PHASE_BEND;
      return;
    }
  if (!reader->attempt.grid.is_bent && reader->attempt.grid.fit > MIN_PROMISING_FIT
      && reader->n_promises < MAX_PROMISES)
    reader->promises[reader->n_promises++]
        = (Promise){ reader->triples[reader->triple], reader->attempt.grid };
  next_version (reader);
}

static void
mark_used (LanyardQrReader *reader, const LanyardQrTriple *triple)
{
  for (guint i = 0; i < G_N_ELEMENTS (triple->index); i++)
    if (triple->index[i] != LANYARD_QR_UNSEEN)
      reader->is_used[triple->index[i]] = TRUE;
}

static void
try_way (LanyardQrReader *reader, LanyardWork *work, LanyardFoundFunc func, gpointer user_data)
{
  switch (lanyard_qr_attempt_step (&reader->attempt, reader->zbar, work, func, user_data))
    {
    case LANYARD_QR_ATTEMPT_GOES_ON:
      return;
    case LANYARD_QR_ATTEMPT_FAILED:
      end_ways (reader);
      return;
    case LANYARD_QR_ATTEMPT_READ:
      reader->stats.n_read++;
      mark_used (reader, reader->is_bending ? reader->bent : &reader->triples[reader->triple]);
      break;
    default:
      break;
    }
  if (reader->is_bending)
    reader->phase = PHASE_BEND;
  else
    next_triple (reader);
}

LanyardQrReader *
lanyard_qr_reader_new (LanyardZbar *zbar)
{
  LanyardQrReader *reader;

  g_return_val_if_fail (zbar != NULL, NULL);

  reader = g_new0 (LanyardQrReader, 1);
  reader->zbar = zbar;
  reader->phase = PHASE_DONE;
  return reader;
}

void
lanyard_qr_reader_free (LanyardQrReader *reader)
{
  if (reader == NULL)
    return;
  lanyard_sign_image_clear (&reader->sign);
  lanyard_qr_locator_clear (&reader->locator);
  lanyard_qr_attempt_clear (&reader->attempt);
  g_free (reader);
}

void
lanyard_qr_reader_begin (LanyardQrReader *reader,
                         const LanyardPlane *plane,
                         guint radius,
                         LanyardQrEffort effort)
{
  g_return_if_fail (reader != NULL);
  g_return_if_fail (plane != NULL);

  reader->plane = *plane;
  reader->radius = radius;
  reader->effort = effort;
  reader->stats = (LanyardQrStats){ 0 };
  reader->attempt.n_formats = reader->attempt.n_drawings = 0;
  reader->suspect = (LanyardSuspect){ .fit = 0 };
  reader->phase = PHASE_SIGN;
}

gboolean
lanyard_qr_reader_step (LanyardQrReader *reader,
                        LanyardWork *work,
                        LanyardFoundFunc func,
                        gpointer user_data)
{
  g_return_val_if_fail (reader != NULL, TRUE);
  g_return_val_if_fail (work != NULL, TRUE);
  g_return_val_if_fail (func != NULL, TRUE);

  while (reader->phase != PHASE_DONE && !lanyard_work_is_spent (work))
    switch (reader->phase)
      {
      case PHASE_SIGN:
        make_sign (reader, work);
        break;
      case PHASE_ROWS:
        search_rows (reader, work);
        break;
      case PHASE_TRIPLE:
        begin_triple (reader, work);
        break;
      case PHASE_VERSION:
        begin_version (reader, work);
        break;
      case PHASE_BEND:
        bend_grid (reader, work);
        break;
      default:
        try_way (reader, work, func, user_data);
        break;
      }
  reader->stats.n_formats = reader->attempt.n_formats;
  reader->stats.n_drawings = reader->attempt.n_drawings;
  return reader->phase == PHASE_DONE;
}

gboolean
lanyard_qr_reader_get_suspect (const LanyardQrReader *reader, LanyardSuspect *suspect)
{
  g_return_val_if_fail (reader != NULL && suspect != NULL, FALSE);

  *suspect = reader->suspect;
  return reader->stats.n_read == 0 && reader->suspect.fit >= MIN_SUSPECT_FIT;
}

const LanyardQrStats *
lanyard_qr_reader_get_stats (const LanyardQrReader *reader)
{
  g_return_val_if_fail (reader != NULL, NULL);

  return &reader->stats;
}
