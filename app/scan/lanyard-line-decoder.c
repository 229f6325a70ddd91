/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-line-decoder.h"

#include "lanyard-line-edges.h"
#include "lanyard-line-fit.h"
#include "lanyard-line-latin.h"

#include <math.h>
#include <string.h>

/*
 * One line at a time. What is read is put to the vote and believed by nobody here.
 *
 * Measured on the labelled photographs and drawings: a fit that is right correlates with its
 * profile by 0.915 or more and has a margin of 0.0018 (Code 128) or 0.0129 (Code 39); of 681 that
 * texture gave, 1 in 50 comes to 0.92 and none to that margin as well.
 *
 * Assumes that a code has 30 turning points or more, that none of its bars and spaces is more than
 * WIDEST times as wide as those around it are on average, and that it is as light outside the
 * picture as near its border. Where the border cuts through interleaved 2 of 5 or Codabar, of which
 * a piece looks like a whole, nothing is read. Assumes dark bars on light.
 *
 * Measured on 77 photographs and 65 drawings by bench-scan --corpus --alone --turns 1, read (of
 * all, first by line-deep):
 *   76 and 62 (20)   as it is
 *   74 and 49  (5)   nothing is fitted
 *   76 and 62 (20)   WIDEST without end: it is there for ZBar's time
 *   76 and 62 (20)   a fit counts however unsure it is: that is there for texture, see above
 */

#define MAX_SAMPLES 8192
#define SAMPLES_PER_STEP 100
#define LIGHT_REACH 48     /* samples in which the light at the border is looked for */
#define ENDLESS 4096       /* samples: the quiet zone of a code at the border of the picture */
#define LEAST_EXTREMES 30  /* a code has more edges */
#define LEAST_RUN 30       /* widths, with the quiet zones */
#define AROUND 16          /* widths to both sides that are compared with one */
#define WIDEST 3           /* times their mean */
#define LEAST_FIT_EDGES 16 /* that may be seen of one whose narrow bars are blurred away */
#define LEAST_MODULE 2.4   /* bins: 0.6 px */
#define MOST_MODULE 28     /* bins: 7 px; wider ones have edges */
#define QUIET_MODULES 4
#define OTHER_END 0.1 /* share of the quiet zone of the first end that the second needs */

struct _LanyardLineDecoder
{
  LanyardZbar *zbar;     /* borrowed */
  LanyardLineVote *vote; /* owned */
  LanyardLineFit *fit;   /* owned */
  LanyardEdges edges;
  guint8 *samples; /* owned: MAX_SAMPLES */
  guint32 *widths; /* owned: MAX_SAMPLES + 3 */
  LanyardFoundFunc func;
  gpointer func_data;
  /* the line at hand */
  LanyardSegment segment;
  double half_px;
  guint n_samples;
  guint inside_first, inside_end; /* samples that lie in the picture */
  guint run_first, run_end;       /* widths that are read at a time */
  guint n_read;
  const LanyardLineFitted *fitted; /* (nullable): while ZBar looks at it */
};

/* How sure a fit has to be. Code 128 and EAN have check characters as well. */
static const struct
{
  LanyardSymbology symbology;
  double correlation, margin;
} certainties[] = {
  { LANYARD_SYMBOLOGY_CODE128, 0.9, 0.0015 }, { LANYARD_SYMBOLOGY_CODE39, 0.92, 0.01 },
  { LANYARD_SYMBOLOGY_ITF, 0.93, 0.01 },      { LANYARD_SYMBOLOGY_EAN13, 0.92, 0.006 },
  { LANYARD_SYMBOLOGY_EAN8, 0.93, 0.01 },     { LANYARD_SYMBOLOGY_UPCE, 0.94, 0.015 },
};

/* @widths: from the code's first bar to its last */
static void
vote (LanyardLineDecoder *decoder,
      const LanyardZbarLineCode *code,
      const LanyardSegment *segment,
      const guint32 *widths,
      guint n_widths)
{
  g_autofree guint8 *text = g_memdup2 (code->data, code->n_bytes);
  LanyardLineRead read = { code->symbology, text, code->n_bytes, *segment, decoder->half_px };

  if (text == NULL
      || (code->symbology == LANYARD_SYMBOLOGY_CODE128
          && lanyard_line_latin (widths, n_widths, code->backwards, text, code->n_bytes)
                 == LANYARD_LINE_LATIN_UNKNOWN))
    return;
  if (code->backwards)
    read.segment = (LanyardSegment){ segment->to, segment->from };
  decoder->n_read++;
  lanyard_line_vote_add (decoder->vote, &read, decoder->func, decoder->func_data);
}

