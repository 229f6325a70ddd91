/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-line-fit.h"

#include "lanyard-error.h"

#include <math.h>
#include <string.h>

/*
 * Reads bars that are too narrow, blurred or noisy to have edges.
 *
 * When the edges between bars are gone, what a character may look like is still known: a hundred
 * patterns and no more. For each number of characters that would fill the code, and each blur, the
 * start and the stop are compared with the ends of the profile. The best of these guesses are
 * followed from character to character (each tells where the next begins), then all characters are
 * chosen again with what is known by now: where they are, what their neighbours bleed into them
 * and how light the light is there.
 *
 * Assumed: one blur over a code; light and scale change slowly.
 */

#define PAD LANYARD_TEMPLATE_PAD
#define MAX_SAMPLES (2 * 60) /* of a pattern: 30 modules */
#define MAX_SLOTS 64
#define LEAST_EXPLAINED 0.8
#define LEAST_CORRELATION 0.88 /* mean of the characters' */
#define FIRST_MISS 0.5         /* what the first together may miss of that */
#define FOLLOW 0.4             /* share of a character's displacement that the next takes over */
#define MACS_PER_STEP 1200     /* multiplications for a work step */

struct _LanyardLineFit
{
  LanyardSymbologies symbologies;
  LanyardTemplates *templates; /* owned */
  LanyardLineDark dark;
  /* of the guess at hand */
  guint patterns[MAX_SLOTS];
  double at[MAX_SLOTS + 1]; /* bins: where slots begin */
  float samples[MAX_SLOTS][MAX_SAMPLES];
  float models[MAX_SLOTS][MAX_SAMPLES];
  guint64 n_macs;
};

static const LanyardLineSet *
set_of (const LanyardLineGuess *guess, guint slot)
{
  return lanyard_line_layout_set (guess->layout, guess->n_characters, slot);
}

static const LanyardTemplate *
template_of (LanyardLineFit *fit, const LanyardLineGuess *guess, guint slot)
{
  return lanyard_templates_get (fit->templates, set_of (guess, slot), guess->blur);
}

static const float *
pattern_of (LanyardLineFit *fit, const LanyardLineGuess *guess, guint slot)
{
  const LanyardTemplate *made = template_of (fit, guess, slot);

  lanyard_assert_invariant (fit->patterns[slot] < set_of (guess, slot)->n_patterns);
  return made->patterns + (gsize)fit->patterns[slot] * made->stride + PAD;
}

/* Chooses the pattern of @slot that looks most like the profile around @x; @shift (samples) is how
 * far it is displaced. */
static double
choose_first (LanyardLineFit *fit,
              const LanyardLineGuess *guess,
              guint slot,
              double x,
              double *shift)
{
  const LanyardTemplate *made = template_of (fit, guess, slot);
  guint n = made->n_samples, n_patterns = set_of (guess, slot)->n_patterns;
  const float *left = NULL, *right = NULL;
  float samples[3][MAX_SAMPLES], base[MAX_SAMPLES];
  double norms[3], best = -1, sides[3];

  /* What looks like none of them, or the very opposite of the only one, gets the first: what is
   * there from the guess before may be a pattern of a larger set. */
  fit->patterns[slot] = 0;
  if (slot > 0)
    left = pattern_of (fit, guess, slot - 1) + template_of (fit, guess, slot - 1)->n_samples;
  if (slot + 1 < guess->n_slots)
    right = template_of (fit, guess, slot + 1)->before;
  lanyard_line_dark_bleed (left, right, n, base);
  for (guint i = 0; i < 3; i++)
    {
      lanyard_line_dark_fetch (&fit->dark, x + ((gint)i - 1) * guess->step, guess->step, n,
                               samples[i]);
      norms[i] = lanyard_line_dark_center (samples[i], n);
      for (guint k = 0; k < n_patterns; k++)
        {
          const float *pattern = made->patterns + (gsize)k * made->stride + PAD;
          double score = lanyard_line_dark_correlate (samples[i], norms[i], pattern, base, n);

          if (score > best)
            {
              best = score;
              fit->patterns[slot] = k;
            }
        }
    }
  fit->n_macs += 9 * n_patterns * n;
  for (guint i = 0; i < 3; i++)
    sides[i] = lanyard_line_dark_correlate (samples[i], norms[i], pattern_of (fit, guess, slot),
                                            base, n);
  *shift = sides[0] > sides[1] ? -1 : sides[2] > sides[1] ? 1 : 0;
  if (*shift == 0 && 2 * sides[1] - sides[0] - sides[2] > 1e-9)
    *shift = (sides[2] - sides[0]) / (2 * (2 * sides[1] - sides[0] - sides[2]));
  return best;
}

