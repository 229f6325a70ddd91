/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Where the characters of a line are: its pitch is fixed on paper (9303-3 §4.4: ten an inch), and
 * so between them, at even distances, all rows are blank. The ink of each column, as it differs
 * from the paper right above and below, is laid under a cosine whose peaks are the characters'
 * middles. On a page that leans, position u of a character and place x go as u = A x / (1 + k x) +
 * phase: A and k are first taken from the pitch in windows along the line, then fitted over the
 * whole line to a few hundredths of a pitch. The comb (length of the fundamental over all ink) is
 * 0.3 to 0.6 for OCR-B and below 0.15 for proportional print.
 *
 * Assumes that MIN_CELLS characters or more of a line's 30 to 44 are seen, that the pitch is 0.66
 * to 1.46 times as wide as the capitals are high, and that there is bare paper above and below
 * them, from a fifth to half of their height away. Places follow each other as on flat paper seen
 * from anywhere; what bends is left to lanyard-mrz-cells.
 *
 * Measured by bench-mrz 5 0, read of 70 readable pictures and of 50 beyond, none wrong:
 *   70 and 37   as it is
 *   29 and 19   the page never leans: k is 0
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-mrz-line.h"
#include "lanyard-mrz-strip.h"

#include <math.h>
#include <string.h>

#define MARGIN 0.22
#define PITCH_OF_HEIGHT 0.98
#define N_WINDOWS 7
#define MIN_COMB 0.2
#define MIN_CELLS 26
/* Characters one after the other that glare may cover, and that it is told from a blank by. */
#define MAX_COVERED 13
#define MIN_COVERED 2
#define PX_A_STEP 150
#define STEPS_A_LINE 300
#define TABLE 1024
#define SAMPLES_A_PITCH 6
#define MAX_SAMPLES 1024

/* Of which place is which character. */
typedef struct
{
  double middle_x; /* px of the strip */
  double half_px;  /* half the length that was seen */
  double scale;    /* A */
  double bow;      /* k */
  double phase;    /* of the first of all characters */
  double comb;
} Comb;

static const float *
get_cosines (void)
{
  static gsize once;
  static float cosines[TABLE + TABLE / 4];

  if (g_once_init_enter (&once))
    {
      for (guint i = 0; i < G_N_ELEMENTS (cosines); i++)
        cosines[i] = (float)cos (2 * G_PI * i / TABLE);
      g_once_init_leave (&once, 1);
    }
  return cosines;
}

static double
mean_rows (const LanyardPlane *strip, guint x, double from, double to)
{
  int first = (int)CLAMP (lround (from), 0, (int)strip->height - 1);
  int last = (int)CLAMP (lround (to), first, (int)strip->height - 1);
  guint sum = 0;

  for (int y = first; y <= last; y++)
    sum += strip->data[(gsize)y * strip->stride + x];
  return (double)sum / (last - first + 1);
}

/* How much darker the band is than the paper above and below, and where it is blown out. */
static void
profile_ink (const LanyardPlane *strip, const LanyardMrzBand *band, float *profile, guint8 *white)
{
  for (guint x = 0; x < strip->width; x++)
    {
      double t = 2.0 * x / strip->width - 1;
      double middle = lanyard_mrz_band_middle (band, t);
      double height = lanyard_mrz_band_height (band, t);
      double inside = mean_rows (strip, x, middle - height * 0.47, middle + height * 0.47);
      double above = mean_rows (strip, x, middle - height * 1.0, middle - height * 0.72);
      double below = mean_rows (strip, x, middle + height * 0.72, middle + height * 1.0);

      profile[x] = (float)MAX ((above + below) / 2 - inside, 0);
      white[x] = inside >= LANYARD_MRZ_WHITE;
    }
}

