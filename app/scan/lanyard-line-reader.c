/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-line-reader.h"

#include "lanyard-line-edges.h"
#include "lanyard-line-locate.h"
#include "lanyard-line-vote.h"

#include <math.h>
#include <string.h>

/*
 * rows ─ columns ─ beside what one line read ─ locate ─ lines through regions ─ deep
 */

typedef enum
{
  PHASE_ROWS,
  PHASE_COLUMNS,
  PHASE_BESIDE,
  PHASE_LOCATE,
  PHASE_REGIONS,
  PHASE_DONE,
} Phase;

#define PITCH_PX 20
#define MAX_SAMPLES 8192
#define STEPS_EACH_SAMPLES 128 /* samples for a work step */

struct _LanyardLineReader
{
  LanyardZbar *zbar;     /* borrowed */
  LanyardLineVote *vote; /* owned */
  LanyardLineLocator locator;
  LanyardEdges edges;
  guint8 *samples; /* owned: MAX_SAMPLES */
  guint32 *widths; /* owned: MAX_SAMPLES + 3 */
  /* of this plane */
  LanyardPlane plane;
  LanyardLineDepth depth;
  Phase phase;
  guint cursor;
  LanyardLineRegion regions[LANYARD_LINE_MAX_REGIONS];
  guint n_regions;
  /* while a line is read */
  LanyardSegment segment;
  double half_px;
  guint n_samples;
  guint n_read;
  LanyardFoundFunc func;
  gpointer func_data;
};

static void
on_code (const LanyardZbarLineCode *code, gpointer user_data)
{
  LanyardLineReader *reader = user_data;
  LanyardLineRead read = { code->symbology, code->data, code->n_bytes };
  double scale = 1.0 / ((double)LANYARD_EDGE_UNITS * MAX (reader->n_samples - 1, 1));
  guint first, last;

  if (!lanyard_line_is_whole (reader->widths, reader->edges.n_edges + 1, code->symbology,
                              code->n_bytes, code->end, &first, &last))
    return;
  read.segment.from
      = lanyard_segment_point (&reader->segment, reader->edges.edges[first - 1] * scale, 0);
  read.segment.to = lanyard_segment_point (&reader->segment, reader->edges.edges[last] * scale, 0);
  if (code->backwards)
    {
      LanyardPoint from = read.segment.from;

      read.segment.from = read.segment.to;
      read.segment.to = from;
    }
  read.half_px = reader->half_px;
  reader->n_read++;
  lanyard_line_vote_add (reader->vote, &read, reader->func, reader->func_data);
}

static void
read_edges (LanyardLineReader *reader)
{
  LanyardEdges *edges = &reader->edges;
  guint32 last = 0;

  for (guint i = 0; i < edges->n_edges; i++)
    {
      reader->widths[i] = edges->edges[i] - last;
      last = edges->edges[i];
    }
  reader->widths[edges->n_edges] = MAX (reader->n_samples * LANYARD_EDGE_UNITS - last, 1);
  lanyard_zbar_read_widths (reader->zbar, reader->widths, edges->n_edges + 1, on_code, reader);
}

static gboolean
read_samples (LanyardLineReader *reader, guint sensitivity, guint n_rules)
{
  static const LanyardEdgeRule rules[]
      = { LANYARD_EDGE_HALFWAY, LANYARD_EDGE_STEEPEST, LANYARD_EDGE_LEVEL };

  lanyard_edges_find (&reader->edges, reader->samples, reader->n_samples, sensitivity);
  if (reader->edges.n_extremes < 30)
    return FALSE;
  reader->n_read = 0;
  for (guint i = 0; i < n_rules && reader->n_read == 0; i++)
    {
      lanyard_edges_place (&reader->edges, reader->samples, reader->n_samples, rules[i]);
      read_edges (reader);
    }
  return reader->n_read > 0;
}

static gboolean
read_segment (LanyardLineReader *reader,
              LanyardWork *work,
              const LanyardSegment *segment,
              double per_px,
              guint sensitivity,
              guint n_rules)
{
  guint n = CLAMP (lanyard_segment_length (segment) * per_px, 2, MAX_SAMPLES);

  reader->segment = *segment;
  reader->half_px = 0.5;
  reader->n_samples = n;
  lanyard_work_spend (work, 1 + n / STEPS_EACH_SAMPLES);
  lanyard_line_sample (&reader->plane, segment, reader->samples, n);
  return read_samples (reader, sensitivity, n_rules);
}

static void
row_step (LanyardLineReader *reader, LanyardWork *work)
{
  guint y = PITCH_PX / 2 + reader->cursor++ * PITCH_PX;
  double right = (double)reader->plane.width - 1;

  if (y >= reader->plane.height)
    {
      reader->phase = PHASE_COLUMNS;
      reader->cursor = 0;
      return;
    }
  read_segment (reader, work, &(LanyardSegment){ { 0, y }, { right, y } }, 1, 20, 1);
}