/* The line through where the slots were found; @middles are in samples from the start. */
static void
straighten (LanyardLineFit *fit, const LanyardLineGuess *guess, const double *found)
{
  double n = guess->n_slots, sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0, slope, x = 0;

  for (guint i = 0; i < guess->n_slots; i++)
    {
      sum_x += x;
      sum_y += found[i];
      sum_xx += x * x;
      sum_xy += x * found[i];
      x += template_of (fit, guess, i)->n_samples;
    }
  slope = (n * sum_xy - sum_x * sum_y) / MAX (n * sum_xx - sum_x * sum_x, 1e-9);
  x = 0;
  for (guint i = 0; i < guess->n_slots; i++)
    {
      /* Half-way to the line: paper bends, and each place alone is uncertain. */
      fit->at[i] = (found[i] + (sum_y - slope * sum_x) / n + slope * x) / 2;
      x += template_of (fit, guess, i)->n_samples;
    }
  fit->at[guess->n_slots] = fit->at[guess->n_slots - 1]
                            + slope * template_of (fit, guess, guess->n_slots - 1)->n_samples;
}

/* From start to stop, each character telling where the next begins. Returns FALSE when the profile
 * looks like nothing. */
static gboolean
follow (LanyardLineFit *fit, const LanyardLineGuess *guess, double *correlation)
{
  double found[MAX_SLOTS], x = guess->from, sum = 0;

  for (guint i = 0; i < guess->n_slots; i++)
    {
      double shift = 0;

      sum += choose_first (fit, guess, i, x, &shift);
      if (sum < LEAST_CORRELATION * (i + 1) - FIRST_MISS)
        return FALSE;
      found[i] = x + shift * guess->step;
      x += (FOLLOW * shift + template_of (fit, guess, i)->n_samples) * guess->step;
    }
  *correlation = sum / guess->n_slots;
  straighten (fit, guess, found);
  return TRUE;
}

static void
model_slot (LanyardLineFit *fit, const LanyardLineGuess *guess, guint slot)
{
  const LanyardTemplate *made = template_of (fit, guess, slot);
  const float *pattern = pattern_of (fit, guess, slot), *left = NULL, *right = NULL;

  if (slot > 0)
    left = pattern_of (fit, guess, slot - 1) + template_of (fit, guess, slot - 1)->n_samples;
  if (slot + 1 < guess->n_slots)
    right = pattern_of (fit, guess, slot + 1) - PAD;
  lanyard_line_dark_bleed (left, right, made->n_samples, fit->models[slot]);
  for (guint i = 0; i < made->n_samples; i++)
    fit->models[slot][i] += pattern[i];
}

/* Darkness of light and what bars add to it, around @slot. */
static gboolean
measure_levels (LanyardLineFit *fit,
                const LanyardLineGuess *guess,
                guint slot,
                double *light,
                double *contrast)
{
  double n = 0, sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;

  for (guint k = slot > 0 ? slot - 1 : 0; k < MIN (slot + 2, guess->n_slots); k++)
    for (guint i = 0; i < template_of (fit, guess, k)->n_samples; i++)
      {
        double x = fit->models[k][i], y = fit->samples[k][i];

        n++;
        sum_x += x;
        sum_y += y;
        sum_xx += x * x;
        sum_xy += x * y;
      }
  *contrast = (n * sum_xy - sum_x * sum_y) / MAX (n * sum_xx - sum_x * sum_x, 1e-9);
  *light = (sum_y - *contrast * sum_x) / n;
  return *contrast > 1;
}

/* Chooses again with neighbours and levels known. Returns by how much the second best is worse. */
static double
choose_again (LanyardLineFit *fit, const LanyardLineGuess *guess, guint slot)
{
  const LanyardTemplate *made = template_of (fit, guess, slot);
  guint n = made->n_samples, n_patterns = set_of (guess, slot)->n_patterns, chosen = 0;
  const float *left = NULL, *right = NULL;
  float target[MAX_SAMPLES];
  double light, contrast, best = G_MAXDOUBLE, second = G_MAXDOUBLE;

  if (!measure_levels (fit, guess, slot, &light, &contrast))
    return 0;
  if (slot > 0)
    left = pattern_of (fit, guess, slot - 1) + template_of (fit, guess, slot - 1)->n_samples;
  if (slot + 1 < guess->n_slots)
    right = pattern_of (fit, guess, slot + 1) - PAD;
  lanyard_line_dark_bleed (left, right, n, target);
  for (guint i = 0; i < n; i++)
    target[i] = (float)((fit->samples[slot][i] - light) / contrast) - target[i];
  for (guint k = 0; k < n_patterns; k++)
    {
      const float *pattern = made->patterns + (gsize)k * made->stride + PAD;
      float squares = 0;

      for (guint i = 0; i < n; i++)
        squares += (target[i] - pattern[i]) * (target[i] - pattern[i]);
      if (squares < best)
        {
          second = best;
          best = squares;
          chosen = k;
        }
      else
        second = MIN (second, squares);
    }
  fit->n_macs += n_patterns * n;
  fit->patterns[slot] = chosen;
  return n_patterns > 1 ? (second - best) / n : G_MAXDOUBLE;
}

