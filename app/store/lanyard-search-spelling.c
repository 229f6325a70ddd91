/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-search-spelling.h"

#include <sodium.h>
#include <string.h>

#include "lanyard-transliterate.h"

/* "BOE" may be "BØ", and is not the beginning of all that begin with BO. */
#define MIN_LETTERS 2
#define MIN_BEGINNING 3
/* The first choices, and the second ones where there are: "IURII" and "YURIY". */
#define N_CHOICES 2

typedef struct
{
  guint n;
  LanyardSpelling *spellings;
  const char *word;
  gsize n_bytes;
} Others;

typedef struct
{
  LanyardWordFunc func;
  gpointer user_data;
  gboolean other_script; /* a word of it was */
} Speller;

static gboolean
is_ascii (const char *word, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    if ((guchar)word[i] >= 0x80)
      return FALSE;
  return TRUE;
}

/* Two letters that many write for one with a mark. */
static gboolean
is_pair (char first, char second)
{
  return (second == 'e' && (first == 'a' || first == 'o' || first == 'u'))
         || (first == 'a' && second == 'a');
}

/* @word: ASCII. Returns: whether @bare is another word, and long enough */
static gboolean
make_bare (const char *word, gsize n_bytes, LanyardSpelling *bare)
{
  bare->n_bytes = 0;
  for (gsize i = 0; i < n_bytes; i++)
    {
      bare->text[bare->n_bytes++] = word[i];
      if (i + 1 < n_bytes && is_pair (word[i], word[i + 1]))
        i++;
    }
  return bare->n_bytes < n_bytes && bare->n_bytes >= MIN_LETTERS;
}

static void
on_name_word (const char *word, gsize n_bytes, gpointer user_data)
{
  Speller *speller = user_data;
  LanyardSpelling bare;

  if (!is_ascii (word, n_bytes))
    speller->other_script = TRUE;
  else if (make_bare (word, n_bytes, &bare))
    speller->func (bare.text, bare.n_bytes, speller->user_data);
}

static void
transliterate (const char *name, LanyardWordFunc func, gpointer user_data)
{
  for (guint choice = 0; choice < N_CHOICES; choice++)
    {
      char *text = lanyard_transliterate_by (name, choice);

      lanyard_search_split (text, FALSE, func, user_data);
      sodium_memzero (text, strlen (text));
      g_free (text);
    }
}

/* Each part on its own: a transliteration is only of so many letters. */
static void
transliterate_parts (const char *name, LanyardWordFunc func, gpointer user_data)
{
  g_auto (GStrv) parts = g_strsplit_set (name, " \t", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      if (!g_str_is_ascii (*part))
        transliterate (*part, func, user_data);
      sodium_memzero (*part, strlen (*part));
    }
}

void
lanyard_spelling_of_name (const char *name, LanyardWordFunc func, gpointer user_data)
{
  Speller speller = { .func = func, .user_data = user_data };

  lanyard_search_split (name, TRUE, on_name_word, &speller);
  if (!speller.other_script)
    return;
  transliterate_parts (name, func, user_data);
}

static void
on_other (const char *word, gsize n_bytes, gpointer user_data)
{
  Others *others = user_data;

  for (guint i = 0; i < others->n; i++)
    if (others->spellings[i].n_bytes == n_bytes
        && memcmp (others->spellings[i].text, word, n_bytes) == 0)
      return;
  if (others->n == LANYARD_SPELLING_MAX
      || (n_bytes == others->n_bytes && memcmp (word, others->word, n_bytes) == 0))
    return;
  memcpy (others->spellings[others->n].text, word, n_bytes);
  others->spellings[others->n].whole = n_bytes < MIN_BEGINNING;
  others->spellings[others->n++].n_bytes = n_bytes;
}

guint
lanyard_spelling_of_word (const char *word, gsize n_bytes, LanyardSpelling *spellings)
{
  Others others = { .spellings = spellings, .word = word, .n_bytes = n_bytes };
  LanyardSpelling bare;

  if (is_ascii (word, n_bytes))
    {
      if (make_bare (word, n_bytes, &bare))
        on_other (bare.text, bare.n_bytes, &others);
    }
  else
    {
      char *text = g_strndup (word, n_bytes);

      transliterate (text, on_other, &others);
      sodium_memzero (text, n_bytes);
      g_free (text);
    }
  return others.n;
}
