/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Every different word once, numbered from 0 as they come, found by the word in one step and by its
 * beginning in order. Made for a million words: about 40 bytes each beside the letters, and nothing
 * that stops everything while it is sorted.
 */
typedef struct _LanyardVocabulary LanyardVocabulary;

/* A stretch of the words in order. A value; valid until the next word is added. */
typedef struct
{
  guint leaf;   /* of the first word */
  guint offset; /* within leaf */
  guint n;      /* how many words */
} LanyardWordRange;

LanyardVocabulary *lanyard_vocabulary_new (void);
/* Wipes what it frees. */
void lanyard_vocabulary_free (LanyardVocabulary *vocabulary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardVocabulary, lanyard_vocabulary_free)

/* @word: at most LANYARD_WORD_MAX_BYTES. Returns: its number, a new one when it is new */
guint32 lanyard_vocabulary_add (LanyardVocabulary *vocabulary, const char *word, gsize n_bytes);
guint lanyard_vocabulary_get_size (LanyardVocabulary *vocabulary);
/* Returns: (transfer none): the word, until the next is added */
const char *lanyard_vocabulary_get (LanyardVocabulary *vocabulary, guint32 number, gsize *n_bytes);

/* All words that begin with @prefix, those that are just it first. */
LanyardWordRange
lanyard_vocabulary_find (LanyardVocabulary *vocabulary, const char *prefix, gsize n_bytes);
/* Takes the first word off the range. FALSE when it is empty. */
gboolean
lanyard_vocabulary_next (LanyardVocabulary *vocabulary, LanyardWordRange *range, guint32 *number);

/* Takes the first @n words off the range, or all that there are. */
void lanyard_vocabulary_skip (LanyardVocabulary *vocabulary, LanyardWordRange *range, guint n);

gsize lanyard_vocabulary_get_bytes (LanyardVocabulary *vocabulary);

G_END_DECLS
