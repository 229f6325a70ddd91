/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-line-guess.h"

#include <math.h>
#include <string.h>

/*
 * Which symbology and how many characters: as many as the code is long, so that each number means a
 * width of the module, and with that the start and the stop have to fit.
 *
 * First all are compared with one medium blur and three places for each end; then the best with all
 * blurs and places. Measured: 15 in 16 of all numbers fall to the first, at a twelfth of the work.
 *
 * Assumes that it is known to half a module where the first bar begins and the last one ends, that
 * it is light for a module and a half beyond, that modules are equally wide at both ends and
 * blurred alike, and that of a code's edges more than one in MOST_HIDDEN_EDGES are seen and few
 * that are none.
 *
 * Measured on 77 photographs and 65 drawings by bench-scan --corpus --alone --turns 1, read (of
 * all, first by line-deep):
 *   76 and 62 (20)   as it is
 *   76 and 61 (19)   3 instead of 10 get a closer look
 */

#define PAD LANYARD_TEMPLATE_PAD
#define PER_MODULE LANYARD_TEMPLATE_PER_MODULE
#define MAX_SAMPLES 128
#define QUIET_SAMPLES 6       /* of the quiet zone that are compared with an end */
#define MOST_FALSE_EDGES 1.2  /* edges that were seen for each there is */
#define MOST_HIDDEN_EDGES 3.5 /* that there are for each seen */
#define COARSE_BLUR 2
#define COARSE_SHIFT 2
#define N_COARSE 10       /* that get a closer look */
#define LEAST_COARSE 0.35 /* correlation of start times that of stop */
#define LEAST_NEAR 0.1    /* where an end should be, before looking beside */
#define LEAST_FINE 0.5

/* The search at hand. */
typedef struct
{
  LanyardTemplates *templates;
  const LanyardLineDark *dark;
  guint64 n_macs;
} Search;

/* Best correlation of one of the patterns of an end with the profile, whose slot begins at @x; with
 * a piece of the quiet zone outside. */
static double
match_end (Search *search, const LanyardLineGuess *guess, guint blur, double x, gboolean is_start)
{
  const LanyardLineLayout *layout = guess->layout;
  const LanyardLineSet *set = is_start ? layout->start : layout->stop;
  const LanyardTemplate *made = lanyard_templates_get (search->templates, set, blur);
  const LanyardTemplate *next = lanyard_templates_get (search->templates, layout->left, blur);
  guint n = made->n_samples + QUIET_SAMPLES, before = is_start ? QUIET_SAMPLES : 0;
  float samples[MAX_SAMPLES], base[MAX_SAMPLES];
  double best = -1, norm;

  lanyard_line_dark_fetch (search->dark, x - before * guess->step, guess->step, n, samples);
  norm = lanyard_line_dark_center (samples, n);
  lanyard_line_dark_bleed (NULL, is_start ? next->before : NULL, n, base);
  for (guint i = 0; i < set->n_patterns; i++)
    {
      const float *pattern = made->patterns + (gsize)i * made->stride + PAD - before;

      best = MAX (best, lanyard_line_dark_correlate (samples, norm, pattern, base, n));
    }
  search->n_macs += (3 * set->n_patterns + 4) * n;
  return best;
}

/* The same for places @reach samples to both sides; @shift is the best, in samples. */
static double
search_end (Search *search,
            const LanyardLineGuess *guess,
            guint blur,
            gboolean is_start,
            gint reach,
            gint step,
            gint *shift)
{
  guint total = lanyard_line_layout_total (guess->layout, guess->n_characters);
  double x = guess->from, best = -1;

  if (!is_start)
    x += 2 * (total - guess->layout->stop->total) * guess->step;
  *shift = 0;
  if (match_end (search, guess, blur, x, is_start) < LEAST_NEAR)
    return -1;
  for (gint i = -reach; i <= reach; i += step)
    {
      double score = match_end (search, guess, blur, x + i * guess->step, is_start);

      if (score > best)
        {
          best = score;
          *shift = i;
        }
    }
  return best;
}

