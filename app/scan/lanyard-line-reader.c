/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-line-reader.h"

#include "lanyard-line-decoder.h"
#include "lanyard-line-unread.h"

#include <math.h>

/*
 * The order of lines:
 *
 *   across    rows ─ columns ─ beside each line that said something alone
 *   located   where edges run in one direction ─ seven lines through each such region
 *   deep      regions turned upright ─ bands of them, averaged and fitted
 *
 * Each step is one line, one row of cells or one band, so that the work can stop between any two.
 *
 * Assumes that a code is so high that one of the rows or columns, 20 px apart, crosses all of its
 * bars, and that a second line crosses them within 10 px of that one; or that its bars are a region
 * of edges in one direction, at whatever angle. Measured on 815 labelled pictures of eight kinds,
 * first read by: across 97, located 21, deep 20.
 */

#define PITCH_PX 20
#define BEYOND_PX 8 /* lines go on so far outside the plane */
#define CELL_ROWS 4
#define PX_PER_LOCATE_STEP 1000
#define LINES_OF_REGION 7
#define MAX_BESIDE 4         /* texts that are looked for again */
#define MAX_DEEP 4           /* regions */
#define LEAST_DEEP_WEIGHT 10 /* cells */
#define MAX_BANDS 5

typedef enum
{
  PHASE_ROWS,
  PHASE_COLUMNS,
  PHASE_BESIDE,
  PHASE_LOCATE,
  PHASE_REGIONS,
  PHASE_BESIDE_AGAIN,
  PHASE_BANDS,
  PHASE_DONE,
} Phase;

struct _LanyardLineReader
{
  LanyardLineDecoder *decoder; /* owned */
  LanyardLineLocator locator;
  LanyardLineBand band;
  LanyardLineUnread unread;
  /* of this plane */
  LanyardPlane plane;
  LanyardLineDepth depth;
  Phase phase;
  guint cursor; /* of the phase */
  LanyardLineRegion regions[LANYARD_LINE_MAX_REGIONS];
  guint n_regions;
  guint n_deep;       /* regions that were looked at deep */
  guint n_band_reads; /* of the region at hand */
};

static const LanyardLineEffort quick = { 1, 25, 1 };
static const LanyardLineEffort thorough = { 1, 20, 3 };
static const LanyardLineEffort fine = { 2, 12, 3 };
static const LanyardLineEffort coarse = { 1, 35, 1 }; /* on paper with a grain */

static void
next_phase (LanyardLineReader *reader)
{
  reader->phase++;
  reader->cursor = 0;
}

static guint
read_line (LanyardLineReader *reader,
           LanyardWork *work,
           const LanyardSegment *segment,
           const LanyardLineEffort *effort)
{
  return lanyard_line_decoder_read (reader->decoder, work, &reader->plane, segment, effort);
}

static void
row_step (LanyardLineReader *reader, LanyardWork *work)
{
  guint y = PITCH_PX / 2 + reader->cursor++ * PITCH_PX;
  double right = (double)reader->plane.width - 1 + BEYOND_PX;

  if (y < reader->plane.height)
    read_line (reader, work, &(LanyardSegment){ { -BEYOND_PX, y }, { right, y } }, &quick);
  else
    next_phase (reader);
}

static void
column_step (LanyardLineReader *reader, LanyardWork *work)
{
  guint x = PITCH_PX / 2 + reader->cursor++ * PITCH_PX;
  double bottom = (double)reader->plane.height - 1 + BEYOND_PX;

  if (x < reader->plane.width)
    read_line (reader, work, &(LanyardSegment){ { x, -BEYOND_PX }, { x, bottom } }, &quick);
  else
    next_phase (reader);
}

static LanyardSegment
lengthened (const LanyardSegment *segment, double share, double px)
{
  double more = share + px / MAX (lanyard_segment_length (segment), 1);

  return (LanyardSegment){ lanyard_segment_point (segment, -more, 0),
                           lanyard_segment_point (segment, 1 + more, 0) };
}

/* One line alone may have hit the last row of a low code: looks above and below. */
static void
beside_step (LanyardLineReader *reader, LanyardWork *work)
{
  static const double sides[] = { 3, -3, 6, -6, 10, -10 };
  LanyardLineVote *vote = lanyard_line_decoder_get_vote (reader->decoder);
  guint index = reader->cursor / G_N_ELEMENTS (sides);
  LanyardSegment segment;

  if (index >= MAX_BESIDE || !lanyard_line_vote_get_open (vote, index, &segment))
    {
      next_phase (reader);
      return;
    }
  segment = lengthened (&segment, 0.15, 8);
  segment = lanyard_segment_shift (&segment, sides[reader->cursor++ % G_N_ELEMENTS (sides)]);
  read_line (reader, work, &segment, &thorough);
}

static void
locate_step (LanyardLineReader *reader, LanyardWork *work)
{
  lanyard_work_spend (
      work, 1 + CELL_ROWS * LANYARD_LINE_CELL_PX * reader->plane.width / PX_PER_LOCATE_STEP);
  if (lanyard_line_locator_measure (&reader->locator, &reader->plane, reader->cursor, CELL_ROWS))
    {
      reader->n_regions = lanyard_line_locator_find (&reader->locator, reader->regions);
      next_phase (reader);
    }
  else
    reader->cursor += CELL_ROWS;
}

