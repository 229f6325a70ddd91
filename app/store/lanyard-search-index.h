/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-entry.h"

G_BEGIN_DECLS

/*
 * Finds entries by the beginnings of words of name, organisation and number, and, where those are
 * fewer than wanted, of names that are spelt in another way (lanyard_spelling_of_name()), and with
 * one typing error in one of the words. It holds words and the row ids of
 * the directory, no whole names and no numbers of documents, and lives in memory only.
 */
typedef struct _LanyardSearchIndex LanyardSearchIndex;

typedef struct
{
  guint32 id;  /* row of the directory */
  guint score; /* higher is better */
} LanyardMatch;

LanyardSearchIndex *lanyard_search_index_new (void);
/* Wipes what it frees. */
void lanyard_search_index_free (LanyardSearchIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardSearchIndex, lanyard_search_index_free)

/* Puts an entry in, or in the place of what stood under @id. */
void lanyard_search_index_put (LanyardSearchIndex *index, guint32 id, const LanyardEntry *entry);
void lanyard_search_index_remove (LanyardSearchIndex *index, guint32 id);

/* Returns: (transfer full) (element-type LanyardMatch): at most @max, best first: as it was
 * typed, then spelt in another way, then with an error; then names before organisations, then whole
 * words before beginnings */
GArray *lanyard_search_index_find (LanyardSearchIndex *index, const char *query, guint max);

/* Who may have exactly @organisation: all of them, and few others, which their rows tell.
 * Returns: (transfer full) (element-type guint32): ids of rows, as they came */
GArray *lanyard_search_index_list_organisation (LanyardSearchIndex *index,
                                                const char *organisation);

/* Who may have a document with exactly @number; their rows tell.
 * Returns: (transfer full) (element-type guint32): ids of rows */
GArray *lanyard_search_index_list_document (LanyardSearchIndex *index, const char *number);

/* Roughly how much memory it takes. */
gsize lanyard_search_index_get_bytes (LanyardSearchIndex *index);

G_END_DECLS