/* A code without a sure end must not go on beyond the border. */
static gboolean
is_cut (const LanyardLineDecoder *decoder, LanyardSymbology symbology, guint first, guint last)
{
  guint32 endless = ENDLESS * LANYARD_EDGE_UNITS;

  return (symbology == LANYARD_SYMBOLOGY_ITF || symbology == LANYARD_SYMBOLOGY_CODABAR)
         && (decoder->widths[first - 1] == endless || decoder->widths[last + 1] == endless);
}

static void
on_code (const LanyardZbarLineCode *code, gpointer user_data)
{
  LanyardLineDecoder *decoder = user_data;
  double scale = 1.0 / ((double)LANYARD_EDGE_UNITS * MAX (decoder->n_samples - 1, 1));
  const guint32 *edges = decoder->edges.edges;
  LanyardSegment segment;
  guint first, last;

  if (!lanyard_line_is_whole (decoder->widths + decoder->run_first,
                              decoder->run_end - decoder->run_first, code->symbology, code->n_bytes,
                              code->end, &first, &last))
    return;
  first += decoder->run_first;
  last += decoder->run_first;
  if (is_cut (decoder, code->symbology, first, last))
    return;
  segment.from = lanyard_segment_point (&decoder->segment, edges[first - 1] * scale, 0);
  segment.to = lanyard_segment_point (&decoder->segment, edges[last] * scale, 0);
  vote (decoder, code, &segment, decoder->widths + first, last + 1 - first);
}

/* Widths of bars and spaces of the whole line, with a quiet zone at both ends. */
static guint
measure_widths (LanyardLineDecoder *decoder)
{
  const LanyardEdges *edges = &decoder->edges;
  guint32 before = 0;

  for (guint i = 0; i < edges->n_edges; i++)
    {
      decoder->widths[i] = edges->edges[i] - before;
      before = edges->edges[i];
    }
  decoder->widths[edges->n_edges] = decoder->n_samples * LANYARD_EDGE_UNITS - before;
  /* Bars that touch the border of the picture: nobody can say that there is no quiet zone. */
  if (decoder->inside_first > 0
      && edges->edges[0] < (decoder->inside_first + 1) * LANYARD_EDGE_UNITS)
    decoder->widths[0] = ENDLESS * LANYARD_EDGE_UNITS;
  if (decoder->inside_end < decoder->n_samples
      && before + 2 * LANYARD_EDGE_UNITS > decoder->inside_end * LANYARD_EDGE_UNITS)
    decoder->widths[edges->n_edges] = ENDLESS * LANYARD_EDGE_UNITS;
  return edges->n_edges + 1;
}

/* Reads the widths from @first to before @end, which are too even for anything but a code. */
static void
read_run (LanyardLineDecoder *decoder, guint first, guint end)
{
  /* From the quiet zone before to the one behind; the first is a space. */
  first = first > 0 ? first - 1 : 0;
  first += first % 2;
  end = MIN (end + 1, decoder->edges.n_edges + 1);
  if (end < first + LEAST_RUN)
    return;
  decoder->run_first = first;
  decoder->run_end = end;
  lanyard_zbar_read_widths (decoder->zbar, decoder->widths + first, end - first, on_code, decoder);
}

/* Nothing in a code is much wider than its bars are on average; what texture gives is, and is not
 * worth ZBar's time. */
static void
read_edges (LanyardLineDecoder *decoder)
{
  guint n = measure_widths (decoder), first = 0;
  guint64 sum = 0;

  for (guint i = 0; i < MIN (AROUND, n); i++)
    sum += decoder->widths[i];
  for (guint i = 0; i < n; i++)
    {
      guint from = i > AROUND ? i - AROUND : 0, to = MIN (i + AROUND + 1, n);

      if (i + AROUND < n)
        sum += decoder->widths[i + AROUND];
      if (i > AROUND)
        sum -= decoder->widths[i - AROUND - 1];
      if ((guint64)decoder->widths[i] * (to - from) <= WIDEST * sum)
        continue;
      read_run (decoder, first, i);
      first = i + 1;
    }
  read_run (decoder, first, n);
}

