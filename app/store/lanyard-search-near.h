/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-search-vocabulary.h"

G_BEGIN_DECLS

/*
 * One typing error: a letter that is another one, one too many, one that is missing, or two beside
 * each other that changed places. Whoever has typed a beginning finds what it begins, as without an
 * error; but where the last letter is the wrong one only a word that ends there counts, or each
 * beginning would stand for every shorter one.
 */

/* Fewer letters are near to too much to be of help. */
#define LANYARD_NEAR_MIN_LETTERS 4

typedef enum
{
  LANYARD_NEAR_NOT = 0,
  LANYARD_NEAR_BEGINNING = 1, /* the word goes on */
  LANYARD_NEAR_WHOLE = 2,
} LanyardNearness;

/* Whether an error is looked for in @typed: it is long enough, and of a script of letters. */
gboolean lanyard_near_is_for (const char *typed, gsize n_bytes);

/* How near @word is to what was typed, both as lanyard_search_split() has them. NOT: there are more
 * errors, or none: the word begins with what was typed. */
LanyardNearness
lanyard_near_compare (const char *word, gsize n_word, const char *typed, gsize n_typed);

/* Returns: (transfer full) (element-type LanyardWordRange): all words in letters of the same kind
 * that are near, and some without an error; some come twice. Valid until the next word is added */
GArray *lanyard_near_find (LanyardVocabulary *vocabulary, const char *typed, gsize n_bytes);

G_END_DECLS
