/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-search-index.h"
#include "lanyard-search-numbers.h"
#include "lanyard-search-vocabulary.h"

G_BEGIN_DECLS

#define MAX_WORDS_OF_ENTRY 48
#define FIELD_SHIFT 30
#define NUMBER_MASK ((1u << FIELD_SHIFT) - 1)

/* Best first: a word that stands in two fields counts for the better one. */
typedef enum
{
  FIELD_NAME,
  FIELD_NUMBER,
  FIELD_ORGANISATION,
} Field;

/* Documents in which a word stands, ascending. */
typedef struct
{
  guint32 n;
  union
  {
    guint32 one;   /* n is 1: most words are numbers, which only one entry has */
    guint32 *many; /* n > 1: room for the next power of two */
  };
} Postings;

typedef struct
{
  guint32 id;    /* 0: dead */
  guint32 words; /* in the words array: how many, then each with its field */
} Document;

struct _LanyardSearchIndex
{
  /* owned */
  LanyardVocabulary *vocabulary;
  GArray *postings;  /* (element-type Postings): by number of the word */
  GArray *documents; /* (element-type Document) */
  GArray *words;     /* (element-type guint32) */
  GArray *by_id;     /* (element-type guint32): document + 1 of each row id */
  LanyardSearchNumbers *numbers;

  /* state */
  gsize n_posting_bytes;
};

G_END_DECLS
