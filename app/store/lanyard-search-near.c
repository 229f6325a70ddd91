/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The words stand in order, so all that follow one beginning stand together. For each place at
 * which the error may be, what was typed before it is a beginning, the letters that follow it
 * anywhere are asked for, and behind each of them what was typed after it. That is some hundred
 * steps in a million words, where comparing with each of them would be a million.
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-search-near.h"

#include <string.h>

#include "lanyard-search-words.h"

/* From here on a character is a word, or half of one, and nobody mistypes it by a letter. */
#define FIRST_IDEOGRAPH 0x2E80
#define MAX_LETTER_BYTES 4

typedef struct
{
  LanyardVocabulary *vocabulary; /* borrowed */
  const char *typed;
  gsize n_typed;
  GArray *ranges;
} Search;

static gsize
letter_bytes (const char *at)
{
  return (gsize)(g_utf8_next_char (at) - at);
}

static gboolean
begins_with (const char *text, gsize n_text, const char *with, gsize n_with)
{
  return n_text >= n_with && memcmp (text, with, n_with) == 0;
}

static LanyardNearness
rate (gboolean begins, gsize n_rest, gsize n_typed_rest)
{
  if (!begins)
    return LANYARD_NEAR_NOT;
  return n_rest == n_typed_rest ? LANYARD_NEAR_WHOLE : LANYARD_NEAR_BEGINNING;
}

/* @word and @typed differ from their first letters on. */
static LanyardNearness
compare_rest (const char *word, gsize n_word, const char *typed, gsize n_typed)
{
  gsize a = n_word > 0 ? letter_bytes (word) : 0, b = letter_bytes (typed);
  gboolean last = n_typed == b;
  LanyardNearness best = LANYARD_NEAR_NOT;

  /* one too many */
  if (!last || n_word == 0)
    best = rate (begins_with (word, n_word, typed + b, n_typed - b), n_word, n_typed - b);
  if (n_word == 0)
    return best;
  /* another one */
  if (!last || n_word == a)
    best = MAX (best, rate (begins_with (word + a, n_word - a, typed + b, n_typed - b), n_word - a,
                            n_typed - b));
  /* one is missing */
  best = MAX (best, rate (begins_with (word + a, n_word - a, typed, n_typed), n_word - a, n_typed));
  /* changed places */
  if (!last && n_word > a)
    {
      gsize a2 = letter_bytes (word + a), b2 = letter_bytes (typed + b);

      if (a == b2 && b == a2 && memcmp (word, typed + b, a) == 0
          && memcmp (word + a, typed, b) == 0)
        best = MAX (best, rate (begins_with (word + a + a2, n_word - a - a2, typed + b + b2,
                                             n_typed - b - b2),
                                n_word - a - a2, n_typed - b - b2));
    }
  return best;
}

gboolean
lanyard_near_is_for (const char *typed, gsize n_bytes)
{
  guint n_letters = 0;

  for (const char *at = typed; at < typed + n_bytes; at = g_utf8_next_char (at), n_letters++)
    if (g_utf8_get_char (at) >= FIRST_IDEOGRAPH)
      return FALSE;
  return n_letters >= LANYARD_NEAR_MIN_LETTERS;
}

LanyardNearness
lanyard_near_compare (const char *word, gsize n_word, const char *typed, gsize n_typed)
{
  gsize at = 0;

  while (at < n_word && at < n_typed)
    {
      gsize n = letter_bytes (word + at);

      if (letter_bytes (typed + at) != n || memcmp (word + at, typed + at, n) != 0)
        break;
      at += n;
    }
  if (at == n_typed)
    return LANYARD_NEAR_NOT; /* no error */
  return compare_rest (word + at, n_word - at, typed + at, n_typed - at);
}

