/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Each entry put in is a document, numbered as it comes. An entry that changes becomes a new
 * document and its old one dies, so that the lists of documents only grow at their ends and stay in
 * order; the dead ones cost some memory until the program starts again.
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-search-index-private.h"

#include "lanyard-search-near.h"
#include "lanyard-search-spelling.h"
#include "lanyard-search-words.h"

#include <string.h>

#define MAX_WORDS_OF_QUERY 8
/* A query that matches more is vague: any of them will do. */
#define MAX_MATCHES 2048
/* Looking at one document costs about as much as taking so many words off a range. */
#define WORDS_PER_LOOK 4
/* Who was typed without an error comes before all others, however well they match, and whose name
 * is spelt in another way before whose name is another one. */
#define SCORE_EXACT 1024
#define SCORE_SPELT 512

typedef struct
{
  LanyardSearchIndex *index;
  Field field;
  guint n;
  guint32 words[MAX_WORDS_OF_ENTRY];
} Collector;

typedef struct
{
  char text[LANYARD_WORD_MAX_BYTES];
  gsize n_bytes;
  LanyardWordRange range; /* of the words that begin with it */
  guint n_others;         /* its other spellings; 0 where they are not asked for */
  LanyardSpelling others[LANYARD_SPELLING_MAX];
  GArray *near; /* (nullable) borrowed (element-type LanyardWordRange): one typing error is
                 * looked for in it, and only that */
  guint n;      /* words in range, or in near */
} QueryWord;

typedef struct
{
  guint n;
  QueryWord words[MAX_WORDS_OF_QUERY];
} Query;

static void
append_document (LanyardSearchIndex *index, guint32 word, guint32 document)
{
  Postings *postings;

  if (word >= index->postings->len)
    g_array_set_size (index->postings, word + 1);
  postings = &g_array_index (index->postings, Postings, word);
  if (postings->n == 0)
    postings->one = document;
  else if (postings->n == 1)
    {
      guint32 *many = g_new (guint32, 2);

      many[0] = postings->one;
      many[1] = document;
      postings->many = many;
      index->n_posting_bytes += 2 * sizeof (guint32);
    }
  else
    {
      if ((postings->n & (postings->n - 1)) == 0)
        {
          index->n_posting_bytes += postings->n * sizeof (guint32);
          postings->many = g_renew (guint32, postings->many, 2 * (gsize)postings->n);
        }
      postings->many[postings->n] = document;
    }
  postings->n++;
}

static void
on_entry_word (const char *word, gsize n_bytes, gpointer user_data)
{
  Collector *collector = user_data;
  guint32 number;

  if (collector->n == MAX_WORDS_OF_ENTRY)
    return;
  number = lanyard_vocabulary_add (collector->index->vocabulary, word, n_bytes);
  for (guint i = 0; i < collector->n; i++)
    if ((collector->words[i] & NUMBER_MASK) == number)
      return;
  collector->words[collector->n++] = number | ((guint32)collector->field << FIELD_SHIFT);
}

static void
collect (Collector *collector, Field field, const char *text)
{
  collector->field = field;
  lanyard_search_split (text, TRUE, on_entry_word, collector);
}

/* Last, so that nobody loses a word of their own for them. */
static void
collect_spellings (Collector *collector, const LanyardEntry *entry)
{
  collector->field = FIELD_NAME;
  lanyard_spelling_of_name (entry->print_name, on_entry_word, collector);
  lanyard_spelling_of_name (entry->local_name, on_entry_word, collector);
  lanyard_spelling_of_name (entry->family_name, on_entry_word, collector);
  lanyard_spelling_of_name (entry->given_name, on_entry_word, collector);
}

static void
on_query_word (const char *word, gsize n_bytes, gpointer user_data)
{
  Query *query = user_data;

  if (query->n == MAX_WORDS_OF_QUERY)
    return;
  memcpy (query->words[query->n].text, word, n_bytes);
  query->words[query->n].n_bytes = n_bytes;
  query->n++;
}

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  guint n_a = ((const QueryWord *)a)->n, n_b = ((const QueryWord *)b)->n;

  return (n_a > n_b) - (n_a < n_b);
}

static int
compare_matches (gconstpointer a, gconstpointer b)
{
  const LanyardMatch *match_a = a, *match_b = b;

  if (match_a->score != match_b->score)
    return match_a->score > match_b->score ? -1 : 1;
  return (match_a->id > match_b->id) - (match_a->id < match_b->id);
}

