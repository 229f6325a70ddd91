/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Whose row may name a document with a number. It keeps half of a keyed hash of each, under a key
 * of its own that lives as long as it does, so that no number of a document is in it; the row tells
 * whether it is the right one. In memory only.
 */
typedef struct _LanyardSearchNumbers LanyardSearchNumbers;

LanyardSearchNumbers *lanyard_search_numbers_new (void);
/* @numbers: (nullable). Wipes what it frees. */
void lanyard_search_numbers_free (LanyardSearchNumbers *numbers);

/* @document: "TYPE:ISSUER:NUMBER"; @id: row of the directory */
void lanyard_search_numbers_add (LanyardSearchNumbers *numbers, const char *document, guint32 id);
/* @text: what somebody typed. Returns: (transfer full) (element-type guint32): ids, of rows that
 * may have been removed since, or be of others; none where it cannot be a number of a document */
GArray *lanyard_search_numbers_find (LanyardSearchNumbers *numbers, const char *text);
/* Whether @document has the number @text: to the letter, but for case, blanks and what parts its
 * groups. An O is no zero. */
gboolean lanyard_search_numbers_is_of (const char *document, const char *text);

gsize lanyard_search_numbers_get_bytes (LanyardSearchNumbers *numbers);

G_END_DECLS
