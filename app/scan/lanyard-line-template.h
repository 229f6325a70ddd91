/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-line-alphabet.h"

G_BEGIN_DECLS

#define LANYARD_TEMPLATE_PER_MODULE 4 /* samples; 2 for the half modules of LanyardLineSet */
#define LANYARD_TEMPLATE_PAD 12       /* samples to both sides that a pattern bleeds into */
#define LANYARD_TEMPLATE_N_BLURS 5

/* What the patterns of a set look like behind a lens: 0 light to 1 dark, each alone on white. */
typedef struct
{
  guint n_samples; /* of a pattern, without what it bleeds into */
  guint stride;    /* from pattern to pattern: n_samples + 2 × LANYARD_TEMPLATE_PAD */
  float *patterns; /* owned: sample i of a pattern stands at LANYARD_TEMPLATE_PAD + i */
  float before[LANYARD_TEMPLATE_PAD]; /* mean of what the patterns bleed to their left */
} LanyardTemplate;

typedef struct _LanyardTemplates LanyardTemplates;

LanyardTemplates *lanyard_templates_new (void);
void lanyard_templates_free (LanyardTemplates *templates);

LanyardLineAlphabet *lanyard_templates_get_alphabet (LanyardTemplates *templates);
/* Returns: standard deviation of a blur, in modules */
double lanyard_templates_blur (guint blur);
/* Returns: (transfer none): made when first asked for */
const LanyardTemplate *
lanyard_templates_get (LanyardTemplates *templates, const LanyardLineSet *set, guint blur);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardTemplates, lanyard_templates_free)

G_END_DECLS
