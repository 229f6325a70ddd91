/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-search-index-private.h"

#include "lanyard-search-words.h"

/* The words of an organisation, as numbers. */
typedef struct
{
  LanyardSearchIndex *index;
  gboolean unknown; /* nobody has one of them */
  guint n;
  guint32 words[MAX_WORDS_OF_ENTRY];
} Organisation;

static gboolean
is_of (const Organisation *organisation, guint32 word)
{
  for (guint i = 0; i < organisation->n; i++)
    if (organisation->words[i] == word)
      return TRUE;
  return FALSE;
}

static void
on_organisation_word (const char *word, gsize n_bytes, gpointer user_data)
{
  Organisation *organisation = user_data;
  LanyardVocabulary *vocabulary = organisation->index->vocabulary;
  LanyardWordRange range = lanyard_vocabulary_find (vocabulary, word, n_bytes);
  guint32 number;
  gsize n_found = 0;

  if (organisation->n == MAX_WORDS_OF_ENTRY)
    return;
  /* in order, so that the word itself is the first of those that begin with it */
  if (lanyard_vocabulary_next (vocabulary, &range, &number))
    lanyard_vocabulary_get (vocabulary, number, &n_found);
  if (n_found != n_bytes)
    organisation->unknown = TRUE;
  else if (!is_of (organisation, number))
    organisation->words[organisation->n++] = number;
}

/* Whether @document has all words of @organisation, and its own has no other. */
static gboolean
may_have (LanyardSearchIndex *index, const Document *document, const Organisation *organisation)
{
  const guint32 *words = &g_array_index (index->words, guint32, document->words);
  guint n_here = 0;

  /* some of its words were left out */
  if (words[0] == MAX_WORDS_OF_ENTRY)
    return TRUE;
  for (guint32 i = 1; i <= words[0]; i++)
    {
      gboolean wanted = is_of (organisation, words[i] & NUMBER_MASK);

      if (!wanted && words[i] >> FIELD_SHIFT == FIELD_ORGANISATION)
        return FALSE;
      n_here += wanted;
    }
  return n_here == organisation->n;
}

GArray *
lanyard_search_index_list_organisation (LanyardSearchIndex *index, const char *organisation)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  Organisation wanted = { .index = index };
  const Postings *fewest = NULL;

  lanyard_search_split (organisation, TRUE, on_organisation_word, &wanted);
  if (wanted.unknown || wanted.n == 0)
    return ids;
  for (guint i = 0; i < wanted.n; i++)
    {
      const Postings *postings = &g_array_index (index->postings, Postings, wanted.words[i]);

      if (fewest == NULL || postings->n < fewest->n)
        fewest = postings;
    }
  for (guint32 i = 0; i < fewest->n; i++)
    {
      guint32 number = fewest->n == 1 ? fewest->one : fewest->many[i];
      const Document *document = &g_array_index (index->documents, Document, number);

      if (document->id != 0 && may_have (index, document, &wanted))
        g_array_append_val (ids, document->id);
    }
  return ids;
}
