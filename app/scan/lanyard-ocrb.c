/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A cell is compared with templates of all 37 characters by normalised correlation: it does not see
 * brightness or contrast, and the difference of two correlations sees only where the two characters
 * differ. Templates come from one committed table of glyphs; strokes thinner and bolder by about a
 * quarter of their width and four blurs are made from it when first used. Which of these looks a
 * line has is found on the line as a whole, by the caller: one camera and one printer made it.
 *
 * What a character is not told apart by: 0 and O, which foundries draw differently; the caller lets
 * check digits decide.
 *
 * Assumes a patch that is upright, dark on light, of 16 samples from character to character, with
 * its character no farther than @reach samples (an eighth of a pitch at most) from the middle; away
 * from the middle only the 12 likeliest characters are compared (18 with the full reach). Assumes
 * even light over one cell: a shadow's edge or glare in it counts as ink or paper. Blur is the same
 * in all directions here, so print that was moved is matched with what comes nearest. Another font
 * correlates badly with all characters, which is left to the caller to notice.
 *
 * Measured by bench-mrz 20 0, read of 280 readable pictures and of 200 beyond, none wrong:
 *   279 and 144   as it is
 *   276 and 117   one look: a blur of 1.3 samples, strokes as the table has them
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-ocrb.h"
#include "lanyard-ocrb-glyphs.h"

#include <math.h>
#include <string.h>

#define WIDTH LANYARD_OCRB_WIDTH
#define HEIGHT LANYARD_OCRB_HEIGHT
#define N_SAMPLES (WIDTH * HEIGHT)
#define GLYPH_WIDTH LANYARD_OCRB_GLYPH_WIDTH
#define GLYPH_HEIGHT LANYARD_OCRB_GLYPH_HEIGHT
/* Paper around a glyph, so that blur has something to spread to. */
#define PAPER 10
#define CANVAS_WIDTH (GLYPH_WIDTH + 2 * PAPER)
#define CANVAS_HEIGHT (GLYPH_HEIGHT + 2 * PAPER)
/* Length of a template: its sums of products fit 32 bits. */
#define NORM 8192.0
#define STRETCH 16
#define MAX_LIKELY LANYARD_OCRB_N_CLASSES

/* Glyphs have 24 samples a pitch. */
#define GLYPH_OF_SAMPLE ((double)GLYPH_WIDTH / LANYARD_OCRB_SCALE)
/* Standard deviations in samples: a character 20 px wide blurred by 0.7 to 3.2 px. */
static const double blurs[LANYARD_OCRB_N_BLURS] = { 0.8, 1.3, 1.9, 2.7 };
/* Where a blurred stroke is cut off again: lower is bolder. */
static const float cuts[LANYARD_OCRB_N_WEIGHTS] = { 0.68f, 0.5f, 0.32f };

typedef float Canvas[CANVAS_HEIGHT * CANVAS_WIDTH];
typedef gint16 Template[N_SAMPLES];

typedef struct
{
  Template templates[LANYARD_OCRB_N_LOOKS][LANYARD_OCRB_N_CLASSES];
  float likeness[LANYARD_OCRB_N_LOOKS][LANYARD_OCRB_N_CLASSES][LANYARD_OCRB_N_CLASSES];
} Tables;

/* How much each of @n_from samples counts for each of @n_to that are blurred and @ratio as far
 * apart; both have their middles at the same place. */
static void
make_weights (float *weights, guint n_to, guint n_from, double ratio, double sigma)
{
  for (guint to = 0; to < n_to; to++)
    {
      double at = (to + 0.5 - n_to / 2.0) * ratio + n_from / 2.0 - 0.5;

      for (guint from = 0; from < n_from; from++)
        {
          double distance = (from - at) / sigma;

          *weights++ = fabs (distance) > 4 ? 0 : (float)exp (-0.5 * distance * distance);
        }
    }
}