static void
column_step (LanyardLineReader *reader, LanyardWork *work)
{
  guint x = PITCH_PX / 2 + reader->cursor++ * PITCH_PX;
  double bottom = (double)reader->plane.height - 1;

  if (x >= reader->plane.width)
    {
      reader->phase = PHASE_BESIDE;
      reader->cursor = 0;
      return;
    }
  read_segment (reader, work, &(LanyardSegment){ { x, 0 }, { x, bottom } }, 1, 20, 1);
}

static LanyardSegment
lengthen (const LanyardSegment *segment, double share, double px)
{
  double more = share + px / MAX (lanyard_segment_length (segment), 1);

  return (LanyardSegment){ lanyard_segment_point (segment, -more, 0),
                           lanyard_segment_point (segment, 1 + more, 0) };
}

static void
beside_step (LanyardLineReader *reader, LanyardWork *work)
{
  static const double sides[] = { 3, -3, 6, -6, 10, -10 };
  LanyardSegment segment;

  if (reader->cursor >= 4 || !lanyard_line_vote_get_open (reader->vote, reader->cursor, &segment))
    {
      reader->phase = PHASE_LOCATE;
      reader->cursor = 0;
      return;
    }
  reader->cursor++;
  segment = lengthen (&segment, 0.15, 8);
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      LanyardSegment shifted = lanyard_segment_shift (&segment, sides[i]);

      read_segment (reader, work, &shifted, 1, 20, 3);
    }
}

static void
locate_step (LanyardLineReader *reader, LanyardWork *work)
{
  guint n_rows = 8;

  lanyard_work_spend (work, 1 + n_rows * reader->plane.width / 128);
  if (!lanyard_line_locator_measure (&reader->locator, &reader->plane, reader->cursor, n_rows))
    {
      reader->cursor += n_rows;
      return;
    }
  reader->n_regions = lanyard_line_locator_find (&reader->locator, reader->regions);
  reader->phase = PHASE_REGIONS;
  reader->cursor = 0;
}

static void
region_step (LanyardLineReader *reader, LanyardWork *work)
{
  const LanyardLineRegion *region = &reader->regions[reader->cursor / 7];
  double side = ((gint)(reader->cursor % 7) - 3) * region->half_px / 4;
  LanyardSegment segment;

  if (reader->cursor >= 7 * reader->n_regions)
    {
      reader->phase = PHASE_DONE;
      return;
    }
  reader->cursor++;
  segment = lengthen (&region->axis, 0.1, 16);
  segment = lanyard_segment_shift (&segment, side);
  if (!read_segment (reader, work, &segment, 1, 20, 3))
    read_segment (reader, work, &segment, 2, 12, 3);
}

LanyardLineReader *
lanyard_line_reader_new (LanyardZbar *zbar)
{
  LanyardLineReader *reader = g_new0 (LanyardLineReader, 1);

  reader->zbar = zbar;
  reader->vote = lanyard_line_vote_new ();
  reader->samples = g_malloc (MAX_SAMPLES);
  reader->widths = g_new (guint32, MAX_SAMPLES + 3);
  reader->phase = PHASE_DONE;
  return reader;
}

void
lanyard_line_reader_free (LanyardLineReader *reader)
{
  if (reader == NULL)
    return;
  lanyard_line_vote_free (reader->vote);
  lanyard_line_locator_clear (&reader->locator);
  lanyard_edges_clear (&reader->edges);
  g_free (reader->samples);
  g_free (reader->widths);
  g_free (reader);
}

void
lanyard_line_reader_begin (LanyardLineReader *reader,
                           const LanyardPlane *plane,
                           LanyardLineDepth depth)
{
  g_return_if_fail (reader != NULL);
  g_return_if_fail (plane != NULL);

  lanyard_line_vote_clear (reader->vote);
  reader->plane = *plane;
  reader->depth = depth;
  reader->phase = PHASE_ROWS;
  reader->cursor = 0;
}

void
lanyard_line_reader_deepen (LanyardLineReader *reader, LanyardLineDepth depth)
{
  g_return_if_fail (reader != NULL);

  reader->depth = MAX (reader->depth, depth);
}

static gboolean
is_done (const LanyardLineReader *reader)
{
  return reader->phase == PHASE_DONE
         || (reader->phase >= PHASE_LOCATE && reader->depth < LANYARD_LINE_LOCATED);
}

gboolean
lanyard_line_reader_step (LanyardLineReader *reader,
                          LanyardWork *work,
                          LanyardFoundFunc func,
                          gpointer user_data)
{
  static void (*const steps[]) (LanyardLineReader *, LanyardWork *)
      = { row_step, column_step, beside_step, locate_step, region_step };

  g_return_val_if_fail (reader != NULL, TRUE);
  g_return_val_if_fail (work != NULL && func != NULL, TRUE);

  reader->func = func;
  reader->func_data = user_data;
  while (!is_done (reader) && !lanyard_work_is_spent (work))
    steps[reader->phase](reader, work);
  reader->func = NULL;
  return is_done (reader);
}
