/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-search-vocabulary.h"

#include "lanyard-error.h"
#include "lanyard-search-words.h"

#include <sodium.h>
#include <string.h>

#define LEAF_WORDS 512
#define FIRST_SLOTS 1024
/* There are as many new words as half the old slots before the table grows again. */
#define MOVES_A_WORD 8

typedef struct
{
  guint n;
  guint32 numbers[LEAF_WORDS]; /* in the order of their words */
} Leaf;

struct _LanyardVocabulary
{
  /* owned */
  GByteArray *letters; /* of each word: one byte of length, then the word */
  GArray *starts;      /* (element-type guint32): where each number's word stands in letters */
  GPtrArray *leaves;   /* (element-type Leaf): all numbers in the order of their words */
  guint32 *slots;      /* hash table with open addressing: number + 1, 0 is free */
  guint32 *old_slots;  /* (nullable): the table before it grew, until all of it was moved */

  /* state */
  guint n_slots;     /* a power of two */
  guint n_old_slots; /* half of it */
  guint n_moved;     /* of the old ones, from the first on */
};

static guint32
hash_word (const char *word, gsize n_bytes)
{
  guint32 hash = 2166136261u; /* FNV-1a */

  for (gsize i = 0; i < n_bytes; i++)
    hash = (hash ^ (guint8)word[i]) * 16777619u;
  return hash ^ (hash >> 15);
}

static int
compare (const char *a, gsize n_a, const char *b, gsize n_b)
{
  int order = memcmp (a, b, MIN (n_a, n_b));

  return order != 0 ? order : (n_a > n_b) - (n_a < n_b);
}

static int
compare_number (LanyardVocabulary *vocabulary, guint32 number, const char *word, gsize n_bytes)
{
  gsize n_own;
  const char *own = lanyard_vocabulary_get (vocabulary, number, &n_own);

  return compare (own, n_own, word, n_bytes);
}

/* Like compare_number(), but every word that begins with @prefix is equal to it. */
static int
compare_prefix (LanyardVocabulary *vocabulary, guint32 number, const char *prefix, gsize n_bytes)
{
  gsize n_own;
  const char *own = lanyard_vocabulary_get (vocabulary, number, &n_own);

  return compare (own, MIN (n_own, n_bytes), prefix, n_bytes);
}

typedef int (*CompareFunc) (LanyardVocabulary *, guint32, const char *, gsize);

/* The first place whose word is not below @word; after all equal ones with @after. */
static void
locate (LanyardVocabulary *vocabulary,
        CompareFunc func,
        gboolean after,
        const char *word,
        gsize n_bytes,
        guint *leaf_index,
        guint *offset)
{
  guint low = 0, high = vocabulary->leaves->len;
  const Leaf *leaf;

  /* The last leaf whose first word is below; the first leaf when none is. */
  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order;

      leaf = vocabulary->leaves->pdata[middle];
      order = func (vocabulary, leaf->numbers[0], word, n_bytes);
      if (order < 0 || (after && order == 0))
        low = middle + 1;
      else
        high = middle;
    }
  *leaf_index = low > 0 ? low - 1 : 0;
  leaf = vocabulary->leaves->len > 0 ? vocabulary->leaves->pdata[*leaf_index] : NULL;

  low = 0;
  high = leaf != NULL ? leaf->n : 0;
  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = func (vocabulary, leaf->numbers[middle], word, n_bytes);

      if (order < 0 || (after && order == 0))
        low = middle + 1;
      else
        high = middle;
    }
  *offset = low;
}

static void
split_leaf (LanyardVocabulary *vocabulary, guint leaf_index)
{
  Leaf *leaf = vocabulary->leaves->pdata[leaf_index];
  Leaf *upper = g_new (Leaf, 1);

  upper->n = leaf->n - leaf->n / 2;
  leaf->n /= 2;
  memcpy (upper->numbers, leaf->numbers + leaf->n, upper->n * sizeof upper->numbers[0]);
  g_ptr_array_insert (vocabulary->leaves, (int)leaf_index + 1, upper);
}