static void
keep (LanyardLineGuess *guesses, guint *n, guint max, const LanyardLineGuess *guess)
{
  guint at = *n;

  while (at > 0 && guesses[at - 1].score < guess->score)
    at--;
  if (at == max)
    return;
  *n = MIN (*n + 1, max);
  memmove (&guesses[at + 1], &guesses[at], (*n - 1 - at) * sizeof *guesses);
  guesses[at] = *guess;
}

/* Bars and spaces of a code. */
static guint
count_elements (const LanyardLineLayout *layout, guint n_characters)
{
  guint n = 0;

  for (guint i = 0; i < lanyard_line_layout_slots (layout, n_characters); i++)
    n += lanyard_line_layout_set (layout, n_characters, i)->n_elements;
  return n;
}

static gboolean
is_possible (const LanyardLineGuess *guess, const LanyardLineExtent *extent)
{
  guint n = count_elements (guess->layout, guess->n_characters);
  double module = guess->step * PER_MODULE;

  return module >= extent->least_module && module <= extent->most_module
         && n * MOST_FALSE_EDGES >= extent->n_edges && n <= MOST_HIDDEN_EDGES * extent->n_edges;
}

static void
look_coarse (Search *search,
             const LanyardLineLayout *layout,
             const LanyardLineExtent *extent,
             LanyardLineGuess *guesses,
             guint *n_guesses)
{
  for (guint n = layout->least; n <= layout->most; n++)
    {
      guint total = lanyard_line_layout_total (layout, n);
      LanyardLineGuess guess = { layout,
                                 n,
                                 lanyard_line_layout_slots (layout, n),
                                 COARSE_BLUR,
                                 extent->from,
                                 (extent->to - extent->from) / (2 * total),
                                 0 };
      gint shift;

      if (!is_possible (&guess, extent))
        continue;
      guess.score = search_end (search, &guess, COARSE_BLUR, TRUE, COARSE_SHIFT, 2, &shift);
      if (guess.score < LEAST_COARSE)
        continue;
      guess.score *= search_end (search, &guess, COARSE_BLUR, FALSE, COARSE_SHIFT, 2, &shift);
      if (guess.score > LEAST_COARSE)
        keep (guesses, n_guesses, N_COARSE, &guess);
    }
}

static void
look_close (Search *search, const LanyardLineGuess *coarse, LanyardLineGuess *close)
{
  guint total = lanyard_line_layout_total (coarse->layout, coarse->n_characters);

  *close = *coarse;
  close->score = 0;
  for (guint blur = 0; blur < LANYARD_TEMPLATE_N_BLURS; blur++)
    {
      gint first = 0, last = 0;
      double score = search_end (search, coarse, blur, TRUE, 3, 1, &first);

      if (score <= 0)
        continue;
      score *= search_end (search, coarse, blur, FALSE, 3, 1, &last);
      if (score <= close->score)
        continue;
      close->score = score;
      close->blur = blur;
      close->from = coarse->from + first * coarse->step;
      close->step = coarse->step * (1 + (last - first) / (2.0 * total));
    }
}

guint
lanyard_line_guess (LanyardTemplates *templates,
                    const LanyardLineDark *dark,
                    const LanyardLineExtent *extent,
                    LanyardSymbologies symbologies,
                    LanyardLineGuess guesses[LANYARD_LINE_MAX_GUESSES],
                    guint64 *n_macs)
{
  Search search = { templates, dark, 0 };
  LanyardLineGuess coarse[N_COARSE];
  guint n_coarse = 0, n = 0, n_layouts;
  const LanyardLineLayout *layouts
      = lanyard_line_alphabet_get (lanyard_templates_get_alphabet (templates), &n_layouts);

  for (guint i = 0; i < n_layouts; i++)
    if (symbologies & LANYARD_SYMBOLOGY_BIT (layouts[i].symbology))
      look_coarse (&search, &layouts[i], extent, coarse, &n_coarse);
  for (guint i = 0; i < n_coarse; i++)
    {
      LanyardLineGuess close;

      look_close (&search, &coarse[i], &close);
      if (close.score > LEAST_FINE)
        keep (guesses, &n, LANYARD_LINE_MAX_GUESSES, &close);
    }
  *n_macs += search.n_macs;
  return n;
}