static void
region_step (LanyardLineReader *reader, LanyardWork *work)
{
  guint index = reader->cursor / LINES_OF_REGION, line = reader->cursor % LINES_OF_REGION;
  const LanyardLineRegion *region = &reader->regions[index];
  LanyardSegment segment;

  if (index >= reader->n_regions)
    {
      next_phase (reader);
      return;
    }
  reader->cursor++;
  segment = lengthened (&region->axis, 0.1, 16);
  segment = lanyard_segment_shift (&segment, ((gint)line - LINES_OF_REGION / 2) * region->half_px
                                                 / (LINES_OF_REGION / 2 + 1));
  if (read_line (reader, work, &segment, &thorough) == 0
      && read_line (reader, work, &segment, &fine) == 0)
    read_line (reader, work, &segment, &coarse);
}

static gboolean
is_worth_depth (LanyardLineReader *reader, LanyardWork *work, LanyardLineRegion *region)
{
  LanyardLineVote *vote = lanyard_line_decoder_get_vote (reader->decoder);

  return reader->n_deep < MAX_DEEP && region->weight >= LEAST_DEEP_WEIGHT
         && !lanyard_line_vote_is_settled (vote, lanyard_segment_point (&region->axis, 0.5, 0))
         && lanyard_line_band_align (&reader->band, work, &reader->plane, region);
}

static void
read_band (LanyardLineReader *reader,
           LanyardWork *work,
           const LanyardLineRegion *region,
           guint band)
{
  guint n_read
      = lanyard_line_decoder_read_band (reader->decoder, work, &reader->plane, &reader->band);

  reader->n_band_reads += n_read;
  if (band == 0 && n_read == 0)
    lanyard_line_unread_keep (&reader->unread, &reader->band);
  if (band == 1 && reader->n_band_reads == 0)
    lanyard_line_unread_judge (&reader->unread, work, &reader->band, &reader->plane, region);
}

/* Two halves of a region; when one says something, also thirds. */
static void
band_step (LanyardLineReader *reader, LanyardWork *work)
{
  static const struct
  {
    double side, half; /* share of the region's half */
  } bands[MAX_BANDS]
      = { { -0.48, 0.44 }, { 0.48, 0.44 }, { -0.65, 0.27 }, { 0, 0.27 }, { 0.65, 0.27 } };
  guint index = reader->cursor / MAX_BANDS, band = reader->cursor % MAX_BANDS;
  LanyardLineRegion *region = &reader->regions[index];

  if (index >= reader->n_regions)
    {
      next_phase (reader);
      return;
    }
  if (band == 0)
    {
      reader->n_band_reads = 0;
      reader->unread.n_bins = 0;
      if (!is_worth_depth (reader, work, region))
        {
          reader->cursor += MAX_BANDS;
          return;
        }
      reader->n_deep++;
    }
  if (lanyard_line_band_project (&reader->band, work, &reader->plane, region,
                                 bands[band].side * region->half_px,
                                 bands[band].half * region->half_px))
    read_band (reader, work, region, band);
  reader->cursor += band == 1 && reader->n_band_reads == 0 ? MAX_BANDS - 1 : 1;
}

LanyardLineReader *
lanyard_line_reader_new (LanyardZbar *zbar)
{
  LanyardLineReader *reader;

  g_return_val_if_fail (zbar != NULL, NULL);

  reader = g_new0 (LanyardLineReader, 1);
  reader->decoder = lanyard_line_decoder_new (zbar);
  reader->phase = PHASE_DONE;
  return reader;
}

void
lanyard_line_reader_free (LanyardLineReader *reader)
{
  if (reader == NULL)
    return;
  lanyard_line_decoder_free (reader->decoder);
  lanyard_line_locator_clear (&reader->locator);
  lanyard_line_band_clear (&reader->band);
  lanyard_line_unread_clear (&reader->unread);
  g_free (reader);
}

void
lanyard_line_reader_begin (LanyardLineReader *reader,
                           const LanyardPlane *plane,
                           LanyardLineDepth depth)
{
  g_return_if_fail (reader != NULL);
  g_return_if_fail (plane != NULL);

  lanyard_line_vote_clear (lanyard_line_decoder_get_vote (reader->decoder));
  lanyard_line_unread_forget (&reader->unread);
  reader->plane = *plane;
  reader->depth = depth;
  reader->phase = PHASE_ROWS;
  reader->cursor = reader->n_regions = reader->n_deep = 0;
}

void
lanyard_line_reader_deepen (LanyardLineReader *reader, LanyardLineDepth depth)
{
  g_return_if_fail (reader != NULL);

  reader->depth = MAX (reader->depth, depth);
}

gboolean
lanyard_line_reader_get_suspect (const LanyardLineReader *reader, LanyardSuspect *suspect)
{
  g_return_val_if_fail (reader != NULL && suspect != NULL, FALSE);

  *suspect = reader->unread.suspect;
  return reader->unread.suspect.fit > 0;
}

static gboolean
is_done (const LanyardLineReader *reader)
{
  static const Phase ends[] = { PHASE_LOCATE, PHASE_BANDS, PHASE_DONE };

  return reader->phase >= ends[reader->depth];
}

gboolean
lanyard_line_reader_step (LanyardLineReader *reader,
                          LanyardWork *work,
                          LanyardFoundFunc func,
                          gpointer user_data)
{
  static void (*const steps[]) (LanyardLineReader *, LanyardWork *) = {
    row_step, column_step, beside_step, locate_step, region_step, beside_step, band_step,
  };

  g_return_val_if_fail (reader != NULL, TRUE);
  g_return_val_if_fail (work != NULL, TRUE);
  g_return_val_if_fail (func != NULL, TRUE);

  lanyard_line_decoder_set_func (reader->decoder, func, user_data);
  while (!is_done (reader) && !lanyard_work_is_spent (work))
    steps[reader->phase](reader, work);
  lanyard_line_decoder_set_func (reader->decoder, NULL, NULL);
  return is_done (reader);
}