static void
insert_in_order (LanyardVocabulary *vocabulary, guint32 number, const char *word, gsize n_bytes)
{
  guint leaf_index, offset;
  Leaf *leaf;

  if (vocabulary->leaves->len == 0)
    g_ptr_array_add (vocabulary->leaves, g_new0 (Leaf, 1));
  locate (vocabulary, compare_number, FALSE, word, n_bytes, &leaf_index, &offset);
  leaf = vocabulary->leaves->pdata[leaf_index];
  if (leaf->n == LEAF_WORDS)
    {
      split_leaf (vocabulary, leaf_index);
      if (offset > leaf->n)
        {
          offset -= leaf->n;
          leaf = vocabulary->leaves->pdata[leaf_index + 1];
        }
    }
  memmove (leaf->numbers + offset + 1, leaf->numbers + offset,
           (leaf->n - offset) * sizeof leaf->numbers[0]);
  leaf->numbers[offset] = number;
  leaf->n++;
}

/* Returns: the slot that holds @word, or the free one in which it belongs */
static guint32 *
find_slot (LanyardVocabulary *vocabulary,
           guint32 *slots,
           guint n_slots,
           const char *word,
           gsize n_bytes)
{
  guint mask = n_slots - 1;
  guint at = hash_word (word, n_bytes) & mask;

  while (slots[at] != 0 && compare_number (vocabulary, slots[at] - 1, word, n_bytes) != 0)
    at = (at + 1) & mask;
  return &slots[at];
}

static void
move_slot (LanyardVocabulary *vocabulary, guint32 content)
{
  guint mask = vocabulary->n_slots - 1, at;
  gsize n_bytes;
  const char *word;

  if (content == 0)
    return;
  word = lanyard_vocabulary_get (vocabulary, content - 1, &n_bytes);
  for (at = hash_word (word, n_bytes) & mask; vocabulary->slots[at] != 0;)
    at = (at + 1) & mask;
  vocabulary->slots[at] = content;
}

/* A table of a million words takes a tenth of a second to move, for which nobody has to wait: each
 * new word moves a few, so that all are moved long before it grows again. What was moved stays in
 * the old table as well, which does no harm. */
static void
move_some (LanyardVocabulary *vocabulary)
{
  for (guint i = 0; vocabulary->old_slots != NULL && i < MOVES_A_WORD; i++)
    {
      move_slot (vocabulary, vocabulary->old_slots[vocabulary->n_moved++]);
      if (vocabulary->n_moved == vocabulary->n_old_slots)
        g_clear_pointer (&vocabulary->old_slots, g_free);
    }
}

static void
grow_slots (LanyardVocabulary *vocabulary)
{
  lanyard_assert_invariant (vocabulary->old_slots == NULL);
  vocabulary->old_slots = vocabulary->slots;
  vocabulary->n_old_slots = vocabulary->n_slots;
  vocabulary->n_moved = 0;
  vocabulary->n_slots *= 2;
  vocabulary->slots = g_new0 (guint32, vocabulary->n_slots);
}

LanyardVocabulary *
lanyard_vocabulary_new (void)
{
  LanyardVocabulary *vocabulary = g_new0 (LanyardVocabulary, 1);

  vocabulary->letters = g_byte_array_new ();
  vocabulary->starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  vocabulary->leaves = g_ptr_array_new_with_free_func (g_free);
  vocabulary->n_slots = FIRST_SLOTS;
  vocabulary->slots = g_new0 (guint32, FIRST_SLOTS);
  return vocabulary;
}

void
lanyard_vocabulary_free (LanyardVocabulary *vocabulary)
{
  if (vocabulary == NULL)
    return;
  sodium_memzero (vocabulary->letters->data, vocabulary->letters->len);
  g_byte_array_unref (vocabulary->letters);
  g_array_unref (vocabulary->starts);
  g_ptr_array_unref (vocabulary->leaves);
  g_free (vocabulary->slots);
  g_free (vocabulary->old_slots);
  g_free (vocabulary);
}

