/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All ways in which a list of words can be spelt with A to Z. A graph, not a list of them: its size
 * grows with the length of the name and not with the number of spellings. */
typedef struct _LanyardSpellings LanyardSpellings;

typedef enum
{
  LANYARD_SPELLINGS_WHOLE = 0,
  LANYARD_SPELLINGS_SKIP_WORDS = 1, /* any word may be left out, but not all */
  LANYARD_SPELLINGS_CUT_WORDS = 2,  /* any word may end after any of its letters */
  LANYARD_SPELLINGS_CUT_END = 4,    /* the whole may end after any of its letters */
} LanyardSpellingsFlags;

/**
 * lanyard_spellings_new:
 * @words: from lanyard_name_split(); blanks between them count for nothing
 * @flags: what else counts as a spelling
 *
 * Besides the choices of each letter, AE, OE, UE and AA count as A, O, U and A, and UXX and NXX as
 * U and N: that is how a name without marks and a name that spells them out are found to be one.
 *
 * Returns: (transfer full) (nullable): NULL when there is no word, or a character without choices
 */
LanyardSpellings *lanyard_spellings_new (const char *const *words, LanyardSpellingsFlags flags);
/* Returns: whether @a and @b have a spelling in common; FALSE when either is NULL */
gboolean lanyard_spellings_meet (const LanyardSpellings *a, const LanyardSpellings *b);
/* Wipes what it frees. */
void lanyard_spellings_free (LanyardSpellings *spellings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardSpellings, lanyard_spellings_free)

G_END_DECLS