/* All words that begin with @head and @tail; with @whole only the one that ends there. */
static void
add (Search *search, const char *head, gsize n_head, const char *tail, gsize n_tail, gboolean whole)
{
  char text[LANYARD_WORD_MAX_BYTES + MAX_LETTER_BYTES];
  LanyardWordRange range, first;
  guint32 number;
  gsize n_bytes;

  if (n_head + n_tail == 0 || n_head + n_tail > sizeof text)
    return;
  memcpy (text, head, n_head);
  memcpy (text + n_head, tail, n_tail);
  range = lanyard_vocabulary_find (search->vocabulary, text, n_head + n_tail);
  if (range.n == 0)
    return;
  if (whole)
    {
      first = range;
      lanyard_vocabulary_next (search->vocabulary, &first, &number);
      lanyard_vocabulary_get (search->vocabulary, number, &n_bytes);
      if (n_bytes != n_head + n_tail)
        return;
      range.n = 1;
    }
  g_array_append_val (search->ranges, range);
}

/* @head: what was typed before the error, and the letter that should have come */
static void
add_with (Search *search, const char *head, gsize n_head, gsize at)
{
  const char *typed = search->typed + at;
  gsize n = letter_bytes (typed), n_letter = n_head - at;
  gsize n_after = search->n_typed - at - n;

  if (n_letter != n || memcmp (head + at, typed, n) != 0)
    add (search, head, n_head, typed + n, n_after, n_after == 0);
  add (search, head, n_head, typed, search->n_typed - at, FALSE);
}

/* Of a letter that was typed twice the last one is left out. */
static void
add_without (Search *search, gsize at)
{
  const char *typed = search->typed + at;
  gsize n = letter_bytes (typed), n_after = search->n_typed - at - n, n_next;
  char head[LANYARD_WORD_MAX_BYTES + MAX_LETTER_BYTES];

  if (begins_with (typed + n, n_after, typed, n))
    return;
  add (search, search->typed, at, typed + n, n_after, n_after == 0);
  if (n_after == 0)
    return;
  n_next = letter_bytes (typed + n);
  memcpy (head, search->typed, at);
  memcpy (head + at, typed + n, n_next);
  memcpy (head + at + n_next, typed, n);
  add (search, head, at + n_next + n, typed + n + n_next, n_after - n_next, FALSE);
}

/* Everything with the error just behind what was typed up to @at. Returns: FALSE when no word
 * begins like that, and so none with an error further on either */
static gboolean
look_at (Search *search, gsize at)
{
  LanyardWordRange under = lanyard_vocabulary_find (search->vocabulary, search->typed, at);
  gboolean ascii = (guchar)search->typed[at] < 0x80;
  guint32 number;

  if (under.n == 0)
    return FALSE;
  add_without (search, at);
  while (under.n > 0)
    {
      LanyardWordRange ahead = under;
      const char *word;
      gsize n_word, n_head;

      lanyard_vocabulary_next (search->vocabulary, &ahead, &number);
      word = lanyard_vocabulary_get (search->vocabulary, number, &n_word);
      if (n_word == at)
        {
          under = ahead;
          continue;
        }
      /* in order, so that all that come after are of further scripts */
      if (g_utf8_get_char (word + at) >= FIRST_IDEOGRAPH || (ascii && (guchar)word[at] >= 0x80))
        break;
      n_head = at + letter_bytes (word + at);
      add_with (search, word, n_head, at);
      lanyard_vocabulary_skip (search->vocabulary, &under,
                               lanyard_vocabulary_find (search->vocabulary, word, n_head).n);
    }
  return TRUE;
}

GArray *
lanyard_near_find (LanyardVocabulary *vocabulary, const char *typed, gsize n_bytes)
{
  Search search = {
    .vocabulary = vocabulary,
    .typed = typed,
    .n_typed = n_bytes,
    .ranges = g_array_new (FALSE, FALSE, sizeof (LanyardWordRange)),
  };

  for (gsize at = 0; at < n_bytes && look_at (&search, at);)
    at += letter_bytes (typed + at);
  return search.ranges;
}