/* The fundamental of pitch @pitch around @at, in a bell that is four pitches wide each way. */
static double
window_power (const float *profile, guint width, double at, double pitch)
{
  const float *cosines = get_cosines ();
  int from = MAX ((int)(at - 4 * pitch), 0), to = MIN ((int)(at + 4 * pitch), (int)width - 1);
  int step = pitch > 15 ? 2 : 1;
  float re = 0, im = 0, turns = (float)(1 / pitch), middle = (float)at;

  for (int x = from; x <= to; x += step)
    {
      float turn = ((float)x - middle) * turns;
      guint index = (guint)(int)((turn + 8) * TABLE) % TABLE;
      float bell = 1 - turn * turn / 16;

      re += profile[x] * bell * cosines[index];
      im += profile[x] * bell * cosines[index + TABLE / 4];
    }
  return sqrt (re * re + im * im) * step / pitch;
}

/* Pitch in the middle and how it changes: all windows together. */
static void
estimate_pitch (const float *profile, guint width, const LanyardMrzBand *band, Comb *comb)
{
  enum
  {
    n_pitches = 41
  };
  double powers[N_WINDOWS][n_pitches], base[N_WINDOWS], best = -1;

  for (guint w = 0; w < N_WINDOWS; w++)
    {
      double at = band->from + (band->to - band->from) * (w + 0.5) / N_WINDOWS;

      base[w] = lanyard_mrz_band_height (band, 0) * PITCH_OF_HEIGHT;
      for (guint p = 0; p < n_pitches; p++)
        powers[w][p]
            = window_power (profile, width, at, base[w] * exp (((int)p - n_pitches / 2) * 0.02));
    }
  for (int p = 0; p < n_pitches; p++)
    for (int slope = -12; slope <= 12; slope++)
      {
        double sum = 0;

        for (int w = 0; w < N_WINDOWS; w++)
          {
            int index = p + (int)lround (slope * (w - N_WINDOWS / 2) * 0.5);

            sum += index >= 0 && index < n_pitches ? powers[w][index] : 0;
          }
        if (sum > best)
          {
            double logarithm = (p - n_pitches / 2) * 0.02;

            best = sum;
            comb->scale = comb->half_px / (base[0] * exp (logarithm));
            comb->bow = slope * 0.5 * N_WINDOWS / 2 * 0.02 / 2;
          }
      }
}

/* Ink and place of samples along the line, about SAMPLES_A_PITCH each pitch. */
typedef struct
{
  guint n;
  float ink[MAX_SAMPLES];
  float place[MAX_SAMPLES]; /* -1 to 1 over what was seen */
  float bent[MAX_SAMPLES];  /* place / (1 + k place) for the bow at hand */
  float all;                /* ink of all */
} Samples;

static void
take_samples (const float *profile, guint width, const Comb *comb, Samples *samples)
{
  int from = MAX ((int)(comb->middle_x - comb->half_px), 0);
  int to = MIN ((int)(comb->middle_x + comb->half_px), (int)width);
  int step = CLAMP ((int)(comb->half_px / comb->scale / SAMPLES_A_PITCH), 1, to - from);

  step = MAX (step, (to - from) / MAX_SAMPLES + 1);
  samples->n = 0;
  samples->all = 1e-6f;
  for (int x = from; x + step <= to; x += step)
    {
      float sum = 0;

      for (int i = 0; i < step; i++)
        sum += profile[x + i];
      samples->ink[samples->n] = sum;
      samples->place[samples->n] = (float)((x + (step - 1) / 2.0 - comb->middle_x) / comb->half_px);
      samples->all += sum;
      samples->n++;
    }
}

static void
bend_samples (Samples *samples, double bow)
{
  for (guint i = 0; i < samples->n; i++)
    samples->bent[i] = samples->place[i] / (1 + (float)bow * samples->place[i]);
}

/* The fundamental under the comb; sets its phase. */
static double
comb_power (const Samples *samples, Comb *comb)
{
  const float *cosines = get_cosines ();
  float scale = (float)comb->scale * TABLE, re = 0, im = 0;

  for (guint i = 0; i < samples->n; i++)
    {
      guint index = (guint)((int)(samples->bent[i] * scale) + 1024 * TABLE) % TABLE;

      re += samples->ink[i] * cosines[index];
      im += samples->ink[i] * cosines[index + TABLE / 4];
    }
  /* The cosine a quarter further is minus the sine. */
  comb->phase = atan2 (-im, re) / (2 * G_PI);
  return sqrt (re * re + im * im) / samples->all;
}