/* Share of the variance of the profile that the chosen patterns explain. */
static double
explained (LanyardLineFit *fit, const LanyardLineGuess *guess)
{
  double sum = 0, squares = 0, rest = 0, n = 0;

  for (guint slot = 0; slot < guess->n_slots; slot++)
    {
      double light, contrast;

      if (!measure_levels (fit, guess, slot, &light, &contrast))
        return 0;
      for (guint i = 0; i < template_of (fit, guess, slot)->n_samples; i++, n++)
        {
          double y = fit->samples[slot][i], error = y - light - contrast * fit->models[slot][i];

          sum += y;
          squares += y * y;
          rest += error * error;
        }
    }
  squares -= sum * sum / n;
  return squares > 0 ? 1 - rest / squares : 0;
}

static double
choose_all (LanyardLineFit *fit, const LanyardLineGuess *guess, double *margin)
{
  for (guint slot = 0; slot < guess->n_slots; slot++)
    {
      guint n = template_of (fit, guess, slot)->n_samples;

      lanyard_line_dark_fetch (&fit->dark, fit->at[slot], (fit->at[slot + 1] - fit->at[slot]) / n,
                               n, fit->samples[slot]);
      model_slot (fit, guess, slot);
    }
  for (guint round = 0; round < 3; round++)
    {
      *margin = G_MAXDOUBLE;
      for (guint slot = 0; slot < guess->n_slots; slot++)
        {
          *margin = MIN (*margin, choose_again (fit, guess, slot));
          for (guint k = slot > 0 ? slot - 1 : 0; k < MIN (slot + 2, guess->n_slots); k++)
            model_slot (fit, guess, k);
        }
    }
  return explained (fit, guess);
}

static gboolean
report (LanyardLineFit *fit,
        const LanyardLineGuess *guess,
        LanyardLineFitted *fitted,
        LanyardLineFitFunc func,
        gpointer user_data)
{
  guint32 widths[MAX_SLOTS * LANYARD_LINE_MAX_ELEMENTS + 2];
  guint n = 0;

  widths[n++] = 40;
  for (guint slot = 0; slot < guess->n_slots; slot++)
    {
      const LanyardLineSet *set = set_of (guess, slot);

      for (guint i = 0; i < set->n_elements; i++)
        widths[n++] = set->widths[fit->patterns[slot]][i];
    }
  widths[n++] = 40;
  fitted->symbology = guess->layout->symbology;
  fitted->widths = widths;
  fitted->n_widths = n;
  fitted->from = fit->at[0];
  fitted->to = fit->at[guess->n_slots];
  if (fitted->mirrored)
    {
      fitted->from = fit->dark.n_bins - fit->at[guess->n_slots];
      fitted->to = fit->dark.n_bins - fit->at[0];
    }
  return func (fitted, user_data);
}

static gboolean
read_one_way (LanyardLineFit *fit,
              const LanyardLineProfile *profile,
              gboolean mirrored,
              LanyardLineFitFunc func,
              gpointer user_data)
{
  LanyardLineExtent extent = profile->extent;
  LanyardLineGuess guesses[LANYARD_LINE_MAX_GUESSES];
  guint n_guesses;

  if (mirrored)
    {
      extent.from = profile->n_bins - profile->extent.to;
      extent.to = profile->n_bins - profile->extent.from;
    }
  lanyard_line_dark_load (&fit->dark, profile->grey, profile->n_bins, mirrored);
  n_guesses = lanyard_line_guess (fit->templates, &fit->dark, &extent, fit->symbologies, guesses,
                                  &fit->n_macs);
  for (guint i = 0; i < n_guesses; i++)
    {
      LanyardLineFitted fitted = { .mirrored = mirrored };

      if (guesses[i].n_slots > MAX_SLOTS || !follow (fit, &guesses[i], &fitted.correlation))
        continue;
      fitted.explained = choose_all (fit, &guesses[i], &fitted.margin);
      if (fitted.explained >= LEAST_EXPLAINED
          && report (fit, &guesses[i], &fitted, func, user_data))
        return TRUE;
    }
  return FALSE;
}

LanyardLineFit *
lanyard_line_fit_new (LanyardSymbologies symbologies)
{
  LanyardLineFit *fit = g_new0 (LanyardLineFit, 1);

  fit->symbologies = symbologies;
  fit->templates = lanyard_templates_new ();
  return fit;
}

void
lanyard_line_fit_free (LanyardLineFit *fit)
{
  if (fit == NULL)
    return;
  lanyard_templates_free (fit->templates);
  lanyard_line_dark_clear (&fit->dark);
  g_free (fit);
}

void
lanyard_line_fit_read (LanyardLineFit *fit,
                       LanyardWork *work,
                       const LanyardLineProfile *profile,
                       LanyardLineFitFunc func,
                       gpointer user_data)
{
  g_return_if_fail (fit != NULL);
  g_return_if_fail (profile != NULL && profile->n_bins > 0);
  g_return_if_fail (func != NULL);

  fit->n_macs = 0;
  if (profile->extent.to > profile->extent.from
      && !read_one_way (fit, profile, FALSE, func, user_data))
    read_one_way (fit, profile, TRUE, func, user_data);
  lanyard_work_spend (work, 1 + fit->n_macs / MACS_PER_STEP);
}