guint32
lanyard_vocabulary_add (LanyardVocabulary *vocabulary, const char *word, gsize n_bytes)
{
  guint32 *slot = find_slot (vocabulary, vocabulary->slots, vocabulary->n_slots, word, n_bytes);
  const guint32 *old = NULL;
  guint32 number = vocabulary->starts->len;
  guint32 start = vocabulary->letters->len;
  guint8 length = (guint8)n_bytes;

  if (*slot != 0)
    return *slot - 1;
  if (vocabulary->old_slots != NULL)
    old = find_slot (vocabulary, vocabulary->old_slots, vocabulary->n_old_slots, word, n_bytes);
  if (old != NULL && *old != 0)
    return *old - 1;

  lanyard_assert_invariant (n_bytes > 0 && n_bytes <= LANYARD_WORD_MAX_BYTES);
  *slot = number + 1;
  g_byte_array_append (vocabulary->letters, &length, 1);
  g_byte_array_append (vocabulary->letters, (const guint8 *)word, n_bytes);
  g_array_append_val (vocabulary->starts, start);
  insert_in_order (vocabulary, number, word, n_bytes);
  move_some (vocabulary);
  if (vocabulary->starts->len > vocabulary->n_slots / 2)
    grow_slots (vocabulary);
  return number;
}

guint
lanyard_vocabulary_get_size (LanyardVocabulary *vocabulary)
{
  return vocabulary->starts->len;
}

const char *
lanyard_vocabulary_get (LanyardVocabulary *vocabulary, guint32 number, gsize *n_bytes)
{
  const guint8 *at
      = vocabulary->letters->data + g_array_index (vocabulary->starts, guint32, number);

  *n_bytes = at[0];
  return (const char *)at + 1;
}

LanyardWordRange
lanyard_vocabulary_find (LanyardVocabulary *vocabulary, const char *prefix, gsize n_bytes)
{
  LanyardWordRange range = { 0 };
  guint end_leaf, end_offset;

  if (vocabulary->leaves->len == 0)
    return range;
  locate (vocabulary, compare_prefix, FALSE, prefix, n_bytes, &range.leaf, &range.offset);
  locate (vocabulary, compare_prefix, TRUE, prefix, n_bytes, &end_leaf, &end_offset);
  range.n = end_offset;
  for (guint leaf = range.leaf; leaf < end_leaf; leaf++)
    range.n += ((Leaf *)vocabulary->leaves->pdata[leaf])->n;
  range.n -= range.offset;
  return range;
}

gboolean
lanyard_vocabulary_next (LanyardVocabulary *vocabulary, LanyardWordRange *range, guint32 *number)
{
  const Leaf *leaf;

  if (range->n == 0)
    return FALSE;
  leaf = vocabulary->leaves->pdata[range->leaf];
  if (range->offset == leaf->n)
    {
      leaf = vocabulary->leaves->pdata[++range->leaf];
      range->offset = 0;
    }
  *number = leaf->numbers[range->offset++];
  range->n--;
  return TRUE;
}

void
lanyard_vocabulary_skip (LanyardVocabulary *vocabulary, LanyardWordRange *range, guint n)
{
  n = MIN (n, range->n);
  range->n -= n;
  while (n > 0)
    {
      const Leaf *leaf = vocabulary->leaves->pdata[range->leaf];
      guint here = MIN (n, leaf->n - range->offset);

      range->offset += here;
      n -= here;
      if (n > 0)
        {
          range->leaf++;
          range->offset = 0;
        }
    }
}

gsize
lanyard_vocabulary_get_bytes (LanyardVocabulary *vocabulary)
{
  return vocabulary->letters->len + vocabulary->starts->len * sizeof (guint32)
         + vocabulary->leaves->len * (sizeof (Leaf) + sizeof (gpointer))
         + (vocabulary->n_slots + (vocabulary->old_slots != NULL ? vocabulary->n_old_slots : 0))
               * sizeof (guint32);
}