static void
read_samples (LanyardLineDecoder *decoder, const guint8 *samples, const LanyardLineEffort *effort)
{
  static const LanyardEdgeRule rules[]
      = { LANYARD_EDGE_HALFWAY, LANYARD_EDGE_STEEPEST, LANYARD_EDGE_LEVEL };

  decoder->n_read = 0;
  lanyard_edges_find (&decoder->edges, samples, decoder->n_samples, effort->sensitivity);
  if (decoder->edges.n_extremes < LEAST_EXTREMES)
    return;
  for (guint i = 0; i < effort->n_rules && decoder->n_read == 0; i++)
    {
      lanyard_edges_place (&decoder->edges, samples, decoder->n_samples, rules[i]);
      read_edges (decoder);
    }
}

static guint8
lightest (const guint8 *samples, guint from, guint end)
{
  guint8 light = 0;

  for (guint i = from; i < end; i++)
    light = MAX (light, samples[i]);
  return light;
}

/* Outside the picture it is as light as anything near its border. */
static void
light_outside (LanyardLineDecoder *decoder, const LanyardPlane *plane, guint8 *samples)
{
  guint n = decoder->n_samples, first, end;

  lanyard_line_inside (plane, &decoder->segment, n, &first, &end);
  decoder->inside_first = first;
  decoder->inside_end = end;
  if (first == end)
    return;
  memset (samples, lightest (samples, first, MIN (first + LIGHT_REACH, end)), first);
  memset (samples + end, lightest (samples, MAX (end, first + LIGHT_REACH) - LIGHT_REACH, end),
          n - end);
}

static void
on_fitted_code (const LanyardZbarLineCode *code, gpointer user_data)
{
  LanyardLineDecoder *decoder = user_data;
  const LanyardLineFitted *fitted = decoder->fitted;

  vote (decoder, code, &decoder->segment, fitted->widths + 1, fitted->n_widths - 2);
}

static gboolean
is_sure (const LanyardLineFitted *fitted)
{
  for (guint i = 0; i < G_N_ELEMENTS (certainties); i++)
    if (certainties[i].symbology == fitted->symbology)
      return fitted->correlation >= certainties[i].correlation
             && fitted->margin >= certainties[i].margin;
  return FALSE;
}

static gboolean
on_fitted (const LanyardLineFitted *fitted, gpointer user_data)
{
  LanyardLineDecoder *decoder = user_data;
  LanyardSegment whole = decoder->segment;
  double from = fitted->from / decoder->n_samples, to = fitted->to / decoder->n_samples;

  if (!is_sure (fitted))
    return FALSE;
  decoder->segment.from = lanyard_segment_point (&whole, fitted->mirrored ? to : from, 0);
  decoder->segment.to = lanyard_segment_point (&whole, fitted->mirrored ? from : to, 0);
  decoder->fitted = fitted;
  lanyard_zbar_read_widths (decoder->zbar, fitted->widths, fitted->n_widths, on_fitted_code,
                            decoder);
  decoder->fitted = NULL;
  decoder->segment = whole;
  return decoder->n_read > 0;
}

static guint
edges_between (const LanyardEdges *edges, double from, double to)
{
  guint n = 0;

  for (guint i = 0; i < edges->n_edges; i++)
    {
      double at = (double)edges->edges[i] / LANYARD_EDGE_UNITS;

      n += at > from - 1 && at < to + 1;
    }
  return n;
}

static void
fit_between (LanyardLineDecoder *decoder,
             LanyardWork *work,
             const LanyardLineBand *band,
             const LanyardLineEnd *begin,
             const LanyardLineEnd *end)
{
  LanyardLineProfile profile = { band->profile, band->n_bins };
  double quiet = MIN (begin->quiet, end->quiet);

  profile.extent = (LanyardLineExtent){ begin->at, end->at,
                                        edges_between (&decoder->edges, begin->at, end->at),
                                        LEAST_MODULE, MIN (MOST_MODULE, quiet / QUIET_MODULES) };
  if (profile.extent.n_edges >= LEAST_FIT_EDGES)
    lanyard_line_fit_read (decoder->fit, work, &profile, on_fitted, decoder);
}

