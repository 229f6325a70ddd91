/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-scan.h"

G_BEGIN_DECLS

#define LANYARD_LINE_MAX_ELEMENTS 10

/* Patterns of bars and spaces that may stand at one place of a code. */
typedef struct
{
  guint n_patterns;
  guint n_elements;                            /* of each */
  guint total;                                 /* half modules, the same for all */
  gboolean light_first;                        /* begins with a space */
  guint8 (*widths)[LANYARD_LINE_MAX_ELEMENTS]; /* owned: half modules */
} LanyardLineSet;

/* What the codes of a symbology are made of: start, characters, perhaps a guard half-way, stop. */
typedef struct
{
  LanyardSymbology symbology;
  const LanyardLineSet *start;
  const LanyardLineSet *left;   /* characters before the guard, or all */
  const LanyardLineSet *middle; /* guard (nullable) */
  const LanyardLineSet *right;  /* characters behind the guard */
  const LanyardLineSet *stop;
  guint least, most; /* characters */
} LanyardLineLayout;

#define LANYARD_LINE_MAX_LAYOUTS 10

typedef struct _LanyardLineAlphabet LanyardLineAlphabet;

LanyardLineAlphabet *lanyard_line_alphabet_new (void);
void lanyard_line_alphabet_free (LanyardLineAlphabet *alphabet);

/* Returns: (transfer none) (array length=n_layouts): all; a symbology whose wide
 * elements may be 2 to 3 modules has one for 2, 2½ and 3. */
const LanyardLineLayout *lanyard_line_alphabet_get (LanyardLineAlphabet *alphabet,
                                                    guint *n_layouts);
/* All sets that layouts point to. */
const LanyardLineSet *lanyard_line_alphabet_get_sets (LanyardLineAlphabet *alphabet, guint *n_sets);

/* Places in a code of @n_characters, with start, guard and stop. */
guint lanyard_line_layout_slots (const LanyardLineLayout *layout, guint n_characters);
/* Returns: (transfer none): what may stand at place @slot of a code of @n_characters */
const LanyardLineSet *
lanyard_line_layout_set (const LanyardLineLayout *layout, guint n_characters, guint slot);
/* Half modules from the first bar to the last. */
guint lanyard_line_layout_total (const LanyardLineLayout *layout, guint n_characters);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardLineAlphabet, lanyard_line_alphabet_free)

G_END_DECLS
