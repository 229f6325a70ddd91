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

struct _LanyardTemplates
{
  LanyardLineAlphabet *alphabet; /* owned */
  LanyardTemplate *made;         /* owned: n_sets × LANYARD_TEMPLATE_N_BLURS */
  guint n_sets;
};

static const double blurs[LANYARD_TEMPLATE_N_BLURS] = { 0.25, 0.4, 0.6, 0.8, 1.1 };

/* Darkness at a sample, @from samples behind the left edge of a bar that ends @to samples on. */
static float
of_bar (double from, double to, double sigma)
{
  double scale = 1 / (sigma * LANYARD_TEMPLATE_PER_MODULE * G_SQRT2);

  return (float)((erf (from * scale) - erf (to * scale)) / 2);
}

static void
draw (const LanyardLineSet *set, guint pattern, double sigma, guint stride, float *out)
{
  guint at = 0;

  for (guint i = 0; i < set->n_elements; i++)
    {
      guint end = at + 2 * set->widths[pattern][i];

      if ((i % 2 == 0) != set->light_first)
        for (guint k = 0; k < stride; k++)
          {
            double middle = (double)k + 0.5 - PAD;

            out[k] += of_bar (middle - at, middle - end, sigma);
          }
      at = end;
    }
}

static void
make (LanyardTemplate *made, const LanyardLineSet *set, double sigma)
{
  made->n_samples = 2 * set->total;
  made->stride = made->n_samples + 2 * PAD;
  made->patterns = g_new0 (float, (gsize)made->stride * set->n_patterns);
  for (guint i = 0; i < set->n_patterns; i++)
    {
      float *pattern = made->patterns + (gsize)i * made->stride;

      draw (set, i, sigma, made->stride, pattern);
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