/* Samples the canvas, blurred; brightness does not matter. */
static void
sample_blurred (const Canvas canvas, const float *across, const float *down, float *out)
{
  float rows[CANVAS_HEIGHT * WIDTH];

  for (guint y = 0; y < CANVAS_HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      {
        float sum = 0;

        for (guint i = 0; i < CANVAS_WIDTH; i++)
          sum += across[x * CANVAS_WIDTH + i] * canvas[y * CANVAS_WIDTH + i];
        rows[y * WIDTH + x] = sum;
      }
  memset (out, 0, N_SAMPLES * sizeof *out);
  for (guint y = 0; y < HEIGHT; y++)
    for (guint i = 0; i < CANVAS_HEIGHT; i++)
      {
        float weight = down[y * CANVAS_HEIGHT + i];

        for (guint x = 0; weight > 0 && x < WIDTH; x++)
          out[y * WIDTH + x] += weight * rows[i * WIDTH + x];
      }
}

/* The glyph with its edges softened by one sample of the table, so that they can be moved. */
static void
draw_glyph (guint class, Canvas canvas)
{
  static const float kernel[] = { 0.25f, 0.5f, 0.25f };
  const char *hex = lanyard_ocrb_glyphs[class];
  Canvas hard = { 0 };

  for (guint y = 0; y < GLYPH_HEIGHT; y++)
    for (guint x = 0; x < GLYPH_WIDTH; x++)
      hard[(y + PAPER) * CANVAS_WIDTH + x + PAPER]
          = (float)g_ascii_xdigit_value (hex[y * GLYPH_WIDTH + x]) / 15;
  memset (canvas, 0, sizeof (Canvas));
  for (guint y = 1; y + 1 < CANVAS_HEIGHT; y++)
    for (guint x = 1; x + 1 < CANVAS_WIDTH; x++)
      for (guint i = 0; i < 9; i++)
        canvas[y * CANVAS_WIDTH + x]
            += kernel[i / 3] * kernel[i % 3] * hard[(y + i / 3 - 1) * CANVAS_WIDTH + x + i % 3 - 1];
}

/* Cuts the soft edges off again, farther out or farther in. */
static void
cut_glyph (const Canvas soft, float cut, Canvas canvas)
{
  for (guint i = 0; i < CANVAS_WIDTH * CANVAS_HEIGHT; i++)
    canvas[i] = CLAMP ((soft[i] - cut) * 3 + 0.5f, 0, 1);
}

/* Without its mean, and of length NORM. */
static void
normalise (const float *samples, Template template)
{
  double mean = 0, power = 0;

  for (guint i = 0; i < N_SAMPLES; i++)
    mean += samples[i] / N_SAMPLES;
  for (guint i = 0; i < N_SAMPLES; i++)
    power += (samples[i] - mean) * (samples[i] - mean);
  for (guint i = 0; i < N_SAMPLES; i++)
    template[i] = (gint16)lround ((samples[i] - mean) / sqrt (power) * NORM);
}

static gint32
multiply (const gint16 *restrict a, const gint16 *restrict b)
{
  gint32 sum = 0;

  for (guint i = 0; i < N_SAMPLES; i++)
    sum += a[i] * b[i];
  return sum;
}

static void
make_templates (Tables *tables)
{
  float across[LANYARD_OCRB_N_BLURS][WIDTH * CANVAS_WIDTH];
  float down[LANYARD_OCRB_N_BLURS][HEIGHT * CANVAS_HEIGHT];

  for (guint blur = 0; blur < LANYARD_OCRB_N_BLURS; blur++)
    {
      double sigma = blurs[blur] * GLYPH_OF_SAMPLE;

      make_weights (across[blur], WIDTH, CANVAS_WIDTH, GLYPH_OF_SAMPLE, sigma);
      make_weights (down[blur], HEIGHT, CANVAS_HEIGHT, GLYPH_OF_SAMPLE, sigma);
    }
  for (guint class = 0; class < LANYARD_OCRB_N_CLASSES; class ++)
    {
      Canvas soft, canvas;

      draw_glyph (class, soft);
      for (guint look = 0; look < LANYARD_OCRB_N_LOOKS; look++)
        {
          guint blur = look % LANYARD_OCRB_N_BLURS;
          float samples[N_SAMPLES];

          if (blur == 0)
            cut_glyph (soft, cuts[look / LANYARD_OCRB_N_BLURS], canvas);
          sample_blurred (canvas, across[blur], down[blur], samples);
          normalise (samples, tables->templates[look][class]);
        }
    }
}

/* Made when first used, which takes some milliseconds, and kept. */
static const Tables *
get_tables (void)
{
  static Tables *tables;

  if (g_once_init_enter (&tables))
    {
      Tables *made = g_new (Tables, 1);

      make_templates (made);
      for (guint look = 0; look < LANYARD_OCRB_N_LOOKS; look++)
        for (guint a = 0; a < LANYARD_OCRB_N_CLASSES; a++)
          for (guint b = 0; b <= a; b++)
            made->likeness[look][a][b] = made->likeness[look][b][a]
                = (float)(multiply (made->templates[look][a], made->templates[look][b])
                          / (NORM * NORM));
      g_once_init_leave (&tables, made);
    }
  return tables;
}

/* Takes the window at @left, @top out of the patch, ink positive, without its mean. Returns: its
 * length, 0 when it is plain */
static double
take_window (const LanyardOcrbPatch patch, guint left, guint top, gint16 *window)
{
  guint sum = 0;
  gint32 mean, power = 0;

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      sum += window[y * WIDTH + x]
          = (gint16)(255 - patch[(top + y) * LANYARD_OCRB_PATCH_WIDTH + left + x]);
  mean = (gint32)(sum * STRETCH / N_SAMPLES);
  for (guint i = 0; i < N_SAMPLES; i++)
    window[i] = (gint16)((window[i] * STRETCH - mean) / 2);
  for (guint i = 0; i < N_SAMPLES; i++)
    power += (window[i] * window[i]) >> 4;
  return 4 * sqrt (power);
}

/* Scores of some classes with the patch moved. */
static void
score_window (const Template *templates,
              const LanyardOcrbPatch patch,
              guint left,
              guint top,
              const guint8 *classes,
              guint n_classes,
              float *scores)
{
  gint16 window[N_SAMPLES];
  double length = take_window (patch, left, top, window);
  float factor = length > 0 ? (float)(1 / (length * NORM)) : 0;

  for (guint i = 0; i < n_classes; i++)
    scores[classes[i]] = (float)multiply (window, templates[classes[i]]) * factor;
}

/* Where between the samples the top of a parabola through three values is. */
static float
peak_of (float before, float here, float after)
{
  float bend = before - 2 * here + after;

  return bend < -1e-6f ? CLAMP ((before - after) / (2 * bend), -0.5f, 0.5f) : 0;
}

/* The most likely classes by their scores. Returns: how many, at most @n */
static guint
pick_likely (const float *scores, guint n, guint8 *likely)
{
  guint n_picked = 0;

  for (guint class = 0; class < LANYARD_OCRB_N_CLASSES; class ++)
    {
      guint at = n_picked;

      while (at > 0 && scores[likely[at - 1]] < scores[class])
        at--;
      if (at == n)
        continue;
      n_picked = MIN (n_picked + 1, n);
      memmove (likely + at + 1, likely + at, n_picked - at - 1);
      likely[at] = (guint8) class;
    }
  return n_picked;
}

/* All classes where the patch stands, the likely ones where else it may. */
void
lanyard_ocrb_match (guint look, const LanyardOcrbPatch patch, guint reach, LanyardOcrbMatch *match)
{
  enum
  {
    n_shifts = 2 * LANYARD_OCRB_REACH + 1,
    middle = LANYARD_OCRB_REACH
  };
  const Tables *tables = get_tables ();
  float scores[n_shifts * n_shifts][LANYARD_OCRB_N_CLASSES];
  guint first = LANYARD_OCRB_REACH - reach, last = LANYARD_OCRB_REACH + reach;
  guint best_x = middle, best_y = middle, n_likely;
  guint8 likely[MAX_LIKELY];
  float best;

  g_return_if_fail (look < LANYARD_OCRB_N_LOOKS && reach <= LANYARD_OCRB_REACH);

  for (guint class = 0; class < LANYARD_OCRB_N_CLASSES; class ++)
    likely[class] = (guint8) class;
  score_window (tables->templates[look], patch, middle, middle, likely, LANYARD_OCRB_N_CLASSES,
                match->scores);
  memcpy (scores[middle * n_shifts + middle], match->scores, sizeof match->scores);
  n_likely = pick_likely (match->scores, reach > 1 ? 18 : 12, likely);
  match->best = likely[0];
  best = match->scores[match->best];
  for (guint y = first; y <= last; y++)
    for (guint x = first; x <= last; x++)
      {
        float *here = scores[y * n_shifts + x];

        if (x == middle && y == middle)
          continue;
        score_window (tables->templates[look], patch, x, y, likely, n_likely, here);
        for (guint i = 0; i < n_likely; i++)
          {
            guint class = likely[i];

            match->scores[class] = MAX (match->scores[class], here[class]);
            if (here[class] > best)
              {
                best = here[class];
                match->best = class;
                best_x = x;
                best_y = y;
              }
          }
      }
  match->dx = (float)best_x - middle;
  match->dy = (float)best_y - middle;
#define AT(x, y) scores[(y)*n_shifts + (x)][match->best]
  if (best_x > first && best_x < last)
    match->dx += peak_of (AT (best_x - 1, best_y), best, AT (best_x + 1, best_y));
  if (best_y > first && best_y < last)
    match->dy += peak_of (AT (best_x, best_y - 1), best, AT (best_x, best_y + 1));
#undef AT
}

float
lanyard_ocrb_likeness (guint look, guint class_a, guint class_b)
{
  g_return_val_if_fail (look < LANYARD_OCRB_N_LOOKS, 0);
  g_return_val_if_fail (class_a < LANYARD_OCRB_N_CLASSES, 0);
  g_return_val_if_fail (class_b < LANYARD_OCRB_N_CLASSES, 0);

  return get_tables ()->likeness[look][class_a][class_b];
}

guint
lanyard_ocrb_class_of (char character)
{
  const char *at = character != '\0' ? strchr (LANYARD_OCRB_CHARACTERS, character) : NULL;

  return at != NULL ? (guint)(at - LANYARD_OCRB_CHARACTERS) : LANYARD_OCRB_N_CLASSES;
}