/* Sets the bit of each document with a word of @range. Returns: how many bits are new */
static gsize
mark_range (LanyardSearchIndex *index, LanyardWordRange range, guint64 *bits, gsize enough)
{
  guint32 number;
  gsize n = 0;

  while (n < enough && lanyard_vocabulary_next (index->vocabulary, &range, &number))
    {
      const Postings *postings = &g_array_index (index->postings, Postings, number);
      const guint32 *documents = postings->n == 1 ? &postings->one : postings->many;

      for (guint32 i = 0; i < postings->n; i++)
        {
          guint64 bit = G_GUINT64_CONSTANT (1) << (documents[i] & 63);

          n += (bits[documents[i] >> 6] & bit) == 0;
          bits[documents[i] >> 6] |= bit;
        }
    }
  return n;
}

static LanyardWordRange
find_spelling (LanyardSearchIndex *index, const LanyardSpelling *spelling)
{
  LanyardWordRange range
      = lanyard_vocabulary_find (index->vocabulary, spelling->text, spelling->n_bytes);
  LanyardWordRange first = range;
  guint32 number;
  gsize n_bytes = 0;

  if (!spelling->whole)
    return range;
  if (lanyard_vocabulary_next (index->vocabulary, &first, &number))
    lanyard_vocabulary_get (index->vocabulary, number, &n_bytes);
  range.n = n_bytes == spelling->n_bytes;
  return range;
}

/* Sets the bit of each document with a word that answers @word. @enough: stop at so many */
static gsize
mark (LanyardSearchIndex *index, const QueryWord *word, guint64 *bits, gsize enough)
{
  gsize n = 0;

  if (word->near == NULL)
    {
      n = mark_range (index, word->range, bits, enough);
      for (guint i = 0; i < word->n_others && n < enough; i++)
        n += mark_range (index, find_spelling (index, &word->others[i]), bits, enough - n);
      return n;
    }
  for (guint i = 0; i < word->near->len && n < enough; i++)
    n += mark_range (index, g_array_index (word->near, LanyardWordRange, i), bits, enough - n);
  return n;
}

static LanyardNearness
compare_beginning (const char *text, gsize n_text, const char *with, gsize n_with)
{
  if (n_text < n_with || memcmp (text, with, n_with) != 0)
    return LANYARD_NEAR_NOT;
  return n_text == n_with ? LANYARD_NEAR_WHOLE : LANYARD_NEAR_BEGINNING;
}

/* Whether @text answers @word, and whether it is all of it. */
static LanyardNearness
compare_word (const char *text, gsize n_bytes, const QueryWord *word)
{
  LanyardNearness best;

  if (word->near != NULL)
    return lanyard_near_compare (text, n_bytes, word->text, word->n_bytes);
  best = compare_beginning (text, n_bytes, word->text, word->n_bytes);
  for (guint i = 0; i < word->n_others; i++)
    {
      const LanyardSpelling *other = &word->others[i];
      LanyardNearness nearness = compare_beginning (text, n_bytes, other->text, other->n_bytes);

      if (!other->whole || nearness == LANYARD_NEAR_WHOLE)
        best = MAX (best, nearness);
    }
  return best;
}

/* How well @document answers @word; 0: not at all. */
static guint
rate_word (LanyardSearchIndex *index, const Document *document, const QueryWord *word)
{
  const guint32 *words = &g_array_index (index->words, guint32, document->words);
  guint best = 0;

  for (guint32 i = 1; i <= words[0]; i++)
    {
      gsize n_bytes;
      const char *text
          = lanyard_vocabulary_get (index->vocabulary, words[i] & NUMBER_MASK, &n_bytes);
      LanyardNearness nearness = compare_word (text, n_bytes, word);
      Field field = words[i] >> FIELD_SHIFT;
      guint rate;

      if (nearness == LANYARD_NEAR_NOT)
        continue;
      rate = 1 + (nearness == LANYARD_NEAR_WHOLE ? 4 : 0) + (field == FIELD_ORGANISATION ? 0 : 6);
      best = MAX (best, rate);
    }
  return best;
}

static guint
rate (LanyardSearchIndex *index, const Document *document, const Query *query)
{
  guint sum = 0;

  for (guint i = 0; i < query->n; i++)
    {
      guint score = rate_word (index, document, &query->words[i]);

      if (score == 0)
        return 0;
      sum += score;
    }
  return sum;
}