static void
fit_comb (const float *profile, guint width, Comb *comb)
{
  static const struct
  {
    int n_scales, n_bows;
    double scale_step, bow_step; /* turns at the ends; k */
  } passes[] = { { 8, 5, 0.12, 0.012 }, { 2, 2, 0.04, 0.004 }, { 2, 2, 0.015, 0.0015 } };
  Samples samples;

  take_samples (profile, width, comb, &samples);
  for (guint pass = 0; pass < G_N_ELEMENTS (passes); pass++)
    {
      Comb start = *comb, best = *comb;

      best.comb = -1;
      for (int k = -passes[pass].n_bows; k <= passes[pass].n_bows; k++)
        {
          Comb tried = start;

          tried.bow = CLAMP (start.bow + k * passes[pass].bow_step, -0.5, 0.5);
          bend_samples (&samples, tried.bow);
          for (int i = -passes[pass].n_scales; i <= passes[pass].n_scales; i++)
            {
              tried.scale = start.scale + i * passes[pass].scale_step;
              tried.comb = comb_power (&samples, &tried);
              if (tried.comb > best.comb)
                best = tried;
            }
        }
      *comb = best;
    }
}

/* Where character @u is. */
static double
place_of (const Comb *comb, double u)
{
  double turn = u + comb->phase;

  return comb->middle_x + comb->half_px * turn / (comb->scale - comb->bow * turn);
}

static double
ink_of (const float *profile, guint width, const Comb *comb, int u)
{
  double from = place_of (comb, u - 0.35), to = place_of (comb, u + 0.35), sum = 0;
  int first = (int)ceil (from), last = (int)floor (to);

  if (comb->scale - comb->bow * (u + comb->phase) < 0.3 * comb->scale || first < 0
      || last >= (int)width || last < first)
    return 0;
  for (int x = first; x <= last; x++)
    sum += profile[x];
  return sum / (last - first + 1);
}

/* What there is to see of a line's characters. */
typedef struct
{
  const float *profile;
  const guint8 *white; /* (nullable): lines do not go on beyond what is blown out */
  guint width;
  double least; /* ink that a character has */
} Seen;

static gboolean
is_covered (const Seen *seen, const Comb *comb, int u)
{
  int first = (int)ceil (place_of (comb, u - 0.5)), last = (int)floor (place_of (comb, u + 0.5));
  int n_white = 0;

  if (first < 0 || last >= (int)seen->width || last < first)
    return FALSE;
  for (int x = first; x <= last; x++)
    n_white += seen->white[x];
  return n_white * 10 >= (last - first + 1) * 9;
}

/* How far it is from @u, one @way or the other, to the next character; what lies between is
 * blown out, but for one at either side, where the light fades. Returns: 0 when there is none */
static int
next_character (const Seen *seen, const Comb *comb, int u, int way)
{
  int n_white = 0;

  for (int n = 1; n <= (seen->white != NULL ? MAX_COVERED + 1 : 1); n++)
    {
      if (ink_of (seen->profile, seen->width, comb, u + way * n) > seen->least)
        return n == 1 || (n_white >= MIN_COVERED && n_white + 3 >= n) ? n : 0;
      n_white += seen->white != NULL && is_covered (seen, comb, u + way * n);
    }
  return 0;
}

/* Glare may be right in the middle. */
static int
first_seen (const Seen *seen, const Comb *comb)
{
  int u = 0;

  while (seen->white != NULL && u < MAX_COVERED
         && ink_of (seen->profile, seen->width, comb, u) <= seen->least)
    u++;
  return u;
}

static int
follow_line (const Seen *seen, const Comb *comb, int way, int limit, guint *n_covered)
{
  int u = first_seen (seen, comb), n;

  while ((n = next_character (seen, comb, u, way)) > 0 && abs (u + way * n) <= limit)
    {
      u += way * n;
      *n_covered += (guint)n - 1;
    }
  return u;
}

