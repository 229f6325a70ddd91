/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-line-template.h"

#include <math.h>

/*
 * Assumed: what lens, shaking, pixels and ink do to bars is near enough to a Gaussian blur.
 */

#define PAD LANYARD_TEMPLATE_PAD
#define MAX_SAMPLES 160 /* of a pattern with what it bleeds into */

struct _LanyardTemplates
{
  LanyardLineAlphabet *alphabet; /* owned */
  LanyardTemplate *made;         /* owned: n_sets × LANYARD_TEMPLATE_N_BLURS */
  guint n_sets;
};

static const double blurs[LANYARD_TEMPLATE_N_BLURS] = { 0.25, 0.4, 0.6, 0.8, 1.1 };

/* An edge from light to dark at 0 as the blur makes it, at the middles of samples: step i stands
 * MAX_SAMPLES samples before it and is light. */
static void
make_step (double sigma, float step[2 * MAX_SAMPLES])
{
  double scale = 1 / (sigma * LANYARD_TEMPLATE_PER_MODULE * G_SQRT2);

  for (gint i = 0; i < 2 * MAX_SAMPLES; i++)
    step[i] = (float)(erf ((i - MAX_SAMPLES + 0.5) * scale) / 2);
}

static void
draw (const LanyardLineSet *set, guint pattern, const float *step, guint stride, float *out)
{
  guint at = PAD;

  for (guint i = 0; i < set->n_elements; i++)
    {
      guint end = at + 2 * set->widths[pattern][i];

      /* A bar is an edge to dark less a later one. */
      if ((i % 2 == 0) != set->light_first)
        for (guint k = 0; k < stride; k++)
          out[k] += step[MAX_SAMPLES + k - at] - step[MAX_SAMPLES + k - end];
      at = end;
    }
}

static void
make (LanyardTemplate *made, const LanyardLineSet *set, double sigma)
{
  float step[2 * MAX_SAMPLES];

  make_step (sigma, step);
  made->n_samples = 2 * set->total;
  made->stride = made->n_samples + 2 * PAD;
  g_assert (made->stride <= MAX_SAMPLES);
  made->patterns = g_new0 (float, (gsize)made->stride * set->n_patterns);
  for (guint i = 0; i < set->n_patterns; i++)
    {
      float *pattern = made->patterns + (gsize)i * made->stride;

      draw (set, i, step, made->stride, pattern);
      for (guint k = 0; k < PAD; k++)
        made->before[k] += pattern[k] / set->n_patterns;
    }
}

LanyardTemplates *
lanyard_templates_new (void)
{
  LanyardTemplates *templates = g_new0 (LanyardTemplates, 1);

  templates->alphabet = lanyard_line_alphabet_new ();
  lanyard_line_alphabet_get_sets (templates->alphabet, &templates->n_sets);
  templates->made = g_new0 (LanyardTemplate, (gsize)templates->n_sets * LANYARD_TEMPLATE_N_BLURS);
  return templates;
}

void
lanyard_templates_free (LanyardTemplates *templates)
{
  if (templates == NULL)
    return;
  for (guint i = 0; i < templates->n_sets * LANYARD_TEMPLATE_N_BLURS; i++)
    g_free (templates->made[i].patterns);
  g_free (templates->made);
  lanyard_line_alphabet_free (templates->alphabet);
  g_free (templates);
}

LanyardLineAlphabet *
lanyard_templates_get_alphabet (LanyardTemplates *templates)
{
  return templates->alphabet;
}

double
lanyard_templates_blur (guint blur)
{
  return blurs[blur];
}

const LanyardTemplate *
lanyard_templates_get (LanyardTemplates *templates, const LanyardLineSet *set, guint blur)
{
  guint n_sets;
  const LanyardLineSet *sets = lanyard_line_alphabet_get_sets (templates->alphabet, &n_sets);
  LanyardTemplate *made = &templates->made[(set - sets) * LANYARD_TEMPLATE_N_BLURS + blur];

  if (made->patterns == NULL)
    make (made, set, blurs[blur]);
  return made;
}
