/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-search-words.h"

G_BEGIN_DECLS

/*
 * One name is spelt in more than one way: Østergård is Ostergard to who leaves marks out,
 * Oestergaard in a machine readable zone; Щербаков is Shcherbakov. lanyard_search_split() leaves
 * marks out; here is what else a word of a name may be.
 *
 *   AE, OE, UE and AA count as A, O, U and A, on both sides of a search
 *   other scripts as ICAO 9303-3 §6 writes them in A to Z, by its first choices and by its second
 */

#define LANYARD_SPELLING_MAX 4

/* A value. */
typedef struct
{
  char text[LANYARD_WORD_MAX_BYTES];
  gsize n_bytes;
  gboolean whole; /* too short to be a beginning: it may be anybody's */
} LanyardSpelling;

/* Calls @func with further words under which @name is to be found, besides those of
 * lanyard_search_split(). @name: (nullable): UTF-8 */
void lanyard_spelling_of_name (const char *name, LanyardWordFunc func, gpointer user_data);

/**
 * lanyard_spelling_of_word:
 * @word: a word of a query, from lanyard_search_split(), @n_bytes long
 * @spellings: (out caller-allocates): room for LANYARD_SPELLING_MAX; others of it
 *
 * Returns: how many there are
 */
guint lanyard_spelling_of_word (const char *word, gsize n_bytes, LanyardSpelling *spellings);

G_END_DECLS