/* The run of characters about the middle. Returns: how many of them are covered */
static guint
find_ends (const LanyardMrzLiner *liner, guint width, const Comb *comb, int *first, int *last)
{
  int from = -(int)(comb->scale * 0.7), to = (int)(comb->scale * 0.7);
  Seen seen = { liner->profile, liner->across_glare ? liner->white : NULL, width, 0 };
  guint n_covered = 0;
  double sum = 0;

  for (int u = from; u <= to; u++)
    sum += ink_of (liner->profile, width, comb, u);
  seen.least = 0.3 * sum / (to - from + 1);
  *last = follow_line (&seen, comb, 1, LANYARD_MRZ_MAX_CELLS / 2, &n_covered);
  *first = follow_line (&seen, comb, -1, LANYARD_MRZ_MAX_CELLS / 2 - 1, &n_covered);
  return n_covered;
}

static gboolean
line_of_band (LanyardMrzLiner *liner,
              const LanyardMrzStrip *strip,
              const LanyardMrzBand *band,
              LanyardMrzLine *line)
{
  guint width = strip->at.width;
  Comb comb = { .middle_x = (band->from + band->to) / 2, .half_px = (band->to - band->from) / 2 };
  int first, last;

  profile_ink (&strip->at, band, liner->profile, liner->white);
  estimate_pitch (liner->profile, width, band, &comb);
  fit_comb (liner->profile, width, &comb);
  if (comb.comb < MIN_COMB)
    return FALSE;
  line->n_covered = find_ends (liner, width, &comb, &first, &last);
  if (last - first + 1 < MIN_CELLS)
    return FALSE;
  line->is_cut = place_of (&comb, last + 1.5) >= width || place_of (&comb, first - 1.5) < 0;
  line->n_cells = (guint)(last - first + 1);
  line->comb = comb.comb;
  line->pitch_px = comb.half_px / comb.scale;
  line->height_px = lanyard_mrz_band_height (band, 0);
  for (int u = first; u <= last; u++)
    {
      double x = place_of (&comb, u), y = lanyard_mrz_band_middle (band, 2 * x / width - 1);

      line->centres[u - first] = (LanyardPoint){
        strip->left_x + x * strip->along_x - y * strip->along_y,
        strip->left_y + x * strip->along_y + y * strip->along_x,
      };
    }
  return TRUE;
}

void
lanyard_mrz_liner_clear (LanyardMrzLiner *liner)
{
  lanyard_plane_buffer_clear (&liner->strip);
  g_clear_pointer (&liner->profile, g_free);
  g_clear_pointer (&liner->white, g_free);
  liner->n_profile = 0;
}

guint
lanyard_mrz_find_lines (LanyardMrzLiner *liner,
                        const LanyardPlane *plane,
                        const LanyardMrzRegion *region,
                        LanyardMrzLine *lines,
                        LanyardWork *work)
{
  LanyardMrzStrip strip = lanyard_mrz_strip_draw (&liner->strip, plane, region, MARGIN);
  LanyardMrzBand bands[LANYARD_MRZ_MAX_LINES_A_REGION];
  guint n_bands, n_lines = 0;

  lanyard_work_spend (work, (guint64)strip.at.width * strip.at.height / PX_A_STEP + 1);
  if (liner->n_profile < strip.at.width)
    {
      g_free (liner->profile);
      g_free (liner->white);
      liner->profile = g_new (float, strip.at.width);
      liner->white = g_new (guint8, strip.at.width);
      liner->n_profile = strip.at.width;
    }
  n_bands = lanyard_mrz_strip_find_bands (&strip, region, liner->across_glare, bands);
  for (guint i = 0; i < n_bands; i++)
    {
      lanyard_work_spend (work, STEPS_A_LINE);
      if (line_of_band (liner, &strip, &bands[i], &lines[n_lines]))
        n_lines++;
    }
  return n_lines;
}
