/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longest folded word that is told apart; what is longer is cut, on both sides alike. */
#define LANYARD_WORD_MAX_BYTES 64

/* @word: folded UTF-8, not NUL-terminated */
typedef void (*LanyardWordFunc) (const char *word, gsize n_bytes, gpointer user_data);

/**
 * lanyard_search_split:
 * @text: (nullable): UTF-8
 * @joined: whether parts that an apostrophe or hyphen joins also come as one word
 * @func: called for each word
 *
 * Words as people type them: without regard to case, diacritics and compatibility forms (NFKD,
 * Unicode Standard Annex #15), letters such as ø, ł and ß as o, l and ss. "O’Brien" gives "o" and
 * "brien", and with @joined "obrien" as well.
 */
void
lanyard_search_split (const char *text, gboolean joined, LanyardWordFunc func, gpointer user_data);

G_END_DECLS