static GArray *
rate_all (LanyardSearchIndex *index, const Query *query, const guint64 *bits, gsize n_bits)
{
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (LanyardMatch));

  for (gsize i = 0; i < n_bits && matches->len < MAX_MATCHES; i++)
    for (guint64 left = bits[i]; left != 0; left &= left - 1)
      {
        guint32 number = (guint32)(i * 64 + (gsize)__builtin_ctzll (left));
        const Document *document = &g_array_index (index->documents, Document, number);
        LanyardMatch match = { .id = document->id };

        if (document->id == 0)
          continue;
        match.score = rate (index, document, query);
        if (match.score > 0)
          g_array_append_val (matches, match);
      }
  return matches;
}

/* Narrows @bits by the further words for which that is cheaper than looking at each document. */
static void
narrow (LanyardSearchIndex *index, const Query *query, guint64 *bits, gsize n_bits, gsize n)
{
  g_autofree guint64 *other = g_new (guint64, n_bits);

  for (guint i = 1; i < query->n && query->words[i].n < n * WORDS_PER_LOOK; i++)
    {
      memset (other, 0, n_bits * sizeof *other);
      mark (index, &query->words[i], other, G_MAXSIZE);
      n = 0;
      for (gsize j = 0; j < n_bits; j++)
        {
          bits[j] &= other[j];
          n += (gsize)__builtin_popcountll (bits[j]);
        }
    }
}

/* Returns: (transfer full) (element-type LanyardMatch): in no order */
static GArray *
find_all (LanyardSearchIndex *index, Query query)
{
  g_autofree guint64 *bits = NULL;
  gsize n_bits = index->documents->len / 64 + 1;
  gsize n;

  qsort (query.words, query.n, sizeof query.words[0], compare_ranges);
  if (query.n == 0 || query.words[0].n == 0)
    return g_array_new (FALSE, FALSE, sizeof (LanyardMatch));
  bits = g_new0 (guint64, n_bits);
  n = mark (index, &query.words[0], bits, query.n == 1 ? MAX_MATCHES : G_MAXSIZE);
  narrow (index, &query, bits, n_bits, n);
  return rate_all (index, &query, bits, n_bits);
}

static gboolean
has_match (GArray *matches, guint n, guint32 id)
{
  for (guint i = 0; i < n; i++)
    if (g_array_index (matches, LanyardMatch, i).id == id)
      return TRUE;
  return FALSE;
}

/* Adds those of @found who are not among the first @n_before of @matches. */
static void
add_found (GArray *matches, guint n_before, GArray *found, guint score)
{
  for (guint i = 0; i < found->len; i++)
    {
      LanyardMatch match = g_array_index (found, LanyardMatch, i);

      if (has_match (matches, n_before, match.id))
        continue;
      match.score += score;
      g_array_append_val (matches, match);
    }
}

/* Adds who is found when words of @query are spelt in another way. */
static void
add_spelt (LanyardSearchIndex *index, const Query *query, GArray *matches)
{
  Query spelt = *query;
  g_autoptr (GArray) found = NULL;
  gboolean any = FALSE;

  for (guint i = 0; i < spelt.n; i++)
    {
      QueryWord *word = &spelt.words[i];

      word->n_others = lanyard_spelling_of_word (word->text, word->n_bytes, word->others);
      for (guint j = 0; j < word->n_others; j++)
        word->n += find_spelling (index, &word->others[j]).n;
      any = any || word->n_others > 0;
    }
  if (!any)
    return;
  found = find_all (index, spelt);
  add_found (matches, matches->len, found, SCORE_SPELT);
}

/* Adds who is found when there is a typing error in the word @with_error and in no other. */
static void
add_near (LanyardSearchIndex *index, const Query *query, guint with_error, GArray *matches)
{
  Query wrong = *query;
  QueryWord *word = &wrong.words[with_error];
  guint n_before = matches->len;
  g_autoptr (GArray) near = NULL, found = NULL;

  for (guint i = 0; i < query->n; i++)
    if (i != with_error && query->words[i].n == 0)
      return;
  if (!lanyard_near_is_for (word->text, word->n_bytes))
    return;
  near = lanyard_near_find (index->vocabulary, word->text, word->n_bytes);
  word->near = near;
  word->n = 0;
  for (guint i = 0; i < near->len; i++)
    word->n += g_array_index (near, LanyardWordRange, i).n;
  found = find_all (index, wrong);
  add_found (matches, n_before, found, 0);
}