static void
fit_band (LanyardLineDecoder *decoder, LanyardWork *work, const LanyardLineBand *band)
{
  LanyardLineEnd begins[2], ends[2];
  guint n_begins, n_ends;

  lanyard_edges_find (&decoder->edges, band->samples, band->n_bins, 25);
  lanyard_edges_place (&decoder->edges, band->samples, band->n_bins, LANYARD_EDGE_LEVEL);
  n_begins = lanyard_line_band_ends (band, &decoder->edges, TRUE, begins, 2);
  n_ends = lanyard_line_band_ends (band, &decoder->edges, FALSE, ends, 2);
  for (guint i = 0; i < n_begins && begins[i].quiet >= OTHER_END * begins[0].quiet; i++)
    for (guint k = 0; k < n_ends && ends[k].quiet >= OTHER_END * ends[0].quiet; k++)
      if (decoder->n_read == 0)
        fit_between (decoder, work, band, &begins[i], &ends[k]);
}

LanyardLineDecoder *
lanyard_line_decoder_new (LanyardZbar *zbar)
{
  LanyardLineDecoder *decoder = g_new0 (LanyardLineDecoder, 1);

  decoder->zbar = zbar;
  decoder->vote = lanyard_line_vote_new ();
  decoder->fit = lanyard_line_fit_new (lanyard_zbar_get_enabled (zbar));
  decoder->samples = g_malloc (MAX_SAMPLES);
  decoder->widths = g_new (guint32, MAX_SAMPLES + 3);
  return decoder;
}

void
lanyard_line_decoder_free (LanyardLineDecoder *decoder)
{
  if (decoder == NULL)
    return;
  lanyard_line_vote_free (decoder->vote);
  lanyard_line_fit_free (decoder->fit);
  lanyard_edges_clear (&decoder->edges);
  g_free (decoder->samples);
  g_free (decoder->widths);
  g_free (decoder);
}

LanyardLineVote *
lanyard_line_decoder_get_vote (LanyardLineDecoder *decoder)
{
  return decoder->vote;
}

void
lanyard_line_decoder_set_func (LanyardLineDecoder *decoder,
                               LanyardFoundFunc func,
                               gpointer user_data)
{
  decoder->func = func;
  decoder->func_data = user_data;
}

guint
lanyard_line_decoder_read (LanyardLineDecoder *decoder,
                           LanyardWork *work,
                           const LanyardPlane *plane,
                           const LanyardSegment *segment,
                           const LanyardLineEffort *effort)
{
  guint n = CLAMP (lanyard_segment_length (segment) * effort->per_px + 1, 2, MAX_SAMPLES);

  g_return_val_if_fail (decoder != NULL && decoder->func != NULL, 0);

  decoder->segment = *segment;
  decoder->half_px = 0.5;
  decoder->n_samples = n;
  lanyard_work_spend (work, 1 + n / SAMPLES_PER_STEP);
  lanyard_line_sample (plane, segment, decoder->samples, n);
  light_outside (decoder, plane, decoder->samples);
  read_samples (decoder, decoder->samples, effort);
  return decoder->n_read;
}

guint
lanyard_line_decoder_read_band (LanyardLineDecoder *decoder,
                                LanyardWork *work,
                                const LanyardPlane *plane,
                                const LanyardLineBand *band)
{
  static const LanyardLineEffort efforts[] = { { 1, 15, 3 }, { 1, 35, 1 } };

  g_return_val_if_fail (decoder != NULL && decoder->func != NULL, 0);
  g_return_val_if_fail (band->n_bins <= MAX_SAMPLES, 0);

  decoder->segment = band->segment;
  decoder->half_px = band->half_px;
  decoder->n_samples = band->n_bins;
  lanyard_work_spend (work, 1 + band->n_bins / SAMPLES_PER_STEP);
  memcpy (decoder->samples, band->samples, band->n_bins);
  light_outside (decoder, plane, decoder->samples);
  for (guint i = 0; i < G_N_ELEMENTS (efforts) && (i == 0 || decoder->n_read == 0); i++)
    read_samples (decoder, decoder->samples, &efforts[i]);
  if (decoder->n_read == 0)
    fit_band (decoder, work, band);
  return decoder->n_read;
}