LanyardSearchIndex *
lanyard_search_index_new (void)
{
  LanyardSearchIndex *index = g_new0 (LanyardSearchIndex, 1);

  index->vocabulary = lanyard_vocabulary_new ();
  index->postings = g_array_new (FALSE, TRUE, sizeof (Postings));
  index->documents = g_array_new (FALSE, FALSE, sizeof (Document));
  index->words = g_array_new (FALSE, FALSE, sizeof (guint32));
  index->by_id = g_array_new (FALSE, TRUE, sizeof (guint32));
  index->numbers = lanyard_search_numbers_new ();
  return index;
}

void
lanyard_search_index_free (LanyardSearchIndex *index)
{
  if (index == NULL)
    return;
  for (guint i = 0; i < index->postings->len; i++)
    if (g_array_index (index->postings, Postings, i).n > 1)
      g_free (g_array_index (index->postings, Postings, i).many);
  g_array_unref (index->postings);
  g_array_unref (index->documents);
  g_array_unref (index->words);
  g_array_unref (index->by_id);
  lanyard_search_numbers_free (index->numbers);
  lanyard_vocabulary_free (index->vocabulary);
  g_free (index);
}

void
lanyard_search_index_put (LanyardSearchIndex *index, guint32 id, const LanyardEntry *entry)
{
  Collector collector = { .index = index };
  guint32 number = index->documents->len;
  Document document = { .id = id, .words = index->words->len };

  g_return_if_fail (id > 0);
  lanyard_search_index_remove (index, id);
  collect (&collector, FIELD_NAME, entry->print_name);
  collect (&collector, FIELD_NAME, entry->local_name);
  collect (&collector, FIELD_NAME, entry->family_name);
  collect (&collector, FIELD_NAME, entry->given_name);
  collect (&collector, FIELD_NUMBER, entry->number);
  collect (&collector, FIELD_ORGANISATION, entry->organisation);
  collect_spellings (&collector, entry);

  g_array_append_val (index->documents, document);
  g_array_append_val (index->words, collector.n);
  g_array_append_vals (index->words, collector.words, collector.n);
  for (guint i = 0; i < collector.n; i++)
    append_document (index, collector.words[i] & NUMBER_MASK, number);
  for (char **of = entry->documents; of != NULL && *of != NULL; of++)
    lanyard_search_numbers_add (index->numbers, *of, id);
  if (id >= index->by_id->len)
    g_array_set_size (index->by_id, id + 1);
  g_array_index (index->by_id, guint32, id) = number + 1;
}

void
lanyard_search_index_remove (LanyardSearchIndex *index, guint32 id)
{
  guint32 *number;

  if (id >= index->by_id->len)
    return;
  number = &g_array_index (index->by_id, guint32, id);
  if (*number == 0)
    return;
  g_array_index (index->documents, Document, *number - 1).id = 0;
  *number = 0;
}

GArray *
lanyard_search_index_find (LanyardSearchIndex *index, const char *text, guint max)
{
  Query query = { 0 };
  guint n_exact, n_spelt;
  GArray *matches;

  lanyard_search_split (text, FALSE, on_query_word, &query);
  for (guint i = 0; i < query.n; i++)
    {
      QueryWord *word = &query.words[i];

      word->range = lanyard_vocabulary_find (index->vocabulary, word->text, word->n_bytes);
      word->n = word->range.n;
    }
  matches = find_all (index, query);
  for (guint i = 0; i < matches->len; i++)
    g_array_index (matches, LanyardMatch, i).score += SCORE_EXACT;
  n_exact = matches->len;
  if (n_exact < max)
    add_spelt (index, &query, matches);
  n_spelt = matches->len - n_exact;
  for (guint i = 0; i < query.n && matches->len < max + n_spelt; i++)
    add_near (index, &query, i, matches);
  g_array_sort (matches, compare_matches);
  if (matches->len > max)
    g_array_set_size (matches, max);
  return matches;
}

GArray *
lanyard_search_index_list_document (LanyardSearchIndex *index, const char *number)
{
  return lanyard_search_numbers_find (index->numbers, number);
}

gsize
lanyard_search_index_get_bytes (LanyardSearchIndex *index)
{
  return lanyard_vocabulary_get_bytes (index->vocabulary) + index->n_posting_bytes
         + lanyard_search_numbers_get_bytes (index->numbers)
         + index->postings->len * sizeof (Postings) + index->documents->len * sizeof (Document)
         + (index->words->len + index->by_id->len) * sizeof (guint32);
}
